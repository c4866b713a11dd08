"""What every analysis does around its own work: open, stop cleanly, save, and say where the results are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from ...hosts import files
from ...language import Lang
from ...tasks.written import NO_TABLE
from . import envelope, summary

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
    target: Path | None,
    work: Callable[[files.FileBook, summary.ProgressLine], T],
    *,
    force: bool = False,
    lang: Lang,
) -> Analysed[T]:
    """Open a workbook, do the work, save it.

    Raises FileRefused where the file cannot be read or written, and SheetErrors where its input is at fault.
    """
    with summary.to_write(file, target, lang, force=force) as (progress, book):
        found = work(book, progress)
        return Analysed(found, progress.lang, target or file, book.save(target or file))


def told(done: Analysed[T], lines: Iterable[str], missing: tuple[str, ...]) -> None:
    """Print what was found, what could not be written, and where the rest is."""
    print("\n".join(lines))
    if missing:
        print(NO_TABLE.format(tables=", ".join(missing))[done.lang])
    print("\n".join(summary.written(done.target, done.backup, done.lang)))


def recorded(
    command: str,
    done: Analysed[T],
    result: Mapping[str, Any],
    missing: tuple[str, ...],
    findings: Iterable[envelope.Remark] = (),
) -> None:
    """Print it as JSON."""
    more = {"backup": done.backup, "missing_tables": missing}
    envelope.show(command, ok=True, lang=done.lang, file=done.target, findings=findings, result={**result, **more})
