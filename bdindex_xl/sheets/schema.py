"""Where each thing sits in the workbook: names of sheets and tables, headers, number formats, in both languages.

The only place that holds such a name. Looks go by role and stand in `workbook.styles`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ..language import Lang, Text
from ..model.records import DIRECTIONS as DIRECTIONS
from .roles import ROLES as ROLES
from .roles import Role as Role
from .roles import raw_format as raw_format

# --- sheets, in order; {ranking} is the ranking's own label -------------------------------------------------------

GUIDE = Text("使用说明", "Guide")
SETTINGS = Text("设置", "Settings")
FRAMEWORK = Text("指标体系", "Framework")
UNITS = Text("地区", "Units")
DATA = Text("{ranking}数据", "{ranking} data")
RANKING = Text("{ranking}排名", "{ranking} ranking")
GROUPS = Text("分组排名", "Group ranking")
WEIGHTS = Text("权重", "Weights")
NORMALISED = Text("标准化", "Normalised")
TREATED = Text("处理记录", "Treated")
ROBUSTNESS = Text("稳健性", "Robustness")
SENSITIVITY = Text("敏感性", "Sensitivity")
AUDIT = Text("审查", "Audit")
STATISTICS = Text("统计量", "Statistics")
EXPLANATION = Text("解释", "Explanation")
FORMULAS = Text("公式", "Formulas")
CHECK = Text("数据检查", "Data check")
LOG = Text("运行记录", "Run log")

RANKING_LABELS = {"province": Text("省份", "Province"), "city": Text("城市", "City")}


def ranking_label(ranking: str) -> Text:
    """A ranking's name for readers; one the schema does not know keeps the name its user gave it."""
    return RANKING_LABELS.get(ranking, Text(ranking, ranking))


def ranking_key(label: str) -> str:
    """What the code calls a ranking that a reader names, in whichever language.

    >>> ranking_key("省份"), ranking_key("County")
    ('province', 'County')
    """
    for key, text in RANKING_LABELS.items():
        if label.casefold() in {key, *(name.casefold() for name in text.both())}:
            return key
    return label


# --- tables ---------------------------------------------------------------------------------------------------------

TABLE_SETTINGS = "bdx_settings"
TABLE_FRAMEWORK = "bdx_framework"
TABLE_PAIRWISE = "bdx_pairwise"
TABLE_UNITS = "bdx_units"
TABLE_DATA = "bdx_data_{ranking}"
TABLE_RANKING = "bdx_ranking_{ranking}"
TABLE_GROUPS = "bdx_groups"
TABLE_WEIGHTS = "bdx_weights"
TABLE_NORMALISED = "bdx_normalised"
TABLE_TREATED = "bdx_treated"
TABLE_ROBUSTNESS = "bdx_robustness"
TABLE_SENSITIVITY = "bdx_sensitivity"
TABLE_AUDIT = "bdx_audit"
TABLE_STATISTICS = "bdx_statistics"
TABLE_EXPLANATION = "bdx_explanation"
TABLE_CHECK = "bdx_check"
TABLE_LOG = "bdx_log"
# Filled on request, not by a recalculation.
ANALYSIS_TABLES = (TABLE_ROBUSTNESS, TABLE_SENSITIVITY, TABLE_AUDIT, TABLE_STATISTICS, TABLE_EXPLANATION)
PREFIX = "bdx_"  # of all our tables and names
# Beside the rankings: what a recalculation finds out, and then what it says of itself.
COMPUTED_TABLES = (TABLE_GROUPS, TABLE_WEIGHTS, TABLE_NORMALISED, TABLE_TREATED)
RESULT_TABLES = (*COMPUTED_TABLES, TABLE_CHECK, TABLE_LOG)
# The name that a table's sheet is given; those of a ranking's tables hang on the ranking.
SHEET_OF = {
    TABLE_SETTINGS: SETTINGS,
    TABLE_FRAMEWORK: FRAMEWORK,
    TABLE_UNITS: UNITS,
    TABLE_GROUPS: GROUPS,
    TABLE_WEIGHTS: WEIGHTS,
    TABLE_NORMALISED: NORMALISED,
    TABLE_TREATED: TREATED,
    TABLE_ROBUSTNESS: ROBUSTNESS,
    TABLE_SENSITIVITY: SENSITIVITY,
    TABLE_AUDIT: AUDIT,
    TABLE_STATISTICS: STATISTICS,
    TABLE_EXPLANATION: EXPLANATION,
    TABLE_CHECK: CHECK,
    TABLE_LOG: LOG,
}
RAW_RESULTS = (TABLE_TREATED,)  # results that quote raw data
# Columns that hold raw data, or the ends between which scores give them back; a copy without raw data has them blank.
RAW_COLUMNS = {
    TABLE_FRAMEWORK: ("lower", "upper", "target"),
    TABLE_STATISTICS: ("minimum", "maximum", "mean", "median", "deviation"),
    TABLE_EXPLANATION: ("value", "needed", "needed_change"),
}


