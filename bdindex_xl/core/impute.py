"""Estimates for missing raw values, from other units or other years; values that are there are never touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .arrays import Array, Index
from .parallel import blocks, spread

_HUGE, _TINY = 2.0**300, 2.0**-300  # beyond, values are scaled first
_DECIMALS = 12  # of squared distances between z-scores: beyond, what differs is rounding, and it is a tie


class _Options(NamedTuple):
    """What some methods need besides the values."""

    groups: npt.NDArray[np.integer[Any]] | None
    years: npt.NDArray[np.integer[Any]] | None
    neighbours: int


def impute(
    raw: Array,
    *,
    method: str,
    groups: npt.NDArray[np.integer[Any]] | None = None,
    years: npt.NDArray[np.integer[Any]] | None = None,
    neighbours: int = 5,
) -> Array:
    """Missing values replaced by estimates; those that cannot be estimated stay missing.

    ==================  =======================================================================================
    method              estimate of a unit's missing value
    ==================  =======================================================================================
    none                there is none
    mean, median        of all units in the same year
    group mean, median  of the unit's group in the same year; of all units where that has no value
    previous year       the unit's own last value from an earlier year; the first years may stay missing
    linear in time      between the unit's own values before and after, on a straight line over the years' numbers;
                        before the first and after the last one, that one (no trend is drawn out)
    nearest neighbours  mean of the `neighbours` units with a value that are nearest in the same year: by the mean of
                        squared differences of z-scores over the indicators that both have, which must be at least
                        half of those the unit has. The first in the order of units where they are equally near.
    ==================  =======================================================================================

    Parameters
    ----------
    raw : array, shape (n_years, n_units, n_indicators) [measure of each indicator]
        NaN is missing.
    method : str
        As in the table.
    groups : array of int, shape (n_units,), optional
        Group of each unit, -1 for none; for the group methods.
    years : array of int, shape (n_years,), optional [calendar year]
        Ascending; for "linear in time".
    neighbours : int
        How many at most, at least 1; for "nearest neighbours".

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [measure of each indicator]
        A new one.

    Raises
    ------
    ValueError
        Where an option is not of this kind, what the method needs is not given, or a value is infinite.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008, doi:10.1787/9789264043466-en, step 3; Becker et al.,
    COINr: An R package for developing composite indicators, Journal of Open Source Software 7(78), 2022, 4567,
    doi:10.21105/joss.04567, whose impute_panel holds the ends like this; Troyanskaya et al., Missing value estimation
    methods for DNA microarrays, Bioinformatics 17(6), 2001, 520-525, doi:10.1093/bioinformatics/17.6.520, for
    neighbours, weighted equally here.

    Examples
    --------
    >>> impute(np.array([[[1.0], [np.nan], [4.0]]]), method="mean").ravel()
    array([1. , 2.5, 4. ])
    """
    _check(raw, method, groups, years, neighbours)
    options = _Options(groups, years, neighbours)
    largest = np.fmax.reduce(np.abs(raw), axis=(0, 1), initial=0.0)
    extreme = (largest > _HUGE) | ((largest < _TINY) & (largest > 0))
    if not extreme.any():
        return METHODS[method](raw, options)
    # By powers of two nothing is lost; sums and squares of 1e300 would overflow, those of 1e-200 vanish.
    exponents = np.where(extreme, np.frexp(largest)[1], 0)
    filled = METHODS[method](np.ldexp(raw, -exponents), options)
    least, most = (end.reduce(raw, axis=(0, 1)) for end in (np.fmin, np.fmax))
    within = np.clip(filled, np.ldexp(least, -exponents), np.ldexp(most, -exponents))
    return np.where(np.isnan(raw), np.ldexp(within, exponents), raw)


def _check(raw: Array, method: str, groups: Any, years: Any, neighbours: int) -> None:
    """Refuse what does not fit, all at once."""
    wrong = []
    if method not in METHODS:
        wrong.append(f"method: expected one of {', '.join(METHODS)}, found {method}")
    if any(spread(lambda part: bool(np.isinf(raw[:, part]).any()), blocks(raw.shape[1]))):
        wrong.append("raw: expected finite values, found an infinite one")
    if (groups is None and method.startswith("group ")) or (groups is not None and groups.shape != raw.shape[1:2]):
        found = "none" if groups is None else f"shape {groups.shape}"
        wrong.append(f"groups: expected one for each of {raw.shape[1]} units, found {found}")
    if (years is None and method == "linear in time") or (years is not None and years.shape != raw.shape[:1]):
        found = "none" if years is None else f"shape {years.shape}"
        wrong.append(f"years: expected one for each of {raw.shape[0]}, found {found}")
    elif years is not None and (np.diff(years) <= 0).any():
        wrong.append(f"years: expected ascending ones, found {years.tolist()}")
    if neighbours < 1:
        wrong.append(f"neighbours: expected at least 1, found {neighbours}")
    if wrong:
        raise ValueError("; ".join(wrong))


def _none(raw: Array, _: _Options) -> Array:
    return raw.copy()


def _mean(raw: Array, _: _Options) -> Array:
    """By blocks of units, which stay in the cache."""
    filled = raw.copy()
    parts = blocks(raw.shape[1])
    for values in filled:
        pieces = [values[part] for part in parts]
        counts, sums = np.add.reduce(spread(_counts_and_sums, pieces))
        spread(partial(_fill, estimate=_ratio(sums, counts)), pieces)
    return filled


def _median(raw: Array, _: _Options) -> Array:
    filled = raw.copy()
    for values in filled:
        _fill(values, np.array(spread(_median_of, values.T)))
    return filled


def _group_mean(raw: Array, options: _Options) -> Array:
    filled = raw.copy()
    order, starts, sizes = _grouped(options)
    for values in filled:
        ordered = values[order]
        missing = np.isnan(ordered)
        sums = np.add.reduceat(np.where(missing, 0.0, ordered), starts, axis=0) if starts.size else ordered[:0]
        counts = np.add.reduceat(~missing, starts, axis=0, dtype=np.float64) if starts.size else ordered[:0]
        values[order] = np.where(missing, np.repeat(_ratio(sums, counts), sizes, axis=0), ordered)
    return _overall(raw, filled, _mean(raw, options))


def _group_median(raw: Array, options: _Options) -> Array:
    filled = raw.copy()
    order, starts, sizes = _grouped(options)
    rank = np.repeat(np.arange(starts.size), sizes)
    for values in filled:
        for indicator in np.flatnonzero(np.isnan(values).any(axis=0)):
            given = values[order, indicator]
            ascending = given[np.lexsort((given, rank))]  # NaN comes last in each group
            counts = np.bincount(rank[~np.isnan(given)], minlength=starts.size)
            # Without any value both places are the group's first, which is NaN.
            low, high = (ascending[starts + np.maximum(middle, 0)] for middle in ((counts - 1) // 2, counts // 2))
            estimate = 0.5 * low + 0.5 * high
            values[order, indicator] = np.where(np.isnan(given), estimate[rank], given)
    return _overall(raw, filled, _median(raw, options))


def _previous_year(raw: Array, _: _Options) -> Array:
    filled = raw.copy()
    for before, values in pairwise(filled):
        _fill(values, before)
    return filled


def _linear_in_time(raw: Array, options: _Options) -> Array:
    """One way forward for the values before, one back for those after."""
    years = np.asarray(options.years, dtype=np.float64)
    filled = _previous_year(raw, options)
    since = np.empty(raw.shape, dtype=np.float64)  # year of the value before
    for at, year in enumerate(years):
        since[at] = np.where(np.isnan(raw[at]), since[at - 1] if at else np.nan, year)
    after, until = np.full(raw.shape[1:], np.nan), np.full(raw.shape[1:], np.nan)
    for at in range(len(years))[::-1]:
        there = ~np.isnan(raw[at])
        after[there], until[there] = raw[at][there], years[at]
        before = filled[at]
        share = (years[at] - since[at]) / np.where(until > since[at], until - since[at], 1.0)
        between = np.clip(before * (1 - share) + after * share, np.fmin(before, after), np.fmax(before, after))
        estimate = np.where(np.isnan(before), after, np.where(np.isnan(after), before, between))
        np.copyto(filled[at], estimate, where=~there)
    return filled


def _nearest_neighbours(raw: Array, options: _Options) -> Array:
    """Unit by unit with a gap, so that never more than some arrays of the size of a year are held."""
    filled = raw.copy()
    for values, new in zip(raw, filled, strict=True):
        there = ~np.isnan(values)
        zscores = _standardised(values)
        shown = there.astype(np.float64)
        for unit in np.flatnonzero(~there.all(axis=1) & there.any(axis=1)):
            nearest = _by_distance(unit, zscores, there, shown)
            for indicator in np.flatnonzero(~there[unit]):
                chosen = nearest[there[nearest, indicator]][: options.neighbours]
                if chosen.size:
                    new[unit, indicator] = values[chosen, indicator].mean()
    return filled


METHODS: dict[str, Callable[[Array, _Options], Array]] = {
    "none": _none,
    "mean": _mean,
    "median": _median,
    "group mean": _group_mean,
    "group median": _group_median,
    "previous year": _previous_year,
    "linear in time": _linear_in_time,
    "nearest neighbours": _nearest_neighbours,
}


def _by_distance(unit: np.intp, zscores: Array, there: npt.NDArray[np.bool_], shown: Array) -> Index:
    """Units that share enough indicators with one (itself too): the nearest first, the earlier where equally near."""
    has = np.flatnonzero(there[unit])
    counts = shown[:, has].sum(axis=1)
    away = zscores[:, has] - zscores[unit, has]
    distances = np.round(_ratio((away * away * shown[:, has]).sum(axis=1), counts), _DECIMALS)
    distances[(counts * 2 < has.size) | (counts == 0)] = np.nan
    order = np.argsort(distances, kind="stable")  # NaN comes last
    return order[: np.count_nonzero(~np.isnan(distances))]


def _standardised(values: Array) -> Array:
    """Scores of mean 0 and standard deviation 1 over the units that have a value; 0 for the others."""
    missing = np.isnan(values)
    counts, sums = _counts_and_sums(values)
    away = np.where(missing, 0.0, values - _ratio(sums, counts))
    deviation = np.sqrt(_ratio((away * away).sum(axis=0), counts))
    return np.divide(away, deviation, out=np.zeros_like(away), where=deviation > 0)


def _counts_and_sums(values: Array) -> Array:
    """Of the values there are over units, shape (2, n_indicators)."""
    missing = np.isnan(values)
    sums = np.where(missing, 0.0, values).sum(axis=0)
    return np.stack([len(values) - missing.sum(axis=0), sums])


def _median_of(values: Array) -> float:
    present = values[~np.isnan(values)]
    return float(np.median(present)) if present.size else np.nan


def _ratio(sums: Array, counts: Array) -> Array:
    """Means; NaN of nothing."""
    means = np.full(sums.shape, np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means


def _fill(values: Array, estimate: Array) -> None:
    """Estimates put in place of what is missing."""
    np.copyto(values, estimate, where=np.isnan(values))


def _grouped(options: _Options) -> tuple[Index, Index, Index]:
    """Units that have a group, side by side by group; where each group starts there, and its size."""
    groups = np.asarray(options.groups)
    order = np.argsort(groups, kind="stable")
    order = order[groups[order] >= 0]
    _, starts, sizes = np.unique(groups[order], return_index=True, return_counts=True)
    return order, starts, sizes


def _overall(raw: Array, filled: Array, otherwise: Array) -> Array:
    """What the groups had no estimate for, from all units."""
    return np.where(np.isnan(filled) & np.isnan(raw), otherwise, filled)
