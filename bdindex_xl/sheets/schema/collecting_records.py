"""Sheets of records: how indicators are counted from them, where they are, and how the counting went."""

from __future__ import annotations

from ...language import Text
from .sheet import Column, InputSheet, ResultSheet

RULES = InputSheet(
    table="bdx_rules",
    name=Text("指标口径", "Rules"),
    columns=(
        Column(
            "indicator",
            Text("指标", "Indicator"),
            "name",
            help=Text("指标的代码或名称，一个指标一行。", "Code or name of an indicator; each has one row at most."),
        ),
        Column(
            "table",
            Text("数据表", "Table"),
            "name",
            help=Text("“数据来源”表中的名称。", "Name of a table on the sheet Sources."),
        ),
        Column(
            "aggregation",
            Text("统计方式", "Aggregation"),
            "text",
            help=Text("对一个地区一年的记录做什么。", "What becomes of the records of a unit and year."),
        ),
        Column(
            "field",
            Text("统计字段", "Field"),
            "name",
            help=Text(
                "计数可留空；其余为被去重、求和、求平均或比较的字段。",
                "What is added up, averaged, compared or told apart; blank where records are counted.",
            ),
        ),
        Column(
            "filter",
            Text("筛选条件", "Filter"),
            "long text",
            help=Text(
                "只统计符合条件的记录，如 status = '存续' AND listed；占比则为分子的条件。留空为全部。",
                "Which records count, such as status = 'active' AND listed; for a share, the part. Blank: all.",
            ),
        ),
        Column(
            "unit",
            Text("地区字段", "Unit field"),
            "name",
            help=Text(
                "含行政区划代码、地名、地址或信用代码的字段，几个之间用逗号，以先能判定的为准；“表.字段”为经主键关联的另一表的字段。",
                "The field with the code, name or address of the place; of several, with commas between, the first "
                "that tells it. “table.field” where another table has it, by its key.",
            ),
        ),
        Column(
            "year",
            Text("年份字段", "Year field"),
            "name",
            help=Text("含年份或日期的字段。", "The field with the year or the date."),
        ),
        Column(
            "period",
            Text("时期", "Period"),
            "text",
            help=Text(
                "当年名单：该年的记录；当年发生：该年内的事件；历年累计：截至该年末的全部事件。留空为当年名单。",
                "Snapshot: records of that year's list; flow: events within the year; stock: all events up to its end. "
                "Blank: snapshot.",
            ),
        ),
        Column(
            "measure",
            Text("字段计量单位", "Measure of the field"),
            "text",
            help=Text(
                "字段的计量单位，如 万元，或注明单位的字段名；折算为指标的计量单位。留空为与指标相同。",
                "What the field is counted in, such as CNY 10 thousand, or the field that says so; brought to the "
                "indicator's. Blank: the same.",
            ),
        ),
        Column(
            "empty",
            Text("没有记录时", "Without records"),
            "text",
            help=Text(
                "没有记录的地区填 0 还是留空；默认计数、合计填 0，其余留空。",
                "What a unit without records has; by default zero for counts and sums, blank for the rest.",
            ),
        ),
        Column(
            "moved",
            Text("迁移主体", "Moved"),
            "text",
            help=Text(
                "“表.字段”按事件当年的所在地，还是最新的所在地；默认为事件当年。",
                "For “table.field”: the place in the year of the event, or the latest; by default that of the event.",
            ),
        ),
    ),
    key=("indicator",),
    about=Text("怎样由企业、融资等记录统计原始指标。", "How raw indicators are counted from records."),
    note=Text(
        "每行一个指标，可自行增删；运行 bdindex collect 由记录统计，只改动列出的指标。筛选条件只能用本表的字段、比较、"
        "AND、OR、NOT、IN、BETWEEN、LIKE、IS NULL 和四则运算。",
        "One indicator a row; add or remove rows freely. bdindex collect counts these from records, and no others. "
        "Filters hold fields of the table, comparisons, AND, OR, NOT, IN, BETWEEN, LIKE, IS NULL and arithmetic alone.",
    ),
    copy_note=Text("由记录统计的指标及其口径。", "Indicators that are counted from records, and how."),
    file="rules.csv",
    optional=True,
)

SOURCES = InputSheet(
    table="bdx_sources",
    name=Text("数据来源", "Sources"),
    columns=(
        Column(
            "table",
            Text("数据表", "Table"),
            "name",
            help=Text("指标口径中所用的名称。", "What rules call it."),
        ),
        Column(
            "kind",
            Text("类型", "Kind"),
            "text",
            help=Text("记录是什么形式。", "In what form the records are."),
        ),
        Column(
            "where",
            Text("位置", "Where"),
            "long text",
            help=Text(
                "文件或文件夹，相对于工作簿所在文件夹；DuckDB 为“文件#表”；数据库为“地址#表”，地址中不得有密码。",
                "A file or folder, relative to the workbook; for DuckDB “file#table”; for a database “address#table”, "
                "without a password.",
            ),
        ),
        Column(
            "key",
            Text("主键", "Key"),
            "name",
            help=Text(
                "区分同一年记录的字段，如统一社会信用代码；几个之间用逗号。留空则每条记录都计。",
                "Fields that tell records of one year apart, such as the credit code, with commas between. Blank: all "
                "records count.",
            ),
        ),
        Column(
            "latest",
            Text("新旧字段", "Latest by"),
            "name",
            help=Text(
                "主键重复时，该字段较大的记录为准；留空则以文件中靠后的为准。",
                "Of two records of a key, the one with more in this field counts. Blank: the one further down.",
            ),
        ),
    ),
    key=("table",),
    about=Text("各数据表的记录在哪里。", "Where the records of each table are."),
    note=Text(
        "每行一个数据表。请勿在此填写密码：可放在环境变量或系统的密码保管中。",
        "One table a row. No password here: it belongs into an environment variable or the system's keyring.",
    ),
    copy_note=Text("记录的来源。", "Where the records are."),
    file="sources.csv",
    optional=True,
)

COLLECTION = ResultSheet(
    table="bdx_collection",
    name=Text("归集报告", "Collection"),
    columns=(
        Column("table", Text("数据表", "Table"), "name"),
        Column("what", Text("情况", "What"), "long text"),
        Column("n", Text("条数", "Number"), "count"),
        Column("detail", Text("内容", "Detail"), "long text"),
        Column("where", Text("位置", "Where"), "long text"),
        Column("old", Text("原值", "Old"), "value"),
        Column("new", Text("新值", "New"), "value"),
    ),
    about=Text(
        "各数据表的记录用了多少，哪些未用及其原因，改动了哪些单元格。",
        "How many records of each table were used, which were not and why, and which cells changed.",
    ),
    heading=Text("{index}：归集报告", "{index}: collection"),
    note=Text(
        "{time} 由 {tables} 统计 {n} 个指标，改动 {cells} 格。",
        "{time}: {n} {n:indicator|indicators} counted from {tables}, {cells} {cells:cell|cells} changed.",
    ),
    waiting=Text(
        "尚未归集：请运行 bdindex collect，或点击功能区的“归集数据”。",
        "Nothing collected yet: run bdindex collect, or click Collect on the ribbon.",
    ),
    filled_by=Text(
        "由 bdindex collect 或功能区的“归集数据”填写并显示。",
        "Filled, and then shown, by bdindex collect or Collect on the ribbon.",
    ),
    frozen=2,
    quotes_raw=True,
    most=200_000,
    optional=True,
)
