"""Numbers and names as sentences of figures write them, read back."""

from __future__ import annotations

import re


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
