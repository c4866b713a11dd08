"""The sheet Profile: what its formulas give for a unit is what the profiles of reports say of it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl.worksheet.cell_range import CellRange

from bdindex_xl.figures.profile import Profile, Profiles
from bdindex_xl.figures.source import FigureSource
from bdindex_xl.hosts.files import FileBook, own_formulas
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.share.twin import Wanted, make
from bdindex_xl.sheets import options, phrases, schema
from bdindex_xl.sheets.areas import Area
from bdindex_xl.sheets.book import Results
from bdindex_xl.tasks.recalculate import Outcome, check, recalculate
from bdindex_xl.workbook import profile_texts as texts
from tests.copies.workbooks import calculated
from tests.share import engines
from tests.support.books import DATA, FRAMEWORK, small_book
from tests.support.charted import charts
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401

pytestmark = pytest.mark.slow

SHIPPED = Path(__file__).resolve().parents[2] / "workbook" / "BigDataIndex.xlsm"
NOW = dt.datetime(2024, 5, 1, 12)
Cells = list[list[Any]]


def cells(book: FileBook, lang: Lang = "zh") -> Cells:
    return book.values(schema.PROFILE[lang], Area(1, 1, 90, 12))


def shown(book: FileBook, ranking: str, unit: str, lang: Lang = "zh") -> Cells:
    """The page once a reader has chosen a unit, as this program calculates it."""
    book.write(Results((), {schema.NAME_PROFILE_RANKING: ranking, schema.NAME_PROFILE_UNIT: unit}))
    assert book.calculate_own()
    return cells(book, lang)


def below(page: Cells, title: str, n: int, first: int = 0) -> Cells:
    """Rows under the header of a section."""
    at = next(i for i, row in enumerate(page) if row[first] == title)
    return [[None if value == "" else value for value in row] for row in page[at + 2 : at + 2 + n]]


@cache
def outcome(lang: Lang = "zh") -> Outcome:
    return check(FileBook.from_bytes(calculated(lang)))


def profile(found: Outcome, key: str, u: int) -> Profile:
    source = FigureSource(found.inputs, found.results)
    ranking = next(one for one in found.inputs.rankings if one.key == key)
    return Profiles(source.of(ranking)).of(u)


def check_page(page: Cells, expected: Profile, lang: Lang) -> None:
    """Every number of the page against the report's profile."""
    index = expected.index
    facts = [None if value == "" else value for value in page[6]]
    assert facts[0] == expected.year and facts[4] == index.rank and facts[8] == expected.n_ranked
    assert facts[2] == pytest.approx(index.score, abs=1e-9) if index.score is not None else facts[2] is None
    assert facts[6] == (index.change if index.change is not None else schema.NEW_UNIT[lang] if index.rank else None)
    at = next(i for i, row in enumerate(page) if row[0] == texts.YEARS[lang])
    years, scores, ranks = ([None if v == "" else v for v in page[at + k][2:12]] for k in (1, 2, 3))
    n = len(expected.years)
    assert (years[:n], ranks[:n]) == (list(expected.years), list(expected.ranks)) and set(years[n:]) <= {None}
    assert scores[:n] == pytest.approx(list(expected.scores), abs=1e-9, nan_ok=True)
    rows = below(page, texts.PARTS[lang], len(expected.dimensions))
    for row, one, added in zip(rows, expected.dimensions, expected.added, strict=True):
        assert row[0] == one.node.name and row[5] == one.rank
        added = added if index.score is not None else None  # to a score that there is not, nothing is added
        assert (row[4], row[7], row[10]) == pytest.approx((one.score, one.mean, added), abs=1e-9)
    for title, first, chosen in ((texts.STRENGTHS, 0, expected.strengths), (texts.WEAKNESSES, 6, expected.weaknesses)):
        rows = [row[first : first + 6] for row in below(page, title[lang], 5, first)]
        assert [(row[0], row[4]) for row in rows if row[0]] == [(one.node.name, one.rank) for one in chosen]
        assert [row[5] for row in rows if row[0]] == pytest.approx([one.gap for one in chosen], abs=1e-9)
    rows = below(page, texts.INDICATORS[lang], len(expected.indicators))
    for row, one in zip(rows, expected.indicators, strict=True):
        assert (row[0], row[4], row[6], row[8]) == (
            one.node.name,
            one.value,
            getattr(one.node, "measure", ""),
            one.rank,
        )
        assert (row[9], row[10]) == pytest.approx((one.share, one.score), abs=1e-9)
        assert row[11] == pytest.approx(one.mean, abs=1e-9)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ["province", "city"])
