"""Companies with codes, addresses and credit codes that agree, disagree, or are wrong."""

from __future__ import annotations

from bdindex_xl.microdata.counting import Counted
from bdindex_xl.model.collecting import Counting, CountingRule, Period

from .tables_of import source

COMPANIES, DEALS = source("企业", "统一社会信用代码"), source("融资")
COLUMNS = "统一社会信用代码 VARCHAR, 年份 INT, 代码 VARCHAR, 地址 VARCHAR"
# Codes of Shenzhen, Beijing and Guangzhou. Wrong are the fifth, the sixth by its length, and one of the other file.
ROWS = """
 ('91440300XXFP00001Y', 2024, '440305', '北京市海淀区'),
 ('91440300XXFP000022', 2024, NULL, '北京市海淀区'),
 (' 91440300xxfp000035', 2024, NULL, '深圳'),
 ('９１１１０１０５XXFP00004M', 2024, '', '广州市'),
 ('91440300XXFP000051', 2024, NULL, '北京市'),
 ('91110105XXFP0000', 2024, NULL, '深圳市'),
 (NULL, 2024, NULL, '广州'),
 ('91440106XXFP000081', 2024, '110105', NULL)"""
CORRECTIONS = """
 ('91440300XXFP000022', 2023, NULL, '北京市海淀区'),
 ('91440300XXFP000051', 2023, NULL, '北京市'),
 ('9111O105XXFP00004M', 2023, NULL, '北京市')"""
DEALT = "('91440300XXFP000022', DATE '2024-05-01'), ('91440300XXFP000022X', DATE '2024-05-01')"
OF_DEALS = "统一社会信用代码 VARCHAR, 日期 DATE"
RULES = (
    CountingRule("i", "企业", Counting.COUNT, unit="代码，地址", year="年份"),
    CountingRule("j", "融资", Counting.COUNT, unit="企业.代码，地址", year="日期", period=Period.FLOW),
)


def told(found: Counted) -> list[tuple[str, str, int, str, str]]:
    """What is said of credit codes."""
    lines = [line for line in found.lines if "信用代码" in line.what.zh]
    return [(line.table, line.what.zh, line.n, line.detail.zh, line.where.zh) for line in lines]
