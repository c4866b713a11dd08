"""Scenarios side by side: computed anew, held against SciPy, written, verified, told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

import bdindex_xl as bdx
from bdindex_xl import cli
from bdindex_xl.copies.verify import verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.sheets import schema
from bdindex_xl.tasks.recalculate import check, recalculate
from bdindex_xl.tasks.scenarios import compare_scenarios
from tests.copies.workbooks import NOW, calculated
from tests.support import edit

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]
NAMES = ["等权", "熵权法", "CRITIC 法", "加权几何平均", "位次分", "缩尾"]


def table(book: FileBook, name: str) -> dict[str, list[Any]]:
    block = book.read(name)
    return {header: list(column) for header, column in zip(block.header, block.columns, strict=True)}


def compared(data: bytes | None = None) -> FileBook:
    book = FileBook.from_bytes(data or calculated())
    compare_scenarios(book)
    return book


def test_each_scenario_is_the_index_by_its_settings() -> None:
    book = compared()
    rows, found = table(book, schema.SCENARIO_RANKS.table), check(book)
    for ranking in found.inputs.rankings:
        label = schema.ranking_label(ranking.key)["zh"]
        at = [i for i, value in enumerate(rows["榜单"]) if value == label]
        codes = [rows["代码"][i] for i in at]
        for name, method in (("等权", bdx.Method("equal")), ("位次分", bdx.Method(normalisation="rank"))):
            result = bdx.compute(found.inputs.framework, ranking.panel, method)
            own = result.scores.loc[ranking.year]["I"]
            scores = [rows[f"{name}：得分"][i] for i in at]
            np.testing.assert_allclose(
                [np.nan if one is None else one for one in scores], 100 * own.loc[codes], atol=1e-12
            )
            ranks = [np.nan if rows[f"{name}：排名"][i] is None else rows[f"{name}：排名"][i] for i in at]
            np.testing.assert_array_equal(ranks, result.ranks.loc[ranking.year]["I"].loc[codes])
        places = [rows["排名"][i] for i in at if rows["排名"][i]]
        assert places == sorted(places)


def test_what_is_told_of_a_scenario_is_what_scipy_finds() -> None:
    book = compared()
    rows, ranks = table(book, schema.SCENARIO_SUMMARY.table), table(book, schema.SCENARIO_RANKS.table)
    assert rows["方案"] == NAMES * 2
    for i, name in enumerate(rows["方案"]):
        at = [k for k, label in enumerate(ranks["榜单"]) if label == rows["榜单"][i] and ranks["排名"][k]]
        own, other = (np.array([ranks[header][k] for k in at], dtype=float) for header in ("排名", f"{name}：排名"))
        assert rows["斯皮尔曼 ρ"][i] == pytest.approx(stats.spearmanr(own, other, nan_policy="omit").statistic)
        assert rows["肯德尔 τ"][i] == pytest.approx(stats.kendalltau(own, other, nan_policy="omit").statistic)
        moves = own - other
        assert rows["平均变动"][i] == pytest.approx(np.nanmean(np.abs(moves)))
        assert abs(rows["最大变动"][i]) == np.nanmax(np.abs(moves))
        if rows["变动最大的地区"][i]:
            unit = [ranks["地区"][k] for k in at].index(rows["变动最大的地区"][i])
            assert moves[unit] == rows["最大变动"][i]


def test_a_scenario_that_cannot_be_computed_says_why() -> None:
    data = edit.edited(calculated(), {("方案", "B5"): "标准化方法", ("方案", "C5"): "与目标值的距离"})
    rows = table(compared(data), schema.SCENARIO_SUMMARY.table)
    at = rows["方案"].index("熵权法")
    assert "目标值" in rows["与设置不同之处"][at] and rows["斯皮尔曼 ρ"][at] is None
    assert rows["斯皮尔曼 ρ"][at + 1] is not None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_true_comparisons_are_verified_and_changed_ones_named(lang: Lang) -> None:
    book = compared(calculated(lang))
    assert verify(book).ok and not verify(book).sightings
    block = book.read(schema.SCENARIO_SUMMARY.table)
    j = block.header.index(schema.SCENARIO_SUMMARY.columns[5].header[lang])
    changed = edit.edited(book.to_bytes(), {(block.sheet, block.cell(0, j)): 9.0})
    [sighting] = verify(FileBook.from_bytes(changed)).sightings
    assert (sighting.sheet, sighting.cell) == (block.sheet, block.cell(0, j))


def test_comparisons_of_other_scenarios_or_data_are_said_to_be_so() -> None:
    book = compared().to_bytes()
    for cell, value in (("C4", "变异系数法"), ("A4", "平均")):
        found = verify(FileBook.from_bytes(edit.edited(book, {("方案", cell): value})))
        assert found.ok and {one.table for one in found.left} == {"bdx_scenario_summary", "bdx_scenario_ranks"}
        assert {one.why["en"] for one in found.left} == {"it is of other scenarios than the workbook names by now"}
    stale = FileBook.from_bytes(edit.edited(book, {("城市数据", "D6"): 77.0}))
    recalculate(stale, now=NOW)
    assert stale.read("bdx_scenario_ranks").n_rows > 1
    assert verify(stale).ok


def test_scenarios_that_went_leave_no_columns() -> None:
    book = compared().to_bytes()
    cells: dict[tuple[str, str], edit.Value] = {("方案", f"{c}{row}"): None for c in "ABC" for row in range(6, 10)}
    header = compared(edit.edited(book, cells)).header(schema.SCENARIO_RANKS.table)
    assert [text for text in header if "：" in text] == [
        "等权：得分", "等权：排名", "熵权法：得分", "熵权法：排名",
    ]  # fmt: skip


def test_the_command_writes_and_tells(book: Path, capsys: CASE) -> None:
    assert cli.main(["scenarios", str(book)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("省份（2024 年），与当前设置的排名相比：\n  等权（赋权方法：等权）：ρ = ")
    assert f"结果已写入 {book}\n" in out
    assert cli.main(["scenarios", str(book), "--json", "-o", str(book.with_name("b.xlsm"))]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert result["named"] and [one["name"] for one in result["scenarios"]] == NAMES
    assert [len(one["scenarios"]) for one in result["rankings"]] == [6, 6]
    assert result["rankings"][0]["scenarios"][0].keys() >= {"spearman", "kendall", "greatest", "unit"}
