"""What becomes of aggregates' scores before the next level, as formulas: normalised anew, turned round, rounded."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.rank import TIE as CLOSE
from ...engine.rules import decimals_of
from ...model.framework import Aggregate, Node
from ...model.method import Method, Normalisation, Scope
from ...sheets.inputs import Inputs
from .grid import here, rows_here
from .mean_formulas import number
from .optimum_formulas import is_bounded
from .scaling_formulas import SCALING_FORMULAS, Scaled
from .working import FULL, TIE, Steps, UnitYear

_MOST = 1e-3  # of a step: see `core.rounding`


def is_apart(node: Aggregate, inputs: Inputs) -> bool:
    """Whether what a score is made of needs a column of its own: it is held against others, or stands there twice."""
    rounds = decimals_of(node, inputs.method) is not None
    return node.normalisation is not None or node.direction < 0 or (rounds and not is_bounded(inputs))


def rounded_for_next(text: str, node: Node, inputs: Inputs, *, blank: bool = False) -> str:
    """A score as it goes into the next level, where it is not turned round or normalised anew."""
    decimals = decimals_of(node, inputs.method)
    return text if decimals is None else rounded(text, decimals, inputs, blank=blank)


def finished(steps: Steps, node: Aggregate, i: int, row: UnitYear) -> str:
    """The score of a unit, from the column of what it is made of."""
    cell = here(i, steps.before[node.code])
    text = cell
    if node.normalisation is not None:
        text = SCALING_FORMULAS[node.normalisation](_scaled(steps, node, node.normalisation, i, row))
    elif node.direction < 0:
        text = f"IF(ABS({FULL}-{cell})<={TIE},0,{FULL}-{cell})"
    text = rounded_for_next(text, node, steps.inputs, blank=node.normalisation is not None)
    return f'IF({cell}="","",{text})'


def unlike(steps: Steps, node: Aggregate) -> range:
    """Rows whose formulas differ from those of others of their year in more than the row's number."""
    return range(len(steps.rows) if node.normalisation is Normalisation.BASE_YEAR else 0)


def _scaled(steps: Steps, node: Aggregate, kind: Normalisation, i: int, row: UnitYear) -> Scaled:
    """What a normalisation of scores goes by."""
    column = steps.before[node.code]
    over_years = steps.inputs.method.scope is Scope.PANEL
    cells = rows_here(*steps.span(row.ranking.key, row.y, panel=over_years), column)
    by = [f"MIN({cells})", f"MAX({cells})"]
    if kind is Normalisation.GOALPOSTS:
        by = list(steps.sources.bounds[node.code])
    elif kind is Normalisation.Z_SCORE:
        by += [f"AVERAGE({cells})", f"SQRT(DEVSQ({cells})/(COUNT({cells})-1))"]
    elif kind is Normalisation.DISTANCE_TO_TARGET:
        by.append(steps.sources.targets[node.code])
    elif kind is Normalisation.DISTANCE_TO_REFERENCE:
        n_years = len(row.ranking.panel.years) if over_years else 0
        years = [rows_here(*steps.span(row.ranking.key, y), column) for y in range(n_years)] or [cells]
        by.append(first_mean(years, '""'))
    elif kind is Normalisation.BASE_YEAR:
        by = [first_cell(steps, row, column)]
    return Scaled(here(i, column), cells, tuple(by), node.direction > 0, steps.inputs.method, near=TIE)


def first_mean(years: Sequence[str], otherwise: str) -> str:
    """The mean of the first year that has any value, from the cells of each."""
    text = otherwise
    for cells in reversed(years):
        text = f"IF(COUNT({cells})=0,{text},AVERAGE({cells}))"
    return text


def first_cell(steps: Steps, row: UnitYear, column: int) -> str:
    """The cell of a unit in the first year; blank text where it has no row."""
    place = steps.place_of(row.ranking.key, 0, row.u)
    return '""' if place is None else here(place, column)


def rounded(text: str, decimals: int, inputs: Inputs, *, blank: bool = False) -> str:
    """A score to so many decimals, halves away from zero; what is a half but for rounding counts as a half.

    With `blank`, it may be blank text.
    """
    near = _tolerance(decimals, inputs.method)
    if is_bounded(inputs):
        made = f"ROUND({text}+{near},{decimals})"
    else:
        made = f"SIGN({text})*ROUND(ABS({text})+{near},{decimals})"
    return f"IF(ISNUMBER({text}),{made},{text})" if blank else made


def _tolerance(decimals: int, method: Method) -> str:
    """What counts as nothing: what does when scores are compared, but no more than a thousandth of a step."""
    most = _MOST / 10**decimals
    return number(most) if CLOSE * method.scale > most else TIE
