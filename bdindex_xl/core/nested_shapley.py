"""What each indicator adds to a score that is no sum: Shapley values among siblings, level by level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import comb

import numpy as np
import numpy.typing as npt

from .arrays import Array, Flags, Index

# Scores of a parent, shape (n,), from its place and its children's scores, shape (n_children, n); NaN is missing.
Score = Callable[[int, Array], Array]

_MOST_STATES = 1 << 17  # values computed for an exact answer; beyond it orders are drawn
_ORDERS = 512


@dataclass(frozen=True, eq=False)
class Tree:
    """A hierarchy: the place of each node's parent (-1 for the root), and which parents' scores are weighted sums.

    Leaves come first, in the order of the arrays that hold their scores.
    """

    parents: Index
    additive: Flags

    @cached_property
    def children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for child, parent in enumerate(self.parents.tolist()):
            if parent >= 0:
                found.setdefault(parent, []).append(child)
        return found

    @cached_property
    def root(self) -> int:
        return int(np.flatnonzero(self.parents < 0)[0])

    @cached_property
    def upwards(self) -> list[int]:
        """Parents, each after those below it."""
        order = [self.root]
        for parent in order:
            order.extend(child for child in self.children[parent] if child in self.children)
        return order[::-1]

    @cached_property
    def sum_from_here(self) -> set[int]:
        """Parents that are weighted sums, as is all above them."""
        found: set[int] = set()
        for parent in reversed(self.upwards):
            above = int(self.parents[parent])
            if self.additive[parent] and (above < 0 or above in found):
                found.add(parent)
        return found


def contributions(scores: Array, reference: Array, weights: Array, tree: Tree, score: Score) -> Array:
    """Parts of one unit's score, indicator by indicator; they add up to it.

    An indicator's part is its share of what a unit of the reference scores would have, in proportion to weight times
    score down the hierarchy, and what it does that the unit's own score stands in its place. The latter is its Winter
    value, the Shapley value where indicators enter parent by parent: the mean, over all orders in which the children
    of a parent stay together, of the change of the score as one indicator after another turns from the reference to
    the unit's own. For weighted sums that is weight times score.

    Parameters
    ----------
    scores : array, shape (n_leaves,) [0-1, or any measure]
        The unit's own. NaN is missing: it is left out, and adds 0.
    reference : array, shape (n_leaves,) [as the scores]
        Those of a unit it is compared with, such as the mean of all.
    weights : array, shape (n_nodes,) [share of the parent]
        By which the reference's score is shared out.
    tree : Tree
    score : callable
        Scores of a parent from its place and its children's, shape (n_children, n).

    Returns
    -------
    array, shape (n_leaves,) [as the scores]
        NaN throughout where the unit has no score.

    Notes
    -----
    Exact where that takes up to 131,072 scores, which ten siblings at each of two levels do; else the mean over 512
    orders that are drawn, each with its reverse, always the same ones. The parts add up to the score either way.

    References
    ----------
    Shapley, A value for n-person games, Contributions to the Theory of Games II, 1953, 307-317. Winter, A value for
    cooperative games with levels structure of cooperation, International Journal of Game Theory 18, 1989, 227-240,
    doi:10.1007/BF01268161.

    Examples
    --------
    Of a geometric mean of 0.9 and 0.4, with a reference of 0.4 in both:

    >>> tree = Tree(np.array([2, 2, -1]), np.array([False, False, False]))
    >>> geometric = lambda parent, children: np.sqrt(children[0] * children[1])
    >>> half = np.array([0.5, 0.5, 1.0])
    >>> contributions(np.array([0.9, 0.4]), np.array([0.4, 0.4]), half, tree, geometric).round(3)
    array([0.4, 0.2])
    """
    reference = np.where(np.isnan(scores), np.nan, reference)
    own, usual = (_all_scores(leaves, tree, score)[:, 0] for leaves in (scores[:, None], reference[:, None]))
    if np.isnan(own[tree.root]):
        return np.full(scores.shape, np.nan)
    cost = sum(_cost(parent, tree) for parent in tree.upwards)
    turned = _exact(own, usual, tree, score) if cost <= _MOST_STATES else _drawn(scores, reference, tree, score)
    parts: Array = shared_out(usual, weights, tree)[: scores.size] + turned
    return parts


def shared_out(scores: Array, weights: Array, tree: Tree) -> Array:
    """The root's score among all nodes below, level by level in proportion to weight times score, shape (n_nodes,).

    In proportion to weights where a score is below 0 or all are 0. What is missing has 0.
    """
    shares = np.zeros(scores.shape)
    shares[tree.root] = scores[tree.root]
    for parent in reversed(tree.upwards):
        at = np.array(tree.children[parent])
        there = ~np.isnan(scores[at])
        parts = np.where(there, weights[at] * scores[at], 0.0)
        if (scores[at][there] < 0).any() or not parts.sum() > 0:
            parts = np.where(there, weights[at], 0.0)
        shares[at] = shares[parent] * parts / (parts.sum() or 1.0)
    return shares


def _all_scores(leaves: Array, tree: Tree, score: Score) -> Array:
    """Scores of all nodes, shape (n_nodes, n), from those of the leaves."""
    nodes = np.full((tree.parents.size, leaves.shape[1]), np.nan)
    nodes[: len(leaves)] = leaves
    for parent in tree.upwards:
        nodes[parent] = score(parent, nodes[tree.children[parent]])
    return nodes


def _cost(parent: int, tree: Tree) -> float:
    """How many scores it takes to share out the doing of a parent's children."""
    if parent in tree.sum_from_here:
        return len(tree.children[parent])
    cost, node = 2.0 ** len(tree.children[parent]), parent
    while (above := int(tree.parents[node])) >= 0 and above not in tree.sum_from_here:
        cost *= 2.0 ** (len(tree.children[above]) - 1)
        node = above
    return cost


