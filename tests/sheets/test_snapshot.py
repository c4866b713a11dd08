"""Result sheets kept and put back, on real workbooks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import snapshot
from bdindex_xl.sheets.book import Results, ResultTable
from bdindex_xl.tasks import recalculate
from tests.support import books, edit

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


def results(book: FileBook) -> dict[str, tuple[tuple[object, ...], ...]]:
    return {
        name: tuple(map(tuple, book.read(name).columns))
        for name in book.tables()
        if not name.startswith(("bdx_data", "bdx_set", "bdx_fram", "bdx_unit", "bdx_log", "bdx_check"))
    }


def test_what_was_taken_is_put_back_through_text(tmp_path: Path) -> None:
    book = FileBook.from_bytes(books.small_book(tmp_path))
    recalculate.recalculate(book, now=NOW)
    before, text = results(book), snapshot.to_json(snapshot.take(book))
    changed = FileBook.from_bytes(edit.edited(book.to_bytes(), {("省份数据", "D7"): 99.0}))
    recalculate.recalculate(changed, now=NOW)
    assert results(changed) != before
    kept = snapshot.from_json(text)
    changed.write(kept)
    assert results(changed) == before
    cells = {name: cell.value for name, cell in changed.cells(snapshot.cell_names(changed.tables())).items()}
    assert kept.cells == cells
    assert "2024" in str(cells["bdx_status"])


def test_the_log_and_the_data_check_stay_as_the_run_left_them(tmp_path: Path) -> None:
    book = FileBook.from_bytes(books.small_book(tmp_path))
    recalculate.recalculate(book, now=NOW)
    taken = snapshot.take(book)
    assert {"bdx_log", "bdx_check"}.isdisjoint(table.table for table in taken.tables)
    assert "bdx_note_bdx_check" not in snapshot.cell_names(book.tables())
    earlier = Results((*taken.tables, ResultTable("bdx_log", ())))
    assert snapshot.from_json(snapshot.to_json(earlier)).tables == snapshot.from_json(snapshot.to_json(taken)).tables


def test_what_a_user_added_beside_our_columns_is_not_taken(tmp_path: Path) -> None:
    book = FileBook.from_bytes(books.small_book(tmp_path))
    recalculate.recalculate(book, now=NOW)
    taken = {table.table: table for table in snapshot.take(book).tables}
    assert [column.header for column in taken["bdx_weights"].columns][:2] == ["年份", "榜单"]
    assert taken["bdx_ranking_province"].columns[0].role == "rank"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2, "tables": [], "cells": {}}', '{"format": 1}'])
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="snapshot of format 1"):
        snapshot.from_json(text)
