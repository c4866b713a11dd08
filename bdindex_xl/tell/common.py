"""What every analysis does around its own work: open, stop cleanly, save, and say where the results are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from .. import summary
from ..errors import SheetErrors
from ..hosts import files
from ..language import Lang
from ..sheets.read_settings import language
from ..sheets.recalculate import READING
from ..study.written import NO_TABLE

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Analysed(Generic[T]):
    """What was found, in which language to tell of it, where it was written and what was there before."""

    found: T
    lang: Lang
    target: Path
    backup: Path | None


def analysed(
    file: Path,
    output: Path | None,
    work: Callable[[files.FileBook, summary.Progress], T],
    *,
    force: bool = False,
    as_json: bool,
    lang: Lang,
) -> Analysed[T] | None:
    """Open a workbook, do the work, save it; None where its input is at fault, which has been told then.

    Raises FileRefused where the file cannot be read or written.
    """
    with summary.Progress(lang) as progress, files.locked(output or file, progress):
        progress(READING)
        book = files.open_book(file)
        files.check_target(book, output, file, force=force)
        lang = progress.lang = language(book)
        try:
            found = work(book, progress)
        except SheetErrors as errors:
            progress.done()
            summary.tell_faults(errors, file, lang, as_json=as_json, written=False)
            return None
        return Analysed(found, lang, output or file, book.save(output or file))


def told(done: Analysed[T], lines: Iterable[str], missing: tuple[str, ...]) -> None:
    """Print what was found, what could not be written, and where the rest is."""
    print("\n".join(lines))
    if missing:
        print(NO_TABLE.format(tables=", ".join(missing))[done.lang])
    print("\n".join(summary.written(done.target, done.backup, done.lang)))


def recorded(done: Analysed[T], record: Mapping[str, Any], missing: tuple[str, ...]) -> None:
    """Print it as JSON."""
    where = {"file": str(done.target), "backup": str(done.backup) if done.backup else None}
    print(json.dumps({**record, **where, "missing_tables": list(missing)}, ensure_ascii=False, indent=2))
