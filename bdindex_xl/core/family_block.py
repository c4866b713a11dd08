"""Children's scores block by block of units, and what aggregations ask of them: who is missing, who has a score."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np

from .arrays import Array, Flags
from .gaps import zero_for_missing
from .parallel import blocks, parts, spread
from .weight import Families

Values = TypeVar("Values", Array, Flags)

_INFINITE = "scores: expected finite numbers, found an infinite one"
# A score of -0, as less of what is bad has it, is 0: its reciprocal must not be that of a number below it.
_PLUS_0 = 0.0
_FEW = 16  # children that are added one by one
HAIR = 1e-12  # shares such as 13/20 are not exact in binary: a hair's breadth below a limit still reaches it


def over_families(ufunc: np.ufunc, values: Values, families: Families) -> Values:
    """Values of each parent's children reduced to one, shape (n_years, n_parents, n_units).

    One child after another, all units at once: `reduceat` starts anew for each unit, which takes three times as long.
    The order is the same however many units there are: the first child comes last.

    >>> over_families(np.add, np.array([[[1.0], [2.0], [4.0]]]), Families.of_sizes([2, 1])).ravel()
    array([3., 4.])
    """
    starts: list[int] = families.starts.tolist()
    reduced = np.empty((values.shape[0], len(starts), values.shape[2]), dtype=values.dtype)
    for parent, (start, end) in enumerate(pairwise([*starts, values.shape[1]])):
        into, last = reduced[:, parent], values[:, end - 1]
        if end - start > _FEW:
            ufunc.reduce(values[:, start:end], axis=1, out=into)
        elif end - start > 2:
            ufunc(values[:, start + 1], values[:, start + 2], out=into)
            for child in range(start + 3, end):
                ufunc(into, values[:, child], out=into)
            ufunc(values[:, start], into, out=into)
        elif end - start > 1:
            ufunc(values[:, start], last, out=into)
        else:
            into[...] = last
    return reduced


class FamilyBlock(NamedTuple):
    """Some units' scores, shape (n_years, n_children, n_units), with 0 for those that have no say; `weights`, of the
    same shape, is 0 there. `totals` are the parents' weights, NaN where a unit has no score.

    Weights and totals that are common to all units have these on an axis of length 1.
    """

    scores: Array
    weights: Array
    totals: Array
    families: Families

    def mean(self, values: Array) -> Array:
        """Weighted arithmetic means, shape (n_years, n_parents, n_units)."""
        means = over_families(np.add, self.weights * values, self.families)
        means /= self.totals
        return means

    def extreme(self, ufunc: np.ufunc, otherwise: float) -> Array:
        """Least or greatest scores that have a say."""
        say = self.weights > 0
        heard = self.scores if say.all() else np.where(say, self.scores, otherwise)
        reduced = over_families(ufunc, heard, self.families)
        without = np.isnan(self.totals)
        return np.where(without, np.nan, reduced) if without.any() else reduced


def by_blocks(
    mean: Callable[[FamilyBlock], Array], scores: Array, weights: Array, families: Families, min_available: float
) -> Array:
    """Parents' scores, shape (n_years, n_parents, n_units), as `mean` has them of each block of units.

    Raises ValueError where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.
    """
    if not 0 <= min_available <= 1:
        raise ValueError(f"min_available: expected 0 to 1, found {min_available}")
    if scores.ndim != 3 or scores.shape[1] != families.owner.size:
        raise ValueError(f"scores: expected 3 axes and {families.owner.size} children, found shape {scores.shape}")
    if weights.shape not in (scores.shape[:2], scores.shape):
        raise ValueError(f"weights: expected shape {scores.shape[:2]}, found {weights.shape}")
    means = np.empty((scores.shape[0], families.starts.size, scores.shape[2]))

    def work(b: slice) -> None:
        of_block = scores[:, :, b]
        for part in parts(of_block.shape[2]):
            own = weights[:, :, b][:, :, part] if weights.ndim == 3 else weights[:, :, None]
            made = mean(_block(of_block[:, :, part], own, families, min_available))
            means[:, :, b][:, :, part] = made

    spread(work, blocks(scores.shape[2]))
    return means


def _block(scores: Array, weights: Array, families: Families, min_available: float) -> FamilyBlock:
    scores = np.ascontiguousarray(scores)
    least, greatest = scores.min(initial=np.inf), scores.max(initial=-np.inf)  # not a number where any is missing
    if np.isnan(least):
        return _gappy(scores, weights, families, min_available)
    if scores.size and np.isinf([least, greatest]).any():
        raise ValueError(_INFINITE)
    totals = over_families(np.add, weights, families)
    say = weights > 0
    scores = scores if say.all() else np.where(say, scores, 0.0)
    return FamilyBlock(scores + _PLUS_0, weights, np.where(totals > 0, totals, np.nan), families)


def _gappy(scores: Array, weights: Array, families: Families, min_available: float) -> FamilyBlock:
    if np.isinf(scores).any():
        raise ValueError(_INFINITE)
    there = (~np.isnan(scores)).astype(np.float64)
    heard = there * weights
    totals, counts = over_families(np.add, heard, families), over_families(np.add, there, families)
    of = np.bincount(families.owner, minlength=families.starts.size)[:, None]
    enough = (counts >= (min_available - HAIR) * of) & (totals > 0)
    filled = zero_for_missing(scores) if (weights > 0).all() else np.where(heard > 0, scores, 0.0)
    return FamilyBlock(filled + _PLUS_0, heard, np.where(enough, totals, np.nan), families)
