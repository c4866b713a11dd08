"""Damaged and hostile workbooks end in a clear message, never in a traceback, and never change the original."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from bdindex_xl.errors import FileRefused, SheetErrors
from bdindex_xl.hosts.files import open_book
from bdindex_xl.tasks.recalculate import recalculate
from tests.conftest import size_of
from tests.hosts.files.damage import damaged
from tests.support.books import small_book
from tests.support.excel_parts import with_excel_parts
from tests.support.rich import rich_book

pytestmark = pytest.mark.slow

_BATCH = 100


@cache
def originals(folder: Path) -> tuple[bytes, ...]:
    return small_book(folder), with_excel_parts(rich_book())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "first" in metafunc.fixturenames:
        metafunc.parametrize("first", range(0, size_of(metafunc.config, "fuzz-cases"), _BATCH))


@pytest.mark.filterwarnings("ignore::UserWarning")  # zipfile, of names that stand twice
def test_a_damaged_workbook_is_refused_or_recalculated_and_the_original_stays(first: int, tmp_path: Path) -> None:
    books = originals(tmp_path)
    for seed in range(first, first + _BATCH):
        book = damaged(books[seed % 2], seed)
        file = tmp_path / "book.xlsm"
        file.write_bytes(book)
        try:
            opened = open_book(file)
            for table in opened.tables():
                opened.read(table)
            recalculate(opened, now=dt.datetime(2024, 1, 1))
            opened.to_bytes()
        except (FileRefused, SheetErrors) as error:
            messages = [error.text("zh"), error.text("en")]
        except Exception as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}") from error
        else:
            messages = ["done"]
        assert all(message.strip() for message in messages), seed
        assert file.read_bytes() == book, seed
