"""Raw data that people typed as text, made numbers: spreadsheet formulas pass over text where the engine reads it."""

from __future__ import annotations

import math

from ..hosts.files import FileBook
from ..language import Text
from ..sheets import schema
from ..sheets.book import Value
from ..sheets.inputs import Inputs, Ranking
from .live.sources import DataRows, Sources

_FORMULAS = Text(
    "“{sheet}”中有 {n} 个公式的结果是文本形式的数值，其他公式无法引用",
    "{n} {n:formula|formulas} on “{sheet}” {n:gives|give} numbers as text, which other formulas cannot use",
)


def text_as_numbers(book: FileBook, inputs: Inputs, found: Sources) -> Text | None:
    """Write numbers where text stands that was read as a number; `found` are the places of the input.

    Returns why formulas cannot follow the data, where such text comes from a formula; nothing is said of that cell's
    value, which stays.
    """
    for ranking in inputs.rankings:
        table = schema.table_of(schema.DATA.table, ranking.key)
        cells = _cells(book, table, found.data[ranking.key], ranking)
        kept = book.set_cells(table, cells) if cells else []
        if kept:
            return _FORMULAS.format(n=len(kept), sheet=book.tables()[table])
    return None


def _cells(book: FileBook, table: str, rows: DataRows, ranking: Ranking) -> dict[tuple[int, int], Value]:
    block, panel = book.read(table), ranking.panel
    units = {code: u for u, code in enumerate(panel.units)}
    years = {year: y for y, year in enumerate(panel.years)}
    cells: dict[tuple[int, int], Value] = {}
    for k, column in enumerate(rows.columns):
        j = column - block.column
        values = block.columns[j]
        if not any(isinstance(value, str) for value in values):
            continue
        for (year, unit), row in rows.rows.items():
            i = row - block.row - 1
            number = float(panel.values[years[year], units[unit], k])
            if isinstance(values[i], str) and not math.isnan(number):
                cells[i, j] = number
    return cells
