"""What each indicator adds to a unit's score, whichever way the parents are aggregated."""

from __future__ import annotations

import numpy as np

from ..core.arrays import Array, Index
from ..core.nested_shapley import Tree, contributions
from ..engine.aggregate import score_of
from ..engine.rules import aggregation_of, is_plain
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..model.framework import Framework
from ..model.method import Method, MissingWeights, Normalisation
from ..model.panel import Panel


class NestedParts:
    """The hierarchy of an index with its method, as what shares out scores.

    Raises FrameworkError naming parents whose scores hang on those of other units, and so are no doing of the unit's
    own indicators.
    """

    def __init__(self, framework: Framework, method: Method) -> None:
        self._framework, self._method, self._n = framework, method, len(framework.indicators)
        self.parents = parents_of(framework)
        self._root = framework.joint_codes.index(framework.root.code)
        if method.missing_weights is not MissingWeights.PROPORTIONAL:
            raise FrameworkError(_SPREAD, settings=("missing_weights",))
        factors = [same(one.code) for one in framework.aggregates if one.factor]
        if factors:
            raise FrameworkError(_FACTORS.format(codes=joined(factors)))
        found = comparing(framework, method)
        if found:
            codes = joined([same(code) for code in found])
            raise FrameworkError(_NO_PARTS.format(codes=codes), settings=("aggregation",))
        sums = [is_plain(parent, method) for parent in framework.aggregates]
        self.additive = all(sums)
        self._tree = Tree(self.parents, np.array([False] * self._n + sums))

    def of(self, scores: Array, weights: Array, reference: Array) -> Array:
        """Contributions of the indicators to the index, shape (n, n_indicators); they add up to it.

        scores : of the indicators, shape (n, n_indicators), each row a unit. weights : within the parent, in the joint
        order, shape (n, n_joint), of each row. reference : scores, shape (n_indicators,), that the unit's own are held
        against where an index is no sum of its indicators.
        """
        return np.stack([self._of_one(own, shares, reference) for own, shares in zip(scores, weights, strict=True)])

    def _of_one(self, own: Array, weights: Array, reference: Array) -> Array:
        children = self._tree.children

        def score(parent: int, scores: Array) -> Array:
            node = self._framework.aggregates[parent - self._n]
            return score_of(self._framework, node, scores, weights[children[parent]], self._method)

        return contributions(own, reference, weights, self._tree, score)


def comparing(framework: Framework, method: Method) -> tuple[str, ...]:
    """Codes of the parents whose scores hang on other units, on a factor, or on weights that are the unit's."""
    if method.missing_weights is not MissingWeights.PROPORTIONAL:
        return tuple(one.code for one in framework.aggregates)
    pointwise = (None, Normalisation.GOALPOSTS)
    return tuple(
        one.code
        for one in framework.aggregates
        if aggregation_of(one, method).record.compares or one.normalisation not in pointwise or one.factor
    )


def parts_of(framework: Framework, panel: Panel, method: Method) -> NestedParts:
    """What shares out the scores of a ranking. Raises FrameworkError as `NestedParts`, and for weights of units."""
    if panel.unit_weights:
        raise FrameworkError(_UNIT_WEIGHTS)
    return NestedParts(framework, method)


def mean_scores(scores: Array, units: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Array:
    """Mean scores of some units, shape (n_indicators,), from shape (n_units, n_indicators); 0 where none has one."""
    some = scores[units]
    n = (~np.isnan(some)).sum(axis=0)
    mean: Array = np.where(n > 0, np.nansum(some, axis=0) / np.maximum(n, 1), 0.0)
    return mean


def parents_of(framework: Framework) -> Index:
    """Place of each node's parent in the joint order; -1 for the root."""
    at = {code: k for k, code in enumerate(framework.joint_codes)}
    parents = [framework.node(code).parent for code in at]
    return np.array([-1 if parent is None else at[parent] for parent in parents], dtype=np.intp)


_NO_PARTS = Text(
    "{codes} 的得分由各地区相互比较得出，不能分解为本地区各指标之和",
    "{codes}: expected an aggregation under which a score follows from the unit's own values; this one compares units, "
    "and leaves no parts",
)
_FACTORS = Text(
    "{codes} 的得分乘以系数，不能分解为各指标之和",
    "{codes}: expected no factor, since a score times a factor leaves no parts",
)
_UNIT_WEIGHTS = Text(
    "地区有自己的权重时，得分不能分解为各指标之和",
    "expected the same weights for all units, since those of single units leave no parts",
)
_SPREAD = Text(
    "缺失指标的权重不是按比例分担，得分不能分解为各指标之和",
    "expected weights of what is missing to be spread in proportion, since others leave no parts",
)
