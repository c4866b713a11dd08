"""Sentences of fact on places: what ranks say by themselves. Never a cause."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..core import rank
from ..core.arrays import Index
from ..language import Text, same
from ..model.framework import Node
from . import amounts
from .amounts import measured, signed
from .source import RankingView
from .wording import MOST, among, enumerated, has_least, marked, ordinal


def leads(view: RankingView, node: Node, units: Index) -> list[Text]:
    """Who is first, and how far ahead; all who are, where some tie."""
    ranks, found = view.ranks(node)[view.shown], view.values(node)[view.shown]
    n = int((ranks == ranks[units[0]]).sum())
    of_all = bool(ranks[units[0]] == 1) and (n > 1 or len(units) < 2 or bool(ranks[units[1]] == 2))
    pool = view.first(node, None) if of_all else units
    best = pool[ranks[pool] == ranks[pool[0]]]
    rest = pool[len(best) :]
    then = rest[ranks[rest] == ranks[rest[0]]] if rest.size else rest
    less = has_least(view, node)
    parts = {
        "name": node.name, "year": view.year, "n": len(best), "first": enumerated(view.named(best)),
        "among": same("") if of_all else _SHOWN.format(n=len(units)), "place": PLACES[less, len(best) > 1],
    }  # fmt: skip
    if len(best) > 1 or not then.size:
        return [_FIRST.format(**parts, value=measured(amounts.tying(node, found[best]), node))]
    if not amounts.are_one(node, found[then]):
        told = amounts.values(node, [found[best[0]], *found[then]])
        parts |= {"second": enumerated(view.named(then)), "other": measured(enumerated(told[1:]), node)}
        return [_LEADS_OF_SEVERAL.format(**parts, value=measured(told[0], node), then=_NEXT[less, True])]
    one, other, gap = amounts.apart(node, found[best[0]], found[then[0]])
    parts |= {"value": measured(one, node), "second": enumerated(view.named(then)), "other": measured(other, node)}
    between = _POINTS.format(gap=gap) if amounts.measure(node) == "%" else measured(gap, node)
    return [_LEADS.format(**parts, then=_NEXT[less, len(then) > 1], gap=between)]


def moves(view: RankingView, node: Node, units: Index) -> list[Text]:
    """Who moved up and down since the year before, and by how much; who stayed, and who had no rank then."""
    if not view.shown:
        return []
    ranks, previous = view.ranks(node), view.years[view.shown - 1]
    units = units[ranks[view.shown, units] > 0]
    before = ranks[view.shown - 1, units]
    changes = rank.rank_changes(ranks[view.shown, units], before)
    names = np.array(view.named(units), dtype=object)
    up, down = np.flatnonzero(changes > 0), np.flatnonzero(changes < 0)
    up, down = up[np.argsort(-changes[up], kind="stable")], down[np.argsort(changes[down], kind="stable")]
    parts = [
        _MOVE[key].format(names=enumerated(marked(names[k], signed(changes[k])) for k in at))
        for key, at in (("up", up), ("down", down))
        if at.size
    ]
    parts += [
        _MOVE[key].format(names=enumerated(names[at]), previous=previous)
        for key, at in (("same", np.flatnonzero(changes == 0)), ("new", np.flatnonzero(before == 0)))
        if at.size and (before > 0).any()
    ]
    if not parts:
        return []
    if len(units) == 1 and changes.size and before[0]:
        return [_ALONE.format(unit=names[0], name=node.name, previous=previous, moved=_moved(int(changes[0])))]
    text = Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
    return [_SINCE.format(previous=previous, name=node.name, among=among(view, node, units), moves=text)]


def _moved(change: int) -> Text:
    return (_UP if change > 0 else _DOWN if change < 0 else _KEPT).format(n=abs(change))


def arrivals(view: RankingView, node: Node, n: int) -> list[Text]:
    """Who is new among the first `n`, and whether for the first time in the data."""
    ranks = view.ranks(node)
    if not view.shown or n < 2 or n >= (ranks[view.shown] > 0).sum() or not (ranks[view.shown - 1] > 0).any():
        return []
    within = (ranks > 0) & (ranks <= n)
    new = np.flatnonzero(within[view.shown] & ~within[view.shown - 1])
    new = new[np.argsort(ranks[view.shown, new], kind="stable")]
    if not new.size:
        return [_NOBODY_NEW.format(name=node.name, n=n, previous=view.years[view.shown - 1])]
    earlier = set(np.flatnonzero(within[: view.shown].any(axis=0)).tolist())
    names, units = view.named(new), new.tolist()

    def said(k: int, u: int) -> Text:
        before, now = ranks[view.shown - 1, u], ranks[view.shown, u]
        return marked(names[k], f"{before} → {now}") if before else same(names[k])

    first = [said(k, u) for k, u in enumerate(units) if u not in earlier]
    again = [said(k, u) for k, u in enumerate(units) if u in earlier]
    since = {"name": node.name, "n": n, "first": view.years[0]}
    facts = [_NEW.format(**since, names=enumerated(first))] if first else []
    return facts + ([_BACK.format(**since, names=enumerated(again))] if again else [])


def stayed(view: RankingView, node: Node, n: int, span: Sequence[int]) -> list[Text]:
    """Who was among the first `n` in every year."""
    ranks = view.ranks(node)[list(span)]
    if n >= (ranks[-1] > 0).sum():
        return []
    within = (ranks > 0) & (ranks <= n)
    always = np.flatnonzero(within.all(axis=0))
    always = always[np.argsort(ranks[-1, always], kind="stable")]
    parts = {"name": node.name, "n": n, "first": view.years[span[0]], "last": view.years[span[-1]]}
    if n == 1 and always.size:
        return [_STAYED_FIRST.format(**parts, k=always.size, names=enumerated(view.named(always)))]
    if always.size == n and (within.sum(axis=1) == n).all():
        return [_STAYED_ALL.format(**parts, names=enumerated(view.named(always)))]
    return [_STAYED.format(**parts, names=enumerated(view.named(always)))] if always.size else []


def listed_ranks(view: RankingView, node: Node, units: Index) -> list[Text]:
    """The first ones with their ranks."""
    ranks = view.ranks(node)[view.shown, units].tolist()
    pairs = (_PLACED.format(name=name, rank=place) for name, place in zip(view.named(units), ranks, strict=True))
    return [_LISTED_RANKS.format(name=node.name, year=view.year, names=enumerated(pairs))]


def first_tier(view: RankingView) -> list[Text]:
    """Who is in the first tier, where ranks bound it."""
    return [_in_tier(view, 1)] if view.rest > 1 and 0 < (view.tier == 1).sum() <= MOST else []


def _in_tier(view: RankingView, k: int) -> Text:
    order = np.argsort(view.ranks(view.source.root)[view.shown], kind="stable")
    return _TIER.format(k=ordinal(k), names=enumerated(view.named(order[view.tier[order] == k])))


def tiers(view: RankingView) -> list[Text]:
    """Who is in each of the first tiers, and who came into one of them since the year before."""
    now = view.tier
    last = int(now.max())
    order = np.argsort(view.ranks(view.source.root)[view.shown], kind="stable")
    facts = [_in_tier(view, k) for k in range(1, last) if 0 < (now == k).sum() <= MOST]
    if view.shown:
        facts += _tier_moves(view, now, order, last)
    return facts


def _tier_moves(view: RankingView, now: rank.Ranks, order: Index, last: int) -> list[Text]:
    before = view.tiers_in(view.shown - 1)
    came = [(k, order[(now[order] == k) & (before[order] > k)]) for k in range(1, last)]
    previous = view.years[view.shown - 1]
    return [
        _INTO_TIER.format(k=ordinal(k), names=enumerated(view.named(at)), previous=previous)
        for k, at in came
        if at.size
    ]


PLACES = {  # of the first, by whether they have the least and whether they are several
    (False, False): Text("居首", "first"),
    (False, True): Text("并列居首", "first"),
    (True, False): Text("最低", "lowest"),
    (True, True): Text("并列最低", "lowest"),
}
_NEXT = {
    (False, False): Text("第二是", "second"),
    (False, True): Text("并列第二的是", "second"),
    (True, False): Text("其次是", "next"),
    (True, True): Text("并列其次的是", "next"),
}
_SHOWN = Text("所列 {n} 个地区中", "Of the {n} {n:unit|units} shown, ")
_FIRST = Text(
    "{year} 年{among}{name}{place}的是{first}（{value}）。",
    "{among}{first} {n:is|are} {place} in {name} in {year} ({value}).",
)
_LEADS = Text(
    "{year} 年{among}{name}{place}的是{first}（{value}），{then}{second}（{other}），相差 {gap}。",
    "{among}{first} is {place} in {name} in {year} ({value}), {second} {then} ({other}), {gap} apart.",
)
_LEADS_OF_SEVERAL = Text(
    "{year} 年{among}{name}{place}的是{first}（{value}），{then}{second}（{other}）。",
    "{among}{first} is {place} in {name} in {year} ({value}), {second} {then} ({other}).",
)
_POINTS = Text("{gap} 个百分点", "{gap} percentage points")
_MOVE = {
    "up": Text("上升的有{names}", "up {names}"),
    "down": Text("下降的有{names}", "down {names}"),
    "same": Text("名次不变的有{names}", "unchanged {names}"),
    "new": Text("{previous} 年无名次的有{names}", "unranked in {previous} {names}"),
}
_SINCE = Text("{name}名次与 {previous} 年相比，{among}{moves}。", "Ranks in {name} since {previous}{among}: {moves}.")
_ALONE = Text(
    "{unit} 的{name}名次与 {previous} 年相比，{moved}。", "The rank of {unit} in {name} since {previous}: {moved}."
)
_UP = Text("上升 {n} 位", "up {n}")
_DOWN = Text("下降 {n} 位", "down {n}")
_KEPT = Text("没有变动", "unchanged")
_NEW = Text(
    "{name}新进入前 {n} 名的有{names}，为 {first} 年有数据以来首次。",
    "New among the first {n} in {name}: {names}, for the first time in the data, which begin in {first}.",
)
_BACK = Text("{name}重新进入前 {n} 名的有{names}。", "Back among the first {n} in {name}: {names}.")
_NOBODY_NEW = Text(
    "{name}前 {n} 名与 {previous} 年相比没有新进入者。", "Nobody is new among the first {n} in {name} since {previous}."
)
_STAYED_ALL = Text(
    "{first}–{last} 年，{name}前 {n} 名始终是{names}。",
    "From {first} to {last} the first {n} in {name} were always {names}.",
)
_STAYED_FIRST = Text(
    "{first}–{last} 年，{name}始终居首的是{names}。",
    "From {first} to {last} {names} {k:was|were} always first in {name}.",
)
_STAYED = Text(
    "{first}–{last} 年，{name}始终在前 {n} 名的有{names}。",
    "From {first} to {last} always among the first {n} in {name}: {names}.",
)
_PLACED = Text("{name}第 {rank}", "{name} {rank}")
_LISTED_RANKS = Text("{year} 年{name}名次：{names}。", "Ranks in {name} in {year}: {names}.")
_TIER = Text("第{k}梯队有{names}。", "Tier {k}: {names}.")
_INTO_TIER = Text("与 {previous} 年相比，新进入第{k}梯队的有{names}。", "Up into tier {k} since {previous}: {names}.")
