"""The settings a workbook offers: key, label, meaning, choices, default, in both languages.

Those that are fields of `Method` have choices, default and limits from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from ..language import Text
from ..model.method import PARAMETERS, Method
from ..model.parameters import Parameter
from . import choices
from .choices import Choices

SettingValue = str | float | int


@dataclass(frozen=True, eq=False, slots=True)
class Settings:
    """What the settings sheet of a workbook says, as the code calls it; each has its row in `SETTINGS_ROWS`.

    `method` holds, by key, those that are fields of `Method`, as texts and numbers: what contradicts itself is refused
    there, not here.
    """

    title: str
    language: str
    year: str | int
    imputation_group: str
    growth_years: str | float
    tiers: str
    change_colours: str
    source: str
    method: Mapping[str, SettingValue] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Settings:
        """Settings by key."""
        own = {key: value for key, value in settings.items() if key not in PARAMETERS}
        return cls(**own, method={key: settings[key] for key in PARAMETERS})

    def by_key(self) -> dict[str, SettingValue]:
        """Every setting, by `Setting.key`, in the order of the sheet."""
        return {key: self.method[key] if key in self.method else getattr(self, key) for key in SETTING}


class Setting(NamedTuple):
    """A row of the settings sheet. `choices` maps what the code calls a value to what the drop-down shows."""

    key: str
    label: Text
    meaning: Text
    default: str | float
    choices: Choices | None = None
    open_ended: bool = False  # the drop-down suggests; other values are allowed
    limits: tuple[float, float] | None = None  # of a number
    whole: bool = False  # whether that is a whole number
    added: bool = False  # whether files of older versions do without
    former: Choices = MappingProxyType({})  # choices of older versions: read, not offered

    @property
    def called(self) -> tuple[str, ...]:
        """What it may be called in a table: its key, or its label in either language."""
        return (self.key, *self.label.both())

    @property
    def readable(self) -> Choices:
        """All choices that may stand in a file."""
        return {**(self.choices or {}), **self.former}

    def allows(self, number: float) -> bool:
        """Whether a number is one that it may be."""
        least, most = self.limits or (0.0, -1.0)
        return least <= number <= most and not (self.whole and number % 1)


def _of_method(key: str, label: Text, meaning: Text, *, former: Choices | None = None) -> Setting:
    """The row of a field of `Method`."""
    one: Parameter = PARAMETERS[key]
    return Setting(
        key,
        label,
        meaning,
        one.spelt(one.default),
        choices.SWITCH if one.is_switch else choices.OF_METHOD.get(key),
        limits=one.limits,
        whole=one.whole,
        added=one.added,
        former=former or {},
    )


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
        Text("结果、检查和提示所用的语言。", "Language of results, checks and messages."),
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
    _of_method(
        "imputation",
        Text("缺失值", "Missing values"),
        Text(
            "缺失的原始数据是否插补、怎样插补；某年完全没有数据的地区不插补。默认不插补，权重由可得指标分担。",
            "Whether and how missing raw data are estimated; a unit without any data in a year gets none. By "
            "default they "
            "stay missing, and their weight is spread over what is there.",
        ),
    ),
    Setting(
        "imputation_group",
        Text("插补分组", "Groups for missing values"),
        Text(
            "按组插补时所用的分组列（地区清单中的列名）；留空则用第一个分组列。",
            "The group column of the list of units for imputation by group; blank for the first.",
        ),
        "",
    ),
    _of_method(
        "treatment",
        Text("异常值处理", "Outliers"),
        Text(
            "偏度绝对值和峰度都超出界限的指标怎样处理（其余不变）：缩尾、取对数、Box-Cox 变换，或缩尾仍不合格再变换。",
            "What becomes of an indicator whose skewness and kurtosis are both beyond their limits "
            "(others stay): a few values winsorised, a log or Box-Cox transform, or a transform where "
            "winsorising does not do.",
        ),
    ),
    _of_method(
        "normalisation",
        Text("标准化方法", "Normalisation"),
        Text(
            "原始数据化为 0–100 分的方法：极差正规化（默认）、固定上下限等；标准分以 50 为均值、10 为标准差，"
            "不限于 0–100。"
            "指标体系中可逐个指标另行指定。",
            "How raw data become scores from 0 to 100: min-max (the default), goalposts (the "
            "fixed ends of the framework) and others; z-scores have mean 50 and standard deviation 10, and go beyond 0 "
            "and 100. The framework can name another for single indicators.",
        ),
    ),
    _of_method(
        "scope",
        Text("标准化范围", "Normalisation scope"),
        Text(
            "最小值、最大值等按当年各地区（默认）还是按全部年份确定；固定的上下限请在“标准化方法”中选择。",
            "Whether minimum, maximum and the like are found among the units of that year (the default) or over "
            "all years; fixed ends are the normalisation “goalposts”.",
        ),
        former=choices.FORMER_SCOPES,
    ),
    _of_method(
        "weighting",
        Text("赋权方法", "Weighting"),
        Text(
            "改进向量法（默认，最后一步为本工具的解读）、等权、指标体系中给定的权重，或熵权法、CRITIC 法等。"
            "指标体系中可逐个上级另行指定。",
            "Improved vector method (the default; its last step is our reading), equal weights, the weights "
            "given in "
            "the framework, or entropy, CRITIC and others. The framework can name another for single parents.",
        ),
    ),
    _of_method(
        "given_share",
        Text("给定权重的比重", "Share of given weights"),
        Text(
            "与“赋权方法”所得权重组合时，给定权重所占的比重（0–1）；0 为不组合。",
            "Share (0–1) of the given weights in a mix with those that the weighting finds; 0 for no mix.",
        ),
    ),
    _of_method(
        "mixing",
        Text("权重组合方式", "Mix of weights"),
        Text("给定权重与所得权重按加法或乘法组合。", "Whether given and found weights are added or multiplied."),
    ),
    _of_method(
        "weights_scope",
        Text("权重范围", "Weights scope"),
        Text("权重按每年分别计算，或用全部年份一起计算。", "Weights found for each year, or once over all years."),
    ),
    _of_method(
        "aggregation",
        Text("合成方法", "Aggregation"),
        Text(
            "下级得分合成上级得分的方法：加权算术平均（默认）等。指标体系中可逐个上级另行指定。",
            "How children become their parent: weighted arithmetic mean (the default) and others. The "
            "framework can name another for single parents.",
        ),
    ),
    _of_method(
        "exponent",
        Text("幂平均指数", "Exponent"),
        Text(
            "合成方法为加权幂平均时的指数：1 为算术平均，0 为几何平均，−1 为调和平均；越小，越难以长补短。",
            "Exponent of the power mean: 1 is the arithmetic, 0 the geometric, −1 the harmonic mean; the smaller, "
            "the less "
            "strengths make up for weaknesses.",
        ),
    ),
    _of_method(
        "upward_penalty",
        Text("不均衡反向计", "Upward penalty"),
        Text(
            "合成方法为 MPI 或 AMPI 时，不均衡是减分（默认）还是加分；越高越差的现象（如贫困）才用加分。",
            "With MPI and AMPI, whether unevenness adds to a score instead of taking off (the default): for what is "
            "the worse the more there is of it, as poverty.",
        ),
    ),
    _of_method(
        "least_share",
        Text("单项最低份额", "Least share of a child"),
        Text(
            "合成方法为怀疑利益法时，每个下级至少占该地区总分的多大份额（0–1）；0 为不限。",
            "With benefit of the doubt, what each child makes up of a unit's score at least (0–1); 0 for any.",
        ),
    ),
    _of_method(
        "greatest_share",
        Text("单项最高份额", "Greatest share of a child"),
        Text(
            "合成方法为怀疑利益法时，每个下级至多占该地区总分的多大份额（0–1）；1 为不限。",
            "With benefit of the doubt, what each child makes up of a unit's score at most (0–1); 1 for any.",
        ),
    ),
    _of_method(
        "min_available",
        Text("最低可得比例", "Least share available"),
        Text(
            "某地区在某一上级指标下可得的下级指标比例低于此值（0–1）时，该上级指标不计分、不排名。",
            "A unit that has less than this share (0–1) of a parent's children gets no score and no rank there.",
        ),
    ),
    _of_method(
        "min_children",
        Text("最少下级个数", "Least number of children"),
        Text(
            "某地区在某一上级指标下可得的下级指标少于此数时，该上级指标不计分；下级不足此数的，须全部可得。0 为不限。",
            "A unit that has fewer of a parent's children gets no score there; of a parent that has "
            "fewer, all are needed. 0 for no limit.",
        ),
    ),
    _of_method(
        "unit_available",
        Text("地区最低可得比例", "Least share of all indicators"),
        Text(
            "某地区某年可得的指标占全部指标的比例低于此值（0–1）时，该地区当年不参加；地区清单的“筛选”列可指定保留或剔除。",
            "A unit that has less than this share (0–1) of all indicators in a year is left out of it. "
            "The column Screening of the list of units keeps units in or out.",
        ),
    ),
    _of_method(
        "missing_weights",
        Text("缺失指标的权重", "Weight of what is missing"),
        Text(
            "某地区缺失的下级指标的权重由其余下级按比例分担（默认）、平均分担，或不分担（缺失的下级不得分）。",
            "Where the weight of a child goes that a unit lacks: in proportion to those it has (the "
            "default), in equal parts, or nowhere, so that what is missing earns nothing.",
        ),
    ),
    _of_method(
        "skewness_limit",
        Text("偏度界限", "Skewness limit"),
        Text(
            "偏度的绝对值大于此数、且峰度也超出界限的指标作异常值处理。",
            "An indicator whose skewness is beyond it, to either side, is treated where its kurtosis is too.",
        ),
    ),
    _of_method(
        "kurtosis_limit",
        Text("峰度界限", "Kurtosis limit"),
        Text(
            "峰度（正态分布为 0）大于此数、且偏度也超出界限的指标作异常值处理。",
            "An indicator whose kurtosis (0 of a normal distribution) is above it is treated where its "
            "skewness is too.",
        ),
    ),
    _of_method(
        "max_winsorised",
        Text("最多缩尾个数", "Most values winsorised"),
        Text("缩尾时每个指标至多改动几个值。", "How many values of an indicator winsorising moves at most."),
    ),
    _of_method(
        "rank_constant",
        Text("位次变换常数", "Constant of exponential ranks"),
        Text(
            "标准化方法为位次的指数变换时的常数：23（默认）使前十分之一的地区约占一半分值；越大，得分越接近与位次成正比。",
            "With exponential ranks, their constant: by 23, the default, the upper tenth of the units has about half "
            "of the marks; the greater, the nearer to marks in proportion to places.",
        ),
    ),
    _of_method(
        "first_place",
        Text("位次起点", "First place"),
        Text(
            "标准化方法为位次的指数变换时，由差到好的位次从 1（默认）还是从 0 起算。",
            "With exponential ranks, whether places, from the worst up, are counted from 1 (the default) or from 0.",
        ),
    ),
    _of_method(
        "scale",
        Text("满分", "Full marks"),
        Text(
            "得分显示为以多少为满分：默认 100，也可为 1、10、120 等。",
            "What full marks are shown as: 100 by default, or 1, 10, 120 and so on.",
        ),
    ),
    _of_method(
        "decimals",
        Text("小数位数", "Decimals"),
        Text(
            "名次和并列按保留几位小数（四舍五入，以“满分”为准）后的得分确定；留空则按未舍入的得分。",
            "Ranks and ties are decided by scores rounded to so many decimals, on the scale of the full marks; blank: "
            "by scores as they are.",
        ),
    ),
    _of_method(
        "round_levels",
        Text("逐级舍入", "Round at each level"),
        Text(
            "得分是否先按“小数位数”舍入，再合成上一级；指标体系中可逐个节点另行指定位数。",
            "Whether each score is rounded to those decimals before it goes into the next level. The framework can "
            "name other decimals for single nodes.",
        ),
    ),
    Setting(
        "tiers",
        Text("梯队", "Tiers"),
        Text(
            "图表中的梯队：填各梯队最后一名的名次，如“5, 15, 25”；可分榜单，如“省份 6；城市 5, 15, 25”；"
            "或“自然断点 4”，留空即为此。不影响得分和排名。",
            "Tiers in figures: the last rank of each, as “5, 15, 25”; for single rankings “Province 6; City 5, 15”; "
            "or “natural breaks 4”, which is what a blank means. Scores and ranks are the same.",
        ),
        "",
    ),
    Setting(
        "growth_years",
        Text("增长年数", "Years of growth"),
        Text(
            "“变化与增速”表以多少年前为基期；留空则以数据中最早的一年为基期。不影响得分和排名。",
            "How many years back the sheet Growth compares with; blank for the first year in the data. Scores and "
            "ranks are the same.",
        ),
        "",
        limits=(1, 1000),
        whole=True,
        added=True,
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
DEFAULTS = Settings.of({setting.key: setting.default for setting in SETTINGS_ROWS})


def method_of(settings: Mapping[str, Any]) -> Method:
    """The method that settings choose; what they leave out is the default. Raises FrameworkError for what is none."""
    return Method(**{key: settings[key] for key in PARAMETERS if key in settings})
