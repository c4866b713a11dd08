"""The results of a workbook as figures ask for them: values, ranks, names and groups by ranking, node and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..core import rank
from ..core.arrays import Array, Flags, Index
from ..core.breaks import natural_breaks
from ..engine.compute import Result
from ..engine.prepare import with_denominators
from ..engine.rules import node_ranked_by
from ..engine.seen import goodness
from ..language import Lang, Text
from ..model.figure import Figure
from ..model.framework import Aggregate, Indicator, Node
from ..model.hot_words import HotWord
from ..sheets.inputs import Grouping, Inputs, Ranking
from ..sheets.tiers import Tiers


class Lacking(Exception):
    """A figure lacks something that it needs; the text says what."""

    def __init__(self, what: Text) -> None:
        super().__init__(str(what))
        self.what = what


@dataclass(frozen=True, eq=False)
class FigureSource:
    """A workbook's inputs, its results by ranking, its hot words; whether raw values are for nobody to see; where the
    words are from."""

    inputs: Inputs
    results: Mapping[str, Result]
    words: tuple[HotWord, ...] = ()
    without_raw: bool = False
    words_from: str = ""

    @property
    def lang(self) -> Lang:
        return self.inputs.lang

    def view(self, figure: Figure) -> RankingView:
        """The ranking that a figure is of. Raises Lacking where there is none of that name."""
        rankings = {ranking.key: ranking for ranking in self.inputs.rankings}
        key = figure.ranking or self.inputs.rankings[-1].key
        if key not in rankings:
            raise Lacking(_NO_RANKING.format(ranking=key))
        return self.of(rankings[key])

    def of(self, ranking: Ranking) -> RankingView:
        """A ranking's view."""
        return RankingView(self, ranking, self.results[ranking.key])

    def others(self, view: RankingView) -> tuple[RankingView, ...]:
        """The other rankings."""
        return tuple(self.of(one) for one in self.inputs.rankings if one.key != view.ranking.key)

    def node(self, code: str) -> Node:
        """A node of the framework. Raises Lacking where there is none of that code."""
        found = next((node for node in self.inputs.framework.nodes if node.code == code), None)
        if found is None:
            raise Lacking(_NO_NODE.format(code=code))
        return found

    def nodes(self, codes: Sequence[str]) -> tuple[Node, ...]:
        return tuple(map(self.node, codes))

    @property
    def root(self) -> Aggregate:
        return self.inputs.framework.root

    @property
    def dimensions(self) -> tuple[Node, ...]:
        """The children of the index."""
        return self.inputs.framework.children(self.root.code)

    def grouping(self, name: str) -> Grouping:
        """A grouping of that name. Raises Lacking where there is none."""
        found = next((one for one in self.inputs.groupings if one.name == name), None)
        if found is None:
            raise Lacking(_NO_GROUPING.format(name=name))
        return found


