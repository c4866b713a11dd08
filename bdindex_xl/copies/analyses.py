"""Analyses that a workbook holds, made anew from its inputs and from what their notes say they were asked.

One that hangs on so many draws that it takes long is made again only where the caller wants it however long it takes.
What cannot be made again is told, with the reason.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import BdIndexError
from ..language import Text, same
from ..sheets import digest, schema
from ..sheets.book import Block, Book, NamedCell, Results, ResultTable, Value
from ..sheets.cells import read_number, read_text
from ..sheets.inputs import Inputs
from ..sheets.keyed_table import is_blank
from ..tasks.written import fingerprint
from . import copies_texts as texts
from .appearance.scene import Sighting
from .compare import columns_of, headings_that_differ

if TYPE_CHECKING:  # how each is made is imported where it is made: few workbooks hold them all
    from ..tasks.asked import Asked

_TEXTS = {"text", "long text", "name", "code", "year"}  # roles of columns that tell rows apart
_CLOSE = 1e-9
_MARK, _YEAR, _UNIT = "inputs", "year", "unit"
_AUDIT = {schema.AUDIT.table, schema.STATISTICS.table, schema.CORRELATIONS.table}
_SCENARIOS = {schema.SCENARIO_SUMMARY.table, schema.SCENARIO_RANKS.table}
_ROBUST = (schema.ROBUSTNESS.table, schema.SENSITIVITY.table)
# Indicators of units in rankings: some five seconds on an ordinary computer, and what a draw takes beside its units.
_MOST_WORK, _OF_A_DRAW = 4e8, 500


@dataclass(frozen=True, slots=True)
class NotRemade:
    """An analysis that was not made again, and why."""

    table: str
    sheet: str
    why: Text


@dataclass(frozen=True, eq=False)
class Anew:
    """Analyses as they should be: tables, headings and notes by defined name; and those that could not be made."""

    tables: tuple[ResultTable, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    left: tuple[NotRemade, ...] = ()


class _Overheard(Book):
    """A workbook that remembers what is to be written to it and writes nothing."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._read: dict[str, Block] = {}
        self.results: list[ResultTable] = []
        self.headings: dict[str, str] = {}

    def tables(self) -> Mapping[str, str]:
        return self._book.tables()

    def sheet_of(self, name: str) -> str | None:
        return self._book.sheet_of(name)

    def cells(self, names: Iterable[str]) -> dict[str, NamedCell]:
        return self._book.cells(names)

    def set_cells(self, table: str, cells: Mapping[tuple[int, int], Value]) -> list[tuple[int, int]]:
        return []

    def is_shown(self, table: str) -> bool:
        return self._book.is_shown(table)

    def show(self, table: str) -> None:
        pass

    def read(self, table: str) -> Block:
        if table not in self._read:
            self._read[table] = self._book.read(table)
        return self._read[table]

    def header(self, table: str) -> Sequence[str]:
        return self._book.header(table)

    def formulas(self, table: str) -> Collection[tuple[int, int]]:
        return self._book.formulas(table)

    def write(self, results: Results) -> list[str]:
        self.results += results.tables
        self.headings |= {name: read_text(text) for name, text in results.cells.items()}
        return []


