"""Why units of a workbook stand where they do: its sheet Explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..analysis.decompose import explain, explain_change
from ..analysis.explained import Change, Explanation, Overtaking
from ..analysis.overtake import to_pass_next
from ..errors import FileRefused
from ..language import LANGUAGES, Lang, Text, joined, same
from ..model import Array
from ..sheets import phrases, schema
from ..sheets.book import Book
from ..sheets.cells import heading
from ..sheets.inputs import Inputs, Ranking
from ..sheets.read import read_inputs
from ..typed import nearest
from . import written
from .written import number

_MOST = 40  # units explained at once
_SUGGESTED = 5


@dataclass(frozen=True, eq=False)
class Study:
    """One unit of one ranking; `change` is None where there is no score the year before."""

    ranking: Ranking
    name: str
    explanation: Explanation
    change: Change | None
    overtaking: Overtaking

    @property
    def came_and_went(self) -> Array:
        """What data did that are there in one of the two years only: as own data, others' data and weights [0-1]."""
        change = self.change
        if change is None:
            return np.zeros(3)
        codes = np.isin(change.codes, (*change.missing_before, *change.missing_after))
        own = change.gaps_array.sum() + (change.own_array - change.gaps_array)[codes].sum()
        return np.array([own, change.others_array[codes].sum(), change.weights_array[codes].sum()])


@dataclass(frozen=True, eq=False)
class Findings:
    """The units asked for, and tables that the workbook lacks."""

    inputs: Inputs
    studies: tuple[Study, ...]
    missing: tuple[str, ...]


def study(book: Book, units: Sequence[str], *, year: int | None = None, whole: bool = True) -> Findings:
    """Explain units, named by code or name, in every ranking that has them, and write the sheet.

    With `whole`, each of `units` must be one; else those that are none are passed over, but for the last.

    Raises
    ------
    SheetErrors
        Where the workbook's input is at fault.
    FileRefused
        Where nothing that was named is a unit, naming it.
    FrameworkError
        Where scores are no sums of parts, or the year is not in the data.
    """
    inputs = read_inputs(book)
    found, unknown = _units(inputs, units)
    if not found or (whole and unknown):
        if not units:
            raise FileRefused(_NOTHING, rule="no unit")
        named = [_unknown(inputs, text) for text in (unknown or units)][:_MOST]
        raise FileRefused(joined(named, zh="；", en="; "), rule="unit unknown")
    studies = tuple(_study(inputs, ranking, u, year) for ranking, u in found[:_MOST])
    rows = [row for one in studies for row in _rows(inputs, one)]
    mark = written.fingerprint(inputs)
    table = written.table(schema.TABLE_EXPLANATION, [row | {"inputs": mark} for row in rows], inputs.lang)
    texts = {schema.TABLE_EXPLANATION: (phrases.HEADING_EXPLANATION, phrases.NOTE_EXPLANATION)}
    return Findings(inputs, studies, written.write(book, (table,), written.headings(inputs, texts)))


def _units(inputs: Inputs, texts: Sequence[str]) -> tuple[list[tuple[Ranking, int]], list[str]]:
    """Units that are named, each once, and texts that name none."""
    found: dict[tuple[str, int], tuple[Ranking, int]] = {}
    unknown = []
    for text in texts:
        wanted, known = heading(text), len(found)
        hits = [
            (ranking, u)
            for ranking in inputs.rankings
            for u, (code, name) in enumerate(zip(ranking.panel.units, ranking.names, strict=True))
            if wanted in (heading(code), heading(name))
        ]
        found |= {(ranking.key, u): (ranking, u) for ranking, u in hits}
        if not hits and len(found) == known:
            unknown.append(text)
    return list(found.values()), unknown


