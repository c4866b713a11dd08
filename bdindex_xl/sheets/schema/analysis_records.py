"""Sheets that are filled on request, not by a recalculation, one record each, in the order of the workbook.

The last column of each record holds the fingerprint of the data that an analysis was made of.
"""

from __future__ import annotations

from ...language import Text
from .scenario_records import SCENARIO_RANKS, SCENARIO_SUMMARY
from .sheet import Column, Further, ResultSheet

_FILLED = Text(
    "由 bdindex {command} 或功能区的“{button}”填写并显示。",
    "Filled, and then shown, by bdindex {command} or {button} on the ribbon.",
)
_BY_ROBUSTNESS = _FILLED.format(command="robustness", button=Text("稳健性分析", "Robustness"))
_BY_AUDIT = _FILLED.format(command="audit", button=Text("指标审查", "Audit"))
_TO_ANALYSE = Text(
    "尚未分析：请运行 bdindex robustness，或点击功能区的“稳健性分析”。",
    "Not analysed yet: run bdindex robustness, or click Robustness on the ribbon.",
)
_TO_AUDIT = Text(
    "尚未审查：请运行 bdindex audit，或点击功能区的“指标审查”。",
    "Not audited yet: run bdindex audit, or click Audit on the ribbon.",
)

ROBUSTNESS = ResultSheet(
    table="bdx_robustness",
    name=Text("稳健性", "Robustness"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("rank", Text("排名", "Rank"), "rank"),
        Column("unit", Text("地区", "Unit"), "name", holds="units"),
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
        Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code", holds="fingerprints"),
    ),
    about=Text(
        "换用其他合理的权重和方法时，每个地区的排名会怎样变化。",
        "How each unit's rank varies under other reasonable weights and methods.",
    ),
    heading=Text("{index}：排名稳健性（{year} 年）", "{index}: robustness of the ranking, {year}"),
    note=Text("{n} 次抽样（种子 {seed}）：{what}。", "{n} {n:draw|draws} (seed {seed}): {what}."),
    waiting=_TO_ANALYSE,
    filled_by=_BY_ROBUSTNESS,
    frozen=3,
)

SENSITIVITY = ResultSheet(
    table="bdx_sensitivity",
    name=Text("敏感性", "Sensitivity"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("kind", Text("类别", "Kind"), "text", holds="kinds"),
        Column("what", Text("来源", "Source"), "name", holds="nodes"),
        Column("mean_shift", Text("平均位移", "Mean shift"), "score"),
        Column("largest", Text("最大位移或区间", "Largest shift or interval"), "count"),
        Column("unit", Text("所在地区", "Of which unit"), "name", holds="units"),
        Column("first", Text("一阶指数", "First order"), "share"),
        Column("first_low", Text("一阶 5%", "First order, 5%"), "share"),
        Column("first_high", Text("一阶 95%", "First order, 95%"), "share"),
        Column("total", Text("总指数", "Total"), "share"),
        Column("total_low", Text("总 5%", "Total, 5%"), "share"),
        Column("total_high", Text("总 95%", "Total, 95%"), "share"),
        Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code", holds="fingerprints"),
    ),
    about=Text(
        "排名的变动有多少来自哪一项选择，去掉某个指标又如何。",
        "Which choice moves the ranking how much, and what removing an indicator does.",
    ),
    heading=Text("{index}：排名对各项选择的敏感性（{year} 年）", "{index}: sensitivity of the ranking, {year}"),
    note=Text(
        "对平均位移的 Sobol 指数（{n} 次计算，种子 {seed}）：一阶为该来源单独所占的方差比例，总指数含与其他来源的交互；"
        "另列各来源单独变化时的位移和最宽的 5–95% 区间，以及逐个去掉指标、地区的影响。",
        "Sobol indices of the mean shift of ranks ({n} {n:run|runs}, seed {seed}): first order is a source's "
        "own share of "
        "the variance, total includes its interactions; the shift and widest 5–95% interval of each source "
        "alone; and what "
        "removing each indicator and each unit does.",
    ),
    waiting=_TO_ANALYSE,
    filled_by=_BY_ROBUSTNESS,
    frozen=3,
)

AUDIT = ResultSheet(
    table="bdx_audit",
    name=Text("审查", "Audit"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("year", Text("年份", "Year"), "year"),
        Column("code", Text("代码", "Code"), "code"),
        Column("name", Text("名称", "Name"), "name", holds="nodes"),
        Column("rule", Text("情况", "What was found"), "long text"),
        Column("value", Text("数值", "Value"), "score"),
        Column("limit", Text("界限", "Limit"), "score"),
        Column("source", Text("依据", "Source of the limit"), "long text"),
        Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code", holds="fingerprints"),
    ),
    about=Text(
        "指标有无缺失过多、偏态、共线、与上级不相关等情况。",
        "What to look at in the indicators: gaps, skew, collinearity, weak ties to their parents.",
    ),
    heading=Text("{index}：指标审查（{year} 年及以前）", "{index}: audit of the indicators, up to {year}"),
    note=Text(
        "共 {n} 条提示，供判断，并非错误；界限的出处见最后一列。",
        "{n} {n:thing|things} to look at: matters of judgement, not faults. The last column says whose limits "
        "they are.",
    ),
    waiting=_TO_AUDIT,
    filled_by=_BY_AUDIT,
    frozen=4,
)

