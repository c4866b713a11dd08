"""Block 4 of the steps: what the weights of a parent's children are made from."""

from __future__ import annotations

import numpy as np

from ...engine.weigh import weighting_of
from ...model.framework import Aggregate, Indicator, Node
from ...model.method import Scope, Weighting
from ...sheets import schema
from ...sheets.book import Formula
from . import working_texts as texts
from .grid import FIRST, GridCell, GridColumn, here, rows_here
from .working import FULL, Steps, cached


def closeness(steps: Steps) -> None:
    """Block 4: what the weights of a parent's children are made from; siblings stand below each other."""
    lang, grid, method = steps.lang, steps.grid, steps.inputs.method
    kinds = {weighting_of(parent, method) for parent in steps.aggregates}
    grid.block((texts.WEIGHTS_MIXED if len(kinds) > 1 else _NOTES[kinds.pop()])[lang])
    panel = method.weights_scope is Scope.PANEL
    families = [(node, steps.inputs.framework.children(node.code)) for node in steps.aggregates]
    at = [
        (key, y, parent, child, children)
        for key, y in steps.spans
        for parent, children in families
        for child in children
    ]
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    years = {r.key: r.panel.years for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(years[key][y]) for key, y, *_ in at]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[key] for key, *_ in at]))
    grid.add(GridColumn(texts.PARENT[lang], "text", [parent.code for *_, parent, _, _ in at]))
    grid.add(GridColumn(texts.CHILD[lang], "text", [child.code for *_, child, _ in at]))
    count, distance, close = grid.next_column, grid.next_column + 1, grid.next_column + 2
    made: list[tuple[GridCell, GridCell, GridCell]] = []
    first, least = 0, None
    for i, (key, y, parent, child, children) in enumerate(at):
        if child is children[0]:
            first = i
        siblings = first, first + len(children) - 1
        cells = steps.of_child(child, *steps.span(key, y, panel=panel))
        n, d = _distance(steps, child, key, y, panel)
        if child is children[0]:
            distances = (_distance(steps, sibling, key, y, panel)[1] for sibling in children)
            least = min((found for found in distances if found is not None), default=None)
        number, far = here(i, count), here(i, distance)
        made.append((
            cached(f"COUNT({cells})", n),
            cached(f'IF({number}=0,"",(({FULL}-AVERAGE({cells}))^2+DEVSQ({cells})/{number})/{FULL}^2)', d),
            _close(steps, parent, child, number, far, rows_here(*siblings, distance), (n, d, least)),
        ))  # fmt: skip
        steps.closeness[key, years[key][y], child.code] = (
            grid.sheet.cell(FIRST + i, close),
            grid.sheet.column(FIRST + siblings[0], FIRST + siblings[1], close),
        )
    for header, role, k in ((texts.COUNT, "count", 0), (texts.DISTANCE, "value", 1), (texts.CLOSENESS, "value", 2)):
        grid.add(GridColumn(header[lang], role, [row[k] for row in made]))


_NOTES = {
    Weighting.IMPROVED_VECTOR: texts.WEIGHTS,
    Weighting.EQUAL: texts.WEIGHTS_EQUAL,
    Weighting.GIVEN: texts.WEIGHTS_GIVEN,
}


def _close(
    steps: Steps, parent: Aggregate, child: Node, number: str, far: str, siblings: str,
    found: tuple[float, float | None, float | None],
) -> Formula:  # fmt: skip
    n, d, least = found
    weighting = weighting_of(parent, steps.inputs.method)
    if weighting is Weighting.EQUAL:
        return cached(f"IF({number}=0,0,1)", float(n > 0))
    if weighting is Weighting.GIVEN:
        cell = steps.sources.given_weights[child.code]
        return cached(f"IF({number}=0,0,{cell})", float(child.weight or 0) if n else 0.0)
    value = 0.0 if d is None or least is None else float(d == 0) if least == 0 else least / d
    text = f"IF({number}=0,0,IF(MIN({siblings})=0,IF({far}=0,1,0),MIN({siblings})/{far}))"
    return cached(text, value)


def _distance(steps: Steps, child: Node, key: str, y: int, panel: bool) -> tuple[float, float | None]:
    """Number of units with a value, and their mean squared distance to the optimum."""
    result = steps.results[key]
    if isinstance(child, Indicator):
        values = result.normalised_array[:, :, steps.indicators.index(child)]
    else:
        values = result.node_array[:, steps.aggregates.index(child)]
    values = values if panel else values[y]
    there = values[~np.isnan(values)]
    return float(there.size), float(((1.0 - there) ** 2).mean()) if there.size else None
