"""Merging takes what was blank and is filled, tells what contradicts, loses nothing, and can be done again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bdindex_xl.commands.output.merge import _conflict
from bdindex_xl.copies.merge import Prefer, merge
from bdindex_xl.copies.merged import Merged
from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files import FileBook
from tests.support import edit, renamed
from tests.support.books import small_book
from tests.support.lint import lint
from tests.support.rich import Zip
from tests.support.slim import slim

pytestmark = pytest.mark.slow

P = "省份数据"  # rows 6 to 11: three units in 2023, then in 2024; columns D to G: a1, a2, b1, b2


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    return slim(small_book(tmp_path))


def merged(main: bytes, *copies: bytes, prefer: Prefer = None) -> tuple[bytes, Merged]:
    opened = FileBook.from_bytes(main)
    done = merge(opened, "main.xlsm", [(f"{k}.xlsx", FileBook.from_bytes(c)) for k, c in enumerate(copies)], prefer)
    assert lint(opened.to_bytes()) == []
    return opened.to_bytes(), done


def value(book: bytes, address: str, table: str = "bdx_data_province") -> Any:
    block = FileBook.from_bytes(book).read(table)
    return block.columns[ord(address[0]) - 65][int(address[1:]) - block.row - 1]


def test_what_is_blank_here_and_filled_there_is_taken_and_nothing_else_changes(book: bytes) -> None:
    main = edit.edited(book, {(P, "D9"): None, (P, "E9"): None, (P, "F9"): None})
    copy = edit.edited(main, {(P, "D9"): 77.5, (P, "E9"): " 1,234 "})
    out, done = merged(main, copy)
    assert [(t.main.place, t.returned.place, t.year, t.unit, t.column) for t in done.taken] == [
        (f"{P}!D9", f"{P}!D9", 2024, "110000", "企业"),
        (f"{P}!E9", f"{P}!E9", 2024, "110000", "专利"),
    ]
    assert (value(out, "D9"), value(out, "E9"), value(out, "F9")) == (77.5, 1234.0, None)
    assert done.settled and not done.conflicts
    before, after = Zip(main), Zip(out)
    changed = [name for name in before.parts if before[name] != after[name]]
    assert len(changed) == 2 and "xl/workbook.xml" in changed  # where nothing is left to be calculated any more


def test_taking_the_same_copy_again_changes_nothing(book: bytes) -> None:
    main = edit.edited(book, {(P, "D9"): None})
    copy = edit.edited(book, {(P, "D9"): 77.5, (P, "A11"): 2025.0})
    out, done = merged(main, copy)
    assert done.changed and done.rows_added == 1
    again, nothing = merged(out, copy)
    assert again == out
    assert not nothing.changed and not nothing.taken


def test_two_different_values_are_a_conflict_and_stay(book: bytes) -> None:
    copy = edit.edited(book, {(P, "D9"): 41.0})
    out, done = merged(book, copy)
    assert out == book
    (conflict,) = done.conflicts
    assert (conflict.main.place, conflict.main.value, conflict.returned.value, conflict.taken) == (
        f"{P}!D9", 40.0, 41.0, "none"
    )  # fmt: skip
    assert not done.settled
    kept, preferred = merged(book, copy, prefer="main")
    assert kept == book and preferred.settled and preferred.conflicts[0].taken == "main"
    taken, returned = merged(book, copy, prefer="returned")
    assert value(taken, "D9") == 41.0 and returned.settled and returned.conflicts[0].taken == "returned"


def test_copies_that_contradict_each_other_fill_nothing(book: bytes) -> None:
    main = edit.edited(book, {(P, "D9"): None})
    copies = [edit.edited(main, {(P, "D9"): value}) for value in (1.0, 2.0, 1.0)]
    for prefer in (None, "returned", "main"):
        out, done = merged(main, *copies, prefer=prefer)
        assert value(out, "D9") is None
        assert [(c.returned.file, c.returned.value, c.taken) for c in done.conflicts] == [
            ("0.xlsx", 1.0, "none"), ("1.xlsx", 2.0, "none"), ("2.xlsx", 1.0, "none")
        ]  # fmt: skip
    out, done = merged(main, copies[0], copies[2])
    assert value(out, "D9") == 1.0 and len(done.taken) == 1 and done.settled


def test_each_bureau_fills_its_own_rows(book: bytes) -> None:
    main = edit.edited(book, {(P, f"{c}{r}"): None for c in "DEFG" for r in (9, 10, 11)})
    copies = [edit.edited(main, {(P, f"{c}{r}"): 10.0 * r for c in "DEFG"}) for r in (9, 10, 11)]
    out, done = merged(main, *copies)
    assert len(done.taken) == 12 and done.settled
    assert [value(out, f"G{r}") for r in (9, 10, 11)] == [90.0, 100.0, 110.0]
    assert {t.returned.file for t in done.taken} == {"0.xlsx", "1.xlsx", "2.xlsx"}


def test_rows_that_only_the_copy_has_come_after_the_last(book: bytes) -> None:
    opened = FileBook.from_bytes(book)
    opened.set_cells(
        "bdx_data_province", {(6, 0): 2025.0, (6, 1): "120000", (6, 3): 5.0, (7, 0): 2025.0, (7, 1): "110000"}
    )
    out, done = merged(book, opened.to_bytes())
    assert done.rows_added == 1, "a row without values is no news"
    block = FileBook.from_bytes(out).read("bdx_data_province")
    assert [column[6] for column in block.columns] == [2025.0, "120000", "乙省", 5.0, None, None, None]
    assert block.n_rows == 7


def test_units_and_indicators_unknown_here_are_told_with_their_values(book: bytes) -> None:
    copy = edit.edited(
        book, {(P, "B9"): "990000", (P, "D5"): "数据中心", (P, "A10"): "去年", ("城市数据", "B6"): "110000"}
    )
    out, done = merged(book, copy)
    assert out == book
    told = {(left.kind, left.at.place): left.at.value for left in done.left}
    assert told["unit", f"{P}!E9"] == 9.0
    assert told["indicator", f"{P}!D9"] == 40.0
    assert told["row", f"{P}!F10"] == 2.0
    assert told["unit", "城市数据!D6"] == 1.0
    assert len([left for left in done.left if left.kind == "indicator"]) == 6
    assert not done.settled


def test_what_is_no_number_is_told_and_not_taken(book: bytes) -> None:
    main = edit.edited(book, {(P, f"{c}9"): None for c in "DEFG"})
    copy = edit.edited(main, {(P, "D9"): "暂无", (P, "E9"): edit.ERROR, (P, "F9"): "—", (P, "G9"): edit.DATE})
    out, done = merged(main, copy)
    assert out == main
    assert [(left.kind, left.at.place) for left in done.left] == [("value", f"{P}!{c}9") for c in "DEG"]


def test_a_formula_is_never_overwritten(book: bytes) -> None:
    main = edit.edited(book, {(P, "D9"): edit.CALCULATED})
    for prefer in (None, "returned"):
        out, done = merged(main, edit.edited(book, {(P, "D9"): 41.0}), prefer=prefer)
        assert out == main and not done.settled
        assert [(c.main.value, c.returned.value) for c in done.conflicts] == [(3.0, 41.0)]
    assert done.conflicts[0].formula
    alike, done = merged(main, edit.edited(book, {(P, "D9"): 3.0}))
    assert alike == main and done.settled


def test_a_copy_sorted_and_saved_with_numbers_as_text_is_the_same_copy(book: bytes) -> None:
    block = FileBook.from_bytes(book).read("bdx_data_province")
    turned = {
        (P, block.cell(i, j)): str(column[5 - i]) if j > 2 else column[5 - i]
        for j, column in enumerate(block.columns)
        for i in range(6)
    }
    out, done = merged(book, edit.edited(book, turned))
    assert out == book and done.settled and not done.taken


def test_a_copy_that_lost_its_tables_is_refused_by_name(book: bytes) -> None:
    copy = Zip(book)
    for part in [name for name in copy.parts if "worksheets/_rels/" in name]:  # as programs do that drop tables
        copy.parts[part] = copy.parts[part].replace(b"relationships/table", b"relationships/none")
    lost = "expected tables named bdx_data_province, bdx_data_city, found none"
    with pytest.raises(FileRefused, match=f"^0.xlsx: {lost}: the file was saved by a program that drops Excel tables"):
        merged(book, copy.to_bytes())


def test_a_workbook_of_another_kind_is_refused_as_such(book: bytes) -> None:
    openpyxl.Workbook().save(file := io.BytesIO())
    with pytest.raises(FileRefused) as caught:
        merged(book, file.getvalue())
    assert caught.value.rule == "not ours"


def test_a_copy_that_lost_one_table_is_refused_and_one_of_a_single_ranking_is_not(book: bytes) -> None:
    copy = edit.edited(book, {(P, "D9"): 77.5})
    dropped = Zip(copy)
    part = next(name for name in dropped.parts if "tables/" in name and b'"bdx_data_province"' in dropped[name])
    dropped.change(part, '"bdx_data_province"', '"mine"')
    with pytest.raises(FileRefused, match="expected a table named bdx_data_province, found none"):
        merged(book, dropped.to_bytes())
    alone = renamed.without(copy, "城市数据")
    _, done = merged(edit.edited(book, {(P, "D9"): None}), alone)
    assert [taken.returned.place for taken in done.taken] == [f"{P}!D9"]


def test_what_differs_outside_the_data_is_named_and_not_taken(book: bytes) -> None:
    copy = edit.edited(book, {("设置", "B4"): "我的", ("指标体系", "E6"): 9.0, ("地区", "D4"): "西"})
    out, done = merged(book, copy)
    assert out == book
    assert {(left.kind, left.what, left.at.place, left.at.value) for left in done.left} == {
        ("elsewhere", "指数名称 取值", "设置!B4", "我的"),
        ("elsewhere", "B 权重", "指标体系!E6", 9.0),
        ("elsewhere", "110000 区域", "地区!D4", "西"),
    }
    assert done.settled


def test_a_data_table_unknown_here_is_told(book: bytes) -> None:
    copy = Zip(book)
    part = next(name for name in copy.parts if "tables/" in name and b'"bdx_data_city"' in copy[name])
    copy.change(part, '"bdx_data_city"', '"bdx_data_county"')
    out, done = merged(book, copy.to_bytes())
    assert out == book
    assert [(left.kind, left.what) for left in done.left] == [("table", "bdx_data_county")]


def test_rows_typed_under_a_table_are_named_whichever_file_they_are_in(book: bytes) -> None:
    below = edit.edited(book, {(P, "A12"): 2025.0, (P, "B12"): "110000", (P, "D12"): 5.0})
    for main, copy, file in ((book, below, "0.xlsx"), (below, book, "main.xlsm")):
        _, done = merged(main, copy)
        assert [(left.kind, left.at.file, left.at.place) for left in done.left] == [("below", file, f"{P}!A12:G12")]
        assert not done.settled and not done.changed


def test_a_copy_that_another_program_saved_with_15_or_16_digits_contradicts_nothing(book: bytes) -> None:
    numbers = {(P, "D9"): 1000 / 3, (P, "E9"): 0.1 + 0.2, (P, "F9"): 23.464043487103847}
    main = edit.edited(book, numbers)
    for digits in (15, 16):
        copy = edit.edited(book, {place: float(f"{number:.{digits}g}") for place, number in numbers.items()})
        for one, other in ((main, copy), (copy, main)):
            out, done = merged(one, other)
            assert out == one and done.settled and not done.changed
    differs = edit.edited(book, {**numbers, (P, "D9"): 333.333333333334})
    (conflict,) = merged(main, differs)[1].conflicts
    assert _conflict(conflict)["en"] == (
        "省份数据!D9 (110000, 2024, 企业): 333.333333333333 here, 333.333333333334 in 0.xlsx; not taken"
    )
