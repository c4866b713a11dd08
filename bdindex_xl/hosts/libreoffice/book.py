"""A document that is open in LibreOffice, as a `Book`: one read a table, and one write, which the user can undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from ...errors import Finding, SheetErrors
from ...language import Lang, Text
from ...sheets import open_tables
from ...sheets import plan as planning
from ...sheets.areas import Area, address
from ...sheets.book import Block, Book, NamedCell, Results, Value
from ...sheets.plan import Plan
from .tables import RangeTable, range_tables
from .values import Office, corners, read_area, told
from .writing import OfficeStep, cell_steps, table_steps

_UNDO = Text("综合指数", "Composite Index")


class CalcBook(Book):
    """An open document. What tables there are is looked up once: make a new one whenever a user may have changed it."""

    def __init__(self, office: Office, lang: Lang = "zh") -> None:
        self._office = office
        self._lang = lang
        self._tables: dict[str, RangeTable] = {}
        self._look()

    def tables(self) -> Mapping[str, str]:
        """Names of all tables, each with the name of its sheet."""
        return {table.name: table.sheet for table in self._tables.values()}

    def read(self, table: str) -> Block:
        """A table's cells. Blank rows at its end are left out. Raises KeyError where there is no such table."""
        found = self._tables[table.casefold()]
        used = self._office.ask("last_row", sheet=found.sheet)
        beside = (other.placed for other in self._on(found.sheet))
        return open_tables.block(found, min(planning.free_below(found.placed, beside), used))

    def header(self, table: str) -> tuple[str, ...]:
        """A table's headers; see `sheets.book.Book.header`."""
        return self._tables[table.casefold()].placed.header

    def formulas(self, table: str) -> set[tuple[int, int]]:
        """Places of a table's formulas; see `sheets.book.Book.formulas`."""
        return self._tables[table.casefold()].formula_places()

    def sheet_of(self, name: str) -> str | None:
        """Name of the sheet that a defined name points into; None where there is no such name, or no place."""
        place = self._names.get(name.casefold())
        return place[0] if place else None

    def cells(self, names: Iterable[str]) -> dict[str, NamedCell]:
        """Single cells by defined name; see `sheets.book.Book.cells`."""
        found = ((name, self._names.get(name.casefold())) for name in names)
        return {name: self._named(*place) for name, place in found if place is not None}

    def _named(self, sheet: str, row: int, column: int) -> NamedCell:
        [[value]] = read_area(self._office, sheet, Area(row, column, row, column))
        return NamedCell(sheet, address(row, column), value)

    def write(self, results: Results) -> list[str]:
        """Replace result tables and cells, all or nothing; see `sheets.book.Book.write`."""
        plans = open_tables.plans(self._tables, results, self._problem)
        steps: list[OfficeStep] = []
        for plan in plans:
            steps += table_steps(self._tables[plan.table.name.casefold()], plan)
        for name, value in results.cells.items():
            place = self._names.get(name.casefold())
            if place is not None and not planning.in_a_table(*place, (t.placed for t in self._on(place[0]))):
                sheet, row, column = place
                steps.append(["put", sheet, [row, column, row, column], [[told(value)]]])
        return self._do(steps, [plan.table.name for plan in plans])

    def is_shown(self, table: str) -> bool:
        """Whether the sheet of a table is in view; see `sheets.book.Book.is_shown`."""
        return bool(self._office.ask("shown", sheet=self._tables[table.casefold()].sheet))

    def is_filtered(self, table: str) -> bool:
        """Whether a filter of a table hides rows."""
        return bool(self._office.ask("filtered", table=self._tables[table.casefold()].name))

    def show(self, table: str) -> None:
        """Bring the sheet of a table into view; see `sheets.book.Book.show`."""
        if not self.is_shown(table):
            self._office.ask("show", sheet=self._tables[table.casefold()].sheet)

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
            self._do(list(cell_steps(found, plan, wanted)), [found.name])
        return [place for place in cells if place in kept]

    def _do(self, steps: list[OfficeStep], tables: Iterable[str]) -> list[str]:
        """Have it done; returns the tables whose filter was cleared for it. Raises SheetErrors for locked sheets."""
        sheets = sorted({step[1] for step in steps if step[0] != "resize"})
        if locked := self._office.ask("locked", sheets=sheets):
            raise SheetErrors([planning.sheet_locked(sheet) for sheet in locked])
        cleared = [name for name in tables if self.is_filtered(name)]
        self._office.ask("write", title=_UNDO[self._lang], steps=[*(["unfilter", name] for name in cleared), *steps])
        self._look()
        return cleared

    def _look(self) -> None:
        """Tables may stand elsewhere after writing."""
        self._tables = {}
        for table in range_tables(self._office):
            self._tables.setdefault(table.name.casefold(), table)

    def _on(self, sheet: str) -> Iterator[RangeTable]:
        return (table for table in self._tables.values() if table.sheet == sheet)

    def _problem(self, plan: Plan[planning.PlacedTable]) -> Finding | None:
        table = self._tables[plan.table.name.casefold()]
        beside = (other.placed for other in self._on(table.sheet))
        return open_tables.problem(table, plan, beside, partial(self._is_merged, table.sheet))

    def _is_merged(self, sheet: str, area: Area) -> bool:
        return bool(self._office.ask("merged", sheet=sheet, area=corners(area)))

    @cached_property
    def _names(self) -> dict[str, tuple[str, int, int]]:
        return {name.casefold(): tuple(place) for name, place in self._office.ask("names").items()}
