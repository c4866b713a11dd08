"""What the guide sheet says, in both languages; `guide` chooses what is so."""

from __future__ import annotations

from ..language import Text

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
VERIFY_MEANS = Text(
    "发布之前，点击“核对结果”或运行 bdindex verify 文件名.xlsm，由原始数据核对每一个结果。",
    "Before publishing, click Verify Results, or run bdindex verify FILE.xlsm: every result is held against the raw "
    "data.",
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
