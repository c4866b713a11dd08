"""Sheets that a user fills in, one record each, in the order of the workbook."""

from __future__ import annotations

from ...language import Text
from .collecting_records import RULES, SOURCES
from .sheet import Column, InputSheet
from .words_records import WORD_LIST

SETTINGS = InputSheet(
    table="bdx_settings",
    name=Text("设置", "Settings"),
    columns=(
        Column("key", Text("设置项", "Setting"), "text"),
        Column("value", Text("取值", "Value"), "text"),
        Column("meaning", Text("说明", "Meaning"), "long text", read=False),
    ),
    key=("key",),
    about=Text(
        "计算方法、显示年份、语言和涨跌颜色。",
        "Method, year shown, language, colours of change.",
    ),
    note=Text(
        "在浅黄色单元格中选择或填写；改动后需重新计算才会生效。",
        "Choose or type in the cream cells; changes take effect at the next recalculation.",
    ),
    copy_note=Text("计算所用的设置。", "The settings of the calculation."),
)

FRAMEWORK = InputSheet(
    table="bdx_framework",
    name=Text("指标体系", "Framework"),
    columns=(
        Column(
            "code",
            Text("代码", "Code"),
            "code",
            help=Text("不重复的短代码，如 A11。", "A short code, each once, such as A11."),
        ),
        Column(
            "name",
            Text("名称", "Name"),
            "name",
            help=Text("显示在数据表、排名表标题中的名称。", "The name that headings of data and rankings show."),
        ),
        Column(
            "parent",
            Text("上级代码", "Parent"),
            "code",
            help=Text("上一级的代码；总指数留空。", "Code of the node above; blank for the index."),
        ),
        Column(
            "direction",
            Text("方向", "Direction"),
            "text",
            help=Text(
                "数值越大越好为正向，越小越好为负向，居中为好为适度；留空按正向处理。",
                "Positive where more is better, negative where less is, moderate where it is best in between. Blank "
                "means positive.",
            ),
        ),
        Column(
            "weight",
            Text("权重", "Weight"),
            "raw",
            help=Text(
                "仅在赋权方法为“给定权重”时使用；同一上级之内的权重会换算为合计 1。",
                "Used only where the weighting is “given”; weights within a parent are rescaled to add up to 1.",
            ),
        ),
        Column(
            "lower",
            Text("下限", "Lower"),
            "raw",
            help=Text(
                "仅在标准化方法为“固定上下限”时使用，计量单位与数据相同。",
                "Used only where the normalisation is “goalposts”; in the measure of the data.",
            ),
        ),
        Column(
            "upper",
            Text("上限", "Upper"),
            "raw",
            help=Text(
                "仅在标准化方法为“固定上下限”时使用，应大于下限。",
                "Used only where the normalisation is “goalposts”; above the lower end.",
            ),
        ),
        Column(
            "measure",
            Text("计量单位", "Measure"),
            "text",
            help=Text(
                "原始数据的计量单位，如 亿元、件、个。",
                "What the raw data are counted in, such as CNY 100 million.",
            ),
        ),
        Column(
            "denominator",
            Text("分母", "Denominator"),
            "text",
            help=Text(
                "原始数据先除以该列：数据表中的列名（如常住人口）或另一指标的代码；留空不除。",
                "Raw data are divided by this first: a column of the data sheets, such as population, or an "
                "indicator's code.",
            ),
        ),
        Column(
            "treatment",
            Text("异常值处理", "Outliers"),
            "text",
            help=Text("该指标的异常值处理；留空则按统一的设置。", "For this indicator; blank as in the settings."),
        ),
        Column(
            "normalisation",
            Text("标准化方法", "Normalisation"),
            "text",
            help=Text("该指标的标准化方法；留空则按统一的设置。", "For this indicator; blank as in the settings."),
        ),
        Column(
            "target",
            Text("目标值", "Target"),
            "raw",
            help=Text(
                "仅在按“与目标值的距离”标准化时使用；达到即得满分。",
                "Used only where the normalisation is “distance to target”; who reaches it has full marks.",
            ),
        ),
        Column(
            "weighting",
            Text("下级赋权方法", "Weighting of children"),
            "text",
            help=Text(
                "该上级指标的下级怎样赋权；留空则按统一的设置。",
                "How this node's children are weighted; blank as in the settings.",
            ),
        ),
        Column(
            "aggregation",
            Text("下级合成方法", "Aggregation of children"),
            "text",
            help=Text(
                "该上级指标的下级怎样合成；留空则按统一的设置。",
                "How this node's children become its score; blank as in the settings.",
            ),
        ),
        Column(
            "transformation",
            Text("变换", "Transformation"),
            "text",
            help=Text(
                "先取对数、平方根、绝对值或倒数，原始数据、上下限、目标值和最优值一并变换；方向指变换后的值。留空不变换。",
                "A logarithm, square root, absolute value or reciprocal taken first, of data, goalposts, target and "
                "best values alike; the direction is that of the result. Blank for none.",
            ),
        ),
        Column(
            "best_lower",
            Text("最优下限", "Best from"),
            "raw",
            help=Text(
                "仅用于适度指标：最优区间的下限；最优值只有一个时填在这里。",
                "For moderate indicators: where the best values begin, or the one best value.",
            ),
        ),
        Column(
            "best_upper",
            Text("最优上限", "Best to"),
            "raw",
            help=Text(
                "仅用于适度指标：最优区间的上限；最优值只有一个时留空。",
                "For moderate indicators: where the best values end; blank where there is only one.",
            ),
        ),
        Column(
            "decimals",
            Text("小数位数", "Decimals"),
            "raw",
            help=Text(
                "该节点的得分保留几位小数，再合成上一级；留空则按统一的设置。",
                "To how many decimals this node's score is rounded before it goes into the next level; blank as in the "
                "settings.",
            ),
        ),
    ),
    key=("code",),
    about=Text(
        "指标的层级、方向和计量单位；层数与指标数不限。",
        "Hierarchy, directions and measures; any number of levels and nodes.",
    ),
    note=Text(
        "每行一个指标，自上而下排列；没有上级代码的一行就是总指数，没有下级的行就是原始指标。",
        "One node a row. The row without a parent is the index; rows that are nobody's parent are the indicators.",
    ),
    raw=("lower", "upper", "target", "best_lower", "best_upper"),
    file="framework.csv",
)

