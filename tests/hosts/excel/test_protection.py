"""Sheets that a user has protected. LibreOffice has no Excel object to ask, so one stands here as Excel documents it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.excel.protection import lifted


class Worksheet:
    """Excel's Worksheet, as far as protection goes."""

    def __init__(self, password: str | None = None, *, protected: bool = True) -> None:
        self._password = password
        self.ProtectContents = protected
        self.ProtectDrawingObjects = False
        self.ProtectScenarios = True
        self.Protection = SimpleNamespace(**dict.fromkeys(PERMISSIONS, False) | {"AllowSorting": True})
        self.given: dict[str, Any] = {}

    def Unprotect(self, password: str) -> None:  # noqa: N802
        if self._password is not None and password != self._password:
            raise OSError("the password is not correct")
        self.ProtectContents = False

    def Protect(self, **given: Any) -> None:  # noqa: N802
        self.given, self.ProtectContents = given, True


PERMISSIONS = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
    "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting",
    "AllowFiltering", "AllowUsingPivotTables",
)  # fmt: skip


def sheet(api: Worksheet, name: str = "省份排名") -> Any:
    return SimpleNamespace(name=name, api=api)


def test_protection_comes_back_with_the_same_permissions_whatever_happens() -> None:
    api = Worksheet()

    def write() -> None:
        with lifted([sheet(api)]):
            assert not api.ProtectContents
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert api.ProtectContents
    assert api.given == {
        **dict.fromkeys(PERMISSIONS, False),
        "AllowSorting": True,
        "DrawingObjects": False,
        "Contents": True,
        "Scenarios": True,
    }


def test_a_password_is_asked_for_before_anything_is_written() -> None:
    open_one, locked = Worksheet(), Worksheet("secret")
    with pytest.raises(SheetErrors) as refused, lifted([sheet(open_one, "城市排名"), sheet(locked)]):
        raise AssertionError("nothing may be written")
    assert refused.value.faults[0].text("zh") == (
        "省份排名：应为未设密码保护的结果表，实为工作表受密码保护；请撤销工作表保护，再重新计算"
    )
    assert open_one.ProtectContents and locked.ProtectContents


def test_sheets_without_protection_are_left_alone() -> None:
    api = Worksheet(protected=False)
    with lifted([sheet(api)]):
        pass
    assert api.given == {}
