"""How often each unit has each rank, over many draws: counted as the draws come, none kept."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt

from .blocks import BLOCK, spread
from .rank import TIE, Order, Ranks, ranks

Array = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_ROOM = 10 * BLOCK  # scores that a thread takes at a time: fewer, and threads wait for each other's turn
_SERIAL = 1 << 18  # multiplications up to which a matrix product does not call on threads of its own
_NARROW = 512  # units up to which most draws are told apart by 32 bits
_SUM = 1e-9  # by which the weights of a draw may miss 1
_MARGIN = 4  # cells of the grid by which rounding may mislead, and more


@dataclass(frozen=True, eq=False)
class RankDistribution:
    """Ranks of units over draws.

    Attributes
    ----------
    counts : array of int64, shape (n_units, n_units)
        Draws in which unit i has rank r + 1; each row adds up to the number of draws.
    ahead : array, shape (n_units,) [0-1]
        Share of draws in which the unit ranks before the next unit of the reference order; NaN for its last unit.
    """

    counts: Counts
    ahead: Array

    @property
    def n_draws(self) -> int:
        """Draws counted."""
        return int(self.counts[0].sum())

    @property
    def mean(self) -> Array:
        """Mean rank of each unit."""
        return np.asarray(self.counts @ np.arange(1, len(self.counts) + 1) / self.n_draws)

    @property
    def best(self) -> Ranks:
        """Least rank of each unit."""
        return self.quantile(0.0)

    @property
    def median(self) -> Ranks:
        """Median rank of each unit, the better one of two."""
        return self.quantile(0.5)

    @property
    def worst(self) -> Ranks:
        """Greatest rank of each unit."""
        return self.quantile(1.0)

    def quantile(self, level: float) -> Ranks:
        """Least rank of each unit that at least a share `level` [0-1] of the draws does not exceed, exact.

        Definition 1 of Hyndman, Fan, Sample quantiles in statistical packages, The American Statistician 50(4), 1996,
        361-365, doi:10.1080/00031305.1996.10473566.

        Raises
        ------
        ValueError
            Where the level is outside 0 to 1.
        """
        if not 0.0 <= level <= 1.0:
            raise ValueError(f"level: expected 0 to 1, found {level}")
        # 0.07 x 100 is a hair more than 7, which must not cost a draw.
        draws = max(1, math.ceil(round(level * self.n_draws, 6)))
        return np.asarray((np.cumsum(self.counts, axis=1) < draws).sum(axis=1) + 1, dtype=np.int32)

    def within(self, place: int) -> Array:
        """Probability [0-1] of each unit to rank among the first `place`, 1 being the first alone.

        Raises
        ------
        ValueError
            Where `place` is less than 1.
        """
        if place < 1:
            raise ValueError(f"place: expected at least 1, found {place}")
        return np.asarray(self.counts[:, :place].sum(axis=1) / self.n_draws)


class RankCounter:
    """Counts ranks draw by draw; memory of 8 n_units² bytes, whatever the number of draws.

    Parameters
    ----------
    n_units : int
    reference : array of int, shape (n_units,), optional
        Units from first to last, to say who is ahead of the next; as they stand without it.

    Raises
    ------
    ValueError
        Where there is no unit or the reference is not an order of all.

    Examples
    --------
    >>> counter = RankCounter(2)
    >>> counter.add(np.array([[1, 2], [2, 1]]))
    >>> counter.add_scores(np.array([[0.9, 0.2]]))
    >>> counter.result().counts.tolist()
    [[2, 1], [1, 2]]
    """

    def __init__(self, n_units: int, *, reference: Order | None = None) -> None:
        if n_units < 1:
            raise ValueError(f"n_units: expected at least 1, found {n_units}")
        self._order = np.arange(n_units) if reference is None else np.asarray(reference)
        if not np.array_equal(np.sort(self._order), np.arange(n_units)):
            raise ValueError(f"reference: expected each of {n_units} units once, found {self._order.tolist()}")
        self._moves = reference is not None
        self._firsts = np.arange(n_units) * n_units  # of each rank in the table of counts
        self._counts = np.zeros(n_units * n_units, dtype=np.int64)  # by rank, then by place in the reference order
        self._ahead = np.zeros(n_units - 1, dtype=np.int64)
        self._n_draws = 0
        self._rows = max(1, _ROOM // n_units)
        self._places = np.empty((self._rows, n_units), dtype=np.int64)
        self._flags = np.empty((self._rows, n_units - 1), dtype=np.bool_)
        self._grids = [_Grid(self._rows, n_units, n_bytes=n) for n in (4, 8) if n == 8 or n_units <= _NARROW]

    def add(self, ranks: npt.NDArray[np.integer]) -> None:
        """Count draws that are ranked already, shape (n_draws, n_units).

        Raises
        ------
        ValueError
            Where the shape differs or a rank is outside 1 to n_units.
        """
        self._check(ranks, "ranks")
        if ranks.size and not (ranks.min() >= 1 and ranks.max() <= self._order.size):
            raise ValueError(f"ranks: expected 1 to {self._order.size}, found {ranks.min()} to {ranks.max()}")
        self._add_ranks(ranks[:, self._order])

    def add_scores(self, scores: Array) -> None:
        """Rank draws and count them, shape (n_draws, n_units) [0-1, or any measure].

        Raises
        ------
        ValueError
            Where the shape differs or a score is missing or infinite.
        """
        self._check(scores, "scores")
        for start in range(0, len(scores), self._rows):
            block = scores[start : start + self._rows]
            self._add_block(block[:, self._order] if self._moves else block)

    def merge(self, other: RankCounter) -> None:
        """Take over what another counter of the same units and reference has counted."""
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
        n_units = self._order.size
        counts, ahead = np.empty((n_units, n_units), dtype=np.int64), np.full(n_units, np.nan)
        counts[self._order] = self._counts.reshape(n_units, n_units).T
        ahead[self._order[:-1]] = self._ahead / self._n_draws
        return RankDistribution(counts, ahead)

    def _check(self, values: npt.NDArray[np.generic], name: str) -> None:
        if values.ndim != 2 or values.shape[1] != self._order.size:
            raise ValueError(f"{name}: expected shape (n_draws, {self._order.size}), found {values.shape}")

    def _add_block(self, scores: Array) -> None:
        """Scores in the reference order, no more draws than there is room for."""
        for grid in self._grids:
            if not len(scores):
                return
            grid.sort(scores)
            left = ~self._add_apart(grid, scores)
            if grid is self._grids[-1] and left.any():
                self._add_ranks(grid.ranks(left, scores))
            scores = scores[left]

    def _add_apart(self, grid: _Grid, scores: Array) -> Flags:
        """Count the draws without ties; which those are."""
        apart = grid.apart()
        places = np.add(grid.units(), self._firsts, out=self._places[: len(scores)])
        ahead = np.greater(scores[:, :-1], scores[:, 1:], out=self._flags[: len(scores)])
        if not apart.all():
            places, ahead = places[apart], ahead[apart]
        self._add_places(places, ahead)
        return apart

    def _add_ranks(self, ranks: npt.NDArray[np.integer]) -> None:
        """Ranks in the reference order."""
        self._add_places(self._firsts[ranks - 1] + np.arange(self._order.size), ranks[:, :-1] < ranks[:, 1:])

    def _add_places(self, places: Counts, ahead: Flags) -> None:
        """Places in the table of counts, and who is ahead of the next."""
        if self._counts.size <= 2 * places.size:  # adding in place does not let the other threads run
            self._counts += np.bincount(places.ravel(), minlength=self._counts.size)
        else:
            np.add.at(self._counts, places.ravel(), 1)
        self._ahead += np.count_nonzero(ahead, axis=0)
        self._n_draws += len(places)


class _Grid:
    """Draws sorted as whole numbers: the score counted from the best in cells of a grid, the unit in the lower bits.

    numpy sorts 32-bit whole numbers in a tenth of the time of finding an order, 64-bit ones in a half, and the unit
    comes along. Neighbours further apart than tolerance, cell and rounding together are in their order beyond doubt,
    and those that are as much closer than the tolerance are tied. Draws with any between go to `rank.ranks`.
    """

    def __init__(self, rows: int, n_units: int, *, n_bytes: int) -> None:
        self._lower = max(1, (n_units - 1).bit_length())
        self._cells = min(52, 8 * n_bytes - self._lower)
        self._units = np.arange(n_units, dtype=f"u{n_bytes}")
        # Room is asked for once: fresh memory would cost more than the sorting, and keep the other threads waiting.
        self._falling = np.empty((rows, n_units))
        self._whole = np.empty((rows, n_units), dtype=f"i{n_bytes}")
        self._gaps = np.empty((rows, n_units - 1), dtype=f"u{n_bytes}")
        self._flags = np.empty((rows, n_units - 1), dtype=np.bool_)

    def sort(self, scores: Array) -> None:
        """Take these draws, until the next call."""
        n = self._n = len(scores)
        best = scores.max()
        span = float(best) - float(scores.min())
        if not math.isfinite(span):
            raise ValueError(f"scores: expected a finite range, found {scores.min()} to {best}")
        scale = math.ldexp(1.0, min(self._cells - math.frexp(span)[1], 1000))
        np.multiply(np.subtract(best, scores, out=self._falling[:n]), scale, out=self._whole[:n], casting="unsafe")
        keys = self._whole[:n].view(self._units.dtype)
        keys <<= self._lower
        keys |= self._units
        keys.sort(axis=-1)
        np.subtract(keys[:, 1:], keys[:, :-1], out=self._gaps[:n])
        cells = min(TIE * scale, 2.0**self._cells)
        self._most = max(0, math.floor(cells) - _MARGIN)
        least, self._far = math.ceil(cells) + _MARGIN, self._flags[:n]
        if least < 1 << self._cells:
            np.greater_equal(self._gaps[:n], least << self._lower, out=self._far)
        else:
            self._far[:] = False

    def apart(self) -> Flags:
        """Draws in which all neighbours are beyond doubt not tied."""
        return np.asarray(self._far.all(axis=1))

    def units(self) -> npt.NDArray[np.signedinteger]:
        """Units from first to last."""
        whole = self._whole[: self._n]
        whole &= (1 << self._lower) - 1
        return whole

    def ranks(self, some: Flags, scores: Array) -> Ranks:
        """Ranks of some of the draws, with ties."""
        far, tied = self._far[some], self._gaps[: self._n][some] < (self._most << self._lower)
        places = np.tile(np.arange(1, scores.shape[1] + 1, dtype=np.int32), (len(far), 1))
        places[:, 1:][tied] = 0
        np.maximum.accumulate(places, axis=1, out=places)
        found = np.empty_like(places)
        np.put_along_axis(found, self.units()[some].astype(np.intp), places, axis=1)
        doubtful = ~(tied | far).all(axis=1)
        if doubtful.any():
            found[doubtful] = ranks(scores[some][doubtful])
        return found


def rank_distribution(
    scores: Array, weights: Array | Iterable[Array], *, reference: Order | None = None
) -> RankDistribution:
    """Distribution of ranks of weighted means over draws of the weights.

    Units without some indicator have the mean of those they have, with the weights rescaled to sum to one. The counts
    do not depend on the number of threads: whole numbers add up to the same in any order.

    Parameters
    ----------
    scores : array, shape (n_units, n_indicators) [0-1, or any measure]
        NaN is missing.
    weights : array, shape (n_draws, n_indicators), or blocks of such
        Not negative, a draw adding up to 1. Blocks are taken one at a time and not kept.
    reference : array of int, shape (n_units,), optional
        Units from first to last, to say who is ahead of the next; as they stand without it.

    Returns
    -------
    RankDistribution
        Ranks as `rank.ranks` gives them.

    Raises
    ------
    ValueError
        Where there is no draw, a shape differs, a score is infinite, a weight negative, the weights of a draw do not
        add up to 1, or a unit has no indicator of positive weight.

    References
    ----------
    Lahdelma, Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group decision making, Operations
    Research 49(3), 2001, 444-454, doi:10.1287/opre.49.3.444.11220: the counts are rank acceptabilities there.

    Examples
    --------
    >>> scores = np.array([[1.0, 0.0], [0.4, 0.5], [0.0, np.nan]])
    >>> found = rank_distribution(scores, np.array([[0.7, 0.3], [0.4, 0.6], [0.1, 0.9]]))
    >>> found.counts
    array([[1, 2, 0],
           [2, 1, 0],
           [0, 0, 3]])
    >>> found.median, found.within(2)
    (array([2, 1, 3], dtype=int32), array([1., 1., 0.]))
    """
    if scores.ndim != 2 or not scores.size:
        raise ValueError(f"scores: expected shape (n_units, n_indicators), found {scores.shape}")
    if np.isinf(scores).any():
        raise ValueError("scores: expected finite numbers, found an infinite one")
    total = RankCounter(len(scores), reference=reference)
    parts, lock = _parts(weights, scores), Lock()

    def work(counter: RankCounter) -> None:
        means = _Means(scores[total._order])
        while True:
            with lock:
                part = next(parts, None)
            if part is None:
                return
            counter._add_block(means.of(part))

    counters = [RankCounter(len(scores)) for _ in range(os.cpu_count() or 1)]
    spread(work, counters)
    for counter in counters:
        total.merge(counter)
    return total.result()


def _parts(weights: Array | Iterable[Array], scores: Array) -> Iterator[Array]:
    """Draws in parts of much the same size for one thread each, checked."""
    for block in [weights] if isinstance(weights, np.ndarray) else weights:
        if block.ndim != 2 or block.shape[1] != scores.shape[1]:
            raise ValueError(f"weights: expected shape (n_draws, {scores.shape[1]}), found {block.shape}")
        for part in np.array_split(block, max(1, math.ceil(len(block) / max(1, _ROOM // len(scores))))):
            if not len(part):
                continue
            if not part.min() >= 0.0:
                raise ValueError("weights: expected at least 0, found a negative or missing one")
            if not (np.abs(part.sum(axis=1) - 1.0) <= _SUM).all():
                raise ValueError("weights: expected a sum of 1 in each draw, found another")
            yield part


class _Means:
    """Weighted means of units over the indicators that they have."""

    def __init__(self, scores: Array) -> None:
        there = ~np.isnan(scores)
        self._scores = np.where(there, scores, 0.0).T.copy()
        self._there = None if there.all() else there.T.astype(np.float64)
        self._room = np.empty((max(1, _ROOM // len(scores)), len(scores)))

    def of(self, weights: Array) -> Array:
        """Means, shape (n_draws, n_units), until the next call."""
        step = max(1, _SERIAL // self._scores.size)
        means = self._room[: len(weights)]
        for k in range(0, len(weights), step):
            some, out = weights[k : k + step], means[k : k + step]
            np.matmul(some, self._scores, out=out)
            if self._there is not None:
                present = some @ self._there
                if not present.min() > 0.0:
                    raise ValueError("scores: expected an indicator of positive weight in each unit, found none in one")
                out /= present
        return means
