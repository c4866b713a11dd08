"""An input that was a value when the results were computed and is a formula now is named, whatever it shows.

One that was a formula then is the user's way of entering it, and is listed.
"""

from __future__ import annotations

from functools import cache

import pytest

from bdindex_xl.copies.verify import Verdict, verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import entered
from bdindex_xl.sheets.entered import Entered
from bdindex_xl.tasks import recalculate
from tests.copies.appearance.manipulations import opened, saved
from tests.copies.workbooks import NOW, lean
from tests.support import edit, office

Place = tuple[str, str]
# Table, header and row of an input of every kind, and of a user's own column of groups.
INPUTS = {
    "raw value": ("bdx_data_city", "专利", 20),
    "year": ("bdx_data_city", "年份", 20),
    "unit": ("bdx_data_city", "地区代码", 20),
    "unit's name beside its data": ("bdx_data_city", "地区名称", 20),
    "unit's name": ("bdx_units", "地区名称", 3),
    "group": ("bdx_units", "区域", 3),
    "weight": ("bdx_framework", "权重", 3),
    "goalpost": ("bdx_framework", "上限", 4),
    "direction": ("bdx_framework", "方向", 6),
    "setting": ("bdx_settings", "取值", 10),
}


def place(book: bytes, table: str, header: str, row: int) -> Place:
    block = FileBook.from_bytes(book).read(table)
    return block.sheet, block.cell(row, block.header.index(header))


def as_formulas(book: bytes, *cells: tuple[str, str, int], formula: str = "IF(1>0,B7,A1)") -> bytes:
    """Cells, by table, header and row, as formulas that were calculated to what stands there."""
    made = {}
    for table, header, row in cells:
        block = FileBook.from_bytes(book).read(table)
        value = block.columns[block.header.index(header)][row]
        kind = "str" if isinstance(value, str) else "n"
        made[place(book, table, header, row)] = edit.Raw(kind, f"<f>{formula.replace('>', '&gt;')}</f><v>{value}</v>")
    return edit.edited(book, made)


def verdict(book: bytes) -> Verdict:
    return verify(FileBook.from_bytes(book))


def recalculated(book: bytes) -> bytes:
    made = FileBook.from_bytes(book)
    recalculate.recalculate(made, now=NOW)
    return made.to_bytes()


PATENTS = [("bdx_data_city", "专利", row) for row in (3, 4, 5, 20)]


@cache
def with_formulas() -> bytes:
    """A workbook whose user has entered some values as formulas, and has recalculated it then."""
    return recalculated(as_formulas(lean(), *PATENTS, INPUTS["group"], INPUTS["setting"]))


@pytest.mark.parametrize("kind", INPUTS)
def test_an_input_replaced_by_a_formula_of_the_same_value_is_named(kind: str) -> None:
    seen = verdict(as_formulas(lean(), INPUTS[kind]))
    assert not seen.ok and seen.inputs_changed is False and not seen.differences
    [one] = seen.sightings
    assert (one.rule, one.deceives) == ("input formula", True)
    assert (one.sheet, one.cell) == place(lean(), *INPUTS[kind])
    assert one.expected.en == "a value, as when the results were computed"
    assert one.found.en == "formulas in 1 cell, such as =IF(1>0,B7,A1)"


def test_formulas_that_the_results_were_computed_from_are_listed_and_one_more_is_named() -> None:
    seen = verdict(with_formulas())
    assert seen.ok and {one.rule for one in seen.sightings} == {"input formula"}
    assert {one.place for one in seen.shown_differently} == {"城市数据!E9:E11, E26", "地区!D7", "设置!B14"}
    more = ("bdx_data_city", "专利", 6)
    found = verdict(as_formulas(with_formulas(), more))
    assert not found.ok
    assert [(one.sheet, one.cell) for one in found.deceiving] == [place(lean(), *more)]
    assert {one.place for one in found.shown_differently} == {one.place for one in seen.sightings}


