"""Scores of a stage's parents from their children's, by the aggregation of each parent."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..core import aggregate, means, missing_weights
from ..core.arrays import Array, Index
from ..core.gaps import any_missing
from ..core.parallel import blocks, spread
from ..core.weight import Families, squared_distances
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..model.framework import Aggregate, Framework
from ..model.method import Aggregation, Method, MissingWeights, Scope
from . import normalise
from .normalise import added
from .of_units import OfUnits
from .own_scores import finish, finished
from .prepare import beyond_bounds
from .rules import Mean, mean_of, rules
from .stages import Stage

MOST_COMPARED = 20_000  # units that Copeland's method compares two by two within a minute
MOST_PROGRAMMES = 2_000  # linear programmes of benefit of the doubt, one a unit, each the longer the more there are
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
    units: OfUnits | None = None,
) -> tuple[Array, Array]:
    """Scores of a stage's parents, into their rows of `nodes`; returns their squared distances and counts.

    Raises FrameworkError naming parents whose children's scores their aggregation or normalisation cannot take.
    """
    rule = rules(framework, method).of_stages[stage.number]
    by_unit = units is not None and any(k in units.weights for k in stage.children.tolist())
    if rule.plain and bounded and not by_unit:
        return _arithmetic(stage, weights, normalised, nodes, rule.least)
    apart = by_unit or method.missing_weights is not MissingWeights.PROPORTIONAL
    if not apart and any(way.kind is Aggregation.ARITHMETIC for way, _ in rule.means):
        _arithmetic(stage, weights, normalised, nodes, rule.least)  # the others' rows are written over
    for way, rows in rule.means:
        if apart or way.kind is not Aggregation.ARITHMETIC:
            own = units if by_unit else None
            nodes[:, stage.parents[rows]] = _mean(framework, stage, rows, weights, normalised, nodes, method, way, own)
    finish(framework, stage, rule, nodes, method, units)
    return normalise.squared_distances(nodes[:, stage.parents], method, bounded=bounded, axis=2)


def children_of(stage: Stage, normalised: Array, nodes: Array) -> Array:
    """Scores of a stage's children, shape (n_years, n_units, n_children); to be read only."""
    return np.swapaxes(_side_by_side(stage.children, normalised, nodes), 1, 2)


def _side_by_side(children: Index, normalised: Array, nodes: Array) -> Array:
    """Scores of children, shape (n_years, n_children, n_units); no copy where they stand together."""
    n_indicators = normalised.shape[2]
    first, last = int(children[0]), int(children[-1])
    if (np.diff(children) == 1).all() and (last < n_indicators or first >= n_indicators):
        if last < n_indicators:
            return np.swapaxes(normalised[:, :, first : last + 1], 1, 2)
        return nodes[:, first - n_indicators : last + 1 - n_indicators]
    scores = np.empty((*normalised.shape[:2], len(children)))
    low = children < n_indicators
    scores[:, :, low] = normalised[:, :, children[low]]
    scores[:, :, ~low] = np.swapaxes(nodes[:, children[~low] - n_indicators], 1, 2)
    return np.swapaxes(scores, 1, 2)


def mean(way: Mean, scores: Array, weights: Array, families: Families, method: Method) -> Array:
    """Parents' scores, shape (n_years, n_parents, n_units), from their children's side by side.

    scores: shape (n_years, n_children, n_units). weights: shape (n_years, n_children), or (n_years, n_children,
    n_units) where units have their own. Raises ValueError where an aggregation cannot take a score, such as one below
    0; FrameworkError for too many units, or without scipy.
    """
    spread = method.missing_weights
    if spread is MissingWeights.KEPT:
        made = _mean_of(way, missing_weights.with_zeros(scores), weights, families, method, least=0.0)
        return np.where(missing_weights.enough(scores, weights, families, min_available=way.least), made, np.nan)
    if spread is MissingWeights.EQUAL and any_missing(scores):
        weights = missing_weights.spread_equally(scores, weights, families)
    return _mean_of(way, scores, weights, families, method, least=way.least)


def _mean_of(way: Mean, scores: Array, weights: Array, families: Families, method: Method, *, least: float) -> Array:
    if weights.ndim == 3 and way.kind.record.compares:
        raise ValueError(_SHARED["en"])
    if way.kind is Aggregation.ARITHMETIC:
        return means.arithmetic(scores, weights, families, min_available=least)
    _check_few(way.kind, scores, method)
    how: dict[str, object] = {"exponent": way.exponent} if way.kind is Aggregation.POWER_MEAN else {}
    if way.kind.record.by_scope:
        how["over_years"] = method.scope is Scope.PANEL
    if way.kind.record.leaves_bounds:
        how["upward"] = method.upward_penalty
    if way.kind is Aggregation.BENEFIT_OF_THE_DOUBT:
        how["shares"] = method.least_share, method.greatest_share
    try:
        return means.MEANS[way.kind](scores, weights, families, min_available=least, **how)
    except ImportError:
        raise FrameworkError(_NO_SCIPY, settings=("aggregation",)) from None


