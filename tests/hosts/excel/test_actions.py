"""The code behind the buttons, unchanged, with LibreOffice as the application."""

from __future__ import annotations

import email
import email.policy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from bdindex_xl import __version__, buttons
from bdindex_xl.buttons import of_excel
from bdindex_xl.hosts.excel.book import ExcelBook
from bdindex_xl.hosts.files import open_book
from bdindex_xl.sheets import folder, schema
from bdindex_xl.tasks import recalculate
from tests.support import books, office, pocket
from tests.support.slim import few, slim
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401

RANKING = "bdx_ranking_province"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BDINDEX_CACHE", str(tmp_path / "kept"))
    return iter((None,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (made := tmp_path / pocket.NAME).write_bytes(office.quick_to_open(few(pocket.pocket_book())))
    return made


def opened(path: Path) -> xw.Book:
    """A workbook, open, as the one whose button is clicked."""
    made = xw.Book(path)
    made.set_mock_caller()
    return made


@pytest.fixture
def book(excel: xw.App, path: Path) -> xw.Book:
    """One of inputs and few results, which opens and is recalculated in half the time."""
    return opened(path)


@pytest.fixture
def whole(excel: xw.App, path: Path) -> xw.Book:
    """One with all the sheets that it comes with."""
    path.write_bytes(office.quick_to_open(pocket.pocket_book()))
    return opened(path)


@pytest.fixture
def analysed(excel: xw.App, path: Path) -> xw.Book:
    """One of inputs, results and what is analysed, without guides and charts."""
    tables = [sheet.table for sheet in (*schema.ANALYSES, schema.SCENARIOS)]
    path.write_bytes(office.quick_to_open(slim(pocket.pocket_book(), *tables)))
    return opened(path)


def click(action: str) -> None:
    buttons.run(action, __version__)


def told(excel: xw.App) -> str:
    """Text of the last message box."""
    text: str = excel.impl.alerts[-1].text
    assert len(text.splitlines()) <= 10
    return text


def table(book: xw.Book, name: str) -> list[list[Any]]:
    return [list(column) for column in ExcelBook(book).read(name).columns]


def closed(path: Path, folder: Path, changes: dict[tuple[str, str], Any]) -> dict[str, list[list[Any]]]:
    """Result tables as a recalculation of the closed file gives them."""
    from tests.support.edit import edited

    file = folder / "closed.xlsm"
    file.write_bytes(edited(path.read_bytes(), changes))
    book = open_book(file)
    recalculate.recalculate(book, now=None)
    return {name: [list(column) for column in book.read(name).columns] for name in book.tables()}


def test_a_changed_value_gives_the_ranking_that_the_closed_file_gets_and_only_the_user_saves_it(
    excel: xw.App, book: xw.Book, path: Path, tmp_path: Path
) -> None:
    expected, saved = closed(path, tmp_path, {("省份数据", "D37"): 1.0}), path.read_bytes()
    before = table(book, RANKING)
    book.sheets["省份数据"]["D37"].value = 1
    click("recalculate")
    assert "已重新计算：省份 31 个地区（2024 年）、城市 10 个地区（2024 年）。" in told(excel)
    for name in (RANKING, "bdx_ranking_city", "bdx_groups", "bdx_weights", "bdx_normalised"):
        found = table(book, name)
        assert len(found) == len(expected[name]), name
        for mine, theirs in zip(found, expected[name], strict=True):
            assert mine == pytest.approx(theirs, abs=1e-12) if isinstance(theirs[0], float) else mine == theirs, name
    assert table(book, RANKING) != before
    assert path.read_bytes() == saved


def test_excel_is_left_as_it_was_found(excel: xw.App, book: xw.Book) -> None:
    sheet = book.sheets["权重"]
    sheet.activate()
    sheet["C7:D9"].select()
    excel.calculation = "semiautomatic"
    click("recalculate")
    assert (excel.calculation, excel.screen_updating, excel.enable_events) == ("semiautomatic", True, True)
    assert (book.sheets.active.name, book.selection.address) == ("权重", "$C$7:$D$9")
    texts = excel.impl.status_bar_texts
    assert texts[:-1] == [f"综合指数：{step}……" for step in ("读取数据", "计算", "写入结果")]
    assert texts[-1] is False


def test_faults_change_no_result_and_are_shown(excel: xw.App, book: xw.Book) -> None:
    before = table(book, RANKING)
    data = book.sheets["省份数据"]
    for row in range(37, 52):
        data[f"D{row}"].value = "abc"
    click("recalculate")
    lines = told(excel).splitlines()
    assert lines[0] == "发现 15 处错误，结果保持不变："
    assert lines[1].startswith("省份数据!D37：应为")
    assert lines[-1] == "……其余 7 处见“数据检查”表。"
    assert table(book, RANKING) == before
    assert book.sheets.active.name == "数据检查"
    assert [row for row in table(book, "bdx_check")[2] if row][:3] == ["D37", "D38", "D39"]
    assert excel.screen_updating is True


def test_renamed_and_moved_sheets_and_a_users_own_are_no_obstacle(excel: xw.App, whole: xw.Book) -> None:
    whole.sheets["省份数据"].name = "2024 原始 数据's"
    whole.sheets["省份排名"].name = "排行榜"
    mine = whole.sheets.add("我的", before=whole.sheets[0])
    mine["A1"].value = [["注", 1.5], ["甲", "=B1*2"]]
    n_charts = len(whole.sheets["使用说明"].charts)
    whole.sheets["2024 原始 数据's"]["D37"].value = 1
    before = table(whole, RANKING)
    click("recalculate")
    assert "已重新计算" in told(excel)
    assert table(whole, RANKING) != before
    assert mine["A1:B2"].formula == (("注", "1.5"), ("甲", "=B1*2"))
    assert len(whole.sheets["使用说明"].charts) == n_charts == 2


def test_what_a_user_typed_beside_units_goes_with_them(excel: xw.App, book: xw.Book) -> None:
    ranking = next(t for sheet in book.sheets for t in sheet.tables if t.name == RANKING)
    cells, sheet = ranking.range, book.sheets["省份排名"]
    right = cells.column + cells.shape[1]
    names = [row[1] for row in cells.value[1:]]
    sheet[cells.row - 1, right - 1].value = "我的备注"
    sheet[cells.row, right - 1].options(transpose=True).value = [f"说{name}" for name in names]
    ranking.resize(cells.resize(cells.shape[0], cells.shape[1] + 1))
    book.sheets["省份数据"]["D37"].value = 1
    click("recalculate")
    block = ExcelBook(book).read(RANKING)
    assert list(block.columns[1]) != names
    assert block.header[-1] == "我的备注"
    assert list(block.columns[-1]) == [f"说{name}" for name in block.columns[1]]
    click("restore")
    block = ExcelBook(book).read(RANKING)
    assert list(block.columns[1]) == names
    assert list(block.columns[-1]) == [f"说{name}" for name in names]


def test_fewer_and_more_units_shorten_and_lengthen_the_ranking(excel: xw.App, book: xw.Book) -> None:
    units = book.sheets["地区"]
    assert units["B5"].value == "天津市"
    kept = units["C5"].value
    units["C5"].value = "直辖"  # a ranking of its own, without data
    click("recalculate")
    units["C5"].value = kept
    click("recalculate")
    assert "已重新计算" in told(excel)
    assert len(table(book, RANKING)[0]) == 31


def test_the_last_results_come_back(excel: xw.App, book: xw.Book) -> None:
    assert not buttons.may_restore()
    click("restore")
    assert told(excel).startswith("没有可恢复的结果")
    names = (RANKING, "bdx_groups", "bdx_weights", "bdx_normalised")  # the log goes on: it is no result
    before = {name: table(book, name) for name in names}
    book.sheets["省份数据"]["D37"].value = 1
    click("recalculate")
    assert table(book, RANKING) != before[RANKING]
    assert buttons.may_restore()
    click("restore")
    assert told(excel) == "已恢复上一次重新计算之前的结果。"
    assert not buttons.may_restore()
    assert {name: table(book, name) for name in names} == before


def test_check_tells_and_writes_the_check_sheet_alone(excel: xw.App, book: xw.Book) -> None:
    before = table(book, RANKING)
    book.sheets["省份数据"]["D37"].value = "１，２３４"
    click("check")
    assert told(excel).startswith("检查完毕。错误 0 处")
    assert "D37" in table(book, "bdx_check")[2]
    assert table(book, RANKING) == before


def test_a_new_year_gets_a_row_for_every_unit(excel: xw.App, book: xw.Book) -> None:
    click("new_year")
    assert told(excel) == ("已为省份添加 31 行，年份 2025。\n已为城市添加 10 行，年份 2025。\n请填写数值，再重新计算。")
    block = ExcelBook(book).read("bdx_data_province")
    assert block.n_rows == 93
    last = [column[-1] for column in block.columns]
    assert last[:4] == [2025.0, "650000", "新疆维吾尔自治区", None]
    cells = book.sheets["省份数据"]
    assert cells["D98"].number_format == cells["D67"].number_format
    click("new_year")
    assert told(excel) == "2025 年的行已经有了，还没有填写数值，因此没有添加任何行。"
    assert ExcelBook(book).read("bdx_data_province").n_rows == 93
    before = table(book, RANKING)
    click("recalculate")  # the year that waits to be filled in is told of and left out
    assert "警告 2 条" in told(excel)
    assert table(book, RANKING) == before


def test_a_new_year_says_which_filters_it_cleared(excel: xw.App, book: xw.Book) -> None:
    next(t for t in book.sheets["省份数据"].tables if t.name == "bdx_data_province").autofilter.apply_values(
        2, ["110000"]
    )
    click("new_year")
    assert told(excel) == (
        "已为省份添加 31 行，年份 2025。\n已为城市添加 10 行，年份 2025。\n"
        "已清除筛选：bdx_data_province。\n请填写数值，再重新计算。"
    )


def test_an_analysis_does_not_send_to_a_sheet_that_it_does_not_write(excel: xw.App, analysed: xw.Book) -> None:
    active = analysed.sheets.active.name
    for row in range(37, 52):
        analysed.sheets["省份数据"][f"D{row}"].value = "x"
    for action in ("robustness", "audit", "scenarios", "explain"):
        click(action)
        lines = told(excel).splitlines()
        assert lines[0] == "发现 15 处错误，结果保持不变："
        assert lines[-1] == "……其余 7 处请点“检查数据”查看。"
        assert analysed.sheets.active.name == active


@pytest.mark.parametrize("action", sorted(of_excel.ACTIONS.keys() - {"new"}))  # which needs no workbook of ours
def test_a_workbook_that_was_never_saved_and_is_none_of_ours_is_told_so(excel: xw.App, action: str) -> None:
    excel.books.add().set_mock_caller()
    click(action)
    assert "bdx_" in told(excel) or action in {"restore", "share", "verify", "compare", "report"}
    assert "程序出错" not in told(excel)


def test_of_several_open_workbooks_the_callers_is_recalculated(excel: xw.App, path: Path, tmp_path: Path) -> None:
    other = xw.Book(shutil.copy(path, tmp_path / "other.xlsm"))
    book = xw.Book(path)
    book.set_mock_caller()
    for one in (book, other):
        one.sheets["省份数据"]["D37"].value = 1
    before = table(other, RANKING)
    other.activate()
    click("recalculate")
    assert table(book, RANKING) != before
    assert table(other, RANKING) == before


def test_a_workbook_of_a_later_version_is_told_to_upgrade(excel: xw.App) -> None:
    excel.books.add().set_mock_caller()
    buttons.run("recalculate", "99.0.0")
    assert f"工作簿或加载项由 bdindex 99.0.0 制作，本机安装的是 {__version__}" in told(excel)


def test_a_defect_is_told_with_its_log(excel: xw.App, book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(recalculate, "recalculate", broken)
    click("recalculate")
    text = told(excel)
    assert text.startswith("程序出错")
    log = Path(text.split("详情已写入 ")[1].split("，请")[0])
    assert "on purpose" in log.read_text("utf-8")
    assert excel.screen_updating is True


def test_share_makes_a_twin_and_a_draft_of_the_workbook_as_it_stands(excel: xw.App, book: xw.Book, path: Path) -> None:
    data = ExcelBook(book).read("bdx_data_province")
    book.sheets[data.sheet][data.cell(len(data.columns[0]) - 1, 3)].value = 123456.0
    click("share")
    twin, draft = (path.with_name(f"指数 2024 (1)_分享.{kind}") for kind in ("xlsx", "eml"))
    assert told(excel).splitlines()[0] == f"已生成 {twin}：结果为公式，改动原始数据即随之更新。"
    assert f"已生成邮件草稿 {draft}，双击即可在邮件程序中打开。" in told(excel)
    assert 123456.0 in open_book(twin).read("bdx_data_province").columns[3]
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert [part.get_filename() for part in message.iter_attachments()] == [twin.name]
    assert next(message.iter_attachments()).get_content() == twin.read_bytes()


def test_a_workbook_that_was_never_saved_is_not_shared(excel: xw.App) -> None:
    new = xw.Book()
    new.set_mock_caller()
    click("share")
    assert told(excel) == "工作簿还没有保存过。请先保存，再试一次。"


def test_verify_tells_a_changed_value_and_a_changed_result_apart(excel: xw.App, book: xw.Book) -> None:
    click("recalculate")
    click("verify")
    assert told(excel).splitlines()[0].endswith("个结果单元格与按原始数据重新计算的结果一致。")
    book.sheets["省份排名"]["D8"].value = 99.5
    click("verify")
    lines = told(excel).splitlines()
    assert lines[0] == "指数 2024 (1).xlsm：核对未通过。"
    assert "结果在算出之后有改动，1 个单元格：" in lines
    assert any(line.startswith("  省份排名!D8") for line in lines)
    book.sheets["省份数据"]["D37"].value = "abc"
    click("verify")
    assert told(excel).splitlines()[0] == "“指数 2024 (1).xlsm”的输入数据有 1 处错误，无法重新计算："
    assert told(excel).splitlines()[1].startswith("  省份数据!D37：应为")


def test_compare_tells_what_changed_since_a_copy(excel: xw.App, book: xw.Book, tmp_path: Path) -> None:
    (copy := tmp_path / "另一份's “copy”.xlsm").write_bytes(pocket.pocket_book())
    file = str(copy).encode("utf-16-be").hex().upper()
    buttons.run("compare", __version__, file)
    assert told(excel) == f"从“{copy.name}”到本工作簿：\n两个文件的输入数据、设置和排名均相同。"
    book.sheets["省份数据"]["D37"].value = 1
    buttons.run("compare", __version__, file)
    lines = told(excel).splitlines()
    assert lines[1] == "原始数据改动 1 处："
    assert lines[2].startswith("  省份数据!D37")
    copy.write_bytes(b"no workbook")
    buttons.run("compare", __version__, file)
    assert copy.name in told(excel) and "程序出错" not in told(excel)


def test_the_analyses_fill_their_sheets(excel: xw.App, analysed: xw.Book) -> None:
    click("robustness")
    assert told(excel) == "分析完成，见“稳健性”“敏感性”表。"
    assert len(table(analysed, "bdx_robustness")[0]) == 31 + pocket.N_CITIES
    click("audit")
    assert told(excel) == "分析完成，见“审查”“统计量”“相关系数”表。"
    assert len(table(analysed, "bdx_statistics")[0]) == 2 * len(pocket.YEARS) * 28 + 31 + pocket.N_CITIES
    click("scenarios")
    assert told(excel) == "分析完成，见“方案比较”“各方案排名”表。"
    assert len(table(analysed, schema.SCENARIO_RANKS.table)[0]) == 31 + pocket.N_CITIES


def test_the_unit_in_the_selected_row_is_explained(excel: xw.App, analysed: xw.Book) -> None:
    ranking = ExcelBook(analysed).read(RANKING)
    sheet = analysed.sheets[ranking.sheet]
    sheet.activate()
    sheet.range(ranking.cell(10, 2)).select()
    click("explain")
    assert told(excel).startswith("贵州省（省份，2024 年）：得分 ")
    assert told(excel).endswith("分析完成，见“解释”表。")
    assert table(analysed, "bdx_explanation")[0][0] == "贵州省"


def hexadecimal(path: Path | str) -> str:
    return str(path).encode("utf-16-be").hex()


def test_a_new_index_workbook_is_made_where_the_user_chose_and_opened(
    excel: xw.App, sheet: xw.Sheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "en")
    sheet.book.set_mock_caller()  # some workbook: the add-in, on Windows
    (csv := tmp_path / "csv").mkdir()
    monkeypatch.setattr(folder, "sample", lambda lang, settings: books.contents(csv, lang))
    office.made_quick_to_open(monkeypatch)
    place = tmp_path / "张 三's index"
    buttons.run("new", __version__, hexadecimal(place))
    made = place.with_name(place.name + ".xlsm")
    assert told(excel).startswith(f"Made and opened {made}. It holds the sample index:")
    assert made.name in [book.name for book in excel.books]
    assert open_book(made).tables() == ExcelBook(excel.books[made.name]).tables()
    assert excel.screen_updating is True
    for chosen, refusal in (
        (hexadecimal(made), f"{made} exists already; choose another name"),
        (
            hexadecimal(csv / made.name),
            f"a workbook of the name {made.name} is open, and Excel opens no two of one name;",
        ),
        (hexadecimal("https://a.sharepoint.com/b.xlsm"), "https://a.sharepoint.com/b.xlsm is not on this"),
    ):
        buttons.run("new", __version__, chosen)
        assert refusal in told(excel)
    assert not (csv / made.name).exists()
