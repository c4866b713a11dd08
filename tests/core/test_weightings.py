"""Weights from data: published examples, plain formulas beside ours, and what holds for all methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bdindex_xl.core.correlated_weights import critic, equal_importance, pca
from bdindex_xl.core.weight import Families
from bdindex_xl.core.weightings import angle, coefficient_of_variation, entropy, gini, merec, standard_deviation
from tests.support.examples import examples

Array = np.ndarray[Any, Any]
Method = Callable[..., Array]

METHODS: dict[str, Method] = {
    "angle": angle,
    "coefficient_of_variation": coefficient_of_variation,
    "critic": critic,
    "entropy": entropy,
    "equal_importance": equal_importance,
    "gini": gini,
    "merec": merec,
    "pca": pca,
    "standard_deviation": standard_deviation,
}
# Methods whose weights do not change when a child's scores are multiplied.
SCALE_FREE = ("angle", "coefficient_of_variation", "entropy", "gini", "pca")
methods = pytest.mark.parametrize("name", METHODS)
nan = np.nan

# Xu 2004, doi:10.1016/S0377-2217(03)00146-2; Shuai et al. 2012, doi:10.1109/CCDC.2012.6244621, weigh the same four.
XU = np.array([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]])


def one_parent(values: Array) -> tuple[Array, Families]:
    return np.asarray(values, dtype=float)[None], Families.of_sizes([np.shape(values)[1]])


def weights(name: str, values: Array) -> Array:
    """Weights of one year's units x children of one parent."""
    found: Array = METHODS[name](*one_parent(values), axis=1)[0]
    return found


# ---- published


def test_entropy_has_xus_weights() -> None:
    np.testing.assert_allclose(weights("entropy", XU), [0.4630, 0.3992, 0.1378, 0.0000], atol=5e-5)


def test_entropy_has_the_weights_of_zavadskas_and_podvezko() -> None:
    # 2016, doi:10.1142/S0219622016500036
    values = np.array([[3.0, 100, 10, 7], [2.5, 80, 8, 5], [1.8, 50, 20, 11], [2.2, 70, 12, 9]])
    np.testing.assert_allclose(weights("entropy", values), [0.1146, 0.1981, 0.4185, 0.2689], atol=6e-5)


def test_angle_and_coefficient_of_variation_have_the_weights_of_shuai_and_others() -> None:
    np.testing.assert_allclose(weights("angle", XU), [0.4150, 0.3612, 0.2227, 0.0012], atol=5e-5)
    np.testing.assert_allclose(weights("coefficient_of_variation", XU), [0.4258, 0.3610, 0.2121, 0.0011], atol=5e-5)


def test_standard_deviation_has_the_weights_of_salabun_and_others() -> None:
    # 2020, doi:10.3390/sym12091549
    values = [[0.619, 0.449, 0.447], [0.862, 0.466, 0.006], [0.458, 0.698, 0.771], [0.777, 0.631, 0.491], [0.567, 0.992, 0.968]]  # fmt: skip
    np.testing.assert_allclose(weights("standard_deviation", values), [0.217, 0.294, 0.488], atol=5e-4)  # type: ignore[arg-type]


# ---- plain formulas, one child or pair at a time


def plain(name: str, values: Array) -> Array:
    """Weights of units x children by the formulas as published, on what is there."""
    columns = [column[~np.isnan(column)] for column in values.T]
    with np.errstate(divide="ignore", invalid="ignore"):
        if name == "entropy":
            parts = [column / column.sum() for column in columns]
            told = [1 + np.sum(p[p > 0] * np.log(p[p > 0])) / np.log(len(p)) for p in parts]
        elif name == "angle":
            told = list(np.arccos([c.sum() / np.sqrt(len(c)) / np.linalg.norm(c) for c in columns]))
        elif name == "coefficient_of_variation":
            told = [column.std() / column.mean() for column in columns]
        elif name == "standard_deviation":
            told = [column.std() for column in columns]
        else:
            told = [c.std() * (1 - correlation(values)[j]).sum() for j, c in enumerate(columns)]
    return np.array(told) / np.sum(told)


