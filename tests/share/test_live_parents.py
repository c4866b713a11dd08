"""What a live copy makes of parents: held against each other, normalised anew, multiplied, weighted by unit, rounded."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl.share.live.live_copy import live
from tests.share import engines
from tests.support.books import small_book

pytestmark = pytest.mark.slow

UNITS = "code,name,ranking\n1,甲省,province\n2,乙省,province\n3,丙省,province\n4,丁省,province\n5,戊省,province\n"
FRAMEWORK = """code,name,parent,direction,lower,upper,normalisation,factor,decimals
I,总指数,,,,,,,
A,再标准化,I,负向,,,rank,,1
B,乘以系数,I,,,,,系数,
C,反向,I,负向,,,,,
D,标准分,I,,,,z-score,,
a,并列,A,1,1,20,,,
b,全部相等,A,1,1,20,,,
c,只有一个值,B,-1,1,100,,,
d,固定上下限,B,1,1,20,goalposts,,
e,乙,C,1,1,20,,,2
f,丙,C,1,1,20,,,
g,丁,D,1,1,20,base year,,
h,戊,D,1,1,20,,,
"""
PLAIN = "".join(",".join(line.split(",")[:6]) + "\n" for line in FRAMEWORK.splitlines())
DATA = """year,unit,a,b,c,d,e,f,g,h,系数
2023,1,3,5,2,10,2,8,2,1,1
2023,2,3,5,,20,5,,1,2,0.5
2023,3,9,5,,,20,6,0,3,
2023,4,,,,,,,,,
2023,5,7,5,,4,12,3,4,5,-1
2024,1,4,5,7,10,,8,2,1,2
2024,2,4,5,7,,9,9,3,1,0
2024,3,8,5,7,5,4,,4,1,1
2024,4,,,,,,,,,
2024,5,1,5,7,7,6,1,1,9,1
"""
BY_UNIT = "unit,code,weight\n1,e,0.9\n2,A,0\n5,f,0.25\n"
GOALPOSTS = "code,year,lower,upper\nd,2024,2,9\n"


def differences(folder: Path, settings: dict[str, str | float], **files: str) -> list[tuple[object, ...]]:
    """Cells in which a copy that IronCalc calculates is not as the engine has it."""
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    settings = {"min_available": 0.3, **settings}
    book = small_book(folder, "en", settings, **{"framework": FRAMEWORK, "units": UNITS, "data": DATA, **files})
    reference = engines.expected(book, {})
    copy = live(reference.to_bytes())
    n, bad = engines.differences(copy, engines.in_ironcalc(copy, {}, folder / "a.xlsx"), reference)
    assert n > 100
    return bad


@pytest.mark.parametrize(
    ("aggregation", "weighting", "scope", "upward"),
    [
        ("mpi", "standard deviation", "year", "no"),
        ("ampi", "critic", "panel", "yes"),
        ("topsis", "merec", "year", "no"),
        ("grey relational", "gini", "panel", "no"),
    ],
)
def test_formulas_hold_units_against_each_other_and_weigh_as_the_engine_does(
    tmp_path: Path, aggregation: str, weighting: str, scope: str, upward: str
) -> None:
    settings: dict[str, str | float] = {
        "aggregation": aggregation, "weighting": weighting, "scope": scope, "weights_scope": scope,
        "upward_penalty": upward,
    }  # fmt: skip
    assert differences(tmp_path, settings, framework=PLAIN) == []


def test_parents_by_exponential_ranks_have_the_constant_and_the_places_of_the_settings(tmp_path: Path) -> None:
    settings: dict[str, str | float] = {"rank_constant": 22.756, "first_place": 0, "weighting": "equal"}
    framework = FRAMEWORK.replace("负向,,,rank,", "负向,,,exponential rank,")
    assert framework != FRAMEWORK and differences(tmp_path, settings, framework=framework) == []


@pytest.mark.parametrize(("scope", "decimals", "scale"), [("year", 1, 100), ("panel", 0, 10), ("year", 10, 100)])
def test_parents_normalised_anew_turned_round_multiplied_and_rounded_between_levels_are_those_of_the_engine(
    tmp_path: Path, scope: str, decimals: int, scale: int
) -> None:
    settings: dict[str, str | float] = {
        "scope": scope, "decimals": decimals, "round_levels": "yes", "scale": scale, "weighting": "equal",
    }  # fmt: skip
    assert differences(tmp_path, settings, unit_weights=BY_UNIT, goalposts=GOALPOSTS) == []
