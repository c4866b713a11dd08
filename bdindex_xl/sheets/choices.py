"""What drop-downs show for every choice of method, in both languages: no commas, which would split a list."""

from __future__ import annotations

from collections.abc import Mapping

from ..language import Text, same
from ..model.collecting import Counting, Empty, Moved, Period, SourceKind
from ..model.figure import FigureKind
from ..model.method import (
    GOALPOSTS_SCOPE,
    Aggregation,
    Imputation,
    MissingWeights,
    Mixing,
    Normalisation,
    Scope,
    Transformation,
    Treatment,
    Weighting,
)
from ..model.parameters import NO, YES

Choices = Mapping[str, Text]

WEIGHTINGS: Choices = {kind: kind.record.label for kind in Weighting}
NORMALISATIONS: Choices = {kind: kind.record.label for kind in Normalisation}
AGGREGATIONS: Choices = {kind: kind.record.label for kind in Aggregation}
TREATMENTS: Choices = {kind: kind.record.label for kind in Treatment}
TRANSFORMATIONS: Choices = {kind: kind.record.label for kind in Transformation}
IMPUTATIONS: Choices = {kind: kind.record.label for kind in Imputation}
MIXINGS: Choices = {
    Mixing.ARITHMETIC: Text("加法合成", "arithmetic"),
    Mixing.MULTIPLICATIVE: Text("乘法合成", "multiplicative"),
}
SCOPES: Choices = {
    Scope.YEAR: Text("当年", "year"),
    Scope.PANEL: Text("全部年份", "panel"),
}
MISSING_WEIGHTS: Choices = {
    MissingWeights.PROPORTIONAL: Text("按比例分担", "proportional"),
    MissingWeights.EQUAL: Text("平均分担", "equal"),
    MissingWeights.KEPT: Text("不分担", "kept"),
}
SCREENING: Choices = {"in": Text("保留", "in"), "out": Text("剔除", "out")}
SWITCH: Choices = {NO: Text("否", "no"), YES: Text("是", "yes")}
# Of the fields of `Method` that are choices.
OF_METHOD: Mapping[str, Choices] = {
    "weighting": WEIGHTINGS,
    "normalisation": NORMALISATIONS,
    "scope": SCOPES,
    "weights_scope": SCOPES,
    "aggregation": AGGREGATIONS,
    "treatment": TREATMENTS,
    "imputation": IMPUTATIONS,
    "mixing": MIXINGS,
    "missing_weights": MISSING_WEIGHTS,
}
FORMER_SCOPES: Choices = {GOALPOSTS_SCOPE: Text("固定上下限", "goalposts")}  # still read, no longer offered
FIGURE_KINDS: Choices = {
    FigureKind.RANK_TABLE: Text("排名表", "rank table"),
    FigureKind.RANKED_BARS: Text("得分条形图", "ranked bars"),
    FigureKind.CHANGE: Text("两年排名变动", "change"),
    FigureKind.RANKS_OVER_YEARS: Text("历年排名变动", "ranks over years"),
    FigureKind.SCORES_BY_RANK: Text("得分分布散点图", "scores by rank"),
    FigureKind.TWO_INDICATORS: Text("两指标散点图", "two indicators"),
    FigureKind.RADAR: Text("雷达图", "radar"),
    FigureKind.STACKED_BARS: Text("堆积条形图", "stacked bars"),
    FigureKind.CONTRIBUTIONS: Text("得分构成", "contributions"),
    FigureKind.COLUMNS_AND_LINE: Text("柱线组合图", "columns and line"),
    FigureKind.SHARES: Text("占比图", "shares"),
    FigureKind.TILE_MAP: Text("方格图", "tile map"),
    FigureKind.HEAT: Text("分组热力图", "heat"),
    FigureKind.BY_GROUP: Text("分组数量与比例", "by group"),
    FigureKind.WORD_CLOUD: Text("词云", "word cloud"),
    FigureKind.WORD_TREND: Text("热词变化趋势", "word trend"),
    FigureKind.DISTRIBUTION: Text("得分分布", "distribution"),
    FigureKind.FRAMEWORK: Text("指标体系图", "framework"),
}
# What each kind of figure shows.
ABOUT_FIGURES: Choices = {
    FigureKind.RANK_TABLE: Text(
        "前几名的总指数和各维度排名；填分组时为各组排名",
        "ranks of the first units, or of groups, in the index and its dimensions",
    ),
    FigureKind.RANKED_BARS: Text(
        "前几名的得分或数值，附名次升降", "scores or values of the first units, with rank changes"
    ),
    FigureKind.CHANGE: Text("上年与当年的名次", "ranks of the year before and of the year shown"),
    FigureKind.RANKS_OVER_YEARS: Text("各年名次，两端标名称", "ranks in every year, named at both ends"),
    FigureKind.SCORES_BY_RANK: Text(
        "全部地区按名次的得分，分梯队，名次为对数轴",
        "scores of all units by rank on a logarithmic axis, tiers in colour",
    ),
    FigureKind.TWO_INDICATORS: Text("一个指标对另一个指标", "one indicator by another"),
    FigureKind.RADAR: Text(
        "一个梯队或一组地区在各维度的得分", "scores of a tier's or a group's units in each dimension"
    ),
    FigureKind.STACKED_BARS: Text("前几名的几个指标相叠", "several indicators of the first units, one upon the other"),
    FigureKind.CONTRIBUTIONS: Text(
        "前几名的得分由各下级的贡献叠成", "what each child adds to the score of the first units"
    ),
    FigureKind.COLUMNS_AND_LINE: Text(
        "两个指标，柱为第一个，线为第二个（次坐标轴）", "two indicators: columns, and a line on a second axis"
    ),
    FigureKind.SHARES: Text("前几名在全部中所占比重", "shares of the first units in the whole"),
    FigureKind.TILE_MAP: Text(
        "各地区为一方格，按大致方位排列，以颜色示高低", "a square a unit, placed by direction, coloured by value"
    ),
    FigureKind.HEAT: Text("各组的地区，以颜色示高低", "the units of each group, coloured by value"),
    FigureKind.BY_GROUP: Text("指标在各组的合计和比重", "sums of an indicator by group, and their shares"),
    FigureKind.WORD_CLOUD: Text("当年的热词", "words that stand out in the year"),
    FigureKind.WORD_TREND: Text("热词历年的占比", "shares of words over the years"),
    FigureKind.DISTRIBUTION: Text("各维度得分的箱线和散点", "a box and a strip of points for each dimension"),
    FigureKind.FRAMEWORK: Text("指标体系的树形图，附权重", "the framework as a tree, with weights"),
}
# Columns of the sheets of records whose cells are choices.
OF_RULES: Mapping[str, Choices] = {
    "aggregation": {
        Counting.COUNT: Text("计数", "count"),
        Counting.COUNT_DISTINCT: Text("去重计数", "count distinct"),
        Counting.SUM: Text("合计", "sum"),
        Counting.MEAN: Text("平均", "mean"),
        Counting.MAX: Text("最大值", "max"),
        Counting.MIN: Text("最小值", "min"),
        Counting.SHARE: Text("占比", "share"),
    },
    "period": {
        Period.SNAPSHOT: Text("当年名单", "snapshot"),
        Period.FLOW: Text("当年发生", "flow"),
        Period.STOCK: Text("历年累计", "stock"),
    },
    "empty": {Empty.ZERO: Text("填 0", "zero"), Empty.BLANK: Text("留空", "blank")},
    "moved": {Moved.EVENT: Text("事件当年", "event"), Moved.LATEST: Text("最新", "latest")},
}
WORD_USES: Choices = {"genre": Text("套话", "genre word"), "keep": Text("保留", "keep")}
SOURCE_KINDS: Choices = {
    SourceKind.CSV: same("CSV"),
    SourceKind.EXCEL: same("Excel"),
    SourceKind.PARQUET: same("Parquet"),
    SourceKind.DUCKDB: same("DuckDB"),
    SourceKind.DATABASE: Text("数据库", "database"),
}
# Columns of the framework sheet whose cells are choices.
OF_FRAMEWORK: Mapping[str, Choices] = {
    "normalisation": NORMALISATIONS,
    "treatment": TREATMENTS,
    "weighting": WEIGHTINGS,
    "aggregation": AGGREGATIONS,
    "transformation": TRANSFORMATIONS,
}
# Lists of choices that an analysis may take into account together.
ALTERNATIVES: Mapping[str, Choices] = {
    "weightings": WEIGHTINGS,
    "normalisations": NORMALISATIONS,
    "aggregations": AGGREGATIONS,
    "imputations": IMPUTATIONS,
}
