"""Untouched files are true whatever program saved them; a changed input, setting and result are told apart."""

from __future__ import annotations

import io
import math
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from bdindex_xl.copies.verify import Verdict, verify
from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook, open_book
from bdindex_xl.language import Lang
from bdindex_xl.sheets.book import column_letters
from bdindex_xl.tasks.recalculate import recalculate
from tests.copies.workbooks import NOW, calculated, lean
from tests.support import edit, office
from tests.support.books import DATA, small_book
from tests.support.pocket import pocket_book
from tests.support.rich import Zip
from tests.support.slim import slim

SAMPLE = Path(__file__).resolve().parents[2] / "workbook" / "BigDataIndex.xlsm"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::UserWarning"),
]  # openpyxl, of extensions it does not know


def verdict(book: bytes) -> Verdict:
    return verify(FileBook.from_bytes(book))


def told(found: Verdict) -> tuple[bool | None, list[str], bool | None]:
    """What is said to have changed: input, settings, results."""
    return found.inputs_changed, [setting.key for setting in found.settings], found.results_changed


def address(book: bytes, table: str, header: str, row: int) -> tuple[str, str]:
    block = FileBook.from_bytes(book).read(table)
    return block.sheet, block.cell(row, block.header.index(header))


def sample() -> bytes:
    book = open_book(SAMPLE)
    recalculate(book, now=NOW)
    return book.to_bytes()


def openpyxl_saved(book: bytes) -> bytes:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(book)).save(out)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scope", ["year", "panel", "goalposts"])
def test_an_untouched_workbook_is_true(lang: str, scope: str) -> None:
    found = verdict(calculated(lang, scope=scope))
    assert found.ok and told(found) == (False, [], False)
    assert found.n_cells > 1000


def test_bands_of_earlier_versions_that_name_the_node_are_true_and_others_are_not() -> None:
    block = FileBook.from_bytes(lean()).read("bdx_ranking_province")
    over = block.sheet, f"{column_letters(block.header.index('规模排名') + 1)}{block.row - 1}"
    for text, said in (("规模", []), ("环境", ["band"])):
        found = verdict(edit.edited(lean(), {over: text}))
        assert [one.rule for one in found.sightings if one.deceives] == said


def test_the_sample_is_true_and_stays_so_saved_by_other_programs(pytestconfig: pytest.Config) -> None:
    """Its inputs and results, with few of its cities and years, and in the long run all of it."""
    opened = FileBook.from_bytes(slim(pocket_book()))
    recalculate(opened, now=NOW)
    fewer = opened.to_bytes()
    books = dict.fromkeys((fewer, office.converted(fewer, ".xlsm"), openpyxl_saved(fewer)), 6_000)
    if pytestconfig.getoption("--long"):
        books[sample()] = 50_000
    for book, least in books.items():
        found = verdict(book)
        assert found.ok and told(found) == (False, [], False)
        assert found.n_cells > least


# Two thirds; and numbers whose 16th digit is a 5, which 15 digits round one way and 16 digits first the other.
_LONG = [2 / 3, 1 / 3, math.pi, 23.464043487103847, 0.031200492670057048, 0.0056494072267679945]
LONG = DATA.replace(",40,9,3,5", f",{','.join(map(repr, _LONG[:4]))}").replace(
    ",7,1,9", f",{_LONG[4]!r},{_LONG[5]!r},9"
)


@cache
def of_full_precision() -> bytes:
    with TemporaryDirectory() as folder:
        opened = FileBook.from_bytes(slim(small_book(Path(folder), data=LONG)))
    recalculate(opened, now=NOW)
    return opened.to_bytes()


def test_full_precision_saved_by_openpyxl_is_the_same_input_and_a_changed_cell_is_not() -> None:
    book = of_full_precision()
    for saved in (openpyxl_saved(book), openpyxl_saved(openpyxl_saved(book))):
        found = verdict(saved)
        assert found.ok and told(found) == (False, [], False)
        place = address(saved, "bdx_data_city", "专利", 3)
        changed = verdict(edit.edited(saved, {place: 3.0000000000001}))
        assert not changed.ok and changed.inputs_changed is True


def test_full_precision_saved_by_libreoffice_is_the_same_input_and_a_changed_cell_is_not() -> None:
    books = of_full_precision(), openpyxl_saved(of_full_precision())
    for saved in office.converted_files(books, ".xlsm"):
        found = verdict(saved)
        assert found.ok and told(found) == (False, [], False)
        place = address(saved, "bdx_data_city", "专利", 3)
        changed = verdict(edit.edited(saved, {place: 30.0}))
        assert not changed.ok and told(changed) == (True, [], False)
        assert (changed.changed_inputs[0].place, changed.changed_inputs[0].now) == ("!".join(place), 30.0)


