"""From raw values to scores, by the normalisation of each indicator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..core import normalise, scaling, weight
from ..core.arrays import Array
from ..core.parallel import blocks, spread
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..model.framework import Framework, Indicator
from ..model.method import Method, Normalisation, Scope
from .prepare import normalisation_of
from .rules import round_to, rules
from .seen import as_scored, deviations

_BY_BOUNDS = (Normalisation.MIN_MAX, Normalisation.GOALPOSTS)


class Normalised(NamedTuple):
    """Scores, shape (n_years, n_units, n_indicators); and of each, shape (n_years, n_indicators), the sum of squared
    distances to the optimum and the number of units with a value. `bounded` where the optimum is 1 throughout.
    """

    scores: Array
    distances: Array
    counts: Array
    bounded: bool


def normalised(framework: Framework, raw: Array, method: Method) -> Normalised:
    """Scores of all indicators.

    Raises FrameworkError naming indicators without the goalposts or target that their normalisation needs, and
    those whose values it cannot take.
    """
    made, rule = _normalised(framework, raw, method), rules(framework, method)
    bounded = made.bounded and rule.bounded
    if rule.of_indicators is None and bounded is made.bounded:
        return made
    scores = made.scores if rule.of_indicators is None else round_to(made.scores, rule.of_indicators, method)
    return Normalised(scores, *squared_distances(scores, method, bounded=bounded, axis=1), bounded)


def scored(nodes: Sequence[Indicator], kind: Normalisation, raw: Array, method: Method) -> Array:
    """Values by one normalisation, shape (n_years, n_units, n_nodes). Raises FrameworkError as `normalised`."""
    if kind in _BY_BOUNDS:
        return _by_bounds(nodes, [kind] * len(nodes), raw, method).scores
    return _scaled(nodes, kind, raw, method)


def _normalised(framework: Framework, raw: Array, method: Method) -> Normalised:
    kinds, seen = _kinds(framework, method), as_scored(framework)
    raw = deviations(framework, raw)
    if _by_bounds_alone(framework, method):
        return _by_bounds(seen, kinds, raw, method)
    used = dict.fromkeys(kinds)
    if len(used) == 1:
        scores = scored(seen, kinds[0], raw, method)
    else:
        scores = np.empty_like(raw)
        for kind in used:
            at = [k for k, other in enumerate(kinds) if other is kind]
            columns = np.ascontiguousarray(raw[:, :, at])
            scores[:, :, at] = scored(tuple(seen[k] for k in at), kind, columns, method)
    bounded = all(kind.record.bounded for kind in kinds)
    distances, counts = squared_distances(scores, method, bounded=bounded, axis=1)
    return Normalised(scores, distances, counts, bounded)


@lru_cache(maxsize=64)
def _kinds(framework: Framework, method: Method) -> tuple[Normalisation, ...]:
    return tuple(normalisation_of(indicator, method) for indicator in framework.indicators)


@lru_cache(maxsize=64)
def _by_bounds_alone(framework: Framework, method: Method) -> bool:
    return set(_kinds(framework, method)) <= set(_BY_BOUNDS)


def squared_distances(scores: Array, method: Method, *, bounded: bool, axis: int) -> tuple[Array, Array]:
    """As `core.weight.squared_distances`; without a bound, the optimum is the best score over the method's scope."""
    if not bounded:
        with np.errstate(invalid="ignore"):
            best = np.fmax.reduce(scores, axis=axis, keepdims=True)
            if method.scope is not Scope.YEAR:
                best = np.fmax.reduce(best, axis=0, keepdims=True)
            scores = scores + (1.0 - best)
    return weight.squared_distances(scores, axis=axis)


