"""Single cells set in a closed workbook, and rows added: everything else stays to the byte."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from bdindex_xl.errors import FileRefused, SheetErrors
from bdindex_xl.hosts.files import FileBook
from tests.support import office
from tests.support.books import small_book
from tests.support.cells import book, header_row, sheet_of
from tests.support.lint import lint
from tests.support.rich import Zip

HEAD = header_row("甲", "乙")
ROWS = '<row r="2"><c r="A2" s="3"><v>1</v></c><c r="B2" s="4"/></row><row r="3"><c r="A3" s="3"/></row>'
TABLE = "xl/tables/table1.xml"


def filled(data: bytes, cells: dict[tuple[int, int], object]) -> bytes:
    opened = FileBook.from_bytes(data)
    assert opened.set_cells("bdx_data", cells) == []  # type: ignore[arg-type]
    assert lint(opened.to_bytes()) == []
    return opened.to_bytes()


def rows_of(data: bytes) -> str:
    return re.findall(r"<sheetData>(.*)</sheetData>", sheet_of(data), re.S)[0]


def test_a_cell_is_set_in_its_own_look_and_nothing_else_changes() -> None:
    data = book(HEAD + ROWS)
    out = filled(data, {(0, 1): 2.5, (1, 1): "a<b"})
    assert rows_of(out) == HEAD + (
        '<row r="2"><c r="A2" s="3"><v>1</v></c><c r="B2" s="4"><v>2.5</v></c></row>'
        '<row r="3"><c r="A3" s="3"/><c r="B3" t="inlineStr"><is><t>a&lt;b</t></is></c></row>'
    )
    before, after = Zip(data), Zip(out)
    assert {name for name in before.parts if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
    assert filled(data, {}) == data


def test_rows_are_added_in_the_look_of_the_first() -> None:
    out = filled(book(HEAD + ROWS), {(3, 0): 7.0, (2, 1): "x"})
    assert rows_of(out).endswith(
        '<row r="4"><c r="A4" s="3"/><c r="B4" s="4" t="inlineStr"><is><t>x</t></is></c></row>'
        '<row r="5"><c r="A5" s="3"><v>7.0</v></c><c r="B5" s="4"/></row>'
    )
    assert 'ref="A1:B5"' in Zip(out)[TABLE].decode()
    assert FileBook.from_bytes(out).read("bdx_data").columns == ([1.0, None, None, 7.0], [None, None, "x", None])


def test_calculated_columns_fill_the_new_rows() -> None:
    formula = "<calculatedColumnFormula>bdx_data[[#This Row],[甲]]*2</calculatedColumnFormula>"
    rows = '<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="4"><f>bdx_data[[#This Row],[甲]]*2</f><v>2</v></c></row>'
    data = Zip(book(HEAD + rows, "A1:B2")).change(TABLE, 'name="乙"/>', f'name="乙">{formula}</tableColumn>').to_bytes()
    opened = FileBook.from_bytes(data)
    assert opened.set_cells("bdx_data", {(1, 0): 5.0, (1, 1): 9.0}) == [(1, 1)]
    assert '<c r="B3" s="4"><f>bdx_data[[#This Row],[甲]]*2</f></c>' in rows_of(opened.to_bytes())
    assert 'fullCalcOnLoad="1"' in Zip(opened.to_bytes())["xl/workbook.xml"].decode()


def test_a_formula_is_never_overwritten() -> None:
    rows = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><v>1</v></c></row>'
    data = book(HEAD + rows, "A1:B2")
    opened = FileBook.from_bytes(data)
    assert opened.set_cells("BDX_DATA", {(0, 0): 5.0}) == [(0, 0)]
    assert opened.to_bytes() == data
    assert opened.set_cells("bdx_data", {(0, 0): 5.0, (0, 1): 6.0}) == [(0, 0)]
    assert rows_of(opened.to_bytes()) == HEAD + (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><v>6.0</v></c></row>'
    )


def test_the_totals_row_moves_down() -> None:
    totals = '<row r="3"><c r="A3" s="5"><v>99</v></c><c r="B3"><f>SUBTOTAL(109,bdx_data[乙])</f><v>0</v></c></row>'
    rows = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>'
    data = Zip(book(HEAD + rows + totals)).change(TABLE, 'ref="A1:B3"', 'ref="A1:B3" totalsRowCount="1"').to_bytes()
    out = filled(data, {(1, 0): 7.0})
    assert rows_of(out).endswith(
        '<row r="3"><c r="A3"><v>7.0</v></c><c r="B3"/></row>'
        '<row r="4"><c r="A4" s="5"><v>99</v></c><c r="B4"><f>SUBTOTAL(109,bdx_data[乙])</f><v>0</v></c></row>'
    )
    assert 'ref="A1:B4"' in Zip(out)[TABLE].decode()


def test_what_stands_where_rows_must_go_is_named_and_nothing_is_written() -> None:
    data = book(HEAD + ROWS + '<row r="4"><c r="B4"><v>5</v></c></row>')
    opened = FileBook.from_bytes(data)
    with pytest.raises(SheetErrors) as stopped:
        opened.set_cells("bdx_data", {(0, 1): 2.0, (2, 0): 1.0})
    assert [finding.place for finding in stopped.value.findings] == ["表!B4"]
    assert opened.to_bytes() == data


@pytest.mark.parametrize("place", [(-1, 0), (0, 2), (0, -1)])
def test_places_outside_the_table_are_refused(place: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="expected places within 2 columns"):
        FileBook.from_bytes(book(HEAD + ROWS)).set_cells("bdx_data", {place: 1.0})
    with pytest.raises(KeyError):
        FileBook.from_bytes(book(HEAD + ROWS)).set_cells("other", {(0, 0): 1.0})


def test_a_signed_workbook_is_left_alone() -> None:
    data = book(HEAD + ROWS, parts={"_xmlsignatures/origin.sigs": ""})
    with pytest.raises(FileRefused):
        FileBook.from_bytes(data).set_cells("bdx_data", {(0, 0): 1.0})


def test_a_real_workbook_stays_sound_and_its_rules_follow(tmp_path: Path) -> None:
    data = small_book(tmp_path)
    opened = FileBook.from_bytes(data)
    opened.set_cells("bdx_data_province", {(0, 3): 7.5, (6, 0): 2025.0, (6, 1): "110000", (6, 3): 1.0})
    out = opened.to_bytes()
    assert lint(out) == []
    assert office.validation_errors(out, ".xlsm") == []
    before, after = Zip(data), Zip(out)
    changed = {name for name in before.parts if before[name] != after[name]}
    sheets = {opened.sheets().index(name) + 1 for name in ("省份数据", "地区画像", "公式")}
    assert {name for name in changed if "worksheets" in name} == {f"xl/worksheets/sheet{i}.xml" for i in sheets}
    assert len(changed) == 6, "with the table of the first and the chart of the second, and what asked to be calculated"
    with pytest.warns(UserWarning, match="extension is not supported"):
        sheet = openpyxl.load_workbook(io.BytesIO(out))["省份数据"]
    assert sheet["D6"].value == 7.5
    assert [cell.value for cell in sheet[12]][:4] == [2025, "110000", None, 1]
    ranges = " ".join(str(rule.sqref) for rule in sheet.data_validations.dataValidation)
    assert "A6:A12" in ranges and "D6:D12" in ranges
