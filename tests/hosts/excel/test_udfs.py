"""The worksheet functions through xlwings' own server side, with what Excel hands over."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from bdindex_xl import Framework, Panel, compute
from bdindex_xl.functions import FUNCTIONS
from tests.support import windows
from tests.support.windows import MISSING, Sheet

Call = Callable[..., Any]
N_A = -2146826246
DATA = ((3.0, 10.0, 5.0), (1.0, 40.0, None), (2.0, 20.0, 7.0), (9.0, 30.0, 1.0))
SCORES = ((0.4,), (0.9,), (0.9,), (0.1,))


@pytest.fixture(scope="module")
def call() -> Iterator[Call]:
    with windows.functions() as made:
        yield made


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "en")


def reference(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Scores of a flat index by the public interface [0-100]."""
    codes = [f"c{k}" for k in range(values.shape[1])]
    framework = Framework.from_records([{"code": "I"}, *({"code": code, "parent": "I"} for code in codes)])
    units = tuple(map(str, range(len(values))))
    return compute(framework, Panel((1,), units, tuple(codes), values[None])).scores["I"].to_numpy() * 100


ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "BDINDEX_SCORE": (DATA, MISSING, MISSING, MISSING),
    "BDINDEX_NORMALISE": (DATA, MISSING, MISSING),
    "BDINDEX_WEIGHTS": (DATA, MISSING, MISSING),
    "BDINDEX_AGGREGATE": (DATA, ((1.0, 2.0, 1.0),), MISSING),
    "BDINDEX_RANK": (SCORES, MISSING),
    "BDINDEX_RANKCHANGE": (((1.0,), (2.0,)), ((2.0,), (None,))),
    "BDINDEX_TIER": (SCORES, 2.0),
    "BDINDEX_CONTRIBUTION": (DATA, MISSING, MISSING, MISSING),
    "BDINDEX_ROBUST": (DATA, MISSING, MISSING, MISSING),
    "BDINDEX_EXPLAIN": (DATA, 2.0, MISSING, MISSING, MISSING),
}


@pytest.mark.parametrize("name", [function.name for function in FUNCTIONS])
def test_every_function_answers_with_rows_that_com_can_carry(call: Call, name: str) -> None:
    found = call(name, *ARGUMENTS[name])
    assert isinstance(found, list)
    assert all(isinstance(row, list) and len(row) == len(found[0]) for row in found)
    assert {type(value) for row in found for value in row} <= {float, int, str}


@pytest.mark.parametrize("name", [function.name for function in FUNCTIONS])
@pytest.mark.parametrize("odd", [N_A, "abc", True, dt.datetime(2024, 5, 1)])
def test_a_cell_that_holds_no_number_is_named_in_one_sentence(call: Call, name: str, odd: Any) -> None:
    first, *rest = ARGUMENTS[name]
    rows = [list(row) for row in first]
    rows[1][0] = odd
    found = call(name, tuple(map(tuple, rows)), *rest)
    assert isinstance(found, str)
    assert found.startswith("row 2, column 1 of the range: expected a number, found “")
    assert "\n" not in found
    assert len(found) < 255


@pytest.mark.parametrize("name", [function.name for function in FUNCTIONS])
def test_a_reference_gives_what_its_values_give_and_is_read_once(call: Call, name: str) -> None:
    first, *rest = ARGUMENTS[name]
    sheet = Sheet([[None] * (len(first[0]) + 1), *([None, *row] for row in first)])
    found = call(name, sheet.range(2, 2, len(first), len(first[0])), *rest)
    assert found == call(name, first, *rest)
    assert sheet.reads == 1


def test_the_scores_are_those_of_the_engine(call: Call) -> None:
    values = np.random.default_rng(3).lognormal(3, 1, (337, 18))
    found = np.array(call("BDINDEX_SCORE", tuple(map(tuple, values.tolist()))))
    np.testing.assert_allclose(found[:, 0], reference(values), rtol=0, atol=1e-12 * 100)


def test_a_cell_of_a_reference_is_named_by_its_place_on_the_sheet_too(call: Call) -> None:
    sheet = Sheet([[1.0, 2.0], [3.0, "x"], [5.0, 6.0]])
    found = call("BDINDEX_SCORE", sheet.range(1, 1, 3, 2))
    assert found == "row 2, column 2 of the range (B2): expected a number, found “x”"


def test_whole_columns_are_read_only_as_far_as_the_sheet_is_used(call: Call) -> None:
    sheet = Sheet([["a", "b", "c"], *DATA])
    found = call("BDINDEX_SCORE", sheet.columns(1, 3))
    assert found[0] == ["score"]
    assert found[1:] == call("BDINDEX_SCORE", DATA)
    assert sheet.cells_read == 15


