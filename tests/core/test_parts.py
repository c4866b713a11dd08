"""Gaps are worked on some units at a time: many units come to the same as few at a time."""

from __future__ import annotations

import numpy as np
import pytest

from bdindex_xl.core.aggregate import arithmetic
from bdindex_xl.core.parallel import PART
from bdindex_xl.core.weight import squared_distances


def gappy(n_units: int) -> np.ndarray:
    random = np.random.default_rng(1)
    scores = random.random((2, 5, n_units))
    scores[random.random(scores.shape) < 0.2] = np.nan
    return scores


def test_means_of_many_units_are_those_of_each() -> None:
    scores = gappy(2 * PART + 7)
    belongs = np.array([[1.0, 1, 1, 0, 0], [0, 0, 0, 1, 1]])
    weights = np.stack([belongs * [0.5, 0.3, 0.2, 0.6, 0.4]] * 2)
    whole = arithmetic([(scores, weights, belongs)], min_available=0.5)
    for u in (0, PART - 1, PART, 2 * PART, 2 * PART + 6):
        alone = arithmetic([(scores[:, :, u : u + 1], weights, belongs)], min_available=0.5)
        np.testing.assert_allclose(whole[:, :, u : u + 1], alone, rtol=0, atol=1e-15)


@pytest.mark.parametrize("axis", [1, 2])
def test_distances_of_many_units_add_up(axis: int) -> None:
    scores = gappy(2 * PART + 7)
    sums, counts = squared_distances(scores if axis == 2 else np.swapaxes(scores, 1, 2), axis=axis)
    np.testing.assert_allclose(sums, np.nansum((1 - scores) ** 2, axis=2), rtol=1e-12)
    np.testing.assert_array_equal(counts, (~np.isnan(scores)).sum(axis=2))
