"""What the sheet Profile says, in both languages."""

from __future__ import annotations

from ..language import Text

UNKNOWN = Text(
    "所选榜单中没有这个地区的结果，请从下拉列表中选择。",
    "The ranking has no result for this unit: choose one from the list.",
)
CHANGED = Text(
    "指标体系已有变动，本页仍按原来的指标列出。",
    "The framework has changed; this page still lists the indicators of before.",
)
RANKING, UNIT = Text("榜单", "Ranking"), Text("地区", "Unit")
YEAR, SCORE, RANK = Text("年份", "Year"), Text("得分", "Score"), Text("排名", "Rank")
CHANGE, PREVIOUS, RANKED = (
    Text("排名变化", "Rank change"),
    Text("上年排名", "Previous rank"),
    Text("参评地区", "Units ranked"),
)
YEARS, PARTS = Text("历年得分和排名", "Scores and ranks over the years"), Text("各维度", "Dimensions")
RANKS_CHART, RADAR_CHART = (
    Text("历年排名", "Ranks"),
    Text("与榜单平均、最高得分相比", "Against the mean and the best of the ranking"),
)
PART, MEAN, BEST = Text("维度", "Dimension"), Text("榜单平均", "Mean"), Text("榜单最高", "Best")
WEIGHT, ADDED = Text("权重", "Weight"), Text("对总分的贡献", "Adds to the score")
STRENGTHS, WEAKNESSES = Text("相对优势", "Relative strengths"), Text("相对短板", "Relative weaknesses")
GAP = Text("与平均之差", "Less mean")
INDICATORS, INDICATOR = Text("全部指标", "All indicators"), Text("指标", "Indicator")
VALUE, MEASURE, SHARE = Text("数值", "Value"), Text("计量单位", "Measure"), Text("占比", "Share")
HOW = Text(
    "相对优势：名次不低于总排名且不在末位的指标，按名次取前 {n} 个；相对短板：名次低于总排名或在末位的指标，"
    "按得分与平均之差从低到高取前 {n} 个。指标名次按标准化得分；占比为占全部地区合计的比重。",
    "Strengths: indicators in which the unit ranks no lower than in the index and not last, the first {n} by rank. "
    "Weaknesses: those in which it ranks lower or last, the first {n} by score less mean. Indicators rank by "
    "normalised score; shares are of the total of all units.",
)
RANKING_HELP = Text("从列表中选择榜单，再选择其中的地区。", "Choose a ranking, then a unit of it.")
UNIT_HELP = Text("从列表中选择地区，按排名排列。", "Choose a unit; they are listed by rank.")
