"""The stand-in for Excel does what Excel does, as far as the tests of the host ask for it."""

from __future__ import annotations

import builtins
import datetime as dt
import os
import re
import shutil
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import xlwings as xw

from ...support import pocket
from ...support.uno_engine import addresses, bridge
from ...support.uno_engine.fixtures import excel_fixture  # noqa: F401


@pytest.fixture
def ours(excel: xw.App, tmp_path: Path) -> xw.Book:
    """A workbook with everything that is shipped, open."""
    (made := tmp_path / pocket.NAME).write_bytes(pocket.pocket_book())
    return xw.Book(made)


@pytest.fixture
def sheet(excel: xw.App) -> xw.Sheet:
    """The sheet of a new workbook."""
    return excel.books.add().sheets[0]


def test_the_program_answers_like_excel(excel: xw.App, sheet: xw.Sheet) -> None:
    assert (xw.apps.active, excel.version.major, excel.books.count) == (excel, 16, 1)
    assert xw.apps.keys() == [excel.pid]
    with excel.properties(calculation="manual", screen_updating=False, status_bar="…", enable_events=False):
        sheet["A1"].value = [[2, "=A1*2"]]
        excel.calculate()
        sheet["A1"].value = 3
        assert (excel.calculation, excel.screen_updating, sheet["B1"].value) == ("manual", False, 4)
        excel.calculate()
    assert (excel.calculation, excel.screen_updating, excel.enable_events) == ("automatic", True, True)
    assert (sheet["B1"].value, excel.impl.status_bar_texts) == (6, ["…", False])


def test_message_boxes_are_kept_and_answered(excel: xw.App) -> None:
    excel.impl.answers.append("no")
    assert excel.alert("继续?", "指数", buttons="yes_no", mode="info") == "no"
    assert excel.alert("done") == "ok"
    assert [(box.text, box.title, box.mode) for box in excel.impl.alerts] == [
        ("继续?", "指数", "info"),
        ("done", None, None),
    ]


def test_what_is_missing_says_its_name(excel: xw.App, sheet: xw.Sheet) -> None:
    with pytest.raises(NotImplementedError, match=r"Range\.font: not in the engine for LibreOffice"):
        _ = sheet["A1"].font
    with pytest.raises(NotImplementedError, match=r"api\.Interior: LibreOffice has no Excel object behind it"):
        _ = sheet["A1"].api.Interior
    for thing in (excel, sheet):
        with pytest.raises(NotImplementedError):
            _ = thing.api


def test_a_workbook_opens_and_is_found_again(excel: xw.App, ours: xw.Book, tmp_path: Path) -> None:
    path = tmp_path / "指数 2024 (1).xlsm"
    assert (ours.fullname, ours.name) == (str(path), path.name)
    assert xw.Book(path) == excel.books[path.name] == excel.books.active == ours
    with zipfile.ZipFile(path) as parts:
        names = re.findall(r'<sheet name="([^"]+)"', parts.read("xl/workbook.xml").decode())
    assert ours.sheet_names == names and names[:2] == ["使用说明", "设置"]
    ours.set_mock_caller()
    assert xw.Book.caller() == ours
    assert not list(tmp_path.glob(".~lock*"))


def test_a_foreign_lock_is_no_obstacle(excel: xw.App, tmp_path: Path) -> None:
    (path := tmp_path / "book.xlsm").write_bytes(pocket.pocket_book())
    (tmp_path / ".~lock.book.xlsm#").write_text(
        ",somebody,elsewhere,01.01.2024 10:00,file:///home/somebody;", encoding="utf-8"
    )
    assert excel.books.open(path).sheets[1].name == "设置"


