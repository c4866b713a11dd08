"""What `diff` does, and what is read of it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from ...copies import copies_texts as texts
from ...copies.diff import Changes, Copy, ValueChange
from ...copies.diff import diff as changes_between
from ...copies.moves import Move, There
from ...language import Lang, Text, same
from ...sheets import choices, options, schema
from ...sheets.read import read_inputs
from ...tasks import recalculate
from . import copies_json, envelope, summary
from .sentences import TOP, Lists, setting_of, shown

_PARTS = 5  # indicators told of each unit that moved


def diff(old: Path, new: Path, *, show_all: bool, as_json: bool, lang: Lang) -> int:
    """Tell what changed between two copies and what that did to ranks.

    Raises FileRefused, and SheetErrors where either has faults.
    """
    with summary.ProgressLine(lang) as progress:
        copies: list[Copy] = []
        for file in (old, new):
            book = progress.open(file)
            copies.append(Copy(book, read_inputs(book)))
        lang = progress.lang
        progress(recalculate.COMPUTING)
        changes = changes_between(*copies)
    if as_json:
        result = copies_json.of_changes(changes) | {"old": old, "new": new}
        envelope.show("diff", ok=True, lang=lang, file=new, result=result)
    else:
        print("\n".join(told(changes, Lists(lang, None if show_all else TOP, texts.MORE_ALL))))
    return 0


def told(changes: Changes, lists: Lists) -> Iterable[str]:
    """What changed and what that did to ranks; with all of everything, each indicator of a unit that moved, too."""
    lang, top = lists.lang, lists.top
    if not changes.any:
        yield texts.ALIKE[lang]
    for keys, sentence in ((changes.only_old, texts.ONLY_OLD), (changes.only_new, texts.ONLY_NEW)):
        yield from (sentence.format(ranking=schema.ranking_label(key))[lang] for key in keys)
    for kind, heading in texts.CHANGED.items():
        some: tuple[ValueChange, ...] = getattr(changes, kind)
        if some:
            yield heading.format(n=len(some))[lang]
            yield from lists.of(some, partial(_change, kind=kind, changes=changes))
    if changes.moves:
        yield texts.MOVES.format(n=len(changes.moves))[lang]
        for move in changes.moves[:top]:
            yield from _of_move(move, lang, top)
        if top is not None and len(changes.moves) > top:
            yield "  " + lists.more.format(n=len(changes.moves) - top)[lang]
    for key, year in changes.unmatched:
        yield texts.UNMATCHED.format(ranking=schema.ranking_label(key), year=year)[lang]


def _change(change: ValueChange, *, kind: str, changes: Changes) -> Text:
    what = _what(kind, change)
    old, new = (texts.NONE if v is None and kind != "values" else _shown(change, v) for v in (change.old, change.new))
    if kind == "settings":
        key = change.what[0]
        what, old, new = options.SETTING[key].label, setting_of(key, change.old), setting_of(key, change.new)
    elif kind == "values":
        key, year, unit, code = change.what
        names = {c: n for r in (*changes.old.rankings, *changes.new.rankings) for c, n in r.labels.items()}
        nodes = {n.code: n.name for i in (changes.old, changes.new) for n in i.framework.indicators}
        what = same(f"{names[unit]} {year} {nodes.get(code, code)}")
    return texts.CHANGE.format(place=change.place, what=what, old=old, new=new)


_COLUMNS = {"framework": schema.FRAMEWORK.columns, "units": schema.UNITS.columns}


def _what(kind: str, change: ValueChange) -> Text:
    """What a change is about: a code and the header of the column; group columns are headed by their own names."""
    if kind not in _COLUMNS or not change.what[-1]:
        return same(" ".join(part for part in change.what if part))
    code, field = change.what
    header = next((column.header for column in _COLUMNS[kind] if column.key == field), same(field))
    return Text(f"{code} {header.zh}", f"{code} {header.en}")


def _shown(change: ValueChange, value: Any) -> Text:
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
    parts = move.parts if top is None else move.parts[:_PARTS]
    for part in parts:
        numbers = {key: _signed(getattr(part, key)) for key in ("change", "by_score", "by_weight")}
        both = {"old": texts.THERE[part.old], "new": texts.THERE[part.new]}
        usual = {part.old, part.new} == {There.VALUE}
        sentence = texts.CAME_OR_WENT if math.isnan(part.change) else texts.PART if usual else texts.PART_OTHERWISE
        yield "    " + sentence.format(name=part.name, **numbers, **both)[lang]
    rest = move.parts[len(parts) :]
    if rest and not math.isnan(rest[0].change):
        yield "    " + texts.OTHERS.format(n=len(rest), change=_signed(math.fsum(p.change for p in rest)))[lang]


def _score(score: float) -> Text:
    return texts.NONE if math.isnan(score) else same(f"{score:.4f}")


def _signed(number: float) -> Text:
    return texts.NONE if math.isnan(number) else same(f"{number:+.4f}")
