"""Tables of a workbook as openpyxl has them, and what of them a manipulation may pick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from openpyxl.utils import range_boundaries

Book = Any
Random = np.random.Generator
RANKINGS = ("bdx_ranking_province", "bdx_ranking_city")


@dataclass
class Table:
    """A table as openpyxl has it."""

    sheet: Any
    name: str

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        left, top, right, bottom = range_boundaries(self.sheet.tables[self.name].ref)
        return int(left), int(top), int(right), int(bottom)

    def column(self, *headers: str) -> int:
        left, top, right, _ = self.bounds
        return next(j for j in range(left, right + 1) if self.sheet.cell(top, j).value in headers)

    def row(self, rng: Random) -> int:
        _, top, _, bottom = self.bounds
        return int(rng.integers(top + 1, bottom + 1))


def table(book: Book, name: str) -> Table:
    return Table(next(sheet for sheet in book.worksheets if name in sheet.tables), name)


def ranking(book: Book, rng: Random) -> Table:
    return table(book, str(rng.choice(RANKINGS)))


def numbers(one: Table, column: int) -> list[Any]:
    """Cells of a column that hold numbers, or formulas for them."""
    _, top, _, bottom = one.bounds
    cells = (one.sheet.cell(row, column) for row in range(top + 1, bottom + 1))
    return [cell for cell in cells if isinstance(cell.value, int | float) or str(cell.value).startswith("=")]
