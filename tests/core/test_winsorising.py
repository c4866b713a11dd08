"""Winsorising of many values, whose moments are not added up anew: the same as adding them up for each that moves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.parallel import BLOCK
from bdindex_xl.core.skewness import skewness_and_kurtosis
from bdindex_xl.core.treat import OutlierRule
from bdindex_xl.core.winsorising import outermost_of, winsorise, winsorised
from tests.support.examples import examples

Array = np.ndarray[Any, Any]
MANY = BLOCK + 1


def added_up_anew(column: Array, rule: OutlierRule) -> tuple[Array, bool]:
    """What the method says, step by step."""
    current, highest, lowest = column, 0, 0
    for _ in range(rule.max_winsorised):
        up = bool(skewness_and_kurtosis(current, axis=0)[0] >= 0)
        highest, lowest = highest + int(up), lowest + int(not up)
        following = winsorise(column, highest=highest, lowest=lowest)
        measures = skewness_and_kurtosis(following, axis=0)
        if np.isnan(measures[0]):
            break
        current = following
        if not rule.beyond(*measures):
            return current, True
    return current, False


def many(seed: int) -> Array:
    """Values of a random shape, with outliers on either side, gaps and ties."""
    rng = np.random.default_rng(seed)
    shapes = (rng.lognormal(size=MANY), rng.standard_t(3, MANY), rng.normal(size=MANY), rng.integers(0, 3, MANY) + 0.0)
    column: Array = shapes[rng.integers(len(shapes))] * 10.0 ** rng.integers(-150, 150)
    spread = float(np.ptp(column))
    for sign in (-1.0, 1.0):
        n = int(rng.integers(0, 6))
        column[rng.integers(0, MANY, n)] = sign * spread * 10.0 ** rng.uniform(0, 5, n)
    column[rng.random(MANY) < rng.choice([0.0, 0.05, 0.9])] = np.nan
    return column


@examples(8)
@given(
    st.integers(0, 2**32),
    st.sampled_from([1, 5, 12]),
    st.sampled_from([(2.0, 3.5), (0.0, -2.0), (20.0, 500.0), (1.0, 1.0)]),
)
def test_many_values_are_winsorised_as_if_their_moments_were_added_up_for_each_that_moves(
    seed: int, most: int, limits: tuple[float, float]
) -> None:
    rule = OutlierRule(over_years=False, max_winsorised=most, skewness_limit=limits[0], kurtosis_limit=limits[1])
    column = many(seed)
    made, within = winsorised(column, float(skewness_and_kurtosis(column, axis=0)[0]), rule)
    expected = added_up_anew(column, rule)
    np.testing.assert_array_equal(made, expected[0])
    assert within is expected[1]


@pytest.mark.parametrize("limit", [0.0, 1.0])
def test_what_lies_at_a_limit_is_told_by_moments_that_are_added_up_anew(limit: float) -> None:
    rule = OutlierRule(over_years=False, skewness_limit=limit, kurtosis_limit=3.5)
    assert rule.told_by(limit + 1e-8, 9.0) and rule.told_by(-limit - 1e-8, 9.0)
    assert not rule.told_by(limit + 1e-12, 9.0) and not rule.told_by(-5.0, 3.5) and not rule.told_by(np.nan, np.nan)
    assert not rule.told_by(1e-12, 9.0), "the side that the next value is on hangs on it"


@pytest.mark.parametrize("number", [1, 6, 2000])
def test_the_outermost_of_many_values_are_those_of_a_sort(number: int) -> None:
    rng = np.random.default_rng(number)
    values = rng.normal(size=MANY).round(2)
    values[::3] = np.nan
    values[1024:2048] = values[1024:2048] - 9  # side by side
    values[5::1024] = 50.0  # all in one of the sets that they are dealt into
    rising = np.sort(values[~np.isnan(values)])
    least, greatest = outermost_of(values, number)
    np.testing.assert_array_equal(least, rising[:number])
    np.testing.assert_array_equal(greatest, rising[::-1][:number])


def test_of_values_that_are_nearly_all_missing_the_outermost_are_found() -> None:
    values = np.full(MANY, np.nan)
    values[[3, 70, 71]] = [2.0, 1.0, 3.0]
    assert [ends.tolist() for ends in outermost_of(values, 2)] == [[1.0, 2.0], [3.0, 2.0]]
