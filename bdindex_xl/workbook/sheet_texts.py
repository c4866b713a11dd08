"""What input and result sheets say to their reader beside the tables: notes and messages, in both languages."""

from __future__ import annotations

from ..language import Text

SETTINGS_NOTE = Text(
    "在浅黄色单元格中选择或填写；改动后需重新计算才会生效。",
    "Choose or type in the cream cells; changes take effect at the next recalculation.",
)
FRAMEWORK_NOTE = Text(
    "每行一个指标，自上而下排列；没有上级代码的一行就是总指数，没有下级的行就是原始指标。",
    "One node a row. The row without a parent is the index; rows that are nobody's parent are the indicators.",
)
UNITS_NOTE = Text(
    "每行一个地区。“榜单”之后的每一列都是一种分组方式，可自行增删；留空表示不属于任何组。",
    "One unit a row. Every column after “Ranking” is a way of grouping: add or remove columns freely; blank means "
    "no group.",
)
DATA_NOTE = Text(
    "每行为一个地区一年的原始数据。空白表示缺失，请勿以 0 代替；可从其他表格整块粘贴为数值。",
    "One row is one unit in one year. Blank means missing, so do not put 0 instead; blocks may be pasted as values.",
)

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

FRAMEWORK_HELP = {
    "code": Text("不重复的短代码，如 A11。", "A short code, each once, such as A11."),
    "name": Text("显示在数据表、排名表标题中的名称。", "The name that headings of data and rankings show."),
    "parent": Text("上一级的代码；总指数留空。", "Code of the node above; blank for the index."),
    "direction": Text(
        "数值越大越好为正向，越小越好为负向；只用于原始指标，留空按正向处理。",
        "Positive where more is better, negative where less is; for indicators only. Blank means positive.",
    ),
    "weight": Text(
        "仅在赋权方法为“给定权重”时使用；同一上级之内的权重会换算为合计 1。",
        "Used only where the weighting is “given”; weights within a parent are rescaled to add up to 1.",
    ),
    "lower": Text(
        "仅在标准化方法为“固定上下限”时使用，计量单位与数据相同。",
        "Used only where the normalisation is “goalposts”; in the measure of the data.",
    ),
    "upper": Text(
        "仅在标准化方法为“固定上下限”时使用，应大于下限。",
        "Used only where the normalisation is “goalposts”; above the lower end.",
    ),
    "measure": Text(
        "原始数据的计量单位，如 亿元、件、个。",
        "What the raw data are counted in, such as CNY 100 million.",
    ),
    "denominator": Text(
        "原始数据先除以该列：数据表中的列名（如常住人口）或另一指标的代码；留空不除。",
        "Raw data are divided by this first: a column of the data sheets, such as population, or an indicator's code.",
    ),
    "treatment": Text("该指标的异常值处理；留空则按统一的设置。", "For this indicator; blank as in the settings."),
    "normalisation": Text("该指标的标准化方法；留空则按统一的设置。", "For this indicator; blank as in the settings."),
    "target": Text(
        "仅在按“与目标值的距离”标准化时使用；达到即得满分。",
        "Used only where the normalisation is “distance to target”; who reaches it has full marks.",
    ),
    "weighting": Text(
        "该上级指标的下级怎样赋权；留空则按统一的设置。",
        "How this node's children are weighted; blank as in the settings.",
    ),
    "aggregation": Text(
        "该上级指标的下级怎样合成；留空则按统一的设置。",
        "How this node's children become its score; blank as in the settings.",
    ),
}
PAIRWISE = Text("成对比较", "Comparisons")
PAIRWISE_NOTE = Text(
    "赋权方法为“层次分析法”时使用：同一上级的每两个下级比较一次，1 为同等重要，3、5、7、9 为越来越重要，小于 1 "
    "为较不重要。",
    "For the weighting AHP: one row for every two children of a parent; 1 is equally important, 3, 5, 7, 9 ever "
    "more so, "
    "below 1 less so.",
)
PAIRWISE_HELP = {
    "first": Text("指标体系中的代码。", "A code of the framework."),
    "second": Text("同一上级的另一个下级的代码。", "The code of another child of the same parent."),
    "ratio": Text("前者的重要性是后者的几倍。", "How many times as important the first is."),
}
UNITS_HELP = {
    "code": Text(
        "不重复的代码，如行政区划代码；数据表按此代码对应。", "A code, each once; the data sheets refer to it."
    ),
    "name": Text("显示在排名表中的名称。", "The name that rankings show."),
    "ranking": Text(
        "参加哪个榜单；同一榜单的地区一起排名。可填写新的名称。",
        "The ranking it belongs to: units of one ranking are ranked together. A new name may be typed.",
    ),
}
GROUP_HELP = Text("所属的组；留空表示不属于任何组。", "The group it belongs to; blank for none.")
DATA_HELP = {
    "year": Text("四位年份。", "A year of four digits."),
    "unit": Text("地区清单中的代码。", "A code of the list of units."),
    "name": Text("便于阅读；计算时以代码为准。", "For reading only: the code counts."),
}
_INDICATOR = Text("代码：{code}\n计量单位：{measure}\n", "Code: {code}\nMeasure: {measure}\n")
INDICATOR_HELP = {
    1: Text(_INDICATOR.zh + "越大越好；空白表示缺失。", _INDICATOR.en + "More is better; blank means missing."),
    -1: Text(_INDICATOR.zh + "越小越好；空白表示缺失。", _INDICATOR.en + "Less is better; blank means missing."),
}

TO_ANALYSE = Text(
    "尚未分析：请运行 bdindex robustness，或点击功能区的“稳健性分析”。",
    "Not analysed yet: run bdindex robustness, or click Robustness on the ribbon.",
)
TO_AUDIT = Text(
    "尚未审查：请运行 bdindex audit，或点击功能区的“指标审查”。",
    "Not audited yet: run bdindex audit, or click Audit on the ribbon.",
)
TO_EXPLAIN = Text(
    "尚无内容：请运行 bdindex explain，或选中某个地区所在的行，点击功能区的“解释”。",
    "Nothing yet: run bdindex explain, or select a row with a unit in it and click Explain on the ribbon.",
)
TO_CALCULATE = Text("尚未计算。", "Not calculated yet.")
CHECK_NOTE = Text(
    "尚未检查。重新计算后，此处逐条列出数据中的问题。",
    "Not checked yet. A recalculation lists here what it finds in the data.",
)
LOG_NOTE = Text("每次重新计算记一行。", "One row for each recalculation.")
INDEX = Text("综合指数", "Composite index")
