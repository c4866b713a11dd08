"""Which files this run has written, and what is to be said of them: so that no message denies what was done."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from .language import Text


@dataclass(slots=True)
class Written:
    """Files in the order in which they were written, each once, and remarks on how."""

    files: list[Path] = field(default_factory=list)
    remarks: list[Text] = field(default_factory=list)


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


def note(file: Path) -> None:
    """A file has its new content."""
    record = _RUN.get()
    if record is not None and file not in record.files:
        record.files.append(file)


def remark(text: Text) -> None:
    """Something that whoever uses a file should know of how it was written."""
    record = _RUN.get()
    if record is not None and text not in record.remarks:
        record.remarks.append(text)
