"""The live twin as a whole: results written as formulas, the steps on a sheet of their own."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...core.rank import TIE as CLOSE
from ...engine.compute import Result
from ...hosts.files import FileBook
from ...hosts.files.values import to_serial
from ...sheets import layout, phrases, schema
from ...sheets.book import Block, LiveResults, Results, ResultTable, Value, column_letters
from ...sheets.inputs import Inputs
from ...sheets.write import result_tables
from ...tasks import recalculate
from ...tasks.recalculate import Outcome
from ...workbook import fit
from . import (
    capacity,
    growth_formulas,
    lambdas,
    normalised_formulas,
    prepared_formulas,
    rank_formulas,
    raw_formulas,
    result_formulas,
    score_formulas,
    weight_formulas,
    working,
)
from . import working_texts as texts
from .adding import NewColumn, NewSheet, with_sheet
from .grid import CONSTANTS, FIRST, HEADER, NOTE, TITLE, Grid
from .refs import SheetRef
from .sources import Sources, locate
from .working import FULL, SHARE, TIE, Steps, cached

_WIDTH = 14.0  # characters
_NOTE_HEIGHT = 48.0  # points: three lines
_LINE, _MOST_LINES = 16.5, 10  # of headers: points, and how many show
_ON_A_PAGE = 14  # columns of that width
_PLACES = frozenset(sheet.table for sheet in (schema.NORMALISED, schema.HISTORY, schema.GROWTH))  # of no cell's value
_CONSTANTS = {FULL: 2, TIE: 4, SHARE: 6}  # columns, counted from 1; what each is stands left of it


def live(data: bytes, outcome: Outcome | None = None, found: Sources | None = None) -> bytes:
    """A workbook whose results are formulas on its raw data, with the values that the engine finds.

    `outcome` is that of the recalculation whose results the file holds; without it, it is recalculated. `found` are the
    places of its input, where they are known.

    Raises
    ------
    SheetErrors
        Where its input is at fault: formulas would only hide it.
    FileRefused
        Where the file cannot be read.
    NoFormulas
        Where formulas would be longer, or slower, than spreadsheet programs bear, or the method has none.
    """
    book = FileBook.from_bytes(data)
    outcome = outcome or recalculate.recalculate(book, now=None)
    names = [name for name in recalculate.names_of_results(outcome.inputs) if name in book.tables()]
    blocks = {name: book.place(name) if name in _PLACES else _undated(book.read(name)) for name in names}
    grid = Grid(_free_name(book, texts.SHEET[outcome.inputs.lang]), texts.TITLE[outcome.inputs.lang])
    found = found or locate(book, outcome.inputs)
    steps, made = _computed(found, outcome.inputs, outcome.results, blocks, grid)
    sheet = _sheet(steps, book)  # by the looks of results, of which there is less to read before they are formulas
    book.write(Results(made, as_shown=True))
    constants = {name: steps.grid.sheet.cell(CONSTANTS, column) for name, column in _CONSTANTS.items()}
    return with_sheet(book.to_bytes(), sheet, constants | lambdas.names(steps.lang))


def live_results(book: FileBook, inputs: Inputs, results: Mapping[str, Result], sheet: str) -> LiveResults:
    """What `live` writes into a workbook of these inputs and results, with `sheet` for the steps. Raises as `live`."""
    should = [table for table in result_tables(inputs, results) if table.table in book.tables()]
    blocks = {table.table: book.read(table.table) for table in should}
    if not all({column.header for column in table.columns} <= set(blocks[table.table].header) for table in should):
        book = FileBook.from_bytes(book.to_bytes())  # columns of ours are gone: as a recalculation would place them
        recalculate.recalculate(book, now=None)
        blocks = {table.table: book.read(table.table) for table in should}
    blocks = {table.table: _recalculated(blocks[table.table], table) for table in should}
    steps, made = _computed(locate(book, inputs), inputs, results, blocks, Grid(sheet, texts.TITLE[inputs.lang]))
    return LiveResults(made, {j: _cells(column) for j, column in enumerate(_sheet(steps, book).columns, 1)})


def _cells(column: NewColumn) -> dict[int, Value]:
    """The cells of a column of the steps, by row."""
    above = {row: value for row, (value, _) in column.cells.items()}
    return above | dict(enumerate(column.run, column.first))


def _recalculated(block: Block, table: ResultTable) -> Block:
    """A block where the table stands, with the table's values."""
    columns: list[Sequence[Any]] = [[None] * table.n_rows] * len(block.header)
    for column in table.columns:
        columns[block.header.index(column.header)] = [_plain(value) for value in column.values]
    return replace(block, columns=tuple(columns))


def _plain(value: Any) -> str | float | None:
    """A value as it is read once it was written."""
    if value is None or isinstance(value, str):
        return value or None
    number = float(value)
    return None if math.isnan(number) else number