def _unknown(inputs: Inputs, text: str) -> Text:
    """That a text is no unit, and the units whose names are nearest, each with its code."""
    near = {
        code: _NEAR.format(name=name, code=code)
        for ranking in inputs.rankings
        for name in nearest(text, ranking.names)
        for code, one in zip(ranking.panel.units, ranking.names, strict=True)
        if one == name
    }
    said = _NO_UNIT.format(unit=text)
    return _NEAREST.format(said=said, units=joined(list(near.values())[:_SUGGESTED])) if near else said


def _study(inputs: Inputs, ranking: Ranking, u: int, year: int | None) -> Study:
    panel, method = ranking.panel, inputs.method
    if inputs.groupings and not panel.groups:
        panel = replace(panel, groups=inputs.groupings[0].groups[ranking.key])
    shown = ranking.year if year is None else year
    how: dict[str, Any] = {"unit": panel.units[u], "year": shown}
    explanation = explain(inputs.framework, panel, method, **how)
    first = panel.years.index(shown) == 0
    change = None if first else explain_change(inputs.framework, panel, method, **how)
    return Study(ranking, ranking.names[u], explanation, change, to_pass_next(inputs.framework, panel, method, **how))


def _rows(inputs: Inputs, one: Study) -> list[dict[str, Any]]:
    """The index itself, then its indicators."""
    found, change, framework = one.explanation, one.change, inputs.framework
    common = {
        "ranking": schema.ranking_label(one.ranking.key)[inputs.lang],
        "year": found.year,
        "unit": found.unit,
        "name": one.name,
    }
    total: dict[str, Any] = {"code": framework.root.code, "indicator": framework.root.name, "rank": found.rank or None}
    total |= _points(score=found.score, contribution=found.score, usual=found.usual.sum(), peers=found.peers.sum())
    total |= _points(difference=found.score - found.usual.sum()) | {"weight": 1.0 if found.rank else None}
    if change is not None:
        total |= _points(change=change.after - change.before, own=change.own.sum())
        total |= _points(others=change.others.sum(), weights=change.weights.sum())
    rows: list[dict[str, Any]] = [common | total]
    needed, value = one.overtaking.target_array, one.overtaking.value_array
    for k, indicator in enumerate(framework.indicators):
        row: dict[str, Any] = {"code": indicator.code, "indicator": indicator.name, "value": number(value[k])}
        row |= {"rank": int(found.indicator_rank_array[k]) or None, "weight": number(found.weight_array[k])}
        row |= _points(score=found.indicator_score_array[k], contribution=found.contribution_array[k])
        row |= _points(usual=found.usual_array[k], difference=found.difference_array[k], peers=found.peer_array[k])
        if change is not None and indicator.code not in (*change.missing_before, *change.missing_after):
            row |= _points(change=_by_indicator(change)[k], own=change.own_array[k] - change.gaps_array[k])
            row |= _points(others=change.others_array[k], weights=change.weights_array[k])
        row |= {"needed": number(needed[k]), "needed_change": _share(needed[k], value[k])}
        rows.append(common | row)
    if found.missing or (change is not None and (change.missing_before or change.missing_after)):
        rows.append(common | _of_gaps(one) | {"indicator": _FOR_GAPS[inputs.lang]})
    return rows


def _by_indicator(change: Change) -> Array:
    """What each indicator did to the score, with the same data there in both years."""
    by: Array = change.own_array - change.gaps_array + change.others_array + change.weights_array
    return by


def _of_gaps(one: Study) -> dict[str, float | None]:
    """What it does that data are not there: nobody's weakness, and no cause that an indicator could be blamed for."""
    row = _points(difference=one.explanation.rescaling)
    if one.change is not None:
        row |= _points(change=one.came_and_went.sum(), own=one.came_and_went[0])
        row |= _points(others=one.came_and_went[1], weights=one.came_and_went[2])
    return row


def _points(**scores: Any) -> dict[str, float | None]:
    """Scores from 0 to 1 as points from 0 to 100."""
    return {key: number(100.0 * value) for key, value in scores.items()}


