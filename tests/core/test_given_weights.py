"""Weights that people give: Saaty's own examples, matrices with gaps and faults, and mixes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.given_weights import RANDOM_INDEX, ahp, mix
from bdindex_xl.core.weight import Families
from tests.support.examples import examples

Array = np.ndarray[Any, Any]
nan = np.nan

# Saaty 2008, doi:10.1504/IJSSCI.2008.017590: which drink is consumed more in the United States (coffee, wine, tea,
# beer, sodas, milk, water).
DRINKS = np.array([
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
])  # fmt: skip


def test_drinks_have_saatys_weights_and_consistency_ratio() -> None:
    weights, ratio = ahp(DRINKS)
    np.testing.assert_allclose(weights, [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], atol=6e-4)
    assert ratio == pytest.approx(0.022, abs=6e-4)


def test_the_random_indices_are_saatys() -> None:
    # 1980, for matrices of order 1 to 15
    assert RANDOM_INDEX == (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)


def test_the_ratio_of_three_that_contradict_each_other_worked_by_hand() -> None:
    # a > b > c > a, twice each: a circulant matrix, lambda = 1 + 2 + 1/2; (3.5 - 3) / 2 / 0.58.
    weights, ratio = ahp([[1, 2, 1 / 2], [1 / 2, 1, 2], [2, 1 / 2, 1]])
    np.testing.assert_allclose(weights, [1 / 3] * 3, rtol=1e-12)
    assert ratio == pytest.approx(0.25 / 0.58, rel=1e-12)


@pytest.mark.parametrize("half", [np.triu, np.tril])
def test_either_triangle_is_enough(half: Any) -> None:
    gaps = np.where(half(np.ones_like(DRINKS), 0 if half is np.triu else -1) > 0, DRINKS, nan)
    full, filled = ahp(DRINKS), ahp(gaps)
    np.testing.assert_allclose(filled.weights, full.weights, rtol=1e-12)
    assert filled.consistency_ratio == pytest.approx(full.consistency_ratio, rel=1e-9)


def test_one_and_two_children_never_contradict_each_other() -> None:
    assert ahp([[nan]]) == (pytest.approx([1.0]), 0.0)
    assert ahp([[1, 3], [nan, 1]]) == (pytest.approx([0.75, 0.25]), 0.0)  # type: ignore[arg-type]
    assert ahp([[1, 3], [0.33, 1]]).consistency_ratio == 0.0  # type: ignore[arg-type]


@examples(60)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=15), st.randoms(use_true_random=False))
def test_comparisons_that_agree_give_back_the_weights_in_any_order(importances: list[float], random: Any) -> None:
    random.shuffle(importances)
    expected = np.array(importances) / sum(importances)
    weights, ratio = ahp(expected[:, None] / expected)
    np.testing.assert_allclose(weights, expected, rtol=1e-9)
    assert 0 <= ratio < 1e-9


def test_all_faults_are_named_by_row_and_column() -> None:
    with pytest.raises(ValueError, match="^pairwise row") as caught:
        ahp([[1, -2, nan], [nan, 1, 0], [nan, nan, np.inf]])
    assert str(caught.value) == (
        "pairwise row 1, column 2: expected a positive number, found -2; "
        "pairwise row 2, column 3: expected a positive number, found 0; "
        "pairwise row 3, column 3: expected a positive number, found inf"
    )
    with pytest.raises(ValueError, match="^pairwise row") as caught:
        ahp([[1, 2, nan], [0.6, 1, 3], [nan, nan, 2]])
    assert str(caught.value) == (
        "pairwise row 2, column 1: expected 1 / 2, as row 1, column 2 has it, found 0.6; "
        "pairwise row 1, column 3: expected a number here or in the mirror image, found none; "
        "pairwise row 3, column 3: expected 1 on the diagonal, found 2"
    )


def test_the_tolerance_lets_rounded_reciprocals_pass() -> None:
    rounded = [[1, 7, 3], [0.14, 1, 0.33], [0.33, 3, 1]]
    assert ahp(rounded).weights.sum() == pytest.approx(1)  # type: ignore[arg-type]
    with pytest.raises(
        ValueError, match=r"^pairwise row 2, column 1: expected 1 / 7, as row 1, column 2 has it, found"
    ):
        ahp(rounded, tolerance=0.0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^tolerance: expected 0 to 1, found 2$"):
        ahp(rounded, tolerance=2)  # type: ignore[arg-type]


@pytest.mark.parametrize("matrix", [np.ones(3), np.ones((2, 3)), np.ones((16, 16)), np.ones((0, 0))])
def test_what_is_no_such_matrix_is_refused(matrix: Array) -> None:
    with pytest.raises(ValueError, match=r"^pairwise: expected a square matrix of order 1 to 15, found \("):
        ahp(matrix)


# ---- mixes

FAMILIES = Families.of_sizes([3, 2])
GIVEN = np.array([[0.5, 0.3, 0.2, 0.6, 0.4]])
FOUND = np.array([[0.2, 0.2, 0.6, 0.1, 0.9]])


def test_mixes_worked_by_hand() -> None:
    np.testing.assert_allclose(mix(GIVEN, FOUND, FAMILIES, share=0.25), [[0.275, 0.225, 0.5, 0.225, 0.775]], rtol=1e-12)
    product = np.array([0.10, 0.06, 0.12, 0.06, 0.36])  # Hwang & Yoon 1981
    expected = product / np.repeat([0.28, 0.42], [3, 2])
    squares = mix(GIVEN**2, FOUND**2, FAMILIES, share=0.5, how="multiplicative")
    np.testing.assert_allclose(squares, [expected], rtol=1e-12)


@pytest.mark.parametrize("how", ["arithmetic", "multiplicative"])
def test_the_ends_are_the_sets_themselves(how: Any) -> None:
    zeros = np.array([[0.0, 0.5, 0.5, 0.0, 1.0]])
    np.testing.assert_allclose(mix(GIVEN, zeros, FAMILIES, share=1, how=how), GIVEN, rtol=1e-12)
    np.testing.assert_allclose(mix(GIVEN, zeros, FAMILIES, share=0, how=how), zeros, rtol=1e-12)


@pytest.mark.parametrize("how", ["arithmetic", "multiplicative"])
def test_a_set_without_weights_leaves_a_parent_to_the_other(how: Any) -> None:
    none = np.array([[0.0, 0.0, 0.0, 0.1, 0.9]])
    left = mix(GIVEN, none, FAMILIES, share=0.5, how=how)[0, :3]
    right = mix(none, GIVEN, FAMILIES, share=0.5, how=how)[0, :3]
    np.testing.assert_allclose([left, right], [GIVEN[0, :3]] * 2, rtol=1e-12)
    np.testing.assert_array_equal(mix(none, none, FAMILIES, share=0.5, how=how)[0, :3], [0, 0, 0])


def test_sets_that_have_no_child_in_common_mix_arithmetically() -> None:
    found = mix(
        np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]]), Families.of_sizes([2]), share=0.75, how="multiplicative"
    )
    np.testing.assert_allclose(found, [[0.75, 0.25]], rtol=1e-12)


def test_given_weights_of_one_row_mix_with_those_of_every_year() -> None:
    years = np.vstack([FOUND, GIVEN])
    found = mix(10 * GIVEN[0], years, FAMILIES, share=0.5)
    np.testing.assert_allclose(found, [(GIVEN[0] + FOUND[0]) / 2, GIVEN[0]], rtol=1e-12)


@examples(100)
@given(
    st.lists(st.integers(0, 5), min_size=5, max_size=5),
    st.lists(st.integers(0, 5), min_size=5, max_size=5),
    st.floats(0, 1),
    st.sampled_from(["arithmetic", "multiplicative"]),
)
def test_mixes_sum_to_one_within_a_parent_and_lie_between(
    one: list[int], two: list[int], share: float, how: Any
) -> None:
    sets = np.array([one], dtype=float), np.array([two], dtype=float)
    found = mix(*sets, FAMILIES, share=share, how=how)
    some = np.add.reduceat(sets[0] + sets[1], FAMILIES.starts, axis=1) > 0
    np.testing.assert_allclose(np.add.reduceat(found, FAMILIES.starts, axis=1), some, rtol=0, atol=1e-12)
    assert (found[(sets[0] == 0) & (sets[1] == 0)] == 0).all()


def test_what_cannot_be_mixed_is_refused() -> None:
    for share in (-0.1, 1.1, nan):
        with pytest.raises(ValueError, match=rf"^share: expected 0 to 1, found {share}$"):
            mix(GIVEN, FOUND, FAMILIES, share=share)
    with pytest.raises(ValueError, match=r"^how: expected arithmetic or multiplicative, found harmonic$"):
        mix(GIVEN, FOUND, FAMILIES, share=0.5, how="harmonic")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^subjective: expected 5 children, found 2$"):
        mix(GIVEN[:, :2], FOUND, FAMILIES, share=0.5)
    with pytest.raises(
        ValueError, match=r"^objective: expected numbers >= 0, found \[\[0\.0, nan, 1\.0, -1\.0, 2\.0\]\]$"
    ):
        mix(GIVEN, np.array([0, nan, 1, -1, 2]), FAMILIES, share=0.5)
