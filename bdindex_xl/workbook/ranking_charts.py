"""Charts of the rankings. They stand on the guide: a ranking’s table grows both ways, and users write beside it."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..figures.content import FigureColumn
from ..sheets import guide_texts, layout, schema
from ..sheets.areas import quoted
from . import results
from .build import Build
from .native import bars, ink
from .native.block import ChartBlock

TOP = 20  # units that a chart shows
WIDTH, ROW = 720, 18  # pixels: of a chart, of a bar with the gap around it


def top(build: Build, sheet: Worksheet, row: int, column: int, ranking: str) -> int:
    """Insert a ranking's chart of the highest scores; returns its height [pixels].

    Its cells are those where the table has its first rows, so it shows them as soon as there are any.
    """
    n = n_shown(build, ranking)
    specs = layout.specs(schema.RANKING, build.contents.framework, build.lang)
    places = {spec.key: j for j, spec in reversed(list(enumerate(specs)))}
    source = build.names.ranking[ranking]
    columns = (FigureColumn("", "name", [None] * n), FigureColumn("", "score", [None] * n))  # to be calculated
    blank = [""] * n, [None] * n  # texts that are none yet, so that names may follow
    block = ChartBlock(source, results.HEADER, (places["unit"], places["score"]), n, blank)
    chart = bars.plain(ink.Ink(build.workbook), columns, block, 0, 1)
    ink.titled(chart, f"={quoted(source)}!$A$1")
    height = 70 + ROW * n
    chart.set_size({"width": WIDTH, "height": height})
    description = guide_texts.CHART.format(ranking=schema.ranking_label(ranking), n=n)[build.lang]
    sheet.insert_chart(row, column, chart, {"object_position": 2, "description": description})
    return height


def n_shown(build: Build, ranking: str) -> int:
    """Units that a ranking's chart shows."""
    return max(min(TOP, len({row[1] for row in build.contents.data[ranking].rows})), 1)
