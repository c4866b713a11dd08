"""Sentences of fact: what data say by themselves. Never a cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ..core import rank
from ..core.arrays import Array, Index
from ..language import Text, same
from ..model.framework import Aggregate, Node
from .source import RankingView

_SHARES = (1, 2, 4)  # of the first so many together
_MOST = 12  # names in one enumeration
_NAMED = 6  # units that are named where they are taken together


def number(value: float) -> str:
    """A number as a sentence shows it.

    >>> number(1023.0), number(18594.8213), number(0.05)
    ('1,023', '18,594.82', '0.05')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def percent(share: float) -> str:
    """A share as a sentence shows it.

    >>> percent(0.643512), percent(0.73)
    ('64.35%', '73%')
    """
    text = f"{100 * share:.2f}"
    return (text.rstrip("0").rstrip(".") or "0") + "%"


def enumerated(names: Iterable[Text | str]) -> Text:
    """Names in a row; the last ones of many are only counted."""
    found = [name if isinstance(name, Text) else same(name) for name in names]
    head = found[:_MOST]
    zh, en = "、".join(one.zh for one in head), [one.en for one in head]
    if len(found) == len(head):
        return Text(zh, " and ".join(filter(None, (", ".join(en[:-1]), *en[-1:]))))
    return _AND_MORE.format(names=Text(zh, ", ".join(en)), more=len(found) - len(head), n=len(found))


def marked(name: str, mark: str) -> Text:
    """A name with something in brackets, as each language writes them."""
    return Text(f"{name}（{mark}）", f"{name} ({mark})")


def signed(change: float) -> str:
    """A change with its sign.

    >>> signed(4.0), signed(-3.0)
    ('+4', '−3')
    """
    return f"{change:+.0f}".replace("-", "−")


def value(node: Node, amount: float) -> str:
    """A score with one decimal, a raw value as it is."""
    return f"{amount:.1f}" if isinstance(node, Aggregate) else number(amount)


def leads(view: RankingView, node: Node, units: Index) -> list[Text]:
    """Who is first, and how far ahead."""
    found = view.values(node)[view.shown, units]
    names = view.named(units)
    first = {"name": node.name, "first": names[0], "value": value(node, found[0]), "year": view.year}
    if len(names) < 2:
        return [_FIRST.format(**first)]
    gap = abs(found[0] - found[1])
    return [_LEADS.format(**first, second=names[1], other=value(node, found[1]), gap=value(node, gap))]


def moves(view: RankingView, node: Node, units: Index) -> list[Text]:
    """Who moved up and down since the year before, and by how much; who stayed."""
    if not view.shown:
        return []
    ranks = view.ranks(node)
    changes = rank.rank_changes(ranks[view.shown, units], ranks[view.shown - 1, units])
    names = np.array(view.named(units), dtype=object)
    up, down = np.flatnonzero(changes > 0), np.flatnonzero(changes < 0)
    up, down = up[np.argsort(-changes[up], kind="stable")], down[np.argsort(changes[down], kind="stable")]
    parts = [
        _MOVE[key].format(names=enumerated(marked(names[k], signed(changes[k])) for k in at))
        for key, at in (("up", up), ("down", down))
        if at.size
    ]
    if (kept := np.flatnonzero(changes == 0)).size:
        parts.append(_MOVE["same"].format(names=enumerated(names[kept])))
    if not parts:
        return []
    text = Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
    return [_SINCE.format(previous=view.years[view.shown - 1], name=node.name, moves=text)]


def arrivals(view: RankingView, node: Node, n: int) -> list[Text]:
    """Who is new among the first `n`, and whether for the first time in the data."""
    if not view.shown:
        return []
    ranks = view.ranks(node)
    among = (ranks > 0) & (ranks <= n)
    new = np.flatnonzero(among[view.shown] & ~among[view.shown - 1])
    new = new[np.argsort(ranks[view.shown, new], kind="stable")]
    if not new.size:
        return [_NOBODY_NEW.format(name=node.name, n=n, previous=view.years[view.shown - 1])]
    earlier = set(np.flatnonzero(among[: view.shown].any(axis=0)).tolist())
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
    among = (ranks > 0) & (ranks <= n)
    always = np.flatnonzero(among.all(axis=0))
    always = always[np.argsort(ranks[-1, always], kind="stable")]
    parts = {"name": node.name, "n": n, "first": view.years[span[0]], "last": view.years[span[-1]]}
    if always.size == among[-1].sum():
        return [_STAYED_ALL.format(**parts, names=enumerated(view.named(always)))]
    return [_STAYED.format(**parts, names=enumerated(view.named(always)))] if always.size else []