STATISTICS = ResultSheet(
    table="bdx_statistics",
    name=Text("统计量", "Statistics"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("year", Text("年份", "Year"), "year"),
        Column("kind", Text("类别", "Kind"), "text", holds="kinds"),
        Column("code", Text("代码", "Code"), "code"),
        Column("name", Text("名称", "Name"), "name", holds="nodes"),
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
        Column("alpha", Text("克朗巴赫 α（标准化）", "Cronbach's alpha, standardised"), "score"),
        Column("raw_alpha", Text("克朗巴赫 α（原始）", "Cronbach's alpha, raw"), "score"),
        Column("explained", Text("第一主成分解释比例", "Explained by the first component"), "share"),
        Column("components", Text("大于 1 的特征值个数", "Eigenvalues above 1"), "count"),
        Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code", holds="fingerprints"),
    ),
    about=Text(
        "各指标各年的统计量、相关系数和实际重要性。",
        "Statistics, correlations and effective importance of every indicator and year.",
    ),
    heading=Text("{index}：指标统计量", "{index}: statistics of the indicators"),
    note=Text(
        "原始指标的统计量（已除以分母）；各级指标与上级的相关系数、名义权重与实际重要性；上级指标的内部一致性；"
        "所示年份各地区的可得比例。",
        "Of the raw data after denominators; correlation with the parent, nominal weight and effective "
        "importance of every "
        "node; consistency of each parent's children; each unit's availability in the year shown.",
    ),
    waiting=_TO_AUDIT,
    filled_by=_BY_AUDIT,
    frozen=5,
    raw=("minimum", "maximum", "mean", "median", "deviation"),
)

CORRELATIONS = ResultSheet(
    table="bdx_correlations",
    name=Text("相关系数", "Correlations"),
    columns=(
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("measure", Text("统计量", "Measure"), "text"),
        Column("code", Text("代码", "Code"), "code"),
        Column("name", Text("名称", "Name"), "name", holds="nodes"),
        Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code", holds="fingerprints"),
    ),
    further=Further.INDICATORS,
    about=Text(
        "各级指标得分两两之间的皮尔逊、斯皮尔曼相关系数及其显著性。",
        "Pearson's and Spearman's correlations between the scores of all nodes, with their significance.",
    ),
    heading=Text("{index}：相关系数矩阵（{year} 年）", "{index}: correlations, {year}"),
    note=Text(
        "得分之间的相关系数，方向已统一；p 为双侧检验的显著性水平，小于 0.05 通常视为显著。只用两项都有值的地区；"
        "不足三个地区或取值相同的留空。",
        "Correlations between scores, so that all point one way; p is that of a two-sided test, usually called "
        "significant below 0.05. Of the units that have both; blank for fewer than three, or where one does not vary.",
    ),
    waiting=_TO_AUDIT,
    filled_by=_BY_AUDIT,
    frozen=4,
    optional=True,
)

EXPLANATION = ResultSheet(
    table="bdx_explanation",
    name=Text("解释", "Explanation"),
    columns=(
        Column("name", Text("地区", "Unit"), "name", holds="units"),
        Column("indicator", Text("指标", "Indicator"), "name", holds="nodes"),
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
        Column("ranking", Text("榜单", "Ranking"), "text", holds="rankings"),
        Column("year", Text("年份", "Year"), "year"),
        Column("unit", Text("地区代码", "Unit code"), "code"),
        Column("code", Text("代码", "Code"), "code"),
        Column("inputs", Text("数据指纹", "Fingerprint of the data"), "code", holds="fingerprints"),
    ),
    about=Text(
        "所选地区的得分从何而来，与上年相比为何变化，怎样才能前进一名。",
        "Where a unit's score comes from, why it changed, and what it would take to move up.",
    ),
    heading=Text("{index}：得分与排名的解释", "{index}: why units stand where they do"),
    note=Text(
        "各指标的贡献之和等于得分；变化的三个部分之和等于得分变化。缺数据不算短处，也不算变化的原因，其影响单列一行。"
        "“所需的值”为其他条件不变、仅改动该指标即可超过前一名的最小变动，计数类指标取整数。",
        "Contributions add up to the score, the three parts of a change to the change. Missing data are no "
        "weakness and no "
        "cause; what they do has a row of its own. A value needed is the least change of that indicator alone, "
        "all else "
        "being equal, that passes the next unit: a whole number where the indicator counts something.",
    ),
    waiting=Text(
        "尚无内容：请运行 bdindex explain，或选中某个地区所在的行，点击功能区的“解释”。",
        "Nothing yet: run bdindex explain, or select a row with a unit in it and click Explain on the ribbon.",
    ),
    filled_by=_FILLED.format(command="explain", button=Text("解释", "Explain")),
    frozen=2,
    raw=("value", "needed", "needed_change"),
)

ANALYSES = (ROBUSTNESS, SENSITIVITY, AUDIT, STATISTICS, CORRELATIONS, EXPLANATION, SCENARIO_SUMMARY, SCENARIO_RANKS)
