"""Units as coloured cells: in the places of a tile map, or one group after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from ...figures.content import Content, FigureColumn, HeatForm, TilesForm
from ...language import Text
from .. import palette
from ..shown import shown
from .drawing import SIZE, SMALL, Drawing, Drawn, Label, Rectangle, centred
from .look import Look
from .metrics import fitting, text_width, widest, wrapped
from .names import short
from .rows import on

_TILE = 62.0
_CELL = (52.0, 31.0, 92.0)  # least width, height, greatest width
_SMALL_CELL = (36.0, 16.0, 80.0)
_MANY = 120  # cells from which they are small, and those at 0 are only counted
_SCALE_STEPS = 24
_BESIDE, _LONGEST = 90.0, 110.0  # a group's name beside its cells: at most so wide in a narrow picture, and in any


class HeatScale:
    """Colours of values: the middle colour stands at the median, so that a few great ones do not pale the others."""

    def __init__(self, values: Sequence[float | None]) -> None:
        found = [value for value in values if value is not None]
        self.marks = [float(q) for q in np.quantile(found, (0.0, 0.5, 1.0))] if found else [0.0, 0.0, 0.0]

    def colour(self, value: float | None) -> str:
        """Colour of a value, or of none."""
        if value is None:
            return palette.NO_DATA
        return palette.between(float(np.interp(value, *self._places())))

    def _places(self) -> tuple[list[float], list[float]]:
        low, middle, high = self.marks
        if low == high:
            return [low, high + 1.0], [0.5, 0.5]
        if low == middle:  # most values are the least one
            return [low, high], [0.0, 1.0]
        return [low, middle, high], [0.0, 0.5, 1.0]

    def room(self, texts: Sequence[str]) -> float:
        """The least width of a legend with these texts."""
        first, middle, last = (text_width(text, SMALL) for text in texts)
        return 2 * max(first, last) + middle + 20.0

    def legend(
        self, x: float, y: float, width: float, texts: Sequence[str], look: Look, has_blank: bool
    ) -> list[Drawn]:
        """The scale from the least to the greatest value, with the median, and what has no data."""
        needed = self.room(texts)
        size, width = SMALL * min(1.0, look.width / needed), min(max(width, needed), look.width)
        step = width / _SCALE_STEPS
        shapes: list[Drawn] = [
            Rectangle(x + k * step, y, step + 0.4, 9.0, palette.between((k + 0.5) / _SCALE_STEPS))
            for k in range(_SCALE_STEPS)
        ]
        anchors = (("start", 0.0), ("middle", width / 2), ("end", width))
        low_is_middle = self.marks[0] == self.marks[1]
        for (anchor, at), text, k in zip(anchors, texts, range(3), strict=True):
            if not (k == 1 and low_is_middle):
                shapes.append(Label(x + at, y + 21.0, text, palette.SLATE, size, anchor))
        if has_blank:
            shapes.append(Rectangle(x, y + 28.0, 10.0, 10.0, palette.NO_DATA, 1.5))
            shapes.append(centred(x + 15.0, y + 33.0, Label(0, 0, _NO_DATA[look.lang], palette.SLATE, SMALL)))
        return shapes


def tiles(content: Content, form: TilesForm, look: Look) -> Drawing:
    """Squares in a grid, with names and values; the legend in the corner where the grid is empty, else below."""
    values = content.columns[form.value].values
    scale, texts = HeatScale(values), shown(content.columns[form.value], look.lang)
    across, down = content.columns[form.across].values, content.columns[form.down].values
    n_across, n_down = max(across), max(down)
    step = min(look.width / n_across, _TILE)
    left = (look.width - step * n_across) / 2
    shapes: list[Drawn] = []
    for k, name in enumerate(content.columns[form.name].values):
        x, y = left + (across[k] - 1) * step, (down[k] - 1) * step
        shapes += _tile(x, y, step, str(name), texts[k], scale.colour(values[k]))
    marks = _marks(scale, content, form.value, look)
    in_first_row = min((a for a, d in zip(across, down, strict=True) if d == 1), default=n_across + 1)
    free = (in_first_row - 1) * step - 8.0
    is_free = free >= scale.room(marks)
    x, y = (left + 2.0, 4.0) if is_free else (0.0, n_down * step + 8.0)
    has_blank = any(value is None for value in values)
    shapes += scale.legend(x, y, min(190.0, free) if is_free else 190.0, marks, look, has_blank)
    return Drawing(look.width, n_down * step + (0.0 if is_free else 50.0), tuple(shapes))


def _tile(x: float, y: float, step: float, name: str, text: str, colour: str) -> Iterator[Drawn]:
    side = step - 3.0
    yield Rectangle(x, y, side, side, colour, 5.0, f"{name}: {text}")
    size = fitting(short(name), 12.0 if step > 50 else 9.0, side - 2.0)
    number = min(size, (side - 2.0) / text_width(text, 1.0), 10.5)
    lines = wrapped(short(name), size, side - 2.0, 2)
    middle = y + side / 2 - (size + 2.0) * len(lines) / 2
    for k, line in enumerate(lines):
        place = middle + (size + 1.0) * k
        yield centred(x + side / 2, place + 2.0, Label(0, 0, line, on(colour), size, "middle"))
    place = middle + (size + 1.0) * len(lines)
    yield centred(x + side / 2, place + 2.0, Label(0, 0, text, on(colour), number, "middle"))


def heat(content: Content, form: HeatForm, look: Look) -> Drawing:
    """The units of each group as cells, in lines; of very many, those at 0 are only counted."""
    column = content.columns[form.value]
    scale, texts = HeatScale(column.values), shown(column, look.lang)
    names = [str(name) for name in content.columns[form.name].values]
    groups = [str(name) for name in content.columns[form.group].values]
    is_small = len(names) > _MANY
    cell = _cell(names, texts, look, small=is_small)
    wide = widest(groups, SIZE)
    side = 0.0 if look.is_narrow and wide > _BESIDE else min(wide, _LONGEST) + 14.0
    per_line = max(int((look.width - side) // cell[0]), 1)
    shapes: list[Drawn] = scale.legend(0.0, 2.0, 180.0, _marks(scale, content, form.value, look), look, False)
    y = 38.0
    for group, members in groupby(range(len(names)), key=lambda k: groups[k]):
        rows = list(members)
        shown_rows = [k for k in rows if column.values[k]] if is_small else rows
        y, title = _group_title(group, y, side, cell[1], look)
        shapes += title
        for place, k in enumerate(shown_rows):
            at = side + (place % per_line) * cell[0], y + (place // per_line) * cell[1]
            shapes += _cell_of(at, cell, names[k], texts[k], scale.colour(column.values[k]), small=is_small)
        taken = -(-len(shown_rows) // per_line) * cell[1]
        if len(shown_rows) < len(rows):
            rest = _REST.format(n=len(rows) - len(shown_rows), zero=_zero(texts, rows, shown_rows))[look.lang]
            shapes.append(Label(side, y + taken + 12.0, rest, palette.SLATE, SMALL))
            taken += 16.0
        y += max(taken, cell[1] * len(title) / 2 if side else 0.0) + 7.0
    return Drawing(look.width, y, tuple(shapes))


def _zero(texts: Sequence[str], rows: Sequence[int], shown_rows: Sequence[int]) -> str:
    """What those have that are left out: 0, or nothing, or both."""
    return " / ".join(sorted({texts[k] for k in set(rows) - set(shown_rows)}, reverse=True))


def _group_title(group: str, y: float, side: float, tall: float, look: Look) -> tuple[float, list[Drawn]]:
    """A group's name beside its cells, or above them where the picture is narrow; and where its cells begin."""
    if not side:
        lines = wrapped(group, SIZE, look.width / 1.1, 3)
        titles: list[Drawn] = [
            Label(0.0, y + 13.0 + 15.0 * k, line, palette.INK, SIZE, bold=True) for k, line in enumerate(lines)
        ]
        return y + 5.0 + 15.0 * len(lines), titles
    lines = wrapped(group, SIZE, side - 12.0, 5)
    first = y + min(tall, 31.0) / 2 - 7.0 * (len(lines) - 1) if len(lines) == 1 else y + 8.0
    return y, [centred(0.0, first + 14.0 * k, Label(0, 0, line, palette.INK, SIZE)) for k, line in enumerate(lines)]


