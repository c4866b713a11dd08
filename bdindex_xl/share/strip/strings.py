"""The workbook's shared texts: those that no cell shows any more are emptied, so that indexes stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...hosts.files import unused
from ...hosts.files.limits import MAX_DIGITS
from ...hosts.files.markup import Edit, edited, without_asides
from ...hosts.files.sheet_xml import SheetXml, patterns

_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?sst[\s/>]")


def used(sheets: Iterable[SheetXml], data: dict[str, bytes]) -> set[int]:
    """Indexes of the texts that cells show; `data` has the rows of sheets that have changed, by part."""
    found = {index for sheet in sheets for index in unused.shown(sheet, data.get(sheet.part, sheet.data))}
    return {int(value) for value in found if value.strip().isdigit() and len(value) <= MAX_DIGITS}


def emptied(data: bytes, kept: set[int]) -> bytes | None:
    """The part without the texts that are not to be kept; None where nothing changes. `data` is UTF-8."""
    data = without_asides(data)
    root = _ROOT.search(data)
    if root is None:
        return None
    p = root[1] + b":" if root[1] else b""
    blank = b"<%bsi><%bt/></%bsi>" % (p, p, p)
    edits = [
        Edit(item.start(), item.end(), blank)
        for index, item in enumerate(patterns(p.decode()).item.finditer(data))
        if index not in kept and item[0] != blank
    ]
    return edited(data, edits) if edits else None
