"""The sheet of growth: how the index has changed on the year before, and since an earlier year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..core.over_time import annual_growth, change
from ..engine.compute import Result
from . import layout, schema
from .book import ResultTable
from .inputs import Inputs, Ranking
from .layout import Spec
from .node_values import ColumnCells, NodeValues, best_first, root, shown


def table(inputs: Inputs, results: Mapping[str, Result]) -> ResultTable:
    """Every unit, ranking by ranking, in the order of their ranks."""
    specs = layout.specs(schema.GROWTH, inputs.framework, inputs.lang)
    columns: dict[str, list[Any]] = {spec.header: [] for spec in specs}
    for ranking in inputs.rankings:
        column = _of_ranking(inputs, ranking, results[ranking.key])
        for spec in specs:
            columns[spec.header].extend(column(spec))
    return layout.from_columns(schema.GROWTH, inputs.framework, inputs.lang, lambda spec: columns[spec.header])


def since(inputs: Inputs, ranking: Ranking) -> int | None:
    """The place of the year that the one shown is compared with; None where the data have none."""
    years, back = ranking.panel.years, inputs.settings.growth_years
    year = years[0] if isinstance(back, str) else ranking.year - int(back)
    return years.index(year) if year in years and year < ranking.year else None


def _of_ranking(inputs: Inputs, ranking: Ranking, result: Result) -> Callable[[Spec], ColumnCells]:
    y, then, k = ranking.shown, since(inputs, ranking), root(inputs)
    ranks, scores = result.rank_array, shown(result.node_array[:, k], inputs)
    nodes = NodeValues(inputs, result.node_array[y], ranks[y], None if then is None else ranks[then])
    order = best_first(ranks[y, k])
    full = inputs.method.scale
    missing = np.full(len(scores[y]), np.nan)
    score_then = missing if then is None else scores[then]
    n_years = 1 if then is None else ranking.year - ranking.panel.years[then]
    found = {
        "yearly_change": change(scores[y - 1], scores[y], full) if y else missing,
        "score_then": score_then,
        "change": change(score_then, scores[y], full),
        "growth": annual_growth(score_then, scores[y], n_years, full),
    }
    units = order.tolist()
    texts = {
        "ranking": [schema.ranking_label(ranking.key)[inputs.lang]] * len(units),
        "unit": [ranking.panel.units[u] for u in units],
        "name": [ranking.label(u) for u in units],
        "since": [None if then is None else ranking.panel.years[then]] * len(units),
    }

    def column(spec: Spec) -> ColumnCells:
        if spec.node:
            return nodes.column(spec, order)
        return texts[spec.key] if spec.key in texts else found[spec.key][order]

    return column
