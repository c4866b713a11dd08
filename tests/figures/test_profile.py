"""A unit's page tells what the rankings say, and says how it chose."""

from __future__ import annotations

import math

from bdindex_xl.figures.profile import Profile, Profiles, profile
from bdindex_xl.figures.source import RankingView
from tests.support.books import DATA
from tests.support.reported import source_of, towns


def province() -> RankingView:
    source = source_of()
    return source.of(source.inputs.rankings[0])


def codes(standings: object) -> list[str]:
    return [one.node.code for one in standings]  # type: ignore[attr-defined]


def town(u: int) -> Profile:
    source = towns()
    return profile(source.of(source.inputs.rankings[0]), u)


def test_score_rank_and_change_are_those_of_the_ranking() -> None:
    view = province()
    pages = [Profiles(view).of(u) for u in range(3)]
    result = view.result
    assert [page.ranks for page in pages] == [tuple(result.rank_array[:, 0, u].tolist()) for u in range(3)]
    assert [page.index.change for page in pages] == [2, 0, -2]
    assert [page.index.score for page in pages] == (100 * result.node_array[1, 0]).tolist()
    assert pages[0].groups == (("区域", "东"),)
    assert [one.node.name for one in pages[0].dimensions] == ["规模", "环境"]


def test_a_standing_holds_the_mean_and_the_best_of_its_ranking() -> None:
    firms = profile(province(), 1).indicators[0]
    assert (firms.node.name, firms.value, firms.rank, firms.previous, firms.change) == ("企业", 20.0, 3, 2, -1)
    assert (firms.score, firms.mean, firms.best, firms.first) == (0.0, 50.0, 100.0, "甲省")
    assert firms.gap == -50.0
    assert firms.last


def test_parts_of_the_score_add_up_to_it() -> None:
    for u in range(3):
        page = profile(province(), u)
        assert page.index.score is not None
        assert math.isclose(sum(part or 0.0 for part in page.added), page.index.score, abs_tol=1e-9)


def test_a_score_that_is_no_weighted_sum_has_no_parts() -> None:
    source = source_of("zh", {"aggregation": "geometric"})
    assert profile(source.of(source.inputs.rankings[0]), 0).added == ()


def test_shares_are_of_the_whole_and_only_where_values_add_up() -> None:
    firms, exports, *_ = town(0).indicators
    assert firms.share == 90 / 244
    assert exports.node.measure == "%" and exports.share is None


def test_strengths_rank_no_lower_than_the_index_and_nobody_is_strong_where_he_is_last() -> None:
    first, last = town(0), town(5)
    assert (codes(first.strengths), codes(first.weaknesses)) == (["a2", "c1", "a1"], ["b1"])
    assert last.index.last and last.index.rank == 6
    assert (codes(last.strengths), codes(last.weaknesses)) == (["c1", "a1", "b1"], ["a2"])


def test_a_value_that_is_missing_is_none_and_is_neither_strength_nor_weakness() -> None:
    page = town(4)
    assert [one.value for one in page.indicators] == [None, 3.0, 4.0, 5.0]
    assert "a1" not in codes(page.strengths + page.weaknesses)


def test_a_radar_goes_below_few_dimensions() -> None:
    assert codes(profile(province(), 0).axes) == ["a1", "a2", "b1", "b2"]
    flat = "code,name,parent,direction,weight,lower,upper,measure\nI,I,,,,,,\na1,x,I,1,1,0,1,\na2,y,I,1,1,0,1,\n"
    source = source_of(framework=flat)
    assert profile(source.of(source.inputs.rankings[0]), 0).axes == ()


def test_a_sentence_says_where_the_unit_stands() -> None:
    page = profile(province(), 0)
    assert [fact.zh for fact in page.summary] == [
        "2024 年甲省总指数得分 100.0，在 3 个地区中列第 1，比 2023 年上升 2 位。",
        "其中规模第 1、环境第 1。",
    ]
    assert [fact.en for fact in town(2).summary] == [
        '<D> & "E" scores 29.1 in Index #1 in 2024 and ranks 5 of 6.',
        "By dimension: Size 2, <Speed> 6 and Care & rest 4.",
    ]


def test_a_unit_without_a_score_says_so() -> None:
    without = DATA.replace("2024,140100,1,5,6,7\n", "")
    source = source_of(data=without)
    page = profile(source.of(source.inputs.rankings[1]), 3)
    assert [fact.zh for fact in page.summary] == ["2024 年丁市没有总指数得分。"]
    assert (page.index.rank, page.ranks, page.strengths, page.weaknesses) == (None, (None, None), (), ())
