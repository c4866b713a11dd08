"""What becomes of skewed indicators, one record each; `engine.prepare` has the stages of each."""

from __future__ import annotations

from ...language import Text
from .choice import COINR, Choice, ChoiceRecord


class Treatment(Choice):
    """What becomes of an indicator whose skewness and kurtosis fail the test; those that pass stay as they are."""

    NONE = (
        "none",
        ChoiceRecord(
            label=Text("不处理", "none"),
            does=Text("异常值不作处理。", "Outliers stay as they are."),
            has_formulas=True,
        ),
    )
    WINSORISE = (
        "winsorise",
        ChoiceRecord(
            label=Text("缩尾", "winsorise"),
            does=Text(
                "至多 {most} 个最极端的值改为次极端的值。", "up to {most} extreme values are brought to the next."
            ),
            source=COINR,
        ),
    )
    LOG = (
        "log",
        ChoiceRecord(
            label=Text("对数变换", "log"),
            does=Text("取对数。", "a logarithm."),
            source=COINR,
        ),
    )
    BOX_COX = (
        "box-cox",
        ChoiceRecord(
            label=Text("Box-Cox 变换", "Box-Cox"),
            does=Text("作 Box-Cox 变换。", "a Box-Cox transform."),
            source=COINR,
        ),
    )
    WINSORISE_OR_LOG = (
        "winsorise or log",
        ChoiceRecord(
            label=Text("缩尾或对数变换", "winsorise or log"),
            does=Text(
                "先改动至多 {most} 个最极端的值，仍不合格者取对数。",
                "up to {most} extreme values are brought to the next; where that does not do, a logarithm.",
            ),
            source=COINR,
        ),
    )
    WINSORISE_OR_BOX_COX = (
        "winsorise or box-cox",
        ChoiceRecord(
            label=Text("缩尾或 Box-Cox 变换", "winsorise or Box-Cox"),
            does=Text(
                "先改动至多 {most} 个最极端的值，仍不合格者作 Box-Cox 变换。",
                "up to {most} extreme values are brought to the next; where that does not do, a transform.",
            ),
            source=COINR,
        ),
    )
