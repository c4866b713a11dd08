"""What VBA calls for every button: the host's own actions, and those that stand above the hosts."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import xlwings as xw

from .commands.output import diff as comparing
from .commands.output import making
from .commands.output import report as reporting
from .commands.output import share as sharing
from .commands.output import verify as verifying
from .commands.output.sentences import Lists
from .copies import copies_texts
from .copies.diff import Copy, diff
from .errors import FileRefused, SheetErrors
from .hosts.excel import actions
from .hosts.excel.application_state import held
from .hosts.excel.book import ExcelBook
from .hosts.excel.copying import copy_of, folder_of
from .hosts.files import XLSM, FileBook, check_replaceable, check_writable, open_book, replace
from .language import Lang, Text
from .report.forms import write
from .share import share_texts as texts
from .share.twin import Wanted, make, remade
from .sheets import folder
from .sheets.read import read_inputs
from .tasks import recalculate

_LINES = 10  # of a message box
_LISTED = 3  # of each kind, in one


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


def verify(book: xw.Book, _: ExcelBook, lang: Lang) -> str:
    """Hold the results, and what a reader sees of them, against the raw data. Changes nothing."""
    name = Path(book.name)
    with held(book, lang) as show:
        try:
            found = verifying.verified(_as_it_stands(book), show, remake=remade)
        except SheetErrors as errors:
            return _faulty(name, errors, lang)
    return _in_a_box(verifying.told(found, name, Lists(lang, _LISTED, copies_texts.MORE_THERE)), "verify", lang)


def compare(book: xw.Book, _: ExcelBook, lang: Lang, other: str = "") -> str:
    """What changed from another copy, a file, to the workbook as it stands. Changes nothing."""
    with held(book, lang) as show:
        show(recalculate.READING)
        copies = []
        for name, opened in ((Path(other), open_book(other)), (Path(book.name), _as_it_stands(book))):
            try:
                copies.append(Copy(opened, read_inputs(opened)))
            except SheetErrors as errors:
                return _faulty(name, errors, lang)
        show(recalculate.COMPUTING)
        changes = diff(*copies)
    heading = copies_texts.COMPARED.format(old=Path(other).name)[lang]
    told = comparing.told(changes, Lists(lang, _LISTED, copies_texts.MORE_THERE))
    return _in_a_box([heading, *told], "diff", lang)


def report(book: xw.Book, _: ExcelBook, lang: Lang) -> str:
    """Make the report beside the workbook, as a workbook of charts, and open it."""
    with held(book, lang) as show:
        file = folder_of(book) / Path(book.name).name
        target = reporting.targets_of(file, None, None, lang)[0]
        check_replaceable(target, force=False)
        try:
            made, remarks = reporting.drawn(_as_it_stands(book), show)
        except SheetErrors as errors:
            return _faulty(file, errors, lang)
        show(reporting.WRITING.format(name=target.name))
        backup = replace(target, write(made, target.suffix))
    _open(target)
    lines = [*reporting.told(made, target, backup, lang), *(remark.text[lang] for remark in remarks)]
    return "\n".join(_shortened(lines, _LINES, "……" if lang == "zh" else "…"))


def new(book: xw.Book, _: ExcelBook, lang: Lang, place: str = "") -> str:
    """Make an index workbook of the sample where the user has chosen, and open it; `book` may be the add-in."""
    target = _place(place, book.app)
    with held(book, lang) as show:
        data, _errors = making.made(folder.sample(lang, {}), show, now=dt.datetime.now().replace(microsecond=0))
        replace(target, data)
    book.app.books.open(target)
    return _NEW.format(file=target)[lang]


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


def _as_it_stands(book: xw.Book) -> FileBook:
    return FileBook.from_bytes(copy_of(book))


def _faulty(file: Path, errors: SheetErrors, lang: Lang) -> str:
    heading = copies_texts.FAULTY.format(file=file.name, n=len(errors.faults))[lang]
    return _in_a_box([heading, *("  " + fault.text(lang) for fault in errors.faults)], "check", lang)


def _in_a_box(told: Iterable[str], command: str, lang: Lang) -> str:
    """The lines that fit, and by what command to have all.

    Of each list its first item stays longest; what is said at the end goes before that.
    """
    lines = list(told)
    if not any(line.startswith("  ") and line.lstrip().startswith("…") for line in lines) and len(lines) <= _LINES:
        return "\n".join(lines)
    listed = [k for k, line in enumerate(lines) if line.startswith(" ")]
    first = [k for k in listed if k - 1 not in listed]
    last = range(listed[-1] + 1 if listed else 1, len(lines))
    further = [k for k in listed if k not in first]
    going = [*further[::-1], *last[::-1], *first[::-1], *range(len(lines))[::-1]]
    gone = set(going[: max(0, len(lines) - _LINES + 1)])
    kept = [line for k, line in enumerate(lines) if k not in gone]
    return "\n".join([*kept, copies_texts.ALL_BY[command][lang]])


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


ACTIONS = actions.ACTIONS | {
    "share": actions.telling(share),
    "verify": actions.telling(verify),
    "compare": actions.telling(compare),
    "report": actions.telling(report),
    "new": actions.telling(new),
}


def run(action: str, version: str, file: str = "") -> None:
    """Do what a button stands for; see `actions.run`.

    `file` is the path of the file that was chosen for it, as the hexadecimal digits of UTF-16: so it comes through a
    statement, a shell and any code page as it is.
    """
    path = bytes.fromhex(file).decode("utf-16-be")
    asked = {"compare": actions.telling(partial(compare, other=path)), "new": actions.telling(partial(new, place=path))}
    actions.run(action, version, ACTIONS | asked)
