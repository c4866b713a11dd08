"""How children become their parent, one record each; what computes it is in `core.means.MEANS`, by name."""

from __future__ import annotations

from dataclasses import dataclass

from ...language import Text, same
from .choice import Choice, ChoiceRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregationRecord(ChoiceRecord):
    """What is known of an aggregation: whether its scores lie within 0 and 1 whatever those of the children, whether
    it expects scores of at least 0, and whether a unit's score hangs on the scores of other units."""

    bounded: bool = False
    positive: bool = False
    compares: bool = False


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
        ),
    )
    MEDIAN = (
        "median",
        AggregationRecord(
            label=Text("加权中位数", "median"),
            does=Text("权重累计达到一半处的下级得分。", "the child's score at which half of the weight is reached."),
        ),
    )
    MINIMUM = (
        "minimum",
        AggregationRecord(
            label=Text("最小值", "minimum"),
            does=Text("各下级得分中最低的一项。", "the lowest of the children's scores."),
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
