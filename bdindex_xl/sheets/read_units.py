"""The units table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from . import schema
from .book import Book
from .cells import heading, read_text
from .faults import Report
from .tables import Table, filled_rows, read_table, text_at


@dataclass(frozen=True, eq=False)
class Units:
    """Units of every ranking, in the sheet's order: names and groups by code."""

    rankings: Mapping[str, Mapping[str, str]]
    group_names: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

    def ranking_of(self, code: str) -> str | None:
        """The ranking a unit belongs to."""
        return next((ranking for ranking, units in self.rankings.items() if code in units), None)


def read_units(book: Book, report: Report) -> Units | None:
    """The units, or None with the fault reported."""
    table = read_table(book, schema.TABLE_UNITS, schema.UNITS_COLUMNS, report, ("name",))
    if table is None or not {"code", "ranking"} <= set(table.places):
        return None
    rows = filled_rows(table.block)
    if not rows:
        report.add("table empty", table.block.sheet, table.cell(-1, "code"))
        return None
    group_columns = [j for j in table.rest if read_text(table.block.header[j])]
    rankings: dict[str, dict[str, str]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    seen: dict[str, int] = {}
    for i in rows:
        code, ranking = _code(table, i, seen, report), _ranking(table, i, report)
        if code and ranking:
            rankings.setdefault(ranking, {})[code] = _name(table, i, code, report)
            groups[code] = tuple(text_at(table.block, i, j, report) for j in group_columns)
    _names(table, rankings, seen, report)
    return Units(rankings, tuple(read_text(table.block.header[j]) for j in group_columns), groups)


def _code(table: Table, i: int, seen: dict[str, int], report: Report) -> str:
    code, sheet = table.text(i, "code", report), table.block.sheet
    if not code:
        report.add("unit code blank", sheet, table.cell(i, "code"))
    elif code in seen:
        report.add("unit code twice", sheet, table.cell(i, "code"), found=code, other=table.cell(seen[code], "code"))
        return ""
    else:
        seen[code] = i
    return code


def _ranking(table: Table, i: int, report: Report) -> str:
    text = table.text(i, "ranking", report)
    if not text:
        report.add("unit ranking blank", table.block.sheet, table.cell(i, "ranking"))
    return schema.ranking_key(text)


def _name(table: Table, i: int, code: str, report: Report) -> str:
    name = table.text(i, "name", report)
    if not name:
        report.add("unit name blank", table.block.sheet, table.cell(i, "name"), taken=code)
    return name or code


def _names(table: Table, rankings: dict[str, dict[str, str]], rows: dict[str, int], report: Report) -> None:
    for units in rankings.values():
        first: dict[str, str] = {}
        for code, name in units.items():
            other = first.setdefault(heading(name), code)
            if other != code:
                cells = {"found": name, "other": table.cell(rows[other], "name")}
                report.add("unit name twice", table.block.sheet, table.cell(rows[code], "name"), **cells)
