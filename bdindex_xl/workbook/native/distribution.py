"""Boxes and strips of points: no classic chart has them, so a chart of points draws both, on cells that reckon them."""

from __future__ import annotations

from typing import Any, cast

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_range_abs

from ...figures.content import Content, DistributionForm, FigureColumn
from ...language import Lang, Text
from .. import theme
from . import ink
from .block import ChartBlock
from .cellwise import CellFormula
from .ink import Ink
from .numbers import present

HEIGHT = 430
_HALF = 0.26  # width of half a box, in steps of the axis
_SPREAD = 0.4  # of the points of a strip
_GOLDEN = 0.6180339887498949  # steps by it fill a strip evenly, and the same way each time
# The line that draws whiskers and box in one go: across (in halves of the box), and which of the five numbers.
_PATH = (
    (0, "low"), (0, "q1"), (-1, "q1"), (-1, "median"), (1, "median"), (-1, "median"), (-1, "q3"), (0, "q3"),
    (0, "high"), (0, "q3"), (1, "q3"), (1, "q1"), (0, "q1"),
)  # fmt: skip
_MEDIAN = 3  # its first point on the path
_FORMULAS = {
    "low": "MIN({values})", "q1": "QUARTILE({values},1)", "median": "MEDIAN({values})", "q3": "QUARTILE({values},3)",
    "high": "MAX({values})",
}  # fmt: skip


def distribution(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """A box and a strip for each column; names stand under them as labels of points on the axis."""
    form = cast(DistributionForm, content.form)
    shown = form.values[: ink.MOST_SERIES // 4]  # four series each: points, box, median, name
    chart = made.chart("scatter", "straight")
    n = len(shown)
    for k, j in enumerate(shown):
        look = {"marker": ink.marker(k, 4) | {"type": "circle"}, "line": {"none": True}}
        chart.add_series(ink.series(block.down(j), extra.down(2 + 3 * k, 0, block.n_rows - 1), block.named(j), **look))
    for k, j in enumerate(shown):
        if not present(content.columns[j].values):
            continue
        for rows, width in (((0, len(_PATH) - 1), 1.5), ((_MEDIAN, _MEDIAN + 1), 3.0)):
            x, y = (extra.down(3 + 3 * k + part, *rows) for part in (0, 1))
            look = {"line": {"color": theme.INK, "width": width}, "marker": {"type": "none"}}
            chart.add_series(ink.series(y, x, block.named(j), **look))
    for k, j in enumerate(shown):
        labels = {"series_name": True, "value": False, "position": "below", "font": ink.font(10)}
        chart.add_series(
            ink.series(extra.cell(k, 1), extra.cell(k, 0), block.named(j), data_labels=labels, **ink.NO_MARK)
        )
    low, high = _ends(content, form)
    chart.set_x_axis({"visible": False, "min": 0.5, "max": n + 0.5, "major_gridlines": {"visible": False}})
    chart.set_y_axis(ink.axis(grid=True, min=low, max=high, num_format="0", line={"none": True}))
    chart.set_plotarea({"layout": {"x": 0.06, "y": 0.12, "width": 0.9, "height": 0.76}})
    return chart


def _ends(content: Content, form: DistributionForm) -> tuple[float, float]:
    found = [one for j in form.values for one in present(content.columns[j].values)] or [0.0]
    return min(0.0, min(found)), max(form.full, max(found))


def reckoned(content: Content, block: ChartBlock, lang: Lang) -> tuple[FigureColumn, ...]:
    """Places of names; for each column the places of its points across, and the line of its box."""
    form = cast(DistributionForm, content.form)
    n, low = len(form.values), _ends(content, form)[0]
    columns = [
        FigureColumn(_PLACE[lang], "score", [k + 1.0 for k in range(n)]),
        FigureColumn(_BASE[lang], "score", [low] * n),
    ]
    for k, j in enumerate(form.values):
        column = content.columns[j]
        jitter = [k + 1 + _SPREAD * ((i * _GOLDEN) % 1.0 - 0.5) for i in range(content.n_rows)]
        x = [k + 1 + _HALF * across for across, _ in _PATH]
        y = _box(block, j, present(column.values)) if present(column.values) else [None] * len(_PATH)
        columns += [
            FigureColumn(template.format(name=column.header)[lang], "score", values)
            for template, values in ((_POINTS, jitter), (_BOX_X, x), (_BOX_Y, y))
        ]
    return tuple(columns)


def _box(block: ChartBlock, j: int, values: list[float]) -> list[Any]:
    first, column = block.first, block.columns[j]
    cells = xl_range_abs(first, column, first + block.n_rows - 1, column)
    known = _five(sorted(values))
    return [CellFormula(f"={_FORMULAS[key].format(values=cells)}", known[key]) for _, key in _PATH]


def _five(ordered: list[float]) -> dict[str, float]:
    """The five numbers, as QUARTILE reckons them: between neighbours in proportion."""

    def quantile(part: float) -> float:
        at = part * (len(ordered) - 1)
        below = int(at)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (at - below) * (ordered[above] - ordered[below])

    return {"low": ordered[0], "q1": quantile(0.25), "median": quantile(0.5), "q3": quantile(0.75), "high": ordered[-1]}


_PLACE, _BASE = Text("位置", "Place"), Text("标签高度", "Label height")
_POINTS = Text("{name}：点的横坐标", "{name}: points, x")
_BOX_X, _BOX_Y = Text("{name}：箱体横坐标", "{name}: box, x"), Text("{name}：箱体纵坐标", "{name}: box, y")
