"""Numbers and names as sentences of figures write them, read back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


def plain(text: str) -> float:
    """A number as written in a sentence."""
    found = re.match(r"[−+]?[\d,]*\.?\d+", text)
    assert found, text
    return float(found[0].replace(",", "").replace("−", "-"))


def near(text: str, value: float) -> bool:
    """Whether a number in a sentence is that value, to the decimals that it has."""
    digits = re.sub(r"[^\d.]", "", text)
    half = 0.5 * 10.0 ** -len(digits.partition(".")[2])
    if "%" in text:
        value *= 100.0
    return abs(plain(text) - value) <= half * (1 + 1e-9) + 1e-12 * abs(value)


def tail(text: str) -> tuple[list[str], int]:
    """Names in a row, and how many there are."""
    counted = re.fullmatch(r"(.*)等 (\d+) 个", text)
    names = (counted[1] if counted else text).split("、")
    return names, int(counted[2]) if counted else len(names)


def of_tied(text: str, names: Sequence[str], values: Mapping[str, float]) -> bool:
    """Whether what stands in brackets is the value of units that tie: one of all, or one of each in turn."""
    told, n = tail(text)
    if len(told) == 1:
        return all(near(told[0], values[name]) for name in names)
    return n == len(names) and all(near(one, values[name]) for one, name in zip(told, names, strict=False))
