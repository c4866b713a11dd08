"""Analyses that a workbook holds, made anew from its inputs: the audit with its statistics, and the explanation.

They follow from the inputs and from nothing else. What hangs on draws takes minutes and is left to who wants it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import BdIndexError
from ..hosts.files import FileBook
from ..language import Text, same
from ..sheets import schema
from ..sheets.book import Block, Results, ResultTable
from ..sheets.cells import read_number, read_text
from ..sheets.inputs import Inputs
from ..study import audit, explanation
from ..study.written import fingerprint
from . import texts
from .compare import columns_of
from .seen.scene import Sighting

_TEXTS = {"text", "long text", "name", "code", "year"}  # roles of columns that tell rows apart
_CLOSE = 1e-9
_MARK, _YEAR, _UNIT = "inputs", "year", "unit"


class _Overheard(FileBook):
    """A workbook that remembers what is to be written to it, and writes nothing."""

    results: tuple[ResultTable, ...] = ()

    def write(self, results: Results) -> list[str]:
        self.results = results.tables
        return []


def made_anew(book: FileBook, inputs: Inputs) -> tuple[ResultTable, ...]:
    """Analyses in a workbook as they should be; those of other inputs, or in another language, are left out."""
    own = {name: block for name in _MADE if name in book.tables() and _is_of(block := book.read(name), inputs)}
    if not own:
        return ()
    overheard = _Overheard(book.to_bytes())
    found: list[ResultTable] = []
    if own.keys() & {schema.TABLE_AUDIT, schema.TABLE_STATISTICS}:
        audit.study(overheard)
        found += overheard.results
    if schema.TABLE_EXPLANATION in own:
        found += _explained(overheard, own[schema.TABLE_EXPLANATION])
    return tuple(table for table in found if table.table in own)


def _explained(book: _Overheard, block: Block) -> tuple[ResultTable, ...]:
    """The explanation of the units and the year that the sheet names; none where it names what is not there."""
    years = {read_number(value).number for value in _column(block, _YEAR)}
    units = dict.fromkeys(read_text(value) for value in _column(block, _UNIT))
    try:
        explanation.study(book, list(units), year=int(*years))
    except (BdIndexError, TypeError, ValueError):
        return ()
    return book.results


_MADE = (schema.TABLE_AUDIT, schema.TABLE_STATISTICS, schema.TABLE_EXPLANATION)


def _column(block: Block, key: str) -> Sequence[Any]:
    """Filled cells of a column of an analysis; none where the block lacks it."""
    column = next(column for column in schema.ANALYSES[block.table] if column.key == key)
    at = [j for text in column.header.both() for j in columns_of([text], block.header).values()]
    return [value for value in block.columns[at[0]] if value not in (None, "")] if at else ()


def _is_of(block: Block, inputs: Inputs) -> bool:
    marks = {read_text(value) for value in _column(block, _MARK)}
    headers = [column.header[inputs.lang] for column in schema.ANALYSES[block.table]]
    return marks == {fingerprint(inputs)} and len(columns_of(headers, block.header)) == len(headers)


def sightings(book: FileBook, tables: Sequence[ResultTable]) -> Iterator[Sighting]:
    """Cells of analyses that are not as they should be."""
    for table in tables:
        yield from _compared(table, book.read(table.table))


def _compared(table: ResultTable, block: Block) -> Iterator[Sighting]:
    """Rows by their texts, in the order they stand in; a reader may have sorted them."""
    at = columns_of([column.header for column in table.columns], block.header)
    keys = [k for k, column in enumerate(table.columns) if column.role in _TEXTS]
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
            if k not in keys and not _alike(a, b):
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