def correlation(values: Array) -> Array:
    n = values.shape[1]
    found = np.eye(n)
    for j, k in np.argwhere(~np.eye(n, dtype=bool)):
        both = ~np.isnan(values[:, j] + values[:, k])
        found[j, k] = np.corrcoef(values[both, j], values[both, k])[0, 1]
    return found


@pytest.mark.parametrize("block", [3, 50, 16384])
@pytest.mark.parametrize("missing", [0.0, 0.2])
@pytest.mark.parametrize("name", [*SCALE_FREE[:3], "critic", "standard_deviation"])
def test_blocks_add_up_to_the_plain_formula(
    name: str, missing: float, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bdindex_xl.core.parallel.BLOCK", block)
    rng = np.random.default_rng(block)
    sizes = [3, 1, 4]
    values = rng.beta(0.8, 2.0, (2, 230, 8))
    values[rng.random(values.shape) < 0.1] = 0.0
    values[rng.random(values.shape) < missing] = nan
    expected = np.array([
        np.concatenate([plain(name, own) if own.shape[1] > 1 else [1.0] for own in np.split(year, [3, 4], axis=1)])
        for year in values
    ])  # fmt: skip
    families = Families.of_sizes(sizes)
    np.testing.assert_allclose(METHODS[name](values, families, axis=1), expected, rtol=1e-11)
    turned = np.ascontiguousarray(values.swapaxes(1, 2))
    np.testing.assert_allclose(METHODS[name](turned, families, axis=2), expected, rtol=1e-11)


@methods
def test_several_blocks_of_real_size_are_as_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    values = rng.random((40_000, 4)) ** [1, 2, 3, 4] + rng.random((40_000, 1)) * 0.2
    values[rng.random(values.shape) < 0.01] = nan
    several = weights(name, values)
    monkeypatch.setattr("bdindex_xl.core.parallel.BLOCK", 10**6)
    np.testing.assert_allclose(several, weights(name, values), rtol=1e-11)


@methods
def test_the_scores_are_left_as_they_were(name: str) -> None:
    values = np.array([[0.2, nan], [0.4, 0.1], [nan, 0.7]])
    before = values.copy()
    weights(name, values)
    np.testing.assert_array_equal(values, before)


# ---- where peers answer NaN


@methods
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([[0.3, 0.7, nan], [0.3, 0.7, nan]], [0.5, 0.5, 0.0]),  # constant, and none
        ([[0.1, 0.1, nan]] * 1000, [0.5, 0.5, 0.0]),  # constant, where the mean is rounded
        ([[0.0, 0.0, nan], [0.0, nan, nan]], [0.5, 0.5, 0.0]),  # 0 throughout
        ([[nan, nan, nan], [nan, nan, nan]], [0.0, 0.0, 0.0]),
        ([[0.5, 0.5, 0.5]], [1 / 3, 1 / 3, 1 / 3]),  # one unit
        (np.zeros((0, 3)), [0.0, 0.0, 0.0]),  # none
        ([[nan, 0.5, nan], [nan, 1.0, nan]], [0.0, 1.0, 0.0]),  # one child has values
    ],
)
def test_where_nothing_is_told_those_with_a_value_share_equally(name: str, values: Any, expected: list[float]) -> None:
    np.testing.assert_allclose(weights(name, np.array(values)), expected, atol=1e-12)


@methods
@pytest.mark.parametrize("constant", [0.0, 0.1, 1 / 3, 1.0])
def test_a_constant_child_has_no_weight_beside_one_that_varies(name: str, constant: float) -> None:
    rng = np.random.default_rng(5)
    values = np.column_stack([np.full(500, constant), rng.random(500)])
    values[::7] = nan
    np.testing.assert_array_equal(weights(name, values), [0.0, 1.0])


