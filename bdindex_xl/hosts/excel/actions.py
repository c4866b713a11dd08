"""What the ribbon's buttons do in Excel. `buttons.run` calls `run`; everything a user sees of it is said from here."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlwings as xw

from ... import __version__
from ...errors import BdIndexError, SheetErrors
from ...language import Lang, Progress, Text, of_environment
from ...sheets import schema
from ...sheets.read_settings import language
from ...system import logs
from ...tasks.desk import FIRST_COLUMNS, LISTING, TITLE, faults_told
from . import application_state, copying
from .book import ExcelBook

_OLD_PACKAGE = Text(
    "工作簿或加载项由 bdindex {workbook} 制作，本机安装的是 {here}。请先升级：在新版程序的文件夹中运行 pip install .",
    "This workbook, or the add-in, was made by bdindex {workbook}, and {here} is installed here. Please upgrade first: "
    "run pip install . in the folder of the new version.",
)
_DEFECT = Text(
    "程序出错，工作簿可能只写入了一部分，请用“恢复上次结果”。详情已写入 {log}，请把它发给维护者。",
    "This is a defect of the program. The results may be written in part: use Restore Results. The details are in "
    "{log}: please send them to us.",
)


@dataclass(frozen=True)
class ExcelDesk:
    """A workbook that is open in Excel."""

    workbook: xw.Book
    book: ExcelBook
    lang: Lang

    @property
    def name(self) -> str:
        return str(self.workbook.name)

    @property
    def place(self) -> str:
        return str(self.workbook.impl.fullname)

    def held(self) -> AbstractContextManager[Progress]:
        return application_state.held(self.workbook, self.lang)

    def selected_row(self) -> list[Any]:
        selection = None
        with suppress(Exception):  # of a chart or a shape, Excel and xlwings have no range
            selection = self.workbook.app.selection
        if selection is None:
            return []
        values = selection.sheet.range((selection.row, 1), (selection.row, FIRST_COLUMNS)).value
        return [int(value) if isinstance(value, float) and value.is_integer() else value for value in values]

    def stopped(self) -> bool:
        window = 0
        with suppress(Exception):  # not every engine has a window
            window = self.workbook.app.hwnd or 0
        return application_state.escape_pressed(window)

    def copy(self) -> bytes:
        return copying.copy_of(self.workbook)

    def folder(self) -> Path:
        return copying.folder_of(self.workbook)


def run(action: str, version: str, known: Mapping[str, Callable[[ExcelDesk], str]]) -> None:
    """Do what a button stands for, in the workbook whose button it is.

    Parameters
    ----------
    action
        A key of `known`.
    version
        Version of bdindex_xl that made the workbook, or the add-in, whose button it is.
    known
        All actions; see `buttons.of_excel.ACTIONS`.

    Nothing is raised: what goes wrong is told in a box of at most ten lines.
    """
    book = xw.Book.caller()
    lang: Lang = of_environment()
    try:
        adapter = ExcelBook(book)
        lang = language(adapter)
        if _numbers(version) > _numbers(__version__):
            _tell(book, lang, _OLD_PACKAGE.format(workbook=version, here=__version__)[lang], critical=True)
            return
        _tell(book, lang, known[action](ExcelDesk(book, adapter, lang)))
    except SheetErrors as errors:
        _tell_faults(book, errors, lang, action)
    except BdIndexError as error:
        _tell(book, lang, error.text(lang), critical=True)
    except Exception:
        _tell(book, lang, _DEFECT.format(log=_write_log(action))[lang], critical=True)


def _tell_faults(book: xw.Book, errors: SheetErrors, lang: Lang, action: str) -> None:
    sheet = dict(ExcelBook(book).tables()).get(schema.CHECK.table) if action in LISTING else None
    _tell(book, lang, faults_told(errors, sheet, lang, action), critical=True)
    if sheet:
        with suppress(Exception):  # a hidden sheet cannot be shown
            book.sheets[sheet].activate()


def _tell(book: xw.Book, lang: Lang, text: str, *, critical: bool = False) -> None:
    book.app.alert(text, TITLE[lang], mode="critical" if critical else "info")


def _numbers(version: str) -> tuple[int, ...]:
    """A version for comparison; anything but numbers in it counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))[:2]


def _write_log(action: str) -> str:
    return logs.write(f"bdindex {__version__}, xlwings {xw.__version__}, {action}", traceback.format_exc())
