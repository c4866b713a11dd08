"""What is made of raw values before everything else, one record each; `core.transform` computes it, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...language import Text
from .choice import Choice, ChoiceRecord


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class TransformationRecord(ChoiceRecord):
    """What is known of a transformation: which values it takes."""

    takes: Literal["all", "above 0", "0 or more", "all but 0"] = "all"


class Transformation(Choice):
    """What is made of an indicator's values, goalposts, target and best values alike."""

    record: TransformationRecord

    LN = (
        "ln",
        TransformationRecord(
            label=Text("自然对数", "ln"),
            does=Text("取自然对数", "natural logarithm"),
            takes="above 0",
            has_formulas=True,
        ),
    )
    LOG10 = (
        "log10",
        TransformationRecord(
            label=Text("常用对数", "log10"),
            does=Text("取以 10 为底的对数", "logarithm to the base of 10"),
            takes="above 0",
            has_formulas=True,
        ),
    )
    SQUARE_ROOT = (
        "square root",
        TransformationRecord(
            label=Text("平方根", "square root"),
            does=Text("开平方", "square root"),
            takes="0 or more",
            has_formulas=True,
        ),
    )
    ABSOLUTE = (
        "absolute",
        TransformationRecord(
            label=Text("绝对值", "absolute value"), does=Text("取绝对值", "absolute value"), has_formulas=True
        ),
    )
    RECIPROCAL = (
        "reciprocal",
        TransformationRecord(
            label=Text("倒数", "reciprocal"), does=Text("取倒数", "reciprocal"), takes="all but 0", has_formulas=True
        ),
    )