@pytest.mark.parametrize("name", sorted(METHODS.keys() - {"merec"}))  # which counts how many children a unit has
def test_children_without_information_change_nothing_for_the_others(name: str) -> None:
    values = np.random.default_rng(6).random((40, 3)) ** [1, 2, 3]
    alone = weights(name, values)
    more = np.column_stack([values, np.full(40, 0.25), np.full(40, nan)])
    np.testing.assert_allclose(weights(name, more), [*alone, 0.0, 0.0], rtol=1e-9, atol=1e-15)


def test_a_single_value_tells_nothing() -> None:
    values = np.array([[0.9, 0.0], [nan, 1.0]])
    for name in METHODS:
        np.testing.assert_allclose(weights(name, values), [0.0, 1.0], atol=1e-12, err_msg=name)


def test_entropy_takes_zero_times_its_logarithm_as_zero() -> None:
    # p = (0, 1): H = 0; p = (1/4, 3/4): H = 0.562335; over ln 2 = 0.693147: 1 and 0.188722 told
    np.testing.assert_allclose(
        weights("entropy", np.array([[0.0, 0.25], [1.0, 0.75]])),
        [1 / 1.1887218755, 0.1887218755 / 1.1887218755],
        rtol=1e-9,
    )


def test_entropy_tells_small_differences_from_rounding() -> None:
    # For small deviations, what is told is in proportion to the squared coefficient of variation.
    wave = np.tile([-1.0, 1.0], 500)
    values = np.column_stack([0.7 + 1e-8 * wave, 0.7 + 2e-8 * wave])
    np.testing.assert_allclose(weights("entropy", values), [0.2, 0.8], rtol=1e-6)


def test_the_angle_of_small_differences_keeps_its_digits() -> None:
    wave = np.tile([-1.0, 1.0], 500)
    values = np.column_stack([0.5 + 1e-9 * wave, 0.5 + 3e-9 * wave])
    np.testing.assert_allclose(weights("angle", values), [0.25, 0.75], rtol=1e-6)


@methods
def test_what_does_not_fit_is_refused(name: str) -> None:
    method, families = METHODS[name], Families.of_sizes([2])
    with pytest.raises(ValueError, match=r"^axis: expected 1 or 2, found 0$"):
        method(np.ones((1, 3, 2)), families, axis=0)
    with pytest.raises(
        ValueError, match=r"^scores: expected 3 axes and 2 children on axis 1, found shape \(1, 3, 2\)$"
    ):
        method(np.ones((1, 3, 2)), families, axis=2)
    for wrong in ([np.inf, 0.5], [np.inf, -np.inf], [nan, np.inf]):
        with pytest.raises(ValueError, match=r"^scores: expected finite values, found an infinite one$"):
            method(np.array([wrong, wrong]).T[None], families, axis=1)


@pytest.mark.parametrize("name", ["entropy", "gini", "merec"])
def test_what_measures_from_zero_refuses_scores_below(name: str) -> None:
    with pytest.raises(ValueError, match=r"^scores: expected none below 0, found -0\.25$"):
        weights(name, np.array([[0.5, -0.25], [0.5, 1.0]]))


def test_gini_is_half_the_mean_difference_over_the_mean() -> None:
    values = np.random.default_rng(4).random((40, 3)) ** [1, 2, 3]
    pairs = np.abs(values[:, None] - values[None]).mean(axis=(0, 1)) / (2 * values.mean(axis=0))
    np.testing.assert_allclose(weights("gini", values), pairs / pairs.sum(), rtol=1e-12)


def test_merec_holds_scores_at_a_hundredth_of_the_marks() -> None:
    values = np.array([[0.0, 0.5], [0.5, 1.0], [1.0, 0.5]])
    np.testing.assert_array_equal(weights("merec", values), weights("merec", np.maximum(values, 0.01)))


# ---- what holds for all

