"""Headings, notes and status lines that a recalculation writes, in both languages."""

from __future__ import annotations

from ..language import Text

NOTE_STALE = Text(
    "注意：数据或设置在这次分析之后有改动，以下结果已过时，请重新运行。",
    "Data or settings have changed since this analysis: what stands below is out of date. Run it again.",
)
NOTE_OLDER = Text(
    "注意：这次分析由旧版本作出，无法核对其后数据或设置是否有改动，请重新运行。",
    "An older version made this analysis: whether data or settings have changed since cannot be told. Run it again.",
)
VARIES_WEIGHTS = Text("权重在 ±{spread} 内变动", "weights within ±{spread}")
VARIES_DIRICHLET = Text(
    "权重按狄利克雷分布变动（集中度 {concentration}）", "Dirichlet weights, concentration {concentration}"
)
VARIES_CHOICE = Text("{what}取{alternatives}", "{what}: {alternatives}")
VARIES_NOISE = Text("数据噪声为标准差的 {noise}", "noise of {noise} standard deviations")
VARIES_NOTHING = Text("没有不确定的选择", "nothing is uncertain")
TREATED_IMPUTED = Text("插补（{method}）", "imputed ({method})")
TREATED_WINSORISED = Text("缩尾至 {bound}", "winsorised to {bound}")
TREATED_TRANSFORMED = Text("整列变换（{method}）", "whole indicator transformed ({method})")
TREATED_ABOVE = Text("高于上限 {bound}，按上限计", "above the upper end {bound}, held there")
TREATED_BELOW = Text("低于下限 {bound}，按下限计", "below the lower end {bound}, held there")
FOOTER = Text("&L&A&R第 &P 页，共 &N 页", "&L&A&RPage &P of &N")  # of a printed page: sheet and number
NOTE_FIRST_YEAR = Text(
    "{scores}数据中没有 {year} 年之前的年份，故无排名变化。",
    "{scores} The data hold no year before {year}, so there are no rank changes.",
)
STATUS_DONE = Text(
    "{time} 重新计算：{rankings}；警告 {warnings} 条，说明 {notes} 条。",
    "Recalculated {time}: {rankings}; {warnings} {warnings:warning|warnings}, {notes} {notes:note|notes}.",
)
STATUS_MADE = Text(
    "已计算：{rankings}；警告 {warnings} 条，说明 {notes} 条。",
    "Calculated: {rankings}; {warnings} {warnings:warning|warnings}, {notes} {notes:note|notes}.",
)
STATUS_RANKING = Text("{ranking} {units} 个地区（{year} 年）", "{ranking}, {units} {units:unit|units} ({year})")
STATUS_FAULTS = Text(
    "{time} 检查发现 {n} 处错误，结果未更新。", "{time}: {n} {n:fault|faults} found, results not updated."
)
LOG_SUPPLIED = Text("随工作簿提供", "as supplied")  # in place of a time
STATUS_SEE = Text("{status}详见“{sheet}”表。", "{status} See the sheet “{sheet}”.")
STATUS_CLEAN = Text("未发现问题。", "No problems found.")
STATUS_CHECKED = Text(
    "错误 {faults} 处，警告 {warnings} 条，说明 {notes} 条。",
    "{faults} {faults:fault|faults}, {warnings} {warnings:warning|warnings}, {notes} {notes:note|notes}.",
)


SAMPLE_TITLE = Text("中国大数据产业发展指数", "China Big Data Industry Development Index")
SAMPLE_TIERS = Text("省份 6；城市 5, 15, 25", "Province 6; City 5, 15, 25")
SAMPLE_SOURCE = Text(
    "示例数据为重构数据，并非真实观测值：据《中国大数据产业发展指数报告（2024版）》公布的排名和数字反推，仅供演示。",
    "The sample data are a reconstruction, not observations: worked back from the ranks and figures that the report on "
    "the China Big Data Industry Development Index (2024) publishes, for demonstration only.",
)

FORMULAS_PYTHON = Text(
    "示例公式直接引用本工作簿的数据：在 Excel 365 中自动溢出，在较早的版本中是数组公式。函数由 Python 计算，需启用宏；"
    "未启用时显示工作簿生成时的数值，不随数据变动，也不影响其他各表。",
    "The examples work on this workbook's own data: they spill in Excel 365 and are array formulas in older versions. "
    "Python computes the functions, so macros must be enabled; where they are not, cells show the values of when the "
    "workbook was made, which do not follow the data, and all other sheets are as they are.",
)
FORMULAS_ALIKE = Text(
    "对同一年全部地区、同一上级的全部下级，函数的得分和排名与排名表一致。",
    "Given all units of a year and all children of one parent, scores and ranks are those of the ranking sheets.",
)
FORMULAS_UNLIKE = Text(
    "本工作簿的计算与函数的默认方法不同（{choices}），所得得分和排名与排名表不尽一致。",
    "This workbook does not compute as the functions do unless told otherwise ({choices}): scores and ranks need not "
    "be those of the ranking sheets.",
)
FORMULAS_LAMBDA = Text(
    "以下是工作表函数算出的数值，不随数据变动。在 Excel 365 中，这些函数多为 LAMBDA 名称，可照各例上方的公式使用。",
    "What worksheet functions gave, as values: they do not follow the data. In Excel 365 most functions are LAMBDA "
    "names here, to be used as the formulas above the examples show.",
)
PROFILE_FOLLOWS = Text(
    "从下拉列表中选择榜单和地区，全页随之更新。",
    "Choose a ranking and a unit from the lists: the whole page follows.",
)
PROFILE_VALUES = Text(
    "本副本只有数值：此页为分享时所选的地区，另选地区不会改变内容。",
    "This copy holds values: the page shows the unit chosen when it was shared; choosing another changes nothing.",
)
FORMULAS_VALUES = Text(
    "以下是工作表函数算出的数值，不随数据变动。",
    "What worksheet functions gave, as values: they do not follow the data.",
)
COPY_NOT_ANALYSED = Text("没有这项分析。", "This analysis was not made.")
COPY_STALE = Text(
    "注意：数据或设置在这次分析之后有改动，以下结果已过时。",
    "Data or settings have changed since this analysis: what stands below is out of date.",
)
COPY_OLDER = Text(
    "注意：这次分析由旧版本作出，无法核对其后数据或设置是否有改动。",
    "An older version made this analysis: whether data or settings have changed since cannot be told.",
)
COPY_LIVE = Text(
    "本文件是供分发的副本，不含宏：结果为公式，改动原始数据即随之更新，每一步见“{sheet}”表。",
    "A copy for others, without macros: results are formulas that follow the raw data; every step is on “{sheet}”.",
)
COPY_VALUES = Text(
    "本文件是供分发的副本，不含宏：结果为数值，不随数据变动。",
    "A copy for others, without macros: results are values and do not follow the data.",
)
