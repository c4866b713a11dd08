"""Whether results agree among themselves: scores, ranks and weights recomputed from the normalised values on the sheet.

Tells results that somebody changed from results that only no longer follow from changed raw data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..core.arrays import Array
from ..engine.compute import compute
from ..engine.prepare import normalisation_of, treatment_of
from ..engine.rules import decimals_of
from ..engine.weigh import weighting_of
from ..model.framework import Aggregate, Framework, Goalposts, Indicator
from ..model.method import Imputation, Normalisation, Scope, Treatment
from ..model.panel import Panel
from ..sheets import layout, schema
from ..sheets.book import Block, Book, ResultTable
from ..sheets.cells import heading, read_number, read_text, read_year
from ..sheets.inputs import Inputs, Ranking
from ..sheets.write import result_tables
from .last_run import shown

Scores = Mapping[tuple[str, int, str], Array]  # by ranking, year, unit code: a score 0-1 an indicator


def found_scores(book: Book, inputs: Inputs) -> tuple[Scores, dict[tuple[str, str], str]] | None:
    """Normalised values as the workbook has them, and the units' names beside them; None where a column is missing."""
    if schema.NORMALISED.table not in book.tables():
        return None
    block = book.read(schema.NORMALISED.table)
    at = {heading(text): j for j, text in enumerate(block.header)}
    specs = layout.specs(schema.NORMALISED, inputs.framework, inputs.lang)
    if not all(heading(spec.header) in at for spec in specs):
        return None
    columns = {spec.key if spec.node is None else f"={spec.node}": at[heading(spec.header)] for spec in specs}
    places = [columns[f"={indicator.code}"] for indicator in inputs.framework.indicators]
    scores: dict[tuple[str, int, str], Array] = {}
    names: dict[tuple[str, str], str] = {}
    for i in range(block.n_rows):
        year, ranking, unit = _row_key(block, columns, i)
        if year is not None and unit:
            score = np.array([read_number(block.columns[j][i]).number for j in places])
            scores[ranking, year, unit] = score / inputs.method.scale
            names[ranking, unit] = read_text(block.columns[columns["name"]][i])
    return scores, names


def _row_key(block: Block, columns: Mapping[str, int], i: int) -> tuple[int | None, str, str]:
    year, _ = read_year(block.columns[columns["year"]][i])
    ranking = schema.ranking_key(read_text(block.columns[columns["ranking"]][i]))
    return year, ranking, read_text(block.columns[columns["unit"]][i])


def from_scores(book: Book, inputs: Inputs) -> tuple[ResultTable, ...] | None:
    """Ranking and weights tables as they follow from the normalised values that the workbook has.

    None where that cannot be said: without those values, with weights that people gave (which are an input and may
    have changed), with z-scores (whose optimum is none of the sheet's), or with another framework than that of the
    weights table.
    """
    found = found_scores(book, inputs)
    if found is None or _has_judgements(inputs) or not _same_tree(book, inputs):
        return None
    if not all(kind.record.bounded for kind in normalisations(inputs)) or _brings_more(inputs):
        return None
    scores, names = found
    framework = Framework(tuple(_scored(node) for node in inputs.framework.nodes))
    method = replace(
        inputs.method,
        scope=Scope.YEAR,
        normalisation=Normalisation.GOALPOSTS,
        treatment=Treatment.NONE,
        imputation=Imputation.NONE,
        unit_available=0.0,
    )
    years = sorted({year for _, year, _ in scores})
    asked = inputs.settings.year if isinstance(inputs.settings.year, int) else years[-1] if years else 0
    rankings = tuple(
        _ranking(ranking, scores, names, asked, framework.indicators)
        for ranking in inputs.rankings
        if any(key == ranking.key for key, _, _ in scores)
    )
    if not rankings:
        return None
    given = replace(inputs, framework=framework, method=method, rankings=rankings, groupings=())
    results = {ranking.key: compute(framework, ranking.panel, method) for ranking in rankings}
    others = (schema.GROUPS, schema.NORMALISED, *(sheet for sheet in schema.COMPUTED if sheet.quotes_raw))
    skipped = {sheet.table for sheet in others}
    return tuple(table for table in result_tables(given, results) if table.table not in skipped)


