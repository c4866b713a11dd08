"""Named units, or those of a tier, over dimensions."""

from __future__ import annotations

import numpy as np

from ...language import Text
from ...model.figure import Figure
from .. import facts
from ..content import Content, FigureColumn, RadarForm
from ..source import FigureSource, Lacking
from ..titles import titled
from .parts import or_blank

_MOST = 12  # lines that can be told apart
_AXES = 3


def radar(source: FigureSource, figure: Figure) -> Content:
    """Scores of a group's or a tier's units in each dimension."""
    view = source.view(figure)
    nodes = source.nodes(figure.nodes) or source.dimensions
    if len(nodes) < _AXES:
        raise Lacking(_THREE)
    units = view.first(source.root, figure.top or _MOST, view.members(figure.grouping, figure.group))
    values = [view.scores(node)[view.shown, units] for node in nodes]
    of_units = [
        FigureColumn(name, "score", or_blank(np.array([values[k][u] for k in range(len(nodes))])))
        for u, name in enumerate(view.named(units))
    ]
    columns = (FigureColumn(_DIMENSION[source.lang], "name", [node.name for node in nodes]), *of_units)
    told = [*facts.moves(view, source.root, units)]
    told += [fact for node in nodes for fact in facts.moves(view, node, units)]
    return Content(
        figure, titled(figure, view, len(units)), columns, RadarForm(0, tuple(range(1, len(columns)))), tuple(told)
    )


_DIMENSION = Text("维度", "Dimension")
_THREE = Text("至少三个维度", "three dimensions at least")
