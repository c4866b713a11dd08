"""Parts of scores that are no sums: against all orders counted out, and against what is known in closed form."""

from __future__ import annotations

from itertools import permutations, product
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core import nested_shapley
from bdindex_xl.core.arrays import Array
from bdindex_xl.core.means import MEANS
from bdindex_xl.core.nested_shapley import Score, Tree, contributions
from bdindex_xl.core.weight import Families
from tests.support.examples import examples

KINDS = ("arithmetic", "geometric", "harmonic", "power mean", "median", "minimum")
# Five indicators: three of one parent, two of another; and one right under the index.
PARENTS = np.array([6, 6, 6, 7, 7, 8, 8, 8, -1])
WEIGHTS = np.array([0.2, 0.3, 0.5, 0.6, 0.4, 0.25, 0.45, 0.3, 1.0])
_SCORE = st.one_of(st.none(), st.floats(0.01, 1.0))


def score_by(kinds: tuple[str, str, str]) -> Score:
    def score(parent: int, children: Array) -> Array:
        weights = WEIGHTS[parent == PARENTS]
        families, kind = Families.of_sizes([len(weights)]), kinds[parent - 6]
        there = ~np.isnan(children)
        if kind == "arithmetic":
            carried = weights @ there
            with np.errstate(invalid="ignore"):
                return (weights @ np.where(there, children, 0.0)) / np.where(carried > 0, carried, np.nan)
        how = {"exponent": 0.3} if kind == "power mean" else {}
        return MEANS[kind](children[None], weights[None], families, min_available=0.0, **how)[0, 0]

    return score


def tree(kinds: tuple[str, str, str]) -> Tree:
    return Tree(PARENTS, np.array([False] * 6 + [kind == "arithmetic" for kind in kinds]))


def whole(scores: Array, kinds: tuple[str, str, str]) -> float:
    score = score_by(kinds)
    low = [score(parent, scores[PARENTS[:6] == parent][:, None])[0] for parent in (6, 7)]
    return float(score(8, np.array([[scores[5]], *([one] for one in low)]))[0])


def counted(scores: Array, reference: Array, kinds: tuple[str, str, str]) -> Array:
    """Winter values as they are defined: the mean over all orders that keep siblings together."""
    orders = [
        [leaf for block in blocks for leaf in {6: first, 7: second, 5: (5,)}[block]]
        for blocks in permutations((5, 6, 7))
        for first, second in product(permutations((0, 1, 2)), permutations((3, 4)))
    ]
    done = np.zeros(6)
    for order in orders:
        state = np.where(np.isnan(scores), np.nan, reference)
        before = whole(state, kinds)
        for leaf in order:
            state[leaf] = scores[leaf]
            after = whole(state, kinds)
            done[leaf] += after - before
            before = after
    return done / len(orders)


@examples(60)
@given(
    st.lists(_SCORE, min_size=6, max_size=6),
    st.lists(st.floats(0.01, 1.0), min_size=6, max_size=6),
    st.tuples(*[st.sampled_from(KINDS)] * 3),
)
def test_parts_are_those_of_all_orders_counted_out(
    scores: list[float | None], reference: list[float], kinds: tuple[str, str, str]
) -> None:
    own, usual = np.array([np.nan if one is None else one for one in scores]), np.array(reference)
    parts = contributions(own, usual, WEIGHTS, tree(kinds), score_by(kinds))
    if np.isnan(whole(own, kinds)):
        assert np.isnan(parts).all()
        return
    assert parts.sum() == pytest.approx(whole(own, kinds), abs=1e-12)
    assert (parts[np.isnan(own)] == 0).all()
    base = contributions(np.where(np.isnan(own), np.nan, usual), usual, WEIGHTS, tree(kinds), score_by(kinds))
    np.testing.assert_allclose(parts - base, counted(own, usual, kinds), atol=1e-12)


def test_sums_have_weight_times_score_whatever_the_reference() -> None:
    kinds = ("arithmetic", "arithmetic", "arithmetic")
    own, usual = np.array([0.9, 0.1, 0.4, 0.8, 0.2, 0.5]), np.array([0.3, 0.7, 0.2, 0.6, 0.5, 0.1])
    parts = contributions(own, usual, WEIGHTS, tree(kinds), score_by(kinds))
    of_index = WEIGHTS[:6] * np.array([0.45, 0.45, 0.45, 0.3, 0.3, 1.0])
    np.testing.assert_allclose(parts, of_index * own, atol=1e-15)


def test_a_geometric_mean_worked_by_hand() -> None:
    """√(xy) from (0.4, 0.4) to (0.9, 0.4): x alone turns, so it has all of 0.6 − 0.4. From (0.4, 0.4) to (0.9, 0.1):
    x first gives +0.2 and y then −0.3; y first −0.2, x then +0.1. The means are 0.15 and −0.25."""
    two = Tree(np.array([2, 2, -1]), np.zeros(3, dtype=np.bool_))

    def geometric(parent: int, children: Array) -> Array:
        return np.sqrt(children[0] * children[1])

    half, usual = np.array([0.5, 0.5, 1.0]), np.array([0.4, 0.4])
    np.testing.assert_allclose(contributions(np.array([0.9, 0.4]), usual, half, two, geometric), [0.4, 0.2])
    np.testing.assert_allclose(contributions(np.array([0.9, 0.1]), usual, half, two, geometric), [0.35, -0.05])


def test_drawn_orders_add_up_and_come_near(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("geometric", "minimum", "power mean")
    own, usual = np.array([0.9, 0.1, 0.4, 0.8, 0.2, 0.5]), np.array([0.3, 0.7, 0.2, 0.6, 0.5, 0.1])
    exact = contributions(own, usual, WEIGHTS, tree(kinds), score_by(kinds))
    monkeypatch.setattr(nested_shapley, "_MOST_STATES", 0)
    drawn = contributions(own, usual, WEIGHTS, tree(kinds), score_by(kinds))
    assert drawn.sum() == pytest.approx(exact.sum(), abs=1e-12)
    np.testing.assert_allclose(drawn, exact, atol=0.01)
    assert not np.allclose(drawn, exact, atol=1e-12)


def test_forty_siblings_have_a_share_each() -> None:
    """Logarithms share out a geometric mean about as Shapley values do; both add up."""
    n = 40
    flat = Tree(np.array([n] * n + [-1]), np.zeros(n + 1, dtype=np.bool_))
    rng = np.random.default_rng(5)
    own, usual = rng.uniform(0.4, 0.6, n), np.full(n, 0.5)
    parts = contributions(own, usual, np.full(n + 1, 1 / n), flat, lambda _, z: np.exp(np.log(z).mean(axis=0)))
    assert parts.sum() == pytest.approx(np.exp(np.log(own).mean()), abs=1e-12)
    logs = 0.5 / n * np.array([log(x / 0.5) for x in own])
    np.testing.assert_allclose(parts - 0.5 / n, logs, atol=2e-5)
