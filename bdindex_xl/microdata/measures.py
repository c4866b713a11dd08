"""What amounts are counted in: 元, 万元, 亿元, CNY 100 million, brought to one another exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ..model import typed

# Multiples by the words for them, as they are written before what is counted.
_MULTIPLES = {
    "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
    "hundred": 2, "thousand": 3, "10 thousand": 4, "ten thousand": 4, "100 thousand": 5, "million": 6, "10 million": 7,
    "100 million": 8, "hundred million": 8, "billion": 9, "10 billion": 10, "100 billion": 11, "trillion": 12,
}  # fmt: skip
_YUAN = ("元", "人民币", "人民币元", "cny", "rmb", "yuan")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, and how many of it a number of this measure stands for."""

    base: str
    factor: int


def measure_of(text: str) -> Measure:
    """A measure of money or of anything else, in either language.

    >>> measure_of("万元"), measure_of("CNY 100 million"), measure_of("thousand people"), measure_of("家")
    (Measure(base='元', factor=10000), Measure(base='元', factor=100000000), Measure(base='people', factor=1000), \
Measure(base='家', factor=1))
    """
    plain = re.sub(r"\s+", " ", typed.visible(text)).strip().casefold()
    whole = typed.alike(plain)
    if whole in _YUAN:
        return Measure("元", 1)
    for word in sorted(_MULTIPLES, key=len, reverse=True):
        for base in _without(plain, word):
            return Measure("元" if typed.alike(base) in _YUAN else base, 10 ** _MULTIPLES[word])
    return Measure(whole, 1)


def _without(text: str, word: str) -> list[str]:
    """What a multiple is one of, where the text is that multiple of something."""
    if not word.isascii():
        return [text.removeprefix(word).strip()] if text.startswith(word) and text != word else []
    if text.startswith(f"{word} "):
        return [text.removeprefix(word).removeprefix(" of ").strip()]
    return [text.removesuffix(word).strip()] if text.endswith(f" {word}") else []


def ratio(of: str, to: str) -> Fraction | None:
    """By what a number in one measure is multiplied to be one in another; None where they count different things.

    >>> ratio("万元", "亿元"), ratio("CNY 10 thousand", "元"), ratio("件", "亿元")
    (Fraction(1, 10000), Fraction(10000, 1), None)
    """
    a, b = measure_of(of), measure_of(to)
    return Fraction(a.factor, b.factor) if a.base == b.base else None


def spellings(base: str) -> dict[str, int]:
    """How measures of one thing are written in records, each with how many of it it stands for.

    >>> spellings("元")["亿元"], spellings("元")["CNY 10 thousand"], spellings("人")["万人"]
    (100000000, 10000, 10000)
    """
    names = ("元", "人民币元", "人民币", "CNY", "RMB", "yuan") if base == "元" else (base,)
    found = dict.fromkeys(names, 1)
    for word, power in _MULTIPLES.items():
        for name in names:
            if not word.isascii():
                found |= {f"{word}{name}": 10**power}
            elif base != "元" or name.isascii():
                found |= {f"{form}": 10**power for form in (f"{name} {word}", f"{word} {name}")}
    return found
