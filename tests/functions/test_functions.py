"""Worksheet functions as plain functions: laws, edges, and every sentence that a cell may show."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bdindex_xl.functions import FUNCTIONS, GivenCells, answer
from bdindex_xl.language import LANGUAGES
from bdindex_xl.sheets.book import ErrorValue
from tests.functions.reference import flat_index, flat_scores
from tests.support.examples import examples

DATA = [[3.0, 10.0, 5.0], [1.0, 40.0, 2.0], [2.0, 20.0, 7.0], [9.0, 30.0, 1.0]]

numbers = st.one_of(st.floats(-1e6, 1e6), st.just(float("nan")), st.sampled_from([0.0, 1.0, 2.0]))
blocks = st.tuples(st.integers(2, 12), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=numbers)
)


def rows(values: np.ndarray[Any, Any]) -> list[list[Any]]:
    return [[None if value != value else value for value in row] for row in values.tolist()]


def column(found: Any) -> list[Any]:
    assert isinstance(found, list), found
    return [row[0] for row in found]


def trimmed(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Without the blank rows and columns at the end, which a reference may run over."""
    there = ~np.isnan(values)
    if not there.any():
        return values[:0, :0]
    return values[: np.flatnonzero(there.any(axis=1))[-1] + 1, : np.flatnonzero(there.any(axis=0))[-1] + 1]


@pytest.mark.slow
@examples(200)
@given(blocks, st.data())
def test_scores_are_those_of_the_engine_whatever_the_block(values: np.ndarray[Any, Any], data: st.DataObject) -> None:
    values = trimmed(values)
    directions = data.draw(st.lists(st.sampled_from([1, -1]), min_size=values.shape[1], max_size=values.shape[1]))
    found = answer("BDINDEX_SCORE", "en", rows(values), [directions] if directions else None)
    if isinstance(found, str):
        assert not values.size or np.isnan(flat_scores(values, directions=directions)).all()
        return
    made = [np.nan if value == "" else value for value in column(found)]
    np.testing.assert_allclose(made, flat_scores(values, directions=directions), rtol=0, atol=1e-10)


@examples(100)
@given(blocks)
def test_contributions_add_up_to_the_score(values: np.ndarray[Any, Any]) -> None:
    scores = answer("BDINDEX_SCORE", "en", rows(values))
    parts = answer("BDINDEX_CONTRIBUTION", "en", rows(values))
    if isinstance(scores, str):
        assert parts == scores
        return
    sums = [sum(value for value in row if value != "") for row in parts]
    assert sums == pytest.approx([value or 0 for value in column(scores)], abs=1e-9)


@examples(100)
@given(blocks)
def test_a_score_is_the_aggregate_of_normalised_values_by_the_weights(values: np.ndarray[Any, Any]) -> None:
    scores, weights = (answer(name, "en", rows(values)) for name in ("BDINDEX_SCORE", "BDINDEX_WEIGHTS"))
    normalised = answer("BDINDEX_NORMALISE", "en", rows(values))
    if isinstance(scores, str) or isinstance(weights, str):
        return
    assert sum(weights[0]) == pytest.approx(1)
    again = answer("BDINDEX_AGGREGATE", "en", normalised, weights)
    known = trimmed(np.array([[np.nan if v == "" else v for v in row] for row in normalised]))
    if len(known.T) == len(weights[0]):
        n = len(known)  # units behind, of whom nothing is known once it is normalised, are none for the aggregate
        assert column(again) == pytest.approx(column(scores)[:n], abs=1e-9)
        assert column(scores)[n:] == [""] * (len(scores) - n)


def test_weights_of_ones_own_and_equal_weights() -> None:
    values = np.array(DATA)
    own = answer("BDINDEX_SCORE", "en", DATA, None, [[2, 1, 1]])
    assert column(own) == pytest.approx(list(flat_scores(values, weights=[2, 1, 1])), abs=1e-10)
    for name in ("equal", "Equal", "等权", "equal weights"):
        found = answer("BDINDEX_SCORE", "en", DATA, None, None, name)
        assert column(found) == pytest.approx(list(flat_scores(values, weighting="equal")), abs=1e-10)
    given_weights = flat_index(values).weights["weight"].to_list()
    assert answer("BDINDEX_WEIGHTS", "en", DATA)[0] == pytest.approx(given_weights)