def added(parts: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Sums and counts of all blocks together; added in order, so that the result does not hinge on threads."""
    if len(parts) == 1:
        return parts[0]
    return np.sum([sums for sums, _ in parts], axis=0), np.sum([counts for _, counts in parts], axis=0)


def _by_bounds(
    indicators: Sequence[Indicator], kinds: Sequence[Normalisation], raw: Array, method: Method
) -> Normalised:
    lower, upper = _bounds(indicators, kinds, raw, method)
    direction = np.array([indicator.direction for indicator in indicators])
    scores = np.empty_like(raw)
    clip = Normalisation.GOALPOSTS in kinds

    def work(b: slice) -> tuple[Array, Array]:
        normalise.min_max(raw[:, b], lower, upper, direction=direction, clip=clip, out=scores[:, b])
        return weight.squared_distances(scores[:, b], axis=1)

    return Normalised(scores, *added(spread(work, blocks(raw.shape[1]))), bounded=True)


def _bounds(
    indicators: Sequence[Indicator], kinds: Sequence[Normalisation], raw: Array, method: Method
) -> tuple[Array, Array]:
    if Normalisation.GOALPOSTS not in kinds:
        return _data_bounds(indicators, raw, method)
    fixed = np.array([kind is Normalisation.GOALPOSTS for kind in kinds])
    without = [i.code for i, own in zip(indicators, fixed, strict=True) if own and i.goalposts is None]
    if without:
        raise FrameworkError(_NO_GOALPOSTS.format(codes=_named(without)))
    shape = raw.shape[0], raw.shape[2]
    pairs = [(i.lower, i.upper) if own else (0.0, 0.0) for i, own in zip(indicators, fixed, strict=True)]
    ends = np.array(pairs, dtype=np.float64)
    given = np.broadcast_to(ends[:, 0], shape), np.broadcast_to(ends[:, 1], shape)
    if fixed.all():
        return given
    found = _data_bounds(indicators, raw, method)
    return np.where(fixed, given[0], found[0]), np.where(fixed, given[1], found[1])


def _data_bounds(indicators: Sequence[Indicator], raw: Array, method: Method) -> tuple[Array, Array]:
    try:
        lower, upper = normalise.data_bounds(raw, over_years=method.scope is Scope.PANEL)
    except ValueError:
        raise FrameworkError(_INFINITE.format(codes=_named(_too_wide(indicators, raw)))) from None
    two_sided = np.array([i.best_lower is not None for i in indicators])
    if two_sided.any():  # full marks are for no deviation, not for the least there is
        lower = np.where(two_sided & (lower < upper), 0.0, lower)
    return lower, upper


def _too_wide(indicators: Sequence[Indicator], raw: Array) -> list[str]:
    """Codes of indicators whose range is not finite."""
    least, most = _ends(raw)
    with np.errstate(over="ignore", invalid="ignore"):
        wide = np.isinf(most - least)
    return [i.code for i, bad in zip(indicators, wide, strict=True) if bad]


def _ends(raw: Array) -> tuple[Array, Array]:
    """Least and greatest value of each indicator; NaN where there is none."""
    least: Array = np.fmin.reduce(raw, axis=(0, 1))
    most: Array = np.fmax.reduce(raw, axis=(0, 1))
    return least, most


def _named(codes: Sequence[str]) -> Text:
    return joined([same(code) for code in codes])


def _scaled(indicators: Sequence[Indicator], kind: Normalisation, raw: Array, method: Method) -> Array:
    direction = np.array([indicator.direction for indicator in indicators])
    over_years = method.scope is Scope.PANEL
    without = [i.code for i in indicators if i.target is None]
    two_sided = [i.code for i in indicators if i.best_lower is not None]
    if two_sided and kind is Normalisation.DISTANCE_TO_TARGET:
        raise FrameworkError(_TWO_SIDED.format(codes=_named(two_sided), kind=same(kind)))
    if without and kind is Normalisation.DISTANCE_TO_TARGET:
        raise FrameworkError(_NO_TARGET.format(codes=_named(without)))
    try:
        if kind is Normalisation.DISTANCE_TO_TARGET:
            targets = np.array([i.target for i in indicators], dtype=np.float64)
            return scaling.distance_to_target(raw, target=targets, direction=direction, over_years=over_years)
        further: dict[str, float] = {}
        if kind is Normalisation.EXPONENTIAL_RANK:
            further = {"constant": method.rank_constant, "first": method.first_place}
        return scaling.SCALINGS[kind](raw, direction=direction, over_years=over_years, **further)
    except ValueError:
        raise _refusal(indicators, kind, raw.reshape(1, -1, raw.shape[2]) if over_years else raw) from None


def _refusal(indicators: Sequence[Indicator], kind: Normalisation, raw: Array) -> FrameworkError:
    """Which indicators a normalisation cannot take, and why."""
    if wide := _too_wide(indicators, raw):
        return FrameworkError(_INFINITE.format(codes=_named(wide)))
    least, _ = _ends(raw)
    if kind is Normalisation.DISTANCE_TO_TARGET:
        found = [_short(i, raw[:, :, k]) for k, i in enumerate(indicators)]
    else:
        below = [(i, w) for i, w in zip(indicators, least, strict=True) if w < 0 or (w == 0 and i.direction < 0)]
        found = [
            (_BELOW_0 if i.direction > 0 else _NOT_ABOVE_0).format(code=i.code, kind=same(kind), found=f"{w:.6g}")
            for i, w in below
        ]
    if kind is Normalisation.BASE_YEAR and not found:
        found = [_RATIO.format(codes=_named([i.code for i in indicators]))]
    return FrameworkError(joined([text for text in found if text.en], zh="；", en="; "))


def _short(indicator: Indicator, values: Array) -> Text:
    """What is wrong with an indicator's target, against the worst value of a year; nothing where it is beyond all."""
    target, sign = float(indicator.target or 0.0), indicator.direction
    with np.errstate(over="ignore"):
        varied = [year[~np.isnan(year)] * sign for year in values]
        worst = [float(year.min()) for year in varied if year.size and year.min() < year.max()]
        wrong = [w for w in worst if not 0 < target * sign - w < np.inf]
    if not wrong:
        return same("")
    return _TARGET_SHORT.format(code=indicator.code, worst=f"{max(wrong) * sign:.6g}", found=f"{target:.6g}")


_NO_GOALPOSTS = Text("指标 {codes} 应有下限和上限，实无", "expected lower and upper for {codes}, found none")
_TWO_SIDED = Text(
    "适度指标 {codes} 以最优值为准，不能按 {kind} 标准化",
    "{codes}: expected another normalisation than {kind}, as they have best values",
)
_NO_TARGET = Text("指标 {codes} 应有目标值，实无", "expected a target for {codes}, found none")
_INFINITE = Text(
    "指标 {codes} 应为有限且可比的数，实有无穷大",
    "expected finite values whose range is finite, found others in {codes}",
)
_TARGET_SHORT = Text(
    "指标 {code} 的目标值应优于最差的原始值 {worst}，实为 {found}",
    "{code}: expected a target better than the worst value {worst}, found {found}",
)
_RATIO = Text(
    "{codes} 中有的指标与首年之比过大，无法计算",
    "expected values that can be compared with the first year's, found others among {codes}",
)
_BELOW_0 = Text(
    "指标 {code} 按 {kind} 标准化，数值应不小于 0，实有 {found}",
    "{code} cannot be normalised by {kind}: expected values of at least 0, found {found}",
)
_NOT_ABOVE_0 = Text(
    "指标 {code} 为负向，按 {kind} 标准化时数值应大于 0，实有 {found}",
    "{code} cannot be normalised by {kind}: expected values above 0, as less is better, found {found}",
)
