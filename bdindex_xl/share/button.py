"""The Share button: the twin of the open workbook, and a message with it, opened in the user's mail program."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import xlwings as xw

from ..hosts.excel.book import ExcelBook
from ..hosts.excel.copying import copy_of, folder_of
from ..hosts.excel.quiet import held
from ..hosts.files import check_replaceable
from ..language import Lang
from . import command, texts
from .command import Mail
from .twin import Wanted, make

_LINES = 10  # of a message box


def share(book: xw.Book, adapter: ExcelBook, lang: Lang) -> str:
    """Make the live twin beside the workbook and a draft with it; returns what to tell."""
    with held(book, lang) as show:
        data = copy_of(book)
        made = make(data, Wanted(), now=dt.datetime.now(), progress=show)
        file = folder_of(book) / Path(book.name).name
        target = command.target_of(file, None, lang)
        for path in (target, command.draft_of(target)):
            check_replaceable(path, force=False)
        shared = command.keep(made, file, target)
        command.draft(shared, command.compose(shared, (), (), Mail()))
    assert shared.draft is not None
    opened = _open(shared.draft)
    lines = command.told(shared, lang)
    lines = _shortened(lines, _LINES - opened, "……" if lang == "zh" else "…")
    return "\n".join([*lines, texts.OPENED[lang]] if opened else lines)


def _shortened(lines: list[str], most: int, more: str) -> list[str]:
    """The lines that fit; of a list, indented, its end goes before any sentence does."""
    listed = [k for k, line in enumerate(lines) if line.startswith(" ")]
    over = len(lines) + 1 - most
    if len(lines) <= most:
        return lines
    if over > len(listed):
        return [*lines[: most - 1], more]
    first, *gone = listed[len(listed) - over :]
    return [more if k == first else line for k, line in enumerate(lines) if k not in gone]


def _open(file: Path) -> bool:
    """Open a file as its icon would. Tells whether there is a way."""
    if sys.platform == "win32":
        try:
            os.startfile(file)
        except OSError:  # no program opens such files
            return False
        return True
    if sys.platform == "darwin":
        return subprocess.run(["open", str(file)], check=False).returncode == 0
    return False
