"""Sheets of workbooks, by the project's own reader."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter

from bdindex_xl.model.collecting import SourceKind
from tests.microdata.sources.given import faults, kinds, records, source, table

EXCEL = SourceKind.EXCEL
DAY = dt.datetime(2024, 3, 5)


def made(path: Path, **sheets: list[list]) -> None:
    """A workbook with these rows on its sheets; what begins with ``=`` is a formula, and its value 1."""
    path.parent.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, value in enumerate(row):
                    if value == "#N/A":
                        sheet.write_formula(i, j, "NA()", None, value)
                    elif value is not None:
                        sheet.write(i, j, value)


def test_cells_become_what_a_csv_file_would_have(tmp_path: Path) -> None:
    rows: list[list] = [
        ["code", "name", "amount", "day", "listed", "n"],
        [110000, "甲", 0.1, DAY, True, 3],
        ["A1", " 乙\u200b ", "1,234.5", dt.datetime(2024, 3, 6, 12, 30), "否", "—"],
    ]
    made(tmp_path / "a.xlsx", 企业=rows)
    found = table(tmp_path, source("a.xlsx", EXCEL))
    assert kinds(found) == {
        "code": "text", "name": "text", "amount": "number", "day": "date", "listed": "yes or no", "n": "number",
    }  # fmt: skip
    assert records(found) == [
        ("110000", "甲", Decimal("0.1"), DAY, True, 3),
        ("A1", "乙", Decimal("1234.5"), dt.datetime(2024, 3, 6, 12, 30), False, None),
    ]
    assert list(found.origins.values()) == ["a.xlsx#企业"]


def test_a_code_that_one_file_has_as_a_number_is_a_text_where_another_has_texts(tmp_path: Path) -> None:
    made(tmp_path / "in/1.xlsx", s=[["code"], [110000.0]])
    made(tmp_path / "in/2.xlsx", s=[["code"], ["X1"]])
    assert records(table(tmp_path, source("in", EXCEL))) == [("110000",), ("X1",)]


def test_a_sheet_is_named_behind_the_file_else_the_first_is_read_and_said(tmp_path: Path) -> None:
    made(tmp_path / "a.xlsx", 说明=[["x"], [1]], 企业=[["y"], [2]])
    assert records(table(tmp_path, source("a.xlsx#企业", EXCEL))) == [(2,)]
    told: list = []
    assert records(table(tmp_path, source("a.xlsx", EXCEL), told=told)) == [(1,)]
    assert told[0].text("en") == (
        "a.xlsx: expected the name of the sheet behind the file's name and #, found the sheets “说明”, “企业”; "
        "the first, “说明”, was read"
    )
    assert told[0].text("zh") == "a.xlsx：应为在文件名后用 # 写明工作表，实为工作表“说明”、“企业”；读取第一张“说明”"
    assert faults(tmp_path, source("a.xlsx#企业名录", EXCEL)) == [
        (
            "a.xlsx: expected a sheet “企业名录”, found none (did you mean “企业”?)",
            "a.xlsx：应为工作表“企业名录”，实为没有（是否为“企业”？）",
        )
    ]


def test_titles_above_the_header_are_no_header(tmp_path: Path) -> None:
    made(tmp_path / "a.xlsx", s=[["企业名录（2024 年）"], [], ["code", "year"], [1, 2024], [None, None], [2, 2024]])
    assert records(table(tmp_path, source("a.xlsx", EXCEL), needed=["year", "code"])) == [(1, 2024), (2, 2024)]


def test_a_row_counts_where_only_fields_hold_anything_that_nobody_needs(tmp_path: Path) -> None:
    made(tmp_path / "a.xlsx", s=[["a", "b"], [1, 2], [None, 3], ["", "  "], [None, 4]])
    assert records(table(tmp_path, source("a.xlsx", EXCEL), needed=["a"])) == [(1,), (None,), (None,)]


@pytest.mark.parametrize(
    ("rows", "en", "zh"),
    [
        ([], "a.xlsx#s: expected a header and rows, found an empty file", "a.xlsx#s：应为标题行和数据行，实为空文件"),
        ([["a", None, "c"], [1, 2, 3]], "a.xlsx#s!B1: expected a header over every column, found none over column 2", "a.xlsx#s!B1：应为每列都有标题，实为第 2 列没有标题"),
        ([["a", "A"], [1, 2]], "a.xlsx#s!B1: expected one column “A”, found columns 1 and 2", "a.xlsx#s!B1：应为“A”只有一列，实为第 1 列和第 2 列"),
        ([["a"], [1], ["#N/A"]], "a.xlsx#s!A3: expected a value or a blank, found the error #N/A", "a.xlsx#s!A3：应为值或空白，实为错误值 #N/A"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_sheet_is_said_with_its_cell(tmp_path: Path, rows: list, en: str, zh: str) -> None:
    made(tmp_path / "a.xlsx", s=rows)
    assert faults(tmp_path, source("a.xlsx", EXCEL)) == [(en, zh)]


def test_a_workbook_with_a_password_and_what_is_none_are_refused(tmp_path: Path) -> None:
    made(tmp_path / "a.xlsx", s=[["a"], [1]])
    with (tmp_path / "a.xlsx").open("rb") as file, (tmp_path / "b.xlsx").open("wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(file).encrypt("secret", out)
    (tmp_path / "c.xlsx").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "d.xlsx").write_bytes((tmp_path / "a.xlsx").read_bytes()[:-30])
    said = [en for name in "bcd" for en, _ in faults(tmp_path, source(f"{name}.xlsx", EXCEL))]
    assert said == [
        "b.xlsx: expected a file in the form of Excel, found one that cannot be read as such (the workbook is protected by "
        "a password. Open it in Excel, clear the password under File > Info > Protect Workbook > Encrypt with Password, "
        "save it, and try again.)",
        "c.xlsx: expected a file in the form of Excel, found one that cannot be read as such (this is not an Excel workbook "
        "(.xlsx or .xlsm), whatever its name says. Open it in Excel or WPS, save it as .xlsx or .xlsm, and try again.)",
        "d.xlsx: expected a file in the form of Excel, found one that cannot be read as such (the file is incomplete: the "
        "directory at its end is missing, as after a broken download or copy. Fetch it again, or go back to a copy.)",
    ]
