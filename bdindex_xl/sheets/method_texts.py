"""Every choice of method in a sentence, and its source, in both languages: what the guide, notes and README go by.

None names another choice of its kind. `method_told` puts the sentences together for a framework and a method.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..language import Text
from ..model.choices import HANDBOOK as HANDBOOK
from ..model.choices import Choice
from ..model.method import Aggregation, Imputation, Mixing, Normalisation, Scope, Treatment, Weighting

NORMALISE: Mapping[Normalisation, Text] = {kind: kind.record.does for kind in Normalisation}
OF_SCOPE = {
    Scope.YEAR: Text("与当年同一榜单的地区相比。", "Compared are the units of the same ranking in the same year."),
    Scope.PANEL: Text("与全部年份同一榜单的地区相比。", "Compared are the units of the same ranking in all years."),
}
YEARLY_ENDS = Text(
    "有 {n} 项指标的上下限逐年另行规定。",
    "{n} {n:indicator has|indicators have} goalposts of {n:its|their} own in some years.",
)
WITHIN_YEARS = Text(
    "指标按当年各地区相比计分，增减反映的是相对其他地区的变化。",
    "Indicators are scored against the other units of the year: a change is one against them.",
)
ACROSS_YEARS = Text(
    "指标按全部年份或固定标准计分，各年得分可比。",
    "Indicators are scored over all years or by fixed ends: scores of different years can be compared.",
)
BOUNDED = Text("表中得分为 0–{scale}。", "Scores run from 0 to {scale}.")
RANKED_BY = Text(
    "名次和并列按保留 {n} 位小数的得分确定。",
    "Ranks and ties are decided by scores rounded to {n} {n:decimal|decimals}.",
)
ROUNDED = Text(
    "每级得分先保留 {n} 位小数，再合成上一级。",
    "Each score is rounded to {n} {n:decimal|decimals} before it goes into the next level.",
)
ROUNDED_ALONE = Text(
    "{names}的得分先舍入，再合成上一级。",
    "The scores of {names} are rounded before they go into the next level.",
)

OPTIMUM = Text("最优值 1", "the optimum, which is 1")
OPTIMUM_FOUND = Text("最优得分", "the best score")


WEIGH: Mapping[Weighting, Text] = {kind: kind.record.does for kind in Weighting}
LEVELS = Text(
    "逐级计算：底层用指标得分，其上用下级的合成得分。",
    "Level by level: indicator scores at the bottom, aggregated scores above.",
)
WEIGHTS_SCOPE = {
    Scope.YEAR: Text("每年分别计算。", "Found for each year."),
    Scope.PANEL: Text("用全部年份一起计算。", "Found once over all years."),
}
MIX = {
    Mixing.ARITHMETIC: Text(
        "再与给定的权重按加法组合，给定的占 {share}。",
        "Then added to the weights given in the framework, whose share is {share}.",
    ),
    Mixing.MULTIPLICATIVE: Text(
        "再与给定的权重按乘法组合，给定的占 {share}。",
        "Then multiplied with the weights given in the framework, whose share is {share}.",
    ),
}
FROM_DATA = frozenset(kind for kind in Weighting if kind.record.reads)

AGGREGATE: Mapping[Aggregation, Text] = {kind: kind.record.does for kind in Aggregation}
UPWARDS = Text("自下而上逐级合成。", "From the bottom up.")

TREAT: Mapping[Treatment, Text] = {kind: kind.record.does for kind in Treatment}
ONLY_SKEWED = Text(
    "仅限偏度绝对值大于 {skewness} 且峰度大于 {kurtosis} 的指标。",
    "Only where skewness is beyond ±{skewness} and kurtosis above {kurtosis}.",
)
DENOMINATORS = Text("先除以分母：{pairs}。", "Divided by a denominator first: {pairs}.")
DIVIDED = Text("{name} ÷ {denominator}", "{name} by {denominator}")
TRANSFORMED = Text("先变换：{parts}。", "Transformed first: {parts}.")
TRANSFORMED_BY = Text("{names}{does}", "{does} of {names}")
TWO_SIDED = Text(
    "适度指标（{parts}）的得分 = 1 − 与最优值（或最优区间）的距离 / 最大距离。",
    "Of indicators that are best in between ({parts}) the score is 1 less the distance from the best value or interval "
    "over the greatest one.",
)
BEST_VALUE = Text("{name}：{lower}", "{name}: {lower}")
BEST_INTERVAL = Text("{name}：{lower} 至 {upper}", "{name}: {lower} to {upper}")
AS_ENTERED = Text("原始数据按填写的值使用。", "Raw data are used as entered.")

IMPUTE: Mapping[Imputation, Text] = {kind: kind.record.does for kind in Imputation}
STILL_MISSING = Text("不能估计的仍为缺失，不按 0 计。", "What cannot be estimated stays missing, and is never 0.")
TOO_FEW = Text(
    "可得的下级指标不足 {share} 时，该级不计分、不排名。",
    "With less than {share} of the children there is no score and no rank.",
)

SOURCES: Mapping[Choice, Text] = {
    kind: kind.record.source
    for kinds in (Weighting, Normalisation, Aggregation, Treatment, Imputation)
    for kind in kinds
    if kind.record.source
}
