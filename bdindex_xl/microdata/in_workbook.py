"""Collecting for a workbook, closed or open: sources opened, records counted, cells and report written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ..errors import Finding, SheetErrors
from ..language import Progress
from ..model.collecting import RecordSource
from ..sheets import schema
from ..sheets.book import Book, Readable
from ..sheets.cells import read_text
from ..sheets.read_settings import language
from . import collected as results
from . import duck, spark
from .collect import at_sources, collect
from .collected import CellChange, Collected
from .engine import Engine
from .sources import SourceErrors, opened
from .tables import RecordTable
from .temporary import temporary_folder


@dataclass(frozen=True)
class HowToCollect:
    """How to collect: the folder that relative places of sources go from, the engine, and one year or all."""

    base: Path
    engine: str = "duckdb"
    master: str = ""
    year: int | None = None


@dataclass(frozen=True)
class WrittenCounts:
    """What was found and written; `notes` are of the sources, `kept` cells were left to their formulas."""

    found: Collected
    notes: tuple[Finding, ...]
    kept: Sequence[CellChange]


def counted(book: Readable, asked: HowToCollect, progress: Progress) -> tuple[Collected, tuple[Finding, ...]]:
    """What the records say, and what there is to say of their sources; nothing is written.

    Raises SheetErrors and EngineFailed.
    """
    notes: list[Finding] = []
    with temporary_folder() as temporary:

        def open_sources(
            sources: Sequence[RecordSource], needed: Mapping[str, Sequence[str]]
        ) -> Mapping[str, RecordTable]:
            return opened(sources, asked.base, temporary, needed=needed, tell=notes.append)

        def start(tables: Sequence[RecordTable]) -> AbstractContextManager[Engine]:
            if asked.engine == "spark":
                return spark.started(temporary, asked.master)
            return duck.started(tables, temporary)

        try:
            found = collect(book, open_sources, start, year=asked.year, progress=progress)
        except SourceErrors as errors:
            raise SheetErrors(at_sources(book, errors.by_table)) from errors
    return found, tuple(notes)


def collect_into(book: Book, asked: HowToCollect, now: dt.datetime, progress: Progress) -> WrittenCounts:
    """Count, put the values into the data sheets, and say on the sheet Collection what became of the records.

    Raises SheetErrors and EngineFailed; of the rules, the sources and the records before anything is written.
    """
    found, notes = counted(book, asked, progress)
    kept = results.write(book, found)
    results.report(book, found, kept, f"{now:%Y-%m-%d %H:%M}", _index(book), language(book))
    return WrittenCounts(found, notes, kept)


def _index(book: Book) -> str:
    """What the index is called, as the sheet of settings or the framework has it."""
    named = book.cells([schema.CELL_INDEX_NAME]).get(schema.CELL_INDEX_NAME)
    return read_text(named.value) if named is not None else ""
