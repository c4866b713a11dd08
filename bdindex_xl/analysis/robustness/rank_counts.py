"""How often each unit has each rank, where not every unit has a score in every draw."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ...core.arrays import Array, Counts, Flags, Index
from ...core.rank import Ranks, ranks
from ...core.rank_distribution import RankCounter

_DENSE = 2048  # units up to which a table of all units and ranks is small
_AT_ONCE = 1 << 21  # ranks sorted at once


@dataclass(frozen=True, eq=False)
class Places:
    """The ranks that some units have in some draw, and in how many.

    Of unit i they stand from `starts[i]` to `starts[i + 1]`, in ascending order: `places`, counted from 1, and `times`.
    """

    starts: Index
    places: npt.NDArray[np.int64]
    times: Counts

    @property
    def n_units(self) -> int:
        return self.starts.size - 1

    @property
    def units(self) -> Index:
        """The unit of each place."""
        return np.repeat(np.arange(self.n_units), np.diff(self.starts))

    @property
    def totals(self) -> Counts:
        """Draws that rank each unit."""
        return self._sums(self.times)

    def quantile(self, level: float) -> Ranks:
        """The least rank that at least a share `level` [0-1] of a unit's draws does not exceed; 0 without any.

        Definition 1 of Hyndman, Fan, Sample quantiles in statistical packages, The American Statistician 50(4), 1996,
        361-365, doi:10.1080/00031305.1996.10473566.
        """
        found, totals = np.zeros(self.n_units, dtype=np.int32), self.totals
        # A share of 0.07 of 100 is a hair more than 7, which must not cost a draw.
        wanted = {total: max(1, math.ceil(round(level * total, 6))) for total in np.unique(totals).tolist()}
        before = np.concatenate([[0], np.cumsum(self.times)])
        some = np.flatnonzero(totals)
        reach = before[self.starts[some]] + [wanted[total] for total in totals[some].tolist()]
        found[some] = self.places[np.searchsorted(before[1:], reach)]
        return found

    def mean(self, values: npt.NDArray[np.integer[Any] | np.bool_]) -> Array:
        """Mean over draws of a whole number for each place, shape (n_units,); NaN for a unit that no draw ranks."""
        return _ratio(self._sums(self.times * values.astype(np.int64)), self.totals)

    def _sums(self, values: Counts) -> Counts:
        sums = np.zeros(self.n_units, dtype=np.int64)
        some = np.flatnonzero(np.diff(self.starts))
        if some.size:
            sums[some] = np.add.reduceat(values, self.starts[:-1][some])
        return sums


class Tally:
    """Counts ranks of units that stand in their nominal order; a unit is ranked in the draws in which it has a score.

    Draws are counted apart by the units that have a score. Where a table of all units and ranks would take more memory
    than the ranks of all draws, these are kept instead.
    """

    def __init__(self, n_units: int, *, n_draws: int = 0) -> None:
        self._n_units = n_units
        self._counters: dict[bytes, RankCounter] = {}
        self._kept: list[Ranks] = []
        self._keeps = n_units > _DENSE and n_draws < 16 * n_units

    def add(self, scores: Array) -> None:
        """Count draws, shape (n_draws, n_units); NaN is no score."""
        if self._keeps:
            self._kept.append(ranks(scores))
            return
        there = ~np.isnan(scores)
        if there.all():
            kinds, which = there[:1], np.zeros(len(scores), dtype=np.intp)
        else:
            kinds, which = np.unique(there, axis=0, return_inverse=True)
        for k, kind in enumerate(kinds):
            if kind.any():
                of = scores if kind.all() and len(kinds) == 1 else scores[which.ravel() == k][:, kind]
                self._counter(kind.tobytes()).add_scores(of)

    def merge(self, other: Tally) -> None:
        """Take over what another tally of the same units has counted."""
        self._kept += other._kept
        for key, counter in other._counters.items():
            self._counter(key).merge(counter)

    def places(self) -> Iterator[tuple[slice, Places]]:
        """Ranks of each unit; some units at a time, so that there is no second copy of all."""
        if not self._keeps:
            yield slice(0, self._n_units), self._of_counters()
            return
        step = max(1, _AT_ONCE // max(1, sum(len(block) for block in self._kept)))
        for start in range(0, self._n_units, step):
            some = slice(start, min(start + step, self._n_units))
            yield some, _occurring(np.concatenate([block[:, some] for block in self._kept]).T)

    def _of_counters(self) -> Places:
        total = np.zeros((self._n_units, self._n_units), dtype=np.int64)
        for key, counter in self._counters.items():
            units = np.flatnonzero(_flags(key))
            total[units, : units.size] += counter.result().counts
        units, places = np.nonzero(total)
        starts = np.searchsorted(units, np.arange(self._n_units + 1))
        return Places(starts, places + 1, total[units, places])

    def ahead(self) -> Array:
        """Share of the draws that rank both in which a unit is before the next, shape (n_units,) [0-1].

        NaN for the last unit, and where no draw ranks both.
        """
        before, both = np.zeros(self._n_units), np.zeros(self._n_units)
        for block in self._kept:
            one, other = block[:, :-1], block[:, 1:]
            before[:-1] += ((one > 0) & (one < other)).sum(axis=0)
            both[:-1] += ((one > 0) & (other > 0)).sum(axis=0)
        for key, counter in self._counters.items():
            units, found = np.flatnonzero(_flags(key)), counter.result()
            next_to = units[:-1][np.diff(units) == 1]
            shares = found.ahead[:-1][np.diff(units) == 1]
            before[next_to] += np.rint(shares * found.n_draws)
            both[next_to] += found.n_draws
        return _ratio(before, both)

    def _counter(self, key: bytes) -> RankCounter:
        if key not in self._counters:
            self._counters[key] = RankCounter(int(_flags(key).sum()))
        return self._counters[key]


def _occurring(drawn: Ranks) -> Places:
    """Ranks that occur among those drawn, shape (n_units, n_draws); 0 is none."""
    n_units, n_draws = drawn.shape
    ordered = np.sort(drawn, axis=1)
    first = np.ones(ordered.shape, dtype=np.bool_)
    first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    at = np.flatnonzero(first)
    times, places = np.diff(at, append=ordered.size), ordered.ravel()[at].astype(np.int64)
    there = places > 0
    sizes = np.bincount(at[there] // max(1, n_draws), minlength=n_units)
    return Places(np.concatenate([[0], np.cumsum(sizes)]), places[there], times[there])


def _ratio(sums: npt.NDArray[np.integer[Any]] | Array, totals: npt.NDArray[np.integer[Any]] | Array) -> Array:
    found: Array = np.divide(sums, totals, out=np.full(len(totals), np.nan), where=totals > 0)
    return found


def _flags(key: bytes) -> Flags:
    return np.frombuffer(key, dtype=np.bool_)