def _brings_more(inputs: Inputs) -> bool:
    """Whether scores follow from more than the normalised values: factors, weights of single units, other years."""
    nodes = inputs.framework.aggregates
    by_unit = any(node.factor for node in nodes) or any(ranking.panel.unit_weights for ranking in inputs.rankings)
    return by_unit or any(node.normalisation is not None for node in nodes)


def _same_tree(book: Book, inputs: Inputs) -> bool:
    """Whether the weights table has the parents and children that the framework has."""
    if schema.WEIGHTS.table not in book.tables():
        return True
    block = book.read(schema.WEIGHTS.table)
    at = {heading(text): j for j, text in enumerate(block.header)}
    columns = [
        at.get(heading(spec.header))
        for spec in layout.specs(schema.WEIGHTS, inputs.framework, inputs.lang)
        if spec.key in ("parent", "child")
    ]
    if None in columns:
        return False
    parent, child = (block.columns[j] for j in columns if j is not None)
    found = {(read_text(a), read_text(b)) for a, b in zip(parent, child, strict=True)} - {("", "")}
    own = {(node.parent, node.code) for node in inputs.framework.nodes if node.parent is not None}
    return len(found ^ own) <= 2  # one tampered cell is not another framework


def _scored(node: Indicator | Aggregate) -> Indicator | Aggregate:
    if not isinstance(node, Indicator):
        return node
    ends = Goalposts(0.0, 1.0)
    return replace(
        node, direction=1, goalposts=ends, normalisation=None, treatment=None, denominator="", **_NOTHING_BEFORE
    )


_NOTHING_BEFORE: dict[str, Any] = {"transformation": None, "best_lower": None, "best_upper": None}


def normalisations(inputs: Inputs) -> set[Normalisation]:
    """The normalisations in use."""
    return {normalisation_of(indicator, inputs.method) for indicator in inputs.framework.indicators}


def scores_tell_raw_data(inputs: Inputs) -> bool:
    """Whether a raw value follows from its score: a normalisation between two ends, and nothing before it."""
    kinds, indicators = normalisations(inputs), inputs.framework.indicators
    plain = all(kind.record.invertible for kind in kinds)
    treated = any(
        treatment_of(i, inputs.method) is not Treatment.NONE or i.denominator or i.transformation for i in indicators
    )
    treated |= any(i.direction == 0 or decimals_of(i, inputs.method) is not None for i in indicators)
    return plain and not treated and inputs.method.imputation is Imputation.NONE


def _has_judgements(inputs: Inputs) -> bool:
    kinds = {weighting_of(parent, inputs.method) for parent in inputs.framework.aggregates}
    return any(kind.record.judged for kind in kinds) or inputs.method.given_share > 0


def _ranking(
    ranking: Ranking,
    scores: Scores,
    names: Mapping[tuple[str, str], str],
    asked: int,
    columns: Sequence[Indicator],
) -> Ranking:
    panel = ranking.panel
    own = [(year, unit) for key, year, unit in scores if key == ranking.key]
    years = tuple(sorted({year for year, _ in own}))
    units = tuple(dict.fromkeys([*panel.units, *(unit for _, unit in own)]))
    indicators = tuple(indicator.code for indicator in columns)
    values = np.full((len(years), len(units), len(indicators)), np.nan)
    year_at, unit_at = ({name: k for k, name in enumerate(axis)} for axis in (years, units))
    for year, unit in own:
        values[year_at[year], unit_at[unit]] = scores[ranking.key, year, unit]
    before = dict(zip(panel.units, ranking.names, strict=True))
    titles = tuple(names.get((ranking.key, unit)) or before.get(unit, unit) for unit in units)
    made = Panel(years, units, indicators, values)
    return Ranking(ranking.key, made, titles, shown(made, asked))
