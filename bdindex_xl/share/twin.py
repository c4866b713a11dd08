"""A workbook's twin for those who have no Python: without macros and without what must not travel, results still right.

Bytes in, bytes out: the command writes files, `smtp` sends them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..functions import FUNCTIONS
from ..hosts.files import FileBook
from ..hosts.files.evaluate import evaluated
from ..hosts.files.settling import CellPlace
from ..hosts.files.unused import without_unused
from ..language import Progress, Text, joined, same
from ..sheets import schema
from ..sheets.areas import Area, address
from ..sheets.book import ResultColumn, Results, ResultTable
from ..sheets.cells import read_text
from ..sheets.faults import Report
from ..sheets.fingerprint import Fingerprint
from ..sheets.keyed_table import read_table
from ..sheets.read_settings import language
from ..tasks import recalculate
from ..tasks.recalculate import Outcome
from . import disclosure, raw, reader
from .live import anew, lambdas
from .live.adding import with_names
from .live.capacity import NoFormulas
from .live.live_copy import live
from .live.sources import Sources, locate
from .live.working import FULL
from .strip.strip import StripChoices, strip
from .typed_numbers import text_as_numbers

STRIPPING = Text("移除宏等内容", "taking out macros and the like")
FORMULAS = Text("写入公式", "writing formulas")
_FUNCTIONS = tuple(function.name for function in FUNCTIONS)

_AS_VALUES = Text("结果以数值给出，而不是公式：{why}。", "Results are values, not formulas: {why}.")
_HIDDEN = Text(
    "公式所需的隐藏工作表（{sheets}）已按要求移除，如需保留请加 --keep-hidden",
    "they would need hidden sheets that were taken out ({sheets}); --keep-hidden keeps those",
)
_DELETED = Text("工作簿中缺少公式所需的表（{tables}）", "they would need tables that the workbook lacks ({tables})")
_BLANKED = Text(
    "{n} 个公式的值可能已经过时，又无法在此计算，副本中留空：{cells}。请在 Excel 中重新计算并保存，再分享。",
    "{n} {n:cell is|cells are} blank in the copy, since the {n:value of its formula|values of their formulas} may be "
    "out of date and cannot be computed here: {cells}. Recalculate and save in Excel first, then share.",
)
_MORE = Text("{cells} 等", "{cells} and others")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the twin is to be: see `strip.StripChoices`; with `values` it holds no formulas."""

    values: bool = False
    only: str | None = None
    no_raw: bool = False
    keep_comments: bool = True
    keep_hidden: bool = False


@dataclass(frozen=True, eq=False)
class Twin:
    """The file, what it was computed from, what was taken out.

    `notes` are for the sender to know; `found_again` is what was to be taken out and was found again, in what the user
    wrote elsewhere.
    """

    data: bytes
    outcome: Outcome
    live: bool
    removed: tuple[Text, ...]
    notes: tuple[Text, ...]
    found_again: tuple[Text, ...]
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
    trusted = not original.recalculates  # asked before results are written to it
    secrets = disclosure.of_other_rankings(original, wanted.only) if wanted.only else disclosure.Secrets()
    book, removed, blanked = _for_calculation(original, data, wanted)
    outcome = recalculate.recalculate(book, now=now, progress=progress, list_findings=not wanted.no_raw)
    notes: tuple[Text, ...] = ()
    if wanted.no_raw:
        secrets = disclosure.of_raw_data(secrets, outcome)
        withheld, notes = raw.withhold(book)
        removed += withheld
    progress(STRIPPING)
    reader.without_guidance(book, outcome)
    if wanted.no_raw:
        raw.forget_shown(book)
    made, is_live, why = _made(book, outcome, wanted, progress, trusted=trusted)
    file = reader.for_reader(made.data, outcome, is_live=is_live)
    there = FileBook.from_bytes(file)
    file = without_unused(_saying_what_is_left_out(outcome, there, file))
    found = disclosure.found(file, secrets)
    told = [*(reader.stay_behind(there) if is_live else ()), *reader.not_verified(book, there)]
    notes = (*why, *told, *_blank_cells(file, (*blanked, *made.blanked)), *notes)
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


