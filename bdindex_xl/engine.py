"""compute(): from a framework, raw data and a method to scores, weights and ranks.

Reads top to bottom as the method does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from .core import aggregate, normalise, weight
from .core import rank as rank_
from .core.blocks import blocks, spread
from .errors import FrameworkError
from .language import Text, joined, same
from .model import Array, Framework, Method, Panel, Scope, Weighting
from .stages import Stage, stages

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Result:
    """What `compute` found. Arrays for programs that are in a hurry, frames for people.

    Attributes
    ----------
    framework, method, years, units
        What it was computed from; axes of the arrays follow `years` and `units`.
    normalised_array : array, shape (n_years, n_units, n_indicators) [0-1]
    node_array : array, shape (n_years, n_aggregates, n_units) [0-1]
        Scores of the aggregates, in the framework's order.
    rank_array : array of int32, shape (n_years, n_aggregates, n_units)
        0 where there is no score.
    weight_array, effective_weight_array : arrays, shape (n_years, n_nodes) [share of the parent, of the index]
        In the framework's order; 1 for the index itself.
    """

    framework: Framework
    method: Method
    years: tuple[int, ...]
    units: tuple[str, ...]
    normalised_array: Array
    node_array: Array
    rank_array: rank_.Ranks
    weight_array: Array
    effective_weight_array: Array

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Scores [0-1]: index (year, unit), a column per framework code; an indicator's is its normalised value."""
        return self._frame(self._by_node(self.normalised_array, np.moveaxis(self.node_array, 1, 2)))

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Ranks within each year: index (year, unit), a column per framework code; NaN where there is no score."""
        return self._frame(np.where(self._all_ranks > 0, self._all_ranks, np.nan))

    @cached_property
    def rank_changes(self) -> pd.DataFrame:
        """Places gained on the year before in the data: positive moved up, NaN in the first year and for new units."""
        changes = np.full(self._all_ranks.shape, np.nan)
        changes[1:] = rank_.rank_changes(self._all_ranks[1:], self._all_ranks[:-1])
        return self._frame(changes)

    @cached_property
    def normalised(self) -> pd.DataFrame:
        """Normalised values [0-1]: index (year, unit), a column per indicator code."""
        return self._frame(self.normalised_array, tuple(i.code for i in self.framework.indicators))

    @cached_property
    def weights(self) -> pd.DataFrame:
        """Columns year, parent, child, weight [share of the parent], effective_weight [share of the index]."""
        from .frames import weights_by_year

        below = {k: (node.parent, node.code) for k, node in enumerate(self.framework.nodes) if node.parent is not None}
        at = list(below)
        return weights_by_year(self.years, below.values(), self.weight_array[:, at], self.effective_weight_array[:, at])

    @cached_property
    def _all_ranks(self) -> rank_.Ranks:
        of_indicators = rank_.ranks(np.moveaxis(self.normalised_array, 2, 1))
        return self._by_node(np.moveaxis(of_indicators, 1, 2), np.moveaxis(self.rank_array, 1, 2))

    def _by_node(self, indicators: npt.NDArray[Any], aggregates: npt.NDArray[Any]) -> npt.NDArray[Any]:
        joint = np.concatenate([indicators, aggregates], axis=-1)
        return joint[..., _places(self.framework)]

    def _frame(self, values: Array, codes: tuple[str, ...] | None = None) -> pd.DataFrame:
        from .frames import by_year_and_unit

        return by_year_and_unit(self.years, self.units, codes or self.framework.codes, values)


def compute(framework: Framework, panel: Panel, method: Method | None = None) -> Result:
    """Compute an index: normalise, weight and aggregate level by level, rank.

    Parameters
    ----------
    framework : Framework
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator]
        Must hold every indicator of the framework; others are left out. One ranking a panel: units are compared
        with each other, so provinces and cities go in separately.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.

    Returns
    -------
    Result

    Raises
    ------
    FrameworkError
        Names the codes at fault: indicators without data, without goalposts where the scope asks for them, or
        children without a weight where the weighting is `given`; and infinite values.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y"), ("a", "b"), np.array([[[1.0, 5.0], [2.0, 1.0]]]))
    >>> compute(framework, panel).node_array.ravel()
    array([0.5, 0.5])
    """
    method = method or Method()
    raw = _raw(framework, panel)
    lower, upper = _bounds(framework, raw, method)
    normalised, sums, counts = _normalise(framework, raw, lower, upper, method)
    plan = stages(framework)
    n_indicators = len(framework.indicators)
    n_joint = n_indicators + len(framework.aggregates)
    nodes = np.empty((raw.shape[0], n_joint - n_indicators, raw.shape[1]))
    # Of every node, indicators first: squared distance to the optimum, units with a value, weight in its parent.
    distances, present = (
        np.concatenate([part, np.zeros((len(raw), nodes.shape[1]))], axis=1) for part in (sums, counts)
    )
    weights = np.ones((raw.shape[0], n_joint))
    effective = np.ones_like(weights)
    for stage in plan:
        weights[:, stage.children] = _weights(stage, distances[:, stage.children], present[:, stage.children], method)
        rows = n_indicators + stage.parents
        distances[:, rows], present[:, rows] = _aggregate(stage, weights, normalised, nodes, method)
    for stage in reversed(plan):
        effective[:, stage.children] = (
            weights[:, stage.children] * effective[:, n_indicators + stage.parents[stage.families.owner]]
        )
    places = _places(framework)
    return Result(
        framework, method, panel.years, panel.units, normalised, nodes, rank_.ranks(nodes),
        weights[:, places], effective[:, places],
    )  # fmt: skip


def _places(framework: Framework) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Place of each node of the framework in a joint array of indicators, then aggregates."""
    at = {code: k for k, code in enumerate(framework.joint_codes)}
    return np.array([at[code] for code in framework.codes], dtype=np.intp)


