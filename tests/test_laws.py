"""What any composite index must obey, whatever its data; and one worked by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import bdindex_xl as bdx
from bdindex_xl.model.method import Weighting
from tests.support.examples import examples

FRAMEWORK = bdx.Framework.from_records(
    [
        {"code": "I"},
        *({"code": code, "parent": "I"} for code in "AB"),
        *({"code": f"a{k}", "parent": "A"} for k in range(3)),
        *({"code": f"b{k}", "parent": "B"} for k in range(2)),
    ]
)
CODES = tuple(indicator.code for indicator in FRAMEWORK.indicators)
RAW = arrays(np.float64, (2, 6, 5), elements=st.integers(0, 40).map(float) | st.just(np.nan))
PATIENT = examples(60)


def compute(raw: np.ndarray, framework: bdx.Framework = FRAMEWORK, **method: object) -> bdx.Result:
    units = tuple(f"u{k}" for k in range(raw.shape[1]))
    return bdx.compute(framework, bdx.Panel((2023, 2024), units, CODES, raw), bdx.Method(**method))  # type: ignore[arg-type]


def flipped(code: str) -> bdx.Framework:
    return bdx.Framework.from_records(
        {"code": n.code, "parent": n.parent, "direction": -1 if n.code == code else 1} for n in FRAMEWORK.nodes
    )


def test_an_index_worked_by_hand() -> None:
    # Two indicators of three units; z = (0, 1/2, 1) and, less being better, z = (1, 0, 3/4).
    # d² = (1 + 1/4 + 0)/3 = 5/12 and (0 + 1 + 1/16)/3 = 17/48; w = (17/48, 20/48)/(37/48) = (17/37, 20/37).
    framework = bdx.Framework.from_records(
        [{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I", "direction": -1}]
    )
    panel = bdx.Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[10.0, 1.0], [15.0, 5.0], [20.0, 2.0]]]))
    result = bdx.compute(framework, panel)
    w = Fraction(17, 37), Fraction(20, 37)
    expected = [w[1], w[0] / 2, w[0] + w[1] * Fraction(3, 4)]
    assert result.weights["weight"].tolist() == pytest.approx([float(part) for part in w], abs=1e-15)
    assert result.scores["I"].tolist() == pytest.approx([float(score) for score in expected], abs=1e-15)
    assert result.ranks["I"].tolist() == [2, 3, 1]


@PATIENT
@given(RAW, st.sampled_from(["improved vector", "equal"]))
def test_the_measure_of_an_indicator_does_not_matter(raw: np.ndarray, weighting: str) -> None:
    one = compute(raw, weighting=weighting)
    other = compute(
        raw * np.array([2.0, 0.5, 1024.0, 8.0, 1.0]) + np.array([0.0, 3.0, -7.0, 1.0, 100.0]), weighting=weighting
    )
    np.testing.assert_allclose(one.node_array, other.node_array, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(one.rank_array, other.rank_array)


@PATIENT
@given(RAW, st.sampled_from(CODES))
def test_less_is_better_is_more_is_better_of_the_negative(raw: np.ndarray, code: str) -> None:
    negated = raw * np.where(np.array(CODES) == code, -1.0, 1.0)
    np.testing.assert_allclose(compute(negated, flipped(code)).node_array, compute(raw).node_array, rtol=0, atol=1e-12)


@PATIENT
@given(RAW, st.permutations(range(6)))
def test_the_order_of_units_does_not_matter(raw: np.ndarray, order: list[int]) -> None:
    np.testing.assert_array_equal(compute(raw[:, order]).rank_array, compute(raw).rank_array[..., order])


@PATIENT
@given(RAW)
def test_a_unit_that_is_nowhere_worse_is_never_behind(raw: np.ndarray) -> None:
    raw = np.nan_to_num(raw)
    ranks = compute(raw).rank_array[:, 0]  # of the index
    for year, table in enumerate(raw):
        for i in range(6):
            for j in range(6):
                if (table[i] >= table[j]).all() and ranks[year, j]:
                    assert ranks[year, i] <= ranks[year, j]


@PATIENT
@given(RAW, st.sampled_from(["improved vector", "equal"]), st.sampled_from(["year", "panel"]))
def test_weights_within_a_parent_sum_to_one(raw: np.ndarray, weighting: str, scope: str) -> None:
    result = compute(raw, weighting=weighting, weights_scope=scope, min_available=0.0)
    sums = result.weights.groupby(["year", "parent"])["weight"].sum()
    assert ((abs(sums - 1) < 1e-12) | (sums == 0)).all()
    assert (result.weights["weight"] >= 0).all()


@PATIENT
@given(RAW)
def test_scores_lie_between_those_of_the_children(raw: np.ndarray) -> None:
    scores = compute(raw).scores
    for aggregate in FRAMEWORK.aggregates:
        children = scores[[child.code for child in FRAMEWORK.children(aggregate.code)]]
        there = scores[aggregate.code].notna()
        assert (scores[aggregate.code][there] >= children.min(axis=1)[there] - 1e-12).all()
        assert (scores[aggregate.code][there] <= children.max(axis=1)[there] + 1e-12).all()


def raw_of(*columns: list[float]) -> np.ndarray:
    return np.stack([np.array(columns, dtype=float).T] * 2)


def test_a_constant_indicator_has_no_scores_and_no_weight() -> None:
    result = compute(raw_of([1, 2, 3], [5, 5, 5], [3, 1, 2], [1, 2, 4], [4, 2, 1]))
    assert result.normalised["a1"].isna().all()
    weights = result.weights.set_index(["year", "child"])["weight"]
    assert weights[2024, "a1"] == 0
    assert weights[2024, "a0"] + weights[2024, "a2"] == pytest.approx(1)
    assert result.scores["A"].notna().all(), "two of three children reach the least share of 0.65"


def test_children_at_distance_0_share_everything() -> None:
    # With goalposts every unit may reach the best value.
    framework = bdx.Framework.from_records(
        [{"code": "I"}, *({"code": c, "parent": "I", "lower": 0, "upper": 1} for c in "abc")]
    )
    values = np.array([[[1.0, 9.0, 0.5], [1.0, 2.0, 0.1]]])
    result = bdx.compute(
        framework, bdx.Panel((2024,), ("x", "y"), ("a", "b", "c"), values), bdx.Method(scope="goalposts")
    )
    assert result.weights["weight"].tolist() == [0.5, 0.5, 0.0]
    assert result.normalised["b"].tolist() == [1.0, 1.0], "held to 0-1"


def test_a_new_unit_has_a_rank_and_no_rank_change() -> None:
    raw = raw_of([1, 2, 3], [3, 2, 5], [3, 1, 2], [1, 2, 4], [4, 2, 1])
    raw[0, 2] = np.nan
    result = compute(raw)
    ranks, changes = result.ranks["I"].to_dict(), result.rank_changes["I"].to_dict()
    assert ranks[2024, "u2"] == 1
    assert np.isnan(changes[2024, "u2"])
    assert changes[2024, "u0"] == ranks[2023, "u0"] - ranks[2024, "u0"]
    assert result.rank_changes.loc[2023].isna().all().all()


@pytest.mark.parametrize(
    ("change", "method", "message"),
    [
        (
            {"a0": {"direction": 2}},
            {},
            "a0, direction: expected 1 (more is better), −1 (less is better) or 0 (best in between), found 2",
        ),
        ({"a0": {"parent": "Z"}}, {}, "a0, parent: expected a code of this table, or a blank, found Z"),
        ({}, {"weighting": "given"}, "expected a weight for a0, a1, a2, b0, b1, found none"),
        ({}, {"scope": "goalposts"}, "expected lower and upper for a0, a1, a2, b0, b1, found none"),
        ({}, {"weighting": "magic"}, f"weighting: expected one of {', '.join(Weighting)}, found 'magic'"),
        ({}, {"weights_scope": "goalposts"}, "weights_scope: expected one of year, panel, found 'goalposts'"),
        ({}, {"min_available": 65}, "min_available: expected a number from 0 to 1, found 65"),
    ],
)
def test_what_cannot_be_computed_is_refused_by_code(change: dict, method: dict, message: str) -> None:
    records = [{"code": n.code, "parent": n.parent} | change.get(n.code, {}) for n in FRAMEWORK.nodes]
    with pytest.raises(bdx.FrameworkError) as refused:
        compute(np.ones((2, 3, 5)), bdx.Framework.from_records(records), **method)
    assert str(refused.value) == message


def test_missing_data_and_infinite_values_are_refused_by_code() -> None:
    with pytest.raises(bdx.FrameworkError, match="expected data for b0, b1, found none"):
        bdx.compute(FRAMEWORK, bdx.Panel((2024,), ("x",), CODES[:3], np.ones((1, 1, 3))))
    with pytest.raises(bdx.FrameworkError, match="expected finite numbers, found infinite ones in a0"):
        compute(raw_of([np.inf, 1], [1, 2], [1, 2], [1, 2], [1, 2]))
    with pytest.raises(bdx.FrameworkError, match="whose range is finite, found others in a0"):
        compute(raw_of([-1.7e308, 1.7e308], [1, 2], [1, 2], [1, 2], [1, 2]))
