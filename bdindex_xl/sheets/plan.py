"""What writing one result table means: where it ends, which cells it takes, and what stands in its way."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from ..errors import Finding, Severity
from ..language import Text, same
from .areas import MAX_COLUMN, MAX_ROW, Area, address, column_number
from .book import FAR_BELOW, ResultTable, Uncalculated, column_letters
from .matching import Layout, unique

T = TypeVar("T", bound="PlacedTable", covariant=True)
P = TypeVar("P", bound="PlacedTable")
Occupied = tuple[int, int, Callable[[], object]]


@dataclass(frozen=True, eq=False)
class PlacedTable:
    """A table on a sheet: `area` has header and totals; `formulas` are those of calculated columns, else empty."""

    name: str
    sheet_name: str
    area: Area
    header_rows: int
    totals_rows: int
    header: tuple[str, ...]
    formulas: tuple[str, ...]

    @cached_property
    def body(self) -> Area:
        """Rows between header and totals."""
        return Area(
            self.area.top + self.header_rows, self.area.left, self.area.bottom - self.totals_rows, self.area.right
        )


def free_below(table: PlacedTable, tables: Iterable[PlacedTable]) -> int:
    """The last row under a table that is not another table's and not too far off."""
    area = table.area
    tops = [
        other.area.top - 1
        for other in tables
        if other.sheet_name == table.sheet_name
        and other.area.top > area.bottom
        and other.area.left <= area.right
        and area.left <= other.area.right
    ]
    return min([*tops, area.bottom + FAR_BELOW, MAX_ROW])


@dataclass(frozen=True, eq=False)
class Plan(Generic[T]):
    """A result table's new place. `area` has header and totals, as `table.area` has."""

    table: T
    result: ResultTable
    layout: Layout

    @cached_property
    def n_rows(self) -> int:
        """Rows of the body; an Excel table has at least one."""
        return max(self.result.n_rows, 1)

    @cached_property
    def area(self) -> Area:
        top, left = self.table.area.top, self.table.area.left
        height = self.table.header_rows + self.n_rows + self.table.totals_rows
        return Area(top, left, top + height - 1, left + len(self.layout.slots) - 1)

    @cached_property
    def body(self) -> Area:
        area = self.area
        return Area(self.table.body.top, area.left, area.bottom - self.table.totals_rows, area.right)

    @cached_property
    def band_row(self) -> int | None:
        """Row above the header, where the layout changes and the result heads its columns there."""
        changes = self.layout.anew and self.result.band is not None and self.table.area.top > 1
        return self.table.area.top - 1 if changes else None

    @cached_property
    def top(self) -> int:
        """First row that may change."""
        return self.band_row or (self.table.area.top if self.layout.anew else self.table.body.top)

    @cached_property
    def first_outside(self) -> int:
        """First row with cells that the new table may take and the old one did not have."""
        return self.top if self.area.right > self.table.area.right else self.table.area.bottom + 1

    @cached_property
    def own(self) -> frozenset[int]:
        """Columns that hold the result in the new table."""
        left = self.table.area.left
        return frozenset(left + k for k, slot in enumerate(self.layout.slots) if slot is not None)

    @property
    def fills(self) -> bool:
        """Whether new rows get formulas of the user's."""
        return bool(self.filled) and self.body.bottom > self.table.body.bottom

    @cached_property
    def filled(self) -> dict[int, str]:
        """The user's calculated columns with their formulas: new rows get these too, as Excel does it."""
        left, formulas = self.table.area.left, self.table.formulas
        slots = enumerate(self.layout.slots)
        return {left + k: formulas[k] for k, slot in slots if slot is None and formulas[k]}


@dataclass(frozen=True, eq=False)
class Grown(Plan[T]):
    """A table that only becomes longer, to that many rows."""

    rows: int

    @cached_property
    def n_rows(self) -> int:
        return self.rows


def grown(table: P, places: Collection[tuple[int, int]]) -> Grown[P]:
    """The table as it is, or longer, so that it has those cells; columns that calculate themselves take none.

    Places are row and column, both counted from 0. Raises ValueError for one outside the table's columns or above its
    first row.
    """
    width = len(table.header)
    outside = next((place for place in places if place[0] < 0 or not 0 <= place[1] < width), None)
    if outside:
        raise ValueError(f"cells: expected places within {width} columns, found {outside}")
    slots = tuple(None if formula else k for k, formula in enumerate(table.formulas))
    made = Layout(slots, tuple(range(width)), table.header, anew=False)
    there = table.body.bottom - table.body.top + 1
    rows = max((row + 1 for row, _ in places), default=0)
    return Grown(table, ResultTable(table.name, ()), made, rows=max(rows, there))