@dataclass(frozen=True, eq=False)
class RankingView:
    """One ranking: arrays follow its units; years are places in its panel."""

    source: FigureSource
    ranking: Ranking
    result: Result

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.ranking.labels.values())

    @property
    def shown(self) -> int:
        return self.ranking.shown

    @property
    def years(self) -> tuple[int, ...]:
        return self.ranking.panel.years

    @property
    def year(self) -> int:
        return self.ranking.year

    def before(self) -> int:
        """The place of the year before. Raises Lacking in the first year."""
        if not self.shown:
            raise Lacking(_NO_YEAR_BEFORE.format(year=self.year))
        return self.shown - 1

    def span(self, n: int | None) -> tuple[int, ...]:
        """Places of the last `n` years to the one shown; of all where None. Raises Lacking where there is only one."""
        found = range(0 if n is None else max(self.shown + 1 - n, 0), self.shown + 1)
        if len(found) < 2:
            raise Lacking(_NO_YEAR_BEFORE.format(year=self.year))
        return tuple(found)

    def values(self, node: Node) -> Array:
        """Shape (n_years, n_units): scores of an aggregate [to full marks], raw values of an indicator [its measure].

        Scores are rounded where ranks go by rounded ones: of units that tie, a reader is told one score. Raw values are
        after denominators, as all that is said of them elsewhere. Raises Lacking where withheld.
        """
        if isinstance(node, Aggregate):
            return self.rounded(node, self.scores(node))
        framework = self.source.inputs.framework
        return self._raw[:, :, framework.indicators.index(node)]

    @cached_property
    def _raw(self) -> Array:
        if self.source.without_raw:
            raise Lacking(_WITHHELD)
        return with_denominators(self.source.inputs.framework, self.ranking.panel)

    def scores(self, node: Node) -> Array:
        """Shape (n_years, n_units): scores of any node [to the full marks], to the last digit."""
        if isinstance(node, Aggregate):
            return self.result.method.scale * self.result.node_array[:, self._place(node)] + 0.0
        at = [indicator.code for indicator in self.result.framework.indicators].index(node.code)
        return self.result.method.scale * self.result.normalised_array[:, :, at] + 0.0

    def ranks(self, node: Node) -> rank.Ranks:
        """Shape (n_years, n_units): 0 where there is none; of an indicator, by its values and direction."""
        if isinstance(node, Aggregate):
            return self.result.rank_array[:, self._place(node)]
        return rank.ranks(goodness(node, self.values(node)))

    def rounded(self, node: Aggregate, scores: Array) -> Array:
        """Scores [to the full marks], of any shape, as ranks of an aggregate go by them."""
        method = self.result.method
        return method.scale * node_ranked_by(self.result.framework, method, node, scores / method.scale) + 0.0

    def below_0(self, node: Indicator) -> bool:
        """Whether an indicator has values below 0, or may have some, as they are withheld."""
        return self.source.without_raw or bool((self.values(node) < 0).any())

    def _place(self, node: Node) -> int:
        return self.result.framework.aggregates.index(node)

    def members(self, grouping: str, group: str) -> Flags:
        """Shape (n_units,): units of a group; of a tier where there is no grouping; of any group where none is named.

        Raises Lacking where there is no such grouping or none of its units is here.
        """
        if not grouping and not group:
            return np.ones(len(self.labels), dtype=bool)
        found: Flags
        if not grouping:
            found = self.tier == (int(group) if group.isdecimal() else -1)
        else:
            of_unit = np.array(self.groups(grouping))
            found = of_unit == group if group else of_unit != ""
        if not found.any():
            raise Lacking(_NO_MEMBERS.format(group=group or grouping))
        return found

    def groups(self, grouping: str) -> tuple[str, ...]:
        """The group of each unit, "" for none."""
        return self.source.grouping(grouping).groups[self.ranking.key]

    @cached_property
    def tier(self) -> rank.Ranks:
        """Shape (n_units,): tier of each unit in the year shown, 0 where it has no score."""
        return self.tiers_in(self.shown)

    @property
    def rest(self) -> int:
        """The number of what comes after the last tier that is named; 0 where natural breaks divide all."""
        bounds = self._tiers.bounds
        return len(bounds) + 1 if bounds else 0

    @property
    def _tiers(self) -> Tiers:
        return self.source.inputs.tiers.get(self.ranking.key, Tiers())

    def tiers_in(self, y: int) -> rank.Ranks:
        """Shape (n_units,): tier of each unit in a year; of natural breaks, by the scores that ranks go by."""
        root = self.source.root
        tiers = self._tiers
        if not tiers.bounds:
            scores = self.result.node_array[y, self._place(root)]
            ranked = node_ranked_by(self.result.framework, self.result.method, root, scores)
            return natural_breaks(rank.levelled(ranked), tiers.classes)
        ranks = self.ranks(root)[y]
        classes = np.searchsorted(np.array(tiers.bounds), ranks, side="left") + 1
        return np.where(ranks > 0, classes, 0).astype(np.int32)

    def first(self, node: Node, n: int | None, among: Flags | None = None) -> Index:
        """Units by their rank at a node in the year shown, the first `n`; those without one are left out."""
        ranks = self.ranks(node)[self.shown]
        has = ranks > 0 if among is None else (ranks > 0) & among
        at = np.flatnonzero(has)
        root = self.ranks(self.source.root)[self.shown][at]
        order = at[np.lexsort((at, np.where(root > 0, root, len(self.labels) + 1), ranks[at]))]
        if not order.size:
            raise Lacking(_NO_VALUES.format(name=node.name, year=self.year))
        return order if n is None else order[:n]

    def several(self, units: Index) -> Index:
        """These units. Raises Lacking where there are none that one could be held against."""
        if len(units) < 2:
            raise Lacking(_TWO_UNITS)
        return units

    def whole(self) -> RankingView:
        """The ranking whose units hold those of this one, and with them what belongs to none; else this one."""
        for other in self.source.others(self):
            names = set(other.labels)
            for grouping in self.source.inputs.groupings:
                groups = set(self.groups(grouping.name)) - {""}
                if groups and groups <= names and other.ranking.panel.years == self.years and other.year == self.year:
                    return other
        return self

    def named(self, units: Index | Sequence[int]) -> list[str]:
        """Labels of units."""
        labels = self.labels
        return [labels[u] for u in units]


_TWO_UNITS = Text("两个以上有数据的地区", "two units with data at least")
_WITHHELD = Text("原始数据（本文件不含）", "raw data, which this file does not hold")
_NO_RANKING = Text("榜单“{ranking}”", "a ranking “{ranking}”")
_NO_NODE = Text("指标“{code}”", "an indicator “{code}”")
_NO_GROUPING = Text("分组列“{name}”", "a group column “{name}”")
_NO_MEMBERS = Text("属于“{group}”的地区", "units of “{group}”")
_NO_YEAR_BEFORE = Text("{year} 年之前一年的数据", "data for a year before {year}")
_NO_VALUES = Text("{name} 在 {year} 年的数据", "data for {name} in {year}")
