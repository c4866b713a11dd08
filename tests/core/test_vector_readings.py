"""Other readings of the improved vector method: hand-worked numbers, and what holds for all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.vector_readings import inverse_distance, inverse_one_plus_distance, one_minus_distance
from bdindex_xl.core.weight import Families, improved_vector, squared_distances
from tests.support.examples import examples

Array = np.ndarray[Any, Any]

READINGS = {reading.__name__: reading for reading in (inverse_distance, one_minus_distance, inverse_one_plus_distance)}
readings = pytest.mark.parametrize("name", READINGS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # distances 0.2, 0.5 and 0.8 over 4 units
        ("inverse_distance", np.array([20, 8, 5]) / 33),
        ("one_minus_distance", np.array([8, 5, 2]) / 15),
        ("inverse_one_plus_distance", np.array([1 / 1.2, 1 / 1.5, 1 / 1.8]) / (1 / 1.2 + 1 / 1.5 + 1 / 1.8)),
    ],
)
def test_the_numbers_worked_by_hand(name: str, expected: Array) -> None:
    sums = 4 * np.array([[0.04, 0.25, 0.64]])
    found = READINGS[name](sums, np.full((1, 3), 4.0), Families.of_sizes([3]))
    np.testing.assert_allclose(found[0], expected, rtol=1e-12)


def test_one_over_the_distance_is_the_root_of_the_improved_vector_method() -> None:
    sums, counts = squared_distances(np.random.default_rng(0).random((2, 20, 5)), axis=1)
    families = Families.of_sizes([2, 3])
    root = np.sqrt(improved_vector(sums, counts, families))
    totals = np.add.reduceat(root, families.starts, axis=1)[:, families.owner]
    np.testing.assert_allclose(inverse_distance(sums, counts, families), root / totals, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # distances 0, 0, 1, none | 1, none | none
        ("inverse_distance", [0.5, 0.5, 0.0, 0.0, 1.0, 0.0, 0.0]),
        ("one_minus_distance", [0.5, 0.5, 0.0, 0.0, 1.0, 0.0, 0.0]),
        ("inverse_one_plus_distance", [0.4, 0.4, 0.2, 0.0, 1.0, 0.0, 0.0]),
    ],
)
def test_at_both_ends_and_without_values(name: str, expected: list[float]) -> None:
    sums = np.array([[0.0, 0.0, 3.0, 0.0, 3.0, 0.0, 0.0]])
    counts = np.array([[3.0, 3.0, 3.0, 0.0, 3.0, 0.0, 0.0]])
    found = READINGS[name](sums, counts, Families.of_sizes([4, 2, 1]))
    np.testing.assert_allclose(found, [expected], rtol=1e-12)


@readings
@examples(60)
@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=5, max_size=5))
def test_the_closer_child_never_weighs_less_and_weights_sum_to_one(name: str, children: list[tuple[int, bool]]) -> None:
    families = Families.of_sizes([2, 3])
    counts = np.array([[7.0 * present for _, present in children]])
    sums = counts * np.array([[k / 20 for k, _ in children]]) ** 2
    found = READINGS[name](sums, counts, families)
    expected = np.add.reduceat(counts, families.starts, axis=1) > 0
    np.testing.assert_allclose(np.add.reduceat(found, families.starts, axis=1), expected, rtol=0, atol=1e-12)
    for own in (slice(0, 2), slice(2, 5)):
        there = counts[0, own] > 0
        order = np.argsort(sums[0, own][there])
        assert (np.diff(found[0, own][there][order]) <= 1e-12).all()


@readings
def test_scores_above_one_do_not_turn_weights_negative(name: str) -> None:
    found = READINGS[name](np.array([[1.44, 0.25]]), np.ones((1, 2)), Families.of_sizes([2]))
    assert (found >= 0).all() and found.sum() == pytest.approx(1)


@readings
def test_sums_and_counts_of_different_shapes_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"^counts: expected shape \(1, 2\), found \(2, 2\)$"):
        READINGS[name](np.ones((1, 2)), np.ones((2, 2)), Families.of_sizes([2]))
