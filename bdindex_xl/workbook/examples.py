"""Which of the workbook's own data the formulas sheet shows its examples on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs

from ..model.framework import Framework, Indicator
from ..sheets import schema
from ..sheets.areas import quoted
from ..sheets.book import Value
from ..sheets.cells import read_year
from ..sheets.contents import InputTable
from . import data
from .build import Build

_OWN = len(schema.DATA.columns)
_MOST_UNITS = 40
_MOST_VALUES = 1000  # that a formula may hold as they are
_FEWEST_UNITS = 3


@dataclass(frozen=True, slots=True)
class Data:
    """A block of a data sheet: the rows of one year, the columns of siblings.

    `first` is its first row among the table's; `values` are its cells as they stand.
    """

    build: Build
    ranking: str
    year: int
    indicators: tuple[Indicator, ...]
    column: int
    first: int
    values: tuple[tuple[Value, ...], ...]
    names: tuple[str, ...]

    def cells(self) -> str:
        """Its place, as a formula names it."""
        top = data.HEADER + 1 + self.first
        area = xl_range_abs(top, self.column, top + len(self.values) - 1, self.column + len(self.indicators) - 1)
        return f"{quoted(self.build.names.data[self.ranking])}!{area}"

    def name_cell(self, i: int) -> str:
        """The cell of a unit's name."""
        column = [column.key for column in schema.DATA.columns].index("name")
        row = data.HEADER + 1 + self.first + i
        return f"{quoted(self.build.names.data[self.ranking])}!{xl_range_abs(row, column, row, column)}"

    def directions(self) -> list[list[float]] | None:
        """Directions of the indicators; None where more is better for all."""
        found = [float(indicator.direction or 1) for indicator in self.indicators]
        return [found] if -1 in found else None


def pair(build: Build) -> tuple[Data | None, Data | None]:
    """The block of the latest year, and that of the year before with the same units in the same order, if any."""
    for ranking, table in build.contents.data.items():
        years = sorted({year for row in table.rows if (year := read_year(row[0])[0]) is not None}, reverse=True)
        for year in years:
            now = _block(build, ranking, table, year)
            if now is not None:
                before = _block(build, ranking, table, year - 1)
                same = before is not None and before.names == now.names
                return now, before if same else None
    return None, None


def _block(build: Build, ranking: str, table: InputTable, year: int) -> Data | None:
    indicators, column = _siblings(build.contents.framework, len(table.header) - _OWN)
    places = [i for i, row in enumerate(table.rows) if read_year(row[0])[0] == year]
    if not places or not indicators:
        return None
    run = places[:1]
    most = max(min(_MOST_UNITS, _MOST_VALUES // len(indicators)), _FEWEST_UNITS)
    for i in places[1:]:
        if i != run[-1] + 1 or len(run) == most:
            break
        run.append(i)
    rows = [table.rows[i] for i in run]
    values = tuple(tuple(row[column : column + len(indicators)]) for row in rows)
    if len(values) < _FEWEST_UNITS or not any(_is_number(value) for row in values for value in row):
        return None
    return Data(build, ranking, year, indicators, column, run[0], values, tuple(str(row[2] or row[1]) for row in rows))


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _siblings(framework: Framework, n_columns: int) -> tuple[tuple[Indicator, ...], int]:
    """The longest run of indicators that adjoin and have one parent, and the column where it starts."""
    runs: list[tuple[int, Sequence[Indicator]]] = []
    indicators = framework.indicators[:n_columns]
    start = 0
    for k in range(1, len(indicators) + 1):
        if k == len(indicators) or indicators[k].parent != indicators[start].parent:
            runs.append((start, indicators[start:k]))
            start = k
    if not runs:
        return (), 0
    start, run = max(runs, key=lambda item: len(item[1]))
    return tuple(run), _OWN + start
