"""All kinds of figures, each one record; and the figures of a workbook, made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..language import Text
from ..model.figure import Figure, FigureKind
from .content import Content, LeftOut
from .kinds import movement, parts, places, radar, ranked, scatter, spread, words
from .source import Lacking, Source
from .titles import titled

Maker = Callable[[Source, Figure], Content]


@dataclass(frozen=True, slots=True)
class Kind:
    """What readers call a kind, what it shows and takes, and what makes it."""

    name: Text
    about: Text
    make: Maker


KINDS: Mapping[FigureKind, Kind] = {
    FigureKind.RANK_TABLE: Kind(
        Text("排名表", "rank table"),
        Text(
            "前几名的总指数和各维度排名；填分组时为各组排名",
            "ranks of the first units, or of groups, in the index and its dimensions",
        ),
        ranked.rank_table,
    ),
    FigureKind.RANKED_BARS: Kind(
        Text("得分与排名变动条形图", "ranked bars"),
        Text("前几名的得分或数值，附名次升降", "scores or values of the first units, with rank changes"),
        ranked.ranked_bars,
    ),
    FigureKind.CHANGE: Kind(
        Text("两年排名变动", "change"),
        Text("上年与当年的名次", "ranks of the year before and of the year shown"),
        movement.change,
    ),
    FigureKind.RANKS_OVER_YEARS: Kind(
        Text("历年排名变动", "ranks over years"),
        Text("各年名次，两端标名称", "ranks in every year, named at both ends"),
        movement.ranks_over_years,
    ),
    FigureKind.SCORES_BY_RANK: Kind(
        Text("得分分布散点图", "scores by rank"),
        Text(
            "全部地区按名次的得分，分梯队，名次为对数轴",
            "scores of all units by rank on a logarithmic axis, tiers in colour",
        ),
        scatter.scores_by_rank,
    ),
    FigureKind.TWO_INDICATORS: Kind(
        Text("两指标散点图", "two indicators"),
        Text("一个指标对另一个指标", "one indicator by another"),
        scatter.two_indicators,
    ),
    FigureKind.RADAR: Kind(
        Text("雷达图", "radar"),
        Text("一个梯队或一组地区在各维度的得分", "scores of a tier's or a group's units in each dimension"),
        radar.radar,
    ),
    FigureKind.STACKED_BARS: Kind(
        Text("堆积条形图", "stacked bars"),
        Text("前几名的几个指标相叠", "several indicators of the first units, one upon the other"),
        parts.stacked_bars,
    ),
    FigureKind.CONTRIBUTIONS: Kind(
        Text("得分构成", "contributions"),
        Text("前几名的得分由各下级的贡献叠成", "what each child adds to the score of the first units"),
        parts.contributions,
    ),
    FigureKind.COLUMNS_AND_LINE: Kind(
        Text("柱线组合图", "columns and line"),
        Text("两个指标，柱为第一个，线为第二个（次坐标轴）", "two indicators: columns, and a line on a second axis"),
        parts.columns_and_line,
    ),
    FigureKind.SHARES: Kind(
        Text("占比图", "shares"),
        Text("前几名在全部中所占比重", "shares of the first units in the whole"),
        parts.shares,
    ),
    FigureKind.TILE_MAP: Kind(
        Text("方格图", "tile map"),
        Text("各地区为一方格，按大致方位排列，以颜色示高低", "a square a unit, placed by direction, coloured by value"),
        places.tile_map,
    ),
    FigureKind.HEAT: Kind(
        Text("分组热力图", "heat"),
        Text("各组的地区，以颜色示高低", "the units of each group, coloured by value"),
        places.heat,
    ),
    FigureKind.BY_GROUP: Kind(
        Text("分组数量与比例", "by group"),
        Text("指标在各组的合计和比重", "sums of an indicator by group, and their shares"),
        places.by_group,
    ),
    FigureKind.WORD_CLOUD: Kind(
        Text("词云", "word cloud"), Text("当年新增热词", "words that are new in the year"), words.words
    ),
    FigureKind.WORD_TREND: Kind(
        Text("热词变化趋势", "word trend"), Text("热词历年的占比", "shares of words over the years"), words.words
    ),
    FigureKind.DISTRIBUTION: Kind(
        Text("得分分布", "distribution"),
        Text("各维度得分的箱线和散点", "a box and a strip of points for each dimension"),
        spread.distribution,
    ),
    FigureKind.FRAMEWORK: Kind(
        Text("指标体系图", "framework"),
        Text("指标体系的树形图，附权重", "the framework as a tree, with weights"),
        spread.framework,
    ),
}


def contents(source: Source, figures: Iterable[Figure]) -> tuple[Content | LeftOut, ...]:
    """Each figure's content; or, where something that it needs is not there, what."""
    return tuple(_content(source, figure) for figure in figures)


def _content(source: Source, figure: Figure) -> Content | LeftOut:
    try:
        return KINDS[figure.kind].make(source, figure)
    except Lacking as lacking:
        title = figure.title
        if figure.ranking in source.results or not figure.ranking:
            title = titled(figure, source.view(figure))
        return LeftOut(figure, title, _LEFT_OUT.format(what=lacking.what))


_LEFT_OUT = Text("未作此图：缺少{what}。", "Left out, for want of {what}.")
