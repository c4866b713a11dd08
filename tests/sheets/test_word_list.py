"""The word list: read from a workbook or a folder, and what stands in for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import open_book
from bdindex_xl.model.hot_words import WordList
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.faults import Report
from bdindex_xl.sheets.word_list import START, read_word_list
from tests.support.books import contents, small_book

FIGURES = "number,title,kind\n1-1,热词,word trend\n"


def test_subjects_are_no_words_of_the_genre() -> None:
    assert not {"产业", "应用", "创新", "数据", "data", "industry", "application", "innovation"} & set(START.genre)
    assert {"的", "实施意见", "行动计划", "of", "notice"} <= set(START.genre)
    assert START.kept == ()


def test_a_list_of_a_folder_comes_back_from_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "index.xlsm"
    path.write_bytes(small_book(tmp_path, words="word,use\n条例,\n大模型,keep\n条例,keep\n办法,套话\n"))
    book, report = open_book(path), Report()
    assert read_word_list(book, report) == WordList(genre=("条例", "办法"), kept=("大模型",))
    assert report.findings == ()
    assert book.is_shown(schema.WORD_LIST.table)


def test_a_workbook_whose_figures_show_words_begins_with_a_list(tmp_path: Path) -> None:
    path = tmp_path / "index.xlsm"
    path.write_bytes(small_book(tmp_path, "en", figures=FIGURES))
    assert read_word_list(open_book(path), Report()) == START
    assert schema.WORDS.table in open_book(path).tables()


def test_others_have_neither_sheet(tmp_path: Path) -> None:
    path = tmp_path / "index.xlsm"
    path.write_bytes(small_book(tmp_path))
    book = open_book(path)
    assert not {schema.WORD_LIST.table, schema.WORDS.table} & book.tables().keys()
    assert read_word_list(book, Report()) == START


def test_faults_are_told_by_line(tmp_path: Path) -> None:
    with pytest.raises(SheetErrors) as refused:
        contents(tmp_path, words="word,use\n条例,kep\n,keep\n")
    assert refused.value.text("en") == (
        "words.csv, line 2, column “use”: expected one of genre word, keep, found kep (did you mean “keep”?)\n"
        "words.csv, line 3, column “word”: expected “Word”, found nothing"
    )