PAIRWISE = InputSheet(
    table="bdx_pairwise",
    name=Text("成对比较", "Comparisons"),
    columns=(
        Column("first", Text("代码", "Code"), "code", help=Text("指标体系中的代码。", "A code of the framework.")),
        Column(
            "second",
            Text("比较对象", "Compared with"),
            "code",
            help=Text("同一上级的另一个下级的代码。", "The code of another child of the same parent."),
        ),
        Column(
            "ratio",
            Text("重要性之比", "Times as important"),
            "raw",
            help=Text("前者的重要性是后者的几倍。", "How many times as important the first is."),
        ),
    ),
    key=("first", "second"),
    about=Text("层次分析法的成对比较。", "Comparisons in pairs, for the weighting AHP."),
    note=Text(
        "赋权方法为“层次分析法”时使用：同一上级的每两个下级比较一次，1 为同等重要，3、5、7、9 为越来越重要，小于 1 "
        "为较不重要。",
        "For the weighting AHP: one row for every two children of a parent; 1 is equally important, 3, 5, 7, 9 ever "
        "more so, "
        "below 1 less so.",
    ),
    file="comparisons.csv",
    optional=True,
)

UNITS = InputSheet(
    table="bdx_units",
    name=Text("地区", "Units"),
    columns=(
        Column(
            "code",
            Text("地区代码", "Code"),
            "code",
            help=Text(
                "不重复的代码，如行政区划代码；数据表按此代码对应。", "A code, each once; the data sheets refer to it."
            ),
        ),
        Column(
            "name",
            Text("地区名称", "Name"),
            "name",
            help=Text("显示在排名表中的名称。", "The name that rankings show."),
        ),
        Column(
            "ranking",
            Text("榜单", "Ranking"),
            "text",
            help=Text(
                "参加哪个榜单；同一榜单的地区一起排名。可填写新的名称。",
                "The ranking it belongs to: units of one ranking are ranked together. A new name may be typed.",
            ),
        ),
    ),
    key=("code",),
    about=Text("参加排名的地区、所属榜单和分组。", "What is ranked, in which ranking, and the groups it belongs to."),
    note=Text(
        "每行一个地区。“榜单”之后的每一列都是一种分组方式，可自行增删；留空表示不属于任何组。",
        "One unit a row. Every column after “Ranking” is a way of grouping: add or remove columns freely; blank "
        "means "
        "no group.",
    ),
    copy_note=Text(
        "每行一个地区。“榜单”之后的每一列都是一种分组方式；空白表示不属于任何组。",
        "One unit a row. Every column after “Ranking” is a way of grouping; blank means no group.",
    ),
    file="units.csv",
    further=True,
)