@pytest.mark.parametrize(
    ("name", "before"),
    [("BDINDEX_SCORE", (None, None, None)), ("BDINDEX_NORMALISE", (None, None)), ("BDINDEX_CONTRIBUTION", (None,) * 3)],
)
def test_full_marks_are_what_the_last_argument_says(name: str, before: tuple[None, ...]) -> None:
    usual = np.array(answer(name, "en", DATA))
    for full in (10.0, 1, "120"):
        found = np.array(answer(name, "en", DATA, *before, full))
        assert found == pytest.approx(usual * float(full) / 100)
    for nothing in (None, "", [[None]]):
        assert answer(name, "en", DATA, *before, nothing) == usual.tolist()


def test_an_explanation_is_in_the_points_of_the_scale() -> None:
    usual, found = (np.array(answer("BDINDEX_EXPLAIN", "en", DATA, 1, *[None] * 4, full)) for full in (None, 1))
    points = [1, 4, 5, 6]
    assert found[:, points] == pytest.approx(usual[:, points] / 100)
    assert found[:, [2, 3]].tolist() == usual[:, [2, 3]].tolist()


def test_goalposts_in_rows_or_columns_clip() -> None:
    expected = [[30.0, 10.0, 50.0], [10.0, 40.0, 20.0], [20.0, 20.0, 70.0], [90.0, 30.0, 10.0]]
    for ends in ([[0, 0, 0], [10, 100, 10]], [[0, 10], [0, 100], [0, 10]]):
        assert answer("BDINDEX_NORMALISE", "en", DATA, None, ends) == pytest.approx(np.array(expected))
    assert answer("BDINDEX_NORMALISE", "en", DATA, -1, [[2, 0, 0], [3, 100, 10]])[0][0] == 0.0


def test_headers_blanks_and_marks_stay_in_their_rows() -> None:
    block = [
        ["企业", "专利", "资金"],
        ["家", "件", None],
        *DATA[:2],
        [None, None, None],
        ["—", "１，０００", " 5 "],
        [None] * 3,
    ]
    found = answer("BDINDEX_SCORE", "zh", block)
    assert column(found)[:2] == ["", "得分"]
    assert [value == "" for value in column(found)[2:]] == [False, False, True, False]
    assert len(column(found)) == 6
    normalised = answer("BDINDEX_NORMALISE", "zh", block)
    assert normalised[:2] == [["企业", "专利", "资金"], ["家", "件", ""]]
    assert normalised[5][0] == ""


def test_blank_columns_at_the_end_do_not_count() -> None:
    wide = [[*row, None, None] for row in DATA]
    assert answer("BDINDEX_SCORE", "en", wide) == answer("BDINDEX_SCORE", "en", DATA)


def test_a_constant_column_tells_nothing_and_carries_no_weight() -> None:
    block = [[*row, 7.0] for row in DATA]
    assert answer("BDINDEX_WEIGHTS", "en", block)[0][3] == 0
    assert answer("BDINDEX_SCORE", "en", block) == answer("BDINDEX_SCORE", "en", DATA)


def test_ranks_tie_and_turn() -> None:
    assert answer("BDINDEX_RANK", "en", [[0.4], [0.9], [0.9 + 1e-13], [None], [0.1]]) == [[3], [1], [1], [""], [4]]
    assert answer("BDINDEX_RANK", "en", [[0.4], [0.9], [0.1]], 1) == [[2], [3], [1]]
    assert answer("BDINDEX_RANK", "en", [[1.0, 9.0], [2.0, 8.0]]) == [[2, 1], [1, 2]]


def test_rank_changes_align_row_by_row() -> None:
    now = [["rank"], [1.0], [2.0], [3.0], [None]]
    before = [["last year"], [3.0], [2.0], [None], [1.0]]
    assert answer("BDINDEX_RANKCHANGE", "en", now, before) == [["rank change"], [2.0], [0.0], ["new"]]
    assert answer("BDINDEX_RANKCHANGE", "zh", [[1.0], [2.0]], [[2.0], [None]]) == [[1.0], ["新"]]
    blank_header = [[None], [3.0], [2.0], [None], [1.0]]
    assert column(answer("BDINDEX_RANKCHANGE", "en", now, blank_header))[1:] == [2.0, 0.0, "new"]


def test_tiers_break_where_scores_do() -> None:
    assert answer("BDINDEX_TIER", "en", [[10.0], [11.0], [50.0], [52.0], [None], [90.0]], 3) == [
        [3], [3], [2], [2], [""], [1],
    ]  # fmt: skip
    assert answer("BDINDEX_TIER", "en", [[1.0], [1.0], [2.0]], 5) == [[2], [2], [1]]


