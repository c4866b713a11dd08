"""Points: classes in colours, the first ones named by series of one point, whose names any program shows."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, cast

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_rowcol_to_cell

from ...figures.content import Content, FigureColumn, ScatterForm
from ...language import Lang, Text
from .. import theme
from . import ink
from .block import ChartBlock
from .cellwise import CellFormula
from .ink import Ink
from .numbers import axis_format, present
from .positions import ChartPoint, Scale, Spot, spots

HEIGHT = 430
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 56, 40, 58  # pixels around the points
_LEGEND = 26  # more below them where there are classes


def scatter(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """Points, a series a class."""
    form = cast(ScatterForm, content.form)
    chart = made.chart("scatter", "straight_with_markers")
    for k, j in enumerate(form.y):
        rows = [i for i, value in enumerate(content.columns[j].values) if value is not None]
        at = (rows[0], rows[-1]) if rows else (0, 0)  # those of a class may stand together: then its series is shorter
        size = 7 if k + 1 < len(form.y) or len(form.y) == 1 else 5
        look = {"line": {"none": True}, "marker": ink.marker(k, size) | {"type": _MARKS[k % len(_MARKS)]}}
        chart.add_series(ink.series(block.down(j, *at), block.down(form.x, *at), block.named(j), **look))
    across, up = _scales(content, form)
    named = _named(content, form)
    for k, ((i, _), spot) in enumerate(zip(named, _spots(content, form), strict=True)):
        pair = (2 * k, 2 * k + 1)
        labels = {
            "series_name": True, "value": False, "position": spot.side, "font": ink.font(ink.SMALL),
            "custom": [{"delete": True}],
        }  # fmt: skip
        look = {"line": {"color": theme.SLATE, "width": 0.5}, "marker": {"type": "none"}}
        name = block.named(form.name, i)
        chart.add_series(ink.series(extra.down(1, *pair), extra.down(0, *pair), name, data_labels=labels, **look))
    x, y = content.columns[form.x], content.columns[form.y[0]]
    y_name = y.header if len(form.y) == 1 else ""
    chart.set_x_axis(_axis(x.header, across, axis_format(x)))
    chart.set_y_axis(_axis(y_name, up, axis_format(y), grid=True))
    if len(form.y) > 1:
        ink.legend(chart, "bottom", list(range(len(form.y), len(form.y) + len(named))))
    wide, tall = ink.WIDTH, HEIGHT
    across_points, down_points = _room(form)
    inner = {"width": across_points / wide, "height": down_points / tall}
    chart.set_plotarea({"layout": {"x": _LEFT / wide, "y": _TOP / tall} | inner})
    return chart


_MARKS = ("circle", "diamond", "square", "triangle")


def _axis(name: str, scale: Scale, num_format: str, *, grid: bool = False) -> dict[str, Any]:
    log = {"log_base": 10} if scale.logarithmic else {}
    # where an axis starts below 0, the other one crosses it at its start and not at 0
    ends = {"min": scale.low, "max": scale.high, "crossing": "min"}
    return ink.axis(name, grid=grid, num_format=num_format, **ends, **log)


def _scales(content: Content, form: ScatterForm) -> tuple[Scale, Scale]:
    x = present(content.columns[form.x].values)
    y = [one for j in form.y for one in present(content.columns[j].values)]
    return _scale(x, form.logarithmic_x), _scale(y, form.logarithmic_y)


def _scale(values: list[float], logarithmic: bool) -> Scale:
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if logarithmic and low > 0:
        start = 10.0 ** math.floor(math.log10(low))  # programs put marks at its tenfold, hundredfold …
        return Scale(start, high * 1.5, logarithmic=True)
    start = min(low, 0.0)
    room = (high - start) or 1.0
    step = 10.0 ** math.floor(math.log10(room)) / 2
    return Scale(math.floor(start / step) * step, math.ceil((high + room * 0.03) / step) * step)


def _named(content: Content, form: ScatterForm) -> list[tuple[int, int]]:
    """Row and column of the points that show their names."""
    found = []
    for i in range(min(form.labelled, content.n_rows, ink.MOST_SERIES - len(form.y))):
        j = next((j for j in form.y if content.columns[j].values[i] is not None), None)
        if j is not None:
            found.append((i, j))
    return found


def _room(form: ScatterForm) -> ChartPoint:
    """Width and height of where the points are [pixels]."""
    below = _BOTTOM + (_LEGEND if len(form.y) > 1 else 0)
    return float(ink.WIDTH - _LEFT - _RIGHT), float(HEIGHT - _TOP - below)


@lru_cache(maxsize=2)  # asked for by the plan of a sheet, by its cells and by its chart
def _spots(content: Content, form: ScatterForm) -> list[Spot]:
    """Where the names stand, in pixels of the inside of the chart."""
    across, up = _scales(content, form)
    wide, tall = _room(form)
    xs = content.columns[form.x].values

    def at(i: int, j: int) -> ChartPoint:
        return across.part(xs[i]) * wide, (1 - up.part(content.columns[j].values[i])) * tall

    every = [
        at(i, j)
        for j in form.y
        for i, value in enumerate(content.columns[j].values)
        if value is not None and xs[i] is not None
    ]
    named = _named(content, form)
    names = [str(content.columns[form.name].values[i]) for i, _ in named]
    return spots([at(i, j) for i, j in named], names, every, (wide, tall))


def name_places(content: Content, block: ChartBlock, lang: Lang) -> tuple[FigureColumn, ...]:
    """For each name two rows: its point, by reference, and where it stands; a thin line joins them."""
    form = cast(ScatterForm, content.form)
    across, up = _scales(content, form)
    wide, tall = _room(form)
    x: list[Any] = []
    y: list[Any] = []
    for (i, j), spot in zip(_named(content, form), _spots(content, form), strict=True):
        own_x, own_y = content.columns[form.x].values[i], content.columns[j].values[i]
        x += [_same(block, i, form.x, own_x), across.value(spot.x / wide)]
        y += [_same(block, i, j, own_y), up.value(1 - spot.y / tall)]
    return FigureColumn(_X[lang], "score", x), FigureColumn(_Y[lang], "score", y)


def _same(block: ChartBlock, i: int, j: int, value: float) -> CellFormula:
    return CellFormula(f"={xl_rowcol_to_cell(block.first + i, block.columns[j])}", value)


_X, _Y = Text("标签横坐标", "Label, x"), Text("标签纵坐标", "Label, y")
