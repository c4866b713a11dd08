"""The stand-in for Excel does what Excel does, as far as the tests of the host ask for it."""

from __future__ import annotations

import builtins
import os
import re
import sys
import zipfile
from pathlib import Path

import pytest
import xlwings as xw

from ...support import cells
from ...support.uno_engine import addresses, bridge
from ...support.uno_engine.fixtures import excel_fixture  # noqa: F401


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


def test_a_workbook_opens_and_is_found_again(excel: xw.App, whole: xw.Book, tmp_path: Path) -> None:
    path = tmp_path / "指数 2024 (1).xlsm"
    assert (whole.fullname, whole.name) == (str(path), path.name)
    assert xw.Book(path) == excel.books[path.name] == excel.books.active == whole
    with zipfile.ZipFile(path) as parts:
        names = re.findall(r'<sheet name="([^"]+)"', parts.read("xl/workbook.xml").decode())
    assert whole.sheet_names == names and names[:2] == ["使用说明", "设置"]
    whole.set_mock_caller()
    assert xw.Book.caller() == whole
    assert not list(tmp_path.glob(".~lock*"))


def test_a_foreign_lock_is_no_obstacle(excel: xw.App, tmp_path: Path) -> None:
    (path := tmp_path / "book.xlsx").write_bytes(cells.book(cells.header_row("甲", "乙")))
    (tmp_path / ".~lock.book.xlsx#").write_text(
        ",somebody,elsewhere,01.01.2024 10:00,file:///home/somebody;", encoding="utf-8"
    )
    assert excel.books.open(path).sheets[0].name == "表"


def test_a_file_that_is_no_workbook_is_refused(excel: xw.App, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(cells.book("")[:-500])
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
        ours.sheets[1]["A1"].select()
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


def test_a_large_table_is_read_and_written_in_one_call(sheet: xw.Sheet) -> None:
    values = [[2020.0, f"{110000 + i}", "北京市", *(i + j / 8 for j in range(18))] for i in range(1685)]
    sheet["B:B"].number_format = "@"
    body = sheet["A1"].resize(1685, 21)
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


def test_tables_are_found_on_their_sheet_wherever_it_moves(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["a", "b"], [1, 2]]
    sheet.tables.add(sheet["A1:B2"], name="here")
    assert [table.name for table in sheet.tables] == ["here"]
    other = sheet.book.sheets.add("before", before=sheet)
    assert [[table.name for table in one.tables] for one in (other, sheet)] == [[], ["here"]]
    other.delete()
    assert [table.name for table in sheet.tables] == ["here"]
