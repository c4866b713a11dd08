"""Missing values are found and counted the same however many units there are and however they lie."""

from __future__ import annotations

import numpy as np
import pytest

from bdindex_xl.core.gaps import any_missing, number_missing, soon_missing
from bdindex_xl.core.moments import correlations, moments
from bdindex_xl.core.parallel import PART
from bdindex_xl.core.weight import Families


@pytest.mark.parametrize("n_units", [0, 1, 31, 32, 33, 70_001])
def test_missing_values_are_counted_by_child(n_units: int) -> None:
    missing = np.random.default_rng(n_units).random((2, n_units, 3)) < 0.4
    expected = missing.sum(axis=1)
    np.testing.assert_array_equal(number_missing(missing, axis=1), expected)
    np.testing.assert_array_equal(number_missing(np.swapaxes(missing, 1, 2), axis=2), expected)
    np.testing.assert_array_equal(number_missing(np.asfortranarray(missing), axis=1), expected)


def test_one_missing_value_is_found_wherever_it_is() -> None:
    block = np.zeros((1, PART + 1, 2))
    assert not any_missing(block)
    block[0, PART, 1] = np.nan
    assert any_missing(block) and not soon_missing(block, axis=1)
    block[0, 0, 1] = np.nan
    assert soon_missing(block, axis=1) and soon_missing(np.swapaxes(block, 1, 2), axis=2)
    assert not any_missing(block[:, :0])


def test_gaps_in_many_units_leave_moments_and_correlations_of_those_present() -> None:
    random = np.random.default_rng(3)
    units = random.random((1, 2 * PART + 7, 2))
    units[random.random(units.shape) < 0.1] = np.nan
    found = moments(units)
    np.testing.assert_allclose(found.means, np.nanmean(units, axis=1), rtol=1e-13)
    np.testing.assert_allclose(found.deviations, np.nanstd(units, axis=1), rtol=1e-13)
    both = units[0][~np.isnan(units[0]).any(axis=1)]
    (matrix,) = correlations(units, Families.of_sizes([2]), found.means)
    assert matrix[0, 0, 1] == pytest.approx(np.corrcoef(both.T)[0, 1], abs=1e-13)
