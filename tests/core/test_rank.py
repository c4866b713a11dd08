"""Ranks of few and of many units: one law, whichever way they are sorted."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from bdindex_xl.core import rank


def plainly(scores: np.ndarray) -> np.ndarray:
    order = np.argsort(-scores, kind="stable")
    places = np.zeros(scores.size, dtype=np.int32)
    place, before = 0, np.inf
    for k, unit in enumerate(order, start=1):
        if np.isnan(scores[unit]):
            continue
        if k == 1 or before - scores[unit] > rank.TIE:
            place = k
        places[unit], before = place, scores[unit]
    return places


def many(kind: str) -> np.ndarray:
    rng = np.random.default_rng(5)
    n = 40_000
    return {
        "spread": rng.random(n),
        "tied": rng.integers(0, 50, n) / 50,
        "crowded": 1e-9 * rng.random(n) + (np.arange(n) == 0),
        "a hair apart": 0.5 + 4e-13 * rng.integers(0, 9, n),
        "constant": np.full(n, 0.25),
        "wide": rng.normal(size=n) * 1e150,
        "missing": np.where(rng.random(n) < 0.3, np.nan, rng.random(n)),
        "missing among equals": np.where(rng.random(n) < 0.3, np.nan, rng.integers(0, 3, n) / 2),
        "constant or missing": np.where(rng.random(n) < 0.3, np.nan, 0.25),
        "all missing": np.full(n, np.nan),
    }[kind]


KINDS = (
    "spread", "tied", "crowded", "a hair apart", "constant", "wide",
    "missing", "missing among equals", "constant or missing", "all missing",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_scores_of_many_units_that_count_as_equal_are_made_equal_to_the_greatest(kind: str) -> None:
    scores = many(kind)
    expected = scores.copy()
    order = np.argsort(-scores)
    for before, unit in pairwise(order):
        if scores[before] - scores[unit] <= rank.TIE:
            expected[unit] = expected[before]
    for few in (scores.size, 1000):
        made = rank.levelled(np.stack([scores[-few:], scores[::-1][:few]]))
        np.testing.assert_array_equal(made[0], rank.levelled(scores[-few:]))
        np.testing.assert_array_equal(made[0], made[1][::-1])
    np.testing.assert_array_equal(rank.levelled(scores), expected)


@pytest.mark.parametrize("kind", KINDS)
def test_many_units_are_ranked_as_few_are(kind: str) -> None:
    scores = many(kind)
    expected = plainly(scores)
    assert np.array_equal(rank.ranks(np.stack([scores, scores[::-1]])), np.stack([expected, expected[::-1]]))
    few = scores[:1000]
    assert np.array_equal(rank.ranks(few), plainly(few))


def test_an_infinite_score_is_refused() -> None:
    for n in (3, 40_000):
        with pytest.raises(ValueError, match="scores: expected finite numbers, found an infinite one"):
            rank.ranks(np.r_[np.inf, np.zeros(n)])
