"""Counts of ranks: what ranking draw by draw and counting gives, ties and doubtful neighbours included."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core import rank
from bdindex_xl.core.rank_distribution import RankCounter
from tests.support.examples import examples

Array = np.ndarray[Any, Any]


def counted(ranks: Array) -> Array:
    """One draw after another."""
    counts = np.zeros((ranks.shape[1], ranks.shape[1]), dtype=np.int64)
    for draw in ranks:
        for unit, place in enumerate(draw):
            counts[unit, place - 1] += 1
    return counts


def check(scores: Array, *, counters: int = 1) -> None:
    first, *others = (RankCounter(scores.shape[1]) for _ in range(counters))
    for counter, part in zip((first, *others), np.array_split(scores, counters), strict=True):
        if len(part):
            counter.add_scores(part)
    for other in others:
        first.merge(other)
    found, ranks = first.result(), rank.ranks(scores)
    assert found.n_draws == len(scores)
    assert np.array_equal(found.counts, counted(ranks))
    ahead = [*(ranks[:, :-1] < ranks[:, 1:]).mean(axis=0), np.nan]
    assert np.array_equal(found.ahead, ahead, equal_nan=True)


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


@examples(200)
@given(st.lists(st.lists(st.integers(-40, 40), min_size=4, max_size=4), min_size=1, max_size=6), st.integers(1, 3))
def test_neighbours_around_the_tolerance_are_counted_as_they_are_ranked(steps: list[list[int]], counters: int) -> None:
    # Tenths of the tolerance, the last place of a score and the tolerance itself all come together around one half.
    moves = np.array([0.0, 1e-13, 1e-12, 2.0**-53, 3e-12, 1e-12 + 2.0**-52, 0.25, 0.125, 1e-5])
    numbers = np.array(steps)
    check(0.5 + np.sign(numbers) * moves[np.abs(numbers) % len(moves)], counters=counters)


def test_one_unit_is_always_first() -> None:
    check(np.array([[0.2], [0.3]]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: RankCounter(2).result(), "draws: expected at least 1, found none"),
        (lambda: RankCounter(0), "n_units: expected at least 1, found 0"),
        (lambda: RankCounter(2).add_scores(np.zeros((1, 3))), "scores: expected shape (n_draws, 2), found (1, 3)"),
        (lambda: RankCounter(2).add_scores(np.array([[0.1, np.nan]])), "scores: expected a finite range, found nan to nan"),
        (lambda: RankCounter(2).add_scores(np.array([[0.1, np.inf]])), "scores: expected a finite range, found 0.1 to inf"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(call: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        call()
    assert str(caught.value) == message


def test_draws_without_ties_are_counted_after_many_that_have_some() -> None:
    random = np.random.default_rng(4)
    scores = random.random((30_000, 20))
    scores[:20_000, 3] = scores[:20_000, 7]
    counter = RankCounter(20)
    counter.add_scores(scores)
    found, expected = counter.result(), rank.ranks(scores)
    counts = [np.bincount(expected[:, unit] - 1, minlength=20) for unit in range(20)]
    np.testing.assert_array_equal(found.counts, counts)
    np.testing.assert_array_equal(found.ahead[:-1], (expected[:, :-1] < expected[:, 1:]).mean(axis=0))
