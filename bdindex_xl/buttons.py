"""What VBA calls for every button: the host's own actions, and those that stand above the hosts."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import xlwings as xw

from .commands.output import share as sharing
from .hosts.excel import actions
from .hosts.excel.application_state import held
from .hosts.excel.book import ExcelBook
from .hosts.excel.copying import copy_of, folder_of
from .hosts.files import check_replaceable
from .language import Lang
from .share import share_texts as texts
from .share.twin import Wanted, make

_LINES = 10  # of a message box


def share(book: xw.Book, adapter: ExcelBook, lang: Lang) -> str:
    """Make the live twin beside the workbook and a draft with it; returns what to tell."""
    with held(book, lang) as show:
        data = copy_of(book)
        made = make(data, Wanted(), now=dt.datetime.now(), progress=show)
        file = folder_of(book) / Path(book.name).name
        target = sharing.target_of(file, None, lang)
        for path in (target, sharing.draft_of(target)):
            check_replaceable(path, force=False)
        shared = sharing.keep(made, file, target)
        sharing.draft(shared, sharing.compose(shared, (), (), sharing.Mail()))
    assert shared.draft is not None
    opened = _open(shared.draft)
    lines = sharing.told(shared, lang)
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


ACTIONS = actions.ACTIONS | {"share": actions.telling(share)}


def run(action: str, version: str) -> None:
    """Do what a button stands for; see `actions.run`."""
    actions.run(action, version, ACTIONS)
