"""The sheet Weights by year: the weights of every node in every year, side by side, the latest year first."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

from bdindex_xl.copies import last_run
from bdindex_xl.copies.verify import verify
from bdindex_xl.copies.without_raw import verify as verify_without_raw
from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.share.strip.strip import StripChoices, strip
from bdindex_xl.share.twin import Wanted, make
from bdindex_xl.sheets import schema, snapshot
from bdindex_xl.tasks.recalculate import recalculate
from tests.copies.workbooks import calculated as larger
from tests.support.books import DATA, small_book
from tests.support.placed import with_column

pytestmark = pytest.mark.slow

NOW = dt.datetime(2024, 5, 1, 12)
TABLE = "bdx_weights_by_year"
HEADER = ("Ranking", "Code", "Node", "Level", "Within parent, latest year")


@cache
def _calculated(data: str) -> bytes:
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(small_book(Path(folder), "en", data=data))
    recalculate(book, now=NOW)
    return book.to_bytes()


def calculated(data: str = DATA) -> FileBook:
    return FileBook.from_bytes(_calculated(data))


def reopened(book: FileBook) -> FileBook:
    return FileBook.from_bytes(book.to_bytes())


def rows(book: FileBook) -> list[tuple[Any, ...]]:
    return list(zip(*book.read(TABLE).columns, strict=True))


def with_2025(book: FileBook) -> FileBook:
    """The book with data of a year more, for two units."""
    data = book.read("bdx_data_province")
    new = [(2025.0, *[column[i] for column in data.columns[1:]]) for i in range(2)]
    cells = {(data.n_rows + i, j): value for i, row in enumerate(new) for j, value in enumerate(row)}
    book.set_cells("bdx_data_province", cells)
    return book


def test_each_ranking_has_its_nodes_from_the_top_down_and_the_latest_year_first() -> None:
    book = calculated()
    assert book.read(TABLE).header == (*HEADER, "2024", "2023")
    told = [row[:4] for row in rows(book)]
    assert told == [
        (ranking, *node)
        for ranking in ("Province", "City")
        for node in (("A", "规模", 1), ("a1", "企业", 2), ("a2", "专利", 2),
                     ("B", "环境", 1), ("b1", "政策", 2), ("b2", "能耗", 2))
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_weight_is_that_of_the_engine(lang: Lang) -> None:
    book = FileBook.from_bytes(larger(lang))
    outcome = recalculate(book, now=NOW)
    found = {row[:2]: row[4:] for row in rows(book)}
    n_nodes = len(outcome.inputs.framework.nodes) - 1
    assert len(found) == n_nodes * len(outcome.inputs.rankings)
    for ranking in outcome.inputs.rankings:
        result, label = outcome.results[ranking.key], schema.ranking_label(ranking.key)[lang]
        latest = result.years[::-1]
        for k, node in enumerate(outcome.inputs.framework.nodes):
            if node.parent is not None:
                expected = [result.weight_array[-1, k]]
                expected += [result.effective_weight_array[result.years.index(year), k] for year in latest]
                assert found[label, node.code] == pytest.approx(expected, abs=1e-12)


def test_a_ranking_without_a_year_has_blanks_there() -> None:
    data = "".join(line for line in DATA.splitlines(keepends=True) if not re.match("2024,...100", line))
    book = calculated(data)
    of = {label: [row for row in rows(book) if row[0] == label] for label in ("Province", "City")}
    assert book.read(TABLE).header[5:] == ("2024", "2023")
    assert [row[5] for row in of["City"]] == [None] * 6 and None not in {row[4] for row in of["City"]}
    assert None not in {value for row in of["Province"] for value in row}
    assert verify(reopened(book)).ok


def test_a_new_year_has_a_column_before_the_others_that_looks_like_them() -> None:
    book = with_2025(calculated())
    recalculate(book, now=NOW)
    assert book.read(TABLE).header == (*HEADER, "2025", "2024", "2023") and verify(reopened(book)).ok
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl leaves out what it does not know
        sheet = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["Weights by year"]
    assert {(cell.number_format, cell.font.b) for row in sheet["E5:H16"] for cell in row} == {("0.00%", False)}


def test_a_column_of_the_users_stays_and_moves_with_its_row_until_a_year_comes_in_its_way() -> None:
    book = calculated()
    own = FileBook.from_bytes(with_column(book.to_bytes(), TABLE, "my note", ["seen"]))
    recalculate(own, now=NOW)
    assert own.read(TABLE).header[-1] == "my note" and own.read(TABLE).columns[-1][0] == "seen"
    with pytest.raises(SheetErrors) as caught:
        recalculate(with_2025(own), now=NOW)
    [finding] = caught.value.findings
    assert finding.kind == "own column in the way" and finding.sheet == "Weights by year"
    assert "move it out of the table and recalculate" in finding.done.en


def test_a_changed_weight_is_found_and_named_with_and_without_raw_data() -> None:
    book = FileBook.from_bytes(larger())
    block = book.read(TABLE)
    j = block.header.index("2024")
    book.set_cells(TABLE, {(3, j): 0.5})
    assert [(d.sheet, d.cell) for d in verify(reopened(book)).tampered] == [("权重一览", block.cell(3, j))]
    bare = FileBook.from_bytes(strip(larger(), StripChoices(no_raw=True)).data)
    assert bare.read(TABLE).header == block.header and verify_without_raw(bare, None).sound


def test_it_is_kept_and_put_back_like_every_result() -> None:
    book = FileBook.from_bytes(larger())
    before = rows(book)
    kept = snapshot.from_json(snapshot.to_json(snapshot.take(book)))
    book.set_cells(TABLE, {(0, 5): 1.0})
    book.write(kept)
    assert rows(book) == before


def test_a_workbook_that_was_made_without_the_sheet_works_and_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    old = FileBook.from_bytes(strip(larger(), StripChoices(without=("权重一览",))).data)
    log = last_run.recorded(old)
    assert log is not None and verify(old).deleted == (TABLE,)
    monkeypatch.setattr(last_run, "recorded", lambda _: replace(log, version="0.0.9"))
    assert verify(old).ok and verify(old).missing == ()
    monkeypatch.undo()
    assert [f for f in recalculate(old, now=NOW).findings if f.kind == "result table missing"] == []


def test_in_a_copy_for_others_each_cell_shows_one_of_the_long_form() -> None:
    book = calculated()
    copy = FileBook.from_bytes(make(book.to_bytes(), Wanted(), now=NOW).data)
    long, by_year = copy.read("bdx_weights"), copy.read(TABLE)
    assert rows(copy) == rows(book) and verify(copy).ok
    formulas = copy.formulas(TABLE)
    assert set(formulas) == {(i, j) for i in range(by_year.n_rows) for j in range(4, 7)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cells = openpyxl.load_workbook(io.BytesIO(copy.to_bytes()))["Weights by year"]
    i = next(i for i in range(long.n_rows) if [c[i] for c in long.columns[:5]][::2] == [2023.0, "A", "a1"])
    assert cells[by_year.cell(1, 6)].value == f"='Weights'!$H${long.row + 1 + i}"
