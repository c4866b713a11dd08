"""The command `collect`: collects, writes, recalculates, saves, and tells a person or a program."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ...errors import Finding, SheetErrors
from ...language import Lang, Text, joined, same
from ...microdata.collected import CellChange, Collected
from ...microdata.in_workbook import HowToCollect, collect_into, counted
from ...microdata.tally import RECORDS, WRONG_CODE, TallyLine
from ...sheets import schema
from ...sheets.cells import read_text
from ...tasks import recalculate
from ...tasks.written import NO_TABLE
from . import envelope, summary
from .summary import ProgressLine

_LISTED = 200  # changed cells that are told where a sheet lists them all

_COUNTED = Text("由 {tables} 统计 {n} 个指标：", "{n} {n:indicator|indicators} counted from {tables}:")
_OF = Text("  {table}（{of}）：{parts}", "  {table} ({of}): {parts}")
_PART = Text("{what} {n} 条", "{n} {what}")
_CHANGES = Text("改动 {n} 格：", "{n} {n:cell|cells} changed:")
_WOULD = Text("将改动 {n} 格：", "{n} {n:cell|cells} would change:")
_NONE = Text("各格与统计结果一致，没有改动。", "All cells are as counted; nothing changes.")
_CHANGE = Text("  {place} {told}：{old} → {new}", "  {place} {told}: {old} → {new}")
_KEPT = Text("  （为公式，未写入）", "  (a formula, left as it is)")
_MORE = Text(
    "  ……另有 {n} 格，见“{sheet}”表（--json 列出全部）", "  … and {n} more, on the sheet “{sheet}” (--json lists all)"
)
_NOTHING_WRITTEN = Text("未写入任何内容（--dry-run）。", "Nothing was written (--dry-run).")
_BLANK = Text("空白", "blank")


def collect(options: argparse.Namespace, lang: Lang) -> int:
    """Collect for a workbook. Raises FileRefused, SheetErrors and EngineFailed; then the file is as it was."""
    base = options.folder if options.folder is not None else options.file.resolve().parent
    asked = HowToCollect(base, options.engine, options.master or "", options.year)
    if options.dry_run:
        with ProgressLine(lang, options.file) as progress:
            found, notes = counted(progress.open(options.file), asked, progress)
        _tell(options, progress.lang, found, notes, ())
        return 0
    target = options.output or options.file
    with summary.to_write(options.file, options.output, lang, force=options.force) as (progress, book):
        now = dt.datetime.now()
        done = collect_into(book, asked, now, progress)
        sheet, report = (book.tables().get(one.table) for one in (schema.CHECK, schema.COLLECTION))
        try:
            outcome = recalculate.recalculate(book, now=now, progress=progress)
        except SheetErrors as errors:  # of other indicators, as a rule: what was collected is kept
            errors.listed_in, errors.sheet = target, sheet
            errors.backup = book.save(target) if sheet else None
            raise
        backup = book.save(target)
    if options.json:
        _show(options, progress.lang, done.found, (*done.notes, *outcome.findings), done.kept, backup)
        return 0
    _tell(options, progress.lang, done.found, done.notes, done.kept, report)
    if report is None:
        print(NO_TABLE.format(tables=schema.COLLECTION.table)[progress.lang])
    summary.tell_results(outcome, target, backup, progress.lang, as_json=False, sheet=sheet)
    return 0


def _tell(
    options: argparse.Namespace,
    lang: Lang,
    found: Collected,
    notes: Sequence[Finding],
    kept: Sequence[CellChange],
    sheet: str | None = None,
) -> None:
    if options.json:
        _show(options, lang, found, notes, kept, None)
        return
    for note in notes:
        print(note.text(lang))
    print(_COUNTED.format(n=found.n, tables=joined([same(table) for table in found.tables]))[lang])
    print("\n".join(_account(found.lines, lang)))
    print("\n".join(_changed(found.changes, kept, sheet, lang, dry=options.dry_run)))
    if options.dry_run:
        print(_NOTHING_WRITTEN[lang])


def _account(lines: Sequence[TallyLine], lang: Lang) -> Iterator[str]:
    """The numbers, a line a statement; their examples are on the sheet, and in JSON."""
    statements: list[tuple[TallyLine, list[Text]]] = []
    for line in lines:
        if line.example:
            continue
        if line.what in (RECORDS, WRONG_CODE) or not statements:
            statements.append((line, []))
        statements[-1][1].append(_PART.format(what=line.what, n=f"{line.n:,}"))
    for first, parts in statements:
        told = joined(parts, "，")
        yield _OF.format(table=same(first.table), of=first.detail, parts=told)[lang]


def _changed(
    changes: Sequence[CellChange], kept: Sequence[CellChange], sheet: str | None, lang: Lang, *, dry: bool
) -> Iterator[str]:
    if not changes:
        yield _NONE[lang]
        return
    yield (_WOULD if dry else _CHANGES).format(n=len(changes))[lang]
    shown = changes[:_LISTED] if sheet is not None else changes
    left = {(change.table, change.place) for change in kept}
    for change in shown:
        place = f"{change.sheet}!{change.cell}"
        old, new = (_BLANK if value in (None, "") else same(_spelt(value)) for value in (change.old, change.new))
        line = _CHANGE.format(place=place, told=change.told(), old=old, new=new)[lang]
        yield line + (_KEPT[lang] if (change.table, change.place) in left else "")
    if len(shown) < len(changes):
        yield _MORE.format(n=len(changes) - len(shown), sheet=sheet)[lang]


def _spelt(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float | int) and not isinstance(value, bool) else read_text(value)


def _show(
    options: argparse.Namespace,
    lang: Lang,
    found: Collected,
    findings: Sequence[Finding],
    kept: Sequence[CellChange],
    backup: Path | None,
) -> None:
    left = {(change.table, change.place) for change in kept}
    records = [
        {"table": one.table, "what": one.what, "n": one.n, "detail": one.detail, "where": one.where}
        for one in found.lines
    ]
    changed = [
        {"sheet": one.sheet, "cell": one.cell, "year": one.year, "unit": one.unit, "indicator": one.indicator,
         "old": one.old, "new": one.new, "written": not options.dry_run and (one.table, one.place) not in left}
        for one in found.changes
    ]  # fmt: skip
    result = {"indicators": found.n, "tables": found.tables, "records": records, "changed": changed, "backup": backup}
    file = options.file if options.dry_run else options.output or options.file
    envelope.show("collect", ok=True, lang=lang, file=file, findings=findings, result=result)
