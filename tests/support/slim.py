"""A workbook's inputs and results alone, without the sheets around them and without macros.

What programs take to open and to save a workbook goes by its sheets, and most of these are guides and analyses that
nobody has made: where a test looks at neither, half the time is enough. What is left is as it was.
"""

from __future__ import annotations

from functools import cache

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.strip.strip import StripChoices, strip
from bdindex_xl.sheets import schema

_AROUND = {sheet.table for sheet in (*schema.ANALYSES, schema.FIGURES, schema.SCENARIOS)}


@cache
def slim(book: bytes, *also: str, beside: str = "") -> bytes:
    """The workbook without analyses, but for those whose tables are named, without guides and charts."""
    opened = FileBook.from_bytes(book)
    return only(book, *(table for table in opened.tables() if table not in _AROUND or table in also), beside=beside)


@cache
def few(book: bytes) -> bytes:
    """Still less: without the results over the years, which are written as the others are."""
    of_years = {sheet.table for sheet in (schema.HISTORY, schema.GROWTH, schema.WEIGHTS_BY_YEAR, schema.TREATED)}
    return only(slim(book), *sorted(set(FileBook.from_bytes(book).tables()) - of_years))


@cache
def only(book: bytes, *tables: str, beside: str = "") -> bytes:
    """The sheets of these tables alone, and one more where it is named."""
    opened = FileBook.from_bytes(book)
    kept = {beside, *(sheet for table, sheet in opened.tables().items() if table in tables)}
    gone = tuple(sheet for sheet in opened.sheets() if sheet not in kept)
    return strip(book, StripChoices(keep_hidden_sheets=True, without=gone)).data