def is_result(table: str) -> bool:
    """Whether a table is one that a recalculation writes."""
    return table in RESULT_TABLES or table.startswith(TABLE_RANKING.format(ranking=""))


def is_note(name: str) -> bool:
    """Whether a defined name is that of a result sheet's note."""
    return name.startswith(CELL_NOTE.format(table=""))


def is_data(table: str) -> bool:
    """Whether a table holds raw data."""
    return table.casefold().startswith(TABLE_DATA.format(ranking=""))


def table_of(template: str, ranking: str) -> str:
    """Name of a ranking's table: the ranking's own name where that makes a name, else a likeness of it with a hash.

    Letters, digits and underscores stay, whatever the script. The hash keeps two rankings apart that differ
    only in what a name cannot hold.

    >>> table_of(TABLE_DATA, "city"), table_of(TABLE_RANKING, "算力 集群")
    ('bdx_data_city', 'bdx_ranking_算力_集群_c89d71')
    """
    kept = re.sub(r"[^\w]", "_", ranking)[:_RANKING_LENGTH]
    if kept != ranking or not kept:
        kept += "_" + hashlib.sha256(ranking.encode()).hexdigest()[:6]
    return template.format(ranking=kept)


_RANKING_LENGTH = 60  # a defined name holds 255 characters; this leaves room for what goes before and after

# Defined names of single cells that a recalculation writes.
CELL_TITLE = "bdx_title_{table}"  # heading of a result sheet
CELL_NOTE = "bdx_note_{table}"  # the line under it: years compared, source of the data
CELL_BUTTON = "bdx_button"  # guide sheet: beside the button; in a copy for others, what that copy is
CELL_STATUS = "bdx_status"  # guide sheet: when last recalculated, faults and warnings
# Guide sheet: titles, labels and texts that follow settings and sheets. FORMULAS_KEY stands for the sheet of worksheet
# functions, which has no table; STEPS_KEY for the sheet of steps that a live copy has.
CELL_GUIDE_TITLE = "bdx_guide_title_{key}"
CELL_GUIDE_LABEL = "bdx_guide_label_{key}"
CELL_GUIDE_TEXT = "bdx_guide_text_{key}"
GUIDE_OF_METHOD = ("prepare", "normalise", "weigh", "aggregate", "missing", "methods")  # keys of what tells of results
FORMULAS_KEY = "formulas"
STEPS_KEY = "steps"
CHART_KEY = "bdx_chart_{ranking}"  # for the caption of a ranking's chart
NAME_STEPS = "bdx_full_score"  # a cell of the sheet of steps
NAME_FUNCTION_HELP = "bdx_function_help"  # the texts of the sheet of worksheet functions
NAME_COPY = "bdx_copy"  # only in a copy for others: the cell that says what it is
# Defined name of the cell that holds the colour convention; conditional formats refer to it.
CELL_COLOURS = "bdx_change_colours"
# Defined names of the cells that hold the index's name and the note on the data; the guide shows them.
CELL_INDEX_NAME = "bdx_index_name"
CELL_SOURCE = "bdx_source"
# Defined name of the result tables that a copy for others was made without.
NAME_LEFT_OUT = "bdx_left_out"
# Defined names of whole columns, from which drop-downs take their lists.
NAME_CODES = "bdx_codes"  # codes of the framework
NAME_UNITS = "bdx_unit_codes"

