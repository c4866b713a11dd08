"""A small workbook with records beside it, and what the command `collect` makes of it."""

from __future__ import annotations

from pathlib import Path

from bdindex_xl import cli
from bdindex_xl.hosts.files import open_book
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.book import Readable
from tests.commands.test_collect import SOURCES, records
from tests.commands.test_collect import book as made_book
from tests.support.books import DATA
from tests.support.office import quick_to_open
from tests.support.renamed import without

BESIDE = SOURCES.replace("csv,companies,", "csv,records/companies,").replace("csv,deals.csv", "csv,records/deals.csv")
DONE = """由 companies、deals 统计 3 个指标，改动 39 格。
记录的去向和改动前后的数值见“归集报告”表。
“恢复上次结果”不涉及原始数据；文件在保存之前仍是原值。
已重新计算：省份 3 个地区（2024 年）、城市 4 个地区（2024 年）。
"""
# Sheets that collecting neither reads nor writes: they would take half the time of a test.
_AROUND = (
    "稳健性",
    "敏感性",
    "审查",
    "统计量",
    "相关系数",
    "解释",
    "方案",
    "方案比较",
    "各方案排名",
    "地区画像",
    "公式",
)
TABLES = [
    schema.table_of(table, ranking)
    for table in (schema.DATA.table, schema.RANKING.table)
    for ranking in ("province", "city")
]


def place(folder: Path, data: str = DATA) -> Path:
    """A workbook with its records beside it."""
    records(folder)
    file = made_book(folder, sources=BESIDE, data=data)
    book = quick_to_open(file.read_bytes())
    for sheet in _AROUND:
        book = without(book, sheet)
    file.write_bytes(book)
    return file


def tables(book: Readable) -> dict[str, list[list[object]]]:
    return {name: [list(column) for column in book.read(name).columns] for name in TABLES}


def by_command(file: Path) -> dict[str, list[list[object]]]:
    """What the command makes of the closed file."""
    target = file.with_name("by command.xlsm")
    assert cli.main(["collect", str(file), "-o", str(target)]) == 0
    return tables(open_book(target))
