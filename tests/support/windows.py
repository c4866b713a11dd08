"""xlwings' Windows side on any system: its own code as it is, with stand-ins for pywin32 alone.

A reference is a `Sheet` of plain values that answers as a COM range does, and counts how often it is read.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlwings

MODULE = "bdindex_xl.hosts.excel.udfs"
MISSING = -2147352572  # what VBA passes for an argument that was left out
_ALL_ROWS = 1_048_576


@dataclass(frozen=True)
class Currency:
    """A number in a cell that shows a currency: pywin32 gives it as a decimal of four places."""

    exact: float


class Reference:
    """A range of a sheet, as far as reading goes: shape, place, values, the sheet's used range."""

    def __init__(self, sheet: Sheet, row: int, column: int, n_rows: int, n_columns: int) -> None:
        self.sheet = sheet
        self.row, self.column, self.shape = row, column, (n_rows, n_columns)

    @property
    def last_cell(self) -> Reference:
        return Reference(self.sheet, self.row + self.shape[0] - 1, self.column + self.shape[1] - 1, 1, 1)

    def resize(self, n_rows: int, n_columns: int) -> Reference:
        return Reference(self.sheet, self.row, self.column, n_rows, n_columns)

    @property
    def address(self) -> str:
        return f"R{self.row}C{self.column}:R{self.last_cell.row}C{self.last_cell.column}"

    @property
    def api(self) -> Any:
        """The COM object, as far as it gives values as they are kept."""
        rows = self._rows(lambda value: value.exact if isinstance(value, Currency) else value)
        return types.SimpleNamespace(Value2=rows if self.shape != (1, 1) else rows[0][0])

    def _rows(self, seen: Callable[[Any], Any]) -> tuple[tuple[Any, ...], ...]:
        values = self.sheet.value
        return tuple(
            tuple(seen(values(self.row + i, self.column + j)) for j in range(self.shape[1]))
            for i in range(self.shape[0])
        )

    @property
    def raw_value(self) -> Any:
        self.sheet.reads += 1
        self.sheet.cells_read += self.shape[0] * self.shape[1]
        rows = self._rows(lambda value: Decimal(f"{value.exact:.4f}") if isinstance(value, Currency) else value)
        return rows if self.shape != (1, 1) else rows[0][0]


class Sheet:
    """Cells from A1 on."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows = rows
        self.reads = self.cells_read = 0
        app = types.SimpleNamespace(engine=types.SimpleNamespace(name="excel"))
        self.book = types.SimpleNamespace(app=app)

    def value(self, row: int, column: int) -> Any:
        inside = row <= len(self._rows) and column <= len(self._rows[0])
        return self._rows[row - 1][column - 1] if inside else None

    @property
    def used_range(self) -> Reference:
        return Reference(self, 1, 1, len(self._rows), len(self._rows[0]))

    def range(self, row: int, column: int, n_rows: int, n_columns: int) -> Reference:
        return Reference(self, row, column, n_rows, n_columns)

    def columns(self, first: int, n_columns: int) -> Reference:
        """Whole columns, as in A:C."""
        return Reference(self, 1, first, _ALL_ROWS, n_columns)


@contextmanager
def functions() -> Iterator[Any]:
    """`call(name, *arguments)`: what Excel's wrapper calls, through the real `xlwings.udfs.call_udf`."""
    before = dict(sys.modules)
    attributes = {name: getattr(xlwings, name) for name in ("func", "arg", "ret")}
    known = xlwings.engines.engines_by_name.get("excel")
    for name, members in _stand_ins().items():
        module = types.ModuleType(name)
        vars(module).update(members)
        sys.modules[name] = module
        if name.startswith("xlwings."):
            setattr(xlwings, name.removeprefix("xlwings."), module)
    sys.modules["win32com"].client = sys.modules["win32com.client"]  # type: ignore[attr-defined]
    sys.modules.pop(MODULE, None)
    xlwings.engines.engines_by_name.setdefault("excel", _engine())
    try:
        udfs = importlib.import_module("xlwings.udfs")
        xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
        udfs.Range = _range  # type: ignore[attr-defined]
        udfs.udf_modules.clear()

        def call(name: str, *arguments: Any) -> Any:
            return udfs.call_udf(MODULE, name, arguments, None, None)

        yield call
    finally:
        for name, value in attributes.items():
            setattr(xlwings, name, value)
        for name in set(sys.modules) - set(before):
            if name.startswith(("win32com", "pythoncom", "pywintypes", "xlwings.udfs", "xlwings._xlw", "xlwings.com")):
                sys.modules.pop(name)
        sys.modules.pop(MODULE, None)
        for name in ("udfs", "_xlwindows", "com_server"):
            if f"xlwings.{name}" not in before and hasattr(xlwings, name):
                delattr(xlwings, name)
        if known is None:
            del xlwings.engines.engines_by_name["excel"]


def _range(impl: Any = None) -> Any:
    """In place of `xlwings.Range`, which asks Excel: the reference itself."""
    return impl


def _stand_ins() -> dict[str, dict[str, Any]]:
    error = type("com_error", (Exception,), {})
    windows = {
        "Range": lambda xl=None: xl,
        "Book": lambda xl=None: xl,
        "is_range_instance": lambda found: isinstance(found, Reference),
        "BOOK_CALLER": None,
    }
    return {
        "pywintypes": {"com_error": error, "IID": str},
        "pythoncom": {"CoInitialize": lambda: None, "com_error": error},
        "win32com": {},
        "win32com.client": {"Dispatch": lambda found: found},
        "xlwings._xlwindows": windows,
        "xlwings.com_server": {"loop": None},
    }


def _engine() -> Any:
    impl = types.SimpleNamespace(name="excel", apps=None, type="desktop")
    return xlwings.main.Engine(impl=impl)
