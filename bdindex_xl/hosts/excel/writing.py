"""Writing one table into a workbook that is open in Excel: its extent, looks of new rows, then values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...sheets.areas import Area
from ...sheets.book import Value
from ...sheets.plan import PlacedTable, Plan, moved_ends
from .tables import OpenTable
from .values import literal, write_columns


def write_table(table: OpenTable, plan: Plan[PlacedTable]) -> bool:
    """Make the table what the plan says; returns whether a filter had to be cleared."""
    cleared = _unfiltered(table)
    formats = _donor_formats(table, plan) if plan.layout.anew else {}
    _resize(table, plan)
    if plan.layout.anew:
        _write_header(table, plan)
    for left, right in _runs(plan):
        slots = [plan.layout.slots[column - plan.area.left] for column in range(left, right + 1)]
        columns = [plan.result.columns[slot].values for slot in slots if slot is not None]
        cells = table.range_of(Area(plan.body.top, left, plan.body.bottom, right))
        if plan.result.n_rows:
            write_columns(cells, columns)
        else:
            cells.clear_contents()
    for column, number_format in formats.items():
        body = plan.body
        table.range_of(Area(body.top, column, body.bottom, column)).number_format = number_format
    return cleared


def write_cells(table: OpenTable, plan: Plan[PlacedTable], cells: Mapping[tuple[int, int], Value]) -> None:
    """Single cells by row and column, both counted from 0: one write a run of cells below each other."""
    _unfiltered(table)
    _resize(table, plan)
    top, left = plan.body.top, plan.area.left
    for j in sorted({j for _, j in cells}):
        for first, last in _joined(sorted(i for i, k in cells if k == j)):
            area = Area(top + first, left + j, top + last, left + j)
            write_columns(table.range_of(area), [[cells[i, j] for i in range(first, last + 1)]])


def is_filtered(table: OpenTable) -> bool:
    """Whether a filter hides rows, or may."""
    if not table.table.show_autofilter:
        return False
    return any(criterion.type != "none" for criterion in table.table.autofilter.criteria)  # one for each column


def _unfiltered(table: OpenTable) -> bool:
    """Show all rows: values are to be written one below the other, hidden rows or not."""
    if not is_filtered(table):
        return False
    table.table.show_autofilter = False
    table.table.show_autofilter = True
    return True


def _resize(table: OpenTable, plan: Plan[PlacedTable]) -> None:
    old, new = plan.table.area, plan.area
    if old == new:
        return
    totals = bool(plan.table.totals_rows)
    if totals:  # Excel keeps what a hidden totals row holds, and shows it again below the new end
        table.table.show_totals = False
    bottom = new.bottom - (1 if totals else 0)
    table.table.resize(table.range_of(Area(new.top, new.left, bottom, new.right)))
    _extend_looks(table, plan)
    _clear_rest(table, plan)
    if totals:
        table.table.show_totals = True
    setup = table.sheet.page_setup
    area = setup.print_area
    moved = moved_ends(area, old, new) if area else None
    if moved:
        setup.print_area = moved


def _extend_looks(table: OpenTable, plan: Plan[PlacedTable]) -> None:
    """New columns look like the last one, new rows like the last row; calculated columns go on."""
    old, new, body = plan.table.area, plan.area, plan.table.body
    if new.right > old.right:
        edge = table.range_of(Area(plan.top, old.right, body.bottom, old.right))
        edge.autofill(table.range_of(Area(plan.top, old.right, body.bottom, new.right)), "fill_formats")
    if plan.body.bottom > body.bottom:
        last = table.range_of(Area(body.bottom, new.left, body.bottom, new.right))
        last.autofill(table.range_of(Area(body.bottom, new.left, plan.body.bottom, new.right)), "fill_formats")
        for column in plan.filled:
            cell = table.range_of(Area(body.bottom, column, body.bottom, column))
            cell.autofill(table.range_of(Area(body.bottom, column, plan.body.bottom, column)), "fill_copy")


def _clear_rest(table: OpenTable, plan: Plan[PlacedTable]) -> None:
    """Cells that were the table's and are no more, but for a user's own beside ours."""
    old, new = plan.table.area, plan.area
    if old.right > new.right:
        table.range_of(Area(plan.top, new.right + 1, old.bottom, old.right)).clear()
    if old.bottom > new.bottom:
        for left, right in _joined(sorted(plan.own | plan.filled.keys())):
            # From where the totals row will be shown: Excel would push down what still stands there.
            table.range_of(Area(plan.body.bottom + 1, left, old.bottom, right)).clear()


def _write_header(table: OpenTable, plan: Plan[PlacedTable]) -> None:
    """Headers, and the band above them. Excel renames a header that is there twice, if only for a moment."""
    area, slots = plan.area, plan.layout.slots
    header = table.range_of(Area(area.top, area.left, area.top, area.right))
    header.raw_value = [[f"·{k}·" for k in range(len(slots))]]
    header.raw_value = [[literal(text) for text in plan.layout.headers]]
    if plan.band_row and plan.result.band:
        for k, slot in enumerate(slots):
            if slot is not None:
                text = plan.result.band[slot] if slot < len(plan.result.band) else ""
                column = area.left + k
                table.range_of(Area(plan.band_row, column, plan.band_row, column)).raw_value = literal(text)


def _donor_formats(table: OpenTable, plan: Plan[PlacedTable]) -> dict[int, Any]:
    """Number format of each column of ours: that of the old column whose place it takes."""
    top, left = plan.table.body.top, plan.table.area.left
    known: dict[int, Any] = {}
    for donor in set(plan.layout.donors):
        known[donor] = table.range_of(Area(top, left + donor, top, left + donor)).number_format
    pairs = enumerate(zip(plan.layout.slots, plan.layout.donors, strict=True))
    return {left + k: known[donor] for k, (slot, donor) in pairs if slot is not None}


def _runs(plan: Plan[PlacedTable]) -> list[tuple[int, int]]:
    return _joined(sorted(plan.own))


def _joined(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last of columns or rows that adjoin."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [(first, last) for first, last in runs]
