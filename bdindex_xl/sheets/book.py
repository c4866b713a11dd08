"""The port between the model and any spreadsheet program: blocks of cells in, blocks of cells out.

A host (a closed file, Excel, LibreOffice) implements `Book`. This module knows no spreadsheet library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from ..language import Text


class ErrorValue(str):
    """A cell's error value, such as ``#N/A``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula for which the file holds no value: no program has calculated it yet."""

    formula: str


class Formula(NamedTuple):
    """A formula to write, with the value that shows until a program calculates it."""

    text: str  # without the leading "="
    value: float | str


Value = None | float | int | str | bool | dt.datetime | ErrorValue | Uncalculated | Formula


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Letters of a column counted from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


FAR_BELOW = 10_000  # rows under a table that are looked at


@dataclass(frozen=True, slots=True)
class Block:
    """A table's cells as columns of values.

    `row` and `column` are those of the first header cell, counted from 1; ``columns[j][i]`` is the value
    `i` rows below header `j`. Rows hidden by a filter are there like all others. A totals row is not.

    `below` are the rows under the table that hold anything in its columns, by number, down to the next table or to
    `FAR_BELOW` rows; `end` is the table's last row. `closed` tells that columns nobody knows are mistakes, as in a file
    made for us, and not a user's own.
    """

    table: str
    sheet: str
    row: int
    column: int
    header: tuple[str, ...]
    columns: tuple[Sequence[Any], ...]
    below: tuple[tuple[int, tuple[Any, ...]], ...] = ()
    end: int = 0
    closed: bool = False

    @property
    def n_rows(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def cell(self, i: int, j: int) -> str:
        """Address of the value `i` rows below header `j`; ``i = -1`` is the header itself."""
        return f"{column_letters(self.column + j)}{self.row + 1 + i}"

    def row_of(self, i: int) -> Text:
        """What a reader calls a row."""
        return _ROW.format(row=self.row + 1 + i)


_ROW = Text("第 {row} 行", "row {row}")


class ResultColumn(NamedTuple):
    """A column of a result table: header, role (a key of `schema.ROLES`) and values, any sequence or numpy array.

    NaN and None are blank cells.
    """

    header: str
    role: str
    values: Sequence[Any]


class ResultTable(NamedTuple):
    """What a result table is to hold, whole. `band` are texts for the row above the header, one a column."""

    table: str
    columns: tuple[ResultColumn, ...]
    band: tuple[str, ...] | None = None

    @property
    def n_rows(self) -> int:
        return len(self.columns[0].values) if self.columns else 0


class Results(NamedTuple):
    """All that one recalculation writes: whole tables, and single cells by defined name. Where cells already show what
    they will, such as values that formulas for them are written over, they are `as_shown`, and nothing follows."""

    tables: tuple[ResultTable, ...]
    cells: Mapping[str, str | float] = MappingProxyType({})
    as_shown: bool = False


class LiveResults(NamedTuple):
    """Results as formulas: whole tables, and the cells of the sheet of steps by column and row, both from 1."""

    tables: tuple[ResultTable, ...]
    steps: Mapping[int, Mapping[int, Value]]


class NamedCell(NamedTuple):
    """The cell that a defined name points to: its sheet, its address and its value."""

    sheet: str
    cell: str
    value: Any


class Readable(Protocol):
    """Tables that can be read: a workbook's, or those of a folder of files."""

    def tables(self) -> Mapping[str, str]:
        """Names of all tables, each with the name of its sheet."""
        ...

    def read(self, table: str) -> Block:
        """A table's cells. Raises KeyError where there is no such table."""
        ...

    def header(self, table: str) -> Sequence[str]:
        """A table's headers, as its own record has them. Raises KeyError where there is no such table."""
        ...

    def formulas(self, table: str) -> Collection[tuple[int, int]]:
        """Places of a table's formulas, as `Block.cell` counts them. Raises KeyError where there is no such table."""
        ...


class Book(Readable, Protocol):
    """A workbook, closed or open. One read and one write per block."""

    def sheet_of(self, name: str) -> str | None:
        """Name of the sheet that a defined name points into; None where there is no such name, or no place."""
        ...

    def cells(self, names: Iterable[str]) -> dict[str, NamedCell]:
        """Single cells by defined name; names that the workbook lacks are left out."""
        ...

    def write(self, results: Results) -> list[str]:
        """Replace result tables and cells, all or nothing; names in `cells` that the workbook lacks are passed over.

        Finds a table's columns by header, so that a user's own columns in or beside it stay. Where the new
        table would run over cells that are not its own, raises SheetErrors naming them and writes nothing.
        Returns the names of tables whose filter it had to clear.
        """
        ...

    def is_shown(self, table: str) -> bool:
        """Whether the sheet of a table is in view. Raises KeyError where there is no such table."""
        ...

    def show(self, table: str) -> None:
        """Bring the sheet of a table into view; where the program lets nobody do so, it stays hidden.

        Raises KeyError where there is no such table.
        """
        ...

    def set_cells(self, table: str, cells: Mapping[tuple[int, int], Value]) -> list[tuple[int, int]]:
        """Set single cells of a table by row and column, both counted from 0; rows after its last make it longer.

        Returns the places left as they are because a formula stands there. All or nothing otherwise; raises KeyError
        where there is no such table, ValueError for a place outside the table's columns or above its first row, and
        SheetErrors naming what stands where the table must grow.
        """
        ...
