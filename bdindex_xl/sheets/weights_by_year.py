"""The sheet of weights by year: a row for each node of each ranking, from the top down, a column for each year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..engine.compute import Result
from ..model.framework import Framework, Node
from . import layout, schema
from .book import ResultTable
from .inputs import Inputs, Ranking
from .layout import Spec

# What a cell of a weight holds: of a ranking, a year, a node, and which weight; None where the ranking lacks the year.
OfNode = Callable[[Ranking, int, Node, str], Any]


def table(inputs: Inputs, results: Mapping[str, Result]) -> ResultTable:
    """The table, of numbers."""
    return table_of(inputs, values_of(inputs, results))


def values_of(inputs: Inputs, results: Mapping[str, Result]) -> OfNode:
    """What finds weights in results."""
    at = {code: k for k, code in enumerate(inputs.framework.codes)}

    def cell(ranking: Ranking, year: int, node: Node, key: str) -> Any:
        result = results[ranking.key]
        weights = result.weight_array if key == "weight" else result.effective_weight_array
        return float(weights[result.years.index(year), at[node.code]])

    return cell


def table_of(inputs: Inputs, cell: OfNode) -> ResultTable:
    """The table, of what a function says of the weights."""
    nodes, own = list(_below(inputs.framework, inputs.framework.root)), inputs.framework.level
    texts: dict[str, Callable[[Ranking, Node], Any]] = {
        "ranking": lambda ranking, _: schema.ranking_label(ranking.key)[inputs.lang],
        "code": lambda _, node: node.code,
        "node": lambda _, node: node.name,
        "level": lambda _, node: own(node.code),
    }

    def column(spec: Spec) -> list[Any]:
        values: list[Any] = []
        for ranking in inputs.rankings:
            year = spec.year or ranking.panel.years[-1]
            if spec.key in texts:
                values += [texts[spec.key](ranking, node) for node in nodes]
            else:
                has_year = year in ranking.panel.years
                values += [cell(ranking, year, node, spec.key) if has_year else None for node in nodes]
        return values

    return layout.from_columns(schema.WEIGHTS_BY_YEAR, inputs.framework, inputs.lang, column, years=inputs.years)


def _below(framework: Framework, node: Node) -> Iterator[Node]:
    """Each node followed by those below it."""
    for child in framework.children(node.code):
        yield child
        if child in framework.aggregates:
            yield from _below(framework, child)
