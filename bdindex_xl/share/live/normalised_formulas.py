"""Block 2 of the steps, what normalisation goes by; and the sheet of normalised scores."""

from __future__ import annotations

import numpy as np

from ...core.arrays import Array
from ...engine.prepare import normalisation_of
from ...engine.seen import TWO_SIDED, as_scored, transformed_values
from ...engine.year_ends import ends_in
from ...language import Text, joined
from ...model.method import Normalisation, Scope
from ...sheets import schema
from ...sheets.book import Formula
from . import working_texts as texts
from .finished_formulas import first_mean, rounded_for_next
from .grid import FIRST, GridColumn, here, rows_here
from .prepared_formulas import best_of, ends_of, transformed
from .scaling_formulas import SCALING_FORMULAS, Scaled
from .working import Steps, UnitYear, all_cached, cached


def bounds(steps: Steps) -> None:
    """Block 2: least and greatest value, and what else normalisation goes by, for every ranking and year."""
    lang, grid = steps.lang, steps.grid
    grid.block(_note(steps)[lang])
    at = list(steps.spans)
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(steps.years(key)[y]) for key, y in at]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[key] for key, _ in at]))
    found: dict[tuple[str, int], list[tuple[str, ...]]] = {place: [] for place in at}
    for k, indicator in enumerate(steps.indicators):
        cells = [_by(steps, k, key, y) for key, y in at]
        kind = normalisation_of(indicator, steps.inputs.method)
        headers = (texts.LEAST, texts.GREATEST, *_FURTHER.get(kind, ()))
        headers = () if kind is Normalisation.BASE_YEAR else headers  # no unit is held against others
        columns = [
            grid.add(GridColumn(text.format(name=indicator.name)[lang], "raw", [row[j] for row in cells]))
            for j, text in enumerate(headers)
        ]
        for i, place in enumerate(at):
            found[place].append(tuple(here(i, column) for column in columns))
    steps.bounds = {place: tuple(cells) for place, cells in found.items()}


_FURTHER = {
    Normalisation.Z_SCORE: (texts.MEAN, texts.DEVIATION),
    Normalisation.DISTANCE_TO_TARGET: (texts.TARGET,),
    Normalisation.DISTANCE_TO_REFERENCE: (texts.MEAN,),
}


def _note(steps: Steps) -> Text:
    kinds = dict.fromkeys(normalisation_of(indicator, steps.inputs.method) for indicator in steps.indicators)
    if set(kinds) <= {Normalisation.MIN_MAX, Normalisation.GOALPOSTS}:
        fixed = Normalisation.GOALPOSTS in kinds
        return texts.ENDS if len(kinds) > 1 else texts.GOALPOSTS if fixed else texts.BOUNDS
    return texts.NORMALISED_BY.format(kinds=joined([kind.record.label for kind in kinds]))


def _by(steps: Steps, k: int, key: str, y: int) -> tuple[Formula, ...]:
    indicator, kind = steps.indicators[k], normalisation_of(steps.indicators[k], steps.inputs.method)
    scored = as_scored(steps.inputs.framework)[k]
    if kind is Normalisation.BASE_YEAR:
        return ()
    if kind is Normalisation.GOALPOSTS:
        return _goalposts(steps, k, steps.years(key)[y])
    seen = steps.seen[key]
    values: Array = seen[:, :, k] if steps.inputs.method.scope is Scope.PANEL else seen[y, :, k]
    cells, there = _scope(steps, k, key, y), values[~np.isnan(values)]
    least, greatest = (float(there.min()), float(there.max())) if there.size else (None, None)
    low = f"MIN({cells})"
    if kind is Normalisation.MIN_MAX and indicator.direction == TWO_SIDED:  # full marks are for no deviation
        low, least = f"IF(MAX({cells})>{low},0,{low})", least if least == greatest else 0.0
    made = [_found(low, cells, least), _found(f"MAX({cells})", cells, greatest)]
    if kind is Normalisation.Z_SCORE:
        mean, deviation = (float(there.mean()), float(there.std())) if there.size else (None, None)
        made += [
            _found(f"AVERAGE({cells})", cells, mean),
            _found(f"SQRT(DEVSQ({cells})/MAX(1,COUNT({cells})-1))", cells, _sample(deviation, there.size)),
        ]
    if kind is Normalisation.DISTANCE_TO_REFERENCE:
        made.append(_reference(steps, k, key, y))
    if kind is Normalisation.DISTANCE_TO_TARGET:
        cell = transformed(indicator.transformation, steps.sources.targets[indicator.code])
        made.append(cached(cell, scored.target))
    return tuple(made)


