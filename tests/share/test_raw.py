"""A copy without raw data, attacked: whatever is in it, no raw value can be read or worked out from it."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.twin import Wanted, make
from bdindex_xl.sheets import schema
from bdindex_xl.tasks import audit, recalculate, robustness
from bdindex_xl.tasks import explain as explanation
from tests.copies import workbooks
from tests.hosts.files.lading import sheet as with_sheet
from tests.support.books import FRAMEWORK, small_book
from tests.support.rich import Zip
from tests.support.slim import slim
from tests.support.user_edits import parts_of

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 1, 2, 3, 4)


@cache
def analysed(normalisation: str) -> bytes:
    """A workbook with every analysis on its sheets, its raw values and goalposts such as no other number is.

    One has all sheets, the others those of inputs, results and analyses alone: the rest shows the same of each.
    """
    rows = [row.split(",") for row in workbooks.data().splitlines()]
    data = [rows[0], *([*row[:2], *(f"{float(x) + 0.00123457:.8f}" if x else "" for x in row[2:])] for row in rows[1:])]
    files = {
        "framework": FRAMEWORK.replace(",0,100,", ",0.5012345,101.3712345,"),
        "units": workbooks.units(),
        "data": "\n".join(map(",".join, data)) + "\n",
    }
    with TemporaryDirectory() as folder:
        file = small_book(Path(folder), "zh", {"normalisation": normalisation}, **files)
    if normalisation != "min-max":
        file = slim(file, *(sheet.table for sheet in schema.ANALYSES))
    book = FileBook.from_bytes(file)
    recalculate.recalculate(book, now=NOW)
    audit.audit_workbook(book)
    explanation.explain_units(book, ["p00", "c03"])
    robustness.analyse_robustness(book, n_draws=20, base=8)
    return book.to_bytes()


def secrets(book: FileBook) -> set[float]:
    """Raw values, and whatever gives them back with the scores: ends, means, deviations, targets."""
    found: set[object] = set()
    for name in book.tables():
        block = book.read(name)
        if name.startswith("bdx_data"):
            found.update(value for column in block.columns[3:] for value in column)
        sheet = schema.sheet_of(name)
        own = sheet.columns if sheet else ()
        headers = {header for column in own if column.key in sheet.raw for header in column.header.both()}
        found.update(v for h, column in zip(block.header, block.columns, strict=True) if h in headers for v in column)
    return {round(x, 9) for x in found if isinstance(x, float) and len(f"{x:.15g}".strip("0.-")) > 6}


def numbers(data: bytes) -> set[float]:
    """Every number in any part of a file, in a tag or between tags."""
    tokens = {token for part in parts_of(data).values() for token in re.findall(rb"-?\d+\.\d+(?:[eE][-+]?\d+)?", part)}
    return {round(float(token), 9) for token in tokens}


@pytest.mark.sampled(chosen=lambda normalisation, wanted: bool(wanted) is (normalisation == "goalposts"))
@pytest.mark.parametrize("normalisation", ["min-max", "goalposts", "z-score"])
@pytest.mark.parametrize("wanted", [{}, {"values": True, "only": "city"}])
def test_no_raw_value_is_there_nor_what_gives_it_back(normalisation: str, wanted: dict[str, object]) -> None:
    """Of values where goalposts are the normalisation, else of formulas; in the long run of both everywhere."""
    book = analysed(normalisation)
    hidden = secrets(FileBook.from_bytes(book))
    assert len(hidden & numbers(book)) > 350
    made = make(book, Wanted(no_raw=True, **wanted), now=NOW)  # type: ignore[arg-type]
    assert hidden & numbers(made.data) == set()
    assert [note.en for note in made.notes] == [
        "The copy still holds the indicators' scores: whoever knows two raw values of an indicator can work out the rest."
    ]
    left = FileBook.from_bytes(made.data).read("bdx_explanation")
    assert list(left.columns[left.header.index("原始值")]) == [None] * left.n_rows


def test_what_went_is_told_by_column() -> None:
    made = make(analysed("min-max"), Wanted(no_raw=True), now=NOW)
    told = [line.en for line in made.removed if line.en.startswith("columns")]
    assert told == [
        "columns of “指标体系” that give raw data: 下限, 上限",
        "columns of “统计量” that give raw data: 最小值, 最大值, 均值, 中位数, 标准差",
        "columns of “解释” that give raw data: 原始值, 超过前一名所需的值, 需变动",
    ]


def test_a_formula_that_shows_one_of_them_shows_it_no_more() -> None:
    statistics = FileBook.from_bytes(analysed("min-max")).read("bdx_statistics")
    j = statistics.header.index("最小值")
    i, value = next((i, value) for i, value in enumerate(statistics.columns[j]) if value is not None)
    shown = f"{statistics.sheet}!{statistics.cell(i, j)}"
    package = Zip(analysed("min-max"))
    with_sheet(package, "我的", f'<sheetData><row r="1"><c r="A1"><f>{shown}</f><v>{value!r}</v></c></row></sheetData>')
    for values in (True, False):
        made = make(package.to_bytes(), Wanted(no_raw=True, values=values), now=NOW)
        assert round(value, 9) not in numbers(made.data)


def test_raw_data_beside_other_tables_of_ours_is_blank() -> None:
    """A user moved the ranking onto the sheet of the data: the sheet stays, its raw values do not."""
    book = beside(analysed("min-max"))
    made = make(book, Wanted(no_raw=True), now=NOW)
    assert secrets(FileBook.from_bytes(analysed("min-max"))) & numbers(made.data) == set()
    assert FileBook.from_bytes(made.data).read("bdx_ranking_province").n_rows == 12


def beside(book: bytes) -> bytes:
    """The table of the province ranking moved to the right of the province data."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not know and drops
        opened = openpyxl.load_workbook(io.BytesIO(book))
    source, target = opened["省份排名"], opened["省份数据"]
    table = source.tables.pop("bdx_ranking_province")
    for row in source[table.ref]:
        for cell in row:
            target.cell(cell.row, cell.column + 30).value = cell.value
    first, last = (target.cell(*divmod_of(part)).coordinate for part in table.ref.split(":"))
    table.ref = table.autoFilter.ref = f"{first}:{last}"
    target.add_table(table)
    del opened["省份排名"]
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def divmod_of(address: str) -> tuple[int, int]:
    row, column = coordinate_to_tuple(address)
    return row, column + 30
