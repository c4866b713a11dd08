"""Normalisations by places: how many units of the scope are worse.

Common to all: as in `scaling`, which see for parameters, scopes and sources.
"""

from __future__ import annotations

import numpy as np

from .arrays import Array
from .parallel import spread

_STRETCH = 0.23  # of exponential ranks: a tenth of the units has half of the marks
_AT_ONCE = 1 << 20  # values sorted at once: what sorting needs besides is some ten times as much


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
    units = in_scope(below, over_years)
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
    points: Array = equal
    points -= 1.0
    points *= 0.5
    points += below
    return points


def rank_share(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """`rank_score` over the number of units with a value [0-1]."""
    places = rank_score(raw, direction=direction, over_years=over_years)
    return _of_best(raw, places, over_years=over_years, less=0)


def exponential_rank(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """Places transformed as in the indices of multiple deprivation: -23 ln(1 - R (1 - e^(-100/23))) / 100.

    R is the place counted from the worst, over the number of units with a value; ties share the mean of their places.
    Differences count the more the nearer to the top they are: the upper tenth of the units has half of the marks.

    Parameters
    ----------
    raw, direction, over_years
        As above.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0-1, 1 for a best value that is not shared]

    Raises
    ------
    ValueError
        Where a direction is neither +1 nor -1, or a value is infinite.

    References
    ----------
    McLennan et al., The English Indices of Deprivation 2019: Technical report, Ministry of Housing, Communities & Local
    Government, 2019, appendix E.

    Examples
    --------
    >>> raw = np.arange(10.0).reshape(1, 10, 1)
    >>> exponential_rank(raw, direction=np.array([1]), over_years=False).ravel()[[0, 4, 8, 9]].round(3)
    array([0.024, 0.156, 0.504, 1.   ])
    """
    made: Array = rank_share(raw, direction=direction, over_years=over_years)
    made *= np.expm1(-1.0 / _STRETCH)  # in place: fresh memory for each step would cost as much as the steps
    np.log1p(made, out=made)
    made *= -_STRETCH
    np.minimum(made, 1.0, out=made)
    return made


def borda_share(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """`borda` over the number of other units with a value [0-1]."""
    points = borda(raw, direction=direction, over_years=over_years)
    return _of_best(raw, points, over_years=over_years, less=1)


def _of_best(raw: Array, places: Array, *, over_years: bool, less: int) -> Array:
    """Places from below made a share, in place, of the greatest there can be: the units with a value, less so many."""
    counts = (~np.isnan(raw)).sum(axis=1, keepdims=True)
    if over_years:
        counts = counts.sum(axis=0, keepdims=True)
    places /= np.maximum(counts - less, 1)
    return places


def signs_of(direction: Array) -> Array:
    """Directions as numbers. Raises ValueError where one is neither +1 nor -1."""
    signs = np.asarray(direction, dtype=np.float64)
    if (np.abs(signs) != 1).any():
        raise ValueError("direction: expected +1 or -1 for every indicator")
    return signs


def in_scope(values: Array, over_years: bool) -> Array:
    """Values with a scope on each place of the first axis."""
    return values.reshape(1, values.shape[0] * values.shape[1], values.shape[2]) if over_years else values


def _places(raw: Array, direction: Array, over_years: bool) -> Array:
    """Number of worse and of equal values in the scope (itself too), shape (2, n_years, n_units, n_indicators)."""
    units = in_scope(raw, over_years)
    n_scopes, n, n_indicators = units.shape
    rows = np.empty((n_scopes * n_indicators, n))
    np.multiply(units.swapaxes(1, 2), signs_of(direction)[:, None], out=rows.reshape(n_scopes, n_indicators, n))
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
