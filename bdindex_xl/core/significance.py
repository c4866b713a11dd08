"""How likely a correlation is where there is none."""

from __future__ import annotations

from math import lgamma

import numpy as np

from .arrays import Array

_TINY = 1e-300
_CLOSE = 1e-16
_MOST_STEPS = 500


def p_values(correlations: Array, counts: Array) -> Array:
    """Two-sided p-values of correlations, by Student's t with n - 2 degrees of freedom.

    Parameters
    ----------
    correlations : array, any shape [-1 to 1]
        Pearson's, or Spearman's, for which it is an approximation that is good from some ten pairs on.
    counts : array, same shape
        Units that each is of.

    Returns
    -------
    array, same shape [0-1]
        NaN of fewer than three units, or where the correlation is.

    Raises
    ------
    ValueError
        Where the shapes differ.

    References
    ----------
    Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 26.5.27 (the distribution as an incomplete beta
    function) and 26.5.8 (its continued fraction); Kendall & Stuart, The Advanced Theory of Statistics 2, 1973, 31.19.

    Examples
    --------
    >>> p_values(np.array([0.5, 1.0]), np.array([10.0, 10.0])).round(6)
    array([0.141113, 0.      ])
    """
    if correlations.shape != counts.shape:
        raise ValueError(f"counts: expected shape {correlations.shape}, found {counts.shape}")
    freedom = np.where(counts > 2, counts - 2.0, np.nan)
    left = np.maximum(1.0 - correlations * correlations, 0.0)  # freedom / (freedom + t²)
    flat = [_beta(x, a) for x, a in zip(left.ravel().tolist(), (freedom / 2).ravel().tolist(), strict=True)]
    return np.array(flat).reshape(correlations.shape)


def _beta(x: float, a: float) -> float:
    """The regularised incomplete beta function of x with a and one half."""
    if np.isnan(x) or np.isnan(a):
        return float("nan")
    if x in (0.0, 1.0):
        return x
    b = 0.5
    front = np.exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * np.log(x) + b * np.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return float(front * _fraction(x, a, b) / a)
    return float(1.0 - front * _fraction(1.0 - x, b, a) / b)


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by the method of Lentz and Thompson."""
    c, d = 1.0, 1.0 / _apart(1.0 - (a + b) * x / (a + 1.0))
    found = d
    for m in range(1, _MOST_STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / _apart(1.0 + term * d)
            c = _apart(1.0 + term / c)
            found *= c * d
        if abs(c * d - 1.0) < _CLOSE:
            break
    return found


def _apart(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
