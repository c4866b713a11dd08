"""Worksheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import COLUMNS, ROWS, parsed, sheet_and_cells, spelled
from .document import Document
from .missing import NoApi, complete
from .names import Names
from .range import Range
from .table import Tables

if TYPE_CHECKING:
    from .book import Book


@complete
class Sheets(base_classes.Sheets):
    """Worksheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def _all(self) -> Any:
        return self._book.document.sheets

    @property
    def api(self) -> NoApi:
        return NoApi()

    @property
    def active(self) -> Sheet:
        return Sheet(self._book, self._book.document.controller.ActiveSheet)

    def __call__(self, name_or_index: int | str) -> Sheet:
        for i, name in enumerate(self._all.ElementNames):
            if name_or_index == i + 1 or (
                isinstance(name_or_index, str) and name_or_index.casefold() == name.casefold()
            ):
                return Sheet(self._book, self._book.document.sheet(name))
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return int(self._all.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self._book, self._book.document.sheet(name)) for name in self._all.ElementNames])

    def __contains__(self, name: str) -> bool:
        return name.casefold() in {other.casefold() for other in self._all.ElementNames}

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        index = before.index - 1 if before else after.index if after else self.active.index - 1
        free = (f"Sheet{i}" for i in range(1, len(self) + 2) if f"Sheet{i}" not in self)
        name = name or next(free)
        self._book.document.forget()
        self._all.insertNewByName(name, index)
        sheet = Sheet(self._book, self._all.getByIndex(index))
        sheet.activate()
        return sheet


@complete
class Sheet(base_classes.Sheet):
    """One worksheet."""

    def __init__(self, book: Book, xl: Any) -> None:
        self._book, self.xl = book, xl

    @property
    def document(self) -> Document:
        return self._book.document

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return str(self.xl.Name)

    @name.setter
    def name(self, value: str) -> None:
        if value in self._book.sheets and value.casefold() != self.name.casefold():
            raise ValueError(f"a sheet named {value!r} is there already")
        self.document.forget()
        self.xl.Name = value

    @property
    def index(self) -> int:
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def names(self) -> Names:
        return Names(self._book, self.name)

    @property
    def visible(self) -> int:
        """-1 or 0, as Excel gives it."""
        return -1 if self.xl.IsVisible else 0

    @visible.setter
    def visible(self, value: bool) -> None:
        self.xl.IsVisible = bool(value)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if arg2 is None:
            return self._range(arg1)
        if isinstance(arg1, int) and isinstance(arg2, int):
            return self._range((arg1, arg2))
        one, other = self._range(arg1), self._range(arg2)
        top, left = min(one.row, other.row), min(one.column, other.column)
        bottom = max(cells.row + cells.shape[0] for cells in (one, other))
        right = max(cells.column + cells.shape[1] for cells in (one, other))
        return Range(self, (top, left, bottom - top, right - left))

    def _range(self, arg: Any) -> Range:
        if isinstance(arg, Range):
            return arg
        if isinstance(arg, tuple):
            if 0 in arg[:2]:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return Range(self, arg if len(arg) == 4 else (*arg, 1, 1))
        sheet, cells = sheet_and_cells(arg)
        coords = parsed(cells)
        if coords:
            return Range(self._book.sheets(sheet) if sheet else self, coords)
        if Names(self._book).contains(arg):
            return Names(self._book)(arg).refers_to_range
        return self._book.table_part(arg)

    def at(self, area: Any) -> Range:
        """The range at one of LibreOffice's addresses."""
        return Range(
            self,
            (
                area.StartRow + 1,
                area.StartColumn + 1,
                area.EndRow - area.StartRow + 1,
                area.EndColumn - area.StartColumn + 1,
            ),
        )

    @property
    def cells(self) -> Range:
        return Range(self, (1, 1, ROWS, COLUMNS))

    @property
    def used_range(self) -> Range:
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return self.at(cursor.RangeAddress)

    def activate(self) -> None:
        if not self.xl.IsVisible:
            raise RuntimeError("Sheet.activate: a hidden sheet cannot be activated, as in Excel")
        self.document.controller.setActiveSheet(self.xl)
        self._book.activate()

    select = activate

    def clear_contents(self) -> None:
        self.used_range.clear_contents()

    def clear_formats(self) -> None:
        self.used_range.clear_formats()

    def clear(self) -> None:
        self.used_range.clear()

    def autofit(self, axis: str | None = None) -> None:
        self.used_range.autofit(axis)

    def delete(self) -> None:
        self.document.forget()
        self.document.sheets.removeByName(self.name)

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        index = before.index - 1 if before else after.index if after else 0
        self.document.forget()
        self.document.sheets.moveByName(self.name, index)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        index = before.index - 1 if before else after.index if after else 0
        free = (f"{self.name} ({i})" for i in range(2, 100) if f"{self.name} ({i})" not in self._book.sheets)
        self.document.forget()
        self.document.sheets.copyByName(self.name, next(free), index)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def charts(self) -> Drawings:
        charts = self.xl.Charts
        return Drawings([charts.getByIndex(i) for i in range(charts.Count)])

    @property
    def shapes(self) -> Drawings:
        return Drawings(
            [shape for shape in self._drawn() if not shape.supportsService("com.sun.star.drawing.CaptionShape")]
        )

    @property
    def pictures(self) -> Drawings:
        return Drawings([s for s in self._drawn() if s.supportsService("com.sun.star.drawing.GraphicObjectShape")])

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self)

    def _drawn(self) -> list[Any]:
        page = self.xl.DrawPage
        return [page.getByIndex(i) for i in range(page.Count)]


@complete
class Drawings(base_classes.Collection):
    """Charts, pictures or shapes: how many there are."""

    def __init__(self, found: list[Any]) -> None:
        self._found = found

    def __len__(self) -> int:
        return len(self._found)


class PageSetup(base_classes.PageSetup):
    """How a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def print_area(self) -> str | None:
        areas = self._sheet.xl.getPrintAreas()
        return ",".join(spelled(self._sheet.at(area).coords[1:]) for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        ranges = [self._sheet.range(text) for text in value.split(",")] if value else []
        self._sheet.xl.setPrintAreas(tuple(cells.cells.RangeAddress for cells in ranges))
