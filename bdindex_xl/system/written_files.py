"""Which files this run has written, and what is to be said of them: so that no message denies what was done.

And in which language, however the run ends: an interrupt and a defect know of no workbook.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from ..language import Lang, Text


@dataclass(eq=False, slots=True)
class Written:
    """What became of files, in the order of their writing, and remarks on how; `lang` is that of the workbook."""

    attempts: dict[Path, int | None] = field(default_factory=dict)
    remarks: list[Text] = field(default_factory=list)
    lang: Lang | None = None

    @property
    def files(self) -> list[Path]:
        """Files that were written, each once.

        Where it is not sure, the disk is asked: an interrupt may come after a new file has taken its name, and
        before any note of that.
        """
        return [file for file, number in self.attempts.items() if number in (None, _number(file))]


_RUN: ContextVar[Written | None] = ContextVar("written", default=None)


@contextlib.contextmanager
def recording() -> Iterator[Written]:
    """Keep a record of what is written from now on."""
    record = Written()
    token = _RUN.set(record)
    try:
        yield record
    finally:
        _RUN.reset(token)


def about_to(file: Path, made: Path | str) -> None:
    """The file `made`, complete, is about to take the name of `file`; it keeps its number on the disk with that."""
    record = _RUN.get()
    if record is not None:
        record.attempts[file] = os.stat(made).st_ino


def done(file: Path) -> None:
    """The file has its new content."""
    record = _RUN.get()
    if record is not None:
        record.attempts[file] = None


def remark(text: Text) -> None:
    """Something that whoever uses a file should know of how it was written."""
    record = _RUN.get()
    if record is not None and text not in record.remarks:
        record.remarks.append(text)


def speak(lang: Lang) -> None:
    """What the run is about is in this language, and so is what is told of it."""
    record = _RUN.get()
    if record is not None:
        record.lang = lang


def _number(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None
