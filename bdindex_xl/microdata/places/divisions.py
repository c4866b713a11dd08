"""Administrative divisions of China: every code and name in use today, those given up, and what each is today.

``divisions.csv`` holds facts alone: ``code`` and ``name`` as in the yearly lists by GB/T 2260 (Ministry of Civil
Affairs; the latest of September 2026), ``until`` the last year in which a list has them (blank: still in use),
``today`` the code or codes of what the place is part of now (blank: itself; several where it was divided among cities).
Rows without a code are new areas that addresses name as if they were districts. Counties given up before 1995 are left
out: their codes have been given away again since.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, eq=False, slots=True)
class Division:
    """A division by the code and the name it has, or had; one that was divided stands there once for each part.

    Parameters
    ----------
    code
        Six digits; blank for a new area.
    name
        In full.
    until
        The last year in which it was listed; None where it still is.
    today
        The code of what it is part of today, its own where it is still there.
    """

    code: str
    name: str
    until: int | None
    today: str

    @property
    def level(self) -> int:
        """1 for provinces, 2 for cities and prefectures, 3 for counties and districts."""
        return level_of(self.code)


def level_of(code: str) -> int:
    """The level a code belongs to.

    >>> level_of("440000"), level_of("440300"), level_of("440305"), level_of("429004")
    (1, 2, 3, 3)
    """
    return 1 if code[2:] == "0000" else 2 if code[4:] == "00" else 3


@cache
def divisions() -> tuple[Division, ...]:
    """All of them: those of today, then by year those given up latest."""
    text = files(__package__).joinpath("divisions.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    made = [
        Division(row["code"], row["name"], int(row["until"]) if row["until"] else None, today)
        for row in rows
        for today in (row["today"] or row["code"]).split()
    ]
    return tuple(sorted(made, key=lambda division: -(division.until or 9999)))


@cache
def named_today() -> dict[str, str]:
    """Names by the codes in use today."""
    return {d.code: d.name for d in divisions() if d.code and d.until is None}


@cache
def by_code() -> dict[str, tuple[Division, ...]]:
    """What a code means: today, or else when it was last in use; several where that was divided."""
    found: dict[str, tuple[Division, ...]] = {}
    for division in divisions():
        others = found.get(division.code, ())
        if division.code and all(other.name == division.name for other in others):
            found[division.code] = (*others, division)
    return found


@cache
def _only_city() -> dict[str, str]:
    """The one city of each municipality, by the first two digits: 3102 and 5002 are no places of their own."""
    cities: dict[str, list[str]] = {}
    for code in named_today():
        if level_of(code) == 2:
            cities.setdefault(code[:2], []).append(code)
    return {province: codes[0] for province, codes in cities.items() if len(codes) == 1}


def city_of(code: str) -> str | None:
    """The city that a code of today belongs to by its digits; None for a province and a county directly under one.

    >>> city_of("440305"), city_of("500233"), city_of("429004"), city_of("440000")
    ('440300', '500100', None, None)
    """
    if level_of(code) == 1:
        return None
    return _only_city().get(code[:2]) or (code[:4] + "00" if code[:4] + "00" in named_today() else None)


def seat_of(code: str) -> str:
    """The code itself; of a municipality, that of the city which it is.

    >>> seat_of("110000"), seat_of("440000"), seat_of("440305")
    ('110100', '440000', '440305')
    """
    return _only_city().get(code[:2], code) if level_of(code) == 1 else code


def chain(code: str) -> tuple[str, ...]:
    """A code of today with all that it is part of, from itself upwards.

    >>> chain("440305"), chain("429004"), chain("110105")
    (('440305', '440300', '440000'), ('429004', '420000'), ('110105', '110100', '110000'))
    """
    city = city_of(code)
    return tuple(dict.fromkeys(part for part in (code, city, code[:2] + "0000") if part))
