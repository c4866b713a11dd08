"""Where labels go, so that none covers another: reckoned in pixels, without a font."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.arrays import Array
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
ChartPoint = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name stands: on which side of the point at these pixels, which is its own or one beside it."""

    x: float
    y: float
    side: str


def spots(
    points: Sequence[ChartPoint], names: Sequence[str], others: Sequence[ChartPoint], area: ChartPoint
) -> list[Spot]:
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
    covered = np.array(others, dtype=np.float64).reshape(-1, 2)
    taken = np.empty((0, 4))
    found = []
    for point, name in zip(points, names, strict=True):
        candidates = _candidates(*point)
        boxes = np.array([_box(spot, fit.text_width(name) * _CHARACTER + 4) for spot in candidates])
        far = np.array([math.hypot(spot.x - point[0], spot.y - point[1]) for spot in candidates])
        k = int(np.argmin(_over(boxes, taken) + _on(boxes, covered) + _beyond(boxes, area) + far))
        taken = np.vstack([taken, boxes[k : k + 1]])
        found.append(candidates[k])
    return found


def _candidates(x: float, y: float) -> list[Spot]:
    """Beside the point itself, then further up or down, a line at a time."""
    beside = [
        Spot(x + _NEAR, y, "right"),
        Spot(x, y - _NEAR, "above"),
        Spot(x - _NEAR, y, "left"),
        Spot(x, y + _NEAR, "below"),
    ]
    away = [
        Spot(x + across, y + down, side)
        for step in range(1, _STEPS + 1)
        for across in (0, 14, -14, 32, -32)
        for side, down in (("above", -_NEAR - step * _HIGH), ("below", _NEAR + step * _HIGH))
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


def _over(boxes: Array, taken: Array) -> Array:
    """Shape (n,): square pixels of names that stand already, under each box."""
    ends = np.minimum(boxes[:, None, 2:], taken[None, :, 2:]) - np.maximum(boxes[:, None, :2], taken[None, :, :2])
    found: Array = np.prod(np.maximum(ends, 0.0), axis=2).sum(axis=1)
    return found


def _on(boxes: Array, points: Array) -> Array:
    """Shape (n,): what the points under each box count."""
    inside = (points[None] > boxes[:, None, :2] - _CLEAR) & (points[None] < boxes[:, None, 2:] + _CLEAR)
    found: Array = _POINT * inside.all(axis=2).sum(axis=1)
    return found


def _beyond(boxes: Array, area: ChartPoint) -> Array:
    """Shape (n,): what a box counts that reaches out of the chart."""
    found: Array = np.maximum(-boxes[:, :2], 0.0).sum(axis=1) + np.maximum(boxes[:, 2:] - area, 0.0).sum(axis=1)
    return _FAR_OUT * found


_NEAR = 5.0  # pixels from a point to where its name begins
_OFF = 2.0  # more that programs leave
_STEPS = 9  # lines that a name may go away
_CLEAR = 3.0  # pixels around a point
_POINT = 40.0  # pixels of distance that a covered point is worth
_FAR_OUT = 50.0  # and a pixel outside the chart
