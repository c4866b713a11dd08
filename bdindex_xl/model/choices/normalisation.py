"""How raw data become scores, one record each; what computes it is in `core.scaling.SCALINGS`, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...language import Text, same
from .choice import COINR, HANDBOOK, Choice, ChoiceRecord


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class NormalisationRecord(ChoiceRecord):
    """What is known of a normalisation.

    Parameters
    ----------
    scale
        How scores run that do not lie within 0 and 1, in terms of `scale`, `mean` and `sd`, which are full marks, half
        and a tenth of them; their optimum is the best score there is.
    invertible
        Whether a raw value follows from its score and the ends of its indicator.
    mirrored
        Whether turning the direction and the sign of the data changes nothing.
    by_places
        Whether scores follow from the order of the values alone.
    needs
        What the framework must have for each of its indicators.
    over_years
        Whether scores hang on values of other years, whatever the scope.
    """

    scale: Text | None = None
    invertible: bool = False
    mirrored: bool = True
    by_places: bool = False
    needs: Literal["", "goalposts", "target"] = ""
    over_years: bool = False

    @property
    def bounded(self) -> bool:
        """Whether scores lie within 0 and 1."""
        return self.scale is None


class Normalisation(Choice):
    """How raw data become scores."""

    record: NormalisationRecord

    MIN_MAX = (
        "min-max",
        NormalisationRecord(
            label=Text("极差正规化", "min-max"),
            does=Text(
                "正向指标 z = (x − 最小值) / (最大值 − 最小值)，负向指标 z = (最大值 − x) / (最大值 − 最小值)。",
                "z = (x − min) / (max − min), or (max − x) / (max − min) where less is better.",
            ),
            invertible=True,
            has_formulas=True,
        ),
    )
    GOALPOSTS = (
        "goalposts",
        NormalisationRecord(
            label=Text("固定上下限", "goalposts"),
            does=Text(
                "正向指标 z = (x − 下限) / (上限 − 下限)，负向指标 z = (上限 − x) / (上限 − 下限)；"
                "超出上下限的值按上下限计。",
                "z = (x − lower) / (upper − lower), or (upper − x) / (upper − lower) where less is better; "
                "values beyond an "
                "end are held there.",
            ),
            invertible=True,
            mirrored=False,
            needs="goalposts",
            has_formulas=True,
        ),
    )
    Z_SCORE = (
        "z-score",
        NormalisationRecord(
            label=Text("标准分", "z-score"),
            does=Text(
                "z = (x − 均值) / 标准差（除数为 n − 1），负向指标变号，再换算为均值 {mean}、标准差 {sd}；"
                "不限于 0–{scale}。",
                "z = (x − mean) / standard deviation (divisor n − 1), its sign turned where less is better, "
                "brought to "
                "mean {mean} and standard deviation {sd}; not bound to 0–{scale}.",
            ),
            scale=Text(
                "标准分的均值为 {mean}、标准差为 {sd}，得分不限于 0–{scale}。",
                "Z-scores have mean {mean} and standard deviation {sd}: scores are not bound to 0–{scale}.",
            ),
            has_formulas=True,
        ),
    )
    RANK = (
        "rank",
        NormalisationRecord(
            label=Text("位次分", "rank"),
            does=Text(
                "由差到好排列的位次除以有值的地区数，并列者取平均位次。",
                "the place counted from the worst, over the number of units with a value; ties share the mean "
                "of their places.",
            ),
            source=COINR,
            by_places=True,
            has_formulas=True,
        ),
    )
    EXPONENTIAL_RANK = (
        "exponential rank",
        NormalisationRecord(
            label=Text("位次的指数变换", "exponential rank"),
            does=Text(
                "z = −{constant} ln(1 − R (1 − e^(−100/{constant})))，换算为 0–{scale}；"
                "R 为由差到好的位次（从 {first} 起算）除以有值的地区数，并列者取平均位次。",
                "z = −{constant} ln(1 − R (1 − e^(−100/{constant}))), brought to 0–{scale}; R is the place counted "
                "from the worst, which has {first}, over the number of units with a value; ties share the mean of "
                "their places.",
            ),
            source=same("McLennan et al. (2019), The English Indices of Deprivation 2019: Technical report"),
            by_places=True,
            has_formulas=True,
        ),
    )
    PERCENTILE_RANK = (
        "percentile rank",
        NormalisationRecord(
            label=Text("百分等级", "percentile rank"),
            does=Text("其他地区中较差者所占的比例。", "the share of the other units that are worse."),
            source=COINR,
            by_places=True,
            has_formulas=True,
        ),
    )
    BORDA = (
        "borda",
        NormalisationRecord(
            label=Text("波达计分", "Borda"),
            does=Text(
                "较差的地区数加上并列地区数的一半，再除以其他地区的个数。",
                "the number of worse units and half that of equal ones, over the number of other units.",
            ),
            source=COINR,
            by_places=True,
            has_formulas=True,
        ),
    )
    DISTANCE_TO_MAXIMUM = (
        "distance to maximum",
        NormalisationRecord(
            label=Text("与最大值的距离", "distance to maximum"),
            does=Text("z = 1 − (最优值 − x) / (最优值 − 最差值)。", "z = 1 − (best − x) / (best − worst)."),
            source=COINR,
            has_formulas=True,
        ),
    )
    DISTANCE_TO_TARGET = (
        "distance to target",
        NormalisationRecord(
            label=Text("与目标值的距离", "distance to target"),
            does=Text(
                "z = (x − 最差值) / (目标值 − 最差值)，达到目标值即为满分。",
                "z = (x − worst) / (target − worst); who reaches the target has full marks.",
            ),
            source=COINR,
            needs="target",
            has_formulas=True,
        ),
    )
    DISTANCE_TO_REFERENCE = (
        "distance to reference",
        NormalisationRecord(
            label=Text("与平均水平的距离", "distance to reference"),
            does=Text(
                "z = (x − 最差值) / (平均值 − 最差值)，平均水平即为满分 {scale}，可以超过；"
                "与全部年份相比时取首年的平均值。",
                "z = (x − worst) / (mean − worst): the mean of the units has full marks, {scale}, and more is "
                "possible; over all years, the mean is that of the first.",
            ),
            source=COINR,
            scale=Text(
                "平均水平得 {scale} 分，得分可以超过 {scale}。",
                "The mean of the units scores {scale}; more is possible.",
            ),
            has_formulas=True,
        ),
    )
    BASE_YEAR = (
        "base year",
        NormalisationRecord(
            label=Text("定基指数", "base year"),
            does=Text(
                "正向指标 z = x / 首年的 x，负向指标 z = 首年的 x / x，以数据的首年为 {scale}；"
                "只与自身比，不与其他地区比。",
                "z = x / x of the first year, or the reverse where less is better: {scale} in the first year of the "
                "data; units are compared with themselves alone.",
            ),
            source=HANDBOOK,
            scale=Text("首年得分为 {scale}，得分没有上限。", "The first year scores {scale}; there is no upper bound."),
            mirrored=False,
            over_years=True,
            has_formulas=True,
        ),
    )
    FRACTION_OF_MAXIMUM = (
        "fraction of maximum",
        NormalisationRecord(
            label=Text("占最大值的比例", "fraction of maximum"),
            does=Text(
                "正向指标 z = x / 最大值，负向指标 z = 最小值 / x。", "z = x / max, or min / x where less is better."
            ),
            source=same("Shih, Shyur & Lee (2007), doi:10.1016/j.mcm.2006.03.023"),
            mirrored=False,
            has_formulas=True,
        ),
    )