def test_a_file_that_is_no_workbook_is_refused(excel: xw.App, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(pocket.pocket_book()[:5000])
    with pytest.raises(OSError, match="LibreOffice would not open"):
        excel.books.open(tmp_path / "broken.xlsx")
    assert excel.books.count == 0


def test_two_workbooks_are_open_at_once(excel: xw.App, ours: xw.Book) -> None:
    new = xw.Book()
    assert [book.name for book in excel.books] == [ours.name, new.name]
    assert excel.books.active == new
    ours.activate()
    assert excel.books.active == ours
    ours.sheets["设置"].activate()
    ours.sheets.active["B3:C4"].select()
    assert (ours.selection.sheet.name, ours.selection.address) == ("设置", "$B$3:$C$4")
    with pytest.raises(RuntimeError, match="its sheet must be the active one"):
        ours.sheets[0]["A1"].select()
    ours.close()
    assert [book.name for book in excel.books] == [new.name]


def test_saving_as_changes_the_name_and_closing_saves_nothing(ours: xw.Book, tmp_path: Path) -> None:
    original = Path(ours.fullname).read_bytes()
    ours.sheets["设置"]["E1"].value = "旁注"
    ours.save(tmp_path / "另存.xlsm")
    assert ours.name == "另存.xlsm"
    ours.sheets["设置"]["E1"].value = "lost"
    ours.close()
    assert (tmp_path / "指数 2024 (1).xlsm").read_bytes() == original
    again = xw.Book(tmp_path / "另存.xlsm")
    assert again.sheets["设置"]["E1"].value == "旁注"


def test_a_new_workbook_is_saved_and_opened_again(excel: xw.App, sheet: xw.Sheet, tmp_path: Path) -> None:
    book = sheet.book
    assert book.name == book.fullname and book.name.startswith("Book") and book == xw.Book(book.name)
    sheet["A1"].value = [["城市", "得分"], ["贵阳", 0.5]]
    book.save(tmp_path / "新.xlsx")
    sheet["A3"].value = [["东莞", 0.25]]
    book.save()
    book.close()
    again = excel.books.open(tmp_path / "新.xlsx")
    assert again.sheets[0]["A1:B3"].value == [["城市", "得分"], ["贵阳", 0.5], ["东莞", 0.25]]


def test_sheets_are_added_renamed_hidden_and_deleted(sheet: xw.Sheet) -> None:
    sheets = sheet.book.sheets
    added = sheets.add("第二 张", after=sheet)
    sheet["A1"].formula = "='第二 张'!B2+1"
    added["B2"].value = 41
    added.name = "It's"
    assert [(each.name, each.index) for each in sheets] == [("Sheet1", 1), ("It's", 2)]
    assert (sheet["A1"].value, sheet["A1"].formula) == (42, "='It''s'!B2+1")
    sheet.activate()
    added.visible = False
    assert not added.visible and sheet.visible
    with pytest.raises(RuntimeError, match="hidden sheet"):
        added.activate()
    added.delete()
    assert sheet.book.sheet_names == ["Sheet1"] and sheet["A1"].options(err_to_str=True).value == "#REF!"


def test_a_large_table_is_read_and_written_in_one_call(excel: xw.App, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[3] / "workbook" / "BigDataIndex.xlsm"
    ours = xw.Book(shutil.copy(shipped, tmp_path / "shipped.xlsm"))
    body = ours.sheets["城市数据"].tables["bdx_data_city"].data_body_range
    values = body.value
    assert (len(values), len(values[0])) == (1685, 21)
    assert values[0][:4] == [2020.0, "110100", "北京市", 830.0]
    body.clear_contents()
    body.value = values  # codes stay text in a column that has the text format
    assert body.value == values


def test_tables_have_their_parts(ours: xw.Book) -> None:
    names = {table.name for each in ours.sheets for table in each.tables}
    assert {"bdx_settings", "bdx_framework", "bdx_units", "bdx_data_city", "bdx_ranking_province"} <= names
    units = ours.sheets["地区"].tables[0]
    assert units.name == units.display_name == "bdx_units" and units.parent.name == "地区"
    assert units.header_row_range.value[:2] == ["地区代码", "地区名称"]
    assert units.range.row + 1 == units.data_body_range.row and units.totals_row_range is None
    assert units.show_headers and units.show_autofilter and not units.show_totals
    assert ours.sheets[0].range("bdx_units").address == units.data_body_range.address
    assert ours.sheets["地区"]["B5"].table == units and ours.sheets["地区"]["XFD1"].table is None


def test_a_table_is_made_resized_and_given_totals(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [["k", "v"], ["a", 1], ["b", 2], ["用户的", "备注"]]
    table = sheet.tables.add(source=sheet["B2:C4"], name="数据")
    table.show_totals = True
    assert table.totals_row_range.address == "$B$5:$C$5" and sheet["B6:C6"].value == ["用户的", "备注"]
    sheet["C5"].formula = "=SUBTOTAL(109,数据[v])"
    assert table.totals_row_range.value == [None, 3] and table.data_body_range.address == "$B$3:$C$4"
    table.show_totals = False
    assert table.range.address == "$B$2:$C$4" and sheet["C5"].value is None and table.totals_row_range is None
    table.resize(sheet["B2:C3"])
    table.show_totals = True
    assert table.totals_row_range.value == [None, 1] and table.totals_row_range.address == "$B$4:$C$4"  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="the header row must stay where it is"):
        table.resize(sheet["B3:C5"])
    table.show_headers = False
    assert table.header_row_range is None and sheet["B2"].value is None


def test_filters_hide_rows_until_they_are_cleared(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["k", "v"], ["a", 1], ["b", 2], ["a", 3]]
    table = sheet.tables.add(source=sheet["A1:B4"], name="t")
    assert [entry.type for entry in table.autofilter.criteria] == ["none", "none"]
    table.autofilter.apply_values(1, ["a"])
    assert [sheet[row, 0].rows.hidden for row in range(1, 4)] == [False, True, False]
    assert table.autofilter.criteria[0].values == ["a"]
    table.show_autofilter = False
    assert sheet["A1:A4"].rows.hidden is False and not table.show_autofilter
    table.show_autofilter = True
    assert [entry.type for entry in table.autofilter.criteria] == ["none", "none"]


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


def test_names_point_to_cells(ours: xw.Book) -> None:
    status = ours.names["bdx_status"]
    assert (status.refers_to, status.refers_to_range.sheet.name) == ("=使用说明!$C$4", "使用说明")
    assert ours.names["bdx_codes"].refers_to == "=bdx_framework[代码]"
    assert ours.names["bdx_codes"].refers_to_range.value[0] is not None
    ours.names.add("我的 名称".replace(" ", "_"), "='使用说明'!$A$1:$B$2")
    assert ours.names["我的_名称"].refers_to_range.address == "$A$1:$B$2"
    assert ours.sheets[2].range("我的_名称").sheet.name == "使用说明"
    ours.names.add("rate", "=0.5*2")
    ours.sheets[0].names.add("here", "=设置!$B$4")
    assert ours.names["rate"].refers_to == "=0.5*2" and "使用说明!here" in ours.names
    assert "nothing" not in ours.names and "使用说明!here" in ours.sheets[0].names
    with pytest.raises(ValueError, match="no address, no name and no part of a table"):
        _ = ours.names["rate"].refers_to_range
    ours.names["rate"].delete()
    assert "rate" not in ours.names and {name.name for name in ours.names} >= {"bdx_status", "bdx_codes"}


def test_notes_survive_new_values(sheet: xw.Sheet) -> None:
    cells = sheet["A1:B2"].impl.cells
    cells.Spreadsheet.Annotations.insertNew(cells.getCellByPosition(1, 0).CellAddress, "人工核对")
    sheet["A1:B2"].value = [[1, 2], [3, 4]]
    notes = cells.Spreadsheet.Annotations
    assert (notes.Count, notes.getByIndex(0).String) == (1, "人工核对")


def test_drawings_are_counted_and_print_areas_kept(ours: xw.Book, sheet: xw.Sheet) -> None:
    assert (len(sheet.charts), len(sheet.shapes), len(sheet.pictures)) == (0, 0, 0)
    sheet.page_setup.print_area = "$A$1:$B$3"
    assert sheet.page_setup.print_area == "$A$1:$B$3"
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None
    assert all(len(each.charts) <= len(each.shapes) for each in ours.sheets)


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


def test_a_program_of_ones_own_ends_without_a_trace(excel: xw.App) -> None:
    with xw.App(add_book=True) as other:
        assert (xw.apps.active, xw.apps.count, other.books[0].name) == (other, 2, "Book1")
        pid, folder = other.pid, other.impl.session.folder
        assert folder.is_dir()
    with pytest.raises(ProcessLookupError):
        os.killpg(pid, 0)
    assert not folder.exists() and xw.apps.active == excel


def test_uno_brings_nothing_else_along(excel: xw.App) -> None:
    assert not any("dist-packages" in path and not path.startswith(sys.prefix) for path in sys.path)
    assert builtins.__import__.__module__ == "builtins"


def test_uno_of_another_python_is_tried_elsewhere_first(tmp_path: Path) -> None:
    (tmp_path / "libpyuno.so").write_bytes(b"\x7fELF libpython3.2.so.1.0")
    (tmp_path / "uno.py").write_text("def createUnoStruct(name): ...", encoding="utf-8")
    bridge.check(tmp_path, tmp_path)
    (tmp_path / "uno.py").write_text("import os; os.abort()", encoding="utf-8")
    with pytest.raises(
        bridge.NoUno, match=r"UNO is made for Python 3\.2, and does not load into 3\.\d+: use the former"
    ):
        bridge.check(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("text", "coords"),
    [
        ("$B$3", (3, 2, 1, 1)), ("c5:A2", (2, 1, 4, 3)), ("B:C", (1, 2, 1048576, 2)), ("2:3", (2, 1, 2, 16384)),
        ("XFD1048576", (1048576, 16384, 1, 1)), ("XFE1", None), ("A0", None), ("B", None), ("bdx_units", None),
    ],
)  # fmt: skip
def test_addresses_are_read(text: str, coords: addresses.Coords | None) -> None:
    assert addresses.parsed(text) == coords
    assert coords is None or addresses.parsed(addresses.spelled(coords)) == coords
