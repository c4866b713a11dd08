"""Block 3 of the steps: scores of the aggregates, from those of their children."""

from __future__ import annotations

from collections.abc import Sequence

from . import working_texts as texts
from .grid import GridCell, GridColumn
from .refs import listed
from .working import SHARE, TIE, Steps, cached


def scores(steps: Steps) -> None:
    """Block 3: every aggregate's score. Columns are known beforehand: a parent may stand left of its children."""
    lang, grid = steps.lang, steps.grid
    grid.block(texts.SCORES[lang])
    steps.scores = {node.code: grid.next_column + j for j, node in enumerate(steps.aggregates)}
    for node in steps.aggregates:
        children = steps.inputs.framework.children(node.code)
        cells: list[GridCell] = []
        for i, row in enumerate(steps.rows):
            parts = [steps.child_cell(child, i) for child in children]
            weights = [steps.weight_cells[row.ranking.key, row.year, child.code] for child in children]
            cells.append(cached(_mean(parts, weights), steps.values(node, row)))
        grid.add(GridColumn(texts.SCORE.format(name=node.name)[lang], "score", cells))


def _mean(parts: Sequence[str], weights: Sequence[str]) -> str:
    pairs = list(zip(parts, weights, strict=True))
    over = "+".join(f"N({part})*{weight}" for part, weight in pairs)
    under = "+".join(f"ISNUMBER({part})*{weight}" for part, weight in pairs)
    count = f"COUNT({listed(parts)})"
    few = f"{count}+{TIE}<{SHARE}*{len(parts)}"
    return f'IF(OR({few},{under}=0),"",({over})/({under}))'
