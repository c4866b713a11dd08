"""Defined names of a workbook, those of single sheets included, as Excel lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import quoted, sheet_and_cells
from .bridge import struct
from .missing import NoApi, complete

if TYPE_CHECKING:
    from .book import Book
    from .range import Range


# A single place as LibreOffice spells it; what is more is left to LibreOffice.
_PLACE = re.compile(r"\$('(?:[^']|'')+'|[^'.$]+)\.(\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?)")


class Names(base_classes.Names):
    """Names of a workbook, or those of one sheet alone."""

    def __init__(self, book: Book, sheet: str | None = None) -> None:
        self._book, self._sheet = book, sheet

    @property
    def api(self) -> NoApi:
        return NoApi()

    def __len__(self) -> int:
        return sum(1 for _ in self._all())

    def __call__(self, name_or_index: int | str) -> Name:
        if isinstance(name_or_index, int):
            return list(self._all())[name_or_index - 1]
        for name in self._all():
            if name.name.casefold() == name_or_index.casefold():
                return name
        raise KeyError(name_or_index)

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self._all()]

    def contains(self, name_or_index: int | str) -> bool:
        return any(name.name.casefold() == str(name_or_index).casefold() for name in self._all())

    def add(self, name: str, refers_to: str) -> Name:
        sheet, plain = sheet_and_cells(name)
        sheet = sheet or self._sheet
        holder = self._book.document.model if sheet is None else self._book.document.sheet(sheet)
        held = self._book.document.names(holder)
        if held.hasByName(plain):
            held.removeByName(plain)
        content = self._book.document.formulas.to_own("=" + refers_to.removeprefix("="))[1:]
        held.addNewByName(plain, content, struct("table.CellAddress"), 0)
        return Name(self._book, holder, plain)

    def _all(self) -> Iterator[Name]:
        document = self._book.document
        sheets = [name for name in document.sheets.ElementNames if self._sheet in (None, name)]
        everywhere = [document.model] if self._sheet is None else []
        for holder in (*everywhere, *map(document.sheet, sheets)):
            for name in document.names(holder).ElementNames:
                yield Name(self._book, holder, name)


@complete
class Name(base_classes.Name):
    """One name; its holder is the document or one sheet."""

    def __init__(self, book: Book, holder: Any, name: str) -> None:
        self._book, self._holder, self._name = book, holder, name

    @property
    def api(self) -> NoApi:
        return NoApi()

    @property
    def name(self) -> str:
        is_sheet = self._holder is not self._book.document.model
        name = self._name.removeprefix("_xlnm.")  # of names that Excel makes itself
        return f"{quoted(self._holder.Name)}!{name}" if is_sheet else name

    @name.setter
    def name(self, value: str) -> None:
        self._xl.Name = value
        self._name = value

    @property
    def refers_to(self) -> str:
        return "=" + self._book.document.formulas.printed(self._xl.getTokens())

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._xl.Content = self._book.document.formulas.to_own("=" + value.removeprefix("="))[1:]

    @property
    def refers_to_range(self) -> Range:
        plain = _PLACE.fullmatch(self._xl.Content)
        if plain:
            return self._book.sheets(sheet_and_cells(f"{plain[1]}!A1")[0] or "").range(plain[2])
        cells = self._xl.ReferredCells
        if cells is not None:
            place = cells.RangeAddress
            return self._book.sheets(place.Sheet + 1).at(place)
        return self._book.table_part(self.refers_to[1:])

    def delete(self) -> None:
        self._book.document.names(self._holder).removeByName(self._name)

    @property
    def _xl(self) -> Any:
        return self._book.document.names(self._holder).getByName(self._name)


def table_reference(text: str) -> tuple[str, str] | None:
    """Table and part of a structured reference: data[#Headers], data[col], data[]; None where it is none."""
    found = re.fullmatch(r"([^\W\d][\w.]*)\[\[?([^\[\]]*)\]?\]", text)
    return (found[1], found[2]) if found else None
