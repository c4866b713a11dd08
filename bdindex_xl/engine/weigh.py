"""Weights of a stage's children, by the weighting of each parent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from ..core import vector_readings, weight
from ..core.arrays import Array, Flags
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..model.framework import Aggregate, Framework
from ..model.method import Method, MissingWeights, Mixing, Scope, Weighting
from .prepare import beyond_bounds
from .stages import Stage

if TYPE_CHECKING:
    from ..core.given_weights import PairwiseWeights

# What few methods need is imported where it is needed: a recalculation imports for as long as it computes.


class Children(NamedTuple):
    """What is known of a stage's children: shape (n_years, n_children) each; `scores` are asked for where needed.

    distances: sums of squared distances to the optimum. present: units with a value. scores: a function that gives
    them, shape (n_years, n_units, n_children).
    """

    distances: Array
    present: Array
    scores: Callable[[], Array]


def weights(framework: Framework, stage: Stage, children: Children, method: Method) -> Array:
    """Weights, shape (n_years, n_children) [share of the parent].

    Raises FrameworkError naming children without the weight or comparison that their parent's weighting needs.
    """
    parents = [framework.aggregates[k] for k in stage.parents]
    kinds = [weighting_of(parent, method) for parent in parents]
    several = tuple(dict.fromkeys(kinds))
    if len(several) == 1:
        return _mixed(framework, stage, children, method, several[0], np.ones(len(stage.children), dtype=bool))
    chosen = np.zeros(children.present.shape)
    for kind in several:
        theirs = np.array([other is kind for other in kinds])[stage.families.owner]
        chosen[:, theirs] = _mixed(framework, stage, children, method, kind, theirs)[:, theirs]
    return chosen


def weighting_of(parent: Aggregate, method: Method) -> Weighting:
    """The weighting of a parent's children."""
    return parent.weighting or method.weighting


def fixed_weights(framework: Framework, stage: Stage, method: Method) -> Array:
    """Weights that follow from no data, shape (n_children,), as they are while every child has a value; NaN elsewhere.

    Raises as `weights` does.
    """
    n = len(stage.children)
    children = Children(np.zeros((1, n)), np.ones((1, n)), lambda: np.empty((1, 0, n)))
    kinds = [weighting_of(framework.aggregates[k], method) for k in stage.parents]
    fixed = np.full(n, np.nan)
    for kind in {kind for kind in kinds if not kind.record.reads}:
        theirs = np.array([other is kind for other in kinds])[stage.families.owner]
        fixed[theirs] = _mixed(framework, stage, children, method, kind, theirs)[0, theirs]
    return fixed


ACCEPTABLE = 0.1  # consistency ratio up to which judgements are held to agree (Saaty)
_HOW: dict[Mixing, Literal["arithmetic", "multiplicative"]] = {
    Mixing.ARITHMETIC: "arithmetic",
    Mixing.MULTIPLICATIVE: "multiplicative",
}


def _mixed(
    framework: Framework, stage: Stage, children: Children, method: Method, kind: Weighting, theirs: Flags
) -> Array:
    found = _found(framework, stage, children, method, kind, theirs)
    if not method.given_share or kind.record.judged:  # judgements are not mixed with themselves
        return found
    from ..core import given_weights

    given = weight.shares(_given(stage, theirs), _counts(children, method, kind), stage.families)
    mixed = given_weights.mix(given, found, stage.families, share=method.given_share, how=_HOW[method.mixing])
    return weight.shares(mixed, _counts(children, method, kind), stage.families)


def _counts(children: Children, method: Method, kind: Weighting) -> Array:
    if method.missing_weights is not MissingWeights.PROPORTIONAL and not kind.record.reads:
        return np.ones(children.present.shape)  # a child that no unit has keeps its weight, to be spread unit by unit
    return _pooled(children.present) if method.weights_scope is Scope.PANEL else children.present


def _pooled(part: Array) -> Array:
    """Sums over all years, the same in each."""
    pooled: Array = np.broadcast_to(part.sum(axis=0), part.shape)
    return pooled


def _found(
    framework: Framework, stage: Stage, children: Children, method: Method, kind: Weighting, theirs: Flags
) -> Array:
    counts, families = _counts(children, method, kind), stage.families
    if kind.record.reads == "distances":
        sums = _pooled(children.distances) if method.weights_scope is Scope.PANEL else children.distances
        return vector_readings.BY_DISTANCES[kind](sums, counts, families)
    if kind.record.reads == "scores":
        from ..core import weightings

        scores = children.scores()
        if kind is Weighting.EQUAL_IMPORTANCE:
            _check_few(framework, stage, theirs)
        if kind.record.positive:
            every = bool(theirs.all())  # then no copies of many scores
            _check_none_below_0(framework, stage, scores if every else scores[:, :, theirs], theirs, method, kind)
            scores = scores if every else np.where(theirs, scores, np.nan)
        if method.weights_scope is Scope.PANEL:
            found = weightings.BY_SCORES[kind](scores.reshape(1, -1, scores.shape[2]), families, axis=1)
            return np.broadcast_to(found, counts.shape)
        return weightings.BY_SCORES[kind](scores, families, axis=1)
    if kind is Weighting.GIVEN:
        return weight.shares(_given(stage, theirs), counts, families)
    if kind is Weighting.AHP:
        return weight.shares(compared(framework, stage, theirs), counts, families)
    return weight.shares(np.ones(len(stage.children)), counts, families)


