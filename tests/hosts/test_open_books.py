"""Open workbooks as a `Book`: tables that grow, shrink and change their columns, and what stands in their way.

The same for each host: Excel's, with LibreOffice as the application, and LibreOffice's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import xlwings as xw

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.excel.book import ExcelBook
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.book import Book, Formula, ResultColumn, Results, ResultTable
from bdindex_xl.tasks import recalculate
from tests.hosts.libreoffice.client import calc_book
from tests.support import books, office
from tests.support.slim import only, slim
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401

RANKING = schema.table_of(schema.RANKING.table, "city")
SHEET = "城市排名"
NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


HOSTS: dict[str, Callable[[xw.Book], Book]] = {
    "excel": ExcelBook,
    "libreoffice": lambda book: calc_book(book.impl.document.model),
}
opened = ExcelBook  # by which host a test sees its workbook


@pytest.fixture(autouse=True, params=list(HOSTS))
def host(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "opened", HOSTS[request.param])


@cache
def calculated() -> bytes:
    with TemporaryDirectory() as folder:
        made = FileBook.from_bytes(books.small_book(Path(folder)))
    recalculate.recalculate(made, now=NOW)
    return office.quick_to_open(made.to_bytes())


@pytest.fixture
def whole(excel: xw.App, tmp_path: Path) -> xw.Book:
    """The small workbook, its results calculated, open."""
    return on_disk(tmp_path, calculated())


@pytest.fixture
def book(excel: xw.App, tmp_path: Path) -> xw.Book:
    """Three of its sheets, which open in a fifth of the time."""
    data = schema.table_of(schema.DATA.table, "province")
    return on_disk(tmp_path, only(calculated(), RANKING, data, schema.CHECK.table))


@pytest.fixture
def inputs_and_results(excel: xw.App, tmp_path: Path) -> xw.Book:
    """All that a recalculation needs."""
    return on_disk(tmp_path, slim(calculated()))


def on_disk(folder: Path, data: bytes) -> xw.Book:
    (file := folder / "小.xlsm").write_bytes(data)
    return xw.Book(file)


def with_rows(book: xw.Book, n: int) -> ResultTable:
    """The ranking as it stands, with its first rows, or as many again as needed."""
    block = opened(book).read(RANKING)
    roles = [*(c.role for c in schema.RANKING.columns), *[c.role for c in schema.NODE_COLUMNS] * 9]
    columns = zip(block.header, roles, block.columns, strict=False)
    return ResultTable(RANKING, tuple(ResultColumn(h, r, [v[i % len(v)] for i in range(n)]) for h, r, v in columns))


def table(book: xw.Book) -> Any:
    return book.sheets[SHEET].tables[RANKING]


def read(book: xw.Book) -> tuple[list[Any], ...]:
    return tuple(list(column) for column in opened(book).read(RANKING).columns)


def test_what_is_read_is_what_the_closed_file_holds(whole: xw.Book) -> None:
    closed, live = FileBook.from_bytes(Path(whole.fullname).read_bytes()), opened(whole)
    assert live.tables() == closed.tables()
    for name in closed.tables():
        mine, theirs = live.read(name), closed.read(name)
        assert (mine.header, mine.row, mine.column, mine.sheet) == (
            theirs.header,
            theirs.row,
            theirs.column,
            theirs.sheet,
        )
        for one, other in zip(mine.columns, theirs.columns, strict=True):
            for value, expected in zip(one, other, strict=True):
                assert value == (pytest.approx(expected) if isinstance(expected, float) else expected), name


def test_a_table_takes_as_many_rows_as_there_are(book: xw.Book) -> None:
    sheet = book.sheets[SHEET]
    below = table(book).range.row + table(book).range.shape[0] + 20
    sheet[below, 0].value = "我的"
    look = sheet["C5"].number_format
    for n in (4, 9, 3, 1, 4):
        wanted = with_rows(book, n)
        assert opened(book).write(Results((wanted,))) == []
        assert table(book).range.shape[0] == n + 1
        assert read(book) == tuple(list(column.values) for column in wanted.columns)
        assert [sheet[f"C{row}"].number_format for row in range(5, 5 + n)] == [look] * n
        assert sheet[below, 0].value == "我的"
        assert sheet[f"A{5 + n}"].value is None


def test_cells_below_are_not_written_over(book: xw.Book) -> None:
    sheet = book.sheets[SHEET]
    sheet["B10"].value = "注"
    before = read(book)
    with pytest.raises(SheetErrors) as refused:
        opened(book).write(Results((with_rows(book, 9),)))
    assert refused.value.faults[0].text("zh").startswith("城市排名!B10：应为空单元格")
    assert "“注”" in refused.value.faults[0].text("zh")
    assert read(book) == before


def test_all_or_nothing(book: xw.Book) -> None:
    """A table that cannot be written keeps the others from being written too."""
    book.sheets[SHEET]["B10"].value = "注"
    other = ResultTable("bdx_check", (ResultColumn("级别", "text", ["x"]),))
    before = opened(book).read("bdx_check").columns
    with pytest.raises(SheetErrors):
        opened(book).write(Results((other, with_rows(book, 9))))
    assert opened(book).read("bdx_check").columns == before


def test_a_filter_is_cleared_and_told(book: xw.Book) -> None:
    table(book).autofilter.apply_values(2, ["甲市"])
    wanted = with_rows(book, 4)
    assert opened(book).write(Results((wanted,))) == [RANKING]
    assert len(read(book)[0]) == 4
    assert book.sheets[SHEET]["A5:A8"].rows.hidden is False


def test_a_totals_row_stays_below_the_rows(book: xw.Book) -> None:
    table(book).show_totals = True
    sheet, cells = book.sheets[SHEET], table(book).range
    last = cells.row + cells.shape[0] - 1
    sheet[f"A{last}"].value, sheet[f"C{last}"].formula = "合计", f"=SUM(C5:C{last - 1})"
    for n in (2, 6, 4):
        wanted = with_rows(book, n)
        opened(book).write(Results((wanted,)))
        assert table(book).range.shape[0] == n + 2
        assert sheet[f"A{5 + n}"].value == "合计"
        assert sheet[f"C{5 + n}"].formula.startswith("=SUM(C5:C")
        assert read(book) == tuple(list(column.values) for column in wanted.columns)
        assert sheet[f"A{6 + n}"].value is None


def test_a_users_calculated_column_goes_on(book: xw.Book) -> None:
    sheet, cells, wanted = book.sheets[SHEET], table(book).range, with_rows(book, 6)
    right, top = cells.column + cells.shape[1], cells.row
    sheet.cells(top, right).value = "翻倍"
    for row in range(top + 1, top + cells.shape[0]):
        sheet.cells(row, right).formula = f"=C{row}*2"
    table(book).resize(cells.resize(cells.shape[0], cells.shape[1] + 1))
    opened(book).write(Results((wanted,)))
    columns = read(book)
    assert columns[-1] == pytest.approx([2 * score for score in columns[2]])
    assert opened(book).formulas(RANKING) == {(row, len(columns) - 1) for row in range(6)}


def test_a_framework_that_changes_brings_its_columns(inputs_and_results: xw.Book) -> None:
    framework = inputs_and_results.sheets["指标体系"]
    place = next(c for c in framework["B4:B12"] if c.value == "环境")
    place.value = "发展环境"
    recalculate.recalculate(opened(inputs_and_results), now=NOW)
    header = opened(inputs_and_results).read(RANKING).header
    assert "发展环境得分" in header
    assert not [text for text in header if text.startswith("环境")]
    assert read(inputs_and_results)[0] == [1.0, 2.0, 3.0, 4.0]


def test_a_hidden_sheet_comes_into_view(whole: xw.Book) -> None:
    live = opened(whole)
    assert not live.is_shown(schema.AUDIT.table) and live.is_shown(RANKING)
    for table in (schema.AUDIT.table, RANKING):
        live.show(table)
        assert live.is_shown(table)
    assert whole.sheets["审查"].visible == -1
    assert not live.is_shown(schema.STATISTICS.table)


def test_text_stays_the_text_that_it_is(book: xw.Book) -> None:
    nasty = ["=1+1", "2024/1/5", "0012", "TRUE", "'quoted", "−3", "@x"]
    columns = tuple(
        ResultColumn(column.header["zh"], column.role, nasty if column.role == "long text" else ["x"] * len(nasty))
        for column in schema.CHECK.columns
    )
    opened(book).write(Results((ResultTable("bdx_check", columns),)))
    block = opened(book).read("bdx_check")
    places = [j for j, column in enumerate(schema.CHECK.columns) if column.role == "long text"]
    assert places
    for j in places:
        assert list(block.columns[j]) == nasty


def test_tables_without_a_header_row_are_told(book: xw.Book) -> None:
    table(book).show_headers = False
    with pytest.raises(SheetErrors) as refused:
        opened(book).read(RANKING)
    assert "显示标题行" in refused.value.faults[0].text("zh")


def test_single_cells_are_written_by_name_and_unknown_names_passed_over(whole: xw.Book) -> None:
    live, closed = opened(whole), FileBook.from_bytes(Path(whole.fullname).read_bytes())
    for one in (live, closed):
        one.write(Results((), {"bdx_status": "2024 年", "bdx_no_such_name": "x"}))
    names = ["bdx_status", "bdx_no_such_name", "bdx_title_bdx_weights"]
    assert live.cells(names) == closed.cells(names)
    assert [cell.value for cell in live.cells(names).values()] == ["2024 年", "总指数：权重"]


def test_a_calculated_column_goes_on_in_new_rows_and_takes_no_value(book: xw.Book) -> None:
    data = schema.table_of(schema.DATA.table, "province")
    n, first = opened(book).read(data).n_rows, opened(book).read(data).row + 1
    book.sheets["省份数据"][f"C{first}:C{first + n - 1}"].number_format = "General"  # a formula in a text cell is text
    for row in range(first, first + n):
        book.sheets["省份数据"][f"C{row}"].formula = f'="地区"&B{row}'
    live = opened(book)
    assert live.set_cells(data, {(n, 0): 2025.0, (n, 1): "110000", (n, 2): "甲省"}) == [(n, 2)]
    assert [column[n] for column in live.read(data).columns[:4]] == [2025.0, "110000", "地区110000", None]


def test_cells_are_set_as_in_a_closed_file(book: xw.Book) -> None:
    data = schema.table_of(schema.DATA.table, "province")
    books = (opened(book), FileBook.from_bytes(Path(book.fullname).read_bytes()))
    n = books[1].read(data).n_rows
    for one in books:
        assert one.set_cells(data, {(1, 3): Formula("1+1", 2.0)}) == []
        cells = {(0, 3): 7.5, (1, 3): 9.0, (2, 3): None, (n, 0): 2025.0, (n, 1): "110000", (n + 1, 0): 2025.0}
        assert one.set_cells(data, cells) == [(1, 3)]
        with pytest.raises(ValueError, match=r"cells: expected places within \d columns, found \(0, -1\)"):
            one.set_cells(data, {(0, -1): 1.0})
    live, closed = (one.read(data) for one in books)
    assert live.n_rows == n + 2
    assert live.end == closed.end
    assert [list(column) for column in live.columns] == [list(column) for column in closed.columns]
    assert [column[n] for column in closed.columns[:4]] == [2025.0, "110000", None, None]