def test_inputs_and_results_changed_together_are_told_whatever_program_saved_them() -> None:
    """The former excuse: 15 digits, and results that follow from the input."""
    book = of_full_precision()
    other = FileBook.from_bytes(edit.edited(book, {address(book, "bdx_data_city", "专利", 3): 30.0}))
    recalculate(other, now=None)
    for saved in (other.to_bytes(), openpyxl_saved(other.to_bytes())):
        found = verdict(saved)
        assert not found.ok and told(found) == (True, [], False)
        assert found.differences == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_log_of_an_older_version_is_not_held_against_the_input(lang: Lang) -> None:
    book = lean(lang)
    place = address(book, "bdx_log", "SHA-256 of the inputs" if lang == "en" else "输入数据 SHA-256", 0)
    found = verdict(edit.edited(book, {place: "0123456789abcdef" * 4}))
    assert found.ok and found.recorded is not None and not found.recorded.comparable
    assert told(found) == (None, [], False)


def test_without_a_run_log_the_results_are_verified_yet_held_against_nothing() -> None:
    found = verdict(lean(logged=False))
    assert not found.ok and not found.differences and not found.deceiving
    assert found.recorded is None and told(found) == (None, [], False)


def sorted_by(book: bytes, table: str, column: str) -> bytes:
    """A result table as its reader sorted it."""
    loaded = openpyxl.load_workbook(io.BytesIO(book))
    sheet = next(sheet for sheet in loaded.worksheets if table in sheet.tables)
    header, *rows = sheet[sheet.tables[table].ref]
    j = [cell.value for cell in header].index(column)
    values = sorted(([cell.value for cell in row] for row in rows), key=lambda row: str(row[j]), reverse=True)
    for row, new in zip(rows, values, strict=True):
        for cell, value in zip(row, new, strict=True):
            cell.value = value
    out = io.BytesIO()
    loaded.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("bdx_ranking_city", "地区"), ("bdx_ranking_province", "规模得分"), ("bdx_groups", "组别"),
        ("bdx_weights", "下级代码"), ("bdx_normalised", "能耗"),
    ],
)  # fmt: skip
def test_a_sorted_result_table_is_true(table: str, column: str) -> None:
    book = sorted_by(lean(), table, column)
    assert FileBook.from_bytes(book).read(table) != FileBook.from_bytes(lean()).read(table)
    assert verdict(book).ok


def test_notes_of_the_readers_own_are_no_tampering() -> None:
    book = lean()
    block = FileBook.from_bytes(book).read("bdx_ranking_city")
    beside = edit.edited(book, {(block.sheet, f"AZ{block.row + 3}"): "我的备注"})
    assert verdict(beside).ok


def test_a_changed_input_is_told_with_its_cell_and_the_results_that_no_longer_follow() -> None:
    book = lean()
    place = address(book, "bdx_data_city", "专利", 41)
    was = FileBook.from_bytes(book).read("bdx_data_city").columns[4][41]
    found = verdict(edit.edited(book, {place: 51.25}))
    assert told(found) == (True, [], False)
    cell = found.changed_inputs[0]
    assert len(found.changed_inputs) == 1
    assert (cell.sheet, cell.cell, cell.now) == (*place, 51.25)
    assert cell.before == pytest.approx(was, abs=1e-9)
    assert {"bdx_normalised", "bdx_weights", "bdx_ranking_city"} <= {d.table for d in found.differences}
    assert "bdx_ranking_province" not in {d.table for d in found.differences}


@pytest.mark.parametrize("scope", ["year", "panel", "goalposts"])
@pytest.mark.parametrize("value", [None, 0.001, 99.9, 50.0])
def test_a_changed_input_is_traced_under_every_scope(scope: str, value: float | None) -> None:
    book = lean(scope=scope)
    place = address(book, "bdx_data_city", "政策", 20)
    found = verdict(edit.edited(book, {place: value}))
    assert [(cell.sheet, cell.cell) for cell in found.changed_inputs] == [place]
    assert found.results_changed is False


def test_a_value_filled_in_later_is_told_to_have_been_blank() -> None:
    book = lean()
    block = FileBook.from_bytes(book).read("bdx_data_city")
    row = next(i for i, value in enumerate(block.columns[3]) if value is None)
    found = verdict(edit.edited(book, {(block.sheet, block.cell(row, 3)): 12.0}))
    assert [(c.cell, math.isnan(c.before), c.now) for c in found.changed_inputs] == [(block.cell(row, 3), True, 12.0)]


def test_a_changed_result_is_told_even_where_the_input_changed_too() -> None:
    book = lean()
    result = address(book, "bdx_ranking_province", "规模得分", 2)
    found = verdict(edit.edited(book, {result: 12.0}))
    assert told(found) == (False, [], True)
    assert [(d.sheet, d.cell, d.found) for d in found.differences] == [(*result, 12.0)]
    both = verdict(edit.edited(book, {result: 12.0, address(book, "bdx_data_city", "专利", 41): 51.25}))
    assert told(both) == (True, [], True)
    assert [(d.sheet, d.cell) for d in both.tampered] == [result]


