"""A workbook of one table, and what writing results into it gives."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets.book import ResultColumn, Results, ResultTable
from tests.support import cells
from tests.support.cells import header_row
from tests.support.lint import lint

HEAD = header_row("甲", "乙")
ROW = '<row r="2"><c r="A2" s="3"/><c r="B2" s="4"/></row>'
TABLE = "xl/tables/table1.xml"


def result(columns: dict[str, Any], roles: tuple[str, ...] = (), band: tuple[str, ...] | None = None) -> Results:
    """One result table, `bdx_data`."""
    named = roles or ("score",) * len(columns)
    made = [ResultColumn(header, role, values) for (header, values), role in zip(columns.items(), named, strict=True)]
    return Results((ResultTable("bdx_data", tuple(made), band),))


def written(data: bytes, results: Results) -> bytes:
    """The workbook with results; sound by our lint."""
    opened = FileBook.from_bytes(data)
    opened.write(results)
    out = opened.to_bytes()
    assert lint(out) == []
    return out


def rows_of(data: bytes) -> str:
    """The content of sheetData."""
    return re.findall(r"<(?:x:)?sheetData>(.*)</(?:x:)?sheetData>", cells.sheet_of(data), re.S)[0]


def grid(data: bytes) -> list[list[object]]:
    """All values of the sheet, as openpyxl sees them."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)]


def findings(data: bytes, results: Results) -> list[tuple[str, str, str]]:
    """Place and both texts of what stops a writing; nothing may have changed."""
    opened = FileBook.from_bytes(data)
    with pytest.raises(SheetErrors) as stopped:
        opened.write(results)
    assert opened.to_bytes() == data
    return [(finding.place, finding.text("zh"), finding.text("en")) for finding in stopped.value.findings]
