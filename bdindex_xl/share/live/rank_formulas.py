"""Ranks, their order, and groups, as formulas: what the ranking sheets pick from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from ...core import group, rank
from ...core.arrays import Array
from ...engine.compute import Result
from ...engine.rules import decimals_of, ranked_by, round_to
from ...model.framework import Aggregate
from ...sheets import schema
from ...sheets.book import Formula
from ...sheets.inputs import Grouping, Ranking
from . import working_texts as texts
from .finished_formulas import rounded
from .grid import GridCell, GridColumn, here, rows_here
from .refs import AnyRow, in_rows
from .working import TIE, Steps, UnitYear, all_cached, cached


@dataclass(frozen=True, slots=True)
class Picked:
    """Where a result table picks its rows: columns of the grid by what they hold, rows from `first` to `last`.

    `columns` are keyed by ("score" | "rank" | "previous_rank", node) and (key, "") for what identifies the row;
    `position` is the column that says which row stands in a place, and `place_first` its first row. `compared` says
    whether there is a year before to compare with.
    """

    first: int
    last: int
    columns: Mapping[tuple[str, str], int]
    position: int
    place_first: int
    compared: bool

    @property
    def n_rows(self) -> int:
        return self.last - self.first + 1


K = TypeVar("K")
BLANK = Formula('""', "")  # what picks an empty cell would show 0


def greater(cell: str, cells: str) -> str:
    """One more than the number of scores that are greater; blank where there is none.

    A blank is text, and so greater than any number: what is at most the greatest number is one. (Of the programs that
    read twins, not all take ``ISNUMBER`` of a range for as many answers as it has cells.)
    """
    return f'IF({cell}="","",SUMPRODUCT(({cells}>{cell}+{TIE})*({cells}<=MAX({cells})))+1)'


def units(steps: Steps) -> dict[tuple[str, int], Picked]:
    """Blocks 5 and 6: ranks of the units, and their order in every year, by ranking and year.

    Of levels below the dimensions, ranks are those of the year shown and the one before: no sheet has the others.
    """
    lang, grid = steps.lang, steps.grid
    grid.block(texts.RANKS[lang])
    columns: dict[tuple[str, str], int] = {("score", code): column for code, column in steps.scores.items()}
    for k, node in enumerate(steps.aggregates):
        every_year = steps.inputs.framework.level(node.code) <= 1
        scores, decimals = steps.scores[node.code], _decimals(steps, node)
        if decimals is not None and decimals != decimals_of(node, steps.inputs.method):
            scores = _rounded(steps, node, decimals, scores, steps.values(node))
        found = steps.ranks(k)
        ranks = _ranks(steps, found, scores, every_year=every_year)
        own = grid.add(GridColumn(texts.RANK.format(name=node.name)[lang], "rank", ranks))
        before = _previous(steps, found, own, every_year=every_year)
        columns["rank", node.code] = own
        columns["previous_rank", node.code] = grid.add(
            GridColumn(texts.PREVIOUS.format(name=node.name)[lang], "previous rank", before)
        )
    columns["code", ""], columns["unit", ""] = (grid.blocks[0].left + j for j in (2, 3))
    root = steps.inputs.framework.root
    of_root = steps.ranks(steps.aggregates.index(root))
    grid.block(texts.ORDER[lang])
    by_year = {place: of_root[first : last + 1] for place, (first, last) in steps.spans.items()}
    position = _order(steps, steps.spans, columns["rank", root.code], by_year, len(steps.rows))
    return {(key, y): Picked(*span, columns, position, span[0], y > 0) for (key, y), span in steps.spans.items()}


def _decimals(steps: Steps, node: Aggregate) -> int | None:
    """Decimals that ranks go by."""
    return steps.inputs.method.decimals if node.decimals is None else node.decimals


def _rounded(steps: Steps, node: Aggregate, decimals: int, scores: int, values: Array) -> int:
    """A column of scores rounded as ranks go by them, from the column of the scores."""
    method = steps.inputs.method
    found = round_to(values / method.scale, np.array(decimals), method) * method.scale
    cell = here(AnyRow(), scores)
    texts_ = in_rows(f'IF({cell}="","",{rounded(cell, decimals, steps.inputs)})', range(len(found)))
    cells = all_cached(texts_, found)
    return steps.grid.add(GridColumn(texts.ROUNDED.format(name=node.name)[steps.lang], "score", cells))


def _ranks(steps: Steps, found: Sequence[int], scores: int, *, every_year: bool) -> list[GridCell]:
    """The ranks of the units in their years, by a column of scores."""

    def text(i: int, row: UnitYear) -> str:
        return greater(here(i, scores), rows_here(*steps.spans[row.ranking.key, row.y], scores))

    cells = zip(steps.rows, steps.texts(text), found, strict=True)
    return [cached(text, value or None) if every_year or 0 <= row.back <= 1 else "" for row, text, value in cells]


def _previous(steps: Steps, found: Sequence[int], ranks: int, *, every_year: bool) -> list[GridCell]:
    """The ranks in the year before, from the column of ranks."""
    there = in_rows(here(AnyRow(), ranks), [place or 0 for place in steps.before_rows])
    return [
        "" if not (every_year or row.back == 0) else BLANK if place is None else cached(text, found[place] or None)
        for row, place, text in zip(steps.rows, steps.before_rows, there, strict=True)
    ]


def _order(
    steps: Steps,
    spans: Mapping[K, tuple[int, int]],
    ranks: int,
    found: Mapping[K, Sequence[int]],
    n_rows: int,
) -> int:
    """Columns of places and of the row that stands in each; returns the number of the second."""
    lang, grid = steps.lang, steps.grid
    places: list[GridCell] = [""] * n_rows
    positions: list[GridCell] = [""] * n_rows
    place = grid.next_column
    for key, (first, last) in spans.items():
        order = np.argsort([value or np.iinfo(np.int32).max for value in found[key]], kind="stable")
        of = np.empty(len(order), dtype=int)
        of[order] = np.arange(1, len(order) + 1)
        i, rows = AnyRow(), range(first, last + 1)
        own, all_of = here(i, ranks), rows_here(first, last, ranks)
        so_far = rows_here(first, i, ranks)
        tied = f"{own}+COUNTIF({so_far},{own})-1"
        text = f'IF({own}="",COUNT({all_of})+ROWS({so_far})-COUNT({so_far}),{tied})'
        places[first : last + 1] = all_cached(in_rows(text, rows), of.astype(float))
        step = f"ROWS({rows_here(first, i, place)})"
        text = f"MATCH({step},{rows_here(first, last, place)},0)"
        positions[first : last + 1] = all_cached(in_rows(text, rows), (order + 1).astype(float))
    grid.add(GridColumn(texts.PLACE[lang], "count", places))
    return grid.add(GridColumn(texts.POSITION[lang], "count", positions))


def groups(steps: Steps) -> list[Picked]:
    """Block 7: every group of every grouping and ranking; in the order of the group sheet."""
    inputs, lang, grid = steps.inputs, steps.lang, steps.grid
    parts = [(g, r) for g in inputs.groupings for r in inputs.rankings if any(g.groups[r.key])]
    if not parts:
        return []
    grid.block(texts.GROUPS[lang])
    own = _own_groups(steps, parts)
    names = [(g, r, name) for g, r in parts for name in dict.fromkeys(g.groups[r.key]) if name]
    label = {r.key: schema.ranking_label(r.key)[lang] for r in inputs.rankings}
    fixed = {
        ("grouping", ""): grid.add(GridColumn(texts.GROUPING[lang], "text", [g.name for g, _, _ in names])),
        ("ranking", ""): grid.add(GridColumn(texts.RANKING[lang], "text", [label[r.key] for _, r, _ in names])),
        ("group", ""): grid.add(GridColumn(texts.GROUP[lang], "text", [name for _, _, name in names])),
    }
    group_column = fixed["group", ""]
    members: list[GridCell] = []
    for i, (g, r, name) in enumerate(names):
        cells = rows_here(*steps.spans[r.key, r.shown], own[g.name])
        size = sum(row_group == name for row_group in _groups_of(steps, g, r))
        members.append(cached(f"SUMPRODUCT(({cells}={here(i, group_column)})*1)", float(size)))
    columns = dict(fixed)
    columns["members", ""] = grid.add(GridColumn(texts.MEMBERS[lang], "count", members))
    spans, start = [], 0
    for g, r in parts:
        n = sum(1 for one, other, _ in names if one is g and other is r)
        spans.append((start, start + n - 1))
        start += n
    found = [_found(steps.results[r.key], g, r) for g, r in parts]
    for k, node in enumerate(steps.aggregates):
        of_year, by = [], []
        for back, header in ((0, texts.SCORE), (1, texts.PREVIOUS_SCORE)):
            of_part = [values[1] if back else values[0] for values in found]
            cells_ = _group_scores(steps, names, own, node.code, back, group_column, of_part, k, parts)
            of_year.append(grid.add(GridColumn(header.format(name=node.name)[lang], "score", cells_)))
            numbers = [cell.value for cell in cells_ if isinstance(cell, Formula)]
            values_ = [float("nan") if isinstance(value, str) else value for value in numbers]
            decimals = _decimals(steps, node)  # means of rounded scores are not rounded
            column = of_year[-1]
            by.append(column if decimals is None else _rounded(steps, node, decimals, column, np.array(values_)))
        columns["score", node.code] = of_year[0]
        for key, scores, back in (("rank", by[0], 0), ("previous_rank", by[1], 1)):
            cells_ = []
            for (first, last), (_, r), values in zip(spans, parts, found, strict=True):
                ranked = values[3] if back else values[2]
                there = r.shown - back >= 0
                for j, i in enumerate(range(first, last + 1)):
                    text = greater(here(i, scores), rows_here(first, last, scores))
                    cells_.append(cached(text, int(ranked[k, j]) or None) if there else BLANK)
            text_ = texts.RANK if key == "rank" else texts.PREVIOUS
            columns[key, node.code] = grid.add(GridColumn(text_.format(name=node.name)[lang], "rank", cells_))
    root = steps.aggregates.index(inputs.framework.root)
    ranks = {k: values[2][root].tolist() for k, values in enumerate(found)}
    position = _order(steps, dict(enumerate(spans)), columns["rank", inputs.framework.root.code], ranks, len(names))
    return [Picked(*span, columns, position, span[0], r.shown > 0) for span, (_, r) in zip(spans, parts, strict=True)]


def _own_groups(steps: Steps, parts: Sequence[tuple[Grouping, Ranking]]) -> dict[str, int]:
    """A column for each grouping: the group of every row's unit, from the units sheet."""
    columns = {}
    for name in dict.fromkeys(g.name for g, _ in parts):
        grouping = next(g for g, _ in parts if g.name == name)
        cells: list[GridCell] = []
        for row in steps.rows:
            code = row.ranking.panel.units[row.u]
            at = steps.sources.groups[name, code]
            cells.append(cached(f'IF({at}="","",{at})', grouping.groups[row.ranking.key][row.u]))
        columns[name] = steps.grid.add(GridColumn(name, "text", cells))
    return columns


