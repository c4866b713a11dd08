"""One unit's place while one of its values changes: the path up to the index computed anew, the rest kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..core.arrays import Array, Index
from ..core.rank import Ranks, ranks
from ..engine.compute import compute
from ..engine.normalise import normalised, squared_distances
from ..engine.prepare import normalisation_of, prepared
from ..engine.rules import index_ranked_by, is_sum, least_of
from ..engine.stages import Stage, stages
from ..engine.weigh import Children
from ..engine.weigh import weights as weights_of
from ..model.framework import Framework
from ..model.method import Imputation, Method, Scope
from ..model.panel import Panel


def on_its_own(framework: Framework, method: Method) -> bool:
    """Whether a value of one indicator changes no scores of its year but those up to the index."""
    bounded = all(normalisation_of(i, method).record.bounded for i in framework.indicators)
    apart = method.weights_scope is Scope.YEAR and (method.scope is Scope.YEAR or bounded)
    codes = {indicator.code for indicator in framework.indicators}
    divides = any(indicator.denominator in codes for indicator in framework.indicators)
    means_apart = not is_sum(framework, method)
    return (
        apart
        and method.imputation is not Imputation.NEAREST_NEIGHBOURS
        and not (divides or means_apart or method.unit_available)
    )


class SingleChange:
    """The rank of a unit in one year with one indicator's value changed, for every indicator at once.

    What the change leaves as it is, is found once: an indicator's new value moves its own scores, its siblings' and its
    ancestors' weights, and the scores of its ancestors. Only for methods that `on_its_own` allows.
    """

    def __init__(
        self, framework: Framework, panel: Panel, method: Method, y: int, unit: int, columns: list[int]
    ) -> None:
        """`y` and `unit` are places in the panel; `columns` are those of the framework's indicators."""
        self._framework, self._panel, self._method = framework, panel, method
        self._y, self._unit, self._columns = y, unit, columns
        result = compute(framework, panel, method)
        raw = normalised(framework, prepared(framework, panel, method), method)
        self._bounded = raw.bounded
        of_nodes = squared_distances(result.node_array, method, bounded=raw.bounded, axis=2)
        self._scores = np.concatenate([result.normalised_array[y].T, result.node_array[y]])
        self._distances, self._counts = (
            np.concatenate([own[y], above[y]]) for own, above in zip((raw.distances, raw.counts), of_nodes, strict=True)
        )

    def ranks(self, values: Array) -> Ranks:
        """Rank of the unit with each indicator's value in turn, shape (n_indicators,); 0 without."""
        changed = self._panel.values.copy()
        changed[self._y, self._unit, self._columns] = values
        # Indicators are prepared and normalised apart: all of the unit's new values can go in together.
        panel = replace(self._panel, values=changed)
        new = normalised(self._framework, prepared(self._framework, panel, self._method), self._method)
        scores = np.ascontiguousarray(new.scores[self._y].T)
        distances, counts = (np.array(of[self._y]) for of in (new.distances, new.counts))
        at = np.arange(len(scores))  # the node up to which each change has come, in joint order
        for stage in stages(self._framework):
            some = np.flatnonzero(np.isin(at, stage.children))
            if some.size:
                weights = self._weights(stage, at[some], scores[some], distances[some], counts[some])
                at[some] = self._raise(stage, some, at, scores, weights)
                found = squared_distances(scores[some][:, None], self._method, bounded=self._bounded, axis=2)
                distances[some], counts[some] = found[0][:, 0], found[1][:, 0]
        places: Ranks = ranks(index_ranked_by(self._framework, self._method, scores))[:, self._unit]
        return places

    def _weights(self, stage: Stage, at: Index, scores: Array, distances: Array, counts: Array) -> Array:
        """Weights of a stage's children for each change, shape (n_changes, n_children)."""
        n, place = np.arange(len(at)), _places(stage, at)
        parts = [np.tile(of[stage.children], (len(at), 1)) for of in (self._distances, self._counts)]
        for part, own in zip(parts, (distances, counts), strict=True):
            part[n, place] = own

        def all_scores() -> Array:
            found = np.tile(self._scores[stage.children].T, (len(at), 1, 1))
            found[n, :, place] = scores
            return found

        return weights_of(self._framework, stage, Children(parts[0], parts[1], all_scores), self._method)

    def _raise(self, stage: Stage, some: Index, at: Index, scores: Array, weights: Array) -> Index:
        """The parents that the changes come to, whose scores take the place of the children's."""
        place = _places(stage, at[some])
        owners = stage.families.owner[place]
        for owner in np.unique(owners):
            family = np.flatnonzero(stage.families.owner == owner)
            parent = self._framework.aggregates[stage.parents[owner]]
            least = least_of(self._framework, parent, self._method)
            ours = np.flatnonzero(owners == owner)
            siblings = self._scores[stage.children[family]]
            there = ~np.isnan(siblings)
            siblings, present = np.where(there, siblings, 0.0), there.astype(np.float64)
            # Without the child on the path, which comes with its new scores.
            others = weights[ours][:, family]
            own = others[np.arange(len(ours)), place[ours] - family[0]][:, None]
            others[np.arange(len(ours)), place[ours] - family[0]] = 0.0
            new = scores[some[ours]]
            has = ~np.isnan(new)
            total = others @ siblings + own * np.where(has, new, 0.0)
            carried = others @ present + own * has
            count = present.sum(axis=0) - present[place[ours] - family[0]] + has
            enough = count >= (least - 1e-12) * len(family)
            raised = np.full(total.shape, np.nan)
            np.divide(total, carried, out=raised, where=enough & (carried > 0))
            scores[some[ours]] = raised
        parents: Index = len(self._framework.indicators) + stage.parents[owners]
        return parents


def _places(stage: Stage, nodes: Index) -> Index:
    """Where nodes stand among a stage's children."""
    order = np.argsort(stage.children)
    return order[np.searchsorted(stage.children, nodes, sorter=order)]