def test_scores_that_share_a_rank_share_a_tier() -> None:
    scores = [[0.1 + 0.2], [0.3], [0.9]]
    assert answer("BDINDEX_RANK", "en", scores) == [[2], [2], [1]]
    assert answer("BDINDEX_TIER", "en", scores, 3) == [[2], [2], [1]]


BAD: list[tuple[str, tuple[Any, ...], str, str]] = [
    ("BDINDEX_SCORE", ([[1.0, 2.0], [3.0, "abc"]],), "区域第 2 行第 2 列应为数值，实为“abc”", "row 2, column 2 of the range: expected a number, found “abc”"),
    ("BDINDEX_SCORE", (GivenCells([[1.0], ["12亿元"]], lambda: (5, 3)),), "区域第 2 行第 1 列（C6）应为数值，实为“12亿元”", "row 2, column 1 of the range (C6): expected a number, found “12亿元”"),
    ("BDINDEX_SCORE", ([[1.0], [ErrorValue("#DIV/0!")]],), "区域第 2 行第 1 列应为数值，实为“#DIV/0!”", "row 2, column 1 of the range: expected a number, found “#DIV/0!”"),
    ("BDINDEX_SCORE", ([[None, None]],), "区域中没有数值", "the range holds no number"),
    ("BDINDEX_SCORE", ([["甲", "乙"]],), "区域第 1 行第 1 列应为数值，实为“甲”", "row 1, column 1 of the range: expected a number, found “甲”"),
    ("BDINDEX_SCORE", ([[1.0, 2.0]],), "区域应有两行以上数值，实有 1 行", "expected two or more rows of numbers in the range, found 1"),
    ("BDINDEX_SCORE", ([[1.0, 2.0], [1.0, 3.0]],), "第 1 列的数值全部相同，不含信息，其余指标不足 65%", "column 1: all values are the same, which tells nothing, and the others are fewer than 65%"),
    ("BDINDEX_SCORE", ([[1.0, None], [None, 3.0], [2.0, None], [None, 5.0]],), "没有一行有 65% 以上的指标", "no row has 65% of the indicators or more"),
    ("BDINDEX_SCORE", ([[-1.7e308], [1.7e308]],), "区域中的数值过大，无法计算", "the range holds numbers too large to compute with"),
    ("BDINDEX_SCORE", (DATA, [[1, 1]]), "方向参数应有 3 个值，每列一个，实有 2 个", "directions: expected 3, one a column, found 2"),
    ("BDINDEX_SCORE", (DATA, [[1, 1, 2]]), "方向参数第 3 个应为 1（正向）或 -1（负向），实为“2”", "directions, number 3: expected 1 (more is better) or -1 (less is better), found “2”"),
    ("BDINDEX_SCORE", (DATA, None, [[1], [-2], [1]]), "权重参数第 2 个应不小于 0，实为 -2", "weights, number 2: expected 0 or more, found -2"),
    ("BDINDEX_SCORE", (DATA, None, None, None, 0), "满分参数应为 0.001 到 1e+06 的数，实为“0”", "maximum: expected a number from 0.001 to 1e+06, found “0”"),
    ("BDINDEX_NORMALISE", (DATA, None, None, "满分"), "满分参数应为 0.001 到 1e+06 的数，实为“满分”", "maximum: expected a number from 0.001 to 1e+06, found “满分”"),
    ("BDINDEX_SCORE", (DATA, None, [[0, 0, 0]]), "权重参数之和应大于 0", "weights: expected a sum above 0, found none"),
    (
        "BDINDEX_SCORE",
        (DATA, None, None, "魔法"),
        "方法参数应为改进向量法、改进向量法（1/d）、改进向量法（1−d）、改进向量法（1/(1+d)）、等权、夹角法、熵权法、基尼系数法、MEREC 法、CRITIC 法、变异系数法、"
        "标准差法、主成分法、等重要性之一，实为“魔法”",
        "method: expected one of improved vector, improved vector (1/d), improved vector (1−d), improved vector "
        "(1/(1+d)), equal, angle, entropy, Gini coefficient, MEREC, CRITIC, coefficient of variation, standard deviation, PCA, equal importance, "
        "found “魔法”",
    ),
    ("BDINDEX_NORMALISE", (DATA, None, [[0, 0, 0]]), "上下限参数应有两行（下限、上限）3 列，实为 1 × 3", "goalposts: expected two rows (lower, upper) of 3 columns, found 1 × 3"),
    ("BDINDEX_NORMALISE", (DATA, None, [[0, 5, 0], [1, 5, 9]]), "上下限参数第 2 列的下限应小于上限，实为 5 和 5", "goalposts, column 2: expected lower below upper, found 5 and 5"),
    ("BDINDEX_RANK", ([[1.0]], 2), "次序参数应为 0 到 1 的整数，实为“2”", "order: expected a whole number from 0 to 1, found “2”"),
    ("BDINDEX_RANKCHANGE", ([[1.0], [2.0]], [[1.0]]), "两个区域的大小应相同，实为 2 行和 1 行", "expected two ranges of one size, found 2 and 1 rows"),
    ("BDINDEX_RANKCHANGE", ([[1.0]], [[1.0, 2.0]]), "两个区域的列数应相同，实为 1 和 2", "expected two ranges of as many columns, found 1 and 2"),
    ("BDINDEX_TIER", (DATA, 2), "区域应为一列，实为 3 列", "expected a range of one column, found 3"),
    ("BDINDEX_TIER", ([[1.0], [2.0]], 2.5), "档数参数应为 1 到 100 的整数，实为“2.5”", "n: expected a whole number from 1 to 100, found “2.5”"),
    ("BDINDEX_TIER", ([[1.0], [2.0]], "x"), "档数参数第 1 行第 1 列应为数值，实为“x”", "row 1, column 1 of the n: expected a number, found “x”"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "zh", "en"), BAD, ids=[f"{b[0]} {b[3][:40]}" for b in BAD])