def _share(needed: float, value: float) -> float | None:
    """A change relative to what it is from; none where that is 0."""
    return None if np.isnan(needed) or not value else float((needed - value) / abs(value))


def told(found: Findings, lang: Lang, *, most: int = 5) -> list[str]:
    """What was found, in sentences, unit by unit."""
    lines = []
    for one in found.studies:
        names = {i.code: i.name for i in found.inputs.framework.indicators}
        units = {code: one.ranking.label(u) for u, code in enumerate(one.ranking.panel.units)}
        lines += [text[lang] for text in _sentences(one, list(names.values()), units, most)]
    return lines


def _sentences(one: Study, names: list[str], units: dict[str, str], most: int) -> list[Text]:
    found = one.explanation
    label = schema.ranking_label(one.ranking.key)
    head = {"name": same(units[found.unit]), "ranking": label, "year": found.year}
    if not found.rank:
        return [_UNRANKED.format(**head)]
    lines = [_HEAD.format(**head, score=f"{100 * found.score:.2f}", rank=found.rank, n=found.n_ranked)]
    for template, neighbour in ((_ABOVE, found.above), (_BELOW, found.below)):
        if neighbour is not None:
            lines.append(template.format(name=same(units[neighbour[0]]), gap=f"{100 * neighbour[1]:.2f}"))
    difference = 100 * found.difference_array
    for template, order in ((_STRONG, np.argsort(-difference)), (_WEAK, np.argsort(difference))):
        sign = 1 if template is _STRONG else -1
        parts = [_part(names[k], difference[k]) for k in order[:most] if sign * difference[k] > 0]
        lines += [template.format(parts=joined(parts))] if parts else []
    if found.missing:
        lines.append(_LACKS.format(year=found.year, names=_named(found.missing, found, names),
                                   points=f"{100 * found.rescaling:+.2f}"))  # fmt: skip
    lines += _of_change(one, names, units, most) + _of_overtaking(one, names, most)
    return lines


def _named(codes: tuple[str, ...], found: Explanation | Change, names: list[str]) -> Text:
    return joined([same(names[found.codes.index(code)]) for code in codes])


def _part(name: str, points: float) -> Text:
    return _POINTS.format(name=same(name), points=f"{points:+.2f}")


def _of_change(one: Study, names: list[str], units: dict[str, str], most: int) -> list[Text]:
    change = one.change
    if change is None:
        return [_NO_CHANGE]
    gaps, came_and_went = one.came_and_went, (*change.missing_before, *change.missing_after)
    sums = np.array([change.own_array.sum(), change.others_array.sum(), change.weights_array.sum()]) - gaps
    parts = {key: f"{100 * by:+.2f}" for key, by in zip(("own", "others", "weights"), sums, strict=True)}
    total = f"{100 * (change.after - change.before):+.2f}"
    lines = [_CHANGE.format(year=change.previous_year, before=change.rank_before, total=total, **parts)]
    for year, codes in ((change.previous_year, change.missing_before), (change.year, change.missing_after)):
        lines += [_NO_DATA.format(year=year, names=_named(codes, change, names))] if codes else []
    lines += [_GAPS.format(points=f"{100 * gaps.sum():+.2f}")] if came_and_went else []
    by = np.where(np.isin(change.codes, came_and_went), 0.0, 100 * _by_indicator(change))
    order = [k for k in np.argsort(-np.abs(by), kind="stable")[:most] if by[k]]
    lines += [_MOVED.format(parts=joined([_part(names[k], by[k]) for k in order]))] if order else []
    for template, whom in ((_PASSED, change.overtaken), (_PASSED_BY, change.overtaken_by)):
        if whom:
            lines.append(template.format(units=joined([same(units[unit]) for unit in whom])))
    return lines


