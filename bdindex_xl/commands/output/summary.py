"""What a person, or a program, reads on the terminal after a command."""

from __future__ import annotations

import os
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from ...core import rank
from ...errors import BdIndexError, FileRefused, Finding, FrameworkError, Severity, SheetErrors, grouped
from ...hosts import files
from ...hosts.files import FileBook
from ...language import Lang, Text
from ...sheets import schema
from ...sheets.inputs import Ranking
from ...sheets.read_settings import language
from ...system.terminal import bare, harmless
from ...system.written_files import speak
from ...tasks import recalculate
from ...tasks.recalculate import Outcome
from . import envelope

MAKING = Text("生成工作簿", "making the workbook")

_TOP = 10  # places shown of each ranking
_LISTED = 20  # findings of a severity listed where all can be read elsewhere
_RANKING = Text("{ranking}排名（{year} 年，{n} 个地区）", "{ranking} ranking, {year} ({n} {n:unit|units})")
_FINDINGS = {
    Severity.FAULT: Text("错误 {n} 处：", "{n} {n:fault|faults}:"),
    Severity.WARNING: Text("警告 {n} 条：", "{n} {n:warning|warnings}:"),
    Severity.NOTE: Text("说明 {n} 条：", "{n} {n:note|notes}:"),
}
_MORE = Text("  …… 另有 {n} 条，见“{sheet}”表", "  … and {n} more, on the sheet “{sheet}”")
_MORE_CHECKED = Text("  …… 另有 {n} 条（--json 列出全部）", "  … and {n} more (--json lists all)")
_CLEAN = Text("未发现问题。", "No problems found.")
_WRITTEN = Text("结果已写入 {file}", "Results written to {file}")
BACKUP = Text("原文件已备份为 {file}", "The file as it was is kept as {file}")
_UNFILTERED = Text("已清除结果表的筛选：{sheets}", "Filters cleared on result tables: {sheets}")
_NOT_WRITTEN = Text(
    "结果未更新；全部问题已写入 {file} 的“{sheet}”表",
    "No result was changed; all findings are on the sheet “{sheet}” of {file}",
)
_NOT_WRITTEN_ANYWHERE = Text(
    "结果未更新；{file} 中没有列出问题的表（{table}），全部问题见上",
    "No result was changed; {file} has no table for findings ({table}), so all of them are listed above",
)
_FAULTY = Text("{file} 中有错误，请先改正。", "{file} has faults: please correct them first.")
_MADE = Text("已生成 {file}", "Made {file}")
_NEXT = Text(
    "打开它填写或修改数据，然后运行 bdindex recalculate {file}，或在 Excel 中点击“重新计算指数”。",
    "Open it and fill in or change the data; then run bdindex recalculate {file}, or click Recalculate Index in Excel.",
)
_MADE_FAULTY = Text("数据有待补充或改正，排名尚未计算：", "The data are incomplete or at fault; nothing is ranked yet:")


class ProgressLine:
    """What a person is shown while a command works, and in which language its end is told.

    Steps appear on a terminal, for work that takes over a second; silent where nobody watches. An error that ends the
    work leaves with the language of the workbook and, where it names no file itself, with the file being worked on.
    """

    def __init__(self, lang: Lang, file: Path | None = None) -> None:
        self.lang = lang
        self.file = file
        self._step: Text | None = None
        self._shown = 0
        self._due = self._over = False
        self._lock = threading.Lock()  # the timer's thread writes the line too
        self._timer = threading.Timer(1.0, self._become_due)
        self._timer.daemon = True

    def open(self, file: Path) -> FileBook:
        """Open the workbook that the command is about; from then on its language is spoken. Raises FileRefused."""
        self.file = file
        self(recalculate.READING)
        book = files.open_book(file)
        self.lang = language(book)
        speak(self.lang)
        return book

    def __enter__(self) -> ProgressLine:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.done()
        if isinstance(error, FileRefused | FrameworkError) and error.file is None and self.file is not None:
            error.about(self.file)
        if isinstance(error, BdIndexError):
            error.lang, error.file = error.lang or self.lang, error.file or self.file

    def __call__(self, step: Text) -> None:
        with self._lock:
            self._step = step
            if self._due:
                self._show()

    def done(self) -> None:
        """Wipe the line; nothing is shown from now on."""
        self._timer.cancel()
        with self._lock:
            self._due, self._over = False, True
            if self._shown:
                print("\r" + " " * self._shown + "\r", end="", file=bare(sys.stderr), flush=True)
                self._shown = 0

    def _become_due(self) -> None:
        with self._lock:
            self._due = not self._over
            if self._due:
                self._show()

    def _show(self) -> None:
        if self._step is not None:
            step = harmless(self._step[self.lang])
            text = f"{step} ……" if self.lang == "zh" else f"{step} …"
            print("\r" + _padded(text, self._shown), end="", file=bare(sys.stderr), flush=True)
            self._shown = max(self._shown, _width(text))


