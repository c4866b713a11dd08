"""Counts of ranks: what ranking draw by draw and counting gives, ties and doubtful neighbours included."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bdindex_xl.core import draws, rank
from bdindex_xl.core.rank_distribution import RankCounter, RankDistribution, rank_distribution

Array = np.ndarray[Any, Any]


def counted(ranks: Array) -> Array:
    """One draw after another."""
    counts = np.zeros((ranks.shape[1], ranks.shape[1]), dtype=np.int64)
    for draw in ranks:
        for unit, place in enumerate(draw):
            counts[unit, place - 1] += 1
    return counts


def ahead(ranks: Array, reference: Array) -> Array:
    share = np.full(ranks.shape[1], np.nan)
    for unit, following in pairwise(reference):
        share[unit] = (ranks[:, unit] < ranks[:, following]).mean()
    return share


def check(scores: Array, *, reference: Array | None = None) -> None:
    counter = RankCounter(scores.shape[1], reference=reference)
    counter.add_scores(scores)
    found, ranks = counter.result(), rank.ranks(scores)
    assert np.array_equal(found.counts, counted(ranks))
    order = np.arange(scores.shape[1]) if reference is None else reference
    assert np.array_equal(found.ahead, ahead(ranks, order), equal_nan=True)


def adverse(kind: str, n_draws: int, n_units: int) -> Array:
    rng = np.random.default_rng(8)
    size = (n_draws, n_units)
    return {
        "spread": rng.random(size),
        "few levels": rng.integers(0, 9, size) / 8,
        "a hair apart": 0.5 + 4e-13 * rng.integers(0, 9, size),
        "chains": 0.3 + 0.9e-12 * rng.integers(0, n_units, size) + (np.arange(n_units) == 0),
        "on the edge": rng.integers(0, 3, size) / 4 + rank.TIE * rng.integers(0, 3, size),
        "crowded": 1e-9 * rng.random(size) + (np.arange(n_units) == 0),
        "crowded at the cells": 2.0**-23 * rng.integers(0, 400, size) + (np.arange(n_units) == 0),
        "below the grid": 2.0**-54 * rng.integers(0, 3, size) + 1e-12 * rng.integers(0, 2, size),
        "constant": np.full(size, 0.25),
        "nearly constant": 0.25 + 1e-13 * rng.random(size),
        "subnormal": 5e-324 * rng.integers(0, 5, size),
        "wide": rng.normal(size=size) * 1e150,
        "percent": np.round(rng.normal(50, 10, size), 2),
        "negative": -rng.random(size) - 7,
        "one pair equal": np.where(
            np.arange(n_units) == 1, 0.5, np.where(np.arange(n_units) == 2, 0.5, rng.random(size))
        ),
    }[kind]


KINDS = [
    "spread", "few levels", "a hair apart", "chains", "on the edge", "crowded", "crowded at the cells",
    "below the grid", "constant", "nearly constant", "subnormal", "wide", "percent", "negative", "one pair equal",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("n_draws", "n_units"), [(700, 3), (60, 337), (30, 600)])
def test_draws_are_counted_as_they_are_ranked(kind: str, n_draws: int, n_units: int) -> None:
    check(adverse(kind, n_draws, n_units))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(st.integers(-40, 40), min_size=4, max_size=4), min_size=1, max_size=6), st.permutations(range(4))
)
def test_neighbours_around_the_tolerance_are_counted_as_they_are_ranked(
    steps: list[list[int]], order: list[int]
) -> None:
    # Tenths of the tolerance, the last place of a score and the tolerance itself all come together around one half.
    moves = np.array([0.0, 1e-13, 1e-12, 2.0**-53, 3e-12, 1e-12 + 2.0**-52, 0.25, 0.125, 1e-5])
    numbers = np.array(steps)
    check(0.5 + np.sign(numbers) * moves[np.abs(numbers) % len(moves)], reference=np.array(order))


def test_one_unit_is_always_first() -> None:
    check(np.array([[0.2], [0.3]]))


def test_weighted_means_are_ranked_whatever_comes_in_blocks() -> None:
    rng = np.random.default_rng(2)
    scores, weights = rng.random((50, 6)), draws.simplex(6, draws.stream(1), 3000)
    reference = rng.permutation(50)
    ranks = rank.ranks(weights @ scores.T)
    whole = rank_distribution(scores, weights, reference=reference)
    assert np.array_equal(whole.counts, counted(ranks))
    assert np.array_equal(whole.ahead, ahead(ranks, reference), equal_nan=True)

    def blocks() -> Iterator[Array]:
        for start in range(0, 3000, 701):
            yield weights[start : start + 701]

    in_blocks = rank_distribution(scores, blocks(), reference=reference)
    assert np.array_equal(in_blocks.counts, whole.counts) and np.array_equal(
        in_blocks.ahead, whole.ahead, equal_nan=True
    )


@pytest.mark.parametrize("hands", [1, 2, 7])
def test_the_number_of_threads_changes_nothing(hands: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = np.random.default_rng(3).random((20, 5))
    weights = draws.simplex(5, draws.stream(4), 5000)
    expected = counted(rank.ranks(weights @ scores.T))
    monkeypatch.setattr("os.cpu_count", lambda: hands)
    assert np.array_equal(rank_distribution(scores, weights).counts, expected)


def test_a_unit_without_an_indicator_has_the_mean_of_the_others() -> None:
    rng = np.random.default_rng(4)
    scores = np.where(rng.random((30, 5)) < 0.3, np.nan, rng.random((30, 5)))
    scores[:, 0] = rng.random(30)
    weights = draws.simplex(5, draws.stream(5), 200)
    there = ~np.isnan(scores)
    means = np.array(
        [[np.average(row[h], weights=w[h]) for row, h in zip(scores, there, strict=True)] for w in weights]
    )
    assert np.array_equal(rank_distribution(scores, weights).counts, counted(rank.ranks(means)))


def test_draws_ranked_elsewhere_are_added_and_counters_merge() -> None:
    scores = adverse("few levels", 40, 12)
    ranks = rank.ranks(scores)
    reference = np.arange(12)[::-1]
    one, other = RankCounter(12, reference=reference), RankCounter(12, reference=reference)
    one.add(ranks[:15])
    other.add_scores(scores[15:])
    one.merge(other)
    found = one.result()
    assert found.n_draws == 40
    assert np.array_equal(found.counts, counted(ranks))
    assert np.array_equal(found.ahead, ahead(ranks, reference), equal_nan=True)


def test_what_is_read_from_the_counts_is_what_the_ranks_say() -> None:
    ranks = rank.ranks(adverse("few levels", 400, 25))
    counter = RankCounter(25)
    counter.add(ranks)
    found = counter.result()
    levels = (0.05, 0.07, 0.25, 0.5, 0.95, 1.0)
    for level in levels:
        assert np.array_equal(found.quantile(level), np.sort(ranks, axis=0)[round(level * 400) - 1])
    assert np.array_equal(found.median, np.quantile(ranks, 0.5, axis=0, method="inverted_cdf"))
    assert np.array_equal(found.best, ranks.min(axis=0)) and np.array_equal(found.worst, ranks.max(axis=0))
    assert found.mean == pytest.approx(ranks.mean(axis=0), abs=1e-12)
    for place in (1, 10, 25, 99):
        assert np.array_equal(found.within(place), (ranks <= place).mean(axis=0))


def test_a_level_that_falls_on_a_draw_is_that_draw() -> None:
    # Every unit has every rank once; 0.07 x 100 is more than 7 in floating point.
    counter = RankCounter(100)
    counter.add((np.arange(100) + np.arange(100)[:, np.newaxis]) % 100 + 1)
    found = counter.result()
    for percent in range(1, 101):
        assert (found.quantile(percent / 100) == percent).all()


def test_a_unit_better_in_everything_is_always_ahead() -> None:
    scores = np.random.default_rng(6).random((15, 4))
    scores[3] = scores[8] + 0.01
    found = rank_distribution(
        scores, draws.simplex(4, draws.stream(2), 500), reference=np.r_[3, 8, np.delete(np.arange(15), [3, 8])]
    )
    assert found.ahead[3] == 1.0


def test_weights_that_do_not_vary_give_one_rank() -> None:
    scores = np.random.default_rng(6).random((15, 4))
    weights = np.full((300, 4), 0.25)
    found = rank_distribution(scores, weights)
    assert np.array_equal(found.best, found.worst)
    assert np.array_equal(found.median, rank.ranks(scores @ weights[0]))


def result(counts: list[list[int]]) -> RankDistribution:
    return RankDistribution(np.array(counts), np.array([np.nan] * len(counts)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rank_distribution(np.zeros(3), np.ones((1, 1))), "scores: expected shape (n_units, n_indicators), found (3,)"),
        (lambda: rank_distribution(np.array([[np.inf]]), np.ones((1, 1))), "scores: expected finite numbers, found an infinite one"),
        (lambda: rank_distribution(np.zeros((3, 2)), np.ones((1, 1))), "weights: expected shape (n_draws, 2), found (1, 1)"),
        (lambda: rank_distribution(np.zeros((3, 2)), np.array([[2.0, -1.0]])), "weights: expected at least 0, found a negative or missing one"),
        (lambda: rank_distribution(np.zeros((3, 2)), np.array([[np.nan, 1.0]])), "weights: expected at least 0, found a negative or missing one"),
        (lambda: rank_distribution(np.zeros((3, 2)), np.array([[0.5, 0.4]])), "weights: expected a sum of 1 in each draw, found another"),
        (lambda: rank_distribution(np.zeros((3, 2)), np.zeros((0, 2))), "draws: expected at least 1, found none"),
        (lambda: rank_distribution(np.array([[np.nan, 1.0]]), np.array([[1.0, 0.0]])), "scores: expected an indicator of positive weight in each unit, found none in one"),
        (lambda: rank_distribution(np.zeros((2, 1)), np.ones((1, 1)), reference=np.array([0, 0])), "reference: expected each of 2 units once, found [0, 0]"),
        (lambda: RankCounter(0), "n_units: expected at least 1, found 0"),
        (lambda: RankCounter(2).add(np.array([[0, 1]])), "ranks: expected 1 to 2, found 0 to 1"),
        (lambda: RankCounter(2).add(np.array([[1, 3]])), "ranks: expected 1 to 2, found 1 to 3"),
        (lambda: RankCounter(2).add(np.array([1, 2])), "ranks: expected shape (n_draws, 2), found (2,)"),
        (lambda: RankCounter(2).add_scores(np.zeros((1, 3))), "scores: expected shape (n_draws, 2), found (1, 3)"),
        (lambda: RankCounter(2).add_scores(np.array([[0.1, np.nan]])), "scores: expected a finite range, found nan to nan"),
        (lambda: RankCounter(2).add_scores(np.array([[0.1, np.inf]])), "scores: expected a finite range, found 0.1 to inf"),
        (lambda: result([[1]]).quantile(1.1), "level: expected 0 to 1, found 1.1"),
        (lambda: result([[1]]).within(0), "place: expected at least 1, found 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        call()
    assert str(caught.value) == message
