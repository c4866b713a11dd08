"""What input and result sheets say to their reader beside the tables: notes and messages, in both languages."""

from __future__ import annotations

from ..language import Text

CHOOSE = Text("请从下拉列表中选择。", "Please choose from the list.")
BETWEEN = Text("应为 {least} 到 {most} 之间的数。", "Expected a number from {least} to {most}.")
NUMBER = Text(
    "应为数字。缺失时请留空，不要填写文字或计量单位。",
    "Expected a number. Leave the cell blank where the value is missing; no words, no unit of measurement.",
)
YEAR = Text("应为 1900 到 2200 之间的四位年份。", "Expected a year from 1900 to 2200.")
KNOWN_CODE = Text("指标体系中没有这个代码。", "The framework has no such code.")
KNOWN_UNIT = Text(
    "地区清单中没有这个代码，请先在清单中添加。", "The list of units has no such code; please add it there first."
)
NO_MEASURE = Text("未注明", "not stated")

GROUP_HELP = Text("所属的组；留空表示不属于任何组。", "The group it belongs to; blank for none.")
_INDICATOR = Text("代码：{code}\n计量单位：{measure}\n", "Code: {code}\nMeasure: {measure}\n")
INDICATOR_HELP = {
    1: Text(_INDICATOR.zh + "越大越好；空白表示缺失。", _INDICATOR.en + "More is better; blank means missing."),
    -1: Text(_INDICATOR.zh + "越小越好；空白表示缺失。", _INDICATOR.en + "Less is better; blank means missing."),
    0: Text(_INDICATOR.zh + "适度为好；空白表示缺失。", _INDICATOR.en + "Best in between; blank means missing."),
}

INDEX = Text("综合指数", "Composite index")