# --- columns ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what the code calls it, its header, its role."""

    key: str
    header: Text
    role: str


SETTINGS_COLUMNS = (
    Column("key", Text("设置项", "Setting"), "text"),
    Column("value", Text("取值", "Value"), "text"),
    Column("meaning", Text("说明", "Meaning"), "long text"),
)
FRAMEWORK_COLUMNS = (
    Column("code", Text("代码", "Code"), "code"),
    Column("name", Text("名称", "Name"), "name"),
    Column("parent", Text("上级代码", "Parent"), "code"),
    Column("direction", Text("方向", "Direction"), "text"),
    Column("weight", Text("权重", "Weight"), "raw"),
    Column("lower", Text("下限", "Lower"), "raw"),
    Column("upper", Text("上限", "Upper"), "raw"),
    Column("measure", Text("计量单位", "Measure"), "text"),
    Column("denominator", Text("分母", "Denominator"), "text"),
    Column("treatment", Text("异常值处理", "Outliers"), "text"),
    Column("normalisation", Text("标准化方法", "Normalisation"), "text"),
    Column("target", Text("目标值", "Target"), "raw"),
    Column("weighting", Text("下级赋权方法", "Weighting of children"), "text"),
    Column("aggregation", Text("下级合成方法", "Aggregation of children"), "text"),
)
PAIRWISE_COLUMNS = (  # judgements for weighting by AHP; the table need not be there otherwise
    Column("first", Text("代码", "Code"), "code"),
    Column("second", Text("比较对象", "Compared with"), "code"),
    Column("ratio", Text("重要性之比", "Times as important"), "raw"),
)
UNITS_COLUMNS = (  # group columns follow, headed by their own names
    Column("code", Text("地区代码", "Code"), "code"),
    Column("name", Text("地区名称", "Name"), "name"),
    Column("ranking", Text("榜单", "Ranking"), "text"),
)
INPUT_COLUMNS = {  # what is read of each table of inputs beside the data; a setting's meaning is for people
    TABLE_SETTINGS: SETTINGS_COLUMNS[:2],
    TABLE_FRAMEWORK: FRAMEWORK_COLUMNS,
    TABLE_PAIRWISE: PAIRWISE_COLUMNS,
    TABLE_UNITS: UNITS_COLUMNS,
}
DATA_COLUMNS = (  # indicator columns follow, headed by the indicator's name or code
    Column("year", Text("年份", "Year"), "year"),
    Column("unit", Text("地区代码", "Code"), "code"),
    Column("name", Text("地区名称", "Name"), "name"),
)
RANKING_COLUMNS = (  # of the index; then NODE_COLUMNS for every other aggregate
    Column("rank", Text("排名", "Rank"), "rank"),
    Column("unit", Text("地区", "Unit"), "name"),
    Column("score", Text("得分", "Score"), "score"),
    Column("previous_rank", Text("上年排名", "Previous rank"), "previous rank"),
    Column("rank_change", Text("排名变化", "Rank change"), "rank change"),
)
NODE_COLUMNS = (  # {node} is the aggregate's name
    Column("rank", Text("{node}排名", "{node} rank"), "rank"),
    Column("score", Text("{node}得分", "{node} score"), "score"),
    Column("previous_rank", Text("{node}上年排名", "{node} previous rank"), "previous rank"),
    Column("rank_change", Text("{node}排名变化", "{node} rank change"), "rank change"),
)
GROUP_COLUMNS = (  # then as RANKING_COLUMNS without the unit, then NODE_COLUMNS
    Column("grouping", Text("分组方式", "Grouping"), "name"),
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("group", Text("组别", "Group"), "name"),
    Column("members", Text("成员数", "Members"), "count"),
)
WEIGHTS_COLUMNS = (
    Column("year", Text("年份", "Year"), "year"),
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("parent", Text("上级代码", "Parent"), "code"),
    Column("parent_name", Text("上级名称", "Parent name"), "name"),
    Column("child", Text("下级代码", "Child"), "code"),
    Column("child_name", Text("下级名称", "Child name"), "name"),
    Column("weight", Text("上级内权重", "Weight within parent"), "weight"),
    Column("effective_weight", Text("总指数权重", "Weight in the index"), "weight"),
)
NORMALISED_COLUMNS = (  # indicator columns follow
    Column("year", Text("年份", "Year"), "year"),
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("unit", Text("地区代码", "Code"), "code"),
    Column("name", Text("地区名称", "Name"), "name"),
)
TREATED_COLUMNS = (
    Column("year", Text("年份", "Year"), "year"),
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("unit", Text("地区代码", "Code"), "code"),
    Column("name", Text("地区名称", "Name"), "name"),
    Column("code", Text("指标代码", "Indicator code"), "code"),
    Column("indicator", Text("指标", "Indicator"), "name"),
    Column("raw", Text("原始值", "Raw value"), "raw"),
    Column("used", Text("所用值", "Value used"), "raw"),
    Column("why", Text("处理", "What was done"), "long text"),
)
CHECK_COLUMNS = (
    Column("severity", Text("级别", "Level"), "text"),
    Column("sheet", Text("工作表", "Sheet"), "text"),
    Column("cell", Text("单元格", "Cell"), "cell"),
    Column("expected", Text("应为", "Expected"), "long text"),
    Column("found", Text("实为", "Found"), "long text"),
    Column("done", Text("处理", "Done"), "long text"),
)
ROBUSTNESS_COLUMNS = (
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("rank", Text("排名", "Rank"), "rank"),
    Column("unit", Text("地区", "Unit"), "name"),
    Column("score", Text("得分", "Score"), "score"),
    Column("median", Text("排名中位数", "Median rank"), "rank"),
    Column("low", Text("5% 分位", "5%"), "rank"),
    Column("high", Text("95% 分位", "95%"), "rank"),
    Column("best", Text("最好", "Best"), "rank"),
    Column("worst", Text("最差", "Worst"), "rank"),
    Column("mean", Text("平均排名", "Mean rank"), "score"),
    Column("first", Text("居首概率", "Probability of being first"), "share"),
    Column("first_ten", Text("前十概率", "Probability of the first ten"), "share"),
    Column("ahead", Text("领先下一名的概率", "Probability of being ahead of the next"), "share"),
    Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code"),
)
SENSITIVITY_COLUMNS = (
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("kind", Text("类别", "Kind"), "text"),
    Column("what", Text("来源", "Source"), "name"),
    Column("mean_shift", Text("平均位移", "Mean shift"), "score"),
    Column("largest", Text("最大位移或区间", "Largest shift or interval"), "count"),
    Column("unit", Text("所在地区", "Of which unit"), "name"),
    Column("first", Text("一阶指数", "First order"), "share"),
    Column("first_low", Text("一阶 5%", "First order, 5%"), "share"),
    Column("first_high", Text("一阶 95%", "First order, 95%"), "share"),
    Column("total", Text("总指数", "Total"), "share"),
    Column("total_low", Text("总 5%", "Total, 5%"), "share"),
    Column("total_high", Text("总 95%", "Total, 95%"), "share"),
    Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code"),
)
AUDIT_COLUMNS = (
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("year", Text("年份", "Year"), "year"),
    Column("code", Text("代码", "Code"), "code"),
    Column("name", Text("名称", "Name"), "name"),
    Column("rule", Text("情况", "What was found"), "long text"),
    Column("value", Text("数值", "Value"), "score"),
    Column("limit", Text("界限", "Limit"), "score"),
    Column("source", Text("依据", "Source of the limit"), "long text"),
    Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code"),
)
STATISTICS_COLUMNS = (
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("year", Text("年份", "Year"), "year"),
    Column("kind", Text("类别", "Kind"), "text"),
    Column("code", Text("代码", "Code"), "code"),
    Column("name", Text("名称", "Name"), "name"),
    Column("n", Text("有值个数", "Values"), "count"),
    Column("availability", Text("可得比例", "Availability"), "share"),
    Column("zeros", Text("零值比例", "Zeros"), "share"),
    Column("unique", Text("不同值比例", "Different values"), "share"),
    Column("minimum", Text("最小值", "Minimum"), "raw"),
    Column("maximum", Text("最大值", "Maximum"), "raw"),
    Column("mean", Text("均值", "Mean"), "statistic"),
    Column("median", Text("中位数", "Median"), "statistic"),
    Column("deviation", Text("标准差", "Standard deviation"), "statistic"),
    Column("skewness", Text("偏度", "Skewness"), "score"),
    Column("kurtosis", Text("峰度", "Kurtosis"), "score"),
    Column("outliers", Text("异常值个数", "Outliers"), "count"),
    Column("correlation", Text("与上级的相关系数", "Correlation with the parent"), "score"),
    Column("weight", Text("名义权重", "Nominal weight"), "weight"),
    Column("importance", Text("实际重要性", "Effective importance"), "weight"),
    Column("alpha", Text("克朗巴赫 α", "Cronbach's alpha"), "score"),
    Column("explained", Text("第一主成分解释比例", "Explained by the first component"), "share"),
    Column("components", Text("大于 1 的特征值个数", "Eigenvalues above 1"), "count"),
    Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code"),
)
EXPLANATION_COLUMNS = (
    Column("name", Text("地区", "Unit"), "name"),
    Column("indicator", Text("指标", "Indicator"), "name"),
    Column("value", Text("原始值", "Raw value"), "raw"),
    Column("score", Text("得分", "Score"), "score"),
    Column("rank", Text("排名", "Rank"), "rank"),
    Column("weight", Text("对该地区的权重", "Weight as applied"), "weight"),
    Column("contribution", Text("贡献", "Contribution"), "score"),
    Column("usual", Text("各地区平均贡献", "Mean of all units"), "score"),
    Column("difference", Text("高于平均", "Above the mean"), "score"),
    Column("peers", Text("同组平均贡献", "Mean of its group"), "score"),
    Column("change", Text("比上年变化", "Change since last year"), "score"),
    Column("own", Text("其中自身数据", "By its own data"), "score"),
    Column("others", Text("其中其他地区", "By the others' data"), "score"),
    Column("weights", Text("其中权重", "By weights"), "score"),
    Column("needed", Text("超过前一名所需的值", "Value needed to pass the next"), "amount"),
    Column("needed_change", Text("需变动", "Change needed"), "share"),
    Column("ranking", Text("榜单", "Ranking"), "text"),
    Column("year", Text("年份", "Year"), "year"),
    Column("unit", Text("地区代码", "Unit code"), "code"),
    Column("code", Text("代码", "Code"), "code"),
    Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code"),
)
ANALYSES = {
    TABLE_ROBUSTNESS: ROBUSTNESS_COLUMNS,
    TABLE_SENSITIVITY: SENSITIVITY_COLUMNS,
    TABLE_AUDIT: AUDIT_COLUMNS,
    TABLE_STATISTICS: STATISTICS_COLUMNS,
    TABLE_EXPLANATION: EXPLANATION_COLUMNS,
}
LOG_COLUMNS = (
    Column("time", Text("时间", "Time"), "time"),
    Column("version", Text("版本", "Version"), "text"),
    Column("settings", Text("设置", "Settings"), "long text"),
    Column("inputs", Text("输入数据 SHA-256", "SHA-256 of the inputs"), "long text"),
    Column("units", Text("地区数", "Units"), "count"),
    Column("years", Text("年份数", "Years"), "count"),
    Column("indicators", Text("指标数", "Indicators"), "count"),
    Column("warnings", Text("提示数", "Warnings"), "count"),
    Column("seconds", Text("用时（秒）", "Seconds"), "seconds"),
)

SEVERITIES = {
    "fault": Text("错误", "Fault"),
    "warning": Text("警告", "Warning"),
    "note": Text("说明", "Note"),
}
NEW_UNIT = Text("新", "new")
LANGS: tuple[Lang, ...] = ("zh", "en")
