"""Cells are compared as what they hold: numbers within a hair, ranks and words exactly."""

from __future__ import annotations

import pytest

from bdindex_xl.copies.compare import compare
from bdindex_xl.sheets.book import Block, ResultColumn, ResultTable


def differ(role: str, expected: object, found: object) -> bool:
    columns = ResultColumn("年份", "year", [2024]), ResultColumn("列", role, [expected])
    block = Block("bdx_x", "表", 5, 1, ("年份", "列"), ([2024.0], [found]))
    return bool(compare(ResultTable("bdx_x", columns), block).differences)


@pytest.mark.parametrize("role", ["score", "normalised", "weight", "share", "raw", "statistic", "amount", "seconds"])
def test_numbers_of_every_role_are_the_same_within_a_hair(role: str) -> None:
    assert not differ(role, 0.25, 0.25 + 1e-13)
    assert differ(role, 0.25, 0.2501) and differ(role, 0.25, "0.25x") and differ(role, 0.25, None)


@pytest.mark.parametrize("role", ["rank", "previous rank", "rank change", "count", "year"])
def test_ranks_and_counts_are_compared_exactly(role: str) -> None:
    assert not differ(role, 3, 3.0)
    assert differ(role, 3, 3.0 + 1e-13)


def test_words_are_compared_as_they_read() -> None:
    assert not differ("name", "甲省", " 甲省 ") and differ("name", "甲省", "甲市")
    assert not differ("rank change", "新", "新") and differ("rank change", "新", 0.0)
