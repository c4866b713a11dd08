"""What users typed beside results, in columns of their own inside a result table, goes with its row.

A recalculation ranks units anew; a note that stayed where it is would stand beside another unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from . import schema
from .book import Block, Readable, ResultColumn, ResultTable
from .cells import heading, read_text
from .faults import Report
from .matching import own_columns, row_key, unique

_ROLE = "own"
RowKey = tuple[str, ...]


class _Moves(NamedTuple):
    """For each new row the old one of the same unit, and the old rows that have no place any more."""

    origins: tuple[int | None, ...]
    gone: tuple[int, ...]

    @property
    def any(self) -> bool:
        return bool(self.gone) or any(i not in (k, None) for k, i in enumerate(self.origins))


def carried(book: Readable, tables: Iterable[ResultTable], report: Report) -> list[ResultTable]:
    """The tables with what users typed into columns of their own, in its new order where rows change places.

    Reports what has no row any more, and columns that hold formulas too and so stay as they are.
    """
    there = book.tables()
    return [_carried(book, table, report) if table.table in there else table for table in tables]


def typed_columns(book: Readable, table: str) -> list[str]:
    """Headers of a user's own columns of typed values in a result table."""
    ours = own_columns(table, book.header(table))
    if len(ours) == len(book.header(table)):
        return []
    block, formulas = _block(book, table), {j for _, j in book.formulas(table)}
    own = (j for j in range(len(block.header)) if j not in ours and j not in formulas)
    return [block.header[j] for j in own if any(map(_says, block.columns[j]))]


def _carried(book: Readable, table: ResultTable, report: Report) -> ResultTable:
    headers = [heading(text) for text in unique(column.header for column in table.columns)]
    key = row_key(table.table)
    found = [heading(text) for text in book.header(table.table)]
    # Where a header of ours is missing the layout changes, and columns of a user's are in its way.
    if not key or set(found) <= set(headers) or not set(headers) <= set(found):
        return table
    block = _block(book, table.table)
    own = list(_own(block, headers, table.table))
    moves = _moves(_keys(table, key), _old_keys(block, [headers[j] for j in key]))
    if not own or not moves.any:
        return table
    formulas = {j for _, j in book.formulas(table.table)}
    for j in own:
        if j not in formulas:
            _tell_gone(block, j, moves.gone, [headers[k] for k in key], report)
        elif _is_mixed(book, block, j):
            report.add("own column mixed", block.sheet, block.cell(-1, j), header=block.header[j])
    typed = [ResultColumn(block.header[j], _ROLE, _moved(block.columns[j], moves)) for j in own if j not in formulas]
    return table._replace(columns=(*table.columns, *typed))


def _block(book: Readable, table: str) -> Block:
    """A table's cells under the headers of its own record: a header cell that strayed makes no column a user's."""
    return replace(book.read(table), header=tuple(book.header(table)))


def _own(block: Block, headers: Sequence[str], table: str) -> Iterator[int]:
    """Columns that a user added. Among scores of indicators, whose headers are a user's, one tells itself by words."""
    ours = own_columns(table, block.header)
    for j, header in enumerate(block.header):
        words = schema.sheet_of(table) is schema.NORMALISED and any(
            isinstance(value, str) for value in block.columns[j]
        )
        if heading(header) not in headers and (j not in ours or words) and any(map(_says, block.columns[j])):
            yield j


def _says(value: object) -> bool:
    return value is not None and value != ""


def _is_mixed(book: Readable, block: Block, j: int) -> bool:
    """Whether a column with formulas holds typed values, too."""
    formulas = {i for i, column in book.formulas(block.table) if column == j}
    return any(_says(value) and i not in formulas for i, value in enumerate(block.columns[j]))


def _keys(table: ResultTable, key: Sequence[int]) -> list[RowKey]:
    columns = [_plain(table.columns[j].values) for j in key]
    return [_key(row) for row in zip(*columns, strict=True)]


def _old_keys(block: Block, headers: Sequence[str]) -> list[RowKey]:
    found = [heading(header) for header in block.header]
    columns = [block.columns[found.index(header)] for header in headers]
    return [_key(row) for row in zip(*columns, strict=True)]


def _key(row: Iterable[Any]) -> RowKey:
    """What tells a row, in any language: rankings have a name in each."""
    return tuple(schema.ranking_key(read_text(value)) for value in row)


def _plain(values: Any) -> list[Any]:
    return list(values.tolist() if hasattr(values, "tolist") else values)


def _moves(new: Sequence[RowKey], old: Sequence[RowKey]) -> _Moves:
    waiting: dict[RowKey, list[int]] = defaultdict(list)
    for i, key in enumerate(old):
        waiting[key].append(i)
    origins = tuple(waiting[key].pop(0) if waiting[key] else None for key in new)
    return _Moves(origins, tuple(sorted(i for rows in waiting.values() for i in rows)))


def _moved(values: Sequence[Any], moves: _Moves) -> list[Any]:
    return [None if i is None else values[i] for i in moves.origins]


def _tell_gone(block: Block, j: int, gone: Iterable[int], key: Sequence[str], report: Report) -> None:
    found = [heading(header) for header in block.header]
    for i in gone:
        if _says(block.columns[j][i]):
            row = " ".join(read_text(block.columns[found.index(header)][i]) for header in key)
            report.add(
                "own note without a row", block.sheet, block.cell(i, j),
                row=row, header=block.header[j], value=read_text(block.columns[j][i]),
            )  # fmt: skip
