"""The sheet of intermediate steps: blocks of columns side by side, each with a line that says what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...sheets.book import Formula
from .refs import OWN, SheetRef

TITLE, CONSTANTS, NOTE, HEADER, FIRST = 1, 2, 3, 4, 5  # rows, counted from 1

GridCell = Formula | float | str


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its header, its role (a key of `schema.ROLES`), its cells from row `FIRST` on."""

    header: str
    role: str
    cells: Sequence[GridCell]


@dataclass
class ColumnBlock:
    """Columns that belong together; `left` is the first, counted from 1."""

    note: str
    left: int
    columns: list[GridColumn] = field(default_factory=list)

    @property
    def n_rows(self) -> int:
        return max((len(column.cells) for column in self.columns), default=0)


class Grid:
    """The sheet. Columns are placed as they are added, so that a formula can name what stands before it."""

    def __init__(self, name: str, title: str) -> None:
        self.sheet = SheetRef(name)
        self.title = title
        self.blocks: list[ColumnBlock] = []
        self._next = 1

    def block(self, note: str) -> ColumnBlock:
        """A new block to the right of all others."""
        if self.blocks:
            self._next += 1  # a blank column between blocks
        self.blocks.append(ColumnBlock(note, self._next))
        return self.blocks[-1]

    def add(self, column: GridColumn) -> int:
        """A column at the right end of the last block; returns its number, counted from 1."""
        self.blocks[-1].columns.append(column)
        self._next += 1
        return self._next - 1

    @property
    def next_column(self) -> int:
        """Number of the column that is added next."""
        return self._next


def here(row: int, column: int) -> str:
    """A cell of the grid, as its own formulas name it; `row` is counted from 0 under the header."""
    return OWN.cell(FIRST + row, column)


def rows_here(first: int, last: int, column: int) -> str:
    """Cells of a column of the grid, as its own formulas name them; rows counted from 0 under the header."""
    return OWN.column(FIRST + first, FIRST + last, column)
