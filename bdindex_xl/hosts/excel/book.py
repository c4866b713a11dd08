"""A workbook that is open in Excel, as a `Book`: one read a table, one write a run of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

import xlwings as xw

from ...errors import Finding, SheetErrors
from ...sheets import open_tables
from ...sheets import plan as planning
from ...sheets.areas import address
from ...sheets.book import Block, Book, NamedCell, Results, Value
from ...sheets.plan import Plan
from . import protection
from .tables import OpenTable, tables_of
from .values import literal, read_block
from .writing import is_filtered, write_cells, write_table

_VISIBLE = -1  # of Excel for Windows, for which a sheet may be hidden in two ways


class ExcelBook(Book):
    """An open workbook; works with any engine of xlwings.

    Make a new one whenever a user may have changed the workbook: what tables there are is looked up once.
    """

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self._tables: dict[str, OpenTable] = {}
        for table in tables_of(book):
            self._tables.setdefault(table.name.casefold(), table)

    def tables(self) -> Mapping[str, str]:
        """Names of all tables, each with the name of its sheet."""
        return {table.name: table.sheet_name for table in self._tables.values()}

    def read(self, table: str) -> Block:
        """A table's cells. Blank rows at its end are left out. Raises KeyError where there is no such table."""
        found = self._tables[table.casefold()]
        used = found.sheet.used_range.last_cell.row
        return open_tables.block(found, min(planning.free_below(found.placed, self._beside(found)), used))

    def header(self, table: str) -> tuple[str, ...]:
        """A table's headers; see `sheets.book.Book.header`."""
        return self._tables[table.casefold()].placed.header

    def formulas(self, table: str) -> set[tuple[int, int]]:
        """Places of a table's formulas; see `sheets.book.Book.formulas`."""
        return self._tables[table.casefold()].formula_places()

    def _beside(self, table: OpenTable) -> Iterator[planning.PlacedTable]:
        """All tables of a table's sheet."""
        return (other.placed for other in self._tables.values() if other.sheet_name == table.sheet_name)

    def write(self, results: Results) -> list[str]:
        """Replace result tables and cells, all or nothing; see `sheets.book.Book.write`."""
        plans = open_tables.plans(self._tables, results, self._problem)
        cells = [
            (cell, value)
            for name, value in results.cells.items()
            if (cell := self._cell(name)) is not None and not self._in_a_table(cell)
        ]
        sheets = {plan.table.sheet_name: self._tables[plan.table.name.casefold()].sheet for plan in plans}
        sheets |= {cell.sheet.name: cell.sheet for cell, _ in cells}
        cleared = []
        with protection.lifted(sheets.values()):
            for plan in plans:
                table = self._tables[plan.table.name.casefold()]
                if write_table(table, plan):
                    cleared.append(table.name)
            for cell, value in cells:
                cell.raw_value = literal(value)
        self._look_anew()
        return cleared

    def _in_a_table(self, cell: xw.Range) -> bool:
        sheet = cell.sheet.name
        placed = (table.placed for table in self._tables.values() if table.sheet_name == sheet)
        return planning.in_a_table(sheet, cell.row, cell.column, placed)

    def sheet_of(self, name: str) -> str | None:
        """Name of the sheet that a defined name points into; None where there is no such name, or no place."""
        cell = self._cell(name)
        return None if cell is None else str(cell.sheet.name)

    def cells(self, names: Iterable[str]) -> dict[str, NamedCell]:
        """Single cells by defined name; see `sheets.book.Book.cells`."""
        found = ((name, self._cell(name)) for name in names)
        return {
            name: NamedCell(cell.sheet.name, address(cell.row, cell.column), read_block(cell)[0][0])
            for name, cell in found
            if cell is not None
        }

    def is_shown(self, table: str) -> bool:
        """Whether the sheet of a table is in view; see `sheets.book.Book.is_shown`."""
        return self._tables[table.casefold()].sheet.visible in (True, _VISIBLE)

    def is_filtered(self, table: str) -> bool:
        """Whether a filter of a table hides rows, or may."""
        return is_filtered(self._tables[table.casefold()])

    def show(self, table: str) -> None:
        """Bring the sheet of a table into view; see `sheets.book.Book.show`."""
        if not self.is_shown(table):
            with suppress(Exception):  # in a workbook whose structure is protected, no sheet can be shown
                self._tables[table.casefold()].sheet.visible = True

    def set_cells(self, table: str, cells: Mapping[tuple[int, int], Value]) -> list[tuple[int, int]]:
        """Set single cells of a table; see `sheets.book.Book.set_cells`."""
        found = self._tables[table.casefold()]
        planning.grown(found.placed, cells.keys())  # refuses places outside the table
        kept = open_tables.holding_formulas(found, cells)
        wanted = {place: value for place, value in cells.items() if place not in kept}
        if wanted:
            plan = planning.grown(found.placed, wanted.keys())
            if plan.area != found.placed.area and (finding := self._problem(plan)):
                raise SheetErrors((finding,))
            with protection.lifted((found.sheet,)):
                write_cells(found, plan, wanted)
            self._look_anew()
        return [place for place in cells if place in kept]

    def _look_anew(self) -> None:
        """Tables may stand elsewhere after writing."""
        anew = ((name, OpenTable(old.sheet, old.sheet_name, old.table)) for name, old in self._tables.items())
        self._tables = dict(anew)

    def _problem(self, plan: Plan[planning.PlacedTable]) -> Finding | None:
        table = self._tables[plan.table.name.casefold()]
        return open_tables.problem(
            table, plan, self._beside(table), lambda area: table.range_of(area).merge_cells is not False
        )

    @cached_property
    def _names(self) -> dict[str, xw.Name]:
        return {name.name.casefold(): name for name in self._book.names}

    def _cell(self, name: str) -> xw.Range | None:
        """The cell that a defined name points to; None where it points to no place."""
        known = self._names.get(name.casefold())
        try:
            return known.refers_to_range[0, 0] if known is not None else None
        except Exception:  # the name leads nowhere any more, which each engine says in its own way
            return None
