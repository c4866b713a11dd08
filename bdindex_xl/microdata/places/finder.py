"""Finds the units of one value after the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from ...language import Lang, joined, same
from . import address, known_names
from .credit import division_code
from .divisions import Division, by_code, chain, level_of, named_today, seat_of
from .found import DOUBTS, Doubt, Found, How
from .latin import LatinNames

_CODE = re.compile("([0-9]{6})(?:[0-9]{3}|[0-9]{6})?(?:[.]0+)?")
_CHINESE = re.compile("[\u4e00-\u9fff]")
Codes = tuple[str, ...]


class Judged(NamedTuple):
    """What is known of a place, whoever names it: its units, whether it has any, what is in doubt, and its name."""

    codes: Codes
    placed: bool
    doubt: Doubt
    note: str
    names: str


class Finder:
    """What finds units. It keeps what it judged: a place costs once, and not once an address.

    Parameters
    ----------
    units
        Names by code, of each ranking.
    lang
        Language of notes.
    """

    def __init__(self, units: tuple[Mapping[str, str], ...], lang: Lang) -> None:
        self._units, self._lang = units, lang
        self._divided = tuple(map(_are_divisions, units))
        self._none = ("",) * len(units)
        self._own: dict[str, tuple[Codes, How]] = {}
        self._judged: dict[tuple[Division, ...], Judged] = {}
        for how in (How.CODE, How.NAME):
            for k, some in enumerate(units):
                for code, name in some.items():
                    self._add(_plain(code if how is How.CODE else name), k, code, how)
        divided = (item for k, some in enumerate(units) if self._divided[k] for item in some.items())
        self._latin = LatinNames(divided)
        self._beside = [
            (name, k, code)
            for k, some in enumerate(units)
            for code, name in some.items()
            if self._divided[k] and code not in by_code() and len(name) > 2 and _CHINESE.search(name)
        ]

    def _add(self, key: str, k: int, code: str, how: How) -> None:
        codes, first = self._own.get(key, (self._none, how))
        if not codes[k]:
            self._own[key] = (*codes[:k], code, *codes[k + 1 :]), first

    def find(self, value: str) -> Found:
        """The units of one value: by its own code or name first, then by a division's code, then as an address."""
        plain = _plain(value)
        if plain in self._own:
            return self._of_own(value, *self._own[plain])
        candidates, how, elsewhere = self._candidates(plain)
        judged = self._judged.get(candidates) or self._judge(candidates)
        if self._beside:
            judged, how = self._with_units_beside(plain, judged, how)
        if elsewhere and judged.doubt is Doubt.NONE:
            note = DOUBTS[Doubt.ELSEWHERE].format(places=judged.names, found=elsewhere)[self._lang]
            return Found(value, judged.codes, how, Doubt.ELSEWHERE, note)
        if not plain:
            return Found(value, self._none, How.NONE, Doubt.BLANK, DOUBTS[Doubt.BLANK][self._lang])
        return Found(value, judged.codes, how if judged.placed else How.NONE, judged.doubt, judged.note)

    def _with_units_beside(self, plain: str, judged: Judged, how: How) -> tuple[Judged, How]:
        """Units that are no divisions, such as a new area ranked with cities, wherever an address names them."""
        codes = list(judged.codes)
        for name, k, code in self._beside:
            if name in plain:
                codes[k] = code
        if tuple(codes) == judged.codes:
            return judged, how
        clear = all(codes) or not judged.placed
        return judged._replace(
            codes=tuple(codes),
            placed=True,
            doubt=Doubt.NONE if clear else judged.doubt,
            note="" if clear else judged.note,
        ), How.ADDRESS

    def _of_own(self, value: str, own: Codes, how: How) -> Found:
        """The units that a value is by code or name, with those of the other rankings that they are part of."""
        if all(own):
            return Found(value, own, how, Doubt.NONE, "")
        judged = self._judge(self._divisions_of(own))
        codes = tuple(mine or other for mine, other in zip(own, judged.codes, strict=True))
        if all(codes):
            return Found(value, codes, how, Doubt.NONE, "")
        doubt = judged.doubt if judged.placed else Doubt.COARSE
        note = DOUBTS[doubt].format(places=judged.names or value)[self._lang]
        return Found(value, codes, how, doubt, note)

    def _divisions_of(self, own: Codes) -> tuple[Division, ...]:
        """The division that units are, the smallest where they are several."""
        known = [code for code, divided in zip(own, self._divided, strict=True) if divided and code in by_code()]
        return by_code()[max(known, key=level_of)] if known else ()

    def _candidates(self, plain: str) -> tuple[tuple[Division, ...], How, str]:
        """The divisions that a value may be; by what; and a district that these do not have."""
        if True not in self._divided:
            return (), How.NONE, ""
        if _CHINESE.search(plain):
            place, elsewhere = address.read(plain.replace(" ", "") if " " in plain else plain)
            return place.candidates, How.ADDRESS, elsewhere
        code = _CODE.fullmatch(plain)
        if code is not None:
            return known_names.meant(code[1]), How.CODE, ""
        return self._latin.read(plain), How.ADDRESS, ""

    def find_with(self, value: str, credit_code: str, right: bool) -> Found:
        """The units of a value beside a credit code: it decides where the value does not, and never against it."""
        found = self.find(value)
        if not credit_code:
            return found
        if not right:
            return self._with_note(found, Doubt.CHECKSUM, found=credit_code)
        registered = self._judge(known_names.meant(division_code(credit_code)))
        codes, names = registered.codes, registered.names
        both = [(mine, other) for mine, other in zip(found.codes, codes, strict=True) if mine and other]
        if any(mine != other for mine, other in both):
            return self._with_note(found, Doubt.CONFLICT, places=self._names(value), other=names)
        filled = tuple(mine or other for mine, other in zip(found.codes, codes, strict=True))
        if filled == found.codes or found.doubt is Doubt.OUTSIDE:
            return found
        how = found.how if any(found.codes) else How.CREDIT_CODE
        return self._with_note(found._replace(codes=filled, how=how), Doubt.BY_CREDIT_CODE, other=names)

    def _names(self, value: str) -> str:
        plain = _plain(value)
        own = self._own.get(plain)
        return self._judge(self._divisions_of(own[0]) if own else self._candidates(plain)[0]).names or value

    def _with_note(self, place: Found, doubt: Doubt, **parts: str) -> Found:
        notes = [note for note in (place.note, DOUBTS[doubt].format(**parts)[self._lang]) if note]
        kept = place.doubt if doubt is Doubt.CHECKSUM and place.doubt else doubt
        return place._replace(doubt=kept, note=("；" if self._lang == "zh" else "; ").join(notes))

    def _judge(self, candidates: tuple[Division, ...]) -> Judged:
        """What there is to say of a place that may be any of these."""
        if candidates not in self._judged:
            codes, doubt, names = self._judge_anew(candidates)
            note = DOUBTS[doubt].format(places=names)[self._lang] if doubt else ""
            self._judged[candidates] = Judged(codes, any(codes), doubt, note, names)
        return self._judged[candidates]

    def _judge_anew(self, candidates: tuple[Division, ...]) -> tuple[Codes, Doubt, str]:
        """The units of a place, where all that is possible is of one; what is in doubt; and what is possible."""
        if not candidates:
            return self._none, Doubt.UNKNOWN, ""
        now = known_names.current(candidates)
        codes = []
        for units, divided in zip(self._units, self._divided, strict=True):
            some = {_unit_of(division, units) for division in now} if divided else {""}
            codes.append(some.pop() if len(some) == 1 else "")
        possible = sorted({division.today for division in now})
        if all(codes):
            doubt = Doubt.NONE
        elif len({seat_of(code) for code in possible}) > 1:
            doubt = Doubt.AMBIGUOUS
        else:
            doubt = Doubt.COARSE if level_of(possible[0]) == 1 and self._has_parts(possible[0]) else Doubt.OUTSIDE
        return tuple(codes), doubt, joined([same(_full_name(code)) for code in possible])[self._lang]

    def _has_parts(self, province: str) -> bool:
        return any(code[:2] == province[:2] for units in self._units for code in units)


def _unit_of(division: Division, units: Mapping[str, str]) -> str:
    """The unit that a division is, or is part of: of its own time where the units are of that time, else today's."""
    former = division.code[:4] + "00"
    if division.code in units and division in by_code()[division.code]:
        return division.code
    if division.until is not None and former in units and former not in named_today():
        return former
    return next((part for part in chain(seat_of(division.today)) if part in units), "")


def _plain(text: str) -> str:
    """A text in small letters of half width, with single blanks."""
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def _are_divisions(units: Mapping[str, str]) -> bool:
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
