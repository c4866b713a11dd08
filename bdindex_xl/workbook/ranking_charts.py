"""Charts of the rankings. They stand on the guide: a ranking’s table grows both ways, and users write beside it."""

from __future__ import annotations

from typing import Any

from xlsxwriter.color import Color
from xlsxwriter.worksheet import Worksheet

from ..sheets import guide_texts, layout, schema
from . import results, styles, theme
from .build import Build
from .sheet_names import quoted

TOP = 20  # units that a chart shows
WIDTH, ROW = 720, 19  # pixels: of a chart, of a bar with the gap around it


def top(build: Build, sheet: Worksheet, row: int, column: int, ranking: str) -> int:
    """Insert a ranking's chart of the highest scores; returns its height [pixels].

    Its cells are those where the table has its first rows, so it shows them as soon as there are any.
    """
    n = n_shown(build, ranking)
    specs = layout.specs(schema.RANKING, build.contents.framework, build.lang)
    places = {spec.key: j for j, spec in reversed(list(enumerate(specs)))}
    source = build.names.ranking[ranking]
    last = results.BODY + n - 1
    chart = build.workbook.add_chart({"type": "bar"})
    chart.add_series({
        "name": guide_texts.CHART.format(ranking=schema.ranking_label(ranking), n=n)[build.lang],
        "categories": [source, results.BODY, places["unit"], last, places["unit"]],
        "values": [source, results.BODY, places["score"], last, places["score"]],
        "fill": {"color": styles.CHART},
        "gap": 45,
        "data_labels": {"value": True, "num_format": "0.0", "font": _font(9, theme.SLATE)},
    })  # fmt: skip
    chart.set_title({
        "name": f"={quoted(source)}!$A$1", "overlay": False, "name_font": _font(12, theme.INK) | {"bold": True},
    })  # fmt: skip
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_y_axis({
        "reverse": True, "num_font": _font(9, theme.TEXT), "line": {"color": theme.RULE},
        "major_tick_mark": "none", "interval_unit": 1,
    })  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": theme.RULE}})
    chart.show_hidden_data()
    height = 70 + ROW * n
    chart.set_size({"width": WIDTH, "height": height})
    description = guide_texts.CHART.format(ranking=schema.ranking_label(ranking), n=n)[build.lang]
    sheet.insert_chart(row, column, chart, {"object_position": 2, "description": description})
    return height


def n_shown(build: Build, ranking: str) -> int:
    """Units that a ranking's chart shows."""
    return max(min(TOP, len({row[1] for row in build.contents.data[ranking].rows})), 1)


def _font(size: float, colour: Color) -> dict[str, Any]:
    return {"size": size, "color": colour}