def test_single_values_are_blocks_of_one(call: Call) -> None:
    assert call("BDINDEX_RANK", 5.0) == [[1]]
    assert call("BDINDEX_SCORE", 5.0) == "expected two or more rows of numbers in the range, found 1"
    assert call("BDINDEX_SCORE", None) == "the range holds no number"


def test_sentences_are_in_the_language_of_the_computer(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "zh")
    assert call("BDINDEX_SCORE", (("甲", None), (2.0, 3.0), (N_A, 1.0))) == "区域第 3 行第 1 列应为数值，实为“#N/A”"


def test_a_defect_ends_in_a_sentence_and_a_log(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    module = sys.modules[windows.MODULE]

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(module, "answer", broken)
    found = call("BDINDEX_SCORE", DATA)
    assert found.startswith("a defect of the program; the details are in ")
    log = found.split(" are in ")[1].split(": please")[0]
    with open(log, encoding="utf-8") as file:
        assert "on purpose" in file.read()


def test_they_are_not_volatile_and_carry_their_help(call: Call) -> None:
    import sys

    module = sys.modules[windows.MODULE]
    call("BDINDEX_RANK", 1.0)
    for function in FUNCTIONS:
        registered = getattr(module, function.name).__xlfunc__
        assert registered["volatile"] is False
        assert registered["category"] == "BDINDEX"
        assert [argument["name"] for argument in registered["args"]] == [a.name for a in function.arguments]
        assert [("optional" in argument) for argument in registered["args"]] == [a.optional for a in function.arguments]
        docs = tuple(argument["doc"] for argument in registered["args"])  # in the language when they were registered
        assert docs in zip(*(a.help.both() for a in function.arguments), strict=True)


def test_whole_columns_of_two_sheets_are_compared_row_by_row(call: Call) -> None:
    now, before = Sheet([["rank"], [1.0], [2.0], [3.0]]), Sheet([["rank"], [2.0], [1.0]])
    found = call("BDINDEX_RANKCHANGE", now.columns(1, 1), before.columns(1, 1))
    assert found == [["rank change"], [1.0], [-1.0], ["new"]]


def test_a_long_reference_that_is_no_whole_column_is_trimmed_too(call: Call) -> None:
    sheet = Sheet([["score"], [1.0], [2.0]])
    assert call("BDINDEX_RANK", sheet.range(2, 1, 1_048_575, 1)) == [[2], [1]]
    assert sheet.cells_read == 2


def test_a_range_that_excel_does_not_let_be_read_ends_in_a_sentence(call: Call) -> None:
    class Busy(windows.Reference):
        @property
        def raw_value(self) -> Any:
            raise OSError("call was rejected by callee")

    found = call("BDINDEX_RANK", Busy(Sheet([[1.0], [2.0]]), 1, 1, 2, 1))
    assert found.startswith("a defect of the program; the details are in ")
    with open(found.split(" are in ")[1].split(": please")[0], encoding="utf-8") as file:
        assert "call was rejected by callee" in file.read()


def test_without_room_for_a_log_there_is_a_sentence_all_the_same(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "no space left on device")

    module = importlib.import_module(windows.MODULE)
    monkeypatch.setattr(module, "answer", lambda *_: 1 / 0)
    monkeypatch.setattr(module.logs, "write", full)
    assert call("BDINDEX_RANK", 1.0) == "a defect of the program, and its log could not be written"


def test_the_caller_may_say_in_which_language(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module(windows.MODULE), "language_of_caller", lambda: "zh")
    assert call("BDINDEX_SCORE", None) == "区域中没有数值"


def test_numbers_that_show_a_currency_are_taken_with_all_their_digits(call: Call) -> None:
    sheet = Sheet([[windows.Currency(0.00004)], [windows.Currency(0.00003)], [0.00001]])
    assert call("BDINDEX_RANK", sheet.range(1, 1, 3, 1)) == [[1], [2], [3]]
    assert call("BDINDEX_RANK", sheet.range(1, 1, 1, 1)) == [[1]]


def test_a_union_of_ranges_is_refused(call: Call) -> None:
    class Union(windows.Reference):
        address = "$A$1:$A$2,$C$1:$C$2"

    found = call("BDINDEX_RANK", Union(Sheet([[1.0], [2.0]]), 1, 1, 2, 1))
    assert found == "expected one range, found several joined by commas"
