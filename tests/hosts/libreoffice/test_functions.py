"""The worksheet functions in the cells of a running LibreOffice, computed by a process of this Python."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from bdindex_xl.functions import FUNCTIONS, answer
from tests.functions.reference import flat_scores
from tests.support.uno_engine.session import Session

N, M = 337, 18
RANGE = f"A1:R{N}"
SMALL = [[3.0, 10.0, 5.0], [1.0, 40.0, None], [2.0, 20.0, 7.0], [9.0, 30.0, 1.0]]


@pytest.fixture
def values() -> np.ndarray[Any, Any]:
    return np.random.default_rng(5).lognormal(3, 1, (N, M))


def fill(sheet: Any, address: str, rows: Any) -> None:
    sheet.getCellRangeByName(address).setDataArray(
        tuple(tuple("" if value is None else value for value in row) for row in rows)
    )


def array(sheet: Any, address: str, formula: str) -> list[list[Any]]:
    """What an array formula shows."""
    cells = sheet.getCellRangeByName(address)
    cells.setArrayFormula(formula)
    return shown(cells)


def shown(cells: Any) -> list[list[Any]]:
    return [list(row) for row in cells.getDataArray()]


def one(sheet: Any, formula: str) -> Any:
    cell = sheet.getCellRangeByName("Z1")
    cell.setFormula(formula)
    return cell.String if cell.getError() or cell.FormulaResultType2 == 2 else cell.Value


def test_scores_are_those_of_the_engine_and_follow_an_edit_at_once(sheet: Any, values: Any) -> None:
    fill(sheet, RANGE, values.tolist())
    found = array(sheet, f"T1:T{N}", f"=BDINDEX_SCORE({RANGE})")
    np.testing.assert_allclose(np.ravel(found), flat_scores(values), rtol=0, atol=1e-10)
    assert found == answer("BDINDEX_SCORE", "en", values)
    took = []
    for k, changed in enumerate((1.5, 0.25, 300.0)):
        values[k, 3] = changed
        start = time.perf_counter()
        sheet.getCellRangeByName(f"D{k + 1}").setValue(changed)
        found = shown(sheet.getCellRangeByName(f"T1:T{N}"))
        took.append(time.perf_counter() - start)
        np.testing.assert_allclose(np.ravel(found), flat_scores(values), rtol=0, atol=1e-12)
    assert min(took) < 0.3


CALLS = {
    "BDINDEX_SCORE": ("A1:C4;{1;-1;1}", [SMALL, [[1.0, -1.0, 1.0]]]),
    "BDINDEX_NORMALISE": ("A1:C4;;;10", [SMALL, None, None, 10.0]),
    "BDINDEX_WEIGHTS": ('A1:C4;;"CRITIC"', [SMALL, None, "CRITIC"]),
    "BDINDEX_AGGREGATE": ("A1:C4;{1;2;3}", [SMALL, [[1.0, 2.0, 3.0]]]),
    "BDINDEX_RANK": ("A1:C4;1", [SMALL, 1.0]),
    "BDINDEX_RANKCHANGE": ("E1:E4;F1:F4", [[[2.0], [1.0], [3.0], [4.0]], [[1.0], [2.0], [4.0], [None]]]),
    "BDINDEX_TIER": ("B1:B4;2", [[row[1:2] for row in SMALL], 2.0]),
    "BDINDEX_CONTRIBUTION": ("A1:C4;;{3;1;1};;1", [SMALL, None, [[3.0, 1.0, 1.0]], None, 1.0]),
    "BDINDEX_ROBUST": ("A1:C4;100", [SMALL, 100.0]),
    "BDINDEX_EXPLAIN": ("A1:C4;2", [SMALL, 2.0]),
}


@pytest.mark.parametrize("name", [function.name for function in FUNCTIONS])
def test_each_function_answers_as_in_python(sheet: Any, name: str) -> None:
    fill(sheet, "A1:C4", SMALL)
    fill(sheet, "E1:F4", [[2.0, 1.0], [1.0, 2.0], [3.0, 4.0], [4.0, None]])
    formula, arguments = CALLS[name]
    expected = answer(name, "en", *arguments)
    assert isinstance(expected, list), expected
    last = f"{chr(ord('J') + len(expected[0]) - 1)}{len(expected)}"
    found = array(sheet, f"J1:{last}", f"={name}({formula})")
    assert found == [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in expected]


def test_functions_work_on_each_others_answers(sheet: Any) -> None:
    fill(sheet, "A1:C4", SMALL)
    scores = answer("BDINDEX_SCORE", "en", SMALL)
    assert array(sheet, "J1:J4", "=BDINDEX_RANK(BDINDEX_SCORE(A1:C4))") == answer("BDINDEX_RANK", "en", scores)
    assert one(sheet, "=INDEX(BDINDEX_SCORE(A1:C4);4)") == scores[3][0]
    assert one(sheet, "=SUM(BDINDEX_WEIGHTS(A1:C4))") == pytest.approx(1, abs=1e-12)


def test_a_fault_is_told_in_the_cell_and_goes_when_mended(sheet: Any) -> None:
    fill(sheet, "A1:C4", SMALL)
    sheet.getCellRangeByName("B2").setString("abc")
    assert one(sheet, "=BDINDEX_SCORE(A1:C4)") == "row 2, column 2 of the range: expected a number, found “abc”"
    sheet.getCellRangeByName("B2").setValue(40)
    assert sheet.getCellRangeByName("Z1").Value == answer("BDINDEX_SCORE", "en", SMALL)[0][0]
    assert one(sheet, '=BDINDEX_SCORE(A1:C4;;;"?")').startswith("method: expected one of ")


def test_a_whole_column_is_its_used_rows(sheet: Any) -> None:
    fill(sheet, "A1:C4", SMALL)
    assert one(sheet, "=INDEX(BDINDEX_RANK(A:A);4)") == 1


def test_the_wizard_has_names_and_help_of_every_function_and_argument(office: Session) -> None:
    described = office.service("sheet.FunctionDescriptions")
    found = {}
    for i in range(described.Count):
        record = {item.Name: item.Value for item in described.getByIndex(i)}
        if record["Name"].startswith("BDINDEX"):
            found[record["Name"]] = record
    assert set(found) == {function.name for function in FUNCTIONS}
    for function in FUNCTIONS:
        record = found[function.name]
        assert record["Description"] == function.summary["en"]
        told = [(argument.Name, argument.Description) for argument in record["Arguments"]]
        assert told == [(argument.name, argument.help["en"]) for argument in function.arguments]
