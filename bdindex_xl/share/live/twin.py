"""The live twin as a whole: results written as formulas, the steps on a sheet of their own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ...hosts.files import FileBook
from ...hosts.files.adding import NewColumn, NewSheet, with_sheet
from ...hosts.files.values import to_serial
from ...sheets import recalculate, schema
from ...sheets.book import Block, Results
from ...sheets.recalculate import Outcome
from . import lambdas, limits, ranking, tables, texts, working
from .grid import CONSTANTS, FIRST, HEADER, NOTE, TITLE, Grid
from .refs import Sheet
from .sources import locate
from .working import FULL, SHARE, TIE, Steps, cached

_WIDTH = 14.0  # characters
_CONSTANTS = {FULL: 2, TIE: 4, SHARE: 6}  # columns, counted from 1; what each is stands left of it


def live(data: bytes, outcome: Outcome | None = None) -> bytes:
    """A workbook whose results are formulas on its raw data, with the values that the engine finds.

    `outcome` is that of the recalculation whose results the file holds; without it, it is recalculated.

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
    inputs = outcome.inputs
    limits.check_method(inputs)
    limits.check_units(inputs)
    blocks = {name: _undated(book.read(name)) for name in book.tables() if not schema.is_data(name)}
    labels = {schema.ranking_label(r.key)[inputs.lang]: r.key for r in inputs.rankings}
    normalised = blocks[schema.TABLE_NORMALISED]
    weights = blocks[schema.TABLE_WEIGHTS]
    steps = Steps(
        inputs,
        outcome.results,
        locate(book, inputs),
        Sheet(normalised.sheet),
        normalised.row + 1,
        _normalised_columns(normalised, inputs),
        Sheet(weights.sheet),
        tables.weight_cells(labels, weights, inputs.lang),
        Grid(_free_name(book, texts.SHEET[inputs.lang]), texts.TITLE[inputs.lang]),
    )
    working.find_rows(steps)
    working.raw(steps)
    working.bounds(steps)
    working.scores(steps)
    working.closeness(steps)
    picked = ranking.units(steps)
    of_groups = ranking.groups(steps)
    made = [tables.normalised(steps), tables.weights(steps, weights)]
    made += [
        tables.ranking(steps, key, blocks[name], part)
        for key, part in picked.items()
        if (name := schema.table_of(schema.TABLE_RANKING, key)) in blocks
    ]
    if of_groups and schema.TABLE_GROUPS in blocks:
        made.append(tables.groups(steps, blocks[schema.TABLE_GROUPS], of_groups))
    limits.check_formulas(steps.grid, made)
    sheet = steps.grid.sheet
    book.write(Results(tuple(made)))
    names = {name: sheet.cell(CONSTANTS, column) for name, column in _CONSTANTS.items()}
    return with_sheet(book.to_bytes(), _sheet(steps, book), names | lambdas.names(inputs.lang))


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


def _normalised_columns(block: object, inputs: object) -> tuple[int, ...]:
    from ...sheets import layout

    specs = layout.normalised(inputs.framework, inputs.lang)  # type: ignore[attr-defined]
    return tuple(block.column + block.header.index(s.header) for s in specs if s.node)  # type: ignore[attr-defined]


def _sheet(steps: Steps, book: FileBook) -> NewSheet:
    """The steps as a sheet that looks like the result sheets."""
    looks = _Looks(book, steps)
    columns: list[NewColumn] = []
    for block in steps.grid.blocks:
        while len(columns) < block.left - 1:
            columns.append(NewColumn(3.0, {}))
        for j, column in enumerate(block.columns):
            cells: dict[int, tuple[object, str]] = {HEADER: (column.header, looks.header)}
            if j == 0:
                cells[NOTE] = (block.note, looks.note)
            columns.append(NewColumn(_WIDTH, cells, FIRST, column.cells, looks.of(column.role)))
    _add(columns, 1, TITLE, steps.grid.title, looks.title)
    lang, share = steps.lang, steps.sources.min_available
    least = float(steps.inputs.method.min_available)
    for name, label, value in (
        (FULL, texts.FULL, 100.0),
        (TIE, texts.TIE, 1e-10),
        (SHARE, texts.SHARE, cached(share, least) if share else least),
    ):
        _add(columns, _CONSTANTS[name] - 1, CONSTANTS, label[lang], looks.note)
        _add(columns, _CONSTANTS[name], CONSTANTS, value, "")
    return NewSheet(steps.grid.sheet.name, columns, HEADER)


def _add(columns: list[NewColumn], number: int, row: int, value: object, look: str) -> None:
    column = columns[number - 1]
    columns[number - 1] = replace(column, cells={row: (value, look), **column.cells})


class _Looks:
    """Numbers of looks that the result sheets have already."""

    def __init__(self, book: FileBook, steps: Steps) -> None:
        ranking = schema.table_of(schema.TABLE_RANKING, steps.inputs.rankings[0].key)
        rank = book.look(ranking, 0, 0) if ranking in book.tables() else ""
        table, above = schema.TABLE_NORMALISED, steps.normalised_first
        self.title, self.note = (book.look(table, row - above, 0) for row in (1, 2))
        self.header = book.look(table, -1, 0)
        self._by_role = {
            "year": book.look(table, 0, 0),
            "text": book.look(table, 0, 3),
            "score": book.look(table, 0, steps.normalised_columns[0] - 1),
            "rank": rank,
            "previous rank": rank,
        }

    def of(self, role: str) -> str:
        return self._by_role.get(role, "")
