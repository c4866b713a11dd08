"""What a reader is told of a verification, a comparison and a merge, in both languages."""

from __future__ import annotations

from ..language import Text

# --- verify -----------------------------------------------------------------------------------------------------------

TRUE = Text(
    "{file}：{n} 个结果单元格与按原始数据重新计算的结果一致。",
    "{file}: {n} result {n:cell is|cells are} what follows from the raw data.",
)
UNTRUE = Text("{file}：核对未通过。", "{file}: not as it should be.")
NOTHING = Text("{file}：没有可核对的结果表。", "{file}: there is no result table to verify.")
MISSING = Text("工作簿中没有结果表 {tables}，未予核对。", "Not verified, for they are not there: {tables}.")
LOG_SAME = Text(
    "输入数据和设置与运行记录（{time}，版本 {version}）一致。",
    "Inputs and settings are those of the run log ({time}, version {version}).",
)
NO_LOG = Text(
    "没有运行记录，输入数据和设置无从对照：结果与输入数据相符，但两者可能被一并改动过。"
    "重新计算会留下记录；或用 --expect 与另行公布的指纹对照。",
    "There is no run log, so inputs and settings cannot be held against anything: results may follow from inputs that "
    "were changed together with them. A recalculation leaves a record; or hold the file against a published "
    "fingerprint with --expect.",
)
INPUT = Text(
    "输入数据在结果算出（{time}）之后有改动：SHA-256 与运行记录不符。",
    "Input changed since the results were computed ({time}): its SHA-256 is not the recorded one.",
)
INPUT_UNSEEN = Text(
    "改动不影响任何结果，例如行的次序或不参与计算的文字。",
    "No result hangs on what changed, such as the order of rows or a text that is not computed with.",
)
OLDER = Text(
    "运行记录由旧版本写入，其 SHA-256 的算法不同，无法判断输入数据在结果算出之后是否有改动；以上只核对结果。",
    "The run log is that of an older version, with another kind of SHA-256: whether input changed since the results "
    "were computed cannot be told; results were verified.",
)
INPUT_SINCE = Text(
    "结果彼此相符，但不是由现有输入数据算出的：输入数据或设置在算出结果之后有改动。",
    "The results agree with each other, but not with the present input: input or settings changed since.",
)
INPUT_CELLS = Text(
    "据标准化得分反推，改动的单元格 {n} 个：", "Worked back from the normalised scores, {n} {n:cell|cells} changed:"
)
INPUT_CELL = Text("{place}（{unit} {year} 年 {indicator}）：原为 {before}，现为 {now}",
                  "{place} ({unit}, {year}, {indicator}): was {before}, is {now}")  # fmt: skip
SETTINGS = Text("设置在结果算出之后有改动：", "Settings changed since the results were computed:")
SETTING = Text("{place} {key}：原为 {before}，现为 {now}", "{place} {key}: was {before}, is {now}")
RESULTS = Text("结果在算出之后有改动，{n} 个单元格：", "Results changed since they were computed, {n} {n:cell|cells}:")
RESULTS_UNSEEN = Text(
    "无法判断结果本身在算出之后是否另有改动。", "Whether results were changed as well cannot be told."
)
RESULTS_CONTRADICT = Text(
    "结果在算出之后有改动：{n} 个单元格与表中的标准化得分不符：",
    "Results changed since they were computed: {n} {n:cell contradicts|cells contradict} the normalised scores:",
)
NOT_FOLLOWING = Text(
    "按现有输入数据和设置，{n} 个结果单元格应改变：",
    "With the present input and settings, {n} result {n:cell|cells} should be different:",
)
DIFFERENCE = Text(
    "{place}（{what}）：应为 {expected}，实为 {found}", "{place} ({what}): expected {expected}, found {found}"
)
DIFFERENCE_BARE = Text("{place}：应为 {expected}，实为 {found}", "{place}: expected {expected}, found {found}")
ADVICE = Text(
    "如输入数据和设置无误，运行 bdindex recalculate 重新计算即可。",
    "If input and settings are right, bdindex recalculate puts the results right.",
)
ROW = Text("“{what}”一行", "a row “{what}”")
NO_ROW = Text("没有此行", "no such row")
HEADER = Text("表头“{what}”", "the header “{what}”")

DECEIVING = Text("读者所见与实际不符（{n} 处）：", "What a reader sees and is not so ({n}):")
SHOWN = Text("显示方式有别，结果不受影响（{n} 处）：", "Shown differently, without harm to the results ({n}):")
SIGHTING = Text("{place}：应为{expected}，实为{found}", "{place}: expected {expected}, found {found}")
WORKBOOK = Text("工作簿", "workbook")
UNVERIFIED = Text("未核对：图表，以及工作表 {sheets}。", "Not verified: charts, and the sheets {sheets}.")
NOT_REMADE = Text("“{sheet}”未重做：{why}。", "{sheet} was not made again: {why}.")
OF_OTHERS = Text("所用的输入数据或设置与现在的不同", "it is of other inputs or settings than these")
OTHER_SCENARIOS = Text(
    "所比较的方案与“方案”表现在所列的不同", "it is of other scenarios than the workbook names by now"
)
NOT_TOLD = Text(
    "表上方的说明没有写明抽样次数、种子和变动的各项", "the notes over it do not tell draws, seed and what varied"
)
TAKES_LONG = Text(
    "{n} 次抽样需时较长，加 --analyses 即重做并核对",
    "{n} {n:draw takes|draws take} long; --analyses does it and compares",
)
UNITS_UNKNOWN = Text("表中的地区或年份在数据中没有", "it names units or a year that are not in the data")

