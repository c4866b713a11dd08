"""Sheets that a recalculation writes, one record each, in the order of the workbook."""

from __future__ import annotations

from ...language import Text
from .sheet import Column, Further, ResultSheet

NODE_COLUMNS = (  # {node} is the aggregate's name
    Column("rank", Text("{node}排名", "{node} rank"), "rank"),
    Column("score", Text("{node}得分", "{node} score"), "score"),
    Column("previous_rank", Text("{node}上年排名", "{node} previous rank"), "previous rank"),
    Column("rank_change", Text("{node}排名变化", "{node} rank change"), "rank change"),
)


def node_columns(sheet: ResultSheet) -> tuple[Column, ...]:
    """The columns that each further aggregate has in a sheet: those that the index has there, in their order."""
    by_key = {column.key: column for column in NODE_COLUMNS}
    return tuple(by_key[column.key] for column in sheet.columns if column.of_index)


RANKING = ResultSheet(
    table="bdx_ranking_{ranking}",
    name=Text("{ranking}排名", "{ranking} ranking"),
    columns=(
        Column("rank", Text("排名", "Rank"), "rank", of_index=True),
        Column("unit", Text("地区", "Unit"), "name", holds="units"),
        Column("score", Text("得分", "Score"), "score", of_index=True),
        Column("previous_rank", Text("上年排名", "Previous rank"), "previous rank", of_index=True),
        Column("rank_change", Text("排名变化", "Rank change"), "rank change", of_index=True),
    ),
    key=("unit",),
    further=Further.NODES,
    about=Text(
        "{ranking}榜单的排名、得分、上年排名与排名变化：总指数及各级指标。",
        "Ranks, scores, previous ranks and changes of the ranking “{ranking}”: the index and all levels.",
    ),
    heading=Text("{index}：{ranking}排名（{year} 年）", "{index}: {ranking} ranking, {year}"),
    note=Text(
        "{scores}排名变化为 {previous} 年排名减 {year} 年排名，▲ 上升，▼ 下降，— 不变，“新”表示上年无排名。",
        "{scores} Rank change is the rank in {previous} less that in {year}: ▲ up, ▼ down, — unchanged, "
        "“new” without a rank the year before.",
    ),
    frozen=2,
)

GROUPS = ResultSheet(
    table="bdx_groups",
    name=Text("分组排名", "Group ranking"),
    columns=(
        Column("grouping", Text("分组方式", "Grouping"), "name", holds="groupings"),
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("group", Text("组别", "Group"), "name", holds="groups"),
        Column("members", Text("成员数", "Members"), "count"),
        Column("rank", Text("排名", "Rank"), "rank", of_index=True),
        Column("score", Text("得分", "Score"), "score", of_index=True),
        Column("previous_rank", Text("上年排名", "Previous rank"), "previous rank", of_index=True),
        Column("rank_change", Text("排名变化", "Rank change"), "rank change", of_index=True),
    ),
    key=("grouping", "ranking", "group"),
    further=Further.NODES,
    about=Text("各分组的平均得分与排名。", "Mean scores and ranks of the groups."),
    heading=Text("{index}：分组排名（{year} 年）", "{index}: group ranking, {year}"),
    note=Text("各组得分为其成员得分的算术平均。", "A group's score is the mean of its members' scores."),
    frozen=3,
)

HISTORY = ResultSheet(
    table="bdx_history",
    name=Text("历年", "All years"),  # Excel keeps “History” for itself
    columns=(
        Column("year", Text("年份", "Year"), "year"),
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("unit", Text("地区代码", "Code"), "code"),
        Column("name", Text("地区名称", "Name"), "name", holds="units"),
        Column("score", Text("得分", "Score"), "score", of_index=True),
        Column("rank", Text("排名", "Rank"), "rank", of_index=True),
        Column("rank_change", Text("排名变化", "Rank change"), "rank change", of_index=True),
    ),
    key=("year", "ranking", "unit"),
    further=Further.DIMENSIONS,
    about=Text(
        "各地区历年的得分、排名与排名变化：总指数及各一级指标。",
        "Scores, ranks and rank changes of all years: the index and its dimensions.",
    ),
    heading=Text("{index}：历年得分与排名", "{index}: scores and ranks of all years"),
    note=Text(
        "{of_nodes}各榜单由近年到远年排列，同年按排名排列。排名变化为上一年排名减当年排名，▲ 上升，▼ 下降，— 不变，"
        "“新”表示上一年无排名。",
        "{of_nodes} Each ranking from its latest year back, each year by rank. Rank change is the rank of the year "
        "before less that of the year: ▲ up, ▼ down, — unchanged, “new” without a rank the year before.",
    ),
    frozen=4,
    optional=True,
)

