"""Normalisations other than min-max, which `normalise` holds.

Common to all: `raw` has shape (n_years, n_units, n_indicators), `direction` shape (n_indicators,), +1 where more is
better and -1 where less is. `over_years` takes all years together instead of each on its own; an indicator's scope is
all its values, or a year's. NaN is missing and stays so. An indicator that is constant over its scope, one value being
constant too, tells nothing: its scores are missing, as in min-max.

COINr is Becker, Caperna, Del Sorbo, Norlén, Papadimitriou & Saisana, COINr: An R package for developing composite
indicators, Journal of Open Source Software 7(78), 2022, 4567; Handbook is OECD/JRC, Handbook on Constructing Composite
Indicators, 2008.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from .arrays import Array
from .moments import ROUNDING, moments
from .normalise import data_bounds, min_max
from .parallel import blocks, spread
from .rank_scaling import borda, exponential_rank, in_scope, percentile_rank, rank_share, signs_of

MOST_TIMES = 1e100  # the first year's value, that a value may be


def z_score(raw: Array, *, direction: Array, over_years: bool, mean: float = 0.0, sd: float = 1.0) -> Array:
    """Standard scores: mean + sd (x - m) / s, with m the mean of the scope and s its standard deviation.

    The divisor of s is n - 1, as in COINr; the Handbook names none.

    Parameters
    ----------
    raw, direction, over_years
        As above; -1 turns the sign of x - m.
    mean, sd : float [scores]
        Of the scores.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [standard deviations of the indicator, times sd, plus mean]

    Raises
    ------
    ValueError
        Where `mean` is not finite, `sd` not finite and above 0, a direction neither +1 nor -1, or a value infinite.

    References
    ----------
    Handbook, doi:10.1787/9789264043466-en, step 5; COINr, doi:10.21105/joss.04567 (n_zscore).

    Examples
    --------
    >>> z_score(np.array([[[1.0], [2.0], [3.0]]]), direction=np.array([1]), over_years=False, mean=50, sd=10).ravel()
    array([40., 50., 60.])
    """
    if not (np.isfinite(mean) and np.isfinite(sd) and sd > 0):
        raise ValueError(f"mean, sd: expected finite numbers, sd above 0, found {mean}, {sd}")
    # z-scores do not depend on the measure; on a scale of 0-1 squares neither overflow nor vanish.
    units = in_scope(distance_to_maximum(raw, direction=direction, over_years=over_years), over_years)
    found = moments(units)
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = sd / (found.deviations * np.sqrt(found.counts / (found.counts - 1.0)))

    def work(b: slice) -> None:
        units[:, b] = (units[:, b] - found.means[:, None]) * factor[:, None] + mean

    spread(work, blocks(units.shape[1]))
    return units.reshape(raw.shape)


def distance_to_maximum(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """1 - (best - x) / (best - worst) over the scope: the same as min-max by bounds of the data.

    Parameters
    ----------
    raw, direction, over_years
        As above.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0-1]

    Raises
    ------
    ValueError
        Where a direction is neither +1 nor -1, or a value is infinite.

    References
    ----------
    COINr, doi:10.21105/joss.04567 (n_dist2max).

    Examples
    --------
    >>> distance_to_maximum(np.array([[[2.0], [3.0], [6.0]]]), direction=np.array([1]), over_years=False).ravel()
    array([0.  , 0.25, 1.  ])
    """
    return _between(raw, *_bounds(raw, over_years), direction)


def distance_to_target(raw: Array, *, direction: Array, over_years: bool, target: Array, cap: bool = True) -> Array:
    """Share of the way from the scope's worst value to a target: (x - worst) / (target - worst).

    Parameters
    ----------
    raw, direction, over_years
        As above.
    target : array, shape (n_indicators,) [measure of each indicator]
    cap : bool
        Values beyond the target score 1, not more.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0-1; above 1 beyond the target without `cap`]

    Raises
    ------
    ValueError
        Where a target is not beyond the worst value of a scope, all units having reached it; where a direction is
        neither +1 nor -1, or a value is infinite.

    References
    ----------
    COINr, doi:10.21105/joss.04567 (n_dist2targ).

    Examples
    --------
    >>> raw, up = np.array([[[0.0], [5.0], [11.0]]]), np.array([1])
    >>> distance_to_target(raw, direction=up, over_years=False, target=np.array([10.0])).ravel()
    array([0. , 0.5, 1. ])
    """
    direction = signs_of(direction)
    lower, upper = _bounds(raw, over_years)
    worst = np.where(direction > 0, lower, upper)
    ends = np.asarray(target, dtype=np.float64)
    if ends.shape != raw.shape[2:]:
        raise ValueError(f"target: expected shape {raw.shape[2:]}, found {ends.shape}")
    with np.errstate(over="ignore", invalid="ignore"):
        way = (ends - worst) * direction
    wrong = np.argwhere((lower < upper) & ~((way > 0) & np.isfinite(way)))
    if wrong.size:
        places = ", ".join(f"{ends[k]} against {worst[y, k]} (column {k + 1})" for y, k in wrong)
        raise ValueError(f"target: expected a finite number beyond the worst value, found {places}")
    return _towards(raw, worst, np.where(lower < upper, ends, worst), direction, cap)


def distance_to_reference(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """Way from the scope's worst value to the mean of the units, which is the reference: (x - worst) / (mean - worst).

    Parameters
    ----------
    raw, direction, over_years
        As above; over all years, the reference is the mean of the first year that has any value, so that scores tell
        of changes since.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [reference = 1; above 1 beyond it]
        Missing, too, where the mean of the first year is the worst value of all years.

    Raises
    ------
    ValueError
        Where a direction is neither +1 nor -1, or a value is infinite.

    References
    ----------
    COINr, doi:10.21105/joss.04567 (n_dist2ref, whose reference is a unit); Handbook, doi:10.1787/9789264043466-en,
    step 5 (distance to a reference, which may be the average).

    Examples
    --------
    >>> raw, up = np.array([[[2.0], [3.0], [7.0]]]), np.array([1])
    >>> distance_to_reference(raw, direction=up, over_years=False).ravel()
    array([0. , 0.5, 2.5])
    """
    direction = signs_of(direction)
    lower, upper = _bounds(raw, over_years)
    worst = np.where(direction > 0, lower, upper)
    span = np.where(lower < upper, upper - lower, 1.0)
    # Means of shares of the range: sums of great numbers may be beyond floating point.
    means = moments((raw - lower[:, None]) / span[:, None])
    ends = np.where(means.counts > 0, lower + means.means * span, np.nan)
    if over_years:
        first = (means.counts > 0).argmax(axis=0)
        ends = np.broadcast_to(ends[first, np.arange(ends.shape[1])], ends.shape)
    told = (lower < upper) & (np.abs(ends - worst) > ROUNDING * span)
    return _towards(raw, worst, np.where(told, ends, worst), direction, cap=False)


def base_year(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """Ratio to the unit's own value in the first year: x / x₀ for +1, x₀ / x for -1, so that more is better.

    Parameters
    ----------
    raw, direction, over_years
        As above; the scope changes nothing, since no unit is compared with others.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [1 in the first year]
        Shown times the full marks: 100, or 1000, in the base year. Missing where the value of the base year is missing,
        or 0.

    Raises
    ------
    ValueError
        Where a value is below 0, 0 with direction -1, or infinite, a ratio above 1e100, or a direction neither +1 nor
        -1.

    References
    ----------
    Handbook, doi:10.1787/9789264043466-en, step 5 (distance to a reference: the unit itself at the initial time).

    Examples
    --------
    >>> raw = np.array([[[2.0, 2.0]], [[3.0, 4.0]]])
    >>> base_year(raw, direction=np.array([1, -1]), over_years=False)
    array([[[1. , 1. ]],
    <BLANKLINE>
           [[1.5, 0.5]]])
    """
    direction = signs_of(direction)
    lower, _ = _bounds(raw, over_years=True)
    wrong = np.argwhere(np.where(direction > 0, lower < 0, lower <= 0)[0])
    if wrong.size:
        places = ", ".join(f"{lower[0, k]} (column {k + 1})" for (k,) in wrong)
        raise ValueError(f"raw: expected values of at least 0, above 0 with direction -1, found {places}")
    more = direction > 0
    base = np.where(raw[:1] > 0, raw[:1], np.nan)
    scores = np.empty(raw.shape)

    def work(b: slice) -> None:
        with np.errstate(over="ignore"):
            np.divide(np.where(more, raw[:, b], base[:, b]), np.where(more, base[:, b], raw[:, b]), out=scores[:, b])

    spread(work, blocks(raw.shape[1]))
    greatest = np.fmax.reduce(scores, axis=None, initial=0.0)
    if greatest > MOST_TIMES:  # squares of scores must be finite
        raise ValueError(f"raw: expected at most {MOST_TIMES:g} times the first year's value, found {greatest:g}")
    return scores


def fraction_of_maximum(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """Ratio to the best value of the scope: x / greatest for +1, least / x for -1.

    COINr's n_fracmax has x / greatest only, and turned round by the sign its scores would rise with x. The reciprocal
    keeps the best at 1 and the measure out of it. A ratio needs a natural zero: nothing below it is taken.

    Parameters
    ----------
    raw, direction, over_years
        As above.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0-1]

    Raises
    ------
    ValueError
        Where a value is below 0, 0 with direction -1, or infinite, or a direction neither +1 nor -1.

    References
    ----------
    Shih, Shyur & Lee, An extension of TOPSIS for group decision making, Mathematical and Computer Modelling 45(7-8),
    2007, 801-813, doi:10.1016/j.mcm.2006.03.023 (linear normalisation); COINr, doi:10.21105/joss.04567 (n_fracmax).

    Examples
    --------
    >>> fraction_of_maximum(np.array([[[2.0, 2.0], [4.0, 4.0]]]), direction=np.array([1, -1]), over_years=False)
    array([[[0.5, 1. ],
            [1. , 0.5]]])
    """
    direction = signs_of(direction)
    lower, upper = _bounds(raw, over_years)
    wrong = np.argwhere(np.where(direction > 0, lower < 0, lower <= 0))
    if wrong.size:
        places = ", ".join(f"{lower[y, k]} (column {k + 1})" for y, k in wrong)
        raise ValueError(f"raw: expected values of at least 0, above 0 with direction -1, found {places}")
    more = direction > 0
    best = np.where(lower < upper, np.where(more, upper, lower), np.nan)[:, None]
    scores = np.empty(raw.shape)

    def work(b: slice) -> None:
        np.divide(np.where(more, raw[:, b], best), np.where(more, best, raw[:, b]), out=scores[:, b])

    spread(work, blocks(raw.shape[1]))
    return scores


def _bounds(raw: Array, over_years: bool) -> tuple[Array, Array]:
    some = raw if raw.shape[1] else np.full((raw.shape[0], 1, raw.shape[2]), np.nan)
    return data_bounds(some, over_years=over_years)


def _between(raw: Array, lower: Array, upper: Array, direction: Array) -> Array:
    scores = np.empty(raw.shape)
    spread(lambda b: min_max(raw[:, b], lower, upper, direction=direction, out=scores[:, b]), blocks(raw.shape[1]))
    return scores


def _towards(raw: Array, worst: Array, ends: Array, direction: Array, cap: bool) -> Array:
    """Share of the way from `worst` to `ends`, both of shape (n_years, n_indicators)."""
    up = direction > 0
    scores = _between(raw, np.where(up, worst, ends), np.where(up, ends, worst), direction)
    return np.minimum(scores, 1.0, out=scores) if cap else scores


# What computes a normalisation, by its name: of raw values, their directions and scope, scores [0-1].
SCALINGS: dict[str, Callable[..., Array]] = {
    "z-score": partial(z_score, mean=0.5, sd=0.1),  # T scores: on a scale of 100, mean 50 and standard deviation 10
    "rank": rank_share,
    "exponential rank": exponential_rank,
    "percentile rank": percentile_rank,
    "borda": partial(borda, of_most=True),
    "distance to maximum": distance_to_maximum,
    "distance to reference": distance_to_reference,
    "fraction of maximum": fraction_of_maximum,
    "base year": base_year,
}
