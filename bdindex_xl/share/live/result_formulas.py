"""The result tables with formulas in place of numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain, repeat
from typing import Any

from ...language import Lang
from ...model.framework import Node
from ...sheets import layout, schema
from ...sheets.book import Block, Formula, ResultColumn, ResultTable
from ...sheets.history import table as history_of
from ...sheets.inputs import Ranking
from ...sheets.layout import Spec
from ...sheets.weights_by_year import table_of as weights_of
from ...sheets.weights_by_year import values_of
from .grid import FIRST
from .normalised_formulas import normalised_column
from .rank_formulas import Picked
from .refs import OWN, AnyRow, SheetRef, in_rows
from .working import Steps, cached


def normalised(steps: Steps) -> ResultTable:
    """Normalised scores: a row for every year and unit that is listed."""
    inputs, rows = steps.inputs, steps.rows
    lang = inputs.lang
    texts: dict[str, Sequence[Any]] = {
        "year": [row.year for row in rows],
        "ranking": [schema.ranking_label(row.ranking.key)[lang] for row in rows],
        "unit": [row.ranking.panel.units[row.u] for row in rows],
        "name": [row.ranking.names[row.u] for row in rows],
    }
    at = {indicator.code: k for k, indicator in enumerate(steps.indicators)}

    def column(spec: Spec) -> Sequence[Any]:
        if spec.node is None:
            return texts[spec.key]
        return normalised_column(steps, at[spec.node])

    specs = layout.specs(schema.NORMALISED, inputs.framework, lang)
    return ResultTable(schema.NORMALISED.table, tuple(ResultColumn(s.header, s.role, column(s)) for s in specs))


def weights(steps: Steps, block: Block) -> ResultTable:
    """The weights table as it stands, its numbers as formulas."""
    lang = steps.lang
    header = {column.key: column.header[lang] for column in schema.WEIGHTS.columns}
    values = {key: block.columns[block.header.index(text)] for key, text in header.items()}
    place = {key: block.column + block.header.index(text) for key, text in header.items()}
    keys = {schema.ranking_label(r.key)[lang]: r.key for r in steps.inputs.rankings}
    root = steps.inputs.framework.root.code
    first = block.row + 1
    at = {(values["ranking"][i], values["year"][i], values["child"][i]): first + i for i in range(len(values["year"]))}
    within: list[Formula] = []
    overall: list[Formula] = []
    for i, (label, year, parent, child) in enumerate(
        zip(values["ranking"], values["year"], values["parent"], values["child"], strict=True)
    ):
        own, siblings = steps.closeness[keys[label], int(year), child]
        within.append(cached(f"IF(SUM({siblings})=0,0,{own}/SUM({siblings}))", values["weight"][i]))
        weight = OWN.cell(first + i, place["weight"])
        above = OWN.cell(at[label, year, parent], place["effective_weight"]) if parent != root else ""
        overall.append(cached(f"{weight}*{above}" if above else weight, values["effective_weight"][i]))
    made = {**values, "weight": within, "effective_weight": overall}
    specs = layout.specs(schema.WEIGHTS, steps.inputs.framework, lang)
    return ResultTable(schema.WEIGHTS.table, tuple(ResultColumn(s.header, s.role, made[s.key]) for s in specs))


def weights_by_year(steps: Steps, weights: Block) -> ResultTable:
    """The weights by year: each cell shows one of the weights table."""
    labels = {schema.ranking_label(r.key)[steps.lang]: r.key for r in steps.inputs.rankings}
    cells = {key: weight_cells(labels, weights, steps.lang, key) for key in ("weight", "effective_weight")}
    value = values_of(steps.inputs, steps.results)

    def cell(ranking: Ranking, year: int, node: Node, key: str) -> Formula:
        return cached(cells[key][ranking.key, year, node.code], value(ranking, year, node, key))

    return weights_of(steps.inputs, cell)


def weight_cells(
    steps_rankings: dict[str, str], block: Block, lang: Lang, key: str = "weight"
) -> dict[tuple[str, int, str], str]:
    """Cell of each weight within its parent, or of another column of numbers, by ranking, year and child."""
    header = {column.key: block.header.index(column.header[lang]) for column in schema.WEIGHTS.columns}
    sheet, column = SheetRef(block.sheet), block.column + header[key]
    rows = zip(*(block.columns[header[name]] for name in ("ranking", "year", "child")), strict=True)
    return {
        (steps_rankings[label], int(year), child): sheet.cell(block.row + 1 + i, column)
        for i, (label, year, child) in enumerate(rows)
    }


def ranking(steps: Steps, key: str, block: Block, picked: Picked) -> ResultTable:
    """A ranking table: each row picks the unit whose place it is."""
    specs = layout.specs(schema.RANKING, steps.inputs.framework, steps.lang)
    name = schema.table_of(schema.RANKING.table, key)
    return ResultTable(name, _columns(steps, specs, block, [picked]), tuple(spec.band for spec in specs))


def history(steps: Steps, block: Block, picked: Mapping[tuple[str, int], Picked]) -> ResultTable:
    """The table of all years: each row picks the unit whose place in its year it is."""
    table = history_of(steps.inputs, steps.results)
    specs = layout.specs(schema.HISTORY, steps.inputs.framework, steps.lang)
    place = {(spec.key, spec.node): block.column + block.header.index(spec.header) for spec in specs}
    parts = [(r, y) for r in steps.inputs.rankings for y in reversed(range(len(r.panel.years)))]
    of_parts = [picked[r.key, y] for r, y in parts]
    columns = []
    for spec, column in zip(specs, table.columns, strict=True):
        cells: Sequence[Any] = column.values
        if spec.key not in ("year", "ranking"):  # which stay, whatever the data
            write = partial(_of_place, steps, spec, place)
            cells = [cached(*one) for one in zip(_in_parts(of_parts, block.row + 1, write), cells, strict=True)]
        columns.append(column._replace(values=cells))
    return table._replace(columns=tuple(columns))


def _in_parts(parts: Sequence[Picked], first: int, write: Callable[[Picked, int, int], str]) -> list[str]:
    """Formulas of a column whose parts follow each other from a row on: `write` is given a part, a place in it, and the
    row that it stands in."""
    made: list[str] = []
    for part in parts:
        made += in_rows(write(part, AnyRow(), first + len(made) + AnyRow()), range(part.n_rows))
    return made


def _of_place(
    steps: Steps, spec: Spec, place: dict[tuple[str, str | None], int], part: Picked, k: int, row: int
) -> str:
    """What stands in a cell of the table of all years."""
    if spec.key != "rank_change":
        key = _IN_STEPS.get(spec.key, spec.key)
        return picked_of(steps, part, k, part.columns[key, spec.node or ""])
    if not part.compared:
        return '""'
    before = picked_of(steps, part, k, part.columns["previous_rank", spec.node or ""])
    return change_of_rank(OWN.cell(row, place["rank", spec.node]), before, steps.lang)


_IN_STEPS = {"unit": "code", "name": "unit"}  # what the steps call columns of the table of all years


def groups(steps: Steps, block: Block, picked: list[Picked]) -> ResultTable:
    """The group table: groups of each grouping and ranking in their places."""
    specs = layout.specs(schema.GROUPS, steps.inputs.framework, steps.lang)
    return ResultTable(schema.GROUPS.table, _columns(steps, specs, block, picked), tuple(spec.band for spec in specs))


def _columns(steps: Steps, specs: Sequence[Spec], block: Block, picked: list[Picked]) -> tuple[ResultColumn, ...]:
    place = {spec.header: block.column + block.header.index(spec.header) for spec in specs}
    by_node = {(spec.key, spec.node): place[spec.header] for spec in specs}
    columns = []
    for spec in specs:
        values = block.columns[block.header.index(spec.header)]
        made = _in_parts(picked, block.row + 1, partial(_cell, steps, spec, by_node))
        cells = list(map(cached, made, chain(values, repeat(None))))
        columns.append(ResultColumn(spec.header, spec.role, cells))
    return tuple(columns)


def _cell(steps: Steps, spec: Spec, place: dict[tuple[str, str | None], int], part: Picked, k: int, row: int) -> str:
    if spec.key == "rank_change" and not part.compared:
        return '""'
    if spec.key == "rank_change":
        now, before = OWN.cell(row, place["rank", spec.node]), OWN.cell(row, place["previous_rank", spec.node])
        return change_of_rank(now, before, steps.lang)
    return picked_of(steps, part, k, part.columns[spec.key, spec.node or ""])


def change_of_rank(now: str, before: str, lang: Lang) -> str:
    """The change of a rank, from the cells of the two; a word for a unit without one before."""
    return f'IF({now}="","",IF({before}="","{schema.NEW_UNIT[lang]}",{before}-{now}))'


def picked_of(steps: Steps, part: Picked, k: int, column: int) -> str:
    """What a column of the steps holds for the unit in a place."""
    sheet = steps.grid.sheet
    cells = sheet.column(FIRST + part.first, FIRST + part.last, column)
    return f"INDEX({cells},{sheet.cell(FIRST + part.place_first + k, part.position)})"
