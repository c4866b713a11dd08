"""Why units of a workbook stand where they do: its sheet Explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from ..analysis.decompose import explain
from ..analysis.explain_change import explain_change
from ..analysis.explained import Change, Explanation, Overtaking
from ..analysis.overtake import to_pass_next
from ..core.arrays import Array
from ..errors import FileRefused
from ..language import Text, joined
from ..model.typed import nearest
from ..sheets import schema
from ..sheets.book import Book
from ..sheets.cells import heading
from ..sheets.inputs import Inputs, Ranking
from ..sheets.read import read_inputs
from . import written
from .written import number

_MOST = 40  # units explained at once
_SUGGESTED = 5


@dataclass(frozen=True, eq=False)
class ExplainedUnit:
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
class Explanations:
    """The units asked for, and tables that the workbook lacks."""

    inputs: Inputs
    units: tuple[ExplainedUnit, ...]
    missing: tuple[str, ...]


def explain_units(book: Book, units: Sequence[str], *, year: int | None = None, whole: bool = True) -> Explanations:
    """Explain units, named by code or name, in every ranking that has them, and write the sheet.

    With `whole`, each of `units` must be one; else those that are none are passed over, but for the last.

    Raises
    ------
    SheetErrors
        Where the workbook's input is at fault.
    FileRefused
        Where nothing that was named is a unit, naming it.
    FrameworkError
        Where an aggregation compares units and so leaves no parts, or the year is not in the data.
    """
    inputs = read_inputs(book)
    found, unknown = _units(inputs, units)
    if not found or (whole and unknown):
        if not units:
            raise FileRefused(_NOTHING, rule="no unit")
        named = [_unknown(inputs, text) for text in (unknown or units)][:_MOST]
        raise FileRefused(joined(named, zh="；", en="; "), rule="unit unknown")
    explained = tuple(_explained(inputs, ranking, u, year) for ranking, u in found[:_MOST])
    rows = [row for one in explained for row in _rows(inputs, one)]
    table = written.table(schema.EXPLANATION, rows, inputs)
    cells = written.headings(inputs, [(schema.EXPLANATION, schema.EXPLANATION.note)])
    return Explanations(inputs, explained, written.write(book, (table,), cells))


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


def _explained(inputs: Inputs, ranking: Ranking, u: int, year: int | None) -> ExplainedUnit:
    panel, method = ranking.panel, inputs.method
    if inputs.groupings and not panel.groups:
        panel = replace(panel, groups=inputs.groupings[0].groups[ranking.key])
    shown = ranking.year if year is None else year
    how: dict[str, Any] = {"unit": panel.units[u], "year": shown}
    explanation = explain(inputs.framework, panel, method, **how)
    first = panel.years.index(shown) == 0
    change = None if first else explain_change(inputs.framework, panel, method, **how)
    return ExplainedUnit(
        ranking, ranking.names[u], explanation, change, to_pass_next(inputs.framework, panel, method, **how)
    )


def _rows(inputs: Inputs, one: ExplainedUnit) -> list[dict[str, Any]]:
    """The index itself, then its indicators."""
    found, change, framework = one.explanation, one.change, inputs.framework
    points = partial(_points, inputs.method.scale)
    common = {
        "ranking": schema.ranking_label(one.ranking.key)[inputs.lang],
        "year": found.year,
        "unit": found.unit,
        "name": one.name,
    }
    total: dict[str, Any] = {"code": framework.root.code, "indicator": framework.root.name, "rank": found.rank or None}
    total |= points(score=found.score, contribution=found.score, usual=found.usual.sum(), peers=found.peers.sum())
    total |= points(difference=found.score - found.usual.sum()) | {"weight": 1.0 if found.rank else None}
    if change is not None:
        total |= points(change=change.after - change.before, own=change.own.sum())
        total |= points(others=change.others.sum(), weights=change.weights.sum())
    rows: list[dict[str, Any]] = [common | total]
    needed, value = one.overtaking.target_array, one.overtaking.value_array
    none = dict.fromkeys(found.missing, _NO_VALUE) | dict.fromkeys(found.imputed, _IMPUTED_VALUE)
    for k, indicator in enumerate(framework.indicators):
        row: dict[str, Any] = {"code": indicator.code, "indicator": indicator.name}
        blank = np.isnan(value[k]) and indicator.code in none
        row |= {"value": none[indicator.code][inputs.lang] if blank else number(value[k])}
        row |= {"rank": int(found.indicator_rank_array[k]) or None, "weight": number(found.weight_array[k])}
        row |= points(score=found.indicator_score_array[k], contribution=found.contribution_array[k])
        row |= points(usual=found.usual_array[k], difference=found.difference_array[k], peers=found.peer_array[k])
        if change is not None and indicator.code not in (*change.missing_before, *change.missing_after):
            row |= points(change=by_indicator(change)[k], own=change.own_array[k] - change.gaps_array[k])
            row |= points(others=change.others_array[k], weights=change.weights_array[k])
        row |= {"needed": number(needed[k]), "needed_change": _share(needed[k], value[k])}
        rows.append(common | row)
    if found.missing or (change is not None and (change.missing_before or change.missing_after)):
        rows.append(common | _of_gaps(one, inputs.method.scale) | {"indicator": _FOR_GAPS[inputs.lang]})
    return rows


def by_indicator(change: Change) -> Array:
    """What each indicator did to the score, with the same data there in both years."""
    by: Array = change.own_array - change.gaps_array + change.others_array + change.weights_array
    return by


def _of_gaps(one: ExplainedUnit, scale: float) -> dict[str, float | None]:
    """What it does that data are not there: nobody's weakness, and no cause that an indicator could be blamed for."""
    points = partial(_points, scale)
    row = points(difference=one.explanation.rescaling)
    if one.change is not None:
        row |= points(change=one.came_and_went.sum(), own=one.came_and_went[0])
        row |= points(others=one.came_and_went[1], weights=one.came_and_went[2])
    return row


def _points(scale: float, **scores: Any) -> dict[str, float | None]:
    """Scores from 0 to 1 as points up to the full marks."""
    return {key: number(scale * value) for key, value in scores.items()}


def _share(needed: float, value: float) -> float | None:
    """A change relative to what it is from; none where that is 0."""
    return None if np.isnan(needed) or not value else float((needed - value) / abs(value))


_NO_UNIT = Text("没有代码或名称为“{unit}”的地区", "no unit has the code or name “{unit}”")
_NEAR = Text("{name}（{code}）", "{name} ({code})")
_NEAREST = Text("{said}，相近的有：{units}", "{said}; the nearest: {units}")
_NOTHING = Text("请先选中某个地区所在的行", "select a row with a unit in it first")
_NO_VALUE = Text("缺数据", "no data")
_IMPUTED_VALUE = Text("插补", "imputed")
_FOR_GAPS = Text("缺失数据及权重重新分配", "Missing data, and weights rescaled for it")
