"""A framework as a tree: levels from left to right, or as an indented list where that does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...figures.content import Content, TreeForm
from .. import palette
from ..shown import shown
from .drawing import SIZE, SMALL, Drawing, Drawn, Label, Rectangle, Stroke, centred
from .look import FAINT, Look, series
from .metrics import text_width, widest, wrapped
from .rows import on

_LEAF = 24.0
_LINK = 22.0
_INDENT = 16.0
_WIDEST = 190.0


def tree(content: Content, form: TreeForm, look: Look) -> Drawing:
    """Every node with its weight within its parent."""
    names = [str(name) for name in content.columns[form.name].values]
    depths = [int(depth) for depth in content.columns[form.depth].values]
    weights = [
        "" if value is None else text
        for value, text in zip(
            content.columns[form.weight].values, shown(content.columns[form.weight], look.lang), strict=True
        )
    ]
    widths = _widths(names, depths, look)
    if sum(widths) + (_LINK + 44.0) * max(depths, default=0) <= look.width:
        return _levels(names, depths, weights, widths, look)
    return _list(names, depths, weights, look)


def _widths(names: Sequence[str], depths: Sequence[int], look: Look) -> list[float]:
    room = 110.0 if look.width < 800 else _WIDEST
    return [
        min(
            widest([name for name, own in zip(names, depths, strict=True) if own == depth], SIZE),
            room if depth < max(depths) else 260.0,
        )
        + 14.0
        for depth in range(max(depths, default=0) + 1)
    ]


def _levels(
    names: Sequence[str], depths: Sequence[int], weights: Sequence[str], widths: Sequence[float], look: Look
) -> Drawing:
    """Leaves below each other; every other node in the middle of those that belong to it."""
    middles = _middles(depths)
    lefts = [sum(widths[:depth]) + (_LINK + 44.0) * depth for depth in range(len(widths))]
    shapes: list[Drawn] = []
    parents: list[int] = []
    for k, depth in enumerate(depths):
        del parents[depth:]
        if parents:
            start = lefts[depth - 1] + widths[depth - 1]
            y, to = middles[parents[-1]], middles[k]
            bend = start + _LINK / 2
            shapes.append(Stroke(((start, y), (bend, y), (bend, to), (lefts[depth] - 44.0 + 2.0, to)), FAINT))
            shapes.append(centred(lefts[depth] - 4.0, to, Label(0, 0, weights[k], palette.SLATE, SMALL, "end")))
        parents.append(k)
        shapes += _node(lefts[depth], middles[k], widths[depth], names[k], depth)
    return Drawing(look.width, max(middles, default=0.0) + _LEAF / 2 + 2.0, tuple(shapes))


def _middles(depths: Sequence[int]) -> list[float]:
    found = [0.0] * len(depths)
    next_leaf = _LEAF / 2
    below: list[list[float]] = [[] for _ in range(max(depths, default=0) + 2)]
    for k in range(len(depths) - 1, -1, -1):  # a node comes after all that belongs to it
        depth = depths[k]
        under = below[depth + 1]
        if under:
            found[k] = (min(under) + max(under)) / 2
            below[depth + 1] = []
        else:
            found[k] = next_leaf
            next_leaf += _LEAF
        below[depth].append(found[k])
    total = next_leaf - _LEAF / 2
    return [total - _LEAF / 2 + _LEAF / 2 - y for y in found]


def _node(x: float, middle: float, width: float, name: str, depth: int) -> Iterator[Drawn]:
    colour = _COLOURS[min(depth, len(_COLOURS) - 1)]
    lines = wrapped(name, SMALL if depth else SIZE, width - 8.0, 2)
    tall = 20.0 if len(lines) == 1 else 27.0
    yield Rectangle(x, middle - tall / 2, width, tall, colour, 3.0)
    size = SIZE if len(lines) == 1 and text_width(name, SIZE) <= width - 8.0 else SMALL - 0.5
    for k, line in enumerate(lines):
        yield centred(
            x + width / 2, middle + 12.0 * (k - (len(lines) - 1) / 2), Label(0, 0, line, on(colour), size, "middle")
        )


def _list(names: Sequence[str], depths: Sequence[int], weights: Sequence[str], look: Look) -> Drawing:
    """One node a line, indented by its level, its weight at the right."""
    shapes: list[Drawn] = []
    y = 0.0
    for name, depth, weight in zip(names, depths, weights, strict=True):
        x = _INDENT * depth
        lines = wrapped(name, SIZE, look.width - x - 66.0, 3)
        tall = 6.0 + 15.0 * len(lines)
        shapes.append(Rectangle(x, y + 3.0, 4.0, tall - 6.0, _COLOURS[min(depth, 2)] if depth < 2 else series(5)))
        for k, line in enumerate(lines):
            middle = y + tall / 2 + 15.0 * (k - (len(lines) - 1) / 2)
            shapes.append(centred(x + 10.0, middle, Label(0, 0, line, palette.INK, SIZE, bold=depth < 2)))
        shapes.append(centred(look.width, y + tall / 2, Label(0, 0, weight, palette.SLATE, SMALL, "end")))
        y += tall
    return Drawing(look.width, y + 2.0, tuple(shapes))


_COLOURS = ("1F3A5C", series(0), "DCE6F1")
