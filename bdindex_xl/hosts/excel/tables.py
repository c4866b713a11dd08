"""Tables of a workbook that is open in Excel: where they are, and what tells our columns from a user's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

import xlwings as xw

from ...errors import SheetError
from ...sheets.areas import Area
from ...sheets.plan import PlacedTable, header_hidden
from .values import read_block


class OpenTable:
    """One table (a ListObject)."""

    def __init__(self, sheet: xw.Sheet, sheet_name: str, table: xw.main.Table) -> None:
        self.sheet = sheet
        self.sheet_name = sheet_name  # asked of Excel once: it takes its time for each question
        self.table = table
        self.name: str = table.name

    @cached_property
    def placed(self) -> PlacedTable:
        """Where the table is. Raises SheetError where its header row is hidden: then columns have no names to go by."""
        whole = _area(self.table.range)
        header = self.table.header_row_range
        if header is None:
            raise SheetError(header_hidden(self.sheet_name, whole, self.name))
        names = tuple("" if value is None else str(value) for value in read_block(header)[0])
        totals = self.table.totals_row_range
        bare = PlacedTable(self.name, self.sheet_name, whole, 1, 0 if totals is None else 1, names, ())
        return replace(bare, formulas=self._calculated(bare.body))

    def _calculated(self, body: Area) -> tuple[str, ...]:
        """Formulas of calculated columns: those that have one in the first row and one in the last."""
        first, last = (self._formulas(Area(row, body.left, row, body.right)) for row in (body.top, body.bottom))
        pairs = zip(map(str, first), map(str, last), strict=True)
        return tuple(one[1:] if one.startswith("=") and other.startswith("=") else "" for one, other in pairs)

    def range_of(self, area: Area) -> xw.Range:
        """An area of the table's sheet."""
        return self.sheet.range((area.top, area.left), (area.bottom, area.right))

    def read(self, area: Area) -> list[list[Any]]:
        """Values of an area of the table's sheet."""
        return read_block(self.range_of(area))

    def holds_scores(self, j: int, like: int | None) -> bool:
        """Whether a column holds nothing but numbers from 0 to 100, none by a formula, and looks like another."""
        body = self.placed.body
        column = Area(body.top, body.left + j, body.bottom, body.left + j)
        if self.placed.formulas[j] or (like is not None and self._format(j) != self._format(like)):
            return False
        if any(str(text).startswith("=") for text in self._formulas(column)):
            return False
        values = (row[0] for row in self.read(column))
        return all(value is None or (isinstance(value, float) and 0 <= value <= 100) for value in values)

    def formula_places(self) -> set[tuple[int, int]]:
        """Row and column of the table's formulas, both counted from 0."""
        body = self.placed.body
        width = body.right - body.left + 1
        texts = self._formulas(body)
        found = {divmod(k, width): text for k, text in enumerate(texts) if str(text).startswith("=")}
        values = self.read(body) if found else []
        return {(i, j) for (i, j), text in found.items() if values[i][j] != text}  # a text that looks like a formula

    def _format(self, j: int) -> object:
        body = self.placed.body
        return self.range_of(Area(body.top, body.left + j, body.top, body.left + j)).number_format

    def _formulas(self, area: Area) -> list[object]:
        found = self.range_of(area).formula
        rows = found if isinstance(found, tuple | list) else ((found,),)
        return [text for row in rows for text in (row if isinstance(row, tuple | list) else (row,))]


def tables_of(book: xw.Book) -> Iterator[OpenTable]:
    """All tables of all worksheets."""
    for sheet in book.sheets:
        name = sheet.name
        for table in sheet.tables:
            yield OpenTable(sheet, name, table)


def _area(cells: xw.Range) -> Area:
    rows, columns = cells.shape
    return Area(cells.row, cells.column, cells.row + rows - 1, cells.column + columns - 1)
