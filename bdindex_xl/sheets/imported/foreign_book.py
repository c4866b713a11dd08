"""Tables of another program's workbook under the names of ours, each cell with the place it came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ...language import Text, same
from .. import schema
from ..areas import Area
from ..book import Block, Readable, Value
from ..cells import heading, read_number, read_text
from ..faults import Report


class ForeignSheets(Protocol):
    """A workbook of any program: its worksheets, and their cells."""

    def sheets(self) -> tuple[str, ...]:
        """Names of all worksheets, in order."""
        ...

    def columns(self, sheet: str, area: Area) -> list[list[Value]]:
        """Values of an area, column by column, down to its last row that holds any."""
        ...


def _nowhere(_i: int, _j: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class ForeignBlock(Block):
    """A block whose cells stand anywhere on its sheet: ``where(i, j)``, the header at ``i = -1``."""

    where: Callable[[int, int], str] = _nowhere

    def cell(self, i: int, j: int) -> str:
        """Address that the value has in the workbook it was read from."""
        return self.where(i, j)

    def row_of(self, i: int) -> Text:
        """What a reader calls a row: its first cell."""
        return same(self.where(i, 0))


def block_of(
    table: str, sheet: str, columns: Mapping[str, Sequence[Value]], where: Callable[[int, int], str]
) -> ForeignBlock:
    """A table of ours from columns by header."""
    return ForeignBlock(table, sheet, 1, 1, tuple(columns), tuple(columns.values()), where=where)


class ForeignBook(Readable):
    """The tables that were found."""

    def __init__(self, blocks: Collection[ForeignBlock]) -> None:
        self._blocks = {block.table: block for block in blocks}

    def tables(self) -> Mapping[str, str]:
        return {name: block.sheet for name, block in self._blocks.items()}

    def read(self, table: str) -> ForeignBlock:
        return self._blocks[table]

    def header(self, table: str) -> tuple[str, ...]:
        return self._blocks[table].header

    def formulas(self, table: str) -> tuple[tuple[int, int], ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a workbook gave: its tables, and how scores are to be made where nobody says otherwise."""

    book: ForeignBook
    settings: Mapping[str, str | float]


def is_none(value: Value) -> bool:
    """Whether a cell says in words that there is nothing."""
    return isinstance(value, str) and value.strip() in schema.FOREIGN_NONE


def text_of(value: Value) -> str:
    """A cell's text; empty where it says that there is none."""
    return "" if is_none(value) else read_text(value)


def number_of(value: Value, sheet: str, cell: str, report: Report) -> float | None:
    """A cell's number; None where there is none, and noted where it says so or is at fault."""
    if is_none(value):
        report.add("value missing mark", sheet, cell, found=value)
        return None
    reading = read_number(value)
    if reading.kind:
        report.add(reading.kind, sheet, cell, **reading.parts)
    return None if reading.number != reading.number else reading.number


def named_apart(
    codes: Sequence[str], names: Sequence[str], sheet: str, cells: Sequence[str], report: Report
) -> list[str]:
    """Names of the framework; one that stands twice gets its code behind it."""
    plain = [heading(name) for name in names]
    made = []
    for code, name, form, cell in zip(codes, names, plain, cells, strict=True):
        if name and plain.count(form) > 1:
            taken = f"{name} ({code})"
            report.add("import name twice", sheet, cell, found=name, taken=taken)
            name = taken
        made.append(name)
    return made


def top_down(codes: Sequence[str], parents: Sequence[str]) -> list[int]:
    """Places of the nodes, each below its parent; those that hang on nothing that is there come last.

    >>> top_down(["a", "A", "b", "I"], ["A", "I", "A", ""])
    [3, 1, 0, 2]
    """
    children: dict[str, list[int]] = {}
    for k, parent in enumerate(parents):
        children.setdefault(parent, []).append(k)
    order: list[int] = []
    left = children.pop("", [])[::-1]
    while left:
        k = left.pop()
        order.append(k)
        left.extend(children.pop(codes[k], [])[::-1])
    return order + sorted(set(range(len(codes))) - set(order))
