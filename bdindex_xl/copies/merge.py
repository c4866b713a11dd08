"""What others filled into copies of a workbook, taken into it cell by cell; whatever contradicts is left and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from ..errors import SheetErrors
from ..hosts.files import FileBook
from ..hosts.files.filling import RowAndColumn
from ..model.framework import Indicator
from ..sheets import schema
from ..sheets.book import ErrorValue, Uncalculated, Value
from ..sheets.cells import heading, read_number, read_text
from ..sheets.faults import Report
from ..sheets.read_framework import read_framework
from ..sheets.read_settings import read_settings
from ..sheets.read_units import read_units
from .data_tables import DataTable, YearAndUnit, data_table, key_of
from .elsewhere import alike, check_tables, differences
from .merged import Conflict, FileCell, Merged, NotTaken, Taken

Prefer = Literal["returned", "main"] | None
_TAKEN_KINDS = {"", "value number text", "value missing mark"}


def merge(book: FileBook, name: str, returned: Sequence[tuple[str, FileBook]], prefer: Prefer = None) -> Merged:
    """Take what copies have filled in into `book`, in memory.

    Parameters
    ----------
    book, name
        The main workbook, and what messages call it.
    returned
        Copies with their names, in the order in which they are taken.
    prefer
        Which value stands where both are filled and differ; None leaves the main one and tells.

    Raises
    ------
    FileRefused
        Where a copy lost its tables of data.
    SheetErrors
        Where the main workbook's units cannot be read, or something is in the way of new rows.
    """
    for label, copy in returned:
        check_tables(book, label, copy)
    report = Report()
    units = read_units(book, report)
    if units is None:
        raise SheetErrors(report.findings)
    merged = Merged()
    indicators = _indicators(book)
    copies = [(label, copy, _indicators(copy)) for label, copy in returned]
    for label, copy, _ in copies:
        _unknown_tables(book, label, copy, merged)
        merged.left += differences(book, label, copy)
    for ranking in units.rankings:
        table = data_table(book, ranking, indicators, below := Report())
        _left_below(name, table, below, merged)
        if table is None:
            continue
        work = _Work(table, name, _headers(table, indicators), units.rankings[ranking], prefer, merged)
        for label, copy, own in copies:
            theirs = data_table(copy, ranking, own, below := Report())
            _left_below(label, theirs, below, merged)
            if theirs is not None:
                work.take(label, theirs, _headers(theirs, own))
        work.write(book)
    return merged


def _indicators(book: FileBook) -> tuple[Indicator, ...]:
    report = Report()
    settings, _ = read_settings(book, report)
    return read_framework(book, settings, report)[1]


def _unknown_tables(book: FileBook, label: str, copy: FileBook, merged: Merged) -> None:
    prefix = schema.DATA.prefix
    for table, sheet in copy.tables().items():
        if table.startswith(prefix) and table not in book.tables():
            merged.left.append(NotTaken("table", table, FileCell(label, sheet, "", None)))


def _left_below(label: str, table: DataTable | None, report: Report, merged: Merged) -> None:
    """Rows typed under a table, which are not part of it; the first value of the first one is quoted."""
    for finding in report.findings:
        if finding.kind == "rows below" and table is not None:
            first = next((value for value in table.table.block.below[0][1] if value is not None), None)
            merged.left.append(NotTaken("below", finding.sheet, FileCell(label, finding.sheet, finding.cell, first)))


def _headers(table: DataTable, indicators: Iterable[Indicator]) -> dict[str, int]:
    """Columns that may be filled, by what they are: an indicator's code, or a user's own header."""
    block = table.table.block
    known = {indicator.code for indicator in indicators}
    columns = {f"={code}": j for code, j in table.columns.items() if code in known}
    taken = set(columns.values())
    own = {heading(block.header[j]): j for j in table.table.rest if j not in taken and heading(block.header[j])}
    return columns | own


def is_blank(value: Value) -> bool:
    """Whether a cell waits to be filled: nothing, or a mark for a missing value."""
    return read_text(value) == "" or (isinstance(value, str) and read_number(value).kind == "value missing mark")


def _taken_as(value: Value, *, numeric: bool) -> Value:
    """What is written for a copy's value: a number for a text that plainly is one; None where it is of no use."""
    if isinstance(value, ErrorValue | Uncalculated):
        return None
    if not numeric:
        return value
    reading = read_number(value)
    if reading.kind not in _TAKEN_KINDS:
        return None
    return reading.number if reading.number == reading.number else value


