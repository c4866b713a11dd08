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

import numpy as np

from .arrays import Array
from .moments import moments
from .normalise import data_bounds, min_max
from .parallel import blocks, spread

_AT_ONCE = 1 << 20  # values sorted at once: what sorting needs besides is some ten times as much


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
    units = _in_scope(distance_to_maximum(raw, direction=direction, over_years=over_years), over_years)
    found = moments(units)
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = sd / (found.deviations * np.sqrt(found.counts / (found.counts - 1.0)))

    def work(b: slice) -> None:
        units[:, b] = (units[:, b] - found.means[:, None]) * factor[:, None] + mean

    spread(work, blocks(units.shape[1]))
    return units.reshape(raw.shape)


def rank_score(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """Places from below: 1 is the worst value of the scope, n the best; equal values share the mean of their places.

    COINr's n_rank gives equal values the least of their places by default; the mean favours neither direction.

    Parameters
    ----------
    raw, direction, over_years
        As above.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [1 to the number of values in the scope]
        Indicators with fewer values have a lower best score: see `percentile_rank`.

    Raises
    ------
    ValueError
        Where a direction is neither +1 nor -1, or a value is infinite.

    References
    ----------
    Handbook, doi:10.1787/9789264043466-en, step 5; COINr, doi:10.21105/joss.04567 (n_rank).

    Examples
    --------
    >>> rank_score(np.array([[[5.0], [9.0], [5.0]]]), direction=np.array([1]), over_years=False).ravel()
    array([1.5, 3. , 1.5])
    """
    points = borda(raw, direction=direction, over_years=over_years)
    points += 1.0
    return points


def percentile_rank(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """Share of the scope's other values that are worse, as COINr's n_prank.

    Parameters
    ----------
    raw, direction, over_years
        As above.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0-1]
        0 for the worst; 1 for a best value that is not shared. Does not depend on the number of values.

    Raises
    ------
    ValueError
        Where a direction is neither +1 nor -1, or a value is infinite.

    References
    ----------
    COINr, doi:10.21105/joss.04567 (n_prank); Handbook, doi:10.1787/9789264043466-en, step 5.

    Examples
    --------
    >>> percentile_rank(np.array([[[5.0], [9.0], [5.0]]]), direction=np.array([1]), over_years=False).ravel()
    array([0., 1., 0.])
    """
    below: Array = _places(raw, direction, over_years)[0]
    units = _in_scope(below, over_years)
    units /= np.maximum((~np.isnan(units)).sum(axis=1, keepdims=True) - 1.0, 1.0)
    return below


def borda(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """Borda points: the number of worse values in the scope, and half the number of equal others: `rank_score` - 1.

    COINr's n_borda gives no point for equal ones by default; with halves, points add up to the same in any data.

    Parameters
    ----------
    raw, direction, over_years
        As above.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0 to the number of values in the scope - 1]

    Raises
    ------
    ValueError
        Where a direction is neither +1 nor -1, or a value is infinite.

    References
    ----------
    COINr, doi:10.21105/joss.04567 (n_borda); Handbook, doi:10.1787/9789264043466-en, step 6.

    Examples
    --------
    >>> borda(np.array([[[5.0], [9.0], [5.0]]]), direction=np.array([1]), over_years=False).ravel()
    array([0.5, 2. , 0.5])
    """
    below, equal = _places(raw, direction, over_years)
    points: Array = below + 0.5 * (equal - 1.0)
    return points


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
    direction = _signs(direction)
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
    direction = _signs(direction)
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


def _signs(direction: Array) -> Array:
    signs = np.asarray(direction, dtype=np.float64)
    if (np.abs(signs) != 1).any():
        raise ValueError("direction: expected +1 or -1 for every indicator")
    return signs


def _in_scope(values: Array, over_years: bool) -> Array:
    """Values with a scope on each place of the first axis."""
    return values.reshape(1, values.shape[0] * values.shape[1], values.shape[2]) if over_years else values


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


def _places(raw: Array, direction: Array, over_years: bool) -> Array:
    """Number of worse and of equal values in the scope (itself too), shape (2, n_years, n_units, n_indicators)."""
    units = _in_scope(raw, over_years)
    n_scopes, n, n_indicators = units.shape
    rows = np.empty((n_scopes * n_indicators, n))
    np.multiply(units.swapaxes(1, 2), _signs(direction)[:, None], out=rows.reshape(n_scopes, n_indicators, n))
    places = np.empty((2, *rows.shape))
    step = max(1, _AT_ONCE // max(n, 1))
    parts = [slice(k, k + step) for k in range(0, len(rows) if n else 0, step)]
    spread(lambda part: _place(rows[part], places[:, part]), parts)
    by_units = places.reshape(2, n_scopes, n_indicators, n).swapaxes(2, 3)
    return np.ascontiguousarray(by_units).reshape(2, *raw.shape)


def _place(rows: Array, out: Array) -> None:
    """Number of lesser and of equal values in each row; NaN where missing, or all that are there are equal."""
    order = np.argsort(rows, axis=1)  # missing last
    rising = np.take_along_axis(rows, order, axis=1)
    if np.isinf(rising[:, 0]).any() or np.isinf(np.fmax.reduce(rising, axis=1)).any():
        raise ValueError("raw: expected finite values, found an infinite one")
    # Where a run of equal values starts; each missing one is a run.
    starts = np.ones((len(rows), rows.shape[1] + 1), dtype=bool)
    np.not_equal(rising[:, 1:], rising[:, :-1], out=starts[:, 1:-1])
    place = np.arange(rows.shape[1] + 1)
    first = np.maximum.accumulate(np.where(starts[:, :-1], place[:-1], 0), axis=1)
    after = np.minimum.accumulate(np.where(starts[:, 1:], place[1:], place[-1])[:, ::-1], axis=1)[:, ::-1]
    missing = np.isnan(rising)
    alike = after[:, :1] >= rows.shape[1] - missing.sum(axis=1, keepdims=True)
    found = np.where(missing | alike, np.nan, np.stack([first, after - first]))
    np.put_along_axis(out, np.broadcast_to(order, found.shape), found, axis=2)