def _raw(framework: Framework, panel: Panel) -> Array:
    wanted = tuple(indicator.code for indicator in framework.indicators)
    if wanted == panel.indicators:
        return panel.values
    missing = [same(code) for code in wanted if code not in panel.indicators]
    if missing:
        text = Text("数据中应有指标 {codes}，实无", "expected data for {codes}, found none")
        raise FrameworkError(text.format(codes=joined(missing)))
    return np.ascontiguousarray(panel.values[:, :, [panel.indicators.index(code) for code in wanted]])


def _bounds(framework: Framework, raw: Array, method: Method) -> tuple[Array, Array]:
    if method.scope is not Scope.GOALPOSTS:
        try:
            return normalise.data_bounds(raw, over_years=method.scope is Scope.PANEL)
        except ValueError:
            text = Text(
                "指标 {codes} 应为有限且可比的数，实有无穷大",
                "expected finite values whose range is finite, found others in {codes}",
            )
            with np.errstate(over="ignore", invalid="ignore"):
                wide = np.isinf(raw).any(axis=(0, 1)) | np.isinf(np.nanmax(raw, (0, 1)) - np.nanmin(raw, (0, 1)))
            codes = [same(i.code) for i, bad in zip(framework.indicators, wide, strict=True) if bad]
            raise FrameworkError(text.format(codes=joined(codes))) from None
    without = [same(i.code) for i in framework.indicators if i.goalposts is None]
    if without:
        text = Text("指标 {codes} 应有下限和上限，实无", "expected lower and upper for {codes}, found none")
        raise FrameworkError(text.format(codes=joined(without)))
    ends = np.array([(i.lower, i.upper) for i in framework.indicators], dtype=np.float64)
    shape = raw.shape[0], raw.shape[2]
    return np.broadcast_to(ends[:, 0], shape), np.broadcast_to(ends[:, 1], shape)


def _normalise(
    framework: Framework, raw: Array, lower: Array, upper: Array, method: Method
) -> tuple[Array, Array, Array]:
    direction = np.array([indicator.direction for indicator in framework.indicators])
    scores = np.empty_like(raw)
    clip = method.scope is Scope.GOALPOSTS

    def work(b: slice) -> tuple[Array, Array]:
        normalise.min_max(raw[:, b], lower, upper, direction=direction, clip=clip, out=scores[:, b])
        return weight.squared_distances(scores[:, b], axis=1)

    parts = spread(work, blocks(raw.shape[1]))
    return scores, *_added(parts)


def _added(parts: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Sums and counts of all blocks together; added in order, so that the result does not hinge on threads."""
    if len(parts) == 1:
        return parts[0]
    return np.sum([sums for sums, _ in parts], axis=0), np.sum([counts for _, counts in parts], axis=0)


def _weights(stage: Stage, sums: Array, counts: Array, method: Method) -> Array:
    """Weights of a stage's children, shape (n_years, n_children)."""
    if method.weights_scope is Scope.PANEL:
        sums, counts = (np.broadcast_to(part.sum(axis=0), part.shape) for part in (sums, counts))
    if method.weighting is Weighting.IMPROVED_VECTOR:
        return weight.improved_vector(sums, counts, stage.families)
    if method.weighting is Weighting.EQUAL:
        return weight.shares(np.ones(len(stage.children)), counts, stage.families)
    return weight.shares(_given(stage), counts, stage.families)


def _given(stage: Stage) -> Array:
    without = [same(node.code) for node in stage.nodes if node.weight is None]
    if without:
        text = Text("{codes} 应有给定权重，实为空白", "expected a weight for {codes}, found none")
        raise FrameworkError(text.format(codes=joined(without)))
    importance = np.array([node.weight for node in stage.nodes], dtype=np.float64)
    totals = np.add.reduceat(importance, stage.families.starts)
    if not totals.all():
        parents = dict.fromkeys(n.parent for n in stage.nodes)
        codes = joined([same(code) for code, total in zip(parents, totals, strict=True) if not total])
        text = Text(
            "{codes} 的下级权重之和应大于 0", "expected the weights of the children of {codes} to sum to more than 0"
        )
        raise FrameworkError(text.format(codes=codes))
    return importance


def _aggregate(stage: Stage, weights: Array, normalised: Array, nodes: Array, method: Method) -> tuple[Array, Array]:
    """Scores of a stage's parents, into their rows of `nodes`; returns their squared distances and counts."""
    n_indicators = normalised.shape[2]
    matrix = np.zeros((weights.shape[0], len(stage.parents), weights.shape[1]))
    matrix[:, stage.families.owner, stage.children] = weights[:, stage.children]
    of_indicators, of_nodes = stage.of_indicators, stage.of_nodes

    def work(b: slice) -> tuple[Array, Array]:
        parts = []
        if of_indicators.size:
            children = normalised[:, b, of_indicators] if stage.some_indicators else normalised[:, b]
            parts.append((np.swapaxes(children, 1, 2), matrix[:, :, of_indicators], stage.belongs[:, of_indicators]))
        if of_nodes.size:
            at = n_indicators + of_nodes
            parts.append((nodes[:, of_nodes, b], matrix[:, :, at], stage.belongs[:, at]))
        scores = aggregate.arithmetic(parts, min_available=method.min_available)
        nodes[:, stage.parents, b] = scores
        return weight.squared_distances(scores, axis=2)

    return _added(spread(work, blocks(normalised.shape[1])))
