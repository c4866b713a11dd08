"""How values are spread: a box and a strip of points for each column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...figures.content import Content, DistributionForm, FigureColumn
from .. import palette
from ..shown import shown
from .drawing import SIZE, SMALL, Disc, Drawing, Drawn, Label, Rectangle, centred
from .foot import foot_of
from .look import FAINT, RULE, Look, series
from .metrics import text_width, widest, wrapped
from .scales import Axis, rounded_up

_ROW = 58.0
_TOP = 6.0
_GOLDEN = 0.6180339887


def distribution(content: Content, form: DistributionForm, look: Look) -> Drawing:
    """Boxes from quartile to quartile with the median, over points one above the other where they are crowded."""
    columns = [content.columns[k] for k in form.values]
    names = [str(name) for name in content.columns[form.name].values]
    titles = [wrapped(column.header, SIZE, 0.26 * look.width, 3) for column in columns]
    left = max((widest(lines, SIZE) for lines in titles), default=0.0) + 14.0
    found = [value for column in columns for value in column.values if value is not None]
    low, high = min([0.0, *found]), max([0.0, *found])
    axis = Axis(low, 100.0 if 50.0 < high <= 100.0 else rounded_up(high or 1.0), left, look.width - 8.0)
    foot = _TOP + _ROW * len(columns)
    shapes: list[Drawn] = [Rectangle(axis.at(tick) - 0.5, _TOP, 1.0, foot - _TOP, RULE) for tick in axis.ticks]
    shapes += foot_of(axis, foot, look)
    for k, (column, lines) in enumerate(zip(columns, titles, strict=True)):
        middle = _TOP + _ROW * (k + 0.5)
        for j, line in enumerate(lines):
            shapes.append(centred(0.0, middle + 14.0 * (j - (len(lines) - 1) / 2), Label(0, 0, line, palette.INK)))
        shapes += _row(column, names, axis, middle, look)
    return Drawing(look.width, foot + 20.0, tuple(shapes))


def _row(column: FigureColumn, names: list[str], axis: Axis, middle: float, look: Look) -> Iterator[Drawn]:
    texts = shown(column, look.lang)
    there = [k for k, value in enumerate(column.values) if value is not None]
    if not there:
        return
    values = np.array([column.values[k] for k in there], dtype=np.float64)
    for n, (k, value) in enumerate(zip(there, values.tolist(), strict=True)):
        lift = (n * _GOLDEN % 1.0 - 0.5) * 20.0
        yield Disc(axis.at(value), middle + 9.0 + lift * 0.7, 2.0, FAINT, f"{names[k]}: {texts[k]}", rim=False)
    low, quarter, half, three, high = (axis.at(q) for q in np.quantile(values, (0, 0.25, 0.5, 0.75, 1)).tolist())
    y = middle - 12.0
    yield Rectangle(low, y - 0.5, high - low, 1.0, palette.SLATE)
    yield Rectangle(quarter, y - 6.0, max(three - quarter, 1.0), 12.0, series(5))
    yield Rectangle(half - 1.25, y - 8.0, 2.5, 16.0, series(0))
    best = there[int(values.argmax())]
    room = text_width(names[best], SMALL)
    x = max(min(high, axis.end - room / 2), axis.start + room / 2)
    yield Label(x, y - 9.0, names[best], palette.SLATE, SMALL, "middle")
