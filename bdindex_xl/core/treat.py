"""Outliers held in before normalisation: winsorising first, a transformation of the whole indicator second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import Array
from .skewness import skewness, skewness_and_kurtosis

MARGIN = 0.01  # how far above zero the least value is put before a logarithm, as a share of the range
_SMALL, _LARGE = 2.0**-900, 2.0**900  # ranges beyond which a margin would vanish or overflow
_LAMBDAS = np.linspace(-5.0, 5.0, 41)
_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True, eq=False)
class Treated:
    """What was done to each indicator.

    winsorised : array of int, shape (n_years, n_indicators), values of that year moved to the next one inward.
    transformed : array of bool, same shape; the indicator is of another measure now.
    passed : array of bool, same shape; within the limits at the end, or too few or too equal values to tell.
    skewness_before, kurtosis_before, skewness_after, kurtosis_after : arrays, same shape [no measure]
        NaN where there are too few values or all are equal. The same in all years where these were taken together.
    """

    winsorised: npt.NDArray[np.intp]
    transformed: npt.NDArray[np.bool_]
    passed: npt.NDArray[np.bool_]
    skewness_before: Array
    kurtosis_before: Array
    skewness_after: Array
    kurtosis_after: Array


def treat(
    raw: Array,
    *,
    over_years: bool,
    max_winsorised: int = 5,
    skewness_limit: float = 2.0,
    kurtosis_limit: float = 3.5,
    then: str = "log",
    always: bool = False,
) -> tuple[Array, Treated]:
    """Outlier treatment in two stages, of the indicators whose skewness and kurtosis are both beyond a limit.

    The first moves the most extreme values, one at a time on the side of the skew, to the next value inward until
    the indicator is within a limit. Where `max_winsorised` of them do not get it there, they are put back and the
    second transforms the whole indicator. Both keep the order of the units, though values may become equal.

    Parameters
    ----------
    raw : array, shape (n_years, n_units, n_indicators) [measure of each indicator]
        NaN is missing, and stays so.
    over_years : bool
        All years of an indicator together instead of each on its own: one and the same treatment for all.
    max_winsorised : int
        The most values to move, at least 0; of all years together with `over_years`.
    skewness_limit, kurtosis_limit : float [no measure]
        An indicator is within the limits where \\|G1\\| or G2 is not above its one.
    then : "log", "gii log", "box-cox" or "none"
        The second stage. With "none" the winsorised values stay, though the limits are not met.
    always : bool
        Indicators within the limits are treated, too.

    Returns
    -------
    treated : array, shape (n_years, n_units, n_indicators) [measure of each indicator, unless transformed]
    record : Treatment

    Raises
    ------
    ValueError
        Where an option is none of these, or a value is infinite.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008, doi:10.1787/9789264043466-en, step 5; Becker et al.,
    COINr: An R package for developing composite indicators, Journal of Open Source Software 7(78), 2022, 4567,
    doi:10.21105/joss.04567, whose function Treat has these stages and limits. A negative skew is transformed turned
    round here, as in its log_CT_plus; and winsorising never makes all values equal.

    Examples
    --------
    >>> raw = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 99.0]).reshape(1, 8, 1)
    >>> treated, record = treat(raw, over_years=False)
    >>> treated.ravel(), record.winsorised
    (array([1., 2., 3., 4., 5., 6., 7., 7.]), array([[1]]))
    """
    if max_winsorised < 0:
        raise ValueError(f"max_winsorised: expected at least 0, found {max_winsorised}")
    if then not in TRANSFORMATIONS:
        raise ValueError(f"then: expected one of {', '.join(TRANSFORMATIONS)}, found {then}")
    limits = _Limits(skewness_limit, kurtosis_limit)
    n_years, n_units, n_indicators = raw.shape
    pooled = raw.reshape(1, n_years * n_units, n_indicators) if over_years else raw
    before = skewness_and_kurtosis(pooled, axis=1)
    treated, after = pooled.copy(), (before[0].copy(), before[1].copy())
    transformed = np.zeros(before[0].shape, dtype=np.bool_)
    transform = TRANSFORMATIONS[then]
    for year, indicator in np.argwhere(limits.beyond(*before) | always):
        column = pooled[year, :, indicator].copy()  # side by side in memory
        new, within = _winsorised(column, max_winsorised, limits)
        if transform and not within:
            new, transformed[year, indicator] = transform(column), True
        treated[year, :, indicator] = new
        after[0][year, indicator], after[1][year, indicator] = skewness_and_kurtosis(new, axis=0)
    treated = treated.reshape(raw.shape)
    moved = np.count_nonzero((treated != raw) & ~np.isnan(raw), axis=1)
    shape = (n_years, n_indicators)
    measures = [np.broadcast_to(measure, shape) for measure in (*before, *after)]
    passed = np.broadcast_to(~limits.beyond(*after), shape)
    winsorised = np.where(transformed, 0, moved)
    return treated, Treated(winsorised, np.broadcast_to(transformed, shape), passed, *measures)


def winsorise(values: Array, *, highest: int = 0, lowest: int = 0) -> Array:
    """The most extreme values moved to the next one inward.

    Parameters
    ----------
    values : array, shape (n_units,) [any measure]
        NaN is missing, and stays so.
    highest, lowest : int
        How many to move from either end. Where the next value inward is equal, moving to it changes nothing.

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
    present = values[~np.isnan(values)]
    if min(highest, lowest) < 0 or highest + lowest >= max(present.size, 1):
        raise ValueError(
            f"highest, lowest: expected at least 0 and fewer than the {present.size} values, found {highest}, {lowest}"
        )
    if not present.size:
        return values.copy()
    ends = (lowest, present.size - 1 - highest)
    present.partition(ends)
    return np.clip(values, present[ends[0]], present[ends[1]])


