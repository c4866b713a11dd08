"""What is left to chance, the same every time and everywhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


class Chances:
    """Draws from one seed. They rest on ``random()`` alone, which no version of Python may change."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random

    def share(self) -> float:
        """A number in [0, 1)."""
        return self._random()

    def below(self, n: int) -> int:
        return int(self._random() * n)

    def one_of(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def some_of(self, items: Sequence[T], n: int) -> list[T]:
        """`n` of the items, each once, in their order."""
        if n > len(items):
            raise ValueError(f"{n} of {len(items)} items were asked for")
        places = sorted(range(len(items)), key=lambda _: self._random())[:n]
        return [items[k] for k in sorted(places)]

    def size(self) -> float:
        """What sets the large apart from the small: a few are many times the rest."""
        return 1.0 / (0.03 + self._random())

    def day(self, year: int) -> date:
        first = date(year, 1, 1)
        return first + timedelta(self.below((date(year + 1, 1, 1) - first).days))

    def parts(self, total: int, sizes: Sequence[float], least: int = 0) -> list[int]:
        """Whole numbers in proportion to `sizes`, none below `least`, that add up to `total`."""
        rest, whole = total - least * len(sizes), sum(sizes)
        if rest < 0:
            raise ValueError(f"{total} does not suffice for {len(sizes)} parts of {least}")
        ends, reached = [0], 0.0
        for size in sizes:
            reached += size
            ends.append(round(rest * (reached / whole)))
        ends[-1] = rest
        return [least + b - a for a, b in pairwise(ends)]
