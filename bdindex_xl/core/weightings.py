"""Weights from how children's scores spread over units, each parent's children among themselves.

Common to all: scores have shape (n_years, n_units, n_children) for axis=1 or (n_years, n_children, n_units) for
axis=2, children of several parents side by side. NaN is missing and left out. A child without any value has weight 0;
where no child of a parent tells anything by the method's measure, those with a value share equally; weights of a
parent sum to 1 unless none of its children has a value, when all are 0.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arrays import Array
from .correlated_weights import critic, equal_importance, pca
from .family_block import over_families
from .moments import ROUNDING, by_units, filled, moments
from .normalise import extremes
from .parallel import blocks, parts, spread
from .side_by_side import side_by_side
from .weight import Families, equal_if_nought

LEAST_OF_MEREC = 0.01  # the least score that its logarithms take
_TINY = np.finfo(np.float64).tiny


def standard_deviation(scores: Array, families: Families, *, axis: int) -> Array:
    """Weights in proportion to standard deviations (divisor n; which one matters only where counts differ).

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1]
        NaN is missing and left out.
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child that is constant, or has one value only, beside one that is not; equal where all are.

    Raises
    ------
    ValueError
        Where the shape does not fit the families, or a value is infinite.

    References
    ----------
    Diakoulaki, Mavrotas & Papayannakis, Determining objective weights in multiple criteria problems: the CRITIC
    method, Computers & Operations Research 22(7), 1995, 763-770, doi:10.1016/0305-0548(94)00059-H.

    Examples
    --------
    >>> standard_deviation(np.array([[[0.0, 0.25], [1.0, 0.5]]]), Families.of_sizes([2]), axis=1)
    array([[0.8, 0.2]])
    """
    found = moments(by_units(scores, families, axis=axis))
    return equal_if_nought(found.deviations, found.counts, families)


def coefficient_of_variation(scores: Array, families: Families, *, axis: int) -> Array:
    """Weights in proportion to standard deviations (divisor n) relative to means.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1]
        NaN is missing and left out.
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child that is constant (0 throughout, too) beside one that is not; equal where all are.

    Raises
    ------
    ValueError
        Where the shape does not fit the families, or a value is infinite.

    References
    ----------
    Shuai D., Zongzhun Z., Yongji W. & Lei L., A new angular method to determine the objective weights,
    24th Chinese Control and Decision Conference, 2012, 3889-3892, doi:10.1109/CCDC.2012.6244621, where angles are
    compared with it.

    Examples
    --------
    >>> coefficient_of_variation(np.array([[[0.0, 0.25], [1.0, 0.75]]]), Families.of_sizes([2]), axis=1).round(3)
    array([[0.667, 0.333]])
    """
    found = moments(by_units(scores, families, axis=axis))
    mean = np.abs(found.means)
    relative = np.divide(found.deviations, mean, out=np.zeros_like(mean), where=mean > 0)
    return equal_if_nought(relative, found.counts, families)


def angle(scores: Array, families: Families, *, axis: int) -> Array:
    """Weights in proportion to the angle between a child's values and a child that is the same everywhere.

    With the vector of ones the cosine is sum z / sqrt(n sum z²), the mean over the root mean square; so the tangent
    is the coefficient of variation, which is how it is computed: arc cosines of small angles lose half their digits.
    Dividing a column by its sum, as published, leaves its angle as it is: scores go in as they are.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1]
        NaN is missing and left out.
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child that is constant (0 throughout, too) beside one that is not; equal where all are.

    Raises
    ------
    ValueError
        Where the shape does not fit the families, or a value is infinite.

    References
    ----------
    Shuai D., Zongzhun Z., Yongji W. & Lei L., A new angular method to determine the objective weights,
    24th Chinese Control and Decision Conference, 2012, 3889-3892, doi:10.1109/CCDC.2012.6244621.

    Examples
    --------
    >>> angle(np.array([[[0.0, 0.5, 1.0], [1.0, 0.5, 1.0]]]), Families.of_sizes([2, 1]), axis=1)
    array([[1., 0., 1.]])
    """
    found = moments(by_units(scores, families, axis=axis))
    return equal_if_nought(np.arctan2(found.deviations, np.abs(found.means)), found.counts, families)


def entropy(scores: Array, families: Families, *, axis: int) -> Array:
    """Weights by how far the distribution of a child's values over units is from an even one.

    With p = z / sum z and m units that have a value, w is in proportion to 1 - H / ln m, where H = -sum p ln p and
    0 ln 0 = 0. It is computed as sum z ln(z / mean) / (sum z ln m), which is the same without 1 - H losing digits. The
    zero of a scale matters: weights of min-max scores are not those of raw values, which the method was made for.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1, never below 0]
        NaN is missing and left out.
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child that is constant (0 throughout, too), or has one value only, beside one that is not; equal where
        all are.

    Raises
    ------
    ValueError
        Where the shape does not fit the families, or a value is below 0 or infinite.

    References
    ----------
    Shannon, A mathematical theory of communication, Bell System Technical Journal 27, 1948, 379-423,
    doi:10.1002/j.1538-7305.1948.tb01338.x. Hwang & Yoon, Multiple Attribute Decision Making, Springer, 1981,
    doi:10.1007/978-3-642-48318-9.

    Examples
    --------
    >>> entropy(np.array([[[0.0, 0.5, 0.1], [1.0, 0.5, 0.3]]]), Families.of_sizes([3]), axis=1).round(3)
    array([[0.841, 0.   , 0.159]])
    """
    units = by_units(scores, families, axis=axis)
    parts = spread(lambda block: _unevenness(units[:, block]), blocks(units.shape[1]))
    least = min(lowest for *_, lowest in parts)
    counts, sums, within = (np.stack([part[kind] for part in parts]) for kind in range(3))
    number, total = counts.sum(axis=0), sums.sum(axis=0)
    if not np.isfinite(total).all():
        raise ValueError("scores: expected finite values, found an infinite one")
    if least < 0:
        raise ValueError(f"scores: expected none below 0, found {least}")
    even = counts * (total / np.maximum(number, 1.0))
    relative = np.divide(sums, even, out=np.zeros_like(sums), where=even > 0)
    between = even * (relative * np.log(np.maximum(relative, _TINY)) - (relative - 1.0))
    told = np.divide((within + between).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    # As long as it is small, twice this is the square of the coefficient of variation.
    told = np.where(2.0 * told > ROUNDING**2, told / np.log(np.maximum(number, 2.0)), 0.0)
    return equal_if_nought(told, number, families)


def _unevenness(block: Array) -> tuple[Array, Array, Array, float]:
    """Counts, sums and sums of z ln(z / mean) of a block, shape (n_years, n_children) each, and its least value."""
    with np.errstate(invalid="ignore"):
        block, counts, sums, missing = filled(block, block.sum(axis=1))
        means = sums / np.maximum(counts, 1.0)
        relative = block / np.where(means > 0, means, 1.0)[:, None]
        work = relative - 1.0
        if missing is not None:
            work[missing] = 0.0
        # These add up to 0 but for the rounding of the mean, which they take out of the sum below.
        off = work.sum(axis=1)
        np.log(np.maximum(relative, _TINY, out=work), out=work)
        uneven = means * (np.einsum("yuc,yuc->yc", relative, work) - off)
    return counts, sums, uneven, float(block.min(initial=np.inf))


def gini(scores: Array, families: Families, *, axis: int) -> Array:
    """Weights in proportion to Gini coefficients: how unevenly a child's values are spread over the units.

    G = sum of (2 k - n - 1) z_k / (n sum z) over the n values in rising order, which is half the mean difference of all
    pairs over the mean.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1, never below 0]
        NaN is missing and left out.
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child that is constant (0 throughout, too), or has one value only, beside one that is not; equal where
        all are.

    Raises
    ------
    ValueError
        Where the shape does not fit the families, or a value is below 0 or infinite.

    References
    ----------
    Li & Chi, A new determining objective weights method: Gini coefficient weight, First International Conference on
    Information Science and Engineering, 2009, 3726-3729; Gini, Variabilità e mutabilità, 1912.

    Examples
    --------
    >>> gini(np.array([[[0.0, 0.25], [1.0, 0.75]]]), Families.of_sizes([2]), axis=1).round(3)
    array([[0.667, 0.333]])
    """
    units = by_units(scores, families, axis=axis)
    _check_scores(units)
    n_years, n_units, n_children = units.shape
    columns = side_by_side(units).reshape(n_years * n_children, n_units)
    twice = 2.0 * np.arange(1, n_units + 1)
    found = np.array(spread(lambda column: _gini(column, twice), list(columns))).reshape(n_years, n_children, 2)
    return equal_if_nought(found[..., 0], found[..., 1], families)


def _gini(values: Array, twice: Array) -> tuple[float, float]:
    """Gini coefficient of one child, and the number of its values; `twice` are 2, 4, 6, … as many as there may be."""
    rising = np.sort(values)  # missing ones last
    n = len(rising) - int(np.count_nonzero(np.isnan(rising)))
    rising = rising[:n]
    if n < 2 or rising[-1] <= 0 or rising[-1] - rising[0] <= ROUNDING * rising[-1]:
        return 0.0, n
    rising /= rising[-1]
    total = n * rising.sum()
    rising -= rising[0]
    rising *= twice[:n] - (n + 1.0)
    return float(rising.sum() / total), n


def merec(scores: Array, families: Families, *, axis: int) -> Array:
    """Weights by the effect of removing a child (MEREC): how much less a unit's performance is without it.

    With x = z / least z of the child and m children, a unit's performance is S = ln(1 + sum of ln x / m), and a child
    weighs in proportion to the mean over units of S less the same without that child. The logarithm has no end at 0:
    scores below 0.01 count as 0.01, as the worst does after min-max.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1, never below 0]
        NaN is missing and left out: m is the number of children that the unit has.
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child that is constant, or has one value only, beside one that is not; equal where all are.

    Raises
    ------
    ValueError
        Where the shape does not fit the families, or a value is below 0 or infinite.

    References
    ----------
    Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis & Antucheviciene, Determination of objective weights using a new
    method based on the removal effects of criteria (MEREC), Symmetry 13(4), 2021, 525, doi:10.3390/sym13040525.

    Examples
    --------
    >>> merec(np.array([[[0.5, 0.5], [1.0, 0.5], [0.75, 1.0]]]), Families.of_sizes([2]), axis=1).round(3)
    array([[0.634, 0.366]])
    """
    units = by_units(scores, families, axis=axis)
    least = np.log(np.maximum(np.nan_to_num(_check_scores(units), nan=1.0), LEAST_OF_MEREC))
    found = spread(lambda b: _removal_effects(units[:, b], least, families), blocks(units.shape[1]))
    effects, counts = (np.sum(kind, axis=0) for kind in zip(*found, strict=True))
    return equal_if_nought(effects / np.maximum(counts, 1.0), counts, families)


def _removal_effects(block: Array, least: Array, families: Families) -> tuple[Array, Array]:
    """Sums over a block's units of what removing a child takes away, and counts, shape (n_years, n_children) each."""
    found = [
        _removed(np.ascontiguousarray(np.swapaxes(block[:, p], 1, 2)), least, families) for p in parts(block.shape[1])
    ]
    effects, counts = (np.sum(kind, axis=0) for kind in zip(*found, strict=True))
    return effects, counts


