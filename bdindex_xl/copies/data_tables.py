"""Where the raw data stand: row of each unit and year, column of each indicator, so that a value can be named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.framework import Indicator
from ..sheets import schema
from ..sheets.book import Book, Value
from ..sheets.cells import read_text, read_year
from ..sheets.faults import Report
from ..sheets.keyed_table import KeyedTable, read_table
from ..sheets.read_data import indicator_columns

YearAndUnit = tuple[int, str]  # year, unit code


@dataclass(frozen=True, eq=False)
class DataTable:
    """A ranking's data table: `rows` by year and unit, the first where one stands twice; `columns` by code."""

    table: KeyedTable
    rows: dict[YearAndUnit, int]
    columns: dict[str, int]

    @property
    def name(self) -> str:
        return self.table.block.table

    def cell(self, key: YearAndUnit, code: str) -> tuple[str, str]:
        """Sheet and address of a value; no address where the table lacks its row or its column."""
        i, j = self.rows.get(key), self.columns.get(code)
        return self.table.block.sheet, "" if i is None or j is None else self.table.block.cell(i, j)

    def value(self, i: int, j: int) -> Value:
        """What stands in a row and a column."""
        value: Value = self.table.block.columns[j][i]
        return value


def key_of(table: KeyedTable, i: int) -> YearAndUnit | None:
    """Year and unit of a row; None where either is not one."""
    year, _ = read_year(table.column("year")[i])
    code = read_text(table.column("unit")[i])
    return (year, code) if year is not None and code else None


def data_table(
    book: Book, ranking: str, indicators: Sequence[Indicator], report: Report | None = None
) -> DataTable | None:
    """The data table of a ranking; None where the workbook has none that can be told apart by year and unit."""
    name = schema.table_of(schema.DATA.table, ranking)
    table = read_table(book, name, schema.DATA.columns, report or Report(), ("name",), further=True)
    if table is None or not {"year", "unit"} <= set(table.places):
        return None
    rows: dict[YearAndUnit, int] = {}
    for i in range(table.block.n_rows):
        key = key_of(table, i)
        if key is not None:
            rows.setdefault(key, i)
    found = indicator_columns(table, indicators, Report())
    columns = {indicator.code: j for indicator, j in zip(indicators, found, strict=True) if j is not None}
    return DataTable(table, rows, columns)
