"""Outliers held in before normalisation: winsorising first, a transformation of the whole indicator second."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .arrays import Array, Flags, Index
from .outlier_logs import TRANSFORMATIONS
from .parallel import BLOCK, blocks, spread
from .side_by_side import side_by_side, within
from .skewness import skewness, skewness_and_kurtosis
from .winsorising import ROUNDING, winsorised


class Treated(NamedTuple):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlierRule:
    """Which indicators are treated, and how.

    Parameters
    ----------
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

    Raises
    ------
    ValueError
        Where an option is none of these.
    """

    over_years: bool
    max_winsorised: int = 5
    skewness_limit: float = 2.0
    kurtosis_limit: float = 3.5
    then: str = "log"
    always: bool = False

    def __post_init__(self) -> None:
        if self.max_winsorised < 0:
            raise ValueError(f"max_winsorised: expected at least 0, found {self.max_winsorised}")
        if self.then not in TRANSFORMATIONS:
            raise ValueError(f"then: expected one of {', '.join(TRANSFORMATIONS)}, found {self.then}")

    def beyond(self, g1: Array, g2: Array) -> npt.NDArray[np.bool_]:
        """Whether skewness and kurtosis are both beyond the limits; what cannot be told (NaN) is not."""
        return np.asarray((np.abs(g1) > self.skewness_limit) & (g2 > self.kurtosis_limit))

    def told_by(self, g1: float, g2: float) -> bool:
        """Whether both are numbers so far from the limits, and from a skew of 0, that rounding changes nothing."""
        near = ROUNDING * max(1.0, self.skewness_limit), ROUNDING * max(1.0, abs(self.kurtosis_limit))
        away = abs(abs(g1) - self.skewness_limit) > near[0] and abs(g2 - self.kurtosis_limit) > near[1]
        return math.isfinite(g1 + g2) and abs(g1) > ROUNDING and away


def treat(raw: Array, rule: OutlierRule) -> tuple[Array, Treated]:
    """Outlier treatment in two stages, of the indicators whose skewness and kurtosis are both beyond a limit.

    The first moves the most extreme values, one at a time on the side of the skew, to the next value inward until
    the indicator is within a limit. Where `max_winsorised` of them do not get it there, they are put back and the
    second transforms the whole indicator. Both keep the order of the units, though values may become equal.

    Parameters
    ----------
    raw : array, shape (n_years, n_units, n_indicators) [measure of each indicator]
        NaN is missing, and stays so.
    rule : OutlierRule
        Which indicators are treated, and how.

    Returns
    -------
    treated : array, shape (n_years, n_units, n_indicators) [measure of each indicator, unless transformed]
    record : Treated

    Raises
    ------
    ValueError
        Where a value is infinite.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008, doi:10.1787/9789264043466-en, step 5; Becker et al.,
    COINr: An R package for developing composite indicators, Journal of Open Source Software 7(78), 2022, 4567,
    doi:10.21105/joss.04567, whose function Treat has these stages and limits. A negative skew is transformed turned
    round here, as in its log_CT_plus; and winsorising never makes all values equal.

    Examples
    --------
    >>> raw = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 99.0]).reshape(1, 8, 1)
    >>> treated, record = treat(raw, OutlierRule(over_years=False))
    >>> treated.ravel(), record.winsorised
    (array([1., 2., 3., 4., 5., 6., 7., 7.]), array([[1]]))
    """
    pooled = _pooled(raw, rule)
    before = skewness_and_kurtosis(pooled, axis=1)
    beyond = rule.beyond(*before) | rule.always
    treated, transformed = _in_stages(pooled, beyond, before[0], rule)
    after = before[0].copy(), before[1].copy()
    for year, indicator in np.argwhere(beyond):
        column = treated[year, :, indicator].copy()  # side by side in memory
        after[0][year, indicator], after[1][year, indicator] = skewness_and_kurtosis(column, axis=0)
    treated = treated.reshape(raw.shape)
    moved = np.count_nonzero((treated != raw) & ~np.isnan(raw), axis=1)
    shape = raw.shape[0], raw.shape[2]
    measures = [np.broadcast_to(measure, shape) for measure in (*before, *after)]
    passed = np.broadcast_to(~rule.beyond(*after), shape)
    winsorised = np.where(transformed, 0, moved)
    return treated, Treated(winsorised, np.broadcast_to(transformed, shape), passed, *measures)


def treated_values(raw: Array, rule: OutlierRule) -> Array:
    """The values of `treat` alone, for whom a record of what was done is of no use: a third of the time.

    Examples
    --------
    >>> raw = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 99.0]).reshape(1, 8, 1)
    >>> treated_values(raw, OutlierRule(over_years=False)).ravel()
    array([1., 2., 3., 4., 5., 6., 7., 7.])
    """
    pooled = _pooled(raw, rule)
    if rule.always:
        unknown = np.zeros((pooled.shape[0], pooled.shape[2]))
        return _in_stages(pooled, unknown == 0, unknown, rule)[0].reshape(raw.shape)
    g1, g2 = skewness_and_kurtosis(pooled, axis=1)
    return _in_stages(pooled, rule.beyond(g1, g2), g1, rule)[0].reshape(raw.shape)


def _pooled(raw: Array, rule: OutlierRule) -> Array:
    return raw.reshape(1, -1, raw.shape[2]) if rule.over_years else raw


def _in_stages(pooled: Array, beyond: Flags, skews: Array, rule: OutlierRule) -> tuple[Array, Flags]:
    """Values with those of the indicators beyond the limits treated, and which were transformed.

    Only the sign of a skew matters; of one that may be rounding, or not known, it is found again.
    """
    transform, transformed = TRANSFORMATIONS[rule.then], np.zeros(beyond.shape, dtype=np.bool_)
    at = np.flatnonzero(beyond.any(axis=0))
    if not at.size:
        return pooled.copy(), transformed
    columns = side_by_side(pooled, at)

    def work(place: tuple[int, int]) -> None:
        year, k = place
        if beyond[year, at[k]]:
            column = columns[year, k]
            known = float(skews[year, at[k]])
            skew = known if abs(known) > ROUNDING else float(skewness(column, axis=0))
            new, within = winsorised(column, skew, rule)
            if transform and not within:
                new, transformed[year, at[k]] = transform(column, skew), True
            columns[year, k] = new

    places = list(np.ndindex(len(columns), at.size))
    if pooled.shape[1] > BLOCK:
        spread(work, places)
    else:
        for place in places:
            work(place)
    return _put_back(columns, pooled, at), transformed


def _put_back(columns: Array, pooled: Array, at: Index) -> Array:
    """The values, with the chosen indicators as they are in `columns`."""
    every = at.size == pooled.shape[2]
    made = np.empty(pooled.shape) if every else pooled.copy()
    into = slice(None) if every else at

    def work(b: slice) -> None:
        for part in within(b):
            made[:, part, into] = np.swapaxes(columns[:, :, part], 1, 2)

    spread(work, blocks(pooled.shape[1]))
    return made
