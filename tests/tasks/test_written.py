"""Sheets of analyses, hidden until they are filled."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import schema
from bdindex_xl.tasks import audit, explain, recalculate
from tests.support.books import small_book
from tests.support.rich import Zip


@cache
def calculated() -> bytes:
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(small_book(Path(folder)))
    recalculate.recalculate(book, now=None)
    return book.to_bytes()


def shown(book: FileBook) -> set[str]:
    return {sheet.table for sheet in schema.ANALYSES if book.is_shown(sheet.table)}


OF_AUDIT = {schema.AUDIT.table, schema.STATISTICS.table, schema.CORRELATIONS.table}


def with_state(book: FileBook, sheet: str, state: str) -> FileBook:
    """The workbook after its user has hidden a sheet, or shown it."""
    package = Zip(book.to_bytes())
    text = package.parts["xl/workbook.xml"].decode()
    start = text.index(f'name="{sheet}"')
    element = text[start : text.index("/>", start)]
    renamed = element.replace(' state="hidden"', "").replace(' state="visible"', "") + f' state="{state}"'
    return FileBook.from_bytes(package.change("xl/workbook.xml", element, renamed, 1).to_bytes())


def test_an_analysis_shows_the_sheets_that_it_fills_and_no_other() -> None:
    book = FileBook.from_bytes(calculated())
    assert shown(book) == set()
    found = audit.audit_workbook(book)
    assert shown(book) == OF_AUDIT
    assert audit.done(found, book)["zh"] == "分析完成，见“审查”“统计量”“相关系数”表。"
    explain.explain_units(book, ["甲省"], whole=False)
    assert shown(book) == OF_AUDIT | {schema.EXPLANATION.table}


def test_a_sheet_stays_as_its_user_left_it_until_it_is_filled_again() -> None:
    book = FileBook.from_bytes(calculated())
    audit.audit_workbook(book)
    book = with_state(with_state(book, "审查", "veryHidden"), "解释", "visible")
    recalculate.recalculate(book, now=None)
    assert shown(book) == OF_AUDIT - {schema.AUDIT.table} | {schema.EXPLANATION.table}
    audit.audit_workbook(book)
    assert shown(book) == OF_AUDIT | {schema.EXPLANATION.table}


def test_a_sheet_that_could_not_be_shown_is_told_of() -> None:
    book = FileBook.from_bytes(calculated())
    found = audit.audit_workbook(book)
    book = with_state(book, "统计量", "hidden")
    told = audit.done(found, book)
    assert told["zh"] == (
        "分析完成，见“审查”“统计量”“相关系数”表。工作簿的结构受保护，无法显示隐藏的“统计量”：请撤销保护后取消隐藏。"
    )
    assert told["en"] == (
        "Done: see “审查”, “统计量” and “相关系数”. The workbook's structure is protected, so that “统计量” cannot be shown: "
        "unprotect it, then unhide."
    )