def made_anew(book: Book, inputs: Inputs, *, however_long: bool) -> Anew:
    """Analyses in a workbook as they should be; those of other inputs, or in another language, are left."""
    there = {one.table: book.read(one.table) for one in schema.ANALYSES if one.table in book.tables()}
    there = {name: block for name, block in there.items() if _is_made(block)}
    why = {name: texts.OF_OTHERS for name, block in there.items() if not _is_of(block, inputs)}
    own = {name: block for name, block in there.items() if name not in why}
    overheard = _Overheard(book) if own else None
    if overheard is not None:
        if own.keys() & _AUDIT:
            from ..tasks.audit import audit_workbook

            audit_workbook(overheard)
        if own.keys() & _SCENARIOS:
            why |= _compared_scenarios(overheard, own)
        if schema.EXPLANATION.table in own and not _explained(overheard, own[schema.EXPLANATION.table]):
            why[schema.EXPLANATION.table] = texts.UNITS_UNKNOWN
        if robust := [name for name in _ROBUST if name in own]:
            notes = _notes(book, [name for name in _ROBUST if name in book.tables()])
            reason = _drawn(overheard, inputs, notes, however_long=however_long)
            why |= dict.fromkeys(robust, reason) if reason is not None else {}
    left = tuple(NotRemade(name, there[name].sheet, reason) for name, reason in why.items())
    if overheard is None:
        return Anew(left=left)
    made = {table.table: table for table in overheard.results if table.table in own.keys() - why.keys()}
    names = {template.format(table=name) for name in made for template in (schema.CELL_TITLE, schema.CELL_NOTE)}
    cells = {name: text for name, text in overheard.headings.items() if name in names}
    return Anew(tuple(made.values()), cells, left)


def _explained(book: _Overheard, block: Block) -> bool:
    """The explanation of the units and the year that the sheet names; not where it names what is not there."""
    from ..tasks.explain import explain_units

    years = {read_number(value).number for value in _column(block, _YEAR)}
    units = dict.fromkeys(read_text(value) for value in _column(block, _UNIT))
    try:
        explain_units(book, list(units), year=int(*years))
    except (BdIndexError, TypeError, ValueError):
        return False
    return True


def _compared_scenarios(book: _Overheard, own: Mapping[str, Block]) -> dict[str, Text]:
    """Scenarios compared anew; why not, where the workbook names others by now."""
    from ..tasks.scenarios import compare_scenarios

    there = own.keys() & _SCENARIOS
    try:
        compare_scenarios(book)
    except BdIndexError:
        return dict.fromkeys(there, texts.OTHER_SCENARIOS)
    made = {table.table: table for table in book.results}
    # The ranks do not tell what their scenarios are: they are of those of the summary.
    same_ones = all(_told_of(own[name]) == _told_of(made[name]) for name in there)
    return {} if same_ones else dict.fromkeys(there, texts.OTHER_SCENARIOS)


def _told_of(table: Block | ResultTable) -> set[tuple[str, ...]]:
    """Which scenarios a table is of: those that it names with what differs, or those that have columns."""
    if isinstance(table, Block):
        of = dict(zip(table.header, table.columns, strict=True))
    else:
        of = {column.header: list(column.values) for column in table.columns}
    if table.table != schema.SCENARIO_SUMMARY.table:
        return {(text,) for text in of}
    names = [text for key in ("scenario", "what") for text in _headers(table.table, key)]
    told = [of[list(of)[j]] for j in columns_of(names, list(of)).values()]
    return {tuple(map(read_text, row)) for row in zip(*told, strict=True)}


def _notes(book: Book, names: Sequence[str]) -> dict[str, str]:
    """The notes over the sheets of these tables."""
    of_name = {schema.CELL_NOTE.format(table=name): name for name in names}
    return {of_name[name]: read_text(cell.value) for name, cell in book.cells(of_name).items()}


def _drawn(book: _Overheard, inputs: Inputs, notes: Mapping[str, str], *, however_long: bool) -> Text | None:
    """Robustness and sensitivity as the notes say they were asked; or why not."""
    from ..tasks.asked import asked
    from ..tasks.robustness import analyse_robustness

    wanted = asked(inputs, notes)
    if wanted is None:
        return texts.NOT_TOLD
    if not however_long and _work(inputs, wanted) > _MOST_WORK:
        return texts.TAKES_LONG.format(n=f"{wanted.n_draws:,}")
    try:
        analyse_robustness(book, wanted.uncertainty, n_draws=wanted.n_draws, base=wanted.base, seed=wanted.seed)
    except BdIndexError:
        return texts.NOT_TOLD
    return None


