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
    needed, value = one.overtaking.needed, one.overtaking.value
    for k, indicator in enumerate(framework.indicators):
        row: dict[str, Any] = {"code": indicator.code, "indicator": indicator.name, "value": number(value[k])}
        row |= {"rank": int(found.indicator_ranks[k]) or None, "weight": number(found.weights[k])}
        row |= _points(score=found.indicator_scores[k], contribution=found.contributions[k], usual=found.usual[k])
        row |= _points(difference=found.contributions[k] - found.usual[k], peers=found.peers[k])
        if change is not None:
            row |= _points(own=change.own[k], others=change.others[k], weights=change.weights[k])
            row |= _points(change=change.own[k] + change.others[k] + change.weights[k])
        row |= {"needed": number(needed[k]), "needed_change": _share(needed[k], value[k])}
        rows.append(common | row)
    return rows


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
    difference = 100 * (found.contributions - found.usual)
    for template, order in ((_STRONG, np.argsort(-difference)), (_WEAK, np.argsort(difference))):
        parts = [_part(names[k], difference[k]) for k in order[:most] if (difference[k] > 0) == (template is _STRONG)]
        lines += [template.format(parts=joined(parts))] if parts else []
    lines += _of_change(one, names, units, most) + _of_overtaking(one, names, most)
    return lines


def _part(name: str, points: float) -> Text:
    return _POINTS.format(name=same(name), points=f"{points:+.2f}")


def _of_change(one: Study, names: list[str], units: dict[str, str], most: int) -> list[Text]:
    change = one.change
    if change is None:
        return [_NO_CHANGE]
    parts = {key: f"{100 * getattr(change, key).sum():+.2f}" for key in ("own", "others", "weights")}
    total = f"{100 * (change.after - change.before):+.2f}"
    lines = [_CHANGE.format(year=change.previous_year, before=change.rank_before, total=total, **parts)]
    by = 100 * (change.own + change.others + change.weights)
    order = [k for k in np.argsort(-np.abs(by), kind="stable")[:most] if by[k]]
    lines += [_MOVED.format(parts=joined([_part(names[k], by[k]) for k in order]))] if order else []
    for template, whom in ((_PASSED, change.overtaken), (_PASSED_BY, change.overtaken_by)):
        if whom:
            lines.append(template.format(units=joined([same(units[unit]) for unit in whom])))
    return lines


def _of_overtaking(one: Study, names: list[str], most: int) -> list[Text]:
    needed, value = one.overtaking.needed, one.overtaking.value
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