GROWTH = ResultSheet(
    table="bdx_growth",
    name=Text("变化与增速", "Growth"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("unit", Text("地区代码", "Code"), "code"),
        Column("name", Text("地区名称", "Name"), "name", holds="units"),
        Column("rank", Text("排名", "Rank"), "rank", of_index=True),
        Column("score", Text("得分", "Score"), "score", of_index=True),
        Column("yearly_change", Text("比上年增减", "Change on the year before"), "change"),
        Column("since", Text("基期年份", "Since"), "year"),
        Column("score_then", Text("基期得分", "Score then"), "score"),
        Column("change", Text("比基期增减", "Change since then"), "change"),
        Column("growth", Text("年均增长率", "Growth a year"), "growth"),
        Column("previous_rank", Text("基期排名", "Rank then"), "previous rank", of_index=True),
        Column("rank_change", Text("排名变化", "Rank change"), "rank change", of_index=True),
    ),
    key=("ranking", "unit"),
    about=Text(
        "各地区总指数得分比上年、比基期的增减，年均增长率和排名变化。",
        "How scores of the index have changed, on the year before and since an earlier year; growth a year.",
    ),
    heading=Text("{index}：变化与增速（{year} 年）", "{index}: change and growth, {year}"),
    note=Text(
        "{of_nodes}年均增长率＝（得分÷基期得分）的年数次方根－1；得分缺失、为 0 或为负的，留空。基期由"
        "设置“增长年数”确定。{scope}",
        "{of_nodes} Growth a year is (score ÷ score then) ^ (1 ÷ years) − 1, blank where a score is missing, 0 or "
        "below. The setting Years of growth says since when. {scope}",
    ),
    frozen=3,
    optional=True,
)

WEIGHTS = ResultSheet(
    table="bdx_weights",
    name=Text("权重", "Weights"),
    columns=(
        Column("year", Text("年份", "Year"), "year"),
        Column("ranking", Text("榜单", "Ranking"), "text"),
        Column("parent", Text("上级代码", "Parent"), "code"),
        Column("parent_name", Text("上级名称", "Parent name"), "name", holds="nodes"),
        Column("child", Text("下级代码", "Child"), "code"),
        Column("child_name", Text("下级名称", "Child name"), "name", holds="nodes"),
        Column("weight", Text("上级内权重", "Weight within parent"), "weight"),
        Column("effective_weight", Text("总指数权重", "Weight in the index"), "weight"),
    ),
    key=("year", "ranking", "child"),
    about=Text(
        "各年、各榜单的权重：在上级之内的权重与在总指数中的权重。",
        "Weights of each year and ranking, within the parent and in the index.",
    ),
    heading=Text("{index}：权重", "{index}: weights"),
    note=Text(
        "上级内权重之和为 100%；总指数权重为逐级权重的乘积。",
        "Weights within a parent sum to 100%; the weight in the index is the product of the weights on the way up.",
    ),
    landscape=False,
)

WEIGHTS_BY_YEAR = ResultSheet(
    table="bdx_weights_by_year",
    name=Text("权重一览", "Weights by year"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("code", Text("代码", "Code"), "code"),
        Column("node", Text("指标", "Node"), "name", holds="nodes"),
        Column("level", Text("层级", "Level"), "count"),
        Column("weight", Text("最近一年上级内权重", "Within parent, latest year"), "weight"),
    ),
    key=("ranking", "code"),
    further=Further.YEARS,
    about=Text(
        "各指标历年在总指数中的权重，一个指标一行，一年一列。",
        "Weights in the index, a row for each node and a column for each year.",
    ),
    heading=Text("{index}：历年权重", "{index}: weights by year"),
    note=Text(
        "年份各列为该年在总指数中的权重，由近年到远年：各一级指标之和为 100%，下级指标之和等于其上级的权重。",
        "Columns of years hold weights in the index, the latest year first: those of level 1 sum to 100%, those right "
        "below a node to its own.",
    ),
    frozen=3,
    landscape=False,
    optional=True,
)

