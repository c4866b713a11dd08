"""Rows for a new year, from real workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook, open_book
from bdindex_xl.tasks.new_year import NewRows, NewYear, add, planned
from tests.support import books, edit

SHIPPED = Path(__file__).resolve().parents[2] / "workbook" / "BigDataIndex.xlsm"


def rows_of(folder: Path, **files: str) -> dict[str, NewRows]:
    return {new.ranking: new for new in planned(FileBook.from_bytes(books.small_book(folder, **files))).rows}  # type: ignore[arg-type]


def test_every_unit_gets_a_row_for_the_year_after_the_latest() -> None:
    rows = {new.ranking: new for new in planned(open_book(SHIPPED)).rows}
    counts = {ranking: (new.year, new.n_rows) for ranking, new in rows.items()}
    assert counts == {"province": (2025, 31), "city": (2025, 337)}
    years, codes, names = (rows["province"].columns[j] for j in range(3))
    assert set(years) == {2025.0}
    assert (codes[0], names[0]) == ("110000", "北京市")


def test_a_year_that_some_units_lack_is_completed_first(tmp_path: Path) -> None:
    data = books.DATA + "2025,110000,1,2,3,4\n"
    rows = rows_of(tmp_path, data=data)
    assert rows["province"].columns[1] == ["120000", "130000"]
    assert rows["city"].n_rows == 4
    assert {new.year for new in rows.values()} == {2025}


def test_a_year_that_waits_for_values_is_followed_by_none(tmp_path: Path) -> None:
    framework = "code,name,parent,denominator\nI,总指数,,\na1,企业,I,常住人口\n"
    units = "code,name,ranking\n1,甲,province\n2,乙,province\n"
    data = "year,unit,a1,常住人口\n2024,1,10,2\n2024,2,30,3\n2025,1,,2.5\n2025,2,,3\n"
    waiting = FileBook.from_bytes(books.small_book(tmp_path, framework=framework, units=units, data=data))
    assert planned(waiting) == NewYear(2025, ())  # what indicators are divided by may be known long before
    assert add(waiting) == NewYear(2025, ())
    waiting.set_cells("bdx_data_province", {(3, 3): 0.0})
    assert [(new.year, new.n_rows, new.first) for new in planned(waiting).rows] == [(2026, 2, 4)]


def test_units_that_cannot_be_read_are_told_with_their_cell(tmp_path: Path) -> None:
    book = FileBook.from_bytes(edit.edited(books.small_book(tmp_path), {("地区", "A5"): "110000"}))
    with pytest.raises(SheetErrors) as refused:
        planned(book)
    assert refused.value.faults[0].place == "地区!A5"


def test_without_any_year_there_is_nothing_to_go_on_from(tmp_path: Path) -> None:
    with pytest.raises(SheetErrors):
        rows_of(tmp_path, data="year,unit,a1,a2,b1,b2\n")
