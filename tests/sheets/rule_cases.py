"""Kinds of bad input of rules and sources, as the command collect finds them: what is typed where, and the messages."""

from __future__ import annotations

from tests.sheets.fault_cases import C as CITIES
from tests.sheets.fault_cases import Case, P

R, Q = "指标口径", "数据来源"
COMPANIES = "uscc,code,year,status,patents\nA,110000,2024,存续,3\n"
FILES = {
    "rules": "indicator,table,aggregation,field,filter,unit,year\n"
    "a1,companies,count,,,code,year\na2,companies,sum,patents,status = '存续',code,year\n",
    "sources": "table,kind,where,key\ncompanies,csv,companies.csv,uscc\ndeals,csv,deals.csv,\n",
}
NO_YEARS = {(sheet, f"A{row}"): None for sheet, last in ((P, 11), (CITIES, 12)) for row in range(6, last + 1)}

CASES = [
    Case("rules missing", {}, "", "应为统计指标的口径（表 bdx_rules），实为没有；请在生成工作簿的文件夹中放入 rules.csv 和 sources.csv", "expected rules for counting indicators (the table bdx_rules), found none; make the workbook with rules.csv and sources.csv in its folder"),
    Case("rule blank", {(R, "F4"): None}, f"{R}!F4", "应为“地区字段”，实为空白", "expected “Unit field”, found nothing", files=FILES),
    Case("rule choice", {(R, "C5"): "合记"}, f"{R}!C5", "应为计数、去重计数、合计、平均、最大值、最小值、占比之一，实为合记", "expected one of count, count distinct, sum, mean, max, min, share, found 合记", files=FILES),
    Case("rule indicator", {(R, "A4"): "A"}, f"{R}!A4", "应为原始指标的代码或名称，实为 A（是否为“a1”、“a2”？）", "expected the code or name of an indicator, found A (did you mean “a1” / “a2”?)", files=FILES),
    Case("rule twice", {(R, "A5"): "企业"}, f"{R}!A5", "应为每个指标一行，实为又一次企业", "expected one row an indicator, found 企业 again", files=FILES),
    Case("rule table", {(R, "B5"): "company"}, f"{R}!B5", "应为数据来源中的数据表，实为 company（是否为“companies”？）", "expected a table of the sources, found company (did you mean “companies”?)", files=FILES),
    Case("rule key", {(R, "F4"): "deals.code"}, f"{R}!F4", "应为有主键的数据表，实为 deals 没有主键", "expected a table with a key, found deals, which has none", files=FILES),
    Case("rule filter", {(R, "E5"): "upper(status) = 'A'"}, f"{R}!E5", "应为由本表字段组成的条件，如 状态 = '存续'，实为“UPPER(status)”，不允许", "expected a condition of the table's fields, such as status = 'active', found “UPPER(status)”, which is not allowed", files=FILES),
    Case("rule field kind", {(R, "D5"): "status"}, f"{R}!D5", "应为数值字段，实为 status：文字，首见于 companies.csv 第 1 条：“存续”", "expected a field of numbers, found status: text, the first in companies.csv, record 1: “存续”", files=FILES),
    Case("source twice", {(Q, "A5"): "companies"}, f"{Q}!A5", "应为每个数据表一行，实为又一次 companies", "expected one row a table, found companies again", files=FILES),
    Case("rows of data missing", NO_YEARS, "", "应为数据表中有年份和地区的行，实为没有", "expected rows with a year and a unit in the data, found none", files=FILES),
]  # fmt: skip
