"""A table's cells as columns of values. Only the rows and columns asked for are decoded; nothing else is kept."""

from __future__ import annotations

from collections.abc import Container
from operator import lt

from ...sheets.areas import Area
from ...sheets.book import Value
from .limits import check_values
from .row_shapes import PlainCells, RowShapes
from .sheet_xml import COLUMNS, Row, SheetXml, has_formula
from .values import Decoder


def read_columns(
    sheet: SheetXml, area: Area, decoder: Decoder, wanted: Container[int] | None = None
) -> list[list[Value]]:
    """Values of an area, column by column, down to its last row that holds any.

    `wanted` are the columns that are looked at; of others there is no value.
    """
    columns = _Columns(area, decoder, range(area.left, area.right + 1) if wanted is None else wanted)
    shapes = RowShapes(sheet.patterns)
    for row in sheet.rows():
        if row.number < area.top:
            continue
        if row.number > area.bottom:
            break
        cells = shapes.cells(sheet.data, row)
        if cells is None or (cells.letters and not columns.take(row.number, cells)):
            columns.add(row.number, _unusual(sheet, row, columns.wanted, decoder))
    return columns.made()


def _unusual(sheet: SheetXml, row: Row, wanted: Container[int], decoder: Decoder) -> list[tuple[int, Value]]:
    """Column and value of the cells that hold something, of a row that does not hold plain cells alone."""
    return [
        (cell.column, decoder.of_cell(cell, row.number))
        for cell in sheet.cells(row)
        if cell.column in wanted and not cell.empty
    ]


class _Columns:
    """Columns being filled. Rows of plain cells in the same columns make a run, which is decoded column by column:
    that takes a third of the time of cell by cell.
    """

    def __init__(self, area: Area, decoder: Decoder, wanted: Container[int]) -> None:
        self.wanted = wanted
        self._area = area
        self._decoder = decoder
        self._columns: list[list[Value]] = [[] for _ in range(area.right - area.left + 1)]
        self._first = self._next = 0  # rows of the run
        self._letters: tuple[bytes, ...] = ()
        self._parts: tuple[list[bytes], ...] = ()  # styles, types, values and texts, cell after cell

    def take(self, row: int, cells: PlainCells) -> bool:
        """Take a row of plain cells; False where they are out of order."""
        if row != self._next or cells.letters != self._letters:
            columns = [COLUMNS[one] for one in cells.letters]
            if not all(map(lt, (0, *columns), columns)):
                return False
            self._end()
            self._first, self._letters, self._parts = row, cells.letters, ([], [], [], [])
        for whole, part in zip(self._parts, cells.parts, strict=True):
            whole.extend(part)
        self._next = row + 1
        return True

    def add(self, row: int, cells: list[tuple[int, Value]]) -> None:
        """Add single values of a row."""
        self._end()
        for column, value in cells:
            self._extend(column, row, [value])

    def made(self) -> list[list[Value]]:
        """All columns, equally long."""
        self._end()
        n_rows = max(map(len, self._columns), default=0)
        for values in self._columns:
            values.extend([None] * (n_rows - len(values)))
        return self._columns

    def _end(self) -> None:
        """Decode the run."""
        width = len(self._letters)
        for k, letters in enumerate(self._letters):
            column = COLUMNS[letters]
            if column in self.wanted:
                cells = [part[k::width] for part in self._parts]
                self._extend(column, self._first, self._decoder.plain(column, self._first, *cells))
        self._letters, self._next = (), 0

    def _extend(self, column: int, row: int, values: list[Value]) -> None:
        n = len(values)
        while n and values[n - 1] is None:
            n -= 1
        there, i = self._columns[column - self._area.left], row - self._area.top
        if n and len(there) != i:
            check_values((i + 1) * len(self._columns))
            there.extend([None] * (i - len(there)))
        there.extend(values[:n])


def formula_places(sheet: SheetXml, area: Area) -> set[tuple[int, int]]:
    """Row and column of the formulas of an area, both counted from 0."""
    if not has_formula(sheet.data):
        return set()
    return {
        (row.number - area.top, cell.column - area.left)
        for row in sheet.rows()
        if area.top <= row.number <= area.bottom and has_formula(sheet.data, row.content, row.close)
        for cell in sheet.cells(row)
        if area.left <= cell.column <= area.right and has_formula(cell.content)
    }


Columns = tuple[list[Value], ...]


def body_and_rest(
    columns: list[list[Value]], first: int, last: int, end: int
) -> tuple[Columns, list[tuple[int, tuple[Value, ...]]]]:
    """A table's rows without blank ones at their end, and the rows under it that are not blank, from `end` on."""
    under = zip(*(column[end:] for column in columns), strict=True)
    below = [(i, row) for i, row in enumerate(under) if any(value is not None for value in row)]
    body = [column[first:last] for column in columns]
    if len(columns[0]) >= last:
        n = len(body[0])
        while n and all(column[n - 1] is None for column in body):
            n -= 1
        body = [column[:n] for column in body]
    return tuple(body), below


def header_text(value: Value, name: str) -> str:
    """A header as its cell has it; the table's own record where the cell is blank."""
    if value is None or value == "":
        return name
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
