"""How another way to compute an index moves its units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..core.arrays import Array
from ..core.rank_correlation import kendall, spearman
from ..engine.compute import Result


@dataclass(frozen=True, slots=True)
class Moves:
    """Two rankings of the same units in one year, over those that both rank.

    Parameters
    ----------
    n
        How many those are.
    spearman, kendall
        Correlations of their ranks [-1 to 1]; NaN of fewer than two, or where all are level.
    mean_move
        Mean places moved, up or down.
    moved
        How many units moved at all.
    greatest, unit
        The greatest move, positive where it is up, and the place of the unit; 0 and None where nobody moved.
    """

    n: int
    spearman: float
    kendall: float
    mean_move: float
    moved: int
    greatest: int
    unit: int | None


def compared(own: Result, other: Result, y: int) -> Moves:
    """The ranking by the index of another result, held against one of the same units and years."""
    before, after = (index_ranks(result, y) for result in (own, other))
    both = (before > 0) & (after > 0)
    places = np.where(both, before, np.nan), np.where(both, after, np.nan)
    moves = np.where(both, places[0] - places[1], 0.0)
    n, most = int(both.sum()), int(np.abs(moves).argmax()) if moves.size else 0
    straight = float(spearman(np.stack(places, axis=1))[0, 1]) if n > 1 else float("nan")
    return Moves(
        n, straight, kendall(*places), float(np.abs(moves).sum() / n) if n else float("nan"),
        int(np.count_nonzero(moves)), int(moves[most]) if n else 0, most if n and moves[most] else None,
    )  # fmt: skip


def index_scores(result: Result, y: int) -> Array:
    """Scores of the index in one year, shape (n_units,)."""
    scores: Array = result.node_array[y, result.framework.aggregates.index(result.framework.root)]
    return scores


def index_ranks(result: Result, y: int) -> Array:
    """Ranks by the index in one year, shape (n_units,); 0 where there is none."""
    ranks: Array = result.rank_array[y, result.framework.aggregates.index(result.framework.root)].astype(np.float64)
    return ranks
