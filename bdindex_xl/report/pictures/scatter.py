"""Points on two axes, the first ones named; none of the names on another or on a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.arrays import Array
from ...figures.content import Content, FigureColumn, ScatterForm
from .. import palette
from ..shown import shown
from .drawing import SMALL, Disc, Drawing, Drawn, Label, Rectangle, Stroke, centred
from .foot import foot_of
from .look import FAINT, RULE, Look, series
from .metrics import text_width, widest, wrapped
from .rows import legend
from .scales import Axis, rounded_up, tick_texts

_HEIGHT = {False: 430.0, True: 400.0}
_NAME = 11.0
_AROUND = (35, 0, 60, -20, 90, 145, 180, -45, 120, -90, 15, 75, 50, 160, -145, 105)  # degrees, the best first
_RINGS = (7.0, 13.0, 20.0, 28.0, 38.0, 50.0, 64.0, 80.0, 100.0)
_JOINED = 12.0  # from this far on a thin line joins a name to its point


@dataclass(frozen=True, slots=True)
class _PointsInPlace:
    x: Array
    y: Array
    radius: Array


def scatter(content: Content, form: ScatterForm, look: Look) -> Drawing:
    """Points by class, with a legend where there are several."""
    across = content.columns[form.x]
    classes = [content.columns[k] for k in form.y]
    names = [str(name) for name in content.columns[form.name].values]
    of_row = [
        next((k for k, one in enumerate(classes) if one.values[row] is not None), -1) for row in range(len(names))
    ]
    rows = [row for row, k in enumerate(of_row) if k >= 0]
    key, top = _key(classes, of_row, look) if len(classes) > 1 else ([], 0.0)
    up = [classes[of_row[row]].values[row] for row in rows]
    height = top + _HEIGHT[look.is_narrow]
    title = across.header, classes[0].header if len(classes) == 1 else ""
    vertical = _axis(up, height - 34.0, top + 22.0, form.logarithmic_y)
    left = widest([text for _, text in tick_texts(vertical)], SMALL) + 8.0
    horizontal = _axis(
        [across.values[row] for row in rows], left + 4.0, look.width - 10.0, form.logarithmic_x, tight=True
    )
    shapes: list[Drawn] = [*key, *_frame(horizontal, vertical, left, top, look, title)]
    x = np.array([horizontal.at(across.values[row]) for row in rows])
    y = np.array([vertical.at(value) for value in up])
    is_named = np.array(rows) < form.labelled
    radius = np.where(is_named, 4.0, 2.5)
    texts = [shown(one, look.lang) for one in classes]
    places = shown(across, look.lang)
    for k in reversed(range(len(rows))):
        row = rows[k]
        tip = f"{names[row]}: {places[row]}, {texts[of_row[row]][row]}"
        shapes.append(Disc(x[k], y[k], float(radius[k]), series(of_row[row]), tip, rim=bool(is_named[k])))
    named = [k for k, row in enumerate(rows) if row < form.labelled]
    bounds = (left, top + 4.0, look.width, height - 34.0)
    shapes += _named([names[rows[k]] for k in named], named, _PointsInPlace(x, y, radius), bounds)
    return Drawing(look.width, height, tuple(shapes))


def _key(classes: Sequence[FigureColumn], of_row: Sequence[int], look: Look) -> tuple[list[Drawn], float]:
    counted = [f"{one.header} ({of_row.count(k)})" for k, one in enumerate(classes)]
    return legend(counted, look)


def _axis(values: Sequence[float], start: float, end: float, logarithmic: bool, *, tight: bool = False) -> Axis:
    low, high = min(values, default=1.0), max(values, default=1.0)
    if logarithmic:
        return Axis(low * (1.0 if tight and low == 1 else 0.8), high * 1.15, start, end, logarithmic=True)
    return Axis(min(low, 0.0), rounded_up(high) if high > 0 else 1.0, start, end)


def _frame(
    horizontal: Axis, vertical: Axis, left: float, top: float, look: Look, title: tuple[str, str]
) -> list[Drawn]:
    """Grid, numbers and names of the axes."""
    shapes: list[Drawn] = []
    foot = vertical.start
    for tick, text in tick_texts(vertical):
        shapes.append(Rectangle(left, vertical.at(tick) - 0.5, look.width - left, 1.0, RULE))
        shapes.append(centred(left - 6.0, vertical.at(tick), Label(0, 0, text, palette.SLATE, SMALL, "end")))
    shapes += foot_of(horizontal, foot, look)
    shapes.append(
        Label(look.width, foot + 31.0, wrapped(title[0], SMALL, look.width, 1)[0], palette.SLATE, SMALL, "end")
    )
    if title[1]:
        shapes.append(Label(0.0, top + 10.0, wrapped(title[1], SMALL, look.width, 1)[0], palette.SLATE, SMALL))
    return shapes


def _named(
    names: Sequence[str], at: Sequence[int], points: _PointsInPlace, bounds: tuple[float, float, float, float]
) -> list[Drawn]:
    """Names beside their points: of the places around each, the first that is free."""
    shapes: list[Drawn] = []
    taken = np.empty((0, 4))
    for name, k in zip(names, at, strict=True):
        found = _free(text_width(name, _NAME), float(points.x[k]), float(points.y[k]), points, taken, bounds)
        if found is None:
            continue  # its name stands in the table and in what a pointer is told
        box, anchor, distance = found
        taken = np.vstack([taken, box])
        middle = (box[1] + box[3]) / 2
        x = {"start": box[0], "end": box[2], "middle": (box[0] + box[2]) / 2}[anchor]
        if distance >= _JOINED:
            end = {"start": box[0] - 1, "end": box[2] + 1, "middle": x}[anchor]
            down = middle if anchor != "middle" else (box[3] if middle < points.y[k] else box[1])
            shapes.append(Stroke(((float(points.x[k]), float(points.y[k])), (float(end), float(down))), FAINT, 0.6))
        shapes.append(centred(float(x), float(middle), Label(0, 0, name, palette.INK, _NAME, anchor)))
    return shapes


def _free(
    width: float, x: float, y: float, points: _PointsInPlace, taken: Array, bounds: tuple[float, float, float, float]
) -> tuple[tuple[float, float, float, float], str, float] | None:
    half = _NAME / 2 + 0.5
    for distance in _RINGS:
        for angle in _AROUND:
            dx, dy = distance * np.cos(np.radians(angle)), -distance * np.sin(np.radians(angle))
            anchor = "middle" if abs(angle) == 90 else "start" if abs(angle) < 90 else "end"
            left = x + dx - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
            middle = y + dy
            box = (left, middle - half, left + width, middle + half)
            if _fits(box, bounds) and not _hit(box, points, taken):
                return box, anchor, distance
    return None


def _fits(box: tuple[float, float, float, float], bounds: tuple[float, float, float, float]) -> bool:
    return box[0] >= bounds[0] and box[1] >= bounds[1] and box[2] <= bounds[2] and box[3] <= bounds[3]


def _hit(box: tuple[float, float, float, float], points: _PointsInPlace, taken: Array) -> bool:
    x = np.clip(points.x, box[0], box[2]) - points.x
    y = np.clip(points.y, box[1], box[3]) - points.y
    if bool((x * x + y * y < (points.radius + 0.5) ** 2).any()):
        return True
    return bool(
        ((taken[:, 0] < box[2]) & (taken[:, 2] > box[0]) & (taken[:, 1] < box[3]) & (taken[:, 3] > box[1])).any()
    )
