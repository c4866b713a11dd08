"""From values to places: axes with round numbers, and labels moved apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """Maps `low` … `high` to the pixels `start` … `end`."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def at(self, value: float) -> float:
        """Place of a value [pixels]."""
        low, high, value = (map(math.log, (self.low, self.high, value))) if self.logarithmic else (
            self.low, self.high, value,
        )  # fmt: skip
        part = (value - low) / (high - low) if high != low else 0.5
        return self.start + part * (self.end - self.start)

    @property
    def ticks(self) -> list[float]:
        """Round values within the axis."""
        apart = 60.0
        n = max(int(abs(self.end - self.start) / apart), 2)
        return _log_ticks(self.low, self.high, n) if self.logarithmic else _ticks(self.low, self.high, n)


def _ticks(low: float, high: float, n: int) -> list[float]:
    """About `n` round values.

    >>> _ticks(0.0, 100.0, 5)
    [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    """
    step = step_of(low, high, n)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(k * step, 10) for k in range(first, last + 1)]


def step_of(low: float, high: float, n: int) -> float:
    """A round step that gives about `n` values."""
    span = (high - low) or abs(high) or 1.0
    raw = span / n
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= raw * 0.999)


def _log_ticks(low: float, high: float, n: int) -> list[float]:
    """1, 2, 5, 10, 20, … within; only powers of ten, or of more, where those are too many.

    >>> _log_ticks(1.0, 337.0, 9)
    [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0]
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for steps in ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,)):
        found = [k * 10.0**p for p in powers for k in steps if low * 0.999 <= k * 10.0**p <= high * 1.001]
        if len(found) <= n:
            return found
    return found[:: math.ceil(len(found) / n)]


def rounded_up(high: float, n: int = 5) -> float:
    """The end of an axis from 0 that holds a value."""
    step = step_of(0.0, high, n)
    return step * math.ceil(high / step - 1e-9)


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places next to the wanted ones, at least so far apart, within bounds where they have room; in the order given.

    Neighbours that would overlap move by equal parts, so that a crowd stays around its middle.

    >>> spread([10, 10, 50], 10, 0, 100)
    [5.0, 15.0, 50.0]
    """
    order = sorted(range(len(wanted)), key=lambda k: (wanted[k], k))
    crowds: list[tuple[float, list[int]]] = []  # the middle of each, and whom it holds
    for k in order:
        middle, members = float(wanted[k]), [k]
        middle = _within(middle, 1, apart, low, high)
        while crowds and crowds[-1][0] + apart * len(crowds[-1][1]) / 2 > middle - apart * len(members) / 2 + 1e-9:
            members = crowds.pop()[1] + members
            middle = sum(wanted[m] for m in members) / len(members)
            middle = _within(middle, len(members), apart, low, high)
        crowds.append((middle, members))
    found = [0.0] * len(wanted)
    for middle, members in crowds:
        for place, k in enumerate(members):
            found[k] = middle + apart * (place - (len(members) - 1) / 2)
    return found


def _within(middle: float, n: int, apart: float, low: float, high: float) -> float:
    half = apart * (n - 1) / 2
    return max(min(middle, high - half), low + half)


def tick_texts(axis: Axis, *, is_share: bool = False) -> list[tuple[float, str]]:
    """Round values with their texts, in per cent where they are shares.

    >>> tick_texts(Axis(0.0, 2e12, 0.0, 100.0))
    [(0.0, '0'), (1000000000000.0, '1,000,000,000,000'), (2000000000000.0, '2,000,000,000,000')]
    >>> tick_texts(Axis(0.0, 0.2, 0.0, 100.0))[1]
    (0.1, '0.1')
    >>> tick_texts(Axis(0.0, 0.2, 0.0, 100.0), is_share=True)[1]
    (0.1, '10%')
    """
    if is_share:
        return [(tick, f"{100 * tick:,.10g}%") for tick in axis.ticks]
    return [(tick, f"{tick:,.0f}" if tick == round(tick) else f"{tick:,.10g}") for tick in axis.ticks]
