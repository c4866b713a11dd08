"""Frames in, frames out: what is taken, what is refused by row and value, and what the interface shows of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

import bdindex_xl

bdx: Any = bdindex_xl  # misuse is what is tested, which types would refuse

TREE = bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
FRAME: Any = pd.DataFrame({"year": [2024] * 3, "unit": list("xyz"), "a": [1.0, 2, 3], "b": [3.0, 1, 2]})
PANEL = bdx.Panel.from_frame(FRAME)

KINDS: Any = ((np.float32, 0.5), (np.int64, 3), (np.int32, 1))


def same(one: Any, other: Any) -> bool:
    axes = (one.years, one.units, one.indicators) == (other.years, other.units, other.indicators)
    return axes and np.array_equal(one.values, other.values, equal_nan=True)


@pytest.mark.parametrize(
    "year",
    [
        "2024",
        " 2024年",
        "２０２４",
        2024.0,
        np.int16(2024),
        dt.date(2024, 7, 1),
        dt.datetime(2024, 12, 31, 23),
        pd.Timestamp("2024-01-01"),
        pd.Timestamp("2024-05-01", tz="Asia/Shanghai"),
        pd.Period("2024"),
        pd.Period("2024-03", freq="M"),
        np.datetime64("2024"),
    ],
)
def test_a_year_is_taken_in_every_form_that_says_one(year: Any) -> None:
    assert same(bdx.Panel.from_frame(FRAME.assign(year=year)), PANEL)
    assert same(bdx.Panel.from_frame(FRAME.assign(year=pd.Series([year] * 3, dtype=object))), PANEL)
    assert bdx.Panel((year,), ("x",), ("a",), np.ones((1, 1, 1))).years == (2024,)


@pytest.mark.parametrize(
    ("year", "shown"),
    [
        ("FY24", "“FY24”"),
        (2024.5, "“2024.5”"),
        (True, "“True”"),
        (20240101, "“20240101”"),
        (2024j, "“2024j”"),
        (None, "nothing"),
        (pd.NaT, "nothing"),
    ],
)
def test_what_is_no_year_is_refused_by_row_and_value(year: Any, shown: str) -> None:
    rows = FRAME.assign(year=pd.Series([2024, year, 2024], dtype=object))
    with pytest.raises(bdx.FrameworkError) as caught:
        bdx.Panel.from_frame(rows)
    wanted = "column year: expected a year as a whole number such as 2024, or a date, found"
    assert str(caught.value) == f"{wanted} {shown} in row 1"


@pytest.mark.parametrize(
    "frame",
    [
        FRAME.rename(columns={"year": "Year", "unit": "UNIT"}),
        FRAME.rename(columns={"year": "年份", "unit": "地区代码"}).assign(地区=["甲", "乙", "丙"]),
        FRAME.rename(columns={"year": "年份", "unit": "地区"}),
        FRAME.rename(columns={"unit": "Unit code"}),
        FRAME.set_index(["year", "unit"]),
        FRAME.set_index("unit"),
        FRAME.rename(columns={"year": "年份"}).set_index("年份"),
        FRAME.astype({"a": "Int64", "b": "Float64", "unit": "category", "year": "category"}),
        FRAME.assign(a=pd.Series([Decimal(1), np.float32(2), 3], dtype=object)),
    ],
)
def test_year_and_unit_are_found_under_their_names_and_in_the_index(frame: pd.DataFrame) -> None:
    assert same(bdx.Panel.from_frame(frame), PANEL)


def test_results_go_in_as_they_come_out() -> None:
    again = bdx.Panel.from_frame(bdx.compute(TREE, PANEL).normalised)
    assert (again.years, again.units, again.indicators) == (PANEL.years, PANEL.units, PANEL.indicators)


def test_codes_that_became_floats_lose_their_point() -> None:
    assert bdx.Panel.from_frame(FRAME.assign(unit=[110000.0, 120000.0, 130000.0])).units == (
        "110000",
        "120000",
        "130000",
    )


def test_groups_come_from_the_frame() -> None:
    frame: Any = pd.concat([FRAME.assign(region=["e", "w", None]), FRAME.assign(year=2023, region=["e", "", np.nan])])
    assert bdx.Panel.from_frame(frame, groups="region").groups == ("e", "w", "")
    filled = bdx.compute(TREE, bdx.Panel.from_frame(frame, groups="region"), bdx.Method(imputation="group mean"))
    assert np.array_equal(filled.scores.to_numpy(), bdx.compute(TREE, PANEL).scores.to_numpy().tolist() * 2)


def test_with_a_framework_other_columns_do_not_matter() -> None:
    frame = FRAME.assign(region=["e", "w", "e"], note=pd.Timestamp("2024-01-01"), extra=[1j, 2, 3])
    assert same(bdx.Panel.from_frame(frame, framework=TREE), PANEL)
    assert bdx.compute(TREE, frame).ranks.equals(bdx.compute(TREE, PANEL).ranks)
    assert (
        bdx.robustness(TREE, frame, n_draws=5).first.tolist() == bdx.robustness(TREE, PANEL, n_draws=5).first.tolist()
    )
    assert bdx.explain(TREE, frame, unit="x").rank == bdx.explain(TREE, PANEL, unit="x").rank


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: bdx.Panel.from_frame(FRAME.iloc[:0]), "data: expected at least one row, found none"),
        (lambda: bdx.Panel.from_frame([1, 2]), "data: expected a pandas DataFrame, found list"),
        (
            lambda: bdx.Panel.from_frame(FRAME.drop(columns="year")),
            "data: expected a column year (or year, 年份, 年度, 年), found “unit”, “a”, “b”",
        ),
        (
            lambda: bdx.Panel.from_frame(pd.concat([FRAME, FRAME[["year"]]], axis=1)),
            "data: expected one column year, found “year”, “year”",
        ),
        (
            lambda: bdx.Panel.from_frame(FRAME.assign(Unit="x")),
            "data: expected one column unit, found “unit”, “Unit”",
        ),
        (
            lambda: bdx.Panel.from_frame(FRAME.assign(unit=["x", None, " "])),
            "column unit: expected the code of a unit, found nothing in row 1, nothing in row 2",
        ),
        (
            lambda: bdx.Panel.from_frame(FRAME.assign(region=["e", "w", None])),
            "column region: expected numbers (framework= leaves a column of texts out, groups= takes it as the "
            "groups), found “e” in row 0, “w” in row 1",
        ),
        (
            lambda: bdx.Panel.from_frame(FRAME.assign(a=pd.Series([1.0, "n/a", 3.0], dtype=object))),
            "column a: expected a number, found “n/a” in row 1",
        ),
        (
            lambda: bdx.compute(TREE, FRAME.assign(b=[1 + 2j, 1, 1])),
            "column b: expected a number, found “(1+2j)” in row 0, “(1+0j)” in row 1, “(1+0j)” in row 2",
        ),
        (
            lambda: bdx.Panel.from_frame(FRAME.assign(a=[True] * 3)),
            "column a: expected a number, found “True” in row 0, “True” in row 1, “True” in row 2",
        ),
        (
            lambda: bdx.Panel.from_frame(pd.concat([FRAME] * 3).assign(year="x")),
            "column year: expected a year as a whole number such as 2024, or a date, found “x” in row 0, “x” in row "
            "1, “x” in row 2, “x” in row 0, “x” in row 1 and 4 more",
        ),
        (
            lambda: bdx.Panel.from_frame(pd.concat([FRAME, FRAME])),
            "expected one row a unit and year, found again: x 2024, y 2024, z 2024",
        ),
        (
            lambda: bdx.Panel.from_frame(FRAME, groups="region"),
            "groups: expected the name of one column of the data, found “region” beside “year”, “unit”, “a”, “b”",
        ),
        (
            lambda: bdx.Panel.from_frame(
                pd.concat([FRAME.assign(g="e"), FRAME.assign(year=2025, g="w")]), groups="g"
            ),
            "x: expected one group in g, found “e”, “w”",
        ),
        (
            lambda: bdx.Panel((2024.5,), ("x",), ("a",), np.ones((1, 1, 1))),
            "years: expected whole numbers such as 2024, found 2024.5",
        ),
        (
            lambda: bdx.Panel((2024,), ("x",), ("a",), [[["one"]]]),
            "values: expected an array of real numbers, found others",
        ),
        (
            lambda: bdx.Panel((2024,), ("x",), ("a",), np.array([[[1j]]])),
            "values: expected an array of real numbers, found others",
        ),
        (
            lambda: bdx.compute(TREE, bdx.Panel((2024,), (), ("a", "b"), np.empty((1, 0, 2)))),
            "panel: expected at least one unit and one year, found 0 units and 1 year",
        ),
        (lambda: bdx.compute(FRAME, TREE), "framework: expected a Framework, found DataFrame"),
        (lambda: bdx.compute(TREE, "data.csv"), "panel: expected a Panel, found str"),
        (lambda: bdx.compute(TREE, PANEL, "equal"), "method: expected a Method, found str"),
        (lambda: bdx.audit(TREE, FRAME.to_dict()), "panel: expected a Panel, found dict"),
        (
            lambda: bdx.Framework.from_records({"code": "I"}),
            "records: expected a list of mappings, one a node, found dict",
        ),
        (
            lambda: bdx.Framework.from_records(["I", "a"]),
            "record 1: expected a mapping with code, parent and so on, found 'I'",
        ),
        (
            lambda: bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}], [("a", "b")]),
            "comparisons: expected two codes and a ratio, found ('a', 'b')",
        ),
    ],
)  # fmt: skip
def test_misuse_is_refused_by_what_was_expected_and_found(make: Callable[[], object], message: str) -> None:
    with pytest.raises(bdx.FrameworkError) as caught:
        make()
    assert str(caught.value) == message
    assert caught.value.text("zh") != message


def test_records_may_be_a_frame() -> None:
    records = pd.DataFrame({"code": ["I", "a", "b"], "parent": [None, "I", "I"], "direction": [np.nan, 1, -1]})
    assert [i.direction for i in bdx.Framework.from_records(records).indicators] == [1, -1]


def test_numbers_of_numpy_are_numbers() -> None:
    given: dict[str, Any] = {"min_available": np.float32(0.5), "given_share": np.int64(1), "exponent": np.int8(2)}
    method = bdx.Method(**given)
    assert (method.min_available, method.given_share, method.exponent) == (0.5, 1.0, 2.0)
    half, three, one = (kind(value) for kind, value in KINDS)
    assert bdx.Uncertainty(spread=half).spread == 0.5
    assert bdx.robustness(TREE, PANEL, n_draws=three, seed=one).n_draws == 3


HUGE = 10**400


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda: bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I", "weight": HUGE}]), "found “1000"),
        (lambda: bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I", "direction": HUGE}]), "found “1000"),
        (lambda: bdx.Panel.from_frame(FRAME.assign(a=HUGE)), "expected finite numbers, found infinite ones in a"),
        (lambda: bdx.Panel.from_frame(FRAME.assign(year=HUGE)), "column year: expected a year"),
        (lambda: bdx.Panel((HUGE,), ("x",), ("a",), np.ones((1, 1, 1))), "years: expected whole numbers such as 2024"),
        (lambda: bdx.Panel((2024,), ("x",), ("a",), [[[HUGE]]]), "values: expected an array of real numbers"),
    ],
)  # fmt: skip
def test_whole_numbers_beyond_all_floats_are_refused(make: Callable[[], object], found: str) -> None:
    with pytest.raises(bdx.FrameworkError) as caught:
        make()
    assert found in str(caught.value)


def test_decimals_and_fractions_are_numbers_and_what_pandas_calls_missing_is_blank() -> None:
    a = {"code": "a", "parent": "I", "weight": Decimal("0.5"), "name": pd.NA, "lower": pd.NaT}
    b = {"code": "b", "parent": "I", "weight": Fraction(3, 2), "direction": pd.NA}
    one, other = bdx.Framework.from_records([{"code": "I", "parent": pd.NA}, a, b]).indicators
    assert (one.weight, one.name, one.lower) == (0.5, "a", None)
    assert (other.weight, other.direction) == (1.5, 1)


def test_the_interface_shows_itself_and_results_read_well() -> None:
    assert [name for name in dir(bdx) if not name.startswith("_")] == sorted(set(bdx.__all__) - {"__version__"})
    result = bdx.compute(TREE, PANEL, bdx.Method(weighting="equal"))
    assert repr(result).splitlines() == [
        "I, 2024: 3 of 3 units ranked in 2024 (min-max, equal, arithmetic)",
        "      score  rank  change",
        "unit                     ",
        "z      0.75   1.0     NaN",
        "x      0.50   2.0     NaN",
        "y      0.25   3.0     NaN",
    ]
    assert result._repr_html_().startswith(
        "<p>I, 2024: 3 of 3 units ranked in 2024 (min-max, equal, arithmetic)</p><table"
    )
    assert (repr(TREE), repr(PANEL)) == (
        "<Framework I: indicators 2, levels 2>",
        "<Panel 2024–2024: units 3, indicators 2, 100.0 % filled>",
    )
    assert repr(bdx.robustness(TREE, PANEL, n_draws=5)).startswith("2024: 5 draws, seed 1, Uncertainty(")
    assert repr(bdx.audit(TREE, PANEL)).splitlines() == [
        "I, 2024: 2 flags",
        "             n  availability  minimum  median  maximum  skewness  outliers",
        "indicator                                                                 ",
        "a          3.0           1.0      1.0     2.0      3.0       0.0       0.0",
        "b          3.0           1.0      1.0     2.0      3.0       0.0       0.0",
        "2024 a b: negative, -0.5 (-0.4)",
        "2024 I: alpha, -2 (0.7)",
    ]
    sensitivity = repr(bdx.sensitivity(TREE, PANEL, n=4)).splitlines()
    assert sensitivity[0].startswith("2024: n 4, seed 1, mean shift ") and sensitivity[3].startswith("weights ")


def test_there_is_no_negative_zero() -> None:
    tree = bdx.Framework.from_records(
        [{"code": "I"}, {"code": "a", "parent": "I", "direction": -1}, {"code": "b", "parent": "I", "direction": -1}]
    )
    result = bdx.compute(tree, bdx.Panel.from_frame(FRAME.assign(a=[0.0, -1.0, 3.0])))
    for frame in (result.normalised, result.scores, result.rank_changes):
        assert not np.signbit(frame.to_numpy()[frame.to_numpy() == 0]).any()
