"""What VBA calls for every button: the host's own actions, and those that stand above the hosts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import xlwings as xw

from .commands import of_copies
from .commands.output import making
from .errors import FileRefused
from .hosts.excel.actions import ExcelDesk
from .hosts.excel.actions import run as run_in_excel
from .hosts.files import XLSM, check_writable, replace
from .language import Text
from .sheets import folder
from .tasks import desk as desks
from .tasks import restoring


def new(desk: ExcelDesk, place: str = "") -> str:
    """Make an index workbook of the sample where the user has chosen, and open it; what they have may be the add-in."""
    target = _place(place, desk.workbook.app)
    with desk.held() as show:
        data, _errors = making.made(folder.sample(desk.lang, {}), show, now=dt.datetime.now().replace(microsecond=0))
        replace(target, data)
    desk.workbook.app.books.open(target)
    return _NEW.format(file=target)[desk.lang]


def _place(chosen: str, app: xw.App) -> Path:
    """The file to make. Raises FileRefused."""
    if "://" in chosen:  # Excel gives the address of a folder that OneDrive keeps in step
        raise FileRefused(_ON_THE_WEB.format(place=chosen))
    target = Path(chosen if chosen.lower().endswith(XLSM) else chosen + XLSM)
    if target.exists():
        raise FileRefused(_EXISTS.format(file=target))
    if target.name.casefold() in {opened.name.casefold() for opened in app.books}:
        raise FileRefused(_OPEN.format(name=target.name))
    check_writable(target)
    return target


_NEW = Text(
    "已生成并打开 {file}。其中是示例指数：换成自己的指标体系、地区和数据后，点击“重新计算指数”。",
    "Made and opened {file}. It holds the sample index: put your own framework, units and data in its place, then "
    "click Recalculate Index.",
)
_ON_THE_WEB = Text("{place} 不在本机上，请选择本机文件夹", "{place} is not on this computer; choose a folder that is")
_EXISTS = Text("{file} 已存在，请换一个名称", "{file} exists already; choose another name")
_OPEN = Text(
    "已打开一个名为 {name} 的工作簿，Excel 不能同时打开同名工作簿；请换一个名称",
    "a workbook of the name {name} is open, and Excel opens no two of one name; choose another",
)


ACTIONS: Mapping[str, Callable[[ExcelDesk], str]] = {**desks.ACTIONS, **of_copies.ACTIONS, "new": new}


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
