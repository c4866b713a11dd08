"""Every kind of bad input, on a real file: where it is, and the whole message in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest

from bdindex_xl.copies.verify import verify
from bdindex_xl.errors import Finding, Severity, SheetErrors, grouped
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.microdata import duck
from bdindex_xl.microdata.collect import collect
from bdindex_xl.microdata.sources import opened
from bdindex_xl.microdata.tables import RecordTable
from bdindex_xl.model.collecting import RecordSource
from bdindex_xl.sheets.kinds import KINDS
from bdindex_xl.sheets.kinds_of_imports import OF_IMPORTS
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.sheets.read_settings import language
from bdindex_xl.tasks.recalculate import check, recalculate
from tests.sheets.fault_cases import CASES, C, Case, F, P, S, U
from tests.sheets.rule_cases import CASES as OF_RULES
from tests.sheets.rule_cases import COMPANIES
from tests.support import edit
from tests.support.books import DATA, UNITS, setting_cell, small_book

pytestmark = pytest.mark.slow

OF_COLLECTING = {"sources missing", "rows of year missing"}  # see test_rules and tests/commands/test_collect.py
AVAILABLE = setting_cell("min_available")
OF_OWN_COLUMNS = {"own note without a row", "own column mixed"}  # found as results are written: see test_carrying
OF_FILES = {
    "row wide",
    "row short",
    "quotation open",
    "control character",
    "text long",
    "file misnamed",
    "file unread",
    "scenarios too many",
}  # see test_folder and test_read_scenarios


def findings(book: FileBook) -> tuple[Finding, ...]:
    try:
        return check(book).findings
    except SheetErrors as errors:
        return errors.findings


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_bad_input_is_named_with_its_cell(case: Case, tmp_path: Path) -> None:
    book = FileBook.from_bytes(edit.edited(small_book(tmp_path, "zh", case.settings, **case.files), case.cells))
    said(case, findings(book))


def said(case: Case, findings: tuple[Finding, ...]) -> None:
    """That a case is among findings, word for word."""
    found = [f for f in findings if f.kind == case.kind and f.place == case.place]
    assert found, [f.text("zh") for f in findings]
    messages: dict[Lang, str] = {"zh": case.zh, "en": case.en}
    for lang, message in messages.items():
        colon = {"zh": "：", "en": ": "}[lang]
        assert found[0].text(lang) == (f"{case.place}{colon}{message}" if case.place else message)


@pytest.mark.parametrize("case", OF_RULES, ids=lambda case: case.id)
def test_bad_rules_are_named_with_their_cell(case: Case, tmp_path: Path) -> None:
    book = FileBook.from_bytes(edit.edited(small_book(tmp_path, "zh", None, **case.files), case.cells))
    (tmp_path / "companies.csv").write_text(COMPANIES, "utf-8")

    def open_sources(sources: Sequence[RecordSource], needed: Mapping[str, Sequence[str]]) -> Mapping[str, RecordTable]:
        return opened(sources, tmp_path, tmp_path, needed=needed)

    with pytest.raises(SheetErrors) as caught:
        collect(book, open_sources, partial(duck.started, temporary=tmp_path))
    said(case, caught.value.findings)


def test_more_than_forty_kinds_of_bad_input_are_tried() -> None:
    tried = {case.kind for case in CASES + OF_RULES} | OF_FILES | OF_COLLECTING
    tried |= {"result table missing", *OF_OWN_COLUMNS, *OF_IMPORTS}
    assert set(KINDS) == tried
    assert len({(case.kind, case.zh) for case in CASES}) >= 60


def test_a_clean_workbook_has_no_findings_but_the_units_without_history(tmp_path: Path) -> None:
    book = FileBook.from_bytes(small_book(tmp_path))
    assert findings(book) == ()
    inputs = read_inputs(book)
    assert [ranking.key for ranking in inputs.rankings] == ["province", "city"]


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    cells = {(P, "D6"): edit.ERROR, (C, "E7"): "无", (F, "D7"): "x", (U, "B4"): None, (S, AVAILABLE): 7}
    found = findings(FileBook.from_bytes(edit.edited(small_book(tmp_path), cells)))  # type: ignore[arg-type]
    assert {(f.sheet, f.cell) for f in found} >= set(cells)


def test_a_whole_bad_column_does_not_bury_the_rest(tmp_path: Path) -> None:
    units = UNITS + "".join(f"9{k:05d},市{k},city,\n" for k in range(300))
    data = DATA + "".join(f"2024,9{k:05d},n.a.,1,2,3\n" for k in range(300))
    found = findings(FileBook.from_bytes(small_book(tmp_path, units=units, data=data)))
    texts = [f for f in found if f.kind == "value text"]
    message = "expected a number or a blank, found the text “n.a.”"
    assert [(len(texts), f.text("en")) for f in texts if f.n > 1] == [(201, f"{C}!D213:D312, 100 cells: {message}")]
    assert [f.text("en") for f in grouped(texts)] == [f"{C}!D13:D312, 300 cells: {message}"]
    assert [f.text("zh") for f in grouped(texts)] == [f"{C}!D13:D312，共 300 格：应为数或空白，实为文本“n.a.”"]


def test_a_language_that_is_none_leaves_the_workbook_its_own(tmp_path: Path) -> None:
    for lang in LANGUAGES:
        sheet = {"zh": "设置", "en": "Settings"}[lang]
        book = FileBook.from_bytes(edit.edited(small_book(tmp_path, lang), {(sheet, "B5"): "French"}))
        assert language(book) == lang
        assert [f.place for f in findings(book) if f.severity is Severity.FAULT] == [f"{sheet}!B5"]


def test_findings_stand_in_the_order_of_sheets_and_cells(tmp_path: Path) -> None:
    cells: dict[tuple[str, str], edit.Value] = {
        (P, "E10"): "无",
        (P, "E9"): "无",
        (F, "D7"): "x",
        (C, "D6"): "无",
        (S, AVAILABLE): 7,
    }
    found = [f.place for f in findings(FileBook.from_bytes(edit.edited(small_book(tmp_path), cells)))]
    assert found == [f"{S}!{AVAILABLE}", f"{F}!D7", f"{P}!E9", f"{P}!E10", f"{C}!D6"]


def test_names_that_repeat_are_shown_with_their_codes(tmp_path: Path) -> None:
    book = FileBook.from_bytes(small_book(tmp_path, units=UNITS.replace("乙市", "甲市")))
    recalculate(book, now=dt.datetime(2026, 1, 2))
    units = book.read("bdx_ranking_city").columns[1]
    assert sorted(units) == ["丁市", "丙市", "甲市 110100", "甲市 120100"]
    assert verify(book).ok
