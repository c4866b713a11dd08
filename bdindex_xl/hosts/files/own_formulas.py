"""Values of the formulas on sheets of our own that follow results, found as results are written.

So a file shows them right where no program calculates: in previews, on phones, in what reads values alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ...sheets import changes
from ...sheets.areas import Area
from ...sheets.book import Block, Formula, ResultTable, Value
from ...sheets.matching import unique
from .following import of_sheet
from .formula_tree import UnreadFormula
from .formula_values import CalculatedSheet, CellColumn, FormulaPlace
from .reading import read_columns
from .settling import CellPlace
from .sheet_xml import SheetXml
from .values import Decoder

MOST_ROWS = 60_000  # of a table: beyond, the program that opens the file has to calculate


class TableAnswers(NamedTuple):
    """Headers, sizes and columns of tables."""

    headers: Mapping[str, Sequence[str]]
    sizes: Mapping[str, int]
    columns: Mapping[tuple[str, int], Sequence[Any]]


class BookTables:
    """Tables as formulas read them: results as they were handed over, all else as the file has it."""

    def __init__(
        self, headers: Mapping[str, Sequence[str]], written: Sequence[ResultTable], read: Callable[[str], Block]
    ) -> None:
        self._headers = headers
        self._written = {table.table.casefold(): table for table in written}
        self._read = read
        self._columns: dict[tuple[str, int], CellColumn] = {}
        self._sizes: dict[str, int] = {}

    def header(self, table: str) -> Sequence[str]:
        if table.casefold() not in self._headers:
            raise UnreadFormula(table)
        return self._headers[table.casefold()]

    def n_rows(self, table: str) -> int:
        key = table.casefold()
        if key not in self._sizes:
            if key not in self._headers:
                raise UnreadFormula(table)
            written = self._written.get(key)
            self._sizes[key] = max(written.n_rows if written is not None else self._read(table).n_rows, 1)
            if self._sizes[key] > MOST_ROWS:
                raise UnreadFormula(table)
        return self._sizes[key]

    def answers(self) -> TableAnswers:
        """What has been asked of these so far, and what they gave."""
        columns = {key: column.values for key, column in self._columns.items()}
        return TableAnswers(self._headers, dict(self._sizes), columns)

    def give(self, known: TableAnswers) -> bool:
        """Whether these give what others gave."""
        if self._headers != known.headers:
            return False
        try:
            sizes = all(self.n_rows(table) == n for table, n in known.sizes.items())
            return sizes and all(_same(self.column(*key).values, values) for key, values in known.columns.items())
        except UnreadFormula:
            return False

    def column(self, table: str, j: int) -> CellColumn:
        key = table.casefold(), j
        if key not in self._columns:
            values = list(map(_plain, self._values(table, j)))
            self._columns[key] = CellColumn(values + [None] * (self.n_rows(table) - len(values)))
        return self._columns[key]

    def _values(self, table: str, j: int) -> Sequence[Any]:
        written, header = self._written.get(table.casefold()), self.header(table)[j]
        if written is not None:
            headers = unique(column.header for column in written.columns)
            if header in headers:
                values = written.columns[headers.index(header)].values
                return list(values.tolist() if hasattr(values, "tolist") else values)
        return self._read(table).columns[j]


def _same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return one == other and list(map(type, one)) == list(map(type, other))  # TRUE is no 1


def _plain(value: Any) -> Any:
    """A value as a cell holds it: no text without letters, whole numbers as any others."""
    if isinstance(value, Formula):
        return _plain(value.value) if value.value != "" else ""  # what a formula gives is a text all the same
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" or value != value else value


def calculated(
    sheet: SheetXml, name: str, decoder: Decoder, tables: BookTables
) -> tuple[dict[CellPlace, Value], list[Area]] | None:
    """Values of a sheet's formulas, and which of them are others than before.

    None where one is none of ours, or reads too much.
    """
    cells = list(of_sheet(sheet, name))
    if not cells:
        return {}, []
    if any(cell.shift != (0, 0) or cell.area.top != cell.area.bottom for cell in cells):
        return None
    right = max(cell.area.right for cell in cells)
    bottom = max(cell.area.bottom for cell in cells)
    columns = read_columns(sheet, Area(1, 1, bottom, right), decoder)
    there = {(i, j): value for j, column in enumerate(columns, 1) for i, value in enumerate(column, 1)}
    formulas = {(cell.area.top, cell.area.left): cell.text for cell in cells}
    found = _values(formulas, there, tables)
    if found is None:
        return None
    moved = [Area(*place, *place) for place, value in found.items() if not changes.alike(there.get(place), value)]
    return {(name, *place): value for place, value in found.items()}, moved


# What was found last, from what: a copy for others is written several times over with the same results.
_LAST: deque[tuple[Any, TableAnswers, dict[FormulaPlace, Value]]] = deque(maxlen=4)


def _values(
    formulas: Mapping[FormulaPlace, str], there: Mapping[FormulaPlace, Value], tables: BookTables
) -> dict[FormulaPlace, Value] | None:
    beside = {place: (type(value), value) for place, value in there.items() if place not in formulas}
    for of, answers, before in _LAST:
        if of == (formulas, beside) and tables.give(answers):
            return before
    work = CalculatedSheet(formulas, there, tables)
    try:
        found = {place: work.value(place) for place in work.formulas}
    except (UnreadFormula, RecursionError):
        return None
    _LAST.appendleft(((formulas, beside), tables.answers(), found))
    return found
