"""Block 3 of the steps: scores of the aggregates, from those of their children."""

from __future__ import annotations

from ...engine.rules import Mean, mean_of
from . import working_texts as texts
from .grid import GridCell, GridColumn
from .mean_formulas import MEAN_FORMULAS, Pairs
from .refs import listed
from .working import SHARE, TIE, Steps, cached


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
            cells.append(cached(_score(list(zip(parts, weights, strict=True)), mean), steps.values(node, row)))
        grid.add(GridColumn(texts.SCORE.format(name=node.name)[lang], "score", cells))


def _score(pairs: Pairs, mean: Mean) -> str:
    """The score of a unit: blank where too few of its children's are there."""
    under = "+".join(f"ISNUMBER({part})*{weight}" for part, weight in pairs)
    few = f"COUNT({listed([part for part, _ in pairs])})+{TIE}<{SHARE}*{len(pairs)}"
    return f'IF(OR({few},{under}=0),"",{MEAN_FORMULAS[mean.kind](pairs, under, mean.exponent)})'
