"""Units so near each other that sorting by a grid does not tell their places: told by their scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .arrays import Array, Counts, Flags, Index
from .rank import TIE
from .sorting import runs_of

PlaceNumbers = npt.NDArray[np.signedinteger]  # places in a table of counts, in as few bytes as hold them


@dataclass(frozen=True, eq=False)
class NearRuns:
    """What to put right in a table of counts, of shape (n_units, n_units) by place and unit, laid out in one row.

    Attributes
    ----------
    counted, places : arrays of int64
        Where the units of the runs have been counted as they were sorted, and where they belong.
    not_ahead : array of int64
        Units with a greater score than the next one's that are tied with it, once for each draw.
    """

    counted: Counts
    places: Counts
    not_ahead: Counts


def put_right(scores: Array, counted: PlaceNumbers, near: Index) -> NearRuns:
    """Sort runs of neighbours by their scores, ties sharing the best place.

    Parameters
    ----------
    scores : array, shape (n_draws, n_units)
    counted : array of int, shape (2, n_near)
        Where the units of these places have been counted, and those of the next ones; in any order within a run.
    near : array of intp, shape (n_near,)
        Places, counted through all draws, whose unit is near that of the next place; rising.

    Examples
    --------
    >>> right = put_right(np.array([[0.1, 0.5, 0.5]]), np.array([[2], [4]]), np.array([0]))
    >>> right.counted.tolist(), right.places.tolist()
    ([2, 4], [2, 1])
    """
    n_units = scores.shape[1]
    cells, runs = runs_of(near)
    draws = cells // n_units
    at = np.empty(cells.size, dtype=np.int64)
    first = np.searchsorted(cells, near)
    at[first], at[first + 1] = counted
    found = at % n_units
    falling = scores[draws, found]
    order = _falling(falling, runs)
    falling, sorted_units = falling[order], found[order]
    tied = np.zeros(cells.size, dtype=bool)
    tied[1:] = (falling[:-1] - falling[1:] <= TIE) & (runs[:-1] == runs[1:])
    best = np.maximum.accumulate(np.where(tied, 0, np.arange(cells.size)))
    places = cells - draws * n_units
    return NearRuns(at, places[best] * n_units + sorted_units, _not_ahead(scores, draws, best, sorted_units))


def _falling(scores: Array, runs: Counts) -> Index:
    """Order within runs from the greatest score; only those out of order are sorted: most are, or are all equal."""
    order = np.arange(runs.size)
    wrong = (scores[:-1] < scores[1:]) & (runs[:-1] == runs[1:])
    if wrong.any():
        of_run = np.zeros(int(runs[-1]) + 1, dtype=bool)
        of_run[runs[1:][wrong]] = True
        at = np.flatnonzero(of_run[runs])
        order[at] = at[np.lexsort((-scores[at], runs[at]))]
    return order


def _not_ahead(scores: Array, draws: Counts, best: Counts, units: Counts) -> Counts:
    n_units = scores.shape[1]
    tied, found = np.divmod(np.sort(best * n_units + units), n_units)
    next_too: Flags = (tied[:-1] == tied[1:]) & (found[:-1] + 1 == found[1:])
    draw, unit = draws[tied[:-1][next_too]], found[:-1][next_too]
    return np.asarray(unit[scores[draw, unit] > scores[draw, unit + 1]])
