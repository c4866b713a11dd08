"""A document that is open in LibreOffice, as a `Book`: one read a table, and one write, which the user can undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

from ...errors import Finding, SheetErrors
from ...language import Lang, Text
from ...sheets import plan as planning
from ...sheets.areas import Area, address
from ...sheets.book import Block, Book, NamedCell, Results, Value
from ...sheets.matching import Layout, layout
from ...sheets.plan import Occupied, Plan
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
        placed = found.placed
        rows = found.read(placed.body)
        while rows and all(value is None for value in rows[-1]):
            rows.pop()
        columns = tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in placed.header)
        first, end = placed.body.top - 1, placed.area.bottom
        below = tuple(self._below(found))
        return Block(found.name, found.sheet, first, placed.area.left, placed.header, columns, below, end)

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
        plans = self._plans(results)
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
        kept = self._holding_formulas(found, cells)
        wanted = {place: value for place, value in cells.items() if place not in kept}
        if wanted:
            plan = planning.grown(found.placed, wanted.keys())
            if plan.area != found.placed.area and (finding := self._problem(plan)):
                raise SheetErrors((finding,))
            self._do(list(cell_steps(found, plan, wanted)), [found.name])
        return [place for place in cells if place in kept]

    def _holding_formulas(self, table: RangeTable, places: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        """Those that hold a formula, or will: a calculated column fills new rows itself."""
        body = table.placed.body
        n_rows = body.bottom - body.top + 1
        there = table.formula_places() if any(i < n_rows for i, _ in places) else set()
        calculated = {j for j, formula in enumerate(table.placed.formulas) if formula}
        return {(i, j) for i, j in places if (j in calculated if i >= n_rows else (i, j) in there)}

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

    def _below(self, table: RangeTable) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Rows under a table that hold anything in its columns."""
        area = table.placed.area
        used = self._office.ask("last_row", sheet=table.sheet)
        last = min(planning.free_below(table.placed, (other.placed for other in self._on(table.sheet))), used)
        if last <= area.bottom:
            return
        for i, row in enumerate(table.read(Area(area.bottom + 1, area.left, last, area.right)), area.bottom + 1):
            if any(value is not None for value in row):
                yield i, tuple(row)

    def _plans(self, results: Results) -> list[Plan[planning.PlacedTable]]:
        plans: list[Plan[planning.PlacedTable]] = []
        findings: list[Finding] = []
        for result in results.tables:
            table = self._tables.get(result.table.casefold())
            if table is None:
                findings.append(planning.missing_table(result.table))
            elif result.columns:
                made = layout(table.placed.header, result, table.holds_scores)
                if isinstance(made, Layout):
                    plan = Plan(table.placed, result, made)
                    plans.append(plan)
                    problem = self._problem(plan)
                else:
                    problem = planning.users_columns_in_the_way(table.placed, made, result)
                findings += [problem] if problem else []
        if findings:
            raise SheetErrors(findings)
        return plans

    def _problem(self, plan: Plan[planning.PlacedTable]) -> Finding | None:
        table = self._tables[plan.table.name.casefold()]
        outside = planning.outside(plan)
        merged = (area for area in outside if self._office.ask("merged", sheet=table.sheet, area=corners(area)))
        placed = (other.placed for other in self._on(table.sheet))
        return planning.out_of_bounds(plan) or planning.obstacle(plan, placed, merged, _occupied(table, outside))

    @cached_property
    def _names(self) -> dict[str, tuple[str, int, int]]:
        return {name.casefold(): tuple(place) for name, place in self._office.ask("names").items()}


def _occupied(table: RangeTable, areas: Iterable[Area]) -> Iterator[Occupied]:
    for area in areas:
        for i, row in enumerate(table.read(area)):
            for j, value in enumerate(row):
                if value is not None:
                    yield area.top + i, area.left + j, partial(_same, value)


def _same(value: Any) -> Any:
    return value
