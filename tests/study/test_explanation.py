"""The sheet Explanation, and the command that fills it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl import cli
from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import schema
from bdindex_xl.study.explanation import study
from tests.support import edit, office

SHIPPED = Path(__file__).resolve().parents[2] / "workbook" / "BigDataIndex.xlsm"
CASE = pytest.CaptureFixture[str]


def table(data: bytes) -> dict[str, list[Any]]:
    block = FileBook.from_bytes(data).read(schema.TABLE_EXPLANATION)
    return {header: list(column) for header, column in zip(block.header, block.columns, strict=True)}


def test_the_rows_of_a_unit_add_up_to_its_first() -> None:
    """Guizhou, up from 16 to 11 as table 2-1 of the report has it; by name in both rankings where there are two."""
    book = FileBook.from_bytes(SHIPPED.read_bytes())
    found = study(book, ["贵州省", "北京市"])
    assert [(one.ranking.key, one.name) for one in found.studies] == [
        ("province", "贵州省"),
        ("province", "北京市"),
        ("city", "北京市"),
    ]
    change = found.studies[0].change
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
    book = FileBook.from_bytes(SHIPPED.read_bytes())
    with pytest.raises(FileRefused) as refused:
        study(book, ["贵州省", "亚特兰蒂斯"])
    assert refused.value.message.zh == "没有代码或名称为“亚特兰蒂斯”的地区"
    assert len(study(book, ["2024", "520000", "亚特兰蒂斯"], whole=False).studies) == 1
    with pytest.raises(FileRefused, match="select a row"):
        study(book, [], whole=False)


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
        (["--unit", "甲省", "--year", "1999"], "年份应为 2023、2024 之一，实为 1999"),
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
