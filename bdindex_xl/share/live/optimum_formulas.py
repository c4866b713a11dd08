"""How far scores are off the optimum, as weights go by it: full marks, or where scores are not bound, the best there is
over the scope of normalisation.
"""

from __future__ import annotations

import numpy as np

from ...core.arrays import Array
from ...engine.prepare import normalisation_of
from ...engine.rules import keeps_bounds
from ...model.framework import Node
from ...model.method import Scope
from ...sheets.inputs import Inputs
from .working import FULL, Steps


def is_bounded(inputs: Inputs) -> bool:
    """Whether all scores lie between 0 and full marks, which then are the optimum throughout."""
    framework, method = inputs.framework, inputs.method
    kinds = {normalisation_of(indicator, method) for indicator in framework.indicators}
    return all(kind.record.bounded for kind in kinds) and keeps_bounds(framework, method)


def distance(steps: Steps, child: Node, ranking: str, y: int) -> str:
    """The mean squared distance of a child's scores over the units and years that weigh it [share of full marks]."""
    method = steps.inputs.method
    together = method.weights_scope is Scope.PANEL
    cells = steps.of_child(child, *steps.span(ranking, y, panel=together))
    best = FULL
    if not is_bounded(steps.inputs):
        if together and method.scope is Scope.YEAR:  # each year has an optimum of its own
            years = [steps.of_child(child, *span) for (key, _), span in steps.spans.items() if key == ranking]
            parts = (f"IF(COUNT({one})=0,0,COUNT({one})*(MAX({one})-AVERAGE({one}))^2+DEVSQ({one}))" for one in years)
            return f"({'+'.join(parts)})/COUNT({cells})/{FULL}^2"
        best = f"MAX({steps.of_child(child, *steps.span(ranking, y, panel=method.scope is Scope.PANEL))})"
    return f"(({best}-AVERAGE({cells}))^2+DEVSQ({cells})/COUNT({cells}))/{FULL}^2"


def to_optimum(steps: Steps, scores: Array) -> Array:
    """Scores [0-1], shape (n_years, n_units, n_children), moved so that the optimum of each child is 1."""
    if is_bounded(steps.inputs):
        return scores
    over_years = steps.inputs.method.scope is Scope.PANEL
    best = np.fmax.reduce(scores, axis=(0, 1) if over_years else 1, keepdims=True)
    return np.asarray(scores + (1.0 - best))
