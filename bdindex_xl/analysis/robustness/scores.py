"""Scores of an index in draws of its uncertain choices: a whole block of draws at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ...core import weight
from ...core.arrays import Array, Flags, Index
from ...core.moments import moments
from ...core.parallel import spread
from ...engine.aggregate import aggregated
from ...engine.compute import Result, compute
from ...engine.normalise import normalised
from ...engine.of_units import of_units
from ...engine.prepare import normalisation_of, prepared
from ...engine.rules import index_ranked_by, is_sum, needs_years, over_years
from ...engine.stages import stages
from ...errors import FrameworkError
from ...language import Text, joined, same
from ...model.framework import Framework
from ...model.method import Method, Normalisation, Scope
from ...model.panel import Panel
from .draws import Perturbations, Points, noise
from .uncertain import DISCRETE, Source, Uncertainty, alternatives

_SERIAL = 1 << 18  # multiplications up to which a matrix product does not call on threads of its own
_AT_ONCE = 1 << 20  # numbers held for one part of the draws


_OVER_YEARS = Text(
    "{codes} 的得分还取决于其他年份，只就一年抽样不能分析其稳健性；请改用范围“当年”或其他方法",
    "{codes}: expected scores that follow from one year, since draws are of one; choose the scope year, or another "
    "method",
)


def in_year(framework: Framework, panel: Panel, method: Method, at: int) -> tuple[Result, int]:
    """The index computed, and the place of the year in it; without the other years where they do not matter."""
    needed, place = _needed(framework, panel, method, at)
    return compute(framework, needed, method), place


def _needed(framework: Framework, panel: Panel, method: Method, at: int) -> tuple[Panel, int]:
    if needs_years(framework, method):
        return panel, at
    return replace(panel, years=panel.years[at : at + 1], values=panel.values[at : at + 1]), 0


def _check_years(framework: Framework, panel: Panel, method: Method) -> None:
    """Raises FrameworkError where aggregates of a year cannot be drawn without the other years."""
    found = over_years(framework, method)
    if found and len(panel.years) > 1:
        codes = joined([same(node.code) for node in found])
        settings = ("scope",) if method.scope is Scope.PANEL else ("aggregation",)
        raise FrameworkError(_OVER_YEARS.format(codes=codes), settings=settings)


@dataclass(frozen=True, eq=False)
class Nominal:
    """The index as it is published, in one year.

    scores, ranks: of all units; NaN and 0 without. ranked: places of the units that have a rank, from first to last.
    """

    scores: Array
    ranks: npt.NDArray[np.int32]

    @cached_property
    def ranked(self) -> Index:
        order = np.argsort(self.ranks, kind="stable")
        return order[self.ranks[order] > 0]


def nominal(framework: Framework, panel: Panel, method: Method, at: int) -> Nominal:
    """The index as the method has it. Raises FrameworkError as `compute` does."""
    found, year = in_year(framework, panel, method, at)
    root = framework.aggregates.index(framework.root)
    return Nominal(found.node_array[year, root], found.rank_array[year, root])


@dataclass(frozen=True, eq=False)
class _Combination:
    """One choice of every alternative.

    scores: normalised, shape (n_units, n_indicators). weights: shape (n_nodes,), joint order. patterns: ranked units
    that have the same nodes, as places among the ranked, and those nodes; none without a score, and no patterns at all
    where not every aggregate is an arithmetic mean.
    """

    number: int
    method: Method
    scores: Array
    weights: Array
    patterns: tuple[tuple[Index, Flags], ...] | None


class Simulation:
    """An index whose choices vary. Each combination of choices is normalised and weighted once, when first drawn."""

    def __init__(
        self, framework: Framework, panel: Panel, method: Method, uncertainty: Uncertainty, *, at: int, seed: int
    ) -> None:
        self._framework, self._panel, self._method, self._at = framework, panel, method, at
        self._uncertainty, self._seed = uncertainty, seed
        self._alternatives = alternatives(uncertainty, method)
        self.sizes = {source: len(of) for source, of in self._alternatives.items()}
        self._known: dict[int, _Combination] = {}
        self._normalised: dict[tuple[str, str], Array] = {}
        units = of_units(framework, panel)
        self._units = None if units is None else units.in_year(at)
        for kind in dict.fromkeys((method.aggregation, *self._alternatives[Source.AGGREGATION])):
            _check_years(framework, panel, replace(method, aggregation=kind))
        self._perturbations = Perturbations(framework, uncertainty, seed=seed)
        self._root = framework.aggregates.index(framework.root)
        self.nominal = nominal(framework, panel, method, at)

    def scores(self, points: Points) -> Iterator[tuple[Index, Array]]:
        """Scores of the units that have a rank nominally, as ranks go by them: rows of the points, and shape
        (n_rows, n_ranked) [0-1].

        NaN where a unit has no score in a draw. One group a combination, so the rows come out of order.
        """
        for number in np.unique(points.combination):
            rows = np.flatnonzero(points.combination == number)
            step = max(1, _AT_ONCE // max(1, self._panel.values.shape[1]))
            for start in range(0, len(rows), step):
                some = rows[start : start + step]
                found = self._of(self._combination(int(number)), points.part(some))
                yield some, index_ranked_by(self._framework, self._method, found)

    def _of(self, combination: _Combination, points: Points) -> Array:
        weights = self._perturbations.of(combination.weights, points.perturbation, combination=combination.number)
        shape = len(points.noise), self.nominal.ranked.size
        if not self._uncertainty.noise:
            return np.broadcast_to(self._root_scores(combination, weights, combination.scores[np.newaxis]), shape)
        found = np.empty(shape)
        step = max(1, _AT_ONCE // max(1, combination.scores.size))
        for start in range(0, len(found), step):
            b = slice(start, start + step)
            own = weights if len(weights) == 1 else weights[b]
            found[b] = self._root_scores(combination, own, self._noisy(combination, points.noise[b]))
        return found

    def _combination(self, number: int) -> _Combination:
        if number not in self._known:
            self._known[number] = self._new(number)
        return self._known[number]

    def _new(self, number: int) -> _Combination:
        places = np.unravel_index(number, tuple(self.sizes.values()))
        alternatives = zip(places, self._alternatives.items(), strict=True)
        chosen: dict[str, Any] = {DISCRETE[source][1]: of[int(k)] for k, (source, of) in alternatives}
        method = replace(self._method, **chosen)
        result, year = in_year(self._framework, self._panel, method, self._at)
        order = [self._framework.codes.index(code) for code in self._framework.joint_codes]
        # Weighting and aggregation leave the normalised scores as they are: kept once for all that share them.
        key = method.normalisation, method.imputation
        scores = self._normalised.setdefault(key, result.normalised_array[year].copy())
        nodes = result.node_array[year]
        there = ~np.isnan(np.concatenate([scores, nodes.T], axis=1))[self.nominal.ranked]
        patterns = self._patterns(there) if self._units is None and is_sum(self._framework, method) else None
        return _Combination(number, method, scores, result.weight_array[year, order], patterns)

    def _patterns(self, there: Flags) -> tuple[tuple[Index, Flags], ...]:
        kinds, which = np.unique(there, axis=0, return_inverse=True)
        root = len(self._framework.indicators) + self._root
        return tuple((np.flatnonzero(which.ravel() == k), kind) for k, kind in enumerate(kinds) if kind[root])

    def _root_scores(self, combination: _Combination, weights: Array, scores: Array) -> Array:
        """Scores of the index, shape (n, n_ranked), from n or 1 sets of weights and n or 1 of normalised scores."""
        n = max(len(weights), len(scores))
        if combination.patterns is None:
            return self._level_by_level(combination.method, weights, scores, n)
        found = np.full((n, self.nominal.ranked.size), np.nan)
        ranked = scores[:, self.nominal.ranked]
        for units, there in combination.patterns:
            effective = self._effective(weights, there)
            found[:, units] = _product(effective, np.where(there[: scores.shape[2]], ranked[:, units], 0.0))
        # A node none of whose children has weight left is missing in that draw, whatever nodes units have nominally.
        lost = np.flatnonzero(np.broadcast_to(((weights == 0) & (combination.weights > 0)).any(axis=1), n))
        if lost.size:
            weights, scores = (of if len(of) == 1 else of[lost] for of in (weights, scores))
            found[lost] = self._level_by_level(combination.method, weights, scores, lost.size)
        return found

    def _effective(self, weights: Array, there: Flags) -> Array:
        """Weights of the indicators in the index for units that have these nodes, shape (n, n_indicators)."""
        n_indicators = len(self._framework.indicators)
        effective = np.ones_like(weights)
        for stage in reversed(stages(self._framework)):
            own = weight.shares(weights[:, stage.children], there[stage.children].astype(np.float64), stage.families)
            parents = n_indicators + stage.parents[stage.families.owner]
            effective[:, stage.children] = own * effective[:, parents]
        return effective[:, :n_indicators]

    def _level_by_level(self, method: Method, weights: Array, scores: Array, n: int) -> Array:
        """The draws take the place of the years."""
        n_units, n_indicators = scores.shape[1:]
        n_aggregates = len(self._framework.aggregates)
        weights = np.broadcast_to(weights, (n, weights.shape[1]))
        scores = np.broadcast_to(scores, (n, n_units, n_indicators))
        step = max(1, _AT_ONCE // max(1, n_units * (n_indicators + n_aggregates)))

        def work(b: slice) -> Array:
            own = weights[b]
            nodes = np.empty((len(own), n_aggregates, n_units))
            for stage in stages(self._framework):
                # Distances to the optimum, which the bound is about, are for weights; these are there already.
                aggregated(self._framework, stage, own, scores[b], nodes, method, bounded=True, units=self._units)
            return nodes[:, self._root, self.nominal.ranked]

        return np.concatenate(spread(work, [slice(start, start + step) for start in range(0, n, step)]))

    def _noisy(self, combination: _Combination, numbers: Index) -> Array:
        """Normalised scores of values with noise, shape (n, n_units, n_indicators)."""
        panel, at = _needed(self._framework, self._panel, combination.method, self._at)
        raw = prepared(self._framework, panel, combination.method)
        method, own = combination.method, raw[at]
        deviations = self._uncertainty.noise * moments(raw[at : at + 1]).deviations[0]
        values = own + deviations * noise(numbers, *own.shape, seed=self._seed)
        if _by_first_year(self._framework, method):
            draws = [np.concatenate([raw[:at], one[np.newaxis], raw[at + 1 :]]) for one in values]
            return np.stack([normalised(self._framework, draw, method).scores[at] for draw in draws])
        if method.scope is Scope.PANEL:
            # Values of all years together are one year's, of as many more units.
            others = np.delete(raw, at, axis=0).reshape(1, -1, own.shape[1])
            values = np.concatenate([values, np.broadcast_to(others, (len(values), *others.shape[1:]))], axis=1)
            method = replace(method, scope=Scope.YEAR)
        return normalised(self._framework, values, method).scores[:, : len(own)]


def _by_first_year(framework: Framework, method: Method) -> bool:
    """Whether scores of a year are held against the first of all years."""
    kinds = {normalisation_of(indicator, method) for indicator in framework.indicators}
    reference = method.scope is Scope.PANEL and Normalisation.DISTANCE_TO_REFERENCE in kinds
    return reference or any(kind.record.over_years for kind in kinds)


def _product(weights: Array, scores: Array) -> Array:
    """Weighted sums, shape (n, n_units), of weights (n or 1, n_indicators), scores (n or 1, n_units, n_indicators)."""
    if len(scores) > 1:
        return np.asarray(np.matmul(scores, weights[:, :, np.newaxis])[:, :, 0])
    columns = np.ascontiguousarray(scores[0].T)
    found = np.empty((len(weights), columns.shape[1]))
    step = max(1, _SERIAL // columns.size) if columns.size else 1
    for start in range(0, len(weights), step):
        np.matmul(weights[start : start + step], columns, out=found[start : start + step])
    return found
