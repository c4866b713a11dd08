"""The audit of an index: statistics by hand and by scipy, flags at their limits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import bdindex_xl as bdx
from bdindex_xl.analysis.audit import audit
from bdindex_xl.analysis.audited import Audit, Limits, Rule
from tests.support.examples import examples

NAN = float("nan")


def index(values: Any, *, directions: tuple[int, ...] = (), weighting: str = "equal") -> Audit:
    """One parent, a column an indicator."""
    array = np.array(values, dtype=np.float64)
    codes = "abcdefgh"[: array.shape[1]]
    signs = directions or (1,) * array.shape[1]
    records = [{"code": c, "parent": "I", "direction": s} for c, s in zip(codes, signs, strict=True)]
    framework = bdx.Framework.from_records([{"code": "I"}, *records])
    units = tuple(f"u{k}" for k in range(len(array)))
    return audit(framework, bdx.Panel((2024,), units, tuple(codes), array[None]), bdx.Method(weighting=weighting))


def flagged(found: Audit, rule: Rule) -> list[tuple[str, str]]:
    return [(flag.code, flag.other) for flag in found.flags if flag.rule is rule]


def test_statistics_of_a_column_by_hand() -> None:
    """0, 0, 1, 2, 3, 100 and a gap: quartiles 0.25 and 2.75, so the fences are -3.5 and 6.5, and 100 lies beyond."""
    column = [0, 0, 1, 2, 3, 100, NAN]
    found = index(np.column_stack([column, np.arange(7.0)]))
    first = {name: getattr(found, name)[0, 0] for name in ("n", "availability", "zeros", "unique", "outliers")}
    assert first == {"n": 6, "availability": 6 / 7, "zeros": 2 / 6, "unique": 5 / 6, "outliers": 1}
    there = np.array(column[:6], dtype=np.float64)
    assert found.median[0, 0] == 1.5
    assert found.deviation[0, 0] == pytest.approx(there.std(ddof=1))
    assert found.skewness[0, 0] == pytest.approx(stats.skew(there, bias=False))
    assert found.kurtosis[0, 0] == pytest.approx(stats.kurtosis(there, bias=False))


def test_cronbachs_alpha_by_hand() -> None:
    """Two children with r = 0.6: standardised alpha is 2·0.6/(1 + 0.6) = 0.75, and eigenvalues are 1.6 and 0.4."""
    x = np.array([1.0, 1.0, -1.0, -1.0])
    y = 0.6 * x + 0.8 * np.array([1.0, -1.0, 1.0, -1.0])
    found = index(np.column_stack([x, y]))
    assert found.alpha[0, 0] == pytest.approx(0.75)
    assert (found.explained[0, 0], found.components[0, 0]) == (pytest.approx(0.8), 1)


def test_importance_is_the_share_of_squared_correlations() -> None:
    rng = np.random.default_rng(1)
    data = rng.random((40, 3))
    found = index(data)
    scores = (data - data.min(axis=0)) / np.ptp(data, axis=0)
    squared = np.array([np.corrcoef(scores[:, k], scores.mean(axis=1))[0, 1] ** 2 for k in range(3)])
    assert found.importance[0, 1:] == pytest.approx(squared / squared.sum())
    assert found.weight[0, 1:] == pytest.approx([1 / 3] * 3)


def test_each_rule_has_its_case() -> None:
    n = 40
    rng = np.random.default_rng(3)
    plain = rng.random(n)
    gappy = np.where(np.arange(n) < 20, NAN, rng.random(n))
    zeros = np.where(np.arange(n) < 25, 0.0, rng.random(n))
    wild = np.append(rng.random(n - 1), 1000.0)
    found = index(np.column_stack([plain, gappy, zeros, wild, plain * 2 + 1e-3 * rng.random(n), -plain]))
    assert flagged(found, Rule.AVAILABILITY) == [("b", "")]
    assert flagged(found, Rule.ZEROS) == flagged(found, Rule.UNIQUE) == [("c", "")]
    assert flagged(found, Rule.OUTLIERS) == [("d", "")]
    assert flagged(found, Rule.COLLINEAR) == [("a", "e")]
    assert flagged(found, Rule.NEGATIVE) == [("a", "f"), ("e", "f")]
    assert ("f", "") in flagged(found, Rule.WEAK)
    assert flagged(found, Rule.ALPHA) == flagged(found, Rule.DIMENSIONS) == [("I", "")]
    assert ("f", "") in flagged(found, Rule.IMPORTANCE)


def test_a_unit_with_few_indicators_is_flagged_and_one_that_is_not_there_is_not() -> None:
    data = np.array([[1, 2, 3], [4, NAN, NAN], [NAN, NAN, NAN], [2, 1, 9]])
    found = index(data)
    assert flagged(found, Rule.UNIT) == [("u1", "")]
    assert found.unit_availability[0].tolist() == [1, 1 / 3, 0, 1]


def test_limits_can_be_moved() -> None:
    data = np.random.default_rng(0).random((30, 2))
    framework = bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    panel = bdx.Panel((2024,), tuple(map(str, range(30))), ("a", "b"), data[None])
    strict = audit(framework, panel, limits=Limits(alpha=2.0, collinear=-1.0))
    assert {Rule.ALPHA, Rule.COLLINEAR} <= {flag.rule for flag in strict.flags}


def test_turning_an_indicator_round_turns_its_correlations() -> None:
    data = np.random.default_rng(5).random((20, 2))
    straight, turned = index(data), index(data * [1, -1], directions=(1, -1))
    np.testing.assert_allclose(straight.correlation, turned.correlation)
    np.testing.assert_allclose(straight.alpha, turned.alpha)


@examples(40)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 4).map(float)), min_size=3, max_size=3), min_size=2, max_size=9
    )
)
def test_whatever_the_data_shares_are_shares(values: list[list[float | None]]) -> None:
    found = index([[NAN if x is None else x for x in row] for row in values])
    for name in ("availability", "zeros", "unique", "importance", "unit_availability"):
        numbers = getattr(found, name)
        assert ((numbers >= 0) & (numbers <= 1 + 1e-12) | np.isnan(numbers)).all(), name
    assert (np.abs(found.correlation[~np.isnan(found.correlation)]) <= 1 + 1e-12).all()


def test_an_indicator_that_belongs_elsewhere_is_flagged() -> None:
    """d hangs under B, with e, and yet goes along with a, b and c of A."""
    rng = np.random.default_rng(2)
    base = rng.random(60)
    columns = [base + 0.1 * rng.random(60) for _ in range(3)]
    data = np.column_stack([*columns, base + 0.1 * rng.random(60), 5 * rng.random(60)])
    parents = {"A": "I", "B": "I", "a": "A", "b": "A", "c": "A", "d": "B", "e": "B"}
    framework = bdx.Framework.from_records(
        [{"code": "I"}, *({"code": code, "parent": parent} for code, parent in parents.items())]
    )
    panel = bdx.Panel((2024,), tuple(map(str, range(60))), tuple("abcde"), data[None])
    found = audit(framework, panel, bdx.Method(weighting="equal"))
    assert [(f.code, f.other) for f in found.flags if f.rule is Rule.ELSEWHERE] == [("d", "A")]
    (flag,) = (f for f in found.flags if f.rule is Rule.ELSEWHERE)
    scores = (data - data.min(axis=0)) / np.ptp(data, axis=0)
    assert flag.value == pytest.approx(np.corrcoef(scores[:, 3], scores[:, :3].mean(axis=1))[0, 1])
    assert flag.limit == pytest.approx(np.corrcoef(scores[:, 3], scores[:, 3:].mean(axis=1))[0, 1])


def test_raw_alpha_is_that_of_covariances_and_the_other_of_correlations() -> None:
    """By the definition, k/(k−1) (1 − Σ variances / variance of the sum), of the same scores brought to one spread."""
    rng = np.random.default_rng(3)
    values = rng.random((1, 20, 3)) @ np.array([[1.0, 0.4, 0.2], [0, 1.0, 0.1], [0, 0, 9.0]])
    framework = bdx.Framework.from_records([{"code": "I"}, *({"code": c, "parent": "I"} for c in "abc")])
    panel = bdx.Panel((2024,), tuple(map(str, range(20))), tuple("abc"), values)
    found = bdx.audit(framework, panel)
    scores = bdx.compute(framework, panel).normalised.to_numpy()

    def alpha(items: Any) -> float:
        return float(1.5 * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1)))

    assert found.raw_alpha[0, 0] == pytest.approx(alpha(scores))
    assert found.alpha[0, 0] == pytest.approx(alpha(scores / scores.std(axis=0)))
    assert found.raw_alpha[0, 0] != pytest.approx(found.alpha[0, 0], abs=1e-3)
