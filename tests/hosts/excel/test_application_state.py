"""What only Windows tells, with a stand-in for its user interface: which key is down, and whose window is in front."""

from __future__ import annotations

import ctypes
import sys
import types
from typing import Any

import pytest

from bdindex_xl.hosts.excel.application_state import escape_pressed

EXCEL, DIALOGUE, BROWSER = 1, 2, 3
PROCESSES = {EXCEL: 77, DIALOGUE: 77, BROWSER: 88}


@pytest.mark.parametrize(
    ("front", "key", "stops"), [(EXCEL, 1, True), (DIALOGUE, 0x8000, True), (EXCEL, 0, False), (BROWSER, 1, False)]
)
def test_escape_counts_where_excel_is_in_front(
    front: int, key: int, stops: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def process_of(window: int, place: Any) -> None:
        place._obj.value = PROCESSES[window]

    user = types.SimpleNamespace(
        GetAsyncKeyState=lambda _: key, GetForegroundWindow=lambda: front, GetWindowThreadProcessId=process_of
    )
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(user32=user), raising=False)
    assert escape_pressed(EXCEL) is stops
