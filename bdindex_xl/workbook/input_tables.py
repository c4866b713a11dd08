"""A filled input table: its cells, widths, header and Excel table. What stands in it is the caller's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..sheets import schema
from ..sheets.areas import MAX_ROW, quoted
from ..sheets.book import Value, column_letters
from ..sheets.roles import TEXTUAL
from . import fit
from .build import PAGE_WIDTH, Build

HEADER = 2  # row of the header, counted from 0, on sheets without a band above it
_NARROWEST, _WIDEST = 9.0, 20.0  # width of a column of numbers [characters]
_WIDEST_TEXT = 48.0  # of a column of texts, where the page has room for it [characters]
SAMPLED = 2000  # rows looked at for widths and decimals


@dataclass(frozen=True, slots=True)
class Filled:
    """Header, roles and rows of an input table, with the look of each column where it is not the role's own; no column
    of texts is wider than `widest` where that makes the table too wide for a page."""

    name: str
    header: Sequence[str]
    roles: Sequence[str]
    rows: Sequence[Sequence[Value]]
    looks: Sequence[Format] | None = None
    widest: float = 40.0


def columns(build: Build, own: Sequence[schema.Column]) -> list[str]:
    """Headers in the workbook's language."""
    return [column.header[build.lang] for column in own]


def write(
    build: Build,
    sheet: Worksheet,
    filled: Filled,
    row: int = HEADER,
    *,
    frozen: int = 2,
    cells: bool = True,
    starts: Sequence[int] = (),
    printed: int | None = None,
) -> tuple[int, int]:
    """Write the table from its header row on; returns its first and last body row. Without rows it has a blank one.
    The first columns, `frozen`, stay in view and are repeated in print; a page may begin at one of `starts`. So many
    columns are `printed`, all where that is None.

    With ``cells=False`` the body's cells are the caller's to write.
    """
    wider = replace(filled, widest=max(filled.widest, _WIDEST_TEXT))
    widths = [width(wider, j) for j in range(len(filled.header))]
    if sum(widths) > PAGE_WIDTH:
        widths = [width(filled, j) for j in range(len(filled.header))]
    for j, wide in enumerate(widths):
        sheet.set_column(j, j, wide)
    build.header_height(sheet, row, filled.header, widths)
    build.table(sheet, filled.name, row, filled.header, filled.roles, len(filled.rows))
    if cells:
        _fill(build, sheet, filled, row + 1)
    sheet.freeze_panes(row + 1, frozen)
    build.printed(sheet, (0, row), widths[:printed], frozen, starts)
    if printed is not None and printed < len(widths):
        # Down to the last row, so that what is filled in below is printed, too: to Excel the same as whole columns,
        # which openpyxl cannot read, and XlsxWriter would write.
        sheet.print_area_range = f"{quoted(sheet.get_name())}!$A$1:${column_letters(printed)}${MAX_ROW}"
    codes = [j for j, role in enumerate(filled.roles) if role in TEXTUAL]
    if codes:
        sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(max(codes) + 1)}{MAX_ROW}"})
    return row + 1, row + max(len(filled.rows), 1)


def header_width(header: str, role: str) -> float:
    """Width for a header; those of raw data are many, and may be five lines high."""
    if role == "raw":
        return fit.header_width(header, _NARROWEST, 5)
    return fit.header_width(header, schema.ROLES[role].width)


def width(filled: Filled, j: int) -> float:
    """Width of a column, by its header and by what is in it."""
    role, header = filled.roles[j], filled.header[j]
    least = header_width(header, role)
    if role == "raw":
        return _of_numbers([row[j] for row in filled.rows[:SAMPLED]], least)
    if role not in TEXTUAL:
        return least
    texts = (str(row[j]) for row in filled.rows[:SAMPLED] if row[j] is not None)
    return fit.column_width(texts, least, filled.widest)


def _of_numbers(values: Sequence[Value], least: float) -> float:
    """Width that shows the longest of these numbers, and ones a hundred times as great; usual where there are none."""
    numbers = [value for value in values if isinstance(value, int | float) and math.isfinite(value)]
    if not numbers:
        return max(least, schema.ROLES["raw"].width)
    whole = max(len(f"{value:,.0f}") for value in numbers)
    decimals = max(len(f"{value:.4f}".rstrip("0").partition(".")[2]) for value in numbers)
    return min(max(least, whole + decimals + 3.0), max(least, _WIDEST))


def _fill(build: Build, sheet: Worksheet, filled: Filled, first: int) -> None:
    looks = filled.looks or [build.looks.cell(role, entered=True) for role in filled.roles]
    textual = [role in TEXTUAL for role in filled.roles]
    blank: list[Value] = [None] * len(filled.header)
    for i, row in enumerate(filled.rows or [blank], first):
        for j, value in enumerate(row):
            if textual[j] and isinstance(value, int | float) and value == value:
                value = f"{value:.15g}"
            build.put(sheet, i, j, value, looks[j])
