"""What the guide sheet says, in both languages; `guide` chooses what is so."""

from __future__ import annotations

from ..language import Text
from . import schema

SUBTITLE = Text(
    "从原始指标到排名：标准化、赋权、合成、排名，每一个数字都有据可查。",
    "From raw indicators to rankings: normalise, weight, aggregate, rank. Every number can be followed.",
)
STATUS = Text("计算状态", "Status")
SOURCE = Text("数据说明", "Note on the data")

BUTTON = Text("重新计算指数", "Recalculate Index")
BUTTON_MEANS = Text(
    "与功能区“综合指数”中的按钮相同；需要 Python 并已启用宏。",
    "The same as on the ribbon tab Composite Index; needs Python, and macros enabled.",
)

STEPS = Text("三步上手", "Three steps")
FILL = Text("① 填写数据", "1  Fill in")
FILL_MEANS = Text(
    "在{sheets}的浅黄色单元格中填写，可从别处整块粘贴（选择性粘贴→数值）。"
    "空白表示缺失，请勿以 0 代替。表格会随新增的行自动扩展。",
    "Fill the cream cells of {sheets}; blocks may be pasted (Paste Special, Values). Blank means missing: do not put 0 "
    "instead. Tables grow with the rows you add.",
)
RECALCULATE = Text("② 重新计算", "2  Recalculate")
RECALCULATE_MEANS = Text(
    "点击功能区“综合指数→重新计算指数”。没有该功能区时，保存并关闭工作簿，在命令行运行："
    "bdindex recalculate 文件名.xlsm（Windows、macOS、Linux 通用）。数据有误时不改写任何结果。",
    "Click Recalculate Index on the ribbon tab Composite Index. Without that tab, save and close the workbook "
    "and run: bdindex recalculate FILE.xlsm (on Windows, macOS or Linux). Where the data are at fault no "
    "result is changed.",
)
FAULTS_LISTED = Text(
    "问题逐条列在“{sheet}”表中，可点击直达单元格。", "“{sheet}” lists every fault with a link to its cell."
)
READ = Text("③ 阅读结果", "3  Read the rankings")
READ_MEANS = Text(
    "打开各排名表，可筛选、排序、直接打印；点击列标上方的“+”展开下一级指标。",
    "Open the ranking sheets: filter, sort or print them as they are; “+” above the columns unfolds the lower levels.",
)
EACH_STEP = Text(
    "权重见“{weights}”表，标准化得分见“{normalised}”表，逐项可核对。",
    "Weights are on “{weights}”, normalised scores on “{normalised}”, so that each step can be checked.",
)

COPY_STEPS = Text("怎样阅读", "How to read it")
COPY_READ = Text("排名", "Rankings")
COPY_FOLLOW = Text("计算过程", "Every step")
COPY_FOLLOW_MEANS = Text(
    "结果由公式算出，每一步见“{steps}”表，点选单元格即可看到公式。",
    "Results are formulas; every step is on “{steps}”: select a cell to see its formula.",
)
COPY_TRY = Text("改动数据", "Other data")
COPY_TRY_MEANS = Text(
    "改动{sheets}中的原始数据，得分和排名随之更新。", "Change raw data on {sheets}, and scores and ranks follow."
)
NAMED = Text("“{sheet}”", "“{sheet}”")

