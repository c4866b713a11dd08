"""The shipped workbook with fewer cities: all of its sheets, macros and provinces, at a fifth of its size.

What a button does takes the same way in either; opening the smaller one in another program takes a fifth of the time.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import folder
from bdindex_xl.sheets.contents import Contents, InputTable
from bdindex_xl.tasks import recalculate
from bdindex_xl.workbook import make

N_CITIES = 20
NAME = "指数 2024 (1).xlsm"


def _contents() -> Contents:
    sample = folder.sample("zh", {})
    header, rows = sample.units.header, list(sample.units.rows)
    cities = [row for row in rows if row[2] == sample.units.rows[-1][2]][:N_CITIES]
    provinces = [row for row in rows if row[2] != sample.units.rows[-1][2]]
    codes = {row[0] for row in cities}
    data = sample.data["city"]
    fewer = InputTable(data.header, [row for row in data.rows if row[1] in codes])
    return replace(sample, units=InputTable(header, [*provinces, *cities]), data={**sample.data, "city": fewer})


@cache
def pocket_book() -> bytes:
    """The workbook, calculated, its values to be trusted as those of the shipped one are."""
    book = FileBook.from_bytes(make(_contents()))
    recalculate.recalculate(book, now=None)
    book.trust_values()
    return book.to_bytes()
