"""What can be done to a workbook that somebody has before them: the work, and what to tell of it in a few lines.

Whatever program has it open: a host says how that is asked and told. What can be done only to a copy of the whole file
stands above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from ..analysis.robustness.uncertain import Cancelled
from ..errors import SheetErrors
from ..language import Lang, Progress, Text, joined, same
from ..sheets import phrases, schema
from ..sheets.book import Book
from ..sheets.carrying import carried
from ..sheets.faults import Report
from . import audit as audits
from . import explain as explanations
from . import explanation_sentences, new_year, restoring
from . import recalculate as recalculation
from . import robustness as analyses
from . import scenarios as comparisons

LINES = 10  # of a message box
TITLE = Text("综合指数", "Composite Index")
UNFILTERED = Text("已清除筛选：{tables}。", "Filters were cleared: {tables}.")

_FAULTS = Text("发现 {n} 处错误，结果保持不变：", "{n} {n:fault|faults} found; the results stay as they were:")
_MORE = Text("……其余 {n} 处见“{sheet}”表。", "… and {n} more on the sheet “{sheet}”.")
_SEE = Text("详见“{sheet}”表。", "See the sheet “{sheet}”.")
_AND_SEE = Text("{found}{see}", "{found} {see}")
_MORE_UNLISTED = Text("……其余 {n} 处请运行 bdindex {command} 查看。", "… and {n} more, which bdindex {command} lists.")
_MORE_BY_CHECK = Text("……其余 {n} 处请点“检查数据”查看。", "… and {n} more, which Check Data lists.")
_DONE = Text("已重新计算：{rankings}。", "Recalculated: {rankings}.")
_CHECKED = Text("检查完毕。{found}", "Checked. {found}")
_RESTORED = Text("已恢复上一次重新计算之前的结果。", "The results are back to what they were before the recalculation.")
_NOTHING_KEPT = Text(
    "没有可恢复的结果：在这台电脑上还没有重新计算过这个工作簿。",
    "There is nothing to restore: this workbook has not been recalculated on this computer.",
)
_STOPPED = Text("已停止，没有写入任何结果。", "Stopped; nothing was written.")


class OpenBook(Book, Protocol):
    """A workbook that is open, of which a user may have filtered the tables."""

    def is_filtered(self, table: str) -> bool:
        """Whether a filter of a table hides rows, or may."""
        ...


class Desk(Protocol):
    """A workbook, open in some program, with a user before it."""

    @property
    def book(self) -> OpenBook: ...

    @property
    def lang(self) -> Lang: ...

    @property
    def name(self) -> str:
        """Name of the workbook, with its suffix where it has one."""
        ...

    @property
    def place(self) -> str:
        """What tells it from other workbooks: its path or address; its name, where it was never saved."""
        ...

    def held(self) -> AbstractContextManager[Progress]:
        """The program held still while it is worked on; yields what shows a step to the user."""
        ...

    def selected_row(self) -> list[Any]:
        """What stands in the first columns of the row that is selected; a whole number is an int."""
        ...

    def stopped(self) -> bool:
        """Whether the user wants it stopped."""
        ...

    def copy(self) -> bytes:
        """The workbook's file with all changes up to now. Raises FileRefused where there is none."""
        ...

    def folder(self) -> Path:
        """Where files that belong to it go."""
        ...


FIRST_COLUMNS = 8  # of the selected row
Action = Callable[[Desk], str]  # does it, and returns what to tell


def _recalculate(desk: Desk) -> str:
    with desk.held() as show:

        def progress(step: Text) -> None:
            show(step)
            if step is recalculation.WRITING:  # without a fault, then: what was kept before is worth more
                restoring.keep(desk.place, desk.book)

        outcome = recalculation.recalculate(desk.book, now=dt.datetime.now(), progress=progress)
    rankings = [
        phrases.STATUS_RANKING.format(ranking=schema.ranking_label(r.key), units=len(r.panel.units), year=r.year)
        for r in outcome.inputs.rankings
    ]
    lines = [_DONE.format(rankings=joined(rankings, en="; "))[desk.lang], _found(desk, outcome)]
    if outcome.unfiltered:
        lines.append(UNFILTERED.format(tables=joined([same(name) for name in outcome.unfiltered]))[desk.lang])
    return "\n".join(lines)


