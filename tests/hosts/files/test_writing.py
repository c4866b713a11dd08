"""Results put into a workbook: tables that grow, shrink and change their columns among cells of the user's."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets.book import ErrorValue, Formula, ResultColumn, Results, ResultTable
from tests.hosts.files.one_table import HEAD, ROW, TABLE, findings, grid, result, rows_of, written
from tests.support.cells import STRICT, TRANSITIONAL, book
from tests.support.rich import Zip


def test_every_kind_of_value_is_written_as_it_is() -> None:
    values = [
        0.1, 1 / 3, 5, 10**20, None, float("nan"), float("inf"), True, "a<b>&\"c\"", " 空 格\n", "_x0041_", "\x01\x0b\ud800", "",
        dt.datetime(2024, 1, 1, 12), Formula("=SUM(A2:A3)&\"<\"", "x"), Formula("1+1", 2.0), ErrorValue("#N/A"), np.float64(2.5), np.int64(7),
        np.bool_(False), np.str_("中"), dt.date(1900, 1, 31),
    ]  # fmt: skip
    out = written(book(HEAD + ROW, "A1:B2"), result({"甲": values, "乙": values}))
    block = FileBook.from_bytes(out).read("bdx_data")
    read = [
        0.1, 1 / 3, 5.0, 1e20, None, None, None, True, "a<b>&\"c\"", " 空 格\n", "_x0041_", "\x01\x0b_xD800_", None,
        45292.5, "x", 2.0, ErrorValue("#N/A"), 2.5, 7.0, False, "中", 31.0,
    ]  # fmt: skip
    assert [list(column) for column in block.columns] == [read, read]
    assert '<c r="A16" s="3" t="str"><f>SUM(A2:A3)&amp;"&lt;"</f><v>x</v></c>' in rows_of(out)


def test_numbers_come_back_as_the_same_floats() -> None:
    values = np.random.default_rng(5).standard_normal(5000) * 10.0 ** np.arange(-250, 250, 0.1)
    out = written(book(HEAD + ROW, "A1:B2"), result({"甲": values, "乙": values}))
    assert FileBook.from_bytes(out).read("bdx_data").columns[1] == values.tolist()


def test_dates_are_counted_as_the_workbook_counts() -> None:
    data = book(HEAD + ROW, "A1:B2", workbook='<workbookPr date1904="1"/>')
    assert '<c r="A2" s="3"><v>43830.0</v></c>' in rows_of(
        written(data, result({"甲": [dt.datetime(2024, 1, 1)], "乙": [1]}))
    )


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("namespace", [TRANSITIONAL, STRICT])
def test_growing_and_shrinking_in_the_files_own_spelling(prefix: str, namespace: str) -> None:
    data = book(HEAD + ROW, "A1:B2", prefix=prefix, namespace=namespace)
    grown = FileBook.from_bytes(data)
    grown.write(result({"甲": [1.5, 2.5, 3.5], "乙": ["a", None, "c"]}))
    assert [list(c) for c in FileBook.from_bytes(grown.to_bytes()).read("bdx_data").columns] == [
        [1.5, 2.5, 3.5],
        ["a", None, "c"],
    ]
    p = f"{prefix}:" if prefix else ""
    last = f'<{p}row r="4"><{p}c r="A4" s="3"><{p}v>3.5</{p}v></{p}c><{p}c r="B4" s="4" t="inlineStr">'
    assert last in rows_of(grown.to_bytes())
    grown.write(result({"甲": [9], "乙": [8]}))
    assert rows_of(grown.to_bytes()).endswith(
        f'<{p}row r="2"><{p}c r="A2" s="3"><{p}v>9</{p}v></{p}c><{p}c r="B2" s="4"><{p}v>8</{p}v></{p}c></{p}row>'
    )
    assert 'ref="A1:B2"' in Zip(grown.to_bytes())[TABLE].decode()


def test_an_empty_result_keeps_one_blank_row() -> None:
    out = written(book(HEAD + ROW + '<row r="3"><c r="A3"><v>1</v></c></row>'), result({"甲": [], "乙": []}))
    assert rows_of(out) == HEAD + ROW
    assert 'ref="A1:B2"' in Zip(out)[TABLE].decode()


def test_each_cell_keeps_its_own_look_and_new_rows_take_that_of_the_first() -> None:
    rows = '<row r="2" ht="30" customHeight="1" spans="1:2"><c r="A2" s="3"/><c r="B2" s="4"/></row><row r="3"><c r="A3" s="5"/></row>'
    out = written(book(HEAD + rows), result({"甲": [1, 2, 3], "乙": [4, 5, 6]}))
    assert rows_of(out) == HEAD + (
        '<row r="2" ht="30" customHeight="1"><c r="A2" s="3"><v>1</v></c><c r="B2" s="4"><v>4</v></c></row>'
        '<row r="3"><c r="A3" s="5"><v>2</v></c><c r="B3" s="4"><v>5</v></c></row>'
        '<row r="4" ht="30" customHeight="1"><c r="A4" s="3"><v>3</v></c><c r="B4" s="4"><v>6</v></c></row>'
    )


def test_cells_and_rows_around_the_table_stay_as_they_are() -> None:
    note = '<c r="D2" t="inlineStr" s="1"><is><t>旁注</t></is></c>'
    below = '<row r="9" spans="1:2" hidden="1"><c r="A9"><v>9</v></c><c r="F9"><f>D2</f><v>0</v></c></row>'
    rows = ROW.replace("</row>", f"{note}</row>") + '<row r="3"><c r="A3"><v>1</v></c><c r="D3" s="2"/></row>' + below
    out = written(book(HEAD + rows), result({"甲": [1], "乙": [2]}))
    assert f"{note}</row>" in rows_of(out)
    assert rows_of(out).endswith('<row r="3"><c r="D3" s="2"/></row>' + below)
    again = written(out, result({"甲": range(6), "乙": range(6)}))
    assert '<c r="B3" s="4"><v>1</v></c><c r="D3" s="2"/></row>' in rows_of(again)
    assert rows_of(again).endswith(below)


def test_rows_without_addresses_get_them() -> None:
    rows = "<row><c t='inlineStr'><is><t>甲</t></is></c><c t='inlineStr'><is><t>乙</t></is></c></row><row><c s='3'/><c s='4'/><c><v>7</v></c></row>"
    opened = FileBook.from_bytes(book(rows, "A1:B2"))
    opened.write(result({"甲": [1, 2], "乙": [3, 4]}))
    assert grid(opened.to_bytes()) == [["甲", "乙", None], [1, 3, 7], [2, 4, None]]


def test_named_cells_are_written_and_names_that_lead_nowhere_passed_over() -> None:
    names = "<definedName name='标题'>'表'!$D$1</definedName><definedName name='坏'>#REF!</definedName>"
    data = book(HEAD + ROW, "A1:B2", names=names)
    out = written(data, Results((), {"标题": "省份", "坏": "x", "没有": "y", "bdx_none": 1}))
    assert grid(out)[0][3] == "省份"
    assert written(out, Results((), {"标题": ""})) != out


def test_a_missing_result_table_is_told() -> None:
    results = Results((ResultTable("bdx_weights", (ResultColumn("甲", "text", [1]),)),))
    assert findings(book(HEAD + ROW, "A1:B2"), results)[0][1:] == (
        "应为结果表 bdx_weights，实为工作簿中没有此表；请撤销删除，或用 bdindex new 新建工作簿",
        "expected result table bdx_weights, found no such table in the workbook; "
        "restore it, or make a new workbook with bdindex new",
    )


def test_a_signed_workbook_is_not_written() -> None:
    data = Zip(book(HEAD + ROW, "A1:B2"))
    data["_xmlsignatures/sig1.xml"] = "<a/>"
    opened = FileBook.from_bytes(data.to_bytes())
    with pytest.raises(FileRefused) as refused:
        opened.write(result({"甲": [1], "乙": [2]}))
    assert refused.value.text("zh").startswith("工作簿带有数字签名，写入结果会使签名失效。")


def test_without_a_change_the_file_is_the_same_to_the_byte() -> None:
    data = book(HEAD + ROW, "A1:B2")
    assert FileBook.from_bytes(data).to_bytes() == data


def test_writing_the_same_twice_gives_the_same_bytes() -> None:
    results = result({"甲": [1.5, 2], "乙": ["a", None]})
    once = written(book(HEAD + ROW, "A1:B2"), results)
    assert written(once, results) == once


def test_a_sheet_that_comes_out_as_it_was_stays_as_it_is_packed() -> None:
    rows = (
        '<row r="2" spans="1:2"><c r="A2" s="3"><v>1.5</v></c><c r="B2" s="4" t="inlineStr"><is><t>a</t></is></c></row>'
    )
    data = book(HEAD + rows, "A1:B2")
    assert written(data, result({"甲": [1.5], "乙": ["a"]})) == data
    changed = rows_of(written(data, result({"甲": [1.5], "乙": ["b"]})))
    assert changed == HEAD + rows.replace(' spans="1:2"', "").replace(">a<", ">b<")


def test_a_formula_that_gives_what_is_written_goes_all_the_same() -> None:
    rows = '<row r="2"><c r="A2" s="3"><f>1+0.5</f><v>1.5</v></c><c r="B2" s="4"><v>2</v></c></row>'
    out = rows_of(written(book(HEAD + rows, "A1:B2"), result({"甲": [1.5], "乙": [2]})))
    assert out == HEAD + rows.replace("<f>1+0.5</f>", "")
