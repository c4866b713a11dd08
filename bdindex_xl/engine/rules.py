"""What applies to each node, of its own or of the method: found once for a framework and a method."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ..core.arrays import Array, Index
from ..core.rounding import rounded
from ..model.framework import Aggregate, Framework, Node
from ..model.method import Aggregation, Method
from .stages import Stage, stages

Decimals = npt.NDArray[np.int_]  # -1 where nothing is rounded


@dataclass(frozen=True, slots=True)
class Mean:
    """How children become a parent's score: the aggregation, and the exponent of a power mean."""

    kind: Aggregation
    exponent: float = 0.0


@dataclass(frozen=True, eq=False)
class StageRule:
    """What applies to the parents of a stage.

    means : each way of aggregation in use, and the rows of its parents.
    decimals : of scores before they go into the next level, shape (n_parents,); None where none is rounded.
    """

    means: tuple[tuple[Mean, Index], ...]
    decimals: Decimals | None

    @property
    def plain(self) -> bool:
        """Whether all parents are arithmetic means, and stay as they are."""
        return self.decimals is None and all(mean.kind is Aggregation.ARITHMETIC for mean, _ in self.means)


@dataclass(frozen=True, eq=False)
class Rules:
    """What applies to a framework's nodes.

    of_stages : in the order of `stages`.
    of_indicators : decimals of normalised scores, shape (n_indicators,); None where none is rounded.
    of_ranks : decimals by which ranks of the aggregates go, shape (n_aggregates,); None where none is rounded.
    """

    of_stages: tuple[StageRule, ...]
    of_indicators: Decimals | None
    of_ranks: Decimals | None


@lru_cache(maxsize=64)
def rules(framework: Framework, method: Method) -> Rules:
    """The rules of a framework under a method."""
    return Rules(
        tuple(_rule(framework, stage, method) for stage in stages(framework)),
        _decimals([decimals_of(node, method) for node in framework.indicators]),
        _decimals([method.decimals if node.decimals is None else node.decimals for node in framework.aggregates]),
    )


def aggregation_of(parent: Aggregate, method: Method) -> Aggregation:
    """How a parent's children become its score."""
    return parent.aggregation or method.aggregation


def mean_of(parent: Aggregate, method: Method) -> Mean:
    """How a parent's children become its score, to the exponent."""
    kind = aggregation_of(parent, method)
    return Mean(kind, method.exponent) if kind is Aggregation.POWER_MEAN else Mean(kind)


def is_plain(parent: Aggregate, method: Method) -> bool:
    """Whether a parent's score is the weighted sum of its children's, and nothing else."""
    return aggregation_of(parent, method) is Aggregation.ARITHMETIC and decimals_of(parent, method) is None


def decimals_of(node: Node, method: Method) -> int | None:
    """To how many decimals a node's score is rounded before it goes into the next level."""
    return node.decimals if node.decimals is not None or not method.round_levels else method.decimals


def is_sum(framework: Framework, method: Method) -> bool:
    """Whether every score is the weighted sum of its children's, so that it can be told apart by indicator."""
    return all(is_plain(parent, method) for parent in framework.aggregates)


def levels(framework: Framework, method: Method) -> tuple[object, ...]:
    """How each aggregate's score follows from those of its children, for comparison; but for the weights."""
    return tuple((mean_of(node, method), decimals_of(node, method)) for node in framework.aggregates)


def ranked_by(framework: Framework, method: Method, scores: Array) -> Array:
    """The scores that ranks of the aggregates go by, shape (..., n_aggregates, n_units): themselves, or rounded."""
    decimals = rules(framework, method).of_ranks
    return scores if decimals is None else round_to(scores, decimals[:, None], method)


def index_ranked_by(framework: Framework, method: Method, scores: Array) -> Array:
    """The same of scores of the index alone, of any shape."""
    decimals = rules(framework, method).of_ranks
    if decimals is None:
        return scores
    return round_to(scores, decimals[framework.aggregates.index(framework.root)], method)


def round_to(scores: Array, decimals: Decimals, method: Method) -> Array:
    """Scores rounded on the method's scale, but for those without decimals."""
    made: Array = np.where(decimals < 0, scores, rounded(scores, np.maximum(decimals, 0), scale=method.scale))
    return made


def _rule(framework: Framework, stage: Stage, method: Method) -> StageRule:
    parents = [framework.aggregates[k] for k in stage.parents]
    used = [mean_of(parent, method) for parent in parents]
    means = tuple((mean, np.array([k for k, one in enumerate(used) if one == mean])) for mean in dict.fromkeys(used))
    return StageRule(means, _decimals([decimals_of(parent, method) for parent in parents]))


def _decimals(found: list[int | None]) -> Decimals | None:
    return None if all(one is None for one in found) else np.array([-1 if one is None else one for one in found])
