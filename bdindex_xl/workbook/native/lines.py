"""Lines over years: of ranks, 1 on top and named at both ends; of values, named at the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from xlsxwriter.chart import Chart

from ...figures.content import Content, FigureColumn, LinesForm, RanksForm
from ...language import Lang, Text
from .. import fit, theme
from . import ink
from .block import Block
from .ink import Ink
from .numbers import axis_format, present
from .placing import Scale, spread

_TOP, _BOTTOM = 78, 20  # pixels above and below the lines: title and years; nothing
_ROW = 18  # pixels that a name takes
_LEAST, _MOST = 300, 540  # pixels of the lines
_NAMED = 80  # lines that are named at both ends: a chart holds 255 series
_LINES = 250
_FAR = 3.0  # how many times as many ranks as lines: then the scale is logarithmic
_CHARACTER = 6.4  # pixels of a digit of a label


def ranks(made: Ink, content: Content, block: Block, extra: Block) -> Chart:
    """A line a row on a reversed axis. Names stand beside the ends, moved where they would cover each other."""
    form = cast(RanksForm, content.form)
    chart = made.chart("line")
    _lines(chart, content, block, form.name, form.values)
    n, years = len(form.values), block.headers(form.values)
    for side, j, at in (("left", form.labels[0], 0), ("right", form.labels[1], n - 1)):
        for i in range(min(content.n_rows, _NAMED)):
            if content.columns[j].values[i]:
                chart.add_series(_label(block, extra, i, j, n, at, side, years))
    scale = _rank_scale(content, form.values)
    log = {"log_base": 2} if scale.logarithmic else {}
    chart.set_y_axis(ink.HIDDEN | {"reverse": True, "min": scale.low, "max": scale.high} | log)
    chart.set_x_axis(ink.axis(line={"none": True}, num_font=ink.font(10) | {"bold": True}))
    _laid_out(chart, content, [content.columns[j].values for j in form.labels])
    return chart


def _label(block: Block, extra: Block, i: int, j: int, n: int, at: int, side: str, years: Any) -> dict[str, Any]:
    """A series that only carries a name, at one of its points."""
    shown: list[dict[str, Any] | None] = [None if k == at else {"delete": True} for k in range(n)]
    labels = {"series_name": True, "value": False, "position": side, "font": ink.font(colour=_text(i)), "custom": shown}
    return ink.series(extra.across(i, range(n)), years, block.named(j, i), data_labels=labels, **ink.NO_MARK)


def _text(k: int) -> Any:
    """Names have the colour of their lines where that can be read on white."""
    return ink.colour(k) if ink.SERIES[k % len(ink.SERIES)][1] else theme.TEXT


def _lines(chart: Chart, content: Content, block: Block, name: int, values: Sequence[int]) -> None:
    years = block.headers(values)
    for i in range(min(content.n_rows, _LINES)):
        chart.add_series(ink.series(
            block.across(i, values), years, block.named(name, i), line=ink.line(i, 2.25), marker=ink.marker(i, 6)
        ))  # fmt: skip


def _laid_out(chart: Chart, content: Content, texts: Sequence[Sequence[Any]]) -> None:
    """Room at the sides for the longest names."""
    widths = [max((fit.text_width(str(text)) for text in own), default=0.0) * _CHARACTER + 24 for own in texts]
    left, right = (
        [min(width / ink.WIDTH, 0.3) for width in widths]
        if len(widths) > 1
        else [0.08, min(widths[0] / ink.WIDTH, 0.3)]
    )
    tall = height(content)
    layout = {"x": left, "y": _TOP / tall, "width": 1 - left - right, "height": (tall - _TOP - _BOTTOM) / tall}
    chart.set_plotarea({"layout": layout})


def height(content: Content) -> int:
    """Of a chart of lines [pixels]."""
    return _TOP + _BOTTOM + min(max(content.n_rows * _ROW, _LEAST), _MOST)


def _rank_scale(content: Content, values: Sequence[int]) -> Scale:
    found = [one for j in values for one in present(content.columns[j].values)] or [1.0]
    low, high = min(found), max(found)
    if high > _FAR * content.n_rows + 10:
        power = 1.0
        while power * 2 <= low:
            power *= 2
        return Scale(power, high * 1.06, logarithmic=True)
    return Scale(max(low - 0.5, 0.5), high + 0.5)


def rank_places(content: Content, block: Block, lang: Lang) -> tuple[FigureColumn, ...]:
    """Places of the names: a column a year, of which the first and the last hold any."""
    form = cast(RanksForm, content.form)
    first, last = (
        _placed(content, content.columns[j].values, _rank_scale(content, form.values))
        for j in (form.values[0], form.values[-1])
    )
    blank: list[float | None] = [None] * content.n_rows
    inner = [blank] * (len(form.values) - 2)
    headers = [content.columns[j].header for j in form.values]
    return tuple(
        FigureColumn(_PLACE.format(year=header)[lang], "score", values)
        for header, values in zip(headers, (first, *inner, last), strict=True)
    )


def _placed(content: Content, values: Sequence[Any], scale: Scale) -> list[float | None]:
    room = height(content) - _TOP - _BOTTOM
    at = [i for i, value in enumerate(values) if value is not None]
    parts = spread([scale.part(values[i]) * room for i in at], _APART, 0.0, float(room))
    found = {i: scale.value(part / room) for i, part in zip(at, parts, strict=True)}
    return [found.get(i) for i in range(len(values))]


_APART = 16.0  # pixels between names


def lines(made: Ink, content: Content, block: Block, extra: Block) -> Chart:
    """A line a row, named beside its last point."""
    form = cast(LinesForm, content.form)
    chart = made.chart("line")
    _lines(chart, content, block, form.name, form.values)
    n, years = len(form.values), block.headers(form.values)
    for i in range(min(content.n_rows, _NAMED)):
        chart.add_series(_label(block, extra, i, form.name, n, n - 1, "right", years))
    scale = _value_scale(content, form.values)
    of_first = content.columns[form.values[0]]
    axis = ink.axis(grid=True, num_format=axis_format(of_first), min=scale.low, max=scale.high, line={"none": True})
    chart.set_y_axis(axis)
    chart.set_x_axis(ink.axis())
    _laid_out(chart, content, [content.columns[form.name].values])
    return chart


def _value_scale(content: Content, values: Sequence[int]) -> Scale:
    found = [one for j in values for one in present(content.columns[j].values)] or [1.0]
    low = min(min(found), 0.0)
    return Scale(low, max(found) * 1.05 or 1.0)


def line_places(content: Content, block: Block, lang: Lang) -> tuple[FigureColumn, ...]:
    """Places of the names: a column a year, of which the last holds any."""
    form = cast(LinesForm, content.form)
    last = _placed(content, content.columns[form.values[-1]].values, _value_scale(content, form.values))
    blank: list[float | None] = [None] * content.n_rows
    headers = [content.columns[j].header for j in form.values]
    return tuple(
        FigureColumn(_PLACE.format(year=header)[lang], "score", values)
        for header, values in zip(headers, (*[blank] * (len(headers) - 1), last), strict=True)
    )


_PLACE = Text("{year} 标签位置", "Label place {year}")
