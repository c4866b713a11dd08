"""Normalisations by places: how many units of the scope are worse.

Common to all: as in `scaling`, which see for parameters, scopes and sources.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np

from .arrays import Array
from .parallel import blocks, spread
from .sorting import LONG, Sorter, sorted_in_full

ScoreOfCounts = Callable[
    [Array, Array, int], Array
]  # of numbers of worse values and of equal ones, itself too, among so many


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
    return _scored(raw, direction, over_years, _place)


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
    return _scored(raw, direction, over_years, lambda worse, _, n: _share(worse, n - 1))


def borda(raw: Array, *, direction: Array, over_years: bool, of_most: bool = False) -> Array:
    """Borda points: the number of worse values in the scope, and half the number of equal others: `rank_score` - 1.

    COINr's n_borda gives no point for equal ones by default; with halves, points add up to the same in any data.

    Parameters
    ----------
    raw, direction, over_years
        As above.
    of_most : bool
        As a share of the number of other units with a value.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0 to the number of values in the scope - 1; 0-1 with `of_most`]

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
    return _scored(raw, direction, over_years, _points_of_most if of_most else _points)


def rank_share(raw: Array, *, direction: Array, over_years: bool) -> Array:
    """`rank_score` over the number of units with a value [0-1]."""
    return _scored(raw, direction, over_years, _rank_share)


def exponential_rank(
    raw: Array, *, direction: Array, over_years: bool, constant: float = 23.0, first: int = 1
) -> Array:
    """Places transformed as in the indices of multiple deprivation: -c ln(1 - R (1 - e^(-100/c))) / 100.

    R is the place counted from the worst, over the number of units with a value; ties share the mean of their places.
    Differences count the more the nearer to the top they are: by 23, the upper tenth has half of the marks.

    Parameters
    ----------
    raw, direction, over_years
        As above.
    constant : float [hundredths of the marks]
        c: the greater, the nearer to marks in proportion to places. 100 / ln 81, which is 22.756, gives half of the
        marks at nine tenths of the places exactly.
    first : int
        The place of a worst value that is not shared: 1, or 0.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0-1]
        With `first` of 1, 1 for a best value that is not shared; of 0, 0 for such a worst one.

    Raises
    ------
    ValueError
        Where the constant is not above 0, a direction is neither +1 nor -1, or a value is infinite.

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
    if not constant > 0:
        raise ValueError(f"constant: expected a number above 0, found {constant}")
    stretch = constant / 100.0

    def score(worse: Array, equal: Array, n: int) -> Array:
        made = _share(_points(worse, equal, n) + first, n) * np.expm1(-1.0 / stretch)
        return np.asarray(np.minimum(np.log1p(made) * -stretch, 1.0))

    return _scored(raw, direction, over_years, score)


def signs_of(direction: Array) -> Array:
    """Directions as numbers. Raises ValueError where one is neither +1 nor -1."""
    signs = np.asarray(direction, dtype=np.float64)
    if (np.abs(signs) != 1).any():
        raise ValueError("direction: expected +1 or -1 for every indicator")
    return signs


def in_scope(values: Array, over_years: bool) -> Array:
    """Values with a scope on each place of the first axis."""
    return values.reshape(1, values.shape[0] * values.shape[1], values.shape[2]) if over_years else values


def _points(worse: Array, equal: Array, _: int) -> Array:
    return worse + 0.5 * (equal - 1.0)


def _points_of_most(worse: Array, equal: Array, n: int) -> Array:
    return _share(_points(worse, equal, n), n - 1)


def _place(worse: Array, equal: Array, n: int) -> Array:
    return _points(worse, equal, n) + 1.0


def _share(places: Array, most: int) -> Array:
    return places / max(most, 1)


def _rank_share(worse: Array, equal: Array, n: int) -> Array:
    return _share(_place(worse, equal, n), n)


def _scored(raw: Array, direction: Array, over_years: bool, score: ScoreOfCounts) -> Array:
    """What `score` makes of the values' places; NaN where missing, or all that are there are equal."""
    units = in_scope(raw, over_years)
    n_scopes, n, n_indicators = units.shape
    rows = np.empty((n_scopes * n_indicators, n))
    by_scope = rows.reshape(n_scopes, n_indicators, n)
    signs = signs_of(direction)[:, None]
    spread(lambda b: np.multiply(units[:, b].swapaxes(1, 2), signs, out=by_scope[..., b]), blocks(n))
    hands = min(os.cpu_count() or 1, len(rows)) if n >= LONG else 1
    if rows.size:
        spread(lambda hand: _score(rows[hand::hands], score), range(hands))
    scores = np.empty(units.shape)
    spread(lambda b: np.copyto(scores[:, b], by_scope[..., b].swapaxes(1, 2)), blocks(n))
    return scores.reshape(raw.shape)


def _score(rows: Array, score: ScoreOfCounts) -> None:
    """Put scores in the place of values; one row at a time."""
    n = rows.shape[1]
    sorter = Sorter(n) if n >= LONG else None
    known: dict[int, Array] = {}  # scores of so many values, all different
    for row in rows:
        np.negative(row, out=row)  # the worst comes first
        found = sorter.sort(row) if sorter else sorted_in_full(row)
        order, there = found.order, found.there
        if there and np.isinf(row[order[[0, there - 1]]]).any():
            raise ValueError("raw: expected finite values, found an infinite one")
        if found.tied.size >= there - 1:
            row[:] = np.nan
            continue
        if not found.tied.size:
            if there not in known:
                known[there] = score(np.arange(there, dtype=np.float64), np.ones(there), there)
            scores = known[there]
        else:
            starts = np.ones(there, dtype=bool)
            starts[found.tied + 1] = False
            first = np.flatnonzero(starts)
            equal = np.diff(first, append=there)
            scores = np.repeat(score(first.astype(np.float64), equal.astype(np.float64), there), equal)
        row[order[:there]] = scores
        row[order[there:]] = np.nan