MOST_SIBLINGS = 1000  # that equal importance weighs in half a minute; the work grows with their cube


def _check_few(framework: Framework, stage: Stage, theirs: Flags) -> None:
    sizes = np.bincount(stage.families.owner[theirs], minlength=len(stage.parents))
    if sizes.max() > MOST_SIBLINGS:
        parent = framework.aggregates[stage.parents[sizes.argmax()]]
        raise FrameworkError(
            _TOO_MANY.format(
                code=same(parent.code),
                kind=same(Weighting.EQUAL_IMPORTANCE),
                most=MOST_SIBLINGS,
                found=int(sizes.max()),
            ),
            settings=("weighting",) if parent.weighting is None else (),
        )


_TOO_MANY = Text(
    "{code}：赋权方法 {kind} 最多用于 {most} 个下级，实有 {found} 个",
    "{code}: the weighting {kind} expects {most} children at most, found {found}",
)


def _check_none_below_0(
    framework: Framework, stage: Stage, scores: Array, theirs: Flags, method: Method, kind: Weighting
) -> None:
    """Raises FrameworkError naming parents whose children's scores a weighting cannot take, and the settings."""
    with np.errstate(invalid="ignore"):
        below = np.fmin.reduce(scores, axis=(0, 1), initial=0.0)
    if not (below < 0).any():
        return
    owners = stage.families.owner[theirs][below < 0]
    parents = [framework.aggregates[stage.parents[owner]] for owner in dict.fromkeys(owners.tolist())]
    own = ("weighting",) if any(parent.weighting is None for parent in parents) else ()
    raise FrameworkError(
        _BELOW_0.format(
            codes=joined([same(parent.code) for parent in parents]),
            weighting=same(kind),
            normalisation=beyond_bounds(framework, method),
            found=f"{below.min():.4g}",
        ),
        settings=(*own, *(() if method.normalisation.record.bounded else ("normalisation",))),
    )


_BELOW_0 = Text(
    "{codes}：赋权方法 {weighting} 要求下级得分不小于 0，而标准化方法 {normalisation} 给出了 {found}；"
    "请改用其他赋权方法或标准化方法",
    "{codes}: the weighting {weighting} expects scores of at least 0, and the normalisation {normalisation} gives "
    "{found}; choose another weighting or another normalisation",
)


def _given(stage: Stage, theirs: Flags) -> Array:
    nodes = [node for node, one in zip(stage.nodes, theirs, strict=True) if one]
    without = [same(node.code) for node in nodes if node.weight is None]
    if without:
        text = Text("{codes} 应有给定权重，实为空白", "expected a weight for {codes}, found none")
        raise FrameworkError(text.format(codes=joined(without)))
    importance = _summable(np.array([node.weight or 0.0 for node in stage.nodes], dtype=np.float64), stage)
    totals = np.add.reduceat(importance, stage.families.starts)[stage.families.owner]
    nought = dict.fromkeys(stage.nodes[k].parent for k in np.flatnonzero(theirs & (totals == 0)))
    if nought:
        text = Text(
            "{codes} 的下级权重之和应大于 0", "expected the weights of the children of {codes} to sum to more than 0"
        )
        raise FrameworkError(text.format(codes=joined([same(code) for code in nought])))
    return importance


def _summable(importance: Array, stage: Stage) -> Array:
    """Weights whose sums neither overflow nor vanish: by powers of two, their proportions stay to the last bit."""
    largest = np.maximum.reduceat(importance, stage.families.starts)
    extreme = (largest > 2.0**500) | (largest < 2.0**-500)
    exponents = np.where(extreme, np.frexp(largest)[1], 0)
    return np.ldexp(importance, -exponents[stage.families.owner])


def compared(framework: Framework, stage: Stage, theirs: Flags) -> Array:
    """Weights from the framework's pairwise comparisons, shape (n_children,); 1 for the children of other parents."""
    importance = np.ones(len(stage.children))
    for owner in np.unique(stage.families.owner[theirs]):
        at = np.flatnonzero(stage.families.owner == owner)
        importance[at] = consistency(framework, [stage.nodes[k].code for k in at]).weights
    return importance


def consistency(framework: Framework, codes: Iterable[str]) -> PairwiseWeights:
    """Weights and consistency ratio of siblings, from the framework's comparisons. Raises FrameworkError."""
    from ..core import given_weights

    place = {code: k for k, code in enumerate(codes)}
    matrix = np.full((len(place), len(place)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for one in framework.comparisons:
        if one.first in place and one.second in place:
            matrix[place[one.first], place[one.second]] = one.ratio
    names = list(place)
    open_ = [(a, b) for a in range(len(names)) for b in range(a) if np.isnan(matrix[a, b]) and np.isnan(matrix[b, a])]
    if open_:
        pairs = joined([same(f"{names[b]}–{names[a]}") for a, b in open_])
        raise FrameworkError(_NOT_COMPARED.format(pairs=pairs))
    try:
        return given_weights.ahp(matrix)
    except ValueError as error:
        raise FrameworkError(_CONTRADICTING.format(codes=joined([same(n) for n in names]), why=same(error))) from None


_NOT_COMPARED = Text(
    "层次分析法需要两两比较，缺少 {pairs}", "AHP: expected a comparison of every pair, found none of {pairs}"
)
_CONTRADICTING = Text("{codes} 的成对比较有误：{why}", "comparisons of {codes}: {why}")
