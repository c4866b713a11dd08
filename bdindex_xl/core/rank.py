"""Places from scores: 1 is best, ties share the best place (1, 2, 2, 4)."""

from __future__ import annotations

import os

import numpy as np
import numpy.typing as npt

from .arrays import Array
from .parallel import spread
from .sorting import LONG, Sorter, runs_of

Ranks = npt.NDArray[np.int32]

TIE = 1e-12  # two scores closer than this are equal
_INFINITE = "scores: expected finite numbers, found an infinite one"


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
    if flat.shape[1] < LONG:
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
    if scores.shape[-1] >= LONG:
        rows = scores.reshape(-1, scores.shape[-1]).copy()
        hands = min(os.cpu_count() or 1, len(rows))
        spread(lambda hand: _level_many(rows[hand::hands]), range(hands))
        return rows.reshape(scores.shape)
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
        raise ValueError(_INFINITE)
    return np.broadcast_to(places, falling.shape)


def _rank_many(scores: Array, out: Ranks) -> None:
    """Ranks of long rows into `out`."""
    sorter = Sorter(scores.shape[1])
    every = np.arange(1, scores.shape[1] + 1, dtype=np.int32)
    for row, places in zip(scores, out, strict=True):
        found = sorter.sort(row, within=TIE)
        if found.there and np.isinf(row[found.order[[0, found.there - 1]]]).any():
            raise ValueError(_INFINITE)
        if found.tied.size or found.there < row.size:
            best = every.copy()
            best[found.tied + 1] = 0
            np.maximum.accumulate(best, out=best)
            best[found.there :] = 0
            places[found.order] = best
        else:
            places[found.order] = every


def _level_many(rows: Array) -> None:
    """Long rows made as `levelled` has them, in place."""
    sorter = Sorter(rows.shape[1])
    for row in rows:
        found = sorter.sort(row, within=TIE)
        if found.tied.size:
            places, runs = runs_of(found.tied)
            at = found.order[places]
            row[at] = row[at[np.flatnonzero(np.diff(runs, prepend=0))]][runs - 1]