DATA = InputSheet(
    table="bdx_data_{ranking}",
    name=Text("{ranking}数据", "{ranking} data"),
    columns=(
        Column("year", Text("年份", "Year"), "year", help=Text("四位年份。", "A year of four digits.")),
        Column(
            "unit", Text("地区代码", "Code"), "code", help=Text("地区清单中的代码。", "A code of the list of units.")
        ),
        Column(
            "name",
            Text("地区名称", "Name"),
            "name",
            help=Text("便于阅读；计算时以代码为准。", "For reading only: the code counts."),
        ),
    ),
    key=("year", "unit"),
    about=Text(
        "{ranking}的原始数据，每行一个地区一年。",
        "Raw data of the ranking “{ranking}”, one unit and year a row.",
    ),
    note=Text(
        "每行为一个地区一年的原始数据。空白表示缺失，请勿以 0 代替；可从其他表格整块粘贴为数值。",
        "One row is one unit in one year. Blank means missing, so do not put 0 instead; blocks may be pasted as "
        "values.",
    ),
    copy_note=Text(
        "每行为一个地区一年的原始数据；空白表示缺失。", "One row is one unit in one year; blank means missing."
    ),
    file="data.csv",
    further=True,
)

# A further column of the units that is no grouping: their places on a tile map.
TILE = Column("tile", Text("方格", "Tile"), "text")

FIGURES = InputSheet(
    table="bdx_figures",
    name=Text("图表", "Figures"),
    columns=(
        Column(
            "number",
            Text("编号", "Number"),
            "text",
            help=Text("报告中的编号，如 3-1。", "As the report counts it, such as 3-1."),
        ),
        Column(
            "title",
            Text("标题", "Title"),
            "long text",
            help=Text(
                "可写 {year}、{previous}、{top}，报告中换成年份、上年、名数。",
                "May hold {year}, {previous} and {top}: the year, the year before, and how many units.",
            ),
        ),
        Column("kind", Text("类型", "Kind"), "name", help=Text("画成什么图。", "What is drawn.")),
        Column(
            "chapter",
            Text("章节", "Chapter"),
            "name",
            help=Text("所在章节的标题。", "Heading of the chapter it is in."),
        ),
        Column(
            "ranking",
            Text("榜单", "Ranking"),
            "text",
            help=Text("哪个榜单；留空为最后一个。", "Of which ranking; blank for the last one."),
        ),
        Column(
            "nodes",
            Text("指标", "Indicators"),
            "name",
            help=Text(
                "代码或名称，几个之间用逗号；第一个决定次序。留空按类型：总指数或各维度。",
                "Codes or names, with commas between; the first orders the units. Blank: the index or its dimensions.",
            ),
        ),
        Column(
            "grouping",
            Text("分组", "Grouping"),
            "name",
            help=Text("地区清单中的分组列。", "A group column of the list of units."),
        ),
        Column(
            "group",
            Text("组别", "Group"),
            "name",
            help=Text(
                "只要这一组；没有填分组时为梯队的序号。",
                "Of this group alone; without a grouping, the number of a tier.",
            ),
        ),
        Column(
            "top",
            Text("前几名", "Top"),
            "count",
            help=Text("取前几名；留空按类型。", "How many units, the first ones; blank as its kind has it."),
        ),
        Column(
            "years",
            Text("年数", "Years"),
            "count",
            help=Text("回溯几年，含当年；留空为全部。", "How many years back, the shown one included; blank for all."),
        ),
        Column(
            "order",
            Text("排序指标", "Ordered by"),
            "text",
            help=Text("按哪个指标排序；留空按第一个指标。", "What orders the units; blank for the first indicator."),
        ),
    ),
    key=("kind", "number"),
    about=Text("报告要画的图和表，一行一个。", "Figures and tables of the report, one a row."),
    note=Text(
        "每行一张图或一张表，可自行增删；运行 bdindex report 生成报告。不影响指数的数值。",
        "One figure or table a row; add or remove rows freely. bdindex report draws them; they change no number.",
    ),
    copy_note=Text("报告中的图和表。", "Figures and tables of the report."),
    file="figures.csv",
    optional=True,
)

INPUTS = (
    SETTINGS,
    FRAMEWORK,
    PAIRWISE,
    UNITS,
    FIGURES,
    RULES,
    SOURCES,
    WORD_LIST,
)  # then DATA, a sheet for each ranking
