"""The table of hot words: laid out for a workbook, and read again for the figures of a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ..language import Lang
from ..model.hot_words import HotWord
from . import layout, schema
from .book import Readable, Results
from .cells import read_year
from .faults import Report
from .keyed_table import filled_rows, read_table


def results(
    words: Iterable[HotWord], lang: Lang, *, now: dt.datetime, file: str, n_texts: int, limit: float
) -> Results:
    """The table and the lines over it."""
    rows = [
        {"year": one.year, "word": one.word, "documents": one.documents, "share": one.share, "z": one.z,
         "new": schema.YES[lang] if one.is_new else None}
        for one in words
    ]  # fmt: skip
    told = schema.WORDS.note.format(time=f"{now:%Y-%m-%d %H:%M}", file=file, n=f"{n_texts:,}", limit=limit)
    cells: dict[str, str | float] = {
        schema.CELL_TITLE.format(table=schema.WORDS.table): schema.WORDS.heading[lang],
        schema.CELL_NOTE.format(table=schema.WORDS.table): told[lang],
    }
    return Results((layout.from_rows(schema.WORDS, rows, lang),), cells)


def read_hot_words(book: Readable) -> tuple[HotWord, ...]:
    """The words of a workbook; none where there are none, or where what stands there is no table of words any more."""
    if schema.WORDS.table not in book.tables():
        return ()
    table = read_table(book, schema.WORDS.table, schema.WORDS.columns, Report())
    if table is None or len(table.places) < len(schema.WORDS.columns):
        return ()
    found = []
    columns = [table.column(key) for key in schema.WORDS.keys]
    for i in filled_rows(table):
        year, word, documents, share, z, new = (column[i] for column in columns)
        known = read_year(year)[0]
        if known is not None and word and _is_number(documents) and _is_number(share):
            strength = float(z) if _is_number(z) else None
            found.append(HotWord(known, str(word), int(documents), float(share), strength, new in schema.YES.both()))
    return tuple(found)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
