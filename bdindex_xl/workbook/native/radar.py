"""Closed lines over axes."""

from __future__ import annotations

from typing import cast

from xlsxwriter.chart import Chart

from ...figures.content import Content, RadarForm
from .. import theme
from . import ink
from .block import ChartBlock
from .ink import Ink
from .numbers import present

HEIGHT = 420


def radar(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """A line a column, an axis a row."""
    form = cast(RadarForm, content.form)
    chart = made.chart("radar", "with_markers")
    for k, j in enumerate(form.values[: ink.MOST_SERIES]):
        chart.add_series(ink.series(
            block.down(j), block.down(form.axis), block.named(j), line=ink.line(k), marker=ink.marker(k, 5)
        ))  # fmt: skip
    chart.set_x_axis({"num_font": ink.font(10)})
    least = min((one for j in form.values for one in present(content.columns[j].values)), default=0.0)
    start = {} if least < 0 else {"min": 0}
    chart.set_y_axis({
        "num_font": ink.font(ink.SMALL, theme.SLATE), "num_format": "0", "major_gridlines": ink.GRID,
        "line": {"color": theme.RULE}, "major_tick_mark": "none",
    } | start)  # fmt: skip
    ink.legend(chart, "right")
    return chart
