"""A result table as it is against as it should be, cell by cell, whatever order its rows stand in."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..sheets import schema
from ..sheets.book import Block, Book, NamedCell, ResultTable
from ..sheets.cells import heading, read_number, read_text
from ..sheets.matching import row_key, unique
from ..sheets.roles import TEXTUAL

TOLERANCE = 1e-9  # of scores and weights on the scale 0-100
_EXACT = {"rank", "previous rank", "rank change", "count", "year"}
# What brings a role to the scale 0-100.
_CLOSE = {"score": 1.0, "change": 1.0, "growth": 100.0, "normalised": 1.0, "weight": 100.0, "share": 100.0}
_DIGITS = 6  # to which rows are recognised before they are compared

ComparedRow = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is not as it should be. `kind` is ``value``, ``row missing``, ``row extra`` or ``column``."""

    kind: str
    table: str
    sheet: str
    cell: str
    expected: float | str | None
    found: float | str | None
    what: str  # the row and the column, as a reader would name them

    @property
    def place(self) -> str:
        """``sheet!cell``, or the sheet."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison of one table found, and how many cells it compared."""

    differences: tuple[Difference, ...]
    n_cells: int


def compare(expected: ResultTable, block: Block) -> Compared:
    """Compare a result table with the block that stands in the workbook.

    Columns are found by header and rows by what tells them apart, so that a table may be sorted, and may hold columns
    of its reader's. Numbers are compared to 1e-9 on the scale 0-100, ranks and texts exactly.
    """
    headers = unique(column.header for column in expected.columns)
    places, missing = _columns(expected.table, headers, block)
    there = [j for j in range(len(headers)) if j in places]
    roles = [expected.columns[j].role for j in there]
    wanted = _rows([expected.columns[j].values for j in there], roles)
    found = _rows([block.columns[places[j]] for j in there], roles)
    filled = {i: row for i, row in enumerate(found) if any(value is not None for value in row)}
    key = tuple(there.index(j) for j in row_key(expected.table) if j in places)
    pairs = _paired(dict(enumerate(wanted)), filled, key)
    told = _Telling(expected.table, block, [headers[j] for j in there], [places[j] for j in there], key)
    differences = list(missing)
    for k, i in pairs:
        if k is None:
            if i is not None and _says_something(found[i], roles):
                differences.append(told.extra(i, found[i]))
        elif i is None:
            differences.append(told.missing(wanted[k]))
        elif wanted[k] != found[i]:
            differences += told.cells(i, wanted[k], found[i], roles)
    return Compared(tuple(differences), len(wanted) * len(there))


def columns_of(headers: Iterable[str], found: Sequence[str]) -> dict[int, int]:
    """Place among those found of each header that is there; of two alike the first counts."""
    at = {heading(text): j for j, text in reversed(list(enumerate(found)))}
    return {k: at[heading(header)] for k, header in enumerate(headers) if heading(header) in at}


def _columns(table: str, headers: Sequence[str], block: Block) -> tuple[dict[int, int], list[Difference]]:
    """Place in the block of each expected column, and those it lacks."""
    places = columns_of(headers, block.header)
    taken = set(places.values())
    differences = []
    for k, header in enumerate(headers):
        if k not in places:
            instead = k if k < len(block.header) and k not in taken else None
            cell = block.cell(-1, instead) if instead is not None else ""
            text = block.header[instead] if instead is not None else None
            differences.append(Difference("column", table, block.sheet, cell, header, text, header))
    return places, differences


def _rows(columns: Sequence[Sequence[Any]], roles: Sequence[str]) -> list[ComparedRow]:
    """Rows of values alike in spelling: numbers as floats, texts bare, blanks None."""
    made = []
    for values, role in zip(columns, roles, strict=True):
        plain = values.tolist() if hasattr(values, "tolist") else values
        numeric = role not in TEXTUAL and role != "time"
        made.append([_number(value) if numeric else read_text(value) or None for value in plain])
    return list(zip(*made, strict=True))


def _number(value: Any) -> float | str | None:
    """A cell that should hold a number; its text where it holds none."""
    if value is None or isinstance(value, float):
        return None if value is None or value != value else value
    reading = read_number(value)
    if reading.number == reading.number:
        return reading.number
    return read_text(value) or None


def _says_something(row: ComparedRow, roles: Sequence[str]) -> bool:
    """Whether a row too many holds a result. A copy with formulas has rows of units that wait for their data."""
    numbers = [value for value, role in zip(row, roles, strict=True) if role in _CLOSE]
    return not numbers or any(value is not None for value in numbers)


