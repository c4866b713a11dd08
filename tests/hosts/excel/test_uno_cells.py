"""Cells, formulas, names and drawings of the stand-in for Excel are as Excel has them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest
import xlwings as xw

from ...support.uno_engine.fixtures import excel_fixture  # noqa: F401


def test_values_come_back_as_excel_gives_them(sheet: xw.Sheet) -> None:
    moment = dt.datetime(2024, 2, 29, 13, 45)
    sheet["A1"].value = [
        1,
        2.5,
        "文字",
        True,
        moment,
        dt.date(2024, 1, 5),
        None,
        "#N/A",
        "=1/0",
        "=A1<B1",
        "=NOSUCH(1)",
    ]
    row = sheet["A1:K1"]
    assert row.value == [1.0, 2.5, "文字", True, moment, dt.datetime(2024, 1, 5), None, None, None, True, None]
    assert row.options(err_to_str=True).value[7:] == ["#N/A", "#DIV/0!", True, "#NAME?"]
    assert row.raw_value[0][6:9] == (None, -2146826246, -2146826281)
    assert [type(value) for value in row.raw_value[0][:5]] == [float, float, str, bool, dt.datetime]
    assert (sheet["E1"].number_format, sheet["F1"].number_format) == ("yyyy-mm-dd h:mm", "yyyy-mm-dd")
    assert sheet["A1:C1"].options(pd.Series, index=False, header=False).value.tolist() == [1.0, 2.5, "文字"]
    sheet["A2"].number_format = '"¥"#,##0.00'
    sheet["A2"].value = 1.5
    assert sheet["A2"].value in (1.5, Decimal("1.5"))


def test_text_is_taken_for_what_it_looks_like(sheet: xw.Sheet) -> None:
    typed = ["12", "1,234", "5%", "2024-01-05", "2024/1/5", "TRUE", "=1+1", "'12", "'=1+1", "2024 年", "a1", "1e3"]
    sheet["A1"].value = typed
    day = dt.datetime(2024, 1, 5)
    assert sheet["A1:L1"].value == [12, 1234, 0.05, day, day, True, 2, "12", "=1+1", "2024 年", "a1", 1000]
    sheet["A2:B2"].number_format = "@"
    sheet["A2"].value = ["12", "=A1"]
    assert sheet["A2:B2"].value == ["12", "=A1"]
    assert sheet["A1:I1"].formula[0] == ("12", "1234", "0.05", "45296", "45296", "TRUE", "=1+1", "12", "=1+1")


def test_blocks_are_written_cleared_and_refused_at_other_sizes(sheet: xw.Sheet) -> None:
    block = sheet["B2:C3"]
    block.raw_value = ((1, "a"), (None, "=B2*2"))
    assert block.raw_value == ((1.0, "a"), (None, 2.0))
    with pytest.raises(ValueError, match=r"expected a block of 2 x 2 values, found 1 x 3"):
        block.raw_value = [[1, 2, 3]]
    with pytest.raises(TypeError, match="found set"):
        block.raw_value = [[1, 2], [3, {4}]]
    block.color, block.number_format = (255, 0, 16), "0.00"
    block.clear_contents()
    assert block.value == [[None, None], [None, None]] and (block.color, block.number_format) == ((255, 0, 16), "0.00")
    block.clear()
    assert (block.color, block.number_format) == (None, "General")
    block.value = 7
    assert sheet.used_range.address == "$B$2:$C$3" and block.value == [[7, 7], [7, 7]]
    sheet["C3"].number_format = "0%"
    assert block.number_format is None


def test_whole_columns_and_rows_are_ranges(sheet: xw.Sheet) -> None:
    sheet["B1"].options(transpose=True).value = [1, 2, 3]
    column = sheet["B:B"]
    assert (column.shape, column.address) == ((1048576, 1), "$B:$B")
    values = column.value
    assert len(values) == 1048576 and values[:4] == [1, 2, 3, None]
    column.number_format = "0.0"
    sheet["2:2"].insert("down")
    assert sheet["B1:B4"].value == [1, None, 2, 3]
    sheet["2:3"].delete()
    sheet["A:A"].insert("right")
    assert sheet["C1:C2"].value == [1, 3]
    sheet["C1:C2"].insert("right")
    assert sheet.used_range.last_cell.address == "$D$2"


def test_formulas_are_in_excels_spelling(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4], ["x;y", "z"]]
    texts = [
        "=SUM(A1:B2,10)", '=IF(A1>0,"a;b",Sheet1!B1)', "=BDINDEX_SCORE(A1:B2,A$1)", '=XLOOKUP(3,A1:A2,B1:B2,"-")',
        '=COUNTIF($A$1:$B$3,"<>"&A1)', "=STDEV.S(A1:B2)",
    ]  # fmt: skip
    for k, text in enumerate(texts):
        sheet[k, 3].formula = text
    assert [text for (text,) in sheet["D1:D6"].formula] == texts  # type: ignore[str-unpack]
    assert sheet["D1:D2"].value == [20, "a;b"] and sheet["D4"].value == 4
    sheet["E1:F3"].formula = "=A1&$A1"
    assert sheet["E1:F3"].formula == (("=A1&$A1", "=B1&$A1"), ("=A2&$A2", "=B2&$A2"), ("=A3&$A3", "=B3&$A3"))
    with pytest.raises(NotImplementedError, match="an error value within a formula"):
        sheet["G1"].formula = "=IF(A1>0,#N/A,1)"
    sheet["G1"].formula2 = "=A1"
    assert sheet["G1"].formula2 == "=A1"


def test_array_formulas_fill_their_block(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["D1:E2"].formula_array = "=A1:B2*10"
    assert sheet["D1:E2"].value == [[10, 20], [30, 40]]
    assert sheet["D1:E2"].has_array and sheet["D1:E2"].formula_array == "=A1:B2*10" and not sheet["A1"].has_array
    assert sheet["E2"].formula == "=A1:B2*10"


def test_autofill_repeats_looks_with_or_without_contents(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "=A1+1"]]
    sheet["A1:B1"].color = (1, 2, 3)
    sheet["A3"].value = 9
    sheet["A1:B1"].autofill(sheet["A1:B3"], "fill_formats")
    assert sheet["A1:B3"].value == [[1, 2], [None, None], [9, None]] and sheet["B3"].color == (1, 2, 3)
    sheet["B1"].autofill(sheet["B1:B3"], "fill_copy")
    assert sheet["B1:B3"].formula == (("=A1+1",), ("=A2+1",), ("=A3+1",))
    with pytest.raises(NotImplementedError, match="'fill_series' is not in the engine"):
        sheet["A1"].autofill(sheet["A1:A3"], "fill_series")


def test_cells_are_merged_sized_and_hidden(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].merge()
    assert [sheet[a].merge_cells for a in ("A1:B2", "B2", "A1:C3", "C1:C3")] == [True, True, None, False]
    assert sheet["B2"].merge_area.address == "$A$1:$B$2"
    sheet["A1"].unmerge()
    assert sheet["A1:B2"].merge_cells is False
    sheet["C:D"].column_width = 20
    assert sheet["C1:D1"].column_width == pytest.approx(20, abs=0.2) and sheet["B1:C1"].column_width is None
    sheet["2:2"].row_height = 30
    assert sheet["A2"].row_height == pytest.approx(30, abs=0.1)
    sheet["2:2"].rows.hidden = True
    sheet["E:E"].columns.hidden = True
    assert [sheet[a].rows.hidden for a in ("A1", "A2", "A1:A3")] == [False, True, None]
    assert [sheet[a].columns.hidden for a in ("D1", "E1", "D1:E1")] == [False, True, None]


def test_names_point_to_cells(whole: xw.Book) -> None:
    status = whole.names["bdx_status"]
    assert (status.refers_to, status.refers_to_range.sheet.name) == ("=使用说明!$C$4", "使用说明")
    assert whole.names["bdx_codes"].refers_to == "=bdx_framework[代码]"
    assert whole.names["bdx_codes"].refers_to_range.value[0] is not None
    whole.names.add("我的 名称".replace(" ", "_"), "='使用说明'!$A$1:$B$2")
    assert whole.names["我的_名称"].refers_to_range.address == "$A$1:$B$2"
    assert whole.sheets[2].range("我的_名称").sheet.name == "使用说明"
    whole.names.add("rate", "=0.5*2")
    whole.sheets[0].names.add("here", "=设置!$B$4")
    assert whole.names["rate"].refers_to == "=0.5*2" and "使用说明!here" in whole.names
    assert "nothing" not in whole.names and "使用说明!here" in whole.sheets[0].names
    with pytest.raises(ValueError, match="no address, no name and no part of a table"):
        _ = whole.names["rate"].refers_to_range
    whole.names["rate"].delete()
    assert "rate" not in whole.names and {name.name for name in whole.names} >= {"bdx_status", "bdx_codes"}


def test_notes_survive_new_values(sheet: xw.Sheet) -> None:
    cells = sheet["A1:B2"].impl.cells
    cells.Spreadsheet.Annotations.insertNew(cells.getCellByPosition(1, 0).CellAddress, "人工核对")
    sheet["A1:B2"].value = [[1, 2], [3, 4]]
    notes = cells.Spreadsheet.Annotations
    assert (notes.Count, notes.getByIndex(0).String) == (1, "人工核对")


def test_drawings_are_counted_and_print_areas_kept(whole: xw.Book, sheet: xw.Sheet) -> None:
    assert (len(sheet.charts), len(sheet.shapes), len(sheet.pictures)) == (0, 0, 0)
    sheet.page_setup.print_area = "$A$1:$B$3"
    assert sheet.page_setup.print_area == "$A$1:$B$3"
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None
    assert all(len(each.charts) <= len(each.shapes) for each in whole.sheets)


def test_ends_and_regions_are_found(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [[1, 2, 3], [4, None, 6]]
    ends = {direction: sheet["B2"].end(direction).address for direction in ("down", "right", "up", "left")}
    assert ends == {"down": "$B$3", "right": "$D$2", "up": "$B$1", "left": "$A$2"}
    assert sheet["B3"].end("right").address == "$D$3" and sheet["B3"].end("down").address == "$B$1048576"
    assert sheet["C3"].current_region.address == "$B$2:$D$3" and sheet["B2"].expand("down").value == [1, 4]


def test_frames_go_in_and_come_out(sheet: xw.Sheet) -> None:
    frame = pd.DataFrame({"年份": [2023.0, 2024.0], "城市": ["贵阳", None]})
    sheet["A1"].options(index=False).value = frame
    found = sheet["A1"].options(pd.DataFrame, expand="table", index=False).value
    assert found["年份"].tolist() == [2023.0, 2024.0] and found["城市"][0] == "贵阳"
