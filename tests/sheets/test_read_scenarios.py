"""Scenarios: read from files and sheets in either language, written as a workbook shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.sheets.faults import Report
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.sheets.read_scenarios import MOST, Scenario, read_scenarios
from tests.support.books import contents, small_book

TWO = """scenario,setting,value
Mild,Exponent,0.9
Mild,aggregation,加权幂平均
Equal,Weighting,equal
"""


def scenarios(book: bytes) -> tuple[Scenario, ...]:
    opened = FileBook.from_bytes(book)
    return read_scenarios(opened, read_inputs(opened).settings, Report())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_scenarios_of_a_file_are_those_of_the_workbook(tmp_path: Path, lang: Lang) -> None:
    mild, equal = scenarios(small_book(tmp_path, lang, scenarios=TWO))
    assert (mild.name, dict(mild.changes)) == ("Mild", {"exponent": 0.9, "aggregation": "power mean"})
    assert (mild.method.exponent, mild.method.aggregation, mild.method.weighting) == (
        0.9,
        "power mean",
        "improved vector",
    )
    assert (equal.name, dict(equal.changes)) == ("Equal", {"weighting": "equal"})
    assert mild.what.en == "Exponent: 0.9; Aggregation: power mean"
    assert mild.what.zh == "幂平均指数：0.9；合成方法：加权幂平均"


def test_a_workbook_without_any_gets_usual_ones_but_its_own_choice(tmp_path: Path) -> None:
    names = [one.name for one in scenarios(small_book(tmp_path, "en", {"weighting": "equal"}))]
    assert names == ["entropy", "CRITIC", "geometric", "rank", "winsorise"]
    assert next(dict(one.changes) for one in scenarios(small_book(tmp_path, "zh"))) == {"weighting": "equal"}


def test_more_than_have_room_are_left_out(tmp_path: Path) -> None:
    many = "scenario,setting,value\n" + "".join(f"s{k},weighting,equal\n" for k in range(MOST + 1))
    made = contents(tmp_path, scenarios=many)
    assert made.scenarios is not None and len(made.scenarios.rows) == MOST
    [finding] = made.findings
    assert finding.text("en") == (
        "scenarios.csv, line 22, column “scenario”: expected 20 scenarios at most, found s20; left out"
    )
