"""What becomes of skewed indicators, one record each; `engine.prepare` has the stages of each."""

from __future__ import annotations

from ...language import Text, same
from .choice import COINR, Choice, ChoiceRecord

_GII = same("The Global Innovation Index 2019, appendix IV; COINr, doi:10.21105/joss.04567")


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
    LOG_ALWAYS = (
        "log always",
        ChoiceRecord(
            label=Text("一律取对数", "log always"),
            does=Text("不论偏度和峰度如何，一律取对数。", "a logarithm, whatever the skewness and kurtosis."),
            source=COINR,
        ),
    )
    GII_LOG = (
        "gii log",
        ChoiceRecord(
            label=Text("全球创新指数的对数变换", "GII log"),
            does=Text(
                "取 ln((最大值 − 1)(x − 最小值) / (最大值 − 最小值) + 1)。",
                "ln((max − 1) (x − min) / (max − min) + 1).",
            ),
            source=_GII,
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
    WINSORISE_OR_GII_LOG = (
        "winsorise or gii log",
        ChoiceRecord(
            label=Text("缩尾或全球创新指数的对数变换", "winsorise or GII log"),
            does=Text(
                "先改动至多 {most} 个最极端的值，仍不合格者取 ln((最大值 − 1)(x − 最小值) / (最大值 − 最小值) + 1)。",
                "up to {most} extreme values are brought to the next; where that does not do, "
                "ln((max − 1) (x − min) / (max − min) + 1).",
            ),
            source=_GII,
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
