"""How indicators are spread, and the framework itself as a tree."""

from __future__ import annotations

import numpy as np

from ...core.arrays import Array
from ...language import Text
from ...model.figure import Figure
from ...model.framework import Node
from ..amounts import number
from ..content import Content, DistributionForm, FigureColumn, TreeForm
from ..source import FigureSource
from ..titles import titled
from ..wording import enumerated


def distribution(source: FigureSource, figure: Figure) -> Content:
    """Scores of all units in each dimension, or in the nodes named: a box and a strip of points each."""
    view = source.view(figure)
    nodes = source.nodes(figure.nodes) or source.dimensions
    units = view.several(view.first(source.root, None, view.members(figure.grouping, figure.group)))
    found = [view.scores(node)[view.shown, units] for node in nodes]
    columns = (
        FigureColumn(_UNIT[source.lang], "name", view.named(units)),
        *(
            FigureColumn(node.name, "score", [None if np.isnan(one) else float(one) for one in values])
            for node, values in zip(nodes, found, strict=True)
        ),
    )
    told = tuple(_spread(node, values) for node, values in zip(nodes, found, strict=True) if not np.isnan(values).all())
    form = DistributionForm(0, tuple(range(1, len(columns))), view.result.method.scale)
    return Content(figure, titled(figure, view), columns, form, told, (_BOX,))


def _spread(node: Node, values: Array) -> Text:
    low, middle, high = np.nanquantile(values, (0.25, 0.5, 0.75))
    return _QUARTILES.format(name=node.name, median=number(middle, 1), low=number(low, 1), high=number(high, 1))


def framework(source: FigureSource, figure: Figure) -> Content:
    """The framework as a tree, with the weight of each node within its parent in the year shown."""
    view = source.view(figure)
    made = source.inputs.framework
    rows = list(_walk(source, source.root, 0))
    places = [made.codes.index(node.code) for node, _ in rows]
    weights = view.result.weight_array[view.shown, places].tolist()
    columns = (
        FigureColumn(_NAME[source.lang], "name", [node.name for node, _ in rows]),
        FigureColumn(_LEVEL[source.lang], "count", [depth for _, depth in rows]),
        FigureColumn(
            _WEIGHT[source.lang],
            "weight",
            [None if node == source.root else w for (node, _), w in zip(rows, weights, strict=True)],
        ),
        FigureColumn(_CODE[source.lang], "code", [node.code for node, _ in rows]),
    )
    depths = [depth for _, depth in rows]
    counts = enumerated(str(depths.count(depth)) for depth in range(1, max(depths) + 1))
    told = (_COUNTS.format(levels=max(depths), counts=counts),)
    return Content(figure, titled(figure, view), columns, TreeForm(0, 1, 2), told)


def _walk(source: FigureSource, node: Node, depth: int) -> list[tuple[Node, int]]:
    below = source.inputs.framework.children(node.code) if hasattr(node, "aggregation") else ()
    return [(node, depth), *(found for child in below for found in _walk(source, child, depth + 1))]


_UNIT, _NAME, _LEVEL = Text("地区", "Unit"), Text("名称", "Name"), Text("级别", "Level")
_WEIGHT, _CODE = Text("上级内权重", "Weight within parent"), Text("代码", "Code")
_QUARTILES = Text(
    "{name}得分的中位数为 {median}，中间一半在 {low} 至 {high} 之间。",
    "Half of the scores in {name} are between {low} and {high}; the median is {median}.",
)
_BOX = Text("箱体为四分位数，点为各地区。", "Boxes show quartiles, points the units.")
_COUNTS = Text(
    "指标体系共 {levels} 级，各级个数依次为{counts}。",
    "The framework has {levels} {levels:level|levels}, of {counts} nodes.",
)
