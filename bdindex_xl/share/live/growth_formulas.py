"""The sheet of growth with formulas in place of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...sheets import growth as values
from ...sheets import layout, schema
from ...sheets.book import Block, ResultTable
from ...sheets.inputs import Ranking
from . import working_texts as texts
from .grid import GridCell, GridColumn, here
from .rank_formulas import BLANK, Picked
from .refs import OWN
from .result_formulas import change_of_rank, picked_of
from .working import TIE, Steps, cached

_BEFORE, _THEN, _RANK_THEN = "score_before", "score_then", "previous_rank"  # what the steps have of earlier years


def growth(steps: Steps, block: Block, picked: Mapping[tuple[str, int], Picked]) -> ResultTable:
    """The sheet: each row picks the unit whose place it is, and has its changes from the cells beside it."""
    table = values.table(steps.inputs, steps.results)
    specs = layout.specs(schema.GROWTH, steps.inputs.framework, steps.lang)
    place = {spec.key: block.column + block.header.index(spec.header) for spec in specs}
    ranks = next(iter(picked.values())).columns["rank", steps.inputs.framework.root.code]
    earlier = _earlier(steps, ranks)
    rows: list[dict[str, str]] = []
    for ranking in steps.inputs.rankings:
        part = picked[ranking.key, ranking.shown]
        for k in range(part.n_rows):
            at = {key: OWN.cell(block.row + 1 + len(rows), column) for key, column in place.items()}
            rows.append(_row(steps, ranking, part, k, at, earlier))
    columns = []
    for spec, column in zip(specs, table.columns, strict=True):
        cells = column.values
        if spec.key not in ("ranking", "since"):  # which stay, whatever the data
            cells = [cached(row[spec.key], value) for row, value in zip(rows, _plain(cells), strict=True)]
        columns.append(column._replace(values=cells))
    return table._replace(columns=tuple(columns))


def _row(
    steps: Steps, ranking: Ranking, part: Picked, k: int, at: Mapping[str, str], earlier: Mapping[str, int]
) -> dict[str, str]:
    """Formulas of a row, by column."""
    root, then = steps.inputs.framework.root.code, values.since(steps.inputs, ranking)
    from_steps = {
        "unit": part.columns["code", ""],
        "name": part.columns["unit", ""],
        "rank": part.columns["rank", root],
        "score": part.columns["score", root],
        **earlier,
    }
    row = {key: picked_of(steps, part, k, column) for key, column in from_steps.items()}
    score, before = at["score"], row[_BEFORE]
    row["yearly_change"] = _change(score, before)
    row["change"] = row["growth"] = row["rank_change"] = '""'
    if then is not None:
        n_years, old = ranking.year - ranking.panel.years[then], at[_THEN]
        row["change"] = _change(score, old)
        # N() of a blank text is 0: MIN is above the tolerance where both scores are.
        row["growth"] = f'IF(MIN(N({score}),N({old}))>{TIE},IF({at["change"]}=0,0,({score}/{old})^(1/{n_years})-1),"")'
        row["rank_change"] = change_of_rank(at["rank"], at[_RANK_THEN], steps.lang)
    return row


def _change(now: str, then: str) -> str:
    return f'IF(OR({now}="",{then}=""),"",IF(ABS({now}-{then})<={TIE},0,{now}-{then}))'


def _earlier(steps: Steps, ranks: int) -> dict[str, int]:
    """Block 8: the index of the units of the year shown, in the year before and in the one compared with."""
    inputs, grid, root = steps.inputs, steps.grid, steps.inputs.framework.root
    k = steps.aggregates.index(root)
    scores = steps.scores[root.code]
    found: dict[str, list[GridCell]] = {_BEFORE: [], _THEN: [], _RANK_THEN: []}
    for row in steps.rows:
        shown = row.y == row.ranking.shown
        result, then = steps.results[row.ranking.key], values.since(inputs, row.ranking)
        for key, y, column in ((_BEFORE, row.y - 1, scores), (_THEN, then, scores), (_RANK_THEN, then, ranks)):
            place = steps.place_of(row.ranking.key, -1 if y is None else y, row.u)
            if not shown or y is None or place is None:
                found[key].append(BLANK if shown else "")
            elif key == _RANK_THEN:
                found[key].append(cached(here(place, column), int(result.rank_array[y, k, row.u]) or None))
            else:
                score = float(result.node_array[y, k, row.u]) * inputs.method.scale
                found[key].append(cached(here(place, column), score))
    grid.block(texts.EARLIER[steps.lang])
    headers = {_BEFORE: texts.PREVIOUS_SCORE, _THEN: texts.SCORE_THEN, _RANK_THEN: texts.RANK_THEN}
    return {
        key: grid.add(GridColumn(header.format(name=root.name)[steps.lang], role, found[key]))
        for (key, header), role in zip(headers.items(), ("score", "score", "rank"), strict=True)
    }


def _plain(cells: Any) -> list[Any]:
    return cells.tolist() if isinstance(cells, np.ndarray) else list(cells)
