"""What changed since the year before, as plain text: the subject and the body of a message. Sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ..core import rank
from ..engine.compute import Result
from ..language import Text, joined, same
from ..sheets import schema
from ..sheets.inputs import Inputs, Ranking
from ..tasks.recalculate import Outcome

_FIRST = 3  # places of each ranking named, and movers each way
_TEN = 10
_MOST = 6  # names in a line, where units share a place or a change


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's rank in the index this year and the year before (None: none)."""

    name: str
    rank: int
    before: int | None

    @property
    def change(self) -> int:
        """Places gained; 0 for a unit without a rank the year before."""
        return 0 if self.before is None else self.before - self.rank


@dataclass(frozen=True, slots=True)
class RankingMoves:
    """One ranking: its units best first, and how many have no rank. `previous` is the year compared with.

    `label` heads it, `name` stands for it within a sentence.
    """

    label: Text
    name: Text
    year: int
    previous: int | None
    places: tuple[Place, ...]
    unranked: int

    @property
    def first(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.rank <= _FIRST)

    @property
    def risen(self) -> tuple[Place, ...]:
        return tuple(sorted((p for p in self.places if p.change > 0), key=lambda place: -place.change))

    @property
    def fallen(self) -> tuple[Place, ...]:
        return tuple(sorted((p for p in self.places if p.change < 0), key=lambda place: place.change))

    @property
    def entered(self) -> tuple[Place, ...]:
        """New in the first ten, units without a rank before among them."""
        return tuple(p for p in self.places if p.rank <= _TEN and (p.before is None or p.before > _TEN))

    @property
    def comparable(self) -> bool:
        return any(place.before is not None for place in self.places)


def ranking_moves(ranking: Ranking, inputs: Inputs, result: Result) -> RankingMoves:
    """What one ranking tells of its year shown."""
    root, y = inputs.framework.aggregates.index(inputs.framework.root), ranking.shown
    now: rank.Ranks = result.rank_array[y, root]
    before = result.rank_array[y - 1, root] if y else np.zeros_like(now)
    order = [k for k in np.argsort(now, kind="stable").tolist() if now[k]]
    places = tuple(Place(_one_line(ranking.label(k)), int(now[k]), int(before[k]) or None) for k in order)
    label = schema.ranking_label(ranking.key)
    return RankingMoves(label, _name(ranking), ranking.year, ranking.previous_year, places, len(now) - len(places))


def _name(ranking: Ranking) -> Text:
    label = schema.ranking_label(ranking.key)
    return Text(label.zh, label.en.lower()) if ranking.key in schema.RANKING_LABELS else label


def subject(outcome: Outcome) -> str:
    """The subject of a message about a workbook, in the workbook's language; one line, whatever the title holds."""
    inputs = outcome.inputs
    names = _all([_name(ranking) for ranking in inputs.rankings])
    template = _SUBJECT if len(inputs.rankings) > 1 else _SUBJECT_ONE
    return template.format(index=_index(outcome), year=_year(outcome), rankings=names)[inputs.lang]


def body(outcome: Outcome) -> str:
    """The body of a message about a workbook: what is attached, and what changed, ranking by ranking."""
    inputs = outcome.inputs
    told = [ranking_moves(ranking, inputs, outcome.results[ranking.key]) for ranking in inputs.rankings]
    counts = _all([_COUNT.format(ranking=one.name, units=_units(len(one.places))) for one in told])
    opening = _OPENING.format(index=_index(outcome), year=_year(outcome), counts=counts)
    paragraphs = [[_GREETING], [opening], *(_section(one) for one in told), [_NO_MACROS]]
    paragraphs.append([_FINGERPRINT.format(fingerprint=outcome.fingerprint)])
    source = _one_line(inputs.source)
    if source:
        paragraphs.append([_SOURCE.format(source=same(source))])
    return "\n\n".join("\n".join(line[inputs.lang] for line in lines) for lines in paragraphs) + "\n"


def _index(outcome: Outcome) -> Text:
    return same(_one_line(outcome.inputs.title))


def _year(outcome: Outcome) -> int:
    return max(ranking.year for ranking in outcome.inputs.rankings)


