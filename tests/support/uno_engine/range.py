"""Ranges. A range keeps its place; unlike Excel's, it does not move along when rows are inserted above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from . import filling, reading, writing
from .addresses import COLUMNS, ROWS, Coords, quoted, spelled
from .bridge import enum
from .looks import Looks
from .missing import NoApi, complete

if TYPE_CHECKING:
    from .sheet import Sheet


_FEW = 10_000  # cells that are sooner read than it is asked which of them are in use


@complete
class Range(Looks, base_classes.Range):
    """A block of cells of one sheet."""

    def __init__(self, sheet: Sheet, coords: Coords) -> None:
        row, column, n_rows, n_columns = coords
        if row < 1 or column < 1 or row + n_rows - 1 > ROWS or column + n_columns - 1 > COLUMNS:
            raise IndexError(f"no cells at row {row}, column {column}, {n_rows} x {n_columns}")
        self._sheet, self._coords = sheet, coords

    @property
    def cells(self) -> Any:
        """LibreOffice's own object."""
        return self._cells(self._coords)

    @property
    def api(self) -> NoApi:
        return NoApi()

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def coords(self) -> tuple[Any, ...]:
        return (self._sheet, *self._coords)

    @property
    def row(self) -> int:  # type: ignore[override]
        return self._coords[0]

    @property
    def column(self) -> int:  # type: ignore[override]
        return self._coords[1]

    @property
    def shape(self) -> tuple[int, int]:  # type: ignore[override]
        return self._coords[2:]

    def __len__(self) -> int:
        return self._coords[2] * self._coords[3]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = ((row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1)
        return Range(self._sheet, (self.row + row - 1, self.column + column - 1, 1, 1))

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        text = spelled(self._coords, row_absolute, col_absolute)
        return f"{quoted(f'[{self._sheet.book.name}]{self._sheet.name}')}!{text}" if external else text

    @property
    def address(self) -> str:
        return spelled(self._coords)

    @property
    def raw_value(self) -> Any:
        return self._read(reading.values, None)

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        writing.write(self._sheet.document, self.cells, value)

    @property
    def formula(self) -> Any:
        return self._read(reading.formulas, "")

    @formula.setter
    def formula(self, value: Any) -> None:
        writing.write(self._sheet.document, self.cells, value)

    formula2 = formula  # nothing spills in LibreOffice: a formula of one cell stays there

    @property
    def formula_array(self) -> str | None:
        text = self.cells.getArrayFormula()
        return self._sheet.document.formulas.to_excel(text.strip("{}")) if text else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        writing.write_array(self._sheet.document, self.cells, value)

    @property
    def has_array(self) -> bool:
        return bool(self.cells.getArrayFormula())

    def clear_contents(self) -> None:
        writing.clear(self.cells)

    def clear_formats(self) -> None:
        filling.clear_formats(self.cells)

    def clear(self) -> None:
        self.clear_contents()
        self.clear_formats()

    def autofill(self, destination: Any, type_: str) -> None:
        filling.autofill(self.cells, destination.impl.cells, type_)

    def copy(self, destination: Any = None) -> None:
        if destination is None:
            raise NotImplementedError("Range.copy: there is no clipboard, name a destination")
        self.cells.Spreadsheet.copyRange(destination.impl(1).cells.getCellByPosition(0, 0).CellAddress, self._place)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        right = shift == "right" or (shift is None and self._coords[2] > self._coords[3])
        mode = self._whole() or ("RIGHT" if right else "DOWN")
        self.cells.Spreadsheet.insertCells(self._place, enum("sheet.CellInsertMode", mode))

    def delete(self, shift: str | None = None) -> None:
        left = shift == "left" or (shift is None and self._coords[2] > self._coords[3])
        mode = self._whole() or ("LEFT" if left else "UP")
        self.cells.Spreadsheet.removeRange(self._place, enum("sheet.CellDeleteMode", mode))

    @property
    def current_region(self) -> Range:
        cursor = self.cells.Spreadsheet.createCursorByRange(self.cells)
        cursor.collapseToCurrentRegion()
        return self._sheet.at(cursor.RangeAddress)

    def end(self, direction: str) -> Range:
        return Range(self._sheet, filling.end(self._sheet, (self.row, self.column), direction))

    @property
    def table(self) -> Any:
        for table in self._sheet.tables:
            top, left, n_rows, n_columns = table.range.coords[1:]
            if top <= self.row < top + n_rows and left <= self.column < left + n_columns:
                return table
        return None

    def select(self) -> None:
        if self._sheet.book.sheets.active.index != self._sheet.index:
            raise RuntimeError("Range.select: its sheet must be the active one, as in Excel")
        self._sheet.document.controller.select(self.cells)

    def autofit(self, axis: str | None = None) -> None:
        if axis in (None, "c", "columns"):
            self.cells.Columns.OptimalWidth = True
        if axis in (None, "r", "rows"):
            self.cells.Rows.OptimalHeight = True

    @property
    def _place(self) -> Any:
        return self.cells.RangeAddress

    def _cells(self, coords: Coords) -> Any:
        row, column, n_rows, n_columns = coords
        return self._sheet.xl.getCellRangeByPosition(column - 1, row - 1, column + n_columns - 2, row + n_rows - 2)

    def _read(self, read: Any, blank: Any) -> Any:
        """A single value, or rows of them. Below and beside what is in use there is nothing to ask for."""
        row, column, n_rows, n_columns = self._coords
        n_read, m_read = n_rows, n_columns
        if n_rows * n_columns > _FEW:
            used = self._sheet.used_range
            n_read = max(1, min(n_rows, used.row + used.shape[0] - row))
            m_read = max(1, min(n_columns, used.column + used.shape[1] - column))
        rows = read(self._sheet.document, self._cells((row, column, n_read, m_read)))
        if n_rows == n_columns == 1:
            return rows[0][0]
        beside, below = (blank,) * (n_columns - m_read), (blank,) * n_columns
        return tuple((*values, *beside) for values in rows) + (below,) * (n_rows - n_read)

    def _whole(self) -> str:
        return "ROWS" if self.shape[1] == COLUMNS else "COLUMNS" if self.shape[0] == ROWS else ""
