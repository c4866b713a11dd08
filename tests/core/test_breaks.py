"""Natural breaks against every possible division, and their laws."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.breaks import natural_breaks
from tests.support.examples import examples

Array = np.ndarray[Any, Any]


def deviations(values: Array, classes: Array) -> float:
    return sum(float(((values[classes == c] - values[classes == c].mean()) ** 2).sum()) for c in set(classes.tolist()))


def least(values: Array, n: int) -> float:
    """By trying all."""
    distinct = np.unique(values)
    found = np.inf
    for cuts in combinations(range(1, len(distinct)), n - 1):
        classes = np.searchsorted(np.array(cuts), np.searchsorted(distinct, values), side="right")
        found = min(found, deviations(values, classes))
    return float(found)


@examples(300)
@given(st.lists(st.integers(0, 15), min_size=1, max_size=11), st.integers(1, 5))
def test_no_other_division_has_smaller_deviations(numbers: list[int], n: int) -> None:
    values = np.array(numbers, dtype=float)
    n = min(n, len(np.unique(values)))
    classes = natural_breaks(values, n)
    assert set(classes.tolist()) == set(range(1, n + 1))
    assert deviations(values, classes) == pytest.approx(least(values, n), abs=1e-9)


@examples(100)
@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=40), st.integers(1, 6))
def test_classes_follow_the_order_of_the_values(numbers: list[float], n: int) -> None:
    values = np.array(numbers)
    classes = natural_breaks(values, n)[np.argsort(values, kind="stable")]
    assert (np.diff(classes) <= 0).all()
    for value in set(numbers):
        assert len(set(natural_breaks(values, n)[values == value].tolist())) == 1


def test_jenks_own_kind_of_example() -> None:
    # Three groups that anybody would see.
    values = np.array([4, 5, 9, 10, 4, 5, 40, 41, 42], dtype=float)
    assert natural_breaks(values, 3).tolist() == [3, 3, 2, 2, 3, 3, 1, 1, 1]


def test_missing_values_have_no_class_and_fewer_values_fewer_classes() -> None:
    assert natural_breaks(np.array([np.nan, np.nan]), 3).tolist() == [0, 0]
    assert natural_breaks(np.array([2.0, np.nan, 1.0]), 9).tolist() == [1, 0, 2]


@pytest.mark.parametrize(("values", "n", "words"), [([1.0], 0, "at least 1, found 0"), ([np.inf], 1, "infinite")])
def test_what_cannot_be_divided_is_refused(values: list[float], n: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        natural_breaks(np.array(values), n)
