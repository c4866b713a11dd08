"""Change over time. Values that ranks take for equal have not changed."""

from __future__ import annotations

import numpy as np

from .arrays import Array
from .rank import TIE


def change(then: Array, now: Array, full: float = 1.0) -> Array:
    """How much more there is now than then; NaN where a value is missing. Both run to `full`.

    Examples
    --------
    >>> change(np.array([0.5, 0.1 + 0.2, np.nan]), np.array([0.75, 0.3, 1.0]))
    array([0.25, 0.  ,  nan])
    """
    gap = now - then
    gap[np.abs(gap) <= TIE * full] = 0.0
    return gap


def annual_growth(then: Array, now: Array, n_years: int, full: float = 1.0) -> Array:
    """Compound growth rate a year [a share: 0.05 is 5 % a year]; NaN where a value is missing, 0 or below.

    References
    ----------
    Becker and others, COINr: An R package for developing composite indicators, Journal of Open Source Software 7(78),
    2022, 4567: `get_trends` with `CAGR`.

    Examples
    --------
    >>> annual_growth(np.array([100.0, 50.0, 0.0, np.nan]), np.array([121.0, 50.0, 3.0, 2.0]), 2, 100.0)
    array([0.1, 0. , nan, nan])
    """
    known = (then > TIE * full) & (now > TIE * full)
    growth = np.full(then.shape, np.nan)
    growth[known] = (now[known] / then[known]) ** (1.0 / n_years) - 1.0
    growth[known & (change(then, now, full) == 0.0)] = 0.0
    return growth
