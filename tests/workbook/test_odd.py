"""Frameworks, rankings and names that nobody would think of: every workbook must still be whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from openpyxl.workbook import Workbook

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.model.framework import Framework
from bdindex_xl.sheets import layout, schema
from bdindex_xl.sheets.contents import Contents
from bdindex_xl.tasks.recalculate import recalculate
from bdindex_xl.workbook import make

from . import making

pytestmark = pytest.mark.slow


def chain(depth: int) -> Framework:
    """A framework of so many levels below the index, with indicators at every one of them."""
    rows: list[tuple[str, str, str | None]] = [("I", "指数", None)]
    for level in range(1, depth + 1):
        above = "I" if level == 1 else f"n{level - 1}"
        rows.append((f"x{level}", f"指标 {level}", above))
        rows.append((f"n{level}", f"维度 {level}", above))
    return making.framework(*rows)


def same_names() -> Framework:
    """Nodes of the same name in different places, and one called as a column of ours ends."""
    return making.framework(
        ("I", "Index", None), ("A", "Scale", "I"), ("B", "Growth", "I"), ("A1", "Output", "A"), ("B1", "output", "B"),
        ("A1x", "a", "A1"), ("B1x", "b", "B1"), ("P", "Previous", "I"), ("Px", "c", "P"),
    )  # fmt: skip


def _nasty(lang: Lang) -> Contents:
    nasty = making.NASTY
    of = making.framework(
        ("I", nasty, None), ("A", nasty + "1", "I"), ("=1+1", nasty + "2", "A"), ("@x", "+" + nasty, "A")
    )
    settings = {"title": nasty, "source": nasty + "\nsecond line"}
    return making.contents(lang, of, (nasty, "[a]:b*c?d/e\\f"), (nasty,), settings, (nasty, "-" + nasty, "=1+1"))


LONG = "很长的名称" * 30

ODD: dict[str, Callable[[], Contents]] = {
    "one indicator": lambda: making.contents(of=making.framework(("I", "指数", None), ("x", "指标", "I"))),
    "depth 1": lambda: making.contents(of=chain(1)),
    "depth 2": lambda: making.contents(of=chain(2)),
    "depth 3": lambda: making.contents("en", of=chain(3)),
    "depth 5": lambda: making.contents(of=chain(5)),
    "same names": lambda: making.contents("en", of=same_names()),
    "three rankings": lambda: making.contents(rankings=("国家级新区", "算力 集群", "县（市、区）")),
    "no groups": lambda: making.contents(groups=()),
    "no title": lambda: making.contents("en", settings={"year": 2023, "min_available": 0.5}),
    "no rows": lambda: making.contents(names=()),
    "one unit": lambda: making.contents("en", names=("Only",)),
    "nasty": lambda: _nasty("zh"),
    "nasty in English": lambda: _nasty("en"),
    "control characters": lambda: making.contents(
        of=making.framework(("I", "a\x01b", None), ("x", "c\td\ne\x02", "I"))
    ),
    "long names": lambda: making.contents(
        of=making.framework(
            ("I", LONG, None), ("A", LONG + "甲", "I"), ("x", LONG + "乙", "A"), ("y", LONG + "丙", "A"),
        ),
        rankings=(LONG, LONG + "二"), names=(LONG,), settings={"title": LONG, "source": LONG * 20},
    ),
}  # fmt: skip


@cache
def odd_book(case: str) -> bytes:
    return make(ODD[case]())


@cache
def opened(case: str) -> Workbook:
    return making.read(odd_book(case))


def tables(contents: Contents) -> dict[str, Sequence[str]]:
    """Every result table that a workbook must have, with its headers."""
    lang, of = contents.lang, contents.framework
    rankings = {
        schema.table_of(schema.RANKING.table, key): layout.specs(schema.RANKING, of, lang) for key in contents.data
    }
    others = {
        schema.GROUPS.table: layout.specs(schema.GROUPS, of, lang),
        schema.WEIGHTS.table: layout.specs(schema.WEIGHTS, of, lang),
        schema.WEIGHTS_BY_YEAR.table: layout.specs(schema.WEIGHTS_BY_YEAR, of, lang, contents.years),
        schema.NORMALISED.table: layout.specs(schema.NORMALISED, of, lang),
        schema.CHECK.table: layout.specs(schema.CHECK, of, lang),
        schema.LOG.table: layout.specs(schema.LOG, of, lang),
    }
    return {name: [spec.header for spec in specs] for name, specs in {**rankings, **others}.items()}


@pytest.mark.parametrize("case", ODD)
def test_every_table_is_there_with_its_headers_and_one_blank_row(case: str) -> None:
    contents = ODD[case]()
    workbook = opened(case)
    for name, header in tables(contents).items():
        assert making.header_of(workbook, name) == header
        assert making.body_of(workbook, name) == [[None] * len(header)]


@pytest.mark.parametrize("case", ODD)
def test_what_was_put_in_can_be_read_back(case: str) -> None:
    contents = ODD[case]()
    workbook = opened(case)
    for key, table in contents.data.items():
        body = making.body_of(workbook, schema.table_of(schema.DATA.table, key))
        assert body == ([list(row) for row in table.rows] or [[None] * len(table.header)])
    names = [row[1] for row in making.body_of(workbook, schema.UNITS.table)]
    assert names == ([row[1] for row in contents.units.rows] or [None])


PROFILES = schema.PROFILE.both()  # formulas alone: what users wrote stands in them between quotes


@pytest.mark.parametrize("case", ["nasty", "nasty in English"])
def test_no_text_of_a_user_becomes_a_formula(case: str) -> None:
    found = [cell.text for cell in FileBook.from_bytes(odd_book(case)).formula_cells() if cell.sheet not in PROFILES]
    # The formulas sheet refers to names of units, and shows our functions at work.
    own = [
        formula
        for formula in found
        if not re.fullmatch(r"IFERROR\(BDINDEX_\w+\(.*\),\(\{.*\}\)\)|'.*'!\$C\$\d+", formula)
    ]
    assert own == [
        f'IF(bdx_index_name="","{"综合指数" if case == "nasty" else "Composite index"}",bdx_index_name)',
        f'IF(bdx_source="","","{"数据说明" if case == "nasty" else "Note on the data"}")',
        'IF(bdx_source="","",bdx_source)',
    ]


@pytest.mark.parametrize("case", ["nasty", "nasty in English"])
def test_what_a_user_wrote_is_found_by_the_sheet_of_one_unit(case: str) -> None:
    book = FileBook.from_bytes(odd_book(case))
    recalculate(book, now=None)
    found = [cell for cell in book.formula_cells() if cell.sheet in PROFILES]
    assert len(found) > 200 and all(map(book.renewed, found))


def test_sheets_of_rankings_have_names_that_a_tab_can_bear() -> None:
    workbook = making.read(odd_book("nasty in English"))
    assert workbook.sheetnames[6:10] == [
        "=A&B <\"q'uo\"> {x} data", "-a--b-c-d-e-f data", "=A&B <\"q'uo\"> {x} ranking", "-a--b-c-d-e-f ranking",
    ]  # fmt: skip


def test_nodes_of_one_name_are_told_apart_by_their_codes() -> None:
    headers = [spec.header for spec in layout.specs(schema.RANKING, same_names(), "en")]
    assert "Output rank (A1)" in headers and "output rank (B1)" in headers
    assert len({header.casefold() for header in headers}) == len(headers)
    assert headers[3] == "Previous rank" and "Previous rank (P)" in headers
