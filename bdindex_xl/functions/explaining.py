"""The worksheet function that says why a row's score is what it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..analysis.decompose import explain
from ..errors import FrameworkError
from ..language import Lang, Text
from ..model.method import Aggregation, Method, Weighting
from ..model.panel import Panel
from ..sheets import choices
from . import arguments, scoring
from .blocks import TOO_LARGE, FunctionFault, cells, given, read_some

HEADINGS = (
    Text("指标", "indicator"),
    Text("得分", "score"),
    Text("排名", "rank"),
    Text("权重", "weight"),
    Text("贡献", "contribution"),
    Text("平均贡献", "mean contribution"),
    Text("高于平均", "above the mean"),
)
_ROW = Text("行号参数", "row")
_NO_SCORE = Text(
    "第 {row} 行没有得分：可得的指标不足 65%", "row {row} has no score: fewer than 65% of the indicators are there"
)


def explain_row(
    range_: Any,
    row: Any,
    directions: Any = None,
    weights: Any = None,
    method: Any = None,
    aggregation: Any = None,
    maximum: Any = None,
    *,
    lang: Lang,
) -> list[list[Any]]:
    """A row an indicator, shape (n_columns, 7); contributions add up to the row's score.

    `row` counts the rows of numbers from 1. Scores and contributions run from 0 to full marks. Where the block has
    headings, they name the indicators, and a row of headings stands above; else indicators are numbered.
    """
    full = arguments.maximum(maximum)
    numbers = read_some(range_)
    n_rows, n_columns = numbers.values.shape
    chosen = arguments.whole(row, _ROW, 1, n_rows)
    weighting = Weighting(arguments.choice(method, arguments.WEIGHTINGS, Weighting.IMPROVED_VECTOR))
    own = tuple(arguments.weights(weights, n_columns).tolist()) if given(weights) else None
    framework = scoring.flat(arguments.directions(directions, n_columns), own, None)
    panel = Panel((0,), scoring.names(n_rows), scoring.names(n_columns), numbers.values[None])
    kind = Aggregation(arguments.choice(aggregation, choices.AGGREGATIONS, Aggregation.ARITHMETIC))
    how = Method(weighting=Weighting.GIVEN if own else weighting, aggregation=kind)
    try:
        found = explain(framework, panel, how, unit=panel.units[chosen - 1])
    except FrameworkError as error:
        raise FunctionFault(error.message if error.settings else TOO_LARGE) from None
    if not found.rank:
        raise FunctionFault(_NO_SCORE.format(row=chosen))
    ranks = np.where(found.indicator_rank_array > 0, found.indicator_rank_array, np.nan)
    points = [full * part for part in (found.contribution_array, found.usual_array, found.difference_array)]
    made = cells(np.stack([full * found.indicator_score_array, ranks, found.weight_array, *points], axis=1))
    titles = numbers.headings[-1] if numbers.headings else range(1, n_columns + 1)
    lines: list[list[Any]] = [[title, *line] for title, line in zip(titles, made, strict=True)]
    return [[text[lang] for text in HEADINGS], *lines] if numbers.headings else lines
