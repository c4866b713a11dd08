"""The sheet of all years: scores, ranks and rank changes of the index and its dimensions, from the latest year back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..engine.compute import Result
from . import layout, schema
from .book import ResultTable
from .inputs import Inputs, Ranking
from .layout import Spec
from .node_values import ColumnCells, NodeValues, best_first, root


def table(inputs: Inputs, results: Mapping[str, Result]) -> ResultTable:
    """The units that are listed, ranking by ranking, from the latest year back, in the order of their ranks."""
    specs = layout.specs(schema.HISTORY, inputs.framework, inputs.lang)
    columns: dict[str, list[Any]] = {spec.header: [] for spec in specs}
    for ranking in inputs.rankings:
        for y in reversed(range(len(ranking.panel.years))):
            column = _of_year(inputs, ranking, results[ranking.key], y)
            for spec in specs:
                columns[spec.header].extend(column(spec))
    return layout.from_columns(schema.HISTORY, inputs.framework, inputs.lang, lambda spec: columns[spec.header])


def _of_year(inputs: Inputs, ranking: Ranking, result: Result, y: int) -> Callable[[Spec], ColumnCells]:
    """What the columns hold in a year of a ranking."""
    ranks = result.rank_array
    nodes = NodeValues(inputs, result.node_array[y], ranks[y], ranks[y - 1] if y else None)
    order = best_first(ranks[y, root(inputs)])
    order = order[ranking.listed(y)[order]]
    units = order.tolist()
    texts = {
        "year": [ranking.panel.years[y]] * len(units),
        "ranking": [schema.ranking_label(ranking.key)[inputs.lang]] * len(units),
        "unit": [ranking.panel.units[k] for k in units],
        "name": [ranking.label(k) for k in units],
    }
    return lambda spec: nodes.column(spec, order) if spec.node else texts[spec.key]
