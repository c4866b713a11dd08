"""The sheet of the framework: what each column is called, and what to fill in."""

from __future__ import annotations

from ...language import Text
from .sheet import Column, InputSheet

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
                "数值越大越好为正向，越小越好为负向，居中为好为适度；上级指标为负向时，其得分反向后再合成上一级。留空按正向处理。",
                "Positive where more is better, negative where less is, moderate where it is best in "
                "between. The score of a negative node with children is turned round before it goes into "
                "the next level. Blank means positive.",
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
            help=Text(
                "该指标的标准化方法，留空则按统一的设置；上级指标填写时，其得分先再标准化，再合成上一级。",
                "For this indicator; blank as in the settings. A node with children that has one is "
                "normalised anew before it goes into the next level.",
            ),
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
            "exponent",
            Text("幂平均指数", "Exponent"),
            "raw",
            help=Text(
                "该上级指标按幂平均合成时的指数；留空则按统一的设置。",
                "Of the power mean that makes this node's score; blank as in the settings.",
            ),
        ),
        Column(
            "min_available",
            Text("最低可得比例", "Least share available"),
            "raw",
            help=Text(
                "可得的下级比例低于此值（0–1）的地区在该上级指标不计分；留空则按统一的设置。",
                "A unit that has less than this share (0–1) of this node's children gets no score here; "
                "blank as in the settings.",
            ),
        ),
        Column(
            "factor",
            Text("系数", "Factor"),
            "text",
            help=Text(
                "该上级指标的得分乘以数据表中的这一列；留空不乘。",
                "This node's score is multiplied by this column of the data sheets; blank for none.",
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
