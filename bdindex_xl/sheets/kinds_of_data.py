"""Kinds of findings about rows and single values of the data."""

from __future__ import annotations

from ..language import Text
from .finding_kind import FAULT, FOUND, MISSING, NOTE, NOTHING, TAKEN, WARNING, Kind

OF_DATA: dict[str, Kind] = {
    # data: rows
    "year blank": Kind(FAULT, Text("年份", "a year"), NOTHING),
    "year invalid": Kind(FAULT, Text("1900 到 2200 的整数年份", "a year, a whole number from 1900 to 2200")),
    "year text": Kind(NOTE, Text("年份的数字", "a year as a number"), FOUND, TAKEN),
    "row unit blank": Kind(FAULT, Text("地区代码", "a unit code"), NOTHING),
    "row unit unknown": Kind(
        FAULT, Text("“{where}”中的代码", "a code of “{where}”"), Text("“{found}”{meant}", "“{found}”{meant}")
    ),
    "row unit elsewhere": Kind(
        FAULT,
        Text("属于榜单“{ranking}”的地区", "a unit of the ranking “{ranking}”"),
        Text("{found}（属于“{other}”）", "{found}, which is of “{other}”"),
    ),
    "row twice": Kind(
        FAULT,
        Text("每个地区每年一行", "one row a unit and year"),
        Text("{found} {year} 年，另见{other}", "{found} {year} again, also in {other}"),
    ),
    "row name differs": Kind(
        WARNING,
        Text("{expected}（与地区清单一致）", "{expected}, as in the list of units"),
        FOUND,
        Text("按代码 {code} 处理", "went by the code {code}"),
    ),
    # data: values
    "value error": Kind(FAULT, Text("数或空白", "a number or a blank"), Text("错误值 {found}", "the error {found}")),
    "value date": Kind(
        FAULT,
        Text("数或空白", "a number or a blank"),
        Text("日期 {found}（请把单元格格式改为常规）", "the date {found} (set the cell's format to General)"),
    ),
    "value boolean": Kind(
        FAULT, Text("数或空白", "a number or a blank"), Text("逻辑值 {found}", "the truth value {found}")
    ),
    "value uncalculated": Kind(
        FAULT,
        Text("算出结果的公式", "a formula with its result"),
        Text("尚未计算的公式 ={found}", "the formula ={found}, not calculated yet"),
        Text("请在 Excel 或 WPS 中打开并保存一次", "open the file in Excel or WPS and save it once"),
    ),
    "value measure": Kind(
        FAULT,
        Text("不带单位的数", "a number without its measure"),
        Text("“{found}”", "“{found}”"),
        Text("请只填数，单位写在指标体系中", "enter the number alone; the measure stands in the framework"),
    ),
    "value percent": Kind(
        FAULT,
        Text("数（不是带 % 的文本）", "a number, not a text with %"),
        Text("“{found}”", "“{found}”"),
        Text("请填数，如 12.5", "enter a number such as 12.5"),
    ),
    "value footnote": Kind(
        FAULT,
        Text("数（不带注释标记）", "a number, without the mark of a footnote"),
        Text("文本“{found}”", "the text “{found}”"),
        Text("请只填数", "enter the number alone"),
    ),
    "value decimal comma": Kind(
        FAULT,
        Text("以小数点表示小数的数", "a number with a decimal point"),
        Text("“{found}”", "“{found}”"),
        Text("请写作 {taken}", "write {taken}"),
    ),
    "value separators": Kind(
        FAULT,
        Text("数（千位分隔符每三位一个）", "a number, with a separator after every three digits if any"),
        Text("“{found}”", "“{found}”"),
    ),
    "value text": Kind(FAULT, Text("数或空白", "a number or a blank"), Text("文本“{found}”", "the text “{found}”")),
    "value huge": Kind(FAULT, Text("绝对值小于 1e300 的数", "a number of a size below 1e300")),
    "value number text": Kind(NOTE, Text("数", "a number"), Text("文本“{found}”", "the text “{found}”"), TAKEN),
    "value missing mark": Kind(NOTE, Text("数或空白", "a number or a blank"), Text("“{found}”", "“{found}”"), MISSING),
    "value not transformed": Kind(FAULT, Text("{takes}（先取{by}）", "{takes}, as it is transformed by {by}")),
    "unit left out": Kind(
        WARNING,
        Text(
            "{unit} 至少有全部指标的 {share}（{year} 年）",
            "{unit} with {share} of all indicators or more in {year}",
        ),
        Text("{found}", "{found}"),
        Text("该地区当年不参加", "left out of that year"),
    ),
    "year goalposts code": Kind(
        FAULT,
        Text(
            "指标体系中有上下限的指标代码（适度指标除外）",
            "the code of an indicator that has goalposts in the framework, and is not two-sided",
        ),
        Text("“{found}”{meant}", "“{found}”{meant}"),
    ),
    "year goalposts ends": Kind(
        FAULT,
        Text("下限小于上限的两个数", "two numbers, the lower below the upper"),
        Text("{lower}、{upper}", "{lower} and {upper}"),
    ),
    "year goalposts twice": Kind(
        FAULT,
        Text("每个指标每年一行", "one row for each indicator and year"),
        Text("{found}（另见{other}）", "{found}, as in {other}"),
    ),
    "growth year missing": Kind(
        WARNING,
        Text("“{ranking}”数据中的基期年份（{years}）", "an earlier year in the data of “{ranking}” ({years})"),
        done=Text("比基期增减和年均增长率留空", "changes since then and growth are left blank"),
    ),
    "unit screened out": Kind(
        NOTE,
        Text("参加 {year} 年排名的 {unit}", "{unit} ranked in {year}"),
        Text("地区清单中筛选为剔除", "screened out in the list of units"),
        Text("该地区不参加", "left out"),
    ),
    "screening": Kind(FAULT, Text("保留、剔除或空白", "in, out or a blank")),
    "unit weight unit": Kind(
        FAULT, Text("“{where}”中的代码", "a code of “{where}”"), Text("“{found}”{meant}", "“{found}”{meant}")
    ),
    "unit weight code": Kind(
        FAULT,
        Text("指标体系中有上级的代码", "a code of the framework that has a parent"),
        Text("“{found}”{meant}", "“{found}”{meant}"),
    ),
    "unit weight": Kind(FAULT, Text("不小于 0 的数", "a number of 0 or more")),
    "unit weight twice": Kind(
        FAULT,
        Text("每个地区的每个指标一行", "one row for each unit and node"),
        Text("{found}（另见{other}）", "{found}, as in {other}"),
    ),
    "factor not usable": Kind(
        WARNING,
        Text("不小于 0 的系数“{header}”（用于 {node}）", "a factor “{header}” of 0 or more, for {node}"),
        Text("{found}（{unit}，{year} 年）", "{found} ({unit}, {year})"),
        Text("该地区在此不计分", "no score there"),
    ),
}
