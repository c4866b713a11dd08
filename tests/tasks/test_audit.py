"""The sheets Audit, Statistics and Correlations, and the command that fills them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from bdindex_xl import cli
from bdindex_xl.analysis.audited import Rule
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import schema
from bdindex_xl.tasks.audit import MEASURES, RULES, SOURCES, audit_workbook
from bdindex_xl.tasks.recalculate import check
from tests.support import edit, office
from tests.support.pocket import N_CITIES, YEARS, pocket_book

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]


@cache
def shipped() -> bytes:
    book = FileBook.from_bytes(pocket_book())
    assert audit_workbook(book).missing == ()
    return book.to_bytes()


def table(data: bytes, name: str) -> dict[str, list[Any]]:
    block = FileBook.from_bytes(data).read(name)
    return {header: list(column) for header, column in zip(block.header, block.columns, strict=True)}


def test_every_rule_has_its_words_and_its_source() -> None:
    assert set(RULES) == set(SOURCES) == set(Rule)


def test_every_indicator_year_and_unit_has_its_row() -> None:
    rows = table(shipped(), schema.STATISTICS.table)
    kinds = {kind: rows["类别"].count(kind) for kind in ("指标", "上级指标", "地区")}
    assert kinds == {"指标": 2 * len(YEARS) * 18, "上级指标": 2 * len(YEARS) * 10, "地区": 31 + N_CITIES}
    first = rows["代码"].index("A11")
    assert (rows["年份"][first], rows["有值个数"][first], rows["可得比例"][first]) == (2024, 31, 1)
    assert 0 < rows["实际重要性"][first] < 1 and 0 < rows["与上级的相关系数"][first] <= 1


def test_flags_name_what_and_by_whose_limit() -> None:
    rows = table(shipped(), schema.AUDIT.table)
    assert rows["年份"] == sorted(rows["年份"][: rows["榜单"].count("省份")], reverse=True) + sorted(
        rows["年份"][rows["榜单"].count("省份") :], reverse=True
    )
    assert all(rows["依据"]) and all(rows["名称"])
    assert any(text.startswith("与“") and text.endswith("”高度相关，几乎重复计算") for text in rows["情况"])


def test_correlations_stand_in_a_matrix_of_each_measure() -> None:
    rows = table(shipped(), schema.CORRELATIONS.table)
    measures = [text["zh"] for text in MEASURES.values()]
    assert list(dict.fromkeys(rows["统计量"])) == measures and len(rows["统计量"]) == 2 * 4 * 28
    of = {measure: i for i, measure in reversed(list(enumerate(rows["统计量"])))}
    companies, patents = rows["大数据企业数量"], rows["专利数量"]
    at_companies, at_patents = rows["代码"].index("A11"), rows["代码"].index("B11")
    straight = of["皮尔逊 r"]
    assert companies[straight + at_companies] == 1
    assert companies[straight + at_patents] == patents[straight + at_companies] > 0.5
    assert companies[of["皮尔逊 p"] + at_companies] is None and 0 < companies[of["皮尔逊 p"] + at_patents] < 0.05
    inputs = check(FileBook.from_bytes(shipped()))
    scores = inputs.results["province"].normalised.loc[2024]
    assert companies[straight + at_patents] == pytest.approx(scores["A11"].corr(scores["B11"]))
    ranked = stats.spearmanr(scores["A11"], scores["B11"])
    assert companies[of["斯皮尔曼 ρ"] + at_patents] == pytest.approx(ranked.statistic)
    assert companies[of["斯皮尔曼 p"] + at_patents] == pytest.approx(ranked.pvalue)


def test_the_sheets_are_sound() -> None:
    assert office.validation_errors(shipped(), ".xlsm") == []


def test_the_command_writes_and_tells(book: Path, capsys: CASE) -> None:
    assert cli.main(["audit", str(book)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("省份（2024 年）：")
    assert "负相关，相互抵消（方向是否有误？）（-" in out
    assert f"结果已写入 {book}\n" in out
    assert cli.main(["audit", str(book), "--json", "-o", str(book.with_name("b.xlsm"))]) == 0
    record = json.loads(capsys.readouterr().out)
    flags = [flag for ranking in record["result"]["rankings"] for flag in ranking["flags"]]
    assert {flag["rule"] for flag in flags} <= set(Rule)
    assert [finding["rule"] for finding in record["findings"]] == [flag["rule"] for flag in flags]


def test_faults_come_first(book: Path, capsys: CASE) -> None:
    book.write_bytes(edit.edited(book.read_bytes(), {("省份数据", "D6"): "暂无"}))
    before = book.read_bytes()
    assert cli.main(["audit", str(book)]) == 1
    assert "省份数据!D6" in capsys.readouterr().err
    assert book.read_bytes() == before
