"""The table of hot words: laid out for a workbook, and read again for the figures of a report."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from ..language import Lang, Text
from ..model.hot_words import NEW, HotWord
from . import layout, schema
from .book import Book, Readable, Results
from .cells import read_text, read_year
from .faults import Report
from .keyed_table import filled_rows, read_table


def results(words: Iterable[HotWord], lang: Lang, origin: Text) -> Results:
    """The table and the lines over it; `origin` is a sentence on where the words are from."""
    rows = [
        {"year": one.year, "word": one.word, "documents": one.documents, "share": one.share, "z": one.z,
         "new": schema.YES[lang] if one.is_new else None}
        for one in words
    ]  # fmt: skip
    told = schema.WORDS.note.format(origin=origin, legend=schema.WORDS_LEGEND.format(limit=NEW))
    cells: dict[str, str | float] = {
        schema.CELL_TITLE.format(table=schema.WORDS.table): schema.WORDS.heading[lang],
        schema.CELL_NOTE.format(table=schema.WORDS.table): told[lang],
    }
    return Results((layout.from_rows(schema.WORDS, rows, lang),), cells)


def of_sample(text: str, lang: Lang) -> Results:
    """The table that comes with the sample, from a file as `sample/hot_words.py` makes it."""
    found, texts = [], {}
    for row in csv.DictReader(text.splitlines()):
        year, documents, z = int(row["year"]), int(row["documents"]), float(row["z"]) if row["z"] else None
        texts[year] = int(row["texts"])
        found.append(HotWord(year, row["word"], documents, documents / texts[year], z, z is not None and z >= NEW))
    return results(found, lang, schema.WORDS_OF_SAMPLE.format(n=f"{sum(texts.values()):,}"))


def read_origin(book: Book) -> str:
    """The sentence on where the words of a workbook are from; blank where there is none."""
    name = schema.CELL_NOTE.format(table=schema.WORDS.table)
    cell = book.cells([name]).get(name)
    note = read_text(cell.value) if cell is not None else ""
    before = [note.partition(legend.partition("{")[0]) for legend in schema.WORDS_LEGEND.both()]
    return next((origin.strip() for origin, found, _ in before if found), "")


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