SIZES = [3, 1, 2]
panels = st.integers(1, 9).flatmap(
    lambda n: arrays(
        np.float64, (2, n, 6), elements=st.integers(0, 20).map(lambda k: k / 20) | st.sampled_from([nan, 0.0, 1.0])
    )
)


@methods
@examples(60)
@given(panels)
def test_weights_of_a_parent_sum_to_one_wherever_a_child_has_a_value(name: str, values: Array) -> None:
    families = Families.of_sizes(SIZES)
    found = METHODS[name](values, families, axis=1)
    present = ~np.isnan(values).all(axis=1)
    assert (found >= 0).all() and (found[~present] == 0).all()
    expected = np.logical_or.reduceat(present, families.starts, axis=1)
    np.testing.assert_allclose(np.add.reduceat(found, families.starts, axis=1), expected, rtol=0, atol=1e-12)


@pytest.mark.slow
@methods
@examples(40)
@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_units_and_of_children_does_not_matter(name: str, values: Array, random: Any) -> None:
    families = Families.of_sizes(SIZES)
    found = METHODS[name](values, families, axis=1)
    units, first, last = list(range(values.shape[1])), [0, 1, 2], [4, 5]
    for order in (units, first, last):
        random.shuffle(order)
    children = [*first, 3, *last]
    again = METHODS[name](values[:, units][:, :, children], families, axis=1)
    np.testing.assert_allclose(again, found[:, children], rtol=0, atol=1e-8)


@pytest.mark.slow
@methods
@examples(30)
@given(panels)
def test_units_that_come_twice_change_nothing(name: str, values: Array) -> None:
    families = Families.of_sizes(SIZES)
    twice = METHODS[name](np.concatenate([values, values], axis=1), families, axis=1)
    if name == "entropy" or values.shape[1] == 1 or np.isnan(values).any():
        # ln m grows by ln 2, for all siblings alike only where they have as many values.
        return
    np.testing.assert_allclose(twice, METHODS[name](values, families, axis=1), rtol=0, atol=1e-8)


def test_units_that_come_twice_change_nothing_in_entropy_where_none_is_missing() -> None:
    values = np.random.default_rng(8).random((30, 4)) ** [1, 2, 3, 4]
    np.testing.assert_allclose(weights("entropy", np.vstack([values, values])), weights("entropy", values), rtol=1e-12)


@pytest.mark.parametrize("name", SCALE_FREE)
def test_a_childs_scale_does_not_matter(name: str) -> None:
    values = np.random.default_rng(9).random((30, 4)) ** [1, 2, 3, 4]
    values[4, 1] = nan
    np.testing.assert_allclose(weights(name, values * [1, 10, 0.01, 1e6]), weights(name, values), rtol=1e-9)


@pytest.mark.parametrize("name", ["critic", "equal_importance", "pca", "standard_deviation"])
def test_a_childs_zero_does_not_matter(name: str) -> None:
    values = np.random.default_rng(9).random((30, 4)) ** [1, 2, 3, 4]
    np.testing.assert_allclose(weights(name, values + np.array([0, 1, 2, -3])), weights(name, values), rtol=1e-9)


@methods
def test_twins_weigh_the_same(name: str) -> None:
    values = np.random.default_rng(10).random((30, 2)) ** [1, 3]
    found = weights(name, np.column_stack([values, values[:, :1]]))
    assert found[0] == pytest.approx(found[2], rel=1e-6) and found[0] > 0


@methods
def test_siblings_are_weighed_among_themselves_and_years_one_by_one(name: str) -> None:
    values = np.random.default_rng(11).random((2, 30, 5)) ** [1, 2, 3, 4, 5]
    together = METHODS[name](values, Families.of_sizes([2, 3]), axis=1)
    for year in range(2):
        parts = [weights(name, values[year, :, :2]), weights(name, values[year, :, 2:])]
        np.testing.assert_allclose(together[year], np.concatenate(parts), rtol=1e-12)
