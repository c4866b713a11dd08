"""Tables of a workbook that a program has open: what every such host reads, plans and refuses alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol

from ..errors import Finding, SheetErrors
from . import plan as planning
from .areas import Area
from .book import Block, Results
from .matching import Layout, layout
from .plan import PlacedTable, Plan


class TableInProgram(Protocol):
    """A table as its program knows it."""

    name: str

    @property
    def placed(self) -> PlacedTable:
        """Where the table is."""
        ...

    def read(self, area: Area) -> list[list[Any]]:
        """Values of an area of the table's sheet."""
        ...

    def holds_scores(self, j: int, like: int | None) -> bool:
        """Whether a column holds nothing but numbers from 0 to 100, none by a formula, and looks like another."""
        ...

    def formula_places(self) -> set[tuple[int, int]]:
        """Row and column of the table's formulas, both counted from 0."""
        ...


def block(table: TableInProgram, last: int) -> Block:
    """A table's cells, without blank rows at its end, and the rows under it that hold anything, down to `last`."""
    placed = table.placed
    rows = table.read(placed.body)
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    columns = tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in placed.header)
    first, end = placed.body.top - 1, placed.area.bottom
    below = tuple(_below(table, last))
    return Block(table.name, placed.sheet_name, first, placed.area.left, placed.header, columns, below, end)


def _below(table: TableInProgram, last: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    area = table.placed.area
    if last <= area.bottom:
        return
    for i, row in enumerate(table.read(Area(area.bottom + 1, area.left, last, area.right)), area.bottom + 1):
        if any(value is not None for value in row):
            yield i, tuple(row)


def holding_formulas(table: TableInProgram, places: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those that hold a formula, or will: a calculated column fills new rows itself."""
    places, body = list(places), table.placed.body
    n_rows = body.bottom - body.top + 1
    there = table.formula_places() if any(i < n_rows for i, _ in places) else set()
    calculated = {j for j, formula in enumerate(table.placed.formulas) if formula}
    return {(i, j) for i, j in places if (j in calculated if i >= n_rows else (i, j) in there)}


def plans(
    tables: Mapping[str, TableInProgram],
    results: Results,
    problem: Callable[[Plan[PlacedTable]], Finding | None],
) -> list[Plan[PlacedTable]]:
    """What writing the results means; `tables` by name in lower case. Raises SheetErrors with all that prevents it."""
    made: list[Plan[PlacedTable]] = []
    findings: list[Finding] = []
    for result in results.tables:
        table = tables.get(result.table.casefold())
        if table is None:
            findings.append(planning.missing_table(result.table))
        elif result.columns:
            found = layout(table.placed.header, result, table.holds_scores)
            if isinstance(found, Layout):
                made.append(Plan(table.placed, result, found))
                why = problem(made[-1])
            else:
                why = planning.users_columns_in_the_way(table.placed, found, result)
            findings += [why] if why else []
    if findings:
        raise SheetErrors(findings)
    return made


def problem(
    table: TableInProgram,
    plan: Plan[PlacedTable],
    beside: Iterable[PlacedTable],
    is_merged: Callable[[Area], bool],
) -> Finding | None:
    """What stands where a table must grow; `beside` are all tables of its sheet."""
    outside = planning.outside(plan)
    merged = filter(is_merged, outside)
    return planning.out_of_bounds(plan) or planning.obstacle(plan, beside, merged, _occupied(table, outside))


def _occupied(table: TableInProgram, areas: Iterable[Area]) -> Iterator[planning.Occupied]:
    for area in areas:
        for i, row in enumerate(table.read(area)):
            for j, value in enumerate(row):
                if value is not None:
                    yield area.top + i, area.left + j, partial(_same, value)


def _same(value: Any) -> Any:
    return value