DELETED = Text("结果表 {tables} 已被删除。", "Result tables that were there are gone: {tables}.")
EXPECTED = Text("与给定的指纹一致。", "The file is that of the given fingerprint.")
UNEXPECTED = Text(
    "与给定的指纹不一致：{what}不同。本文件的指纹为 {found}。",
    "The file is not that of the given fingerprint: other {what}. Its own is {found}.",
)
PARTS = {"inputs": Text("输入数据", "inputs"), "results": Text("排名", "rankings")}
FINGERPRINT = Text("指纹（输入数据/排名）：{fingerprint}", "Fingerprint (inputs/rankings): {fingerprint}")
FINGERPRINT_RANKINGS = Text("指纹（仅排名）：{fingerprint}", "Fingerprint (rankings alone): {fingerprint}")
NO_RAW = Text(
    "{file}：文件中没有原始数据，结果是否由原始数据得出无从判断；可用 --expect 与另行公布的指纹对照排名和得分。",
    "{file}: holds no raw data, so whether its results follow from any cannot be told; hold its ranks and scores "
    "against a published fingerprint with --expect.",
)
NO_RAW_EXPECTED = Text(
    "{file}：文件中没有原始数据；排名和得分与给定的指纹一致。权重和标准化得分无从重算，未予证实。",
    "{file}: holds no raw data; ranks and scores are those of the given fingerprint. Weights and normalised scores "
    "cannot be computed again and are not proved.",
)
NO_RAW_UNEXPECTED = Text(
    "{file}：排名和得分与给定的指纹不一致。", "{file}: ranks and scores are not those of the given fingerprint."
)
LOOKED_AT = Text(
    "已核对：标题、表头、数字格式、公式、隐藏和冒充的表，以及排名与得分、排名与变化是否相符{found}。",
    "Verified: headings, headers, number formats, formulas, hidden tables and look-alikes, and that ranks follow from "
    "scores and changes from ranks{found}.",
)
ALL_SOUND = Text("，未发现问题", "; nothing was found")
NOT_LOOKED_AT = Text(
    "设置、指标体系、地区或结果的年份不全，显示方式未予核对。",
    "Settings, framework, units or years of results are not whole, so what a reader sees was not verified.",
)
NO_COLUMN = Text("没有此列", "no such column")
NO_LOG_HELD = Text("没有运行记录。", "There is no run log.")

# --- diff -------------------------------------------------------------------------------------------------------------

ALIKE = Text("两个文件的输入数据、设置和排名均相同。", "Inputs, settings and ranks of both are the same.")
CHANGED = {
    "settings": Text("设置改动 {n} 处：", "{n} {n:setting differs|settings differ}:"),
    "framework": Text("指标体系改动 {n} 处：", "{n} {n:difference|differences} in the framework:"),
    "comparisons": Text("成对比较改动 {n} 处：", "{n} pairwise {n:comparison differs|comparisons differ}:"),
    "units": Text("地区改动 {n} 处：", "{n} {n:difference|differences} in the units:"),
    "values": Text("原始数据改动 {n} 处：", "{n} raw {n:value differs|values differ}:"),
}
CHANGE = Text("{place} {what}：{old} → {new}", "{place} {what}: {old} → {new}")
MOVES = Text(
    "排名变动的地区 {n} 个（新文件与旧文件相比）：", "{n} {n:unit|units} changed places (new file against old):"
)
MOVE = Text("{ranking} {year} 年 {name}：第 {old} → 第 {new}，得分 {before} → {after}（{change}）",
            "{ranking} {year} {name}: place {old} → {new}, score {before} → {after} ({change})")  # fmt: skip
PART = Text(
    "{name} {change}（指标得分 {by_score}，权重 {by_weight}）", "{name} {change} (score {by_score}, weight {by_weight})"
)
PART_OTHERWISE = Text(
    "{name} {change}（旧文件：{old}；新文件：{new}）", "{name} {change} (old file: {old}; new file: {new})"
)
CAME_OR_WENT = Text("{name}（旧文件：{old}；新文件：{new}）", "{name} (old file: {old}; new file: {new})")
THERE = {
    "value": Text("有数据", "a value"),
    "imputed": Text("缺数据，按插补值计分", "no data, an imputed value counts"),
    "missing": Text("缺数据", "no data"),
    "unscored": Text("有数据，没有得分", "a value without a score"),
    "absent": Text("无此指标", "no such indicator"),
}
OTHERS = Text("其余 {n} 项指标 {change}", "{n} other {n:indicator|indicators} {change}")
ONLY_OLD = Text("新文件没有“{ranking}”榜单。", "The ranking {ranking} is not in the new file.")
ONLY_NEW = Text("旧文件没有“{ranking}”榜单。", "The ranking {ranking} is not in the old file.")
UNMATCHED = Text(
    "旧文件没有{ranking} {year} 年的数据，无法比较排名。",
    "The old file has no data of {ranking} for {year}: ranks cannot be compared.",
)

