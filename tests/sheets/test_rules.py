"""Rules and sources: what is read from files and sheets, and each fault by its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.model.collecting import Counting, CountingRule, Empty, Moved, Period, RecordSource, SourceKind
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.faults import Report
from bdindex_xl.sheets.read_framework import read_framework
from bdindex_xl.sheets.read_rules import Collecting, read_collecting
from bdindex_xl.sheets.read_settings import read_settings
from tests.support.books import contents, small_book

RULES = """indicator,table,aggregation,field,filter,unit,year,period,measure,empty,moved
企业,companies,count,,"listed = 1 AND name LIKE '%数据%'",city,year,,,,
a2,deals,合计,amount,,companies.city,day,当年发生,unit,blank,latest
b1,policies,Count Distinct,title,,地区,日期,stock,,,
"""
SOURCES = """table,kind,where,key,latest
companies,csv,companies,uscc,updated
deals,Parquet,deals.parquet,,
policies,数据库,postgresql+psycopg://reader@localhost/policies#text,"title, date",
"""
READ = (
    CountingRule("a1", "companies", Counting.COUNT, "", "listed = 1 AND name LIKE '%数据%'", "city", "year"),
    CountingRule("a2", "deals", Counting.SUM, "amount", "", "companies.city", "day", Period.FLOW, "unit", Empty.BLANK,
         Moved.LATEST),
    CountingRule("b1", "policies", Counting.COUNT_DISTINCT, "title", "", "地区", "日期", Period.STOCK),
)  # fmt: skip


def collecting(book: FileBook) -> Collecting | None:
    report = Report()
    settings, _ = read_settings(book, report)
    framework, _ = read_framework(book, settings, report)
    assert framework is not None
    found = read_collecting(book, framework.nodes, report)
    assert not report.findings
    return found


def refused(folder: Path, lang: Lang = "en", **files: str) -> list[str]:
    with pytest.raises(SheetErrors) as caught:
        contents(folder, "zh", None, **{"rules": RULES, "sources": SOURCES, **files})
    return caught.value.text(lang).splitlines()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_says_what_its_files_said_and_has_a_sheet_for_the_report(lang: Lang, tmp_path: Path) -> None:
    book = FileBook(small_book(tmp_path, lang, rules=RULES, sources=SOURCES))
    found = collecting(book)
    assert found is not None
    assert tuple(one.value for one in found.rules) == READ
    assert [one.value for one in found.sources] == [
        RecordSource("companies", SourceKind.CSV, "companies", "uscc", "updated"),
        RecordSource("deals", SourceKind.PARQUET, "deals.parquet"),
        RecordSource(
            "policies", SourceKind.DATABASE, "postgresql+psycopg://reader@localhost/policies#text", "title, date"
        ),
    ]
    assert found.sheet == schema.RULES.name[lang] == book.tables()[schema.RULES.table]
    assert found.rules[1].cells["filter"] == "E5"
    assert schema.COLLECTION.table in book.tables()
    assert not book.is_shown(schema.COLLECTION.table)


def test_a_workbook_without_rules_has_none_of_these_sheets(tmp_path: Path) -> None:
    book = FileBook(small_book(tmp_path, "zh"))
    assert collecting(book) is None
    assert not {schema.RULES.table, schema.SOURCES.table, schema.COLLECTION.table} & book.tables().keys()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("企业,companies", "b11,companies", "line 2, column “indicator”: expected the code or name of an indicator, "
         "found b11 (did you mean “b1”?)"),
        ("a2,deals", "A,deals", "line 3, column “indicator”: expected the code or name of an indicator, found A "
         "(did you mean “a1” / “a2”?)"),
        ("a2,deals", "a1,deals", "line 3, column “indicator”: expected one row an indicator, found a1 again"),
        ("a2,deals", ",deals", "line 3, column “indicator”: expected “Indicator”, found nothing"),
        ("a2,deals", "a2,deal", "line 3, column “table”: expected a table of the sources, found deal "
         "(did you mean “deals”?)"),
        ("合计,amount", "total,amount", "line 3, column “aggregation”: expected one of count, count distinct, sum, mean, "
         "max, min, share, found total"),
        ("合计,amount", "合计,", "line 3, column “field”: expected “Field”, found nothing"),
        ("合计,amount", "占比,amount", "line 3, column “filter”: expected “Filter”, found nothing"),
        ("当年发生", "flows", "line 3, column “period”: expected one of snapshot, flow, stock, found flows "
         "(did you mean “flow”?)"),
        ("companies.city", "deals.city", "line 3, column “unit”: expected a table with a key, found deals, which has "
         "none"),
        ("地区,日期", ",日期", "line 4, column “unit”: expected “Unit field”, found nothing"),
        ("地区,日期", "地区,", "line 4, column “year”: expected “Year field”, found nothing"),
    ],
)  # fmt: skip
def test_a_rule_at_fault_is_named_with_its_line(old: str, new: str, expected: str, tmp_path: Path) -> None:
    assert refused(tmp_path, rules=RULES.replace(old, new)) == [f"rules.csv, {expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("csv,companies", "csvs,companies", "line 2, column “kind”: expected one of CSV, Excel, Parquet, DuckDB, "
         "database, found csvs (did you mean “csv”?)"),
        ("deals,Parquet", "companies,Parquet", "line 3, column “table”: expected one row a table, found companies again"),
        ("Parquet,deals.parquet", "Parquet,", "line 3, column “where”: expected “Where”, found nothing"),
    ],
)  # fmt: skip
def test_a_source_at_fault_is_named_with_its_line(old: str, new: str, expected: str, tmp_path: Path) -> None:
    found = refused(tmp_path, sources=SOURCES.replace(old, new))
    assert [line for line in found if line.startswith("sources.csv")] == [f"sources.csv, {expected}"]


def test_rules_without_sources_are_refused_in_both_languages(tmp_path: Path) -> None:
    for lang, expected in (
        ("zh", "rules.csv：应为数据来源（表 bdx_sources 或文件 sources.csv），实为没有"),
        ("en", "rules.csv: expected sources (the table bdx_sources, or the file sources.csv), found none"),
    ):
        with pytest.raises(SheetErrors) as caught:
            contents(tmp_path, "zh", None, rules=RULES)
        assert caught.value.text("zh" if lang == "zh" else "en") == expected
