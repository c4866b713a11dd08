"""Conditions that come with a workbook: what they may say, and that nothing else gets through."""

from __future__ import annotations

import duckdb
import pytest
from sqlglot import exp

from bdindex_xl.microdata.conditions import ConditionFault, condition, fields_of
from bdindex_xl.microdata.tables import FieldKind

from .attacks import ATTACKS

NUMBER, TEXT, DATE, TRUTH = FieldKind.NUMBER, FieldKind.TEXT, FieldKind.DATE, FieldKind.TRUTH
FIELDS = {
    "name": TEXT, "状态": TEXT, "code": TEXT, "amount": NUMBER, "staff": NUMBER, "上市 年份": NUMBER, "day": DATE,
    "listed": TRUTH, "f0": TEXT, "select": TEXT,
}  # fmt: skip


def made(text: str) -> exp.Expr:
    return condition(text, FIELDS, lambda name: exp.column(name, quoted=True))


@pytest.mark.parametrize(
    ("text", "duck"),
    [
        ("状态 = '存续' AND listed", "\"状态\" = '存续' AND \"listed\""),
        ("not listed or amount > 1.50", 'NOT ("listed") OR "amount" > 1.5'),
        ("listed = 1 and code in (110000, '120000')", "\"listed\" = TRUE AND \"code\" IN ('110000', '120000')"),
        ("day between '2020-01-01' and DATE '2020-12-31'",
         "\"day\" BETWEEN CAST('2020-01-01' AS DATE) AND CAST('2020-12-31' AS DATE)"),
        ("name not like '%测试%'", "NOT (\"name\" LIKE '%测试%')"),
        ("name is not null and \"上市 年份\" >= 2e3", 'NOT ("name" IS NULL) AND "上市 年份" >= 2000'),
        ("name = 'it''s; DROP TABLE x -- /*'", "\"name\" = 'it''s; DROP TABLE x -- /*'"),
        ("amount + staff <> 3", '(CAST("amount" AS DOUBLE) + CAST("staff" AS DOUBLE)) <> CAST(3 AS DOUBLE)'),
        ("amount / 2 > 3",
         '(CAST("amount" AS DOUBLE) / NULLIF(CAST(2 AS DOUBLE), CAST(0 AS DOUBLE))) > CAST(3 AS DOUBLE)'),
        ("\"select\" = '1';", "\"select\" = '1'"),
    ],
)  # fmt: skip
def test_a_condition_says_in_sql_what_it_said(text: str, duck: str) -> None:
    assert made(text).sql("duckdb") == duck


def test_a_backslash_is_a_backslash_in_both_dialects() -> None:
    assert made(r"name = 'a\'").sql("duckdb") == r""""name" = 'a\'"""
    assert made(r"name = 'a\'").sql("spark") == r"""`name` = 'a\\'"""


def test_the_fields_of_a_condition_are_told_before_the_table_is_read() -> None:
    assert fields_of("listed AND (amount > 3 OR name = 'code')") == ("listed", "amount", "name")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("amount = 1 = listed", '("amount" = 1) = "listed"'),
        ("name LIKE 'a' = TRUE", "(\"name\" LIKE 'a') = TRUE"),
        ("listed = NOT listed", '"listed" = (NOT ("listed"))'),
        ("amount BETWEEN 1 AND 2 = listed", '("amount" BETWEEN 1 AND 2) = "listed"'),
        ("name IS NULL IS NULL", '("name" IS NULL) IS NULL'),
    ],
)
def test_conditions_in_a_row_are_taken_the_same_by_every_engine(text: str, printed: str) -> None:
    tree = made(text)
    assert tree.sql("duckdb") == printed
    assert tree.sql("spark") == printed.replace('"', "`")


def test_what_follows_a_condition_is_refused_without_a_word_of_the_parser(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ConditionFault, match="^“;”, which is not allowed$"):
        made("listed; LOAD httpfs")
    assert not caplog.records


@pytest.mark.parametrize("text", ATTACKS, ids=lambda text: ascii(text[:40]))
def test_nothing_but_conditions_on_the_fields_gets_through(text: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        made(text)
    assert caught.value.found.zh
    assert caught.value.found.en
    assert len(caught.value.found.en) < 200


def test_what_gets_through_holds_constants_and_fields_alone() -> None:
    allowed = "amount > 1 AND (name LIKE 'a%' OR NOT listed) AND code IN ('a', 'b') AND staff * 2 - 1 <= 3 / amount"
    kinds = {type(node).__name__ for node in made(allowed).walk()}
    assert kinds == {
        "And", "Or", "Not", "Paren", "GT", "LTE", "Like", "In", "Column", "Identifier", "Literal", "Cast", "DataType",
        "Mul", "Sub", "Div", "Nullif",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("nam = 'a'", "表中没有的字段“nam”（是否为“name”？）", "“nam”, which is no field of the table (did you mean “name”?)"),
        ("length(name) > 3", "“LENGTH(name)”，不允许", "“LENGTH(name)”, which is not allowed"),
        ("name = amount", "“name = amount”：数与文字不能比较", "“name = amount”, where a number meets text"),
        ("code > 9", "“code > 9”：文字与数不能比较", "“code > 9”, where text meets a number"),
        ("code BETWEEN 1 AND 9", "“code BETWEEN 1 AND 9”：文字与数不能比较", "“code BETWEEN 1 AND 9”, where text meets a number"),
        ("listed AND", "无法解析的“listed AND”", "“listed AND”, which cannot be parsed"),
        ("amount", "“amount”，不是条件", "“amount”, which is no condition"),
    ],
)  # fmt: skip
def test_a_fault_says_what_was_found(text: str, zh: str, en: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        made(text)
    assert (caught.value.found.zh, caught.value.found.en) == (zh, en)


def test_conditions_choose_the_records_that_they_say() -> None:
    rows = (
        "(VALUES ('a', 1.5, TRUE, DATE '2020-02-29'), ('b', NULL, FALSE, NULL), (NULL, 0.1, NULL, DATE '2021-01-01'))"
    )
    table = f"{rows} AS t(name, amount, listed, day)"
    for text, names in {
        "listed": ["a"], "NOT listed": ["b"], "amount < 1": [None], "amount * 2 = 3": ["a"], "amount / 0 = 1": [],
        "name IS NULL OR day > '2020-03-01'": [None], "amount = 0.1": [None], "amount IN (1.5, 7)": ["a"],
    }.items():  # fmt: skip
        found = duckdb.sql(f"SELECT name FROM {table} WHERE {made(text).sql('duckdb')}").fetchall()
        assert [row[0] for row in found] == names, text
