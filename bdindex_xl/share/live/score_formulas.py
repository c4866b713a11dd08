"""Block 3 of the steps: scores of the aggregates, from those of their children."""

from __future__ import annotations

from collections.abc import Callable

from ...engine.rules import Mean, decimals_of, mean_of
from ...model.framework import Aggregate
from . import working_texts as texts
from .grid import GridCell, GridColumn
from .mean_formulas import MEAN_FORMULAS, Pairs, number
from .refs import listed
from .working import FULL, SHARE, TIE, Steps, cached


def scores(steps: Steps) -> None:
    """Block 3: every aggregate's score. Columns are known beforehand: a parent may stand left of its children."""
    lang, grid = steps.lang, steps.grid
    grid.block(texts.SCORES[lang])
    steps.scores = {node.code: grid.next_column + j for j, node in enumerate(steps.aggregates)}
    for node in steps.aggregates:
        mean = mean_of(steps.inputs.framework, node, steps.inputs.method)
        children = steps.inputs.framework.children(node.code)
        cells: list[GridCell] = []
        for i, row in enumerate(steps.rows):
            parts = [steps.child_cell(child, i) for child in children]
            weights = [steps.weight_cells[row.ranking.key, row.year, child.code] for child in children]
            text = _score(list(zip(parts, weights, strict=True)), _least(steps, node, mean), finish(steps, node, mean))
            cells.append(cached(text, steps.values(node, row)))
        grid.add(GridColumn(texts.SCORE.format(name=node.name)[lang], "score", cells))


def _score(pairs: Pairs, least: str, score: Callable[[Pairs, str], str]) -> str:
    """The score of a unit: blank where too few of its children's are there."""
    under = "+".join(f"ISNUMBER({part})*{weight}" for part, weight in pairs)
    few = f"COUNT({listed([part for part, _ in pairs])})+{_HAIR}<{least}*{len(pairs)}"
    return f'IF(OR({few},{under}=0),"",{score(pairs, under)})'


_HAIR = number(1e-12)  # of a count: see `core.means`


def _least(steps: Steps, node: Aggregate, mean: Mean) -> str:
    """Which share of a parent's children a unit must have: that of the settings, unless it is another."""
    return SHARE if mean.least == steps.inputs.method.min_available else number(mean.least)


def finish(steps: Steps, node: Aggregate, mean: Mean) -> Callable[[Pairs, str], str]:
    """A parent's mean, turned round and rounded as it goes into the next level."""
    decimals = decimals_of(node, steps.inputs.method)

    def score(pairs: Pairs, under: str) -> str:
        text = MEAN_FORMULAS[mean.kind](pairs, under, mean.exponent)
        text = f"{FULL}-({text})" if node.direction < 0 else text
        return text if decimals is None else rounded(text, decimals)

    return score


def rounded(text: str, decimals: int) -> str:
    """A score of at least 0 to so many decimals; what is a half but for rounding counts as a half."""
    return f"ROUND({text}+{TIE},{decimals})"