class _Work:
    """Merging into one data table."""

    def __init__(
        self, table: DataTable, name: str, columns: Mapping[str, int], units: Mapping[str, str], prefer: Prefer,
        merged: Merged,
    ) -> None:  # fmt: skip
        self._table, self._name, self._columns = table, name, columns
        self._units, self._prefer, self._merged = units, prefer, merged
        self._rows = dict(table.rows)
        self._cells: dict[RowAndColumn, Value] = {}
        self._from: dict[RowAndColumn, Taken | Conflict] = {}
        self._disputed: set[RowAndColumn] = set()

    def take(self, label: str, theirs: DataTable, columns: Mapping[str, int]) -> None:
        """All that one copy has for this table."""
        for name, j in columns.items():
            if name not in self._columns:
                self._leave_column(label, theirs, j)
        for i in range(theirs.table.block.n_rows):
            filled = [(name, j) for name, j in columns.items() if not is_blank(theirs.value(i, j))]
            key = key_of(theirs.table, i)
            if not filled:
                continue
            if key is None or key[1] not in self._units or theirs.rows[key] != i:
                self._leave_row(label, theirs, i, key, filled)
                continue
            for name, j in filled:
                if name in self._columns:
                    self._take_cell(key, name, _cell(label, theirs, i, j))

    def _leave_column(self, label: str, theirs: DataTable, j: int) -> None:
        block = theirs.table.block
        for i in range(block.n_rows):
            if not is_blank(theirs.value(i, j)):
                key = key_of(theirs.table, i)
                what = " ".join([*(map(str, key) if key else ()), block.header[j]])
                self._merged.left.append(NotTaken("indicator", what, _cell(label, theirs, i, j)))

    def _leave_row(
        self, label: str, theirs: DataTable, i: int, key: YearAndUnit | None, filled: Iterable[tuple[str, int]]
    ) -> None:
        kind = "row" if key is None else "row twice" if key[1] in self._units else "unit"
        for name, j in filled:
            if name in self._columns:  # the rest is told with its column
                what = " ".join([*(map(str, key) if key else ()), theirs.table.block.header[j]])
                self._merged.left.append(NotTaken(kind, what, _cell(label, theirs, i, j)))

    def _take_cell(self, key: YearAndUnit, name: str, returned: FileCell) -> None:
        value = _taken_as(returned.value, numeric=name.startswith("="))
        j = self._columns[name]
        header = self._table.table.block.header[j]
        known = key in self._rows
        at = self._rows[key] if known else None
        current = self._current((at, j)) if at is not None else None
        if at is not None and alike(current, returned.value):
            return
        if value is None:
            self._merged.left.append(NotTaken("value", f"{key[0]} {key[1]} {header}", returned))
            return
        at = self._row(key) if at is None else at
        place = at, j
        main = FileCell(self._name, self._table.table.block.sheet, self._table.table.block.cell(*place), current)
        if is_blank(current) and place not in self._disputed:
            added = at >= self._table.table.block.n_rows
            self._set(place, value, Taken(*key, header, main, returned, added))
        else:
            self._dispute(place, value, Conflict(*key, header, main, returned, "none"))

    def _current(self, place: RowAndColumn) -> Value:
        i, j = place
        if place in self._cells:
            return self._cells[place]
        return self._table.value(i, j) if i < self._table.table.block.n_rows else None

    def _row(self, key: YearAndUnit) -> int:
        """A new row for that year and unit, after all others."""
        table = self._table.table
        i = max([table.block.n_rows - 1, *(row for row, _ in self._cells)]) + 1
        self._rows[key] = i
        self._merged.rows_added += 1
        codes = table.column("unit")
        numeric = bool(codes) and isinstance(codes[0], float) and key[1].isdigit()
        names: dict[str, Value] = {
            "year": float(key[0]), "unit": float(key[1]) if numeric else key[1], "name": self._units[key[1]]
        }  # fmt: skip
        self._cells |= {(i, j): names[column] for column, j in table.places.items()}
        return i

    def _set(self, place: RowAndColumn, value: Value, done: Taken | Conflict) -> None:
        self._cells[place] = value
        self._from[place] = done

    def _dispute(self, place: RowAndColumn, value: Value, conflict: Conflict) -> None:
        """Two different values: the one preferred stands; where two copies contradict each other, neither does."""
        earlier = self._from.get(place)
        if isinstance(earlier, Taken) or place in self._disputed:
            if isinstance(earlier, Taken):  # two copies: the blank stays, and both are told
                first = Conflict(earlier.year, earlier.unit, earlier.column, earlier.main, earlier.returned, "none")
                self._merged.conflicts.append(first)
                del self._cells[place], self._from[place]
                self._disputed.add(place)
            self._merged.conflicts.append(conflict)
            return
        taken: Literal["main", "returned", "none"] = self._prefer or "none"
        if earlier is not None and taken == "returned":  # an earlier copy has been preferred already
            taken = "none"
        made = Conflict(conflict.year, conflict.unit, conflict.column, conflict.main, conflict.returned, taken)
        if taken == "returned":
            self._set(place, value, made)
        else:
            self._merged.conflicts.append(made)

    def write(self, book: FileBook) -> None:
        """Set the cells taken; those with a formula stay and become conflicts."""
        kept = set(book.set_cells(self._table.name, self._cells)) if self._cells else set()
        for place, done in self._from.items():
            if place in kept:
                self._merged.conflicts.append(
                    Conflict(done.year, done.unit, done.column, done.main, done.returned, "main", formula=True)
                )
            elif isinstance(done, Taken):
                self._merged.taken.append(done)
            else:
                self._merged.conflicts.append(done)


def _cell(label: str, table: DataTable, i: int, j: int) -> FileCell:
    return FileCell(label, table.table.block.sheet, table.table.block.cell(i, j), table.value(i, j))
