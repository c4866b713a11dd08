"""Looks a twin over for what was to be taken out: a user may have written a unit's name, or copied a number, anywhere.

`strip` takes out what it can know of. This is the second look, at the finished file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..hosts.files import FileBook
from ..hosts.files.package import Package
from ..hosts.files.workbook import Workbook
from ..language import Text, joined, same
from ..sheets import schema
from ..sheets.cells import read_text
from ..sheets.faults import Report
from ..sheets.read_units import read_units
from ..tasks.recalculate import Outcome
from .strip.residue import residue

_SHOWN = 5
_DIGITS, _DIGITS_WHOLE = 5, 7  # a number with fewer, or a whole one, may stand anywhere by chance
_NUMBER = re.compile(rb"-?\d+\.?\d*(?:[eE][+-]?\d+)?")

_NAMES = Text("{place}：{names}", "{place}: {names}")
_MORE = Text("{names} 等 {n} 处", "{names} and others, {n} in all")
_NUMBERS = Text("{place}：{n} 个原始数值", "{place}: {n} raw {n:number|numbers}")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be found: names and codes of units, raw numbers."""

    texts: tuple[str, ...] = ()
    numbers: frozenset[float] = frozenset()


def of_other_rankings(book: FileBook, only: str) -> Secrets:
    """Names and codes of units in other rankings, but for those that are part of a text that stays, and for codes of
    digits alone, which any number may hold."""
    units = read_units(book, Report()) if schema.UNITS.table in book.tables() else None
    if units is None:
        return Secrets()
    staying = {text for code, name in units.rankings.get(only, {}).items() for text in (code, name)}
    staying |= {group for code in units.rankings.get(only, {}) for group in units.groups.get(code, ())}
    stays = "\n".join(staying).casefold()
    others = (pair for key, some in units.rankings.items() if key != only for pair in some.items())
    texts = dict.fromkeys(read_text(text) for pair in others for text in pair)
    return Secrets(tuple(text for text in texts if _is_telling(text) and text.casefold() not in stays))


def _is_telling(text: str) -> bool:
    """Whether a text can be searched for, and is not found everywhere."""
    return not text.isdecimal() and len(text) >= (4 if text.isascii() else 2)


def of_raw_data(secrets: Secrets, outcome: Outcome) -> Secrets:
    """These, and every raw number with enough digits not to be found by chance."""
    values = np.concatenate([ranking.panel.values.ravel() for ranking in outcome.inputs.rankings])
    present = np.unique(values[~np.isnan(values)])
    return replace(secrets, numbers=frozenset(filter(_has_many_digits, present.tolist())))


def _has_many_digits(number: float) -> bool:
    digits = f"{abs(number):.15e}".partition("e")[0].replace(".", "").rstrip("0")
    return len(digits) >= (_DIGITS_WHOLE if number.is_integer() else _DIGITS)


def found(data: bytes, secrets: Secrets) -> tuple[Text, ...]:
    """What was found, a line for each place: the sheet's name, or the part of the file."""
    package = Package(data)
    sheets = {sheet.part: f"“{sheet.name}”" for sheet in Workbook(package).sheets}
    by_place: dict[str, list[str]] = {}
    for part, text in residue(data, secrets.texts) if secrets.texts else ():
        by_place.setdefault(sheets.get(part, part), []).append(text)
    lines = [_NAMES.format(place=same(place), names=_enumerated(names)) for place, names in by_place.items()]
    for part, n in _numbers(package, secrets.numbers):
        lines.append(_NUMBERS.format(place=same(sheets.get(part, part)), n=n))
    return tuple(lines)


def _enumerated(names: list[str]) -> Text:
    named = joined([same(name) for name in names[:_SHOWN]])
    return _MORE.format(names=named, n=len(names)) if len(names) > _SHOWN else named


def _numbers(package: Package, secret: frozenset[float]) -> Iterator[tuple[str, int]]:
    """Parts that hold raw numbers, and how many different ones."""
    for part in package.names() if secret else ():
        tokens = {token for token in _NUMBER.findall(package.read(part)) if len(token) >= _DIGITS}
        n = len({float(token) for token in tokens} & secret)
        if n:
            yield part, n
