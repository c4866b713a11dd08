"""What the formulas sheet says, in both languages."""

from __future__ import annotations

from ..language import Text

ABOUT = Text(
    "示例：{year} 年 {ranking}“{parent}”下的 {n} 个指标",
    "Examples: the {n} {n:indicator|indicators} of “{parent}”, {ranking}, {year}",
)
UNITS = Text("地区", "Units")
PREVIOUS_SCORE = Text("上年得分", "Previous score")
PREVIOUS_RANK = Text("上年排名", "Previous rank")

HELP = Text("函数一览", "The functions")
HELP_HEADERS = (Text("函数", "Function"), Text("参数", "Argument"), Text("说明", "What it is"))
OPTIONAL = Text("（可省略）", " (optional)")
