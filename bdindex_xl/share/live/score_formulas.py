"""Block 3 of the steps: scores of the aggregates, from those of their children."""

from __future__ import annotations

from functools import partial

from ...engine.rules import Mean, mean_of
from ...model.framework import Aggregate
from . import compared_formulas
from . import finished_formulas as own
from . import working_texts as texts
from .grid import GridColumn, here
from .mean_formulas import MEAN_FORMULAS, Pairs, number
from .own_values import before_own
from .refs import listed
from .working import SHARE, Steps, UnitYear, all_cached


def scores(steps: Steps) -> None:
    """Block 3: every aggregate's score, and where that hangs on the others', what it is made of.

    Columns are known beforehand: a parent may stand left of its children.
    """
    lang, grid = steps.lang, steps.grid
    apart = [node for node in steps.aggregates if own.is_apart(node, steps.inputs)]
    weighed = _weighed_by_themselves(steps)
    first = grid.next_column + sum(n + 1 for n in (compared_formulas.width(steps), len(apart)) if n) + 1
    steps.scores = {node.code: first + j for j, node in enumerate(steps.aggregates)}
    compared_formulas.compared(steps)
    if apart:
        grid.block(texts.BEFORE[lang])
        steps.before = {node.code: grid.next_column + j for j, node in enumerate(apart)}
    for node in apart:
        found = before_own(steps, node)
        values = steps.by_row(found.__getitem__) * steps.inputs.method.scale
        cells = all_cached(steps.texts(partial(_score, steps, node), weighed), values)
        grid.add(GridColumn(texts.BEFORE_OWN.format(name=node.name)[lang], "score", cells))
    grid.block(texts.SCORES[lang])
    for node in steps.aggregates:
        if node in apart:
            texts_ = steps.texts(partial(own.finished, steps, node), own.unlike(steps, node))
        else:
            texts_ = steps.texts(partial(_score, steps, node), weighed)
        cells = all_cached(texts_, steps.values(node))
        grid.add(GridColumn(texts.SCORE.format(name=node.name)[lang], "score", cells))


def _score(steps: Steps, node: Aggregate, i: int, row: UnitYear) -> str:
    """The score of a unit: blank where too few of its children's are there, or its factor is not."""
    mean = mean_of(steps.inputs.framework, node, steps.inputs.method)
    pairs = _pairs(steps, node, i, row)
    under = "+".join(f"ISNUMBER({part})*{weight}" for part, weight in pairs)
    few = f"COUNT({listed([part for part, _ in pairs])})+{_HAIR}<{_least(steps, mean)}*{len(pairs)}"
    without = f"{few},{under}=0"
    if mean.kind in MEAN_FORMULAS:
        score = MEAN_FORMULAS[mean.kind](pairs, under, mean.exponent)
    else:
        score, nothing_told = compared_formulas.score(steps, node, row, pairs, under)
        without = f"{without},{nothing_told}" if nothing_told else without
    if node.factor:
        times = here(i, steps.entered[node.factor])
        # A blank is text, and so not below 0, in all programs that read copies.
        without, score = f'{without},{times}="",N({times})<0', f"({score})*N({times})"
    if node.code not in steps.before:
        score = own.rounded_for_next(score, node, steps.inputs)
    return f'IF(OR({without}),"",{score})'


def _weighed_by_themselves(steps: Steps) -> frozenset[int]:
    """Rows of the units that have weights of their own."""
    units = {unit for unit, _ in steps.sources.unit_weights}
    of_rows = ((i, row.ranking.panel.units[row.u]) for i, row in enumerate(steps.rows if units else ()))
    return frozenset(i for i, unit in of_rows if unit in units)


def _pairs(steps: Steps, node: Aggregate, i: int, row: UnitYear) -> Pairs:
    """The cells of a unit's scores of a parent's children, and of their weights: its own, where it has some."""
    pairs = []
    for child in steps.inputs.framework.children(node.code):
        common = steps.weight_cells[row.ranking.key, row.year, child.code]
        unit = row.ranking.panel.units[row.u]
        pairs.append((steps.child_cell(child, i), steps.sources.unit_weights.get((unit, child.code), common)))
    return pairs


_HAIR = number(1e-12)  # of a count: see `core.means`


def _least(steps: Steps, mean: Mean) -> str:
    """Which share of a parent's children a unit must have: that of the settings, unless it is another."""
    return SHARE if mean.least == steps.inputs.method.min_available else number(mean.least)