def log_shifted(values: Array) -> Array:
    """Logarithm of the distance from a point just beyond the end that most values are at.

    log(x - min + 0.01 (max - min)), or -log(max - x + 0.01 (max - min)) where the skew is negative: COINr's log_CT and
    log_CT_plus.

    Parameters
    ----------
    values : array, shape (n_units,) [any measure]
        NaN is missing, and stays so.

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
    turned = bool(skewness(values, axis=0) < 0)
    mirrored = -values if turned else values
    shifted, _, exponent = _above_zero(mirrored)
    if shifted is None:
        return values.copy()
    logs = np.log(shifted) + exponent * np.log(2.0) if exponent else np.log(shifted)
    return -logs if turned else logs


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


def gii_log(values: Array) -> Array:
    """The logarithm of the Global Innovation Index: ln((max - 1) (x - min) / (max - min) + 1), from 0 to ln max.

    Where the skew is negative, it is turned round, as `log_shifted`: -ln((max - 1) (max - x) / (max - min) + 1).

    Parameters
    ----------
    values : array, shape (n_units,) [any measure whose greatest value is above 1]
        NaN is missing, and stays so.

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
    if _above_zero(values)[0] is None:
        return values.copy()
    low, high = (float(end.reduce(values, initial=np.nan)) for end in (np.fmin, np.fmax))
    if not high > 1:
        raise ValueError(f"values: expected a greatest value above 1 for the gii log, found {high}")
    turned = bool(skewness(values, axis=0) < 0)
    share = (high - values if turned else values - low) / (high - low)
    logs: Array = np.log1p((high - 1.0) * share)
    return -logs if turned else logs


TRANSFORMATIONS: dict[str, Callable[[Array], Array] | None] = {
    "log": log_shifted,
    "gii log": gii_log,
    "box-cox": box_cox,
    "none": None,
}


@dataclass(frozen=True)
class _Limits:
    """Beyond which values are outliers."""

    skewness: float
    kurtosis: float

    def beyond(self, g1: Array, g2: Array) -> npt.NDArray[np.bool_]:
        """Whether both are; what cannot be told (NaN) is not."""
        return np.asarray((np.abs(g1) > self.skewness) & (g2 > self.kurtosis))


def _winsorised(column: Array, most: int, limits: _Limits) -> tuple[Array, bool]:
    """A column beyond the limits with its outliers moved in, and whether it is within them now."""
    moved = {"highest": 0, "lowest": 0}
    current, skew = column, skewness(column, axis=0)
    for _ in range(most):
        moved["highest" if skew >= 0 else "lowest"] += 1
        following = winsorise(column, **moved)
        skew, tails = skewness_and_kurtosis(following, axis=0)
        if np.isnan(skew):  # all equal now: an indicator that tells nothing is worse than one with outliers
            break
        current = following
        if not limits.beyond(skew, tails):
            return current, True
    return current, False


def _above_zero(values: Array) -> tuple[Array | None, float, int]:
    """Values moved to above zero by a margin, and their range; none where that is zero.

    Ranges near the ends of floating point are scaled, by two to the power of minus the exponent that comes third.
    """
    low, high = np.fmin.reduce(values, initial=np.nan), np.fmax.reduce(values, initial=np.nan)
    with np.errstate(over="ignore", invalid="ignore"):
        span = float(high - low)
    if not np.isnan(low) and not np.isfinite(span):
        raise ValueError("values: expected finite values whose range is finite, found an infinite one")
    if not span > 0:
        return None, span, 0
    exponent = int(np.frexp(span)[1]) if not _SMALL < span < _LARGE else 0
    away, span = np.ldexp(values - low, -exponent), float(np.ldexp(span, -exponent))
    return away + MARGIN * span, span, exponent


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
