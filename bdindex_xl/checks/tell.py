"""The commands `verify` and `diff`: open, ask, and tell a person or a program."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from .. import output, summary
from ..errors import Severity
from ..language import Lang, Text, same
from ..output import Remark
from ..sheets import choices, options, recalculate, schema
from ..sheets.read import read_inputs
from . import records, texts
from .compare import Difference
from .diff import Change, Changes, Copy
from .diff import diff as changes_between
from .moves import Move
from .record import ChangedSetting
from .verify import ChangedInput, Verdict
from .verify import verify as verdict_on

_TOP = 10
_PARTS = 5  # indicators told of each unit that moved
T = TypeVar("T")


def verify(file: Path, *, as_json: bool, lang: Lang) -> int:
    """Tell whether a workbook's results are what its raw data give: 0 where they are, 1 where not.

    Raises FileRefused, and SheetErrors where its input has faults.
    """
    with summary.Progress(lang) as progress:
        book = progress.open(file)
        lang = progress.lang
        progress(recalculate.COMPUTING)
        verdict = verdict_on(book)
    if as_json:
        found, result = _remarks(verdict), records.of_verdict(verdict)
        output.show("verify", ok=verdict.ok, lang=lang, file=file, findings=found, result=result)
    else:
        print("\n".join(_of_verdict(verdict, file, lang)))
    return 0 if verdict.ok else 1


def _remarks(verdict: Verdict) -> Iterable[Remark]:
    """What is not as it should be, as findings."""
    for setting in verdict.settings:
        yield Remark(Severity.FAULT, "setting changed", _changed_setting(setting), setting.sheet, setting.cell)
    if verdict.inputs_changed and verdict.recorded:
        yield Remark(Severity.FAULT, "input changed", texts.INPUT.format(time=verdict.recorded.time))
    names = {node.code: node.name for node in verdict.inputs.framework.indicators}
    for cell in verdict.changed_inputs:
        text = _changed_input(cell, names[cell.indicator])
        yield Remark(Severity.FAULT, "value changed", text, cell.sheet, cell.cell)
    for one in verdict.tampered:
        yield Remark(Severity.FAULT, "result changed", _difference(one), one.sheet, one.cell)
    for one in verdict.differences if verdict.differences != verdict.tampered else ():
        yield Remark(Severity.FAULT, "result does not follow", _difference(one), one.sheet, one.cell)
    if verdict.missing:
        yield Remark(Severity.WARNING, "not verified", texts.MISSING.format(tables=", ".join(verdict.missing)))


def _changed_setting(setting: ChangedSetting) -> Text:
    before, now = (_setting(setting.key, value) for value in (setting.before, setting.now))
    place, label = f"{setting.sheet}!{setting.cell}", options.SETTING[setting.key].label
    return texts.SETTING.format(place=place, key=label, before=before, now=now)


def _of_verdict(verdict: Verdict, file: Path, lang: Lang) -> Iterable[str]:
    heading = texts.TRUE if verdict.ok else texts.UNTRUE if verdict.n_cells else texts.NOTHING
    yield heading.format(file=file, n=f"{verdict.n_cells:,}")[lang]
    if verdict.missing:
        yield texts.MISSING.format(tables=", ".join(verdict.missing))[lang]
    last = verdict.recorded
    if last is None:
        yield texts.NO_LOG[lang]
    elif not last.comparable:
        yield texts.OLDER[lang]
    elif not verdict.inputs_changed and not verdict.settings:
        yield texts.LOG_SAME.format(time=last.time, version=last.version)[lang]
    yield from _of_input(verdict, lang)
    if verdict.settings:
        yield texts.SETTINGS[lang]
        yield from ("  " + _changed_setting(setting)[lang] for setting in verdict.settings)
    yield from _of_results(verdict, lang)


def _of_input(verdict: Verdict, lang: Lang) -> Iterable[str]:
    if verdict.inputs_changed:
        assert verdict.recorded is not None
        yield texts.INPUT.format(time=verdict.recorded.time)[lang]
        if not verdict.differences:
            yield texts.INPUT_UNSEEN[lang]
    elif verdict.recorded is None and verdict.differences and verdict.results_changed is False:
        yield texts.INPUT_SINCE[lang]
    if verdict.changed_inputs:
        yield texts.INPUT_CELLS.format(n=len(verdict.changed_inputs))[lang]
        names = {node.code: node.name for node in verdict.inputs.framework.indicators}
        yield from listed(verdict.changed_inputs, lambda cell: _changed_input(cell, names[cell.indicator]), lang)


def _of_results(verdict: Verdict, lang: Lang) -> Iterable[str]:
    if verdict.tampered:
        exactly = verdict.inputs_changed is False
        heading = texts.RESULTS if exactly else texts.RESULTS_CONTRADICT
        yield heading.format(n=len(verdict.tampered))[lang]
        yield from listed(verdict.tampered, _difference, lang)
    elif verdict.results_changed is None:
        yield texts.RESULTS_UNSEEN[lang]
    if verdict.differences and verdict.differences != verdict.tampered:
        yield texts.NOT_FOLLOWING.format(n=len(verdict.differences))[lang]
        yield from listed(verdict.differences, _difference, lang)
    if verdict.differences:
        yield texts.ADVICE[lang]


def listed(
    items: Sequence[T], sentence: Callable[[T], Text], lang: Lang, top: int | None = _TOP, more: Text = texts.MORE
) -> Iterable[str]:
    for item in items[:top]:
        yield "  " + sentence(item)[lang]
    if top is not None and len(items) > top:
        yield "  " + more.format(n=len(items) - top)[lang]


def _changed_input(cell: ChangedInput, name: str) -> Text:
    before, now = shown(cell.before), shown(cell.now)
    return texts.INPUT_CELL.format(
        place=cell.place, unit=cell.unit, year=cell.year, indicator=name, before=before, now=now
    )


def _difference(difference: Difference) -> Text:
    expected, found = shown(difference.expected), shown(difference.found)
    if difference.kind == "row missing":
        expected, found = texts.ROW.format(what=difference.what), texts.NO_ROW
    elif difference.kind == "row extra":
        expected, found = texts.NO_ROW, texts.ROW.format(what=difference.what)
    elif difference.kind == "column":
        expected = texts.HEADER.format(what=difference.what)
    bare = difference.kind != "value" or not difference.what
    sentence = texts.DIFFERENCE_BARE if bare else texts.DIFFERENCE
    return sentence.format(place=difference.place, what=difference.what, expected=expected, found=found)


def shown(value: object) -> Text:
    """A value as a sentence has it."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return texts.BLANK
    if isinstance(value, float):
        return same(f"{value:.15g}")
    return same(f"“{value}”" if isinstance(value, str) else value)


