"""The calculation chain: cells with formulas in the order of their calculation."""

from __future__ import annotations

from collections.abc import Mapping

from .markup import Edit, edited, removed, root_of, utf8, with_attribute


def without(data: bytes, part: str, gone: Mapping[str, frozenset[str]]) -> bytes | None:
    """The chain without cells that hold no formula any more (addresses by sheet id); None when nothing is left.

    An entry without a sheet id has that of the entry before it, so one that loses its predecessor is given it.
    """
    data = utf8(data, part)
    root = root_of(data, part, "calcChain")
    edits: list[Edit] = []
    sheet = written = ""
    kept = 0
    for entry in root.all("c"):
        own = entry.attributes.get("i", "")
        sheet = own or sheet
        if entry.attributes.get("r", "").upper() in gone.get(sheet, frozenset()):
            edits.append(removed(entry))
            continue
        kept += 1
        if not own and sheet != written:
            edits.append(with_attribute(data, entry, "i", sheet))
        written = sheet
    return edited(data, edits) if kept else None
