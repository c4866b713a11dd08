"""Sheets that a user fills in, one record each, in the order of the workbook."""

from __future__ import annotations

from ...language import Text
from .collecting_records import RULES, SOURCES
from .figure_records import FIGURES
from .framework_record import FRAMEWORK
from .scenario_records import SCENARIOS
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

UNIT_WEIGHTS = InputSheet(
    table="bdx_unit_weights",
    name=Text("地区权重", "Weights by unit"),
    columns=(
        Column(
            "unit", Text("地区代码", "Unit"), "code", help=Text("地区清单中的代码。", "A code of the list of units.")
        ),
        Column("code", Text("代码", "Code"), "code", help=Text("指标体系中的代码。", "A code of the framework.")),
        Column(
            "weight",
            Text("权重", "Weight"),
            "raw",
            help=Text("该地区的这一指标在上级内的权重。", "The weight of this node within its parent, for this unit."),
        ),
    ),
    key=("unit", "code"),
    about=Text("与其他地区不同的权重。", "Weights that are not those of the other units."),
    note=Text(
        "每行为一个地区的一个指标在上级内的权重，代替统一的权重；没有填的按统一的权重，同一上级之内再换算为合计 1。",
        "One row is the weight of a node within its parent for one unit, in place of that for all; where "
        "there is none, that counts. Within a parent, a unit's weights are rescaled to add up to 1.",
    ),
    file="unit_weights.csv",
    optional=True,
)

GOALPOSTS = InputSheet(
    table="bdx_goalposts",
    name=Text("逐年上下限", "Goalposts by year"),
    columns=(
        Column(
            "code",
            Text("代码", "Code"),
            "code",
            help=Text("指标体系中有上下限的指标。", "An indicator that has goalposts in the framework."),
        ),
        Column("year", Text("年份", "Year"), "year", help=Text("四位年份。", "A year of four digits.")),
        Column("lower", Text("下限", "Lower"), "raw", help=Text("该年的下限。", "The lower end in that year.")),
        Column("upper", Text("上限", "Upper"), "raw", help=Text("该年的上限。", "The upper end in that year.")),
    ),
    key=("code", "year"),
    about=Text("某一年与指标体系不同的上下限。", "Goalposts of single years that are not those of the framework."),
    note=Text(
        "每行为一个指标一年的上下限，按固定上下限标准化时代替指标体系中的上下限；没有填的年份仍用指标体系中的，不作内插。",
        "One row is the ends of an indicator in a year, in place of those in the framework where it is normalised by "
        "goalposts; years without a row keep these. Nothing is interpolated.",
    ),
    file="goalposts.csv",
    optional=True,
    raw=("lower", "upper"),
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
# Another: which units are in or out whatever share of the indicators they have.
SCREENING = Column("screening", Text("筛选", "Screening"), "text")

INPUTS = (
    SETTINGS,
    FRAMEWORK,
    GOALPOSTS,
    PAIRWISE,
    UNITS,
    UNIT_WEIGHTS,
    FIGURES,
    SCENARIOS,
    RULES,
    SOURCES,
    WORD_LIST,
)  # then DATA, a sheet for each ranking
