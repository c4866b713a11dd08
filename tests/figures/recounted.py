"""Every sentence of a figure said again from the results, by code that shares nothing with what makes sentences.

A sentence in Chinese is taken apart by the one pattern that it follows, and each name and number in it is found anew from
raw values, ranks and scores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from bdindex_xl.figures.content import Content
from bdindex_xl.figures.source import FigureSource
from bdindex_xl.model.framework import Aggregate, Node
from bdindex_xl.sheets.schema import ranking_label
from tests.figures.good import goodness, has_least, published
from tests.figures.sentence_parts import near, of_tied, plain, tail

Table = Mapping[str, float]  # by name of a unit


@dataclass
class Recount:
    """A figure's ranking, as plain tables."""

    source: FigureSource
    content: Content

    def __post_init__(self) -> None:
        asked = self.content.figure.ranking
        self.ranking = next(one for one in self.source.inputs.rankings if one.key == (asked or one.key))
        self.result = self.source.results[self.ranking.key]
        self.y = self.ranking.shown
        self.names = [self.ranking.label(u) for u in range(len(self.ranking.names))]
        self.years = list(self.ranking.panel.years)

    def node(self, name: str) -> Node:
        return next(node for node in self.source.inputs.framework.nodes if node.name == name)

    def value(self, name: str, y: int | None = None, *, exact: bool = False) -> Table:
        """Values of a node that units have, in a year; scores as they are published, or to the last digit."""
        node, y = self.node(name), self.y if y is None else y
        if isinstance(node, Aggregate):
            place = [one.code for one in self.result.framework.aggregates].index(node.code)
            values = self.result.method.scale * self.result.node_array[y, place]
            values = values if exact else published(node, self.result.method, values)
        else:
            panel = self.ranking.panel
            values = panel.values[y, :, panel.indicators.index(node.code)]
            if node.denominator:
                below = panel.values[y, :, panel.indicators.index(node.denominator)]
                values = np.array([v / b if b > 0 else np.nan for v, b in zip(values, below, strict=True)])
        return {unit: float(v) for unit, v in zip(self.names, values, strict=True) if not np.isnan(v)}

    def rank(self, name: str, y: int | None = None) -> dict[str, int]:
        """Places of units, counted: one more than how many are better."""
        node = self.node(name)
        good = {unit: goodness(node, value) for unit, value in self.value(name, y).items()}
        near = 1e-10 if isinstance(node, Aggregate) else 1e-12
        return {u: 1 + sum(o > v + near for o in good.values()) for u, v in good.items()}

    def before(self, year: str) -> int:
        assert int(year) == self.years[self.y - 1]
        return self.y - 1

    def pool(self, among: str | None, name: str) -> set[str]:
        """The units that a sentence is of."""
        ranks = self.rank(name)
        if not among:
            return set(ranks)
        if found := re.search(r"前 (\d+) 名", among):
            n = int(found[1])
            assert n < len(ranks)
            return {u for u, r in ranks.items() if r <= sorted(ranks.values())[n - 1]}
        found = re.search(r"所列 (\d+) 个", among)
        assert found
        shown = [
            str(v) for column in self.content.columns for v in column.values if isinstance(v, str) and v in self.names
        ] or [column.header for column in self.content.columns]
        units = {u for u in shown if u in ranks}
        assert len(units) == int(found[1])
        return units

    # --- one method a kind of sentence

    def first(self, m: re.Match[str]) -> None:
        year, among, name, tie, place, names, value, tie2, _, second, other, gap = m.groups()
        assert int(year) == self.years[self.y]
        ranks, values, pool = self.rank(name), self.value(name), self.pool(among, name)
        assert (place == "最低") == has_least(self.node(name))
        best = min(ranks[u] for u in pool)
        assert among or best == 1
        assert {u for u in pool if ranks[u] == best} == set(names.split("、"))
        assert bool(tie) == ("、" in names)
        assert of_tied(value, names.split("、"), values)
        if second:
            rest = pool - set(names.split("、"))
            then = {u for u in rest if ranks[u] == min(ranks[o] for o in rest)}
            assert then == set(second.split("、"))
            assert bool(tie2) == (len(then) > 1)
            assert of_tied(other, second.split("、"), values)
            if gap is None:
                assert len({values[u] for u in then}) > 1
                return
            one, two = values[names], values[second.split("、")[0]]
            about = gap.startswith("约 ")
            assert gap.startswith("不足") or near(gap.removeprefix("约 "), abs(one - two))
            assert about or gap.startswith("不足") or abs(plain(gap) - abs(plain(value) - plain(other))) < 1e-6

    def moved(self, m: re.Match[str]) -> None:
        name, year, among, rest = m.groups()
        now, then, pool = self.rank(name), self.rank(name, self.before(year)), self.pool(among, name)
        told: dict[str, int | None] = {}
        for part in rest.split("；"):
            kind, names = re.fullmatch(r"(上升的有|下降的有|名次不变的有|\d+ 年无名次的有)(.*)", part).groups()
            listed, n = tail(names)
            of_kind = {
                "上": {u for u in pool if u in then and then[u] > now[u]},
                "下": {u for u in pool if u in then and then[u] < now[u]},
                "名": {u for u in pool if then.get(u) == now[u]},
            }.get(kind[0], pool - set(then))
            assert len(of_kind) >= n
            for one in listed:
                unit, change = re.fullmatch(r"(.+?)(?:（([+−]\d+)）)?", one).groups()
                assert unit in of_kind
                assert not change or plain(change) == then[unit] - now[unit]
                told[unit] = n
        assert told

    def alone(self, m: re.Match[str]) -> None:
        unit, name, year, up, n = m.groups()
        change = self.rank(name, self.before(year))[unit] - self.rank(name)[unit]
        assert change == (0 if n is None else int(n) if up == "上升" else -int(n))

    def arrived(self, m: re.Match[str]) -> None:
        name, again, n, names, since = m.groups()
        n, now, then = int(n), self.rank(name), self.rank(name, self.y - 1)
        new = {u for u, r in now.items() if r <= n and not then.get(u, n + 1) <= n}
        ever = {u for y in range(self.y) for u, r in self.rank(name, y).items() if r <= n}
        units = [re.fullmatch(r"(.+?)(?:（(\d+) → (\d+)）)?", one).groups() for one in tail(names)[0]]
        assert {u for u, *_ in units} == (new & ever if again else new - ever)
        assert all(a is None or (then[u], now[u]) == (int(a), int(b)) for u, a, b in units)
        assert not since or int(since) == self.years[0]

    def nobody(self, m: re.Match[str]) -> None:
        name, n, year = m[1], int(m[2]), m[3]
        now, then = self.rank(name), self.rank(name, self.before(year))
        assert {u for u, r in now.items() if r <= n} <= {u for u, r in then.items() if r <= n}

    def always(self, m: re.Match[str]) -> None:
        first, last, name, n, names = m[1], m[2], m[3] or m[5], int(m[4] or m[6]), m[7]
        span = range(self.years.index(int(first)), self.years.index(int(last)) + 1)
        each = [{u for u, r in self.rank(name, y).items() if r <= n} for y in span]
        assert set(names.split("、")) == set.intersection(*each)
        assert m[4] is None or all(one == each[0] for one in each)

    def always_first(self, m: re.Match[str]) -> None:
        span = range(self.years.index(int(m[1])), self.years.index(int(m[2])) + 1)
        each = [{u for u, r in self.rank(m[3], y).items() if r == 1} for y in span]
        assert set(m[4].split("、")) == set.intersection(*each)

    def went(self, m: re.Match[str]) -> None:
        first, last, unit, name, before, now = m.groups()
        ends = [self.rank(name, self.years.index(int(year)))[unit] for year in (first, last)]
        assert ends == [int(before), int(now)] and before != now

    def most(self, m: re.Match[str]) -> None:
        first, last, among, name, which, names = m.groups()
        span = range(self.years.index(int(first)), self.years.index(int(last)) + 1)
        ranks, pool = [self.rank(name, y) for y in span], self.pool(among, name)
        if which == "逐年上升的有":
            steady = {u for u in pool if all(u in r for r in ranks) and all(a[u] > b[u] for a, b in pairwise(ranks))}
            told = [re.fullmatch(r"(.+)（(\d+) → (\d+)）", one).groups() for one in tail(names)[0]]
            assert {u for u, *_ in told} <= steady and tail(names)[1] == len(steady)
            assert all((ranks[0][u], ranks[-1][u]) == (int(a), int(b)) for u, a, b in told)
            return
        sign = 1 if "上升" in which else -1
        gained = {u: sign * (ranks[0][u] - ranks[-1][u]) for u in pool if u in ranks[0] and u in ranks[-1]}
        told = [re.fullmatch(r"(.+)（(\d+) → (\d+)）", one).groups() for one in tail(names)[0]]
        assert all((ranks[0][u], ranks[-1][u]) == (int(a), int(b)) for u, a, b in told)
        least = min(gained[u] for u, *_ in told)
        assert least > 0
        assert {u for u, g in gained.items() if g > least} <= {u for u, *_ in told}

    def whole(self, name: str, y: int | None = None) -> Table:
        node = self.node(name)
        assert not isinstance(node, Aggregate) and not node.denominator
        found = self.value(name, y)
        assert min(found.values(), default=0) >= 0
        return found

    def total(self, m: re.Match[str]) -> None:
        _, name, value, those, year, word, change, growth = m.groups()
        now = self.whole(name)
        assert near(value, sum(now.values()))
        assert (int(those) if those else len(self.names)) == len(now)
        if year:
            then = self.whole(name, self.before(year))
            assert set(then) == set(now)
            gap = sum(now.values()) - sum(then.values())
            assert (gap > 0, gap < 0) == (word == "增加", word == "减少")
            assert word is None or (near(change, abs(gap)) and near(growth, abs(gap) / sum(then.values())))

    def having(self, m: re.Match[str]) -> None:
        known, n, there, name, share, year, word, growth = m.groups()
        now = self.value(name)
        assert len(now) == int(n) and (known is None) == (int(n) == len(self.names))
        some = sum(v > 0 for v in now.values())
        assert some == int(there) and near(share, some / len(now))
        if year:
            then = self.value(name, self.before(year))
            assert set(then) == set(now)
            before = sum(v > 0 for v in then.values())
            assert near(growth, abs(some / before - 1)) and (word == "增长") == (some > before)

    def all_or_none(self, m: re.Match[str]) -> None:
        n, name, which = m.groups()[1:]
        now = self.value(name)
        assert len(now) == int(n)
        assert all((v > 0) == (which != "均为 0") for v in now.values())

    def shares(self, m: re.Match[str]) -> None:
        _, name, parts = m.groups()
        values, ranks = self.whole(name), self.rank(name)
        for part in parts.split("；"):
            if one := re.fullmatch(r"(.+?)占全部的 (.+)", part):
                assert near(one[2], values[one[1]] / sum(values.values()))
                continue
            names, held, share = re.fullmatch(r"(.+?)共 (.+)，占 (.+)", part).groups()
            if counted := re.fullmatch(r"(所列前|前|最低的) (\d+) 个地区", names):
                n = int(counted[2])
                assert counted[1] != "所列前", "no figure of this test is of a group and has so many units"
                assert (counted[1] == "最低的") == has_least(self.node(name))
                expected = sum(values[u] for u in sorted(ranks, key=lambda u: ranks[u])[:n])
            else:
                expected = sum(values[u] for u in names.split("、"))
            assert near(held, expected) and near(share, expected / sum(values.values()))

    def each_share(self, m: re.Match[str]) -> None:
        values = self.whole(m[2])
        for one in m[3].split("、"):
            unit, share = one.rsplit(" ", 1)
            assert near(share, values[unit] / sum(values.values()))

    def of_groups(self, m: re.Match[str]) -> None:
        _, name, grouping, parts = m.groups()
        values = self.whole(name)
        sums: dict[str, float] = {}
        for unit, group in zip(self.names, self.groups(grouping), strict=True):
            if group:
                sums[group] = sums.get(group, 0.0) + values.get(unit, 0.0)
        told = dict(part.rsplit(" ", 1) for part in parts.split("、"))
        assert set(told) == set(sums)
        assert all(near(share, sums[group] / sum(sums.values())) for group, share in told.items())

    def groups(self, grouping: str) -> tuple[str, ...]:
        return next(one for one in self.source.inputs.groupings if one.name == grouping).groups[self.ranking.key]

    def listed(self, m: re.Match[str]) -> None:
        _, name, ascending, names = m.groups()
        values, ranks = self.value(name), self.rank(name)
        told = [one.rsplit(" ", 1) for one in tail(names)[0]]
        assert all(near(shown, values[unit]) for unit, shown in told)
        assert bool(ascending) == has_least(self.node(name))
        assert [ranks[unit] for unit, _ in told] == sorted(ranks[unit] for unit, _ in told)
        in_order = [values[unit] for unit, _ in told]
        assert not ascending or all(a <= b + 1e-9 for a, b in pairwise(in_order))

    def places(self, m: re.Match[str]) -> None:
        ranks = self.rank(m[2])
        assert all(ranks[one.rsplit("第 ", 1)[0]] == int(one.rsplit("第 ", 1)[1]) for one in m[3].split("、"))

    def counted(self, m: re.Match[str]) -> None:
        some, n, n2, grouping, parts = m[1], m[2], m[3], m[4], m[5]
        order = self.content.figure.nodes[0] if self.content.figure.nodes else self.source.root.code
        node = next(one.name for one in self.source.inputs.framework.nodes if one.code == order)
        ranks, of_unit = self.rank(node), dict(zip(self.names, self.groups(grouping), strict=True))
        if some:
            units = [u for u, v in self.value(some).items() if v > 0]
            assert len(units) == int(n)
        else:  # where some tie at the end, any of them may be among the first
            at = sorted(ranks, key=lambda u: ranks[u])[: int(n2) + 1]
            if len(at) > int(n2) and ranks[at[-1]] == ranks[at[-2]]:
                return
            units = at[: int(n2)]
        for part in parts.split("、"):
            group, count = re.fullmatch(r"(.+) (\d+) 个", part).groups()
            assert sum(of_unit[u] == group for u in units) == int(count)

    def group_firsts(self, m: re.Match[str]) -> None:
        _, name, grouping, _, parts = m.groups()
        ranks, values = self.rank(name), self.value(name)
        of_unit = dict(zip(self.names, self.groups(grouping), strict=True))
        for group, names, value in re.findall(r"(?:^|、)([^、（）]+?)的([^（）]+)（([^（）]+)）", parts):
            own = [u for u in ranks if of_unit[u] == group]
            best = {u for u in own if ranks[u] == min(ranks[o] for o in own)}
            several = re.fullmatch(r"(\d+) 个地区", names)
            assert len(best) == int(several[1]) if several else best == set(names.split("、"))
            assert of_tied(value, sorted(best) if several else names.split("、"), values)

    def group_mean(self, m: re.Match[str]) -> None:
        _, grouping, name, _, place, names, value = m.groups()
        values, means = self.value(name, exact=True), {}
        for group in set(self.groups(grouping)) - {""}:
            own = [
                values[u] for u, g in zip(self.names, self.groups(grouping), strict=True) if g == group and u in values
            ]
            if own:
                means[group] = sum(own) / len(own)
        assert (place == "最低") == has_least(self.node(name))
        node = self.node(name)
        if isinstance(node, Aggregate):
            means = {g: float(published(node, self.result.method, v)) for g, v in means.items()}
        good = {g: goodness(node, v) for g, v in means.items()}
        assert {g for g, v in good.items() if max(good.values()) - v < 1e-12} == set(names.split("、"))
        assert of_tied(value, names.split("、"), means)

    def tier(self, m: re.Match[str]) -> None:
        ranks = self.rank(self.source.root.name)
        units = m[2].split("、")
        assert [ranks[u] for u in units] == sorted(ranks[u] for u in units)

    def made_up(self, m: re.Match[str]) -> None:
        _, who, score, before, parts = m.groups()
        unit = next(u for u in self.names if who.startswith(u))
        name = who.removeprefix(unit).strip()
        exact = self.value(name, exact=True)[unit]
        assert near(score, self.value(name)[unit])
        assert near(score if before is None else before, exact)
        total = sum(plain(part.rsplit(" ", 1)[1]) for part in parts.split("、"))
        assert abs(total - exact) <= 0.05 * (1 + parts.count("、")) + 1e-9

    def quartiles(self, m: re.Match[str]) -> None:
        name, middle, low, high = m.groups()
        column = next(one for one in self.content.columns if one.header == name)
        values = np.array([v for v in column.values if v is not None])
        for text, q in ((middle, 50), (low, 25), (high, 75)):
            assert near(text, float(np.percentile(values, q)))

    def levels(self, m: re.Match[str]) -> None:
        depths = list(self.content.columns[1].values)
        assert int(m[1]) == max(depths)
        assert [int(n) for n in m[2].split("、")] == [depths.count(k) for k in range(1, max(depths) + 1)]

    def elsewhere(self, m: re.Match[str]) -> None:
        """A sentence of another ranking."""
        other = next(one for one in self.source.inputs.rankings if ranking_label(one.key).zh == m[1])
        figure = type(self.content.figure)("", "", self.content.figure.kind, ranking=other.key)
        Recount(self.source, Content(figure, "", (), self.content.form)).hold(m[2])

    def hold(self, sentence: str) -> None:
        """Raise AssertionError where a sentence follows no pattern, or something in it is not so."""
        found = next(((check, m) for pattern, check in PATTERNS if (m := re.fullmatch(pattern, sentence))), None)
        assert found is not None, sentence
        found[0](self, found[1])


