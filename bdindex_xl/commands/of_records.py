"""What is collected from records into the workbook that somebody has before them, told in a message box."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..errors import SheetErrors
from ..language import Text, joined, same
from ..sheets import schema
from ..tasks import desk as desks
from ..tasks.desk import LINES, Action, Desk
from ..tasks.written import NO_TABLE
from .collect import check_packages

if TYPE_CHECKING:
    from ..microdata.in_workbook import WrittenCounts

_CHANGED = Text(
    "由 {tables} 统计 {n} 个指标，改动 {cells} 格。",
    "{n} {n:indicator|indicators} counted from {tables}; {cells} {cells:cell|cells} changed.",
)
_NONE = Text(
    "由 {tables} 统计 {n} 个指标，各格与统计结果一致，没有改动。",
    "{n} {n:indicator|indicators} counted from {tables}; all cells are as counted, and none changed.",
)
_KEPT = Text(
    "另有 {n} 格为公式，未写入。", "{n} {n:cell|cells} more {n:is|are} left to {n:its formula|their formulas}."
)
_SEE = Text(
    "记录的去向和改动前后的数值见“{sheet}”表。",
    "What became of the records, and each old and new value: see “{sheet}”.",
)
_UNDO = Text(
    "“恢复上次结果”不涉及原始数据；文件在保存之前仍是原值。",
    "Restore Results does not bring raw data back; until you save it, the file has them as they were.",
)
_NOTES = 2  # of the sources, in a box


def collect(desk: Desk) -> str:
    """Count indicators as the workbook's rules say, by sources relative to its folder; write them, and recalculate."""
    check_packages("duckdb")
    from ..microdata.in_workbook import HowToCollect, collect_into

    filtered = [name for name in desk.book.tables() if desk.book.is_filtered(name)]
    with desk.held() as show:
        done = collect_into(desk.book, HowToCollect(desk.folder()), dt.datetime.now(), show)
    lines = [*_told(done, desk)]
    changed = {change.table.casefold() for change in done.found.changes}
    if cleared := [same(name) for name in filtered if name.casefold() in changed]:
        lines.append(desks.UNFILTERED.format(tables=joined(cleared))[desk.lang])
    try:
        recalculated = desks.ACTIONS["recalculate"](desk)
    except SheetErrors as errors:  # of other indicators, as a rule: what was collected is kept
        sheet = desk.book.tables().get(schema.CHECK.table)
        recalculated = desks.faults_told(errors, sheet, desk.lang, "recalculate", lines=LINES - len(lines))
    return "\n".join([*lines, recalculated])


def _told(done: WrittenCounts, desk: Desk) -> Iterator[str]:
    found, lang = done.found, desk.lang
    tables = joined([same(table) for table in found.tables])
    n = len(found.changes) - len(done.kept)
    yield (_CHANGED if n else _NONE).format(tables=tables, n=found.n, cells=n)[lang]
    if done.kept:
        yield _KEPT.format(n=len(done.kept))[lang]
    sheet = desk.book.tables().get(schema.COLLECTION.table)
    yield (_SEE.format(sheet=sheet) if sheet else NO_TABLE.format(tables=schema.COLLECTION.table))[lang]
    if n:
        yield _UNDO[lang]
    yield from (note.text(lang) for note in done.notes[:_NOTES])


ACTIONS: Mapping[str, Action] = {"collect": collect}
