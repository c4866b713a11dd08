"""Workbooks that are open in the stand-in for Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from ...support import office, pocket


@pytest.fixture
def ours(excel: xw.App, tmp_path: Path) -> xw.Book:
    """A workbook with everything that is shipped, open."""
    (made := tmp_path / pocket.NAME).write_bytes(office.quick_to_open(pocket.pocket_book()))
    return xw.Book(made)


@pytest.fixture
def sheet(excel: xw.App) -> xw.Sheet:
    """The sheet of a new workbook."""
    return excel.books.add().sheets[0]
