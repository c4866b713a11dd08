"""The menu, in a running LibreOffice, on an open document: what each action does, tells and leaves alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bdindex_xl.buttons import of_calc
from bdindex_xl.hosts.files import FileBook, open_book
from bdindex_xl.sheets import folder, schema
from bdindex_xl.sheets.book import ResultColumn, Results, ResultTable
from bdindex_xl.tasks import recalculate
from tests.hosts.libreoffice.client import Nearby, calc_book
from tests.hosts.with_records import DONE, by_command, place, tables
from tests.support import books
from tests.support.charted import charts
from tests.support.edit import edited
from tests.support.office import made_quick_to_open, quick_to_open
from tests.support.slim import few
from tests.support.uno_engine.bridge import enum, properties
from tests.support.uno_engine.session import Session

RANKING = schema.table_of(schema.RANKING.table, "city")
NAME = "小 (1).xlsm"


class Opened:
    """The small workbook, its results calculated, open."""

    def __init__(self, session: Session, file: Path) -> None:
        self.session, self.file = session, file
        self.model = session.load(file.as_uri())

    def click(self, action: str, **given: str) -> str:
        """Choose an item of the menu; gives what a box would tell."""
        helper = self.session.service("frame.DispatchHelper")
        frame = self.model.CurrentController.Frame
        told = helper.executeDispatch(frame, f"org.bdindex:{action}", "_self", 0, properties(**given))
        text: str = told.Result
        return text

    def cell(self, sheet: str, address: str) -> Any:
        return self.model.Sheets.getByName(sheet).getCellRangeByName(address)

    def table(self, name: str) -> list[list[Any]]:
        return self.tables([name])[name]

    def tables(self, names: Iterable[str]) -> dict[str, list[list[Any]]]:
        return tables_of(self.model, names)


def tables_of(model: Any, names: Iterable[str]) -> dict[str, list[list[Any]]]:
    book = calc_book(model)
    return {name: [list(column) for column in book.read(name).columns] for name in names}


@cache
def calculated() -> bytes:
    with TemporaryDirectory() as folder:
        made = FileBook.from_bytes(books.small_book(Path(folder)))
    recalculate.recalculate(made, now=None)
    return quick_to_open(made.to_bytes())


@pytest.fixture
def whole(office: Session, tmp_path: Path) -> Iterator[Opened]:
    """With all the sheets that a workbook comes with."""
    yield from shown(office, tmp_path, calculated())


@pytest.fixture
def opened(office: Session, tmp_path: Path) -> Iterator[Opened]:
    """With inputs and few results, which open and are recalculated in half the time."""
    yield from shown(office, tmp_path, few(calculated()))


def shown(office: Session, folder: Path, data: bytes) -> Iterator[Opened]:
    """The process keeps what Restore Results needs in the folder of the session."""
    (file := folder / NAME).write_bytes(data)
    opened = Opened(office, file)
    yield opened
    opened.model.close(True)


def closed(opened: Opened, folder: Path, changes: dict[tuple[str, str], Any]) -> dict[str, list[list[Any]]]:
    """Tables as a recalculation of the closed file gives them."""
    (file := folder / "closed.xlsm").write_bytes(edited(opened.file.read_bytes(), changes))
    book = open_book(file)
    recalculate.recalculate(book, now=None)
    return {name: [list(column) for column in book.read(name).columns] for name in book.tables()}


@pytest.mark.slow
def test_recalculating_gives_what_the_closed_file_gets_and_is_undone_as_one(opened: Opened, tmp_path: Path) -> None:
    expected = closed(opened, tmp_path, {("省份数据", "D6"): 99.0})
    opened.cell("省份数据", "D6").setValue(99)
    before = opened.tables(expected)
    n_actions = len(opened.model.UndoManager.getAllUndoActionTitles())
    assert (
        opened.click("recalculate").splitlines()[0]
        == "已重新计算：省份 3 个地区（2024 年）、城市 4 个地区（2024 年）。"
    )
    after = opened.tables(expected)
    for name in (RANKING, "bdx_ranking_province", "bdx_groups", "bdx_weights", "bdx_normalised"):
        for mine, theirs in zip(after[name], expected[name], strict=True):
            assert mine == pytest.approx(theirs, abs=1e-12) if isinstance(theirs[0], float) else mine == theirs, name
    assert after != before
    titles = opened.model.UndoManager.getAllUndoActionTitles()
    assert titles[: len(titles) - n_actions] == ("综合指数",)
    opened.model.UndoManager.undo()
    assert opened.tables(expected) == before


def test_a_table_that_grew_or_shrank_is_undone_whole(opened: Opened) -> None:
    sheet = opened.model.Sheets.getByName("城市排名")
    before, cells = opened.table(RANKING), sheet.getCellRangeByName("A1:Z20")
    looks = [sheet.getCellRangeByName(f"C{row}").NumberFormat for row in range(1, 15)]
    header = calc_book(opened.model).read(RANKING).header
    roles = [*(column.role for column in schema.RANKING.columns), *[c.role for c in schema.NODE_COLUMNS] * 9]
    for n in (9, 2):
        columns = [
            ResultColumn(h, r, [v[i % 4] for i in range(n)]) for h, r, v in zip(header, roles, before, strict=False)
        ]
        values = cells.getDataArray()
        calc_book(opened.model).write(Results((ResultTable(RANKING, tuple(columns)),)))
        written = opened.table(RANKING)
        assert len(written[0]) == n
        opened.model.UndoManager.undo()
        assert cells.getDataArray() == values
        assert opened.table(RANKING) == before
        assert [sheet.getCellRangeByName(f"C{row}").NumberFormat for row in range(1, 15)] == looks
        opened.model.UndoManager.redo()
        assert opened.table(RANKING) == written
        opened.model.UndoManager.undo()


def test_what_fails_half_way_leaves_nothing_and_takes_nothing_else_back(opened: Opened) -> None:
    office = Nearby(opened.model)
    cell = opened.cell("城市排名", "C5")
    place, before = {"sheet": "城市排名", "area": [5, 3, 5, 3]}, cell.Value
    office.ask("write", title="x", steps=[["put", *place.values(), [[11.5]]]])
    for steps in (
        [["put", *place.values(), [[22.5]]], ["resize", "no such table", [1, 1, 2, 2]]],
        [["clear", "no such", [1, 1, 1, 1]]],
    ):
        with pytest.raises(RuntimeError):
            office.ask("write", title="x", steps=steps)
        assert cell.Value == 11.5
    opened.model.UndoManager.undo()
    assert cell.Value == before
    assert not opened.model.hasControllersLocked() and opened.model.isAutomaticCalculationEnabled()


def test_faults_change_no_result_and_are_shown(opened: Opened) -> None:
    before = opened.table(RANKING)
    for row in range(6, 12):
        opened.cell("省份数据", f"D{row}").setString("abc")
    lines = opened.click("recalculate").splitlines()
    assert lines[0] == "发现 6 处错误，结果保持不变："
    assert lines[1].startswith("省份数据!D6：应为")
    assert lines[-1] == "详见“数据检查”表。"
    assert opened.table(RANKING) == before
    assert opened.model.CurrentController.ActiveSheet.Name == "数据检查"
    assert [row for row in opened.table("bdx_check")[2] if row][:3] == ["D6", "D7", "D8"]


def test_the_last_results_come_back(opened: Opened) -> None:
    assert opened.click("restore").startswith("没有可恢复的结果")
    names = (RANKING, "bdx_groups", "bdx_weights", "bdx_normalised")
    before = opened.tables(names)
    opened.cell("省份数据", "D6").setValue(99)
    opened.cell("城市数据", "D12").setValue(99)
    opened.click("recalculate")
    assert opened.table(RANKING) != before[RANKING]
    assert opened.click("restore") == "已恢复上一次重新计算之前的结果。"
    assert opened.tables(names) == before


def test_what_is_the_users_own_stays(opened: Opened) -> None:
    """A column beside the table’s, a note, a link, a sheet; a sheet protected without a password is protected again."""
    sheet = opened.model.Sheets.getByName("城市排名")
    place = opened.model.DatabaseRanges.getByName(RANKING).DataArea
    place.EndColumn += 1
    opened.model.DatabaseRanges.getByName(RANKING).DataArea = place
    names = [row[0] for row in sheet.getCellRangeByPosition(1, place.StartRow + 1, 1, place.EndRow).getDataArray()]
    own = sheet.getCellRangeByPosition(place.EndColumn, place.StartRow, place.EndColumn, place.EndRow)
    own.setDataArray((("备注",), *((f"说{name}",) for name in names)))
    sheet.Annotations.insertNew(sheet.getCellByPosition(2, place.StartRow + 1).CellAddress, "我的批注")
    linked = sheet.getCellByPosition(1, place.StartRow + 1)
    field = opened.model.createInstance("com.sun.star.text.TextField.URL")
    field.URL, field.Representation = "https://example.org/", linked.String
    linked.setString("")
    linked.insertTextContent(linked.createTextCursor(), field, False)
    sheet.protect("")
    opened.cell("城市数据", "D12").setValue(99)
    assert "已重新计算" in opened.click("recalculate")
    for action in (None, "restore", "recalculate"):
        if action is not None:
            opened.click(action)
        fields = linked.TextFields.createEnumeration()
        assert fields.hasMoreElements() and fields.nextElement().URL == "https://example.org/"
    block = calc_book(opened.model).read(RANKING)
    assert list(block.columns[1]) != names
    assert list(block.columns[-1]) == [f"说{name}" for name in block.columns[1]]
    assert sheet.Annotations.getByIndex(0).String == "我的批注"
    assert sheet.isProtected()
    sheet.unprotect("")
    sheet.protect("geheim")
    told = opened.click("recalculate")
    assert told.splitlines()[1].startswith("城市排名：应为未设密码保护的结果表，实为工作表受密码保护")


def test_check_and_new_year(opened: Opened) -> None:
    before = opened.table(RANKING)
    opened.cell("省份数据", "D6").setString("１，２３４")
    assert opened.click("check").startswith("检查完毕。错误 0 处")
    assert "D6" in opened.table("bdx_check")[2]
    assert opened.click("new_year") == (
        "已为省份添加 3 行，年份 2025。\n已为城市添加 4 行，年份 2025。\n请填写数值，再重新计算。"
    )
    assert [column[-1] for column in opened.table("bdx_data_city")][:4] == [2025.0, "140100", "丁市", None]
    assert opened.table(RANKING) == before


def test_the_analyses_fill_their_sheets(whole: Opened) -> None:
    assert whole.click("robustness") == "分析完成，见“稳健性”“敏感性”表。"
    assert len(whole.table("bdx_robustness")[0]) == 7
    assert whole.click("audit") == "分析完成，见“审查”“统计量”“相关系数”表。"
    assert whole.click("scenarios") == "分析完成，见“方案比较”“各方案排名”表。"
    assert len(whole.table(schema.SCENARIO_RANKS.table)[0]) == 7
    ranking = whole.model.Sheets.getByName("城市排名")
    whole.model.CurrentController.setActiveSheet(ranking)
    whole.model.CurrentController.select(ranking.getCellRangeByName("C5"))
    told = whole.click("explain")
    assert told.startswith(f"{whole.table(RANKING)[1][0]}（城市，2024 年）：得分 ")
    assert whole.table("bdx_explanation")[0][0] == whole.table(RANKING)[1][0]


def test_collecting_does_what_the_command_does(office: Session, tmp_path: Path) -> None:
    file = place(tmp_path)
    expected = by_command(file)
    document = Opened(office, file)
    try:
        assert document.click("collect").startswith(DONE)
        assert tables(calc_book(document.model)) == expected
    finally:
        document.model.close(True)


@pytest.mark.slow
def test_copies_are_of_the_document_as_it_stands_and_nothing_is_saved(opened: Opened, tmp_path: Path) -> None:
    saved = opened.file.read_bytes()
    assert opened.click("compare", File=str(opened.file)).endswith("两个文件的输入数据、设置和排名均相同。")
    opened.cell("省份数据", "D6").setValue(99)
    lines = opened.click("compare", File=str(opened.file)).splitlines()
    assert lines[1:3] == ["原始数据改动 1 处：", "  省份数据!D6 甲省 2023 企业：10 → 99"]
    opened.click("recalculate")
    told = opened.click("verify")
    assert told.splitlines()[0].endswith("个结果单元格与按原始数据重新计算的结果一致。"), told
    opened.cell("城市排名", "D5").setValue(12.5)
    assert "  城市排名!D5" in opened.click("verify")
    opened.model.UndoManager.undo()
    assert opened.click("share").splitlines()[0].startswith(f"已生成 {tmp_path / '小 (1)_分享.xlsx'}")
    assert 99.0 in open_book(tmp_path / "小 (1)_分享.xlsx").read("bdx_data_province").columns[3]
    assert opened.file.read_bytes() == saved


def test_a_report_is_made_beside_the_document_of_what_it_shows_now(whole: Opened, tmp_path: Path) -> None:
    whole.cell("省份数据", "D6").setValue(99)
    whole.click("recalculate")
    saved = whole.file.read_bytes()
    target = tmp_path / "小 (1)_报告.xlsx"
    lines = whole.click("report").splitlines()
    assert lines[0] == f"已生成报告（图表 21 个）：{target}"
    drawn = charts(target.read_bytes())
    assert len(drawn) == 15  # the others are tables, and cells in colour
    kept = [one.values for chart in drawn for one in chart.kept()]
    ranking = whole.table("bdx_ranking_province")
    for shown in ([str(name) for name in ranking[1]], [f"{score:.6g}" for score in ranking[2]]):
        assert any(shown == [as_shown(value) for value in values] for values in kept), shown
    assert whole.file.read_bytes() == saved
    assert whole.click("report").splitlines()[0] == lines[0]  # ours may be replaced


def test_help_shows_the_guide_without_a_python(whole: Opened) -> None:
    whole.model.CurrentController.setActiveSheet(whole.model.Sheets.getByName("城市排名"))
    whole.model.Sheets.getByName("使用说明").IsVisible = False
    assert whole.click("help") == ""
    assert whole.model.CurrentController.ActiveSheet.Name == "使用说明"
    assert whole.model.Sheets.getByName("使用说明").IsVisible


def test_a_new_index_workbook_is_made_where_the_user_says_and_opened(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (csv := tmp_path / "csv").mkdir()
    monkeypatch.setattr(folder, "sample", lambda lang, settings: books.contents(csv, lang))
    made_quick_to_open(monkeypatch)
    made = tmp_path / "我的 指数.xlsm"

    def told(file: Path) -> Any:
        """As the process answers which the menu asks."""
        question = {"action": "new", "lang": "en", "document": {}, "file": str(file)}
        return of_calc.done(question, Showing(opened.model), "en")["answer"]

    assert told(made.with_suffix("")) == (
        f"Made and opened {made}. It holds the sample index: put your own framework, units and data in its place, "
        "then click Recalculate Index."
    )
    [new] = [one for one in documents(opened.session) if made.as_uri() == one.URL]
    assert tables_of(new, [RANKING])[RANKING][0] == [1.0, 2.0, 3.0, 4.0]
    new.close(True)
    assert told(made) == f"{made} exists already; choose another name"
    assert opened.click("new", File=str(made)) == told(made)  # the item of the menu leads there


def as_shown(value: str | None) -> str:
    try:
        return f"{float(value or ''):.6g}"
    except ValueError:
        return value or ""


class Showing(Nearby):
    """With a status bar."""

    def ask(self, do: str, **given: Any) -> Any:
        return None if do == "progress" else super().ask(do, **given)


def documents(session: Session) -> list[Any]:
    found, open_ones = [], session.desktop.Components.createEnumeration()
    while open_ones.hasMoreElements():
        found.append(open_ones.nextElement())
    return found


def test_a_document_that_is_none_of_ours_is_told_so(office: Session) -> None:
    document = office.load("private:factory/scalc")
    helper = office.service("frame.DispatchHelper")
    frame = document.CurrentController.Frame
    told = helper.executeDispatch(frame, "org.bdindex:recalculate", "_self", 0, ()).Result
    guide = helper.executeDispatch(frame, "org.bdindex:help", "_self", 0, ()).Result
    document.close(True)
    assert guide == "There is no guide in this document, which is no index workbook. New Index Workbook makes one."
    assert "bdx_" in told
    assert "defect" not in told


@pytest.mark.slow
def test_a_document_in_libreoffices_own_format_is_as_good(opened: Opened, office: Session, tmp_path: Path) -> None:
    opened.model.storeToURL((file := tmp_path / "小.ods").as_uri(), properties(FilterName="calc8"))
    own = Opened(office, file)
    try:
        assert "已重新计算" in own.click("recalculate")
        assert own.table(RANKING) == opened.table(RANKING)
        assert own.click("verify").splitlines()[0].endswith("个结果单元格与按原始数据重新计算的结果一致。")
    finally:
        own.model.close(True)


def test_the_office_has_the_menu_and_can_show_a_box(office: Session) -> None:
    provider = office.service("configuration.ConfigurationProvider")
    view = "com.sun.star.configuration.ConfigurationAccess"
    path = "/org.openoffice.Office.Addons/AddonUI/OfficeMenuBar/org.bdindex.Menu"
    menu = provider.createInstanceWithArguments(view, properties(nodepath=path))
    assert (menu.Title, menu.Context) == ("Composite Index", "com.sun.star.sheet.SpreadsheetDocument")
    items = [menu.Submenu.getByName(name) for name in sorted(menu.Submenu.ElementNames)]
    assert [item.Title for item in items if item.Title][:3] == ["Recalculate Index", "Restore Results", "Check Data"]
    document = office.load("private:factory/scalc")
    window = document.CurrentController.Frame.getContainerWindow()
    box = window.getToolkit().createMessageBox(window, enum("awt.MessageBoxType", "INFOBOX"), 1, "title", "text")
    assert hasattr(box, "execute")
    box.dispose()
    document.close(True)
