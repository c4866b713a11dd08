"""The box that a button's answer stands in: it belongs to Excel's window, so that it never opens behind it."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from bdindex_xl.hosts.excel import actions

EXCEL = 0x4711  # handle of its window
WINDOWS = SimpleNamespace(
    MB_OK=0, MB_OKCANCEL=1, MB_YESNOCANCEL=3, MB_YESNO=4, MB_ICONWARNING=0x30, MB_ICONINFORMATION=0x40
)


def xlwings_alert(told: list[tuple[Any, ...]]) -> Callable[..., str]:
    """What xlwings does on Windows: its own code, with Windows' box in place of nothing."""
    spec = importlib.util.find_spec("xlwings")
    assert spec and spec.origin
    tree = ast.parse(Path(spec.origin).with_name("_xlwindows.py").read_text("utf-8"))
    [app] = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "App"]
    [alert] = [node for node in app.body if isinstance(node, ast.FunctionDef) and node.name == "alert"]

    def box(*arguments: Any) -> int:
        told.append(arguments)
        return 1

    known: dict[str, Any] = {"win32con": WINDOWS, "win32api": SimpleNamespace(MessageBox=box)}
    exec(compile(ast.Module([alert], []), "xlwings", "exec"), known)
    found: Callable[..., str] = known["alert"]
    return found


def test_what_python_tells_stands_before_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "en")
    told: list[tuple[Any, ...]] = []
    alert = xlwings_alert(told)

    class Windows:
        hwnd, pid, engine = EXCEL, 1, xw.main.Engine(SimpleNamespace(name="windows", apps=None, type="desktop"))

        def alert(self, *given: Any) -> str:
            return alert(self, *given)

    book = SimpleNamespace(app=xw.App(impl=Windows()), sheets=[], impl=SimpleNamespace(), name="b.xlsm")
    monkeypatch.setattr(xw.Book, "caller", lambda: book)
    actions.run("recalculate", "99.0.0", {})
    [(owner, text, title, style)] = told
    assert (owner, title, style) == (EXCEL, "Composite Index", WINDOWS.MB_ICONWARNING)
    assert "99.0.0" in text
