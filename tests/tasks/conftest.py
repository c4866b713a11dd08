"""A small workbook, as a user has it before an analysis."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.books import small_book


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BDINDEX_LANG", "zh")
    source = tmp_path / "source"
    source.mkdir()
    file = tmp_path / "a.xlsm"
    file.write_bytes(small_book(source))
    return file