def _cell(names: Sequence[str], texts: Sequence[str], look: Look, *, small: bool) -> tuple[float, float]:
    """Size of a cell: as wide as its names need."""
    widest_name = widest([short(name) for name in names], 9.0 if small else SMALL)
    widest_name = widest_name if small else max(widest_name, widest(list(texts), SMALL - 0.5))
    least, tall, most = _SMALL_CELL if small else _CELL
    return min(max(least, widest_name + 8.0), most), tall


def _cell_of(
    at: tuple[float, float], cell: tuple[float, float], name: str, text: str, colour: str, *, small: bool
) -> Iterator[Drawn]:
    x, y, wide, tall = *at, cell[0] - 2.0, cell[1] - 2.0
    yield Rectangle(x, y, wide, tall, colour, 2.0, f"{name}: {text}")
    size = 9.0 if small else SMALL
    size = fitting(short(name), size, wide - 3.0, whole=True)
    own = wrapped(short(name), size, wide - 2.0, 1)[0]
    if small:
        yield centred(x + wide / 2, y + tall / 2, Label(0, 0, own, on(colour), size, "middle"))
        return
    yield centred(x + wide / 2, y + 9.0, Label(0, 0, own, on(colour), size, "middle"))
    size = fitting(text, SMALL - 0.5, wide, whole=True)
    yield centred(x + wide / 2, y + 21.0, Label(0, 0, text, on(colour), size, "middle"))


def _marks(scale: HeatScale, content: Content, place: int, look: Look) -> list[str]:
    column = content.columns[place]
    texts = shown(FigureColumn("", column.role, scale.marks), look.lang)
    return [texts[0], _MEDIAN.format(value=texts[1])[look.lang], texts[2]]


_NO_DATA = Text("资料暂缺", "No data")
_MEDIAN = Text("中位数 {value}", "median {value}")
_REST = Text("另有 {n} 个为 {zero}", "{n} more at {zero}")
