"""Whether an index is soundly built: how its indicators lie, hang together, and carry the weight they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ..core.arrays import Array
from ..core.moments import correlations, moments
from ..core.skewness import skewness_and_kurtosis
from ..core.weight import Families
from ..engine.compute import Result, compute
from ..engine.prepare import with_denominators
from ..model.framework import Aggregate, Framework
from ..model.method import Method
from ..model.panel import Panel, taken
from .audited import Audit, Flag, Limits, Rule

if TYPE_CHECKING:
    import pandas as pd

_FENCE = 1.5  # interquartile ranges beyond the quartiles (Tukey 1977)


def audit(
    framework: Framework, panel: Panel | pd.DataFrame, method: Method | None = None, *, limits: Limits | None = None
) -> Audit:
    """Look an index over.

    Parameters
    ----------
    framework : Framework
        What the index is made of.
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator], or a frame
        The raw values of one ranking; a frame is taken as by `Panel.from_frame`.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.
    limits : Limits, optional
        Where a finding begins; by default those of the sources that `Limits` names.

    Returns
    -------
    Audit
        Statistics of every indicator and parent, and a flag for each thing to look at.

    Raises
    ------
    FrameworkError
        As `compute` does.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008, doi:10.1787/9789264043466-en, steps 3, 4 and 7; those
    of the limits stand with `Limits`.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]]]))
    >>> [(flag.rule.value, flag.code, flag.other) for flag in audit(framework, panel).flags][:1]
    [('negative', 'a', 'b')]
    """
    panel, method = taken(framework, panel, method)
    return audit_of(compute(framework, panel, method), panel, limits=limits)


def audit_of(result: Result, panel: Panel, *, limits: Limits | None = None) -> Audit:
    """The same of what was computed from a panel already."""
    limits = limits or Limits()
    raw = with_denominators(result.framework, panel)
    found = _statistics(raw)
    children = _Children(result)
    found |= {"correlation": children.correlation, "weight": children.weight, "importance": children.importance}
    found |= {"alpha": children.alpha, "raw_alpha": children.raw_alpha, "explained": children.explained}
    found["unit_availability"] = np.asarray((~np.isnan(raw)).mean(axis=2))
    flags = _flags(result, found, children, limits)
    return Audit(panel.years, panel.units, result.framework, components=children.components, flags=flags, **found)


def _statistics(raw: Array) -> dict[str, Array]:
    """Statistics of raw values, shape (n_years, n_indicators) each."""
    there = ~np.isnan(raw)
    n = there.sum(axis=1).astype(np.float64)
    some = np.maximum(n, 1.0)
    ordered = np.sort(raw, axis=1)  # missing values last
    changes = (np.diff(ordered, axis=1) != 0) & ~np.isnan(ordered[:, 1:])
    skewed, peaked = skewness_and_kurtosis(raw, axis=1)
    low, median, high = (_quantile(ordered, n, share) for share in (0.25, 0.5, 0.75))
    reach = _FENCE * (high - low)
    with np.errstate(invalid="ignore"):
        beyond = (raw < (low - reach)[:, None]) | (raw > (high + reach)[:, None])
    described = moments(raw)
    blank = np.where(n > 0, 0.0, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = described.deviations * np.sqrt(n / (n - 1.0))
    return {
        "n": n,
        "availability": n / max(raw.shape[1], 1),
        "zeros": ((raw == 0).sum(axis=1) / some) + blank,
        "unique": (changes.sum(axis=1) + 1.0) / some + blank,
        "minimum": np.fmin.reduce(raw, axis=1),
        "maximum": np.fmax.reduce(raw, axis=1),
        "mean": described.means + blank,
        "median": median,
        "deviation": np.where(n > 1, deviation, np.nan),
        "skewness": skewed,
        "kurtosis": peaked,
        "outliers": beyond.sum(axis=1) + blank,
    }


def _quantile(ordered: Array, n: Array, share: float) -> Array:
    """Quantiles as QUARTILE of a spreadsheet has them: linear between the values, the ends included."""
    place = np.maximum(n - 1.0, 0.0) * share
    low = np.floor(place).astype(np.intp)
    high = np.minimum(low + 1, np.maximum(n - 1.0, 0.0).astype(np.intp))
    below, above = (np.take_along_axis(ordered, at[:, None], axis=1)[:, 0] for at in (low, high))
    quantile: Array = below + (above - below) * (place - low)
    return quantile


class _Children:
    """How children hang together and show in their parent, parent by parent."""

    def __init__(self, result: Result) -> None:
        framework = self._framework = result.framework
        n_years, n_nodes, n_aggregates = len(result.years), len(framework.codes), len(framework.aggregates)
        self._place = {code: k for k, code in enumerate(framework.codes)}
        self._joint = {code: k for k, code in enumerate(framework.joint_codes)}
        self._scores = np.concatenate([result.normalised_array, np.swapaxes(result.node_array, 1, 2)], axis=2)
        self.weight = result.weight_array.copy()
        self.correlation, self.importance = np.full((2, n_years, n_nodes), np.nan)
        self.alpha, self.raw_alpha, self.explained = np.full((3, n_years, n_aggregates), np.nan)
        self.components = np.zeros((n_years, n_aggregates), dtype=np.intp)
        self.between: dict[str, Array] = {}
        self.weight[:, self._place[framework.root.code]] = np.nan
        for k, parent in enumerate(framework.aggregates):
            self._look_at(k, parent)

    def between_indicators_and(self, aggregates: list[str]) -> Array:
        """Correlations of indicators with aggregates, shape (n_years, n_indicators, n_aggregates)."""
        n = len(self._framework.indicators)
        columns = [*range(n), *(self._joint[code] for code in aggregates)]
        scores = np.ascontiguousarray(self._scores[:, :, columns])
        (found,) = correlations(scores, Families.of_sizes([len(columns)]), moments(scores).means)
        return found[:, :n, n:]

    def codes(self, parent: Aggregate) -> list[str]:
        return [child.code for child in self._framework.children(parent.code)]

    def _look_at(self, k: int, parent: Aggregate) -> None:
        codes = self.codes(parent)
        columns = [self._joint[code] for code in (*codes, parent.code)]
        scores = np.ascontiguousarray(self._scores[:, :, columns])
        family = Families.of_sizes([len(columns)])
        (all_,) = correlations(scores, family, moments(scores).means)
        at = [self._place[code] for code in codes]
        with_parent, between = all_[:, :-1, -1], all_[:, :-1, :-1]
        self.between[parent.code] = between
        squared = np.maximum(with_parent, 0.0) ** 2
        totals = squared.sum(axis=1, keepdims=True)
        self.correlation[:, at] = with_parent
        self.importance[:, at] = np.divide(squared, totals, out=np.zeros_like(squared), where=totals > 0)
        if len(codes) < 2:
            return
        n = len(codes)
        mean = (between.sum(axis=(1, 2)) - n) / (n * (n - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            self.alpha[:, k] = n * mean / (1.0 + (n - 1) * mean)
        self.raw_alpha[:, k] = _raw_alpha(scores[:, :, :-1])
        values = np.linalg.eigvalsh(between)
        self.explained[:, k] = values[:, -1] / n
        self.components[:, k] = (values > 1.0 + 1e-9).sum(axis=1)


def _raw_alpha(scores: Array) -> Array:
    """Cronbach's alpha by covariances, each pair over the units that have both, shape (n_years,).

    scores : shape (n_years, n_units, n_children), two children or more.
    """
    there, n = ~np.isnan(scores), scores.shape[2]
    with np.errstate(invalid="ignore", divide="ignore"):
        off = np.where(there, scores - (np.nansum(scores, axis=1) / there.sum(axis=1))[:, None], 0.0)
        present = there.astype(np.float64)
        counts, sums = (np.swapaxes(one, 1, 2) @ present for one in (present, off))
        covariances = (np.swapaxes(off, 1, 2) @ off - sums * np.swapaxes(sums, 1, 2) / counts) / (counts - 1)
        alpha: Array = n / (n - 1) * (1 - np.trace(covariances, axis1=1, axis2=2) / covariances.sum(axis=(1, 2)))
    return np.where(np.isfinite(alpha), alpha, np.nan)


def _flags(result: Result, found: dict[str, Array], children: _Children, limits: Limits) -> tuple[Flag, ...]:
    framework, years = result.framework, result.years
    indicators = [indicator.code for indicator in framework.indicators]
    flags: list[Flag] = []

    def mark(rule: Rule, where: npt.NDArray[np.bool_], values: Array, limit: float, codes: list[str]) -> None:
        for y, k in zip(*np.nonzero(where), strict=True):
            flags.append(Flag(rule, years[y], codes[k], "", float(values[y, k]), limit))

    with np.errstate(invalid="ignore"):
        mark(Rule.AVAILABILITY, found["availability"] < limits.availability, found["availability"],
             limits.availability, indicators)  # fmt: skip
        mark(Rule.ZEROS, found["zeros"] > limits.zeros, found["zeros"], limits.zeros, indicators)
        mark(Rule.UNIQUE, found["unique"] < limits.unique, found["unique"], limits.unique, indicators)
        skewed = (np.abs(found["skewness"]) > limits.skewness) & (found["kurtosis"] > limits.kurtosis)
        mark(Rule.OUTLIERS, skewed, found["skewness"], limits.skewness, indicators)
        for parent in framework.aggregates:
            flags += _of_pairs(children, parent, years, limits)
        codes = list(framework.codes)
        flags += _elsewhere(result, children, found["correlation"])
        weak = (found["correlation"] < limits.weak) & (found["weight"] > 0)
        mark(Rule.WEAK, weak, found["correlation"], limits.weak, codes)
        aggregates = [aggregate.code for aggregate in framework.aggregates]
        mark(Rule.ALPHA, found["alpha"] < limits.alpha, found["alpha"], limits.alpha, aggregates)
        several = children.components > 1
        mark(Rule.DIMENSIONS, several, children.components.astype(np.float64), 1.0, aggregates)
        ratio = found["importance"] / found["weight"]
        off = (found["weight"] > 0) & ((ratio > limits.importance) | (ratio < 1.0 / limits.importance))
        mark(Rule.IMPORTANCE, off, ratio, limits.importance, codes)
        few = (found["unit_availability"] < limits.availability) & (found["unit_availability"] > 0)
        mark(Rule.UNIT, few, found["unit_availability"], limits.availability, list(result.units))
    order = list(Rule)
    return tuple(sorted(flags, key=lambda flag: order.index(flag.rule)))


def _elsewhere(result: Result, children: _Children, own: Array) -> list[Flag]:
    """Indicators that correlate more with another parent than with their own: a sign that they belong there."""
    framework = result.framework
    parents = dict.fromkeys(indicator.parent for indicator in framework.indicators)
    if len(parents) < 2:
        return []
    place = {code: k for k, code in enumerate(framework.codes)}
    with_parents = children.between_indicators_and(list(parents))
    flags = []
    for k, indicator in enumerate(framework.indicators):
        others = np.array([code != indicator.parent for code in parents])
        found = np.where(others, with_parents[:, k], -np.inf)
        best = found.argmax(axis=1)
        mine = own[:, place[indicator.code]]
        for y in np.flatnonzero(found.max(axis=1) > mine + 1e-9):
            value = float(found[y, best[y]])
            flags.append(
                Flag(Rule.ELSEWHERE, result.years[y], indicator.code, list(parents)[best[y]], value, float(mine[y]))
            )
    return flags


def _of_pairs(children: _Children, parent: Aggregate, years: tuple[int, ...], limits: Limits) -> list[Flag]:
    """Siblings that say the same, or work against each other."""
    between, codes = children.between[parent.code], children.codes(parent)
    flags = []
    for rule, limit, where in (
        (Rule.COLLINEAR, limits.collinear, between > limits.collinear),
        (Rule.NEGATIVE, limits.negative, between < limits.negative),
    ):
        for y, j, k in zip(*np.nonzero(np.triu(where, 1)), strict=True):
            flags.append(Flag(rule, years[y], codes[j], codes[k], float(between[y, j, k]), limit))
    return flags
