"""Work in blocks of units that fit the processor's cache, on all its cores.

Small panels are one block, in this thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

# Temporaries of a block stay in the cache, where those of a million units would double the memory needed and wait
# for it. Smaller blocks still lose more to threads taking turns than they win.
BLOCK = 16384
# Where a block has gaps, there are many temporaries: of so many units they stay in a core's own cache. Of fewer, they
# are in its fastest part, but threads that wait for each other's turn at every call lose more than that wins.
PART = 4096
_CHILDREN = 16  # to which that applies

T = TypeVar("T")
R = TypeVar("R")


def blocks(n_units: int) -> list[slice]:
    """Slices that cover all units, at least one."""
    return [slice(start, min(start + BLOCK, n_units)) for start in range(0, max(n_units, 1), BLOCK)]


def part_of(n_children: int) -> int:
    """Units of which so many children are taken at a time."""
    return PART * max(_CHILDREN // max(n_children, 1), 1)


def parts(n_units: int, n_children: int = _CHILDREN) -> list[slice]:
    """Slices of a block with gaps that cover all its units, at least one; the longer, the fewer children there are.

    >>> parts(9000)
    [slice(0, 4096, None), slice(4096, 8192, None), slice(8192, 9000, None)]
    >>> parts(9000, 3)
    [slice(0, 9000, None)]
    """
    step = part_of(n_children)
    return [slice(start, min(start + step, n_units)) for start in range(0, max(n_units, 1), step)]


def spread(work: Callable[[T], R], parts: Iterable[T]) -> list[R]:
    """Results of ``work`` over parts, in order; numpy lets threads run side by side."""
    parts = list(parts)
    if len(parts) < 2:
        return [work(part) for part in parts]
    from concurrent.futures import ThreadPoolExecutor  # takes as long to import as a small panel to compute

    with ThreadPoolExecutor(min(os.cpu_count() or 1, len(parts))) as pool:
        return list(pool.map(work, parts))
