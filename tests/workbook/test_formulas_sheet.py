"""The formulas sheet where no program knows the functions: LibreOffice shows numbers, in the workbook and in a copy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl.worksheet.formula
import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share import twin
from bdindex_xl.sheets import schema
from bdindex_xl.tasks.recalculate import recalculate
from tests.support import books, office
from tests.support.slim import slim

from . import making

pytestmark = pytest.mark.slow

SHEET = schema.FORMULAS["zh"]


def test_examples_show_values_and_no_errors(tmp_path: Path) -> None:
    book = FileBook.from_bytes(books.small_book(tmp_path))
    recalculate(book, now=None)
    copy = twin.make(book.to_bytes(), twin.Wanted(), now=dt.datetime(2026, 1, 2)).data
    for made in office.converted_files([slim(file, beside=SHEET) for file in (book.to_bytes(), copy)], to="xlsx"):
        shown = FileBook.from_bytes(made)
        for array in (c.value for row in making.read(book.to_bytes())[SHEET].iter_rows() for c in row):
            if isinstance(array, openpyxl.worksheet.formula.ArrayFormula):
                found, expected = (one.values(*one.area_of(array.ref, SHEET)) for one in (shown, book))
                for mine, theirs in zip(found, expected, strict=True):
                    assert mine == [pytest.approx(v, rel=1e-4) if isinstance(v, float) else v for v in theirs]


def test_examples_that_would_make_a_page_too_narrow_stand_below_others(tmp_path: Path) -> None:
    sheet = making.read(books.small_book(tmp_path))[SHEET]
    arrays = [
        c for row in sheet.iter_rows() for c in row if isinstance(c.value, openpyxl.worksheet.formula.ArrayFormula)
    ]
    assert len({cell.row for cell in arrays}) == 3
    assert max(cell.column for cell in arrays) <= 15
    for cell in arrays:  # each with its headers above, and the units before them
        assert sheet.cell(cell.row - 1, cell.column).value
        if cell.row > arrays[0].row:
            assert sheet.cell(cell.row - 1, 1).value == "地区"


@pytest.mark.parametrize(("n_units", "page_begins"), [(4, False), (12, True)])
def test_examples_that_go_on_further_down_begin_a_page_where_units_are_many(n_units: int, page_begins: bool) -> None:
    sheet = making.read(making.made("zh", names=[f"城市{i}" for i in range(n_units)]))[SHEET]
    begins = [one.id for one in sheet.row_breaks.brk]
    assert bool(begins) is page_begins
    assert all(sheet.cell(row + 1, 1).value == "地区" for row in begins)


def test_a_formula_is_never_longer_than_excel_takes() -> None:
    of = making.framework(("I", "I", None), *((f"a{i}", f"Indicator {i}", "I") for i in range(220)))
    made = making.made("en", of, rankings=("province",))
    found = [formula for formula in making.formulas(made) if "BDINDEX" in formula]
    assert len(found) >= 10
    assert max(map(len, found)) < 8192
