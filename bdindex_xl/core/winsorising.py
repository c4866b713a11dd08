"""The most extreme values of an indicator moved inward, one at a time, until it is within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .arrays import Array
from .parallel import BLOCK
from .skewness import central_moments, of_moments, skewness_and_kurtosis

if TYPE_CHECKING:
    from .treat import OutlierRule

ROUNDING = 1e-9  # far more than what is lost where the moments of many values are not added up anew
_SETS = 1024  # into which many values are dealt out, to find the outermost
_MANY = 16  # times as many values as are outermost, from which these are few


def winsorise(
    values: Array, *, highest: int = 0, lowest: int = 0, outermost: tuple[Array, Array] | None = None
) -> Array:
    """The most extreme values moved to the next one inward.

    Parameters
    ----------
    values : array, shape (n_units,) [any measure]
        NaN is missing, and stays so.
    highest, lowest : int
        How many to move from either end. Where the next value inward is equal, moving to it changes nothing.
    outermost : arrays, optional [any measure]
        The least values, rising, and the greatest, falling, where they are known: one more of each than are moved.

    Returns
    -------
    array, shape (n_units,) [as the values]

    Raises
    ------
    ValueError
        Where a number is negative, or no value would be left to move to.

    Examples
    --------
    >>> winsorise(np.array([3.0, 90.0, np.nan, 1.0, 80.0]), highest=2)
    array([ 3.,  3., nan,  1.,  3.])
    """
    n = int(np.count_nonzero(~np.isnan(values)))
    if min(highest, lowest) < 0 or highest + lowest >= max(n, 1):
        raise ValueError(
            f"highest, lowest: expected at least 0 and fewer than the {n} values, found {highest}, {lowest}"
        )
    if not n:
        return values.copy()
    least, greatest = outermost or outermost_of(values, max(highest, lowest) + 1)
    return np.clip(values, least[lowest], greatest[highest])


def winsorised(column: Array, skew: float, rule: OutlierRule) -> tuple[Array, bool]:
    """A column beyond the limits with its outliers moved in, and whether it is within them now.

    Parameters
    ----------
    column : array, shape (n_units,) [any measure]
        NaN is missing, and stays so.
    skew : float [no measure]
        Its skewness, of which only the sign matters.
    rule : OutlierRule
    """
    if not rule.max_winsorised:
        return column, False
    outermost = outermost_of(column, rule.max_winsorised + 1)
    moving = _MovedIn(column, *outermost) if _many(column, rule.max_winsorised + 1) else None
    moved, within = (0, 0), False
    for _ in range(rule.max_winsorised):
        further = (moved[0] + 1, moved[1]) if skew >= 0 else (moved[0], moved[1] + 1)
        g1, g2 = moving.skewness_and_kurtosis(*further) if moving else (np.nan, np.nan)
        if not rule.told_by(g1, g2):
            following = winsorise(column, highest=further[0], lowest=further[1], outermost=outermost)
            g1, g2 = map(float, skewness_and_kurtosis(following, axis=0))
        if np.isnan(g1):  # all equal now: an indicator that tells nothing is worse than one with outliers
            break
        moved, skew = further, g1
        if not rule.beyond(np.array(g1), np.array(g2)):
            within = True
            break
    return winsorise(column, highest=moved[0], lowest=moved[1], outermost=outermost), within


class _MovedIn:
    """Skewness and kurtosis of many values while the outermost move in, without adding up all of them each time.

    What is added up is the column with all of its outermost values moved in, about its mean, in the measure of its
    range. Each of these values then adds what it is beyond that.
    """

    def __init__(self, column: Array, least: Array, greatest: Array) -> None:
        low, high = least[-1], greatest[-1]
        self._n, mean, *moments = central_moments(np.clip(column, low, high))
        self._moments = np.array([0.0, *moments])
        with np.errstate(all="ignore"):  # equal values, or outliers too far to be measured so: not told by them
            self._least, self._greatest = ((ends - low) / (high - low) - mean for ends in (least, greatest))

    def skewness_and_kurtosis(self, highest: int, lowest: int) -> tuple[float, float]:
        """Of the column with so many values moved in; not finite where they cannot be told."""
        ends = ((self._least, self._least[lowest], np.maximum), (self._greatest, self._greatest[highest], np.minimum))
        with np.errstate(all="ignore"):
            further = sum(
                np.array([(held(own, to) ** k - own[-1] ** k).sum() for k in range(1, 5)]) for own, to, held in ends
            )
            first, second, third, fourth = self._moments + further / self._n
            found = of_moments(
                self._n,
                second - first**2,
                third - 3 * first * second + 2 * first**3,
                fourth - 4 * first * third + 6 * first**2 * second - 3 * first**4,
            )
        return float(found[0]), float(found[1])


def outermost_of(column: Array, number: int) -> tuple[Array, Array]:
    """The least values, rising, and the greatest, falling: so many of each, or all there are.

    >>> outermost_of(np.array([3.0, np.nan, 1.0, 2.0, 4.0, 0.0]), 2)
    (array([0., 1.]), array([4., 3.]))
    """
    if number < _SETS and _many(column, number):
        return _least(column, number), -_least(-column, number)
    present = column[~np.isnan(column)]
    if 2 * number < present.size:
        present.partition((number - 1, present.size - number))
        return np.sort(present[:number]), np.sort(present[-number:])[::-1]
    present.sort()
    return present[:number], present[::-1][:number]


def _many(column: Array, number: int) -> bool:
    """Whether a column is so long that what is done once for its outermost values pays."""
    return column.size > BLOCK and int(np.count_nonzero(~np.isnan(column))) > _MANY * number


def _least(column: Array, number: int) -> Array:
    """The least values of many, rising: none is in a set whose least is not among the least of all sets."""
    whole = column.size // _SETS * _SETS
    sets = column[:whole].reshape(-1, _SETS)
    at = np.argpartition(np.fmin.reduce(sets, axis=0), number)[:number]  # sets without a value come last
    some = np.concatenate([sets[:, at].ravel(), column[whole:]])
    return np.sort(some)[:number]
