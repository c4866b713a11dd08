"""The document that a user of LibreOffice has before them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...language import Lang, Progress, Text
from ...tasks.desk import FIRST_COLUMNS
from .book import CalcBook
from .values import Office

_RUNNING = Text("综合指数：{step}……", "Composite index: {step}…")
_EXCEL_FILES = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class CalcDesk:
    """An open document; `path` is that of its file, "" where it has none here, and `url` its address."""

    office: Office
    book: CalcBook
    lang: Lang
    name: str
    path: str
    url: str
    modified: bool

    @property
    def place(self) -> str:
        return self.path or self.url or self.name

    @contextmanager
    def held(self) -> Iterator[Progress]:
        """The extension keeps the user's hands off the document while an action runs."""

        def show(step: Text) -> None:
            with suppress(RuntimeError):
                self.office.ask("progress", text=_RUNNING.format(step=step)[self.lang])

        yield show

    def selected_row(self) -> list[Any]:
        values = self.office.ask("selected", width=FIRST_COLUMNS)
        return [int(value) if isinstance(value, float) and value.is_integer() else value for value in values]

    def stopped(self) -> bool:
        """Whether the user has clicked Stop, in a window that the extension shows once this has been asked."""
        try:
            return bool(self.office.ask("stopped"))
        except RuntimeError:  # an older extension has no such window
            return False

    def copy(self) -> bytes:
        """The file as it is where nothing has changed since; else what LibreOffice makes of the document."""
        file = Path(self.path)
        if file.suffix.lower() in _EXCEL_FILES and not self.modified and file.is_file():
            return file.read_bytes()
        with tempfile.TemporaryDirectory(prefix="bdindex-", ignore_cleanup_errors=True) as folder:
            made = Path(folder, "copy.xlsx")
            self.office.ask("copy", file=str(made))
            return made.read_bytes()

    def folder(self) -> Path:
        if self.path and Path(self.path).is_file():
            return Path(self.path).parent
        documents = Path.home() / "Documents"
        return documents if documents.is_dir() else Path.home()
