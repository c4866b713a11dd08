"""Moments and correlations over units: numpy's own, in blocks and with gaps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bdindex_xl.core.moments import by_units, correlations, moments
from bdindex_xl.core.weight import Families

Array = np.ndarray[Any, Any]


@pytest.mark.parametrize("block", [2, 33, 16384])
@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_blocks_add_up_to_numpys_moments(block: int, missing: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bdindex_xl.core.parallel.BLOCK", block)
    rng = np.random.default_rng(block)
    units = rng.random((2, 100, 3)) + np.array([0.0, 10.0, 1e6])
    units[rng.random(units.shape) < missing] = np.nan
    found = moments(units)
    np.testing.assert_array_equal(found.counts, (~np.isnan(units)).sum(axis=1))
    np.testing.assert_allclose(found.means, np.nanmean(units, axis=1), rtol=1e-13)
    np.testing.assert_allclose(found.deviations, np.nanstd(units, axis=1), rtol=1e-9)


@pytest.mark.parametrize("size", [1, 2, 100_000])
def test_what_is_the_same_everywhere_has_no_deviation(size: int) -> None:
    assert moments(np.full((1, size, 1), 0.1)).deviations == 0.0
    assert moments(np.array([[[0.1], [0.1 + 1e-9]]])).deviations == pytest.approx(5e-10, rel=1e-6)


def test_correlations_far_from_zero_keep_their_digits() -> None:
    wave = np.linspace(0, 1, 50)
    units = np.column_stack([1e6 + wave, 1e6 + wave**2])[None]
    found = correlations(units, Families.of_sizes([2]), moments(units).means)[0]
    assert found[0, 0, 1] == pytest.approx(np.corrcoef(wave, wave**2)[0, 1], rel=1e-9)


@pytest.mark.parametrize("gap", [False, True])
def test_large_families_are_correlated_in_many_products(gap: bool) -> None:
    units = np.random.default_rng(4).random((1, 700, 40))
    if gap:
        units[0, 0] = np.nan
    found = correlations(units, Families.of_sizes([30, 10]), moments(units).means)
    whole = np.corrcoef(units[0, int(gap) :].T)
    np.testing.assert_allclose(found[0][0], whole[:30, :30], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found[1][0], whole[30:, 30:], rtol=0, atol=1e-12)


def test_units_that_two_have_in_common_must_vary() -> None:
    # The first is 0.7 wherever the second has a value; the third has a single unit in common with it.
    nan = np.nan
    units = np.array([[[0.7, 0.1, nan], [0.7, 0.8, nan], [0.7, 0.9, 0.2], [0.0, nan, 0.4], [1.0, nan, 0.8]]])
    found = correlations(units, Families.of_sizes([3]), moments(units).means)[0][0]
    expected = np.corrcoef([0.7, 0.0, 1.0], [0.2, 0.4, 0.8])[0, 1]
    np.testing.assert_allclose(found, [[1, 0, expected], [0, 1, 0], [expected, 0, 1]], rtol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_what_goes_together_but_for_rounding_correlates_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    base = rng.random(30)
    units = np.column_stack([base, 0.1 + base / 3, 1 - 0.7 * base, np.full(30, 0.1)])[None]
    found = correlations(units, Families.of_sizes([4]), moments(units).means)[0][0]
    np.testing.assert_array_equal(found, [[1, 1, -1, 0], [1, 1, -1, 0], [-1, -1, 1, 0], [0, 0, 0, 1]])


def test_units_lie_on_axis_one_without_a_copy() -> None:
    scores = np.zeros((1, 2, 5))
    assert np.shares_memory(by_units(scores, Families.of_sizes([2]), axis=2), scores)
