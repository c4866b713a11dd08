"""How cells look: formats, colours, sizes, hidden and merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .addresses import COLUMNS, ROWS, Coords

if TYPE_CHECKING:
    from .range import Range
    from .sheet import Sheet

_POINT, _CHARACTER, _MARGIN = 35.2778, 185.2, 132.3  # hundredths of a millimetre; a column of Calibri 11


class Looks:
    """The part of a range that has to do with looks."""

    _sheet: Sheet
    _coords: Coords
    cells: Any
    row: int
    column: int
    shape: tuple[int, int]

    @property
    def number_format(self) -> str | None:
        cells = self.cells
        if cells.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
            return None
        return self._sheet.document.formats.code(cells.NumberFormat)

    @number_format.setter
    def number_format(self, code: str) -> None:
        self.cells.NumberFormat = self._sheet.document.formats.key(code)

    @property
    def color(self) -> tuple[int, int, int] | None:
        colour = self.cells.CellBackColor
        return None if colour == -1 else (colour >> 16, colour >> 8 & 255, colour & 255)

    @color.setter
    def color(self, value: Any) -> None:
        if isinstance(value, str):
            value = bytes.fromhex(value.removeprefix("#"))
        elif isinstance(value, int):  # as Excel counts: blue first
            value = (value & 255, value >> 8 & 255, value >> 16)
        self.cells.CellBackColor = -1 if value is None else value[0] << 16 | value[1] << 8 | value[2]

    @property
    def column_width(self) -> float | None:
        widths = {column.Width for column in self._lines(self.cells.Columns)}
        return round((widths.pop() - _MARGIN) / _CHARACTER, 2) if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.cells.Columns.Width = round(value * _CHARACTER + _MARGIN)

    @property
    def row_height(self) -> float | None:
        heights = {row.Height for row in self._lines(self.cells.Rows)}
        return round(heights.pop() / _POINT, 2) if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.cells.Rows.Height = round(value * _POINT)

    @property
    def row_hidden(self) -> bool | None:
        return self._hidden((self.row, COLUMNS, self.shape[0], 1))

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.cells.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        return self._hidden((ROWS, self.column, 1, self.shape[1]))

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.cells.Columns.IsVisible = not value

    @property
    def merge_cells(self) -> bool | None:
        """As in Excel: None where only a part is merged."""
        area = self.merge_area
        if not self.cells.IsMerged and area.coords[1:] == self._coords:
            return False
        first = area(1).merge_area if area.shape != (1, 1) else area
        return True if first.coords[1:] == area.coords[1:] else None

    @property
    def merge_area(self) -> Range:
        cursor = self.cells.Spreadsheet.createCursorByRange(self.cells)
        cursor.collapseToMergedArea()
        return self._sheet.at(cursor.RangeAddress)

    def merge(self, across: bool = False) -> None:
        row, column, n_rows, n_columns = self._coords
        lines = [(row + i, column, 1, n_columns) for i in range(n_rows)] if across else [self._coords]
        for line in lines:
            self._cells(line).merge(True)  # type: ignore[attr-defined]

    def unmerge(self) -> None:
        self.cells.merge(False)

    def _lines(self, lines: Any) -> list[Any]:
        return [lines.getByIndex(i) for i in range(lines.Count)]

    def _hidden(self, edge: Coords) -> bool | None:
        """Whether lines are hidden, seen where they cross the sheet's last line."""
        seen = self._cells(edge).queryVisibleCells().RangeAddresses  # type: ignore[attr-defined]
        n_seen = sum((a.EndRow - a.StartRow + 1) * (a.EndColumn - a.StartColumn + 1) for a in seen)
        return True if n_seen == 0 else False if n_seen == edge[2] * edge[3] else None
