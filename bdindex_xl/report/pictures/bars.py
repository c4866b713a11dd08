"""Bars beside their names and numbers: ranked, stacked, shares, and two measures side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from ...figures.content import BarsForm, ColumnsAndLineForm, Content, FigureColumn, SharesForm
from ...language import Text
from .. import palette
from ..shown import shown, shown_value, total
from .drawing import SIZE, SMALL, Disc, Drawing, Drawn, Label, Rectangle, Stroke, centred
from .look import Look, series
from .metrics import fitting, text_width, widest, wrapped
from .rows import HEADER_TO_ROWS, LINE_OF_HEADER, Entries, Rows, heading, legend, on, rows, rule
from .scales import Axis

_THICK = 13.0
_BETWEEN = 22.0  # of two areas of bars
_LEAST = 32.0  # of an area


def bars(content: Content, form: BarsForm, look: Look) -> Drawing:
    """Ranked bars; or stacked ones, with their sums and a legend."""
    if len(form.values) > 1:
        return _stacked(content, form, look)
    column = content.columns[form.values[0]]
    names = _names(content.columns, form.category)
    ranks = [one for one in content.columns if one.role == "rank" and one is not column][:1]
    changes = [one for one in content.columns if one.role == "rank change"]
    changes = [one for one in changes if any(value is not None for value in one.values)]
    entries = [
        *(Entries(one.header, shown(one, look.lang)) for one in ranks),
        Entries(names.header, shown(names, look.lang), is_name=True),
        *(Entries(one.header, shown(one, look.lang), changes=one.values) for one in changes),
        Entries(column.header, shown(column, look.lang), with_bars=True),
    ]
    made = rows(entries, look)
    tips = _tips(names, column, look)
    shapes = [*made.shapes, *_bars(made, column, _area(column, made.right, look.width), tips)]
    return Drawing(look.width, made.bottom + 4.0, tuple(shapes))


def shares(content: Content, form: SharesForm, look: Look) -> Drawing:
    """Shares as bars, with what the first ones have together; and whatever else there is as numbers."""
    category, column = content.columns[form.category], content.columns[form.value]
    held = [value or 0.0 for value in column.values]
    entries = [Entries(category.header, shown(category, look.lang), is_name=True)]
    for k, one in enumerate(content.columns):
        if k != form.category:
            entries.append(Entries(one.header, shown(one, look.lang)))
        if k == form.value and sum(held) < _WHOLE:
            entries.append(Entries(_TOGETHER[look.lang], [shown_value("share", sum_) for sum_ in accumulate(held)]))
    made = rows(entries, look)
    area = _area(column, made.right, look.width)
    shapes = [*made.shapes, *_bars(made, column, area, _tips(category, column, look))]
    return Drawing(look.width, made.bottom + 4.0, tuple(shapes))


_WHOLE = 0.9995


def columns_and_line(content: Content, form: ColumnsAndLineForm, look: Look) -> Drawing:
    """Bars of the one and a line of the other, side by side: neither hides the other, and no name is turned."""
    names, *both = (content.columns[k] for k in (form.category, form.columns, form.line))
    entries = Entries(names.header, shown(names, look.lang), is_name=True)
    room = (look.width - rows([entries], look).right - _BETWEEN) / 2
    heads = [wrapped(one.header, SMALL, room, 3) for one in both]
    made = rows([entries], look, top=LINE_OF_HEADER * (max(map(len, heads)) - 1))
    shapes: list[Drawn] = list(made.shapes)
    for k, (column, head) in enumerate(zip(both, heads, strict=True)):
        left, texts = made.right + k * (room + _BETWEEN), shown(column, look.lang)
        shapes += heading(head, ("start", left), made.head - HEADER_TO_ROWS - LINE_OF_HEADER * len(head))
        size = min(fitting(text, SIZE, room - _LEAST, whole=True) for text in texts)
        number = widest(texts, size)
        for row, text in enumerate(texts):
            shapes.append(centred(left + number, made.middle(row), Label(0, 0, text, palette.INK, size, "end")))
        area, tips = _area(column, left + number + 8.0, left + room), _tips(names, column, look)
        shapes += _line(made, column, area, tips) if k else _bars(made, column, area, tips)
    return Drawing(look.width, made.bottom + 4.0, tuple(shapes))


def _line(made: Rows, column: FigureColumn, area: Axis, tips: Sequence[str]) -> Iterator[Drawn]:
    yield rule(area.at(0.0), made.head, made.bottom)
    points = [(area.at(value), made.middle(k)) for k, value in enumerate(column.values) if value is not None]
    yield Stroke(tuple(points), series(1), 1.75)
    for (x, y), tip in zip(points, (t for t, v in zip(tips, column.values, strict=True) if v is not None), strict=True):
        yield Disc(x, y, 4.0, series(1), tip)


def _stacked(content: Content, form: BarsForm, look: Look) -> Drawing:
    parts = [content.columns[k] for k in form.values]
    names = _names(content.columns, form.category)
    key, top = legend([part.header for part in parts], look)
    sums = [total([part.values[k] for part in parts]) for k in range(content.n_rows)]
    whole = FigureColumn(_SUM[look.lang], parts[0].role, sums)
    entries = [
        Entries(names.header, shown(names, look.lang), is_name=True), Entries(whole.header, shown(whole, look.lang)),
    ]  # fmt: skip
    made = rows(entries, look, top)
    up = [sum(max(part.values[k] or 0.0, 0.0) for part in parts) for k in range(content.n_rows)]
    down = [sum(min(part.values[k] or 0.0, 0.0) for part in parts) for k in range(content.n_rows)]
    area = _axis(min(down, default=0.0), max(up, default=0.0), made.right, look.width)
    texts = [shown(part, look.lang) for part in parts]
    shapes = [*key, *made.shapes]
    for k in range(content.n_rows):
        ends = {True: 0.0, False: 0.0}
        for p, part in enumerate(parts):
            value = part.values[k]
            if value is None:
                continue
            start = ends[value >= 0]
            ends[value >= 0] = start + value
            tip = f"{names.values[k]} {part.header} {texts[p][k]}"
            shapes += _piece(area, start, start + value, made.middle(k), p, texts[p][k], tip)
    shapes.append(rule(area.at(0.0), made.head, made.bottom))
    return Drawing(look.width, made.bottom + 4.0, tuple(shapes))


def _piece(area: Axis, start: float, end: float, middle: float, p: int, text: str, tip: str) -> Iterator[Drawn]:
    """A part of a bar, with its number where that fits."""
    left, right = sorted((area.at(start), area.at(end)))
    yield Rectangle(left, middle - 8.0, max(right - left, 0.4), 16.0, series(p), 0.0, tip)
    if right - left > text_width(text, 9.5) + 5.0:
        yield centred((left + right) / 2, middle, Label(0, 0, text, on(series(p)), 9.5, "middle"))


def _bars(made: Rows, column: FigureColumn, area: Axis, tips: Sequence[str]) -> Iterator[Drawn]:
    for k, value in enumerate(column.values):
        if value is not None:
            left, right = sorted((area.at(0.0), area.at(value)))
            width = max(right - left, 0.4)
            yield Rectangle(left, made.middle(k) - _THICK / 2, width, _THICK, series(0), 0.0, tips[k])
    yield rule(area.at(0.0), made.head, made.bottom)


def _area(column: FigureColumn, left: float, right: float) -> Axis:
    found = [value for value in column.values if value is not None]
    return _axis(min(found, default=0.0), max(found, default=0.0), left, right)


def _axis(low: float, high: float, left: float, right: float) -> Axis:
    low, high = min(low, 0.0), max(high, 0.0)
    return Axis(low, high if high > low else low + 1.0, left, right)


def _names(columns: Sequence[FigureColumn], category: int) -> FigureColumn:
    """The names alone, where the category's texts hold ranks and arrows too."""
    others = [one for k, one in enumerate(columns) if one.role == "name" and k != category]
    return others[0] if others else columns[category]


def _tips(names: FigureColumn, column: FigureColumn, look: Look) -> list[str]:
    return [f"{name} {text}" for name, text in zip(names.values, shown(column, look.lang), strict=True)]


_SUM, _TOGETHER = Text("合计", "Total"), Text("累计占比", "Cumulative")
