"""What is better at a node, and to how many decimals: said again, by code that shares nothing with the program's."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from bdindex_xl.model.framework import Aggregate, Node
from bdindex_xl.model.method import Method


def published(node: Aggregate, method: Method, scores: Any) -> Any:
    """Scores as ranks go by them: halves away from zero, and what rounding errors put below one, too."""
    decimals = method.decimals if node.decimals is None else node.decimals
    if decimals is None:
        return scores
    steps = 10.0**decimals
    return np.sign(scores) * np.floor(np.abs(scores) * steps + 0.5 + 1e-9) / steps


def has_least(node: Node) -> bool:
    """Whether values rise from the first to the last."""
    if isinstance(node, Aggregate) or node.direction == 0:
        return False
    turned = node.transformation == "reciprocal"
    return (node.direction < 0) != turned


def goodness(node: Node, value: float) -> float:
    """A number that rises as a value becomes better."""
    if isinstance(node, Aggregate):
        return value  # turned round already where less is better
    make = _MADE[str(node.transformation or "")]
    if node.direction:
        return node.direction * make(value)
    ends = [make(end) for end in (node.best_lower, node.best_upper) if end is not None]
    return -max(min(ends) - make(value), make(value) - max(ends), 0.0)


_MADE: dict[str, Callable[[float], float]] = {
    "": lambda v: v, "ln": math.log, "log10": math.log10, "square root": math.sqrt, "absolute": abs,
    "reciprocal": lambda v: 1.0 / v,
}  # fmt: skip
