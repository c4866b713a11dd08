"""Values of each child side by side in memory, for what takes one child after another."""

from __future__ import annotations

import numpy as np

from .arrays import Array, Index
from .parallel import blocks, parts, spread


def side_by_side(units: Array, at: Index | None = None) -> Array:
    """Children's values, shape (n_years, n_children, n_units), each child's side by side; a view where they are so.

    Some units at a time: one child after another, each would wait for all of the memory.

    Parameters
    ----------
    units : array, shape (n_years, n_units, n_children) [any measure]
    at : array of int, optional
        Which children, rising; all without, and then to be read only.

    Examples
    --------
    >>> side_by_side(np.array([[[1.0, 2.0], [3.0, 4.0]]])).tolist()
    [[[1.0, 3.0], [2.0, 4.0]]]
    """
    if at is None and np.swapaxes(units, 1, 2).flags.c_contiguous:
        return np.swapaxes(units, 1, 2)
    every = at is None or at.size == units.shape[2]
    columns = np.empty((len(units), units.shape[2] if at is None else at.size, units.shape[1]))

    def work(b: slice) -> None:
        for part in within(b):
            columns[:, :, part] = np.swapaxes(units[:, part] if every else units[:, part, at], 1, 2)

    spread(work, blocks(units.shape[1]))
    return columns


def within(block: slice) -> list[slice]:
    """The parts of a block of units, as slices of all units.

    >>> within(slice(5, 8))
    [slice(5, 8, None)]
    """
    return [slice(block.start + part.start, block.start + part.stop) for part in parts(block.stop - block.start)]