def test_every_number_is_that_of_the_profiles_in_reports(lang: Lang, key: str) -> None:
    book, found = FileBook.from_bytes(calculated(lang)), outcome(lang)
    ranking = next(one for one in found.inputs.rankings if one.key == key)
    for u in {*range(0, len(ranking.names), 4), len(ranking.names) - 1}:  # the last is new in the last year
        page = shown(book, schema.ranking_label(key)[lang], ranking.label(u), lang)
        check_page(page, profile(found, key, u), lang)


def test_indicators_with_a_denominator_are_shown_divided_as_in_reports(tmp_path: Path) -> None:
    header, *rows = FRAMEWORK.splitlines()
    divided = {"a1": "a2", "b1": "人口"}
    framework = [f"{header},denominator", *(f"{row},{divided.get(row.split(',')[0], '')}" for row in rows)]
    first, *lines = DATA.splitlines()
    people = [("", "0", "1.5", "2", "4")[k % 5] for k in range(len(lines))]
    data = [f"{first},人口", *(f"{line},{n}" for line, n in zip(lines, people, strict=True))]
    book = FileBook.from_bytes(small_book(tmp_path, framework="\n".join(framework), data="\n".join(data)))
    found = recalculate(book, now=NOW)
    seen = set()
    for key in ("province", "city"):
        ranking = next(one for one in found.inputs.rankings if one.key == key)
        for u in range(len(ranking.names)):
            page = shown(book, schema.ranking_label(key)["zh"], ranking.label(u))
            expected = profile(found, key, u)
            check_page(page, expected, "zh")
            seen |= {one.value for one in expected.indicators if one.node.code == "b1"}
    assert None in seen and len(seen) > 2


def test_the_note_on_the_data_stands_under_the_page_and_follows_the_setting() -> None:
    book = FileBook.from_bytes(SHIPPED.read_bytes())
    told = [row[0] for row in cells(book) if row[0]]
    assert told[-1] == phrases.SAMPLE_SOURCE["zh"]
    settings = [row.key for row in options.SETTINGS_ROWS]
    book.set_cells(schema.SETTINGS.table, {(settings.index("source"), 1): None})
    assert book.calculate_own()
    assert [row[0] for row in cells(book) if row[0]] == told[:-1]


def test_a_recalculation_renews_what_it_shows_and_asks_no_program_to_calculate(tmp_path: Path) -> None:
    book = FileBook.from_bytes(small_book(tmp_path))
    recalculate(book, now=NOW)
    assert cells(book)[6][2] == 100.0  # 甲省 scores 100 in 2024
    book.trust_values()
    book = FileBook.from_bytes(book.to_bytes())
    book.set_cells("bdx_data_province", {(3, 3): 0.0})
    recalculate(book, now=NOW)
    again = check(FileBook.from_bytes(book.to_bytes()))
    assert cells(book)[6][2] == pytest.approx(profile(again, "province", 0).index.score) != 100.0
    profile_sheet = [cell for cell in book.formula_cells() if cell.sheet == schema.PROFILE["zh"]]
    assert len(profile_sheet) > 300 and not book.stale(profile_sheet)


def test_what_was_found_before_is_found_again_for_the_same_data_alone(tmp_path: Path) -> None:
    book, pages = FileBook.from_bytes(small_book(tmp_path)), []
    for value in (40.0, 0.0, 40.0, 0.0):
        book.set_cells("bdx_data_province", {(3, 3): value})
        recalculate(book, now=NOW)
        pages.append(cells(book))
    assert pages[0] == pages[2] != pages[1] == pages[3]
    assert pages[0][6][2] == 100.0


