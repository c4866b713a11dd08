"""Analyses on the sheets are those that follow from the inputs, or are named; others are said not to be verified."""

from __future__ import annotations

from functools import cache

import pytest

from bdindex_xl.checks.verify import Verdict, verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.study import audit, explanation
from tests.checks.seen.manipulations import opened, saved
from tests.checks.workbooks import calculated
from tests.support import edit

TABLES = ("bdx_audit", "bdx_statistics", "bdx_explanation")


@cache
def analysed(lang: Lang = "zh") -> bytes:
    book = FileBook.from_bytes(calculated(lang))
    audit.study(book)
    explanation.study(book, ["p02", "c03"])
    return book.to_bytes()


def verdict(book: bytes) -> Verdict:
    return verify(FileBook.from_bytes(book))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_untouched_analyses_are_true_and_those_never_made_are_not_missed(lang: Lang) -> None:
    for book in (analysed(lang), saved(opened(analysed(lang)))):
        found = verdict(book)
        assert found.ok and not found.sightings
        assert found.unverified == (("公式",) if lang == "zh" else ("Formulas",))


@pytest.mark.parametrize("table", TABLES)
def test_a_changed_cell_of_an_analysis_is_named(table: str) -> None:
    block = FileBook.from_bytes(analysed()).read(table)
    header = {"bdx_audit": "数值", "bdx_statistics": "均值", "bdx_explanation": "贡献"}[table]
    j = block.header.index(header)
    i = next(i for i, value in enumerate(block.columns[j]) if value is not None)
    was = block.columns[j][i]
    found = verdict(edit.edited(analysed(), {(block.sheet, block.cell(i, j)): was + 1.0}))
    [one] = found.deceiving
    assert (one.rule, one.place) == ("analysis", f"{block.sheet}!{block.cell(i, j)}")
    assert (one.expected.en, one.found.en) == (f"{was:.15g}", f"{was + 1:.15g}") and not found.ok


@pytest.mark.parametrize("table", TABLES)
def test_a_row_taken_out_of_an_analysis_or_added_is_told(table: str) -> None:
    block = FileBook.from_bytes(analysed()).read(table)
    last = block.n_rows - 1
    gone = verdict(
        edit.edited(analysed(), {(block.sheet, block.cell(last, j)): None for j in range(len(block.header))})
    )
    assert [(s.rule, s.sheet, s.found.en) for s in gone.deceiving] == [("analysis", block.sheet, "no such row")]
    cells = {(block.sheet, block.cell(last, j)): block.columns[j][0] for j in range(len(block.header))}
    doubled = verdict(edit.edited(analysed(), cells))
    assert {s.rule for s in doubled.deceiving} == {"analysis"} and not doubled.ok


def test_analyses_of_other_inputs_are_not_verified() -> None:
    book = analysed()
    block = FileBook.from_bytes(book).read("bdx_statistics")
    mark = block.header.index("数据指纹")
    cells = {(block.sheet, block.cell(i, mark)): "0123456789ab" for i in range(block.n_rows)}
    found = verdict(edit.edited(book, cells))
    assert found.ok and "统计量" in found.unverified
