"""Collecting by the button, into the workbook that is open."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from bdindex_xl import __version__, buttons
from bdindex_xl.hosts.excel.book import ExcelBook
from bdindex_xl.sheets import schema
from tests.commands.test_collect import book as made_book
from tests.hosts.with_records import BESIDE, DONE, by_command, place, tables
from tests.support import books
from tests.support.books import DATA
from tests.support.office import quick_to_open
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BDINDEX_CACHE", str(tmp_path / "kept"))
    return iter((None,))


def click(excel: xw.App) -> str:
    buttons.run("collect", __version__)
    told: str = excel.impl.alerts[-1].text
    assert len(told.splitlines()) <= 10
    return told


def opened(file: Path) -> xw.Book:
    book = xw.Book(file)
    book.set_mock_caller()
    return book


@pytest.mark.slow
def test_the_button_in_excel_does_what_the_command_does(excel: xw.App, tmp_path: Path) -> None:
    file = place(tmp_path)
    expected, saved = by_command(file), file.read_bytes()
    book = opened(file)
    assert click(excel).startswith(DONE)
    assert tables(ExcelBook(book)) == expected
    report = ExcelBook(book).read(schema.COLLECTION.table)
    assert report.columns[0][0] == "companies" and ExcelBook(book).is_shown(schema.COLLECTION.table)
    assert click(excel).splitlines()[0] == "由 companies、deals 统计 3 个指标，各格与统计结果一致，没有改动。"
    assert file.read_bytes() == saved


def test_faults_elsewhere_keep_what_was_collected_and_are_listed(excel: xw.App, tmp_path: Path) -> None:
    book = opened(place(tmp_path, DATA.replace("10,5,3,8", "10,5,3,x")))
    lines = click(excel).splitlines()
    assert lines[3] == "发现 1 处错误，结果保持不变："
    assert lines[4].startswith("省份数据!G6：应为")
    assert lines[5:] == ["详见“数据检查”表。"]
    assert book.sheets["省份数据"]["D6"].value == 2.0


def test_without_records_or_rules_or_packages_the_command_s_sentence_is_told(
    excel: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made_book(tmp_path, sources=BESIDE)
    file.write_bytes(quick_to_open(file.read_bytes()))
    book = opened(file)
    before = tables(ExcelBook(book))
    assert "数据来源!C4：应为" in click(excel)
    assert tables(ExcelBook(book)) == before
    monkeypatch.setitem(sys.modules, "duckdb", None)  # as where it is not installed
    assert click(excel) == (
        "此命令需要 duckdb，请安装带 collect 选项的本程序：在程序文件夹中运行 pip install '.[collect]'。"
    )
    monkeypatch.undo()
    (folder := tmp_path / "without").mkdir()
    (bare := folder / "bare.xlsm").write_bytes(quick_to_open(books.small_book(folder)))
    opened(bare)
    assert "bdx_rules" in click(excel)
