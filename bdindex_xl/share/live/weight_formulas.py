"""Block 4 of the steps: what the weights of a parent's children are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ...core.arrays import Array
from ...engine.weigh import weighting_of
from ...language import Text
from ...model.framework import Aggregate, Indicator, Node
from ...model.method import Mixing, Scope, Weighting
from ...sheets import schema
from . import information_formulas as information
from . import information_values as values
from . import optimum_formulas as optimum
from . import parts_formulas
from . import working_texts as texts
from .grid import FIRST, GridColumn, here, rows_here
from .information_formulas import Against, Measured
from .refs import AnyRow, in_rows
from .working import Steps, all_cached, cached


@dataclass(frozen=True, slots=True)
class Sibling:
    """A child of a parent in a year of a ranking: a row of the block. `first` and `last` are those of its siblings."""

    ranking: str
    y: int
    parent: Aggregate
    child: Node
    first: int
    last: int


def closeness(steps: Steps) -> None:
    """Block 4; siblings stand below each other. Its last column is in proportion to the weights."""
    lang, grid, method = steps.lang, steps.grid, steps.inputs.method
    kinds = {weighting_of(parent, method) for parent in steps.aggregates}
    parts = parts_formulas.parts(steps)
    beside = _beside(steps) if Weighting.CRITIC in kinds else {}
    grid.block((texts.WEIGHTS_MIXED if len(kinds) > 1 or method.given_share else _note(*kinds))[lang])
    at = _siblings(steps)
    years = {r.key: r.panel.years for r in steps.inputs.rankings}
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(years[one.ranking][one.y]) for one in at]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[one.ranking] for one in at]))
    grid.add(GridColumn(texts.PARENT[lang], "text", [one.parent.code for one in at]))
    grid.add(GridColumn(texts.CHILD[lang], "text", [one.child.code for one in at]))
    last = _Block(steps, at, parts, beside).columns(kinds)
    for i, one in enumerate(at):
        steps.closeness[one.ranking, years[one.ranking][one.y], one.child.code] = (
            grid.sheet.cell(FIRST + i, last),
            grid.sheet.column(FIRST + one.first, FIRST + one.last, last),
        )


def _siblings(steps: Steps) -> list[Sibling]:
    found: list[Sibling] = []
    for key, y in steps.spans:
        for parent in steps.aggregates:
            children, first = steps.inputs.framework.children(parent.code), len(found)
            found += [Sibling(key, y, parent, child, first, first + len(children) - 1) for child in children]
    return found


def _note(kind: Weighting) -> Text:
    known = {
        Weighting.IMPROVED_VECTOR: texts.WEIGHTS,
        Weighting.EQUAL: texts.WEIGHTS_EQUAL,
        Weighting.GIVEN: texts.WEIGHTS_GIVEN,
    }
    return known.get(kind, texts.WEIGHTS_BY.format(weighting=kind.record.label, does=kind.record.does))


def _beside(steps: Steps) -> dict[str, int]:
    """A block with scores of indicators that CRITIC holds against aggregates; its columns by code.

    Not every program correlates cells of two sheets.
    """
    columns: dict[str, int] = {}
    for parent in steps.aggregates:
        children = steps.inputs.framework.children(parent.code)
        mixed = len({type(child) for child in children}) > 1
        if not mixed or weighting_of(parent, steps.inputs.method) is not Weighting.CRITIC:
            continue
        if not columns:
            steps.grid.block(texts.BESIDE[steps.lang])
        for child in children:
            if isinstance(child, Indicator):
                own = steps.child_cell(child, AnyRow())
                texts_ = in_rows(f'IF({own}="","",{own})', range(len(steps.rows)))
                cells = all_cached(texts_, steps.values(child))
                columns[child.code] = steps.grid.add(GridColumn(child.name, "score", cells))
    return columns


class _Block:
    """The columns of numbers, row by row of the siblings."""

    def __init__(self, steps: Steps, at: Sequence[Sibling], parts: dict[str, int], beside: dict[str, int]) -> None:
        self._steps, self._at, self._parts, self._beside = steps, at, parts, beside
        self._method = steps.inputs.method
        self._kinds = [weighting_of(one.parent, self._method) for one in at]
        self._families = [(one.first, one.last + 1) for i, one in enumerate(at) if one.first == i]
        of_all = {first: self._scores_of(first, end) for first, end in self._families}
        self._scores = {first: self._weighed(first, scores) for first, scores in of_all.items()}
        self._moved = {first: self._weighed(first, optimum.to_optimum(steps, one)) for first, one in of_all.items()}

    def columns(self, kinds: set[Weighting]) -> int:
        """All of them; returns the last."""
        at, kinds_of = self._at, self._kinds
        counts = self._each(lambda first, _: (~np.isnan(self._scores[first])).sum(axis=0).astype(np.float64))
        count = self._add(texts.COUNT, "count", (f"COUNT({self._cells(one)})" for one in at), counts)
        measures = self._each(
            lambda first, _: values.measures(kinds_of[first], self._scores[first], self._moved[first])
        )
        children = [
            Measured(self._cells(one), here(i, count), self._distance(one), self._part(one)) for i, one in enumerate(at)
        ]
        header = texts.MEASURE if kinds & information.BY_SPREAD else texts.DISTANCE
        measure = self._add(header, "value", map(information.measure, kinds_of, children), measures)
        told, column = measures, measure
        if Weighting.CRITIC in kinds:
            told = self._each(
                lambda first, end: (
                    values.informations(self._scores[first], measures[first:end])
                    if kinds_of[first] is Weighting.CRITIC
                    else measures[first:end]
                )
            )
            conflicts = (self._conflict(i, measure, children) for i in range(len(at)))
            column = self._add(texts.INFORMATION, "value", conflicts, told)
        given = np.array([float(one.child.weight or 0.0) for one in at])
        found = self._each(
            lambda a, b: values.closeness(kinds_of[a], counts[a:b], measures[a:b], told[a:b], given[a:b])
        )
        against = [self._against(i, count, measure, column) for i in range(len(at))]
        last = self._add(texts.CLOSENESS, "value", map(information.closeness, kinds_of, against), found)
        if not self._method.given_share:
            return last
        return self._mixed(count, last, np.where(counts > 0, given, 0.0), found)

    def _mixed(self, count: int, last: int, given: Array, found: Array) -> int:
        """Columns that mix what was found with the weights of the framework, where these are not all there is."""
        at, share, cells = self._at, self._method.given_share, self._steps.sources.given_weights
        own = (f"IF({here(i, count)}=0,0,N({cells[one.child.code]}))" for i, one in enumerate(at))
        entered = self._add(texts.GIVEN, "value", own, given)
        sets = [values.mixed(found[a:b], given[a:b], share, self._method.mixing) for a, b in self._families]
        added, product, chosen = (np.concatenate([one[k] for one in sets]) for k in range(3))
        judged = np.array([kind.record.judged for kind in self._kinds])
        rows = range(len(at))
        sides = [self._sides(i, entered, last) for i in rows]
        how = (information.added(a, b, share) for a, b in sides)
        column = self._add(texts.ADDED, "value", how, added)
        if self._method.mixing is Mixing.MULTIPLICATIVE:
            how = (information.multiplied(a, b, share) for a, b in sides)
            multiplied = self._add(texts.MULTIPLIED, "value", how, product)
            both = [(self._siblings(i, multiplied), here(i, multiplied), here(i, column)) for i in rows]
            texts_ = [f"IF(SUM({all_})>0,{own_},{otherwise})" for all_, own_, otherwise in both]
        else:
            texts_ = [here(i, column) for i in rows]
        final = [here(i, last) if judged[i] else texts_[i] for i in rows]
        return self._add(texts.MIXED, "value", final, np.where(judged, found, chosen))

    def _sides(self, i: int, entered: int, found: int) -> tuple[str, str]:
        """Given and found weights as shares, each in place of the other where that has none."""
        (a, own), (b, other) = ((f"SUM({self._siblings(i, column)})", here(i, column)) for column in (entered, found))
        return (
            f"IF({a}>0,{own}/{a},IF({b}>0,{other}/{b},0))",
            f"IF({b}>0,{other}/{b},IF({a}>0,{own}/{a},0))",
        )

    def _add(self, header: Text, role: str, formulas: Iterable[str], found: Array) -> int:
        cells = [cached(text, value) for text, value in zip(formulas, found.tolist(), strict=True)]
        return self._steps.grid.add(GridColumn(header[self._steps.lang], role, cells))

    def _each(self, of_family: Callable[[int, int], Array]) -> Array:
        return np.concatenate([of_family(first, end) for first, end in self._families])

    def _span(self, one: Sibling) -> tuple[int, int]:
        return self._steps.span(one.ranking, one.y, panel=self._method.weights_scope is Scope.PANEL)

    def _cells(self, one: Sibling) -> str:
        if one.child.code in self._beside:
            return rows_here(*self._span(one), self._beside[one.child.code])
        return self._steps.of_child(one.child, *self._span(one))

    def _distance(self, one: Sibling) -> str:
        return optimum.distance(self._steps, one.child, one.ranking, one.y)

    def _part(self, one: Sibling) -> str:
        return rows_here(*self._span(one), self._parts[one.child.code]) if one.child.code in self._parts else ""

    def _siblings(self, i: int, column: int) -> str:
        return rows_here(self._at[i].first, self._at[i].last, column)

    def _conflict(self, i: int, measure: int, children: Sequence[Measured]) -> str:
        if self._kinds[i] is not Weighting.CRITIC:
            return here(i, measure)
        one = self._at[i]
        others = [(children[j].scores, here(j, measure)) for j in range(one.first, one.last + 1) if j != i]
        return information.conflict(children[i], here(i, measure), others)

    def _against(self, i: int, count: int, measure: int, told: int) -> Against:
        given = self._steps.sources.given_weights.get(self._at[i].child.code, "")
        return Against(
            here(i, count), here(i, measure), self._siblings(i, measure), here(i, told), self._siblings(i, told), given
        )

    def _scores_of(self, first: int, end: int) -> Array:
        """Scores of siblings, shape (n_years, n_units, n_children) [0-1]."""
        return np.stack([self._steps.found(one.child, one.ranking) for one in self._at[first:end]], axis=-1)

    def _weighed(self, first: int, scores: Array) -> Array:
        """Of the units and years that weigh siblings, shape (n_units, n_children)."""
        if self._method.weights_scope is Scope.PANEL:
            return scores.reshape(-1, scores.shape[2])
        of_year: Array = scores[self._at[first].y]
        return of_year
