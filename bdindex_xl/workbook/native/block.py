"""Where a figure's data stand on a sheet, as charts refer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Cells:
    """A range as XlsxWriter takes it: sheet, first row and column, last row and column; and what stands in it.

    Without `data` a chart keeps what stands in the cells when the file is made.
    """

    place: list[Any]
    data: list[Any] | None = None


@dataclass(frozen=True, eq=False)
class ChartBlock:
    """Columns under one header row. `columns` are their places on the sheet, `values` what stands in them.

    Values are given where cells may be blank: XlsxWriter would keep a blank cell with a look as 0.
    """

    sheet: str
    header: int
    columns: tuple[int, ...]
    n_rows: int
    values: tuple[Sequence[Any], ...] = ()

    @property
    def first(self) -> int:
        """The first row of the body."""
        return self.header + 1

    def down(self, j: int, first: int = 0, last: int | None = None) -> Cells:
        """Cells of a column, all or those of rows `first` to `last`, counted from 0."""
        end = self.n_rows - 1 if last is None else last
        data = list(self.values[j][first : end + 1]) if self.values else None
        return Cells([self.sheet, self.first + first, self.columns[j], self.first + end, self.columns[j]], data)

    def cell(self, i: int, j: int) -> Cells:
        """One cell of the body."""
        return self.down(j, i, i)

    def across(self, i: int, columns: Sequence[int]) -> Cells:
        """Cells of a row, in columns that stand side by side."""
        data = [self.values[j][i] for j in columns] if self.values else None
        row = self.first + i
        return Cells([self.sheet, row, self.columns[columns[0]], row, self.columns[columns[-1]]], data)

    def headers(self, columns: Sequence[int]) -> Cells:
        """Headers of columns that stand side by side."""
        return Cells([self.sheet, self.header, self.columns[columns[0]], self.header, self.columns[columns[-1]]])

    def named(self, j: int, i: int | None = None) -> list[Any]:
        """The cell that names a series: a column's header, or its cell in a row."""
        return [self.sheet, self.header if i is None else self.first + i, self.columns[j]]
