"""Worksheet functions on cells that look like numbers and are none, on headings above blanks, on long references."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from bdindex_xl.functions import GivenCells, answer

# Excel's error numbers (Microsoft, XlCVError enumeration) and later ones; COM passes each on as 0x800A0000 + number.
ERROR_NUMBERS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
    2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!", 2049: "#FIELD!",
    2050: "#CALC!", 2051: "#BUSY!",
}  # fmt: skip
TOO_LARGE = "the range holds numbers too large to compute with"


def code(number: int) -> int:
    return 0x800A0000 + number - (1 << 32)


@pytest.mark.parametrize(("number", "name"), ERROR_NUMBERS.items())
def test_no_error_of_excels_is_taken_for_a_number(number: int, name: str) -> None:
    sentence = f"row 2, column 1 of the range: expected a number, found “{name}”"
    assert answer("BDINDEX_RANK", "en", ((1.0,), (code(number),), (3.0,))) == sentence
    assert answer("BDINDEX_RANK", "en", ((1.0,), (name,), (3.0,))) == sentence
    assert answer("BDINDEX_RANK", "en", (("score",), (code(number),), (3.0,))) == sentence


def test_an_error_that_excel_does_not_know_yet_is_none_either() -> None:
    found = answer("BDINDEX_RANK", "en", ((1.0,), (code(2999),)))
    assert found == "row 2, column 1 of the range: expected a number, found “#ERROR 2999”"


def test_a_number_as_small_as_an_error_is_a_number() -> None:
    assert answer("BDINDEX_RANK", "en", ((float(code(2042)),), (1,), (2,))) == [[3], [2], [1]]


@pytest.mark.parametrize("number", [2007, 2045, 2050])
def test_errors_beside_the_data_are_named_too(number: int) -> None:
    block, bad, name = [[1.0], [2.0]], code(number), ERROR_NUMBERS[number]
    assert answer("BDINDEX_SCORE", "en", block, bad) == (
        f"directions, number 1: expected 1 (more is better) or -1 (less is better), found “{name}”"
    )
    assert answer("BDINDEX_SCORE", "en", block, None, bad) == (
        f"row 1, column 1 of the weights: expected a number, found “{name}”"
    )
    told = answer("BDINDEX_SCORE", "en", block, None, None, bad)
    assert isinstance(told, str)
    assert told.startswith("method: expected one of improved vector, ") and told.endswith(f", found “{name}”")


@pytest.mark.parametrize("blank", [None, "", "—", "n/a"])
def test_a_first_unit_without_values_stays_below_its_heading(blank: Any) -> None:
    assert answer("BDINDEX_RANK", "en", [["points"], [blank], [3.0], [1.0]]) == [["rank"], [""], [1], [2]]
    assert answer("BDINDEX_NORMALISE", "en", [["points"], [blank], [3.0], [1.0]]) == [["points"], [""], [100.0], [0.0]]


def test_without_any_rank_before_everybody_is_new() -> None:
    now = [["rank"], [1.0], [2.0]]
    assert answer("BDINDEX_RANKCHANGE", "en", now, [["last year"], [None], [None]]) == [["rank change"], ["new"], ["new"]]  # fmt: skip


def test_text_below_a_heading_and_a_blank_is_what_is_wrong() -> None:
    found = answer("BDINDEX_RANK", "en", [["points"], [None], ["abc"], [1.0]])
    assert found == "row 3, column 1 of the range: expected a number, found “abc”"


def test_a_heading_and_nothing_else_is_no_number() -> None:
    assert answer("BDINDEX_RANK", "en", [["points"], [None], [None]]) == "the range holds no number"


@pytest.mark.parametrize("large", [float("inf"), -float("inf"), 1.5e308, -1e300])
def test_numbers_that_cannot_be_subtracted_are_refused_by_every_function(large: float) -> None:
    for heading in ([], [["points"]]):
        block = [*heading, [large], [1.0]]
        assert answer("BDINDEX_SCORE", "en", block) == TOO_LARGE
        assert answer("BDINDEX_AGGREGATE", "en", block, 1) == TOO_LARGE
        assert answer("BDINDEX_RANK", "en", block) == TOO_LARGE
        assert answer("BDINDEX_RANKCHANGE", "en", block, [*heading, [1.0], [2.0]]) == TOO_LARGE
        assert answer("BDINDEX_TIER", "en", block, 2) == TOO_LARGE


def test_numbers_of_other_kinds_are_numbers() -> None:
    expected = [[""], [1], [3], [2]]
    for block in (
        [[np.float64("nan")], [np.float64(3)], [np.int64(1)], [np.float64(2)]],
        np.array([np.nan, 3, 1, 2]),
        np.array([[None], [3], [1.0], ["2"]], dtype=object),
        [[None], [Decimal("3.0000")], [Decimal("1E0")], [2]],  # Excel passes currency on as decimals
    ):
        assert answer("BDINDEX_RANK", "en", block) == expected


@pytest.mark.parametrize("less", [-1.0, "-1", "－１", "Negative", " NEGATIVE ", "逆向指标", "负向"])
def test_directions_are_taken_as_people_write_them(less: Any) -> None:
    assert answer("BDINDEX_SCORE", "en", [[1.0], [2.0]], less) == [[100.0], [0.0]]


@pytest.mark.parametrize("more", [1.0, "+1", "１", "Positive", "正向指标", "正向"])
def test_and_so_are_those_where_more_is_better(more: Any) -> None:
    assert answer("BDINDEX_SCORE", "en", [[1.0], [2.0]], more) == [[0.0], [100.0]]


def test_weight_on_nothing_but_constant_columns_is_told() -> None:
    block = [[1.0, 2.0, 3.0], [1.0, 3.0, 4.0]]
    for name in ("BDINDEX_SCORE", "BDINDEX_CONTRIBUTION"):
        assert answer(name, "en", block, None, [[1, 0, 0]]) == "the columns whose values differ all have weight 0"
        assert answer(name, "zh", block, None, [[1, 0, 0]]) == "有差异的列权重均为 0"


def test_whole_columns_are_of_one_size_however_far_their_sheets_are_used() -> None:
    now = GivenCells([["rank"], [1.0], [2.0], [3.0]], n_rows=1_048_576)
    before = GivenCells([["rank"], [2.0], [1.0]], n_rows=1_048_576)
    assert answer("BDINDEX_RANKCHANGE", "en", now, before) == [["rank change"], [1.0], [-1.0], ["new"]]
    assert answer("BDINDEX_RANKCHANGE", "en", before, now) == [["rank change"], [-1.0], [1.0]]
    assert answer("BDINDEX_RANKCHANGE", "en", now, GivenCells([["rank"], [2.0], [1.0]])) == (
        "expected two ranges of one size, found 4 and 3 rows"
    )


@pytest.mark.parametrize("text", ["12①", "381²", "12*", "12,5"])
def test_a_number_with_a_mark_is_no_heading(text: str) -> None:
    """Its unit would be left out without a word, and the next be first."""
    said = f"row 1, column 1 of the range: expected a number, found “{text}”"
    assert answer("BDINDEX_RANK", "en", [[text], [50.0]]) == said
    assert answer("BDINDEX_SCORE", "en", [[text, 1.0], [50.0, 2.0]]) == said
