"""Counting by DuckDB: a small example that can be checked by hand, every way of counting, and faults of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl.errors import SheetErrors
from bdindex_xl.microdata import duck
from bdindex_xl.microdata.counting import Counted
from bdindex_xl.model.collecting import Counting, CountingRule, Empty, Moved, Period

from .tables_of import counted, placed, source, table

COMPANIES = source("companies", "uscc", "updated")
COLUMNS = (
    "uscc VARCHAR, year INT, place VARCHAR, amount DECIMAL(12, 2), unit VARCHAR, listed BOOLEAN, kind VARCHAR, "
    "updated DATE"
)
# A moves from Beijing to Shenzhen; its first record of 2023 is replaced. Two have no place, one no year, one a currency.
FIRST = """
 ('A', 2023, '440305', 1.50, '亿元', TRUE, 'x', DATE '2023-02-01'),
 ('A', 2023, '北京市海淀区', 2.50, '亿元', TRUE, 'x', DATE '2023-03-01'),
 ('B', 2023, '深圳', 100, '万元', FALSE, 'y', DATE '2023-02-01'),
 ('A', 2024, '440300', 3, '亿元', TRUE, NULL, DATE '2024-02-01')"""
SECOND = """
 ('C', 2024, '广东省', 7, '美元', TRUE, 'z', DATE '2024-02-01'),
 ('D', NULL, '110105', 3, '亿元', TRUE, 'x', DATE '2024-02-01'),
 ('E', 2024, '火星', 3, '亿元', TRUE, 'x', DATE '2024-02-01'),
 ('F', 2019, '110105', 3, '亿元', TRUE, 'x', DATE '2019-02-01'),
 ('G', 2024, NULL, 3, '亿元', TRUE, 'x', DATE '2024-02-01')"""
DEALS = """
 ('A', DATE '2022-05-01', 1.5), ('A', DATE '2024-05-01', 0.1), ('B', DATE '2023-12-31', 2.5),
 ('Z', DATE '2023-05-01', 2.5), ('B', DATE '2023-06-01', 0.285)"""
YEARS = (2022, 2023, 2024)


def run(folder: Path, *rules: CountingRule, measures: Mapping[str, str] | None = None) -> Counted:
    sources = COMPANIES, source("deals")
    tables = [
        table(folder, COMPANIES, COLUMNS, FIRST, SECOND),
        table(folder, sources[1], "uscc VARCHAR, day DATE, amount DOUBLE", DEALS),
    ]
    with duck.started(tables, folder) as engine:
        return counted(engine, tables, placed(rules, sources), YEARS, measures)


def rule(counting: Counting, field: str = "", condition: str = "", **more: Any) -> CountingRule:
    return CountingRule("i", "companies", counting, field, condition, "place", "year", **more)


def cities(found: Counted) -> dict[tuple[str, int], Fraction]:
    return {(unit, year): value for (ranking, unit, year), value in found.values["i"].items() if ranking == "city"}


B, S = "110100", "440300"
WAYS: Sequence[tuple[CountingRule, dict[tuple[str, int], object]]] = [
    (rule(Counting.COUNT), {(B, 2023): 1, (S, 2023): 1, (S, 2024): 1}),
    (rule(Counting.COUNT, "kind"), {(B, 2023): 1, (S, 2023): 1}),
    (rule(Counting.COUNT, "", "listed AND amount >= 2.5"), {(B, 2023): 1, (S, 2024): 1}),
    (rule(Counting.COUNT_DISTINCT, "kind"), {(B, 2023): 1, (S, 2023): 1}),
    (rule(Counting.COUNT_DISTINCT, "uscc"), {(B, 2023): 1, (S, 2023): 1, (S, 2024): 1}),
    (rule(Counting.COUNT_DISTINCT, "uscc", period=Period.STOCK),
     {(B, 2022): 1, (B, 2023): 2, (B, 2024): 2, (S, 2023): 1, (S, 2024): 2}),
    (rule(Counting.SUM, "amount", measure="unit"), {(B, 2023): "2.5", (S, 2023): "0.01", (S, 2024): 3}),
    (rule(Counting.SUM, "amount", measure="万元"), {(B, 2023): "0.00025", (S, 2023): "0.01", (S, 2024): "0.0003"}),
    (rule(Counting.SUM, "amount", period=Period.STOCK),
     {(B, 2022): 3, (B, 2023): "5.5", (B, 2024): "5.5", (S, 2023): 100, (S, 2024): 103}),
    (rule(Counting.MEAN, "amount", period=Period.STOCK),
     {(B, 2022): 3, (B, 2023): "2.75", (B, 2024): "2.75", (S, 2023): 100, (S, 2024): "51.5"}),
    (rule(Counting.MAX, "amount", period=Period.STOCK),
     {(B, 2022): 3, (B, 2023): 3, (B, 2024): 3, (S, 2023): 100, (S, 2024): 100}),
    (rule(Counting.MIN, "amount", measure="unit"), {(B, 2023): "2.5", (S, 2023): "0.01", (S, 2024): 3}),
    (rule(Counting.SHARE, "", "listed", period=Period.STOCK),
     {(B, 2022): 1, (B, 2023): 1, (B, 2024): 1, (S, 2023): 0, (S, 2024): "0.5"}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "expected"), WAYS, ids=lambda one: getattr(one, "counting", ""))
def test_each_way_of_counting_gives_what_a_hand_counts(
    one: CountingRule, expected: dict[tuple[str, int], object], tmp_path: Path
) -> None:
    measures = {"i": "亿元"} if one.measure else {}
    assert cities(run(tmp_path, one, measures=measures)) == {k: Fraction(str(v)) for k, v in expected.items()}


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        (Moved.EVENT, {(B, 2022): "1.5", (S, 2023): "2.785", (S, 2024): "0.1"}),
        (Moved.LATEST, {(S, 2022): "1.5", (S, 2023): "2.785", (S, 2024): "0.1"}),
    ],
)
def test_an_event_of_who_moved_counts_where_the_rule_says(
    moved: Moved, expected: dict[tuple[str, int], str], tmp_path: Path
) -> None:
    """A's deal of 2022 is before all records of it: of the event's year it counts where A was first."""
    of_companies = CountingRule("n", "companies", Counting.COUNT, "", "", "place", "year")
    deals = CountingRule(
        "i", "deals", Counting.SUM, "amount", "", "companies.place", "day", Period.FLOW, "", None, moved
    )
    found = run(tmp_path, of_companies, deals)
    assert cities(found) == {place: Fraction(value) for place, value in expected.items()}
    assert [(line.what.en, line.n, line.detail.en) for line in found.lines if line.table == "deals"] == [
        ("records", 5, "place: companies.place; year: day; flow"),
        ("counted", 4, ""),
        ("without a place", 1, ""),
        ("without a place", 1, "Z"),
    ]


def test_provinces_have_what_their_cities_have_and_what_tells_no_city(tmp_path: Path) -> None:
    found = run(tmp_path, rule(Counting.COUNT)).values["i"]
    assert {place: int(value) for place, value in found.items() if place[0] == "province"} == {
        ("province", "110000", 2023): 1, ("province", "440000", 2023): 1, ("province", "440000", 2024): 2,
    }  # fmt: skip


def test_nothing_is_dropped_in_silence(tmp_path: Path) -> None:
    found = run(tmp_path, rule(Counting.SUM, "amount", measure="unit"), measures={"i": "CNY 100 million"})
    of = "place: place; year: year; snapshot"
    assert [(line.what.en, line.n, line.detail.en, line.where.en) for line in found.lines] == [
        ("records", 9, of, ""),
        ("counted", 4, "", ""),
        ("repeated (the latest counts)", 1, "", ""),
        ("repeated (the latest counts)", 1, "A 2023", "companies 1.csv, record 1"),
        ("without a year", 1, "", ""),
        ("without a year", 1, "blank", ""),
        ("of other years", 1, "", ""),
        ("without a place", 2, "", ""),
        ("without a place", 1, "火星: 无法识别地区", ""),
        ("without a place", 1, "blank", ""),
        ("in no unit of “City”", 1, "", ""),
        ("in no unit of “City”", 1, "广东省: 只能判定到广东省", ""),
        ("of unknown measure (i)", 1, "", ""),
        ("of unknown measure (i)", 1, "美元", ""),
    ]


def test_of_repeated_records_the_one_further_down_counts_where_nothing_tells_which_is_later(tmp_path: Path) -> None:
    one = source("companies", "uscc")
    rows = "('A', 2023, '110100', 1, '', TRUE, 'x', NULL)", "('A', 2023, '110100', 2, '', TRUE, 'x', NULL)"
    for files, value in ((rows, 2), (rows[::-1], 1), ([", ".join(rows)], 2)):
        made = table(tmp_path, one, COLUMNS, *files)
        with duck.started([made], tmp_path) as engine:
            found = counted(engine, [made], placed([rule(Counting.SUM, "amount")], [one]), YEARS)
        assert cities(found) == {(B, 2023): value}


def test_years_are_read_from_numbers_texts_and_dates(tmp_path: Path) -> None:
    one = source("texts")
    rows = """('110100', '2023年'), ('110100', '2023'), ('110100', '2023-05'), ('110100', '20230501'),
              ('110100', '2023/1/2'), ('110100', '去年'), ('110100', '12023'), ('110100', '202'), ('110100', '')"""
    made = table(tmp_path, one, "place VARCHAR, year VARCHAR", rows)
    with duck.started([made], tmp_path) as engine:
        rules = [CountingRule("i", "texts", Counting.COUNT, "", "", "place", "year")]
        found = counted(engine, [made], placed(rules, [one]), YEARS)
    assert cities(found) == {(B, 2023): 5}
    told = [(line.n, line.detail.en) for line in found.lines if line.what.en == "without a year"]
    assert told == [(4, ""), (1, "12023"), (1, "202"), (1, "去年"), (1, "blank")]


def test_sums_of_many_doubles_are_exact(tmp_path: Path) -> None:
    one = source("amounts")
    rows = ", ".join(["('110100', 2023, 0.1), ('110100', 2023, 1e-7), ('110100', 2023, 123456.789)"] * 1000)
    made = table(tmp_path, one, "place VARCHAR, year INT, amount DOUBLE", rows)
    with duck.started([made], tmp_path) as engine:
        rules = [CountingRule("i", "amounts", Counting.SUM, "amount", "", "place", "year")]
        found = counted(engine, [made], placed(rules, [one]), YEARS)
    assert cities(found) == {(B, 2023): 1000 * (Fraction("0.1") + Fraction("1e-7") + Fraction("123456.789"))}


@pytest.mark.parametrize(
    ("one", "message"),
    [
        (rule(Counting.COUNT, "", "nam = 'x'"),
         "Rules!E4: expected a condition of the table's fields, such as status = 'active', "
         "found “nam”, which is no field of the table"),
        (rule(Counting.COUNT, "", "read_text('/etc/passwd') = 'x'"),
         "Rules!E4: expected a condition of the table's fields, such as status = 'active', "
         "found “READ_TEXT('/etc/passwd')”, which is not allowed"),
        (rule(Counting.SUM, "kind"), "Rules!D4: expected a field of numbers, found kind: text, the first in companies 1.csv, record 1: “x”"),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_fit_the_records_is_named_by_its_cell(
    one: CountingRule, message: str, tmp_path: Path
) -> None:
    with pytest.raises(SheetErrors) as caught:
        run(tmp_path, one)
    assert caught.value.text("en") == message


def test_an_engine_reads_the_files_of_its_tables_and_no_other(tmp_path: Path) -> None:
    """The second lock: were a condition to get through, DuckDB itself would refuse."""
    (tmp_path / "secret.csv").write_text("a\n1\n")
    made = table(tmp_path, source("deals"), "uscc VARCHAR, day DATE, amount DOUBLE", DEALS)
    with duck.started([made], tmp_path) as engine:
        for statement in (
            f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')", "SELECT * FROM read_text('/etc/passwd')",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'", "SET enable_external_access = true", "INSTALL httpfs",
            f"ATTACH '{tmp_path / 'x.db'}'", "SET memory_limit = '1TB'",
        ):  # fmt: skip
            with pytest.raises(Exception, match="DuckDB could not do it"):
                engine._run(statement)


def test_a_file_whose_name_looks_like_a_pattern_is_read_and_no_other(tmp_path: Path) -> None:
    made = table(tmp_path, COMPANIES, COLUMNS, FIRST)
    named, other = tmp_path / "companies[1].parquet", tmp_path / "companies1.parquet"
    Path(made.files[0]).rename(named)
    other.write_bytes(b"no records")
    with duck.started([replace(made, files=(named,))], tmp_path) as engine:
        found = counted(engine, [replace(made, files=(named,))], placed([rule(Counting.COUNT)], [COMPANIES]), YEARS)
    assert cities(found) == {(B, 2023): 1, (S, 2023): 1, (S, 2024): 1}


def test_empty_groups_have_what_the_rule_says() -> None:
    from bdindex_xl.microdata.counting import zero

    assert [zero(counting, None) for counting in Counting] == [True, True, True, False, False, False, False]
    assert not any(zero(counting, Empty.BLANK) for counting in Counting)
    assert all(zero(counting, Empty.ZERO) for counting in Counting)


def test_the_first_field_that_tells_a_unit_counts_and_the_credit_code_is_a_second_opinion(tmp_path: Path) -> None:
    """By code, by address, by credit code; a company in Beijing whose code is Shenzhen's; one that nothing places."""
    one = source("companies", "uscc")
    rows = """('91440300708461136T', 2023, '440300', '北京市海淀区'), ('91110108551385082Q', 2023, NULL, '深圳市南山区'),
              ('9144030071526726XG', 2023, '', NULL), ('914403001922038216', 2023, '110108', NULL),
              ('91440300MA5F000000', 2023, '999999', '火星')"""
    made = table(tmp_path, one, "uscc VARCHAR, year INT, code VARCHAR, address VARCHAR", rows)
    with duck.started([made], tmp_path) as engine:
        rules = [CountingRule("i", "companies", Counting.COUNT, "", "", "code, address, uscc", "year")]
        found = counted(engine, [made], placed(rules, [one]), YEARS)
    assert cities(found) == {(S, 2023): 3, (B, 2023): 1}
    told = [(line.what.en, line.n, line.detail.en) for line in found.lines if line.what.en.startswith("with")]
    assert told == [
        ("without a place", 1, ""),
        ("without a place", 1, "999999: 无法识别地区"),
        ("with a place in doubt", 1, ""),
        ("with a place in doubt", 1, "9144030071526726XG: 未填；按信用代码登记地归入广东省深圳市"),
        ("with a credit code of another place", 2, ""),
        ("with a credit code of another place", 1, "91110108551385082Q: is 440000 440300, credit code of 110108"),
        ("with a credit code of another place", 1, "914403001922038216: is 110000 110100, credit code of 440300"),
        ("with a credit code that fails its check", 1, "field: uscc"),
        ("with a credit code that fails its check", 1, "91440300MA5F000000"),
    ]
