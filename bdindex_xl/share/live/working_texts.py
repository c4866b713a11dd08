"""What the sheet of intermediate steps says, in both languages."""

from __future__ import annotations

from ...language import Text

SHEET = Text("计算过程", "Working")
TITLE = Text("计算过程：由原始数据到得分和排名的每一步", "Working: every step from raw data to scores and ranks")
FULL = Text("满分", "Full score")
TIE = Text("并列容差", "Tolerance of ties")
SHARE = Text("最低可得比例", "Least share available")
RAW = Text(
    "① 原始数据：逐格引用数据表，非数值视为缺失",
    "1. Raw data: cell by cell from the data sheets; what is no number is missing",
)
TRANSFORMED = Text(
    "① 续：先除以分母（分母不大于 0 时为空），再作变换，见指标体系；变换不能用于该值时显示错误",
    "1, continued: divided by the denominator (blank where that is not above 0), then transformed, see framework; an "
    "error where a transformation does not take the value",
)
IMPUTED = Text(
    "① 续：插补（{label}）——{does}当年没有任何数据的地区不插补",
    "1, continued: missing values imputed ({label}): {does} Units without any value in a year get none",
)
DEVIATIONS = Text(
    "① 续：适度指标与最优值的距离，在最优区间内为 0；越小越好",
    "1, continued: how far two-sided indicators are off their best value, 0 within the best interval; less is better",
)
BOUNDS = Text("② 各年各指标的最小值与最大值", "2. Least and greatest value of each indicator")
GOALPOSTS = Text("② 指标体系中给定的上下限", "2. Goalposts, from the framework")
ENDS = Text(
    "② 各指标的上下限：按数据取最小值与最大值，或取自指标体系",
    "2. Ends of each indicator: least and greatest value of the data, or goalposts of the framework sheet",
)
NORMALISED_BY = Text(
    "② 标准化（{kinds}）所依据的数值：最小值、最大值等，得分见标准化结果表；全部相等的指标得分为空",
    "2. What normalisation ({kinds}) goes by: least and greatest value, and the like; its formulas stand on the sheet "
    "of normalised scores; blank where all values are equal",
)
SCORES = Text(
    "③ 各级得分：由下级得分按权重合成；可得下级不足时为空",
    "3. Scores: the children's, by their weights; blank where too few children are present",
)
COMPARED = Text(
    "③ 续前：合成时与各地区比较所依据的数值",
    "3. What a parent's children are held against, where units are compared with each other",
)
BEFORE = Text(
    "③ 续前：合成所得的得分，尚未再标准化、反向或取整",
    "3. What scores are made of: the children's, by their weights, before they are normalised anew, turned round or "
    "rounded",
)
WEIGHTS = Text(
    "④ 权重：与最优值（满分）的均方距离越小，权重越大",
    "4. Weights: the smaller the mean squared distance to the optimum, the greater the weight",
)
WEIGHTS_EQUAL = Text("④ 等权：有数据的下级权重相等", "4. Equal weights for all children that have data")
WEIGHTS_GIVEN = Text("④ 给定权重：取自指标体系", "4. Given weights, from the framework")
WEIGHTS_MIXED = Text(
    "④ 权重：各上级的赋权方法不同，见指标体系和设置；接近程度按比例换算为权重",
    "4. Weights: parents differ in their weighting, see framework and settings; weights are shares of the closeness",
)
WEIGHTS_BY = Text("④ 权重（{weighting}）：{does}", "4. Weights, {weighting}: {does}")
BESIDE = Text("与上级指标同用 CRITIC 法的指标得分", "Scores of indicators beside aggregates, for CRITIC")
LOGS = Text("熵权所需的 z ln z，z 为得分除以满分", "For entropy: z ln z, where z is the score over the full marks")
LOGS_OF = Text("{name} z ln z", "{name} z ln z")
DIFFERENCES = Text(
    "基尼系数所需：得分乘以（低于它的个数减去高于它的个数）",
    "For the Gini coefficient: a score times how many are less, less how many are greater",
)
DIFFERENCES_OF = Text("{name} 得分之差", "{name}, differences")
EFFECTS = Text(
    "MEREC 法所需：得分与最低得分之比的对数；去掉该下级后地区综合表现的变化",
    "For MEREC: logarithms of scores relative to the least; how much less a unit performs without the child",
)
LOG = Text("{name} 对数", "{name}, logarithm")
EFFECT = Text("{name} 去掉的影响", "{name}, effect of removal")
RANKS = Text(
    "⑤ 排名：得分更高者的个数加一；总指数和一级指标为各年，其余为所示年份与上一年",
    "5. Ranks: one more than the number of greater scores; of the index and its dimensions in all years, of lower "
    "levels in the year shown and the one before",
)
ORDER = Text(
    "⑥ 排名表和历年表的次序：第几行显示哪个地区",
    "6. Order of the ranking sheets and of all years: which unit stands in which row",
)
GROUPS = Text("⑦ 分组：成员得分的平均值，及其排名", "7. Groups: means of the members' scores, and their ranks")
EARLIER = Text(
    "⑧ 总指数往年的得分和排名，供“变化与增速”表引用",
    "8. Scores and ranks of the index in earlier years, for the sheet Growth",
)

