"""What the formulas sheet says, in both languages."""

from __future__ import annotations

from ..language import Text

ABOUT = Text(
    "示例：{year} 年 {ranking}“{parent}”下的 {n} 个指标",
    "Examples: the {n} {n:indicator|indicators} of “{parent}”, {ranking}, {year}",
)
WEIGHTS = Text("权重", "Weights")
UNITS = Text("地区", "Units")
SCORE = Text("得分", "Score")
RANK = Text("排名", "Rank")
PREVIOUS_SCORE = Text("上年得分", "Previous score")
PREVIOUS_RANK = Text("上年排名", "Previous rank")
CHANGE = Text("排名变化", "Rank change")
TIER = Text("分档", "Tier")
NORMALISED = Text("标准化得分", "Normalised scores")
AGGREGATED = Text("合成得分", "Aggregated score")
CONTRIBUTION = Text("对得分的贡献", "Contribution to the score")
EXPLAINED = Text("首行得分的由来", "Why the first row has its score")
ROBUST = Text("排名的稳健性", "Robustness of the ranking")

HELP = Text("函数一览", "The functions")
HELP_HEADERS = (Text("函数", "Function"), Text("参数", "Argument"), Text("说明", "What it is"))
OPTIONAL = Text("（可省略）", " (optional)")