@pytest.mark.parametrize("shipped", [True, False])
def test_its_charts_keep_what_they_draw_so_that_previews_show_it(shipped: bool) -> None:
    book = FileBook.from_bytes(SHIPPED.read_bytes() if shipped else calculated())
    if not shipped:
        book.set_cells("bdx_data_province", {(3, 3): 0.0})
        recalculate(book, now=NOW)
    sheet = schema.PROFILE["zh"]
    held = book.values(sheet, Area(1, 1, 200, 120))
    kept = [
        one for chart in charts(book.to_bytes()) for one in chart.kept() if one.formula.strip("'").startswith(sheet)
    ]
    assert len(kept) == (9 if shipped else 2)
    for one in kept:
        cells_of = [cells for row in CellRange(one.formula.split("!")[1].replace("$", "")).rows for cells in row]
        values = [held[row - 1][column - 1] for row, column in cells_of]
        assert [as_kept(value) for value in values] == [value and value.removesuffix(".0") for value in one.values]
    assert all(any(value is not None for value in one.values) for one in kept)


def as_kept(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return repr(float(value)).removesuffix(".0")


def test_years_that_a_workbook_gets_later_are_shown_and_the_year_of_the_settings_is(tmp_path: Path) -> None:
    book = FileBook.from_bytes(small_book(tmp_path, "zh", {"year": 2023}))
    recalculate(book, now=NOW)
    page = cells(book)
    assert page[6][0] == 2023 and [value for value in page[9][2:12] if value] == [2023]


def test_a_unit_of_another_ranking_is_told_and_nothing_is_shown() -> None:
    page = shown(FileBook.from_bytes(calculated()), "城市", "p00")
    assert page[4][0] == texts.UNKNOWN.zh
    assert {value for value in page[6] if value is not None} == {""}


def test_a_framework_that_has_changed_is_told(tmp_path: Path) -> None:
    book = FileBook.from_bytes(calculated())
    block = book.read("bdx_framework")
    book.set_cells("bdx_framework", {(block.n_rows - 1, 0): None})
    assert shown(book, "省份", "p00")[4][0] == texts.CHANGED.zh


def test_names_are_those_of_the_framework_as_it_is_now() -> None:
    book = FileBook.from_bytes(calculated())
    block = book.read("bdx_framework")
    book.set_cells("bdx_framework", {(block.columns[0].index("A"), 1): "新规模"})
    recalculate(book, now=NOW)
    page = shown(book, "省份", "p01")
    assert below(page, texts.PARTS.zh, 1)[0][0] == "新规模" and below(page, texts.PARTS.zh, 1)[0][4] is not None


def test_every_program_shows_the_same_and_follows_the_choice(excel: xw.App, tmp_path: Path) -> None:
    """LibreOffice, from end to end: as the file holds it, then another unit, against what this program finds."""
    book = FileBook.from_bytes(calculated())
    (tmp_path / "a.xlsm").write_bytes(book.to_bytes())
    opened = xw.Book(tmp_path / "a.xlsm")
    sheet = opened.sheets[schema.PROFILE["zh"]]
    for ranking, unit in (("省份", "p00"), ("城市", "c07"), ("省份", "p11")):
        sheet["B4"].value, sheet["H4"].value = ranking, unit
        opened.impl.document.model.calculateAll()
        expected = shown(book, ranking, unit)
        found = sheet["A1:L80"].value
        for i, (own, other) in enumerate(zip(expected, found, strict=False), 1):
            for j, (a, b) in enumerate(zip(own, other, strict=True), 1):
                if isinstance(a, float) and isinstance(b, float):
                    assert b == pytest.approx(a, rel=1e-9, abs=1e-9), (unit, i, j)
                else:
                    assert (a or None) == (b or None), (unit, i, j)


def test_in_a_live_copy_it_follows_changed_data(excel: xw.App, tmp_path: Path) -> None:
    block = FileBook.from_bytes(calculated()).read("bdx_data_province")
    i = max(i for i, unit in enumerate(block.columns[1]) if unit == "1000")
    changes = {(block.sheet, block.cell(i, 3)): 77.0, (block.sheet, block.cell(i, 5)): None}
    (tmp_path / "a.xlsx").write_bytes(make(calculated(), Wanted(), now=NOW).data)
    cell = engines.in_libreoffice(xw.Book(tmp_path / "a.xlsx"), changes)
    page = [[cell(schema.PROFILE["zh"], row, column) for column in range(1, 13)] for row in range(1, 81)]
    again = check(engines.expected(calculated(), changes))
    check_page(page, profile(again, "province", 0), "zh")


def test_a_copy_without_raw_data_shows_no_raw_value_and_keeps_ranks() -> None:
    copy = make(calculated(), Wanted(no_raw=True), now=NOW)
    book = FileBook.from_bytes(copy.data)
    page = cells(book)
    rows = below(page, texts.INDICATORS.zh, 4)
    assert [(row[4], row[9]) for row in rows] == [(None, None)] * 4
    expected = profile(outcome(), "province", 0)
    assert [row[8] for row in rows] == [one.rank for one in expected.indicators]
    raw = {value for ranking in outcome().inputs.rankings for value in ranking.panel.values.ravel().tolist()}
    everything = book.values(schema.PROFILE["zh"], Area(1, 1, 90, 90))
    assert not raw & {value for row in everything for value in row if isinstance(value, float) and value % 1}
    again = shown(book, "城市", "c03")
    assert again[6][4] == profile(outcome(), "city", 3).index.rank
    assert [row[4] for row in below(again, texts.INDICATORS.zh, 4)] == [None] * 4


def test_a_copy_with_values_says_that_the_choice_changes_nothing() -> None:
    page = cells(FileBook.from_bytes(make(calculated(), Wanted(values=True), now=NOW).data))
    assert page[1][0] == phrases.PROFILE_VALUES.zh
    assert page[6][4] == profile(outcome(), "province", 0).index.rank


def test_a_copy_of_one_ranking_shows_a_unit_of_it_and_nothing_of_the_other() -> None:
    book = FileBook.from_bytes(make(calculated(), Wanted(only="city"), now=NOW).data)
    page = cells(book)
    assert page[3][1] == "城市" and page[6][4] == 1
    again = shown(book, "城市", "c04")
    expected = profile(outcome(), "city", 4)
    assert again[6][2] == pytest.approx(expected.index.score)
    assert [row[4] for row in below(again, texts.INDICATORS.zh, 4)] == [one.value for one in expected.indicators]


def test_a_live_copy_is_not_asked_to_be_calculated_when_its_workbook_was_not() -> None:
    book = FileBook.from_bytes(calculated())
    book.trust_values()
    copy = FileBook.from_bytes(make(book.to_bytes(), Wanted(), now=NOW).data)
    assert not copy.recalculates
    assert below(cells(copy), texts.INDICATORS.zh, 1)[0][4] == profile(outcome(), "province", 0).indicators[0].value


def test_what_is_too_large_to_calculate_is_left_to_the_program_that_opens_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_formulas, "MOST_ROWS", 5)
    book = FileBook.from_bytes(small_book(tmp_path))
    recalculate(book, now=NOW)
    assert not book.calculate_own() and book.recalculates
    copy = FileBook.from_bytes(make(book.to_bytes(), Wanted(no_raw=True), now=NOW).data)
    assert schema.PROFILE["zh"] not in copy.sheets()  # it would show raw values of before


@pytest.mark.parametrize("n", [1, 3])
def test_indices_without_dimensions_to_draw_have_no_radar(n: int, tmp_path: Path) -> None:
    lines = FRAMEWORK.splitlines()
    flat = "\n".join([*lines[:2], *(line.replace(",A,", ",I,").replace(",B,", ",I,") for line in lines[4 : 4 + n])])
    header = ["year", "unit", "a1", "a2", "b1", "b2"][: 2 + n]
    data = "\n".join(",".join(row.split(",")[: len(header)]) for row in DATA.splitlines())
    book = FileBook.from_bytes(small_book(tmp_path, "zh", framework=flat + "\n", data=data + "\n"))
    recalculate(book, now=NOW)
    found = check(FileBook.from_bytes(book.to_bytes()))
    check_page(shown(book, "城市", "乙市"), profile(found, "city", 1), "zh")