def _saying_what_is_left_out(outcome: Outcome, there: FileBook, copy: bytes) -> bytes:
    """The copy, with the names of result tables that are not in it, so that none is missed: those that the workbook had
    lost before among them, since its log may not be there to say so."""
    gone = [name for name in recalculate.names_of_results(outcome.inputs) if name not in there.tables()]
    return with_names(copy, {schema.NAME_LEFT_OUT: '"{}"'.format(",".join(gone))}) if gone else copy


def _blank_cells(data: bytes, places: Iterable[CellPlace]) -> tuple[Text, ...]:
    """What to tell of cells that lost their formula and have no value."""
    book = FileBook.from_bytes(data)
    sheets = {name.casefold() for name in book.sheets()}
    cells = [
        f"{sheet}!{address(row, column)}"
        for sheet, row, column in dict.fromkeys(places)
        if sheet.casefold() in sheets and book.values(sheet, Area(row, column, row, column)) == [[None]]
    ]
    if not cells:
        return ()
    named = joined([same(cell) for cell in cells[:_SHOWN]])
    return (_BLANKED.format(n=len(cells), cells=_MORE.format(cells=named) if len(cells) > _SHOWN else named),)


def _for_calculation(
    original: FileBook, data: bytes, wanted: Wanted
) -> tuple[FileBook, tuple[Text, ...], tuple[CellPlace, ...]]:
    """The workbook as it is to be calculated: without other rankings, and without the steps of an earlier twin."""
    steps = original.sheet_of(FULL)
    if wanted.only is None and steps is None:
        return original, (), ()
    doubtful = original.formula_cells() if original.recalculates else ()
    doubtful = [cell for cell in doubtful if not original.renewed(cell)]
    # All else stays for now: hidden sheets may hold what the calculation needs.
    choices = StripChoices(keep_hidden_sheets=True, only=wanted.only, without=(steps,) if steps else ())
    choices = replace(choices, stale=frozenset(cell.key for cell in doubtful))
    first = strip(data, choices)
    book = FileBook.from_bytes(first.data)
    if wanted.only is not None:
        _keep_rows(book, wanted.only)
        _show_unit(book, wanted.only)
    return book, first.removed, first.blanked


def _show_unit(book: FileBook, only: str) -> None:
    """Have the sheet of one unit show one of the ranking that stays."""
    there = book.cells([schema.NAME_PROFILE_RANKING])
    shown = [read_text(cell.value) for cell in there.values()]
    name = schema.table_of(schema.RANKING.table, schema.ranking_key(only))
    if not shown or schema.ranking_key(shown[0]) == schema.ranking_key(only) or name not in book.tables():
        return
    table = read_table(book, name, schema.RANKING.columns, Report(), schema.RANKING.keys)
    units = [read_text(value) for value in table.column("unit")] if table else []
    label = schema.ranking_label(schema.ranking_key(only))[language(book)]
    cells: dict[str, str | float] = {schema.NAME_PROFILE_RANKING: label, schema.NAME_PROFILE_UNIT: (units or [""])[0]}
    book.write(Results((), cells))


def _keep_rows(book: FileBook, only: str) -> None:
    """Tables that no calculation writes, with the rows of one ranking; a user's own columns in them stay."""
    tables = []
    for sheet in (schema.UNITS, *schema.ANALYSES):
        name = sheet.table
        table = read_table(book, name, sheet.columns, Report(), sheet.keys) if name in book.tables() else None
        if table is None or "ranking" not in table.places:
            continue
        labels = table.column("ranking")
        rows = [i for i, label in enumerate(labels) if schema.ranking_key(read_text(label)) == only]
        cells = zip(table.block.header, table.block.columns, strict=True)
        tables.append(ResultTable(name, tuple(ResultColumn(h, "text", [c[i] for i in rows]) for h, c in cells)))
    book.write(Results(tuple(tables)))


@dataclass(frozen=True, slots=True)
class _Made:
    data: bytes
    removed: tuple[Text, ...]
    blanked: tuple[CellPlace, ...]


