"""Workbooks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .bridge import properties
from .document import Document
from .missing import NoApi, complete
from .names import Names, table_reference
from .session import path_of
from .sheet import Sheets

if TYPE_CHECKING:
    from .app import App
    from .range import Range

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
    ".pdf": "calc_pdf_Export",
}


@complete
class Books(base_classes.Books):
    """Open workbooks."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> NoApi:
        return NoApi()

    @property
    def active(self) -> Book:
        if not self.app.opened:
            raise RuntimeError("no workbook is open")
        return self.app.opened[-1]

    def __call__(self, name_or_index: int | str) -> Book:
        for i, book in enumerate(self, start=1):
            if name_or_index == i or (
                isinstance(name_or_index, str) and name_or_index.casefold() == book.name.casefold()
            ):
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.app.opened)

    def __iter__(self) -> Iterator[Book]:
        return iter(sorted(self.app.opened, key=lambda book: book.order))

    def add(self) -> Book:
        return self._made(self.app.session.load("private:factory/scalc"))

    def open(self, fullname: str, update_links: Any = None, read_only: bool | None = None, *_: Any) -> Book:
        loaded = self.app.session.load(Path(fullname).as_uri(), ReadOnly=bool(read_only))
        if loaded is None or not loaded.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            if loaded is not None:
                loaded.close(True)
            raise OSError(f"LibreOffice would not open {fullname}: not a workbook, or damaged, or locked")
        return self._made(loaded)

    def _made(self, model: Any) -> Book:
        model.enableAutomaticCalculation(self.app.calculation == "automatic")
        book = Book(self.app, Document(self.app.session, model), self.app.next_number())
        self.app.opened.append(book)
        return book


@complete
class Book(base_classes.Book):
    """One workbook."""

    def __init__(self, app: App, document: Document, order: int) -> None:
        self._app, self.document, self.order = app, document, order

    @property
    def app(self) -> App:
        return self._app

    @property
    def fullname(self) -> str:
        return path_of(self.document.model.URL) or f"Book{self.order}"

    @property
    def name(self) -> str:
        return os.path.basename(self.fullname)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self._app.opened.remove(self)
        self._app.opened.append(self)

    def close(self) -> None:
        """Close it; what was not saved is gone."""
        self._app.opened.remove(self)
        self.document.model.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if password:
            raise NotImplementedError("Book.save: no password in the engine for LibreOffice")
        if path is None and self.document.model.URL:
            self.document.model.store()
            return
        target = Path(path or f"{self.name}.xlsx").resolve()
        self.document.model.storeAsURL(target.as_uri(), properties(FilterName=_FILTERS[target.suffix.lower()]))

    def to_pdf(self, path: str, quality: str | None = None) -> None:
        self.document.model.storeToURL(Path(path).resolve().as_uri(), properties(FilterName=_FILTERS[".pdf"]))

    def table_part(self, text: str) -> Range:
        """The cells of a table's name or a structured reference. Raises ValueError where there are none."""
        name, part = table_reference(text) or (text, "")
        found = next(
            (table for sheet in self.sheets for table in sheet.tables if table.name.casefold() == name.casefold()), None
        )
        parts = {
            "": "data_body_range",
            "#data": "data_body_range",
            "#all": "range",
            "#headers": "header_row_range",
            "#totals": "totals_row_range",
        }
        cells = None
        if found is not None and part.casefold() in parts:
            cells = getattr(found, parts[part.casefold()])
        elif found is not None and found.header_row_range is not None:
            header = found.header_row_range.cells.getDataArray()[0]
            body = found.data_body_range
            if part in header and body is not None:
                cells = found.parent.range((body.row, body.column + header.index(part), body.shape[0], 1))
        if cells is None:
            raise ValueError(f"{text!r} is no address, no name and no part of a table of {self.name}")
        return cells