def _one_line(text: str) -> str:
    """A text from a cell, which may hold line breaks, in one line."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _all(parts: Iterable[Text]) -> Text:
    """An enumeration that is complete."""
    *rest, last = parts
    return _AND.format(rest=joined(rest), last=last) if rest else last


def _units(n: int) -> Text:
    return _N_UNITS.format(n=n)


def _section(one: RankingMoves) -> list[Text]:
    lines = [_HEADING.format(ranking=one.label, year=one.year, units=_units(len(one.places)))]
    if one.places:
        distinct = len({place.rank for place in one.first}) == len(one.first)
        first = _line(one.first, _named if distinct else _placed, _rank, _AND_LEVEL, limit=_MOST)
        lines.append((_FIRST_THREE if len(one.places) >= _FIRST else _IN_ORDER).format(units=first))
        lines += _changes(one)
    if one.unranked:
        lines.append(_UNRANKED.format(units=_units(one.unranked)))
    return lines


def _changes(one: RankingMoves) -> list[Text]:
    """The lines that compare with the year before."""
    if one.previous is None:
        return [_FIRST_YEAR.format(year=one.year)]
    if not one.comparable:
        return [_NO_RANKS_BEFORE.format(previous=one.previous)]
    lines = []
    for template, movers in ((_UP, one.risen), (_DOWN, one.fallen)):
        if movers:
            units = _line(movers, _moved, _change, _AND_AS_FAR, limit=_with_ties(movers))
            lines.append(template.format(previous=one.previous, units=units))
    if not lines:
        lines.append(_UNMOVED.format(previous=one.previous))
    if len(one.places) > _TEN:
        lines.append(_NEW_IN_TEN.format(units=_newcomers(one)))
    return lines


def _with_ties(movers: tuple[Place, ...]) -> int:
    """How many movers to name: three, and those that moved as far as the third, unless they are too many."""
    least = abs(movers[min(_FIRST, len(movers)) - 1].change)
    n = sum(abs(place.change) >= least for place in movers)
    return n if n <= _MOST else _FIRST


def _newcomers(one: RankingMoves) -> Text:
    """Who is new in the first ten. The year compared with is named where it is not the last one."""
    if not one.entered:
        return _NONE
    assert one.previous is not None
    then = _LAST_YEAR if one.previous == one.year - 1 else _IN_YEAR.format(year=one.previous)
    return _line(one.entered, lambda place: _entered(place, then), _rank, _AND_LEVEL, limit=_TEN)


def _line(
    places: tuple[Place, ...],
    say: Callable[[Place], Text],
    measure: Callable[[Place], int],
    and_more: Text,
    *,
    limit: int,
) -> Text:
    """Units in an enumeration. Says how many more there are that belong to it as much as the last one named."""
    named = joined([say(place) for place in places[:limit]])
    last = places[:limit][-1]
    n = sum(measure(place) == measure(last) for place in places[limit:])
    if not n:
        return named
    others = _N_OTHERS.format(n=n)
    return and_more.format(units=named, others=others, last=same(last.name))


def _rank(place: Place) -> int:
    return place.rank


def _change(place: Place) -> int:
    return place.change


def _named(place: Place) -> Text:
    return same(place.name)


def _placed(place: Place) -> Text:
    return _AT.format(name=same(place.name), rank=place.rank)


def _moved(place: Place) -> Text:
    template = _ROSE if place.change > 0 else _FELL
    return template.format(name=same(place.name), before=place.before, rank=place.rank, n=abs(place.change))


def _entered(place: Place, then: Text) -> Text:
    template = _CAME if place.before else _CAME_NEW
    return template.format(name=same(place.name), rank=place.rank, before=place.before, then=then)


_SUBJECT = Text("{index}（{year} 年）：{rankings} 排名", "{index}, {year}: {rankings} rankings")
_SUBJECT_ONE = Text("{index}（{year} 年）：{rankings} 排名", "{index}, {year}: {rankings} ranking")
_GREETING = Text("各位同事：", "Dear colleagues,")
_OPENING = Text(
    "附件是《{index}》{year} 年的计算结果，参加排名的有{counts}。主要情况如下：",
    "Attached are the results of the {index} for {year}: {counts}. In brief:",
)
_COUNT = Text("{ranking} {units}", "{units} in the {ranking} ranking")
_AND = Text("{rest}、{last}", "{rest} and {last}")
_N_UNITS = Text("{n} 个", "{n} {n:unit|units}")
_HEADING = Text("【{ranking} 排名】{year} 年，{units}地区", "{ranking} ranking, {year}: {units}")
_FIRST_THREE = Text("前三名：{units}。", "First three: {units}.")
_IN_ORDER = Text("名次：{units}。", "In order: {units}.")
_UP = Text("较 {previous} 年位次上升最多：{units}。", "Up most since {previous}: {units}.")
_DOWN = Text("较 {previous} 年位次下降最多：{units}。", "Down most since {previous}: {units}.")
_UNMOVED = Text("与 {previous} 年相比，位次均无变化。", "No unit's rank has changed since {previous}.")
_NEW_IN_TEN = Text("新进前十：{units}。", "New in the first ten: {units}.")
_NONE = Text("无", "none")
_FIRST_YEAR = Text(
    "数据中没有 {year} 年之前的年份，故无位次变化。", "The data hold no year before {year} to compare with."
)
_NO_RANKS_BEFORE = Text(
    "上列地区 {previous} 年均无排名，故无位次变化。", "None of these units has a rank in {previous} to compare with."
)
_UNRANKED = Text("另有 {units}地区因数据不足未参与排名。", "Not ranked, for want of data: {units}.")
_AT = Text("{name}（第 {rank} 名）", "{name} (rank {rank})")
_ROSE = Text("{name}（由第 {before} 位升至第 {rank} 位，上升 {n} 位）", "{name} (from rank {before} to {rank}, up {n})")
_FELL = Text(
    "{name}（由第 {before} 位降至第 {rank} 位，下降 {n} 位）", "{name} (from rank {before} to {rank}, down {n})"
)
_CAME = Text("{name}（第 {rank} 名，{then} 第 {before} 名）", "{name} (rank {rank}, from {before})")
_CAME_NEW = Text("{name}（第 {rank} 名，{then} 无排名）", "{name} (rank {rank}, without a rank {then})")
_LAST_YEAR = Text("上年", "last year")
_IN_YEAR = Text("{year} 年", "in {year}")
_AND_LEVEL = Text("{units}，另有 {others}与{last}并列", "{units}, and {others} level with {last}")
_AND_AS_FAR = Text("{units}，另有 {others}变动位数与{last}相同", "{units}, and {others} that moved as far as {last}")
_N_OTHERS = Text("{n} 个地区", "{n} more {n:unit|units}")
_NO_MACROS = Text(
    "附件不含宏，用 Excel、WPS 表格或 LibreOffice 均可直接打开。",
    "The attached copy holds no macros; it opens in Excel, WPS and LibreOffice as it is.",
)
_FINGERPRINT = Text("指纹（输入数据/排名）：{fingerprint}", "Fingerprint (inputs/rankings): {fingerprint}")
_SOURCE = Text("数据说明：{source}", "About the data: {source}")
