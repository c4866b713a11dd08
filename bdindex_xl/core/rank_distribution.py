"""How often each unit has each rank, over many draws: counted as the draws come, none kept."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import Array, Counts, Flags, Index
from .near_runs import PlaceNumbers, put_right
from .parallel import BLOCK
from .rank import TIE, Ranks, ranks

_ROOM = 10 * BLOCK  # scores that a thread takes at a time: fewer, and threads wait for each other's turn
_NARROW = 512  # units up to which most draws are told apart by 32 bits
_FEW = 8  # of so many neighbours, no more than one is looked at by its scores
_BYTE = 255  # the greatest count of a byte
_MARGIN = 4  # cells of the grid by which rounding may mislead, and more


@dataclass(frozen=True, eq=False)
class RankDistribution:
    """Ranks of units over draws.

    Attributes
    ----------
    n_draws : int
    counts : array of int64, shape (n_units, n_units)
        Draws in which unit i has rank r + 1; each row adds up to the number of draws.
    ahead : array, shape (n_units,) [0-1]
        Share of draws in which the unit ranks before the next one; NaN for the last unit.

    References
    ----------
    Lahdelma, Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group decision making, Operations
    Research 49(3), 2001, 444-454, doi:10.1287/opre.49.3.444.11220: the counts are rank acceptabilities there.
    """

    n_draws: int
    counts: Counts
    ahead: Array


class RankCounter:
    """Counts ranks draw by draw; memory of 8 n_units² bytes, whatever the number of draws.

    Parameters
    ----------
    n_units : int

    Raises
    ------
    ValueError
        Where there is no unit.

    Examples
    --------
    >>> counter = RankCounter(2)
    >>> counter.add_scores(np.array([[0.9, 0.2], [0.1, 0.4], [0.5, 0.3]]))
    >>> counter.result().counts.tolist()
    [[2, 1], [1, 2]]
    """

    def __init__(self, n_units: int) -> None:
        if n_units < 1:
            raise ValueError(f"n_units: expected at least 1, found {n_units}")
        self._n_units = n_units
        # Of each rank in the table of counts.
        self._firsts = np.arange(n_units, dtype=np.int32 if n_units <= _NARROW else np.int64) * n_units
        self._counts = np.zeros(n_units * n_units, dtype=np.int64)  # by rank, then by unit
        self._ahead = np.zeros(n_units - 1, dtype=np.int64)
        self._n_draws = 0
        self._rows = max(1, _ROOM // n_units)
        few = n_units <= _NARROW
        self._places = np.empty((self._rows, n_units), dtype=np.int32 if few else np.int64)
        self._flags = np.empty((self._rows, n_units), dtype=np.bool_)
        self._coarse = 0  # the first grid that is worth trying
        self._grids = [_Grid(self._rows, n_units, n_bytes=n) for n in (4, 8) if n == 8 or few]

    def add_scores(self, scores: Array) -> None:
        """Rank draws and count them, shape (n_draws, n_units) [0-1, or any measure].

        Raises
        ------
        ValueError
            Where the shape differs or a score is missing or infinite.
        """
        if scores.ndim != 2 or scores.shape[1] != self._n_units:
            raise ValueError(f"scores: expected shape (n_draws, {self._n_units}), found {scores.shape}")
        near, counted = [], []
        for start in range(0, len(scores), self._rows):
            found = self._add_block(np.ascontiguousarray(scores[start : start + self._rows]))
            near.append(found + start * self._n_units)
            counted.append(self._places.ravel()[[found, found + 1]])
        if sum(map(len, near)):  # of all at once: it takes many steps, whatever their number
            runs = put_right(scores, np.concatenate(counted, axis=1), np.concatenate(near))
            np.subtract.at(self._counts, runs.counted, 1)
            np.add.at(self._counts, runs.places, 1)
            np.subtract.at(self._ahead, runs.not_ahead, 1)

    def merge(self, other: RankCounter) -> None:
        """Take over what another counter of the same units has counted."""
        self._counts += other._counts
        self._ahead += other._ahead
        self._n_draws += other._n_draws

    def result(self) -> RankDistribution:
        """Distribution of all draws so far.

        Raises
        ------
        ValueError
            Where nothing has been counted.
        """
        if not self._n_draws:
            raise ValueError("draws: expected at least 1, found none")
        n_units = self._n_units
        counts = np.ascontiguousarray(self._counts.reshape(n_units, n_units).T)
        return RankDistribution(self._n_draws, counts, np.append(self._ahead / self._n_draws, np.nan))

    def _add_block(self, scores: Array) -> Index:
        """Count draws, no more than there is room for, as their units are sorted; returns neighbours to put right."""
        places, ahead = self._places[: len(scores)], self._flags[: len(scores)]
        # Of the last unit, what comes next is the first of the next draw: not looked at.
        np.greater(scores.ravel()[:-1], scores.ravel()[1:], out=ahead.reshape(-1)[:-1])
        near = self._place(scores, places, ahead)
        if self._counts.size <= 2 * places.size:  # adding in place does not let the other threads run
            self._counts += np.bincount(places.ravel(), minlength=self._counts.size)
        else:
            np.add.at(self._counts, places.ravel().astype(np.intp, copy=False), 1)
        self._ahead += _counted(ahead)[:-1]
        self._n_draws += len(scores)
        return near

    def _place(self, scores: Array, places: PlaceNumbers, ahead: Flags) -> Index:
        """Where draws go in the table of counts, into `places`; returns neighbours that may be tied or out of order."""
        for at, grid in enumerate(self._grids[self._coarse :], self._coarse):
            grid.sort(scores)
            near = grid.near()
            if near.size <= scores.size // _FEW:
                np.add(grid.units(), self._firsts, out=places, casting="same_kind")
                return near
            self._coarse = min(at + 1, len(self._grids) - 1)  # units that are equal are so in most draws
        ranks = grid.ranks(scores)
        np.add(self._firsts[ranks - 1], np.arange(self._n_units), out=places, casting="same_kind")
        np.less(ranks[:, :-1], ranks[:, 1:], out=ahead[:, :-1])
        return near[:0]


class _Grid:
    """Draws sorted as whole numbers: the score counted from the best in cells of a grid, the unit in the lower bits.

    numpy sorts 32-bit whole numbers in a tenth of the time of finding an order, 64-bit ones in a half, and the unit
    comes along. Neighbours further apart than tolerance, cell and rounding together are in their order beyond doubt,
    and those that are as much closer than the tolerance are tied. What is between is told by the scores themselves.
    """

    def __init__(self, rows: int, n_units: int, *, n_bytes: int) -> None:
        self._lower = max(1, (n_units - 1).bit_length())
        self._cells = min(52, 8 * n_bytes - self._lower)
        self._units = np.arange(n_units, dtype=f"u{n_bytes}")
        # Room is asked for once: fresh memory would cost more than the sorting, and keep the other threads waiting.
        self._falling = np.empty((rows, n_units))
        self._whole = np.empty((rows, n_units), dtype=f"i{n_bytes}")
        # Of the last unit, what comes next is the first of the next draw: not looked at.
        self._gaps = np.empty((rows, n_units), dtype=f"u{n_bytes}")
        self._flags = np.empty((rows, n_units), dtype=np.bool_)

    def sort(self, scores: Array) -> None:
        """Take these draws, until the next call."""
        n = self._n = len(scores)
        best = scores.max()
        span = float(best) - float(scores.min())
        if not math.isfinite(span):
            raise ValueError(f"scores: expected a finite range, found {scores.min()} to {best}")
        scale = math.ldexp(1.0, min(self._cells - math.frexp(span)[1], 1000))
        falling = np.subtract(best, scores, out=self._falling[:n])
        falling *= scale
        np.copyto(self._whole[:n], falling, casting="unsafe")
        keys = self._whole[:n].view(self._units.dtype)
        keys <<= self._lower
        keys |= self._units
        keys.sort(axis=-1)
        np.subtract(keys.reshape(-1)[1:], keys.reshape(-1)[:-1], out=self._gaps[:n].reshape(-1)[:-1])
        cells = min(TIE * scale, 2.0**self._cells)
        self._most = max(0, math.floor(cells) - _MARGIN)
        least, self._near = math.ceil(cells) + _MARGIN, self._flags[:n]
        if least < 1 << self._cells:
            np.less(self._gaps[:n], least << self._lower, out=self._near)
        else:
            self._near[:] = True
        self._near[:, -1] = False

    def near(self) -> Index:
        """Neighbours that may be tied or out of order: places of the former, of all places draw by draw."""
        return np.flatnonzero(self._near)

    def units(self) -> npt.NDArray[np.signedinteger]:
        """Units from first to last."""
        whole = self._whole[: self._n]
        whole &= (1 << self._lower) - 1
        return whole

    def ranks(self, scores: Array) -> Ranks:
        """Ranks with ties."""
        tied = self._gaps[: self._n, :-1] < (self._most << self._lower)
        places = np.tile(np.arange(1, scores.shape[1] + 1, dtype=np.int32), (self._n, 1))
        places[:, 1:][tied] = 0
        np.maximum.accumulate(places, axis=1, out=places)
        found = np.empty_like(places)
        np.put_along_axis(found, self.units().astype(np.intp, copy=False), places, axis=1)
        doubtful = (self._near[:, :-1] & ~tied).any(axis=1)
        if doubtful.any():
            found[doubtful] = ranks(scores[doubtful])
        return found


def _counted(flags: Flags) -> Counts:
    """How many are true in each column: in bytes as far as they count, eight times as fast as numpy's own."""
    whole = len(flags) // _BYTE * _BYTE
    some = flags[:whole].view(np.uint8).reshape(whole // _BYTE, _BYTE, flags.shape[1]).sum(axis=1, dtype=np.uint8)
    rest: Counts = flags[whole:].view(np.uint8).sum(axis=0, dtype=np.uint8).astype(np.int64)
    rest += some.sum(axis=0, dtype=np.int64)
    return rest
