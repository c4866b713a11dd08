"""References as formulas write them, all absolute.

With relative ones LibreOffice 25.2 takes a column of like formulas for one group and, where scores depend on weights
that depend on scores of a lower level, calculates some of them from values that are out of date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ...sheets.areas import quoted
from ...sheets.book import column_letters


@dataclass(frozen=True, slots=True)
class SheetRef:
    """A sheet as the formulas of another name it; `SheetRef("")` is the formula's own."""

    name: str = ""

    def cell(self, row: int, column: int) -> str:
        """One cell, row and column counted from 1."""
        return f"{_column(self.name, column)}{row}"

    def column(self, first: int, last: int, column: int) -> str:
        """Cells of a column, both ends included."""
        return f"{_column(self.name, column)}{first}:{_column('', column)}{last}"


@lru_cache(maxsize=4096)
def _column(sheet: str, column: int) -> str:
    """A cell's reference up to its row: formulas name the same columns in every row."""
    return f"{quoted(sheet)}!${column_letters(column)}$" if sheet else f"${column_letters(column)}$"


OWN = SheetRef()


def listed(references: Iterable[str]) -> str:
    """Arguments of a function."""
    return ",".join(references)
