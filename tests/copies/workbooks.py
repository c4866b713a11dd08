"""Workbooks for the checks: large enough that scores tell which raw value changed."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import FRAMEWORK, small_book
from tests.support.slim import slim

NOW = dt.datetime(2024, 5, 1, 12)
N = {"province": 12, "city": 15}


def units() -> str:
    rows = [
        f"{(1 if ranking == 'province' else 2) * 1000 + k},{ranking[0]}{k:02d},{ranking},{'东西中'[k % 3]}"
        for ranking, n in N.items()
        for k in range(n)
    ]
    return "code,name,ranking,区域\n" + "\n".join(rows) + "\n"


def data(seed: int = 3) -> str:
    """Three years of four indicators; some values are missing, and the last province is new in the last year."""
    rng = np.random.default_rng(seed)
    rows = ["year,unit,a1,a2,b1,b2"]
    for year in (2022, 2023, 2024):
        for ranking, n in N.items():
            for k in range(n):
                if (ranking, k) == ("province", n - 1) and year < 2024:
                    continue
                values = [f"{value:.4f}" for value in rng.uniform(1, 99, 4)]
                if rng.random() < 0.1:
                    values[int(rng.integers(2))] = ""
                rows.append(",".join([str(year), str((1 if ranking == "province" else 2) * 1000 + k), *values]))
    return "\n".join(rows) + "\n"


@cache
def calculated(lang: str = "zh", *, logged: bool = True, scope: str = "year") -> bytes:
    """A workbook with results and, unless told otherwise, a run log."""
    with TemporaryDirectory() as folder:
        book = small_book(Path(folder), lang, {"scope": scope}, framework=FRAMEWORK, units=units(), data=data())  # type: ignore[arg-type]
    opened = FileBook.from_bytes(book)
    recalculate(opened, now=NOW if logged else None)
    return opened.to_bytes()


def lean(lang: str = "zh", *, logged: bool = True, scope: str = "year") -> bytes:
    """The same with inputs and results alone, for tests that look at no other sheet: half as much to open."""
    return slim(calculated(lang, logged=logged, scope=scope))
