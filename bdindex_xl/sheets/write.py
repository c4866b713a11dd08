"""From results to result tables: what every result sheet is to hold, cell by cell. Scores run to full marks here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ..core import group, rank
from ..core.arrays import Array
from ..engine.compute import Result
from ..engine.rules import ranked_by
from ..errors import Finding
from ..language import Lang, Text
from . import growth, history, layout, method_told, phrases, schema, treated, weights_by_year
from .book import Formula, ResultTable
from .inputs import Grouping, Inputs, Ranking
from .layout import Spec
from .node_values import ColumnCells, NodeValues, best_first, root, shown


def result_tables(inputs: Inputs, results: Mapping[str, Result]) -> tuple[ResultTable, ...]:
    """Every result table of a computation but the data check and the run log."""
    rankings = (_ranking(inputs, ranking, results[ranking.key]) for ranking in inputs.rankings)
    return (*rankings, *(_FILLED[sheet.table](inputs, results) for sheet in schema.COMPUTED))


def headings(inputs: Inputs) -> dict[str, str | float]:
    """Headings and notes of the result sheets, by defined name."""
    lang = inputs.lang
    cells: dict[str, str | float] = {}
    index = inputs.title
    note = inputs.source
    scores = method_told.range_of_scores(inputs.framework, inputs.method)
    for ranking in inputs.rankings:
        label = schema.ranking_label(ranking.key)
        name = schema.table_of(schema.RANKING.table, ranking.key)
        _head(cells, name, schema.RANKING.heading.format(index=index, ranking=label, year=ranking.year)[lang])
        _note(cells, name, _compared(ranking, scores)[lang], note)
    year = max(ranking.year for ranking in inputs.rankings)
    known = {
        "names": method_told.normalised_by(inputs.framework, inputs.method),
        "scores": method_told.range_of_normalised(inputs.framework, inputs.method),
        "of_nodes": scores,
        "scope": method_told.meaning_of_changes(inputs.framework, inputs.method),
    }
    for sheet in schema.COMPUTED:
        _head(cells, sheet.table, sheet.heading.format(index=index, year=year)[lang])
        _note(cells, sheet.table, sheet.note.format(**known, n=sheet.most)[lang], note)
    return cells


def _head(cells: dict[str, str | float], table: str, text: str) -> None:
    cells[schema.CELL_TITLE.format(table=table)] = text


def _note(cells: dict[str, str | float], table: str, text: str, source: str) -> None:
    cells[schema.CELL_NOTE.format(table=table)] = " ".join(part for part in (text, source) if part)


def _compared(ranking: Ranking, scores: Text) -> Text:
    if ranking.previous_year is None:
        return phrases.NOTE_FIRST_YEAR.format(year=ranking.year, scores=scores)
    return schema.RANKING.note.format(year=ranking.year, previous=ranking.previous_year, scores=scores)


def _ranking(inputs: Inputs, ranking: Ranking, result: Result) -> ResultTable:
    y = ranking.shown
    before = result.rank_array[y - 1] if y else None
    nodes = NodeValues(inputs, result.node_array[y], result.rank_array[y], before)
    order = best_first(result.rank_array[y, root(inputs)])

    def column(spec: Spec) -> ColumnCells:
        return [ranking.label(k) for k in order.tolist()] if spec.key == "unit" else nodes.column(spec, order)

    name = schema.table_of(schema.RANKING.table, ranking.key)
    return layout.from_columns(schema.RANKING, inputs.framework, inputs.lang, column, name)


def _groups(inputs: Inputs, results: Mapping[str, Result]) -> ResultTable:
    specs = layout.specs(schema.GROUPS, inputs.framework, inputs.lang)
    columns: dict[str, list[Any]] = {spec.header: [] for spec in specs}
    for grouping in inputs.groupings:
        for ranking in inputs.rankings:
            part = _of_grouping(inputs, grouping, ranking, results[ranking.key])
            for spec in specs:
                columns[spec.header].extend(part(spec) if part else ())
    return layout.from_columns(schema.GROUPS, inputs.framework, inputs.lang, lambda spec: columns[spec.header])


def _of_grouping(
    inputs: Inputs, grouping: Grouping, ranking: Ranking, result: Result
) -> Callable[[Spec], Iterable[Any]] | None:
    """The columns of one grouping of one ranking; None where no unit of the ranking is in a group."""
    of_unit = grouping.groups[ranking.key]
    groups = [name for name in dict.fromkeys(of_unit) if name]
    if not groups:
        return None
    members = np.array([[name == own for own in of_unit] for name in groups], dtype=np.float64)
    y = ranking.shown
    scores = group.means(result.node_array[max(y - 1, 0) : y + 1], members)
    ranks = rank.ranks(ranked_by(inputs.framework, inputs.method, scores))
    nodes = NodeValues(inputs, scores[-1], ranks[-1], ranks[0] if y else None)
    order = best_first(ranks[-1, root(inputs)])
    sizes = members.sum(axis=1).astype(int)
    fixed = {
        "grouping": [grouping.name] * len(groups),
        "ranking": [schema.ranking_label(ranking.key)[inputs.lang]] * len(groups),
        "group": [groups[k] for k in order.tolist()],
        "members": sizes[order].tolist(),
    }
    return lambda spec: list(nodes.column(spec, order)) if spec.node else fixed[spec.key]


def _weights(inputs: Inputs, results: Mapping[str, Result]) -> ResultTable:
    framework = inputs.framework
    below = [
        (k, node, framework.node(node.parent)) for k, node in enumerate(framework.nodes) if node.parent is not None
    ]
    columns: dict[str, list[Any]] = {column.key: [] for column in schema.WEIGHTS.columns}
    for ranking in inputs.rankings:
        result = results[ranking.key]
        at = [k for k, _, _ in below]
        n_years = len(result.years)
        columns["year"] += np.repeat(result.years, len(below)).tolist()
        columns["ranking"] += [schema.ranking_label(ranking.key)[inputs.lang]] * (n_years * len(below))
        for key, texts in (
            ("parent", [parent.code for _, _, parent in below]),
            ("parent_name", [parent.name for _, _, parent in below]),
            ("child", [node.code for _, node, _ in below]),
            ("child_name", [node.name for _, node, _ in below]),
        ):
            columns[key] += texts * n_years
        columns["weight"] += result.weight_array[:, at].ravel().tolist()
        columns["effective_weight"] += result.effective_weight_array[:, at].ravel().tolist()
    return layout.from_columns(schema.WEIGHTS, inputs.framework, inputs.lang, lambda spec: columns[spec.key])


def _normalised(inputs: Inputs, results: Mapping[str, Result]) -> ResultTable:
    """Scores of every unit and year that is listed."""
    at = {indicator.code: k for k, indicator in enumerate(inputs.framework.indicators)}
    texts: dict[str, list[Any]] = {column.key: [] for column in schema.NORMALISED.columns}
    numbers: list[Array] = []
    for ranking in inputs.rankings:
        panel, scores = ranking.panel, results[ranking.key].normalised_array
        y, u = np.nonzero([ranking.listed(y) for y in range(len(panel.years))])
        numbers.append(shown(scores[y, u], inputs))
        texts["year"] += np.array(panel.years)[y].tolist()
        texts["ranking"] += [schema.ranking_label(ranking.key)[inputs.lang]] * len(y)
        units = u.tolist()
        texts["unit"] += [panel.units[k] for k in units]
        texts["name"] += [ranking.names[k] for k in units]
    joint = np.concatenate(numbers)

    def column(spec: Spec) -> ColumnCells:
        return joint[:, at[spec.node]] if spec.node else texts[spec.key]

    return layout.from_columns(schema.NORMALISED, inputs.framework, inputs.lang, column)


# What fills each sheet of `schema.COMPUTED`, by its table.
_FILLED: Mapping[str, Callable[[Inputs, Mapping[str, Result]], ResultTable]] = {
    schema.GROUPS.table: _groups,
    schema.HISTORY.table: history.table,
    schema.GROWTH.table: growth.table,
    schema.WEIGHTS.table: _weights,
    schema.WEIGHTS_BY_YEAR.table: weights_by_year.table,
    schema.NORMALISED.table: _normalised,
    schema.TREATED.table: treated.table,
}


def check_table(findings: Sequence[Finding], lang: Lang) -> ResultTable:
    """The data check sheet: every finding, its cell a link."""

    def cell(finding: Finding) -> str | Formula:
        if not finding.cell:
            return ""
        target = finding.sheet.replace("'", "''")
        link = f"#'{target}'!{finding.cell}".replace('"', '""')
        return Formula(f'HYPERLINK("{link}","{finding.cell}")', finding.cell)

    rows = [
        {
            "severity": schema.SEVERITIES[finding.severity][lang],
            "sheet": finding.sheet,
            "cell": cell(finding),
            "expected": finding.expected[lang],
            "found": finding.found[lang],
            "done": finding.done[lang],
        }
        for finding in findings
    ]
    return layout.from_rows(schema.CHECK, rows, lang)
