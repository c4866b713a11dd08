"""BDINDEX_EXPLAIN: where a row's score comes from."""

from __future__ import annotations

from typing import Any

import pytest

from bdindex_xl.functions import answer

DATA: list[list[Any]] = [["企业", "专利"], [3.0, 10.0], [1.0, 40.0], [2.0, 20.0]]


def test_contributions_add_up_to_the_score() -> None:
    found = answer("BDINDEX_EXPLAIN", "zh", DATA, 2, None, [[1.0, 3.0]])
    assert found[0] == ["指标", "得分", "排名", "权重", "贡献", "平均贡献", "高于平均"]
    assert [line[0] for line in found[1:]] == ["企业", "专利"]
    # 0 of 100 with a quarter of the weight, 100 with three quarters; means of (100, 0, 50)/4 and of 3(0, 100, 33.3)/4
    assert found[1][1:] == pytest.approx([0, 3, 0.25, 0, 12.5, -12.5])
    assert found[2][1:] == pytest.approx([100, 1, 0.75, 75, 100 / 3, 75 - 100 / 3])
    score = answer("BDINDEX_SCORE", "zh", DATA, None, [[1.0, 3.0]])[2][0]
    assert sum(line[4] for line in found[1:]) == pytest.approx(score)


def test_other_aggregations_have_parts_that_add_up_too() -> None:
    found = answer("BDINDEX_EXPLAIN", "en", DATA, 3, None, None, "equal", "minimum")
    # Scores of 50 and 33.3: the least is 33.3, and that of the mean scores, 50 and 44.4, is 44.4.
    assert sum(line[4] for line in found[1:]) == pytest.approx(100 / 3)
    assert sum(line[5] for line in found[1:]) == pytest.approx(400 / 9)
    assert found[2][6] == pytest.approx(-100 / 9)
    said = answer("BDINDEX_EXPLAIN", "en", DATA, 3, None, None, None, "copeland")
    assert isinstance(said, str) and said.endswith("this one compares units, and leaves no parts")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((4,), "行号参数应为 1 到 3 的整数，实为“4”"),
        ((1, None, None, "魔法"), "方法参数应为改进向量法、"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(arguments: tuple[Any, ...], words: str) -> None:
    said = answer("BDINDEX_EXPLAIN", "zh", DATA, *arguments)
    assert isinstance(said, str) and said.startswith(words)


def test_a_row_without_a_score_is_named() -> None:
    data = [[1.0, 2.0], [2.0, 1.0], [3.0, None]]
    assert answer("BDINDEX_EXPLAIN", "zh", data, 3) == "第 3 行没有得分：可得的指标不足 65%"
