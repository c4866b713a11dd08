"""Block 1 of the steps: raw values, from the data sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...sheets import schema
from ...sheets.inputs import Ranking
from . import working_texts as texts
from .grid import GridCell, GridColumn
from .refs import AnyRow, in_rows
from .working import Steps, all_cached


def raw(steps: Steps) -> None:
    """Block 1: who and when, and the raw values."""
    lang, grid, rows = steps.lang, steps.grid, steps.rows
    grid.block(texts.RAW[lang])
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(row.year) for row in rows]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[row.ranking.key] for row in rows]))
    grid.add(GridColumn(texts.CODE[lang], "text", [row.ranking.panel.units[row.u] for row in rows]))
    grid.add(GridColumn(texts.NAME[lang], "text", [row.ranking.label(row.u) for row in rows]))
    places = {ranking.key: _rows_of(steps, ranking) for ranking in steps.inputs.rankings}
    names = [indicator.name for indicator in steps.indicators] + list(steps.sources.further)
    columns = [grid.add(GridColumn(name, "raw", _cells(steps, k, places))) for k, name in enumerate(names)]
    steps.raw = tuple(columns[: len(steps.indicators)])
    codes = [indicator.code for indicator in steps.indicators]
    steps.entered = dict(zip([*codes, *steps.sources.further], columns, strict=True))


def _rows_of(steps: Steps, ranking: Ranking) -> list[int]:
    """For each row of a ranking, that of its data; 0 where the unit has none in this year."""
    at, units = steps.sources.data[ranking.key].rows, ranking.panel.units
    return [at.get((row.year, units[row.u]), 0) for row in steps.rows if row.ranking is ranking]


def _cells(steps: Steps, k: int, places: Mapping[str, Sequence[int]]) -> list[GridCell]:
    """The column of an indicator's values, from the rows of data of each ranking."""
    texts_: list[str] = []
    for key, rows in places.items():
        data = steps.sources.data[key]
        at = data.sheet.cell(AnyRow(), data.columns[k])
        texts_ += in_rows(f'IF(ISNUMBER({at}),{at},"")', rows)
    panels = {ranking.key: ranking.panel.values for ranking in steps.inputs.rankings}
    made = all_cached(texts_, steps.by_row(lambda ranking: panels[ranking][:, :, k]))
    there = (row for rows in places.values() for row in rows)
    return [cell if row else "" for cell, row in zip(made, there, strict=True)]
