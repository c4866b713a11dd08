"""One unit as a page shows it: where it stands, in what it is strong and weak, and what its score is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..core import rank
from ..core.arrays import Array
from ..language import Text
from ..model.framework import Aggregate, Node
from ..sheets.schema import ranking_label
from . import amounts
from .kinds.parts import added
from .source import Lacking, RankingView
from .wording import enumerated

NAMED = 5  # strengths, and weaknesses, that are shown
_AXES = range(3, 13)  # how many axes a radar can have
_ENOUGH = 5  # dimensions from which a radar shows them, and not what is below them


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands at a node in the year shown.

    Attributes
    ----------
    value
        Score of an aggregate [to the full marks], raw value of an indicator [its measure].
    score, mean, best
        [to the full marks] Its score, and the mean and the best of the ranking.
    first
        Who has the best score.
    rank, previous, change
        Places; `change` is positive where it moved up.
    last
        Whether nobody stands behind it.
    share
        Of the whole, where values add up.
    """

    node: Node
    value: float | None
    score: float | None
    mean: float | None
    best: float | None
    first: str
    rank: int | None
    previous: int | None
    change: int | None
    last: bool
    share: float | None

    @property
    def gap(self) -> float | None:
        """The score less the mean."""
        return None if self.score is None or self.mean is None else self.score - self.mean


@dataclass(frozen=True, slots=True)
class Profile:
    """A unit's page.

    `years`, `ranks` and `scores` are of the index, oldest first. `axes` are what a radar shows, () where too few.
    `added` is what each dimension adds to the score, () where scores are no weighted sums.
    """

    code: str
    name: str
    ranking: Text
    year: int
    n_ranked: int
    groups: tuple[tuple[str, str], ...]
    index: Standing
    dimensions: tuple[Standing, ...]
    indicators: tuple[Standing, ...]
    axes: tuple[Standing, ...]
    years: tuple[int, ...]
    ranks: tuple[int | None, ...]
    scores: tuple[float | None, ...]
    strengths: tuple[Standing, ...]
    weaknesses: tuple[Standing, ...]
    added: tuple[float | None, ...]
    summary: tuple[Text, ...]


@dataclass(frozen=True, eq=False)
class _AtNode:
    """A node in the whole ranking; arrays follow its units."""

    node: Node
    values: Array
    scores: Array
    ranks: rank.Ranks
    previous: rank.Ranks
    changes: Array
    mean: float | None
    best: float | None
    first: str
    whole: float | None

    def standing(self, u: int) -> Standing:
        """Of one unit."""
        place, value = int(self.ranks[u]), _or_none(self.values[u])
        share = value / self.whole if value is not None and self.whole else None
        return Standing(
            self.node,
            value,
            _or_none(self.scores[u]),
            self.mean,
            self.best,
            self.first,
            place or None,
            int(self.previous[u]) or None,
            None if np.isnan(self.changes[u]) else int(self.changes[u]),
            bool(place) and place == int(self.ranks.max()),
            share,
        )


@dataclass(frozen=True, eq=False)
class Profiles:
    """The profiles of a ranking. What they share is found once."""

    view: RankingView

    def of(self, u: int) -> Profile:
        """The page of the unit at that place of the ranking."""
        view, inputs = self.view, self.view.source.inputs
        at = [one.standing(u) for one in self._nodes]
        by_code = {standing.node.code: standing for standing in at}
        index = by_code[view.source.root.code]
        dimensions = tuple(by_code[node.code] for node in view.source.dimensions)
        indicators = tuple(standing for standing in at if not isinstance(standing.node, Aggregate))
        strengths, weaknesses = _chosen(index, indicators)
        root, last = self._nodes[0], view.shown + 1
        n_ranked = int((root.ranks > 0).sum())
        return Profile(
            view.ranking.panel.units[u],
            view.labels[u],
            ranking_label(view.ranking.key),
            view.year,
            n_ranked,
            tuple((one.name, group) for one in inputs.groupings if (group := one.groups[view.ranking.key][u])),
            index,
            dimensions,
            indicators,
            tuple(by_code[node.code] for node in self._axes),
            view.years[:last],
            tuple(int(one) or None for one in view.ranks(root.node)[:last, u]),
            tuple(_or_none(one) for one in view.values(root.node)[:last, u]),
            strengths,
            weaknesses,
            () if self._added is None else tuple(_or_none(one) for one in self._added[u]),
            tuple(_told(view, index, dimensions, n_ranked, view.labels[u])),
        )

    @cached_property
    def _nodes(self) -> tuple[_AtNode, ...]:
        """Every node of the framework, the index first."""
        framework = self.view.source.inputs.framework
        nodes = (framework.root, *(node for node in framework.nodes if node.code != framework.root.code))
        return tuple(map(self._at, nodes))

    def _at(self, node: Node) -> _AtNode:
        view, y = self.view, self.view.shown
        values, ranks = view.values(node)[y], view.ranks(node)
        scores = values if isinstance(node, Aggregate) else view.scores(node)[y]  # those that are told beside ranks
        previous = ranks[y - 1] if y else np.zeros_like(ranks[y])
        has = bool((~np.isnan(scores)).any())
        best = int(np.nanargmax(scores)) if has else 0
        return _AtNode(
            node,
            values,
            scores,
            ranks[y],
            previous,
            rank.rank_changes(ranks[y], previous),
            float(np.nanmean(scores)) if has else None,
            float(scores[best]) if has else None,
            view.labels[best] if has else "",
            self._whole(node),
        )

    def _whole(self, node: Node) -> float | None:
        """The sum of an indicator's values; None where they do not add up."""
        if not amounts.adds_up(self.view, node):
            return None
        return float(np.nansum(amounts.whole(self.view, node)[self.view.shown])) or None

    @cached_property
    def _axes(self) -> Sequence[Node]:
        """The dimensions; what is below them where those are few and this tells more."""
        source = self.view.source
        nodes = source.dimensions
        below = [child for node in nodes for child in _below(self.view, node)]
        if len(nodes) < _ENOUGH and len(below) in _AXES:
            return below
        return nodes if len(nodes) in _AXES else ()

    @cached_property
    def _added(self) -> Array | None:
        try:
            return added(self.view, self.view.source.root)
        except Lacking:
            return None


