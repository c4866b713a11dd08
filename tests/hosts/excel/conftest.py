"""Workbooks that are open in the stand-in for Excel."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlwings as xw

from ...support import books, office
from ...support.slim import slim

NAME = "指数 2024 (1).xlsm"


@pytest.fixture
def whole(excel: xw.App, tmp_path: Path) -> xw.Book:
    """A small workbook with all sheets that are shipped, open."""
    return opened(tmp_path / NAME, small())


@pytest.fixture
def ours(excel: xw.App, tmp_path: Path) -> xw.Book:
    """Its inputs and results alone, open: in half the time."""
    return opened(tmp_path / NAME, slim(small()))


@cache
def small() -> bytes:
    with TemporaryDirectory() as folder:
        return office.quick_to_open(books.small_book(Path(folder)))


def opened(file: Path, data: bytes) -> xw.Book:
    file.write_bytes(data)
    return xw.Book(file)


@pytest.fixture
def sheet(excel: xw.App) -> xw.Sheet:
    """The sheet of a new workbook."""
    return excel.books.add().sheets[0]
