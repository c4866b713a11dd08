"""Children's scores block by block of units, and what aggregations ask of them: who is missing, who has a score."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .arrays import Array
from .parallel import blocks, spread
from .weight import Families

HAIR = 1e-12  # shares such as 13/20 are not exact in binary: a hair's breadth below a limit still reaches it


class FamilyBlock(NamedTuple):
    """Some units' scores, shape (n_years, n_children, n_units), with 0 for those that have no say; `weights`, of the
    same shape, is 0 there. `totals` are the parents' weights, NaN where a unit has no score.
    """

    scores: Array
    weights: Array
    totals: Array
    families: Families

    def mean(self, values: Array) -> Array:
        """Weighted arithmetic means, shape (n_years, n_parents, n_units)."""
        means: Array = np.add.reduceat(self.weights * values, self.families.starts, axis=1) / self.totals
        return means

    def extreme(self, ufunc: np.ufunc, otherwise: float) -> Array:
        """Least or greatest scores that have a say."""
        heard = np.where(self.weights > 0, self.scores, otherwise)
        reduced: Array = ufunc.reduceat(heard, self.families.starts, axis=1)
        return np.where(np.isnan(self.totals), np.nan, reduced)


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
        own = weights[:, :, b] if weights.ndim == 3 else weights[:, :, None]
        means[:, :, b] = mean(_block(scores[:, :, b], own, families, min_available))

    spread(work, blocks(scores.shape[2]))
    return means


def _block(scores: Array, weights: Array, families: Families, min_available: float) -> FamilyBlock:
    if np.isinf(scores).any():
        raise ValueError("scores: expected finite numbers, found an infinite one")
    present = ~np.isnan(scores)
    heard = np.where(present, weights, 0.0)
    totals = np.add.reduceat(heard, families.starts, axis=1)
    counts = np.add.reduceat(present.astype(np.float64), families.starts, axis=1)
    of = np.bincount(families.owner, minlength=families.starts.size)[:, None]
    enough = (counts >= (min_available - HAIR) * of) & (totals > 0)
    # A score of -0, as less of what is bad has it, is 0: its reciprocal must not be that of a number below it.
    return FamilyBlock(np.where(heard > 0, scores, 0.0) + 0.0, heard, np.where(enough, totals, np.nan), families)
