"""Aggregations against the Handbook's and COINr's figures, scipy and brute force; and what holds for each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from functools import partial
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bdindex_xl.core import means
from bdindex_xl.core.aggregate import arithmetic
from bdindex_xl.core.weight import Families
from tests.support.examples import examples

Array = np.ndarray[Any, Any]
Mean = Callable[..., Array]

EXPONENTS = (-inf, -3.0, -1.0, -0.05, 0.0, 1e-9, 0.05, 0.5, 1.0, 2.0, inf)
POWERS: dict[str, Mean] = {
    "geometric": means.geometric,
    "harmonic": means.harmonic,
    **{f"power {p}": partial(means.power_mean, exponent=p) for p in EXPONENTS},
}
WITHIN: dict[str, Mean] = {**POWERS, "median": means.median, "minimum": means.minimum}
ALL: dict[str, Mean] = {**WITHIN, "copeland": means.copeland}

SCORES = st.lists(st.one_of(st.integers(0, 10), st.none()), min_size=1, max_size=6)


def of(mean: Mean, scores: Any, weights: Any = None, *, min_available: float = 0.0) -> Array:
    """One parent in one year; scores of shape (n_children,) or (n_children, n_units)."""
    children = np.array(scores, dtype=float)
    children = children.reshape(1, len(children), -1)
    shares = np.ones(children.shape[1]) if weights is None else np.array(weights, dtype=float)
    families = Families.of_sizes([children.shape[1]])
    found = mean(children, (shares / (shares.sum() or 1))[None], families, min_available=min_available)
    assert found.shape == (1, 1, children.shape[2])
    return found.ravel()


def weighted(drawn: Any) -> tuple[Array, Array]:
    """Scores and weights that go with them, the last child always with some."""
    scores = np.array(drawn, dtype=float) / 10
    weights = np.arange(len(scores)) % 3 + (np.arange(len(scores)) == len(scores) - 1)
    return scores, weights.astype(float)


def test_the_example_of_the_handbook() -> None:
    # OECD/JRC Handbook, step 6: of two countries with 21, 1, 1, 1 and 6, 6, 6, 6 both have 6 by the additive rule; by
    # the geometric, 2.14 and 6; and with 2 for the first's second indicator it has 2.54 (truncated), not 2.14.
    both = np.array([[21, 6], [1, 6], [1, 6], [1, 6.0]])
    assert of(partial(means.power_mean, exponent=1.0), both).tolist() == [6, 6]
    assert of(means.geometric, both).round(2).tolist() == [2.14, 6]
    assert of(means.geometric, [21, 2, 1, 1]).item() == pytest.approx(2.545, abs=0.005)


def test_the_examples_of_coinr() -> None:
    # COINr, tests/testthat/test-aggregate.R, "agg_functions".
    assert of(means.geometric, [1, 2, 3]).item() == pytest.approx(6 ** (1 / 3), rel=1e-14, abs=0)
    assert of(means.geometric, [1, 2, 3], [1, 1, 2]).item() == pytest.approx(18**0.25, rel=1e-14, abs=0)
    assert of(means.harmonic, [1, 2, 3], [2, 1, 1]).item() == pytest.approx(4 / (2 + 1 / 2 + 1 / 3), rel=1e-14, abs=0)
    assert of(partial(means.power_mean, exponent=1.0), [1, 2, 3]).item() == pytest.approx(2, rel=1e-14, abs=0)


@pytest.mark.parametrize(
    ("scores", "weights", "expected"),
    [
        # The article "Weighted median" of Wikipedia: of one, and of a lower and an upper one.
        ([1, 2, 3, 4, 5], [0.15, 0.1, 0.2, 0.3, 0.25], 4),
        ([1, 2, 3, 4], [0.25, 0.25, 0.25, 0.25], 2.5),
        ([1, 2, 3, 4], [0.49, 0.01, 0.25, 0.25], 2.5),
        # By hand: a weight of 0 in between is no one's neighbour; in binary, halves do not add up to just a half.
        ([1, 2, 3], [0.5, 0, 0.5], 2),
        ([3, 2.9, 1], [0.5, 0, 0.5], 2),
        ([6, 1, 5, 2, 4, 3], [1, 1, 1, 1, 1, 1], 3.5),
        ([1, 2, 3, 4], [1, 4, 2, 3], 2.5),
        ([None, 0.2, 0.6], [0.8, 0.1, 0.1], 0.4),
    ],
)
def test_weighted_medians(scores: list[float], weights: list[float], expected: float) -> None:
    assert of(means.median, scores, weights).item() == pytest.approx(expected, rel=1e-15, abs=0)


def test_copeland_scores_of_coinrs_example() -> None:
    # COINr, tests/testthat/test-aggregate.R, "outranking": 2 over 1, 1 over 3 and 2 over 3 by 2/3 each, 4 over all;
    # wins less losses -1 (1 beats 3 only), 1, -3, 3, here brought to 0-1 by (c + 3) / 6.
    scores = [[1, 2, 3, 4], [3, 2, 1, 5], [2, 3, 1, 4]]
    np.testing.assert_allclose(of(means.copeland, scores), np.array([-1 + 3, 1 + 3, -3 + 3, 3 + 3]) / 6, rtol=1e-15)
    # "copeland": equal units.
    assert of(means.copeland, [[1, 2], [2, 1]]).tolist() == [0.5, 0.5]


def test_copeland_scores_of_the_tennessee_election() -> None:
    # The common example of Condorcet methods: 42, 26, 15 and 17 % of voters rank Memphis, Nashville, Chattanooga,
    # Knoxville by distance; they win 0, 3, 2 and 1 of 3 comparisons.
    places = np.array([[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]])
    found = of(means.copeland, -places, [0.42, 0.26, 0.15, 0.17])
    np.testing.assert_allclose(found, np.array([0, 3, 2, 1]) / 3, rtol=1e-15)


def by_pairs(scores: Array, weights: Array) -> Array:
    """Copeland scores from a matrix of outranking shares, pair by pair over what both have."""
    n = scores.shape[1]
    score = np.zeros(n)
    for a in range(n):
        for b in range(n):
            common = ~np.isnan(scores[:, a] + scores[:, b])
            ahead = weights[common & (scores[:, a] > scores[:, b])].sum()
            ahead += weights[common & (scores[:, a] == scores[:, b])].sum() / 2
            score[a] += np.sign(round(ahead - weights[common].sum() / 2, 9)) if a != b else 0
    return (score + n - 1) / (2 * (n - 1))


@pytest.mark.parametrize("pairs", [1 << 18, 20])
def test_copeland_scores_are_those_of_comparing_pair_by_pair(pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(means, "_PAIRS", pairs)
    rng = np.random.default_rng(6)
    for n in (2, 7, 30):
        scores = rng.integers(0, 5, (5, n)) / 10
        scores[rng.random(scores.shape) < 0.15] = np.nan
        scores[-1] = 0.3
        weights = np.array([0.1, 0.2, 0.3, 0.3, 0.1])
        np.testing.assert_allclose(of(means.copeland, scores, weights), by_pairs(scores, weights), rtol=1e-15)


def test_copeland_compares_only_units_with_enough_children() -> None:
    nan = np.nan
    scores = [[0.9, 0.5, nan, 0.1], [0.9, nan, nan, 0.2]]
    assert np.array_equal(of(means.copeland, scores, min_available=0.5), [1, 0.5, nan, 0], equal_nan=True)
    assert np.array_equal(of(means.copeland, scores, min_available=0.6), [1, nan, nan, 0], equal_nan=True)
    assert np.isnan(of(means.copeland, [[0.9, nan], [0.9, 0.3]], min_available=1.0)).all(), "none to compare with"


def test_copeland_takes_scores_as_equal_that_differ_by_rounding_only() -> None:
    assert of(means.copeland, [[0.1 + 0.2, 0.3]]).tolist() == [0.5, 0.5]
    shares = [0.1, 0.2, 0.3, 0.4]  # 0.1 + 0.2 against 0.3
    assert of(means.copeland, [[1, 0], [1, 0], [0, 1], [5, 5]], shares).tolist() == [0.5, 0.5]


@examples(200)
@given(SCORES, st.sampled_from(EXPONENTS[1:-1]))
def test_scipy_gives_the_same_means(drawn: list[Any], exponent: float) -> None:
    scores, weights = weighted(drawn)
    heard = ~np.isnan(scores) & (weights > 0)
    if not heard.any():
        assert all(np.isnan(of(mean, scores, weights)).all() for mean in ALL.values())
        return
    own, shares = scores[heard], weights[heard]
    with np.errstate(divide="ignore"):
        wanted = {
            means.geometric: stats.gmean(own, weights=shares),
            means.harmonic: stats.hmean(own, weights=shares),
            means.minimum: own.min(),
            partial(means.power_mean, exponent=inf): own.max(),
        }
        if abs(exponent) > 1e-6:  # nearer to 0, scipy loses what 1 / p magnifies
            wanted[partial(means.power_mean, exponent=exponent)] = stats.pmean(own, exponent, weights=shares)
    for mean, value in wanted.items():
        np.testing.assert_allclose(of(mean, scores, weights), value, rtol=1e-13, atol=1e-15)  # type: ignore[arg-type]
    np.testing.assert_allclose(of(means.median, scores[heard]), np.median(own), rtol=1e-15)


@pytest.mark.parametrize("scores", [[0.3, 0.02, 0.9, 0.77], [2e-9, 0.7, 1e-6, 0.1], [1e-200, 3e-150, 2e-9, 0.7]])
@pytest.mark.parametrize("exponent", [-2.0, -0.11, -0.09, -2e-5, -1e-12, 0.0, 1e-320, 1e-15, 1e-7, 0.09, 0.11, 3.0])
def test_means_are_those_of_sixty_digits(scores: list[float], exponent: float) -> None:
    weights = [0.125, 0.25, 0.5, 0.125]
    with localcontext(prec=60):
        logs, p = [Decimal(x).ln() for x in scores], Decimal(exponent)
        if abs(exponent) < 1e-50:
            log = sum(Decimal(w) * x for w, x in zip(weights, logs, strict=True))
        else:
            log = sum(Decimal(w) * (p * x).exp() for w, x in zip(weights, logs, strict=True)).ln() / p
        wanted = float(Decimal(log).exp())
    found = of(partial(means.power_mean, exponent=exponent), scores, weights).item()
    assert found == pytest.approx(wanted, rel=1e-14 if min(scores) > 1e-100 else 2e-13, abs=0)


@examples(200)
@given(SCORES)
def test_the_higher_the_exponent_the_higher_the_mean_and_all_lie_between_the_ends(drawn: list[Any]) -> None:
    scores, weights = weighted(drawn)
    rising = [of(partial(means.power_mean, exponent=p), scores, weights).item() for p in EXPONENTS]
    if np.isnan(rising).any():
        assert np.isnan(rising).all()
        return
    assert (np.diff(rising) >= -1e-14).all()
    heard = scores[~np.isnan(scores) & (weights > 0)]
    assert rising[0] == of(means.minimum, scores, weights).item() == heard.min()
    assert rising[-1] == heard.max()
    assert rising[0] <= of(means.median, scores, weights).item() <= rising[-1]


@examples(100)
@given(SCORES, st.sampled_from([0.0, 0.35, 0.5, 1.0]))
def test_an_exponent_of_1_is_the_arithmetic_mean(drawn: list[Any], min_available: float) -> None:
    scores, weights = weighted(drawn)
    weights /= weights.sum()
    part = scores.reshape(1, -1, 1), weights.reshape(1, 1, -1), np.ones((1, len(scores)))
    expected = arithmetic([part], min_available=min_available).ravel()
    found = of(partial(means.power_mean, exponent=1.0), scores, weights, min_available=min_available)
    np.testing.assert_allclose(found, expected, rtol=1e-14)


@pytest.mark.slow
@pytest.mark.parametrize("name", WITHIN)
@examples(40)
@given(drawn=SCORES, turn=st.randoms(use_true_random=False))
def test_a_missing_child_is_one_left_out_and_a_better_one_never_lowers_the_mean(
    name: str, drawn: list[Any], turn: Any
) -> None:
    mean = WITHIN[name]
    scores, weights = weighted(drawn)
    there = ~np.isnan(scores) & (weights > 0)
    value = of(mean, scores, weights).item()
    if not there.any():
        assert np.isnan(value)
        return
    assert value == pytest.approx(of(mean, scores[there], weights[there]).item(), rel=1e-13, abs=1e-15)
    order = turn.sample(range(len(scores)), len(scores))
    assert of(mean, scores[order], weights[order]).item() == pytest.approx(value, rel=1e-13, abs=1e-15)
    assert of(mean, scores * 100, weights).item() == pytest.approx(100 * value, rel=1e-13, abs=1e-13)
    better = scores.copy()
    better[turn.randrange(len(scores))] += 0.05
    assert of(mean, better, weights).item() >= value - 1e-14


@pytest.mark.parametrize("name", WITHIN)
@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, 1.0, 5e-324, 1e308])
def test_equal_children_give_just_that_value(name: str, value: float) -> None:
    assert of(WITHIN[name], [value] * 3, [0.2, 0.3, 0.5]).item() == value
    assert of(WITHIN[name], [value]).item() == value
    assert of(WITHIN[name], [value, 0.9, np.nan], [1, 0, 1]).item() == value, "a child of weight 0 has no say"


@pytest.mark.parametrize("name", [name for name in POWERS if name not in ("power inf", "power 1.0")])
def test_one_score_of_0_makes_means_of_exponent_0_or_less_0(name: str) -> None:
    value = of(POWERS[name], [0, 0.5, 0.9]).item()
    assert value == 0 if name in ("geometric", "harmonic", "power 0.0") or name.startswith("power -") else value >= 0
    assert of(POWERS[name], [0, 0.5], [0, 1]).item() == 0.5, "unless it carries no weight"


@pytest.mark.parametrize("name", ALL)
def test_too_few_children_give_no_score(name: str) -> None:
    nan, mean = np.nan, ALL[name]
    # 13 of 20 reach 0.65, which is not exact in binary; 12 do not. With nothing present, or without weight: none.
    scores = np.full((20, 5), nan)
    scores[:13, :2], scores[:12, 2], scores[19, 4] = 0.5, 0.5, 0.5
    found = of(mean, scores, min_available=0.65)
    assert np.isnan(found).tolist() == [False, False, True, True, True]
    assert np.isnan(of(mean, scores)).tolist() == [False, False, False, True, False]
    assert np.isnan(of(mean, [[0.5, 0.5], [nan, 0.5]], [0, 1])).tolist() == [True, name == "copeland"]
    assert np.isnan(of(mean, [[0.5, 0.4]], [0])).all()
    assert of(mean, np.empty((3, 0))).shape == (0,)


@pytest.mark.parametrize("name", ALL)
def test_parents_years_and_units_do_not_touch_each_other(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    sizes = [3, 1, 4]
    scores = rng.integers(0, 9, (2, 8, 40)) / 8
    scores[rng.random(scores.shape) < 0.2] = np.nan
    weights = rng.random((2, 8))
    found = ALL[name](scores, weights, Families.of_sizes(sizes), min_available=0.5)
    for parent, own in enumerate((slice(0, 3), slice(3, 4), slice(4, 8))):
        for year in range(2):
            alone = of(ALL[name], scores[year, own], weights[year, own], min_available=0.5)
            np.testing.assert_allclose(found[year, parent], alone, rtol=1e-13)
    order = rng.permutation(40)
    turned = ALL[name](scores[:, :, order], weights, Families.of_sizes(sizes), min_available=0.5)
    np.testing.assert_allclose(turned, found[:, :, order], rtol=1e-14)
    monkeypatch.setattr("bdindex_xl.core.parallel.BLOCK", 7)
    in_blocks = ALL[name](scores, weights, Families.of_sizes(sizes), min_available=0.5)
    np.testing.assert_array_equal(in_blocks, found)


@pytest.mark.parametrize("name", ["median", "minimum", "copeland"])
def test_order_is_all_that_medians_minima_and_pairs_need(name: str) -> None:
    rng = np.random.default_rng(8)
    scores, weights = rng.integers(-5, 5, (5, 12)).astype(float), [0.3, 0.1, 0.3, 0.2, 0.1]
    moved = of(ALL[name], 10 * scores - 3, weights)
    value = of(ALL[name], scores, weights)
    np.testing.assert_allclose(moved, value if name == "copeland" else 10 * value - 3, rtol=1e-14)


def test_copeland_scores_turn_round_with_the_children_and_dominance_shows() -> None:
    scores = np.random.default_rng(9).random((4, 15))
    scores[:, 3] = 2.0
    value = of(means.copeland, scores)
    np.testing.assert_allclose(of(means.copeland, -scores), 1 - value, atol=1e-15)
    assert value[3] == 1 and value.mean() == pytest.approx(0.5) and ((value >= 0) & (value <= 1)).all()


@pytest.mark.parametrize("name", ALL)
def test_what_does_not_fit_is_refused(name: str) -> None:
    mean, scores, weights, families = ALL[name], np.full((1, 2, 3), 0.5), np.full((1, 2), 0.5), Families.of_sizes([2])
    with pytest.raises(ValueError, match=r"^min_available: expected 0 to 1, found 1.5$"):
        mean(scores, weights, families, min_available=1.5)
    with pytest.raises(ValueError, match=r"^scores: expected 3 axes and 2 children, found shape \(1, 3, 3\)$"):
        mean(np.full((1, 3, 3), 0.5), weights, families, min_available=0)
    with pytest.raises(ValueError, match=r"^weights: expected shape \(1, 2\), found \(2, 2\)$"):
        mean(scores, np.full((2, 2), 0.5), families, min_available=0)
    scores[0, 1, 2] = np.inf
    with pytest.raises(ValueError, match="^scores: expected finite numbers, found an infinite one$"):
        mean(scores, weights, families, min_available=0)
    if name in POWERS:
        with pytest.raises(ValueError, match=r"^scores: expected at least 0, found -0.5$"):
            mean(np.array([[[-0.5, np.nan], [0.1, -0.2]]]), weights, families, min_available=0)
    with pytest.raises(ValueError, match="^exponent: expected a number, found nan$"):
        means.power_mean(scores, weights, families, exponent=np.nan, min_available=0)


def test_minus_nought_is_nought() -> None:
    """As min-max scores of a negative indicator have it."""
    scores, weights = np.array([[[0.0, 0.5], [-0.0, -0.0]]]), np.array([[0.5, 0.5]])
    for mean in (means.harmonic, means.geometric, partial(means.power_mean, exponent=-3.0)):
        found = mean(scores, weights, Families.of_sizes([2]), min_available=0.65)
        np.testing.assert_array_equal(found, np.zeros((1, 1, 2)))
