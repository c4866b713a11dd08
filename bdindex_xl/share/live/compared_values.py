"""The values of the block of `compared_formulas`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ...core.arrays import Array
from ...core.ideals import DISTINGUISHING
from ...core.moments import ROUNDING
from ...core.penalties import RANGE, SPREAD
from ...model.framework import Node
from ...model.method import Aggregation, Scope
from .working import Steps


def _scope(steps: Steps, child: Node, key: str, y: int) -> Array:
    """Scores that are there [to the full marks]."""
    found = steps.found(child, key) * steps.inputs.method.scale
    return _there(found if steps.inputs.method.scope is Scope.PANEL else found[y])


def _there(values: Array) -> Array:
    return values[~np.isnan(values)]


def _alike(values: Array) -> bool:
    return bool(np.ptp(values) <= ROUNDING * np.abs(values).max())


def _standard(steps: Steps, child: Node, key: str, y: int) -> tuple[float, float]:
    values = _scope(steps, child, key, y)
    if not values.size:
        return 0.0, 0.0
    return float(values.mean()), 0.0 if _alike(values) else SPREAD / float(values.std(ddof=1))


def _reference(steps: Steps, child: Node, key: str, y: int) -> tuple[float, float]:
    years = [_there(year) for year in steps.found(child, key) * steps.inputs.method.scale]
    of_all = np.concatenate(years)
    if not of_all.size:
        return 0.0, 0.0
    first = next(year for year in years if year.size)
    return float(first.mean()), 0.0 if _alike(of_all) else RANGE / float(np.ptp(of_all))


def _ends(steps: Steps, child: Node, key: str, y: int) -> tuple[float, float]:
    values = _scope(steps, child, key, y)
    if not values.size:
        return 0.0, 0.0
    most = float(values.max())
    return most if _alike(values) else float(values.min()), most


BY: dict[Aggregation, Callable[[Steps, Node, str, int], tuple[float, float]]] = {
    Aggregation.MPI: _standard,
    Aggregation.AMPI: _reference,
    Aggregation.TOPSIS: _ends,
    Aggregation.GREY_RELATIONAL: _ends,
}


def half(steps: Steps, children: Sequence[Node], key: str, y: int) -> float:
    """Half of the greatest way from the best there is to the worst, of children that carry weight."""
    at = [steps.inputs.framework.codes.index(child.code) for child in children]
    weights = steps.results[key].weight_array[:, at]
    carried = weights if steps.inputs.method.scope is Scope.PANEL else weights[y : y + 1]
    ends = [_ends(steps, child, key, y) for child in children]
    spans = (best - worst for (worst, best), own in zip(ends, carried.T, strict=True) if own.any())
    return DISTINGUISHING * max(spans, default=0.0)
