"""Result tables of analyses, from rows of named values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from ..language import Text, joined
from ..sheets import digest, layout, schema
from ..sheets.book import Book, Results, ResultTable
from ..sheets.inputs import Inputs
from ..sheets.schema import ResultSheet


def fingerprint(inputs: Inputs) -> str:
    """The beginning of the digest of the inputs, as analyses note it."""
    return digest.short(inputs.digest())


def number(value: Any) -> float | None:
    """A number for a cell; None for one that is missing."""
    plain = float(value)
    return None if np.isnan(plain) else plain


def exactly(value: float) -> str:
    """A number in a sentence, from which it can be read back as it was.

    >>> exactly(0.25), exactly(1e-7), exactly(2 / 3), exactly(100.0)
    ('0.25', '1e-07', '0.6666666666666666', '100')
    """
    short = f"{value:g}"
    return short if float(short) == value else repr(float(value))


def table(sheet: ResultSheet, rows: Sequence[Mapping[str, Any]], inputs: Inputs) -> ResultTable:
    """An analysis table, whole; what a row does not hold stays blank. The first row of each ranking names the inputs:
    a copy may hold the rows of one ranking alone."""
    mark, firsts = fingerprint(inputs), {row["ranking"]: i for i, row in reversed(list(enumerate(rows)))}
    marked = [dict(row) | ({"inputs": mark} if firsts[row["ranking"]] == i else {}) for i, row in enumerate(rows)]
    return layout.from_rows(sheet, marked, inputs.lang)


def headings(inputs: Inputs, notes: Sequence[tuple[ResultSheet, Text]]) -> dict[str, str | float]:
    """Heading and note of each sheet, by defined name."""
    index = inputs.title
    year = max(ranking.year for ranking in inputs.rankings)
    cells: dict[str, str | float] = {}
    for sheet, note in notes:
        cells[schema.CELL_TITLE.format(table=sheet.table)] = sheet.heading.format(index=index, year=year)[inputs.lang]
        cells[schema.CELL_NOTE.format(table=sheet.table)] = note[inputs.lang]
    return cells


def write(book: Book, tables: Sequence[ResultTable], cells: Mapping[str, str | float]) -> tuple[str, ...]:
    """Write the tables that the workbook has, and show their sheets, which are hidden until they are filled; returns
    the names of those that it lacks."""
    there = tuple(one for one in tables if one.table in book.tables())
    book.write(Results(there, cells))
    for one in there:
        book.show(one.table)
    return tuple(one.table for one in tables if one not in there)


def done(book: Book, filled: Sequence[ResultSheet], missing: Sequence[str]) -> Text:
    """Where the results are, by the names that the sheets have, and which could not be written."""
    there = book.tables()
    names = [sheet.table for sheet in filled if sheet.table in there]
    sheets = dict.fromkeys(there[name] for name in names)
    if not sheets:
        return NO_TABLE.format(tables=", ".join(missing))
    hidden = dict.fromkeys(there[name] for name in names if not book.is_shown(name))
    said = [_DONE.format(sheets=_quoted(sheets))]
    said += [_HIDDEN.format(sheets=_quoted(hidden))] if hidden else []
    said += [NO_TABLE.format(tables=", ".join(missing))] if missing else []
    return Text("".join(one.zh for one in said), " ".join(one.en for one in said))


def _quoted(sheets: Iterable[str]) -> Text:
    *before, last = [_SHEET.format(sheet=sheet) for sheet in sheets]
    first = [joined(before, zh="")] if before else []
    return joined([*first, last], zh="", en=" and ")


_DONE = Text("分析完成，见{sheets}表。", "Done: see {sheets}.")
_HIDDEN = Text(
    "工作簿的结构受保护，无法显示隐藏的{sheets}：请撤销保护后取消隐藏。",
    "The workbook's structure is protected, so that {sheets} cannot be shown: unprotect it, then unhide.",
)
_SHEET = Text("“{sheet}”", "“{sheet}”")
NO_TABLE = Text(
    "工作簿中没有表 {tables}，结果未写入；新建的工作簿有这些表。",
    "The workbook has no table {tables}, so nothing was written there; new workbooks have them.",
)