def test_what_is_wrong_is_said_in_one_sentence(name: str, arguments: tuple[Any, ...], zh: str, en: str) -> None:
    assert answer(name, "zh", *arguments) == zh
    assert answer(name, "en", *arguments) == en


def test_help_fits_into_excels_function_wizard() -> None:
    for function in FUNCTIONS:
        texts = [function.summary, *(argument.help for argument in function.arguments)]
        for text in texts:
            assert all(0 < len(text[lang]) <= 255 for lang in LANGUAGES)
        optional = [argument.optional for argument in function.arguments]
        assert optional == sorted(optional)


@pytest.mark.parametrize(
    "name",
    ["熵权法", "熵权", "Entropy", "CRITIC", "夹角法", "PCA", "主成分", "equal importance", "improved vector (1/d)"],
)
def test_every_weighting_that_needs_no_more_than_the_data(name: str) -> None:
    found = answer("BDINDEX_WEIGHTS", "zh", DATA, None, name)
    assert sum(found[0]) == pytest.approx(1, abs=1e-12)
    assert found != answer("BDINDEX_WEIGHTS", "zh", DATA)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("arithmetic", 5.0),
        ("几何平均", 4.0),
        ("harmonic", 3.2),
        ("最小值", 2.0),
        ("加权中位数", 5.0),
        ("power mean", 4.5),
    ],
)
def test_every_aggregation_worked_by_hand(name: str, expected: float) -> None:
    """Of 2 and 8: means 5, √16, 2/(1/2 + 1/8), ((√2 + √8)/2)² = 4.5."""
    assert answer("BDINDEX_AGGREGATE", "en", [[2.0, 8.0], [3.0, 3.0]], [[1.0, 1.0]], name)[0][0] == pytest.approx(
        expected
    )


def test_scores_below_0_have_no_geometric_mean() -> None:
    assert (
        answer("BDINDEX_AGGREGATE", "zh", [[-2.0, 8.0], [3.0, 3.0]], [[1.0, 1.0]], "几何平均")
        == "加权几何平均要求得分不小于 0"
    )


def test_long_texts_are_cut_where_an_answer_quotes_them() -> None:
    long = "超" * 40_000
    for more in ({"directions": long}, {"method": long}, {"weights": [[long, 1.0]]}):
        told = answer(
            "BDINDEX_SCORE",
            "zh",
            [[1.0, 2.0], [3.0, 1.0]],
            *[more.get(name) for name in ("directions", "weights", "method")],
        )
        assert isinstance(told, str) and len(told) < 700 and "超" * 29 + "…" in told
    told = answer("BDINDEX_TIER", "zh", [[1.0], [2.0]], long)
    assert isinstance(told, str) and len(told) < 200