def _setting(key: str, value: object) -> Text:
    return (options.SETTING[key].choices or {}).get(str(value), same(value))


def diff(old: Path, new: Path, *, show_all: bool, as_json: bool, lang: Lang) -> int:
    """Tell what changed between two copies and what that did to ranks.

    Raises FileRefused, and SheetErrors where either has faults.
    """
    with summary.Progress(lang) as progress:
        copies: list[Copy] = []
        for file in (old, new):
            book = progress.open(file)
            copies.append(Copy(book, read_inputs(book)))
        lang = progress.lang
        progress(recalculate.COMPUTING)
        changes = changes_between(*copies)
    if as_json:
        result = records.of_changes(changes) | {"old": old, "new": new}
        output.show("diff", ok=True, lang=lang, file=new, result=result)
    else:
        print("\n".join(_of_changes(changes, lang, None if show_all else _TOP)))
    return 0


def _of_changes(changes: Changes, lang: Lang, top: int | None) -> Iterable[str]:
    if not changes.any:
        yield texts.ALIKE[lang]
    for keys, sentence in ((changes.only_old, texts.ONLY_OLD), (changes.only_new, texts.ONLY_NEW)):
        yield from (sentence.format(ranking=schema.ranking_label(key))[lang] for key in keys)
    for kind, heading in texts.CHANGED.items():
        some: tuple[Change, ...] = getattr(changes, kind)
        if some:
            yield heading.format(n=len(some))[lang]
            yield from listed(some, partial(_change, kind=kind, changes=changes), lang, top, texts.MORE_ALL)
    if changes.moves:
        yield texts.MOVES.format(n=len(changes.moves))[lang]
        for move in changes.moves[:top]:
            yield from _of_move(move, lang, top)
        if top is not None and len(changes.moves) > top:
            yield "  " + texts.MORE_ALL.format(n=len(changes.moves) - top)[lang]
    for key, year in changes.unmatched:
        yield texts.UNMATCHED.format(ranking=schema.ranking_label(key), year=year)[lang]


