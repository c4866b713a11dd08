"""Which drawing shows which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ...figures import content as forms
from ...figures.content import Content
from . import bars, cloud, coloured_cells, distribution, lines, radar, ranks, scatter, tree
from .drawing import Drawing
from .look import Look

DRAWERS: Mapping[type[forms.Form], Callable[[Content, Any, Look], Drawing]] = {
    forms.BarsForm: bars.bars,
    forms.SharesForm: bars.shares,
    forms.ColumnsAndLineForm: bars.columns_and_line,
    forms.RanksForm: ranks.ranks,
    forms.LinesForm: lines.lines,
    forms.ScatterForm: scatter.scatter,
    forms.RadarForm: radar.radar,
    forms.TilesForm: coloured_cells.tiles,
    forms.HeatForm: coloured_cells.heat,
    forms.DistributionForm: distribution.distribution,
    forms.TreeForm: tree.tree,
    forms.CloudForm: cloud.cloud,
}


def drawing(content: Content, look: Look) -> Drawing:
    """The picture of a figure that is not a table."""
    columns = tuple(replace(column, values=[_or_none(value) for value in column.values]) for column in content.columns)
    return DRAWERS[type(content.form)](replace(content, columns=columns), content.form, look)


def _or_none(value: Any) -> Any:
    """A value, and None for NaN, which differs from itself."""
    return value if value == value else None
