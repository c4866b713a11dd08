"""Recalculation of real files: what the result sheets hold, and what users do to their workbooks in between."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import schema
from bdindex_xl.tasks.recalculate import Outcome, recalculate
from tests.support import edit, office
from tests.support.books import DATA, FRAMEWORK, UNITS, small_book
from tests.support.lint import lint
from tests.support.looked_at import looked_at
from tests.support.rich import Zip
from tests.support.slim import slim

NOW = dt.datetime(2024, 5, 1, 12)
P = "省份数据"

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl, of extensions it does not know


@lru_cache(maxsize=4)  # most begin with the same workbook
def run(book: bytes, now: dt.datetime = NOW) -> tuple[bytes, Outcome]:
    opened = FileBook.from_bytes(book)
    outcome = recalculate(opened, now=now)
    return opened.to_bytes(), outcome


def table(book: bytes, name: str) -> list[dict[str, Any]]:
    """Rows of a table, as another program reads them."""
    sheets: list[Worksheet] = looked_at(book, values=True).worksheets
    sheet = next(sheet for sheet in sheets if name in sheet.tables)
    header, *rows = sheet[sheet.tables[name].ref]
    return [dict(zip([cell.value for cell in header], [cell.value for cell in row], strict=True)) for row in rows]


def valid(book: bytes, *, sdk: bool) -> bytes:
    """A workbook in which the lint finds no fault; nor does Microsoft's SDK, which takes a second for each."""
    assert lint(book) == []
    assert not sdk or office.validation_errors(book, ".xlsm") == []
    return book


def cells(book: bytes, sheet: str) -> Worksheet:
    found: Worksheet = looked_at(book, values=True)[sheet]
    return found