YEAR = Text("年份", "Year")
RANKING = Text("榜单", "Ranking")
CODE = Text("地区代码", "Code")
NAME = Text("地区名称", "Name")
LEAST = Text("{name} 最小值", "{name}, least")
GREATEST = Text("{name} 最大值", "{name}, greatest")
MEAN = Text("{name} 均值", "{name}, mean")
DEVIATION = Text("{name} 标准差", "{name}, standard deviation")
STEP = Text("{name} 每分折合", "{name}, worth of a point")
REFERENCE = Text("{name} 首年均值", "{name}, mean of the first year")
HALF = Text("{name} 最大差距的一半", "{name}, half of the greatest distance")
TARGET = Text("{name} 目标值", "{name}, target")
USED = Text("{name} 变换后", "{name}, transformed")
OFF = Text("{name} 与最优值的距离", "{name}, off the best")
PRESENT = Text("有值的指标数", "Indicators with a value")
FILLED = Text("{name} 插补后", "{name}, imputed")
LAST = Text("{name} 最近一年的值", "{name}, last value so far")
PLACE_IN_GROUP = Text("{name} 组内由小到大的位次", "{name}, place within its group")
SCORE = Text("{name} 得分", "{name}, score")
BEFORE_OWN = Text("{name} 合成所得", "{name}, as aggregated")
RANK = Text("{name} 排名", "{name}, rank")
ROUNDED = Text("{name} 取整后的得分", "{name}, rounded score")
PREVIOUS = Text("{name} 上年排名", "{name}, previous rank")
PREVIOUS_SCORE = Text("{name} 上年得分", "{name}, previous score")
SCORE_THEN = Text("{name} 基期得分", "{name}, score then")
RANK_THEN = Text("{name} 基期排名", "{name}, rank then")
PARENT = Text("上级", "Parent")
CHILD = Text("下级", "Child")
COUNT = Text("有值的个数", "Units with a value")
MEASURE = Text("赋权依据", "What weights are made from")
INFORMATION = Text("信息量", "Information")
GIVEN = Text("给定权重", "Given weight")
ADDED = Text("加法合成", "Added")
MULTIPLIED = Text("乘法合成", "Multiplied")
MIXED = Text("组合权重", "Mix")
DISTANCE = Text("均方距离", "Mean squared distance")
CLOSENESS = Text("接近程度", "Closeness")
PLACE = Text("次序", "Place")
POSITION = Text("所在行", "Row of that place")
GROUPING = Text("分组方式", "Grouping")
GROUP = Text("组别", "Group")
MEMBERS = Text("成员数", "Members")
