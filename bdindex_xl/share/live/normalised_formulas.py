"""Block 2 of the steps, the ends of normalisation; and the sheet of normalised scores."""

from __future__ import annotations

import numpy as np

from ...core.arrays import Array
from ...model.method import Scope
from ...sheets import schema
from ...sheets.book import Formula
from . import working_texts as texts
from .grid import FIRST, GridColumn, here, rows_here
from .working import FULL, Steps, cached


def bounds(steps: Steps) -> None:
    """Block 2: the ends of normalisation, for every ranking and year."""
    lang, grid = steps.lang, steps.grid
    fixed = {steps.is_fixed(indicator) for indicator in steps.indicators}
    grid.block((texts.ENDS if len(fixed) > 1 else texts.GOALPOSTS if True in fixed else texts.BOUNDS)[lang])
    at = list(steps.spans)
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    years = {r.key: r.panel.years for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(years[key][y]) for key, y in at]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[key] for key, _ in at]))
    found: dict[tuple[str, int], list[tuple[str, str]]] = {place: [] for place in at}
    for k, indicator in enumerate(steps.indicators):
        ends = [_ends(steps, k, key, y) for key, y in at]
        columns = [
            grid.add(GridColumn(text.format(name=indicator.name)[lang], "raw", [pair[side] for pair in ends]))
            for side, text in enumerate((texts.LEAST, texts.GREATEST))
        ]
        for i, place in enumerate(at):
            found[place].append((here(i, columns[0]), here(i, columns[1])))
    steps.bounds = {place: tuple(pairs) for place, pairs in found.items()}


def _ends(steps: Steps, k: int, key: str, y: int) -> tuple[Formula, Formula]:
    indicator, scope = steps.indicators[k], steps.inputs.method.scope
    if steps.is_fixed(indicator):
        lower, upper = steps.sources.bounds[indicator.code]
        return cached(lower, indicator.lower), cached(upper, indicator.upper)
    panel = next(r.panel for r in steps.inputs.rankings if r.key == key)
    values: Array = panel.values[:, :, k] if scope is Scope.PANEL else panel.values[y, :, k]
    cells = rows_here(*steps.span(key, y, panel=scope is Scope.PANEL), steps.raw[k])
    there = values[~np.isnan(values)]
    least, greatest = (float(there.min()), float(there.max())) if there.size else (None, None)
    made = (cached(f'IF(COUNT({cells})=0,"",{name}({cells}))', value)
            for name, value in (("MIN", least), ("MAX", greatest)))  # fmt: skip
    return next(made), next(made)


def normalised_column(steps: Steps, k: int) -> list[Formula]:
    """The formulas of an indicator's column of the normalised sheet, which stands on another sheet than the steps."""
    sheet, indicator = steps.grid.sheet, steps.indicators[k]
    fixed = steps.is_fixed(indicator)
    prefix = sheet.cell(1, 1).partition("!")[0]
    ends = {place: [f"{prefix}!{end}" for end in pairs[k]] for place, pairs in steps.bounds.items()}
    made = []
    for i, row in enumerate(steps.rows):
        raw_cell = sheet.cell(FIRST + i, steps.raw[k])
        low, high = ends[row.ranking.key, row.y]
        over = f"({raw_cell}-{low})" if indicator.direction > 0 else f"({high}-{raw_cell})"
        score = f"{over}/({high}-{low})*{FULL}"
        held = f"MAX(0,MIN({FULL},{score}))" if fixed else f'IF({high}={low},"",{score})'
        made.append(cached(f'IF({raw_cell}="","",{held})', steps.values(indicator, row)))
    return made
