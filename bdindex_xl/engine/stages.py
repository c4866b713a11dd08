"""The order in which a framework is aggregated: every parent after its children, as many at once as can be."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..core.arrays import Index
from ..core.weight import Families
from ..model.framework import Framework, Node


class Stage(NamedTuple):
    """Parents that are computed together. Joint places count the indicators first, then the aggregates.

    number: which one it is, counted from the lowest. parents: places among the aggregates. children: joint places,
    parent by parent; families: which are whose. of_indicators: places of the children that are indicators;
    some_indicators: whether that is less than all. of_nodes: places among the aggregates of the others.
    belongs: 1 where a joint place is a parent's child, shape (n_parents, n_joint).
    """

    number: int
    parents: Index
    nodes: tuple[Node, ...]
    children: Index
    families: Families
    of_indicators: Index
    some_indicators: bool
    of_nodes: Index
    belongs: npt.NDArray[np.float64]


@lru_cache(maxsize=64)
def stages(framework: Framework) -> tuple[Stage, ...]:
    """Stages of a framework, lowest first; kept for the next computation with the same framework."""
    at = {code: k for k, code in enumerate(framework.joint_codes)}
    heights: dict[str, int] = {}
    # Deepest first: a node's children have their heights before it.
    for aggregate in sorted(framework.aggregates, key=lambda a: -framework.level(a.code)):
        heights[aggregate.code] = 1 + max(heights.get(child.code, 0) for child in framework.children(aggregate.code))
    return tuple(
        _stage(framework, number, at, [a.code for a in framework.aggregates if heights[a.code] == height])
        for number, height in enumerate(sorted(set(heights.values())))
    )


def _stage(framework: Framework, number: int, at: dict[str, int], parents: list[str]) -> Stage:
    n_indicators = len(framework.indicators)
    families = [framework.children(code) for code in parents]
    nodes = tuple(child for family in families for child in family)
    children = np.array([at[node.code] for node in nodes], dtype=np.intp)
    owned = Families.of_sizes([len(family) for family in families])
    belongs = np.zeros((len(parents), len(at)))
    belongs[owned.owner, children] = 1.0
    of_indicators = np.sort(children[children < n_indicators])
    return Stage(
        number=number,
        parents=np.array([at[code] - n_indicators for code in parents], dtype=np.intp),
        nodes=nodes,
        children=children,
        families=owned,
        of_indicators=of_indicators,
        some_indicators=of_indicators.size < n_indicators,
        of_nodes=np.sort(children[children >= n_indicators]) - n_indicators,
        belongs=belongs,
    )
