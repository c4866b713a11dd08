"""A workbook's twin for those who have no Python: without macros and without what must not travel, results still right.

Bytes in, bytes out: `command` writes files, `smtp` sends them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..errors import BdIndexError
from ..functions import FUNCTIONS
from ..hosts.files import FileBook
from ..hosts.files.adding import with_names
from ..hosts.files.stripping import Choices, strip
from ..language import Text
from ..sheets import recalculate, schema
from ..sheets.book import ResultColumn, Results, ResultTable
from ..sheets.cells import read_text
from ..sheets.faults import Report
from ..sheets.fingerprint import Fingerprint
from ..sheets.read_settings import language
from ..sheets.recalculate import Outcome
from ..sheets.tables import read_table
from . import leaks, reader
from .live import lambdas
from .live.limits import NoFormulas
from .live.twin import live
from .live.working import FULL
from .numbers import text_as_numbers

Progress = Callable[[Text], None]

STRIPPING = Text("移除宏等内容", "taking out macros and the like")
FORMULAS = Text("写入公式", "writing formulas")
_FUNCTIONS = tuple(function.name for function in FUNCTIONS)
# What formulas of ours point at, besides each ranking's data.
_NEEDED = (
    schema.TABLE_SETTINGS, schema.TABLE_FRAMEWORK, schema.TABLE_UNITS, schema.TABLE_NORMALISED, schema.TABLE_WEIGHTS
)  # fmt: skip

_AS_VALUES = Text("结果以数值给出，而不是公式：{why}。", "Results are values, not formulas: {why}.")
_HIDDEN = Text(
    "公式所需的隐藏工作表（{sheets}）已按要求移除，如需保留请加 --keep-hidden",
    "they would need hidden sheets that were taken out ({sheets}); --keep-hidden keeps those",
)
_DELETED = Text("工作簿中缺少公式所需的表（{tables}）", "they would need tables that the workbook lacks ({tables})")
_OUT_OF_DATE = Text(
    "工作簿中的结果在分享时按现有数据更新过，其他公式在打开文件时随之重算，因此没有转为数值。"
    "如需全部为数值，请先在 Excel 中重新计算并保存，再分享。",
    "The results were brought up to date while sharing; all other formulas follow when the file is opened, so none was "
    "replaced by its value. For values alone, recalculate and save in Excel first, then share.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the twin is to be: see `stripping.Choices`; with `values` it holds no formulas."""

    values: bool = False
    only: str | None = None
    no_raw: bool = False
    keep_comments: bool = True
    keep_hidden: bool = False


@dataclass(frozen=True, eq=False)
class Twin:
    """The file, what it was computed from, what was taken out.

    `notes` are for the sender to know; `leaks` tell of what was to be taken out and was found again, in what the user
    wrote elsewhere.
    """

    data: bytes
    outcome: Outcome
    live: bool
    removed: tuple[Text, ...]
    notes: tuple[Text, ...]
    leaks: tuple[Text, ...]
    wanted: Wanted
    fingerprint: Fingerprint


def make(data: bytes, wanted: Wanted, *, now: dt.datetime, progress: Progress = lambda _: None) -> Twin:
    """The twin of a workbook file.

    Raises
    ------
    SheetErrors
        Where its input is at fault.
    FileRefused
        Where the file cannot be read, has no such ranking, or would be left without a visible sheet.
    """
    progress(recalculate.READING)
    original = FileBook.from_bytes(data)
    secrets = leaks.of_other_rankings(original, wanted.only) if wanted.only else leaks.Secrets()
    book, removed = _for_calculation(original, data, wanted)
    before = None if original.recalculates else _results(book, wanted.only)
    outcome = recalculate.recalculate(book, now=now, progress=progress, list_findings=not wanted.no_raw)
    # Whether the values of formulas elsewhere in the file are those that follow from the results.
    current = before is not None and _equal(before, _results(book, wanted.only))
    if wanted.no_raw:
        secrets = leaks.of_raw_data(secrets, outcome)
    progress(STRIPPING)
    reader.without_guidance(book, outcome)
    made, is_live, notes = _made(book, outcome, wanted, current, progress)
    file = reader.for_reader(made.data, outcome, is_live=is_live)
    file = _saying_what_is_left_out(book, file)
    found = leaks.found(file, secrets)
    return Twin(
        file,
        outcome,
        is_live,
        tuple(dict.fromkeys((*removed, *made.removed))),
        notes,
        found,
        wanted,
        outcome.fingerprint,
    )


def _saying_what_is_left_out(book: FileBook, copy: bytes) -> bytes:
    """The copy, with the names of result tables that are not taken along, so that none is missed in it."""
    there = FileBook.from_bytes(copy).tables()
    gone = [name for name in book.tables() if schema.is_result(name) and name not in there]
    return with_names(copy, {schema.NAME_LEFT_OUT: '"{}"'.format(",".join(gone))}) if gone else copy


def remade(data: bytes) -> tuple[bytes | None, dict[str, str]]:
    """A file's copy made anew for comparison, its sheets as they are: with formulas for results where the method has
    them, else None; and the names under which copies give the worksheet functions."""
    book = FileBook.from_bytes(data)
    steps = book.sheet_of(FULL)
    names = lambdas.names(language(book))
    if steps is None or not set(_NEEDED) <= set(book.tables()):
        return None, names
    try:
        return live(strip(data, Choices(keep_hidden_sheets=True, without=(steps,))).data), names
    except BdIndexError:  # no formulas for this method, or no room for them: then there are none to compare with
        return None, names


