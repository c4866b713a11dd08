"""Block 1 of the steps: raw values, from the data sheets."""

from __future__ import annotations

from ...sheets import schema
from . import working_texts as texts
from .grid import GridCell, GridColumn
from .working import Steps, cached


def raw(steps: Steps) -> None:
    """Block 1: who and when, and the raw values."""
    lang, grid, rows = steps.lang, steps.grid, steps.rows
    grid.block(texts.RAW[lang])
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(row.year) for row in rows]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[row.ranking.key] for row in rows]))
    grid.add(GridColumn(texts.CODE[lang], "text", [row.ranking.panel.units[row.u] for row in rows]))
    grid.add(GridColumn(texts.NAME[lang], "text", [row.ranking.label(row.u) for row in rows]))
    names = [indicator.name for indicator in steps.indicators] + list(steps.sources.further)
    columns = []
    for k, name in enumerate(names):
        made: list[GridCell] = []
        for row in rows:
            data = steps.sources.data[row.ranking.key]
            at_row = data.rows.get((row.year, row.ranking.panel.units[row.u]))
            if at_row is None:  # the unit has no row of data in this year
                made.append("")
                continue
            at = data.sheet.cell(at_row, data.columns[k])
            made.append(cached(f'IF(ISNUMBER({at}),{at},"")', float(row.ranking.panel.values[row.y, row.u, k])))
        columns.append(grid.add(GridColumn(name, "raw", made)))
    steps.raw = tuple(columns[: len(steps.indicators)])
    codes = [indicator.code for indicator in steps.indicators]
    steps.entered = dict(zip([*codes, *steps.sources.further], columns, strict=True))
