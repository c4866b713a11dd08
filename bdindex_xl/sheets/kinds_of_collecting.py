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
}
