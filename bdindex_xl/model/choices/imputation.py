"""What stands in for missing values, one record each; what computes it is in `core.impute`, by name."""

from __future__ import annotations

from dataclasses import dataclass

from ...language import Text
from .choice import COINR, Choice, ChoiceRecord


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class ImputationRecord(ChoiceRecord):
    """What is known of an imputation: whether it goes by groups of units, whether values of other years stand in."""

    by_group: bool = False
    over_years: bool = False


class Imputation(Choice):
    """What stands in for a missing value."""

    record: ImputationRecord

    NONE = (
        "none",
        ImputationRecord(
            label=Text("不插补", "none"),
            does=Text("不填补，也不按 0 计。", "Never filled in, never 0."),
            has_formulas=True,
        ),
    )
    MEAN = (
        "mean",
        ImputationRecord(
            label=Text("均值", "mean"),
            does=Text("以当年全部地区的平均数填补。", "the mean of all units in that year stands in."),
            has_formulas=True,
        ),
    )
    MEDIAN = (
        "median",
        ImputationRecord(
            label=Text("中位数", "median"),
            does=Text("以当年全部地区居中的值填补。", "the middle value of all units in that year stands in."),
            has_formulas=True,
        ),
    )
    GROUP_MEAN = (
        "group mean",
        ImputationRecord(
            label=Text("组内均值", "group mean"),
            does=Text("以当年同组地区的平均数填补。", "the mean of the unit's group in that year stands in."),
            source=COINR,
            by_group=True,
            has_formulas=True,
        ),
    )
    GROUP_MEDIAN = (
        "group median",
        ImputationRecord(
            label=Text("组内中位数", "group median"),
            does=Text("以当年同组地区居中的值填补。", "the middle value of the unit's group in that year stands in."),
            source=COINR,
            by_group=True,
            has_formulas=True,
        ),
    )
    PREVIOUS_YEAR = (
        "previous year",
        ImputationRecord(
            label=Text("上年值", "previous year"),
            does=Text("以该地区此前最近一年的值填补。", "the unit's last value from an earlier year stands in."),
            over_years=True,
            has_formulas=True,
        ),
    )
    LINEAR_IN_TIME = (
        "linear in time",
        ImputationRecord(
            label=Text("时间线性插值", "linear in time"),
            does=Text(
                "在该地区前后年份的值之间按直线填补。",
                "a straight line between the unit's own values before and after stands in.",
            ),
            over_years=True,
        ),
    )
    NEAREST_NEIGHBOURS = (
        "nearest neighbours",
        ImputationRecord(
            label=Text("最近邻", "nearest neighbours"),
            does=Text(
                "以当年最相近的 5 个地区的平均数填补。", "the mean of the 5 most similar units in that year stands in."
            ),
        ),
    )