def _of_overtaking(one: Study, names: list[str], most: int) -> list[Text]:
    needed, value = one.overtaking.target_array, one.overtaking.value_array
    if one.overtaking.rank <= 1:
        return []
    can = np.flatnonzero(~np.isnan(needed))
    if not can.size:
        return [_CANNOT]
    order = sorted(can, key=lambda k: abs(needed[k] - value[k]) / (abs(value[k]) or np.inf))[:most]
    parts = [_TO.format(name=same(names[k]), value=f"{value[k]:,.6g}", needed=f"{needed[k]:,.6g}") for k in order]
    return [_NEEDED.format(parts=joined(parts, zh="；", en="; "))]


def done(found: Findings, book: Book) -> Text:
    """The first unit's sentences that fit a message box, and where the rest is."""
    end = written.done(book, (schema.TABLE_EXPLANATION,), found.missing)
    lines = [told(found, lang)[:8] for lang in LANGUAGES]
    return Text(*("\n".join((*some, text)) for some, text in zip(lines, end.both(), strict=True)))


_NO_UNIT = Text("没有代码或名称为“{unit}”的地区", "no unit has the code or name “{unit}”")
_NEAR = Text("{name}（{code}）", "{name} ({code})")
_NEAREST = Text("{said}，相近的有：{units}", "{said}; the nearest: {units}")
_NOTHING = Text("请先选中某个地区所在的行", "select a row with a unit in it first")
_HEAD = Text(
    "{name}（{ranking}，{year} 年）：得分 {score}，第 {rank} 名（共 {n} 个地区）",
    "{name} ({ranking}, {year}): score {score}, rank {rank} of {n}",
)
_UNRANKED = Text(
    "{name}（{ranking}，{year} 年）：数据不足，没有排名", "{name} ({ranking}, {year}): not ranked, for want of data"
)
_ABOVE = Text("  前一名：{name}，高 {gap} 分", "  next above: {name}, by {gap} points")
_BELOW = Text("  后一名：{name}，低 {gap} 分", "  next below: {name}, by {gap} points")
_POINTS = Text("{name} {points}", "{name} {points}")
_STRONG = Text("  长处（高于各地区平均）：{parts}", "  strengths, against the mean of all: {parts}")
_WEAK = Text("  短处（低于各地区平均）：{parts}", "  weaknesses, against the mean of all: {parts}")
_LACKS = Text(
    "  {year} 年缺数据：{names}；其权重由其他指标分担，与各地区平均相比影响 {points} 分",
    "  no data in {year}: {names}; the others carry their weight, which makes {points} points against the mean of all",
)
_NO_DATA = Text("  {year} 年缺数据：{names}", "  no data in {year}: {names}")
_GAPS = Text(
    "  两年数据有缺、权重随之重新分配的影响：{points} 分",
    "  by data that are there in one of the two years only, and the weights rescaled for it: {points} points",
)
_FOR_GAPS = Text("缺失数据及权重重新分配", "Missing data, and weights rescaled for it")
_NO_CHANGE = Text("  没有上一年的得分可比", "  no score of the year before to compare with")
_CHANGE = Text(
    "  比 {year} 年（第 {before} 名）变化 {total} 分：自身数据 {own}，其他地区 {others}，权重 {weights}",
    "  since {year} (rank {before}) {total} points: its own data {own}, the others' {others}, weights {weights}",
)
_MOVED = Text("  变化主要来自：{parts}", "  mostly by: {parts}")
_PASSED = Text("  超过：{units}", "  it passed: {units}")
_PASSED_BY = Text("  被超过：{units}", "  it was passed by: {units}")
_NEEDED = Text("  超过前一名，以下任一项即可：{parts}", "  to pass the unit above, any one of these changes: {parts}")
_TO = Text("{name} 由 {value} 到 {needed}", "{name} from {value} to {needed}")
_CANNOT = Text("  仅改动任何一个指标都不足以超过前一名", "  no single indicator is enough to pass the unit above")
