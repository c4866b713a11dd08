"""CRITIC, principal components and equal importance: published examples and hand-worked cases."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import nnls

from bdindex_xl.core import correlated_weights
from bdindex_xl.core.correlated_weights import critic, equal_importance, pca
from bdindex_xl.core.weight import Families
from tests.support.examples import examples

Array = np.ndarray[Any, Any]
nan = np.nan

# Four children of 50 units: murder, assault, urban population, rape in the United States in 1973 (McNeil 1977).
ARRESTS = np.fromstring(
    """13.2 236 58 21.2 10 263 48 44.5 8.1 294 80 31 8.8 190 50 19.5 9 276 91 40.6 7.9 204 78 38.7 3.3 110 77 11.1
    5.9 238 72 15.8 15.4 335 80 31.9 17.4 211 60 25.8 5.3 46 83 20.2 2.6 120 54 14.2 10.4 249 83 24 7.2 113 65 21
    2.2 56 57 11.3 6 115 66 18 9.7 109 52 16.3 15.4 249 66 22.2 2.1 83 51 7.8 11.3 300 67 27.8 4.4 149 85 16.3
    12.1 255 74 35.1 2.7 72 66 14.9 16.1 259 44 17.1 9 178 70 28.2 6 109 53 16.4 4.3 102 62 16.5 12.2 252 81 46
    2.1 57 56 9.5 7.4 159 89 18.8 11.4 285 70 32.1 11.1 254 86 26.1 13 337 45 16.1 0.8 45 44 7.3 7.3 120 75 21.4
    6.6 151 68 20 4.9 159 67 29.3 6.3 106 72 14.9 3.4 174 87 8.3 14.4 279 48 22.5 3.8 86 45 12.8 13.2 188 59 26.9
    12.7 201 80 25.5 3.2 120 80 22.9 2.2 48 32 11.2 8.5 156 63 20.7 4 145 73 26.2 5.7 81 39 9.3 2.6 53 66 10.8
    6.8 161 60 15.6""",
    sep=" ",
).reshape(50, 4)


def one_parent(values: Any) -> tuple[Array, Families]:
    return np.asarray(values, dtype=float)[None], Families.of_sizes([np.shape(values)[1]])


def min_max(values: Any, direction: float | Array = 1.0) -> Array:
    turned = np.asarray(values, dtype=float) * direction
    scores: Array = (turned - turned.min(axis=0)) / np.ptp(turned, axis=0)
    return scores


def reached(values: Array, weights: Array) -> Array:
    """Correlations of children with the parent's score."""
    score = values @ weights
    return np.array([np.corrcoef(column, score)[0, 1] for column in values.T])


# ---- CRITIC


def test_critic_has_the_weights_of_diakoulaki_and_others() -> None:
    # Doi 10.1016/0305-0548(94)00059-H: eight firms by profitability, market share and productivity.
    firms = [[61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9, 3.29, 1.65], [5.4, 2.77, 2.33], [4, 4.12, 1.21], [-6.1, 3.52, 2.10], [-34.6, 3.31, 0.98]]  # fmt: skip
    found = critic(*one_parent(min_max(firms)), axis=1)[0]
    np.testing.assert_allclose(found, [0.20, 0.48, 0.32], atol=5e-3)
    np.testing.assert_allclose(found, [0.20222554, 0.48090173, 0.31687273], atol=1e-8)


def test_critic_has_the_weights_of_tus_and_adali() -> None:
    # 2019, doi:10.1007/s12597-019-00371-6
    software = [[5000, 3, 3, 4, 3, 2], [680, 5, 3, 2, 2, 1], [2000, 3, 2, 3, 4, 3], [600, 4, 3, 1, 2, 2], [800, 2, 4, 3, 3, 4]]  # fmt: skip
    found = critic(*one_parent(min_max(software)), axis=1)[0]
    np.testing.assert_allclose(found, [0.157, 0.249, 0.168, 0.121, 0.154, 0.151], atol=6e-4)


def test_critic_takes_scores_as_they_are() -> None:
    # Correlation -1 for all: weights by standard deviation, 0.5 and 0.125.
    found = critic(*one_parent([[0.0, 0.75], [1.0, 0.5]]), axis=1)[0]
    np.testing.assert_allclose(found, [0.8, 0.2], rtol=1e-12)