def _groups_of(steps: Steps, grouping: Grouping, ranking: Ranking) -> list[str]:
    """Groups of the units that have a row in the year shown."""
    first, last = steps.spans[ranking.key, ranking.shown]
    return [grouping.groups[ranking.key][row.u] for row in steps.rows[first : last + 1]]


def _group_scores(
    steps: Steps,
    names: Sequence[tuple[Grouping, Ranking, str]],
    own: Mapping[str, int],
    node: str,
    back: int,
    group_column: int,
    found: Sequence[Array],
    k: int,
    parts: Sequence[tuple[Grouping, Ranking]],
) -> list[GridCell]:
    cells: list[GridCell] = []
    values = {(id(g), id(r)): iter(scores[k].tolist()) for (g, r), scores in zip(parts, found, strict=True)}
    for i, (g, r, _) in enumerate(names):
        value = next(values[id(g), id(r)])
        y = r.shown - back
        if y < 0:
            cells.append(BLANK)
            continue
        span = steps.spans[r.key, y]
        groups_, scores = rows_here(*span, own[g.name]), rows_here(*span, steps.scores[node])
        is_member = f"({groups_}={here(i, group_column)})"
        n = f"SUMPRODUCT({is_member}*({scores}<=MAX({scores})))"
        cells.append(cached(f'IF({n}=0,"",SUMPRODUCT({is_member}*1,{scores})/{n})', value * steps.inputs.method.scale))
    return cells


def _found(result: Result, grouping: Grouping, ranking: Ranking) -> tuple[Array, Array, rank.Ranks, rank.Ranks]:
    """Scores [0-1] and ranks of the groups, now and the year before, shape (n_aggregates, n_groups)."""
    of_unit = grouping.groups[ranking.key]
    names = [name for name in dict.fromkeys(of_unit) if name]
    members = np.array([[name == one for one in of_unit] for name in names], dtype=np.float64)
    y = ranking.shown
    scores = group.means(result.node_array[[y, max(y - 1, 0)]], members)
    ranks = rank.ranks(ranked_by(result.framework, result.method, scores))
    return scores[0], scores[1], ranks[0], ranks[1]
