"""What drop-downs show for every choice of method, in both languages: no commas, which would split a list."""

from __future__ import annotations

from collections.abc import Mapping

from ..language import Text
from ..model.method import GOALPOSTS_SCOPE, Aggregation, Imputation, Mixing, Normalisation, Scope, Treatment, Weighting

Choices = Mapping[str, Text]

WEIGHTINGS: Choices = {
    Weighting.IMPROVED_VECTOR: Text("改进向量法", "improved vector"),
    Weighting.INVERSE_DISTANCE: Text("改进向量法（1/d）", "improved vector (1/d)"),
    Weighting.ONE_MINUS_DISTANCE: Text("改进向量法（1−d）", "improved vector (1−d)"),
    Weighting.INVERSE_ONE_PLUS_DISTANCE: Text("改进向量法（1/(1+d)）", "improved vector (1/(1+d))"),
    Weighting.EQUAL: Text("等权", "equal"),
    Weighting.GIVEN: Text("给定权重", "given"),
    Weighting.AHP: Text("层次分析法", "AHP"),
    Weighting.ANGLE: Text("夹角法", "angle"),
    Weighting.ENTROPY: Text("熵权法", "entropy"),
    Weighting.CRITIC: Text("CRITIC 法", "CRITIC"),
    Weighting.COEFFICIENT_OF_VARIATION: Text("变异系数法", "coefficient of variation"),
    Weighting.STANDARD_DEVIATION: Text("标准差法", "standard deviation"),
    Weighting.PCA: Text("主成分法", "PCA"),
    Weighting.EQUAL_IMPORTANCE: Text("等重要性", "equal importance"),
}
NORMALISATIONS: Choices = {
    Normalisation.MIN_MAX: Text("极差正规化", "min-max"),
    Normalisation.GOALPOSTS: Text("固定上下限", "goalposts"),
    Normalisation.Z_SCORE: Text("标准分", "z-score"),
    Normalisation.RANK: Text("位次分", "rank"),
    Normalisation.PERCENTILE_RANK: Text("百分等级", "percentile rank"),
    Normalisation.BORDA: Text("波达计分", "Borda"),
    Normalisation.DISTANCE_TO_MAXIMUM: Text("与最大值的距离", "distance to maximum"),
    Normalisation.DISTANCE_TO_TARGET: Text("与目标值的距离", "distance to target"),
    Normalisation.FRACTION_OF_MAXIMUM: Text("占最大值的比例", "fraction of maximum"),
}
AGGREGATIONS: Choices = {
    Aggregation.ARITHMETIC: Text("加权算术平均", "arithmetic"),
    Aggregation.GEOMETRIC: Text("加权几何平均", "geometric"),
    Aggregation.HARMONIC: Text("加权调和平均", "harmonic"),
    Aggregation.POWER_MEAN: Text("加权幂平均", "power mean"),
    Aggregation.MEDIAN: Text("加权中位数", "median"),
    Aggregation.MINIMUM: Text("最小值", "minimum"),
    Aggregation.COPELAND: Text("科普兰法", "Copeland"),
}
TREATMENTS: Choices = {
    Treatment.NONE: Text("不处理", "none"),
    Treatment.WINSORISE: Text("缩尾", "winsorise"),
    Treatment.LOG: Text("对数变换", "log"),
    Treatment.BOX_COX: Text("Box-Cox 变换", "Box-Cox"),
    Treatment.WINSORISE_OR_LOG: Text("缩尾或对数变换", "winsorise or log"),
    Treatment.WINSORISE_OR_BOX_COX: Text("缩尾或 Box-Cox 变换", "winsorise or Box-Cox"),
}
IMPUTATIONS: Choices = {
    Imputation.NONE: Text("不插补", "none"),
    Imputation.MEAN: Text("均值", "mean"),
    Imputation.MEDIAN: Text("中位数", "median"),
    Imputation.GROUP_MEAN: Text("组内均值", "group mean"),
    Imputation.GROUP_MEDIAN: Text("组内中位数", "group median"),
    Imputation.PREVIOUS_YEAR: Text("上年值", "previous year"),
    Imputation.LINEAR_IN_TIME: Text("时间线性插值", "linear in time"),
    Imputation.NEAREST_NEIGHBOURS: Text("最近邻", "nearest neighbours"),
}
MIXINGS: Choices = {
    Mixing.ARITHMETIC: Text("加法合成", "arithmetic"),
    Mixing.MULTIPLICATIVE: Text("乘法合成", "multiplicative"),
}
SCOPES: Choices = {
    Scope.YEAR: Text("当年", "year"),
    Scope.PANEL: Text("全部年份", "panel"),
}
FORMER_SCOPES: Choices = {GOALPOSTS_SCOPE: Text("固定上下限", "goalposts")}  # still read, no longer offered
# Columns of the framework sheet whose cells are choices.
OF_FRAMEWORK: Mapping[str, Choices] = {
    "normalisation": NORMALISATIONS,
    "treatment": TREATMENTS,
    "weighting": WEIGHTINGS,
    "aggregation": AGGREGATIONS,
}
# Lists of choices that an analysis may take into account together.
ALTERNATIVES: Mapping[str, Choices] = {
    "weightings": WEIGHTINGS,
    "normalisations": NORMALISATIONS,
    "aggregations": AGGREGATIONS,
    "imputations": IMPUTATIONS,
}
