"""Sentences of fact on values: sums, shares, how many units have any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..core.arrays import Index
from ..language import Text, same
from ..model.framework import Aggregate, Node
from . import amounts
from .amounts import measured, number, percent
from .source import RankingView
from .wording import enumerated, has_least, is_first, marked

_SHARES = (1, 2, 4)  # of the first so many together
_NAMED = 6  # units that are named where they are taken together


def listed(view: RankingView, node: Node, units: Index) -> list[Text]:
    """The first ones with their values."""
    found = amounts.values(node, view.values(node)[view.shown, units].tolist())
    pairs = (f"{name} {one}" for name, one in zip(view.named(units), found, strict=True))
    unit = amounts.measure(node)
    told = unit and not (unit.isascii() and unit.casefold() in node.name.casefold())
    parts = {"year": view.year, "name": marked(node.name, unit) if told else node.name}
    return [_LISTED.format(**parts, order=_ASCENDING if has_least(view, node) else same(""), names=enumerated(pairs))]


def total(view: RankingView, node: Node) -> list[Text]:
    """The whole of an indicator, and what became of it since the year before where that was of the same units."""
    if not amounts.adds_up(view, node):
        return []
    found = amounts.whole(view, node)
    there = ~np.isnan(found)
    n, now = int(there[view.shown].sum()), float(np.nansum(found[view.shown]))
    parts = {"name": node.name, "sum": measured(number(now), node), "year": view.year}
    parts["those"] = same("") if n == found.shape[1] else _OF_THOSE.format(n=n)
    before = float(np.nansum(found[view.shown - 1])) if view.shown else 0.0
    if not n or not before or (there[view.shown] != there[view.shown - 1]).any():
        return [_TOTAL.format(**parts)] if n else []
    change = now - before
    word = _MORE if change > 0 else _LESS if change < 0 else _AS_MUCH
    amount = measured(number(abs(change)), node)
    said = word.format(change=amount, previous=view.years[view.shown - 1], growth=percent(abs(change) / before))
    return [_TOTAL_CHANGED.format(**parts, changed=said)]


def having(view: RankingView, node: Node) -> list[Text]:
    """How many units have any of an indicator at all; nothing of one that nobody is ever without."""
    if isinstance(node, Aggregate) or not _can_be_nought(view, node):
        return []
    found = view.values(node)
    known = ~np.isnan(found)
    there, n = int((found[view.shown] > 0).sum()), int(known[view.shown].sum())
    parts = {"name": node.name, "there": there, "n": n, "with": same("") if n == known.shape[1] else _WITH_DATA}
    if not n:
        return []
    if there in (0, n):
        return [(_ALL_HAVE if there else _NONE_HAVE).format(**parts)]
    parts["share"] = f"{there / n:.1%}"
    before = int((found[view.shown - 1] > 0).sum()) if view.shown else 0
    if not before or before == there or (known[view.shown] != known[view.shown - 1]).any():
        return [_HAVING.format(**parts)]
    word = _MORE_UNITS if there > before else _FEWER_UNITS
    said = word.format(growth=percent(abs(there / before - 1)), previous=view.years[view.shown - 1])
    return [_HAVING_CHANGED.format(**parts, changed=said)]


def _can_be_nought(view: RankingView, node: Node) -> bool:
    """Whether an indicator is 0 somewhere in the data, and nowhere less."""
    found = [one.values(node) for one in (view, *view.source.others(view))]
    return any((one == 0).any() for one in found) and not any((one < 0).any() for one in found)


def shares(view: RankingView, node: Node, units: Index, firsts: Sequence[int] = _SHARES) -> list[Text]:
    """What the first ones have together of the whole."""
    if not amounts.adds_up(view, node):
        return []
    found = view.values(node)[view.shown, units]
    whole = float(np.nansum(amounts.whole(view, node)[view.shown]))
    n_all = int((view.ranks(node)[view.shown] > 0).sum())
    these = [n for n in dict.fromkeys(firsts) if n <= len(units) and n < n_all and found[n - 1] > 0]
    parts = [_part(view, node, units[:n], float(np.nansum(found[:n])), whole) for n in these] if whole > 0 else []
    joint = Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
    return [_SHARES_OF.format(name=node.name, parts=joint, year=view.year)] if parts else []


def _part(view: RankingView, node: Node, units: Index, held: float, whole: float) -> Text:
    n = len(units)
    template = _SHARE if n == 1 else _SHARES_TOGETHER
    if n <= _NAMED:
        those = enumerated(view.named(units))
    else:
        those = (
            _FIRST_N_SHOWN
            if not is_first(view, node, units, ties=True)
            else _LEAST_N
            if has_least(view, node)
            else _FIRST_N
        ).format(n=n)
    return template.format(names=those, sum=measured(number(held), node), share=percent(held / whole))


_LISTED = Text("{year} 年{name}{order}：{names}。", "{name} in {year}{order}: {names}.")
_ASCENDING = Text("（从低到高）", ", lowest first")
_OF_THOSE = Text("（{n} 个有数据的地区）", " ({n} {n:unit|units} with data)")
_TOTAL = Text("{year} 年{name}合计 {sum}{those}。", "{name} in {year}: {sum} in all{those}.")
_TOTAL_CHANGED = Text(
    "{year} 年{name}合计 {sum}{those}，{changed}。", "{name} in {year}: {sum} in all{those}, {changed}."
)
_MORE = Text("比 {previous} 年增加 {change}（{growth}）", "{change} ({growth}) more than in {previous}")
_LESS = Text("比 {previous} 年减少 {change}（{growth}）", "{change} ({growth}) less than in {previous}")
_AS_MUCH = Text("与 {previous} 年持平", "as much as in {previous}")
_WITH_DATA = Text("有数据的 ", " with data")
_ALL_HAVE = Text("{with}{n} 个地区的{name}全部大于 0。", "{name}: all {n} {n:unit|units}{with} have some.")
_NONE_HAVE = Text("{with}{n} 个地区的{name}均为 0。", "{name}: none of {n} {n:unit|units}{with} has any.")
_HAVING = Text(
    "{with}{n} 个地区中有 {there} 个的{name}大于 0，占 {share}。",
    "{name}: {there} of {n} {n:unit|units}{with} ({share}) have any.",
)
_HAVING_CHANGED = Text(
    "{with}{n} 个地区中有 {there} 个的{name}大于 0，占 {share}，{changed}。",
    "{name}: {there} of {n} {n:unit|units}{with} ({share}) have any, {changed}.",
)
_MORE_UNITS = Text("个数比 {previous} 年增长 {growth}", "{growth} more than in {previous}")
_FEWER_UNITS = Text("个数比 {previous} 年减少 {growth}", "{growth} fewer than in {previous}")
_SHARES_OF = Text("{year} 年{name}：{parts}。", "{name} in {year}: {parts}.")
_SHARE = Text("{names}占全部的 {share}", "{names} {share} of all")
_SHARES_TOGETHER = Text("{names}共 {sum}，占 {share}", "{names} together {sum}, {share}")
_FIRST_N = Text("前 {n} 个地区", "the first {n}")
_LEAST_N = Text("最低的 {n} 个地区", "the lowest {n}")
_FIRST_N_SHOWN = Text("所列前 {n} 个地区", "the first {n} shown")
