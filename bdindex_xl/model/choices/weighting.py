"""How children are weighted within their parent, one record each.

What computes those that hang on data is in `core.weightings.BY_SCORES` or `core.vector_readings.BY_DISTANCES`, by
name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...language import Text, same
from .choice import DIAKOULAKI, SHUAI, Choice, ChoiceRecord


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class WeightingRecord(ChoiceRecord):
    """What is known of a weighting.

    Parameters
    ----------
    reads
        What weights follow from: the children's scores, their distances to the optimum (in whichever reading of the
        improved vector method), or nothing of the data.
    judged
        Whether people say what the weights are.
    positive
        Whether it expects scores of at least 0.
    """

    reads: Literal["scores", "distances", ""] = "scores"
    judged: bool = False
    positive: bool = False


_DISTANCE = Text("dⱼ² 为各地区与{optimum}之差的平方的平均值，", "dⱼ² is the mean square distance to {optimum}, and ")
_MA = Text(
    "Ma, Fan & Huang (1999), European Journal of Operational Research 112(2), 397–404, "
    "doi:10.1016/S0377-2217(98)00141-6（由距离到权重的最后一步是本工具的解读，取自该文的目标函数）",
    "Ma, Fan & Huang (1999), A subjective and objective integrated approach to determine attribute weights, European "
    "Journal of Operational Research 112(2), 397–404, doi:10.1016/S0377-2217(98)00141-6 (the last step, from "
    "distances "
    "to weights, is our reading: the objective of that article)",
)
_READING = Text("由距离到权重的这一步是本工具的解读", "the step from distances to weights is our reading")


def _vector(zh: str, en: str) -> Text:
    return Text(_DISTANCE.zh + zh, _DISTANCE.en + en)


class Weighting(Choice):
    """How children are weighted within their parent."""

    record: WeightingRecord

    IMPROVED_VECTOR = (
        "improved vector",
        WeightingRecord(
            label=Text("改进向量法", "improved vector"),
            does=_vector(
                "权重 wⱼ = (1 / dⱼ²) / Σₖ (1 / dₖ²)，即在 Σⱼ wⱼ = 1 的条件下使 Σⱼ wⱼ² dⱼ² 最小。",
                "wⱼ = (1 / dⱼ²) / Σₖ (1 / dₖ²), which minimises Σⱼ wⱼ² dⱼ² subject to Σⱼ wⱼ = 1.",
            ),
            source=_MA,
            reads="distances",
            has_formulas=True,
        ),
    )
    INVERSE_DISTANCE = (
        "inverse distance",
        WeightingRecord(
            label=Text("改进向量法（1/d）", "improved vector (1/d)"),
            does=_vector("权重与 1 / dⱼ 成正比。", "wⱼ is in proportion to 1 / dⱼ."),
            source=_READING,
            reads="distances",
            has_formulas=True,
        ),
    )
    ONE_MINUS_DISTANCE = (
        "one minus distance",
        WeightingRecord(
            label=Text("改进向量法（1−d）", "improved vector (1−d)"),
            does=_vector("权重与 1 − dⱼ 成正比。", "wⱼ is in proportion to 1 − dⱼ."),
            source=_READING,
            reads="distances",
            has_formulas=True,
        ),
    )
    INVERSE_ONE_PLUS_DISTANCE = (
        "inverse one plus distance",
        WeightingRecord(
            label=Text("改进向量法（1/(1+d)）", "improved vector (1/(1+d))"),
            does=_vector("权重与 1 / (1 + dⱼ) 成正比。", "wⱼ is in proportion to 1 / (1 + dⱼ)."),
            source=_READING,
            reads="distances",
            has_formulas=True,
        ),
    )
    EQUAL = (
        "equal",
        WeightingRecord(
            label=Text("等权", "equal"),
            does=Text("同一上级的下级权重相等。", "all children of a parent weigh the same."),
            reads="",
            has_formulas=True,
        ),
    )
    GIVEN = (
        "given",
        WeightingRecord(
            label=Text("给定权重", "given"),
            does=Text("取自指标体系中填写的权重，换算为合计 1。", "as entered in the framework, rescaled to sum to 1."),
            reads="",
            judged=True,
            has_formulas=True,
        ),
    )
    AHP = (
        "ahp",
        WeightingRecord(
            label=Text("层次分析法", "AHP"),
            does=Text(
                "由两两比较矩阵的最大特征值对应的特征向量得出。",
                "the principal eigenvector of the pairwise comparisons.",
            ),
            source=same("Saaty (1980), The Analytic Hierarchy Process"),
            reads="",
            judged=True,
        ),
    )
    ANGLE = (
        "angle",
        WeightingRecord(
            label=Text("夹角法", "angle"),
            does=Text(
                "与指标向量和各分量相同的向量之间的夹角成正比。",
                "in proportion to the angle between a child's values and a vector that is the same everywhere.",
            ),
            source=SHUAI,
            has_formulas=True,
        ),
    )
    ENTROPY = (
        "entropy",
        WeightingRecord(
            label=Text("熵权法", "entropy"),
            does=Text(
                "由得分分布的信息熵得出，分布越不均匀，权重越大。",
                "from the entropy of the scores: the less even their distribution, the greater the weight.",
            ),
            source=same("Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x"),
            positive=True,
            has_formulas=True,
        ),
    )
    GINI = (
        "gini",
        WeightingRecord(
            label=Text("基尼系数法", "Gini coefficient"),
            does=Text("与得分的基尼系数成正比。", "in proportion to the Gini coefficient of the scores."),
            source=same("Li & Chi (2009), A new determining objective weights method: Gini coefficient weight"),
            positive=True,
            has_formulas=True,
        ),
    )
    MEREC = (
        "merec",
        WeightingRecord(
            label=Text("MEREC 法", "MEREC"),
            does=Text(
                "与去掉该下级后各地区综合表现的平均变化成正比；低于满分 1% 的得分按 1% 计。",
                "in proportion to how much less the units perform without the child, on average; scores below 1% of "
                "the full marks count as 1%.",
            ),
            source=same("Keshavarz-Ghorabaee et al. (2021), doi:10.3390/sym13040525"),
            positive=True,
            has_formulas=True,
        ),
    )
    CRITIC = (
        "critic",
        WeightingRecord(
            label=Text("CRITIC 法", "CRITIC"),
            does=Text(
                "与标准差乘以 Σ(1 − 与其他下级的相关系数) 成正比。",
                "in proportion to the standard deviation times Σ(1 − correlation with each sibling).",
            ),
            source=DIAKOULAKI,
            has_formulas=True,
        ),
    )
    COEFFICIENT_OF_VARIATION = (
        "coefficient of variation",
        WeightingRecord(
            label=Text("变异系数法", "coefficient of variation"),
            does=Text("与标准差和均值之比成正比。", "in proportion to the standard deviation over the mean."),
            source=SHUAI,
            has_formulas=True,
        ),
    )
    STANDARD_DEVIATION = (
        "standard deviation",
        WeightingRecord(
            label=Text("标准差法", "standard deviation"),
            does=Text("与得分的标准差成正比。", "in proportion to the spread of the scores."),
            source=DIAKOULAKI,
            has_formulas=True,
        ),
    )
    PCA = (
        "pca",
        WeightingRecord(
            label=Text("主成分法", "PCA"),
            does=Text("第一主成分载荷的平方。", "squared loadings of the first principal component."),
            source=same("Nicoletti, Scarpetta & Boylaud (2000), doi:10.1787/215182844604"),
        ),
    )
    EQUAL_IMPORTANCE = (
        "equal importance",
        WeightingRecord(
            label=Text("等重要性", "equal importance"),
            does=Text(
                "使各下级与上级得分的相关系数平方相等。",
                "such that all children correlate equally with their parent's score.",
            ),
            source=same("Becker et al. (2017), doi:10.1016/j.ecolind.2017.03.056"),
        ),
    )
