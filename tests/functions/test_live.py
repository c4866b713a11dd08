"""The worksheet functions as live cell functions of a calculation engine that takes functions written in Python."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from bdindex_xl.functions import FUNCTIONS, answer
from bdindex_xl.sheets import schema
from tests.functions.reference import flat_scores
from tests.support.looked_at import looked_at
from tests.support.pocket import pocket_book

pytestmark = pytest.mark.slow

fz = pytest.importorskip("formualizer", reason="needs formualizer")

N, M = 31, 5


def registered(book: Any) -> Any:
    """The workbook, in which every function of ours can be used in a cell."""
    for function in FUNCTIONS:
        book.register_function(
            function.name,
            lambda *arguments, name=function.name: answer(name, "en", *arguments),
            min_args=sum(not argument.optional for argument in function.arguments),
            max_args=len(function.arguments),
        )
    return book


@pytest.fixture
def values() -> np.ndarray[Any, Any]:
    return np.random.default_rng(5).lognormal(3, 1, (N, M))


@pytest.fixture
def book(values: np.ndarray[Any, Any]) -> Any:
    made = registered(fz.Workbook())
    sheet = made.sheet("S")
    for i, row in enumerate(values.tolist(), 1):
        for j, value in enumerate(row, 1):
            sheet.set_value(i, j, value)
    sheet.set_formula(1, 8, f"=BDINDEX_SCORE(A1:E{N})")
    made.evaluate_all()
    return made


def spilled(book: Any, column: int = 8, n: int = N) -> list[Any]:
    return [book.get_value("S", i, column) for i in range(1, n + 1)]


def test_a_score_spills_and_equals_the_engine(book: Any, values: np.ndarray[Any, Any]) -> None:
    np.testing.assert_allclose(spilled(book), flat_scores(values), rtol=0, atol=1e-10)


def test_it_follows_an_edit(book: Any, values: np.ndarray[Any, Any]) -> None:
    values[3, 2] = 999.0
    book.set_value("S", 4, 3, 999.0)
    book.evaluate_all()
    np.testing.assert_allclose(spilled(book), flat_scores(values), rtol=0, atol=1e-10)


def test_whole_columns_give_the_same(book: Any, values: np.ndarray[Any, Any]) -> None:
    book.sheet("S").set_formula(1, 10, "=BDINDEX_SCORE(A:E)")
    book.evaluate_all()
    np.testing.assert_allclose(spilled(book, 10), flat_scores(values), rtol=0, atol=1e-10)


def test_functions_work_on_each_others_answers(book: Any) -> None:
    sheet = book.sheet("S")
    sheet.set_formula(1, 10, f"=BDINDEX_RANK(H1:H{N})")
    sheet.set_formula(1, 11, f"=BDINDEX_AGGREGATE(BDINDEX_NORMALISE(A1:E{N}),BDINDEX_WEIGHTS(A1:E{N}))")
    book.evaluate_all()
    scores = np.array(spilled(book))
    assert [int(value) for value in spilled(book, 10)] == [int((scores > score).sum()) + 1 for score in scores]
    np.testing.assert_allclose(spilled(book, 11), scores, rtol=0, atol=1e-10)


def test_a_fault_shows_in_the_cell_and_goes_when_mended(book: Any, values: np.ndarray[Any, Any]) -> None:
    book.set_value("S", 2, 1, "abc")
    book.evaluate_all()
    assert book.get_value("S", 1, 8) == "row 2, column 1 of the range: expected a number, found “abc”"
    book.set_value("S", 2, 1, values[1, 0])
    book.evaluate_all()
    np.testing.assert_allclose(spilled(book), flat_scores(values), rtol=0, atol=1e-10)


def test_the_formulas_sheet_holds_what_its_formulas_give() -> None:
    """Every example of the workbook, calculated anew, gives the value that the file holds."""
    sheet = schema.FORMULAS["zh"]
    cached, written = (looked_at(pocket_book(), values=only) for only in (True, False))
    book = registered(fz.Workbook())
    data = schema.DATA.name["zh"].format(ranking=schema.ranking_label("province")["zh"])
    for row in cached[data].iter_rows():
        for cell in row:
            if cell.value is not None:
                book.set_value(data, cell.row, cell.column, cell.value)
    arrays = [c.value for row in written[sheet].iter_rows() for c in row if isinstance(c.value, ArrayFormula)]
    places = [[cell for row in cached[sheet][array.ref] for cell in row] for array in arrays]
    for array, cells in zip(arrays, places, strict=True):
        book.set_formula(sheet, cells[0].row, cells[0].column, array.text)
    book.evaluate_all()
    for array, cells in zip(arrays, places, strict=True):
        found = [book.get_value(sheet, cell.row, cell.column) for cell in cells]
        assert found == pytest.approx([cell.value for cell in cells], abs=1e-9), array.text
    used = {array.text.removeprefix("=IFERROR(").split("(")[0] for array in arrays}
    assert used == {function.name for function in FUNCTIONS}
