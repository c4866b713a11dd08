"""What a reader would strike from a yearbook is not said: each of these sentences was once wrong."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bdindex_xl.figures.all import contents
from bdindex_xl.figures.amounts import may_add_up, measured
from bdindex_xl.figures.content import Content, LeftOut
from bdindex_xl.figures.profile import Profiles
from bdindex_xl.figures.source import FigureSource
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Text
from bdindex_xl.model.figure import Figure, FigureKind
from bdindex_xl.report.document import document
from bdindex_xl.sheets.faults import Report
from bdindex_xl.sheets.figures import read_figures
from bdindex_xl.tasks.recalculate import check
from bdindex_xl.workbook import profile_picked
from tests.support.books import FRAMEWORK, small_book
from tests.support.reported import source_of

K = FigureKind
UNITS = "code,name,ranking,Region\n" + "".join(
    f"{k},{name},Town,{'N' if k < 4 else 'S'}\n" for k, name in enumerate("ABCDEF", 1)
)
# a1 企业 (家), a2 专利 (件), b1 政策 (项), b2 能耗 (吨, less is better)
ROWS = """2022,1,5,1,0,4
2022,2,4,2,0,5
2022,3,3,3,0,6
2022,4,2,4,1,7
2022,5,1,5,1,8
2024,1,9,1,0,8
2024,2,9,2,0,7
2024,3,3,3,2,6
2024,4,2,4,2,5
2024,5,1,5,1,4
2024,6,6,,5,9
"""


def source(data: str = ROWS, framework: str = FRAMEWORK, units: str = UNITS) -> FigureSource:
    return source_of(framework=framework, units=units, data="year,unit,a1,a2,b1,b2\n" + data)


def with_a1(**fields: str) -> FigureSource:
    """The usual source with another name or measure of its first indicator."""
    framework = source().inputs.framework
    nodes = tuple(replace(node, **fields) if node.code == "a1" else node for node in framework.nodes)  # type: ignore[arg-type]
    return replace(source(), inputs=replace(source().inputs, framework=replace(framework, nodes=nodes)))


def made(source: FigureSource, kind: FigureKind, **fields: object) -> Content:
    found = contents(source, [Figure("1-1", "前 {top} 名", kind, **fields)])[0]  # type: ignore[arg-type]
    assert isinstance(found, Content), found.why
    return found


def said(source: FigureSource, kind: FigureKind, **fields: object) -> tuple[list[str], list[str]]:
    facts = made(source, kind, **fields).facts
    return [fact.zh for fact in facts], [fact.en for fact in facts]


def test_units_that_tie_are_first_together() -> None:
    zh, en = said(source(), K.HEAT, nodes=("a1",), grouping="Region", group="N")
    assert zh == ["2024 年企业并列居首的是B、A（9 家）。"]
    assert en == ["B and A are first in 企业 in 2024 (9 家)."]


def test_the_first_of_a_group_are_not_called_first_of_all() -> None:
    zh, en = said(source(), K.HEAT, nodes=("a1",), grouping="Region", group="S")
    assert zh == ["2024 年所列 3 个地区中企业居首的是F（6 家），第二是D（2 家），相差 4 家。"]
    assert en == ["Of the 3 units shown, F is first in 企业 in 2024 (6 家), D second (2 家), 4 家 apart."]


def test_what_is_better_low_is_not_said_to_lead() -> None:
    content = made(source(), K.HEAT, nodes=("b2",), grouping="Region")
    assert content.facts[0].zh == "2024 年能耗在各Region中最低的是：S的E（4 吨）、N的C（6 吨）。"
    assert [note.zh for note in content.notes] == ["能耗以低为优，数值越低名次越靠前。"]
    bars = made(source(), K.RANKED_BARS, nodes=("b2",), top=2)
    assert bars.facts[0].zh == "2024 年能耗（吨）（从低到高）：E 4、D 5。"
    assert bars.facts[0].en == "能耗 (吨) in 2024, lowest first: E 4 and D 5."


def with_b1(**fields: object) -> FigureSource:
    """The usual source with its third indicator, 政策, scored another way."""
    usual = source(ROWS_OF_B1)
    nodes = tuple(
        replace(node, **fields) if node.code == "b1" else node  # type: ignore[arg-type]
        for node in usual.inputs.framework.nodes
    )
    return replace(usual, inputs=replace(usual.inputs, framework=replace(usual.inputs.framework, nodes=nodes)))


# b1 in 2024: 3, 5, 8, 2, 1
ROWS_OF_B1 = "\n".join(f"2024,{k},1,1,{value},1" for k, value in enumerate((3, 5, 8, 2, 1), 1)) + "\n"


def test_of_reciprocals_the_least_is_first_where_more_is_better_and_the_most_where_less_is() -> None:
    turned = with_b1(transformation="reciprocal", goalposts=None)
    content = made(turned, K.HEAT, nodes=("b1",))
    assert content.facts[0].zh == "2024 年政策在各Region中最低的是：S的E（1 项）、N的A（3 项）。"
    assert [note.zh for note in content.notes] == ["政策以低为优，数值越低名次越靠前。"]
    assert said(turned, K.RANKED_BARS, nodes=("b1",), top=2)[0][0] == "2024 年政策（项）（从低到高）：E 1、D 2。"
    back = with_b1(transformation="reciprocal", direction=-1, goalposts=None)
    content = made(back, K.RANKED_BARS, nodes=("b1",), top=2)
    assert content.facts[0].zh == "2024 年政策（项）：C 8、B 5。"
    assert not content.notes
    groups = made(turned, K.RANK_TABLE, nodes=("b1",), grouping="Region")
    assert groups.facts[0].zh == "2024 年各Region政策均值最低的是S（1.50 项）。"


def test_units_that_tie_as_far_off_the_best_are_each_told_their_value() -> None:
    between = with_b1(direction=0, best_lower=3.0, best_upper=5.0, goalposts=None)
    content = made(between, K.SCORES_BY_RANK, nodes=("b1",))
    assert content.facts[0].zh == "2024 年政策并列居首的是A、B（3、5 项）。"
    assert content.facts[0].en == "A and B are first in 政策 in 2024 (3 and 5 项)."
    assert [note.en for note in content.notes] == ["In 政策 the best is in between: what is nearest to it ranks first."]
    nearest = with_b1(direction=0, best_lower=4.0, best_upper=4.5, goalposts=None)
    zh, _ = said(nearest, K.SCORES_BY_RANK, nodes=("b1",))
    assert zh[0] == "2024 年政策居首的是B（5 项），第二是A（3 项），相差 2 项。"
    third = with_b1(direction=0, best_lower=2.5, best_upper=2.5, goalposts=None)
    assert said(third, K.SCORES_BY_RANK, nodes=("b1",))[0][0] == "2024 年政策并列居首的是A、D（3、2 项）。"
    second = with_b1(direction=0, best_lower=5.0, best_upper=6.0, goalposts=None)
    assert (
        said(second, K.SCORES_BY_RANK, nodes=("b1",))[0][0]
        == "2024 年政策居首的是B（5 项），并列第二的是A、C（3、8 项）。"
    )


def test_units_that_tie_by_rounded_scores_are_told_one_score() -> None:
    """Scores of A are 71.2 and 70.6: both are published as 71."""
    rows = "2024,1,71.2,71.2,1,1\n2024,2,70.6,70.6,1,1\n2024,3,69,69,1,1\n2024,4,5,5,1,1\n"
    settings: dict[str, str | float] = {"normalisation": "goalposts", "weighting": "given", "decimals": 0}
    rounded = source_of(settings=settings, framework=FRAMEWORK, units=UNITS, data="year,unit,a1,a2,b1,b2\n" + rows)
    assert said(rounded, K.SCORES_BY_RANK, nodes=("A",))[0][0] == "2024 年规模并列居首的是A、B（71.0）。"
    zh, en = said(rounded, K.CONTRIBUTIONS, nodes=("A",))
    assert zh == ["2024 年A 规模得分 71.0（修约前 71.2），由以下各项构成：企业 53.4、专利 17.8。"]
    assert en == ["A scores 71.0 (71.2 before rounding) in 规模 in 2024, made up of 企业 53.4 and 专利 17.8."]
    pages = Profiles(rounded.of(rounded.inputs.rankings[0]))
    of_size = [pages.of(u).dimensions[0] for u in (0, 1)]
    assert [(one.value, one.score, one.rank) for one in of_size] == [(71.0, 71.0, 1), (71.0, 71.0, 1)]


@pytest.mark.parametrize("decimals", [0, ""])
def test_tiers_go_by_the_scores_that_ranks_go_by(decimals: int | str) -> None:
    """B has 70.4 and C 69.6: both rank by 70, though each is nearer to another than to the other."""
    scores = (70.9, 70.4, 69.6, 69.1, 5)
    rows = "".join(f"2024,{k},{one},{one},{one},{100 - one}\n" for k, one in enumerate(scores, 1))
    settings: dict[str, str | float] = {
        "normalisation": "goalposts", "weighting": "given", "decimals": decimals, "tiers": "natural breaks 3",
    }  # fmt: skip
    made = source_of(settings=settings, framework=FRAMEWORK, units=UNITS, data="year,unit,a1,a2,b1,b2\n" + rows)
    view = made.of(made.inputs.rankings[0])
    found = view.ranks(made.root)[0].tolist(), view.tier.tolist()
    rounded, exact = ([1, 2, 2, 4, 5, 0], [1, 1, 1, 2, 3, 0]), ([1, 2, 3, 4, 5, 0], [1, 1, 2, 2, 3, 0])
    assert found == (rounded if decimals == 0 else exact)


def test_groups_are_ranked_by_the_direction_of_an_indicator() -> None:
    content = made(source(), K.RANK_TABLE, nodes=("b2",), grouping="Region")
    assert [list(column.values) for column in content.columns] == [["S", "N"], [1, 2]]
    assert content.facts[0].zh == "2024 年各Region能耗均值最低的是S（6 吨）。"


def test_units_without_a_rank_before_are_said_to_be_so_and_whose_ranks_are_told() -> None:
    zh, en = said(source(), K.CHANGE, nodes=("a1",), top=4)
    assert (
        zh[0]
        == "企业名次与 2022 年相比，前 4 名中上升的有B（+1）；下降的有C（−1）；名次不变的有A；2022 年无名次的有F。"
    )
    assert en[0] == "Ranks in 企业 since 2022, of the first 4: up B (+1); down C (−1); unchanged A; unranked in 2022 F."


def test_sums_are_compared_only_where_they_are_of_the_same_units_and_years_are_named() -> None:
    assert said(source(), K.RANKED_BARS, nodes=("a1",), top=2)[0][-1] == "2024 年企业合计 30 家。"
    without = ROWS.replace("2024,6,6,,5,9\n", "")
    zh, en = said(source(without), K.RANKED_BARS, nodes=("a1",), top=2)
    assert zh[-1] == "2024 年企业合计 24 家（5 个有数据的地区），比 2022 年增加 9 家（60%）。"
    assert en[-1] == "企业 in 2024: 24 家 in all (5 units with data), 9 家 (60%) more than in 2022."
    zh, en = said(source(), K.RANKED_BARS, nodes=("a2",), top=2)
    assert zh[-1] == "2024 年专利合计 15 件（5 个有数据的地区），与 2022 年持平。"
    assert en[-1] == "专利 in 2024: 15 件 in all (5 units with data), as much as in 2022."


@pytest.mark.parametrize("measure", ["%", "元/人", "‰", "每万人", "指数（上年=100）", "percent", "℃", "per head", "分"])
def test_what_does_not_add_up_is_not_summed(measure: str) -> None:
    made_of = with_a1(measure=measure)
    for kind in (K.RANKED_BARS, K.STACKED_BARS, K.COLUMNS_AND_LINE, K.TILE_MAP, K.TWO_INDICATORS):
        found = contents(made_of, [Figure("1-1", "", kind, nodes=("a1", "a1"))])[0]
        if isinstance(found, Content):
            assert not [fact.zh for fact in found.facts if "合计" in fact.zh or "占" in fact.zh.split("大于 0")[0]]
    for kind in (K.SHARES, K.BY_GROUP):
        left = contents(made_of, [Figure("1-1", "", kind, nodes=("a1",), grouping="Region")])[0]
        assert isinstance(left, LeftOut)
        assert left.why.zh == "未作此图：缺少可以加总的指标（企业不能）。"


@pytest.mark.parametrize(
    "name", ["人均收入", "城镇化率", "人口密度", "Unemployment rate", "Average wage", "医生（每千人）"]
)
def test_names_tell_what_does_not_add_up(name: str) -> None:
    made_of = with_a1(name=name)
    assert isinstance(contents(made_of, [Figure("1-1", "", K.SHARES, nodes=("a1",))])[0], LeftOut)


def test_indicators_with_a_denominator_are_ranked_as_the_index_takes_them() -> None:
    divided = FRAMEWORK.replace("measure\n", "measure,denominator\n").replace("家\n", "家,b2\n")
    content = made(source(framework=divided), K.RANKED_BARS, nodes=("a1",), top=3)
    assert list(content.columns[2].values) == ["B", "A", "F"]
    assert content.columns[3].values == [9 / 7, 9 / 8, 6 / 9]
    assert [note.zh for note in content.notes] == ["企业的数值已除以能耗。"]
    assert not any("合计" in fact.zh for fact in content.facts)


def test_what_is_above_nought_everywhere_is_not_said_to_be() -> None:
    assert not [fact for fact in said(source(), K.COLUMNS_AND_LINE, nodes=("a1", "a1"))[0] if "大于 0" in fact]
    zh = said(source(), K.COLUMNS_AND_LINE, nodes=("b1", "b1"))[0]
    assert zh[0] == "6 个地区中有 4 个的政策大于 0，占 66.7%。"


def test_units_without_data_are_not_counted_as_having_none() -> None:
    zh, en = said(source(ROWS.replace("2024,6,6,,5,9", "2024,6,6,,,9")), K.COLUMNS_AND_LINE, nodes=("b1", "b1"))
    assert zh[0] == "有数据的 5 个地区中有 3 个的政策大于 0，占 60.0%，个数比 2022 年增长 50%。"
    assert en[0] == "政策: 3 of 5 units with data (60.0%) have any, 50% more than in 2022."


def test_who_moved_most_is_said_of_those_shown_with_all_who_tie() -> None:
    zh, _ = said(source(), K.RANKS_OVER_YEARS, nodes=("b2",), top=3)
    assert "2022–2024 年前 3 名中能耗名次上升最多的是E（5 → 1）、D（4 → 2）。" in zh


def test_a_title_counts_the_units_that_there_are() -> None:
    assert made(source(), K.RANKED_BARS, top=15).title == "前 5 名"


def test_nothing_is_said_of_who_is_among_all() -> None:
    zh, _ = said(source(), K.RANKED_BARS, nodes=("a1",), top=15, grouping="Region")
    assert not [fact for fact in zh if "前 6" in fact or "新进入" in fact]


def test_missing_values_are_blank_in_every_column() -> None:
    for kind, fields in (
        (K.RADAR, {"nodes": ("a1", "a2", "b1")}),
        (K.STACKED_BARS, {"nodes": ("a1", "a2")}),
        (K.COLUMNS_AND_LINE, {"nodes": ("a1", "a2")}),
        (K.CONTRIBUTIONS, {"nodes": ("A",)}),
    ):
        for column in made(source(), kind, **fields).columns:
            assert not [one for one in column.values if isinstance(one, float) and math.isnan(one)], (kind, column)


def test_a_score_is_said_with_what_it_is_made_of() -> None:
    zh, _ = said(source(), K.CONTRIBUTIONS, nodes=("B",), top=1)
    assert zh[0].startswith("2024 年")
    assert "环境得分" in zh[0] and "由以下各项构成：" in zh[0]


def test_a_chapter_says_a_sentence_once_and_leaves_no_figure_without() -> None:
    made_of = source()
    fields = {"chapter": "一", "nodes": ("a1",), "top": 3}
    figures = [Figure(f"1-{k}", "", kind, **fields) for k, kind in enumerate((K.RANKED_BARS, K.CHANGE), 1)]  # type: ignore[arg-type]
    bars, change = document(made_of.inputs, dict(made_of.results), figures).figures
    assert isinstance(bars, Content) and isinstance(change, Content)
    assert [fact.zh[:6] for fact in change.facts] == ["企业名次与 ", "企业新进入前"]
    assert not set(bars.facts) & set(change.facts)
    assert bars.facts


def test_of_one_unit_it_is_said_how_it_moved() -> None:
    zh, en = said(source(), K.CHANGE, nodes=("b2",), grouping="Region", group="N", top=1)
    assert zh == ["C 的能耗名次与 2022 年相比，没有变动。"]
    assert en == ["The rank of C in 能耗 since 2022: unchanged."]


def test_units_without_a_rank_are_not_said_to_move() -> None:
    zh, _ = said(source(), K.RADAR, nodes=("a2", "a1", "b1"), top=6)
    assert not [fact for fact in zh if fact.startswith("专利") and "F" in fact]


def test_a_code_that_differs_by_its_case_alone_is_found_as_typed() -> None:
    framework = (
        FRAMEWORK.replace("a1,", "A,")
        .replace("A,规模", "AA,规模")
        .replace(",A,1,", ",AA,1,")
        .replace("A,企业", "aa,企业")
    )
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(
            small_book(
                Path(folder), framework=framework, units=UNITS, data="year,unit,aa,a2,b1,b2\n" + ROWS,
                figures="number,title,kind,nodes\n1,x,ranked bars,aa\n2,y,ranked bars,AA\n3,z,ranked bars,Aa\n",
            )
        )  # fmt: skip
    inputs = check(book).inputs
    found = read_figures(book, inputs, Report())
    assert found is not None
    assert [figure.nodes for figure in found[:2]] == [("aa",), ("AA",)]


def test_the_sheet_profile_shares_out_what_reports_share_out() -> None:
    assert vars(profile_picked)["may_add_up"] is may_add_up
    nodes = source(framework=FRAMEWORK.replace("企业", "人均收入")).inputs.framework.indicators
    assert [may_add_up(node) for node in nodes] == [False, True, True, True]


def test_of_one_unit_a_sentence_says_what_it_did_and_nothing_of_the_first_one() -> None:
    passed = source(ROWS.replace("2024,1,9,", "2024,1,8,"))
    zh, en = said(passed, K.RANKS_OVER_YEARS, nodes=("a1",), top=1)
    assert zh == ["2022–2024 年，B 的企业名次由第 2 变为第 1。"]
    assert en == ["From 2022 to 2024 B went from 2 to 1 in 企业."]
    led = source(ROWS.replace("2022,1,5,", "2022,1,3,").replace("2024,1,9,", "2024,1,8,"))
    zh, en = said(led, K.RANKS_OVER_YEARS, nodes=("a1",), top=1)
    assert zh == ["2022–2024 年，企业始终居首的是B。"]
    assert en == ["From 2022 to 2024 B was always first in 企业."]
    _, en = said(source(), K.RANKED_BARS, nodes=("a1",), top=1, grouping="Region")
    assert en[:2] == ["企业 (家) in 2024: B 9.", "The rank of B in 企业 since 2022: up 1."]
    assert not any("first 1" in fact for fact in en)


def test_one_of_what_is_counted_goes_without_its_measure_in_english() -> None:
    one = Text("1", "1")
    counted = with_a1(measure="exchanges").inputs.framework.indicators[0]
    assert measured(one, counted) == Text("1 exchanges", "1")
    assert measured("2", counted).en == "2 exchanges"
    assert measured(one, with_a1(measure="tonne").inputs.framework.indicators[0]).en == "1 tonne"


def test_what_orders_the_units_is_told_where_it_is_not_shown() -> None:
    content = made(source(), K.STACKED_BARS, nodes=("a2",), order="a1")
    assert [note.zh for note in content.notes] == ["各地区按企业的名次排列。"]
    assert [note.en for note in content.notes] == ["Units are in order of their rank in 企业."]
    assert not made(source(), K.STACKED_BARS, nodes=("a2", "a1"), order="a1").notes


def test_a_figure_left_out_for_want_of_a_year_before_is_of_the_one_before() -> None:
    inputs = source().inputs
    early = replace(inputs, rankings=tuple(replace(one, year=2022) for one in inputs.rankings))
    figure = Figure("1-1", "{previous}–{year}", K.CHANGE)
    (left,) = contents(replace(source(), inputs=early), [figure])
    assert isinstance(left, LeftOut) and left.title == "2021–2022"
    assert left.why.zh == "未作此图：缺少 2022 年之前一年的数据。"
