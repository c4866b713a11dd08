"""The sheet of figures: what a report draws."""

from __future__ import annotations

from ...language import Text
from .sheet import Column, InputSheet

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
