"""BDINDEX_ROBUST: intervals of ranks in cells."""

from __future__ import annotations

import pytest

from bdindex_xl.functions import answer

DATA = [[3.0, 10.0, 5.0], [1.0, 40.0, 2.0], [2.0, 20.0, 7.0], [9.0, 30.0, 1.0]]


def test_the_median_lies_in_its_interval_and_a_seed_gives_the_same_again() -> None:
    found = answer("BDINDEX_ROBUST", "en", DATA, 300, 5)
    assert found == answer("BDINDEX_ROBUST", "en", DATA, 300, 5)
    assert all(low <= median <= high for median, low, high in found)  # type: ignore[str-unpack]
    assert any(low < high for _, low, high in found)  # type: ignore[str-unpack]


def test_a_unit_that_is_best_in_all_is_first_whatever_the_weights() -> None:
    assert answer("BDINDEX_ROBUST", "en", [[9.0, 9.0], [1.0, 5.0], [2.0, 3.0]])[0] == [1, 1, 1]
    assert answer("BDINDEX_ROBUST", "en", [[9.0, 9.0], [1.0, 1.0], [2.0, 3.0]], None, None, -1)[1] == [1, 1, 1]


def test_headings_and_gaps_keep_their_rows() -> None:
    found = answer("BDINDEX_ROBUST", "zh", [["企业", "专利"], [9.0, 9.0], [None, None], [2.0, 3.0]])
    assert found == [["排名中位数", "5% 分位", "95% 分位"], [1, 1, 1], ["", "", ""], [2, 2, 2]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((0,), "抽样次数参数应为 1 到 1000000 的整数，实为“0”"),
        ((10, -1), "种子参数应为 0 到 2147483647 的整数，实为“-1”"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(arguments: tuple[int, ...], words: str) -> None:
    assert answer("BDINDEX_ROBUST", "zh", DATA, *arguments) == words
