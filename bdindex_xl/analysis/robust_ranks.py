"""How often each unit has each rank, where not every unit has a score in every draw."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..core.rank import Ranks
from ..core.rank_distribution import RankCounter, RankDistribution
from ..model import Array

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Tally:
    """Counts ranks of units that stand in their nominal order; a unit is ranked in the draws in which it has a score.

    Draws are counted apart by the units that have a score.
    """

    def __init__(self, n_units: int) -> None:
        self._n_units = n_units
        self._counters: dict[bytes, RankCounter] = {}

    def add(self, scores: Array) -> None:
        """Count draws, shape (n_draws, n_units); NaN is no score."""
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
        for key, counter in other._counters.items():
            self._counter(key).merge(counter)

    def counts(self) -> Counts:
        """Draws in which unit i has rank r + 1, shape (n_units, n_units)."""
        total = np.zeros((self._n_units, self._n_units), dtype=np.int64)
        for key, counter in self._counters.items():
            units = np.flatnonzero(_flags(key))
            total[units, : units.size] += counter.result().counts
        return total

    def ahead(self) -> Array:
        """Share of the draws that rank both in which a unit is before the next, shape (n_units,) [0-1].

        NaN for the last unit, and where no draw ranks both.
        """
        before, both = np.zeros(self._n_units), np.zeros(self._n_units)
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


def quantiles(counts: Counts, level: float) -> Ranks:
    """Quantile of each unit's ranks, shape (n_units,); 0 for a unit that no draw ranks."""
    found, totals = np.zeros(len(counts), dtype=np.int32), counts.sum(axis=1)
    for total in np.unique(totals[totals > 0]):
        some = totals == total
        found[some] = RankDistribution(counts[some], np.full(int(some.sum()), np.nan)).quantile(level)
    return found


def means(counts: Counts, values: npt.NDArray[Any]) -> Array:
    """Mean over draws of a value of each rank, shape (n_units,); NaN for a unit that no draw ranks.

    `values` has shape (n_ranks,), or (n_units, n_ranks) where it differs by unit.
    """
    return _ratio((counts * values).sum(axis=1), counts.sum(axis=1))


def _ratio(sums: npt.NDArray[Any], totals: npt.NDArray[Any]) -> Array:
    found: Array = np.divide(sums, totals, out=np.full(len(totals), np.nan), where=totals > 0)
    return found


def _flags(key: bytes) -> Flags:
    return np.frombuffer(key, dtype=np.bool_)
