"""Places from scores: 1 is best, ties share the best place (1, 2, 2, 4)."""

from __future__ import annotations

import os

import numpy as np
import numpy.typing as npt

from .arrays import Array
from .parallel import spread

Ranks = npt.NDArray[np.int32]
Order = npt.NDArray[np.intp]

TIE = 1e-12  # two scores closer than this are equal
_LAST = 2.0**32 - 1  # where missing values are sorted, of places cut to 32 bits
_LARGE = 1 << 15  # units from which sorting by keys pays


def ranks(scores: Array) -> Ranks:
    """Competition ranks along the last axis.

    Parameters
    ----------
    scores : array, shape (..., n_units) [0-1, or any measure]
        NaN is missing. Scores that follow each other closer than 1e-12 are equal.

    Returns
    -------
    array of int32, shape (..., n_units)
        1 is the greatest score; 0 where the score is missing.

    Raises
    ------
    ValueError
        Where a score is infinite.

    Examples
    --------
    >>> ranks(np.array([0.5, 0.9, np.nan, 0.5, 0.1]))
    array([2, 1, 0, 2, 4], dtype=int32)
    """
    flat = scores.reshape(-1, scores.shape[-1])
    placed = np.empty(flat.shape, dtype=np.int32)
    if flat.shape[1] < _LARGE:
        order = np.argsort(-flat, axis=-1)
        np.put_along_axis(placed, order, _places(np.take_along_axis(flat, order, axis=-1)), axis=-1)
    else:
        hands = min(os.cpu_count() or 1, len(flat))
        spread(lambda hand: _rank_many(flat[hand::hands], placed[hand::hands]), range(hands))
    return placed.reshape(scores.shape)


def levelled(scores: Array) -> Array:
    """Scores that count as equal made equal to the last bit, for what compares them exactly.

    Parameters
    ----------
    scores : array, shape (..., n_units) [0-1, or any measure]
        NaN is missing, and stays so. Scores that follow each other closer than 1e-12 are equal, as in `ranks`.

    Returns
    -------
    array, shape (..., n_units) [as the scores]
        Of those that are equal, each has the greatest.

    Examples
    --------
    >>> levelled(np.array([0.3, 0.1 + 0.2, np.nan, 0.5])) == levelled(np.array([0.1 + 0.2, 0.3, np.nan, 0.5]))
    array([ True,  True, False,  True])
    """
    order = np.argsort(-scores, axis=-1)
    falling = np.take_along_axis(scores, order, axis=-1)
    first = np.broadcast_to(np.arange(scores.shape[-1]), scores.shape).copy()
    first[..., 1:][falling[..., :-1] - falling[..., 1:] <= TIE] = 0
    np.maximum.accumulate(first, axis=-1, out=first)
    made = np.empty_like(scores)
    np.put_along_axis(made, order, np.take_along_axis(falling, first, axis=-1), axis=-1)
    return made


def rank_changes(now: Ranks, before: Ranks) -> Array:
    """Places gained: previous - current, so that moving up is positive.

    Parameters
    ----------
    now, before : arrays of int, same shape
        Ranks; 0 where a unit has none.

    Returns
    -------
    array of float, same shape
        NaN where either is missing: a unit without a previous rank is new, not unchanged.

    Raises
    ------
    ValueError
        Where the shapes differ.

    Examples
    --------
    >>> rank_changes(np.array([1, 2, 3]), np.array([3, 2, 0]))
    array([ 2.,  0., nan])
    """
    if now.shape != before.shape:
        raise ValueError(f"before: expected shape {now.shape}, found {before.shape}")
    return np.where((now > 0) & (before > 0), np.subtract(before, now, dtype=np.float64), np.nan)


def _places(falling: Array) -> Ranks:
    """Ranks of scores that already stand in descending order along the last axis, missing last."""
    places = np.arange(1, falling.shape[-1] + 1, dtype=np.int32)
    tied = falling[..., :-1] - falling[..., 1:] <= TIE
    if tied.any():
        places = np.broadcast_to(places, falling.shape).copy()
        places[..., 1:][tied] = 0
        np.maximum.accumulate(places, axis=-1, out=places)
    if np.isnan(falling[..., -1:]).any():
        places = np.where(np.isnan(falling), np.int32(0), places)
    if np.isinf(falling[..., :1]).any() or np.isinf(np.fmin.reduce(falling, axis=-1)).any():
        raise ValueError("scores: expected finite numbers, found an infinite one")
    return np.broadcast_to(places, falling.shape)


def _rank_many(scores: Array, out: Ranks) -> None:
    """Ranks of long rows into `out`."""
    sorter = _Sorter(scores.shape[1])
    for row, places in zip(scores, out, strict=True):
        order, falling = sorter.sort(row)
        places[order] = _places(falling)


class _Sorter:
    """Sorts long rows in descending order, missing values last, by radix.

    numpy sorts 64-bit numbers by comparing, some 50 ns each for a million; 16-bit integers it sorts by radix, at a
    fifth of that. Two such passes over scores cut to 32 bits leave a few neighbours to put right. Room is asked for
    once: what a million numbers cost to sort, a third of it would be fresh memory.
    """

    def __init__(self, size: int) -> None:
        self._falling = np.empty(size)
        self._cut = np.empty(size, dtype="<u4")
        self._digit, self._upper = np.empty((2, size), dtype=np.uint16)
        self._order = np.empty(size, dtype=np.intp)

    def sort(self, scores: Array) -> tuple[Order, Array]:
        """Order and scores in that order; both only until the next call. At most as many as there is room for."""
        best, worst = scores.max(), scores.min()
        gaps = np.isnan(best)
        if gaps:
            best, worst = np.fmax.reduce(scores), np.fmin.reduce(scores)
        with np.errstate(over="ignore", invalid="ignore"):
            span = best - worst
            scale = (_LAST - 1) / span if span else 0.0
        if not (np.isfinite(span) and np.isfinite(scale)):
            order = np.argsort(-scores, kind="stable")
            return order, scores[order]
        n = scores.size
        falling, cut, digit, upper = self._falling[:n], self._cut[:n], self._digit[:n], self._upper[:n]
        np.subtract(best, scores, out=falling)
        falling *= scale
        if gaps:
            np.fmin(falling, _LAST, out=falling)
        np.copyto(cut, falling, casting="unsafe")
        halves = cut.view("<u2").reshape(-1, 2)
        digit[:], upper[:] = halves[:, 0], halves[:, 1]
        by_lower = np.argsort(digit, kind="stable")
        np.take(upper, by_lower, out=digit, mode="clip")
        np.take(by_lower, np.argsort(digit, kind="stable"), out=self._order[:n], mode="clip")
        del by_lower
        return self._put_right(scores)

    def _put_right(self, scores: Array, rounds: int = 8) -> tuple[Order, Array]:
        """Swap neighbours that are out of order; sort in full where they are more than a few."""
        order = self._order[: scores.size]
        falling = np.take(scores, order, out=self._falling[: scores.size], mode="clip")
        for _ in range(rounds):
            wrong = np.flatnonzero(falling[:-1] < falling[1:])
            if not wrong.size:
                return order, falling
            wrong = wrong[np.diff(wrong, prepend=-2) > 1]  # of a run, the first only: pairs must not overlap
            for row in (order, falling):
                row[wrong], row[wrong + 1] = row[wrong + 1], row[wrong]
        order = np.argsort(-scores, kind="stable")
        return order, scores[order]
