"""What the ribbon's buttons do. `buttons.run` calls `run`; everything a user sees of it is said here."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import xlwings as xw

from ... import __version__
from ...analysis.robustness.uncertain import Cancelled
from ...errors import BdIndexError, SheetErrors
from ...language import Lang, Text, joined, of_environment, same
from ...sheets import phrases, schema
from ...sheets.carrying import carried
from ...sheets.faults import Report
from ...sheets.read_settings import language
from ...system import logs
from ...tasks import audit as audits
from ...tasks import explain as explanations
from ...tasks import explanation_sentences, new_year
from ...tasks import recalculate as recalculation
from ...tasks import robustness as analyses
from . import restoring
from .application_state import escape_pressed, held
from .book import ExcelBook

_LINES = 10  # of a message box

_TITLE = Text("综合指数", "Composite Index")
_FAULTS = Text("发现 {n} 处错误，结果保持不变：", "{n} {n:fault|faults} found; the results stay as they were:")
_MORE = Text("……其余 {n} 处见“{sheet}”表。", "… and {n} more on the sheet “{sheet}”.")
_SEE = Text("详见“{sheet}”表。", "See the sheet “{sheet}”.")
_MORE_UNLISTED = Text("……其余 {n} 处请运行 bdindex check 查看。", "… and {n} more, which bdindex check lists.")
_MORE_BY_CHECK = Text("……其余 {n} 处请点“检查数据”查看。", "… and {n} more, which Check Data lists.")
_DONE = Text("已重新计算：{rankings}。", "Recalculated: {rankings}.")
_UNFILTERED = Text("已清除筛选：{tables}。", "Filters were cleared: {tables}.")
_CHECKED = Text("检查完毕。{found}", "Checked. {found}")
_RESTORED = Text("已恢复上一次重新计算之前的结果。", "The results are back to what they were before the recalculation.")
_NOTHING_KEPT = Text(
    "没有可恢复的结果：在这台电脑上还没有重新计算过这个工作簿。",
    "There is nothing to restore: this workbook has not been recalculated on this computer.",
)
_STOPPED = Text("已停止，没有写入任何结果。", "Stopped; nothing was written.")
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


Action = Callable[[xw.Book, ExcelBook, Lang], None]


def run(action: str, version: str, known: Mapping[str, Action]) -> None:
    """Do what a button stands for, in the workbook whose button it is.

    Parameters
    ----------
    action
        A key of `known`.
    version
        Version of bdindex_xl that made the workbook, or the add-in, whose button it is.
    known
        All actions: `ACTIONS`, and those that stand above this host.

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
        known[action](book, adapter, lang)
    except SheetErrors as errors:
        _tell_faults(book, errors, lang, listed=action in _LISTING)
    except BdIndexError as error:
        _tell(book, lang, error.text(lang), critical=True)
    except Exception:
        _tell(book, lang, _DEFECT.format(log=_write_log(action))[lang], critical=True)


def _recalculate(book: xw.Book, adapter: ExcelBook, lang: Lang) -> None:
    with held(book, lang) as show:

        def progress(step: Text) -> None:
            show(step)
            if step is recalculation.WRITING:  # without a fault, then: what was kept before is worth more
                restoring.keep(book, adapter)

        outcome = recalculation.recalculate(adapter, now=dt.datetime.now(), progress=progress)
    rankings = [
        phrases.STATUS_RANKING.format(ranking=schema.ranking_label(r.key), units=len(r.panel.units), year=r.year)
        for r in outcome.inputs.rankings
    ]
    lines = [_DONE.format(rankings=joined(rankings, en="; "))[lang], _found(adapter, outcome, lang)]
    if outcome.unfiltered:
        lines.append(_UNFILTERED.format(tables=joined([same(name) for name in outcome.unfiltered]))[lang])
    _tell(book, lang, "\n".join(lines))


def _check(book: xw.Book, adapter: ExcelBook, lang: Lang) -> None:
    with held(book, lang) as show:
        outcome = recalculation.check(adapter, show, write=True)
    _tell(book, lang, _CHECKED.format(found=_found(adapter, outcome, lang))[lang])


def _found(adapter: ExcelBook, outcome: recalculation.Outcome, lang: Lang) -> str:
    text = recalculation.counted(outcome.findings)[lang]
    sheet = adapter.tables().get(schema.CHECK.table)
    return text + (_SEE.format(sheet=sheet)[lang] if outcome.findings and sheet else "")


