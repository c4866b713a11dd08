"""Tables and bars of the first units of a ranking."""

from __future__ import annotations

import numpy as np

from ...core import group, rank
from ...core.arrays import Array, Flags, Index
from ...engine.seen import goodness
from ...errors import FrameworkError
from ...language import Text
from ...model.figure import Figure
from ...model.framework import Aggregate, Indicator, Node
from .. import amounts, facts, of_groups, sums
from ..content import BarsForm, Content, FigureColumn, TableForm
from ..source import FigureSource, Lacking, RankingView
from ..titles import titled
from ..wording import enumerated, has_least

FIRST = 15  # units that are shown where a figure does not say
_NAMED = 7  # units whose values a sentence gives


def rank_table(source: FigureSource, figure: Figure) -> Content:
    """Ranks of the index and its dimensions, or of the nodes named; of groups where a grouping is named."""
    view = source.view(figure)
    nodes = source.nodes(figure.nodes) or (source.root, *source.dimensions)
    if figure.grouping and not figure.group:
        return _groups_table(source, view, figure, nodes)
    units = view.first(nodes[0], figure.top, view.members(figure.grouping, figure.group))
    ranks = [
        FigureColumn(_rank_of(node)[source.lang], "rank", _or_blank(view.ranks(node)[view.shown, units]))
        for node in nodes
    ]
    columns = (FigureColumn(_UNIT[source.lang], "name", view.named(units)), *ranks)
    told = [*facts.leads(view, nodes[0], units), *facts.moves(view, nodes[0], units)]
    among = view.members(figure.grouping, figure.group)
    told += [fact for node in nodes[1:] for fact in _firsts(view, node, among)]
    return Content(figure, titled(figure, view, len(units)), columns, TableForm(), tuple(told))


def _firsts(view: RankingView, node: Node, among: Flags) -> list[Text]:
    """Who is first in a further node."""
    if not ((view.ranks(node)[view.shown] > 0) & among).any():
        return []
    return sums.listed(view, node, view.first(node, 3, among))


def _groups_table(source: FigureSource, view: RankingView, figure: Figure, nodes: tuple[Node, ...]) -> Content:
    of_unit = view.groups(figure.grouping)
    names = [name for name in dict.fromkeys(of_unit) if name]
    if not names:
        raise Lacking(_NO_GROUP.format(grouping=figure.grouping))
    members = np.array([[name == own for own in of_unit] for name in names], dtype=np.float64)
    of_units = [view.scores(node) if isinstance(node, Aggregate) else view.values(node) for node in nodes]
    values = np.stack([one[view.shown] for one in of_units])
    found = group.means(values[None], members)[0]
    if not (~np.isnan(found[0])).any():
        raise Lacking(_NO_GROUP.format(grouping=figure.grouping))
    for k, node in enumerate(nodes):
        found[k] = view.rounded(node, found[k]) if isinstance(node, Aggregate) else found[k]
    ranks = np.stack([_ranks_of_means(node, means) for node, means in zip(nodes, found, strict=True)])
    order = np.argsort(np.where(ranks[0] > 0, ranks[0], len(names) + 1), kind="stable")[: figure.top]
    of_nodes = [
        FigureColumn(_rank_of(node)[source.lang], "rank", _or_blank(ranks[k, order])) for k, node in enumerate(nodes)
    ]
    columns = (FigureColumn(figure.grouping, "name", [names[g] for g in order]), *of_nodes)
    best = np.flatnonzero(ranks[0] == 1).tolist()
    value = amounts.measured(amounts.tying(nodes[0], found[0, best]), nodes[0])
    told = _GROUP_FIRST.format(
        year=view.year,
        grouping=figure.grouping,
        name=nodes[0].name,
        n=len(best),
        place=facts.PLACES[has_least(view, nodes[0]), len(best) > 1],
        first=enumerated(names[g] for g in best),
        value=value,
    )
    return Content(figure, titled(figure, view, len(order)), columns, TableForm(), (told,), (_MEANS,))