_AMONG = r"(前 \d+ 名中|所列 \d+ 个地区中)?"
PATTERNS: list[tuple[str, Callable[[Recount, re.Match[str]], Any]]] = [
    (r"(省份|城市|县)：(.+)", Recount.elsewhere),
    (r"(\d+) 年各(区域|类别)(.+?)均值(并列)?(居首|最低)的是(.+?)（(.+)）。", Recount.group_mean),
    (r"(\d+) 年(.+?)在各(.+?)中(居首|最低)的是：(.+)。", Recount.group_firsts),
    (
        rf"(\d+) 年{_AMONG}(.+?)(并列)?(居首|最低)的是(.+?)（(.+?)）(?:，(并列)?(第二|其次)的?是(.+?)（(.+?)）(?:，相差 ?(.+))?)?。",
        Recount.first,
    ),
    (r"(.+?) ?的(.+?)名次与 (\d+) 年相比，(?:(上升|下降) (\d+) 位|没有变动)。", Recount.alone),
    (rf"(.+?)名次与 (\d+) 年相比，{_AMONG}(.+)。", Recount.moved),
    (r"(.+?)(?:新|(重新))进入前 (\d+) 名的有(.+?)(?:，为 (\d+) 年有数据以来首次)?。", Recount.arrived),
    (r"(.+?)前 (\d+) 名与 (\d+) 年相比没有新进入者。", Recount.nobody),
    (r"(\d+)–(\d+) 年，(.+?)始终居首的是(.+)。", Recount.always_first),
    (r"(\d+)–(\d+) 年，(.+?) ?的(.+?)名次由第 (\d+) 变为第 (\d+)。", Recount.went),
    (r"(\d+)–(\d+) 年，(?:(.+?)前 (\d+) 名始终是|(.+?)始终在前 (\d+) 名的有)(.+)。", Recount.always),
    (rf"(\d+)–(\d+) 年{_AMONG}(.+?)名次(上升最多的是|下降最多的是|逐年上升的有)(.+)。", Recount.most),
    (
        r"(\d+) 年(.+?)合计 ([^（，。]+)(?:（(\d+) 个有数据的地区）)?(?:，[比与] (\d+) 年(?:(增加|减少) (.+)（(.+)）|持平))?。",
        Recount.total,
    ),
    (
        r"(有数据的 )?(\d+) 个地区中有 (\d+) 个的(.+?)大于 0，占 ([\d.]+%)(?:，个数比 (\d+) 年(增长|减少) (.+))?。",
        Recount.having,
    ),
    (r"(有数据的 )?(\d+) 个地区的(.+?)(全部大于 0|均为 0)。", Recount.all_or_none),
    (r"(\d+) 年各地区(.+?)占全部的比重：(.+)。", Recount.each_share),
    (r"(\d+) 年(.+?)按(.+?)分的比重：(.+)。", Recount.of_groups),
    (r"(\d+) 年(.+?)名次：(.+)。", Recount.places),
    (r"(\d+) 年(.+?)：(.+占.+)。", Recount.shares),
    (r"(\d+) 年(.+?)得分 ([−\d.]+)(?:（修约前 ([−\d.]+)）)?，由以下各项构成：(.+)。", Recount.made_up),
    (r"(?:(.+?)大于 0 的 (\d+)|前 (\d+)) 个地区按(.+?)分：(.+)。", Recount.counted),
    (r"(\d+) 年(.+?)(（从低到高）)?：(.+)。", Recount.listed),
    (r"第(.+?)梯队有(.+)。", Recount.tier),
    (r"与 \d+ 年相比，新进入第(.+?)梯队的有(.+)。", Recount.tier),
    (r"(.+?)得分的中位数为 (.+)，中间一半在 (.+) 至 (.+) 之间。", Recount.quartiles),
    (r"指标体系共 (\d+) 级，各级个数依次为(.+)。", Recount.levels),
]
