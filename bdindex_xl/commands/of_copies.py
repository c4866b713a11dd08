"""What is done to a copy of the workbook that somebody has before them: shared, verified, compared, reported on.

What to tell of it fits into a message box.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..copies import copies_texts
from ..copies.diff import Copy, diff
from ..errors import SheetErrors
from ..hosts.files import FileBook, check_replaceable, open_book, replace
from ..language import Lang
from ..report.forms import write
from ..share import share_texts as texts
from ..share.live.anew import remade
from ..share.twin import Wanted, make
from ..sheets.read import read_inputs
from ..tasks import recalculate
from ..tasks.desk import LINES, Action, Desk
from .output import diff as comparing
from .output import report as reporting
from .output import share as sharing
from .output import verify as verifying
from .output.sentences import Lists

_LISTED = 3  # of each kind, in one


def share(desk: Desk) -> str:
    """Make the live twin beside the workbook and a draft with it; returns what to tell."""
    with desk.held() as show:
        data = desk.copy()
        made = make(data, Wanted(), now=dt.datetime.now(), progress=show)
        file = desk.folder() / Path(desk.name).name
        target = sharing.target_of(file, None, desk.lang)
        for path in (target, sharing.draft_of(target)):
            check_replaceable(path, force=False)
        shared = sharing.keep(made, file, target)
        sharing.draft(shared, sharing.compose(shared, (), (), sharing.Mail()))
    assert shared.draft is not None
    opened = _open(shared.draft)
    lines = sharing.told(shared, desk.lang)
    lines = _shortened(lines, LINES - opened, "……" if desk.lang == "zh" else "…")
    return "\n".join([*lines, texts.OPENED[desk.lang]] if opened else lines)


def verify(desk: Desk) -> str:
    """Hold the results, and what a reader sees of them, against the raw data. Changes nothing."""
    name = Path(desk.name)
    with desk.held() as show:
        try:
            found = verifying.verified(_as_it_stands(desk), show, remake=remade)
        except SheetErrors as errors:
            return _faulty(name, errors, desk.lang)
    return _in_a_box(
        verifying.told(found, name, Lists(desk.lang, _LISTED, copies_texts.MORE_THERE)), "verify", desk.lang
    )


def compare(desk: Desk, other: str = "") -> str:
    """What changed from another copy, a file, to the workbook as it stands. Changes nothing."""
    with desk.held() as show:
        show(recalculate.READING)
        copies = []
        for name, opened in ((Path(other), open_book(other)), (Path(desk.name), _as_it_stands(desk))):
            try:
                copies.append(Copy(opened, read_inputs(opened)))
            except SheetErrors as errors:
                return _faulty(name, errors, desk.lang)
        show(recalculate.COMPUTING)
        changes = diff(*copies)
    heading = copies_texts.COMPARED.format(old=Path(other).name)[desk.lang]
    told = comparing.told(changes, Lists(desk.lang, _LISTED, copies_texts.MORE_THERE))
    return _in_a_box([heading, *told], "diff", desk.lang)


def report(desk: Desk) -> str:
    """Make the report beside the workbook, as a workbook of charts, and open it."""
    with desk.held() as show:
        file = desk.folder() / Path(desk.name).name
        target = reporting.targets_of(file, None, None, desk.lang)[0]
        check_replaceable(target, force=False)
        try:
            made, remarks = reporting.drawn(_as_it_stands(desk), show)
        except SheetErrors as errors:
            return _faulty(file, errors, desk.lang)
        show(reporting.WRITING.format(name=target.name))
        backup = replace(target, write(made, target.suffix))
    _open(target)
    lines = [*reporting.told(made, target, backup, desk.lang), *(remark.text[desk.lang] for remark in remarks)]
    return "\n".join(_shortened(lines, LINES, "……" if desk.lang == "zh" else "…"))


def _as_it_stands(desk: Desk) -> FileBook:
    return FileBook.from_bytes(desk.copy())


def _faulty(file: Path, errors: SheetErrors, lang: Lang) -> str:
    heading = copies_texts.FAULTY.format(file=file.name, n=len(errors.faults))[lang]
    return _in_a_box([heading, *("  " + fault.text(lang) for fault in errors.faults)], "check", lang)


def _in_a_box(told: Iterable[str], command: str, lang: Lang) -> str:
    """The lines that fit, and by what command to have all.

    Of each list its first item stays longest; what is said at the end goes before that.
    """
    lines = list(told)
    if not any(line.startswith("  ") and line.lstrip().startswith("…") for line in lines) and len(lines) <= LINES:
        return "\n".join(lines)
    listed = [k for k, line in enumerate(lines) if line.startswith(" ")]
    first = [k for k in listed if k - 1 not in listed]
    last = range(listed[-1] + 1 if listed else 1, len(lines))
    further = [k for k in listed if k not in first]
    going = [*further[::-1], *last[::-1], *first[::-1], *range(len(lines))[::-1]]
    gone = set(going[: max(0, len(lines) - LINES + 1)])
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


ACTIONS: Mapping[str, Action] = {"share": share, "verify": verify, "compare": compare, "report": report}