def _new_year(book: xw.Book, adapter: ExcelBook, lang: Lang) -> None:
    with held(book, lang):
        filtered = [name for name in adapter.tables() if adapter.is_filtered(name)]
        added = new_year.add(adapter)
    *lines, last = (text[lang] for text in added.told())
    written = {new.table.casefold() for new in added.rows}
    cleared = [same(name) for name in filtered if name.casefold() in written]
    if cleared:
        last = "\n".join([_UNFILTERED.format(tables=joined(cleared))[lang], last])
    _tell(book, lang, "\n".join([*lines[: _LINES - 1 - bool(cleared)], last]))


def _robustness(book: xw.Book, adapter: ExcelBook, lang: Lang) -> str:
    with held(book, lang) as show:
        stopped = partial(escape_pressed, _window(book))
        stopped()  # what was pressed before does not count
        try:
            found = analyses.analyse_robustness(adapter, progress=show, cancelled=stopped)
        except Cancelled:
            return _STOPPED[lang]
    return analyses.done(found, adapter)[lang]


def _window(book: xw.Book) -> int:
    """Excel's own window; 0 where an engine has none."""
    with suppress(Exception):
        return book.app.hwnd or 0
    return 0


def _audit(book: xw.Book, adapter: ExcelBook, lang: Lang) -> str:
    with held(book, lang) as show:
        found = audits.audit_workbook(adapter, progress=show)
    return audits.done(found, adapter)[lang]


def _explain(book: xw.Book, adapter: ExcelBook, lang: Lang) -> str:
    texts = [str(value) for value in _selected_row(book) if value is not None]
    with held(book, lang):
        found = explanations.explain_units(adapter, texts, whole=False)
    return explanation_sentences.done(found, adapter)[lang]


def _selected_row(book: xw.Book) -> list[Any]:
    """What stands in the first columns of the row that is selected; a unit's code may be a number there."""
    selection = None
    with suppress(Exception):  # of a chart or a shape, Excel and xlwings have no range
        selection = book.app.selection
    if selection is None:
        return []
    values = selection.sheet.range((selection.row, 1), (selection.row, _FIRST_COLUMNS)).value
    return [int(value) if isinstance(value, float) and value.is_integer() else value for value in values]


_FIRST_COLUMNS = 8


def _restore(book: xw.Book, adapter: ExcelBook, lang: Lang) -> None:
    results = restoring.kept(book)
    if results is None:
        _tell(book, lang, _NOTHING_KEPT[lang])
        return
    lost = Report()
    with held(book, lang):
        adapter.write(replace(results, tables=tuple(carried(adapter, results.tables, lost))))
    restoring.forget(book)
    _tell(book, lang, "\n".join([_RESTORED[lang], *(finding.text(lang) for finding in lost.findings)]))


def telling(work: Callable[[xw.Book, ExcelBook, Lang], str]) -> Action:
    """An action that tells what some work returns."""

    def action(book: xw.Book, adapter: ExcelBook, lang: Lang) -> None:
        _tell(book, lang, work(book, adapter, lang))

    return action


ACTIONS: dict[str, Action] = {
    "recalculate": _recalculate,
    "check": _check,
    "new_year": _new_year,
    "restore": _restore,
    "robustness": telling(_robustness),
    "audit": telling(_audit),
    "explain": telling(_explain),
}


def _tell_faults(book: xw.Book, errors: SheetErrors, lang: Lang, *, listed: bool) -> None:
    """`listed` tells whether the action has written them on the data check sheet."""
    sheet = dict(ExcelBook(book).tables()).get(schema.CHECK.table) if listed else None
    room = _LINES - 2
    lines = [_FAULTS.format(n=len(errors.faults))[lang]]
    lines += [fault.text(lang) for fault in errors.faults[:room]]
    more = len(errors.faults) - room
    if sheet:
        lines.append((_MORE.format(n=more, sheet=sheet) if more > 0 else _SEE.format(sheet=sheet))[lang])
    elif more > 0:
        lines.append((_MORE_UNLISTED if listed else _MORE_BY_CHECK).format(n=more)[lang])
    _tell(book, lang, "\n".join(lines), critical=True)
    if sheet:
        with suppress(Exception):  # a hidden sheet cannot be shown
            book.sheets[sheet].activate()


_LISTING = ("recalculate", "check")


def _tell(book: xw.Book, lang: Lang, text: str, *, critical: bool = False) -> None:
    book.app.alert(text, _TITLE[lang], mode="critical" if critical else "info")


def _numbers(version: str) -> tuple[int, ...]:
    """A version for comparison; anything but numbers in it counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))[:2]


def _write_log(action: str) -> str:
    return logs.write(f"bdindex {__version__}, xlwings {xw.__version__}, {action}", traceback.format_exc())
