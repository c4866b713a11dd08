"""Aggregations that take off for children that are uneven: the mean less what they are apart.

Common to all: as in `means`, which see for scores, weights, families and missing values.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from .arrays import Array
from .family_block import FamilyBlock, by_blocks, over_families
from .moments import ROUNDING, moments
from .normalise import extremes
from .weight import Families

MEAN, SPREAD = 1.0, 0.1  # of standardised children: 100 and 10, where full marks are 100
RANGE = 0.6  # of children of AMPI: 70 to 130 about the reference at 100
SHARE_OF_MINIMUM = 0.5  # alpha of mean-min: half of the way from the mean to the least child


def mpi(
    scores: Array,
    weights: Array,
    families: Families,
    *,
    min_available: float,
    over_years: bool = False,
    upward: bool = False,
) -> Array:
    """Mazziotta-Pareto index: M - S²/M, with M mean and S standard deviation of a unit's standardised children.

    Children are brought to mean 1 and standard deviation 0.1 over the units (100 and 10, full marks being 100), so
    that it does not matter how they were normalised, as long as that was by a straight line. Divisors are n - 1 and,
    over a unit's m children, m - 1, as in Compind's ci_mpi; the article has n and m. A child that is the same for all
    units is at the mean, and so is a unit alone. With given weights, M and S are weighted.

    Parameters
    ----------
    scores, weights, families
        As in `means`; scores [any measure].
    min_available : float [share of a parent's children, 0-1]
    over_years : bool
        Children are standardised over all years together instead of each year.
    upward : bool
        M + S²/M: for what is the worse the more there is of it, as poverty.

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [1 for the mean of all units; not bound to 0-1]

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    De Muro, Mazziotta & Pareto, Composite indices of development and poverty: an application to MDGs, Social
    Indicators Research 104, 2011, 1-18, doi:10.1007/s11205-010-9727-z; Fusco, Vidoli & Sahoo, Compind (R package), 3.4.

    Examples
    --------
    >>> three = np.array([[[0.9, 0.5, 0.1], [0.1, 0.5, 0.9]]]), np.array([[0.5, 0.5]]), Families.of_sizes([2])
    >>> mpi(*three, min_available=0.65).round(3)
    array([[[0.98, 1.  , 0.98]]])
    """
    found = moments(_as_one(scores, over_years).swapaxes(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        steps = np.where(found.deviations > 0, SPREAD / found.deviations, 0.0)
        steps = steps * np.sqrt(1.0 - 1.0 / np.maximum(found.counts, 1.0))
    penalised = partial(_penalised, at=found.means, steps=steps, sample=True, sign=1.0 if upward else -1.0)
    return by_blocks(penalised, scores, weights, families, min_available)


def ampi(scores: Array, weights: Array, families: Families, *, min_available: float, upward: bool = False) -> Array:
    """Adjusted Mazziotta-Pareto index, comparable over years: M - S²/M of children between goalposts about a reference.

    A child's score is 1 at the reference, which is the mean of all units in the first year that has any, and changes by
    0.6 from the least value of all years to the greatest: 100 and 70 to 130, full marks being 100. The divisor over a
    unit's children is their number. A child that never changes is at the reference.

    Parameters
    ----------
    scores, weights, families
        As in `means`; scores [any measure, the same in all years].
    min_available : float [share of a parent's children, 0-1]
    upward : bool
        M + S²/M: for what is the worse the more there is of it.

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [1 for the reference; not bound to 0-1]

    Raises
    ------
    ValueError
        Where a score is infinite, `min_available` is not within 0-1, or shapes do not fit.

    References
    ----------
    Mazziotta & Pareto, On a generalized non-compensatory composite index for measuring socio-economic phenomena,
    Social Indicators Research 127, 2016, 983-1003, doi:10.1007/s11205-015-0998-2.

    Examples
    --------
    >>> one = np.array([[[0.0, 1.0]], [[0.5, 2.0]]]), np.ones((2, 1)), Families.of_sizes([1])
    >>> ampi(*one, min_available=0.65)
    array([[[0.85, 1.15]],
    <BLANKLINE>
           [[1.  , 1.45]]])
    """
    of_years = extremes(np.swapaxes(scores, 1, 2), over_years=False)
    least, greatest = np.fmin.reduce(of_years[0], axis=0), np.fmax.reduce(of_years[1], axis=0)
    span = greatest / 2 - least / 2  # halves, since the range of great numbers may be beyond them
    varies = span > ROUNDING / 2 * np.maximum(np.abs(least), np.abs(greatest))
    steps = np.divide(RANGE / 2, span, out=np.zeros_like(span), where=varies)
    first = (~np.isnan(of_years[0])).argmax(axis=0)
    start = scores[first, np.arange(scores.shape[1])]
    reference = moments(start.T[None]).means[0]
    penalised = partial(_penalised, at=reference[None], steps=steps[None], sample=False, sign=1.0 if upward else -1.0)
    return by_blocks(penalised, scores, weights, families, min_available)


def mean_min(scores: Array, weights: Array, families: Families, *, min_available: float) -> Array:
    """Halfway between the weighted mean and the least child: M - α (M - min), with α = 1/2.

    The mean-min function M - α (sqrt((M - min)² + β²) - β) with β = 0, where α = 0 is the mean and α = 1 the minimum.

    Parameters
    ----------
    scores, weights, families
        As in `means`; scores [any measure].
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
    Casadio Tarabusi & Guarini, An unbalance adjustment method for development indicators, Social Indicators Research
    112, 2013, 19-45, doi:10.1007/s11205-012-0070-4.

    Examples
    --------
    >>> two = np.array([[[0.9], [0.1]]]), np.array([[0.5, 0.5]]), Families.of_sizes([2])
    >>> mean_min(*two, min_available=0.65)
    array([[[0.3]]])
    """
    return by_blocks(_mean_min, scores, weights, families, min_available)


def _as_one(scores: Array, over_years: bool) -> Array:
    """Scores with a scope on each place of the first axis, shape (n_scopes, n_children, n_units)."""
    return scores.swapaxes(0, 1).reshape(1, scores.shape[1], -1) if over_years else scores


def _penalised(block: FamilyBlock, *, at: Array, steps: Array, sample: bool, sign: float) -> Array:
    """Mean and penalty of children that are 1 at `at` and change by `steps`, shape (n_years or 1, n_children)."""
    children = block.scores - at[:, :, None]
    children *= steps[:, :, None]
    children += MEAN
    mean = block.mean(children)
    children -= mean[:, block.families.owner]
    children *= children
    variance = block.mean(children)
    if sample:
        heard = over_families(np.add, (block.weights > 0).astype(np.float64), block.families)
        variance *= np.where(heard > 1, heard / np.maximum(heard - 1.0, 1.0), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        penalty = variance / np.abs(mean)
    penalty[mean == 0] = 0.0
    penalised: Array = mean + sign * penalty
    return penalised


def _mean_min(block: FamilyBlock) -> Array:
    mean = block.mean(block.scores)
    return mean - SHARE_OF_MINIMUM * (mean - block.extreme(np.minimum, np.inf))
