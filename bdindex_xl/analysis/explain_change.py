"""Why a unit's score changed since the year before: its own data, those of all others, or the weights."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from ..core import attribute
from ..core.arrays import Array, Flags, Index
from ..engine.aggregate import aggregated
from ..engine.compute import Result, compute
from ..engine.normalise import normalised
from ..engine.prepare import prepared, with_denominators
from ..engine.stages import stages
from ..engine.weigh import fixed_weights
from ..errors import FrameworkError
from ..language import Text
from ..model.framework import Framework
from ..model.method import Method, Scope
from ..model.panel import Panel, taken
from .decompose import joint_weights, place_of, those
from .explained import Change
from .nested_parts import NestedParts, mean_scores, parts_of

if TYPE_CHECKING:
    import pandas as pd


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
    sharing = parts_of(framework, panel, method)
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
    own, others, weights, gaps = _parts(framework, method, result, sharing, raw, u, y)
    codes = tuple(indicator.code for indicator in framework.indicators)
    was, now = result.rank_array[y - 1, at], result.rank_array[y, at]
    both = (was > 0) & (now > 0)
    passed = both & (was < was[u]) & (now > now[u])
    passed_by = both & (was > was[u]) & (now < now[u])
    names = np.array(panel.units, dtype=object)
    return Change(
        unit, panel.years[y], panel.years[y - 1], before, after, int(was[u]), int(now[u]), codes,
        own, others, weights, gaps, those(codes, ~there[0] & there[1]), those(codes, there[0] & ~there[1]),
        those(codes, np.any(blank & there, axis=0)), tuple(names[passed]), tuple(names[passed_by]),
    )  # fmt: skip


def _parts(
    framework: Framework, method: Method, result: Result, sharing: NestedParts, raw: Array, u: int, y: int
) -> tuple[Array, Array, Array, Array]:
    """What own data, others' data and weights did; and which part of the first is of data there in one year only.

    That data come or go is a factor of its own: an indicator missing in one year keeps the other year's value in both,
    and counts or does not.
    """
    own = raw[[y - 1, y], u]
    there = ~np.isnan(own)
    if (there[0] == there[1]).all():
        states = _states(framework, method, result, sharing, raw, own, there[:1], u, y)[..., 0, :]
        return *_shapley(states), np.zeros(own.shape[1])
    filled = np.where(there, own, own[::-1])
    by_own, others, weights, gaps = _shapley(_states(framework, method, result, sharing, raw, filled, there, u, y))
    return by_own + gaps, others, weights, gaps


def _states(
    framework: Framework,
    method: Method,
    result: Result,
    sharing: NestedParts,
    raw: Array,
    own: Array,
    there: Flags,
    u: int,
    y: int,
) -> Array:
    """Contributions, shape (2, 2, 2, n, n_indicators): with own data, others' data and weights as they were or are.

    own : the unit's values of both years. there : which of its indicators count, in n ways.
    """
    n, years = len(framework.indicators), (y - 1, y)
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
    weights = joint_weights(result)[list(years)]
    for stage in stages(framework):
        # A child without any value has no weight in that year. Where weights follow from no data that is no change of
        # weights: what the unit lacks falls out all the same when its weights are rescaled.
        fixed = fixed_weights(framework, stage, method)
        weights[:, stage.children] = np.where(np.isnan(fixed), weights[:, stage.children], fixed)
    shape = 2, 2, 2, len(there)
    many = np.broadcast_to(weights[:, None], (*shape, weights.shape[1])).reshape(-1, weights.shape[1])
    counted = np.where(there, z[:, :, None, None], np.nan)
    scores = np.broadcast_to(counted, (*shape, n)).reshape(-1, n)
    if sharing.additive:
        parts = _summed(framework, method, sharing.parents, scores, many)
    else:
        ranked = result.rank_array[list(years), framework.aggregates.index(framework.root)] > 0
        reference = np.mean([mean_scores(result.normalised_array[t], ranked[k]) for k, t in enumerate(years)], axis=0)
        parts = sharing.of(scores, many, reference)
    return parts.reshape(*shape, n)


def _summed(framework: Framework, method: Method, parents: Index, scores: Array, weights: Array) -> Array:
    """Contributions where every score is a weighted sum, shape (n_states, n_indicators), of one unit."""
    n = scores.shape[1]
    rows = scores[:, None]  # one unit, as often as there are states
    nodes = np.full((len(rows), len(parents) - n, 1), np.nan)
    for stage in stages(framework):
        aggregated(framework, stage, weights, rows, nodes, method, bounded=True)
    joint = np.concatenate([np.swapaxes(rows, 1, 2), nodes], axis=1)
    root = framework.joint_codes.index(framework.root.code)
    parts: Array = attribute.contributions(joint, weights, parents, of=root)[:, :n, 0]
    return parts


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


_FIRST_YEAR = Text("{year} 年之前没有数据，无从比较", "there is no year before {year} to compare with")