SHEETS = Text("工作表", "Sheets")
ABOUT = {
    schema.EXPLANATION: Text(
        "所选地区的得分从何而来，与上年相比为何变化，怎样才能前进一名。",
        "Where a unit's score comes from, why it changed, and what it would take to move up.",
    ),
    schema.AUDIT: Text(
        "指标有无缺失过多、偏态、共线、与上级不相关等情况。",
        "What to look at in the indicators: gaps, skew, collinearity, weak ties to their parents.",
    ),
    schema.STATISTICS: Text(
        "各指标各年的统计量、相关系数和实际重要性。",
        "Statistics, correlations and effective importance of every indicator and year.",
    ),
    schema.ROBUSTNESS: Text(
        "换用其他合理的权重和方法时，每个地区的排名会怎样变化。",
        "How each unit's rank varies under other reasonable weights and methods.",
    ),
    schema.SENSITIVITY: Text(
        "排名的变动有多少来自哪一项选择，去掉某个指标又如何。",
        "Which choice moves the ranking how much, and what removing an indicator does.",
    ),
    schema.SETTINGS: Text(
        "计算方法、显示年份、语言和涨跌颜色。",
        "Method, year shown, language, colours of change.",
    ),
    schema.FRAMEWORK: Text(
        "指标的层级、方向和计量单位；层数与指标数不限。",
        "Hierarchy, directions and measures; any number of levels and nodes.",
    ),
    schema.UNITS: Text(
        "参加排名的地区、所属榜单和分组。", "What is ranked, in which ranking, and the groups it belongs to."
    ),
    schema.DATA: Text(
        "{ranking}的原始数据，每行一个地区一年。",
        "Raw data of the ranking “{ranking}”, one unit and year a row.",
    ),
    schema.RANKING: Text(
        "{ranking}榜单的排名、得分、上年排名与排名变化：总指数及各级指标。",
        "Ranks, scores, previous ranks and changes of the ranking “{ranking}”: the index and all levels.",
    ),
    schema.GROUPS: Text("各分组的平均得分与排名。", "Mean scores and ranks of the groups."),
    schema.WEIGHTS: Text(
        "各年、各榜单的权重：在上级之内的权重与在总指数中的权重。",
        "Weights of each year and ranking, within the parent and in the index.",
    ),
    schema.NORMALISED: Text("各原始指标的标准化得分。", "Normalised scores of all indicators."),
    schema.TREATED: Text(
        "没有按原样计分的值：插补、异常值处理、限于固定上下限，逐一列出原始值、所用值和处理办法。",
        "Values that were not scored as they stand: imputed, treated as outliers, held at goalposts; each with its raw "
        "value, the value used and why.",
    ),
    schema.FORMULAS: Text(
        "在本工作簿数据上演示 =BDINDEX_SCORE(区域) 等工作表函数，并列出各参数的含义。",
        "Worksheet functions such as =BDINDEX_SCORE(range) at work on this workbook's data, and what each takes.",
    ),
    schema.CHECK: Text(
        "数据中的错误、警告和说明，以及处理办法。",
        "Faults, warnings and notes on the data, and what was done.",
    ),
    schema.LOG: Text(
        "每次计算的时间、版本、设置和数据指纹。",
        "When each calculation ran, its version, settings and fingerprint of the data.",
    ),
}
_FILLED = Text(
    "由 bdindex {command} 或功能区的“{button}”填写并显示。",
    "Filled, and then shown, by bdindex {command} or {button} on the ribbon.",
)
_ROBUSTNESS = _FILLED.format(command="robustness", button=Text("稳健性分析", "Robustness"))
_AUDIT = _FILLED.format(command="audit", button=Text("指标审查", "Audit"))
FILLED = {  # who fills a sheet that is hidden until then
    schema.TABLE_ROBUSTNESS: _ROBUSTNESS,
    schema.TABLE_SENSITIVITY: _ROBUSTNESS,
    schema.TABLE_AUDIT: _AUDIT,
    schema.TABLE_STATISTICS: _AUDIT,
    schema.TABLE_EXPLANATION: _FILLED.format(command="explain", button=Text("解释", "Explain")),
}

