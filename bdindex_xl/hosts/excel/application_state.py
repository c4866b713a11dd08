"""Excel's own state while we write: held still, and put back whatever happens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import xlwings as xw

from ...language import Lang, Progress, Text

_HELD: tuple[tuple[str, Any], ...] = (("screen_updating", False), ("enable_events", False), ("calculation", "manual"))
_RUNNING = Text("综合指数：{step}……", "Composite index: {step}…")


@contextmanager
def held(book: xw.Book, lang: Lang) -> Iterator[Progress]:
    """No redrawing, no events, no calculation; yields a function that shows a step in the status bar.

    Not every version of Excel has every property, nor lets it be set at any time: what cannot be held is left
    alone, and one that cannot be put back must not keep the others from it.
    """
    app = book.app
    with ExitStack() as stack:
        for name, value in _HELD:
            with suppress(Exception):
                before = getattr(app, name)
                setattr(app, name, value)
                stack.callback(_restore, app, name, before)
        place = _selection(book)
        if place is not None:
            stack.callback(_select, *place)
        stack.callback(_restore, app, "status_bar", False)

        def show(step: Text) -> None:
            with suppress(Exception):
                app.status_bar = _RUNNING.format(step=step)[lang]

        yield show


def escape_pressed(window: int) -> bool:
    """Whether the user holds Esc down, or pressed it since the last time this was asked, with Excel in front.

    Only Windows can tell. In another program, Esc is that program's.
    """
    if sys.platform == "win32":
        import ctypes

        user = ctypes.windll.user32
        pressed = bool(user.GetAsyncKeyState(_ESCAPE) & _PRESSED)  # asking forgets it, whosoever it was
        return pressed and _process(user, user.GetForegroundWindow()) == _process(user, window)
    return False


def _process(user: Any, window: int) -> int:
    """Id of the process that a window belongs to: a dialogue or a second workbook is Excel as well."""
    import ctypes

    found = ctypes.c_ulong(0)
    user.GetWindowThreadProcessId(window, ctypes.byref(found))
    return int(found.value)


_ESCAPE, _PRESSED = 0x1B, 0x8001  # held down now, or pressed since


def _restore(app: xw.App, name: str, value: Any) -> None:
    with suppress(Exception):
        setattr(app, name, value)


def _selection(book: xw.Book) -> tuple[xw.Sheet, str] | None:
    """Sheet and address of what is selected in this workbook; None where that is no range, such as a chart."""
    with suppress(Exception):
        sheet = book.sheets.active
        if book.app.books.active == book:
            selected = book.selection
            return (sheet, selected.address) if selected is not None else None
    return None


def _select(sheet: xw.Sheet, address: str) -> None:
    with suppress(Exception):
        sheet.activate()
        sheet.range(address).select()