@contextmanager
def to_write(file: Path, output: Path | None, lang: Lang, *, force: bool) -> Iterator[tuple[ProgressLine, FileBook]]:
    """A workbook opened to be written, to itself or to another file; no other run writes there meanwhile.

    Raises FileRefused where it cannot be read, or the output may not be replaced.
    """
    with ProgressLine(lang, file) as progress, files.locked(output or file, progress):
        book = progress.open(file)
        files.check_target(book, output, file, force=force)
        yield progress, book


def _width(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def tell_results(
    outcome: Outcome, file: Path, backup: Path | None, lang: Lang, *, as_json: bool, sheet: str | None
) -> None:
    """After a recalculation: the top of each ranking, what was found, where the file is; `sheet` lists the findings."""
    if as_json:
        _show("recalculate", outcome, file, lang, backup=backup)
        return
    for ranking in outcome.inputs.rankings:
        print("\n".join(_top(outcome, ranking, lang)), end="\n\n")
    _tell_findings(outcome.findings, lang, _more(sheet))
    if outcome.unfiltered:
        print(_UNFILTERED.format(sheets=", ".join(outcome.unfiltered))[lang])
    print("\n".join(written(file, backup, lang)))


def written(file: Path, backup: Path | None, lang: Lang, what: Text = _WRITTEN) -> list[str]:
    """Where the results are, or what else was written, and what was there before."""
    lines = [what.format(file=file)[lang]]
    return [*lines, BACKUP.format(file=backup)[lang]] if backup else lines


def tell_checked(outcome: Outcome, file: Path, lang: Lang, *, as_json: bool) -> None:
    """After a check without faults."""
    if as_json:
        _show("check", outcome, file, lang)
        return
    if not outcome.findings:
        print(f"{file}：{_CLEAN.zh}" if lang == "zh" else f"{file}: {_CLEAN.en}")
    _tell_findings(outcome.findings, lang, _MORE_CHECKED.format)


def tell_faults(errors: SheetErrors, file: Path | None, lang: Lang) -> None:
    """Where there are faults: all of them, and where they are listed."""
    listed = errors.listed_in
    if file:
        print(_FAULTY.format(file=listed or file)[lang], file=sys.stderr)
    _tell_findings(errors.findings, lang, _more(errors.sheet) if listed else _MORE_CHECKED.format, to_error=True)
    if listed:
        where = _NOT_WRITTEN.format(file=listed, sheet=errors.sheet) if errors.sheet else _NOT_WRITTEN_ANYWHERE
        print(where.format(file=listed, table=schema.CHECK.table)[lang], file=sys.stderr)
    if errors.backup:
        print(BACKUP.format(file=errors.backup)[lang], file=sys.stderr)


def tell_made(
    command: str,
    file: Path,
    backup: Path | None,
    errors: SheetErrors | None,
    lang: Lang,
    *,
    as_json: bool,
    sheet: str | None = None,
    read: Sequence[Finding] = (),
) -> None:
    """After making a workbook; `sheet` lists the findings, `read` was found in the files it was made from."""
    if as_json:
        found = (*read, *(errors.findings if errors else ()))
        envelope.show(command, ok=True, lang=lang, file=file, findings=found, result={"backup": backup})
        return
    _tell_findings(read, lang, _MORE_CHECKED.format)
    if errors:
        print(_MADE_FAULTY[lang])
        _tell_findings(errors.findings, lang, _more(sheet))
    print(_MADE.format(file=file)[lang])
    if command == "new":
        import shlex

        print(_NEXT.format(file=shlex.quote(str(file)) if os.name != "nt" else f'"{file}"')[lang])
    if backup:
        print(BACKUP.format(file=backup)[lang])


def tell_built(written: Sequence[Path], backup: Path | None, lang: Lang, *, as_json: bool) -> None:
    """After making the shipped workbooks."""
    if as_json:
        result = {"files": written, "backup": backup}
        envelope.show("build", ok=True, lang=lang, file=written[0], result=result)
        return
    for file in written:
        print(_MADE.format(file=file)[lang])
    if backup:
        print(BACKUP.format(file=backup)[lang])


_Rest = Callable[..., Text]  # how many are left, in a sentence that says where they are


def _more(sheet: str | None) -> _Rest | None:
    """Where the rest is; None where no sheet lists it, so that all is told."""
    return partial(_MORE.format, sheet=sheet) if sheet else None


def _tell_findings(findings: Sequence[Finding], lang: Lang, more: _Rest | None, *, to_error: bool = False) -> None:
    stream = sys.stderr if to_error else sys.stdout
    for severity, heading in _FINDINGS.items():
        some = [finding for finding in findings if finding.severity is severity]
        if not some:
            continue
        print(heading.format(n=sum(finding.n for finding in some))[lang], file=stream)
        shown = grouped(some)
        for finding in shown[: _LISTED if more else None]:
            print("  " + finding.text(lang), file=stream)
        if more and len(shown) > _LISTED:
            print(more(n=sum(finding.n for finding in shown[_LISTED:]))[lang], file=stream)


def _top(outcome: Outcome, ranking: Ranking, lang: Lang) -> list[str]:
    label = schema.ranking_label(ranking.key)
    lines = [_RANKING.format(ranking=label, year=ranking.year, n=len(ranking.panel.units))[lang]]
    rows = _rows(outcome, ranking)[:_TOP]
    width = max((_width(row["label"]) for row in rows), default=0)
    for row in rows:
        change = schema.NEW_UNIT[lang] if row["new"] else _change(row["rank_change"])
        lines.append(f"  {row['rank']:>3}  {_padded(row['label'], width)}  {row['score']:6.2f}  {change}".rstrip())
    return lines


def _change(change: int | None) -> str:
    if change is None:
        return ""
    return f"▲{change}" if change > 0 else f"▼{-change}" if change < 0 else "—"


def _rows(outcome: Outcome, ranking: Ranking) -> list[dict[str, Any]]:
    """Ranked units of the index, best first."""
    result, y = outcome.results[ranking.key], ranking.shown
    root = outcome.inputs.framework.aggregates.index(outcome.inputs.framework.root)
    now, scores = result.rank_array[y, root], result.node_array[y, root]
    before = result.rank_array[y - 1, root] if y else np.zeros_like(now)
    changes = rank.rank_changes(now, before)
    order = np.argsort(now, kind="stable")
    return [
        {
            "code": ranking.panel.units[k],
            "name": ranking.names[k],
            "label": ranking.label(k),
            "rank": int(now[k]),
            "score": float(result.method.scale * scores[k]),
            "previous_rank": int(before[k]) or None,
            "rank_change": None if np.isnan(changes[k]) else int(changes[k]),
            "new": bool(y and not before[k]),
        }
        for k in order[now[order] > 0].tolist()
    ]


def _show(command: str, outcome: Outcome, file: Path, lang: Lang, **more: Any) -> None:
    inputs = outcome.inputs
    result = {
        "settings": inputs.settings.by_key(),
        "inputs_sha256": inputs.digest(),
        "rankings": [
            {"ranking": r.key, "year": r.year, "previous_year": r.previous_year, "units": _rows(outcome, r)}
            for r in inputs.rankings
        ],
    }
    envelope.show(command, ok=True, lang=lang, file=file, findings=outcome.findings, result=result | more)
