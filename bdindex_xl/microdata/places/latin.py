"""From an address in Latin letters to the units it names: the largest comes last, as in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .divisions import Division, by_code, chain

_REGION = "(?:(?:zhuang|hui|uyghur|uygur) )?autonomous region"
_KINDS = rf"city|province|municipality|{_REGION}|prefecture|league|p\.?r\.? ?china|prc|china|[0-9]{{5,6}}"
_ENDINGS = re.compile(rf"(?:\s(?:{_KINDS}))+$")
_PEOPLE = re.compile(r"(?: \w+| \w+ and \w+) autonomous prefecture$")
_MOST_WORDS = 4


class LatinNames:
    """Divisions by the names that units have in another language than Chinese.

    Parameters
    ----------
    units
        Codes and names.
    """

    def __init__(self, units: Iterable[tuple[str, str]]) -> None:
        self._named: dict[str, dict[Division, None]] = {}
        for code, name in units:
            plain = folded(name)
            if plain.isascii() and code in by_code():
                alone = re.sub(r"\s*\(.*\)", "", plain)
                for form in {plain, alone, _ENDINGS.sub("", alone), _PEOPLE.sub("", alone)}:
                    self._named.setdefault(form, {}).update(dict.fromkeys(by_code()[code]))
        for form, found in self._named.items():
            provinces = [division.code for division in found if division.level == 1]
            if provinces:  # Hainan is no prefecture of Qinghai, but Jilin may be the city in Jilin
                self._named[form] = {d: None for d in found if chain(d.code)[-1] in provinces}

    def read(self, text: str) -> tuple[Division, ...]:
        """The divisions that an address names, each inside the next; several where it may be one of them."""
        reached: tuple[Division, ...] = ()
        for part in reversed(re.split("[,;/|]", folded(text))):
            found = self._at_end(part.strip())
            if reached:
                inner = tuple(d for d in found if any(o is not d and o.code in chain(d.code) for o in reached))
                outer = tuple(d for d in reached if any(o is not d and o.code in chain(d.code) for o in found))
                found = inner or outer
            reached = found or reached
        return reached

    def _at_end(self, part: str) -> tuple[Division, ...]:
        words = _ENDINGS.sub("", " " + part).split()
        for text in (part, *(" ".join(words[-n:]) for n in range(min(_MOST_WORDS, len(words)), 0, -1))):
            if text in self._named:
                return tuple(self._named[text])
        return ()


def folded(text: str) -> str:
    """Small letters without accents and apostrophes, with single blanks.

    >>> folded("Ürümqi  City"), folded("Xi’an"), folded("Garzê")
    ('urumqi city', 'xian', 'garze')
    """
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(re.sub("['’‘`]", "", "".join(letters)).replace("-", " ").casefold().split())