NORMALISED = ResultSheet(
    table="bdx_normalised",
    name=Text("标准化", "Normalised"),
    columns=(
        Column("year", Text("年份", "Year"), "year"),
        Column("ranking", Text("榜单", "Ranking"), "text"),
        Column("unit", Text("地区代码", "Code"), "code"),
        Column("name", Text("地区名称", "Name"), "name", holds="units"),
    ),
    key=("year", "ranking", "unit"),
    further=Further.INDICATORS,
    about=Text("各原始指标的标准化得分。", "Normalised scores of all indicators."),
    heading=Text("{index}：标准化得分", "{index}: normalised scores"),
    note=Text(
        "各指标标准化后的得分（{names}）。{scores}空白为缺失。",
        "Scores of the indicators after normalisation ({names}). {scores} Blank is missing.",
    ),
    frozen=4,
)

TREATED = ResultSheet(
    table="bdx_treated",
    name=Text("处理记录", "Treated"),
    columns=(
        Column("year", Text("年份", "Year"), "year"),
        Column("ranking", Text("榜单", "Ranking"), "text"),
        Column("unit", Text("地区代码", "Code"), "code"),
        Column("name", Text("地区名称", "Name"), "name", holds="units"),
        Column("code", Text("指标代码", "Indicator code"), "code"),
        Column("indicator", Text("指标", "Indicator"), "name", holds="indicators"),
        Column("raw", Text("原始值", "Raw value"), "raw"),
        Column("used", Text("所用值", "Value used"), "raw"),
        Column("why", Text("处理", "What was done"), "long text"),
    ),
    key=("year", "ranking", "unit", "code"),
    about=Text(
        "没有按原样计分的值：插补、异常值处理、限于固定上下限，逐一列出原始值、所用值和处理办法。",
        "Values that were not scored as they stand: imputed, treated as outliers, held at goalposts; each with "
        "its raw "
        "value, the value used and why.",
    ),
    heading=Text("{index}：处理记录", "{index}: values that were treated"),
    note=Text(
        "未按原样计分的值：插补、异常值处理、限于固定上下限或目标值（至多 {n:,} 个）；原始值已除以分母。"
        "空表表示全部按原样使用。本表由重新计算写入，不随公式更新。",
        "Values not scored as they stand: imputed, outliers treated, held at goalposts or a target ({n:,} at "
        "most). Raw "
        "values are after denominators. An empty table: all were used as they stand. Written by a "
        "recalculation; it does "
        "not follow formulas.",
    ),
    frozen=4,
    quotes_raw=True,
    most=200_000,
)

CHECK = ResultSheet(
    table="bdx_check",
    name=Text("数据检查", "Data check"),
    columns=(
        Column("severity", Text("级别", "Level"), "text"),
        Column("sheet", Text("工作表", "Sheet"), "text", holds="data sheets"),
        Column("cell", Text("单元格", "Cell"), "cell"),
        Column("expected", Text("应为", "Expected"), "long text"),
        Column("found", Text("实为", "Found"), "long text"),
        Column("done", Text("处理", "Done"), "long text"),
    ),
    about=Text(
        "数据中的错误、警告和说明，以及处理办法。",
        "Faults, warnings and notes on the data, and what was done.",
    ),
    waiting=Text(
        "尚未检查。重新计算后，此处逐条列出数据中的问题。",
        "Not checked yet. A recalculation lists here what it finds in the data.",
    ),
)

LOG = ResultSheet(
    table="bdx_log",
    name=Text("运行记录", "Run log"),
    columns=(
        Column("time", Text("时间", "Time"), "time"),
        Column("version", Text("版本", "Version"), "text"),
        Column("settings", Text("设置", "Settings"), "long text"),
        Column("inputs", Text("输入数据 SHA-256", "SHA-256 of the inputs"), "long text"),
        Column("units", Text("地区数", "Units"), "count"),
        Column("years", Text("年份数", "Years"), "count"),
        Column("indicators", Text("指标数", "Indicators"), "count"),
        Column("warnings", Text("提示数", "Warnings"), "count"),
        Column("seconds", Text("用时（秒）", "Seconds"), "seconds"),
    ),
    about=Text(
        "每次计算的时间、版本、设置和数据指纹。",
        "When each calculation ran, its version, settings and fingerprint of the data.",
    ),
    waiting=Text("每次重新计算记一行。", "One row for each recalculation."),
)

# Beside the rankings, which come first: what a recalculation finds out, and then what it says of itself.
COMPUTED = (
    GROUPS,
    HISTORY,
    GROWTH,
    WEIGHTS,
    WEIGHTS_BY_YEAR,
    NORMALISED,
    TREATED,
)
OF_RUN = (CHECK, LOG)
RESULTS = (*COMPUTED, *OF_RUN)