def _check(desk: Desk) -> str:
    with desk.held() as show:
        outcome = recalculation.check(desk.book, show, write=True)
    return _CHECKED.format(found=_found(desk, outcome))[desk.lang]


def _found(desk: Desk, outcome: recalculation.Outcome) -> str:
    said = recalculation.counted(outcome.findings)
    sheet = desk.book.tables().get(schema.CHECK.table)
    if outcome.findings and sheet:
        said = _AND_SEE.format(found=said, see=_SEE.format(sheet=sheet))
    return said[desk.lang]


def _new_year(desk: Desk) -> str:
    with desk.held():
        filtered = [name for name in desk.book.tables() if desk.book.is_filtered(name)]
        added = new_year.add(desk.book)
    *lines, last = (text[desk.lang] for text in added.told())
    written = {new.table.casefold() for new in added.rows}
    cleared = [same(name) for name in filtered if name.casefold() in written]
    if cleared:
        last = "\n".join([UNFILTERED.format(tables=joined(cleared))[desk.lang], last])
    return "\n".join([*lines[: LINES - 1 - bool(cleared)], last])


def _robustness(desk: Desk) -> str:
    with desk.held() as show:
        desk.stopped()  # what was pressed before does not count
        try:
            found = analyses.analyse_robustness(desk.book, progress=show, cancelled=desk.stopped)
        except Cancelled:
            return _STOPPED[desk.lang]
    return analyses.done(found, desk.book)[desk.lang]


def _audit(desk: Desk) -> str:
    with desk.held() as show:
        found = audits.audit_workbook(desk.book, progress=show)
    return audits.done(found, desk.book)[desk.lang]


def _scenarios(desk: Desk) -> str:
    with desk.held() as show:
        found = comparisons.compare_scenarios(desk.book, progress=show)
    return comparisons.done(found, desk.book)[desk.lang]


def _explain(desk: Desk) -> str:
    texts = [str(value) for value in desk.selected_row() if value is not None]
    with desk.held():
        found = explanations.explain_units(desk.book, texts, whole=False)
    return explanation_sentences.done(found, desk.book)[desk.lang]


def _restore(desk: Desk) -> str:
    results = restoring.kept(desk.place)
    if results is None:
        return _NOTHING_KEPT[desk.lang]
    lost = Report()
    with desk.held():
        desk.book.write(results._replace(tables=tuple(carried(desk.book, results.tables, lost))))
    restoring.forget(desk.place)
    return "\n".join([_RESTORED[desk.lang], *(finding.text(desk.lang) for finding in lost.findings)])


ACTIONS: Mapping[str, Action] = {
    "recalculate": _recalculate,
    "check": _check,
    "new_year": _new_year,
    "restore": _restore,
    "robustness": _robustness,
    "audit": _audit,
    "scenarios": _scenarios,
    "explain": _explain,
}


LISTING = ("recalculate", "check")  # actions that write faults on the data check sheet
_LISTED_BY = {**dict.fromkeys(LISTING, "check"), "collect": "collect"}  # commands that list what an action finds wrong


def faults_told(errors: SheetErrors, sheet: str | None, lang: Lang, action: str, *, lines: int = LINES) -> str:
    """What to tell of faults in so many lines; `sheet` is the one where `action` listed them all, if there is one."""
    room = lines - 2
    told = [_FAULTS.format(n=len(errors.faults))[lang]]
    told += [fault.text(lang) for fault in errors.faults[:room]]
    more = len(errors.faults) - room
    if sheet:
        told.append((_MORE.format(n=more, sheet=sheet) if more > 0 else _SEE.format(sheet=sheet))[lang])
    elif more > 0:
        command = _LISTED_BY.get(action, "")
        told.append((_MORE_UNLISTED if command else _MORE_BY_CHECK).format(n=more, command=command)[lang])
    return "\n".join(told)
