"""Blocks of cells as a spreadsheet program hands them over, read as numbers. One pass over clean data."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from ..core.arrays import Array
from ..errors import BdIndexError
from ..language import Text
from ..sheets.book import column_letters
from ..sheets.cells import LARGEST, read_number, read_text
from ..sheets.excel_errors import FIRST_ERROR, LAST_ERROR, error_of

CellRows = Sequence[Sequence[Any]]

_PLAIN = frozenset((float, type(None)))
_TAKEN = ("", "value number text", "value missing mark")  # findings that are as good as a number or a blank
_MOST_HEADERS = 3


class FunctionFault(BdIndexError):
    """An argument that cannot be computed with: one short sentence for the cell."""


@dataclass(frozen=True)
class GivenCells:
    """A reference with its values; `corner` tells row and column of its first cell on the sheet, when asked.

    `n_rows` are the rows that the reference names, where those beyond the sheet's used cells were not read.
    """

    rows: CellRows
    corner: Callable[[], tuple[int, int]] | None = None
    n_rows: int | None = None


@dataclass(frozen=True)
class Numbers:
    """A block read: `values` of shape (n_rows, n_columns) [NaN is missing] under rows of headings given by mistake."""

    values: Array
    headings: tuple[tuple[str, ...], ...] = ()

    def aligned(self, made: Array | list[list[Any]], heading: str | None = None) -> list[list[Any]]:
        """A result as cells: row by row beside the block, blanks where there is no number.

        `heading` stands beside the last row of headings; None repeats the block's own.
        """
        rows = made if isinstance(made, list) else cells(made)
        width = len(rows[0]) if rows else 1
        above: list[list[Any]] = []
        for k, texts in enumerate(self.headings):
            if heading is None:
                above.append([*texts[:width], *[""] * (width - len(texts))])
            else:
                above.append([heading if k == len(self.headings) - 1 else ""] * width)
        return above + rows


def cells(values: Array) -> list[list[Any]]:
    """Numbers as cells. A missing one is an empty text: nothing at all would show as 0."""
    rows: list[list[Any]] = values.tolist()
    if np.isnan(values).any():
        return [["" if value != value else value for value in row] for row in rows]
    return rows


def given(argument: Any) -> bool:
    """Whether an optional argument was given: a blank cell counts as none."""
    return any(value is not None and value != "" for row in rows_of(argument) for value in row)


def rows_of(argument: Any) -> CellRows:
    """An argument as rows of cells: a single value is a block of one, a flat sequence a column."""
    if isinstance(argument, GivenCells):
        return argument.rows
    if argument is None:
        return ()
    if isinstance(argument, np.ndarray):
        argument = np.atleast_2d(argument).tolist() if argument.ndim != 1 else argument[:, None].tolist()
    if isinstance(argument, tuple | list):
        if argument and not isinstance(argument[0], tuple | list):
            return [(value,) for value in argument]
        return argument
    return ((argument,),)


@dataclass
class _Reader:
    """Reads one block; names its cells in what it refuses."""

    argument: Any
    what: Text
    rows: CellRows = field(init=False)

    def __post_init__(self) -> None:
        self.rows = rows_of(self.argument)

    def place(self, i: int, j: int) -> Text:
        """A cell's address in the block, and on the sheet where that is known."""
        parts = {"what": self.what, "row": i + 1, "column": j + 1}
        corner = self.argument.corner if isinstance(self.argument, GivenCells) else None
        if corner is None:
            return _PLACE.format(**parts)
        top, left = corner()
        return _PLACE_ON_SHEET.format(**parts, address=f"{column_letters(left + j)}{top + i}")

    def number(self, i: int, j: int) -> float:
        value = self.rows[i][j]
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, float) and math.isnan(value):
            return math.nan
        reading = read_number(error_of(value) or value)
        if reading.kind == "value huge":
            raise FunctionFault(TOO_LARGE)
        if reading.kind not in _TAKEN:
            raise FunctionFault(_NOT_A_NUMBER.format(place=self.place(i, j), found=shown(reading.found)))
        return reading.number