def total(view: RankingView, node: Node) -> list[Text]:
    """The whole of an indicator, and what became of it since the year before."""
    if isinstance(node, Aggregate):
        return []
    whole = view.whole()
    now = float(np.nansum(whole.values(node)[view.shown]))
    before = float(np.nansum(whole.values(node)[view.shown - 1])) if view.shown else 0.0
    parts = {"name": node.name, "sum": number(now), "measure": node.measure, "year": view.year}
    if not before:
        return [_TOTAL.format(**parts)]
    change = now - before
    word = _MORE if change > 0 else _LESS if change < 0 else _AS_MUCH
    said = word.format(change=number(abs(change)), measure=node.measure, growth=percent(abs(change) / before))
    return [_TOTAL_CHANGED.format(**parts, previous=view.years[view.shown - 1], changed=said)]


def having(view: RankingView, node: Node) -> list[Text]:
    """How many units have any of an indicator at all."""
    if isinstance(node, Aggregate):
        return []
    found = view.values(node)
    there, n = int((found[view.shown] > 0).sum()), len(view.labels)
    if there == n:
        return [_ALL_HAVE.format(name=node.name, n=n)]
    parts = {"name": node.name, "there": there, "n": n, "share": f"{there / n:.1%}"}
    before = int((found[view.shown - 1] > 0).sum()) if view.shown else 0
    if not before or before == there:
        return [_HAVING.format(**parts)]
    word = _MORE_UNITS if there > before else _FEWER_UNITS
    said = word.format(growth=percent(abs(there / before - 1)), previous=view.years[view.shown - 1])
    return [_HAVING_CHANGED.format(**parts, changed=said)]


def shares(view: RankingView, node: Node, units: Index, among: Sequence[int] = _SHARES) -> list[Text]:
    """What the first ones have together of the whole."""
    if isinstance(node, Aggregate):
        return []
    found = view.values(node)[view.shown]
    within = view.whole()
    whole = float(np.nansum(within.values(node)[within.shown]))
    if whole <= 0 or np.nanmin(found) < 0:
        return []
    names = view.named(units)
    parts = [_part(node, names, found[units], whole, n) for n in dict.fromkeys(among) if n <= len(units)]
    joint = Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
    return [_SHARES_OF.format(name=node.name, parts=joint)] if parts else []


def _part(node: Node, names: Sequence[str], values: Array, whole: float, n: int) -> Text:
    held = float(np.nansum(values[:n]))
    template = _SHARE if n == 1 else _SHARES_TOGETHER
    those = enumerated(names[:n]) if n <= _NAMED else _FIRST_N.format(n=n)
    return template.format(names=those, sum=number(held), measure=node.measure, share=percent(held / whole))


def listed(view: RankingView, node: Node, units: Index) -> list[Text]:
    """The first ones with their values."""
    found = view.values(node)[view.shown, units]
    pairs = (f"{name} {value(node, one)}" for name, one in zip(view.named(units), found, strict=True))
    return [_LISTED.format(name=node.name, year=view.year, names=enumerated(pairs))]


def listed_ranks(view: RankingView, node: Node, units: Index) -> list[Text]:
    """The first ones with their ranks."""
    ranks = view.ranks(node)[view.shown, units].tolist()
    pairs = (_PLACED.format(name=name, rank=place) for name, place in zip(view.named(units), ranks, strict=True))
    found = list(pairs)
    names = Text("、".join(one.zh for one in found), ", ".join(one.en for one in found))
    return [_LISTED_RANKS.format(name=node.name, year=view.year, names=names)]


def by_group(view: RankingView, grouping: str, units: Index) -> list[Text]:
    """How many of these units are in each group."""
    if not grouping:
        return []
    of_unit = view.groups(grouping)
    found = [of_unit[u] for u in units if of_unit[u]]
    counts = sorted({group: found.count(group) for group in dict.fromkeys(found)}.items(), key=lambda one: -one[1])
    said = enumerated(_IN_GROUP.format(group=group, n=n) for group, n in counts)
    return [_BY_GROUP.format(n=len(units), grouping=grouping, counts=said)] if counts else []


