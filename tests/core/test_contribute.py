"""Parts of a weighted mean: they add up to it, whatever is missing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bdindex_xl.core.aggregate import arithmetic
from bdindex_xl.core.contribute import contributions
from tests.support.examples import examples

Array = np.ndarray[Any, Any]

scores = st.tuples(st.integers(1, 12), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.floats(0, 1) | st.just(float("nan")))
)


def means(values: Array, weights: Array, least: float) -> Array:
    made = arithmetic([(values.T[None], weights[None, None], np.ones((1, weights.size)))], min_available=least)
    found: Array = made[0, 0]
    return found


@examples(300)
@given(scores, st.data())
def test_parts_add_up_to_the_weighted_mean_where_there_is_one(values: Array, data: st.DataObject) -> None:
    n = values.shape[1]
    importance = np.array(data.draw(st.lists(st.integers(0, 9), min_size=n, max_size=n).filter(any)), dtype=float)
    weights = importance / importance.sum()
    least = data.draw(st.sampled_from([0.0, 0.5, 0.65, 1.0]))
    parts, expected = contributions(values, weights, min_available=least), means(values, weights, least)
    scored = ~np.isnan(expected)
    np.testing.assert_allclose(np.nansum(parts[scored], axis=1), expected[scored], rtol=0, atol=1e-12)
    assert np.isnan(parts[~scored]).all()
    np.testing.assert_array_equal(np.isnan(parts[scored]), np.isnan(values[scored]))


def test_a_part_is_weight_times_score_over_the_weight_that_is_there() -> None:
    values = np.array([[1.0, 0.5, 0.0], [0.8, np.nan, 0.2]])
    parts = contributions(values, np.array([0.5, 0.3, 0.2]), min_available=0.65)
    np.testing.assert_allclose(parts, [[0.5, 0.15, 0.0], [0.8 * 5 / 7, np.nan, 0.2 * 2 / 7]], rtol=1e-15)


def test_exactly_enough_children_are_enough() -> None:
    assert 0.55 * 100 > 55  # shares are not exact in binary
    values = np.where(np.arange(100) < 55, 0.5, np.nan)[None]
    parts = contributions(values, np.full(100, 0.01), min_available=0.55)
    assert np.nansum(parts) == pytest.approx(0.5)
    assert np.isnan(contributions(values, np.full(100, 0.01), min_available=0.56)).all()


def test_children_without_weight_alone_give_no_parts() -> None:
    parts = contributions(np.array([[0.4, np.nan]]), np.array([0.0, 1.0]), min_available=0.5)
    assert np.isnan(parts).all()


def test_weights_of_another_number_are_refused() -> None:
    with pytest.raises(ValueError, match=r"weights: expected shape \(2,\), found \(3,\)"):
        contributions(np.ones((4, 2)), np.ones(3), min_available=0.65)
