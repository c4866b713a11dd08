"""Names of sheets and tables made from what users call their rankings."""

from __future__ import annotations

import re

import pytest

from bdindex_xl.sheets import schema
from bdindex_xl.sheets.areas import quoted
from bdindex_xl.workbook.sheet_names import LONGEST, SheetNames


def test_known_rankings_have_names_in_the_language_of_the_workbook() -> None:
    assert SheetNames(["province", "city"], "zh").ranking == {"province": "省份排名", "city": "城市排名"}
    assert SheetNames(["province"], "en").data == {"province": "Province data"}


@pytest.mark.parametrize(
    "ranking", ["a/b\\c*d?e:f[g]", "'quoted'", "x" * 60, "很长的榜单名称" * 9, "😀" * 40, " ", "History"]
)
def test_any_name_makes_a_tab(ranking: str) -> None:
    for name in (SheetNames([ranking], "en").data[ranking], SheetNames([ranking], "zh").ranking[ranking]):
        assert 0 < len(name.encode("utf-16-le")) // 2 <= LONGEST
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'") and not name.endswith("'")


def test_names_cut_alike_are_told_apart() -> None:
    names = SheetNames(["x" * 50, "x" * 51, "X" * 52], "zh")
    every = [*names.data.values(), *names.ranking.values()]
    assert len({name.casefold() for name in every}) == 6


def test_a_ranking_cannot_take_the_name_of_another_sheet() -> None:
    assert SheetNames(["分组"], "zh").ranking == {"分组": "分组排名 2"}


def test_no_sheet_has_the_name_that_excel_keeps_for_itself() -> None:
    named = (schema.GUIDE, schema.FORMULAS, *(sheet.name for sheet in schema.ONE_EACH))
    assert {"history", "历史记录"} & {name.casefold() for text in named for name in text.both()} == set()


def test_quotes_in_a_sheet_name_are_doubled_in_a_formula() -> None:
    assert quoted("it's") == "'it''s'"


def test_a_name_that_serves_stays_as_it_is_in_the_table() -> None:
    assert schema.table_of(schema.DATA.table, "city") == "bdx_data_city"
    assert schema.table_of(schema.RANKING.table, "国家级新区") == "bdx_ranking_国家级新区"


def test_names_that_a_table_cannot_bear_are_told_apart() -> None:
    names = {
        schema.table_of(schema.DATA.table, ranking) for ranking in ("a b", "a-b", "a_b", "", "x" * 60, "x" * 61, "😀")
    }
    assert len(names) == 7
    assert all(re.fullmatch(r"\w+", name) and len(name) < 200 for name in names)
