"""How children become their parent, one record each; what computes it is in `core.means.MEANS`, by name."""

from __future__ import annotations

from dataclasses import dataclass

from ...language import Text, same
from .choice import Choice, ChoiceRecord


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class AggregationRecord(ChoiceRecord):
    """What is known of an aggregation.

    Parameters
    ----------
    bounded
        Whether its scores lie within 0 and 1 whatever those of the children.
    leaves_bounds
        Whether its scores do not, though those of the children do.
    positive
        Whether it expects scores of at least 0.
    compares
        Whether a unit's score hangs on the scores of other units.
    by_scope
        Whether those are, by the scope, of the year or of all years.
    over_years
        Whether those are of all years, whatever the scope.
    """

    bounded: bool = False
    leaves_bounds: bool = False
    positive: bool = False
    compares: bool = False
    by_scope: bool = False
    over_years: bool = False


class Aggregation(Choice):
    """How children become their parent."""

    record: AggregationRecord

    ARITHMETIC = (
        "arithmetic",
        AggregationRecord(
            label=Text("加权算术平均", "arithmetic"),
            does=Text("上级得分 = Σ 权重 × 下级得分。", "a parent's score is Σ weight × child's score."),
            has_formulas=True,
        ),
    )
    GEOMETRIC = (
        "geometric",
        AggregationRecord(
            label=Text("加权几何平均", "geometric"),
            does=Text(
                "上级得分 = Π 下级得分^权重；有一项为 0 即为 0。",
                "a parent's score is Π child's score ^ weight; 0 where any is 0.",
            ),
            positive=True,
            has_formulas=True,
        ),
    )
    HARMONIC = (
        "harmonic",
        AggregationRecord(
            label=Text("加权调和平均", "harmonic"),
            does=Text(
                "上级得分 = 1 / Σ (权重 / 下级得分)；有一项为 0 即为 0。",
                "a parent's score is 1 / Σ (weight / child's score); 0 where any is 0.",
            ),
            positive=True,
            has_formulas=True,
        ),
    )
    POWER_MEAN = (
        "power mean",
        AggregationRecord(
            label=Text("加权幂平均", "power mean"),
            does=Text(
                "上级得分 = (Σ 权重 × 下级得分^p)^(1/p)，p = {exponent}。",
                "a parent's score is (Σ weight × child's score ^ p) ^ (1/p), p = {exponent}.",
            ),
            positive=True,
            has_formulas=True,
        ),
    )
    MEDIAN = (
        "median",
        AggregationRecord(
            label=Text("加权中位数", "median"),
            does=Text("权重累计达到一半处的下级得分。", "the child's score at which half of the weight is reached."),
            has_formulas=True,
        ),
    )
    MINIMUM = (
        "minimum",
        AggregationRecord(
            label=Text("最小值", "minimum"),
            does=Text("各下级得分中最低的一项。", "the lowest of the children's scores."),
            has_formulas=True,
        ),
    )
    MAXIMUM = (
        "maximum",
        AggregationRecord(
            label=Text("最大值", "maximum"),
            does=Text("各下级得分中最高的一项。", "the highest of the children's scores."),
            has_formulas=True,
        ),
    )
    MPI = (
        "mpi",
        AggregationRecord(
            label=Text("MPI（Mazziotta–Pareto）", "Mazziotta–Pareto"),
            does=Text(
                "下级得分先换算为均值 {scale}、标准差 {sd}，上级得分 = 均值 {sign} 方差 / 均值，"
                "与各下级的不均衡程度有关；不限于 0–{scale}。",
                "children are brought to mean {scale} and standard deviation {sd}; a parent's score is their mean "
                "{sign} variance / mean, which goes by how uneven they are; not bound to 0–{scale}.",
            ),
            source=same("De Muro, Mazziotta & Pareto (2011), doi:10.1007/s11205-010-9727-z"),
            leaves_bounds=True,
            compares=True,
            has_formulas=True,
            by_scope=True,
        ),
    )
    AMPI = (
        "ampi",
        AggregationRecord(
            label=Text("AMPI（各年可比）", "AMPI"),
            does=Text(
                "首年各地区的平均得分为 {scale}，历年最低与最高相差 {scale} 的 60%；"
                "上级得分 = 均值 {sign} 方差 / 均值；各年可比，不限于 0–{scale}。",
                "the mean of all units in the first year is {scale}, and from the least of all years to the greatest "
                "there are 60% of {scale}; a parent's score is the mean of its children {sign} variance / "
                "mean; comparable over years, not bound to 0–{scale}.",
            ),
            source=same("Mazziotta & Pareto (2016), doi:10.1007/s11205-015-0998-2"),
            leaves_bounds=True,
            compares=True,
            over_years=True,
            has_formulas=True,
        ),
    )
    MEAN_MIN = (
        "mean-min",
        AggregationRecord(
            label=Text("均值–最小值法", "mean–min"),
            does=Text(
                "加权平均与最低一项的中点。",
                "halfway between the weighted mean and the lowest of the children's scores.",
            ),
            source=same("Casadio Tarabusi & Guarini (2013), doi:10.1007/s11205-012-0070-4"),
            has_formulas=True,
        ),
    )
    TOPSIS = (
        "topsis",
        AggregationRecord(
            label=Text("TOPSIS 法", "TOPSIS"),
            does=Text(
                "上级得分 = d⁻ / (d⁺ + d⁻)，d⁺、d⁻ 为加权得分与最优解、最劣解的欧氏距离。",
                "a parent's score is d⁻ / (d⁺ + d⁻), by the Euclidean distances of weighted scores to the best and the "
                "worst there are.",
            ),
            source=same("Hwang & Yoon (1981), doi:10.1007/978-3-642-48318-9"),
            bounded=True,
            compares=True,
            has_formulas=True,
            by_scope=True,
        ),
    )
    GREY_RELATIONAL = (
        "grey relational",
        AggregationRecord(
            label=Text("灰色关联度", "grey relational"),
            does=Text(
                "与最优序列的关联系数 ξ = 0.5 Δmax / (Δ + 0.5 Δmax) 的加权平均，Δ 为与最优得分之差。",
                "the weighted mean of ξ = 0.5 Δmax / (Δ + 0.5 Δmax), where Δ is what a score is short of the best.",
            ),
            source=same("Deng (1982), doi:10.1016/S0167-6911(82)80025-X"),
            bounded=True,
            compares=True,
            has_formulas=True,
            by_scope=True,
        ),
    )
    BENEFIT_OF_THE_DOUBT = (
        "benefit of the doubt",
        AggregationRecord(
            label=Text("怀疑利益法", "benefit of the doubt"),
            does=Text(
                "每个地区按对自己最有利的权重加总，同一权重下任何地区都不超过 {scale}"
                "（每个地区一个线性规划，需要 scipy）；"
                "权重为 0 的下级不计。",
                "every unit's scores are added up by the weights that suit it best, with which no unit has more than "
                "{scale} (a linear programme for each unit; needs scipy); children of weight 0 do not count.",
            ),
            source=same("Cherchye et al. (2007), doi:10.1007/s11205-006-9029-7"),
            bounded=True,
            positive=True,
            compares=True,
            by_scope=True,
        ),
    )
    COPELAND = (
        "copeland",
        AggregationRecord(
            label=Text("科普兰法", "Copeland"),
            does=Text(
                "地区两两比较，占优的下级权重之和较大者胜；得分由胜负场数之差换算为 0–{scale}。",
                "units are compared in pairs, and the one ahead in children of more weight wins; wins less "
                "defeats, brought to "
                "0–{scale}.",
            ),
            source=same("Munda & Nardo (2009), doi:10.1080/00036840601019364"),
            bounded=True,
            compares=True,
        ),
    )
