"""The sheet Growth: what has changed since an earlier year, and by how much a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

from bdindex_xl.copies import last_run
from bdindex_xl.copies.verify import verify
from bdindex_xl.copies.without_raw import verify as verify_without_raw
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.share.live.live_copy import live
from bdindex_xl.share.strip.strip import StripChoices, strip
from bdindex_xl.sheets import schema, snapshot
from bdindex_xl.tasks.recalculate import recalculate
from tests.copies.workbooks import calculated as larger
from tests.share import engines
from tests.support.books import small_book

pytestmark = pytest.mark.slow

NOW = dt.datetime(2024, 5, 1, 12)
TABLE = "bdx_growth"
# Two indicators that are scores as they stand: 甲省 at 20, 30 and 45 % of what there is, 乙省 at 50, nothing and 40, 丙省
# at 0 in the first year, 丁省 new in the last.
FIXED = {
    "framework": "code,name,parent,direction,lower,upper\nI,指数,,,,\na,甲项,I,1,0,100\nb,乙项,I,1,0,100\n",
    "units": "code,name,ranking\n1,甲省,province\n2,乙省,province\n3,丙省,province\n4,丁省,province\n",
    "data": "year,unit,a,b\n2020,1,20,20\n2020,2,50,50\n2020,3,0,0\n2022,1,30,30\n2022,3,10,10\n2023,1,45,45\n2023,2,40,40\n"
    "2023,3,10,10\n2023,4,70,70\n",
}
GOALPOSTS = {"normalisation": "goalposts", "weighting": "equal"}
Row = tuple[Any, ...]


@cache
def _calculated(lang: Lang, settings: tuple[tuple[str, Any], ...]) -> bytes:
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(small_book(Path(folder), lang, dict(settings), **FIXED))
    recalculate(book, now=NOW)
    return book.to_bytes()


def calculated(lang: Lang = "en", settings: Mapping[str, Any] | None = None) -> FileBook:
    return FileBook.from_bytes(_calculated(lang, tuple((GOALPOSTS | dict(settings or {})).items())))


def rows(book: FileBook) -> list[Row]:
    return list(zip(*book.read(TABLE).columns, strict=True))


def rounded(book: FileBook) -> list[Row]:
    return [tuple(round(v, 6) if isinstance(v, float) else v for v in row) for row in rows(book)]


def test_each_unit_is_compared_with_the_year_before_and_with_the_first_one() -> None:
    """From 20 to 45 in three years: (45/20)^(1/3) - 1 = 31.037 % a year."""
    book = calculated()
    assert book.read(TABLE).header == (
        "Ranking", "Code", "Name", "Rank", "Score", "Change on the year before", "Since", "Score then",
        "Change since then", "Growth a year", "Rank then", "Rank change",
    )  # fmt: skip
    assert rounded(book) == [
        ("Province", "4", "丁省", 1, 70, None, 2020, None, None, None, None, "new"),
        ("Province", "1", "甲省", 2, 45, 15, 2020, 20, 25, 0.310371, 2, 0),
        ("Province", "2", "乙省", 3, 40, None, 2020, 50, -10, round(0.8 ** (1 / 3) - 1, 6), 1, -2),
        ("Province", "3", "丙省", 4, 10, 0, 2020, 0, 10, None, 3, -1),
    ]


def test_the_setting_says_how_many_years_back_and_a_year_without_data_leaves_blanks() -> None:
    one = {row[1]: row[5:] for row in rounded(calculated(settings={"growth_years": 1}))}
    assert one["1"] == (15, 2022, 30, 15, 0.5, 1, -1) and one["2"] == (None, 2022, None, None, None, None, "new")
    two = {row[1]: row[5:] for row in rounded(calculated(settings={"growth_years": 2}))}
    assert two["1"] == (15, None, None, None, None, None, None)


def test_growth_is_of_the_score_on_its_scale() -> None:
    on_1 = {row[1]: row[4:10] for row in rounded(calculated(settings={"scale": 1}))}
    assert on_1["1"] == (0.45, 0.15, 2020, 0.2, 0.25, 0.310371)


def test_its_heading_and_note_tell_the_year_the_formula_and_what_a_change_means() -> None:
    names = [schema.CELL_TITLE.format(table=TABLE), schema.CELL_NOTE.format(table=TABLE)]
    en, zh = (calculated(lang).cells(names) for lang in schema.LANGS[::-1])
    assert [en[name].value for name in names] == [
        "指数: change and growth, 2023",
        "Scores run from 0 to 100. Growth a year is (score ÷ score then) ^ (1 ÷ years) − 1, blank where a score is "
        "missing, 0 or below. The setting Years of growth says since when. Indicators are scored over all years or by "
        "fixed ends: scores of different years can be compared.",
    ]
    assert [zh[name].value for name in names] == [
        "指数：变化与增速（2023 年）",
        "表中得分为 0–100。年均增长率＝（得分÷基期得分）的年数次方根－1；得分缺失、为 0 或为负的，留空。基期由设置“增长年数”"
        "确定。指标按全部年份或固定标准计分，各年得分可比。",
    ]
    within = FileBook.from_bytes(larger("en")).cells(names)[names[1]].value
    assert str(within).endswith(
        "Indicators are scored against the other units of the year: a change is one against them."
    )


def test_every_number_is_that_of_the_history() -> None:
    book = FileBook.from_bytes(larger())
    history = book.read("bdx_history")
    year, ranking, unit, score, rank = (
        history.columns[history.header.index(h)] for h in ("年份", "榜单", "地区代码", "得分", "排名")
    )
    values = zip(score, rank, strict=True)
    known = dict(zip(zip(year, ranking, unit, strict=True), values, strict=True))
    nothing = None, None
    for ranking_, unit_, _, rank_, score_, by_year, since, then, since_then, growth, rank_then, _ in rows(book):
        assert (score_, rank_) == known.get((2024.0, ranking_, unit_), nothing)
        assert (then, rank_then) == known.get((2022.0, ranking_, unit_), nothing) and since == 2022
        for found, earlier in ((by_year, 2023.0), (since_then, 2022.0)):
            before = known.get((earlier, ranking_, unit_), nothing)[0]
            assert found == (None if None in (score_, before) else pytest.approx(score_ - before, abs=1e-12))
        assert growth == (pytest.approx(np.sqrt(score_ / then) - 1, abs=1e-12) if score_ and then else None)


@pytest.mark.slow
def test_a_changed_cell_is_found_and_named_and_there_without_raw_data() -> None:
    book = FileBook.from_bytes(larger())
    block = book.read(TABLE)
    j = block.header.index("年均增长率")
    book.set_cells(TABLE, {(0, j): 0.9})
    again = FileBook.from_bytes(book.to_bytes())
    assert [(d.sheet, d.cell) for d in verify(again).tampered] == [("变化与增速", block.cell(0, j))]
    bare = FileBook.from_bytes(strip(larger(), StripChoices(no_raw=True)).data)
    assert bare.read(TABLE).header == block.header and verify_without_raw(bare, None).sound


@pytest.mark.slow
def test_it_is_put_back_like_every_result_and_older_workbooks_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    book = FileBook.from_bytes(larger())
    before, kept = rows(book), snapshot.from_json(snapshot.to_json(snapshot.take(book)))
    book.set_cells(TABLE, {(0, 5): 1.0})
    book.write(kept)
    assert rows(book) == before
    old = FileBook.from_bytes(strip(larger(), StripChoices(without=("变化与增速",))).data)
    log = last_run.recorded(old)
    assert log is not None and verify(old).deleted == (TABLE,)
    monkeypatch.setattr(last_run, "recorded", lambda _: replace(log, version="0.0.9"))
    assert verify(old).ok and verify(old).missing == ()
    monkeypatch.undo()
    assert [f for f in recalculate(old, now=NOW).findings if f.kind == "result table missing"] == []


@pytest.mark.slow
@pytest.mark.parametrize("settings", [{}, {"growth_years": 1}, {"growth_years": 2, "scale": 10}])
def test_in_a_live_copy_it_follows_the_data(tmp_path: Path, settings: dict[str, float]) -> None:
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    made = calculated(settings=settings).to_bytes()
    copy = live(made)
    assert verify(FileBook.from_bytes(copy)).ok
    block = FileBook.from_bytes(made).read("bdx_data_province")
    for changes in ({}, {(0, 2): 60.0, (0, 3): 60.0, (8, 2): 0.0, (8, 3): None}, {(3, 2): 0.0, (3, 3): 0.0}):
        typed = {(block.sheet, block.cell(i, j)): value for (i, j), value in changes.items()}
        cell = engines.in_ironcalc(copy, typed, tmp_path / "a.xlsx")
        n, bad = engines.differences(copy, cell, engines.expected(made, typed))
        assert n and bad == []
