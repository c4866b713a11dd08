"""The sheet Explanation, and the command that fills it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl import cli
from bdindex_xl.copies.verify import verify
from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.sheets import schema
from bdindex_xl.tasks.explain import explain_units
from bdindex_xl.tasks.explanation_sentences import told
from bdindex_xl.tasks.recalculate import recalculate
from tests.copies.workbooks import NOW
from tests.support import edit, office
from tests.support.books import DATA, small_book
from tests.support.pocket import pocket_book

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]


def table(data: bytes) -> dict[str, list[Any]]:
    block = FileBook.from_bytes(data).read(schema.EXPLANATION.table)
    return {header: list(column) for header, column in zip(block.header, block.columns, strict=True)}


def test_the_rows_of_a_unit_add_up_to_its_first() -> None:
    """Guizhou, up from 16 to 11 as table 2-1 of the report has it; by name in both rankings where there are two."""
    book = FileBook.from_bytes(pocket_book())
    found = explain_units(book, ["贵州省", "北京市"])
    assert [(one.ranking.key, one.name) for one in found.units] == [
        ("province", "贵州省"),
        ("province", "北京市"),
        ("city", "北京市"),
    ]
    change = found.units[0].change
    assert change is not None and (change.rank_before, change.rank_after) == (16, 11)
    rows = table(book.to_bytes())
    assert len(rows["指标"]) == 3 * 19
    for first in (0, 19, 38):
        for name in ("贡献", "各地区平均贡献", "高于平均", "比上年变化", "其中自身数据", "其中其他地区", "其中权重"):
            parts = rows[name][first + 1 : first + 19]
            assert sum(parts) == pytest.approx(rows[name][first], abs=1e-9), name
        assert rows["得分"][first] == pytest.approx(rows["贡献"][first])
    assert rows["超过前一名所需的值"][20:38] == [None] * 18  # the first has nobody to pass
    assert office.validation_errors(book.to_bytes(), ".xlsm") == []


def test_codes_and_names_that_are_none_are_named() -> None:
    book = FileBook.from_bytes(pocket_book())
    with pytest.raises(FileRefused) as refused:
        explain_units(book, ["贵州省", "亚特兰蒂斯"])
    assert refused.value.message.zh == "没有代码或名称为“亚特兰蒂斯”的地区"
    assert len(explain_units(book, ["2024", "520000", "亚特兰蒂斯"], whole=False).units) == 1
    with pytest.raises(FileRefused, match="select a row"):
        explain_units(book, [], whole=False)


def test_the_command_tells_in_sentences(book: Path, capsys: CASE) -> None:
    assert cli.main(["explain", str(book), "--unit", "乙省"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("乙省（省份，2024 年）：得分 ")
    for words in ("  前一名：", "  比 2023 年（第 ", "  短处（低于各地区平均）："):
        assert words in out
    assert f"结果已写入 {book}\n" in out


def test_a_first_year_has_nothing_to_compare_with(book: Path, capsys: CASE) -> None:
    assert cli.main(["explain", str(book), "--unit", "甲市", "--year", "2023"]) == 0
    assert "没有上一年的得分可比" in capsys.readouterr().out


def test_all_of_it_as_json(book: Path, capsys: CASE) -> None:
    assert cli.main(["explain", str(book), "--unit", "110100", "--json", "-o", str(book.with_name("b.xlsm"))]) == 0
    (unit,) = json.loads(capsys.readouterr().out)["result"]["units"]
    assert unit["name"] == "甲市"
    assert sum(one["contribution"] for one in unit["indicators"]) == pytest.approx(unit["score"])
    parts = [part for one in unit["indicators"] for part in one["change"].values()]
    assert sum(parts) == pytest.approx(unit["change"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--unit", "甲"], "a.xlsm：没有代码或名称为“甲”的地区，相近的有：甲省（110000）、甲市（110100）\n"),
        (["--unit", "亚特兰蒂斯"], "没有代码或名称为“亚特兰蒂斯”的地区"),
        (["--unit", "甲省", "--year", "1999"], "a.xlsm：年份应为 2023、2024 之一，实为 1999\n"),
    ],
)
def test_what_is_not_there_is_said(book: Path, capsys: CASE, options: list[str], words: str) -> None:
    before = book.read_bytes()
    assert cli.main(["explain", str(book), *options]) == 1
    assert words in capsys.readouterr().err
    assert book.read_bytes() == before


def test_faults_come_first(book: Path, capsys: CASE) -> None:
    book.write_bytes(edit.edited(book.read_bytes(), {("省份数据", "D6"): "暂无"}))
    assert cli.main(["explain", str(book), "--unit", "甲省"]) == 1
    assert "省份数据!D6" in capsys.readouterr().err


# --- data that are not there ------------------------------------------------------------------------------------------

# 甲省 has no a2 of 2024, 乙省 none of 2023.
GAPS = DATA.replace("2024,110000,40,9,", "2024,110000,40,,").replace("2023,120000,20,6,", "2023,120000,20,,")
PARTS = ("贡献", "高于平均", "比上年变化", "其中自身数据", "其中其他地区", "其中权重")


def with_gaps(folder: Path, lang: Lang = "zh", **settings: str | float) -> FileBook:
    return FileBook.from_bytes(small_book(folder, lang, {"weighting": "equal", **settings}, data=GAPS))


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            [
                "甲省（省份，2024 年）：得分 100.00，第 1 名（共 3 个地区）",
                "  后一名：乙省，低 50.00 分",
                "  长处（高于各地区平均）：政策 +12.50、能耗 +12.50、企业 +4.17",
                "  2024 年缺数据：专利；其权重由其他指标分担，与各地区平均相比影响 +16.67 分",
                "  比 2023 年（第 3 名）变化 +75.00 分：自身数据 +56.25，其他地区 +6.25，权重 +0.00",
                "  两年数据有缺、权重随之重新分配的影响：+12.50 分",
                "  变化主要来自：企业 +37.50、能耗 +25.00",
                "  超过：乙省、丙省",
            ],
        ),
        (
            "en",
            [
                "甲省 (Province, 2024): score 100.00, rank 1 of 3",
                "  next below: 乙省, by 50.00 points",
                "  strengths, against the mean of all: 政策 +12.50, 能耗 +12.50, 企业 +4.17",
                "  no data in 2024: 专利; the others carry their weight, which makes +16.67 points against the mean of all",
                "  since 2023 (rank 3) +75.00 points: its own data +56.25, the others' +6.25, weights +0.00",
                "  by data that are there in one of the two years only, and the weights rescaled for it: +12.50 points",
                "  mostly by: 企业 +37.50, 能耗 +25.00",
                "  it passed: 乙省, 丙省",
            ],
        ),
    ],
)
def test_missing_data_are_named_as_such_and_are_no_weakness_and_no_cause(
    lang: Lang, lines: list[str], tmp_path: Path
) -> None:
    """The mean of all is 54.17: 100, 50 and 12.5. 专利 alone is worth 25 points of a unit that has it."""
    assert told(explain_units(with_gaps(tmp_path, lang, min_available=0.5), ["甲省"]), lang) == lines


def test_the_sheet_has_a_row_for_what_missing_data_do_and_still_adds_up(tmp_path: Path) -> None:
    book = with_gaps(tmp_path, min_available=0.5)
    explain_units(book, ["甲省", "乙省", "丙省"])
    rows = table(book.to_bytes())
    assert rows["指标"] == [
        *("总指数", "企业", "专利", "政策", "能耗", "缺失数据及权重重新分配"),
        *("总指数", "企业", "专利", "政策", "能耗", "缺失数据及权重重新分配"),
        *("总指数", "企业", "专利", "政策", "能耗"),
    ]
    assert rows["原始值"][:6] == [None, 40, "缺数据", 3, 5, None]
    assert [rows[name][2] for name in ("得分", "高于平均", "比上年变化", "其中自身数据")] == [None] * 4
    for first, last in ((0, 6), (6, 12), (12, 17)):
        for name in PARTS:
            parts = [value for value in rows[name][first + 1 : last] if value is not None]
            assert sum(parts) == pytest.approx(rows[name][first], abs=1e-9), name
    recalculate(book, now=NOW)
    assert verify(book).ok


def test_an_imputed_value_is_called_one(tmp_path: Path) -> None:
    book = with_gaps(tmp_path, imputation="mean")
    said = told(explain_units(book, ["甲省"]), "en")
    assert "  no data in 2024, an imputed value counts: 专利" in said
    [strong] = [line for line in said if line.startswith("  strengths")]
    [cause] = [line for line in said if line.startswith("  mostly by")]
    assert "专利" not in strong + cause
    assert "  by indicators with imputed values: 专利 +12.50" in said
    assert table(book.to_bytes())["原始值"][2] == "插补"


def test_a_unit_without_a_rank_is_told_what_it_lacks(tmp_path: Path) -> None:
    assert told(explain_units(with_gaps(tmp_path), ["甲省"]), "en") == [
        "甲省 (Province, 2024): not ranked, for want of data",
        "  no data in 2024: 专利",
    ]


def test_what_a_count_would_have_to_be_is_whole_and_enough(tmp_path: Path) -> None:
    """丙省 passes 乙省 with the number told, and not with one less."""
    book = FileBook.from_bytes(small_book(tmp_path, settings={"weighting": "equal"}))
    found = explain_units(book, ["丙省"])
    assert told(found, "zh")[-1] == "  超过前一名，以下任一项即可：专利由 7 到 9；能耗由 9 到 6；政策由 1 到 3"
    for cell, target, less in (("E11", 9, 8), ("G11", 6, 7), ("F11", 3, 2)):
        for value, rank in ((target, 2), (less, 3)):
            changed = FileBook.from_bytes(edit.edited(book.to_bytes(), {("省份数据", cell): value}))
            [again] = explain_units(changed, ["丙省"]).units
            assert again.explanation.rank == rank, (cell, value)
