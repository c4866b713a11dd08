"""Analyses on the sheets are those that follow from the inputs, or are named; others are said not to be verified."""

from __future__ import annotations

from functools import cache

import pytest

from bdindex_xl.copies.verify import Verdict, verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.areas import address
from bdindex_xl.tasks import audit, robustness
from bdindex_xl.tasks import explain as explanation
from tests.copies.appearance.manipulations import opened, saved
from tests.copies.workbooks import calculated
from tests.support import edit
from tests.support.slim import slim

pytestmark = pytest.mark.slow

CHANGED = {
    "bdx_audit": "数值", "bdx_statistics": "均值", "bdx_explanation": "贡献", "bdx_robustness": "平均排名",
    "bdx_sensitivity": "平均位移",
}  # fmt: skip
TABLES = tuple(CHANGED)


def analysed() -> bytes:
    """Without the sheets around inputs, results and analyses."""
    return slim(whole("zh"), *(sheet.table for sheet in schema.ANALYSES))


@cache
def whole(lang: Lang) -> bytes:
    book = FileBook.from_bytes(calculated(lang))
    audit.audit_workbook(book)
    explanation.explain_units(book, ["p02", "c03"])
    robustness.analyse_robustness(book, n_draws=80, base=16, seed=7)
    return book.to_bytes()


def verdict(book: bytes) -> Verdict:
    return verify(FileBook.from_bytes(book))


@pytest.mark.sampled(chosen=lambda lang: lang == "zh")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_untouched_analyses_are_true_and_those_never_made_are_not_missed(lang: Lang) -> None:
    """Of a workbook in Chinese, and in the long run of one in English."""
    for book in (whole(lang), saved(opened(whole(lang)))):
        found = verdict(book)
        assert found.ok and not found.sightings
        assert found.unverified == (("地区画像", "公式") if lang == "zh" else ("Profile", "Formulas"))


def test_changed_cells_of_analyses_are_named() -> None:
    cells: dict[tuple[str, str], edit.Value] = {}
    should = set()
    for table, header in CHANGED.items():
        block = FileBook.from_bytes(analysed()).read(table)
        j = block.header.index(header)
        i = next(i for i, value in enumerate(block.columns[j]) if value is not None)
        was = block.columns[j][i]
        cells[block.sheet, block.cell(i, j)] = was + 1.0
        should.add((f"{block.sheet}!{block.cell(i, j)}", f"{was:.15g}", f"{was + 1:.15g}"))
    found = verdict(edit.edited(analysed(), cells))
    assert {one.rule for one in found.deceiving} == {"analysis"} and not found.ok
    assert {(one.place, one.expected.en, one.found.en) for one in found.deceiving} == should


def test_rows_taken_out_of_analyses_or_added_are_told() -> None:
    gone: dict[tuple[str, str], edit.Value] = {}
    doubled: dict[tuple[str, str], edit.Value] = {}
    blocks = [FileBook.from_bytes(analysed()).read(table) for table in TABLES]
    for block in blocks:
        last = [(block.sheet, block.cell(block.n_rows - 1, j)) for j in range(len(block.header))]
        gone |= dict.fromkeys(last)
        doubled |= {cell: block.columns[j][0] for j, cell in enumerate(last)}
    without = verdict(edit.edited(analysed(), gone))
    assert {(s.rule, s.sheet, s.found.en) for s in without.deceiving} == {
        ("analysis", block.sheet, "no such row") for block in blocks
    }
    again = verdict(edit.edited(analysed(), doubled))
    assert {(s.rule, s.sheet) for s in again.deceiving} == {("analysis", block.sheet) for block in blocks}


def test_analyses_of_other_inputs_are_not_verified_and_that_is_said() -> None:
    book = analysed()
    block = FileBook.from_bytes(book).read("bdx_statistics")
    mark = block.header.index("数据指纹")
    cells = {(block.sheet, block.cell(i, mark)): "0123456789ab" for i in range(block.n_rows)}
    found = verdict(edit.edited(book, cells))
    assert found.ok and "统计量" in found.unverified
    assert [(left.sheet, left.why.en) for left in found.left] == [
        ("统计量", "it is of other inputs or settings than these")
    ]


def test_the_first_row_of_each_ranking_names_the_inputs() -> None:
    book = FileBook.from_bytes(analysed())
    for table in (sheet.table for sheet in schema.ANALYSES):
        block = book.read(table)
        ranking, mark = (block.columns[block.header.index(name)] for name in ("榜单", "数据指纹"))
        assert [ranking[i] for i, text in enumerate(mark) if text] == list(dict.fromkeys(ranking)), table


def place(name: str) -> tuple[str, str]:
    """Sheet and address of a named cell."""
    found = FileBook.from_bytes(analysed()).place_of(name)
    assert found is not None
    return found[0], address(found[1], found[2])


NOTE = schema.CELL_NOTE.format(table=schema.ROBUSTNESS.table)


def noted(old: str, new: str) -> bytes:
    """The workbook with another note over its robustness."""
    at = FileBook.from_bytes(analysed()).cells([NOTE])[NOTE]
    assert old in at.value
    return edit.edited(analysed(), {place(NOTE): at.value.replace(old, new)})


@pytest.mark.parametrize(("old", "new"), [("80 次", "81 次"), ("±25%", "±20%")])
def test_a_note_that_tells_of_another_analysis_than_that_of_its_sheet_is_found_out(old: str, new: str) -> None:
    found = verdict(noted(old, new))
    assert not found.ok and {one.rule for one in found.deceiving} == {"analysis"} and found.left == ()


@pytest.mark.parametrize(("old", "new"), [("±25%", "±大约 25%"), ("种子 7", "种子 8")])
def test_notes_that_do_not_tell_what_was_asked_or_contradict_each_other_leave_it_unverified_and_that_is_said(
    old: str, new: str
) -> None:
    found = verdict(noted(old, new))
    assert found.ok and {"稳健性", "敏感性"} <= set(found.unverified)
    assert {(left.sheet, left.why.en) for left in found.left} == {
        (sheet, "the notes over it do not tell draws, seed and what varied") for sheet in ("稳健性", "敏感性")
    }


def test_an_analysis_of_many_draws_is_made_again_only_where_asked_for() -> None:
    book = noted("80 次", "900,000 次")
    found = verdict(book)
    assert found.ok and {(left.sheet, left.why.en) for left in found.left} == {
        (sheet, "900,000 draws take long; --analyses does it and compares") for sheet in ("稳健性", "敏感性")
    }


def test_changed_headings_of_analyses_are_named() -> None:
    cells = {place(schema.CELL_TITLE.format(table=table)): "总指数：最终排名" for table in TABLES}
    found = verdict(edit.edited(analysed(), cells))
    assert not found.ok and {"!".join(cell) for cell in cells} == {one.place for one in found.deceiving}
