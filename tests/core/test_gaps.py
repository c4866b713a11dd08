"""Missing values are found and counted the same however many units there are and however they lie."""

from __future__ import annotations

import numpy as np
import pytest

from bdindex_xl.core.gaps import any_missing, number_missing, soon_missing, sums_over_units
from bdindex_xl.core.means import MEANS
from bdindex_xl.core.missing_weights import enough, spread_equally, with_zeros
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


@pytest.mark.parametrize("n_units", [0, 1, 33, 70_001])
def test_sums_are_the_same_however_many_units_are_added_at_once(n_units: int) -> None:
    block = np.random.default_rng(n_units).random((2, n_units, 3))
    for one in (block, np.asfortranarray(block)):
        np.testing.assert_allclose(sums_over_units(one), block.sum(axis=1), rtol=1e-12)


@pytest.mark.parametrize("name", ["geometric", "median", "minimum", "mean-min", "mpi", "topsis", "grey relational"])
@pytest.mark.parametrize("gaps", [0.0, 0.2])
@pytest.mark.parametrize("own", [False, True])
def test_units_aggregated_many_at_once_have_the_scores_they_have_singly(name: str, gaps: float, own: bool) -> None:
    own = own and name != "grey relational"  # which compares units by the same weights
    random, families = np.random.default_rng(5), Families.of_sizes([1, 2, 3, 20])
    scores = random.random((1, PART + 9, 26))
    scores[random.random(scores.shape) < gaps] = np.nan
    scores[0, -9:] = scores[0, :9]
    weights = random.random((1, 26, PART + 9) if own else (1, 26))
    weights[:, 4] = 0.0
    if own:
        weights[:, :, -9:] = weights[:, :, :9]
    made = MEANS[name](np.swapaxes(scores, 1, 2), weights, families, min_available=0.65)
    np.testing.assert_array_equal(made[:, :, -9:], made[:, :, :9])
    if name in ("geometric", "median", "minimum", "mean-min"):
        few = weights[:, :, :9] if own else weights
        few_made = MEANS[name](np.swapaxes(scores[:, :9], 1, 2).copy(), few, families, min_available=0.65)
        np.testing.assert_allclose(made[:, :, :9], few_made, rtol=1e-13)


@pytest.mark.parametrize("own", [False, True])
def test_weights_of_many_units_go_to_the_children_that_each_has(own: bool) -> None:
    random, families = np.random.default_rng(6), Families.of_sizes([2, 3])
    scores = random.random((1, 5, PART + 9))
    scores[random.random(scores.shape) < 0.3] = np.nan
    weights = np.array([[0.25, 0.75, 0.5, 0.5, 0.0]])
    made = spread_equally(scores, np.repeat(weights[:, :, None], PART + 9, axis=2) if own else weights, families)
    said = ~np.isnan(scores) & (weights > 0)[:, :, None]
    assert (made[~said] == 0).all()
    for start, end in ((0, 2), (2, 5)):
        some = said[0, start:end].any(axis=0)
        np.testing.assert_allclose(made[0, start:end].sum(axis=0), np.where(some, 1.0, 0.0), rtol=1e-12)
        found = enough(scores, weights, families, min_available=0.5)[0, 0 if start == 0 else 1]
        present = (~np.isnan(scores[0, start:end])).mean(axis=0)
        np.testing.assert_array_equal(found, some & (present >= 0.5))
    np.testing.assert_array_equal(with_zeros(scores), np.nan_to_num(scores))
