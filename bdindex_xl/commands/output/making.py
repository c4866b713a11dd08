"""A new workbook with its results, as `new` and `build` make one."""

from __future__ import annotations

import datetime as dt

from ...errors import SheetErrors
from ...hosts.files import FileBook
from ...language import Progress
from ...sheets.contents import Contents
from ...tasks import recalculate, written
from . import summary


def made(contents: Contents, progress: Progress, now: dt.datetime | None) -> tuple[bytes, SheetErrors | None]:
    """The workbook, its results calculated; with the faults of its data, which its data check sheet then lists."""
    from ...workbook import make

    progress(summary.MAKING)
    book = FileBook.from_bytes(make(contents))
    if contents.hot_words is not None:
        written.write(book, contents.hot_words.tables, contents.hot_words.cells)
    errors = None
    try:
        recalculate.recalculate(book, now=now, progress=progress, supplied=now is None)
    except SheetErrors as found:
        errors = found
    if not book.unvalued():
        book.trust_values()  # the examples' values were computed from these data
    return book.to_bytes(), errors
