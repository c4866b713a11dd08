"""Aggregations by how near a unit's children are to the best there are: TOPSIS and grey relation.

Common to all: as in `means`, which see for scores, weights, families and missing values. The best and the worst score
of a child are those of its scope: a year, or all years together with `over_years`.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from .arrays import Array
from .family_block import FamilyBlock, by_blocks, over_families
from .moments import ROUNDING
from .normalise import extremes
from .weight import Families

DISTINGUISHING = 0.5  # the coefficient of grey relation


def topsis(
    scores: Array, weights: Array, families: Families, *, min_available: float, over_years: bool = False
) -> Array:
    """Relative closeness to the ideal: d⁻ / (d⁺ + d⁻), by distances of weighted scores to the best and the worst.

    d⁺² is the sum of (w (best - z))² over the children, d⁻² that of (w (z - worst))². Scores go in as they are
    normalised.

    Parameters
    ----------
    scores, weights, families
        As in `means`; scores [any measure].
    min_available : float [share of a parent's children, 0-1]
    over_years : bool
        The best and the worst are those of all years together.

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [0-1]
        1 for a unit that is the best in every child. NaN where no child tells one unit from another.

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    Hwang & Yoon, Multiple Attribute Decision Making, Springer, 1981, doi:10.1007/978-3-642-48318-9.

    Examples
    --------
    >>> three = np.array([[[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]]]), np.array([[0.75, 0.25]]), Families.of_sizes([2])
    >>> topsis(*three, min_available=0.65)
    array([[[0.75, 0.5 , 0.25]]])
    """
    worst, best = _ends(scores, over_years)
    return by_blocks(partial(_closeness, worst=worst, best=best), scores, weights, families, min_available)


def grey_relational(
    scores: Array, weights: Array, families: Families, *, min_available: float, over_years: bool = False
) -> Array:
    """Grey relational grade: the weighted mean of ξ = ρ Δmax / (Δ + ρ Δmax), with Δ = best - z and ρ = 0.5.

    The reference has the best score of each child, so that the least Δ is 0; Δmax is the greatest of all units and of
    all children of the parent that carry weight.

    Parameters
    ----------
    scores, weights, families
        As in `means`; scores [any measure, the same for all children].
    min_available : float [share of a parent's children, 0-1]
    over_years : bool
        The best scores, and the greatest distance, are those of all years together.

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [1/3-1]
        1 for a unit that is the best in every child, and so for all where none tells one unit from another.

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    Deng, Control problems of grey systems, Systems & Control Letters 1(5), 1982, 288-294,
    doi:10.1016/S0167-6911(82)80025-X.

    Examples
    --------
    >>> three = np.array([[[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]]]), np.array([[0.5, 0.5]]), Families.of_sizes([2])
    >>> grey_relational(*three, min_available=0.65).round(3)
    array([[[0.667, 0.5  , 0.667]]])
    """
    worst, best = _ends(scores, over_years)
    carried = weights.any(axis=0, keepdims=True) if over_years else weights > 0
    spans = np.maximum.reduceat(np.where(carried & (best > worst), best - worst, 0.0), families.starts, axis=1)
    half = DISTINGUISHING * spans[:, families.owner]
    return by_blocks(partial(_grade, best=best, half=half), scores, weights, families, min_available)


def _ends(scores: Array, over_years: bool) -> tuple[Array, Array]:
    """The worst and the best score of each child, shape (n_years, n_children); 0 without any."""
    worst, best = (np.nan_to_num(end) for end in extremes(np.swapaxes(scores, 1, 2), over_years=over_years))
    # What scores of a child that is the same for all differ by is rounding, and tells nothing.
    alike = best - worst <= ROUNDING * np.maximum(np.abs(worst), np.abs(best))
    return np.where(alike, best, worst), best


def _closeness(block: FamilyBlock, *, worst: Array, best: Array) -> Array:
    # In terms of the greatest weighted span of a parent, so that squares neither overflow nor vanish.
    spans = (best - worst)[:, :, None] * block.weights
    greatest = over_families(np.maximum, spans, block.families)
    unit = block.weights / np.where(greatest > 0, greatest, 1.0)[:, block.families.owner]
    below, above = (_root_of_squares(block.scores - end[:, :, None], unit, block.families) for end in (worst, best))
    told = (greatest > 0) & ~np.isnan(block.totals)
    closeness: Array = below / np.where(told, below + above, np.nan)
    return closeness


def _root_of_squares(away: Array, unit: Array, families: Families) -> Array:
    away *= unit
    away *= away
    return np.sqrt(over_families(np.add, away, families))


def _grade(block: FamilyBlock, *, best: Array, half: Array) -> Array:
    away = best[:, :, None] - block.scores
    np.maximum(away, 0.0, out=away)
    # Where none tells one unit from another, the distance is 0 and the relation 1, whatever half is.
    some = np.where(half > 0, half, 1.0)[:, :, None]
    away += some
    return block.mean(np.divide(some, away, out=away))
