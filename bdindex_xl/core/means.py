"""Aggregations other than the weighted arithmetic mean, which `aggregate` holds.

Common to all: `scores` has shape (n_years, n_children, n_units), children of several parents side by side as
`families` says, and `weights` shape (n_years, n_children) [share of the parent], or (n_years, n_children, n_units)
where each unit has its own. NaN is missing: a missing child's weight is spread over those present. A unit has no score,
NaN, where less than `min_available` of a parent's children are present, or none that carries weight. A child of weight
0 counts as present and has no say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np

from .arrays import Array
from .doubt import benefit_of_the_doubt
from .family_block import HAIR, FamilyBlock, by_blocks
from .ideals import grey_relational, topsis
from .parallel import spread
from .penalties import ampi, mean_min, mpi
from .rank import TIE
from .weight import Families

_AS_0 = 1e-16  # exponents below change no score by more than rounding does
_NEAR_0 = 0.1  # exponents nearer to 0 go by logarithms: 1 / exponent would magnify the rounding of powers
_PAIRS = 1 << 18  # pairs of units compared at once


def arithmetic(scores: Array, weights: Array, families: Families, *, min_available: float) -> Array:
    """Weighted arithmetic means: as `aggregate.arithmetic`, for units that have weights of their own.

    Parameters
    ----------
    scores, weights, families
        As above; scores [any measure].
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [as the scores]

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    Examples
    --------
    >>> two = np.array([[[0.5, 0.5], [1.0, 1.0]]]), np.array([[[0.5, 1.0], [0.5, 0.0]]]), Families.of_sizes([2])
    >>> arithmetic(*two, min_available=0.65)
    array([[[0.75, 0.5 ]]])
    """
    return by_blocks(lambda block: block.mean(block.scores), scores, weights, families, min_available)


def geometric(scores: Array, weights: Array, families: Families, *, min_available: float) -> Array:
    """Weighted geometric means: the product of scores to the power of their weights; 0 with any score of 0.

    Parameters
    ----------
    scores, weights, families
        As above; scores [0 or more].
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [as the scores]

    Raises
    ------
    ValueError
        Where a score is negative or infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008, doi:10.1787/9789264043466-en, step 6.

    Examples
    --------
    >>> two = np.array([[[0.5], [0.125]]]), np.array([[0.5, 0.5]]), Families.of_sizes([2])
    >>> geometric(*two, min_available=0.65)
    array([[[0.25]]])
    """
    return power_mean(scores, weights, families, exponent=0.0, min_available=min_available)


def harmonic(scores: Array, weights: Array, families: Families, *, min_available: float) -> Array:
    """Weighted harmonic means: 1 over the mean of 1 over the scores; 0 with any score of 0.

    Parameters
    ----------
    scores, weights, families
        As above; scores [0 or more].
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [as the scores]

    Raises
    ------
    ValueError
        Where a score is negative or infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    Becker et al., COINr: An R package for developing composite indicators, Journal of Open Source Software 7(78), 2022,
    4567, doi:10.21105/joss.04567 (a_hmean).

    Examples
    --------
    >>> two = np.array([[[0.5], [0.25]]]), np.array([[0.5, 0.5]]), Families.of_sizes([2])
    >>> harmonic(*two, min_available=0.65).round(3)
    array([[[0.333]]])
    """
    return power_mean(scores, weights, families, exponent=-1.0, min_available=min_available)


def power_mean(scores: Array, weights: Array, families: Families, *, exponent: float, min_available: float) -> Array:
    """Weighted means of powers: (sum of w xᵖ)^(1/p), the less compensatory the lower the exponent p.

    1 is the arithmetic, 0 (in the limit) the geometric, -1 the harmonic mean, inf the greatest, -inf the least score.

    Parameters
    ----------
    scores, weights, families
        As above; scores [0 or more].
    exponent : float
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [as the scores]
        With an exponent of 0 or less, 0 with any score of 0.

    Raises
    ------
    ValueError
        Where a score is negative or infinite, the exponent is not a number, `min_available` is not within 0-1, or
        shapes do not fit.

    References
    ----------
    Hardy, Littlewood & Pólya, Inequalities, 1934, chapter 2; COINr, doi:10.21105/joss.04567 (a_genmean).

    Examples
    --------
    >>> two = np.array([[[1.0], [7.0]]]), np.array([[0.5, 0.5]]), Families.of_sizes([2])
    >>> power_mean(*two, exponent=2.0, min_available=0.65)
    array([[[5.]]])
    """
    if np.isnan(exponent):
        raise ValueError(f"exponent: expected a number, found {exponent}")
    least = np.fmin.reduce(scores, axis=None, initial=0.0)
    if least < 0:
        raise ValueError(f"scores: expected at least 0, found {least}")
    return by_blocks(partial(_power, exponent=exponent), scores, weights, families, min_available)


def median(scores: Array, weights: Array, families: Families, *, min_available: float) -> Array:
    """Weighted medians: the score with at most half of the weight below it and at most half above.

    Where two scores are that, half of the weight lying on either side of the gap, their mean: with equal weights, this
    is the common median. A child of weight 0 is left out.

    Parameters
    ----------
    scores, weights, families
        As above; scores [any measure].
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [as the scores]

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    Edgeworth, On a new method of reducing observations relating to several quantities, Philosophical Magazine 25, 1888,
    184-191; COINr, doi:10.21105/joss.04567, vignette on aggregation.

    Examples
    --------
    >>> three = np.array([[[0.9], [0.1], [0.4]]]), np.array([[0.6, 0.2, 0.2]]), Families.of_sizes([3])
    >>> median(*three, min_available=0.65)
    array([[[0.9]]])
    """
    return by_blocks(_median, scores, weights, families, min_available)


def minimum(scores: Array, weights: Array, families: Families, *, min_available: float) -> Array:
    """Least scores of the children that carry weight: nothing makes up for the worst.

    Parameters
    ----------
    scores, weights, families
        As above; scores [any measure].
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [as the scores]

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    Hardy, Littlewood & Pólya, Inequalities, 1934, chapter 2: the power mean of exponent -inf.

    Examples
    --------
    >>> three = np.array([[[0.9], [0.1], [0.4]]]), np.array([[0.6, 0.0, 0.4]]), Families.of_sizes([3])
    >>> minimum(*three, min_available=0.65)
    array([[[0.4]]])
    """
    return by_blocks(_least, scores, weights, families, min_available)


def maximum(scores: Array, weights: Array, families: Families, *, min_available: float) -> Array:
    """Greatest scores of the children that carry weight: the best makes up for all others.

    Parameters
    ----------
    scores, weights, families
        As above; scores [any measure].
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [as the scores]

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    Hardy, Littlewood & Pólya, Inequalities, 1934, chapter 2: the power mean of exponent inf.

    Examples
    --------
    >>> three = np.array([[[0.9], [0.1], [0.4]]]), np.array([[0.0, 0.6, 0.4]]), Families.of_sizes([3])
    >>> maximum(*three, min_available=0.65)
    array([[[0.4]]])
    """
    return by_blocks(_greatest, scores, weights, families, min_available)


def copeland(scores: Array, weights: Array, families: Families, *, min_available: float) -> Array:
    """Copeland scores: the units a unit beats less those that beat it, brought to 0-1 by (c + n - 1) / (2 (n - 1)).

    One unit beats another where the children in which it is better weigh more than those in which it is worse, which is
    an outranking of more than half with ties split; children that either lacks have no say between the two. Scores
    closer than 1e-12 are equal. n is the number of units with enough children. The work grows with n²: some seconds
    for 5,000 units, out of reach for a million.

    Parameters
    ----------
    scores, weights, families
        As above; scores [any measure].
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [0-1]
        1 beats all others, 0 none. NaN for a unit that has none to compare with.

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    COINr, doi:10.21105/joss.04567 (a_copeland, which is not brought to 0-1); Munda & Nardo, Noncompensatory/nonlinear
    composite indicators for ranking countries: a defensible setting, Applied Economics 41(12), 2009, 1513-1523,
    doi:10.1080/00036840601019364; OECD/JRC, Handbook, doi:10.1787/9789264043466-en, step 6.

    Examples
    --------
    >>> three = np.array([[[0.9, 0.5, 0.1], [0.1, 0.5, 0.4]]]), np.array([[0.6, 0.4]]), Families.of_sizes([2])
    >>> copeland(*three, min_available=0.65)
    array([[[1. , 0.5, 0. ]]])
    """
    there = ~np.isnan(by_blocks(_any, scores, weights, families, min_available))
    means = np.full(there.shape, np.nan)
    for year, parent in np.argwhere(there.sum(axis=2) > 1):
        compared = there[year, parent]
        own = families.owner == parent
        theirs = scores[year][own][:, compared]
        lead = partial(_lead, theirs, weights[year, own])
        n = theirs.shape[1]
        step = max(1, _PAIRS // n)
        wins = np.concatenate(spread(lead, [slice(k, k + step) for k in range(0, n, step)]))
        means[year, parent, compared] = (wins + n - 1) / (2 * (n - 1))
    return means


def _power(block: FamilyBlock, *, exponent: float) -> Array:
    """Power means by ratios to the greatest score, or the least for negative exponents.

    So powers stay within 0-1, and children that are equal give just their score.
    """
    end = block.extreme(np.maximum, 0.0) if exponent >= 0 else block.extreme(np.minimum, np.inf)
    if np.isinf(exponent):
        return end
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        ratios = block.scores / np.where(end > 0, end, 1.0)[:, block.families.owner]
        np.copyto(ratios, 1.0, where=block.weights == 0)
        if abs(exponent) < _AS_0:
            factor = np.exp(block.mean(np.log(ratios)))
        elif abs(exponent) < _NEAR_0:
            factor = np.exp(np.log1p(block.mean(np.expm1(exponent * np.log(ratios)))) / exponent)
        else:
            factor = block.mean(ratios**exponent) ** (1.0 / exponent)
        return end * factor


def _median(block: FamilyBlock) -> Array:
    medians = np.empty((block.scores.shape[0], block.families.starts.size, block.scores.shape[2]))
    ends = [*block.families.starts.tolist(), block.families.owner.size]
    for parent, (start, end) in enumerate(pairwise(ends)):
        order = np.argsort(block.scores[:, start:end], axis=1, kind="stable")
        rising = np.take_along_axis(block.scores[:, start:end], order, axis=1)
        weights = np.take_along_axis(block.weights[:, start:end], order, axis=1)
        reached = np.cumsum(weights, axis=1) / block.totals[:, parent, None]
        lower, upper = (
            np.take_along_axis(rising, np.argmax(over, axis=1, keepdims=True), axis=1)[:, 0]
            for over in (reached >= 0.5 - HAIR, reached > 0.5 + HAIR)
        )
        medians[:, parent] = np.where(lower == upper, lower, lower / 2 + upper / 2)
    return np.where(np.isnan(block.totals), np.nan, medians)


def _least(block: FamilyBlock) -> Array:
    return block.extreme(np.minimum, np.inf)


def _greatest(block: FamilyBlock) -> Array:
    return block.extreme(np.maximum, -np.inf)


def _any(block: FamilyBlock) -> Array:
    return block.totals


def _lead(scores: Array, weights: Array, part: slice) -> Array:
    """Units beaten less units that win, for a part of the units of `scores`, shape (n_children, n_units)."""
    margin = np.zeros((scores[0, part].size, scores.shape[1]))
    for own, weight in zip(scores, weights, strict=True):
        ahead = np.subtract.outer(own[part], own)
        margin += weight * ((ahead > TIE).astype(np.int8) - (ahead < -TIE))
    won: Array = np.subtract((margin > HAIR).sum(axis=1), (margin < -HAIR).sum(axis=1), dtype=np.float64)
    return won


# What computes an aggregation beside the arithmetic mean, by its name.
MEANS: dict[str, Callable[..., Array]] = {
    "geometric": geometric,
    "harmonic": harmonic,
    "power mean": power_mean,
    "median": median,
    "minimum": minimum,
    "maximum": maximum,
    "mpi": mpi,
    "ampi": ampi,
    "mean-min": mean_min,
    "topsis": topsis,
    "grey relational": grey_relational,
    "benefit of the doubt": benefit_of_the_doubt,
    "copeland": copeland,
}
