"""What applies to each node, of its own or of the method: found once for a framework and a method."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..core.arrays import Array, Index
from ..core.rounding import rounded
from ..model.framework import Aggregate, Framework, Node
from ..model.method import Aggregation, Method, MissingWeights, Normalisation, Scope
from .prepare import normalisation_of
from .stages import Stage, stages

Decimals = npt.NDArray[np.int_]  # -1 where nothing is rounded


class Mean(NamedTuple):
    """How children become a parent's score: the aggregation, the exponent of a power mean, and the least share of the
    children that a unit must have."""

    kind: Aggregation
    exponent: float
    least: float


class StageRule(NamedTuple):
    """What applies to the parents of a stage.

    means : each way of aggregation in use, and the rows of its parents.
    least : the share of the children that a unit must have, shape (n_parents,), or one for all.
    own : each normalisation of scores before they go into the next level, and the rows of its parents; None for scores
        that are turned round.
    decimals : of scores then, shape (n_parents,); None where none is rounded.
    plain : whether all parents are arithmetic means, and stay as they are.
    """

    means: tuple[tuple[Mean, Index], ...]
    least: float | Array
    own: tuple[tuple[Normalisation | None, Index], ...]
    decimals: Decimals | None
    plain: bool


class Rules(NamedTuple):
    """What applies to a framework's nodes.

    of_stages : in the order of `stages`.
    of_indicators : decimals of normalised scores, shape (n_indicators,); None where none is rounded.
    of_ranks : decimals by which ranks of the aggregates go, shape (n_aggregates,); None where none is rounded.
    bounded : whether scores of aggregates lie within 0 and 1 as long as those of the indicators do.
    """

    of_stages: tuple[StageRule, ...]
    of_indicators: Decimals | None
    of_ranks: Decimals | None
    bounded: bool


@lru_cache(maxsize=64)
def rules(framework: Framework, method: Method) -> Rules:
    """The rules of a framework under a method."""
    return Rules(
        tuple(_rule(framework, stage, method) for stage in stages(framework)),
        _decimals([decimals_of(node, method) for node in framework.indicators]),
        _decimals([method.decimals if node.decimals is None else node.decimals for node in framework.aggregates]),
        keeps_bounds(framework, method),
    )


def aggregation_of(parent: Aggregate, method: Method) -> Aggregation:
    """How a parent's children become its score."""
    return parent.aggregation or method.aggregation


def mean_of(framework: Framework, parent: Aggregate, method: Method) -> Mean:
    """How a parent's children become its score, to the last number."""
    kind = aggregation_of(parent, method)
    exponent = method.exponent if parent.exponent is None else parent.exponent
    return Mean(kind, exponent if kind is Aggregation.POWER_MEAN else 0.0, least_of(framework, parent, method))


def least_of(framework: Framework, parent: Aggregate, method: Method) -> float:
    """Which share of a parent's children a unit must have: its own or the method's, and at least so many children.

    A parent that has fewer children than that needs all of them.
    """
    share = method.min_available if parent.min_available is None else parent.min_available
    n = len(framework.children(parent.code))
    return max(share, min(method.min_children, n) / n)


def keeps_bounds(framework: Framework, method: Method) -> bool:
    """Whether scores of aggregates lie within 0 and 1 as long as those of the indicators do."""
    own = [node.normalisation for node in framework.aggregates if node.normalisation is not None]
    leaves = any(aggregation_of(parent, method).record.leaves_bounds for parent in framework.aggregates)
    return all(kind.record.bounded for kind in own) and not leaves


def is_plain(parent: Aggregate, method: Method) -> bool:
    """Whether a parent's score is the weighted sum of its children's, weights rescaled, and nothing else."""
    is_mean = aggregation_of(parent, method) is Aggregation.ARITHMETIC
    spread = method.missing_weights is MissingWeights.PROPORTIONAL
    return is_mean and spread and not has_own(parent) and not parent.factor and decimals_of(parent, method) is None