def _for_calculation(original: FileBook, data: bytes, wanted: Wanted) -> tuple[FileBook, tuple[Text, ...]]:
    """The workbook as it is to be calculated: without other rankings, and without the steps of an earlier twin."""
    steps = original.sheet_of(FULL)
    if wanted.only is None and steps is None:
        return original, ()
    # All else stays for now: hidden sheets may hold what the calculation needs.
    choices = Choices(keep_hidden_sheets=True, only=wanted.only, without=(steps,) if steps else ())
    first = strip(data, choices)
    book = FileBook.from_bytes(first.data)
    if wanted.only is not None:
        _keep_rows(book, wanted.only)
    return book, first.removed


def _keep_rows(book: FileBook, only: str) -> None:
    """Tables that no calculation writes, with the rows of one ranking; a user's own columns in them stay."""
    tables = []
    for name, columns in _WITH_RANKINGS.items():
        table = read_table(book, name, columns, Report(), [c.key for c in columns]) if name in book.tables() else None
        if table is None or "ranking" not in table.places:
            continue
        labels = table.column("ranking")
        rows = [i for i, label in enumerate(labels) if schema.ranking_key(read_text(label)) == only]
        cells = zip(table.block.header, table.block.columns, strict=True)
        tables.append(ResultTable(name, tuple(ResultColumn(h, "text", [c[i] for i in rows]) for h, c in cells)))
    book.write(Results(tuple(tables)))


_WITH_RANKINGS = {schema.TABLE_UNITS: schema.UNITS_COLUMNS, **schema.ANALYSES}


def _results(book: FileBook, only: str | None) -> dict[str, list[list[object]]]:
    """All cells of the result tables but the log and the data check, which tell of a run rather than of results.

    Of one ranking alone, its own table: the others have had rows of every ranking.
    """
    shared = () if only else schema.COMPUTED_TABLES
    rankings = schema.TABLE_RANKING.format(ranking="")
    tables = [name for name in book.tables() if name in shared or name.startswith(rankings)]
    return {name: [list(column) for column in book.read(name).columns] for name in tables}


def _equal(one: dict[str, list[list[object]]], other: dict[str, list[list[object]]]) -> bool:
    """Whether the cells say the same: other programs keep 15 digits of a number, and add up in another order."""
    if one.keys() != other.keys():
        return False
    return all(
        len(a) == len(b) and all(len(c) == len(d) and all(map(_alike, c, d)) for c, d in zip(a, b, strict=True))
        for a, b in ((one[name], other[name]) for name in one)
    )


def _alike(a: object, b: object) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)
    return a == b or (a in (None, "") and b in (None, ""))


@dataclass(frozen=True, slots=True)
class _Made:
    data: bytes
    removed: tuple[Text, ...]


def _made(
    book: FileBook, outcome: Outcome, wanted: Wanted, current: bool, progress: Progress
) -> tuple[_Made, bool, tuple[Text, ...]]:
    """The file, whether its results are formulas, and what the sender should know."""
    choices = Choices(wanted.keep_comments, wanted.keep_hidden, wanted.only, wanted.no_raw)
    asked_for_values = wanted.values or wanted.no_raw
    why = None if asked_for_values else text_as_numbers(book, outcome.inputs)
    file = book.to_bytes()
    if not (asked_for_values or why):
        with_formulas, why = _live(file, choices, current, progress, outcome)
        if with_formulas is not None:
            return with_formulas, True, ()
    notes = (_AS_VALUES.format(why=why),) if why else ()
    if not current:  # a formula's value may be one that no longer follows: the formula stays, with its function
        stripped = strip(file, choices)
        named = with_names(stripped.data, lambdas.names(outcome.inputs.lang))
        return _Made(named, stripped.removed), False, (*notes, *((_OUT_OF_DATE,) if wanted.values else ()))
    stripped = strip(file, replace(choices, values=wanted.values, functions=_FUNCTIONS))
    return _Made(_trusting(stripped.data, wanted.only), stripped.removed), False, notes


def _live(
    file: bytes, choices: Choices, current: bool, progress: Progress, outcome: Outcome
) -> tuple[_Made | None, Text | None]:
    """The file with formulas for results; or why there are none."""
    others = tuple(name for name in _FUNCTIONS if name not in lambdas.names(outcome.inputs.lang))
    stripped = strip(file, replace(choices, functions=others if current else ()))
    there = FileBook.from_bytes(stripped.data).tables()
    needed = (*_NEEDED, *(schema.table_of(schema.TABLE_DATA, r.key) for r in outcome.inputs.rankings))
    gone = [name for name in needed if name not in there]
    if gone:
        sheets = FileBook.from_bytes(file).tables()
        if hidden := [sheets[name] for name in gone if name in sheets]:
            return None, _HIDDEN.format(sheets=", ".join(dict.fromkeys(hidden)))
        return None, _DELETED.format(tables=", ".join(gone))
    progress(FORMULAS)
    try:
        data = live(stripped.data)
    except NoFormulas as reason:
        return None, reason.message
    return _Made(_trusting(data, choices.only) if current else data, stripped.removed), None


def _trusting(data: bytes, only: str | None) -> bytes:
    """The file whose stored values are those that its formulas give; of one ranking alone, some formulas have none."""
    if only is not None:
        return data
    book = FileBook.from_bytes(data)
    book.trust_values()
    return book.to_bytes()
