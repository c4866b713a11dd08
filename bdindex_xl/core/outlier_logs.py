"""Transformations of a whole indicator that bring its outliers in: logarithms and powers of values put above zero."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arrays import Array
from .skewness import skewness

MARGIN = 0.01  # how far above zero the least value is put before a logarithm, as a share of the range
_SMALL, _LARGE = 2.0**-900, 2.0**900  # ranges beyond which a margin would vanish or overflow
_LAMBDAS = np.linspace(-5.0, 5.0, 41)
_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


def log_shifted(values: Array, skew: float | None = None) -> Array:
    """Logarithm of the distance from a point just beyond the end that most values are at.

    log(x - min + 0.01 (max - min)), or -log(max - x + 0.01 (max - min)) where the skew is negative: COINr's log_CT and
    log_CT_plus.

    Parameters
    ----------
    values : array, shape (n_units,) [any measure]
        NaN is missing, and stays so.
    skew : float, optional [no measure]
        Their skewness, where that is known.

    Returns
    -------
    array, shape (n_units,) [logarithm of the measure]
        In the same order. Values that are all equal are left as they are.

    Raises
    ------
    ValueError
        Where a value is infinite.

    Examples
    --------
    >>> log_shifted(np.array([0.0, 1.0, 100.0])).round(3)
    array([0.   , 0.693, 4.615])
    """
    turned = bool((skewness(values, axis=0) if skew is None else skew) < 0)
    shifted, _, exponent = _above_zero(-values if turned else values)
    if shifted is None:
        return values.copy()
    np.log(shifted, out=shifted)
    if exponent:
        shifted += exponent * np.log(2.0)
    return np.negative(shifted, out=shifted) if turned else shifted


def box_cox(values: Array, lmbda: float | None = None) -> Array:
    """Box-Cox transformation of the values put above zero: (y^λ - 1) / λ, or log y where λ is 0.

    y is (x - min) / (max - min) + 0.01, so that neither the measure nor its zero matters.

    Parameters
    ----------
    values : array, shape (n_units,) [any measure]
        NaN is missing, and stays so.
    lmbda : float, optional
        λ; without it, that from -5 to 5 of greatest likelihood, were the result normally distributed.

    Returns
    -------
    array, shape (n_units,) [no measure]
        In the same order. Values that are all equal are left as they are.

    Raises
    ------
    ValueError
        Where a value is infinite.

    References
    ----------
    Box & Cox, An analysis of transformations, Journal of the Royal Statistical Society B 26(2), 1964, 211-252,
    doi:10.1111/j.2517-6161.1964.tb00553.x.

    Examples
    --------
    >>> box_cox(np.array([0.0, 1.0, np.nan]), 2.0).round(4)
    array([-0.5   ,  0.0101,     nan])
    """
    shifted, span, _ = _above_zero(values)
    if shifted is None:
        return values.copy()
    logs = np.log(shifted / span)
    return _powered(logs, _likeliest(logs[~np.isnan(logs)]) if lmbda is None else lmbda)


def gii_log(values: Array, skew: float | None = None) -> Array:
    """The logarithm of the Global Innovation Index: ln((max - 1) (x - min) / (max - min) + 1), from 0 to ln max.

    Where the skew is negative, it is turned round, as `log_shifted`: -ln((max - 1) (max - x) / (max - min) + 1).

    Parameters
    ----------
    values : array, shape (n_units,) [any measure whose greatest value is above 1]
        NaN is missing, and stays so.
    skew : float, optional [no measure]
        Their skewness, where that is known.

    Returns
    -------
    array, shape (n_units,) [no measure]
        In the same order. Values that are all equal are left as they are.

    Raises
    ------
    ValueError
        Where a value is infinite, or the greatest is not above 1: the order would be turned, or lost.

    References
    ----------
    Cornell University, INSEAD & WIPO, The Global Innovation Index 2019, appendix IV; COINr, doi:10.21105/joss.04567
    (log_GII).

    Examples
    --------
    >>> gii_log(np.array([0.0, 1.0, 11.0])).round(3)
    array([0.   , 0.647, 2.398])
    """
    turned = bool((skewness(values, axis=0) if skew is None else skew) < 0)
    low, high, span = _range(values)
    if not span > 0:
        return values.copy()
    if not high > 1:
        raise ValueError(f"values: expected a greatest value above 1 for the gii log, found {high}")
    logs: Array = high - values if turned else values - low
    logs /= span
    logs *= high - 1.0
    np.log1p(logs, out=logs)
    return np.negative(logs, out=logs) if turned else logs


def _box_cox(values: Array, _: float) -> Array:
    return box_cox(values)


def _above_zero(values: Array) -> tuple[Array | None, float, int]:
    """Values moved to above zero by a margin, and their range; none where that is zero.

    Ranges near the ends of floating point are scaled, by two to the power of minus the exponent that comes third.
    """
    low, _, span = _range(values)
    if not span > 0:
        return None, span, 0
    exponent = int(np.frexp(span)[1]) if not _SMALL < span < _LARGE else 0
    away = values - low
    if exponent:
        away, span = np.ldexp(away, -exponent), float(np.ldexp(span, -exponent))
    away += MARGIN * span
    return away, span, exponent


def _range(values: Array) -> tuple[float, float, float]:
    """Least and greatest value, and their distance; NaN without any."""
    low, high = (float(end.reduce(values, initial=np.nan)) for end in (np.fmin, np.fmax))
    span = high - low
    if not np.isnan(low) and not np.isfinite(span):
        raise ValueError("values: expected finite values whose range is finite, found an infinite one")
    return low, high, span


def _likeliest(logs: Array) -> float:
    """The λ of greatest likelihood, to some 1e-6, for values given by their logarithms."""

    def unlikelihood(lmbda: float) -> float:
        return float(0.5 * np.log(np.var(_powered(logs, lmbda))) - (lmbda - 1.0) * np.mean(logs))

    # The grid finds the valley, the golden section its bottom: with few values there may be a second one.
    at = int(np.argmin([unlikelihood(lmbda) for lmbda in _LAMBDAS.tolist()]))
    return _least(unlikelihood, *_LAMBDAS[[max(at - 1, 0), min(at + 1, _LAMBDAS.size - 1)]].tolist())


def _powered(logs: Array, lmbda: float) -> Array:
    """Box-Cox of values given by their logarithms: nothing is lost where λ is close to 0."""
    return logs if lmbda == 0 else np.asarray(np.expm1(lmbda * logs) / lmbda)


def _least(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one valley between two places is least, by golden section."""
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = function(left), function(right)
    while high - low > 1e-7:
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = function(right)
    return (low + high) / 2


TRANSFORMATIONS: dict[str, Callable[[Array, float], Array] | None] = {  # of values and their skewness
    "log": log_shifted,
    "gii log": gii_log,
    "box-cox": _box_cox,
    "none": None,
}