def profile(view: RankingView, u: int) -> Profile:
    """The page of the unit at that place of the ranking."""
    return Profiles(view).of(u)


def _below(view: RankingView, node: Node) -> tuple[Node, ...]:
    return view.source.inputs.framework.children(node.code) if isinstance(node, Aggregate) else (node,)


def _chosen(index: Standing, indicators: Sequence[Standing]) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Strengths and weaknesses, as `CHOSEN` says."""
    if index.rank is None:
        return (), ()
    placed = [one for one in indicators if one.rank is not None]
    ahead = [one for one in placed if (one.rank or 0) <= index.rank and not one.last]
    behind = [one for one in placed if one not in ahead]
    ahead.sort(key=lambda one: (one.rank or 0, -(one.gap or 0.0)))
    behind.sort(key=lambda one: one.gap or 0.0)
    return tuple(ahead[:NAMED]), tuple(behind[:NAMED])


def _told(view: RankingView, index: Standing, dimensions: Sequence[Standing], n_ranked: int, name: str) -> list[Text]:
    if index.rank is None or index.score is None:
        return [_UNRANKED.format(name=name, index=index.node.name, year=view.year)]
    found = {
        "name": name, "index": index.node.name, "year": view.year, "score": f"{index.score:.1f}",
        "rank": index.rank, "n": n_ranked, "moved": _moved(view, index),
    }  # fmt: skip
    told = [_STANDS.format(**found)]
    placed = [_PLACED.format(name=one.node.name, rank=one.rank) for one in dimensions if one.rank is not None]
    return told + ([_DIMENSIONS.format(names=enumerated(placed))] if placed else [])


def _moved(view: RankingView, index: Standing) -> Text:
    if not view.shown:
        return Text("", "")
    if index.change is None:
        return _NEW.format(previous=view.years[view.shown - 1])
    word = _UP if index.change > 0 else _DOWN if index.change < 0 else _KEPT
    return word.format(previous=view.years[view.shown - 1], n=abs(index.change))


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


CHOSEN = Text(
    "相对优势：名次不低于总排名且不在末位的指标，按名次取前 {n} 个；相对短板：名次低于总排名或在末位的指标，"
    "按得分与均值之差从低到高取前 {n} 个。",
    "Relative strengths: indicators in which the unit ranks no lower than in the index and not last, the first {n} by "
    "rank. Relative weaknesses: those in which it ranks lower or last, the first {n} by score less mean.",
).format(n=NAMED)
_STANDS = Text(
    "{year} 年{name} {index}得分 {score}，在 {n} 个地区中列第 {rank}{moved}。",
    "{name} scores {score} in {index} in {year} and ranks {rank} of {n}{moved}.",
)
_UNRANKED = Text("{year} 年{name}没有{index}得分。", "{name} has no score in {index} in {year}.")
_UP = Text("，比 {previous} 年上升 {n} 位", ", up {n} from {previous}")
_DOWN = Text("，比 {previous} 年下降 {n} 位", ", down {n} from {previous}")
_KEPT = Text("，与 {previous} 年持平", ", as in {previous}")
_NEW = Text("，{previous} 年无名次", ", unranked in {previous}")
_DIMENSIONS = Text("其中{names}。", "By dimension: {names}.")
_PLACED = Text("{name}第 {rank}", "{name} {rank}")
