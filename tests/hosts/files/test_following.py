"""Which formulas follow a changed cell, and whether the file then asks to be calculated."""

from __future__ import annotations

import random

import pytest

from bdindex_xl.functions import answer
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.hosts.files.following import Following, FormulaCell
from bdindex_xl.sheets.areas import Area
from bdindex_xl.tasks import recalculate
from tests.copies.workbooks import NOW, calculated
from tests.hosts.files.lading import sheet as with_sheet
from tests.support.edit import edited
from tests.support.rich import Zip

WORKBOOK = Following(
    {"scores": ("s", Area(1, 1, 9, 3)), "log": ("t", Area(1, 1, 5, 5))},
    {"top": ["s!$B$2"], "far": ["t!$A$1"], "round": ["round2"], "round2": ["round", "s!$A$2"]},
)
CHANGED = {"s": [Area(2, 1, 4, 2)]}


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("s!A2", True),
        ("'s'!$B$4*2", True),
        ("S!A1:Z9", True),
        ("s!C2", False),
        ("s!A5", False),
        ("A2", False),
        ('"s!A2"', False),
        ("SUM(s!A:A)", True),
        ("SUM(s!C:C)", False),
        ("SUM(s!3:3)", True),
        ("scores[x]", True),
        ("SUM(Scores)", True),
        ("log[x]", False),
        ("top", True),
        ("far", False),
        ("round", True),
        ('INDIRECT("x"&1)', True),
        ("OFFSET(A1,1,1)", True),
        ("SUM(s:t!A1)", True),
        ("_xlfn.LET(_xlpm.A2x,1,_xlpm.A2x)", False),
        ("1+1", False),
        ("[@x]", False),
    ],
)
def test_a_formula_follows_what_it_reads(text: str, follows: bool) -> None:
    cell = FormulaCell("elsewhere", Area(1, 1, 1, 1), text, (0, 0), True)
    assert WORKBOOK.follows(cell, CHANGED) is follows


def test_a_shared_formula_reads_beside_its_own_place() -> None:
    near = FormulaCell("s", Area(2, 5, 2, 5), "A1", (1, 0), True)
    far = FormulaCell("s", Area(9, 5, 9, 5), "A1", (8, 0), True)
    fixed = FormulaCell("s", Area(2, 5, 2, 5), "$A$1", (1, 0), True)
    assert [WORKBOOK.follows(cell, CHANGED) for cell in (near, far, fixed)] == [True, False, False]


def test_a_reference_to_its_own_row_reads_the_table_around_it() -> None:
    inside = FormulaCell("s", Area(3, 3, 3, 3), "[@x]*2", (0, 0), True)
    assert WORKBOOK.follows(inside, CHANGED)


def test_formulas_follow_through_others() -> None:
    first = FormulaCell("u", Area(1, 1, 1, 1), "s!A2", (0, 0), True)
    second = FormulaCell("v", Area(1, 1, 1, 1), "u!A1", (0, 0), True)
    apart = FormulaCell("v", Area(2, 1, 2, 1), "u!A2", (0, 0), True)
    assert WORKBOOK.stale([second, first, apart], CHANGED) == [first, second]


def _with(formula: str, book: bytes) -> FileBook:
    package = Zip(book)
    with_sheet(package, "我的", f'<sheetData><row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row></sheetData>')
    opened = FileBook.from_bytes(package.to_bytes())
    opened.trust_values()
    return opened


@pytest.mark.parametrize("formula", ["省份排名!C5", "运行记录!A9", "省份数据!D6*2", "权重!G5"])
def test_nothing_asks_to_be_calculated_where_nothing_changed(formula: str) -> None:
    book = _with(formula, calculated())
    recalculate.recalculate(book, now=NOW)
    assert not book.recalculates


@pytest.mark.parametrize(
    ("formula", "asked"), [("省份排名!C5*2", True), ("省份排名!C5", False), ("省份数据!D6*2", False), ("1+1", False)]
)
def test_a_formula_that_follows_a_changed_result_asks(formula: str, asked: bool) -> None:
    book = _with(formula, edited(calculated(), {("省份数据", "D8"): 77.0, ("省份数据", "D30"): 1.0}))
    recalculate.recalculate(book, now=NOW)
    assert book.recalculates is asked


def test_a_reference_and_a_function_of_ours_get_their_values_where_what_they_follow_changed() -> None:
    book = _with("BDINDEX_TIER(省份排名!C5:C7,2)", edited(calculated(), {("省份数据", "D8"): 77.0}))
    recalculate.recalculate(book, now=NOW)
    scores = [[score] for score in book.read("bdx_ranking_province").columns[2][:3]]
    found = answer("BDINDEX_TIER", "zh", scores, 2)
    assert not book.recalculates
    assert book.values("我的", Area(1, 1, 1, 1)) == [[found[0][0]]]
    book.set_cells("bdx_data_province", {(22, 3): 1.0})
    functions = [cell for cell in book.formula_cells("公式") if "BDINDEX_SCORE" in cell.text]
    assert functions and not book.recalculates
    assert all(map(book.renewed, functions))


@pytest.mark.parametrize("seed", range(8))
def test_what_is_stale_is_what_follows_over_any_number_of_steps(seed: int) -> None:
    """Against cell by cell: changed cells, and then whatever reads one that is stale, until nothing more is."""
    rng = random.Random(seed)
    places = rng.sample([(sheet, row, column) for sheet in "ST" for row in range(2, 22) for column in (1, 2)], 60)
    reading = {place: (rng.choice("ST"), rng.randint(1, 21), rng.randint(1, 2)) for place in places}
    stale = {("S", 1, column) for column in (1, 2)} | {place for place in places if rng.random() < 0.2}
    unvalued = stale & {*places}
    while more := {place for place, there in reading.items() if there in stale} - stale:
        stale |= more
    cells = [
        FormulaCell(
            sheet, Area(row, column, row, column), "{}!{}{}".format(there[0], "ABCD"[there[2] - 1], there[1]), (0, 0),
            (sheet, row, column) not in unvalued,
        )
        for (sheet, row, column), there in reading.items()
    ]  # fmt: skip
    found = Following({}, {}).stale(cells, {"s": [Area(1, 1, 1, 4)]})
    assert {(cell.sheet, cell.area.top, cell.area.left) for cell in found} == stale & {*places}
    assert len(found) > len(unvalued)


@pytest.mark.parametrize(
    ("cell", "behind", "may"),
    [("<f>scores</f>", "", True), ("<f>1+1</f>", "<formula1>scores</formula1>", False), ("", "<f>scores</f>", False)],
)
def test_a_sheet_is_looked_through_where_one_of_its_cells_may_follow(cell: str, behind: str, may: bool) -> None:
    data = f'<worksheet><sheetData><row r="1"><c r="A1">{cell}</c></row></sheetData>{behind}</worksheet>'
    area = Area(1, 1, 9, 3)
    known = Following({"scores": ("得分", area)}, {})
    assert known.may_follow({"得分": [area]})("elsewhere", data.encode()) is may