# --- merge ------------------------------------------------------------------------------------------------------------

NOTHING_TAKEN = Text("没有可合并的新数据，{file} 未改动。", "Nothing new to take; {file} is as it was.")
NOTHING_COPIED = Text(
    "没有可合并的新数据；{file} 与主工作簿相同。", "Nothing new to take; {file} is a copy of the main workbook."
)
FROM = Text("取自 {file} {n} 个", "{n} from {file}")
TAKEN = Text("已填入 {n} 个单元格，新增 {rows} 行：", "{n} {n:cell|cells} filled, {rows} {rows:row|rows} added:")
TAKEN_CELL = Text(
    "{place}（{unit} {year} 年 {column}）：{value}，取自 {file}",
    "{place} ({unit}, {year}, {column}): {value}, from {file}",
)
CONFLICTS = Text("两处取值不同的单元格 {n} 个：", "{n} {n:cell|cells} with different values:")
CONFLICT = Text("{place}（{unit} {year} 年 {column}）：本文件为 {main}，{file} 为 {returned}；{done}",
                "{place} ({unit}, {year}, {column}): {main} here, {returned} in {file}; {done}")  # fmt: skip
DONE = {
    "none": Text("未采用", "not taken"),
    "main": Text("保留本文件的值", "kept as it is here"),
    "returned": Text("采用交回的值", "taken as returned"),
    "formula": Text("本文件中为公式，未覆盖", "not taken, for a formula stands here"),
}
LEFT = Text("未能合并 {n} 个单元格，请核对：", "{n} {n:cell|cells} could not be taken, please look:")
ELSEWHERE = Text(
    "数据表以外有 {n} 处与本文件不同，以本文件为准，未合并：",
    "{n} {n:cell|cells} outside the data {n:differs|differ} from this file, which stays as it is:",
)
LEFT_CELL = Text("{file} {place}（{what}）{value}：{why}", "{file} {place} ({what}) {value}: {why}")
WHY = {
    "table": Text("本文件没有此表", "no such table here"),
    "unit": Text("本文件该榜单没有此地区", "no such unit in this ranking here"),
    "indicator": Text("本文件没有此列", "no such column here"),
    "row": Text("没有年份或地区代码", "a row without year or unit"),
    "row twice": Text("同一地区同一年份的另一行", "another row of the same unit and year"),
    "value": Text("不是数", "not a number"),
    "elsewhere": Text("不在数据表中", "not in the data"),
    "below": Text("这些行在表的下方，不属于该表", "these rows stand under the table and are not part of it"),
}
WRITTEN = Text("已写入 {file}；排名尚未重新计算，请运行 bdindex recalculate。",
               "Written to {file}; its rankings are as they were: run bdindex recalculate.")  # fmt: skip
BACKUP = Text("原文件已备份为 {file}", "The file as it was is kept as {file}")
PREFER = Text("用 --prefer returned 采用交回的值，用 --prefer main 保留本文件的值。",
              "--prefer returned takes the returned values, --prefer main keeps those here.")  # fmt: skip

IN_COPY = Text("{file} 为 {value}", "{value} in {file}")
BETWEEN = Text(
    "{place}（{unit} {year} 年 {column}）：本文件为空白，{values}；未采用",
    "{place} ({unit}, {year}, {column}): blank here, {values}; not taken",
)
PREFER_NEITHER = Text(
    "交回的副本互相矛盾之处，请在本文件中填写应采用的值。",
    "Where returned copies contradict each other, enter the value that is right in the main workbook.",
)
BLANK = Text("空白", "blank")
NONE = Text("无", "none")
MORE_THERE = Text("…… 另有 {n} 条", "… and {n} more")
ALL_BY = {  # where a box holds too little
    "verify": Text("全部列出：bdindex verify 文件 --json", "To list all: bdindex verify FILE --json"),
    "diff": Text("全部列出：bdindex diff 旧文件 新文件 --all", "To list all: bdindex diff OLD NEW --all"),
    "check": Text("全部列出：点击“检查数据”", "To list all: click Check Data"),
}
COMPARED = Text("从“{old}”到本工作簿：", "From “{old}” to this workbook:")
FAULTY = Text(
    "“{file}”的输入数据有 {n} 处错误，无法重新计算：",
    "{n} {n:fault|faults} in the input of “{file}”, so that nothing can be computed from it:",
)
MORE = Text("…… 另有 {n} 条（--json 列出全部）", "… and {n} more (--json lists all)")
MORE_ALL = Text("…… 另有 {n} 条（--all 列出全部）", "… and {n} more (--all lists all)")
READING = Text("读取 {file}", "reading {file}")