def _reference(steps: Steps, k: int, key: str, y: int) -> Formula:
    """The mean of the year; over all years, of the first that has any value."""
    over_years, seen = steps.inputs.method.scope is Scope.PANEL, steps.seen[key][:, :, k]
    years = list(range(len(seen))) if over_years else [y]
    there = [seen[year][~np.isnan(seen[year])] for year in years]
    first = next((values for values in there if values.size), None)
    text = first_mean([rows_here(*steps.span(key, year), steps.raw[k]) for year in years], '""')
    return cached(text, None if first is None else float(first.mean()))


def _goalposts(steps: Steps, k: int, year: int) -> tuple[Formula, ...]:
    """The fixed ends, of the year where it has its own, transformed; of two-sided indicators, 0 and the greatest
    distance from the best there can be."""
    indicator, scored = steps.indicators[k], as_scored(steps.inputs.framework)[k]
    code = indicator.code
    if (code, year) in steps.sources.bounds_by_year:
        given = ends_in(steps.inputs.framework, indicator, year)
        assert given is not None
        ends = transformed_values(indicator, np.array([given.lower, given.upper]))
        cells = ends_of(indicator, steps.sources.bounds_by_year[code, year])
        return cached(cells[0], float(ends.min())), cached(cells[1], float(ends.max()))
    lower, upper = ends_of(indicator, steps.sources.bounds[code])
    if indicator.direction == TWO_SIDED:
        best = best_of(steps, indicator)
        lower, upper = "0", f"MAX({best[0]}-{lower},{upper}-{best[1]})"
    return cached(lower, scored.lower), cached(upper, scored.upper)


def _sample(deviation: float | None, n: int) -> float | None:
    """Standard deviation with divisor n - 1 from that with n."""
    return deviation if deviation is None or n < 2 else deviation * (n / (n - 1)) ** 0.5


def _found(text: str, cells: str, value: float | None) -> Formula:
    return cached(f'IF(COUNT({cells})=0,"",{text})', value)


def _scope(steps: Steps, k: int, key: str, y: int) -> str:
    """Cells of the values that those of a year are held against."""
    return rows_here(*steps.span(key, y, panel=steps.inputs.method.scope is Scope.PANEL), steps.raw[k])


def _then(steps: Steps, k: int, row: UnitYear) -> str:
    """The cell of a unit's value in the first year; blank text where it has no row then."""
    place = steps.place_of(row.ranking.key, 0, row.u)
    return '""' if place is None else steps.grid.sheet.cell(FIRST + place, steps.raw[k])


def normalised_column(steps: Steps, k: int) -> list[Formula]:
    """The formulas of an indicator's column of the normalised sheet, which stands on another sheet than the steps."""
    indicator = steps.indicators[k]
    scored = as_scored(steps.inputs.framework)[k]
    kind = normalisation_of(indicator, steps.inputs.method)
    write, base = SCALING_FORMULAS[kind], kind is Normalisation.BASE_YEAR
    prefix = steps.grid.sheet.cell(1, 1).partition("!")[0] + "!"
    by = {
        (key, y): (prefix + _scope(steps, k, key, y), tuple(prefix + cell for cell in cells[k]))
        for (key, y), cells in steps.bounds.items()
    }

    def text(i: int, row: UnitYear) -> str:
        value = steps.grid.sheet.cell(FIRST + i, steps.raw[k])
        cells, ends = by[row.ranking.key, row.y]
        if base:
            ends = (_then(steps, k, row),)
        score = write(Scaled(value, cells, ends, up=scored.direction > 0, method=steps.inputs.method))
        score = rounded_for_next(score, indicator, steps.inputs, blank=True)
        return f'IF({value}="","",{score})'

    texts_ = steps.texts(text, range(len(steps.rows) if base else 0))
    return all_cached(texts_, steps.values(indicator))
