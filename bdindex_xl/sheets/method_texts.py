"""Every choice of method in a sentence, and its source, in both languages: what the guide, notes and README go by.

None names another choice of its kind. `method_told` puts the sentences together for a framework and a method.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ..language import Text, same
from ..model.method import Aggregation, Imputation, Mixing, Normalisation, Scope, Treatment, Weighting

NORMALISE: Mapping[Normalisation, Text] = {
    Normalisation.MIN_MAX: Text(
        "正向指标 z = (x − 最小值) / (最大值 − 最小值)，负向指标 z = (最大值 − x) / (最大值 − 最小值)。",
        "z = (x − min) / (max − min), or (max − x) / (max − min) where less is better.",
    ),
    Normalisation.GOALPOSTS: Text(
        "正向指标 z = (x − 下限) / (上限 − 下限)，负向指标 z = (上限 − x) / (上限 − 下限)；超出上下限的值按上下限计。",
        "z = (x − lower) / (upper − lower), or (upper − x) / (upper − lower) where less is better; values beyond an "
        "end are held there.",
    ),
    Normalisation.Z_SCORE: Text(
        "z = (x − 均值) / 标准差（除数为 n − 1），负向指标变号，再换算为均值 50、标准差 10；不限于 0–100。",
        "z = (x − mean) / standard deviation (divisor n − 1), its sign turned where less is better, brought to mean 50 "
        "and standard deviation 10; not bound to 0–100.",
    ),
    Normalisation.RANK: Text(
        "由差到好排列的位次除以有值的地区数，并列者取平均位次。",
        "the place counted from the worst, over the number of units with a value; ties share the mean of their places.",
    ),
    Normalisation.PERCENTILE_RANK: Text("其他地区中较差者所占的比例。", "the share of the other units that are worse."),
    Normalisation.BORDA: Text(
        "较差的地区数加上并列地区数的一半，再除以其他地区的个数。",
        "the number of worse units and half that of equal ones, over the number of other units.",
    ),
    Normalisation.DISTANCE_TO_MAXIMUM: Text(
        "z = 1 − (最优值 − x) / (最优值 − 最差值)。", "z = 1 − (best − x) / (best − worst)."
    ),
    Normalisation.DISTANCE_TO_TARGET: Text(
        "z = (x − 最差值) / (目标值 − 最差值)，达到目标值即为满分。",
        "z = (x − worst) / (target − worst); who reaches the target has full marks.",
    ),
    Normalisation.FRACTION_OF_MAXIMUM: Text(
        "正向指标 z = x / 最大值，负向指标 z = 最小值 / x。", "z = x / max, or min / x where less is better."
    ),
}
OF_SCOPE = {
    Scope.YEAR: Text("与当年同一榜单的地区相比。", "Compared are the units of the same ranking in the same year."),
    Scope.PANEL: Text("与全部年份同一榜单的地区相比。", "Compared are the units of the same ranking in all years."),
}
BOUNDED = Text("表中得分为 0–100。", "Scores run from 0 to 100.")
UNBOUNDED = Text(
    "标准分的均值为 50、标准差为 10，得分不限于 0–100。",
    "Z-scores have mean 50 and standard deviation 10: scores are not bound to 0–100.",
)

_DISTANCE = Text("dⱼ² 为各地区与{optimum}之差的平方的平均值，", "dⱼ² is the mean square distance to {optimum}, and ")
OPTIMUM = Text("最优值 1", "the optimum, which is 1")
OPTIMUM_FOUND = Text("最优得分", "the best score")


def _vector(zh: str, en: str) -> Text:
    return Text(_DISTANCE.zh + zh, _DISTANCE.en + en)


WEIGH: Mapping[Weighting, Text] = {
    Weighting.IMPROVED_VECTOR: _vector(
        "权重 wⱼ = (1 / dⱼ²) / Σₖ (1 / dₖ²)，即在 Σⱼ wⱼ = 1 的条件下使 Σⱼ wⱼ² dⱼ² 最小。",
        "wⱼ = (1 / dⱼ²) / Σₖ (1 / dₖ²), which minimises Σⱼ wⱼ² dⱼ² subject to Σⱼ wⱼ = 1.",
    ),
    Weighting.INVERSE_DISTANCE: _vector("权重与 1 / dⱼ 成正比。", "wⱼ is in proportion to 1 / dⱼ."),
    Weighting.ONE_MINUS_DISTANCE: _vector("权重与 1 − dⱼ 成正比。", "wⱼ is in proportion to 1 − dⱼ."),
    Weighting.INVERSE_ONE_PLUS_DISTANCE: _vector(
        "权重与 1 / (1 + dⱼ) 成正比。", "wⱼ is in proportion to 1 / (1 + dⱼ)."
    ),
    Weighting.EQUAL: Text("同一上级的下级权重相等。", "all children of a parent weigh the same."),
    Weighting.GIVEN: Text(
        "取自指标体系中填写的权重，换算为合计 1。", "as entered in the framework, rescaled to sum to 1."
    ),
    Weighting.AHP: Text(
        "由两两比较矩阵的最大特征值对应的特征向量得出。",
        "the principal eigenvector of the pairwise comparisons.",
    ),
    Weighting.ANGLE: Text(
        "与指标向量和各分量相同的向量之间的夹角成正比。",
        "in proportion to the angle between a child's values and a vector that is the same everywhere.",
    ),
    Weighting.ENTROPY: Text(
        "由得分分布的信息熵得出，分布越不均匀，权重越大。",
        "from the entropy of the scores: the less even their distribution, the greater the weight.",
    ),
    Weighting.CRITIC: Text(
        "与标准差乘以 Σ(1 − 与其他下级的相关系数) 成正比。",
        "in proportion to the standard deviation times Σ(1 − correlation with each sibling).",
    ),
    Weighting.COEFFICIENT_OF_VARIATION: Text(
        "与标准差和均值之比成正比。", "in proportion to the standard deviation over the mean."
    ),
    Weighting.STANDARD_DEVIATION: Text("与得分的标准差成正比。", "in proportion to the spread of the scores."),
    Weighting.PCA: Text("第一主成分载荷的平方。", "squared loadings of the first principal component."),
    Weighting.EQUAL_IMPORTANCE: Text(
        "使各下级与上级得分的相关系数平方相等。",
        "such that all children correlate equally with their parent's score.",
    ),
}
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
FROM_DATA = frozenset(Weighting) - {Weighting.EQUAL, Weighting.GIVEN, Weighting.AHP}

AGGREGATE: Mapping[Aggregation, Text] = {
    Aggregation.ARITHMETIC: Text("上级得分 = Σ 权重 × 下级得分。", "a parent's score is Σ weight × child's score."),
    Aggregation.GEOMETRIC: Text(
        "上级得分 = Π 下级得分^权重；有一项为 0 即为 0。",
        "a parent's score is Π child's score ^ weight; 0 where any is 0.",
    ),
    Aggregation.HARMONIC: Text(
        "上级得分 = 1 / Σ (权重 / 下级得分)；有一项为 0 即为 0。",
        "a parent's score is 1 / Σ (weight / child's score); 0 where any is 0.",
    ),
    Aggregation.POWER_MEAN: Text(
        "上级得分 = (Σ 权重 × 下级得分^p)^(1/p)，p = {exponent}。",
        "a parent's score is (Σ weight × child's score ^ p) ^ (1/p), p = {exponent}.",
    ),
    Aggregation.MEDIAN: Text(
        "权重累计达到一半处的下级得分。", "the child's score at which half of the weight is reached."
    ),
    Aggregation.MINIMUM: Text("各下级得分中最低的一项。", "the lowest of the children's scores."),
    Aggregation.COPELAND: Text(
        "地区两两比较，占优的下级权重之和较大者胜；得分由胜负场数之差换算为 0–100。",
        "units are compared in pairs, and the one ahead in children of more weight wins; wins less defeats, brought to "
        "0–100.",
    ),
}
UPWARDS = Text("自下而上逐级合成。", "From the bottom up.")

TREAT: Mapping[Treatment, Text] = {
    Treatment.NONE: Text("异常值不作处理。", "Outliers stay as they are."),
    Treatment.WINSORISE: Text("至多 5 个最极端的值改为次极端的值。", "up to 5 extreme values are brought to the next."),
    Treatment.LOG: Text("取对数。", "a logarithm."),
    Treatment.BOX_COX: Text("作 Box-Cox 变换。", "a Box-Cox transform."),
    Treatment.WINSORISE_OR_LOG: Text(
        "先改动至多 5 个最极端的值，仍不合格者取对数。",
        "up to 5 extreme values are brought to the next; where that does not do, a logarithm.",
    ),
    Treatment.WINSORISE_OR_BOX_COX: Text(
        "先改动至多 5 个最极端的值，仍不合格者作 Box-Cox 变换。",
        "up to 5 extreme values are brought to the next; where that does not do, a transform.",
    ),
}
ONLY_SKEWED = Text(
    "仅限偏度绝对值大于 2 且峰度大于 3.5 的指标。", "Only where skewness is beyond ±2 and kurtosis above 3.5."
)
DENOMINATORS = Text("先除以分母：{pairs}。", "Divided by a denominator first: {pairs}.")
DIVIDED = Text("{name} ÷ {denominator}", "{name} by {denominator}")
AS_ENTERED = Text("原始数据按填写的值使用。", "Raw data are used as entered.")

IMPUTE: Mapping[Imputation, Text] = {
    Imputation.NONE: Text("不填补，也不按 0 计。", "Never filled in, never 0."),
    Imputation.MEAN: Text("以当年全部地区的平均数填补。", "the mean of all units in that year stands in."),
    Imputation.MEDIAN: Text("以当年全部地区居中的值填补。", "the middle value of all units in that year stands in."),
    Imputation.GROUP_MEAN: Text("以当年同组地区的平均数填补。", "the mean of the unit's group in that year stands in."),
    Imputation.GROUP_MEDIAN: Text(
        "以当年同组地区居中的值填补。", "the middle value of the unit's group in that year stands in."
    ),
    Imputation.PREVIOUS_YEAR: Text(
        "以该地区此前最近一年的值填补。", "the unit's last value from an earlier year stands in."
    ),
    Imputation.LINEAR_IN_TIME: Text(
        "在该地区前后年份的值之间按直线填补。",
        "a straight line between the unit's own values before and after stands in.",
    ),
    Imputation.NEAREST_NEIGHBOURS: Text(
        "以当年最相近的 5 个地区的平均数填补。", "the mean of the 5 most similar units in that year stands in."
    ),
}
STILL_MISSING = Text("不能估计的仍为缺失，不按 0 计。", "What cannot be estimated stays missing, and is never 0.")
RESCALED = Text("其余下级指标的权重按比例放大。", "The weights of the children at hand are rescaled.")
TOO_FEW = Text(
    "可得的下级指标不足 {share} 时，该级不计分、不排名。",
    "With less than {share} of the children there is no score and no rank.",
)

HANDBOOK = same("OECD/JRC, Handbook on Constructing Composite Indicators (2008), doi:10.1787/9789264043466-en")
_COINR = same("COINr, doi:10.21105/joss.04567")
_MA = Text(
    "Ma, Fan & Huang (1999), European Journal of Operational Research 112(2), 397–404, "
    "doi:10.1016/S0377-2217(98)00141-6（由距离到权重的最后一步是本工具的解读，取自该文的目标函数）",
    "Ma, Fan & Huang (1999), A subjective and objective integrated approach to determine attribute weights, European "
    "Journal of Operational Research 112(2), 397–404, doi:10.1016/S0377-2217(98)00141-6 (the last step, from distances "
    "to weights, is our reading: the objective of that article)",
)
_READING = Text("由距离到权重的这一步是本工具的解读", "the step from distances to weights is our reading")
_DIAKOULAKI = same("Diakoulaki, Mavrotas & Papayannakis (1995), doi:10.1016/0305-0548(94)00059-H")
_SHUAI = same("Shuai et al. (2012), doi:10.1109/CCDC.2012.6244621")
SOURCES: Mapping[StrEnum, Text] = {
    Weighting.IMPROVED_VECTOR: _MA,
    Weighting.INVERSE_DISTANCE: _READING,
    Weighting.ONE_MINUS_DISTANCE: _READING,
    Weighting.INVERSE_ONE_PLUS_DISTANCE: _READING,
    Weighting.AHP: same("Saaty (1980), The Analytic Hierarchy Process"),
    Weighting.ANGLE: _SHUAI,
    Weighting.ENTROPY: same("Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x"),
    Weighting.CRITIC: _DIAKOULAKI,
    Weighting.COEFFICIENT_OF_VARIATION: _SHUAI,
    Weighting.STANDARD_DEVIATION: _DIAKOULAKI,
    Weighting.PCA: same("Nicoletti, Scarpetta & Boylaud (2000), doi:10.1787/215182844604"),
    Weighting.EQUAL_IMPORTANCE: same("Becker et al. (2017), doi:10.1016/j.ecolind.2017.03.056"),
    Normalisation.RANK: _COINR,
    Normalisation.PERCENTILE_RANK: _COINR,
    Normalisation.BORDA: _COINR,
    Normalisation.DISTANCE_TO_MAXIMUM: _COINR,
    Normalisation.DISTANCE_TO_TARGET: _COINR,
    Normalisation.FRACTION_OF_MAXIMUM: same("Shih, Shyur & Lee (2007), doi:10.1016/j.mcm.2006.03.023"),
    Aggregation.COPELAND: same("Munda & Nardo (2009), doi:10.1080/00036840601019364"),
    Treatment.WINSORISE: _COINR,
    Treatment.LOG: _COINR,
    Treatment.BOX_COX: _COINR,
    Treatment.WINSORISE_OR_LOG: _COINR,
    Treatment.WINSORISE_OR_BOX_COX: _COINR,
    Imputation.GROUP_MEAN: _COINR,
    Imputation.GROUP_MEDIAN: _COINR,
}
