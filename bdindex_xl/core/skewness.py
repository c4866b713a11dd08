"""Skewness and kurtosis of samples with gaps."""

from __future__ import annotations

import numpy as np

from .arrays import Array
from .parallel import blocks, spread


def skewness(values: Array, *, axis: int) -> Array:
    """Sample skewness G1, as SKEW of a spreadsheet gives it.

    Parameters
    ----------
    values : array [any measure]
        NaN is missing and left out.
    axis : int
        The axis to go along.

    Returns
    -------
    array, shape of `values` without `axis` [no measure]
        NaN where there are fewer than 3 values, or all are equal.

    Raises
    ------
    ValueError
        Where a value is infinite, or a range is beyond the largest number.

    References
    ----------
    Joanes & Gill, Comparing measures of sample skewness and kurtosis, Journal of the Royal Statistical Society D
    47(1), 1998, 183-189, doi:10.1111/1467-9884.00122: G1, type 2 of what statistics programs give.

    Examples
    --------
    >>> skewness(np.array([1.0, 2.0, np.nan, 6.0]), axis=0).round(3)
    np.float64(1.458)
    """
    return skewness_and_kurtosis(values, axis=axis)[0]


def kurtosis(values: Array, *, axis: int) -> Array:
    """Sample excess kurtosis G2, as KURT of a spreadsheet gives it: 0 for a normal distribution.

    Parameters
    ----------
    values, axis
        As in `skewness`.

    Returns
    -------
    array, shape of `values` without `axis` [no measure]
        NaN where there are fewer than 4 values, or all are equal.

    Raises
    ------
    ValueError
        As `skewness`.

    References
    ----------
    As `skewness`: G2.

    Examples
    --------
    >>> kurtosis(np.array([1.0, 2.0, np.nan, 3.0, 6.0]), axis=0).round(3)
    np.float64(1.5)
    """
    return skewness_and_kurtosis(values, axis=axis)[1]


def skewness_and_kurtosis(values: Array, *, axis: int) -> tuple[Array, Array]:
    """Both at once, for the cost of one.

    Parameters
    ----------
    values, axis
        As in `skewness`.

    Returns
    -------
    skewness, kurtosis : arrays, shape of `values` without `axis` [no measure]
        As from the functions of that name.

    Raises
    ------
    ValueError
        As `skewness`.

    Examples
    --------
    >>> [g.round(3).tolist() for g in skewness_and_kurtosis(np.array([[1.0, 2.0, 3.0, 6.0]]), axis=1)]
    [[1.19], [1.5]]
    """
    n, second, third, fourth = _central_moments(np.moveaxis(values, axis, 0))
    with np.errstate(divide="ignore", invalid="ignore"):  # equal values: 0 / 0
        g1 = third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
        g2 = ((n + 1) * (fourth / second**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return np.where(n >= 3, g1, np.nan)[()], np.where(n >= 4, g2, np.nan)[()]


def _central_moments(values: Array) -> tuple[Array, Array, Array, Array]:
    """Number of values along the first axis and their central moments 2, 3 and 4, in the measure of their range.

    In that measure powers of values of 1e-200 do not vanish, those of 1e200 do not overflow, and the variance of equal
    values is exactly 0.
    """
    parts = [values[part] for part in blocks(len(values))]
    low = np.fmin.reduce([np.fmin.reduce(part, axis=0, initial=np.nan) for part in parts])
    high = np.fmax.reduce([np.fmax.reduce(part, axis=0, initial=np.nan) for part in parts])
    with np.errstate(over="ignore", invalid="ignore"):
        span = high - low
    if not np.isfinite(span[~np.isnan(low)]).all():
        raise ValueError("values: expected finite values whose range is finite, found an infinite one")
    span = np.where(span > 0, span, 1.0)

    n, total = np.add.reduce(spread(lambda part: _power_sums((part - low) / span, (1,)), parts))
    mean = np.divide(total, n, out=np.zeros_like(total), where=n > 0)
    higher = np.add.reduce(spread(lambda part: _power_sums((part - low) / span - mean, (2, 3, 4))[1:], parts))
    second, third, fourth = np.divide(higher, n, out=np.full_like(higher, np.nan), where=n > 0)
    return n, second, third, fourth


def _power_sums(values: Array, powers: tuple[int, ...]) -> Array:
    """Number of values along the first axis and the sums of their powers, ascending; `values` are overwritten."""
    missing = np.isnan(values)
    values[missing] = 0.0
    sums = [np.full(values.shape[1:], float(len(values))) - np.add.reduce(missing, axis=0)]
    power, term = 1, values.copy()
    for wanted in powers:
        while power < wanted:
            term *= values
            power += 1
        sums.append(np.add.reduce(term, axis=0))
    return np.stack(sums)
