"""Sentences of fact on groups: how many of the first units are in each, and who is first in each."""

from __future__ import annotations

from ..core.arrays import Index
from ..language import Text
from ..model.framework import Aggregate, Node
from . import amounts
from .amounts import measured
from .facts import PLACES
from .source import RankingView
from .wording import MOST, enumerated, has_least, is_all, is_first


def by_group(view: RankingView, node: Node, grouping: str, units: Index) -> list[Text]:
    """How many of the first units are in each group."""
    if not grouping or len(units) < 2 or is_all(view, node, units) or not is_first(view, node, units):
        return []
    return _counted(view, grouping, units, _BY_GROUP)


def having_by_group(view: RankingView, node: Node, grouping: str, units: Index) -> list[Text]:
    """How many units of each group have any of an indicator."""
    found = view.values(node)[view.shown]
    having = units[found[units] > 0]
    if isinstance(node, Aggregate) or len(having) in (0, len(units)) or len(having) < (found > 0).sum():
        return []
    return _counted(view, grouping, having, _HAVING_BY_GROUP, name=node.name)


def _counted(view: RankingView, grouping: str, units: Index, template: Text, name: str = "") -> list[Text]:
    of_unit = view.groups(grouping)
    found = [of_unit[u] for u in units if of_unit[u]]
    counts = sorted({group: found.count(group) for group in dict.fromkeys(found)}.items(), key=lambda one: -one[1])
    if not counts:
        return []
    ones = [group for group, n in counts if n == 1] if len(counts) > MOST else []
    said = enumerated(_IN_GROUP.format(group=group, n=n) for group, n in counts if group not in ones)
    if ones:
        said = _AND_ONES.format(counts=said, n=len(ones), grouping=grouping)
    return [template.format(n=len(units), name=name, grouping=grouping, counts=said)]


def firsts_by_group(view: RankingView, node: Node, grouping: str, units: Index) -> list[Text]:
    """Who is first in each group."""
    of_unit, ranks = view.groups(grouping), view.ranks(node)[view.shown]
    groups = list(dict.fromkeys(of_unit[u] for u in units))
    if not 1 < len(groups) <= MOST:
        return []
    found = []
    for group in groups:
        own = [u for u in units if of_unit[u] == group]
        best = [u for u in own if ranks[u] == ranks[own[0]]]
        amount = measured(amounts.tying(node, view.values(node)[view.shown, best]), node)
        by_name = len(best) <= _TYING or not amounts.are_one(node, view.values(node)[view.shown, best])
        names = enumerated(view.named(best)) if by_name else _SEVERAL.format(n=len(best))
        found.append(_OF_GROUP.format(group=group, names=names, value=amount))
    parts = {"year": view.year, "name": node.name, "grouping": grouping, "place": PLACES[has_least(view, node), False]}
    return [_GROUP_FIRSTS.format(**parts, names=enumerated(found))]


_BY_GROUP = Text("前 {n} 个地区按{grouping}分：{counts}。", "The first {n} by {grouping}: {counts}.")
_HAVING_BY_GROUP = Text(
    "{name}大于 0 的 {n} 个地区按{grouping}分：{counts}。",
    "The {n} {n:unit|units} with any {name} by {grouping}: {counts}.",
)
_TYING = 3  # units that are named where they tie
_SEVERAL = Text("{n} 个地区", "{n} {n:unit|units}")
_IN_GROUP = Text("{group} {n} 个", "{group} {n}")
_AND_ONES = Text("{counts}，其余 {n} 个{grouping}各 1 个", "{counts}; 1 in each of {n} others")
_GROUP_FIRSTS = Text(
    "{year} 年{name}在各{grouping}中{place}的是：{names}。", "{name} in {year}, {place} by {grouping}: {names}."
)
_OF_GROUP = Text("{group}的{names}（{value}）", "{names} in {group} ({value})")
