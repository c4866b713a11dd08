"""What a sheet's rows hold that is not ours: extensions of other programs, elements of other namespaces.

Patterns over bytes would take a ``<c>`` in there for a cell. So it is set aside while the rows are worked on, each
piece under a mark in its place, and put back at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ...language import Text
from . import refusals
from .markup import MAIN, START_TAG, parser_of

_MARK = re.compile(rb"<bdx\.([0-9]+)/>")
_AT_END = re.compile(rb"(?:<bdx\.[0-9]+/>)+\s*$")
_TOLD = re.compile(rb"x(?:tLst|mlns|\.)")  # extLst, xmlns, our own marks
_PREFIX = re.compile(rb"""xmlns:([^\s="']+)\s*=""")
# What stands in what, of what is read here; whatever is below a text (`is`) is part of it.
_CHILDREN = {"sheetData": {"row"}, "row": {"c"}, "c": {"f", "v", "is"}, "f": set[str](), "v": set[str]()}


@dataclass(eq=False, slots=True)
class SetAside:
    """Pieces of foreign XML by the number in their mark."""

    pieces: list[bytes] = field(default_factory=list)

    def back_in(self, data: bytes) -> bytes:
        """The rows with every piece that still has its mark."""
        return _MARK.sub(lambda found: self.pieces[int(found[1])], data) if self.pieces else data

    def after_cells(self, row: bytes) -> bytes:
        """Marks that stand behind a row's cells."""
        found = _AT_END.search(row) if self.pieces else None
        return found[0] if found else b""


def set_aside(head: bytes, rows: bytes, tail: bytes, prefix: str, part: str) -> tuple[bytes, SetAside]:
    """The rows without what is foreign. Raises FileRefused where cells are written with several prefixes."""
    if not _any(head, rows, prefix.encode()):
        return rows, SetAside()
    found = SetAside()
    chunks, at = [], 0
    for start, end in _places(head, rows, tail, prefix, part):
        chunks += [rows[at:start], b"<bdx.%d/>" % len(found.pieces)]
        found.pieces.append(rows[start:end])
        at = end
    return b"".join((*chunks, rows[at:])), found


def _any(head: bytes, rows: bytes, own: bytes) -> bool:
    """Whether there may be anything foreign: asked of every sheet, so it must cost next to nothing, as the search for a
    single letter does."""
    if _stands(b"x", _TOLD, rows) or (own and b"<c " in rows):
        return True
    declared = {*_PREFIX.findall(head)} - {own[:-1]}
    return bool(declared) and _stands(b":", _after_any(frozenset(declared)), rows)


def _stands(letter: bytes, found: re.Pattern[bytes], rows: bytes) -> bool:
    """Whether a pattern that starts with a letter matches anywhere; a pattern alone takes ten times as long to see that
    the letter is not there."""
    at = rows.find(letter)
    while at >= 0 and found.match(rows, at) is None:
        at = rows.find(letter, at + 1)
    return at >= 0


@lru_cache(maxsize=64)
def _after_any(prefixes: frozenset[bytes]) -> re.Pattern[bytes]:
    """The colon of an element's name with any of these prefixes."""
    return re.compile(b"|".join(rb":(?<=<%b:)" % re.escape(prefix) for prefix in sorted(prefixes)))


def _places(head: bytes, rows: bytes, tail: bytes, prefix: str, part: str) -> Sequence[tuple[int, int]]:
    data, offset = head + rows + tail, len(head)
    parser = parser_of(part, " ")
    path: list[str] = []
    foreign = 0  # depth below a foreign element
    opened, inner = 0, 0
    places: list[tuple[int, int]] = []

    def start(name: str, _: object) -> None:
        nonlocal foreign, opened, inner
        namespace, _, local = name.rpartition(" ")
        ours = not namespace or namespace in MAIN
        at = parser.CurrentByteIndex
        allowed = _CHILDREN.get(path[-1]) if path else None
        if foreign or (allowed is not None and not (ours and local in allowed)):
            if not foreign:
                tag = START_TAG.match(data, at)
                opened, inner = at, tag.end() if tag else at
            foreign += 1
        elif allowed is not None and not data.startswith(f"<{prefix}{local}".encode(), at):
            raise refusals.damaged(part, Text("的单元格用了几种前缀", "writes its cells with several prefixes"))
        path.append(local if ours else name)

    def end(_: str) -> None:
        nonlocal foreign
        path.pop()
        if foreign:
            foreign -= 1
            if not foreign:
                # For an empty element's end expat gives the tag's start or its end, by version: ask the tag itself.
                empty = data.endswith(b"/>", opened, inner)
                last = inner if empty else data.index(b">", parser.CurrentByteIndex) + 1
                places.append((opened - offset, last - offset))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return places
