"""Why a unit's score is what it is, and why it changed: parts that add up, indicator by indicator."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from ..core import attribute
from ..core.arrays import Array, Flags, Index
from ..core.rank import ranks
from ..engine.aggregate import aggregated, aggregation_of
from ..engine.compute import Result, compute
from ..engine.normalise import normalised
from ..engine.prepare import prepared, with_denominators
from ..engine.stages import stages
from ..engine.weigh import fixed_weights
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..model.framework import Framework
from ..model.method import Aggregation, Method, Scope
from ..model.panel import Panel, taken
from .explained import Change, Explanation

if TYPE_CHECKING:
    import pandas as pd


def explain(
    framework: Framework,
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    unit: str,
    year: int | None = None,
) -> Explanation:
    """Why a unit's score and rank are what they are.

    Parameters
    ----------
    framework : Framework
        What the index is made of.
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator], or a frame
        The raw values of one ranking. Its groups, if any, say who the unit's peers are.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.
    unit : str
        A code of the panel.
    year : int, optional
        Default: the panel's last.

    Returns
    -------
    Explanation
        What each indicator adds to the score [0-1], against the peers and the units next to it.

    Raises
    ------
    FrameworkError
        As `compute` does; where the unit or year is not in the panel; where a parent is aggregated otherwise than by
        an arithmetic mean, since there a score is no sum of parts.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y"), ("a", "b"), np.array([[[1.0, 5.0], [3.0, 1.0]]]))
    >>> found = explain(framework, panel, Method(weighting="equal"), unit="x")
    >>> found.rank, found.contributions.tolist(), found.above
    (1, [0.0, 0.5], None)
    """
    panel, method = taken(framework, panel, method)
    u, y = place_of(panel, unit, year)
    _check(framework, method)
    result = compute(framework, panel, method)
    n, codes = len(framework.indicators), tuple(indicator.code for indicator in framework.indicators)
    scores = _joint(result, y)
    root = framework.joint_codes.index(framework.root.code)
    weights, parents = _joint_weights(result)[y : y + 1], parents_of(framework)
    parts = attribute.contributions(scores, weights, parents, of=root)[0, :n]
    applied = attribute.applied_weights(scores, weights, parents, of=root)[0, :n]
    places = result.rank_array[y, root - n]
    ranked = places > 0
    peers = ranked & np.array([bool(g) and g == panel.groups[u] for g in panel.groups] or [False] * len(ranked))
    above, below = _neighbours(panel.units, scores[0, root], u)
    usual, score = _mean(parts, ranked), float(scores[0, root, u])
    differences = _differences(scores[0, :n, u], applied[:, u], _nominal_weights(result, y), usual)
    lacking = np.isnan(prepared(framework, panel, method)[y, u])
    blank = np.isnan(with_denominators(framework, panel)[y, u])
    return Explanation(
        unit, panel.years[y], score, int(places[u]), int(ranked.sum()), codes,
        scores[0, :n, u], np.asarray(ranks(scores[0, :n])[:, u]), applied[:, u], parts[:, u],
        usual, _mean(parts, peers), differences, float(score - usual.sum() - np.nansum(differences)),
        _those(codes, lacking), _those(codes, blank & ~lacking), above, below,
    )  # fmt: skip


def _nominal_weights(result: Result, y: int) -> Array:
    """Weights of the indicators in the index for a unit that lacks nothing, shape (n_indicators,)."""
    at = {code: k for k, code in enumerate(result.framework.codes)}
    return result.effective_weight_array[y, [at[indicator.code] for indicator in result.framework.indicators]]


def _differences(scores: Array, applied: Array, nominal: Array, usual: Array) -> Array:
    """Contributions with nominal weights less the usual ones; NaN of indicators that do not count for the unit.

    With the weights as applied, the siblings of a missing indicator would pass for strengths, having its weight too.
    """
    counts = ~np.isnan(scores) & ((applied > 0) | (nominal == 0))
    found: Array = np.where(counts, nominal * np.where(counts, scores, 0.0) - usual, np.nan)
    return found


def _those(codes: tuple[str, ...], which: Flags) -> tuple[str, ...]:
    return tuple(code for code, one in zip(codes, which, strict=True) if one)


def explain_change(
    framework: Framework,
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    unit: str,
    year: int | None = None,
) -> Change | None:
    """Why a unit's score changed since the year before in the data; None where it has no score in one of them.

    The score hangs on three things: the unit's own data, the data of all others, and the weights. Each is as it was or
    as it is; a part is what turning it from the one into the other does to the score, averaged over all orders of
    turning the three: their Shapley values, which add up and favour none. The ends of normalisation follow from own and
    others' data together, so an end that moves because this unit sets it counts as its own doing; with a scope of all
    years the ends are the same in both years, and others do nothing but through weights. Weights are those
    found in each year. Values are taken as they come to normalisation, after denominators, imputation and treatment.

    Parameters
    ----------
    framework : Framework
        What the index is made of.
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator], or a frame
        The raw values of one ranking; a frame is taken as by `Panel.from_frame`.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.
    unit : str
        A code of the panel.
    year : int, optional
        Default: the panel's last; not its first.

    Returns
    -------
    Change or None
        Parts of the change [0-1] by indicator: own, others' and the weights' doing. They add up to it.

    Raises
    ------
    FrameworkError
        As `explain` does, and for the panel's first year.

    References
    ----------
    Shorrocks, Decomposition procedures for distributional analysis: a unified framework based on the Shapley value,
    Journal of Economic Inequality 11, 2013, 99-126, doi:10.1007/s10888-011-9214-z.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> values = [[[1.0, 5.0], [3.0, 1.0], [2.0, 2.0]], [[1.0, 5.0], [3.0, 1.0], [2.0, 3.0]]]
    >>> panel = Panel((2023, 2024), ("x", "y", "z"), ("a", "b"), np.array(values))
    >>> found = explain_change(framework, panel, Method(weighting="equal"), unit="z")
    >>> found.own.tolist(), found.others.tolist(), found.weights.tolist()
    ([0.0, 0.125], [0.0, 0.0], [0.0, 0.0])
    """
    panel, method = taken(framework, panel, method)
    u, y = place_of(panel, unit, year)
    _check(framework, method)
    if y == 0:
        raise FrameworkError(_FIRST_YEAR.format(year=panel.years[0]))
    result = compute(framework, panel, method)
    root = framework.joint_codes.index(framework.root.code)
    at = root - len(framework.indicators)
    before, after = (float(result.node_array[t, at, u]) for t in (y - 1, y))
    if np.isnan(before) or np.isnan(after):
        return None
    raw = prepared(framework, panel, method)
    there = ~np.isnan(raw[[y - 1, y], u])
    blank = np.isnan(with_denominators(framework, panel)[[y - 1, y], u])
    own, others, weights, gaps = _parts(framework, method, result, raw, u, y)
    codes = tuple(indicator.code for indicator in framework.indicators)
    was, now = result.rank_array[y - 1, at], result.rank_array[y, at]
    both = (was > 0) & (now > 0)
    passed = both & (was < was[u]) & (now > now[u])
    passed_by = both & (was > was[u]) & (now < now[u])
    names = np.array(panel.units, dtype=object)
    return Change(
        unit, panel.years[y], panel.years[y - 1], before, after, int(was[u]), int(now[u]), codes,
        own, others, weights, gaps, _those(codes, ~there[0] & there[1]), _those(codes, there[0] & ~there[1]),
        _those(codes, np.any(blank & there, axis=0)), tuple(names[passed]), tuple(names[passed_by]),
    )  # fmt: skip


def _parts(
    framework: Framework, method: Method, result: Result, raw: Array, u: int, y: int
) -> tuple[Array, Array, Array, Array]:
    """What own data, others' data and weights did; and which part of the first is of data there in one year only.

    That data come or go is a factor of its own: an indicator missing in one year keeps the other year's value in both,
    and counts or does not.
    """
    own = raw[[y - 1, y], u]
    there = ~np.isnan(own)
    if (there[0] == there[1]).all():
        states = _states(framework, method, result, raw, own, there[:1], u, y)[..., 0, :]
        return *_shapley(states), np.zeros(own.shape[1])
    filled = np.where(there, own, own[::-1])
    by_own, others, weights, gaps = _shapley(_states(framework, method, result, raw, filled, there, u, y))
    return by_own + gaps, others, weights, gaps


def _states(
    framework: Framework, method: Method, result: Result, raw: Array, own: Array, there: Flags, u: int, y: int
) -> Array:
    """Contributions, shape (2, 2, 2, n, n_indicators): with own data, others' data and weights as they were or are.

    own : the unit's values of both years. there : which of its indicators count, in n ways.
    """
    n, codes, years = len(framework.indicators), framework.joint_codes, (y - 1, y)
    z = np.empty((2, 2, n))
    if method.scope is Scope.YEAR:
        mixed = np.stack([raw[t] for _ in range(2) for t in years])
        for k in range(4):
            mixed[k, u] = own[k // 2]
        z[:] = normalised(framework, mixed, method).scores[:, u].reshape(2, 2, n)
    else:
        # Ends of all years are the same for both: a value that stands in for a missing one has that one's score.
        scores = result.normalised_array[list(years), u]
        gap = np.isnan(raw[list(years), u]) & ~np.isnan(own)
        z[:] = np.where(gap, scores[::-1], scores)[:, None]
    weights = _joint_weights(result)[list(years)]
    for stage in stages(framework):
        # A child without any value has no weight in that year. Where weights follow from no data that is no change of
        # weights: what the unit lacks falls out all the same when its weights are rescaled.
        fixed = fixed_weights(framework, stage, method)
        weights[:, stage.children] = np.where(np.isnan(fixed), weights[:, stage.children], fixed)
    shape = 2, 2, 2, len(there)
    many = np.broadcast_to(weights[:, None], (*shape, weights.shape[1])).reshape(-1, weights.shape[1])
    counted = np.where(there, z[:, :, None, None], np.nan)
    scores = np.broadcast_to(counted, (*shape, n)).reshape(-1, 1, n)  # one unit, as often as there are states
    nodes = np.full((len(many), len(codes) - n, 1), np.nan)
    for stage in stages(framework):
        aggregated(framework, stage, many, scores, nodes, method, bounded=True)
    joint = np.concatenate([np.swapaxes(scores, 1, 2), nodes], axis=1)
    root = codes.index(framework.root.code)
    parts = attribute.contributions(joint, many, parents_of(framework), of=root)[:, :n, 0]
    return parts.reshape(*shape, n)


def _shapley(states: Array) -> Array:
    """What turning each factor from 0 to 1 does, averaged over the orders; a state without a score counts 0.

    states : an axis of 2 a factor, then the indicators. Returns shape (n_factors, n_indicators).
    """
    states = np.where(np.isnan(states), 0.0, states)
    n_factors = states.ndim - 1
    parts = np.zeros((n_factors, states.shape[-1]))
    orders = list(permutations(range(n_factors)))
    for order in orders:
        at = [0] * n_factors
        for factor in order:
            before = states[tuple(at)]
            at[factor] = 1
            parts[factor] += states[tuple(at)] - before
    return parts / len(orders)


def parents_of(framework: Framework) -> Index:
    """Place of each node's parent in the joint order; -1 for the root."""
    at = {code: k for k, code in enumerate(framework.joint_codes)}
    parents = [framework.node(code).parent for code in at]
    return np.array([-1 if parent is None else at[parent] for parent in parents], dtype=np.intp)


