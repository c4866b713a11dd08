"""The sheet All years: scores, ranks and rank changes of every year, and nothing that did not happen in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bdindex_xl.copies import last_run
from bdindex_xl.copies.verify import verify
from bdindex_xl.copies.without_raw import verify as verify_without_raw
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.share.strip.strip import StripChoices, strip
from bdindex_xl.sheets import schema, snapshot
from bdindex_xl.tasks.recalculate import Outcome, recalculate
from tests.copies.workbooks import calculated as larger
from tests.support.books import DATA, UNITS, small_book

pytestmark = pytest.mark.slow

NOW = dt.datetime(2024, 5, 1, 12)
Row = tuple[Any, ...]


def rows(book: FileBook) -> list[Row]:
    return list(zip(*book.read("bdx_history").columns, strict=True))


def calculated(folder: Path, lang: Lang = "en", **files: str) -> tuple[FileBook, Outcome]:
    book = FileBook.from_bytes(small_book(folder, lang, None, **files))
    return book, recalculate(book, now=NOW)


def test_every_ranking_stands_from_its_latest_year_back_by_rank(tmp_path: Path) -> None:
    """城市 140100 is new in 2024; in the first year there is no change."""
    book, _ = calculated(tmp_path)
    assert book.read("bdx_history").header == (
        "Year", "Ranking", "Code", "Name", "Score", "Rank", "Rank change",
        "规模 score", "规模 rank", "规模 rank change", "环境 score", "环境 rank", "环境 rank change",
    )  # fmt: skip
    told = [(row[0], row[1], row[3], row[5], row[6]) for row in rows(book)]
    assert told == [
        (2024, "Province", "甲省", 1, 2), (2024, "Province", "乙省", 2, 0), (2024, "Province", "丙省", 3, -2),
        (2023, "Province", "丙省", 1, None), (2023, "Province", "乙省", 2, None), (2023, "Province", "甲省", 3, None),
        (2024, "City", "甲市", 1, 1), (2024, "City", "乙市", 2, -1), (2024, "City", "丁市", 3, "new"),
        (2024, "City", "丙市", 4, -1),
        (2023, "City", "乙市", 1, None), (2023, "City", "甲市", 2, None), (2023, "City", "丙市", 3, None),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_cell_is_what_the_engine_found(lang: Lang) -> None:
    book = FileBook.from_bytes(larger(lang))
    outcome = recalculate(book, now=NOW)
    framework, inputs = outcome.inputs.framework, outcome.inputs
    dimensions = [node for node in framework.aggregates if node.parent == framework.root.code]
    found = {(row[0], row[1], row[2]): row[4:] for row in rows(book)}
    n_rows = 0
    for ranking in inputs.rankings:
        result, label = outcome.results[ranking.key], schema.ranking_label(ranking.key)[lang]
        for year in result.years:
            has_data = ~np.isnan(ranking.panel.values[result.years.index(year)]).all(axis=1)
            for unit in np.array(result.units)[has_data]:
                cells = found[year, label, unit]
                for k, node in enumerate((framework.root, *dimensions)):
                    expected: list[Any] = [100 * result.scores.loc[(year, unit), node.code],
                                           result.ranks.loc[(year, unit), node.code]]  # fmt: skip
                    change = result.rank_changes.loc[(year, unit), node.code]
                    is_new = year > result.years[0] and expected[1] == expected[1]
                    told = [None if value != value else value for value in expected]
                    told.append(change if change == change else schema.NEW_UNIT[lang] if is_new else None)
                    assert cells[3 * k : 3 * k + 3] == pytest.approx(told, abs=1e-9)
                n_rows += 1
    assert n_rows == len(found) and n_rows > 70


def test_a_unit_without_data_has_a_row_in_the_year_shown_alone_and_one_without_a_score_blanks(tmp_path: Path) -> None:
    """As the ranking of that year lists it, and the formulas of a copy do."""
    data = DATA.replace("2024,130100,3,1,2,6", "2024,130100,,,,").replace("2024,120100,2,3,9,5", "2024,120100,2,,,")
    data = data.replace("2023,110100,1,2,3,4", "2023,110100,,,,")
    book, _ = calculated(tmp_path, data=data)
    of_2024 = [row for row in rows(book) if row[:2] == (2024, "City")]
    assert [(row[3], row[5]) for row in of_2024] == [("甲市", 1), ("丁市", 2), ("乙市", None), ("丙市", None)]
    assert of_2024[2][4:] == of_2024[3][4:] == (None,) * 9
    assert {row[3] for row in rows(book) if row[:2] == (2023, "City")} == {"乙市", "丙市"}


def test_names_that_repeat_are_told_apart(tmp_path: Path) -> None:
    book, _ = calculated(tmp_path, units=UNITS.replace("乙市", "甲市"))
    assert {row[3] for row in rows(book) if row[1] == "City"} == {"甲市 110100", "甲市 120100", "丙市", "丁市"}


def test_a_changed_cell_is_found_and_named_with_and_without_raw_data() -> None:
    book = FileBook.from_bytes(larger())
    assert verify(book).ok
    block = book.read("bdx_history")
    i, j = 20, block.header.index("排名变化")
    book.set_cells("bdx_history", {(i, j): 9.0})
    assert [(d.sheet, d.cell) for d in verify(FileBook.from_bytes(book.to_bytes())).tampered] == [
        ("历年", block.cell(i, j))
    ]
    j = block.header.index("排名")
    book.set_cells("bdx_history", {(i, j): 15.0})
    bare = FileBook.from_bytes(strip(book.to_bytes(), StripChoices(no_raw=True)).data)
    seen = verify_without_raw(bare, None)
    told = {(s.rule, s.sheet, s.cell) for s in seen.sightings}
    year_after = block.cell(4, block.header.index("排名变化"))  # of the same unit: its change starts from that rank
    assert told == {("contradiction", "历年", block.cell(i, j)), ("contradiction", "历年", year_after)}


def test_without_raw_data_nothing_contradicts_itself() -> None:
    bare = FileBook.from_bytes(strip(larger(), StripChoices(no_raw=True)).data)
    assert verify_without_raw(bare, None).sightings == ()


def test_it_is_kept_and_put_back_like_every_result() -> None:
    book = FileBook.from_bytes(larger())
    before = rows(book)
    kept = snapshot.from_json(snapshot.to_json(snapshot.take(book)))
    book.set_cells("bdx_history", {(0, 4): 1.0})
    book.write(kept)
    assert rows(book) == before


def test_a_workbook_that_was_made_without_the_sheet_works_and_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    without = strip(larger(), StripChoices(without=("历年",))).data
    old = FileBook.from_bytes(without)
    log = last_run.recorded(old)
    assert log is not None and "bdx_history" not in old.tables()
    assert verify(old).deleted == ("bdx_history",)
    monkeypatch.setattr(last_run, "recorded", lambda _: replace(log, version="0.0.9"))
    assert verify(old).ok and verify(old).missing == ()
    monkeypatch.undo()
    outcome = recalculate(old, now=NOW)
    assert [finding for finding in outcome.findings if finding.kind == "result table missing"] == []
    again = FileBook.from_bytes(old.to_bytes())
    assert verify(again).ok and verify(again).left_out_here == {"bdx_history"}
