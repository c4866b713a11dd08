"""Places from scores: 1 is best, ties share the best place (1, 2, 2, 4)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .blocks import spread

Array = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int32]
Order = npt.NDArray[np.intp]

TIE = 1e-12  # two scores closer than this are equal
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
        spread(lambda k: _rank_many(flat[k], placed[k]), range(len(flat)))
    return placed.reshape(scores.shape)


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
    """Ranks of one long row into `out`."""
    there = ~np.isnan(scores)
    if there.all():
        order = _falling_order(scores)
        out[order] = _places(scores[order])
        return
    out[:] = 0
    at = np.flatnonzero(there)
    if at.size:
        present = scores[at]
        order = _falling_order(present)
        out[at[order]] = _places(present[order])


def _falling_order(scores: Array) -> Order:
    """Descending order of one long row without missing values, by radix.

    numpy sorts 64-bit numbers by comparing, some 50 ns each for a million; 16-bit integers it sorts by radix, at a
    fifth of that. Two such passes over scores cut to 32 bits leave a few neighbours to put right.
    """
    best, worst = scores.max(), scores.min()
    with np.errstate(over="ignore"):
        scale = (2.0**32 - 1) / (best - worst) if best > worst else 0.0
    if not np.isfinite(scale):
        return np.argsort(-scores, kind="stable")
    digits = ((best - scores) * scale).astype("<u4").view("<u2").reshape(-1, 2)
    order = np.argsort(np.ascontiguousarray(digits[:, 0]), kind="stable")
    order = order[np.argsort(digits[:, 1][order], kind="stable")]
    return _put_neighbours_right(scores, order)


def _put_neighbours_right(scores: Array, order: Order, rounds: int = 8) -> Order:
    """Swap neighbours that are out of order; sorts in full where they are more than a few."""
    falling = scores[order]
    for _ in range(rounds):
        wrong = np.flatnonzero(falling[:-1] < falling[1:])
        if not wrong.size:
            return order
        wrong = wrong[np.diff(wrong, prepend=-2) > 1]  # of a run, the first only: pairs must not overlap
        for row in (order, falling):
            row[wrong], row[wrong + 1] = row[wrong + 1], row[wrong]
    return np.argsort(-scores, kind="stable")