def _removed(part: Array, least: Array, families: Families) -> tuple[Array, Array]:
    """The same of some units, shape (n_years, n_children, n_units)."""
    part = np.ascontiguousarray(part)
    there = (~np.isnan(part)).astype(np.float64)
    logs = np.maximum(part, LEAST_OF_MEREC)
    np.log(logs, out=logs)
    logs -= least[:, :, None]
    np.fmax(logs, 0.0, out=logs)  # 0 for what is missing
    logs *= logs >= ROUNDING
    number = np.maximum(over_families(np.add, there, families), 1.0)
    performance = number + over_families(np.add, logs, families)
    logs /= performance[:, families.owner]
    np.log1p(np.negative(logs, out=logs), out=logs)
    return -logs.sum(axis=2), there.sum(axis=2)


def _check_scores(units: Array) -> Array:
    """Least scores, shape (n_years, n_children). Raises ValueError where one is below 0 or infinite."""
    lower, upper = extremes(units, over_years=False)
    if np.isinf(lower).any() or np.isinf(upper).any():
        raise ValueError("scores: expected finite values, found an infinite one")
    least = float(np.fmin.reduce(lower, axis=None, initial=np.nan))
    if least < 0:
        raise ValueError(f"scores: expected none below 0, found {least}")
    return lower


# What computes a weighting that follows from the children's scores, by its name.
BY_SCORES: dict[str, Callable[..., Array]] = {
    "angle": angle,
    "entropy": entropy,
    "gini": gini,
    "merec": merec,
    "critic": critic,
    "coefficient of variation": coefficient_of_variation,
    "standard deviation": standard_deviation,
    "pca": pca,
    "equal importance": equal_importance,
}
