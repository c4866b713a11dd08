"""Scores of a stage's parents from their children's, by the aggregation of each parent."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..core import aggregate, means
from ..core.arrays import Array
from ..core.parallel import blocks, spread
from ..core.rounding import rounded
from ..core.weight import Families, squared_distances
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..model.framework import Aggregate, Framework
from ..model.method import Aggregation, Method
from . import normalise
from .normalise import added
from .prepare import beyond_bounds
from .rules import Mean, decimals_of, mean_of, round_to, rules
from .stages import Stage

MOST_COMPARED = 20_000  # units that Copeland's method compares two by two within a minute
_TOO_MANY = Text(
    "科普兰法两两比较地区，最多 {most} 个，实有 {found} 个",
    "Copeland's method compares units two by two: expected {most} at most, found {found}",
)


def aggregated(
    framework: Framework,
    stage: Stage,
    weights: Array,
    normalised: Array,
    nodes: Array,
    method: Method,
    *,
    bounded: bool,
) -> tuple[Array, Array]:
    """Scores of a stage's parents, into their rows of `nodes`; returns their squared distances and counts.

    Raises FrameworkError naming parents whose children's scores their aggregation cannot take.
    """
    rule = rules(framework, method).of_stages[stage.number]
    if rule.plain and bounded:
        return _arithmetic(stage, weights, normalised, nodes, method)
    if any(way.kind is Aggregation.ARITHMETIC for way, _ in rule.means):
        _arithmetic(stage, weights, normalised, nodes, method)  # the others' rows are written over
    for way, rows in rule.means:
        if way.kind is Aggregation.COPELAND and normalised.shape[1] > MOST_COMPARED:
            raise FrameworkError(_TOO_MANY.format(most=MOST_COMPARED, found=normalised.shape[1]))
        if way.kind is not Aggregation.ARITHMETIC:
            nodes[:, stage.parents[rows]] = _mean(framework, stage, rows, weights, normalised, nodes, method, way)
    if rule.decimals is not None:
        nodes[:, stage.parents] = round_to(nodes[:, stage.parents], rule.decimals[:, None], method)
    return normalise.squared_distances(nodes[:, stage.parents], method, bounded=bounded, axis=2)


def children_of(stage: Stage, normalised: Array, nodes: Array) -> Array:
    """Scores of a stage's children, shape (n_years, n_units, n_children)."""
    n_indicators = normalised.shape[2]
    scores = np.empty((*normalised.shape[:2], len(stage.children)))
    low = stage.children < n_indicators
    scores[:, :, low] = normalised[:, :, stage.children[low]]
    scores[:, :, ~low] = np.swapaxes(nodes[:, stage.children[~low] - n_indicators], 1, 2)
    return scores


def mean(way: Mean, scores: Array, weights: Array, families: Families, method: Method) -> Array:
    """Parents' scores, shape (n_years, n_parents, n_units), from their children's side by side.

    scores: shape (n_years, n_children, n_units). weights: shape (n_years, n_children). Raises ValueError where an
    aggregation cannot take a score, such as one below 0.
    """
    if way.kind is Aggregation.ARITHMETIC:
        belongs = np.zeros((len(families.starts), scores.shape[1]))
        belongs[families.owner, np.arange(scores.shape[1])] = 1.0
        return aggregate.arithmetic([(scores, belongs * weights[:, None], belongs)], min_available=method.min_available)
    how = {"exponent": way.exponent} if way.kind is Aggregation.POWER_MEAN else {}
    return means.MEANS[way.kind](scores, weights, families, min_available=method.min_available, **how)


def score_of(parent: Aggregate, scores: Array, weights: Array, method: Method) -> Array:
    """Scores of one parent, shape (n_units,).

    scores: its children's, shape (n_children, n_units). weights: shape (n_children,). Raises ValueError as `mean`.
    """
    families = Families.of_sizes([len(weights)])
    found: Array = mean(mean_of(parent, method), scores[None], weights[None], families, method)[0, 0]
    decimals = decimals_of(parent, method)
    return found if decimals is None else rounded(found, decimals, scale=method.scale)


def _mean(
    framework: Framework,
    stage: Stage,
    rows: npt.NDArray[np.intp],
    weights: Array,
    normalised: Array,
    nodes: Array,
    method: Method,
    way: Mean,
) -> Array:
    theirs = np.isin(stage.families.owner, rows)
    sizes = np.bincount(stage.families.owner, minlength=len(stage.parents))[rows]
    families = Families.of_sizes(sizes.tolist())
    scores = np.swapaxes(children_of(stage, normalised, nodes), 1, 2)[:, theirs]
    own = weights[:, stage.children[theirs]]
    try:
        return mean(way, scores, own, families, method)
    except ValueError as error:
        raise _refusal(framework, stage, rows, scores, families, method, way.kind, error) from None


def _refusal(
    framework: Framework,
    stage: Stage,
    rows: npt.NDArray[np.intp],
    scores: Array,
    families: Families,
    method: Method,
    kind: Aggregation,
    error: ValueError,
) -> FrameworkError:
    """Why parents cannot be aggregated: for scores below 0, the settings that do not go together."""
    with np.errstate(invalid="ignore"):
        below = np.fmin.reduce(scores, axis=(0, 2), initial=0.0)
    owners = dict.fromkeys(families.owner[below < 0].tolist()) or range(len(rows))
    parents = [framework.aggregates[stage.parents[rows[k]]] for k in owners]
    codes = joined([same(parent.code) for parent in parents])
    if not (below < 0).any():
        return FrameworkError(_CANNOT.format(codes=codes, kind=same(kind), why=same(error)))
    of_method = ("aggregation",) if any(parent.aggregation is None for parent in parents) else ()
    return FrameworkError(
        _BELOW_0.format(
            codes=codes, kind=same(kind), normalisation=beyond_bounds(framework, method), found=f"{below.min():.4g}"
        ),
        settings=(*of_method, *(() if method.normalisation.record.bounded else ("normalisation",))),
    )


_CANNOT = Text("{codes} 不能按 {kind} 合成：{why}", "{codes} cannot be aggregated by {kind}: {why}")
_BELOW_0 = Text(
    "{codes}：合成方法 {kind} 要求下级得分不小于 0，而标准化方法 {normalisation} 给出了 {found}；"
    "请改用其他合成方法或标准化方法",
    "{codes}: the aggregation {kind} expects scores of at least 0, and the normalisation {normalisation} gives "
    "{found}; choose another aggregation or another normalisation",
)


def _arithmetic(stage: Stage, weights: Array, normalised: Array, nodes: Array, method: Method) -> tuple[Array, Array]:
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
        return squared_distances(scores, axis=2)

    return added(spread(work, blocks(normalised.shape[1])))
