"""Kinds of bad input: what is typed where, and the whole message in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bdindex_xl.sheets import choices
from bdindex_xl.sheets.options import SETTINGS_ROWS
from tests.support import edit
from tests.support.books import DATA, UNITS

S, F, U, P, C, J, G, V = "设置", "指标体系", "地区", "省份数据", "城市数据", "成对比较", "图表", "方案"
ROW = {row.key: k for k, row in enumerate(SETTINGS_ROWS, 4)}
PAIRS = "first,second,ratio\na1,a2,3\nb1,b2,0.5\nA,B,2\n"
# Three siblings in a circle: each far more important than the next.
CONTRADICTING = {
    "framework": "code,name,parent\nI,总指数,\na1,企业,I\na2,专利,I\nb1,政策,I\n",
    "comparisons": "first,second,ratio\na1,a2,5\na2,b1,5\nb1,a1,5\n",
}


# Companies by inhabitant: the column 人口 (H) divides 企业 (D) and 专利 (E).
DIVIDED = {
    "framework": "code,name,parent,denominator\nI,总指数,\nA,规模,I\na1,企业,A,人口\na2,专利,A,人口\nb1,政策,I,\nb2,能耗,I,\n",
    "data": "".join(line + (",人口" if line.startswith("year") else ",5") + "\n" for line in DATA.splitlines()),
}
LOST = "（用于企业、专利）"
AGGREGATIONS = {
    lang: sep.join(text[lang] for text in choices.AGGREGATIONS.values()) for lang, sep in (("zh", "、"), ("en", ", "))
}
THERE = "这些指标按缺失处理", "these indicators are taken as missing there"


# The logarithm of policies, and energy best between 5 and 6.
TRANSFORMED = {
    "framework": "code,name,parent,direction,transformation,best_lower,best_upper\nI,总指数,,,,,\na1,企业,I,1,,,\na2,专利,I,1,,,\nb1,政策,I,1,ln,,\n"
    "b2,能耗,I,0,,5,6\n",
}


# The province 甲省 is screened out, the weights of 乙省 are its own, and 规模 is multiplied by a column of the data.
SCREENED = {
    "units": "".join(
        f"{line},{screening}\n" for line, screening in zip(UNITS.splitlines(), ("筛选", "剔除", *[""] * 6), strict=True)
    ),
    "unit_weights": "unit,code,weight\n120000,a1,2\n120000,a2,1\n",
}
MULTIPLIED = {
    "framework": "code,name,parent,factor\nI,总指数,,\nA,规模,I,系数\na1,企业,A,\na2,专利,A,\nb1,政策,I,\nb2,能耗,I,\n",
    "data": "".join(line + (",系数" if line.startswith("year") else ",0.5") + "\n" for line in DATA.splitlines()),
}
W = "地区权重"
YEARLY = {"goalposts": "code,year,lower,upper\na1,2024,0,40\nb2,2024,5,7\n"}
Y = "逐年上下限"


@dataclass(frozen=True)
class Case:
    """Cells set in the small workbook, and what is found of it: kind, place, both messages."""

    kind: str
    cells: Mapping[tuple[str, str], edit.Value]
    place: str
    zh: str
    en: str
    settings: Mapping[str, str | float] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.kind} {self.place}"


def value(raw: edit.Value, kind: str, zh: str, en: str) -> Case:
    """A bad value of an indicator in the first data row."""
    return Case(kind, {(P, "D6"): raw}, f"{P}!D6", zh, en)


CASES = [
    # values
    value(edit.ERROR, "value error", "应为数或空白，实为错误值 #N/A", "expected a number or a blank, found the error #N/A"),
    value(
        edit.DATE,
        "value date",
        "应为数或空白，实为日期 2024-01-01（请把单元格格式改为常规）",
        "expected a number or a blank, found the date 2024-01-01 (set the cell's format to General)",
    ),
    value(edit.TRUE, "value boolean", "应为数或空白，实为逻辑值 TRUE", "expected a number or a blank, found the truth value TRUE"),
    value(
        edit.UNCALCULATED,
        "value uncalculated",
        "应为算出结果的公式，实为尚未计算的公式 =SUM(1,2)；请在 Excel 或 WPS 中打开并保存一次",
        "expected a formula with its result, found the formula =SUM(1,2), not calculated yet; "
        "open the file in Excel or WPS and save it once",
    ),
    value(
        "12亿元",
        "value measure",
        "应为不带单位的数，实为“12亿元”；请只填数，单位写在指标体系中",
        "expected a number without its measure, found “12亿元”; "
        "enter the number alone; the measure stands in the framework",
    ),
    value(
        "12.5%",
        "value percent",
        "应为数（不是带 % 的文本），实为“12.5%”；请填数，如 12.5",
        "expected a number, not a text with %, found “12.5%”; enter a number such as 12.5",
    ),
    value(
        "1,23,456",
        "value separators",
        "应为数（千位分隔符每三位一个），实为“1,23,456”",
        "expected a number, with a separator after every three digits if any, found “1,23,456”",
    ),
    value(
        "1.234,5",
        "value decimal comma",
        "应为以小数点表示小数的数，实为“1.234,5”；请写作 1234.5",
        "expected a number with a decimal point, found “1.234,5”; write 1234.5",
    ),
    value("0,123", "value decimal comma", "应为以小数点表示小数的数，实为“0,123”；请写作 0.123", "expected a number with a decimal point, found “0,123”; write 0.123"),
    *(
        value(
            text,
            "value footnote",
            f"应为数（不带注释标记），实为文本“{text}”；请只填数",
            f"expected a number, without the mark of a footnote, found the text “{text}”; enter the number alone",
        )
        for text in ("381²", "474.4①", "12(1)", "12*", "12 [a]")
    ),
    value("12\u200b", "value number text", "应为数，实为文本“12 + U+200B”；按 12 处理", "expected a number, found the text “12 + U+200B”; taken as 12"),
    value("暂无", "value text", "应为数或空白，实为文本“暂无”", "expected a number or a blank, found the text “暂无”"),
    value(1e301, "value huge", "应为绝对值小于 1e300 的数，实为 1e+301", "expected a number of a size below 1e300, found 1e+301"),
    value("１，２３４", "value number text", "应为数，实为文本“１，２３４”；按 1234 处理", "expected a number, found the text “１，２３４”; taken as 1234"),
    value(" 12 ", "value number text", "应为数，实为文本“ 12 ”；按 12 处理", "expected a number, found the text “ 12 ”; taken as 12"),
    value("1 234.5", "value number text", "应为数，实为文本“1 234.5”；按 1234.5 处理", "expected a number, found the text “1 234.5”; taken as 1234.5"),
    value("−3", "value number text", "应为数，实为文本“−3”；按 -3 处理", "expected a number, found the text “−3”; taken as -3"),
    value("—", "value missing mark", "应为数或空白，实为“—”；按缺失处理", "expected a number or a blank, found “—”; taken as missing"),
    value("N/A", "value missing mark", "应为数或空白，实为“N/A”；按缺失处理", "expected a number or a blank, found “N/A”; taken as missing"),
    value("/", "value missing mark", "应为数或空白，实为“/”；按缺失处理", "expected a number or a blank, found “/”; taken as missing"),
    # rows of data
    Case("year blank", {(P, "A6"): None}, f"{P}!A6", "应为年份，实为空白", "expected a year, found nothing"),
    Case("year invalid", {(P, "A6"): 24}, f"{P}!A6", "应为 1900 到 2200 的整数年份，实为 24", "expected a year, a whole number from 1900 to 2200, found 24"),
    Case("year invalid", {(P, "A6"): 2023.5}, f"{P}!A6", "应为 1900 到 2200 的整数年份，实为 2023.5", "expected a year, a whole number from 1900 to 2200, found 2023.5"),
    Case("year invalid", {(P, "A6"): edit.DATE}, f"{P}!A6", "应为 1900 到 2200 的整数年份，实为 2024-01-01", "expected a year, a whole number from 1900 to 2200, found 2024-01-01"),
    Case("year text", {(P, "A6"): "2023年"}, f"{P}!A6", "应为年份的数字，实为 2023年；按 2023 处理", "expected a year as a number, found 2023年; taken as 2023"),
    Case("row unit blank", {(P, "B6"): None}, f"{P}!B6", "应为地区代码，实为空白", "expected a unit code, found nothing"),
    Case("row unit unknown", {(P, "B6"): "999999"}, f"{P}!B6", "应为“地区”中的代码，实为“999999”", "expected a code of “地区”, found “999999”"),
    Case("row unit elsewhere", {(P, "B6"): "110100"}, f"{P}!B6", "应为属于榜单“省份”的地区，实为 110100（属于“城市”）", "expected a unit of the ranking “Province”, found 110100, which is of “City”"),
    Case("row twice", {(P, "B7"): 110000}, f"{P}!B7", "应为每个地区每年一行，实为 110000 2023 年，另见第 6 行", "expected one row a unit and year, found 110000 2023 again, also in row 6"),
    Case("row name differs", {(P, "C6"): "乙省"}, f"{P}!C6", "应为甲省（与地区清单一致），实为乙省；按代码 110000 处理", "expected 甲省, as in the list of units, found 乙省; went by the code 110000"),
    Case("row unit unknown", {(P, "B6"): "甲省"}, f"{P}!B6", "应为“地区”中的代码，实为“甲省”（是否为“110000”？）", "expected a code of “地区”, found “甲省” (did you mean “110000”?)"),
    Case("text invisible", {(P, "B6"): "110000\ufeff"}, f"{P}!B6", "应为看得见的文字，实为“110000”中有看不见的字符（U+FEFF）；按“110000”处理", "expected a text that can be seen in full, found “110000” with what cannot be seen (U+FEFF); taken as “110000”"),
    Case("header again", {(P, "A6"): "年份", (P, "B6"): "地区代码", (P, "C6"): None, **dict.fromkeys([(P, f"{c}6") for c in "DEFG"])}, f"{P}!A6", "应为数据行，实为又一行标题", "expected a row of data, found the header once more"),
    Case("rows below", {(P, "A12"): 2025, (P, "B12"): "110000", (P, "D12"): 5, (P, "A15"): 2026, (P, "B15"): "110000"}, f"{P}!A12:G15", "应为表 bdx_data_province 下方没有数据，实为 2 行不属于该表；未使用；如应计入，请把表格的右下角拖到这些行之下", "expected no data under the table bdx_data_province, found rows that are not part of it (2); left out; to take them in, drag the table's corner over them"),
    Case("text error", {(P, "B6"): edit.ERROR}, f"{P}!B6", "应为文本，实为错误值 #N/A", "expected a text, found the error #N/A"),
    # headers of data
    Case("column missing", {(P, "D5"): "公司"}, f"{P}!A5", "应为“企业” / “a1”列，实为没有", "expected a column “企业” / “a1”, found none"),
    Case("column unknown", {(P, "D5"): "公司"}, f"{P}!D5", "应为指标体系中的指标名称或代码，实为公司；未使用", "expected the name or code of an indicator, found 公司; left out"),
    Case("column unknown", {(P, "D5"): "企业数"}, f"{P}!D5", "应为指标体系中的指标名称或代码，实为企业数（是否为“企业”？）；未使用", "expected the name or code of an indicator, found 企业数 (did you mean “企业”?); left out"),
    Case("column missing", {(P, "D5"): "企业数"}, f"{P}!A5", "应为“企业” / “a1”列，实为没有（是否为“企业数”？）", "expected a column “企业” / “a1”, found none (did you mean “企业数”?)"),
    Case("column twice", {(P, "E5"): "a1"}, f"{P}!E5", "应为“企业”只有一列，实为 2 列", "expected one column “企业”, found 2 columns"),
    Case("column missing", {(P, "A5"): "时间"}, f"{P}!A5", "应为“年份”列，实为没有", "expected a column “Year”, found none"),
    # what the values add up to
    Case("year empty", {(P, f"{c}{r}"): None for c in "DEFG" for r in (6, 7, 8)}, f"{P}!A5", "应为 2023 年的数据，实为尚未填写；未计算该年", "expected data for 2023, found none filled in yet; that year is left out"),
    Case("year one unit", {(P, "A6"): 2021}, f"{P}!A5", "应为 2021 年至少两个有数据的地区，实为 1 个；无法相互比较", "expected two units with data in 2021, at least, found 1; nothing to compare it with"),
    Case("indicator constant", {(P, f"D{r}"): 7 for r in (9, 10, 11)}, f"{P}!D5", "应为企业在 2024 年有高低之分，实为全部为 7；权重为 0，不计分", "expected values of 企业 that differ in 2024, found 7 for every unit; its weight is 0 and it has no scores"),
    Case("indicator empty", {(P, f"D{r}"): None for r in (9, 10, 11)}, f"{P}!D5", "应为企业在 2024 年的数据，实为全部缺失；权重为 0，不计分", "expected data for 企业 in 2024, found none at all; its weight is 0 and it has no scores"),
    Case("indicator without base", {(F, "K7"): "定基指数", **{(P, f"D{r}"): None for r in (6, 7, 8)}}, f"{P}!D5", "应为企业的首年（2023 年）数据大于 0，且这些地区 2024 年也有数据，实为没有；权重为 0，不计分", "expected values of 企业 above 0 in 2023, the first year, of units that have one in 2024, found none; its weight is 0 and it has no scores"),
    Case("indicator without scores", {(F, "K7"): "与平均水平的距离", (S, f"B{ROW['scope']}"): "全部年份", **{(P, f"D{r}"): 1 for r in (6, 7, 8)}}, f"{P}!D5", "应为企业在 2024 年的得分，实为没有；权重为 0，不计分", "expected scores of 企业 in 2024, found none; its weight is 0 and it has no scores"),
    Case("denominator not positive", {(P, "H9"): 0}, f"{P}!H9", f"应为大于 0 的分母“人口”{LOST}，实为 0（甲省，2024 年）；{THERE[0]}", f"expected a denominator “人口” above 0, for 企业, 专利, found 0 (甲省, 2024); {THERE[1]}", files=DIVIDED),
    Case("denominator not positive", {(P, "H9"): -5}, f"{P}!H9", f"应为大于 0 的分母“人口”{LOST}，实为 -5（甲省，2024 年）；{THERE[0]}", f"expected a denominator “人口” above 0, for 企业, 专利, found -5 (甲省, 2024); {THERE[1]}", files=DIVIDED),
    Case("denominator blank", {(P, "H9"): None, (P, "D9"): None}, f"{P}!H9", f"应为分母“人口”的值（用于专利），实为空白（甲省，2024 年）；{THERE[0]}", f"expected a value of the denominator “人口”, for 专利, found nothing (甲省, 2024); {THERE[1]}", files=DIVIDED),
    Case("indicator undivided", {(P, f"H{r}"): 0 for r in (9, 10, 11)}, f"{P}!D5", "应为企业在 2024 年可用的分母“人口”，实为没有；权重为 0，不计分", "expected denominators “人口” of 企业 that can be used in 2024, found none; its weight is 0 and it has no scores", files=DIVIDED),
    Case("unit without data", {(C, f"{c}12"): None for c in "ABCDEFG"}, C, "应为丁市在 2024 年的数据，实为没有；不排名", "expected data for 丁市 in 2024, found none; it has no rank"),
    Case("unit without score", {(P, f"{c}9"): None for c in "DE"}, f"{P}!B9", "应为甲省在“总指数”下可得的下级达到 65%，实为 2 个中的 1 个（50%，缺规模）；2024 年不排名", "expected 65% of the children of “总指数” for 甲省, found 1 of 2 (50%), without 规模; it has no rank in 2024"),
    Case("table empty", {(P, f"{c}{r}"): None for c in "ABCDEFG" for r in range(6, 12)}, f"{P}!A5", "应为至少一行，实为没有", "expected at least one row, found none"),
    Case("no previous year", {}, P, "应为 2024 年之前一年的数据，实为没有；不显示排名变化", "expected data for a year before 2024, found none; no rank changes are shown", files={"data": "\n".join(line for line in DATA.splitlines() if not line.startswith("2023"))}),
    Case("year of ranking", {(P, f"A{r}"): 2022 + r // 9 for r in range(6, 12)}, P, "应为 2024 年的数据，实为没有；该榜单显示 2023 年", "expected data for 2024, found none; this ranking shows 2023"),
    # units
    Case("unit code blank", {(U, "A4"): None}, f"{U}!A4", "应为地区代码，实为空白", "expected a unit code, found nothing"),
    Case("unit code twice", {(U, "A5"): "110000"}, f"{U}!A5", "应为不重复的地区代码，实为 110000（另见第 4 行）", "expected a unit code that stands once, found 110000, also in row 4"),
    Case("unit name blank", {(U, "B4"): None}, f"{U}!B4", "应为地区名称，实为空白；按 110000 处理", "expected a unit name, found nothing; taken as 110000"),
    Case("unit name twice", {(U, "B5"): "甲省"}, f"{U}!B5", "应为同一榜单中不重复的名称，实为甲省（另见第 4 行）；按代码区分", "expected a name that stands once in its ranking, found 甲省, also in row 4; told apart by code"),
    Case("unit ranking unknown", {(U, "C4"): "街镇"}, f"{U}!C4", "应为已有数据的榜单，实为“街镇”（是否为“街 镇”？）", "expected a ranking that has data, found “街镇” (did you mean “街 镇”?)", files={"units": UNITS.replace("province", "街 镇")}),
    Case("unit ranking blank", {(U, "C4"): None}, f"{U}!C4", "应为榜单，实为空白", "expected a ranking, found nothing"),
    Case("table missing", {(U, "C4"): "区县"}, "", "应为名为 bdx_data_区县的表，实为没有；请恢复该表，或用 bdindex new 新建工作簿", "expected a table named bdx_data_区县, found none; restore it, or make a new workbook with bdindex new"),
    Case("ranking without units", {(U, f"C{r}"): "城市" for r in (4, 5, 6)}, P, "应为地区清单中属于该榜单的地区，实为没有；未使用", "expected units of this ranking in the list of units, found none; left out"),
    Case("text error", {(U, "D4"): edit.ERROR}, f"{U}!D4", "应为文本，实为错误值 #N/A", "expected a text, found the error #N/A"),
    # framework
    Case("framework", {(F, "C7"): "a"}, f"{F}!C7", "应为本表中的代码或空白，实为 a（是否为“A”？）", "expected a code of this table, or a blank, found a (did you mean “A”?)"),
    Case("column misspelt", {(F, "D3"): "dir"}, f"{F}!D3", "应为已知的列名，实为“dir”（是否为“direction”？）", "expected the name of a known column, found “dir” (did you mean “direction”?)"),
    Case("goalposts of aggregate", {(F, "F5"): 0.0, (F, "G5"): 9.5}, f"{F}!G5", "应为空白（该上级指标未按固定上下限标准化），实为上级指标“规模”的 9.5；未使用", "expected a blank, as it is not normalised by goalposts, found 9.5 for “规模”, which has children; left out"),
    Case("code alike", {(F, "A8"): "A1"}, f"{F}!A8", "应为不只是大小写或全半角不同的指标代码，实为 A1（另见第 7 行）", "expected an indicator's code that differs from others in more than case or width, found A1, also in row 7"),
    Case("framework", {(F, "A7"): None}, f"{F}!A7", "应为代码，实为空白", "expected a code, found nothing"),
    Case("framework", {(F, "A8"): "a1"}, f"{F}!A8", "应为不重复的代码，实为 a1（共 2 次）", "expected a code that stands once, found a1 (2 times)"),
    Case("framework", {(F, "C7"): "Z"}, f"{F}!C7", "应为本表中的代码或空白，实为 Z", "expected a code of this table, or a blank, found Z"),
    Case("framework", {(F, "C4"): "A"}, f"{F}!C4", "应为唯一一个没有上级的代码（总指数），实为没有", "expected exactly one code without a parent, the index, found none"),
    Case("framework", {(F, "C5"): None}, f"{F}!C5", "应为唯一一个没有上级的代码（总指数），实为 I、A", "expected exactly one code without a parent, the index, found I, A"),
    Case("framework", {(F, "C5"): "B", (F, "C6"): "A"}, f"{F}!C5", "应为不成环的上级，实为 A → B → A", "expected a parent that is not below it, found A → B → A"),
    Case("framework", {(F, "D7"): "上升"}, f"{F}!D7", "应为正向、负向、适度之一，实为“上升”", "expected one of positive, negative, moderate, found “上升”"),
    Case("framework", {(F, "E7"): -1}, f"{F}!E7", "应为不小于 0 的数或空白，实为 -1", "expected a number of 0 or more, or a blank, found -1"),
    Case("framework", {(F, "G7"): None}, f"{F}!G7", "应为与另一端成对的数，实为空白", "expected a number, as the other end has one, found nothing"),
    Case("framework", {(F, "G7"): -5}, f"{F}!G7", "应为大于下限 0 的数，实为 -5", "expected a number above the lower end 0, found -5"),
    Case("value text", {(F, "F7"): "低"}, f"{F}!F7", "应为数或空白，实为文本“低”", "expected a number or a blank, found the text “低”"),
    Case("name twice", {(F, "B8"): "企业"}, f"{F}!B8", "应为不重复的名称，实为企业（共 2 次）", "expected a name that stands once, found 企业 (2 times)"),
    Case("name blank", {(F, "B5"): None}, f"{F}!B5", "应为名称，实为空白；按 A 处理", "expected a name, found nothing; taken as A"),
    Case("weight missing", {(F, "E7"): None}, f"{F}!E7", "应为权重（赋权方法为给定权重），实为空白", "expected a weight, as the weighting is “given”, found nothing", settings={"weighting": "given"}),
    Case("weight missing for mix", {(F, "E7"): None}, f"{F}!E7", "应为权重（“给定权重的比重”为 0.5），实为空白", "expected a weight, as the share of given weights is 0.5, found nothing", settings={"given_share": 0.5}),
    Case("weights zero", {(F, "E7"): 0, (F, "E8"): 0}, f"{F}!E7", "应为规模的下级权重之和大于 0，实为 0", "expected weights of the children of 规模 that sum to more than 0, found 0", settings={"weighting": "given"}),
    Case("goalposts missing", {(F, "F7"): None, (F, "G7"): None}, f"{F}!F7", "应为下限和上限（标准化方法为固定上下限），实为空白", "expected lower and upper, as the normalisation is “goalposts”, found nothing", settings={"normalisation": "goalposts"}),
    Case("goalposts as scope", {(S, "B11"): "固定上下限"}, f"{S}!B11", "应为当年或全部年份，实为固定上下限；固定上下限现为一种标准化方法：已按标准化方法“固定上下限”、范围“当年”处理", "expected year or panel, found goalposts; goalposts are a normalisation now: read as the normalisation “goalposts” with the scope “year”"),
    Case("column missing", {(F, "C3"): "上一级"}, f"{F}!A3", "应为“上级代码”列，实为没有", "expected a column “Parent”, found none"),
    # settings
    Case("setting choice", {(S, "B11"): "随便"}, f"{S}!B11", "应为当年、全部年份之一，实为随便", "expected one of year, panel, found 随便"),
    Case("value not transformed", {(P, "F6"): 0}, f"{P}!F6", "应为大于 0 的数（先取自然对数），实为 0", "expected a number above 0, as it is transformed by ln, found 0", files=TRANSFORMED),
    Case("unit screened out", {}, f"{P}!B9", "应为参加 2024 年排名的甲省，实为地区清单中筛选为剔除；该地区不参加", "expected 甲省 ranked in 2024, found screened out in the list of units; left out", files=SCREENED),
    Case("unit left out", {(P, "D10"): None, (P, "E10"): None, (S, f"B{ROW['unit_available']}"): 0.75}, f"{P}!B10", "应为乙省至少有全部指标的 75%（2024 年），实为 50%；该地区当年不参加", "expected 乙省 with 75% of all indicators or more in 2024, found 50%; left out of that year"),
    Case("screening", {(U, "E4"): "也许"}, f"{U}!E4", "应为保留、剔除或空白，实为也许", "expected in, out or a blank, found 也许", files=SCREENED),
    Case("year goalposts code", {(Y, "A4"): "A"}, f"{Y}!A4", "应为指标体系中有上下限的指标代码（适度指标除外），实为“A”（是否为“a1”、“a2”？）", "expected the code of an indicator that has goalposts in the framework, and is not two-sided, found “A” (did you mean “a1” / “a2”?)", files=YEARLY),
    Case("year invalid", {(Y, "B4"): 24}, f"{Y}!B4", "应为 1900 到 2200 的整数年份，实为 24", "expected a year, a whole number from 1900 to 2200, found 24", files=YEARLY),
    Case("year goalposts ends", {(Y, "D5"): 5}, f"{Y}!D5", "应为下限小于上限的两个数，实为 5、5", "expected two numbers, the lower below the upper, found 5 and 5", files=YEARLY),
    Case("year goalposts ends", {(Y, "C5"): None}, f"{Y}!C5", "应为下限小于上限的两个数，实为∅、7", "expected two numbers, the lower below the upper, found ∅ and 7", files=YEARLY),
    Case("year goalposts twice", {(Y, "A5"): "a1"}, f"{Y}!A5", "应为每个指标每年一行，实为 a1, 2024（另见第 4 行）", "expected one row for each indicator and year, found a1, 2024, as in row 4", files=YEARLY),
    Case("unit weight unit", {(W, "A4"): "999"}, f"{W}!A4", "应为“地区”中的代码，实为“999”", "expected a code of “地区”, found “999”", files=SCREENED),
    Case("unit weight code", {(W, "B4"): "I"}, f"{W}!B4", "应为指标体系中有上级的代码，实为“I”", "expected a code of the framework that has a parent, found “I”", files=SCREENED),
    Case("unit weight", {(W, "C4"): -1}, f"{W}!C4", "应为不小于 0 的数，实为 -1", "expected a number of 0 or more, found -1", files=SCREENED),
    Case("unit weight twice", {(W, "B5"): "a1"}, f"{W}!A5", "应为每个地区的每个指标一行，实为 120000, a1（另见第 4 行）", "expected one row for each unit and node, found 120000, a1, as in row 4", files=SCREENED),
    Case("factor not usable", {(P, "H7"): -2}, f"{P}!H7", "应为不小于 0 的系数“系数”（用于规模），实为 -2（乙省，2023 年）；该地区在此不计分", "expected a factor “系数” of 0 or more, for 规模, found -2 (乙省, 2023); no score there", files=MULTIPLIED),
    Case("setting whole number", {(S, f"B{ROW['decimals']}"): 2.5}, f"{S}!B{ROW['decimals']}", "应为 0 到 10 的整数，实为 2.5", "expected a whole number from 0 to 10, found 2.5"),
    Case("setting number", {(S, f"B{ROW['min_available']}"): 65}, f"{S}!B{ROW['min_available']}", "应为 0 到 1 的数，实为 65", "expected a number from 0 to 1, found 65"),
    Case("setting number", {(S, f"B{ROW['exponent']}"): "大"}, f"{S}!B{ROW['exponent']}", "应为 -100 到 100 的数，实为大", "expected a number from -100 to 100, found 大"),
    Case(
        "setting group",
        {(S, "B7"): "组内均值", (S, "B8"): "片区"},
        f"{S}!B8",
        "应为地区清单中的分组列（区域），实为片区",
        "expected a group column of the list of units (区域), found 片区",
    ),
    Case(
        "settings clash",
        {(S, "B10"): "标准分", (S, "B11"): "固定上下限"},
        f"{S}!B10",
        "应为极差正规化或固定上下限（标准化范围为固定上下限），实为标准分",
        "expected min-max or goalposts, as the scope is “goalposts”, found z-score",
    ),
    Case(
        "target missing",
        {(S, "B10"): "与目标值的距离"},
        f"{F}!L7",
        "应为目标值（按与目标值的距离标准化），实为空白",
        "expected a target, as the normalisation is “distance to target”, found nothing",
    ),
    Case(
        "framework",
        {(F, "K7"): "随便"},
        f"{F}!K7",
        "应为极差正规化、固定上下限、标准分、位次分、位次的指数变换、百分等级、波达计分、与最大值的距离、与目标值的距离、与平均水平的距离、定基指数、占最大值的比例之一或空白，实为“随便”",
        "expected one of min-max, goalposts, z-score, rank, exponential rank, percentile rank, Borda, distance to maximum, "
        "distance to target, distance to reference, base year, fraction of maximum, or a blank, found “随便”",
    ),
    Case(
        "framework",
        {(F, "M7"): "等权"},
        f"{F}!M7",
        "应为空白（只有上级指标可填），实为“equal”",
        "expected a blank, since only nodes with children have one, found “equal”",
    ),
    Case(
        "comparison code",
        {(J, "B4"): "b1"},
        f"{J}!A4",
        "应为同一上级的两个不同下级的代码，实为 a1 和 b1",
        "expected the codes of two children of one parent, found a1 and b1",
        files={"comparisons": PAIRS},
    ),
    Case(
        "comparison ratio",
        {(J, "C4"): "很"},
        f"{J}!C4",
        "应为大于 0 的数，如 3 或 1/3，实为很",
        "expected a number above 0, such as 3 or 1/3, found 很",
        files={"comparisons": PAIRS},
    ),
    Case(
        "comparison twice",
        {(J, "A6"): "b1", (J, "B6"): "b2"},
        f"{J}!A6",
        "应为每两个下级只比较一次，实为 b1 和 b2（另见第 5 行）",
        "expected one comparison of each pair, found b1 and b2, also in row 5",
        files={"comparisons": PAIRS},
    ),
    Case(
        "comparison missing",
        {(J, "A4"): None, (J, "B4"): None, (J, "C4"): None},
        J,
        "应为规模的下级两两比较（层次分析法），实为缺少 a1–a2",
        "expected comparisons of all children of 规模, as the weighting is AHP, found none of a1–a2",
        settings={"weighting": "ahp"},
        files={"comparisons": PAIRS},
    ),
    Case(
        "comparisons inconsistent",
        {},
        J,
        "应为一致性比率不超过 0.1 的比较，实为总指数的下级：2.76；仍按此计算",
        "expected comparisons with a consistency ratio of 0.1 at most, found 2.76 for the children of 总指数; used all the same",
        settings={"weighting": "ahp"},
        files=CONTRADICTING,
    ),
    Case("setting year", {(S, "B6"): 2019}, f"{S}!B6", "应为“最新”或数据中的年份（2023, 2024），实为 2019", "expected “latest” or a year of the data (2023, 2024), found 2019"),
    Case("setting year", {(S, "B6"): "去年"}, f"{S}!B6", "应为“最新”或数据中的年份（2023, 2024），实为去年", "expected “latest” or a year of the data (2023, 2024), found 去年"),
    Case("growth year missing", {(S, f"B{ROW['growth_years']}"): 5}, f"{S}!B{ROW['growth_years']}", "应为“省份”数据中的基期年份（2023, 2024），实为 2019；比基期增减和年均增长率留空", "expected an earlier year in the data of “Province” (2023, 2024), found 2019; changes since then and growth are left blank"),
    Case("setting whole number", {(S, f"B{ROW['growth_years']}"): 1.5}, f"{S}!B{ROW['growth_years']}", "应为 1 到 1000 的整数，实为 1.5", "expected a whole number from 1 to 1000, found 1.5"),
    Case("setting unknown", {(S, "A14"): "颜色"}, f"{S}!A14", "应为已知的设置项，实为颜色（是否为“涨跌颜色”？）；未使用", "expected a known setting, found 颜色 (did you mean “涨跌颜色”?); left out"),
    Case("setting choice", {(S, "B12"): "等全"}, f"{S}!B12", "应为改进向量法、改进向量法（1/d）、改进向量法（1−d）、改进向量法（1/(1+d)）、等权、给定权重、层次分析法、夹角法、熵权法、基尼系数法、MEREC 法、CRITIC 法、变异系数法、标准差法、主成分法、等重要性之一，实为等全", "expected one of improved vector, improved vector (1/d), improved vector (1−d), improved vector (1/(1+d)), equal, given, AHP, angle, entropy, Gini coefficient, MEREC, CRITIC, coefficient of variation, standard deviation, PCA, equal importance, found 等全"),
    Case("setting unknown", {(S, "A14"): "权重组合"}, f"{S}!A14", "应为已知的设置项，实为权重组合（是否为“权重组合方式”？）；未使用", "expected a known setting, found 权重组合 (did you mean “权重组合方式”?); left out"),
    Case("setting missing", {(S, "A12"): None}, S, "应为设置项“赋权方法”，实为没有；按改进向量法处理", "expected the setting “Weighting”, found none; taken as improved vector"),
    Case("setting twice", {(S, "A14"): "年份"}, f"{S}!A14", "应为“年份”只设一次，实为 2 次", "expected “Year” once, found 2 times"),
    Case("setting blank", {(S, "B12"): None}, f"{S}!B12", "应为“赋权方法”的取值，实为空白；按改进向量法处理", "expected a value for “Weighting”, found nothing; taken as improved vector"),
    Case("setting missing", {(S, f"A{ROW['tiers']}"): None}, S, "应为设置项“梯队”，实为没有；按空白处理", "expected the setting “Tiers”, found none; taken as blank"),
    Case("setting tiers", {(S, f"B{ROW['tiers']}"): "5、3"}, f"{S}!B{ROW['tiers']}", "应为递增的名次，如 5, 15, 25，或“自然断点 4”，实为 5、3；按自然断点 4 处理", "expected rising ranks such as 5, 15, 25, or “natural breaks 4”, found 5、3; taken as natural breaks 4"),
    Case("tile", {(U, "D3"): "方格", (U, "D4"): "左上"}, f"{U}!D4", "应为方格的横向和纵向位置，如 3,4，实为左上；该地区不在方格图上", "expected places across and down, such as 3,4, found 左上; the unit is on no tile map"),
    # the table of scenarios
    Case("scenario blank", {(V, "A4"): None}, f"{V}!A4", "应为方案的名称，实为空白；未使用", "expected the name of a scenario, found nothing; left out"),
    Case("scenario setting", {(V, "B4"): "赋权"}, f"{V}!B4", "应为“设置”表中的一项计算方法，实为赋权（是否为“赋权方法”？）；未使用", "expected a setting of the method, as on the sheet of settings, found 赋权 (did you mean “赋权方法”?); left out"),
    Case("scenario setting", {(V, "B4"): "涨跌颜色"}, f"{V}!B4", "应为“设置”表中的一项计算方法，实为涨跌颜色；未使用", "expected a setting of the method, as on the sheet of settings, found 涨跌颜色; left out"),
    Case("scenario setting twice", {(V, "A5"): "等权"}, f"{V}!B5", "应为每个方案的每项设置一行，实为“等权”的“赋权方法”又一次出现；未使用", "expected one row for each setting of a scenario, found “Weighting” of “等权” again; left out"),
    Case("scenario value", {(V, "B4"): "合成方法", (V, "C4"): 3.0}, f"{V}!C4", f"应为{AGGREGATIONS['zh']}之一，实为 3；未使用", f"expected one of {AGGREGATIONS['en']}, found 3; left out"),
    Case("scenario value", {(V, "B4"): "最低可得比例", (V, "C4"): 3.0}, f"{V}!C4", "应为 0 到 1 的数，实为 3；未使用", "expected a number from 0 to 1, found 3; left out"),
    Case("scenario clash", {(V, "A4"): "甲", (V, "B4"): "标准化范围", (V, "C4"): "固定上下限", (V, "A5"): "甲", (V, "B5"): "标准化方法", (V, "C5"): "位次分"}, f"{V}!A4", "应为可以并用的设置，实为 scope 为 goalposts 时，normalisation 应为 min-max 或 goalposts，实为 rank；未使用", "expected settings that go together, found normalisation: with the scope goalposts expected min-max or goalposts, found rank; left out"),
    # the table of figures
    Case("figure kind", {(G, "C4"): "排名"}, f"{G}!C4", "应为一种图表，实为排名（是否为“排名表”？）；未使用", "expected a kind of figure, found 排名 (did you mean “排名表”?); left out"),
    Case("figure number blank", {(G, "A4"): None}, f"{G}!A4", "应为编号，实为空白；未使用", "expected a number, found nothing; left out"),
    Case("figure twice", {(G, "A5"): "1-1"}, f"{G}!A5", "应为不重复的编号，实为 1-1；未使用", "expected a number that stands once, found 1-1; left out"),
    Case("figure unknown", {(G, "F4"): "A、企亚"}, f"{G}!F4", "应为已有的名称或代码，实为企亚；未使用", "expected a name or code that there is, found 企亚; left out"),
    Case("figure unknown", {(G, "E4"): "Provinze"}, f"{G}!E4", "应为已有的名称或代码，实为 Provinze（是否为“province”？）；未使用", "expected a name or code that there is, found Provinze (did you mean “province”?); left out"),
    Case("figure count", {(G, "I4"): 2.5}, f"{G}!I4", "应为 1 到 400 的整数，实为 2.5；未使用", "expected a whole number from 1 to 400, found 2.5; left out"),
]  # fmt: skip