COLOURS = Text("颜色与符号", "Colours and signs")
ENTERED = Text("填写", "input")
ENTERED_MEANS = Text("浅黄底蓝字：由使用者填写。", "Blue on cream: yours to fill in.")
COPY_ENTERED = Text("浅黄底蓝字：填写的数据和设置。", "Blue on cream: data and settings as entered.")
COMPUTED = Text("结果", "result")
COMPUTED_MEANS = Text(
    "白底黑字：计算结果，每次重新计算都会改写；自己的列、批注和工作表不受影响。",
    "Black on white: computed, and rewritten at each recalculation. Columns, notes and sheets of your own stay.",
)
COPY_COMPUTED = Text("白底黑字：计算结果。", "Black on white: results.")
UP = Text("排名较上年上升 4 位。", "Up four places on the year before.")
COLOURS_CHOSEN = Text("升降颜色可在“{sheet}”表中选择。", "“{sheet}” has the choice of colours.")
DOWN = Text("排名较上年下降 2 位。", "Down two places.")
SAME_RANK = Text(
    "排名未变；“新”表示上年没有排名。",
    "No change; “new” marks a unit without a rank in the year before.",
)
SIGNS = {"up": 4, "down": -2, "same": 0}  # what stands beside each

METHOD = Text("方法", "Method")
PREPARE = Text("数据准备", "Prepare")
NORMALISE = Text("标准化", "Normalise")
WEIGH = Text("赋权", "Weight")
AGGREGATE = Text("合成", "Aggregate")
RANK = Text("排名", "Rank")
RANK_MEANS = Text(
    "按未取整的得分由高到低，1 为最好；得分相同则名次并列，其后顺延（1、2、2、4）。排名变化 = 上年排名 − 本年排名。",
    "By unrounded scores, 1 is best; ties share the best place (1, 2, 2, 4). "
    "Rank change = previous rank − current rank.",
)
GROUPS = Text("分组", "Groups")
GROUPS_MEANS = Text(
    "组的得分为组内成员得分的简单平均，再按组排名。",
    "A group's score is the plain mean of its members' scores; groups are ranked by it.",
)

CASES = Text("特殊情况", "Special cases")
MISSING = Text("缺失值", "Missing values")
MARKS = Text("“—”“-”“/”“n/a”按缺失处理。", "“—”, “-”, “/” and “n/a” count as missing.")
CONSTANT = Text("取值全同", "Constant values")
CONSTANT_MEANS = Text(
    "所有地区取值相同的指标不能区分优劣。", "An indicator that is the same for all units tells nothing about them."
)
NOTED = Text("均在“{sheet}”表中说明。", "“{sheet}” says where.")
NEW = Text("新增地区", "New units")
NEW_MEANS = Text(
    "上年没有排名的地区，排名变化显示为“新”，不记为 0。",
    "A unit without a previous rank shows “new” as its rank change, not 0.",
)

SOURCES = Text("依据", "Sources")
METHODS = Text("方法", "Methods")
REPORT = Text("报告", "Report")
REPORT_MEANS = Text(
    "北京大数据研究院：《中国大数据产业发展指数报告（2024版）》。示例的指标体系出自该报告。",
    "Beijing Institute of Big Data Research, China Big Data Industry Development Index, 2024 edition: the sample's "
    "framework.",
)
REPORT_METHOD = Text(
    "改进向量法的名称、步骤和“以样本特征向量与最优向量的欧氏距离衡量相似程度”的思路也出自该报告；由距离到权重的最后一步报告没有给出。",
    "So are the name and steps of the improved vector method, and the Euclidean distance between a sample's feature "
    "vector and the optimal vector; the report does not say how distances become weights.",
)
RECONSTRUCTED = Text("示例数据", "Sample data")
RECONSTRUCTED_MEANS = Text(
    "报告只公布排名和少量统计数字，没有公布原始数据、得分和权重。随附的原始数据是重构的，使计算结果与公布的排名、"
    "排名变化和统计数字一致，不是真实的统计数据，请勿引用。",
    "The report publishes ranks and a few counts, but no raw data, scores or weights. The raw data here are "
    "reconstructed so that the published ranks, rank changes and counts result. They are not real statistics: do not "
    "cite them.",
)
CHARTS = Text("图", "Charts")
CHART = Text("{ranking}：总指数得分前 {n} 名", "{ranking}: the {n} highest {n:score|scores} of the index")

WORKING = Text(
    "由原始数据到得分和排名的每一步，均为公式。", "Every step from raw data to scores and ranks, as formulas."
)
PAIRWISE = Text("层次分析法的成对比较。", "Comparisons in pairs, for the weighting AHP.")
