"""The published indices that tests/published rebuilds: what each takes, and why anything is left.

The tests hold the figures of `published.csv` against what they find.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bdindex_xl.language import Lang, Text, same

_FIGURES = Path(__file__).resolve().with_suffix(".csv")
HEADER: Sequence[Text] = (
    Text("指数", "Index"),
    Text("单位数 × 指标数", "Units × indicators"),
    Text("关键设置", "What it takes"),
    Text("得分最大差异", "Largest difference of a score"),
    Text("不同的位次", "Ranks that differ"),
    Text("原因", "Why"),
)
_ONE_DECIMAL = Text("公布的数据只有一位小数", "its inputs are published with one decimal")
_GHS = Text("全球卫生安全指数", "Global Health Security Index"), Text("等权、`decimals`", "equal weights, `decimals`")
_GHS_WHY = Text(
    "公布的数据只有一位小数；位次按公布的得分排定，合计值恰在进舍界限上的不同",
    "its inputs are published with one decimal; ranks are those of the published scores, and differ next to a half",
)
_CPI = (
    Text("清廉指数", "Corruption Perceptions Index"),
    Text("等权、`min_children`、`decimals`", "equal weights, `min_children`, `decimals`"),
)
_CPI_WHY = Text(
    "公布的各来源得分为整数，总分又取整，两次取整之差不超过 1",
    "sources and index are published as whole points: rounded twice, up to 1",
)
_INFORM = (
    Text("INFORM 风险指数", "INFORM Risk Index"),
    Text(
        "各级 `decimals`、`round_levels`，上级指标的 `direction` 和固定上下限，几何平均",
        "`decimals` at each level, `round_levels`, `direction` and goalposts of aggregates, geometric means",
    ),
)
_DEPRIVATION = Text("给定权重、`exponential rank`", "given weights, `exponential rank`")
# Index without its year, which its key ends with; what it takes; why anything is left.
_TOLD: Mapping[str, tuple[Text, Text, Text]] = {
    "hdi2021": (
        Text("人类发展指数", "Human Development Index"),
        Text(
            "固定上下限、变换 `ln`、几何平均、`decimals`",
            "goalposts, the transformation `ln`, geometric mean, `decimals`",
        ),
        Text("公布的指数为三位小数", "it is published with three decimals"),
    ),
    "gii2019": (
        Text("全球创新指数", "Global Innovation Index"),
        Text(
            "给定权重、`unit_available`、各上级的 `min_available`",
            "given weights, `unit_available`, `min_available` by parent",
        ),
        _ONE_DECIMAL,
    ),
    "epi2016": (
        Text("环境绩效指数", "Environmental Performance Index"),
        Text("给定权重、地区权重、`missing_weights`", "given weights, weights by unit, `missing_weights`"),
        Text("公布的数据为两位小数", "its inputs are published with two decimals"),
    ),
    "efw2021": (
        Text("世界经济自由度", "Economic Freedom of the World"),
        Text("固定上下限、适度指标、`factor`、`decimals`", "goalposts, moderate indicators, `factor`, `decimals`"),
        Text(
            "文件中美国的领域二与其各项不一致，并带动两个邻近的国家",
            "in the file, area 2 of the United States is not that of its components; two neighbours move with it",
        ),
    ),
    "spi2022": (
        Text("社会进步指数", "Social Progress Index"),
        Text("等权、固定上下限", "equal weights, goalposts"),
        Text("公布的数据为两位小数", "its inputs are published with two decimals"),
    ),
    "cpi2012": (*_CPI, _CPI_WHY),
    "cpi2017": (*_CPI, _CPI_WHY),
    "fsi2010": (
        Text("脆弱国家指数", "Fragile States Index"),
        Text("等权、`scale` 120、`decimals`", "equal weights, `scale` of 120, `decimals`"),
        Text("发布者把一对并列的国家分了先后", "the publisher has told one tie apart"),
    ),
    "ghs2019": (*_GHS, _GHS_WHY),
    "ghs2021": (*_GHS, _GHS_WHY),
    "inform2018": (
        *_INFORM,
        Text(
            "四个风险极小的国家的自然灾害得分由未公布的小数算得；代入公布值则全部相同",
            "natural hazard of four countries hardly at risk is made of decimals not published; with it given, none",
        ),
    ),
    "inform2020": (*_INFORM, same("")),
    "svi2018": (
        Text("美国社会脆弱性指数（各县）", "Social Vulnerability Index, counties of the United States"),
        Text(
            "`percentile rank`（指标和上级指标）、`round_levels`、上级指标的 `direction`",
            "`percentile rank` of indicators and aggregates, `round_levels`, `direction` of an aggregate",
        ),
        same(""),
    ),
    "imd2019": (
        Text("英格兰多重剥夺指数", "Index of Multiple Deprivation, England"),
        _DEPRIVATION,
        Text(
            "26 个为发布者的并列，4 个为相邻互换：其得分在单精度下无法区分",
            "26 ties of the publisher and 4 neighbours exchanged, of scores that single precision cannot tell apart",
        ),
    ),
    "wimd2019": (Text("威尔士多重剥夺指数", "Index of Multiple Deprivation, Wales"), _DEPRIVATION, same("")),
    "nimdm2017": (
        Text("北爱尔兰多重剥夺指数", "Multiple Deprivation Measure, Northern Ireland"),
        Text(
            "给定权重、`exponential rank`、`rank_constant` 22.756（100 / ln 81）",
            "given weights, `exponential rank`, `rank_constant` of 22.756 (100 / ln 81)",
        ),
        same(""),
    ),
    "simd2016": (
        Text("苏格兰多重剥夺指数", "Index of Multiple Deprivation, Scotland"),
        Text("给定权重、`exponential rank`、`first_place` 0", "given weights, `exponential rank`, `first_place` of 0"),
        same(""),
    ),
    "asem2018": (
        Text("亚欧会议可持续互联互通（COINr 示例）", "ASEM Sustainable Connectivity, as COINr makes it"),
        Text(
            "分母、`group mean`、`winsorise or log`、给定权重",
            "denominators, `group mean`, `winsorise or log`, given weights",
        ),
        Text("公布的前六名为两位小数", "the first six are published, with two decimals"),
    ),
    "bli2017": (
        Text("美好生活指数（R 软件包 Compind）", "Better Life Index, as the R package Compind makes it"),
        Text(
            "`min-max`、`z-score`、`rank`、`mpi`、`ampi`、`benefit of the doubt`",
            "`min-max`, `z-score`, `rank`, `mpi`, `ampi`, `benefit of the doubt`",
        ),
        Text("AMPI 取三位小数", "AMPI is rounded to three decimals"),
    ),
}


def rows(lang: Lang) -> Iterator[list[str]]:
    """The cells of each index."""
    with _FIGURES.open(encoding="utf-8", newline="") as file:
        figures = list(csv.DictReader(file))
    for row in figures:
        index, takes, why = _TOLD[row["index"]]
        size = f"{int(row['units']):,} × {row['indicators']}"
        named = Text("{index}，{year}", "{index}, {year}").format(index=index, year=row["index"][-4:])
        yield [named[lang], size, takes[lang], row["largest"], row["ranks"], why[lang]]
