"""The values of the formulas of `information_formulas`, for one parent's children in a year or over all."""

from __future__ import annotations

import numpy as np

from ...core.arrays import Array
from ...core.moments import ROUNDING
from ...core.weightings import LEAST_OF_MEREC
from ...model.method import Mixing, Weighting
from .information_formulas import BY_SPREAD


def measures(kind: Weighting, scores: Array, moved: Array) -> Array:
    """What each child's scores tell by themselves, shape (n_children,); NaN without any.

    scores : shape (n_units, n_children) [0-1], NaN where missing. moved : the same, the optimum being 1.
    """
    if kind is Weighting.MEREC:
        found = effects(logarithms(scores, np.fmin.reduce(scores, axis=0)))
        counts = (~np.isnan(found)).sum(axis=0)
        return np.asarray(np.where(counts > 0, np.nansum(found, axis=0) / np.maximum(counts, 1), np.nan))
    used = scores if kind in BY_SPREAD else moved
    return np.array([_measure(kind, column[~np.isnan(column)]) for column in used.T])


def _measure(kind: Weighting, scores: Array) -> float:
    if not scores.size:
        return float("nan")
    if kind not in BY_SPREAD:
        return float(((1.0 - scores) ** 2).mean())
    mean, deviation = abs(float(scores.mean())), float(scores.std())
    if np.ptp(scores) <= ROUNDING * mean:
        return 0.0
    if kind is Weighting.COEFFICIENT_OF_VARIATION:
        return deviation / mean if mean else 0.0
    if kind is Weighting.ANGLE:
        return float(np.arctan2(deviation, mean))
    if kind is Weighting.GINI:
        return float(np.abs(scores[:, None] - scores).sum() / (2 * scores.size * scores.sum())) if mean else 0.0
    if kind is Weighting.ENTROPY:
        there = scores[scores > 0]
        told = float((there * np.log(there)).sum() / scores.sum() - np.log(mean)) if mean else 0.0
        return max(0.0, told) / float(np.log(scores.size)) if scores.size > 1 else 0.0
    return deviation


def logarithms(scores: Array, least: Array) -> Array:
    """Of MEREC: logarithms of scores relative to the least of the child."""
    logs = np.log(np.maximum(scores, LEAST_OF_MEREC)) - np.log(np.maximum(least, LEAST_OF_MEREC))
    return np.where(logs < ROUNDING, 0.0, logs)


def effects(logs: Array) -> Array:
    """Of MEREC: how much less each unit performs without a child, shape (n_units, n_children)."""
    sums = np.nansum(logs, axis=1, keepdims=True) + (~np.isnan(logs)).sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(-np.log1p(-logs / sums))


def informations(scores: Array, spread: Array) -> Array:
    """CRITIC's information of each child, shape (n_children,)."""
    n = scores.shape[1]
    conflict = np.zeros(n)
    for j in range(n):
        for k in range(n):
            if j != k and spread[k] > 0:
                conflict[j] += 1.0 - _correlation(scores[:, j], scores[:, k])
    return np.nan_to_num(spread) * conflict


def _correlation(first: Array, second: Array) -> float:
    both = ~(np.isnan(first) | np.isnan(second))
    x, y = (side[both] - side[both].mean() if both.any() else side[both] for side in (first, second))
    root = float(np.sqrt((x @ x) * (y @ y)))
    return round(float(x @ y) / root, 12) if root > 0 else 0.0


def closeness(kind: Weighting, counts: Array, measured: Array, told: Array, given: Array) -> Array:
    """In proportion to what each child is weighted, shape (n_children,)."""
    if not (counts > 0).any():
        return np.zeros(len(counts))
    least, most = np.nanmin(measured), np.nanmax(measured)
    with np.errstate(divide="ignore", invalid="ignore"):
        nearest = (measured == 0) * 1.0
        found = {
            Weighting.EQUAL: np.ones(len(counts)),
            Weighting.GIVEN: given,
            Weighting.IMPROVED_VECTOR: nearest if least == 0 else least / measured,
            Weighting.INVERSE_DISTANCE: nearest if least == 0 else np.sqrt(least / measured),
            Weighting.ONE_MINUS_DISTANCE: np.maximum(0.0, 1.0 - np.sqrt(measured)) if least < 1 else measured * 0 + 1,
            Weighting.INVERSE_ONE_PLUS_DISTANCE: 1.0 / (1.0 + np.sqrt(measured)),
            Weighting.CRITIC: told if np.nanmax(told) > 0 else measured * 0 + 1 if most == 0 else (measured > 0) * 1.0,
        }.get(kind, measured if most > 0 else measured * 0 + 1)
    return np.where(counts > 0, found, 0.0)


def mixed(found: Array, given: Array, share: float, how: Mixing) -> tuple[Array, Array, Array]:
    """Given weights and found ones as one set: added, multiplied, and which of the two counts."""
    sums = given.sum(), found.sum()
    if not sum(sums):
        return np.zeros(len(found)), np.zeros(len(found)), np.zeros(len(found))
    own, other = given / sums[0] if sums[0] else found / sums[1], found / sums[1] if sums[1] else given / sums[0]
    added, product = share * own + (1 - share) * other, own**share * other ** (1 - share)
    return added, product, product if how is Mixing.MULTIPLICATIVE and product.sum() > 0 else added