def _change(change: Change, *, kind: str, changes: Changes) -> Text:
    what = _what(kind, change)
    old, new = (texts.NONE if v is None and kind != "values" else _shown(change, v) for v in (change.old, change.new))
    if kind == "settings":
        key = change.what[0]
        what, old, new = options.SETTING[key].label, _setting(key, change.old), _setting(key, change.new)
    elif kind == "values":
        key, year, unit, code = change.what
        names = {c: n for r in (*changes.old.rankings, *changes.new.rankings)
                 for c, n in zip(r.panel.units, r.names, strict=True)}  # fmt: skip
        nodes = {n.code: n.name for i in (changes.old, changes.new) for n in i.framework.indicators}
        what = same(f"{names[unit]} {year} {nodes.get(code, code)}")
    return texts.CHANGE.format(place=change.place, what=what, old=old, new=new)


_COLUMNS = {"framework": schema.FRAMEWORK_COLUMNS, "units": schema.UNITS_COLUMNS}


def _what(kind: str, change: Change) -> Text:
    """What a change is about: a code and the header of the column; group columns are headed by their own names."""
    if kind not in _COLUMNS or not change.what[-1]:
        return same(" ".join(part for part in change.what if part))
    code, field = change.what
    header = next((column.header for column in _COLUMNS[kind] if column.key == field), same(field))
    return Text(f"{code} {header.zh}", f"{code} {header.en}")


def _shown(change: Change, value: Any) -> Text:
    """A value of a field as its sheet shows it."""
    field = change.what[-1]
    if field in choices.OF_FRAMEWORK and value in choices.OF_FRAMEWORK[field]:
        return choices.OF_FRAMEWORK[field][value]
    if field == "direction" and value in schema.DIRECTIONS:
        return schema.DIRECTIONS[value]
    return schema.ranking_label(str(value)) if field == "ranking" else shown(value)


def _of_move(move: Move, lang: Lang, top: int | None) -> Iterable[str]:
    old, new = (same(rank) if rank else texts.NONE for rank in (move.old_rank, move.new_rank))
    before, after = (_score(score) for score in (move.old_score, move.new_score))
    yield "  " + texts.MOVE.format(
        ranking=schema.ranking_label(move.ranking), year=move.year, name=move.name, old=old, new=new,
        before=before, after=after, change=_signed(move.new_score - move.old_score),
    )[lang]  # fmt: skip
    told = move.parts if top is None else move.parts[:_PARTS]
    for part in told:
        numbers = {key: _signed(getattr(part, key)) for key in ("change", "by_score", "by_weight")}
        yield "    " + texts.PART.format(name=part.name, **numbers)[lang]
    rest = move.parts[len(told) :]
    if rest:
        yield "    " + texts.OTHERS.format(n=len(rest), change=_signed(math.fsum(p.change for p in rest)))[lang]


def _score(score: float) -> Text:
    return texts.NONE if math.isnan(score) else same(f"{score:.4f}")


def _signed(number: float) -> Text:
    return texts.NONE if math.isnan(number) else same(f"{number:+.4f}")
