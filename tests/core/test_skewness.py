"""Skewness and kurtosis against published figures, scipy and their laws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from bdindex_xl.core.skewness import kurtosis, skewness, skewness_and_kurtosis
from tests.support.examples import examples

Array = np.ndarray[Any, Any]

SAMPLES = st.lists(st.integers(-1000, 1000), min_size=4, max_size=30)


def test_the_example_of_excels_own_help() -> None:
    # Excel's help on SKEW and KURT: =SKEW(3,4,5,2,3,4,5,6,4,7) is 0.359543071, =KURT of the same -0.151799637.
    values = np.array([3, 4, 5, 2, 3, 4, 5, 6, 4, 7], dtype=float)
    assert skewness(values, axis=0) == pytest.approx(0.359543071, abs=5e-10)
    assert kurtosis(values, axis=0) == pytest.approx(-0.151799637, abs=5e-10)


def test_the_example_of_coinrs_documentation() -> None:
    # COINr, vignette "Outlier Treatment": x <- c(1:10, 30, 100) has skew 3.063241 and kurt 9.741391.
    values = np.array([*range(1, 11), 30, 100], dtype=float)
    assert skewness(values, axis=0) == pytest.approx(3.063241, abs=5e-7)
    assert kurtosis(values, axis=0) == pytest.approx(9.741391, abs=5e-7)


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_scipy_agrees_along_every_axis_of_a_panel_with_gaps(axis: int) -> None:
    rng = np.random.default_rng(5)
    values = rng.lognormal(size=(9, 40, 11))
    values[rng.random(values.shape) < 0.2] = np.nan
    assert skewness(values, axis=axis) == pytest.approx(
        stats.skew(values, axis=axis, bias=False, nan_policy="omit"), rel=1e-11
    )
    expected = stats.kurtosis(values, axis=axis, bias=False, nan_policy="omit")
    expected = np.where((~np.isnan(values)).sum(axis=axis) >= 4, expected, np.nan)  # scipy goes on with the biased one
    assert kurtosis(values, axis=axis) == pytest.approx(expected, rel=1e-10, abs=1e-12, nan_ok=True)


def test_blocks_of_units_are_put_together() -> None:
    values = np.random.default_rng(6).exponential(size=(1, 40_000, 2))
    values[0, ::7, 1] = np.nan
    values[0, 39_999, 0] = 500.0
    assert skewness(values, axis=1)[0] == pytest.approx(
        stats.skew(values[0], axis=0, bias=False, nan_policy="omit"), rel=1e-10
    )


@pytest.mark.parametrize(
    ("values", "has_skewness", "has_kurtosis"),
    [
        ([], False, False),
        ([np.nan, np.nan, np.nan, np.nan], False, False),
        ([1, 2, np.nan, np.nan], False, False),
        ([1, 2, 4, np.nan], True, False),
        ([1, 2, 4, 8, np.nan], True, True),
        ([0.1, 0.1, 0.1, 0.1, 0.1, 0.1], False, False),
    ],
)
def test_too_few_values_and_equal_ones_have_none(values: list[float], has_skewness: bool, has_kurtosis: bool) -> None:
    g1, g2 = skewness_and_kurtosis(np.array(values, dtype=float), axis=0)
    assert (not np.isnan(g1), not np.isnan(g2)) == (has_skewness, has_kurtosis)


@examples(200)
@given(SAMPLES, st.sampled_from([1e-200, 1e-3, 3.0, 1e200]), st.integers(-9, 9))
def test_the_measure_does_not_matter_and_a_turned_scale_turns_the_skew(
    numbers: list[int], scale: float, shift: int
) -> None:
    assume(len(set(numbers)) > 1)
    values = np.array(numbers, dtype=float)
    g1, g2 = skewness_and_kurtosis(values, axis=0)
    other = skewness_and_kurtosis((values + shift) * -scale, axis=0)
    assert other == (pytest.approx(-g1, rel=1e-9, abs=1e-9), pytest.approx(g2, rel=1e-9, abs=1e-9))


@examples(100)
@given(SAMPLES, st.randoms(use_true_random=False))
def test_neither_the_order_of_the_values_nor_gaps_between_them_matter(numbers: list[int], random: Any) -> None:
    mixed: list[float] = [*numbers, np.nan, np.nan]
    random.shuffle(mixed)
    before = skewness_and_kurtosis(np.array(numbers, dtype=float), axis=0)
    after = skewness_and_kurtosis(np.array(mixed), axis=0)
    assert np.allclose(before, after, rtol=1e-9, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("values", [[1.0, np.inf, 2.0], [-1.7e308, 0.0, 1.7e308]])
def test_what_has_no_finite_range_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="values: expected finite values whose range is finite, found an infinite one"):
        skewness(np.array(values), axis=0)


def test_the_values_given_stay_as_they_are() -> None:
    values = np.array([1.0, np.nan, 3.0, 9.0])
    skewness_and_kurtosis(values, axis=0)
    assert np.array_equal(values, [1.0, np.nan, 3.0, 9.0], equal_nan=True)