def test_critic_shares_equally_among_those_that_vary_where_nothing_is_in_conflict() -> None:
    rising = np.linspace(0, 1, 7)
    values = np.column_stack([rising, rising / 2, np.full(7, 0.3), np.full(7, nan)])
    np.testing.assert_allclose(critic(*one_parent(values), axis=1), [[0.5, 0.5, 0.0, 0.0]], rtol=1e-12)
    np.testing.assert_array_equal(critic(*one_parent(values[:, 1:]), axis=1), [[1.0, 0.0, 0.0]])


def test_critic_takes_two_that_have_no_units_in_common_as_uncorrelated() -> None:
    # Standard deviations 0.5 and 0.25, conflict 1 each.
    values = [[0.0, nan], [1.0, nan], [nan, 0.25], [nan, 0.75], [0.5, 0.5], [nan, nan]]
    values[4] = [nan, nan]
    np.testing.assert_allclose(critic(*one_parent(values), axis=1), [[2 / 3, 1 / 3]], rtol=1e-12)


def test_critic_correlates_over_the_units_in_common() -> None:
    # Over the two in common correlations are 1 and -1; without them, 0 to 1 has deviation sqrt(1/6) and the others 1/2.
    values = np.array([[0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [0.5, nan, nan]])
    expected = np.array([np.sqrt(1 / 6) * 2, 0.5 * 2, 0.5 * 4])
    np.testing.assert_allclose(critic(*one_parent(values), axis=1)[0], expected / expected.sum(), rtol=1e-12)


# ---- principal components


def test_pca_has_the_loadings_of_james_and_others() -> None:
    # An Introduction to Statistical Learning, 2013, doi:10.1007/978-1-4614-7138-7, table 10.1.
    loadings = np.array([0.5358995, 0.5831836, 0.2781909, 0.5434321])
    found = pca(*one_parent(min_max(ARRESTS)), axis=1)[0]
    np.testing.assert_allclose(found, loadings**2, atol=2e-7)


def test_pca_weighs_two_children_the_same_however_they_correlate() -> None:
    for second in ([0.0, 0.5, 1.0, 0.75], [1.0, 0.2, 0.0, 0.1], [0.5, 1.0, 1.0, 0.5]):
        values = np.column_stack([[0.0, 0.25, 0.75, 1.0], second])
        np.testing.assert_allclose(pca(*one_parent(values), axis=1), [[0.5, 0.5]], rtol=1e-9)


def test_pca_of_uncorrelated_children_does_not_depend_on_how_components_are_turned() -> None:
    values = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    np.testing.assert_allclose(pca(*one_parent(values), axis=1), [[1 / 3] * 3], rtol=1e-12)
    # Each correlates with each by -1/7: six components of seven explain the same, but for rounding.
    np.testing.assert_allclose(pca(*one_parent(np.eye(8)[:, :7]), axis=1), [[1 / 7] * 7], rtol=1e-9)


def test_pca_gives_a_child_that_goes_with_no_other_next_to_nothing() -> None:
    # Two twins and one uncorrelated with them: the first component is the twins'.
    values = [[0, 0, 0], [1, 1, 0], [0, 0, 1], [1, 1, 1]]
    np.testing.assert_allclose(pca(*one_parent(values), axis=1), [[0.5, 0.5, 0.0]], atol=1e-12)


# ---- equal importance


def test_uncorrelated_children_are_as_important_with_equal_standard_deviations() -> None:
    values = np.array([[a, 0.5 * b, 0.1 * c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    found = equal_importance(*one_parent(values), axis=1)[0]
    np.testing.assert_allclose(found, np.array([1, 2, 10]) / 13, rtol=1e-12)
    np.testing.assert_allclose(reached(values, found) ** 2, 1 / 3, rtol=1e-12)


def test_importances_are_those_asked_for_where_they_can_be_had() -> None:
    asked = np.array([1.0, 1.5, 0.5, 1.0])
    rng = np.random.default_rng(2)
    values = rng.random((80, 4)) ** [1, 2, 3, 4] + 0.2 * rng.random((80, 1))
    for importance in (None, asked):
        found = equal_importance(*one_parent(values), axis=1, importance=importance)[0]
        assert (found > 0).all()
        squares = reached(values, found) ** 2
        wanted = np.ones(4) if importance is None else asked
        np.testing.assert_allclose(squares / squares.sum(), wanted / wanted.sum(), rtol=1e-9)


@pytest.mark.slow
def test_where_importances_cannot_be_had_no_other_weights_come_closer() -> None:
    # The third child is against both others: the score cannot go with all three alike.
    rng = np.random.default_rng(1)
    common = rng.random(60)
    values = np.column_stack(
        [common + 0.2 * rng.random(60), common + 0.3 * rng.random(60), 1 - common + rng.random(60)]
    )
    values = np.column_stack([values, values[:, 0] + 0.02 * rng.random(60)])
    asked = np.array([1.0, 4.0, 1.0, 9.0])

    def closeness(weights: Array) -> float:
        found = reached(values, weights)
        return float(found @ np.sqrt(asked) / np.linalg.norm(found))

    found = equal_importance(*one_parent(values), axis=1, importance=asked)[0]
    assert found.min() == 0.0
    assert all(closeness(found) >= closeness(other) - 1e-12 for other in rng.dirichlet(np.ones(4), 3000))
    solution = nnls(np.corrcoef(values.T), np.sqrt(asked))[0] / values.std(axis=0)
    np.testing.assert_allclose(found, solution / solution.sum(), rtol=1e-7)


@examples(100)
@given(st.integers(0, 10**6), st.integers(2, 8))
def test_the_best_is_found_whatever_goes_against_what(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n + 3, n))
    found = equal_importance(*one_parent(values), axis=1)[0]
    solution = nnls(np.corrcoef(values.T), np.ones(n))[0] / values.std(axis=0)
    np.testing.assert_allclose(found, solution / solution.sum(), rtol=0, atol=1e-6)


def test_twins_share_where_importances_cannot_be_had_and_in_any_order() -> None:
    values = np.random.default_rng(29).normal(size=(12, 4))
    values = np.column_stack([values, values[:, 0] / 2, values[:, 2] * 3])
    found = equal_importance(*one_parent(values), axis=1)[0]
    assert found.min() == 0.0
    standardised = found * values.std(axis=0)
    np.testing.assert_allclose(standardised[[0, 2]], standardised[[4, 5]], rtol=1e-9)
    for order in ([5, 4, 3, 2, 1, 0], [1, 4, 5, 0, 2, 3]):
        again = equal_importance(*one_parent(values[:, order]), axis=1)[0]
        np.testing.assert_allclose(again, found[order], rtol=1e-9, atol=1e-15)


def test_children_against_each_other_share_by_standard_deviation() -> None:
    found = equal_importance(*one_parent([[0.0, 0.5], [1.0, 0.25]]), axis=1)
    np.testing.assert_allclose(found, [[0.2, 0.8]], rtol=1e-12)


def test_no_importance_at_all_is_as_good_as_equal() -> None:
    values = min_max(ARRESTS)
    found = equal_importance(*one_parent(values), axis=1, importance=[0, 0, 0, 0])[0]
    np.testing.assert_allclose(found * values.std(axis=0), (found * values.std(axis=0))[0], rtol=1e-12)


def test_importances_that_are_none_are_refused() -> None:
    scores, families = one_parent(ARRESTS[:, :2])
    with pytest.raises(ValueError, match=r"^importance: expected shape \(2,\), found \(3,\)$"):
        equal_importance(scores, families, axis=1, importance=[1, 1, 1])
    for wrong in (-1.0, nan, np.inf):
        with pytest.raises(ValueError, match=r"^importance: expected numbers >= 0, found \[1\.0, "):
            equal_importance(scores, families, axis=1, importance=[1.0, wrong])


@pytest.mark.parametrize("n_units", [4, 12, 60])
@pytest.mark.parametrize("n_children", [3, 8, 40])
def test_many_that_change_sides_at_once_end_where_one_by_one_do(n_units: int, n_children: int) -> None:
    for seed in range(5):
        values = np.random.default_rng(seed).random((n_units, n_children))
        values[:, -1] = values[:, 0] if seed % 2 else 1.0 - values[:, 0]
        ridge = np.vstack([np.corrcoef(values.T), 1e-6 * np.eye(n_children)])
        aim = np.concatenate([np.ones(n_children), np.zeros(n_children)])
        at_once, singly = (
            solve(ridge, aim) for solve in (correlated_weights._non_negative, correlated_weights._one_by_one)
        )
        away = [float(np.linalg.norm(ridge @ solution - aim)) for solution in (at_once, singly)]
        assert away[0] == pytest.approx(away[1], rel=1e-12)
        if n_units > n_children:  # else much the same can be had in many ways
            np.testing.assert_allclose(at_once, singly, atol=1e-9 * singly.max())