def same(expected: Any, found: Any, role: str) -> bool:
    """Whether a cell is as it should be.

    >>> same(50.0, 50.00000001, "score"), same(50.0, 50.00000000001, "score"), same(3.0, 3.0000000001, "rank")
    (False, True, False)
    """
    if expected == found:
        return True
    scale = _CLOSE.get(role)
    if role in _EXACT or not isinstance(expected, float) or not isinstance(found, float):
        return False
    if scale is None:
        return math.isclose(expected, found, rel_tol=TOLERANCE)
    return scale * abs(expected - found) <= TOLERANCE


def _paired(
    wanted: dict[int, ComparedRow], found: dict[int, ComparedRow], key: tuple[int, ...]
) -> list[tuple[int | None, int | None]]:
    """Which row is which: those the same where they stand, those alike throughout, then in all but the key, then by
    key, then what is left."""
    in_place = [k for k, row in wanted.items() if found.get(k) == row]
    pairs: list[tuple[int | None, int | None]] = [(k, k) for k in in_place]
    for k in in_place:
        del wanted[k], found[k]
    width = len(next(iter(wanted.values()), ()))
    others = tuple(j for j in range(width) if j not in key)
    for columns in (tuple(range(width)), others, key):
        made = _alike(wanted, found, columns)
        for k, i in made:
            del wanted[k], found[i]
        pairs += made
    while wanted and found:
        agreeing = {
            (k, i): sum(a == b for a, b in zip(wanted[k], found[i], strict=True))
            for k in list(wanted)[:50]
            for i in list(found)[:50]
        }
        k, i = max(agreeing, key=lambda pair: (agreeing[pair], -pair[0], -pair[1]))
        if not agreeing[k, i]:
            break
        del wanted[k], found[i]
        pairs.append((k, i))
    return [*pairs, *((k, None) for k in wanted), *((None, i) for i in found)]


def _alike(
    wanted: dict[int, ComparedRow], found: dict[int, ComparedRow], columns: tuple[int, ...]
) -> list[tuple[int, int]]:
    """Pairs of rows that agree in some columns, taken in the order they stand in."""
    waiting: dict[ComparedRow, list[int]] = defaultdict(list)
    for k, row in reversed(wanted.items()):
        waiting[_signature(row, columns)].append(k)
    pairs = []
    for i, row in found.items():
        same_rows = waiting.get(_signature(row, columns)) if columns else None
        if same_rows:
            pairs.append((same_rows.pop(), i))
    return pairs


def _signature(row: ComparedRow, columns: Iterable[int]) -> ComparedRow:
    return tuple(round(row[j], _DIGITS) if isinstance(row[j], float) else row[j] for j in columns)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Puts differences of one table into words."""

    table: str
    block: Block
    headers: list[str]
    places: list[int]
    key: tuple[int, ...]

    def _row(self, row: ComparedRow) -> str:
        return " ".join(_shown(row[j]) for j in self.key if row)

    def missing(self, row: ComparedRow) -> Difference:
        name = self._row(row)
        return Difference("row missing", self.table, self.block.sheet, "", name, None, name)

    def extra(self, i: int, row: ComparedRow) -> Difference:
        cell, name = self.block.cell(i, self.places[self.key[0] if self.key else 0]), self._row(row)
        return Difference("row extra", self.table, self.block.sheet, cell, None, name, name)

    def cells(self, i: int, expected: ComparedRow, found: ComparedRow, roles: Sequence[str]) -> list[Difference]:
        name, sheet = self._row(expected), self.block.sheet
        return [
            Difference(
                "value", self.table, sheet, self.block.cell(i, self.places[j]), a, b, f"{name} {self.headers[j]}"
            )
            for j, (a, b, role) in enumerate(zip(expected, found, roles, strict=True))
            if not same(a, b, role)
        ]


def _shown(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else "" if value is None else str(value)


def headings_that_differ(
    book: Book, expected: Mapping[str, str], *, notes: bool
) -> Iterator[tuple[str, NamedCell, str]]:
    """Headings by name, and with `notes` the notes, whose cell says something else; and what it says."""
    wanted = [name for name in expected if notes or not schema.is_note(name)]
    for name, cell in book.cells(wanted).items():
        if (text := read_text(cell.value)) != expected[name]:
            yield name, cell, text
