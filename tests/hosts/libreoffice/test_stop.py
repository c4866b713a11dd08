"""The window with the button Stop that LibreOffice shows while an analysis of robustness runs."""

# ruff: noqa: N802, N815 - names that UNO calls methods by
from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from bdindex_xl.sheets import schema
from tests.support.uno_engine.bridge import uno
from tests.support.uno_engine.session import Session

from .test_menu import Opened, whole  # noqa: F401

BUTTON = "Stop"


class Watching:
    """Told of every window that the office shows, before the office goes on."""

    def __init__(self, shown: Callable[[Any], None]) -> None:
        self._shown = shown

    def getTypes(self) -> tuple[Any, ...]:
        return (uno().getTypeByName("com.sun.star.awt.XTopWindowListener"),)

    def getImplementationId(self) -> Any:
        return uno().ByteSequence(b"")

    def windowOpened(self, event: Any) -> None:
        # A click from within would be lost: the office is not done with showing it.
        threading.Thread(target=self._shown, args=(event.Source,), daemon=True).start()

    def other(self, event: Any) -> None:
        """Nothing is done about it."""

    windowClosing = windowClosed = windowMinimized = windowNormalized = other
    windowActivated = windowDeactivated = disposing = other


def button_in(window: Any) -> Any:
    """The button, wherever it is in the window."""
    context = window.getAccessibleContext()
    if context.getAccessibleName() == BUTTON and hasattr(context, "doAccessibleAction"):
        return context
    children = (context.getAccessibleChild(i) for i in range(context.getAccessibleChildCount()))
    return next((found for child in children if (found := button_in(child)) is not None), None)


def stopped_by_a_click(office: Session, opened: Opened) -> bool:
    """Whether a click came in time: the analysis of a small workbook takes little longer."""
    clicked: list[bool] = []

    def click(window: Any) -> None:
        if not clicked and (button := button_in(window)) is not None:
            clicked.append(button.doAccessibleAction(0))

    watching, toolkit = Watching(click), office.service("awt.Toolkit")
    toolkit.addTopWindowListener(watching)
    try:
        told = opened.click("robustness")
    finally:
        toolkit.removeTopWindowListener(watching)
    assert clicked == [True]
    return told == "已停止，没有写入任何结果。"


def test_robustness_is_stopped_by_a_click_and_nothing_is_written(office: Session, whole: Opened) -> None:  # noqa: F811
    for _ in range(9):
        before = whole.table(schema.ROBUSTNESS.table)
        if stopped_by_a_click(office, whole):
            break
    else:
        raise AssertionError("no click stopped it")
    assert whole.table(schema.ROBUSTNESS.table) == before
    assert whole.click("robustness").startswith("分析完成")  # and nothing of it stays behind