def test_result_sheets_hold_what_compute_finds(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    book, outcome = run(small_book(tmp_path))
    valid(book, sdk=pytestconfig.getoption("--long"))
    for ranking, names in (("province", ["甲省", "乙省", "丙省"]), ("city", ["甲市", "乙市", "丙市", "丁市"])):
        result: Any = outcome.results[ranking]  # of its frames mypy would try every overload
        codes = dict(zip(names, result.units, strict=True))
        rows = table(book, f"bdx_ranking_{ranking}")
        assert [row["排名"] for row in rows] == sorted(row["排名"] for row in rows)
        for row in rows:
            key = (2024, codes[row["地区"]])
            for node, prefix in (("I", ""), ("A", "规模"), ("B", "环境")):
                assert row[f"{prefix}得分"] == pytest.approx(100 * result.scores.loc[key, node], abs=1e-12)
                assert row[f"{prefix}排名"] == result.ranks.loc[key, node]
                change = result.rank_changes.loc[key, node]
                assert row[f"{prefix}排名变化"] == ("新" if row["地区"] == "丁市" else change)
    weights = {(r["年份"], r["榜单"], r["下级代码"]): r["上级内权重"] for r in table(book, "bdx_weights")}
    for _, row in outcome.results["city"].weights.iterrows():  # type: ignore[assignment]
        assert weights[row["year"], "城市", row["child"]] == pytest.approx(row["weight"], abs=1e-15)
    scores: Any = outcome.results["province"].normalised
    for row in table(book, "bdx_normalised"):
        if row["榜单"] == "省份":
            assert row["能耗"] == pytest.approx(100 * scores.loc[(row["年份"], row["地区代码"]), "b2"], abs=1e-12)


def test_a_groups_score_is_the_mean_of_its_members(tmp_path: Path) -> None:
    book, outcome = run(small_book(tmp_path))
    scores = outcome.results["city"].scores["A"].to_dict()
    east = next(r for r in table(book, "bdx_groups") if r["榜单"] == "城市" and r["组别"] == "东")
    assert (east["分组方式"], east["成员数"]) == ("区域", 2)
    assert east["规模得分"] == pytest.approx(50 * (scores[2024, "110100"] + scores[2024, "120100"]), abs=1e-12)


def test_ties_share_the_best_place_and_a_unit_without_score_comes_last(tmp_path: Path) -> None:
    data = "year,unit,a1,a2,b1,b2\n" + "".join(
        f"2024,{unit},{row}\n"
        for unit, row in zip(
            ("110000", "120000", "130000", "110100", "120100", "130100", "140100"),
            ("5,5,5,5", "9,9,9,1", "9,9,9,1", "1,1,1,1", "2,2,2,2", ",,3,", "3,3,3,3"),
            strict=True,
        )
    )
    book, outcome = run(small_book(tmp_path, data=data))
    assert [row["排名"] for row in table(book, "bdx_ranking_province")] == [1, 1, 3]
    last = table(book, "bdx_ranking_city")[-1]
    assert (last["地区"], last["排名"], last["得分"]) == ("丙市", None, None)
    assert "unit without score" in {finding.kind for finding in outcome.findings}


@pytest.mark.parametrize(
    ("units", "data"),
    [
        (UNITS + "150100,戊市,city,东\n160100,己市,city,\n", DATA + "2024,150100,9,9,9,9\n2024,160100,,,,\n"),
        (UNITS.replace("140100,丁市,city,\n", ""), "\n".join(r for r in DATA.splitlines() if "140100" not in r)),
        (UNITS, DATA + "2025,110000,1,2,3,4\n2025,120000,4,3,2,1\n2025,110100,1,2,3,4\n2025,120100,4,3,2,1\n"),
    ],
    ids=["more units", "fewer units", "a new year"],
)
def test_tables_follow_what_is_entered(units: str, data: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    # The results of another index first: this one's rows replace them, more or fewer.
    first, _ = run(small_book(tmp_path))
    grown = FileBook.from_bytes(first)
    other = FileBook.from_bytes(small_book(tmp_path, units=units, data=data))
    outcome = recalculate(other, now=NOW)
    tables = {name: other.read(name) for name in other.tables() if name.startswith("bdx_ranking")}
    from bdindex_xl.sheets.book import Results
    from bdindex_xl.sheets.write import headings, result_tables

    grown.write(Results(result_tables(outcome.inputs, outcome.results), headings(outcome.inputs)))
    valid(grown.to_bytes(), sdk=units is UNITS or pytestconfig.getoption("--long"))
    for name, block in tables.items():
        assert grown.read(name) == block


def typed_settings(book: bytes, values: Mapping[str, str | float]) -> bytes:
    opened = FileBook.from_bytes(book)
    block = opened.read(schema.SETTINGS.table)
    rows = {name: block.cell(i, 1) for i, name in enumerate(block.columns[0])}
    return edit.edited(book, {("设置", rows[name]): value for name, value in values.items()})


def test_settings_are_followed(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    changed, outcome = run(
        typed_settings(book, {"赋权方法": "等权", "年份": 2023, "标准化范围": "全部年份", "最低可得比例": 0.5})
    )
    method = outcome.inputs.method
    assert (method.weighting, method.scope, method.min_available) == ("equal", "panel", 0.5)
    assert {row["上级内权重"] for row in table(changed, "bdx_weights")} == {0.5}
    assert cells(changed, "省份排名")["A1"].value == "总指数：省份排名（2023 年）"
    assert [row["排名变化"] for row in table(changed, "bdx_ranking_province")] == [None] * 3


def test_a_changed_framework_changes_the_columns(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    first, _ = run(small_book(tmp_path))
    # 能耗 moves from B to a new dimension C, which takes the row of 政策's sibling place in the framework sheet.
    block = FileBook.from_bytes(first).read(schema.FRAMEWORK.table)
    row = next(i for i, code in enumerate(block.columns[0]) if code == "B")
    renamed = edit.edited(first, {("指标体系", block.cell(row, 1)): "营商环境"})
    book, _ = run(renamed)
    valid(book, sdk=pytestconfig.getoption("--long"))
    assert "营商环境得分" in table(book, "bdx_ranking_province")[0]
    assert "环境得分" not in table(book, "bdx_ranking_province")[0]
    moved = edit.edited(first, {("指标体系", block.cell(row, 2)): "A"})  # B under A: one level deeper
    book, outcome = run(moved)
    valid(book, sdk=True)
    assert outcome.inputs.framework.level("b1") == 3


def test_sheets_may_be_renamed_and_moved(tmp_path: Path) -> None:
    package = Zip(small_book(tmp_path))
    package.change("xl/workbook.xml", "省份数据", "原始数据 (省)").change("xl/workbook.xml", "城市排名", "'25 城市")
    book, outcome = run(package.to_bytes())
    assert outcome.results["city"].units
    assert cells(book, "'25 城市")["B5"].value in {"甲市", "乙市", "丙市", "丁市"}


def test_a_users_own_columns_and_notes_stay(tmp_path: Path) -> None:
    first, _ = run(small_book(tmp_path))
    width = len(table(first, "bdx_ranking_province")[0])
    from bdindex_xl.sheets.book import column_letters

    beside = column_letters(width + 2)
    mine = {("省份排名", f"{beside}5"): "我的备注", ("省份排名", "B20"): "以上为初稿", (P, "I6"): "来源：年鉴"}
    book, _ = run(edit.edited(first, mine))
    for (sheet, address), text in mine.items():
        assert cells(book, sheet)[address].value == text


def test_a_result_never_runs_over_what_a_user_wrote(tmp_path: Path) -> None:
    first, _ = run(small_book(tmp_path))
    units = UNITS + "".join(f"9{k}0000,新省{k},province,\n" for k in range(3))
    data = DATA + "".join(f"2024,9{k}0000,1,2,3,4\n" for k in range(3))
    other = FileBook.from_bytes(small_book(tmp_path, units=units, data=data))
    outcome = recalculate(other, now=NOW)
    from bdindex_xl.sheets.book import Results
    from bdindex_xl.sheets.write import result_tables

    noted = edit.edited(first, {("省份排名", "B9"): "以上为初稿"})
    with pytest.raises(SheetErrors) as caught:
        FileBook.from_bytes(noted).write(Results(result_tables(outcome.inputs, outcome.results)))
    [finding] = [f for f in caught.value.findings if f.place == "省份排名!B9"]
    assert finding.found.zh == "“以上为初稿”"


def test_faults_change_the_data_check_sheet_alone(tmp_path: Path) -> None:
    first, _ = run(small_book(tmp_path))
    faulty = edit.edited(first, {(P, "D6"): "暂无"})
    opened = FileBook.from_bytes(faulty)
    with pytest.raises(SheetErrors):
        recalculate(opened, now=NOW)
    book = valid(opened.to_bytes(), sdk=True)
    [row] = [row for row in table(book, "bdx_check") if row["级别"] == "错误"]
    assert (row["工作表"], row["单元格"], row["实为"]) == (P, "D6", "文本“暂无”")
    for name in ("bdx_ranking_province", "bdx_weights", "bdx_log"):
        assert table(book, name) == table(first, name)


def test_the_run_log_keeps_every_run_and_tells_changed_input(tmp_path: Path) -> None:
    book, _ = run(small_book(tmp_path))
    book, _ = run(book, NOW + dt.timedelta(days=1))
    book, _ = run(edit.edited(book, {(P, "D6"): 11}), NOW + dt.timedelta(days=2))
    one, two, three = table(book, "bdx_log")
    assert [row["时间"] for row in (one, two, three)] == [NOW + dt.timedelta(days=k) for k in range(3)]
    assert one["输入数据 SHA-256"] == two["输入数据 SHA-256"] != three["输入数据 SHA-256"]
    assert re.fullmatch(r"2:[0-9a-f]{64}", one["输入数据 SHA-256"])


def test_libreoffice_shows_the_same_numbers(tmp_path: Path) -> None:
    book, _ = run(small_book(tmp_path))
    shown = office.converted(slim(book), ".xlsm")
    for sheet in ("省份排名", "城市排名", "分组排名", "权重", "标准化"):
        old, new = cells(book, sheet), cells(shown, sheet)
        for row in old.iter_rows():
            for cell in row:
                other = new[cell.coordinate].value
                assert cell.value == (pytest.approx(other, abs=1e-9) if isinstance(other, float) else other), cell


def test_english_workbooks_speak_english(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    framework = FRAMEWORK.replace("总指数", "Index").replace("规模", "Size")
    book, _ = run(small_book(tmp_path, "en", framework=framework))
    valid(book, sdk=pytestconfig.getoption("--long"))
    assert cells(book, "Province ranking")["A1"].value == "Index: Province ranking, 2024"
    assert {row["Rank change"] for row in table(book, "bdx_ranking_city") if row["Unit"] == "丁市"} == {"new"}
