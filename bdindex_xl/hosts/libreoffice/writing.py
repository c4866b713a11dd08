"""Writing one table into a document that is open in LibreOffice: the steps, which the extension does as one action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...sheets.areas import Area, runs
from ...sheets.book import Value
from ...sheets.plan import PlacedTable, Plan
from .tables import RangeTable
from .values import corners, rows_of_columns, told

OfficeStep = list[Any]  # name of a step in the extension's bridge, then its arguments


def table_steps(table: RangeTable, plan: Plan[PlacedTable]) -> Iterator[OfficeStep]:
    """Make the table what the plan says: its extent, looks of new rows, then values."""
    formats = _donor_formats(table, plan) if plan.layout.anew else {}
    yield from _resized(table, plan)
    if plan.layout.anew:
        yield from _header(table, plan)
    for left, right in runs(plan.own):
        slots = [plan.layout.slots[column - plan.area.left] for column in range(left, right + 1)]
        area = corners(Area(plan.body.top, left, plan.body.bottom, right))
        if plan.result.n_rows:
            columns = [plan.result.columns[slot].values for slot in slots if slot is not None]
            yield ["put", table.sheet, area, rows_of_columns(columns)]
        else:
            yield ["empty", table.sheet, area]
    for column, number in formats.items():
        yield ["format", table.sheet, corners(Area(plan.body.top, column, plan.body.bottom, column)), number]


def cell_steps(
    table: RangeTable, plan: Plan[PlacedTable], cells: Mapping[tuple[int, int], Value]
) -> Iterator[OfficeStep]:
    """Single cells by row and column, both counted from 0: a block a run of cells below each other."""
    yield from _resized(table, plan)
    top, left = plan.body.top, plan.area.left
    for j in sorted({j for _, j in cells}):
        for first, last in runs(i for i, k in cells if k == j):
            area = Area(top + first, left + j, top + last, left + j)
            yield ["put", table.sheet, corners(area), [[told(cells[i, j])] for i in range(first, last + 1)]]


def _resized(table: RangeTable, plan: Plan[PlacedTable]) -> Iterator[OfficeStep]:
    old, new = plan.table.area, plan.area
    if old == new:
        return
    sheet, body = table.sheet, plan.table.body
    if plan.table.totals_rows and new.bottom != old.bottom:
        yield ["move", sheet, [old.bottom, old.left, old.bottom, old.right], new.bottom]
    yield ["resize", table.name, corners(new)]
    if new.right > old.right:
        yield ["fill_right", sheet, [plan.top, old.right, body.bottom, old.right], new.right]
    if plan.body.bottom > body.bottom:
        yield ["fill_down", sheet, [body.bottom, new.left, body.bottom, new.right], plan.body.bottom, False]
        for column in plan.filled:
            yield ["fill_down", sheet, [body.bottom, column, body.bottom, column], plan.body.bottom, True]
    if old.right > new.right:
        yield ["clear", sheet, [plan.top, new.right + 1, old.bottom, old.right]]
    if old.bottom > new.bottom:
        for left, right in runs(plan.own | plan.filled.keys()):
            yield ["clear", sheet, [new.bottom + 1, left, old.bottom, right]]
    yield ["print", sheet, corners(old), corners(new)]


def _header(table: RangeTable, plan: Plan[PlacedTable]) -> Iterator[OfficeStep]:
    """Headers, and the band above them."""
    area = plan.area
    yield ["put", table.sheet, [area.top, area.left, area.top, area.right], [list(plan.layout.headers)]]
    if plan.band_row and plan.result.band:
        for k, slot in enumerate(plan.layout.slots):
            if slot is not None:
                text = plan.result.band[slot] if slot < len(plan.result.band) else ""
                place = [plan.band_row, area.left + k] * 2
                yield ["put", table.sheet, place, [[text or None]]]


def _donor_formats(table: RangeTable, plan: Plan[PlacedTable]) -> dict[int, int]:
    """Number format of each column of ours: that of the old column whose place it takes."""
    pairs = enumerate(zip(plan.layout.slots, plan.layout.donors, strict=True))
    return {plan.area.left + k: table.formats[donor] for k, (slot, donor) in pairs if slot is not None}