def _exact(own: Array, usual: Array, tree: Tree, score: Score) -> Array:
    """Winter values of the leaves, shape (n_leaves,)."""
    n_leaves = min(tree.children)
    found = np.zeros(own.size)
    for parent, children in tree.children.items():
        there = [child for child in children if not np.isnan(own[child])]
        leaves = [child for child in there if child < n_leaves]
        if not leaves:
            continue
        if parent in tree.sum_from_here:
            for leaf in leaves:
                ends = _with(children, own[:, None], leaf, np.array([usual[leaf], own[leaf]]))
                found[leaf] = np.diff(_lifted(parent, score(parent, ends), own, usual, tree, score))[0]
            continue
        which = _subsets(len(there))
        values = np.repeat(usual[children, None], len(which), axis=1)
        rows = [children.index(child) for child in there]
        values[rows] = np.where(which.T, own[there, None], usual[there, None])
        lifted = _lifted(parent, score(parent, values), own, usual, tree, score)
        for leaf in leaves:
            k = there.index(leaf)
            without = ~which[:, k]
            gains = lifted[np.flatnonzero(without) + (1 << k)] - lifted[without]
            found[leaf] = gains @ _chances(which[without].sum(axis=1), len(there))
    return found[:n_leaves]


def _with(children: Sequence[int], scores: Array, child: int, values: Array) -> Array:
    """Scores of siblings, shape (n_children, n_values), one of them with each of the values."""
    rows = np.repeat(scores[list(children)], values.size, axis=1)
    rows[list(children).index(child)] = values
    return rows


def _subsets(n: int) -> Flags:
    """All subsets of n, shape (2^n, n); the k-th is in those whose number has its k-th bit."""
    which: Flags = (np.arange(1 << n)[:, None] >> np.arange(n) & 1).astype(np.bool_)
    return which


def _chances(sizes: npt.NDArray[np.integer], n: int) -> Array:
    """How often, of all orders of n, one comes right after just those of a subset without it, by the subset's size."""
    chances: Array = np.array([1.0 / (n * comb(n - 1, size)) for size in range(n)])[sizes]
    return chances


def _lifted(node: int, values: Array, own: Array, usual: Array, tree: Tree, score: Score) -> Array:
    """The root's score with each of a node's values, but for a constant; the mean over orders of what is beside it."""
    parent = int(tree.parents[node])
    if parent < 0:
        return values
    children = tree.children[parent]
    beside = [child for child in children if child != node and not np.isnan(own[child])]
    if parent in tree.sum_from_here:
        return _lifted(parent, score(parent, _with(children, own[:, None], node, values)), own, usual, tree, score)
    which = _subsets(len(beside))
    rows = np.repeat(usual[children, None], len(which) * values.size, axis=1)
    at = [children.index(child) for child in beside]
    rows[at] = np.repeat(np.where(which.T, own[beside, None], usual[beside, None]), values.size, axis=1)
    rows[children.index(node)] = np.tile(values, len(which))
    above = _lifted(parent, score(parent, rows), own, usual, tree, score).reshape(len(which), values.size)
    mean: Array = _chances(which.sum(axis=1), len(beside) + 1) @ above
    return mean


def _drawn(scores: Array, reference: Array, tree: Tree, score: Score) -> Array:
    """The same from orders that are drawn, each with its reverse."""
    rng = np.random.default_rng(0)
    drawn = [_order(tree.root, tree, rng) for _ in range(_ORDERS // 2)]
    turned = np.zeros(scores.size)
    for one in drawn:
        for order in (one, one[::-1]):
            place = np.empty(scores.size, dtype=np.intp)
            place[order] = np.arange(scores.size)
            states = np.where(place[:, None] < np.arange(scores.size + 1), scores[:, None], reference[:, None])
            found = _all_scores(states, tree, score)[tree.root]
            turned[order] += [after - before for before, after in pairwise(found.tolist())]
    return turned / _ORDERS


def _order(node: int, tree: Tree, rng: np.random.Generator) -> list[int]:
    """The leaves below a node in an order that keeps the children of each parent together."""
    if node not in tree.children:
        return [node]
    return [leaf for child in rng.permutation(tree.children[node]) for leaf in _order(int(child), tree, rng)]