_END = re.compile(r"(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}:)(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?=,|$)")


def moved_ends(text: str, old: Area, new: Area) -> str | None:
    """A print area whose parts that ended with a table's old area end with its new one; None where none did.

    >>> moved_ends("Data!$A$1:$C$9", Area(3, 1, 9, 3), Area(3, 1, 12, 3))
    'Data!$A$1:$C$12'
    """

    def moved(found: re.Match[str]) -> str:
        right, bottom = column_number(found[3]), int(found[5])
        if bottom != old.bottom:
            return found[0]
        right = new.right if right == old.right else right
        return f"{found[1]}{found[2]}{column_letters(right)}{found[4]}{new.bottom}"

    changed = _END.sub(moved, text)
    return None if changed == text else changed


def out_of_bounds(plan: Plan[PlacedTable]) -> Finding | None:
    """A result larger than a sheet."""
    area = plan.area
    if area.bottom <= MAX_ROW and area.right <= MAX_COLUMN:
        return None
    return Finding(
        Severity.FAULT,
        plan.table.sheet_name,
        address(area.top, area.left),
        Text("不超过 1,048,576 行、16,384 列的结果表", "a result table of at most 1,048,576 rows and 16,384 columns"),
        Text("{rows:,} 行、{columns:,} 列", "{rows:,} {rows:row|rows} and {columns:,} {columns:column|columns}").format(
            rows=area.bottom, columns=area.right
        ),
        Text("请把数据分到几个工作簿", "spread the data over several workbooks"),
        "result too large",
    )


def users_columns_in_the_way(table: PlacedTable, columns: Sequence[int], result: ResultTable) -> Finding:
    """A changed layout cannot be laid out around columns that the user put between or behind ours."""
    if renamed := _renamed(table, columns, result):
        column, header = renamed
        return Finding(
            Severity.FAULT,
            table.sheet_name,
            address(table.area.top, table.area.left + column),
            Text("“{header}”列", "a column “{header}”").format(header=header),
            same(f"“{table.header[column]}”"),
            Text(
                "请改回表头；若是自加的列，请移到表格之外，再重新计算",
                "write the header back or, if the column is your own, move it out of the table; then recalculate",
            ),
            "result header",
        )
    names = "、".join(table.header[j] for j in columns), ", ".join(table.header[j] for j in columns)
    return Finding(
        Severity.FAULT,
        table.sheet_name,
        address(table.area.top, table.area.left + columns[0]),
        Text(
            "表 {table} 中只有结果列，因为结果的列有变",
            "only result columns in table {table}, since the columns of the result change",
        ).format(table=table.name),
        Text("自加的列“{names}”", "your own “{names}”").format(names=Text(*names)),
        Text("请把它移到表格之外，再重新计算", "move it out of the table and recalculate"),
        "own column in the way",
    )


def _renamed(table: PlacedTable, columns: Sequence[int], result: ResultTable) -> tuple[int, str] | None:
    """The first of a user's columns that stands where one of the result's is missing, and that one's header."""
    headers = unique(column.header for column in result.columns)
    there = set(table.header)
    for k, header in enumerate(headers):
        before, after = headers[k - 1] if k else None, headers[k + 1] if k + 1 < len(headers) else None
        for j in columns:
            left, right = table.header[j - 1] if j else None, (*table.header, None)[j + 1]
            if header not in there and left == before and (after is None or right == after):
                return j, header
    return None


def outside(plan: Plan[PlacedTable]) -> list[Area]:
    """What the new table takes and the old one did not have: to its right, and below it."""
    old, new = plan.table.area, plan.area
    areas = []
    if new.right > old.right:
        areas.append(Area(plan.top, old.right + 1, min(old.bottom, new.bottom), new.right))
    if new.bottom > old.bottom:
        areas.append(Area(old.bottom + 1, new.left, new.bottom, new.right))
    return areas


