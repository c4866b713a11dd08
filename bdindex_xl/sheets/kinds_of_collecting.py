"""Kinds of findings about rules, sources and the records themselves."""

from __future__ import annotations

from ..language import Text
from .finding_kind import FAULT, MEANT, NONE, NOTHING, Kind

OF_COLLECTING: dict[str, Kind] = {
    "sources missing": Kind(
        FAULT,
        Text(
            "数据来源（表 bdx_sources 或文件 sources.csv）", "sources (the table bdx_sources, or the file sources.csv)"
        ),
        NONE,
    ),
    "source twice": Kind(FAULT, Text("每个数据表一行", "one row a table"), Text("又一次 {found}", "{found} again")),
    "rule blank": Kind(FAULT, Text("“{header}”", "“{header}”"), NOTHING),
    "rule choice": Kind(FAULT, Text("{known} 之一", "one of {known}"), MEANT),
    "rule indicator": Kind(FAULT, Text("原始指标的代码或名称", "the code or name of an indicator"), MEANT),
    "rule twice": Kind(FAULT, Text("每个指标一行", "one row an indicator"), Text("又一次 {found}", "{found} again")),
    "rule table": Kind(FAULT, Text("数据来源中的数据表", "a table of the sources"), MEANT),
    "rule key": Kind(
        FAULT,
        Text("有主键的数据表", "a table with a key"),
        Text("{table} 没有主键", "{table}, which has none"),
    ),
    "rule filter": Kind(
        FAULT,
        Text("由本表字段组成的条件，如 状态 = '存续'", "a condition of the table's fields, such as status = 'active'"),
    ),
    "rule field kind": Kind(
        FAULT, Text("数值字段", "a field of numbers"), Text("{field}：{found}", "{field}: {found}")
    ),
    "rules missing": Kind(
        FAULT,
        Text("统计指标的口径（表 bdx_rules）", "rules for counting indicators (the table bdx_rules)"),
        NONE,
        Text(
            "请在生成工作簿的文件夹中放入 rules.csv 和 sources.csv",
            "make the workbook with rules.csv and sources.csv in its folder",
        ),
    ),
    "rows of year missing": Kind(
        FAULT,
        Text("数据表中有 {year} 年的行", "rows of {year} in the data"),
        NONE,
        Text("请先运行 bdindex new-year", "run bdindex new-year first"),
    ),
    "rows of data missing": Kind(
        FAULT, Text("数据表中有年份和地区的行", "rows with a year and a unit in the data"), NONE
    ),
}
