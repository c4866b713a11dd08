"""What the formulas sheet says, in both languages."""

from __future__ import annotations

from ..language import Text

NOTE = Text(
    "示例公式直接引用本工作簿的数据：在 Excel 365 中自动溢出，在较早的版本中是数组公式。函数由 Python 计算，需启用宏；"
    "未启用时显示保存时的数值或错误值（如 #NAME?），不影响其他各表。",
    "The examples work on this workbook's own data: they spill in Excel 365 and are array formulas in older versions. "
    "Python computes the functions, so macros must be enabled; where they are not, cells show saved values or errors "
    "such as #NAME?, and all other sheets are as they are.",
)
ABOUT = Text(
    "示例：{year} 年 {ranking}“{parent}”下的 {n} 个指标",
    "Examples: the {n} indicators of “{parent}”, {ranking}, {year}",
)
SAME = Text("；所得得分和排名与“{sheet}”表一致。", "; scores and ranks are those of the sheet “{sheet}”.")
STOP = Text("。", ".")

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
