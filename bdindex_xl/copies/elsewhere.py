"""What a returned copy holds elsewhere than in its data: a merge takes nothing of it, and names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..core import digits
from ..errors import FileRefused
from ..hosts.files import FileBook
from ..hosts.files.refusals import not_ours
from ..language import Text, joined, same
from ..sheets import schema
from ..sheets.book import Value
from ..sheets.cells import heading, read_number, read_text
from ..sheets.faults import Report
from ..sheets.keyed_table import KeyedTable, filled_rows, read_table
from .merged import FileCell, NotTaken

_NO_TABLE = Text(
    "应有名为 {tables} 的表，实际没有：该文件由会丢弃 Excel 表格的程序保存，或不含原始数据；未合并任何内容。"
    "请用 Excel、WPS 或 LibreOffice 打开原来的副本填写后再交回。",
    "expected {n:a table|tables} named {tables}, found none: the file was saved by a program that drops Excel tables, "
    "or is a copy without raw data; nothing was merged. Have the copy that was sent filled in with Excel, WPS or "
    "LibreOffice.",
)


def check_tables(book: FileBook, label: str, copy: FileBook) -> None:
    """Refuse a copy that lost its tables of data, so that what was filled in is not passed over.

    A copy of one ranking lacks those of the others, and their sheets.
    """
    placed = {sheet.casefold() for name, sheet in copy.tables().items() if schema.is_data(name)}
    sheets = {sheet.casefold() for sheet in copy.sheets()} - placed
    ours = {name: sheet for name, sheet in book.tables().items() if schema.is_data(name)}
    missing = [name for name in ours if name not in copy.tables()]
    if not copy.tables().keys() & book.tables().keys() and not sheets & {sheet.casefold() for sheet in ours.values()}:
        raise not_ours().about(Path(label))
    lost = [name for name in missing if len(missing) == len(ours) or ours[name].casefold() in sheets]
    if lost:
        told = _NO_TABLE.format(n=len(lost), tables=joined([same(name) for name in lost]))
        raise FileRefused(told, rule="table missing").about(Path(label))


def differences(book: FileBook, label: str, copy: FileBook) -> Iterator[NotTaken]:
    """Cells of the copy's other inputs that say something else than those here."""
    for sheet in schema.INPUTS:
        if sheet.table in book.tables() and sheet.table in copy.tables():
            mine, theirs = (read_table(one, sheet.table, sheet.read, Report(), sheet.keys) for one in (book, copy))
            if mine is not None and theirs is not None:
                yield from _of_table(mine, theirs, sheet.key, label)


def _of_table(mine: KeyedTable, theirs: KeyedTable, key: tuple[str, ...], label: str) -> Iterator[NotTaken]:
    here, there = _rows(mine, key), _rows(theirs, key)
    columns = [(mine.places[name], theirs.places[name]) for name in theirs.places if name in mine.places]
    own = {heading(mine.block.header[j]): j for j in mine.rest}
    columns += [(own[text], j) for j in theirs.rest if (text := heading(theirs.block.header[j])) in own]
    for row, i in there.items():
        at = here.get(row)
        for j, k in columns:
            value = theirs.block.columns[k][i]
            if at is None and k != theirs.places[key[0]]:
                continue  # of a row that is not here at all, its key is enough
            if at is None or not alike(mine.block.columns[j][at], value):
                what = " ".join([*row, theirs.block.header[k]])
                yield NotTaken("elsewhere", what, FileCell(label, theirs.block.sheet, theirs.block.cell(i, k), value))


def _rows(table: KeyedTable, key: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Rows by what tells them apart, the first where one stands twice."""
    rows: dict[tuple[str, ...], int] = {}
    for i in filled_rows(table):
        rows.setdefault(tuple(read_text(table.column(name)[i]) for name in key), i)
    return rows


def alike(one: Value, other: Value) -> bool:
    """Whether two cells say the same, as numbers or as text."""
    a, b = read_number(one), read_number(other)
    return bool(digits.same(a.number, b.number)) if a.number == a.number else read_text(one) == read_text(other)
