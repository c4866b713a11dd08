"""Raw values made into others before they are scored: by a function of each alone, or by how far they are off."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arrays import Array

TRANSFORMS: dict[str, Callable[[Array], Array]] = {
    "ln": np.log,
    "log10": np.log10,
    "square root": np.sqrt,
    "absolute": np.abs,
    "reciprocal": np.reciprocal,
}


def transform(values: Array, name: str) -> Array:
    """Values by one of `TRANSFORMS`.

    Parameters
    ----------
    values : array [any measure]
        NaN is missing, and stays so.
    name : str
        ln, log10, square root, absolute, or reciprocal.

    Returns
    -------
    array, shape of the values [that function of the measure]

    Raises
    ------
    ValueError
        Where a value is not one that the function takes, or its result is not finite.

    References
    ----------
    UNDP, Human Development Report 2021/22, Technical note 1: the income index takes logarithms of income and of both
    goalposts. OECD/JRC, Handbook, doi:10.1787/9789264043466-en, step 5.

    Examples
    --------
    >>> transform(np.array([100.0, np.nan]), "log10"), transform(np.array([-4.0, 4.0]), "absolute")
    (array([ 2., nan]), array([4., 4.]))
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        made: Array = TRANSFORMS[name](np.asarray(values, dtype=np.float64))
    wrong = ~np.isfinite(made) & ~np.isnan(values)
    if wrong.any():
        raise ValueError(f"values: expected others for {name}, found {np.asarray(values)[wrong][0]:.6g}")
    return made


def deviation(values: Array, lower: float, upper: float) -> Array:
    """How far values are off an interval of best ones: 0 within, the distance to the nearer end outside.

    Parameters
    ----------
    values : array [any measure]
        NaN is missing, and stays so.
    lower, upper : float [that measure]
        Ends of the interval; the same where one value is best.

    Returns
    -------
    array, shape of the values [that measure]

    Raises
    ------
    ValueError
        Where the ends are not finite, or the upper one is below the lower.

    References
    ----------
    Formulas of 适度指标 in textbooks of multi-criteria evaluation, such as 苏为华, 多指标综合评价理论与方法研究, 2001:
    with a best value k, 1 - |x - k| / max |x - k|; with a best interval from q1 to q2,
    1 - (q1 - x) / max(q1 - m, M - q2) below it and 1 - (x - q2) / max(q1 - m, M - q2) above, m and M being the ends.
    Both are 1 less the deviation over the greatest there can be.

    Examples
    --------
    >>> deviation(np.array([1.0, 5.0, 9.0, np.nan]), 4.0, 6.0)
    array([ 3.,  0.,  3., nan])
    """
    if not (np.isfinite(lower) and np.isfinite(upper) and lower <= upper):
        raise ValueError(f"lower, upper: expected finite ends in order, found {lower}, {upper}")
    return np.asarray(np.maximum(np.maximum(lower - values, values - upper), 0.0))
