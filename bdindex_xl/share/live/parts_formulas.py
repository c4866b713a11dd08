"""What entropy, the Gini coefficient and MEREC make of every single score: blocks of the steps whose columns are then
added up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ...core.arrays import Array
from ...core.moments import ROUNDING
from ...core.weightings import LEAST_OF_MEREC
from ...engine.weigh import weighting_of
from ...language import Text
from ...model.framework import Node
from ...model.method import Scope, Weighting
from . import information_values
from . import working_texts as texts
from .grid import GridCell, GridColumn, here
from .mean_formulas import number
from .working import FULL, Steps, cached


def parts(steps: Steps) -> dict[str, int]:
    """A block for each such weighting in use; the columns of children by code."""
    columns: dict[str, int] = {}
    for kind, (note, header, write) in _WRITE.items():
        parents = [node for node in steps.aggregates if weighting_of(node, steps.inputs.method) is kind]
        if not parents:
            continue
        steps.grid.block(note[steps.lang])
        for parent in parents:
            children = steps.inputs.framework.children(parent.code)
            for child, cells in zip(children, write(steps, children), strict=True):
                name = header.format(name=child.name)[steps.lang]
                columns[child.code] = steps.grid.add(GridColumn(name, "value", cells))
    return columns


def _logs(steps: Steps, children: Sequence[Node]) -> list[list[GridCell]]:
    """z ln z."""
    columns: list[list[GridCell]] = []
    for child in children:
        found, cells = _found(steps, child), list[GridCell]()
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.where(found > 0, found * np.log(found), 0.0)
        for i, value in enumerate(values.tolist()):
            own = steps.child_cell(child, i)
            cells.append(cached(f"IF(N({own})>0,{own}/{FULL}*LN({own}/{FULL}),0)", value))
        columns.append(cells)
    return columns


def _differences(steps: Steps, children: Sequence[Node]) -> list[list[GridCell]]:
    """A score, times how many are less, less how many are greater; the sum is half of all differences of pairs."""
    columns: list[list[GridCell]] = []
    for child in children:
        found, cells = _found(steps, child), list[GridCell]()
        for i, value in enumerate(found.tolist()):
            own, others = steps.child_cell(child, i), steps.of_child(child, *_span(steps, i))
            more = f"SUMPRODUCT(({others}>{own})*({others}<=MAX({others})))"
            text = f'IF({own}="",0,IF({own}<0,NA(),{own}/{FULL}*(SUMPRODUCT(({others}<{own})*1)-{more})))'
            there = found[slice(*_rows(steps, i))]
            cells.append(
                cached(text, 0.0 if value != value else value * float((there < value).sum() - (there > value).sum()))
            )
        columns.append(cells)
    return columns


def _effects(steps: Steps, children: Sequence[Node]) -> list[list[GridCell]]:
    """How much less a unit performs without the child; from columns of logarithms, relative to the child's least."""
    grid = steps.grid
    found = np.stack([_found(steps, child) for child in children], axis=1)
    least = [np.fmin.reduce(found[slice(*_rows(steps, i))], axis=0) for i in range(len(found))]
    logs = information_values.logarithms(found, np.array(least))
    first = grid.next_column
    for child, values in zip(children, logs.T.tolist(), strict=True):
        cells: list[GridCell] = []
        for i, value in enumerate(values):
            own, others = steps.child_cell(child, i), steps.of_child(child, *_span(steps, i))
            log = f"{_log(own)}-{_log(f'MIN({others})')}"
            cells.append(cached(f'IF({own}="","",IF({own}<0,NA(),IF({log}<{number(ROUNDING)},0,{log})))', value))
        grid.add(GridColumn(texts.LOG.format(name=child.name)[steps.lang], "value", cells))
    effects = np.nan_to_num(information_values.effects(logs))
    columns: list[list[GridCell]] = []
    for j in range(len(children)):
        cells = []
        for i, value in enumerate(effects[:, j].tolist()):
            row = f"{here(i, first)}:{here(i, first + len(children) - 1)}"
            log = here(i, first + j)
            cells.append(cached(f'IF({log}="",0,-LN(1-{log}/(COUNT({row})+SUM({row}))))', value))
        columns.append(cells)
    return columns


def _log(text: str) -> str:
    return f"LN(MAX({text}/{FULL},{number(LEAST_OF_MEREC)}))"


def _found(steps: Steps, child: Node) -> Array:
    """Scores of all rows, shape (n_rows,) [0-1]."""
    return steps.values(child) / steps.inputs.method.scale


def _span(steps: Steps, i: int) -> tuple[int, int]:
    """First and last row of those that weigh together with a row."""
    row = steps.rows[i]
    return steps.span(row.ranking.key, row.y, panel=steps.inputs.method.weights_scope is Scope.PANEL)


def _rows(steps: Steps, i: int) -> tuple[int, int]:
    first, last = _span(steps, i)
    return first, last + 1


_WRITE: dict[Weighting, tuple[Text, Text, Callable[[Steps, Sequence[Node]], list[list[GridCell]]]]] = {
    Weighting.ENTROPY: (texts.LOGS, texts.LOGS_OF, _logs),
    Weighting.GINI: (texts.DIFFERENCES, texts.DIFFERENCES_OF, _differences),
    Weighting.MEREC: (texts.EFFECTS, texts.EFFECT, _effects),
}