_PLACE = Text("{what}第 {row} 行第 {column} 列", "row {row}, column {column} of the {what}")
_PLACE_ON_SHEET = Text(
    "{what}第 {row} 行第 {column} 列（{address}）", "row {row}, column {column} of the {what} ({address})"
)
_NOT_A_NUMBER = Text("{place}应为数值，实为“{found}”", "{place}: expected a number, found “{found}”")
RANGE = Text("区域", "range")
_EMPTY = Text("区域中没有数值", "the range holds no number")
TOO_LARGE = Text("区域中的数值过大，无法计算", "the range holds numbers too large to compute with")


def shown(text: str) -> str:
    """A text as an answer quotes it: its beginning, where it is long."""
    return text if len(text) <= 30 else f"{text[:29]}…"


def read(argument: Any, what: Text = RANGE, *, keep: int = 0) -> Numbers:
    """The numbers of a block; blank rows and columns at its end are cut off, but for the first `keep` columns.

    Raises FunctionFault naming the first cell that holds anything but a number.
    """
    reader = _Reader(argument, what)
    rows = reader.rows
    if not rows:
        return Numbers(np.empty((0, 0)))
    try:
        kinds = set(map(type, chain.from_iterable(rows)))
    except TypeError:
        kinds = {object}
    if kinds <= {*_PLAIN, int}:
        values = np.array(rows, dtype=np.float64)
        if (np.abs(values) >= LARGEST).any():
            raise FunctionFault(TOO_LARGE)
        if int not in kinds or not ((values >= FIRST_ERROR) & (values <= LAST_ERROR)).any():
            return Numbers(_cut(values, keep))
    n_headings = _n_headings(reader)
    values = _slowly(reader, n_headings)
    headings = tuple(tuple(read_text(value) for value in row) for row in rows[:n_headings])
    width = max([keep, *(j + 1 for row in headings for j, text in enumerate(row) if text)])
    return Numbers(_cut(values, width), headings)


def read_some(argument: Any) -> Numbers:
    """The numbers of a function's main block, which must hold one at least."""
    numbers = read(argument)
    if not numbers.values.size:
        raise FunctionFault(_EMPTY)
    return numbers


def _cut(values: Array, keep: int) -> Array:
    there = ~np.isnan(values)
    if there.size and there[-1].any() and there[:, -1].any():
        return values
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    width = max(keep, int(columns[-1]) + 1 if columns.size else 0)
    return values[: int(rows[-1]) + 1 if rows.size else 0, :width]


def _slowly(reader: _Reader, first: int) -> Array:
    """The numbers below the headings, looking at each cell that is not one already."""
    rows = reader.rows
    values = np.full((len(rows) - first, len(rows[0])), np.nan)
    for i in range(first, len(rows)):
        for j, value in enumerate(rows[i]):
            if type(value) is float and abs(value) < LARGEST:
                values[i - first, j] = value
            elif value is not None:
                values[i - first, j] = reader.number(i, j)
    return values


def _n_headings(reader: _Reader) -> int:
    """Rows at the top that hold text and no number, above one that holds a number or is blank."""
    for n, row in enumerate(reader.rows[: _MOST_HEADERS + 1]):
        kinds = {_kind(value) for value in row}
        if "number" in kinds or "text" not in kinds:
            return n
    return 0


# A number with a footnote's mark or a decimal comma is no heading: its unit would be left out without a word.
_KINDS = {"": "blank", "value missing mark": "blank"} | dict.fromkeys(
    ("value number text", "value footnote", "value decimal comma"), "number"
)


def _kind(value: Any) -> str:
    if isinstance(value, str) and not error_of(value):
        reading = read_number(value)
        return _KINDS.get(reading.kind, "text")
    return "blank" if value is None else "number"