def _ranks_of_means(node: Node, means: Array) -> rank.Ranks:
    """Ranks of groups by means of their members. Raises Lacking where a mean is none that a transformation takes."""
    if isinstance(node, Aggregate):
        return rank.ranks(means)
    try:
        return rank.ranks(goodness(node, means))
    except FrameworkError:
        raise Lacking(_NO_TRANSFORMED.format(name=node.name)) from None


def ranked_bars(source: FigureSource, figure: Figure) -> Content:
    """The first units by score or value, with the change of rank since the year before."""
    view = source.view(figure)
    node = source.node(figure.nodes[0]) if figure.nodes else source.root
    units = view.first(node, figure.top or FIRST, view.members(figure.grouping, figure.group))
    columns = bars_columns(view, node, units)
    is_raw = isinstance(node, Indicator)
    told = [
        *(sums.listed(view, node, units[:_NAMED]) if is_raw else facts.leads(view, node, units)),
        *(facts.first_tier(view) if node is source.root and not figure.group else ()),
        *facts.moves(view, node, units),
        *(() if figure.group else facts.arrivals(view, node, len(units))),
        *of_groups.by_group(view, node, figure.grouping, units),
        *(() if figure.group else sums.total(view, node)),
    ]
    return Content(figure, titled(figure, view, len(units)), columns, BarsForm(0, (3,)), tuple(told))


def bars_columns(view: RankingView, node: Node, units: Index) -> tuple[FigureColumn, ...]:
    """Label with rank change, rank, unit, value, previous rank and rank change of units at a node."""
    lang, names = view.source.lang, view.named(units)
    ranks = view.ranks(node)
    now = ranks[view.shown, units]
    before = ranks[view.shown - 1, units] if view.shown else np.zeros_like(now)
    changes = [int(was - is_) if was else None for is_, was in zip(now.tolist(), before.tolist(), strict=True)]
    arrows = [arrow(change)[lang] if view.shown else "" for change in changes]
    labels = [f"{r}  {name}  {mark}".rstrip() for r, name, mark in zip(now.tolist(), names, arrows, strict=True)]
    return (
        FigureColumn(_LABEL[lang], "name", labels),
        FigureColumn(_RANK[lang], "rank", now.tolist()),
        FigureColumn(_UNIT[lang], "name", names),
        FigureColumn(
            node.name,
            "value" if isinstance(node, Indicator) else "score",
            view.values(node)[view.shown, units].tolist(),
        ),
        FigureColumn(_PREVIOUS[lang], "previous rank", _or_blank(before)),
        FigureColumn(_CHANGE[lang], "rank change", changes),
    )


def arrow(change: int | None) -> Text:
    """A change of rank as readers see it.

    >>> arrow(4).en, arrow(-2).en, arrow(0).en, arrow(None).zh
    ('▲4', '▼2', '—', '新')
    """
    if change is None:
        return _NEW
    text = f"▲{change}" if change > 0 else f"▼{-change}" if change < 0 else "—"
    return Text(text, text)


def _or_blank(ranks: rank.Ranks) -> list[int | None]:
    return [one or None for one in ranks.tolist()]


def _rank_of(node: Node) -> Text:
    return _NODE_RANK.format(node=node.name)


_NODE_RANK = Text("{node}排名", "{node} rank")
_UNIT, _RANK, _LABEL = Text("地区", "Unit"), Text("排名", "Rank"), Text("标签", "Label")
_PREVIOUS, _CHANGE = Text("上年排名", "Previous rank"), Text("排名变化", "Rank change")
_NEW = Text("新", "new")
_GROUP_FIRST = Text(
    "{year} 年各{grouping}{name}均值{place}的是{first}（{value}）。",
    "{first} {n:is|are} {place} by {grouping} in the mean of {name} in {year} ({value}).",
)
_NO_GROUP = Text("属于“{grouping}”的地区", "units of “{grouping}”")
_NO_TRANSFORMED = Text("可作变换的{name}组均值", "means of {name} by group that can be transformed")
_MEANS = Text("组的得分是其成员得分的均值。", "A group's score is the mean of its members' scores.")
