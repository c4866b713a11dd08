"""Bars: of scores, of parts, of shares; columns with a line; a ring of shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from xlsxwriter.chart import Chart

from ...figures.content import BarsForm, CloudForm, ColumnsAndLineForm, Content, FigureColumn, SharesForm
from .. import theme
from . import ink
from .block import ChartBlock
from .ink import Ink
from .numbers import axis_format, label_format, present

ROW, _DENSE = 22, 16  # pixels: of a bar with the gap around it; of one where they are many
_MANY = 28
_TITLE, _LEGEND = 62, 28
_RING = 6  # parts that a ring shows
_LEGIBLE = 0.045  # of the longest bar: a part that has room for its number


def bars(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """A bar a row, the first on top; parts of one bar in a row of their own colours."""
    form = cast(BarsForm, content.form)
    if len(form.values) == 1:
        return plain(made, content.columns, block, form.category, form.values[0])
    chart = made.chart("bar", "stacked")
    columns = [content.columns[j] for j in form.values]
    whole = max((sum(present(row)) for row in zip(*(column.values for column in columns), strict=True)), default=0.0)
    for k, j in enumerate(form.values[: ink.MOST_SERIES]):
        shown = f"[>={whole * _LEGIBLE:.6g}]{label_format(content.columns[j])};;"
        chart.add_series(ink.series(
            block.down(j), block.down(form.category), block.named(j), gap=45, fill={"color": ink.colour(k)},
            border={"color": theme.WHITE, "width": 0.5},
            data_labels={"value": True, "num_format": shown, "font": ink.font(ink.SMALL, ink.on(k))},
        ))  # fmt: skip
    _standing(chart, content.n_rows, least=0.0)
    ink.legend(chart)
    return chart


def height(content: Content) -> int:
    """Of a chart of bars [pixels]."""
    form = cast(BarsForm, content.form)
    return _height(content.n_rows) + (_LEGEND if len(form.values) > 1 else 0)


def _height(n: int) -> int:
    return _TITLE + max(n, 3) * (ROW if n <= _MANY else _DENSE)


def plain(made: Ink, columns: Sequence[FigureColumn], block: ChartBlock, category: int, value: int) -> Chart:
    """A bar a row with its value, the first row on top."""
    chart = made.chart("bar")
    own = columns[value]
    labels = {"value": True, "num_format": label_format(own), "font": ink.font(colour=theme.SLATE)}
    bar = {"fill": {"color": theme.BLUE}, "gap": 45, "data_labels": labels}
    chart.add_series(ink.series(block.down(value), block.down(category), block.named(value), **bar))
    least = None if any(one < 0 for one in present(own.values)) else 0.0
    _standing(chart, block.n_rows, least)
    return chart


def _standing(chart: Chart, n: int, least: float | None) -> None:
    """The first row on top; names at the edge, whatever the values; no axis of values, which the labels tell."""
    chart.set_x_axis(ink.HIDDEN | ({} if least is None else {"min": least}))
    font = ink.font(ink.USUAL if n <= _MANY else ink.SMALL)
    chart.set_y_axis({
        "reverse": True, "num_font": font, "line": {"color": theme.RULE}, "major_tick_mark": "none",
        "interval_unit": 1, "label_position": "low",
    })  # fmt: skip


def columns_and_line(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """Columns, and a line on an axis of its own."""
    form = cast(ColumnsAndLineForm, content.form)
    category = block.down(form.category)
    chart, over = made.chart("column"), made.chart("line")
    labels = {"value": True, "num_format": label_format(content.columns[form.columns]), "font": ink.font(ink.SMALL)}
    chart.add_series(ink.series(
        block.down(form.columns), category, block.named(form.columns), fill={"color": ink.colour(0)}, gap=60,
        data_labels=labels,
    ))  # fmt: skip
    over.add_series(ink.series(
        block.down(form.line), category, block.named(form.line), y2_axis=True, line=ink.line(1), marker=ink.marker(1),
    ))  # fmt: skip
    chart.combine(over)
    names = [str(name) for name in content.columns[form.category].values]
    turned = {} if content.n_rows * max(map(len, names), default=0) <= _UPRIGHT else {"rotation": -45}
    chart.set_x_axis(ink.axis(num_font=ink.font() | turned, interval_unit=1))
    left, right = content.columns[form.columns], content.columns[form.line]
    chart.set_y_axis(ink.axis(left.header, num_format=axis_format(left), min=_floor(left.values)))
    over.set_y2_axis(ink.axis(right.header, num_format=axis_format(right), min=_floor(right.values)))
    ink.legend(chart)
    return chart


_UPRIGHT = 62  # characters under a row of columns


def _floor(values: object) -> float | None:
    return None if any(one < 0 for one in present(cast(list[float], values))) else 0.0


def shares(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """A ring where a few parts make the whole, bars else."""
    form = cast(SharesForm, content.form)
    if not is_ring(content):
        return plain(made, content.columns, block, form.category, form.value)
    chart = made.chart("doughnut")
    points = [{"fill": {"color": ink.colour(k)}, "border": {"color": theme.WHITE}} for k in range(content.n_rows)]
    labels = {
        "value": True, "num_format": label_format(content.columns[form.value]), "font": ink.font(10, theme.WHITE),
        "custom": [{"font": ink.font(10, ink.on(k)) | {"bold": True}} for k in range(content.n_rows)],
    }  # fmt: skip
    chart.add_series(
        ink.series(
            block.down(form.value), block.down(form.category), block.named(form.value), points=points,
            data_labels=labels,
        )
    )  # fmt: skip
    chart.set_hole_size(48)
    ink.legend(chart, "right")
    return chart


def shares_height(content: Content) -> int:
    return 380 if is_ring(content) else _height(content.n_rows)


def is_ring(content: Content) -> bool:
    """Whether the rows are few and make up the whole."""
    found = present(content.columns[cast(SharesForm, content.form).value].values)
    return 1 < len(found) == content.n_rows <= _RING and abs(sum(found) - 1.0) < 1e-6 and min(found) >= 0


def cloud(made: Ink, content: Content, block: ChartBlock, extra: ChartBlock) -> Chart:
    """Words as bars: no program of spreadsheets draws a cloud."""
    form = cast(CloudForm, content.form)
    return plain(made, content.columns, block, form.word, form.value)


def cloud_height(content: Content) -> int:
    return _height(content.n_rows)
