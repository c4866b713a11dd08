"""Missing values found and counted, as fast as blocks of many units allow."""

from __future__ import annotations

import numpy as np

from .arrays import Array, Counts, Flags

_FIRST = 1024  # units in which gaps show soon, where there are many
_ROWS = 32  # units that are counted side by side: for rows of a few children, numpy takes most of its time to start


def any_missing(block: Array) -> bool:
    """Whether any value is missing.

    >>> any_missing(np.array([0.5, np.nan])), any_missing(np.array([0.5, -np.inf]))
    (True, False)
    """
    return bool(np.isnan(block.min(initial=np.inf)))


def soon_missing(block: Array, *, axis: int) -> bool:
    """Whether any of the first units of many has a value missing: then what works without gaps need not be tried.

    Parameters
    ----------
    block : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units)
    axis : int
        The axis of units, 1 or 2.

    Examples
    --------
    >>> soon_missing(np.full((1, 2, 3), np.nan), axis=1), soon_missing(np.full((1, 2000, 3), np.nan), axis=1)
    (False, True)
    """
    return block.shape[axis] > _FIRST and any_missing(block[:, :_FIRST] if axis == 1 else block[:, :, :_FIRST])


def zero_for_missing(block: Array, *, out: Array | None = None, room: Array | None = None) -> Array:
    """A copy with 0 for missing values. No branch hangs on a value: with gaps here and there, it would be mispredicted.

    out, room : arrays of that shape, optional
        Where to put the copy, and what else may be written over: fresh memory would take as long as the work.

    >>> zero_for_missing(np.array([0.5, np.nan, -np.inf]))
    array([ 0.5,  0. , -inf])
    """
    filled: Array = np.fmax(block, 0.0, out=out)
    filled += np.fmin(block, 0.0, out=room)
    return filled


def sums_over_units(block: Array) -> Array:
    """Sums over units, shape (n_years, n_children), of a block of shape (n_years, n_units, n_children), many at once.

    >>> sums_over_units(np.ones((1, 70, 2)))
    array([[70., 70.]])
    """
    n_years, n_units, n_children = block.shape
    whole = n_units // _ROWS * _ROWS
    if not whole or not block.flags.c_contiguous:
        return np.asarray(block.sum(axis=1))
    rows = block[:, :whole].reshape(n_years, -1, _ROWS * n_children)
    return np.asarray(rows.sum(axis=1).reshape(n_years, _ROWS, n_children).sum(axis=1) + block[:, whole:].sum(axis=1))


def number_missing(missing: Flags, *, axis: int) -> Counts:
    """How many values of each child are missing.

    Parameters
    ----------
    missing : array of bool, shape (n_years, n_units, n_children) or (n_years, n_children, n_units)
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array of int, shape (n_years, n_children)

    Examples
    --------
    >>> number_missing(np.array([[[True, False], [True, True]]]), axis=1)
    array([[2, 1]])
    """
    if axis == 2 and missing.flags.c_contiguous and missing.shape[2] > _ROWS:
        return np.array([[np.count_nonzero(row) for row in year] for year in missing])
    whole = missing.shape[1] // _ROWS * _ROWS
    if axis == 2 or not whole or not missing.flags.c_contiguous:
        return np.asarray(np.count_nonzero(missing, axis=axis))
    n_years, _, n_children = missing.shape
    rows = missing[:, :whole].view(np.uint8).reshape(n_years, -1, _ROWS * n_children)
    # Bytes are added many at once, as long as they can hold the sums.
    kind = np.uint8 if rows.shape[1] < 256 else np.uint32
    counted = np.add.reduce(rows, axis=1, dtype=kind).reshape(n_years, _ROWS, n_children).sum(axis=1, dtype=np.int64)
    return np.asarray(counted + np.count_nonzero(missing[:, whole:], axis=1), dtype=np.int64)