def test_a_changed_setting_is_told_apart_from_a_changed_result() -> None:
    book = lean()
    setting = {("设置", "B12"): "等权"}
    found = verdict(edit.edited(book, setting))
    assert told(found) == (False, ["weighting"], False)
    assert [(s.sheet, s.cell, s.before, s.now) for s in found.settings] == [("设置", "B12", "improved vector", "equal")]
    assert found.differences and not found.tampered
    result = address(book, "bdx_weights", "总指数权重", 4)
    both = verdict(edit.edited(book, setting | {result: 0.99}))
    assert told(both) == (False, ["weighting"], True)
    assert [(d.sheet, d.cell) for d in both.tampered] == [result]


def test_all_three_changed_are_all_told() -> None:
    book = lean()
    result = address(book, "bdx_ranking_province", "规模得分", 2)
    data = address(book, "bdx_data_city", "专利", 41)
    found = verdict(edit.edited(book, {result: 12.0, data: 51.25, ("设置", "B12"): "等权"}))
    assert told(found) == (True, ["weighting"], True)
    assert [(d.sheet, d.cell) for d in found.tampered] == [result]
    assert [(c.sheet, c.cell) for c in found.changed_inputs] == [data]


def test_without_a_log_a_changed_input_is_told_from_a_changed_result() -> None:
    book = lean(logged=False)
    data = address(book, "bdx_data_city", "专利", 41)
    found = verdict(edit.edited(book, {data: 51.25}))
    assert not found.ok and told(found) == (None, [], False)
    assert [(c.sheet, c.cell) for c in found.changed_inputs] == [data]
    result = address(book, "bdx_ranking_province", "规模得分", 2)
    assert told(verdict(edit.edited(book, {result: 12.0}))) == (None, [], True)


def test_swapped_names_name_the_names_and_swapped_cells_the_cells() -> None:
    book = lean()
    block = FileBook.from_bytes(book).read("bdx_ranking_city")
    for j in (1, 2):
        swapped = {(block.sheet, block.cell(i, j)): block.columns[j][other] for i, other in ((2, 7), (7, 2))}
        found = verdict(edit.edited(book, swapped))
        assert {(d.sheet, d.cell) for d in found.differences} == set(swapped)
        assert told(found) == (False, [], True)


def test_a_deleted_and_a_forged_row_are_told() -> None:
    book = lean()
    block = FileBook.from_bytes(book).read("bdx_weights")
    gone = verdict(edit.edited(book, {(block.sheet, block.cell(3, j)): None for j in range(8)}))
    assert [(d.kind, d.what) for d in gone.differences] == [("row missing", "2022 省份 a2")]
    under = {(block.sheet, block.cell(block.n_rows - 1, j)): block.columns[j][0] for j in range(8)}
    forged = verdict(edit.edited(book, under))
    assert not forged.ok and forged.results_changed


def test_a_changed_heading_and_a_changed_header_are_told() -> None:
    book = lean()
    sheet = FileBook.from_bytes(book).tables()["bdx_ranking_city"]
    title = verdict(edit.edited(book, {(sheet, "A1"): "总指数：城市排名（2025 年）"}))
    assert [(d.place, d.expected) for d in title.differences] == [(f"{sheet}!A1", "总指数：城市排名（2024 年）")]
    block = FileBook.from_bytes(book).read("bdx_ranking_city")
    header = verdict(edit.edited(book, {(sheet, block.cell(-1, 2)): "分数"}))
    assert [(d.kind, d.cell, d.expected, d.found) for d in header.differences] == [
        ("column", block.cell(-1, 2), "得分", "分数")
    ]


def test_input_that_changes_no_result_still_fails() -> None:
    # Two units change places on the units sheet: names, groups and data are the same.
    book = lean()
    block = FileBook.from_bytes(book).read("bdx_units")
    cells = {(block.sheet, block.cell(i, j)): block.columns[j][k] for j in range(4) for i, k in ((2, 5), (5, 2))}
    found = verdict(edit.edited(book, cells))
    assert not found.ok and told(found) == (True, [], False) and not found.differences


def test_a_deleted_result_table_is_named_and_the_rest_verified() -> None:
    book = Zip(lean())
    part = next(name for name in book.parts if b'"bdx_groups"' in book[name] and "tables/" in name)
    book.change(part, '"bdx_groups"', '"my_groups"')
    found = verdict(book.to_bytes())
    assert not found.ok and found.missing == found.deleted == ("bdx_groups",)
    assert not found.differences and not found.deceiving


def test_faults_stop_a_verification() -> None:
    with pytest.raises(SheetErrors):
        verdict(edit.edited(lean(), {address(lean(), "bdx_data_city", "专利", 4): "暂无"}))
