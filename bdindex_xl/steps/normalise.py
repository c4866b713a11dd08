"""From raw values to scores, by the normalisation of each indicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ..core import normalise, scaling, weight
from ..core.blocks import blocks, spread
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..method import Method, Normalisation, Scope
from ..model import Array, Framework, Indicator
from .prepare import normalisation_of

# T scores: z-scores as people read them on a scale of 100, mean 50 and standard deviation 10.
Z_MEAN, Z_SPREAD = 0.5, 0.1

_BY_BOUNDS = (Normalisation.MIN_MAX, Normalisation.GOALPOSTS)


@dataclass(frozen=True, slots=True)
class Normalised:
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
    kinds = _kinds(framework, method)
    if _by_bounds_alone(framework, method):
        return _by_bounds(framework.indicators, kinds, raw, method)
    scores = np.empty_like(raw)
    for kind in dict.fromkeys(kinds):
        at = [k for k, other in enumerate(kinds) if other is kind]
        indicators = tuple(framework.indicators[k] for k in at)
        columns = np.ascontiguousarray(raw[:, :, at])
        if kind in _BY_BOUNDS:
            scores[:, :, at] = _by_bounds(indicators, [kind] * len(at), columns, method).scores
        else:
            scores[:, :, at] = _scaled(indicators, kind, columns, method)
    bounded = Normalisation.Z_SCORE not in kinds
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
        return normalise.data_bounds(raw, over_years=method.scope is Scope.PANEL)
    except ValueError:
        with np.errstate(over="ignore", invalid="ignore"):
            wide = np.isinf(raw).any(axis=(0, 1)) | np.isinf(np.nanmax(raw, (0, 1)) - np.nanmin(raw, (0, 1)))
        codes = [i.code for i, bad in zip(indicators, wide, strict=True) if bad]
        raise FrameworkError(_INFINITE.format(codes=_named(codes))) from None


def _named(codes: Sequence[str]) -> Text:
    return joined([same(code) for code in codes])


def _of_best(raw: Array, places: Array, *, over_years: bool, less: int) -> Array:
    """Places counted from below as a share of the greatest there can be: the units with a value, less so many."""
    counts = (~np.isnan(raw)).sum(axis=1, keepdims=True)
    if over_years:
        counts = counts.sum(axis=0, keepdims=True)
    shares: Array = places / np.maximum(counts - less, 1)
    return shares


def _rank(raw: Array, *, direction: Array, over_years: bool) -> Array:
    places = scaling.rank_score(raw, direction=direction, over_years=over_years)
    return _of_best(raw, places, over_years=over_years, less=0)


def _borda(raw: Array, *, direction: Array, over_years: bool) -> Array:
    points = scaling.borda(raw, direction=direction, over_years=over_years)
    return _of_best(raw, points, over_years=over_years, less=1)


_Scaling = Callable[..., Array]
_SCALINGS: dict[Normalisation, _Scaling] = {
    Normalisation.Z_SCORE: lambda raw, **how: scaling.z_score(raw, mean=Z_MEAN, sd=Z_SPREAD, **how),
    Normalisation.RANK: _rank,
    Normalisation.PERCENTILE_RANK: scaling.percentile_rank,
    Normalisation.BORDA: _borda,
    Normalisation.DISTANCE_TO_MAXIMUM: scaling.distance_to_maximum,
    Normalisation.FRACTION_OF_MAXIMUM: scaling.fraction_of_maximum,
}


def _scaled(indicators: Sequence[Indicator], kind: Normalisation, raw: Array, method: Method) -> Array:
    direction = np.array([indicator.direction for indicator in indicators])
    over_years = method.scope is Scope.PANEL
    without = [i.code for i in indicators if i.target is None]
    if without and kind is Normalisation.DISTANCE_TO_TARGET:
        raise FrameworkError(_NO_TARGET.format(codes=_named(without)))
    try:
        if kind is Normalisation.DISTANCE_TO_TARGET:
            targets = np.array([i.target for i in indicators], dtype=np.float64)
            return scaling.distance_to_target(raw, target=targets, direction=direction, over_years=over_years)
        return _SCALINGS[kind](raw, direction=direction, over_years=over_years)
    except ValueError as error:
        codes = _named([i.code for i in indicators])
        raise FrameworkError(_CANNOT.format(codes=codes, kind=same(kind), why=same(error))) from None


_NO_GOALPOSTS = Text("指标 {codes} 应有下限和上限，实无", "expected lower and upper for {codes}, found none")
_NO_TARGET = Text("指标 {codes} 应有目标值，实无", "expected a target for {codes}, found none")
_INFINITE = Text(
    "指标 {codes} 应为有限且可比的数，实有无穷大",
    "expected finite values whose range is finite, found others in {codes}",
)
_CANNOT = Text("指标 {codes} 不能按 {kind} 标准化：{why}", "{codes} cannot be normalised by {kind}: {why}")
