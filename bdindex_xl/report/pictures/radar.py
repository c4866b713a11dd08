"""Closed lines over axes: together where they are few, each on its own before the others where they are many."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ...figures.content import Content, FigureColumn, RadarForm
from .. import palette
from ..shown import shown
from .drawing import SIZE, SMALL, Colour, Disc, Drawing, Drawn, Label, Stroke, centred
from .look import FAINT, RULE, Look, series
from .metrics import fitting, text_width, widest, wrapped
from .rows import legend
from .scales import rounded_up

_TOGETHER = 5  # lines that are told apart in one picture
_RINGS = 4
_TITLE = 11.5
_NAMED = 4  # axes of a small net that stand with their names


def radar(content: Content, form: RadarForm, look: Look) -> Drawing:
    """One net with all lines; or a small one each."""
    axes = [str(name) for name in content.columns[form.axis].values]
    lines = [content.columns[k] for k in form.values]
    most = max([value for one in lines for value in one.values if value is not None], default=1.0)
    end = rounded_up(max(most, 1e-9), _RINGS)
    if len(lines) <= _TOGETHER:
        return _one(axes, lines, 100.0 if 50.0 < most <= 100.0 else end, look)
    return _several(axes, lines, end, look)


def _one(axes: Sequence[str], lines: Sequence[FigureColumn], end: float, look: Look) -> Drawing:
    key, top = legend([one.header for one in lines], look)
    names = [wrapped(axis, SIZE, 110.0 if not look.is_narrow else 76.0, 3) for axis in axes]
    side = max((text_width(line, SIZE) for own in names for line in own), default=0.0) + 12.0
    radius = min((look.width - 2 * side) / 2, 165.0)
    x, y = look.width / 2, top + radius + 16.0 + 14.0 * len(names[0])
    shapes = [*key, *_net(x, y, radius, len(axes))]
    shapes += [
        centred(x + 3.0, y - radius * k / _RINGS, Label(0, 0, f"{end * k / _RINGS:g}", palette.SLATE, 9.5))
        for k in (_RINGS // 2, _RINGS)
    ]
    for k, line in enumerate(lines):
        shapes += _line(x, y, radius, line, end, series(k), axes, look)
    for k, own in enumerate(names):
        shapes += _axis_name(x, y, radius + 9.0, k, len(axes), own)
    lowest = max(shape.y for shape in shapes if isinstance(shape, Label))
    return Drawing(look.width, max(lowest, y + radius * 0.5) + 6.0, tuple(shapes))


def _several(axes: Sequence[str], lines: Sequence[FigureColumn], end: float, look: Look) -> Drawing:
    """Small nets in rows; the names of the axes stand in each, numbers beside them."""
    down = math.ceil(len(lines) / (3 if look.is_narrow else 5))
    across = math.ceil(len(lines) / down)
    cell = look.width / across
    key, first = ([], 0.0) if len(axes) <= _NAMED else _numbered(axes, look)
    size = min(fitting(axis, 9.5, 0.45 * cell) for axis in axes)
    short = [[str(j)] if key else wrapped(axis, size, 0.45 * cell, 3) for j, axis in enumerate(axes, 1)]
    radius = min(cell / 2 - 12.0, 62.0)
    lowest = -min(math.cos(2 * math.pi * j / len(axes)) for j in range(len(axes)))
    titles = [wrapped(line.header, _TITLE, cell / 1.1, 3) for line in lines]
    head = 14.0 * max(map(len, titles)) + 12.0 * len(short[0]) + 14.0
    tall = radius * (1 + lowest) + head + 13.0 * max(map(len, short)) + 18.0
    shapes: list[Drawn] = [*key]
    for k, line in enumerate(lines):
        x, top = cell * (k % across + 0.5), first + tall * (k // across)
        y = top + radius + head
        for j, text in enumerate(titles[k]):
            shapes.append(Label(x, top + 13.0 + 14.0 * j, text, palette.INK, _TITLE, "middle", bold=True))
        shapes += _net(x, y, radius, len(axes))
        for other in lines:
            if other is not line:
                shapes.append(Stroke(_places(x, y, radius, other, end), FAINT, 0.5, closed=True))
        shapes += _line(x, y, radius, line, end, series(0), axes, look, filled=0.18)
        for j, own in enumerate(short):
            shapes += _axis_name(x, y, radius + 4.0, j, len(axes), own, size, inside=cell / 2)
    return Drawing(look.width, first + tall * down, tuple(shapes))


def _numbered(axes: Sequence[str], look: Look) -> tuple[list[Drawn], float]:
    """The axes by number, in as many lines as they take, and where those end: small nets have no room for so many."""
    shapes: list[Drawn] = []
    x, y = 0.0, 12.0
    for j, axis in enumerate(axes, 1):
        text = wrapped(f"{j} {axis}", SMALL, look.width, 1)[0]
        wide = text_width(text, SMALL)
        if x and x + wide > look.width:
            x, y = 0.0, y + 15.0
        shapes.append(Label(x, y, text, palette.SLATE, SMALL))
        x += wide + 16.0
    return shapes, y + 10.0


def _net(x: float, y: float, radius: float, n: int) -> Iterator[Drawn]:
    for k in range(1, _RINGS + 1):
        yield Stroke(tuple(_at(x, y, radius * k / _RINGS, j, n) for j in range(n)), RULE, 0.75, closed=True)
    for j in range(n):
        yield Stroke(((x, y), _at(x, y, radius, j, n)), RULE, 0.75)


def _line(
    x: float, y: float, radius: float, line: FigureColumn, end: float, colour: Colour, axes: Sequence[str], look: Look,
    *, filled: float = 0.0,
) -> Iterator[Drawn]:  # fmt: skip
    yield Stroke(_places(x, y, radius, line, end), colour, 1.75, closed=True, filled=filled)
    texts = shown(line, look.lang)
    for j, value in enumerate(line.values):
        if value is not None:
            at = _at(x, y, radius * max(value, 0.0) / end, j, len(axes))
            yield Disc(*at, 3.0, colour, f"{line.header} {axes[j]} {texts[j]}")


def _places(x: float, y: float, radius: float, line: FigureColumn, end: float) -> tuple[tuple[float, float], ...]:
    n = len(line.values)
    return tuple(
        _at(x, y, radius * max(value, 0.0) / end, j, n) for j, value in enumerate(line.values) if value is not None
    )


def _at(x: float, y: float, radius: float, j: int, n: int) -> tuple[float, float]:
    """The place on an axis: the first one points up, the others follow the clock."""
    angle = 2 * math.pi * j / n
    return x + radius * math.sin(angle), y - radius * math.cos(angle)


def _axis_name(
    x: float, y: float, radius: float, j: int, n: int, lines: Sequence[str], size: float = SIZE, inside: float = 0.0
) -> Iterator[Drawn]:
    to, down = _at(x, y, radius, j, n)
    side = math.sin(2 * math.pi * j / n)
    anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
    upwards = math.cos(2 * math.pi * j / n)
    leading = size + 2.0
    middle = down - upwards * leading * len(lines) / 2
    if inside:  # within its cell, above or below the end of the axis
        half = widest(list(lines), size) / 2
        anchor, to = "middle", max(min(to, x + inside - half - 3.0), x - inside + half + 3.0)
        middle = down + (leading * len(lines) / 2 + 1.0) * (1 if upwards < 0.3 else -1)
    colour = palette.SLATE if inside else palette.INK
    for k, text in enumerate(lines):
        y_of_line = middle + leading * (k - (len(lines) - 1) / 2)
        yield centred(to, y_of_line, Label(0, 0, text, colour, size, anchor))
