"""Where labels go, so that none covers another: reckoned in pixels, without a font."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .. import fit

_CHARACTER = 5.6  # pixels of a digit of small print
_HIGH = 13  # pixels of a line of it


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places as near as can be to those wanted, in their order, at least `gap` apart and within the limits.

    >>> spread([10.0, 11.0, 50.0], 10.0, 0.0, 100.0)
    [5.5, 15.5, 50.0]
    >>> spread([98.0, 99.0], 10.0, 0.0, 100.0)
    [90.0, 100.0]
    """
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    groups: list[list[float]] = []  # start, and what each member wants less its place in the group
    for k in order:
        groups.append([wanted[k]])
        while len(groups) > 1 and _start(groups[-2]) + gap * len(groups[-2]) > _start(groups[-1]):
            last = groups.pop()
            groups[-1] += [one - gap * len(groups[-1]) for one in last]
    placed = [_start(group) + gap * i for group in groups for i in range(len(group))]
    room = [low + gap * i for i in range(len(placed))], [high - gap * i for i in reversed(range(len(placed)))]
    bounded = [min(max(at, least), most) for at, least, most in zip(placed, *room, strict=True)]
    found = dict(zip(order, bounded, strict=True))
    return [found[k] for k in range(len(wanted))]


def _start(group: Sequence[float]) -> float:
    return sum(group) / len(group)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: its ends, and whether it is logarithmic."""

    low: float
    high: float
    logarithmic: bool = False

    def part(self, value: float) -> float:
        """How far along the axis a value is, 0 to 1."""
        low, high, at = map(self._bent, (self.low, self.high, value))
        return (at - low) / ((high - low) or 1.0)

    def value(self, part: float) -> float:
        """The value so far along the axis."""
        low, high = self._bent(self.low), self._bent(self.high)
        at = low + part * (high - low)
        return float(10.0**at) if self.logarithmic else at

    def _bent(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value


Box = tuple[float, float, float, float]  # left, top, right, bottom
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name stands: on which side of the point at these pixels, which is its own or one beside it."""

    x: float
    y: float
    side: str


def spots(points: Sequence[Point], names: Sequence[str], others: Sequence[Point], area: Point) -> list[Spot]:
    """A spot for the name of each point where it covers as little as may be, near to it. All in pixels, y downwards.

    Parameters
    ----------
    points, names
        In the order in which they may choose.
    others
        All points, which names should not cover.
    area
        Width and height of the chart.
    """
    taken: list[Box] = []
    found = []
    for point, name in zip(points, names, strict=True):
        wide = fit.text_width(name) * _CHARACTER + 4

        def cost(spot: Spot, at: Point = point, wide: float = wide) -> float:
            box = _box(spot, wide)
            return _covered(box, taken, others) + _outside(box, area) + math.hypot(spot.x - at[0], spot.y - at[1])

        spot = min(_candidates(*point), key=cost)
        taken.append(_box(spot, wide))
        found.append(spot)
    return found


def _candidates(x: float, y: float) -> list[Spot]:
    """Beside the point itself, then further up or down, a line at a time."""
    beside = [Spot(x, y, side) for side in ("right", "above", "left", "below")]
    away = [
        Spot(x + across, y + down, side)
        for step in range(1, _LINES + 1)
        for across in (0, 14, -14, 32, -32)
        for side, down in (("above", -10.0 - step * _HIGH), ("below", 10.0 + step * _HIGH))
    ]
    return beside + away


def _box(spot: Spot, wide: float) -> Box:
    x, y, half = spot.x, spot.y, _HIGH / 2
    return {
        "right": (x + _OFF, y - half, x + _OFF + wide, y + half),
        "left": (x - _OFF - wide, y - half, x - _OFF, y + half),
        "above": (x - wide / 2, y - _OFF - _HIGH, x + wide / 2, y - _OFF),
        "below": (x - wide / 2, y + _OFF, x + wide / 2, y + _OFF + _HIGH),
    }[spot.side]


def _covered(box: Box, names: Sequence[Box], points: Sequence[Point]) -> float:
    left, top, right, bottom = box
    over = sum(
        max(min(right, its_right) - max(left, its_left), 0) * max(min(bottom, its_bottom) - max(top, its_top), 0)
        for its_left, its_top, its_right, its_bottom in names
    )
    return over + _POINT * sum(left - 3 < x < right + 3 and top - 3 < y < bottom + 3 for x, y in points)


def _outside(box: Box, area: Point) -> float:
    left, top, right, bottom = box
    beyond = max(-left, 0) + max(-top, 0) + max(right - area[0], 0) + max(bottom - area[1], 0)
    return _FAR_OUT * beyond


_OFF = 6.0  # pixels between a point and its name
_LINES = 9  # how far away a name may go
_POINT = 40.0  # pixels of distance that a covered point is worth
_FAR_OUT = 50.0  # and a pixel outside the chart
