"""What it would take to pass the next unit: the least change of each indicator alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..core.arrays import Array, Flags
from ..core.rank import Ranks
from ..engine.compute import compute
from ..engine.prepare import normalisation_of
from ..engine.rules import needs_years
from ..engine.seen import TWO_SIDED, goodness
from ..engine.year_ends import ends_in
from ..model.framework import Framework
from ..model.method import Method, Normalisation
from ..model.panel import Panel, taken
from .decompose import place_of
from .explained import Overtaking
from .single_change import SingleChange, on_its_own

if TYPE_CHECKING:
    import pandas as pd

_STEPS = 16  # of the way to the best value, at which it is first looked for
_HALVINGS = 50
_HAIR = 1e-12  # of the way to the best value
_WHOLE_TRIES = 8  # whole numbers tried beyond what is needed, where ranks do not only rise with the value
_AT_ONCE = 64  # indicators changed in turn, in one computation


def to_pass_next(
    framework: Framework,
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    unit: str,
    year: int | None = None,
) -> Overtaking:
    """The least change of each indicator alone with which a unit passes the one before it, all else being equal.

    Everything is computed anew: ends of normalisation and weights follow. An indicator goes as far as the best value of
    any unit that year, or the goalpost or target; the first of 16 steps on the way at which the rank is better is
    looked into by halving, to the last digits. A hair is added, 1e-12 of the way to that best value or as much more as
    it takes: at the very edge, the order in which a sum is added up would decide.

    Parameters
    ----------
    framework : Framework
        What the index is made of.
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator], or a frame
        The raw values of one ranking; a frame is taken as by `Panel.from_frame`.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.
    unit : str
        A code of the panel.
    year : int, optional
        Default: the panel's last.

    Returns
    -------
    Overtaking
        For each indicator the value that is needed, and how far off it is; NaN where it cannot be done by that one.

    Raises
    ------
    FrameworkError
        As `compute` does, and where the unit or year is not in the panel.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> values = [[[0.0, 4.0], [10.0, 0.0], [4.0, 1.0]]]
    >>> panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array(values))
    >>> to_pass_next(framework, panel, Method(weighting="equal"), unit="z").needed.round(6).tolist()
    [7.5, 2.4]
    """
    panel, method = taken(framework, panel, method)
    u, y = place_of(panel, unit, year)
    index = framework.aggregates.index(framework.root)
    rank = int(compute(framework, panel, method).rank_array[y, index, u])
    columns = [panel.indicators.index(indicator.code) for indicator in framework.indicators]
    value, whole = panel.values[y, u, columns], _counts(panel, columns)
    codes, year = tuple(indicator.code for indicator in framework.indicators), panel.years[y]
    needed = np.full(len(columns), np.nan)
    if rank <= 1:
        return Overtaking(unit, year, rank, codes, value, needed, needed, whole)
    best = np.array([_best(framework, panel, method, k, y, columns[k], value[k]) for k in range(len(columns))])
    panel, y = (panel, y) if needs_years(framework, method) else (_of_year(panel, y), 0)
    search = _Search(framework, panel, method, u, y, rank, columns)
    share = np.linspace(0.0, 1.0, _STEPS + 1)[1:]
    steps = value + share[:, None] * (best - value)
    passes = np.stack([search.passes(step) for step in steps])
    can = passes.any(axis=0) & ~np.isnan(value)
    first = passes.argmax(axis=0)
    high = np.take_along_axis(steps, first[None], axis=0)[0]
    low = np.where(first > 0, np.take_along_axis(steps, np.maximum(first - 1, 0)[None], axis=0)[0], value)
    for _ in range(_HALVINGS if can.any() else 0):
        middle = low + (high - low) / 2
        there = search.passes(middle)
        low, high = np.where(there, low, middle), np.where(there, middle, high)
    needed = np.where(can, _surely(search, high, best, can), np.nan)
    target = _whole_targets(search, value, needed, best, whole & can)
    return Overtaking(unit, year, rank, codes, value, needed, target, whole)


def _counts(panel: Panel, columns: list[int]) -> Flags:
    """Which indicators count something: all of their values are whole, and there is one."""
    values = panel.values[:, :, columns]
    there = ~np.isnan(values)
    whole: Flags = ((values == np.rint(values)) | ~there).all(axis=(0, 1)) & there.any(axis=(0, 1))
    return whole


def _whole_targets(search: _Search, value: Array, needed: Array, best: Array, which: Flags) -> Array:
    """The needed values, of some the next whole number on the way to the best value with which the rank is better."""
    found, step = needed.copy(), np.sign(best - value)
    # The hair beyond what is needed must not cost a whole one.
    nearest = np.rint(np.where(which, needed, 0.0))
    close = np.abs(nearest - needed) <= 1e-9 * np.maximum(np.abs(needed), 1.0)
    candidate = np.where(close, nearest, np.where(step > 0, np.ceil(needed), np.floor(needed)))
    candidate = np.where(candidate == value, candidate + step, candidate)
    open_ = which.copy()
    for _ in range(_WHOLE_TRIES):
        open_ &= (best - candidate) * step >= 0
        passes = search.certain(np.where(open_, candidate, value), open_)
        found = np.where(passes, candidate, found)
        open_ &= ~passes
        candidate = candidate + step
        if not open_.any():
            break
    settled: Array = np.where(which & (found != np.rint(found)), np.nan, found)
    return settled


def _surely(search: _Search, found: Array, best: Array, can: Flags) -> Array:
    """The values found and a hair more, so that it is not rounding that decides: the index itself must say so."""
    hair, open_ = _HAIR, can.copy()
    while open_.any() and hair < 1.0:
        found = np.where(open_, found + hair * (best - found), found)
        open_ &= ~search.certain(found, open_)
        hair *= 8.0
    return found


def _of_year(panel: Panel, y: int) -> Panel:
    return replace(panel, years=panel.years[y : y + 1], values=panel.values[y : y + 1])


def _best(framework: Framework, panel: Panel, method: Method, k: int, y: int, column: int, own: float) -> float:
    """The best value that an indicator may take: of any unit that year, or its fixed end, or the nearest best one."""
    indicator = framework.indicators[k]
    kind = normalisation_of(indicator, method)
    if indicator.direction == TWO_SIDED:
        ends = [end for end in (indicator.best_lower, indicator.best_upper) if end is not None]
        return float(np.clip(own, min(ends), max(ends)))
    fixed = ends_in(framework, indicator, panel.years[y])
    if kind is Normalisation.GOALPOSTS and fixed is not None:
        ends = [fixed.lower, fixed.upper]
        return float(ends[int(np.argmax(goodness(indicator, np.array(ends))))])
    if kind is Normalisation.DISTANCE_TO_TARGET and indicator.target is not None:
        return indicator.target
    values = panel.values[y, :, column]
    if np.isnan(values).all():
        return float("nan")
    return float(values[np.nanargmax(goodness(indicator, values))])


class _Search:
    """Whether the rank is better with one indicator changed, for all indicators at once."""

    def __init__(
        self, framework: Framework, panel: Panel, method: Method, u: int, y: int, rank: int, columns: list[int]
    ) -> None:
        self._framework, self._panel, self._method = framework, panel, method
        self._u, self._y, self._rank, self._columns = u, y, rank, columns
        own = on_its_own(framework, method) and not panel.unit_weights
        self._change = SingleChange(framework, panel, method, y, u, columns) if own else None

    def passes(self, values: Array) -> Flags:
        """Whether each of the values would do."""
        if self._change is not None:
            return self._better(self._change.ranks(values))
        return self.certain(values, np.ones(len(values), dtype=np.bool_))

    def certain(self, values: Array, which: Flags) -> Flags:
        """The same of some of the values, each with all of the index computed anew."""
        found = np.zeros(len(values), dtype=np.bool_)
        index = self._framework.aggregates.index(self._framework.root)
        some, n_years = np.flatnonzero(which), len(self._panel.years)
        # Years that know nothing of each other can be computed at once, an indicator each.
        alike = n_years == 1 and not self._framework.goalposts_by_year
        step = _AT_ONCE if alike else 1
        for start in range(0, len(some), step):
            part = some[start : start + step]
            many = np.repeat(self._panel.values, len(part), axis=0)
            at = np.arange(len(part)) + self._y
            many[at, self._u, np.array(self._columns)[part]] = values[part]
            years = tuple(range(len(part))) if alike else self._panel.years
            panel = replace(self._panel, years=years, values=many)
            places = compute(self._framework, panel, self._method).rank_array[at, index, self._u]
            found[part] = self._better(places)
        return found

    def _better(self, places: Ranks) -> Flags:
        return np.asarray((places > 0) & (places < self._rank))
