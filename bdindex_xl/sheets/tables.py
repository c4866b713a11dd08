"""A block of cells as a table whose columns are found by header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .book import Block, Book, ErrorValue
from .cells import heading, read_text
from .faults import Report
from .schema import Column


@dataclass(frozen=True, slots=True)
class Table:
    """A block with the place of each known column (by `Column.key`); `rest` are the places of all others."""

    block: Block
    places: dict[str, int]
    rest: tuple[int, ...]

    def column(self, key: str) -> Sequence[Any]:
        """Values of a known column; blanks where the table lacks it."""
        return self.block.columns[self.places[key]] if key in self.places else [None] * self.block.n_rows

    def text(self, i: int, key: str, report: Report) -> str:
        """Text of a known column in row `i`; an error value is a fault."""
        return text_at(self.block, i, self.places[key], report) if key in self.places else ""

    def cell(self, i: int, key: str) -> str:
        """Address of row `i` of a known column; of the row's first cell where the table lacks it."""
        return self.block.cell(i, self.places.get(key, 0))


def read_table(
    book: Book, name: str, columns: Iterable[Column], report: Report, optional: Iterable[str] = ()
) -> Table | None:
    """The table of that name, or None with the fault reported."""
    if name not in book.tables():
        report.add("table missing", table=name)
        return None
    block = book.read(name)
    headings = [heading(text) for text in block.header]
    places: dict[str, int] = {}
    for column in columns:
        wanted = {heading(text) for text in column.header.both()} | {heading(column.key)}
        found = [j for j, text in enumerate(headings) if text in wanted]
        if len(found) > 1:
            report.add("column twice", block.sheet, block.cell(-1, found[1]), header=column.header, n=len(found))
        elif not found and column.key not in optional:
            report.add("column missing", block.sheet, block.cell(-1, 0), header=column.header)
        if found:
            places[column.key] = found[0]
    rest = tuple(j for j in range(len(headings)) if j not in places.values())
    return Table(block, places, rest)


def text_at(block: Block, i: int, j: int, report: Report) -> str:
    """Text of row `i` of column `j`; an error value is a fault."""
    value = block.columns[j][i]
    if isinstance(value, ErrorValue):
        report.add("text error", block.sheet, block.cell(i, j), found=value)
        return ""
    return read_text(value)


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing a reader could see."""
    return value is None or (isinstance(value, str) and not read_text(value))


def filled_rows(block: Block) -> list[int]:
    """Rows with anything in them."""
    return [i for i in range(block.n_rows) if any(not is_blank(column[i]) for column in block.columns)]
