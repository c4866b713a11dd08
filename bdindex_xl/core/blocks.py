"""Work in blocks of units that fit the processor's cache, on all its cores. Small panels are one block, in this thread."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

# 4,096 units x 18 indicators x 8 bytes is 0.6 MB: inside the second-level cache of today's cores. Whole-array
# passes over a million units wait for memory instead, and their temporaries would double the memory needed.
BLOCK = 4096

T = TypeVar("T")
R = TypeVar("R")


def blocks(n_units: int) -> list[slice]:
    """Slices that cover all units, at least one."""
    return [slice(start, min(start + BLOCK, n_units)) for start in range(0, max(n_units, 1), BLOCK)]


def spread(work: Callable[[T], R], parts: Iterable[T]) -> list[R]:
    """Results of ``work`` over parts, in order; numpy lets threads run side by side."""
    parts = list(parts)
    if len(parts) < 2:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, len(parts))) as pool:
        return list(pool.map(work, parts))
