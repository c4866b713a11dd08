"""A recalculation changes the result sheets and nothing else, whatever a user has added to the workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.tasks.recalculate import recalculate
from tests.support import office
from tests.support.excel_parts import with_excel_parts
from tests.support.lint import lint
from tests.support.looked_at import looked_at
from tests.support.rich import rich_book

NOW = dt.datetime(2024, 5, 1, 12)
RESULTS = {
    "省份排名",
    "分组排名",
    "历年",
    "变化与增速",
    "权重",
    "权重一览",
    "标准化",
    "处理记录",
    "数据检查",
    "运行记录",
}


def recalculated(book: bytes) -> bytes:
    opened = FileBook.from_bytes(book)
    recalculate(opened, now=NOW)
    return opened.to_bytes()


def parts(book: bytes) -> dict[str, tuple[bytes, zipfile.ZipInfo]]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {info.filename: (package.read(info), info) for info in package.infolist()}


def may_change(book: bytes) -> set[str]:
    """Result sheets, their tables, and the workbook part with its print areas."""
    opened = FileBook.from_bytes(book)
    tables = [t for t in opened._workbook.tables() if t.sheet.name in RESULTS]
    return {t.part for t in tables} | {t.sheet.part for t in tables} | {"xl/workbook.xml"}


def without_caches(chart: bytes) -> bytes:
    """A chart without the values that it keeps of the cells it draws."""
    return re.sub(rb"<c:(num|str)Cache>.*?</c:\1Cache>|<(num|str)Cache>.*?</\2Cache>", b"", chart, flags=re.DOTALL)


def by_openpyxl(book: bytes) -> bytes:
    file = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(book)).save(file)
    return file.getvalue()


BOOKS: dict[str, Callable[[], bytes]] = {
    "XlsxWriter": rich_book,
    "XlsxWriter and parts as Excel writes them": lambda: with_excel_parts(rich_book()),
    "openpyxl": lambda: by_openpyxl(rich_book()),
    "LibreOffice": lambda: office.converted(rich_book()),
}


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl, of what it is about to lose
@pytest.mark.parametrize("program", BOOKS)
def test_every_foreign_part_stays_byte_for_byte(program: str) -> None:
    book = BOOKS[program]()
    before, after = parts(book), parts(recalculated(book))
    assert list(before) == list(after)
    changed = {name for name, (data, _) in before.items() if data != after[name][0]}
    charts = {name for name in changed if name.startswith("xl/charts/")}  # what they keep of results is renewed
    assert all(without_caches(before[name][0]) == without_caches(after[name][0]) for name in charts)
    changed -= charts
    assert changed <= may_change(book)
    assert changed, "nothing was written"
    for name in before.keys() - may_change(book) - charts:  # copied as it was packed, not packed anew
        old, new = before[name][1], after[name][1]
        assert (old.date_time, old.compress_type, old.compress_size) == (
            new.date_time,
            new.compress_type,
            new.compress_size,
        )


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_was_valid_stays_valid() -> None:
    book = with_excel_parts(rich_book())
    assert (lint(book), office.validation_errors(book, ".xlsm")) == ([], [])
    once = recalculated(book)
    assert (lint(once), office.validation_errors(once, ".xlsm")) == ([], [])


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_recalculating_twice_changes_the_run_log_alone() -> None:
    once = recalculated(with_excel_parts(rich_book()))
    twice = recalculated(once)
    first, second = parts(once), parts(twice)
    changed = {name for name, (data, _) in first.items() if data != second[name][0]}
    log = {t.part for t in FileBook.from_bytes(once)._workbook.tables() if t.name == "bdx_log"}
    log |= {t.sheet.part for t in FileBook.from_bytes(once)._workbook.tables() if t.name == "bdx_log"}
    assert changed <= log | {"xl/workbook.xml"}  # the print area that ends with the log


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_libreoffice_shows_the_numbers_that_were_written() -> None:
    book = recalculated(rich_book())
    shown = looked_at(office.converted(book), values=True)
    written = looked_at(book, values=True)
    for name in ("省份排名", "权重", "标准化"):
        for old, new in zip(
            written[name].iter_rows(values_only=True), shown[name].iter_rows(values_only=True), strict=False
        ):
            for a, b in zip(old, new, strict=False):
                assert (a or None) == (pytest.approx(b) if isinstance(b, float) else (b or None)), name
