"""Skewness and kurtosis of samples with gaps."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from .arrays import Array
from .gaps import zero_for_missing
from .parallel import blocks, spread

_AT_ONCE = 16384  # values
_ROWS = 32


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
    n, _, *higher = central_moments(np.moveaxis(values, axis, 0))
    return of_moments(n, *higher)


def of_moments(n: Array, second: Array, third: Array, fourth: Array) -> tuple[Array, Array]:
    """Skewness and kurtosis of so many values from their central moments, in any measure.

    >>> of_moments(*(np.array(x) for x in (4.0, 1.0, 0.0, 1.0)))
    (np.float64(0.0), np.float64(-6.0))
    """
    with np.errstate(divide="ignore", invalid="ignore"):  # equal values: 0 / 0
        g1 = third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
        g2 = ((n + 1) * (fourth / second**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return np.where(n >= 3, g1, np.nan)[()], np.where(n >= 4, g2, np.nan)[()]


def central_moments(values: Array) -> tuple[Array, Array, Array, Array, Array]:
    """Number of values along the first axis, their mean and their central moments 2, 3 and 4; least 0 and greatest 1.

    >>> [float(moment) for moment in central_moments(np.array([3.0, 3.0, 7.0, 7.0, np.nan]))]
    [4.0, 0.5, 0.25, 0.0, 0.0625]

    In that measure powers of values of 1e-200 do not vanish, those of 1e200 do not overflow, and the variance of equal
    values is exactly 0.
    """
    # A single row of values is done with in this thread: treatments take one indicator a thread.
    tasks = blocks(len(values)) if values.ndim > 1 else [slice(None)]
    ends = spread(lambda b: [_reduced(end, values[b], initial=np.nan) for end in (np.fmin, np.fmax)], tasks)
    low, high = np.fmin.reduce([low for low, _ in ends]), np.fmax.reduce([high for _, high in ends])
    with np.errstate(over="ignore", invalid="ignore"):
        span = high - low
    if not np.isfinite(span[~np.isnan(low)]).all():
        raise ValueError("values: expected finite values whose range is finite, found an infinite one")
    span = np.where(span > 0, span, 1.0)

    n, total = np.add.reduce(spread(lambda b: _by_steps(_number_and_sum, values[b], low, span), tasks))
    mean = np.divide(total, n, out=np.zeros_like(total), where=n > 0)
    sums = partial(_power_sums, mean=mean, gaps=bool((n < len(values)).any()))
    higher = np.add.reduce(spread(lambda b: _by_steps(sums, values[b], low, span), tasks))
    second, third, fourth = np.divide(higher, n, out=np.full_like(higher, np.nan), where=n > 0)
    return n, mean, second, third, fourth


def _by_steps(sums: Callable[[Array], list[Array]], values: Array, low: Array, span: Array) -> Array:
    """Sums over values in the measure of their range, of so many at a time that they stay in the fastest cache."""
    step = max(_AT_ONCE // max(math.prod(values.shape[1:]), 1), 1)
    found = []
    for start in range(0, max(len(values), 1), step):
        some = values[start : start + step] - low
        some /= span
        found.append(sums(some))
    summed: Array = np.add.reduce(np.array(found))
    return summed


def _number_and_sum(values: Array) -> list[Array]:
    total = _reduced(np.add, values)
    n = np.full(total.shape, float(len(values)))
    if np.isnan(total).any():
        n, total = n - np.count_nonzero(np.isnan(values), axis=0), _reduced(np.add, zero_for_missing(values))
    return [n, total]


def _power_sums(values: Array, mean: Array, gaps: bool) -> list[Array]:
    """Sums of the second, third and fourth powers of deviations; `values` are overwritten."""
    values -= mean
    if gaps:
        values = zero_for_missing(values)
    squares = values * values
    values *= squares
    second, third = _reduced(np.add, squares), _reduced(np.add, values)
    squares *= squares
    return [second, third, _reduced(np.add, squares)]


def _reduced(ufunc: np.ufunc, values: Array, initial: float = 0.0) -> Array:
    """Values reduced along the first axis, many rows side by side: short ones take most of their time to start."""
    whole = len(values) // _ROWS * _ROWS
    if values.ndim == 1 or not whole or not values.flags.c_contiguous:
        return np.asarray(ufunc.reduce(values, axis=0, initial=initial))
    wide = ufunc.reduce(values[:whole].reshape(whole // _ROWS, -1), axis=0)
    return np.asarray(ufunc.reduce(np.concatenate([wide.reshape(_ROWS, *values.shape[1:]), values[whole:]]), axis=0))
