"""The fixture `excel`. A test module or a conftest imports `excel_fixture`, and its tests take `excel`."""

from __future__ import annotations

import atexit
import contextlib
from collections.abc import Iterator

import pytest
import xlwings as xw

from .app import App, Engine
from .bridge import NoUno

_STARTED: list[xw.App] = []


@pytest.fixture(name="excel")
def excel_fixture() -> Iterator[xw.App]:
    """LibreOffice in Excel's place, without a workbook. What a test opens or changes is gone after it.

    It starts with the first test that wants it and ends with the test run, however many modules import this.
    """
    try:
        app = running()
    except NoUno as why:
        pytest.skip(str(why))
    impl: App = app.impl
    try:
        yield app
    finally:
        for book in list(app.books):
            book.close()
        for texts in (impl.alerts, impl.answers, impl.status_bar_texts):
            texts.clear()
        impl.calculation, impl.screen_updating, impl.enable_events, impl.display_alerts = "automatic", True, True, True
        with contextlib.suppress(AttributeError):
            del xw.Book._mock_caller  # type: ignore[attr-defined]


def running() -> xw.App:
    """LibreOffice in Excel's place. Raises NoUno where it, or its bridge to Python, is not installed."""
    if _STARTED and not _STARTED[0].impl.session.alive:
        _end()
    if not _STARTED:
        engine = xw.Engine(impl=Engine())
        impl = engine.impl.apps.add()
        xw.engines.add(engine)
        xw.engines.active = engine  # type: ignore[assignment]
        _STARTED.append(xw.App(impl=impl))
        atexit.register(_end)
    return _STARTED[0]


def _end() -> None:
    if not _STARTED:
        return
    _STARTED.clear()
    engine = xw.engines.active
    for app in list(engine.impl.apps):  # type: ignore[attr-defined]
        app.quit()
    xw.engines.engines.remove(engine)
    del xw.engines.engines_by_name[engine.name]  # type: ignore[attr-defined]
    xw.engines.active = None