def _work(inputs: Inputs, wanted: Asked) -> float:
    """About how many indicators of units are looked at: of every draw, and of every unit that is removed in turn."""
    from ..tasks.robustness import MOST_REMOVED

    sources, width = len(wanted.uncertainty.sources), len(inputs.framework.indicators)
    rankings = wanted.n_draws * (1 + sources) + wanted.base * (2 + sources)
    units = [len(ranking.panel.units) for ranking in inputs.rankings]
    removed = sum(10 * n * n * width for n in units if n <= MOST_REMOVED)
    return removed + sum(rankings * (_OF_A_DRAW + n * width) for n in units)


def _column(block: Block, key: str) -> Sequence[Any]:
    """Filled cells of a column of an analysis; none where the block lacks it."""
    at = [j for text in _headers(block.table, key) for j in columns_of([text], block.header).values()]
    return [value for value in block.columns[at[0]] if value not in (None, "")] if at else ()


def _headers(table: str, key: str) -> tuple[str, str]:
    """What a column of an analysis is called, in both languages."""
    return next(column.header.both() for column in _columns_of(table) if column.key == key)


def _columns_of(table: str) -> tuple[schema.Column, ...]:
    return next(sheet.columns for sheet in schema.ANALYSES if sheet.table == table)


def _is_made(block: Block) -> bool:
    """Whether there is anything in a table: those of analyses that nobody has made are empty."""
    return not all(is_blank(value) for column in block.columns for value in column)


def _is_of(block: Block, inputs: Inputs) -> bool:
    marks, own = {read_text(value) for value in _column(block, _MARK)}, fingerprint(inputs)
    headers = [column.header[inputs.lang] for column in _columns_of(block.table)]
    return (
        bool(marks)
        and all(digest.same(mark, own) for mark in marks)
        and len(columns_of(headers, block.header)) == len(headers)
    )


def sightings(book: Book, anew: Anew, *, notes: bool) -> Iterator[Sighting]:
    """Cells of analyses that are not as they should be; with `notes`, those over them as well."""
    for name, cell, text in headings_that_differ(book, anew.cells, notes=notes):
        yield _told(cell.sheet, cell.cell, same(f"“{anew.cells[name]}”"), same(f"“{text}”"))
    for table in anew.tables:
        yield from _compared(table, book.read(table.table))


def _compared(table: ResultTable, block: Block) -> Iterator[Sighting]:
    """Rows by their texts, in the order they stand in; a reader may have sorted them."""
    at = columns_of([column.header for column in table.columns], block.header)
    marks = _headers(table.table, _MARK)  # which `_is_of` has looked at
    keys = [k for k, column in enumerate(table.columns) if column.role in _TEXTS and column.header not in marks]
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(table.n_rows):
        waiting[tuple(read_text(_plain(table.columns[k].values[i])) for k in keys)].append(i)
    for i in range(block.n_rows):
        key = tuple(read_text(block.columns[at[k]][i]) for k in keys)
        if not any(key):
            continue
        if not waiting.get(key):
            name = " ".join(part for part in key if part)
            yield _told(block.sheet, block.cell(i, 0), texts.NO_ROW, texts.ROW.format(what=name))
            continue
        row = waiting[key].pop(0)
        for k, column in enumerate(table.columns):
            a, b = _plain(column.values[row]), block.columns[at[k]][i]
            if k not in keys and column.header not in marks and not _alike(a, b):
                yield _told(block.sheet, block.cell(i, at[k]), _value(a), _value(b))
    for key, left in waiting.items():
        for _ in left:
            name = " ".join(part for part in key if part)
            yield _told(block.sheet, "", texts.ROW.format(what=name), texts.NO_ROW)


def _told(sheet: str, cell: str, expected: Text, found: Text) -> Sighting:
    return Sighting("analysis", True, sheet, cell, expected, found)


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else float(value) if isinstance(value, int) else value


def _alike(a: Any, b: Any) -> bool:
    one, other = read_number(a).number, read_number(b).number
    if math.isnan(one) or math.isnan(other):
        return read_text(a) == read_text(b) if isinstance(a, str) else math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE)


def _value(value: Any) -> Text:
    text = (
        f"{value:.15g}" if isinstance(value, float) and value == value else "" if value != value else read_text(value)
    )
    return same(text) if text else texts.BLANK
