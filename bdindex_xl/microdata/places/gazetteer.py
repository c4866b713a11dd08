"""Which unit of each ranking a place belongs to: by its code, its name, its address or the credit code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ...language import Lang
from . import address, known_names
from .divisions import Division, by_code, chain, city_of, level_of, named_today
from .place_texts import DOUBTS, Doubt, How

_CODE = re.compile(r"(\d{6})(?:\d{3}|\d{6})?(?:\.0+)?")
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Found(NamedTuple):
    """The place of one value.

    Parameters
    ----------
    value
        As it was given.
    codes
        The unit in each ranking, in the order of the rankings; blank where it belongs to none.
    how
        By what it was found; blank where no ranking has it.
    doubt
        What there is to list, blank for nothing.
    note
        The same in words, in the language asked for.
    """

    value: str
    codes: tuple[str, ...]
    how: How
    doubt: Doubt
    note: str


@dataclass(frozen=True)
class Gazetteer:
    """Units to look places up in. It can be pickled, and holds the units alone.

    Parameters
    ----------
    rankings
        Names by code, by ranking.
    lang
        Language of notes.
    """

    rankings: Mapping[str, Mapping[str, str]]
    lang: Lang = "zh"

    def lookup(self, values: Iterable[str | None]) -> Iterator[Found]:
        """The unit of each value in every ranking, one after the other."""
        find = _Finder(self).find
        for value in values:
            yield find(value or "")

    def find(self, value: str) -> Found:
        """The unit of one value."""
        return next(self.lookup([value]))


class _Finder:
    """What finds units, with what it keeps of earlier values: so that places are judged once, not once a value."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._units, self._lang = tuple(gazetteer.rankings.values()), gazetteer.lang
        self._divided = tuple(map(_chinese, self._units))
        self._none = ("",) * len(self._units)
        self._exact: dict[str, tuple[tuple[str, ...], How]] = {}
        self._judged: dict[tuple[Division, ...], tuple[tuple[str, ...], Doubt, str]] = {}
        for how in (How.CODE, How.NAME):
            for k, units in enumerate(self._units):
                for code, name in units.items():
                    self._add(_plain(code if how is How.CODE else name), k, code, how)

    def _add(self, key: str, k: int, code: str, how: How) -> None:
        codes, first = self._exact.get(key, (self._none, how))
        if not codes[k]:
            self._exact[key] = (*codes[:k], code, *codes[k + 1 :]), first

    def find(self, value: str) -> Found:
        """The unit of one value: its own code or name first, then a division's code, then an address."""
        plain = _plain(value)
        if not plain:
            return self._nowhere(value, Doubt.BLANK)
        codes, how = self._exact.get(plain, (self._none, How.NONE))
        if all(codes) or not any(self._divided):
            return Found(value, codes, how, Doubt.NONE, "") if any(codes) else self._nowhere(value, Doubt.UNKNOWN)
        code, elsewhere = _CODE.fullmatch(plain), ""
        if code is not None:
            how, candidates = How.CODE, known_names.meant(code[1])
        else:
            place, elsewhere = address.read(plain.replace(" ", ""))
            how, candidates = How.ADDRESS, place.candidates
        if not candidates:
            return self._nowhere(value, Doubt.UNKNOWN)
        if candidates not in self._judged:
            self._judged[candidates] = self._judge(candidates)
        codes, doubt, names = self._judged[candidates]
        if elsewhere and doubt is Doubt.NONE:
            doubt = Doubt.ELSEWHERE
        note = DOUBTS[doubt].format(places=names, found=elsewhere)[self._lang] if doubt else ""
        return Found(value, codes, how if any(codes) else How.NONE, doubt, note)

    def _nowhere(self, value: str, doubt: Doubt) -> Found:
        return Found(value, self._none, How.NONE, doubt, DOUBTS[doubt][self._lang])

    def _judge(self, candidates: tuple[Division, ...]) -> tuple[tuple[str, ...], Doubt, str]:
        """The units of a place, where all that is possible is of one; what there is to say; and what is possible."""
        now = known_names.current(candidates)
        codes = []
        for units, divided in zip(self._units, self._divided, strict=True):
            some = {_unit_of(division, units) for division in now} if divided else {""}
            codes.append(some.pop() if len(some) == 1 else "")
        possible = sorted({division.today for division in now})
        if all(codes):
            doubt = Doubt.NONE
        elif len({_seat(code) for code in possible}) > 1:
            doubt = Doubt.AMBIGUOUS
        else:
            doubt = Doubt.COARSE if level_of(possible[0]) == 1 else Doubt.OUTSIDE
        return tuple(codes), doubt, "、".join(map(_full_name, possible))


def _unit_of(division: Division, units: Mapping[str, str]) -> str:
    """The unit that a division is, or is part of: of its own time where the units are of that time, else today's."""
    former = division.code[:4] + "00"
    if division.code in units and division in by_code()[division.code]:
        return division.code
    if division.until is not None and former in units and former not in named_today():
        return former
    return next((part for part in chain(_seat(division.today)) if part in units), "")


def _seat(code: str) -> str:
    """A municipality is its own only city."""
    return city_of(code[:4] + "01") or code if level_of(code) == 1 else code


def _plain(text: str) -> str:
    """A text in small letters of half width, with single blanks."""
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def _chinese(units: Mapping[str, str]) -> bool:
    """Whether most units are divisions of China: by their codes, and by names unless these are in another language."""
    known = by_code()
    fit = sum(
        code in known and (_CHINESE.search(name) is None or name[:2] == known[code][0].name[:2])
        for code, name in units.items()
    )
    return 2 * fit > len(units)


def _full_name(code: str) -> str:
    names = [named_today().get(part, part) for part in reversed(chain(code))]
    return "".join(dict.fromkeys(names))
