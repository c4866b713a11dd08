"""What named sets of settings make of the rankings: the sheets Scenario summary and Ranks by scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..analysis.rank_moves import Moves, compared, index_ranks, index_scores
from ..engine.compute import Result, compute
from ..errors import FrameworkError
from ..language import Progress, Text
from ..model.method import Method
from ..sheets import layout, schema
from ..sheets.book import Book, ResultTable
from ..sheets.faults import Report
from ..sheets.inputs import Inputs, Ranking
from ..sheets.layout import Spec
from ..sheets.read import read_inputs
from ..sheets.read_scenarios import Scenario, proposed, read_scenarios
from . import written
from .written import number


@dataclass(frozen=True, eq=False)
class OfRanking:
    """One ranking by the settings and by each scenario; a sentence in place of a result that there is not."""

    ranking: Ranking
    own: Result
    others: Mapping[str, Result | Text]

    def comparison(self, name: str) -> Moves | None:
        other = self.others[name]
        return compared(self.own, other, self.ranking.shown) if isinstance(other, Result) else None


@dataclass(frozen=True, eq=False)
class Scenarios:
    """All that was compared, and tables that the workbook lacks. `named`: whether the workbook names the scenarios."""

    inputs: Inputs
    scenarios: tuple[Scenario, ...]
    named: bool
    rankings: tuple[OfRanking, ...]
    missing: tuple[str, ...]


def compare_scenarios(book: Book, *, progress: Progress = lambda _: None) -> Scenarios:
    """Compute every ranking by each scenario that the workbook names, or by proposed ones, and write both sheets.

    Raises SheetErrors where its input is at fault; what is none of a scenario is left out, as the data check says.
    """
    inputs = read_inputs(book)
    named = read_scenarios(book, inputs.settings, Report())
    scenarios = named or proposed(inputs.settings, inputs.lang)
    found = []
    for ranking in inputs.rankings:
        progress(schema.ranking_label(ranking.key))
        own = compute(inputs.framework, ranking.panel, inputs.method)
        found.append(OfRanking(ranking, own, {one.name: _computed(inputs, ranking, one.method) for one in scenarios}))
    tables = _summary(inputs, scenarios, found), _ranks(inputs, scenarios, found)
    notes = [(sheet, sheet.note) for sheet in (schema.SCENARIO_SUMMARY, schema.SCENARIO_RANKS)]
    missing = written.write(book, tables, written.headings(inputs, notes))
    return Scenarios(inputs, scenarios, bool(named), tuple(found), missing)


def _computed(inputs: Inputs, ranking: Ranking, method: Method) -> Result | Text:
    try:
        return compute(inputs.framework, ranking.panel, method)
    except FrameworkError as error:
        return error.message


def _summary(inputs: Inputs, scenarios: tuple[Scenario, ...], found: list[OfRanking]) -> ResultTable:
    rows = []
    for of in found:
        for one in scenarios:
            row: dict[str, Any] = {"ranking": schema.ranking_label(of.ranking.key)[inputs.lang], "scenario": one.name}
            told, other = of.comparison(one.name), of.others[one.name]
            if isinstance(other, Text):  # why it cannot be computed
                row["what"] = other[inputs.lang]
            elif told is not None:
                row |= {key: number(getattr(told, key)) for key in ("spearman", "kendall", "mean_move")}
                row |= {"what": one.what[inputs.lang], "moved": told.moved, "greatest": told.greatest, "ranked": told.n}
                row["unit"] = None if told.unit is None else of.ranking.label(told.unit)
            rows.append(row)
    return written.table(schema.SCENARIO_SUMMARY, rows, inputs)


def _ranks(inputs: Inputs, scenarios: tuple[Scenario, ...], found: list[OfRanking]) -> ResultTable:
    """Units in the order of their ranks by the settings, each with what each scenario makes of it."""
    mark = written.fingerprint(inputs)

    def of_ranking(of: OfRanking, spec: Spec) -> list[Any]:
        ranking, y = of.ranking, of.ranking.shown
        places = index_ranks(of.own, y)
        order = sorted(range(len(places)), key=lambda k: (places[k] == 0, places[k]))
        texts: dict[str, list[Any]] = {
            "ranking": [schema.ranking_label(ranking.key)[inputs.lang]] * len(order),
            "code": [ranking.panel.units[k] for k in order],
            "unit": [ranking.label(k) for k in order],
            "inputs": [mark, *[None] * (len(order) - 1)],
        }
        if spec.key in texts:
            return texts[spec.key]
        result = of.others[spec.scenario] if spec.scenario else of.own
        if not isinstance(result, Result):
            return [None] * len(order)
        if spec.key == "rank":
            return [int(rank) or None for rank in index_ranks(result, y)[order].tolist()]
        return [number(result.method.scale * score) for score in index_scores(result, y)[order].tolist()]

    return layout.from_columns(
        schema.SCENARIO_RANKS, inputs.framework, inputs.lang,
        lambda spec: [value for of in found for value in of_ranking(of, spec)],
        scenarios=[one.name for one in scenarios],
    )  # fmt: skip


def done(found: Scenarios, book: Book) -> Text:
    """What was done, in a sentence or two."""
    return written.done(book, (schema.SCENARIO_SUMMARY, schema.SCENARIO_RANKS), found.missing)
