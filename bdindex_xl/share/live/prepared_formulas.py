"""Between raw values and normalisation: quotients and transformations, estimates, distances from the best; one block of
the steps each, where there are any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...core.arrays import Array
from ...engine import prepare, seen
from ...language import Text
from ...model.framework import Indicator
from ...model.method import Imputation, Transformation
from . import imputed_formulas
from . import working_texts as texts
from .grid import GridCell, GridColumn, here
from .refs import listed
from .working import Steps, cached


def prepared(steps: Steps) -> None:
    """The columns that normalisation goes by; of indicators that nothing is done to, those of the raw values."""
    framework, method = steps.inputs.framework, steps.inputs.method
    panels = {r.key: r.panel for r in steps.inputs.rankings}
    divided = {key: prepare.before_imputation(framework, panel, method) for key, panel in panels.items()}
    filled = {key: prepare.imputed(divided[key], panel, method) for key, panel in panels.items()}
    steps.seen = {key: seen.deviations(framework, values) for key, values in filled.items()}
    _block(steps, texts.TRANSFORMED, texts.USED, divided, lambda one, own: _quotient(one, own, steps.entered))
    if method.imputation is not Imputation.NONE:
        imputed_formulas.imputed(steps, divided, filled)
    _block(steps, texts.DEVIATIONS, texts.OFF, steps.seen, lambda one, own: _deviation(steps, one, own))


Write = Callable[[Indicator, int], Callable[[int], str] | None]


def _block(steps: Steps, note: Text, header: Text, values: dict[str, Array], write: Write) -> None:
    """A block with a column for each indicator that there is something to write of, in place of the one before."""
    columns, found = list(steps.raw), [write(one, own) for one, own in zip(steps.indicators, steps.raw, strict=True)]
    if any(found):
        steps.grid.block(note[steps.lang])
    for k, (indicator, text) in enumerate(zip(steps.indicators, found, strict=True)):
        if text is None:
            continue
        made: list[GridCell] = [
            cached(text(i), float(values[row.ranking.key][row.y, row.u, k])) for i, row in enumerate(steps.rows)
        ]
        columns[k] = steps.grid.add(GridColumn(header.format(name=indicator.name)[steps.lang], "raw", made))
    steps.raw = tuple(columns)


def _quotient(indicator: Indicator, own: int, columns: dict[str, int]) -> Callable[[int], str] | None:
    """The value over its denominator, blank where that is not above 0; transformed."""
    kind = indicator.transformation
    if not indicator.denominator:
        return None if kind is None else lambda i: f'IF({here(i, own)}="","",{transformed(kind, here(i, own))})'
    under = columns[indicator.denominator]

    def text(i: int) -> str:
        cell, below = here(i, own), here(i, under)
        return f'IF({cell}="","",IF(N({below})>0,{transformed(kind, f"{cell}/{below}")},""))'

    return text


def _deviation(steps: Steps, indicator: Indicator, own: int) -> Callable[[int], str] | None:
    if indicator.direction != seen.TWO_SIDED:
        return None
    lower, upper = best_of(steps, indicator)
    return lambda i: f'IF({here(i, own)}="","",MAX({lower}-{here(i, own)},{here(i, own)}-{upper},0))'


def best_of(steps: Steps, indicator: Indicator) -> tuple[str, str]:
    """Ends of the best interval, transformed."""
    given = ((indicator.best_lower, steps.sources.best_lower), (indicator.best_upper, steps.sources.best_upper))
    return ends_of(indicator, [cells[indicator.code] for value, cells in given if value is not None])


def ends_of(indicator: Indicator, cells: Sequence[str]) -> tuple[str, str]:
    """The lesser and the greater of two cells of the framework, transformed; of one, twice that."""
    made = [transformed(indicator.transformation, cell) for cell in cells]
    if len(made) == 2 and indicator.transformation in _TURNING:
        return f"MIN({listed(made)})", f"MAX({listed(made)})"
    return made[0], made[-1]


_TURNING = (Transformation.ABSOLUTE, Transformation.RECIPROCAL)
_TRANSFORMED = {
    Transformation.LN: "LN({})",
    Transformation.LOG10: "LOG10({})",
    Transformation.SQUARE_ROOT: "SQRT({})",
    Transformation.ABSOLUTE: "ABS({})",
    Transformation.RECIPROCAL: "1/({})",
}


def transformed(kind: Transformation | None, text: str) -> str:
    """What a transformation makes of a value; an error where it does not take it, as the engine refuses it."""
    return text if kind is None else _TRANSFORMED[kind].format(text)
