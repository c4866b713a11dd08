"""Lines over years: of ranks, 1 on top and named at both ends; of values, named at the last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_rowcol_to_cell

from ...figures.content import Content, FigureColumn, LinesForm, RanksForm
from ...language import Lang, Text
from .. import fit, theme
from . import ink
from .block import Cells, ChartBlock
from .cellwise import CellFormula
from .ink import Ink
from .numbers import axis_format, present
from .positions import Scale, spread

_TOP, _BOTTOM = 74, 20  # pixels above and below the lines: title and years; nothing
_ROW = 18  # pixels that a name takes
_LEAST, _MOST = 300, 540  # pixels of the lines
_LINES = 250  # lines at most, some of which must be named
_FAR = 3.0  # how many times as many ranks as lines: then the scale is logarithmic
_STEEP = 0.22  # of the width at each side where there are two years: what moves then shows
_WIDEST, _AXIS = 0.3, 0.08  # of the width, for names and for an axis
_ROOM = 0.03  # of the axis, above the first rank and below the last
_CHARACTER = 6.4  # pixels of a digit of a label


def ranks(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """A line a row on a reversed axis. Names stand beside the ends, moved where they would cover each other."""
    form = cast(RanksForm, content.form)
    chart = made.chart("line")
    _lines(chart, content, block, form.name, form.values)
    n, years = len(form.values), block.headers(form.values)
    for side, text, at in (("left", n, 0), ("right", n + 1, n - 1)):
        for i in range(_n_named(content, 2)):
            if extra.values[at][i] is not None:
                chart.add_series(_label(extra.named(text, i), extra, i, n, at, side, years))
    scale = _rank_scale(content, form.values)
    log = {"log_base": 2} if scale.logarithmic else {}
    chart.set_y_axis(ink.HIDDEN | {"reverse": True, "min": scale.low, "max": scale.high, "crossing": "min"} | log)
    chart.set_x_axis(ink.axis(line={"none": True}, num_font=ink.font(10) | {"bold": True}, position_axis="on_tick"))
    _laid_out(chart, content, [content.columns[j].values for j in form.labels], _STEEP if n == 2 else 0.0)
    return chart


def _n_named(content: Content, ends: int) -> int:
    """Lines that are named: as many as a chart has series for."""
    return min(content.n_rows, (ink.MOST_SERIES - min(content.n_rows, _LINES)) // ends)


def _label(name: list[Any], extra: ChartBlock, i: int, n: int, at: int, side: str, years: Cells) -> dict[str, Any]:
    """A series that only carries a name, at one of its points."""
    shown: list[dict[str, Any] | None] = [None if k == at else {"delete": True} for k in range(n)]
    labels = {"series_name": True, "value": False, "position": side, "font": ink.font(colour=_text(i)), "custom": shown}
    return ink.series(extra.across(i, range(n)), years, name, data_labels=labels, **ink.NO_MARK)


def _text(k: int) -> Any:
    """Names have the colour of their lines where that can be read on white."""
    return ink.colour(k) if ink.reads_on_white(k) else theme.TEXT


def _lines(chart: Chart, content: Content, block: ChartBlock, name: int, values: Sequence[int]) -> None:
    years = block.headers(values)
    for i in range(min(content.n_rows, _LINES)):
        chart.add_series(ink.series(
            block.across(i, values), years, block.named(name, i), line=ink.line(i, 2.25), marker=ink.marker(i, 5)
        ))  # fmt: skip


def _laid_out(chart: Chart, content: Content, texts: Sequence[Sequence[Any]], least: float = 0.0) -> None:
    """Room at the sides for the longest names, and `least` of it [parts of the width]."""
    widths = [max((fit.text_width(str(text)) for text in own), default=0.0) * _CHARACTER + 24 for own in texts]
    sides = [max(min(width / ink.WIDTH, _WIDEST), least) for width in widths]
    left, right = sides if len(sides) > 1 else (_AXIS, *sides)
    tall = height(content)
    layout = {"x": left, "y": _TOP / tall, "width": 1 - left - right, "height": (tall - _TOP - _BOTTOM) / tall}
    chart.set_plotarea({"layout": layout})


def height(content: Content) -> int:
    """Of a chart of lines [pixels]."""
    return _TOP + _BOTTOM + min(max(content.n_rows * _ROW, _LEAST), _MOST)


def _rank_scale(content: Content, values: Sequence[int]) -> Scale:
    """The scale on which the names at the ends need least be moved."""
    found = [one for j in values for one in present(content.columns[j].values)] or [1.0]
    low, high = min(found), max(found)
    room = max(_ROOM * (high - low), 0.5)
    linear = Scale(low - room, high + room)
    if high <= _FAR * content.n_rows + 10:
        return linear
    power = 2.0 ** math.floor(math.log2(low))
    return min(linear, Scale(power, high * 1.06, logarithmic=True), key=lambda one: _moved(content, values, one))


def _moved(content: Content, values: Sequence[int], scale: Scale) -> float:
    """How far names at the ends must be moved, all together [parts of the axis]."""
    ends = [content.columns[j].values for j in (values[0], values[-1])]
    return sum(
        abs(scale.part(place) - scale.part(value))
        for own in ends
        for value, place in zip(own, _placed(content, own, scale), strict=True)
        if place is not None
    )


def rank_places(content: Content, block: ChartBlock, lang: Lang) -> tuple[FigureColumn, ...]:
    """Places of the names, a column a year, of which the first and the last hold any; then the names themselves."""
    form = cast(RanksForm, content.form)
    scale = _rank_scale(content, form.values)
    first, last = (_placed(content, content.columns[j].values, scale) for j in (form.values[0], form.values[-1]))
    blank: list[float | None] = [None] * content.n_rows
    inner = [blank] * (len(form.values) - 2)
    return (
        *_places(content, form.values, (first, *inner, last), lang),
        _clear(content, block, form.labels[0], "={cell}&" + _SPACE, "{name}\u2002"),
        _clear(content, block, form.labels[1], f"={_SPACE}&{{cell}}", "\u2002{name}"),
    )


def _places(
    content: Content, values: Sequence[int], found: Sequence[Sequence[float | None]], lang: Lang
) -> tuple[FigureColumn, ...]:
    headers = [content.columns[j].header for j in values]
    return tuple(
        FigureColumn(_PLACE.format(year=header)[lang], "score", own) for header, own in zip(headers, found, strict=True)
    )


def _clear(content: Content, block: ChartBlock, j: int, formula: str, shown: str) -> FigureColumn:
    """Names with a space towards their marks, by reference: programs set a name close to the point it is of."""
    column = content.columns[j]
    cells = (xl_rowcol_to_cell(block.first + i, block.columns[j]) for i in range(content.n_rows))
    found = [
        CellFormula(formula.format(cell=cell), shown.format(name=name))
        for cell, name in zip(cells, column.values, strict=True)
    ]
    return FigureColumn(column.header, "name", found)


_SPACE = '"\u2002"'


def _placed(content: Content, values: Sequence[Any], scale: Scale) -> list[float | None]:
    room = height(content) - _TOP - _BOTTOM
    at = [i for i, value in enumerate(values) if value is not None]
    parts = spread([scale.part(values[i]) * room for i in at], _APART, _CLEAR, room - _CLEAR)
    found = {i: scale.value(part / room) for i, part in zip(at, parts, strict=True)}
    return [found.get(i) for i in range(len(values))]


_APART = 16.0  # pixels between names
_CLEAR = 8.0  # pixels of half a name, which stays below the years


def lines(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """A line a row, named beside its last point."""
    form = cast(LinesForm, content.form)
    chart = made.chart("line")
    _lines(chart, content, block, form.name, form.values)
    n, years = len(form.values), block.headers(form.values)
    for i in range(_n_named(content, 1)):
        chart.add_series(_label(extra.named(n, i), extra, i, n, n - 1, "right", years))
    scale = _value_scale(content, form.values)
    of_first = content.columns[form.values[0]]
    ends: dict[str, Any] = {"min": scale.low, "max": scale.high, "crossing": "min"}
    chart.set_y_axis(ink.axis(grid=True, num_format=axis_format(of_first), line={"none": True}, **ends))
    chart.set_x_axis(ink.axis(position_axis="on_tick"))
    _laid_out(chart, content, [content.columns[form.name].values])
    return chart


def _value_scale(content: Content, values: Sequence[int]) -> Scale:
    found = [one for j in values for one in present(content.columns[j].values)] or [1.0]
    low = min(min(found), 0.0)
    return Scale(low, max(found) * 1.05 or 1.0)


def line_places(content: Content, block: ChartBlock, lang: Lang) -> tuple[FigureColumn, ...]:
    """Places of the names: a column a year, of which the last holds any; then the names, clear of marks."""
    form = cast(LinesForm, content.form)
    last = _placed(content, content.columns[form.values[-1]].values, _value_scale(content, form.values))
    blank: list[float | None] = [None] * content.n_rows
    return (
        *_places(content, form.values, (*[blank] * (len(form.values) - 1), last), lang),
        _clear(content, block, form.name, f"={_SPACE}&{{cell}}", "\u2002{name}"),
    )


_PLACE = Text("{year} 标签位置", "Label place {year}")