def in_a_table(sheet: str, row: int, column: int, tables: Iterable[PlacedTable]) -> bool:
    """Whether a cell is a table's. A heading or a status never is: a name that leads there leads astray."""
    places = (table.area for table in tables if table.sheet_name == sheet)
    return any(area.top <= row <= area.bottom and area.left <= column <= area.right for area in places)


def obstacle(
    plan: Plan[PlacedTable], tables: Iterable[PlacedTable], merged: Iterable[Area], occupied: Iterable[Occupied]
) -> Finding | None:
    """The first thing that is not the table's where it must grow.

    `tables` may be all of the workbook; `occupied` are the sheet's cells that are not empty, from the top down: row,
    column, and a function that tells the value. Those outside the new area are passed over.
    """
    new = plan.area
    for other in tables:
        elsewhere = other.sheet_name != plan.table.sheet_name or other.name == plan.table.name
        if not elsewhere and other.area.overlaps(new):
            found = Text("表 {name}", "table {name}").format(name=other.name)
            return _in_the_way(plan, address(other.area.top, other.area.left), found)
    for area in merged:
        if area.overlaps(new):
            return _in_the_way(plan, str(area), Text("合并的单元格", "merged cells"))
    for row, column, value in occupied:
        if row > new.bottom:
            break
        if row >= plan.first_outside and _takes(plan, row, column):
            return _in_the_way(plan, address(row, column), _contents(value()))
    return None


def _takes(plan: Plan[PlacedTable], row: int, column: int) -> bool:
    """Whether a cell outside the old table will be written."""
    if plan.area.left <= column <= plan.table.area.right and row <= plan.table.area.bottom:
        return False
    totals = row > plan.body.bottom and plan.area.left <= column <= plan.area.right
    return column in plan.own or column in plan.filled or totals


def _in_the_way(plan: Plan[PlacedTable], cell: str, found: Text) -> Finding:
    return Finding(
        Severity.FAULT,
        plan.table.sheet_name,
        cell,
        Text("空单元格（表 {table} 要写到 {area}）", "an empty cell (table {table} needs {area})").format(
            table=plan.table.name, area=plan.area
        ),
        found,
        Text("请把它移开，再重新计算", "move it away and recalculate"),
        "in the way",
    )


def formula_in_the_way(sheet: str, cell: str) -> Finding:
    """A shared or array formula that other cells live on cannot be overwritten in part."""
    return Finding(
        Severity.FAULT,
        sheet,
        cell,
        Text("结果单元格中没有牵涉其他单元格的公式", "no formula in a result cell that other cells share"),
        Text("数组公式或共享公式", "an array formula or a shared formula"),
        Text(
            "请清除这些公式，或在表格之外重写，再重新计算",
            "clear these formulas or rewrite them outside the table, then recalculate",
        ),
        "formula in the way",
    )


def missing_table(name: str) -> Finding:
    """A result has nowhere to go."""
    return Finding(
        Severity.FAULT,
        "",
        "",
        Text("结果表 {name}", "result table {name}").format(name=name),
        Text("工作簿中没有此表", "no such table in the workbook"),
        Text("请撤销删除，或用 bdindex new 新建工作簿", "restore it, or make a new workbook with bdindex new"),
        "missing table",
    )


def header_hidden(sheet: str, area: Area, name: str) -> Finding:
    """A table without its header row has no names of columns to go by."""
    return Finding(
        Severity.FAULT,
        sheet,
        address(area.top, area.left),
        Text("表 {name} 显示标题行", "table {name} with its header row shown").format(name=name),
        Text("标题行已隐藏", "a hidden header row"),
        Text("请在“表设计”中勾选“标题行”", "tick Header Row on the Table Design tab"),
        "header hidden",
    )


def sheet_locked(sheet: str) -> Finding:
    """A sheet that asks for a password cannot be written."""
    return Finding(
        Severity.FAULT,
        sheet,
        "",
        Text("未设密码保护的结果表", "a result sheet without a password"),
        Text("工作表受密码保护", "a sheet protected by a password"),
        Text("请撤销工作表保护，再重新计算", "unprotect the sheet and recalculate"),
        "sheet locked",
    )


def _contents(value: object) -> Text:
    text = (
        f"={value.formula}"
        if isinstance(value, Uncalculated)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
    return same(f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”")
