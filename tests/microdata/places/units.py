"""The units of the shipped workbook, and of small ones."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import bdindex_xl
from bdindex_xl.language import Lang
from bdindex_xl.microdata.places import Found, Gazetteer


@cache
def shipped(lang: Lang = "zh") -> Gazetteer:
    """Provinces and cities of the shipped workbook, in one of its languages."""
    rankings: dict[str, dict[str, str]] = {}
    path = Path(bdindex_xl.__file__).parent / "sheets" / "sample" / lang / "units.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rankings.setdefault(row["ranking"], {})[row["code"]] = row["name"]
    return Gazetteer(rankings, lang)


def find(value: str, lang: Lang = "zh", *, credit_code: str | None = None) -> Found:
    """What the shipped workbook's units make of a value."""
    return next(shipped(lang).lookup([value], None if credit_code is None else [credit_code]))


def city(value: str) -> str:
    """The code of the city a value belongs to; blank for none."""
    return find(value).codes[1]