def test_data_sorted_and_moved_with_their_formulas_raise_no_alarm_and_one_more_is_named() -> None:
    book = with_formulas()
    block = FileBook.from_bytes(book).read("bdx_data_city")
    formulas = FileBook.from_bytes(book).formulas("bdx_data_city")
    n = block.n_rows
    cells: dict[Place, edit.Value] = {}
    for i in range(n):  # upside down, and the columns of two indicators in each other's place
        for j, to in enumerate((0, 1, 2, 4, 3, 5, 6)):
            value = block.columns[j][n - 1 - i]
            formula = edit.Raw("n", f"<f>B7*1</f><v>{value}</v>") if (n - 1 - i, j) in formulas else value
            cells[block.sheet, block.cell(i, to)] = formula
    headers = {(block.sheet, block.cell(-1, 3)): block.header[4], (block.sheet, block.cell(-1, 4)): block.header[3]}
    moved = edit.edited(book, cells | headers)
    assert len(FileBook.from_bytes(moved).formulas("bdx_data_city")) == len(PATENTS)
    assert verdict(moved).ok
    found = verdict(as_formulas(moved, ("bdx_data_city", "专利", 0)))
    assert [one.place for one in found.deceiving] == [f"{block.sheet}!{block.cell(0, 3)}"]


def test_a_formula_replaced_by_its_value_is_the_users_right() -> None:
    block = FileBook.from_bytes(with_formulas()).read("bdx_data_city")
    j = block.header.index("专利")
    seen = verdict(edit.edited(with_formulas(), {(block.sheet, block.cell(3, j)): block.columns[j][3]}))
    assert seen.ok and "城市数据!E10:E11, E26" in {one.place for one in seen.shown_differently}


def test_where_the_log_does_not_tell_of_formulas_they_are_listed() -> None:
    book = lean()
    log = FileBook.from_bytes(book).read("bdx_log")
    at = log.header.index("设置")
    older = str(log.columns[at][0]).replace("; formulas=none", "")
    assert older != log.columns[at][0]
    seen = verdict(as_formulas(edit.edited(book, {(log.sheet, log.cell(0, at)): older}), INPUTS["raw value"]))
    assert seen.ok and [one.rule for one in seen.shown_differently] == ["input formula"]


def test_formulas_too_many_and_scattered_for_a_cell_of_the_log_are_no_accusation() -> None:
    many = [Entered("bdx_data_city", "a1", place, "城市数据", (6 + place, 4)) for place in range(0, 20_000, 2)]
    assert entered.spelt(many) == "any" and entered.since(many, "any") == ()
    assert entered.since(many, '{"bdx_data_city"') == ()  # cut by somebody


@pytest.mark.slow
def test_other_programs_raise_no_alarm_and_hide_none() -> None:
    assert verdict(saved(opened(lean()))).ok
    for book, ok in zip(office.converted_files([steady(), forged()], ".xlsm"), (True, False), strict=True):
        seen = verdict(book)
        assert seen.ok is ok, [(one.place, one.expected.en, one.found.en) for one in seen.deceiving]
    assert [one.place for one in seen.deceiving] == ["城市数据!E12"]


def steady() -> bytes:
    """Formulas that give what stands there in every program, the results computed from them."""
    block = FileBook.from_bytes(lean()).read("bdx_data_city")
    cells = {(block.sheet, block.cell(i, 4)): _sum(block.columns[4][i]) for _, _, i in PATENTS}
    return recalculated(edit.edited(lean(), cells))


def forged() -> bytes:
    block = FileBook.from_bytes(steady()).read("bdx_data_city")
    return edit.edited(steady(), {(block.sheet, block.cell(6, 4)): _sum(block.columns[4][6])})


def _sum(value: float) -> edit.Raw:
    return edit.Raw("n", f"<f>SUM({value!r},0)</f><v>{value!r}</v>")