def ordinal(k: int) -> Text:
    """A small number as a tier is called.

    >>> ordinal(2).zh, ordinal(12).zh
    ('二', '12')
    """
    return Text("〇一二三四五六七八九十"[k] if k <= 10 else str(k), str(k))


def tiers(view: RankingView) -> list[Text]:
    """Who is in each of the first tiers, and who came into one of them since the year before."""
    now = view.tier
    facts = []
    last = int(now.max())
    order = np.argsort(view.ranks(view.source.root)[view.shown], kind="stable")
    for k in range(1, last):
        of_tier = order[now[order] == k]
        if of_tier.size and of_tier.size <= _MOST:
            facts.append(_TIER.format(k=ordinal(k), names=enumerated(view.named(of_tier))))
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


_AND_MORE = Text("{names}等 {n} 个", "{names} and {more} more")
_FIRST = Text("{year} 年{name}居首的是{first}（{value}）。", "{first} is first in {name} in {year} ({value}).")
_LEADS = Text(
    "{year} 年{name}居首的是{first}（{value}），第二是{second}（{other}），相差 {gap}。",
    "{first} is first in {name} in {year} ({value}), {second} second ({other}), {gap} behind.",
)
_MOVE = {
    "up": Text("上升的有{names}", "up {names}"),
    "down": Text("下降的有{names}", "down {names}"),
    "same": Text("名次不变的有{names}", "unchanged {names}"),
}
_SINCE = Text("{name}名次与 {previous} 年相比，{moves}。", "Ranks in {name} since {previous}: {moves}.")
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
_STAYED = Text(
    "{first}–{last} 年，{name}始终在前 {n} 名的有{names}。",
    "From {first} to {last} always among the first {n} in {name}: {names}.",
)
_TOTAL = Text("{year} 年{name}合计 {sum} {measure}。", "{name} in {year}: {sum} {measure} in all.")
_TOTAL_CHANGED = Text(
    "{year} 年{name}合计 {sum} {measure}，{changed}。",
    "{name} in {year}: {sum} {measure} in all, {changed} {previous}.",
)
_MORE = Text("比上年增加 {change} {measure}（{growth}）", "{change} ({growth}) more than in")
_LESS = Text("比上年减少 {change} {measure}（{growth}）", "{change} ({growth}) less than in")
_AS_MUCH = Text("与上年持平", "as much as in")
_ALL_HAVE = Text("{n} 个地区的{name}全部大于 0。", "{name}: all {n} {n:unit has|units have} some.")
_HAVING = Text(
    "{n} 个地区中有 {there} 个的{name}大于 0，占 {share}。", "{name}: {there} of {n} {n:unit|units} ({share}) have any."
)
_HAVING_CHANGED = Text(
    "{n} 个地区中有 {there} 个的{name}大于 0，占 {share}，{changed}。",
    "{name}: {there} of {n} {n:unit|units} ({share}) have any, {changed}.",
)
_MORE_UNITS = Text("个数比 {previous} 年增长 {growth}", "{growth} more than in {previous}")
_FEWER_UNITS = Text("个数比 {previous} 年减少 {growth}", "{growth} fewer than in {previous}")
_SHARES_OF = Text("{name}：{parts}。", "{name}: {parts}.")
_SHARE = Text("{names}占全部的 {share}", "{names} {share} of all")
_SHARES_TOGETHER = Text("{names}共 {sum} {measure}，占 {share}", "{names} together {sum} {measure}, {share}")
_LISTED = Text("{year} 年{name}：{names}。", "{name} in {year}: {names}.")
_PLACED = Text("{name}第 {rank}", "{name} {rank}")
_LISTED_RANKS = Text("{year} 年{name}名次：{names}。", "Ranks in {name} in {year}: {names}.")
_BY_GROUP = Text("前 {n} 个地区按{grouping}分：{counts}。", "The first {n} by {grouping}: {counts}.")
_IN_GROUP = Text("{group} {n} 个", "{group} {n}")
_FIRST_N = Text("前 {n} 个地区", "the first {n}")
_TIER = Text("第{k}梯队有{names}。", "Tier {k}: {names}.")
_INTO_TIER = Text("与 {previous} 年相比，新进入第{k}梯队的有{names}。", "Up into tier {k} since {previous}: {names}.")
