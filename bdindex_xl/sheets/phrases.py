"""Headings, notes and status lines that a recalculation writes, in both languages."""

from __future__ import annotations

from ..language import Text

HEADING_RANKING = Text("{index}：{ranking}排名（{year} 年）", "{index}: {ranking} ranking, {year}")
HEADING_GROUPS = Text("{index}：分组排名（{year} 年）", "{index}: group ranking, {year}")
HEADING_WEIGHTS = Text("{index}：权重", "{index}: weights")
HEADING_ROBUSTNESS = Text("{index}：排名稳健性（{year} 年）", "{index}: robustness of the ranking, {year}")
HEADING_SENSITIVITY = Text(
    "{index}：排名对各项选择的敏感性（{year} 年）", "{index}: sensitivity of the ranking, {year}"
)
NOTE_ROBUSTNESS = Text("{n} 次抽样（种子 {seed}）：{what}。", "{n} {n:draw|draws} (seed {seed}): {what}.")
NOTE_SENSITIVITY = Text(
    "对平均位移的 Sobol 指数（{n} 次计算，种子 {seed}）：一阶为该来源单独所占的方差比例，总指数含与其他来源的交互；"
    "另列各来源单独变化时的位移和最宽的 5–95% 区间，以及逐个去掉指标、地区的影响。",
    "Sobol indices of the mean shift of ranks ({n} {n:run|runs}, seed {seed}): first order is a source's own share of "
    "the variance, total includes its interactions; the shift and widest 5–95% interval of each source alone; and what "
    "removing each indicator and each unit does.",
)
HEADING_AUDIT = Text("{index}：指标审查（{year} 年及以前）", "{index}: audit of the indicators, up to {year}")
HEADING_STATISTICS = Text("{index}：指标统计量", "{index}: statistics of the indicators")
NOTE_AUDIT = Text(
    "共 {n} 条提示，供判断，并非错误；界限的出处见最后一列。",
    "{n} {n:thing|things} to look at: matters of judgement, not faults. The last column says whose limits they are.",
)
NOTE_STATISTICS = Text(
    "原始指标的统计量（已除以分母）；各级指标与上级的相关系数、名义权重与实际重要性；上级指标的内部一致性；"
    "所示年份各地区的可得比例。",
    "Of the raw data after denominators; correlation with the parent, nominal weight and effective importance of every "
    "node; consistency of each parent's children; each unit's availability in the year shown.",
)
HEADING_EXPLANATION = Text("{index}：得分与排名的解释", "{index}: why units stand where they do")
NOTE_EXPLANATION = Text(
    "各指标的贡献之和等于得分；变化的三个部分之和等于得分变化。缺数据不算短处，也不算变化的原因，其影响单列一行。"
    "“所需的值”为其他条件不变、仅改动该指标即可超过前一名的最小变动，计数类指标取整数。",
    "Contributions add up to the score, the three parts of a change to the change. Missing data are no weakness and no "
    "cause; what they do has a row of its own. A value needed is the least change of that indicator alone, all else "
    "being equal, that passes the next unit: a whole number where the indicator counts something.",
)
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
HEADING_NORMALISED = Text("{index}：标准化得分", "{index}: normalised scores")
HEADING_TREATED = Text("{index}：处理记录", "{index}: values that were treated")
NOTE_TREATED = Text(
    "未按原样计分的值：插补、异常值处理、限于固定上下限或目标值（至多 {n:,} 个）；原始值已除以分母。"
    "空表表示全部按原样使用。本表由重新计算写入，不随公式更新。",
    "Values not scored as they stand: imputed, outliers treated, held at goalposts or a target ({n:,} at most). Raw "
    "values are after denominators. An empty table: all were used as they stand. Written by a recalculation; it does "
    "not follow formulas.",
)
TREATED_IMPUTED = Text("插补（{method}）", "imputed ({method})")
TREATED_WINSORISED = Text("缩尾至 {bound}", "winsorised to {bound}")
TREATED_TRANSFORMED = Text("整列变换（{method}）", "whole indicator transformed ({method})")
TREATED_ABOVE = Text("高于上限 {bound}，按上限计", "above the upper end {bound}, held there")
TREATED_BELOW = Text("低于下限 {bound}，按下限计", "below the lower end {bound}, held there")
FOOTER = Text("&L&A&R第 &P 页，共 &N 页", "&L&A&RPage &P of &N")  # of a printed page: sheet and number
NOTE_RANKING = Text(
    "{scores}排名变化为 {previous} 年排名减 {year} 年排名，▲ 上升，▼ 下降，— 不变，“新”表示上年无排名。",
    "{scores} Rank change is the rank in {previous} less that in {year}: ▲ up, ▼ down, — unchanged, "
    "“new” without a rank the year before.",
)
NOTE_FIRST_YEAR = Text(
    "{scores}数据中没有 {year} 年之前的年份，故无排名变化。",
    "{scores} The data hold no year before {year}, so there are no rank changes.",
)
NOTE_GROUPS = Text("各组得分为其成员得分的算术平均。", "A group's score is the mean of its members' scores.")
NOTE_WEIGHTS = Text(
    "上级内权重之和为 100%；总指数权重为逐级权重的乘积。",
    "Weights within a parent sum to 100%; the weight in the index is the product of the weights on the way up.",
)
NOTE_NORMALISED = Text(
    "各指标标准化后的得分（{names}）。{scores}空白为缺失。",
    "Scores of the indicators after normalisation ({names}). {scores} Blank is missing.",
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
SAMPLE_SOURCE = Text(
    "示例数据为重构数据，并非真实观测值：据《中国大数据产业发展指数报告（2024版）》公布的排名和数字反推，仅供演示。",
    "The sample data are a reconstruction, not observations: worked back from the ranks and figures that the report on "
    "the China Big Data Industry Development Index (2024) publishes, for demonstration only.",
)

FORMULAS_PYTHON = Text(
    "示例公式直接引用本工作簿的数据：在 Excel 365 中自动溢出，在较早的版本中是数组公式。函数由 Python 计算，需启用宏；"
    "未启用时显示保存时的数值或错误值（如 #NAME?），不影响其他各表。",
    "The examples work on this workbook's own data: they spill in Excel 365 and are array formulas in older versions. "
    "Python computes the functions, so macros must be enabled; where they are not, cells show saved values or errors "
    "such as #NAME?, and all other sheets are as they are.",
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
    "示例公式引用本文件的数据，函数是 Excel 365 的 LAMBDA 名称；其他程序显示保存时的数值或错误值（如 #NAME?），"
    "不影响其他各表。",
    "The examples work on the data of this file, by LAMBDA names of Excel 365; other programs show saved values or "
    "errors such as #NAME?, and all other sheets are as they are.",
)
FORMULAS_VALUES = Text(
    "以下是工作表函数算出的数值，不随数据变动。",
    "What worksheet functions gave, as values: they do not follow the data.",
)
COPY_SETTINGS = Text("计算所用的设置。", "The settings of the calculation.")
COPY_UNITS = Text(
    "每行一个地区。“榜单”之后的每一列都是一种分组方式；空白表示不属于任何组。",
    "One unit a row. Every column after “Ranking” is a way of grouping; blank means no group.",
)
COPY_DATA = Text(
    "每行为一个地区一年的原始数据；空白表示缺失。", "One row is one unit in one year; blank means missing."
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
