"""The program itself, and the engine that xlwings is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import pandas as pd
from xlwings import base_classes

from .book import Book, Books
from .missing import complete
from .range import Range
from .reading import ERRORS
from .session import Session

_ERROR_TEXTS = {code: text for text, code in ERRORS.items()}


class Engine:
    """What `xlwings.Engine` wraps. It goes by Excel's name, so that nothing else need be changed."""

    name, type = "excel", "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: Any, options: Any) -> Any:
        if x is None or x is pd.NaT or (isinstance(x, float | np.floating) and np.isnan(x)) or x is pd.NA:
            return ""
        if isinstance(x, np.datetime64):
            return pd.Timestamp(x).to_pydatetime()
        if isinstance(x, pd.Timestamp):
            return x.to_pydatetime()
        return x.item() if isinstance(x, np.generic) else x

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value is None or value == "":
                return empty_as
            if isinstance(value, dt.datetime):
                parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return datetime_builder(**{part: getattr(value, part) for part in parts}, tzinfo=None)
            if type(value) is int and value in _ERROR_TEXTS:
                return _ERROR_TEXTS[value] if err_to_str else None
            return number_builder(value) if number_builder and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]


@complete
class Apps(base_classes.Apps):
    """Running LibreOffices."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._running: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self._running]

    def add(self, spec: Any = None, add_book: bool | None = None, xl: Any = None, visible: Any = None) -> App:
        app = App(self._engine, self._running)
        self._running.insert(0, app)
        if add_book:
            app.books.add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing stays behind."""

    def __iter__(self) -> Iterator[App]:
        return iter(tuple(self._running))

    def __len__(self) -> int:
        return len(self._running)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self._running if app.pid == pid)


@dataclass(frozen=True)
class Alert:
    """One message box."""

    text: str
    title: str | None
    buttons: str
    mode: str | None


@complete
class App(base_classes.App):
    """One running LibreOffice."""

    visible = False
    screen_updating = True
    display_alerts = True
    enable_events = True
    interactive = True
    cut_copy_mode = None
    version = "16.0"

    def __init__(self, engine: Engine, running: list[App]) -> None:
        self.engine, self._running = engine, running
        self.session = Session()
        self.opened: list[Book] = []  # the active one last
        self.alerts: list[Alert] = []  # what message boxes said
        self.answers: list[str] = []  # buttons to press in message boxes to come
        self.status_bar_texts: list[str | bool] = []
        self._calculation = "automatic"
        self._numbers = count(1)

    @property
    def api(self) -> Any:
        raise NotImplementedError("App.api: LibreOffice has no Excel object behind it")

    def next_number(self) -> int:
        return next(self._numbers)

    @property
    def pid(self) -> int:
        return self.session.pid

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        if not self.opened:
            return None
        book = self.books.active
        selected = book.document.controller.getSelection()
        if selected is None or not selected.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        place = selected.RangeAddress
        return book.sheets(place.Sheet + 1).at(place)

    def activate(self, steal_focus: bool = False) -> None:
        self._running.remove(self)
        self._running.insert(0, self)

    def quit(self) -> None:
        if self in self._running:
            self._running.remove(self)
        self.opened.clear()
        self.session.end()

    kill = quit

    @property
    def calculation(self) -> str:
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value not in ("automatic", "manual", "semiautomatic"):
            raise KeyError(value)
        self._calculation = value
        for book in self.opened:
            book.document.model.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        for book in self.opened:
            book.document.model.calculate()

    @property
    def status_bar(self) -> str | bool:
        return self.status_bar_texts[-1] if self.status_bar_texts else False

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self.status_bar_texts.append(value)

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: Any) -> str:
        self.alerts.append(Alert(prompt, title, buttons, mode))
        return self.answers.pop(0) if self.answers else buttons.split("_")[0]
