"""Every credit code that fails its check is listed, and every one that says another place than the record does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bdindex_xl.microdata import duck
from bdindex_xl.microdata.credit_codes import CreditCodes
from bdindex_xl.microdata.places.credit import CHARACTERS, plain_code, valid
from bdindex_xl.microdata.prepared import Prepared
from bdindex_xl.microdata.tables import RecordTable
from bdindex_xl.model.collecting import Counting, CountingRule

from . import registered_companies as companies
from .tables_of import counted, placed, source, table

WRONG, CONFLICT = "信用代码校验不符", "信用代码登记地不同"


def codes_of(folder: Path, name: str, *codes: str) -> tuple[RecordTable, list[tuple[str, int]]]:
    """The fields that are taken for credit codes, and how many wrong ones each has."""
    rows = ", ".join(f"('{code}')" for code in codes)
    made = table(folder, source("t"), f'"{name}" VARCHAR', rows)
    with duck.started([made], folder) as engine:
        found = CreditCodes(Prepared(engine, {"t": made}, {"t": (name,)})).fields("t")
    return made, [(one.name, one.n) for one in found]


def test_every_wrong_code_and_every_code_of_another_place_is_listed(tmp_path: Path) -> None:
    tables = [
        table(tmp_path, companies.COMPANIES, companies.COLUMNS, companies.ROWS, companies.CORRECTIONS),
        table(tmp_path, companies.DEALS, companies.OF_DEALS, companies.DEALT),
    ]
    with duck.started(tables, tmp_path) as engine:
        rules = placed(companies.RULES, [companies.COMPANIES, companies.DEALS])
        found = counted(engine, tables, rules, (2023, 2024))
    assert companies.told(found) == [
        ("企业", CONFLICT, 4, "", ""),
        ("企业", CONFLICT, 2, "91440300XXFP000022：属 110000 110100，信用代码登记地为 440300", "企业 1.csv 第 2 条"),
        (
            "企业",
            CONFLICT,
            1,
            "９１１１０１０５XXFP00004M：属 440000 440100，信用代码登记地为 110105",
            "企业 1.csv 第 4 条",
        ),
        ("企业", CONFLICT, 1, "91440106XXFP000081：属 110000 110100，信用代码登记地为 440106", "企业 1.csv 第 8 条"),
        ("企业", WRONG, 4, "字段：统一社会信用代码", ""),
        ("企业", WRONG, 2, "91440300XXFP000051", "企业 1.csv 第 5 条"),
        ("企业", WRONG, 1, "91110105XXFP0000（16 位，应为 18 位）", "企业 1.csv 第 6 条"),
        ("企业", WRONG, 1, "9111O105XXFP00004M", "企业 2.csv 第 3 条"),
        ("融资", WRONG, 1, "字段：统一社会信用代码", ""),
        ("融资", WRONG, 1, "91440300XXFP000022X（19 位，应为 18 位）", "融资 1.csv 第 2 条"),
    ]
    assert [(line.what.en, line.detail.en, line.where.en) for line in found.lines][-2:] == [
        ("with a credit code that fails its check", "field: 统一社会信用代码", ""),
        (
            "with a credit code that fails its check",
            "91440300XXFP000022X (19 characters, not 18)",
            "融资 1.csv, record 2",
        ),
    ]


def test_conflicts_of_a_table_that_is_only_joined_are_told_as_well(tmp_path: Path) -> None:
    tables = [
        table(tmp_path, companies.COMPANIES, companies.COLUMNS, companies.ROWS, companies.CORRECTIONS),
        table(tmp_path, companies.DEALS, companies.OF_DEALS, companies.DEALT),
    ]
    year = CountingRule(
        "k", "企业", Counting.COUNT, unit="代码", year="年份"
    )  # another place: tells nothing of addresses
    with duck.started(tables, tmp_path) as engine:
        rules = placed([companies.RULES[1], year], [companies.COMPANIES, companies.DEALS])
        found = companies.told(counted(engine, tables, rules, (2023, 2024)))
    with duck.started(tables, tmp_path) as engine:
        rules = placed(companies.RULES, [companies.COMPANIES, companies.DEALS])
        expected = companies.told(counted(engine, tables, rules, (2023, 2024)))
    assert [line for line in found if line[1] == CONFLICT and line not in expected] == [
        ("企业", CONFLICT, 1, "", "")  # of the codes alone
    ]
    assert {line for line in expected if line[1] == CONFLICT} <= set(found)


def test_a_field_of_codes_is_known_by_its_name_or_by_most_of_its_texts(tmp_path: Path) -> None:
    right, wrong = "91440300XXFP000022", "91440300XXFP000021"
    assert codes_of(tmp_path, "id", right, right, wrong)[1] == [("id", 1)]
    assert codes_of(tmp_path, "id", right, wrong, wrong)[1] == []
    assert codes_of(tmp_path, "企业信用代码", right, wrong, "内部编号1")[1] == [("企业信用代码", 2)]


@settings(max_examples=4, deadline=None)
@given(st.lists(st.text(CHARACTERS + "IOSVZ-９ａ", max_size=19), min_size=1, max_size=30))
def test_the_check_of_an_engine_is_that_of_the_codes(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    near = [f"91440300{text:0<9.9}" for text in map(plain_code, texts)]
    codes = [*texts, *(body + end for body in near for end in CHARACTERS)]
    there = [code for code in codes if code]
    folder = tmp_path_factory.mktemp("codes")
    expected = int((~valid([plain_code(code) for code in there])).sum())
    assert codes_of(folder, "credit code", *codes)[1] == ([("credit code", expected)] if there else [])
