"""How each form of figure is drawn natively: one record a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xlsxwriter.chart import Chart

from ...figures import content as forms
from ...figures.content import Content, FigureColumn
from ...language import Lang
from . import bars, distribution, grids, lines, points, radar
from .block import ChartBlock
from .cellwise import Canvas
from .grids import DrawnCells
from .ink import Ink


def _nothing(content: Content, block: ChartBlock, lang: Lang) -> tuple[FigureColumn, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Charted:
    """A form that is a chart: what draws it, its height [pixels], the cells it needs beside the data."""

    draw: Callable[[Ink, Content, ChartBlock, ChartBlock], Chart]
    height: Callable[[Content], int]
    helpers: Callable[[Content, ChartBlock, Lang], tuple[FigureColumn, ...]] = _nothing


@dataclass(frozen=True, slots=True)
class Celled:
    """A form that is drawn in cells: what writes them, and how many rows and columns they take."""

    draw: Callable[[Canvas, Content, ChartBlock, DrawnCells], None]
    size: Callable[[Content], tuple[int, int]]


NATIVE: Mapping[type[forms.Form], Charted | Celled] = {
    forms.BarsForm: Charted(bars.bars, bars.height),
    forms.ColumnsAndLineForm: Charted(bars.columns_and_line, lambda _: 400),
    forms.RanksForm: Charted(lines.ranks, lines.height, lines.rank_places),
    forms.LinesForm: Charted(lines.lines, lines.height, lines.line_places),
    forms.ScatterForm: Charted(points.scatter, lambda _: points.HEIGHT, points.name_places),
    forms.RadarForm: Charted(radar.radar, lambda _: radar.HEIGHT),
    forms.SharesForm: Charted(bars.shares, bars.shares_height),
    forms.TilesForm: Celled(grids.tiles, grids.tiles_size),
    forms.HeatForm: Celled(grids.heat, grids.heat_size),
    forms.DistributionForm: Charted(distribution.distribution, lambda _: distribution.HEIGHT, distribution.reckoned),
    forms.TreeForm: Celled(grids.tree, grids.tree_size),
    forms.CloudForm: Charted(bars.cloud, bars.cloud_height),
}
"""Every form but the table, which is its data."""
