"""References as formulas write them, all absolute.

With relative ones LibreOffice 25.2 takes a column of like formulas for one group and, where scores depend on weights
that depend on scores of a lower level, calculates some of them from values that are out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


class AnyRow(int):
    """A row that is not known yet, in a formula that a column has in many rows: the text is made once, and `in_rows`
    puts the numbers in. What is added to it stays with it.

    >>> top = AnyRow()
    >>> in_rows(f"A{5 + top}*B{7 + top}", range(2))
    ['A5*B7', 'A6*B8']
    """

    def __add__(self, more: int) -> AnyRow:
        return AnyRow(int(self) + int(more))

    __radd__ = __add__

    def __format__(self, _: str) -> str:
        return f"{_MARK}{int(self)}{_MARK}"


_MARK = "\0"  # no sheet's name can hold it


def in_rows(text: str, rows: Sequence[int]) -> list[str]:
    """A formula in each of some rows."""
    made = [text] * len(rows)
    for more in set(text.split(_MARK)[1::2]):
        mark, first = f"{_MARK}{more}{_MARK}", int(more)
        made = [one.replace(mark, str(first + row)) for one, row in zip(made, rows, strict=True)]
    return made


def listed(references: Iterable[str]) -> str:
    """Arguments of a function."""
    return ",".join(references)
