"""Workbooks whose tables are recorded as having no header row, with one all the same: as exceljs saves every table."""

from __future__ import annotations

from functools import cache

import pytest

from bdindex_xl.copies.diff import Copy, diff
from bdindex_xl.copies.verify import verify
from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.twin import Wanted, make
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.tasks.recalculate import check, recalculate
from tests.copies.workbooks import NOW, calculated
from tests.support import edit
from tests.support.rich import Zip


@cache
def resaved() -> bytes:
    """The first row of each table is its header, and `headerRowCount` says that there is none."""
    book = Zip(calculated())
    for part in [part for part in book.parts if part.startswith("xl/tables/")]:
        book[part] = book[part].replace(b' ref="', b' headerRowCount="0" ref="', 1)
    return book.to_bytes()


def test_all_tables_read_as_before() -> None:
    before, after = FileBook.from_bytes(calculated()), FileBook.from_bytes(resaved())
    assert before.tables().keys() == after.tables().keys()
    for name in before.tables():
        was, now = before.read(name), after.read(name)
        assert (was.header, was.row, was.columns) == (now.header, now.row, now.columns), name
    assert check(after).findings == check(before).findings
    assert not diff(*(Copy(book, read_inputs(book)) for book in (before, after))).any
    assert verify(after).ok


def test_a_recalculation_writes_what_it_wrote_and_records_the_headers_again() -> None:
    books = [FileBook.from_bytes(book) for book in (calculated(), resaved())]
    for book in books:
        recalculate(book, now=NOW)
    as_before, again = books
    for name in filter(schema.is_result, again.tables().keys() - {schema.LOG.table}):  # which has the seconds taken
        assert again.read(name).columns == as_before.read(name).columns, name
    parts = Zip(again.to_bytes())
    [ranking] = [parts[part] for part in parts.parts if b'name="bdx_ranking_province"' in parts[part]]
    assert b'headerRowCount="1"' in ranking
    assert verify(FileBook.from_bytes(again.to_bytes())).ok


def test_a_copy_for_others_follows_from_the_same_data() -> None:
    made = make(resaved(), Wanted(), now=NOW)
    assert made.found_again == ()
    verdict = verify(FileBook.from_bytes(made.data))
    assert verdict.ok and verdict.fingerprint == verify(FileBook.from_bytes(calculated())).fingerprint


def test_a_header_that_is_not_the_recorded_one_is_told_by_its_cell() -> None:
    block = FileBook.from_bytes(calculated()).read("bdx_data_city")
    renamed = edit.edited(resaved(), {(block.sheet, block.cell(-1, 3)): "企业个数"})
    with pytest.raises(SheetErrors) as told:
        check(FileBook.from_bytes(renamed))
    assert str(told.value) == f"{block.sheet}!A5: expected a row of data, found the header once more"
