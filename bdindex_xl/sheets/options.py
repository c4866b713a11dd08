"""The settings a workbook offers: key, label, meaning, choices, default, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from ..language import Text


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the settings sheet. `choices` maps what the code calls a value to what the drop-down shows."""

    key: str
    label: Text
    meaning: Text
    default: str | float
    choices: dict[str, Text] | None = None
    open_ended: bool = False  # the drop-down suggests; other values are allowed


_SCOPES = {
    "year": Text("当年", "year"),
    "panel": Text("全部年份", "panel"),
    "goalposts": Text("固定上下限", "goalposts"),
}
SETTINGS_ROWS: tuple[Setting, ...] = (
    Setting(
        "title",
        Text("指数名称", "Index name"),
        Text("显示在各结果表的标题中。", "Shown in the headings of the result sheets."),
        "",
    ),
    Setting(
        "language",
        Text("语言", "Language"),
        Text("结果表、数据检查和提示所用的语言。", "Language of results, data check and messages."),
        "zh",
        {"zh": Text("中文", "中文"), "en": Text("English", "English")},
    ),
    Setting(
        "year",
        Text("年份", "Year"),
        Text(
            "排名表显示的年份，与其上一年比较；“最新”为数据中最晚的一年。",
            "The year the ranking sheets show, compared with the year before it; “latest” is the last one in the data.",
        ),
        "latest",
        {"latest": Text("最新", "latest")},
        open_ended=True,
    ),
    Setting(
        "normalisation",
        Text("标准化方法", "Normalisation"),
        Text("原始数据化为 0–100 分的方法：极差正规化。", "How raw data become scores from 0 to 100: min-max."),
        "min-max",
        {"min-max": Text("极差正规化", "min-max")},
    ),
    Setting(
        "scope",
        Text("标准化范围", "Normalisation scope"),
        Text(
            "最小值和最大值的取法：当年各地区（报告所用）、全部年份，或指标体系表中的固定上下限。",
            "Where minimum and maximum come from: the units of that year (as in the report), all years, or the fixed "
            "lower and upper values of the framework sheet.",
        ),
        "year",
        _SCOPES,
    ),
    Setting(
        "weighting",
        Text("赋权方法", "Weighting"),
        Text(
            "改进向量法（报告所用，最后一步为本工具的解读）、等权，或指标体系表中给定的权重。",
            "Improved vector method (as in the report; its last step is our reading), equal weights, or the weights "
            "given in the framework sheet.",
        ),
        "improved vector",
        {
            "improved vector": Text("改进向量法", "improved vector"),
            "equal": Text("等权", "equal"),
            "given": Text("给定权重", "given"),
        },
    ),
    Setting(
        "weights_scope",
        Text("权重范围", "Weights scope"),
        Text("权重按每年分别计算，或用全部年份一起计算。", "Weights found for each year, or once over all years."),
        "year",
        {key: _SCOPES[key] for key in ("year", "panel")},
    ),
    Setting(
        "aggregation",
        Text("合成方法", "Aggregation"),
        Text(
            "下级得分合成上级得分的方法：加权算术平均。", "How children become their parent: weighted arithmetic mean."
        ),
        "arithmetic",
        {"arithmetic": Text("加权算术平均", "arithmetic")},
    ),
    Setting(
        "min_available",
        Text("最低可得比例", "Least share available"),
        Text(
            "某地区在某一上级指标下可得的下级指标比例低于此值（0–1）时，该上级指标不计分、不排名。",
            "A unit that has less than this share (0–1) of a parent's children gets no score and no rank there.",
        ),
        0.65,
    ),
    Setting(
        "change_colours",
        Text("涨跌颜色", "Colours of change"),
        Text("排名上升与下降的颜色。", "Colours for units that moved up and down."),
        "red up",
        {"red up": Text("红升绿降", "red up"), "green up": Text("绿升红降", "green up")},
    ),
    Setting(
        "source",
        Text("数据说明", "Note on the data"),
        Text(
            "显示在各结果表标题下方。换成自己的数据后，请改写或清空。",
            "Shown under the headings of the result sheets. Rewrite or clear it when you enter data of your own.",
        ),
        "",
    ),
)
SETTING = {setting.key: setting for setting in SETTINGS_ROWS}
