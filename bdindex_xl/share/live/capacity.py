"""What spreadsheet programs can hold and calculate: beyond it a twin holds values, and says so."""

from __future__ import annotations

from collections.abc import Iterable

from ...engine.prepare import normalisation_of, treatment_of
from ...engine.rules import aggregation_of
from ...engine.weigh import weighting_of
from ...errors import BdIndexError
from ...language import Text, joined
from ...model.choices import Choice
from ...sheets.book import Formula, ResultTable
from ...sheets.inputs import Inputs
from ...sheets.options import SETTING
from .grid import Grid

# Of Excel 2010 and later; LibreOffice, WPS and Google Sheets allow as much or more.
FORMULA = 8192  # characters
COLUMNS = 16384
ROWS = 1_048_576
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
    for indicator in framework.indicators:
        used |= {normalisation_of(indicator, method), treatment_of(indicator, method)}
    labels = dict.fromkeys((type(kind), kind.record.label) for kind in used if not kind.record.has_formulas)
    found = [label for _, label in labels]
    if method.given_share:
        found.append(_MIX)
    if method.decimals is not None or any(node.decimals is not None for node in framework.nodes):
        found.append(SETTING["decimals"].label)
    if any(indicator.denominator for indicator in framework.indicators):
        found.append(_DENOMINATORS)
    if any(indicator.direction == 0 for indicator in framework.indicators):
        found.append(_TWO_SIDED)
    transformed = [indicator.transformation for indicator in framework.indicators if indicator.transformation]
    found += [kind.record.label for kind in dict.fromkeys(transformed)]
    if found:
        raise NoFormulas(_METHOD.format(names=joined(sorted(found, key=str))))


_TWO_SIDED = Text("适度指标", "two-sided indicators")
_MIX = Text("组合权重", "a mix of weights")
_DENOMINATORS = Text("分母", "denominators")


def check_units(inputs: Inputs) -> None:
    """Raises NoFormulas where formulas would take too long to calculate."""
    for ranking in inputs.rankings:
        n = len(ranking.panel.units)
        if n > UNITS:
            raise NoFormulas(_UNITS.format(ranking=ranking.key, n=n, limit=UNITS))


def check_formulas(grid: Grid, tables: Iterable[ResultTable]) -> None:
    """Raises NoFormulas where a formula is too long, or the sheet of steps too large."""
    cells = [cell for block in grid.blocks for column in block.columns for cell in column.cells]
    cells += [cell for table in tables for column in table.columns for cell in column.values]
    longest = max((len(cell.text) for cell in cells if isinstance(cell, Formula)), default=0)
    if longest > FORMULA:
        raise NoFormulas(_LENGTH.format(n=longest, limit=FORMULA))
    rows = max((block.n_rows for block in grid.blocks), default=0)
    columns = sum(len(block.columns) + 1 for block in grid.blocks)
    if rows + 10 > ROWS or columns > COLUMNS:
        raise NoFormulas(_SIZE.format(rows=rows, columns=columns))
