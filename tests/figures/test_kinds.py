"""Every kind of figure on small indices: what it holds, and what is said where something is lacking."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from bdindex_xl.figures.all import MAKERS, contents
from bdindex_xl.figures.content import Content, LeftOut
from bdindex_xl.figures.source import FigureSource
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.model.figure import Figure, FigureKind
from tests.support.reported import FRAMEWORK, source_of, towns

pytestmark = pytest.mark.slow

K = FigureKind


def made(source: FigureSource, kind: FigureKind, **fields: object) -> Content | LeftOut:
    return contents(source, [Figure("1-1", "{year}/{previous}/{top}", kind, **fields)])[0]  # type: ignore[arg-type]


def places(content: Content) -> set[int]:
    """All columns that a form draws."""
    found: set[int] = set()
    for field in dataclasses.fields(content.form):
        value = getattr(content.form, field.name)
        if field.name not in {"labelled", "logarithmic_x", "logarithmic_y", "full"}:
            found |= set(value) if isinstance(value, tuple) else {value}
    return found


def test_every_kind_has_its_maker() -> None:
    assert set(MAKERS) == set(FigureKind)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in FigureKind if not kind.startswith("word")])
def test_a_figure_holds_what_its_form_draws(kind: FigureKind, lang: Lang) -> None:
    nodes: dict[FigureKind, tuple[str, ...]] = {
        K.TWO_INDICATORS: ("a1", "a2"),
        K.STACKED_BARS: ("a1", "a2"),
        K.COLUMNS_AND_LINE: ("a1", "a2"),
    }
    nodes |= {K.SHARES: ("a1",), K.BY_GROUP: ("a1",), K.RADAR: ("a1", "a2", "b1")}
    content = made(source_of(lang), kind, ranking="province", nodes=nodes.get(kind, ()))
    assert isinstance(content, Content), content.why
    assert len({len(column.values) for column in content.columns}) == 1
    assert content.n_rows > 0
    assert places(content) <= set(range(len(content.columns)))
    for text in (*content.facts, *content.notes):
        assert text["zh"]
        assert text["en"]
        assert "{" not in text["zh"] + text["en"]
        assert "nan" not in text["en"].lower().split()


@pytest.mark.parametrize("kind", [K.DISTRIBUTION, K.SCORES_BY_RANK, K.TWO_INDICATORS])
def test_how_units_stand_to_each_other_is_not_drawn_of_one(kind: FigureKind) -> None:
    usual = source_of()
    (grouping,) = (one for one in usual.inputs.groupings if one.name == "区域")
    alone = {key: ("孤", *("" for _ in groups[1:])) for key, groups in grouping.groups.items()}
    inputs = dataclasses.replace(usual.inputs, groupings=(dataclasses.replace(grouping, groups=alone),))
    left = made(dataclasses.replace(usual, inputs=inputs), kind, nodes=("a1", "a2"), grouping="区域", group="孤")
    assert isinstance(left, LeftOut)
    assert left.why.zh == "未作此图：缺少两个以上有数据的地区。"
    assert left.why.en == "Left out, for want of two units with data at least."


def test_missing_values_are_blank_and_never_nought() -> None:
    source = towns()
    content = made(source, K.DISTRIBUTION, nodes=("a1", "a2"))
    assert isinstance(content, Content)
    raw = source.inputs.rankings[0].panel.values[0]
    assert [sum(value is None for value in column.values) for column in content.columns[1:]] == [
        int(np.isnan(raw[:, k]).sum()) for k in (0, 1)
    ]


LACKING = [
    (K.CHANGE, {}, "未作此图：缺少 2024 年之前一年的数据。", "Left out, for want of data for a year before 2024."),
    (K.RANKS_OVER_YEARS, {}, "未作此图：缺少 2024 年之前一年的数据。", "Left out, for want of data for a year before 2024."),
    (K.TWO_INDICATORS, {"nodes": ("a1",)}, "未作此图：缺少两个指标。", "Left out, for want of two indicators."),
    (K.SHARES, {}, "未作此图：缺少指标。", "Left out, for want of indicators."),
    (K.SHARES, {"nodes": ("A",)}, "未作此图：缺少可以加总的指标（Size 不能）。", "Left out, for want of an indicator that adds up, which Size does not."),
    (K.RANKED_BARS, {"nodes": ("x9",)}, "未作此图：缺少指标“x9”。", "Left out, for want of an indicator “x9”."),
    (K.RANKED_BARS, {"ranking": "city"}, "未作此图：缺少榜单“city”。", "Left out, for want of a ranking “city”."),
    (K.HEAT, {"grouping": "Zone"}, "未作此图：缺少分组列“Zone”。", "Left out, for want of a group column “Zone”."),
    (K.HEAT, {"grouping": "Region", "group": "W"}, "未作此图：缺少属于“W”的地区。", "Left out, for want of units of “W”."),
    (K.RADAR, {"group": "first"}, "未作此图：缺少属于“first”的地区。", "Left out, for want of units of “first”."),
    (K.RADAR, {"group": "77"}, "未作此图：缺少属于“77”的地区。", "Left out, for want of units of “77”."),
    (K.TILE_MAP, {}, "未作此图：缺少方格位置（中国省级行政区，或地区清单中的“方格”列）。", "Left out, for want of places of tiles: China's provinces, or a column “Tile” of the units."),
    (K.CONTRIBUTIONS, {"nodes": ("a1",)}, "未作此图：缺少有下级的指标（Firms 没有）。", "Left out, for want of an aggregate, which Firms is not."),
    (K.WORD_CLOUD, {}, "未作此图：缺少热词表（运行 bdindex words 得出）。",
     "Left out, for want of a table of hot words, which bdindex words fills."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "zh", "en"), LACKING, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_is_lacking_is_said(kind: FigureKind, fields: dict[str, object], zh: str, en: str) -> None:
    found = made(towns(), kind, **fields)
    assert isinstance(found, LeftOut)
    assert (found.why.zh, found.why.en) == (zh, en)


def test_placeholders_of_titles_are_filled() -> None:
    found = made(source_of("en"), K.RANKED_BARS, top=3)
    assert found.title == "2024/2023/3"


def test_units_have_the_tiles_that_their_sheet_gives_them() -> None:
    units = 'code,name,ranking,Tile\n1,Ash,Town,"2,1"\n2,Birch,Town,"1,2"\n3,Cedar,Town,\n'
    data = "year,unit,a1,a2,b1,c1\n2024,1,1,2,3,4\n2024,2,2,3,4,5\n2024,3,5,4,3,2\n"
    source = source_of("en", units=units, data=data, framework=FRAMEWORK)
    assert source.inputs.groupings == ()
    content = made(source, K.TILE_MAP)
    assert isinstance(content, Content)
    rows = list(zip(*(column.values for column in content.columns), strict=True))
    assert [(row[0], row[2], row[3]) for row in rows] == [("Ash", 2, 1), ("Birch", 1, 2)]


def test_a_grouping_of_another_ranking_is_said_to_be_lacking() -> None:
    units = "code,name,ranking,Region\n1,Ash,Town,\n2,Birch,Town,\n3,Cedar,Shire,north\n4,Dale,Shire,south\n"
    data = "year,unit,a1,a2,b1,c1\n" + "".join(f"2024,{k},{k},{k % 2},{5 - k},{k % 3}\n" for k in (1, 2, 3, 4))
    source = source_of("en", units=units, data=data, framework=FRAMEWORK)
    key = source.inputs.rankings[0].key
    found = made(source, K.RANK_TABLE, ranking=key, grouping="Region")
    assert isinstance(found, LeftOut)
    assert found.why.en == "Left out, for want of units of “Region”."


@pytest.mark.parametrize("own", ["normalisation,percentile rank", "direction,-1"])
def test_a_score_that_its_children_do_not_add_up_to_is_not_said_to_be_made_up_of_them(own: str) -> None:
    key, value = own.split(",")
    framework = f"code,name,parent,{key}\nI,总指数,,{value}\na1,企业,I,\na2,专利,I,\nb1,政策,I,\nb2,能耗,I,\n"
    left = made(source_of(framework=framework), K.CONTRIBUTIONS, ranking="province")
    assert isinstance(left, LeftOut)
    assert left.why.en == "Left out, for want of 总指数 as a weighted arithmetic mean."