def has_own(parent: Aggregate) -> bool:
    """Whether a parent's score is normalised or turned round before it goes into the next level."""
    return parent.normalisation is not None or parent.direction < 0


def decimals_of(node: Node, method: Method) -> int | None:
    """To how many decimals a node's score is rounded before it goes into the next level."""
    return node.decimals if node.decimals is not None or not method.round_levels else method.decimals


def needs_years(framework: Framework, method: Method) -> bool:
    """Whether scores of a year hang on values of other years."""
    kinds = {normalisation_of(indicator, method) for indicator in framework.indicators}
    return (
        Scope.PANEL in (method.scope, method.weights_scope)
        or method.imputation.record.over_years
        or any(kind.record.over_years for kind in kinds)
        or bool(over_years(framework, method))
    )


def over_years(framework: Framework, method: Method) -> tuple[Aggregate, ...]:
    """Aggregates whose scores hang on their children's in other years."""

    def hangs(parent: Aggregate) -> bool:
        mean, own = aggregation_of(parent, method).record, parent.normalisation
        panel = method.scope is Scope.PANEL
        by_own = own is not None and (own.record.over_years or (panel and own is not Normalisation.GOALPOSTS))
        return by_own or mean.over_years or (panel and mean.by_scope)

    return tuple(filter(hangs, framework.aggregates))


def is_sum(framework: Framework, method: Method) -> bool:
    """Whether every score is the weighted sum of its children's, so that it can be told apart by indicator."""
    return all(is_plain(parent, method) for parent in framework.aggregates)


def levels(framework: Framework, method: Method) -> tuple[object, ...]:
    """How each aggregate's score follows from those of its children, for comparison; but for the weights."""
    return tuple(
        (mean_of(framework, node, method), method.missing_weights, decimals_of(node, method), node.normalisation,
         node.direction, node.goalposts)
        for node in framework.aggregates
    )  # fmt: skip


def ranked_by(framework: Framework, method: Method, scores: Array) -> Array:
    """The scores that ranks of the aggregates go by, shape (..., n_aggregates, n_units): themselves, or rounded."""
    decimals = rules(framework, method).of_ranks
    return scores if decimals is None else round_to(scores, decimals[:, None], method)


def index_ranked_by(framework: Framework, method: Method, scores: Array) -> Array:
    """The same of scores of the index alone, of any shape."""
    return node_ranked_by(framework, method, framework.root, scores)


def node_ranked_by(framework: Framework, method: Method, node: Aggregate, scores: Array) -> Array:
    """The same of scores of one aggregate alone, of any shape."""
    decimals = rules(framework, method).of_ranks
    return scores if decimals is None else round_to(scores, decimals[framework.aggregates.index(node)], method)


def round_to(scores: Array, decimals: Decimals, method: Method) -> Array:
    """Scores rounded on the method's scale, but for those without decimals."""
    made: Array = np.where(decimals < 0, scores, rounded(scores, np.maximum(decimals, 0), scale=method.scale))
    return made


def _rule(framework: Framework, stage: Stage, method: Method) -> StageRule:
    parents = [framework.aggregates[k] for k in stage.parents]
    used = [mean_of(framework, parent, method) for parent in parents]
    least = [mean.least for mean in used]
    own = [parent.normalisation for parent in parents]
    turned = [has_own(parent) for parent in parents]
    return StageRule(
        tuple((mean, np.array([k for k, one in enumerate(used) if one == mean])) for mean in dict.fromkeys(used)),
        least[0] if len(set(least)) == 1 else np.array(least),
        tuple(
            (kind, np.array([k for k, one in enumerate(own) if one is kind and turned[k]]))
            for kind in dict.fromkeys(kind for kind, one in zip(own, turned, strict=True) if one)
        ),
        _decimals([decimals_of(parent, method) for parent in parents]),
        all(is_plain(parent, method) for parent in parents),
    )


def _decimals(found: list[int | None]) -> Decimals | None:
    return None if all(one is None for one in found) else np.array([-1 if one is None else one for one in found])
