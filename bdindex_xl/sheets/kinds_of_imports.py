"""Kinds of findings about workbooks of other programs that a new workbook is made from."""

from __future__ import annotations

from ..language import Text
from .finding_kind import FAULT, FOUND, LEFT_OUT, NONE, NOTE, TAKEN, WARNING, Kind

_DATA_ALONE = Text("指标体系、地区或原始数据", "the framework, units or raw data")

OF_IMPORTS: dict[str, Kind] = {
    "import methods": Kind(
        NOTE,
        Text("得分的计算方法", "how scores are made"),
        Text("文件中没有", "nothing of it in the file"),
        Text("采用 {taken}", "made with {taken}"),
    ),
    "import no year": Kind(
        NOTE,
        Text("{wanted}", "{wanted}"),
        NONE,
        Text("全部按 {taken} 年处理；可用 --set year=年份指定", "all taken for {taken}; --set year=YYYY names another"),
    ),
    "import sheet of methods": Kind(
        NOTE,
        _DATA_ALONE,
        Text("分析结果或操作记录", "analyses, or a record of what was done"),
        Text(
            "未读取；其中的方法请在设置表中设定", "not read; what it says of methods is to be set on the settings sheet"
        ),
    ),
    "import sheet of results": Kind(
        NOTE, _DATA_ALONE, Text("计算结果", "results"), Text("未读取；由原始数据重新计算", "not read; computed anew")
    ),
    "import sheet of a step": Kind(
        WARNING,
        _DATA_ALONE,
        Text("经处理的数据", "data after a step of its own"),
        Text(
            "未读取；该步骤未重复，采用“{raw}”的数据；异常值和缺失值的处理请在设置表中设定",
            "not read; the step is not repeated, the data are those of “{raw}”; how outliers and missing values are "
            "treated is to be set on the settings sheet",
        ),
    ),
    "import sheet of weights": Kind(
        NOTE,
        _DATA_ALONE,
        Text("另一组权重", "another set of weights"),
        Text("未读取；采用“{framework}”的权重", "not read; the weights are those of “{framework}”"),
    ),
    "import sheets unread": Kind(
        NOTE,
        Text("名为 {known} 的工作表", "sheets named {known}"),
        Text("还有 {found}", "{found} beside them"),
        Text("未读取", "not read"),
    ),
    "import undivided": Kind(
        WARNING,
        Text("工作表“{wanted}”（有指标写明了分母）", "the sheet “{wanted}”, as indicators have denominators"),
        NONE,
        Text(
            "与该文件一致，未除以分母；应除时请在指标体系表中填写",
            "not divided here either; to divide, fill in the denominators on the framework sheet",
        ),
    ),
    "import column unread": Kind(
        NOTE, Text("指标、分组或用到的分母", "an indicator, a group or a denominator that is used"), FOUND, LEFT_OUT
    ),
    "import direction of aggregate": Kind(
        NOTE,
        Text("上级指标为 1 或空白", "1 or a blank for a node with children"),
        FOUND,
        Text("按 1 处理：COINr 只反转原始指标", "taken as 1: COINr turns indicators alone"),
    ),
    "import name twice": Kind(NOTE, Text("不重复的名称", "a name that stands once"), FOUND, TAKEN),
    "import group changes": Kind(
        WARNING,
        Text("{expected}（与 {other} 一致）", "{expected}, as in {other}"),
        FOUND,
        Text("按 {expected} 处理", "taken as {expected}"),
    ),
    "import goalposts": Kind(
        NOTE,
        Text("数据的最小值和最大值（极差正规化）", "the least and the greatest value, as the normalisation is min-max"),
        Text("固定上下限", "goalposts"),
        Text(
            "已填入指标体系表；要使用，请把标准化方法设为“固定上下限”",
            "kept on the framework sheet; to use them, choose the normalisation “goalposts”",
        ),
    ),
    "import type": Kind(FAULT, Text("{types}之一", "one of {types}")),
    "import codes": Kind(FAULT, Text("第 {row} 行中的指标代码", "codes of indicators in row {row}"), NONE),
    "import parent": Kind(
        FAULT, Text("“{code}”的上级 {expected}（另见 {other}）", "{expected} above “{code}”, as in {other}")
    ),
    "import no values": Kind(
        NOTE, Text("“{found}”的数值", "values for “{found}”"), NONE, Text("未导入", "not taken over")
    ),
}
