"""A sheet that is one table: a row of headers, and rows below it to the end of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..areas import MAX_COLUMN, MAX_ROW, Area, address
from ..book import Value
from ..cells import heading, read_text
from ..faults import Report
from ..keyed_table import is_blank
from .foreign_book import ForeignSheets, number_of

_TOP_ROWS = 20  # in which the headers are looked for


@dataclass(frozen=True, slots=True)
class HeadedSheet:
    """Headers and columns; `top` is the row of the headers, `rows` are those that hold anything, from 0 below it."""

    name: str
    top: int
    header: tuple[str, ...]
    columns: tuple[Sequence[Value], ...]
    rows: tuple[int, ...]

    def place(self, *headers: str) -> int | None:
        """Column that has one of these headers, the first of them that there is."""
        forms = [heading(text) for text in self.header]
        return next((forms.index(heading(one)) for one in headers if heading(one) in forms), None)

    def cell(self, i: int, j: int) -> str:
        """Address of the value `i` rows below header `j`; ``i = -1`` is the header itself."""
        return address(self.top + 1 + i, j + 1)

    def values(self, j: int) -> list[Value]:
        """Values of a column, of the rows that hold anything."""
        return [self.columns[j][i] for i in self.rows]

    def numbers(self, j: int, report: Report) -> list[Value]:
        """As `values`, as numbers; what is none is reported."""
        column = self.columns[j]
        return [number_of(column[i], self.name, self.cell(i, j), report) for i in self.rows]


def read_headed(book: ForeignSheets, name: str, keys: Sequence[str], report: Report) -> HeadedSheet | None:
    """The sheet, with its headers in the first row that has one of `keys`; None with the fault reported."""
    first = book.columns(name, Area(1, 1, _TOP_ROWS, MAX_COLUMN))
    wanted = {heading(key) for key in keys}
    depth = max(map(len, first), default=0)
    top = next((i for i in range(depth) if any(heading(column[i]) in wanted for column in first)), None)
    if top is None:
        report.add("column missing", name, "A1", header=keys[0])
        return None
    width = max(j for j, column in enumerate(first) if not is_blank(column[top])) + 1
    header = tuple(read_text(column[top]) for column in first[:width])
    columns = tuple(column[1:] for column in book.columns(name, Area(top + 1, 1, MAX_ROW, width)))
    n_rows = max(map(len, columns), default=0)
    rows = tuple(i for i in range(n_rows) if any(not is_blank(column[i]) for column in columns))
    return HeadedSheet(name, top + 1, header, columns, rows)
