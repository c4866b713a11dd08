"""What users typed into columns of their own inside a result table goes with its row."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.tasks.recalculate import Outcome, recalculate
from tests.support.books import small_book
from tests.support.edit import Raw, Value, edited
from tests.support.placed import with_column

NOW = dt.datetime(2026, 1, 2, 3, 4)
RANKING = "bdx_ranking_province"


@cache
def calculated() -> bytes:
    """The small index: its provinces stand in the order 甲省, 乙省, 丙省."""
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(small_book(Path(folder)))
    recalculate(book, now=NOW)
    return book.to_bytes()


def rerun(book: bytes, cells: dict[tuple[str, str], Value]) -> tuple[FileBook, Outcome]:
    opened = FileBook.from_bytes(edited(book, cells))
    outcome = recalculate(opened, now=NOW)
    return opened, outcome


def beside(book: FileBook, table: str, key: str, header: str) -> dict[object, object]:
    """What a column of the user's says beside each row's key."""
    block = book.read(table)
    columns = dict(zip(block.header, block.columns, strict=True))
    return dict(zip(columns[key], columns[header], strict=True))


def told(outcome: Outcome) -> list[str]:
    kinds = ("own note without a row", "own column mixed")
    return [finding.text("en") for finding in outcome.findings if finding.kind in kinds]


# 甲省 falls from the first place to the last.
FALLEN: dict[tuple[str, str], Value] = {("省份数据", f"{column}9"): 0.0 for column in "DEF"}


def test_what_was_typed_beside_a_unit_stays_beside_it() -> None:
    noted = with_column(calculated(), RANKING, "备注", ["说甲", None, 7.5])
    before = beside(FileBook.from_bytes(noted), RANKING, "地区", "备注")
    book, outcome = rerun(noted, FALLEN)
    names = book.read(RANKING).columns[1]
    assert list(names) != list(before)
    assert beside(book, RANKING, "地区", "备注") == before
    assert told(outcome) == []


def test_a_header_cell_that_strayed_is_no_column_of_a_users() -> None:
    noted = with_column(calculated(), RANKING, "备注", ["说甲", "说乙", "说丙"])
    book, _ = rerun(noted, FALLEN | {("省份排名", "C4"): "别的"})
    block = book.read(RANKING)
    assert (block.header[2], block.header[-1], len(block.header)) == ("得分", "备注", 14)
    assert beside(book, RANKING, "地区", "备注") == {"乙省": "说乙", "丙省": "说丙", "甲省": "说甲"}


def test_formulas_stay_by_row() -> None:
    formulas: list[Value] = [Raw("n", f"<f>C{row}*2</f><v>1</v>") for row in (5, 6, 7)]
    book, outcome = rerun(with_column(calculated(), RANKING, "两倍", formulas), FALLEN)
    assert [cell.text for cell in book.formula_cells() if cell.sheet == "省份排名"][-3:] == ["C5*2", "C6*2", "C7*2"]
    assert told(outcome) == []


def test_a_column_of_both_stays_and_a_warning_names_it() -> None:
    both: list[Value] = [Raw("n", "<f>C5*2</f><v>1</v>"), "说乙", None]
    _, outcome = rerun(with_column(calculated(), RANKING, "杂", both), FALLEN)
    assert told(outcome) == [
        "省份排名!N4: expected only formulas or only typed values in your own column “杂”, found both; "
        "the rows changed places and the column stayed; check what stands beside what"
    ]


def test_what_stood_beside_a_unit_that_left_is_told() -> None:
    noted = with_column(calculated(), RANKING, "备注", ["说甲", "说乙", "说丙"])
    gone: dict[tuple[str, str], Value] = {("地区", f"{column}4"): None for column in "ABCD"}
    gone |= {("省份数据", f"{column}{row}"): None for row in (6, 9) for column in "ABCDEFG"}
    book, outcome = rerun(noted, gone)
    assert beside(book, RANKING, "地区", "备注") == {"乙省": "说乙", "丙省": "说丙"}
    assert told(outcome) == [
        "省份排名!N5: expected “甲省” still in the table, found none, and “说甲” in your own column “备注”; "
        "it was not kept; write it elsewhere if it is still wanted"
    ]
    assert "“说甲”" in " ".join(str(cell) for column in book.read("bdx_check").columns for cell in column)


def test_notes_stay_beside_groups() -> None:
    n = FileBook.from_bytes(calculated()).read("bdx_groups").n_rows
    noted = with_column(calculated(), "bdx_groups", "备注", [f"说{i}" for i in range(n)])
    before = groups(FileBook.from_bytes(noted))
    book, outcome = rerun(noted, FALLEN)
    assert list(groups(book)) != list(before)
    assert groups(book) == before
    assert told(outcome) == []


def groups(book: FileBook) -> dict[tuple[object, ...], object]:
    block = book.read("bdx_groups")
    return dict(zip(zip(*block.columns[:3], strict=True), block.columns[-1], strict=True))