def _joint(result: Result, y: int) -> Array:
    """Scores of all nodes in one year, shape (1, n_joint, n_units)."""
    joint: Array = np.concatenate([result.normalised_array[y].T, result.node_array[y]])[None]
    return joint


def _joint_weights(result: Result) -> Array:
    """Weights within the parent in the joint order, shape (n_years, n_joint)."""
    at = {code: k for k, code in enumerate(result.framework.codes)}
    return result.weight_array[:, [at[code] for code in result.framework.joint_codes]]


def _mean(parts: Array, units: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Array:
    """Mean contribution over some units; NaN where there is none."""
    if not units.any():
        return np.full(len(parts), np.nan)
    mean: Array = parts[:, units].mean(axis=1)
    return mean


def _neighbours(
    units: tuple[str, ...], scores: Array, u: int
) -> tuple[tuple[str, float] | None, tuple[str, float] | None]:
    gaps = scores - scores[u]

    def nearest(there: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[str, float] | None:
        if not there.any():
            return None
        k = int(np.where(there, np.abs(gaps), np.inf).argmin())
        return units[k], float(abs(gaps[k]))

    with np.errstate(invalid="ignore"):
        return nearest(gaps > 0), nearest(gaps < 0)


def place_of(panel: Panel, unit: str, year: int | None) -> tuple[int, int]:
    """Places of unit and year. Raises FrameworkError naming what the panel lacks."""
    if unit not in panel.units:
        raise FrameworkError(_NO_UNIT.format(unit=same(unit)))
    if year is not None and year not in panel.years:
        raise FrameworkError(_NO_YEAR.format(years=joined([same(y) for y in panel.years]), year=year))
    return panel.units.index(unit), panel.years.index(year) if year is not None else len(panel.years) - 1


def _check(framework: Framework, method: Method) -> None:
    """Raises FrameworkError naming parents whose score is no sum of parts."""
    others = [
        same(parent.code)
        for parent in framework.aggregates
        if aggregation_of(parent, method) is not Aggregation.ARITHMETIC
    ]
    if others:
        raise FrameworkError(_NO_SUM.format(codes=joined(others)))


_NO_UNIT = Text("数据中没有地区“{unit}”", "expected a unit of the data, found “{unit}”")
_NO_YEAR = Text("年份应为 {years} 之一，实为 {year}", "year: expected one of {years}, found {year}")
_FIRST_YEAR = Text("{year} 年之前没有数据，无从比较", "there is no year before {year} to compare with")
_NO_SUM = Text(
    "{codes} 不是按加权算术平均合成，得分不能分解为各部分之和",
    "{codes}: expected the arithmetic mean, since other scores are no sum of parts",
)
