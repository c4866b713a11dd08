"""What spreadsheet programs can hold and calculate: beyond it a twin holds values, and says so."""

from __future__ import annotations

from collections.abc import Iterable

from ...engine.prepare import normalisation_of, treatment_of
from ...engine.rules import aggregation_of, mean_of
from ...engine.weigh import weighting_of
from ...errors import BdIndexError
from ...language import Text, joined
from ...model.choices import Choice
from ...model.method import PARAMETERS, Method
from ...model.parameters import Parameter
from ...sheets import schema
from ...sheets.areas import MAX_COLUMN, MAX_ROW
from ...sheets.book import Formula, ResultTable
from ...sheets.inputs import Inputs
from ...sheets.options import SETTING
from .grid import Grid
from .mean_formulas import NEAR_0

# Of Excel 2010 and later; LibreOffice, WPS and Google Sheets allow as much or more.
FORMULA = 8192  # characters
# Ranks are found by counting the greater scores: the work grows with the square of the units. Beyond this, opening
# the file would take minutes.
UNITS = 5000

_UNITS = Text(
    "“{ranking}”有 {n} 个地区，超过 {limit} 个时，公式重算过慢",
    "with {n} {n:unit|units} in the ranking “{ranking}” formulas would take too long; the limit is {limit}",
)
_LENGTH = Text(
    "有公式长达 {n} 个字符，电子表格最多允许 {limit} 个",
    "a formula would be {n} {n:character|characters} long; spreadsheets allow {limit}",
)
_SIZE = Text(
    "计算过程表需要 {rows} 行 {columns} 列，超过工作表的大小",
    "the sheet of steps would need {rows} {rows:row|rows} and {columns} {columns:column|columns}, more than a "
    "sheet has",
)


class NoFormulas(BdIndexError):
    """An index whose results are not written as spreadsheet formulas; its message is the reason."""


_METHOD = Text(
    "所用的方法（{names}）没有写成公式",
    "no formulas are written for these choices of method: {names}",
)


def check_method(inputs: Inputs) -> None:
    """Raises NoFormulas naming the choices that the sheet of steps has no formulas for."""
    method, framework = inputs.method, inputs.framework
    used: set[Choice] = {method.imputation}
    for parent in framework.aggregates:
        used |= {weighting_of(parent, method), aggregation_of(parent, method)}
        used |= {parent.normalisation} if parent.normalisation else set()
    for indicator in framework.indicators:
        used |= {normalisation_of(indicator, method), treatment_of(indicator, method)}
        used |= {indicator.transformation} if indicator.transformation else set()
    labels = dict.fromkeys((type(kind), kind.record.label) for kind in used if not kind.record.has_formulas)
    found = [label for _, label in labels]
    exponents = (mean_of(framework, parent, method).exponent for parent in framework.aggregates)
    if any(0 < abs(exponent) < NEAR_0 for exponent in exponents):
        found.append(SETTING["exponent"].label)
    found += [SETTING[key].label for key, one in PARAMETERS.items() if _is_new(method, key, one)]
    if any(any(ranking.panel.screening) for ranking in inputs.rankings):
        found.append(schema.SCREENING.header)
    if found:
        raise NoFormulas(_METHOD.format(names=joined(sorted(dict.fromkeys(found), key=str))))


# Settings of newer versions.
_FOLLOWED = {"scale", "min_children", "decimals", "round_levels", "upward_penalty", "rank_constant", "first_place"}


def _is_new(method: Method, key: str, one: Parameter) -> bool:
    return one.added and key not in _FOLLOWED and getattr(method, key) != one.default and one.matters(method)


def check_units(inputs: Inputs) -> None:
    """Raises NoFormulas where formulas would take too long to calculate."""
    for ranking in inputs.rankings:
        n = len(ranking.panel.units)
        if n > UNITS:
            raise NoFormulas(_UNITS.format(ranking=ranking.key, n=n, limit=UNITS))


def check_formulas(grid: Grid, tables: Iterable[ResultTable]) -> None:
    """Raises NoFormulas where a formula is too long, or the sheet of steps too large."""
    all_cells = [column.cells for block in grid.blocks for column in block.columns]
    all_cells += [column.values for table in tables for column in table.columns]
    longest = max((len(cell.text) for cells in all_cells for cell in cells if type(cell) is Formula), default=0)
    if longest > FORMULA:
        raise NoFormulas(_LENGTH.format(n=longest, limit=FORMULA))
    rows = max((block.n_rows for block in grid.blocks), default=0)
    columns = sum(len(block.columns) + 1 for block in grid.blocks)
    if rows + 10 > MAX_ROW or columns > MAX_COLUMN:
        raise NoFormulas(_SIZE.format(rows=rows, columns=columns))
