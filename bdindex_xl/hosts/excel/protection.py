"""Sheets that a user has protected: lifted for the time of writing, with the same permissions afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import xlwings as xw

from ...errors import SheetErrors
from ...sheets.plan import sheet_locked

# What a protected sheet allows, under Excel's names of both the property and the argument.
_PERMISSIONS = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
    "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting",
    "AllowFiltering", "AllowUsingPivotTables",
)  # fmt: skip


@contextmanager
def lifted(sheets: Iterable[xw.Sheet]) -> Iterator[None]:
    """Protection off, and on again whatever happens. Raises SheetErrors for sheets that ask for a password."""
    with ExitStack() as stack:
        locked = []
        for sheet in sheets:
            api = _protected(sheet)
            if api is None:
                continue
            permissions = {name: bool(getattr(api.Protection, name)) for name in _PERMISSIONS}
            drawings, scenarios = bool(api.ProtectDrawingObjects), bool(api.ProtectScenarios)
            if not _unprotected(api):
                locked.append(sheet_locked(sheet.name))
                continue
            stack.callback(api.Protect, DrawingObjects=drawings, Contents=True, Scenarios=scenarios, **permissions)
        if locked:
            raise SheetErrors(locked)
        yield


def _protected(sheet: xw.Sheet) -> Any:
    """The sheet's own object in Excel for Windows, where it is protected; elsewhere there is none to ask."""
    try:
        api = sheet.api
        return api if api.ProtectContents is True else None
    except (AttributeError, NotImplementedError):
        return None


def _unprotected(api: Any) -> bool:
    try:
        api.Unprotect("")  # without an argument, Excel would ask for the password in a box
    except Exception:  # a COM error says no more than that the password is wrong
        return False
    return not api.ProtectContents
