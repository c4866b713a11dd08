"""What the PDF of a copy shows: of the report what is in the copy, and nothing that was taken out of it."""

from __future__ import annotations

import datetime as dt

import pytest

from bdindex_xl.commands.output.report import drawn
from bdindex_xl.commands.output.shared_figures import figures_of
from bdindex_xl.figures.content import Content, LeftOut
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.report.document import Document
from bdindex_xl.share.twin import Wanted, make
from bdindex_xl.tasks import recalculate
from tests.support.books import small_book

pytestmark = pytest.mark.slow

FIGURES = """number,title,kind,ranking,nodes,top
1,企业,ranked bars,city,{0},3
2,得分,ranked bars,province,,3
3,企业与人才,two indicators,city,"{0},{1}",
4,地区,rank table,,,2
"""
WITHHELD = "未作此图：缺少原始数据（本文件不含）。"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> FileBook:
    figures = FIGURES.format("a1", "a2")
    book = FileBook.from_bytes(small_book(tmp_path_factory.mktemp("csv"), figures=figures))
    recalculate.recalculate(book, now=None)
    return FileBook.from_bytes(book.to_bytes())


def shared(source: FileBook, **wanted: object) -> Document:
    twin = make(source.to_bytes(), Wanted(**wanted), now=dt.datetime(2026, 1, 1))  # type: ignore[arg-type]
    return figures_of(twin, FileBook.from_bytes(source.to_bytes()))


def cells(document: Document) -> set[object]:
    """All that figures show, and all words of their sentences."""
    made = [one for one in document.figures if isinstance(one, Content)]
    values = {value for one in made for column in one.columns for value in column.values}
    return values | {word for one in made for fact in one.facts for word in fact.zh.split("、")}


def test_the_figures_are_those_of_the_report_then_all_ranks(source: FileBook) -> None:
    report, _ = drawn(FileBook.from_bytes(source.to_bytes()), lambda _: None)
    found = shared(source)
    n = len(report.figures)
    assert [one.figure for one in found.figures[:n]] == [one.figure for one in report.figures]
    assert [one.title for one in found.figures[:n]] == [one.title for one in report.figures]
    assert [(one.figure.number, one.title) for one in found.figures[n:]] == [
        ("附表 1", "2024 年省份排名"), ("附表 2", "2024 年省份分区域排名"),
        ("附表 3", "2024 年城市排名"), ("附表 4", "2024 年城市分区域排名"),
    ]  # fmt: skip
    whole = found.figures[n + 2]
    assert isinstance(whole, Content)
    assert len(whole.columns[0].values) == 4


def test_without_raw_data_no_figure_shows_any_and_says_why(source: FileBook) -> None:
    found = shared(source, no_raw=True)
    left = [one for one in found.figures if isinstance(one, LeftOut)]
    assert left and {one.why.zh for one in left} == {WITHHELD}
    raw = {
        value
        for key in ("province", "city")
        for column in source.read(f"bdx_data_{key}").columns[3:]
        for value in column
    }
    assert not raw & {value for value in cells(found) if isinstance(value, float)}
    roles = {column.role for one in found.figures if isinstance(one, Content) for column in one.columns}
    assert "value" not in roles


@pytest.mark.parametrize(("only", "other"), [("province", "city"), ("city", "province")])
def test_of_one_ranking_no_figure_names_a_unit_of_another(source: FileBook, only: str, other: str) -> None:
    found = shared(source, only=only)
    assert {one.figure.ranking or only for one in found.figures} == {only}
    names = [str(value) for value in cells(found)]
    others = [str(name) for name in source.read(f"bdx_ranking_{other}").columns[1]]
    assert others and not [name for name in names if any(one in name for one in others)]
