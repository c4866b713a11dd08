"""What VBA calls for every button: the host's own actions, and those that stand above the hosts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import xlwings as xw

from ..commands import new_book, of_copies, of_records
from ..errors import FileRefused
from ..hosts.excel.actions import ExcelDesk
from ..hosts.excel.actions import run as run_in_excel
from ..language import Text
from ..tasks import desk as desks
from ..tasks import restoring


def new(desk: ExcelDesk, place: str = "") -> str:
    """Make an index workbook of the sample where the user has chosen, and open it; what they have may be the add-in."""
    target = _place(place, desk.workbook.app)
    with desk.held() as show:
        told = new_book.make(target, desk.lang, show)
    desk.workbook.app.books.open(target)
    return told


def _place(chosen: str, app: xw.App) -> Path:
    """The file to make. Raises FileRefused."""
    if "://" in chosen:  # Excel gives the address of a folder that OneDrive keeps in step
        raise FileRefused(_ON_THE_WEB.format(place=chosen))
    target = new_book.place(chosen)
    if target.name.casefold() in {opened.name.casefold() for opened in app.books}:
        raise FileRefused(_OPEN.format(name=target.name))
    return target


_ON_THE_WEB = Text("{place} 不在本机上，请选择本机文件夹", "{place} is not on this computer; choose a folder that is")
_OPEN = Text(
    "已打开一个名为 {name} 的工作簿，Excel 不能同时打开同名工作簿；请换一个名称",
    "a workbook of the name {name} is open, and Excel opens no two of one name; choose another",
)


ACTIONS: Mapping[str, Callable[[ExcelDesk], str]] = {
    **desks.ACTIONS, **of_copies.ACTIONS, **of_records.ACTIONS, "new": new,
}  # fmt: skip


def run(action: str, version: str, file: str = "") -> None:
    """Do what a button stands for; see `hosts.excel.actions.run`.

    `file` is the path of the file that was chosen for it, as the hexadecimal digits of UTF-16: so it comes through a
    statement, a shell and any code page as it is.
    """
    path = bytes.fromhex(file).decode("utf-16-be")
    asked = {"compare": partial(of_copies.compare, other=path), "new": partial(new, place=path)}
    run_in_excel(action, version, {**ACTIONS, **asked})


def may_restore() -> bool:
    """Whether results are kept of the workbook whose button was clicked: whether the ribbon offers to restore them."""
    return restoring.may_have(str(xw.Book.caller().impl.fullname))
