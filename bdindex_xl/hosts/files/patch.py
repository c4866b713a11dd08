"""A sheet's rows with the regions' cells in place of the old ones; every other row and cell is copied as it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from ...sheets import areas
from ...sheets.areas import address
from .regions import Piece, Region, covers, moved_cell
from .sheet_xml import Cell, Row, SheetXml, attributes_of

_SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""")
_HIDDEN = re.compile(rb"""\s+hidden\s*=\s*(?:"[^"]*"|'[^']*')""")
_HEIGHT = re.compile(rb"""\s+(?:ht|customHeight)\s*=\s*(?:"[^"]*"|'[^']*')""")
_BARE = re.compile(rb"""\s*r\s*=\s*["'][0-9]*["']\s*""")
_BATCH = 1 << 18


class SheetPatch:
    """Rewrites the rows of one sheet.

    `unhidden` are rows that a cleared filter had hidden; `model` is the row whose height new rows take.
    `formulas` are the addresses of cells that held a formula and do so no more; `clashes` those of formulas that
    cells outside the regions share, which cannot be cut apart; `changed` the rows whose cells are not what they were,
    to the byte. All are known once `rows` has been gone through.
    """

    def __init__(
        self, sheet: SheetXml, rows: Sequence[Row], regions: Sequence[Region], unhidden: Sequence[range], model: int
    ) -> None:
        self._sheet = sheet
        self._rows = rows
        self._regions = regions
        self._unhidden = unhidden
        self._prefix = sheet.patterns.prefix
        self._edges = sorted({edge for region in regions for edge in (region.top, region.bottom + 1)})
        self._covering = [covers(regions, edge) for edge in (0, *self._edges)]
        self._height = b""
        at = bisect_left(rows, model, key=lambda row: row.number)
        if at < len(rows) and rows[at].number == model:
            self._height = b"".join(_HEIGHT.findall(rows[at].attributes))
        self.formulas: list[str] = []
        self.clashes: list[str] = []
        self.changed: list[int] = []
        self._shared: dict[bytes, list[str]] = {}
        self._masters: set[bytes] = set()

    def bottom(self) -> int:
        """Last row that will have cells."""
        kept = next((row.number for row in reversed(self._rows) if not covers(self._regions, row.number)), 1)
        return max([kept, *(row for region in self._regions for row in region.written())])

    def rows(self) -> Iterator[bytes]:
        """The content of sheetData, in pieces of a fair size."""
        pieces: list[bytes] = []
        size = 0
        for piece in map(self._sheet.back_in, self._pieces()):
            pieces.append(piece)
            size += len(piece)
            if size > _BATCH:
                yield b"".join(pieces)
                pieces, size = [], 0
        yield b"".join(pieces)
        self._find_cut_formulas()

    def _pieces(self) -> Iterator[bytes]:
        data, rows = self._sheet.data, self._rows
        numbers = {row for region in self._regions for row in region.written()}
        for region in self._regions:
            numbers.update(row.number for row in self._rows_of(region.top, region.bottom))
        numbers.difference_update(*map(self._as_they_are, self._regions))
        at, i = 0, 0
        for number in sorted(numbers):
            if i < len(rows) and rows[i].number < number:
                i = bisect_left(rows, number, lo=i, key=lambda row: row.number)
            old = rows[i] if i < len(rows) and rows[i].number == number else None
            where = rows[i].start if i < len(rows) else rows[-1].end if rows else 0
            made = self._row(number, old)
            if made is not None:
                yield data[at:where]
                yield made
                at = where if old is None else old.end
            if old is not None:
                i += 1
        yield data[at:]

    def _rows_of(self, top: int, bottom: int) -> Sequence[Row]:
        first = bisect_left(self._rows, top, key=lambda row: row.number)
        return self._rows[first : bisect_left(self._rows, bottom + 1, key=lambda row: row.number)]

    def _as_they_are(self, region: Region) -> Iterator[int]:
        """Rows of a region that are to the byte what they are to be, most where little changed: found without a look at
        each for itself, which takes longer than to make it."""
        for top, usual in region.usual_rows():
            rows = self._rows_of(top, top + len(usual) - 1)
            if len(rows) != len(usual) or self._unhidden or self._covering[bisect_right(self._edges, top)] != [region]:
                return
            starts = self._sheet.data.startswith
            for (number, _, attributes, content, close, _), cells in zip(rows, usual, strict=True):
                if close - content == len(cells) and starts(cells, content) and _is_bare(attributes):
                    yield number

    def _row(self, number: int, old: Row | None) -> bytes | None:
        """The row as it is to be; None where it is so already."""
        regions = self._covering[bisect_right(self._edges, number)]
        cells = self._cells(number, old, regions)
        if old is None:
            attributes = b' r="%d"%b' % (number, self._height)
            self.changed.append(number)
        else:
            bare = _without_spans(old.attributes)
            attributes = self._refitted(number, bare, regions)
            if not self._holds(old, cells):
                self.changed.append(number)
            elif attributes == bare:
                return None
        p = self._prefix
        if not cells and _BARE.fullmatch(attributes):
            return b""
        name = f"{p}row".encode()
        if not cells:
            return b"<%b%b/>" % (name, attributes)
        return b"<%b%b>%b</%b>" % (name, attributes, cells, name)

    def _holds(self, row: Row, cells: bytes) -> bool:
        return row.close - row.content == len(cells) and self._sheet.data.startswith(cells, row.content)

    def _cells(self, number: int, old: Row | None, regions: Sequence[Region]) -> bytes:
        """The row's cells. Old ones are looked at only where they are not those that the region itself would write."""
        if old is None:
            return _text(piece for region in regions for piece in region.cells(number, {}))
        if len(regions) == 1:
            usual = regions[0].usual(number)
            cells = _text(regions[0].cells(number, {})) if usual is None else usual
            if self._holds(old, cells) or (usual is not None and self._is_usual(old, regions[0])):
                return cells
        kept, styles = self._old_cells(old, regions)
        pieces = (piece for region in regions for piece in region.cells(number, styles))
        return _text((*kept, *pieces)) + self._sheet.after_cells(old)

    def _is_usual(self, old: Row, region: Region) -> bool:
        pattern = region.pattern
        return pattern is not None and pattern.fullmatch(self._sheet.data, old.content, old.close) is not None

    def _old_cells(self, old: Row, regions: Sequence[Region]) -> tuple[list[Piece], dict[int, bytes]]:
        """Cells that stay, and the styles of those that go."""
        owned = frozenset().union(*(region.owned(old.number) for region in regions))
        kept: list[Piece] = []
        styles: dict[int, bytes] = {}
        for cell in self._sheet.cells(old):
            if cell.column not in owned:
                text = cell.raw.decode() if cell.explicit else moved_cell(cell.raw, old.number, cell.column)
                kept.append(Piece(cell.column, text))
                continue
            styles[cell.column] = cell.style
            if cell.content:
                self._note_formula(cell, old.number)
        return kept, styles

    def _refitted(self, number: int, attributes: bytes, regions: Sequence[Region]) -> bytes:
        """A row's attributes, without those that are right no more."""
        if self._unhidden and any(number in rows for rows in self._unhidden):
            attributes = _HIDDEN.sub(b"", attributes)
        if any(region.refits for region in regions) and b"customHeight" not in attributes:
            attributes = _HEIGHT.sub(b"", attributes)  # the program that opens the file fits the row to its new text
        return attributes

    def _note_formula(self, cell: Cell, row: int) -> None:
        found = self._sheet.patterns.formula.search(cell.content)
        if found is None:
            return
        where = address(row, cell.column)
        self.formulas.append(where)
        attributes = attributes_of(found[1])
        kind = attributes.get(b"t", b"")
        if kind == b"shared":
            group = attributes.get(b"si", b"")
            self._shared.setdefault(group, []).append(where)
            if found[2]:
                self._masters.add(group)
        elif kind in (b"array", b"dataTable"):
            area = areas.parse(attributes.get(b"ref", b"").decode("utf-8", "replace"))
            if area is None or (area.top, area.left) != (area.bottom, area.right):
                self.clashes.append(where)

    def _find_cut_formulas(self) -> None:
        """A shared formula stands in one cell only; overwriting that one orphans the others."""
        if not self._masters:
            return
        counts: dict[bytes, int] = dict.fromkeys(self._masters, 0)
        for found in self._sheet.patterns.formula.finditer(self._sheet.data):
            attributes = attributes_of(found[1])
            if attributes.get(b"t") == b"shared" and attributes.get(b"si", b"") in counts:
                counts[attributes.get(b"si", b"")] += 1
        for group, count in counts.items():
            if count > len(self._shared[group]):
                self.clashes.append(self._shared[group][0])


def _is_bare(attributes: bytes) -> bool:
    return b"spans" not in attributes and attributes.endswith((b'"', b"'"))


def _without_spans(attributes: bytes) -> bytes:
    return (_SPANS.sub(b"", attributes) if b"spans" in attributes else attributes).rstrip()


def _text(pieces: Iterable[Piece]) -> bytes:
    return "".join([piece.text for piece in sorted(pieces, key=attrgetter("column"))]).encode()
