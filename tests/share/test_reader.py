"""Copies speak to their readers: the guide of every kind of copy tells of what is in it, and of nothing else."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.share.twin import Twin, Wanted, make
from bdindex_xl.sheets import schema
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import small_book
from tests.support.rich import Zip
from tests.workbook import making

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 1, 2, 3, 4)
# What only the maker of a workbook can do: buttons, commands, filling in.
MAKERS = re.compile(
    r"[Cc]lick|点击功能区|功能区|ribbon|bdindex|cream cells|浅黄色单元格|yours to fill|由使用者填写|Paste|"
    r"next recalculation|重新计算才会|可自行增删|add or remove columns|启用宏|macros must|Python"
)


@cache
def original(lang: Lang) -> bytes:
    """A workbook with results, and its groups on a hidden sheet."""
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(small_book(Path(folder), lang))
    recalculate(book, now=None)
    book.trust_values()
    package = Zip(book.to_bytes())
    name = f'name="{schema.GROUPS.name[lang]}"'
    return package.change("xl/workbook.xml", name, f'{name} state="hidden"', 1).to_bytes()


@cache
def shared(lang: Lang, asked: Wanted) -> Twin:
    return make(original(lang), asked, now=NOW)


@cache
def opened(lang: Lang, asked: Wanted) -> openpyxl.Workbook:
    return making.read(shared(lang, asked).data)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "asked" in metafunc.fixturenames:
        cases = wanted(every=metafunc.config.getoption("--long"))
        metafunc.parametrize(("lang", "asked"), cases, ids=str)


def wanted(*, every: bool) -> list[tuple[Lang, Wanted]]:
    """All kinds of copies; but for the long run five, in which any two of the four wishes meet in every way."""
    flags = (one for one in itertools.product((False, True), repeat=4) if every or sum(one) in (0, 3))
    some: list[tuple[Lang, Wanted]] = [
        ("zh", Wanted(values=values, only="province" if only else None, no_raw=no_raw, keep_hidden=hidden))
        for values, only, no_raw, hidden in flags
    ]
    return [*some, ("en", Wanted()), ("en", Wanted(only="city", no_raw=True)), ("en", Wanted(values=True))]


def seen(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[str]]:
    """Texts of the rows that are not hidden."""
    rows = (row for row in sheet.iter_rows() if not sheet.row_dimensions[row[0].row].hidden)
    return [[str(cell.value) for cell in row if cell.value is not None] for row in rows]


def test_the_guide_tells_of_the_copy_it_is_in(lang: Lang, asked: Wanted) -> None:
    made, book = shared(lang, asked), opened(lang, asked)
    guide = book[schema.GUIDE[lang]]
    rows = seen(guide)
    kinds = (
        schema.SETTINGS.name,
        schema.FRAMEWORK.name,
        schema.UNITS.name,
        schema.CHECK.name,
        schema.LOG.name,
        schema.FORMULAS,
    )
    assert all(kind[lang] in book.sheetnames for kind in kinds)
    labels = [row[0] for row in rows if row]
    start = labels.index({"zh": "工作表", "en": "Sheets"}[lang])
    listed = labels[start + 1 : labels.index({"zh": "颜色与符号", "en": "Colours and signs"}[lang])]
    assert sorted(listed) == sorted(set(book.sheetnames) - {guide.title})
    assert (made.live, {"zh": "计算过程", "en": "Working"}[lang] in listed) == (made.live, made.live)
    said = "\n".join(" ".join(row) for row in rows)
    others = (schema.DATA.name, schema.RANKING.name)
    for ranking in ("province", "city"):
        label = schema.ranking_label(ranking)[lang]
        shown = any(row and row[0].startswith((f"{label}：总指数得分前", f"{label}: the ")) for row in rows)
        assert shown == (asked.only in (None, ranking))
        for kind in others:
            name = kind[lang].format(ranking=label)
            assert name in book.sheetnames or name not in said
    assert len(guide._charts) == (1 if asked.only else 2)
    assert (schema.GROUPS.name[lang] in listed) == asked.keep_hidden


def test_nothing_in_a_copy_is_for_its_maker_to_do(lang: Lang, asked: Wanted) -> None:
    book = opened(lang, asked)
    for sheet in book.worksheets:
        places = (
            seen(sheet) if sheet.title == schema.GUIDE[lang] else [[str(sheet.cell(row, 1).value)] for row in (1, 2)]
        )
        said = "\n".join(" ".join(row) for row in places)
        assert MAKERS.search(said) is None, (sheet.title, MAKERS.search(said))


def test_a_copy_that_is_recalculated_stays_a_copy() -> None:
    copy = FileBook.from_bytes(shared("en", Wanted()).data)
    recalculate(copy, now=NOW)
    said = "\n".join(" ".join(row) for row in seen(making.read(copy.to_bytes())["Guide"]))
    assert MAKERS.search(said) is None
    assert "A copy for others, without macros: results are values and do not follow the data." in said


def test_the_copy_of_a_copy_tells_the_same() -> None:
    once = shared("zh", Wanted())
    twice = make(once.data, Wanted(), now=NOW)
    first, second = (seen(making.read(made.data)["使用说明"]) for made in (once, twice))
    at = next(i for i, row in enumerate(first) if row and row[0] == "计算状态")
    assert "警告 0 条" in first.pop(at)[1]
    assert "警告 1 条" in second.pop(at)[1]  # a result that the first maker had hidden is not there
    assert first == second