def _made(
    book: FileBook, outcome: Outcome, wanted: Wanted, progress: Progress, *, trusted: bool
) -> tuple[_Made, bool, tuple[Text, ...]]:
    """The file, whether its results are formulas, and what the sender should know of that."""
    choices = StripChoices(wanted.keep_comments, wanted.keep_hidden, wanted.only, wanted.no_raw)
    asked_for_values = wanted.values or wanted.no_raw
    found = None if asked_for_values else locate(book, outcome.inputs)
    why = text_as_numbers(book, outcome.inputs, found) if found else None
    choices = replace(choices, stale=_renewed(book, outcome, trusted=trusted))
    if found and not why:
        with_formulas, why = _live(book.to_bytes(), choices, progress, outcome, found)
        if with_formulas is not None:
            return with_formulas, True, ()
    made = _stripped(book.to_bytes(), replace(choices, values=wanted.values, functions=_FUNCTIONS))
    return made, False, (_AS_VALUES.format(why=why),) if why else ()


def _renewed(book: FileBook, outcome: Outcome, *, trusted: bool) -> frozenset[CellPlace]:
    """Values of formulas that may be out of date computed anew, as far as they can be; the places of the others.

    Those are: all of them where a program has left it to the next one to calculate; otherwise those that follow cells
    that are others now. Our own functions are computed with every change of results.
    """
    _with_own_values(book)
    formulas = book.formula_cells()
    stale = [cell for cell in formulas if not book.renewed(cell)] if not trusted else book.stale(formulas)
    there = book.tables()
    if book.has_changed([there[sheet.table] for sheet in schema.COMPUTED if sheet.table in there]):
        keys = {cell.key for cell in stale}
        stale = [*stale, *(cell for cell in formulas if cell.key not in keys and _calls_ours(cell.text))]
    values, without = evaluated(book, stale, outcome.inputs.lang)
    book.settle(values)
    return frozenset(cell.key for cell in without)


def _with_own_values(book: FileBook) -> None:
    """The sheet of one unit with values, where those that it had may be of what went."""
    if book.unvalued():
        book.calculate_own()


def _calls_ours(text: str) -> bool:
    return any(f"{name}(" in text.upper() for name in _FUNCTIONS)


def _stripped(file: bytes, choices: StripChoices) -> _Made:
    """The file, to be calculated as it opens only where a formula's value may not be the one that it gives."""
    made = strip(file, choices)
    book = FileBook.from_bytes(made.data)
    if choices.no_raw and not book.calculate_own():  # what its formulas show may be raw values that went
        place = book.sheet_of(schema.CELL_TITLE.format(table=schema.PROFILE_KEY))
        made = strip(file, replace(choices, without=(*choices.without, *([place] if place else ()))))
        book = FileBook.from_bytes(made.data)
    _with_own_values(book)
    if book.unvalued() or (choices.stale and any(cell.key in choices.stale for cell in book.formula_cells())):
        book.distrust_values()
    else:
        book.trust_values()
    return _Made(book.to_bytes(), made.removed, made.blanked)


def _live(
    file: bytes, choices: StripChoices, progress: Progress, outcome: Outcome, found: Sources
) -> tuple[_Made | None, Text | None]:
    """The file with formulas for results; or why there are none."""
    others = tuple(name for name in _FUNCTIONS if name not in lambdas.names(outcome.inputs.lang))
    shown = FileBook.from_bytes(file).sheet_of(schema.NAME_FUNCTION_HELP)
    # Where they are names, LibreOffice takes a call of one for no formula at all, so that examples show their values.
    stripped = _stripped(file, replace(choices, functions=others, values_on=(shown,) if shown else ()))
    there = FileBook.from_bytes(stripped.data).tables()
    gone = [name for name in anew.needed(outcome.inputs) if name not in there]
    if gone:
        sheets = FileBook.from_bytes(file).tables()
        if hidden := [sheets[name] for name in gone if name in sheets]:
            return None, _HIDDEN.format(sheets=", ".join(dict.fromkeys(hidden)))
        return None, _DELETED.format(tables=", ".join(gone))
    progress(FORMULAS)
    try:
        return replace(stripped, data=live(stripped.data, outcome, found)), None
    except NoFormulas as reason:
        return None, reason.message