def _check_few(kind: Aggregation, scores: Array, method: Method) -> None:
    """Raises FrameworkError where an aggregation would take hours for so many units."""
    n_years, _, n_units = scores.shape
    if kind is Aggregation.COPELAND and n_units > MOST_COMPARED:
        raise FrameworkError(_TOO_MANY.format(most=MOST_COMPARED, found=n_units))
    if kind is Aggregation.BENEFIT_OF_THE_DOUBT:
        compared = n_units * n_years if method.scope is Scope.PANEL else n_units
        if compared > MOST_PROGRAMMES:
            raise FrameworkError(_TOO_MANY_PROGRAMMES.format(most=MOST_PROGRAMMES, found=compared))


def score_of(framework: Framework, parent: Aggregate, scores: Array, weights: Array, method: Method) -> Array:
    """Scores of one parent, shape (n_units,).

    scores: its children's, shape (n_children, n_units). weights: shape (n_children,). Raises ValueError as `mean`.
    """
    families = Families.of_sizes([len(weights)])
    found: Array = mean(mean_of(framework, parent, method), scores[None], weights[None], families, method)[0, 0]
    return finished(parent, found, method)


def _mean(
    framework: Framework,
    stage: Stage,
    rows: npt.NDArray[np.intp],
    weights: Array,
    normalised: Array,
    nodes: Array,
    method: Method,
    way: Mean,
    units: OfUnits | None,
) -> Array:
    theirs = np.isin(stage.families.owner, rows)
    sizes = np.bincount(stage.families.owner, minlength=len(stage.parents))[rows]
    families = Families.of_sizes(sizes.tolist())
    scores = _side_by_side(stage.children[theirs], normalised, nodes)
    own = weights[:, stage.children[theirs]]
    if units is not None:
        own = weights_by_unit(own, stage.children[theirs], families, units, scores.shape[2])
    try:
        return mean(way, scores, own, families, method)
    except FrameworkError:
        raise
    except ValueError as error:
        raise _refusal(framework, stage, rows, scores, families, method, way.kind, error) from None


def weights_by_unit(weights: Array, children: Index, families: Families, units: OfUnits, n_units: int) -> Array:
    """Weights with those of single units in place of the common ones, within each parent made to sum to 1."""
    made = np.repeat(weights[:, :, None], n_units, axis=2)
    for k, child in enumerate(children.tolist()):
        if child in units.weights:
            own = units.weights[child]
            made[:, k] = np.where(np.isnan(own), made[:, k], own)
    totals = np.add.reduceat(made, families.starts, axis=1)[:, families.owner]
    return np.divide(made, totals, out=np.zeros_like(made), where=totals > 0)


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


_SHARED = Text(
    "各地区的权重应相同，因为该合成方法以各地区相互比较", "expected the same weights for all units, as it compares them"
)
_TOO_MANY_PROGRAMMES = Text(
    "怀疑利益法为每个地区解一个线性规划，最多 {most} 个，实有 {found} 个",
    "benefit of the doubt solves a linear programme for each unit: expected {most} at most, found {found}",
)
_NO_SCIPY = Text(
    "怀疑利益法要解线性规划，需要 scipy，而它未安装：pip install scipy",
    "benefit of the doubt solves linear programmes by scipy, which is not installed: pip install scipy",
)
_CANNOT = Text("{codes} 不能按 {kind} 合成：{why}", "{codes} cannot be aggregated by {kind}: {why}")
_BELOW_0 = Text(
    "{codes}：合成方法 {kind} 要求下级得分不小于 0，而标准化方法 {normalisation} 给出了 {found}；"
    "请改用其他合成方法或标准化方法",
    "{codes}: the aggregation {kind} expects scores of at least 0, and the normalisation {normalisation} gives "
    "{found}; choose another aggregation or another normalisation",
)


def _arithmetic(
    stage: Stage, weights: Array, normalised: Array, nodes: Array, least: float | Array
) -> tuple[Array, Array]:
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
        scores = aggregate.arithmetic(parts, min_available=least)
        nodes[:, stage.parents, b] = scores
        return squared_distances(scores, axis=2)

    return added(spread(work, blocks(normalised.shape[1])))