def _computed(
    found: Sources, inputs: Inputs, results: Mapping[str, Result], blocks: Mapping[str, Block], grid: Grid
) -> tuple[Steps, tuple[ResultTable, ...]]:
    """The steps, on that grid, and result tables of formulas; `blocks` are those of the results as they stand."""
    capacity.check_method(inputs)
    capacity.check_units(inputs)
    labels = {schema.ranking_label(r.key)[inputs.lang]: r.key for r in inputs.rankings}
    normalised = blocks[schema.NORMALISED.table]
    weights = blocks[schema.WEIGHTS.table]
    steps = Steps(
        inputs,
        results,
        found,
        SheetRef(normalised.sheet),
        normalised.row + 1,
        _normalised_columns(normalised, inputs),
        SheetRef(weights.sheet),
        result_formulas.weight_cells(labels, weights, inputs.lang),
        grid,
    )
    working.find_rows(steps)
    raw_formulas.raw(steps)
    prepared_formulas.prepared(steps)
    normalised_formulas.bounds(steps)
    score_formulas.scores(steps)
    weight_formulas.closeness(steps)
    picked = rank_formulas.units(steps)
    of_groups = rank_formulas.groups(steps)
    made = [result_formulas.normalised(steps), result_formulas.weights(steps, weights)]
    made += [
        result_formulas.ranking(steps, r.key, blocks[name], picked[r.key, r.shown])
        for r in inputs.rankings
        if (name := schema.table_of(schema.RANKING.table, r.key)) in blocks
    ]
    if schema.HISTORY.table in blocks:
        made.append(result_formulas.history(steps, blocks[schema.HISTORY.table], picked))
    if schema.GROWTH.table in blocks:
        made.append(growth_formulas.growth(steps, blocks[schema.GROWTH.table], picked))
    if schema.WEIGHTS_BY_YEAR.table in blocks:
        made.append(result_formulas.weights_by_year(steps, weights))
    if of_groups and schema.GROUPS.table in blocks:
        made.append(result_formulas.groups(steps, blocks[schema.GROUPS.table], of_groups))
    capacity.check_formulas(steps.grid, made)
    return steps, tuple(made)


def _undated(block: Block) -> Block:
    """A block whose numbers are numbers, even where a reader has them shown as dates."""
    columns = (
        [to_serial(value, since_1904=False) if isinstance(value, dt.datetime) else value for value in column]
        for column in block.columns
    )
    return replace(block, columns=tuple(columns))


def _free_name(book: FileBook, name: str) -> str:
    """A name that no sheet has yet."""
    taken = {sheet.casefold() for sheet in book.sheets()}
    names = (name if n == 1 else f"{name} ({n})" for n in range(1, len(taken) + 2))
    return next(free for free in names if free.casefold() not in taken)


def _normalised_columns(block: Block, inputs: Inputs) -> tuple[int, ...]:
    specs = layout.specs(schema.NORMALISED, inputs.framework, inputs.lang)
    return tuple(block.column + block.header.index(s.header) for s in specs if s.node)


def _sheet(steps: Steps, book: FileBook) -> NewSheet:
    """The steps as a sheet that looks like the result sheets."""
    looks = _Looks(book, steps)
    columns: list[NewColumn] = []
    for block in steps.grid.blocks:
        while len(columns) < block.left - 1:
            columns.append(NewColumn(3.0, {}))
        for j, column in enumerate(block.columns):
            cells: dict[int, tuple[Value, str]] = {HEADER: (column.header, looks.header)}
            if j == 0:
                cells[NOTE] = (block.note, looks.note)
            columns.append(NewColumn(_WIDTH, cells, FIRST, column.cells, looks.of(column.role)))
    _add(columns, 1, TITLE, steps.grid.title, looks.title)
    lang, share = steps.lang, steps.sources.min_available
    least, scale = float(steps.inputs.method.min_available), steps.inputs.method.scale
    for name, label, value in (
        (FULL, texts.FULL, scale),
        (TIE, texts.TIE, CLOSE * scale),
        (SHARE, texts.SHARE, cached(share, least) if share else least),
    ):
        _add(columns, _CONSTANTS[name] - 1, CONSTANTS, label[lang], looks.note)
        _add(columns, _CONSTANTS[name], CONSTANTS, value, "")
    blocks = [(block.left, len(block.columns)) for block in steps.grid.blocks]
    merged = [
        f"{column_letters(left)}{NOTE}:{column_letters(left + width - 1)}{NOTE}" for left, width in blocks if width > 1
    ]
    lines = max(fit.header_lines(column.header, _WIDTH) for block in steps.grid.blocks for column in block.columns)
    heights = {NOTE: _NOTE_HEIGHT, HEADER: min(lines, _MOST_LINES) * _LINE + 4}
    return NewSheet(steps.grid.sheet.name, columns, HEADER, _breaks(blocks), phrases.FOOTER[lang], merged, heights)


def _breaks(blocks: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Columns after which a page ends, so that no block is cut that fits on one; blocks as first column and width.

    >>> _breaks([(1, 9), (11, 3), (15, 2), (18, 40), (59, 2)])
    (14, 17, 58)
    """
    ends, start = list[int](), 1
    for left, width in blocks[1:]:
        if left + width - start > _ON_A_PAGE:
            ends.append(left - 1)
            start = left
    return tuple(ends)


def _add(columns: list[NewColumn], number: int, row: int, value: Value, look: str) -> None:
    column = columns[number - 1]
    columns[number - 1] = replace(column, cells={row: (value, look), **column.cells})


class _Looks:
    """Numbers of looks that the result sheets have already."""

    def __init__(self, book: FileBook, steps: Steps) -> None:
        ranking = schema.table_of(schema.RANKING.table, steps.inputs.rankings[0].key)
        rank = book.look(ranking, 0, 0) if ranking in book.tables() else ""
        table, above = schema.NORMALISED.table, steps.normalised_first
        self.title, self.note = (book.look(table, row - above, 0) for row in (1, 2))
        self.header = book.look(table, -1, 0)
        score = book.look(table, 0, steps.normalised_columns[0] - 1)
        self._by_role = {
            "year": book.look(table, 0, 0),
            "text": book.look(table, 0, 3),
            "score": score,
            "value": score,  # of distances, which else run over their neighbours
            "rank": rank,
            "previous rank": rank,
        }

    def of(self, role: str) -> str:
        return self._by_role.get(role, "")
