"""Small files that would cost gigabytes or hours are refused, and soon; what only looks like one is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts import files
from bdindex_xl.hosts.files import limits
from bdindex_xl.hosts.files.book import FileBook
from bdindex_xl.tasks.recalculate import check
from tests.support.books import small_book
from tests.support.rich import Zip

pytestmark = pytest.mark.slow

SHEET, STRINGS, STYLES = "xl/worksheets/sheet5.xml", "xl/sharedStrings.xml", "xl/styles.xml"


@cache
def book(folder: Path) -> bytes:
    return small_book(folder)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Zip]:
    folder = tmp_path_factory.mktemp("book")
    return lambda: Zip(book(folder))


def before(xml: bytes, tag: bytes, what: bytes) -> bytes:
    assert tag in xml
    return xml.replace(tag, what + tag, 1)


def a_row_of_empty_cells(package: Zip) -> None:
    package[SHEET] = before(package[SHEET], b"</sheetData>", b'<row r="99">' + b"<c/>" * 3_900_000 + b"</row>")


def a_tag_of_spaces(package: Zip) -> None:
    package[SHEET] = before(package[SHEET], b"</sheetData>", b'<row r="99"' + b" " * 16_000_000 + b"></row>")


def a_comment_without_end(package: Zip) -> None:
    package[SHEET] += b"<!--" + b"<?" * 7_000_000 + b"-->"


def empty_texts(package: Zip) -> None:
    package[STRINGS] = re.sub(rb"<sst[^>]*>", lambda root: root[0] + b"<si/>" * 3_000_000, package[STRINGS], count=1)


def more_texts(package: Zip) -> None:
    empty_texts(package)
    package["docProps/app.xml"] = before(package["docProps/app.xml"], b"</Properties>", b"<a/>" * 4_000_000)
    package["docProps/core.xml"] = before(package["docProps/core.xml"], b"</cp:coreProperties>", b"<a/>" * 4_000_000)
    for k in range(1, 4):
        package[f"xl/worksheets/sheet{k}.xml"] += b" " * 15_000_000


def styles(package: Zip) -> None:
    package[STYLES] = before(package[STYLES], b"</styleSheet>", b"<a>" + b"<b/>" * 4_000_000 + b"</a>")


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        (a_row_of_empty_cells, "的单元格 XFD99 内容无效", "invalid content in cell XFD99"),
        (a_tag_of_spaces, "有一个标记或注释超过 4 MB", "holds a tag or comment of more than 4 MB"),
        (a_comment_without_end, "有一个标记或注释超过 4 MB", "holds a tag or comment of more than 4 MB"),
        (more_texts, "文件解压后有", "the file unpacks to"),
        (styles, "含有超过 400,000 个元素", "holds more than 400,000 elements"),
    ],
)
def test_what_would_cost_a_machine_is_refused(
    package: Callable[[], Zip], kind: Callable[[Zip], None], zh: str, en: str
) -> None:
    made = package()
    kind(made)
    with pytest.raises(FileRefused) as refused:
        check(FileBook.from_bytes(made.to_bytes()))
    assert zh in refused.value.text("zh")
    assert en in refused.value.text("en")


def test_many_empty_texts_are_read_as_long_as_cells_could_want_them(package: Callable[[], Zip]) -> None:
    made = package()
    empty_texts(made)
    assert FileBook.from_bytes(made.to_bytes()).tables()


@pytest.mark.parametrize("digits", ["5" * 5000, "9" * 30, "-1", "1_0", "٣"])
def test_an_index_that_is_none_is_refused_by_its_cell(package: Callable[[], Zip], digits: str) -> None:
    made = package()
    xml = made[SHEET].decode()
    made[SHEET] = re.sub(
        r'(<c r="B5"[^>]*?)(?: t="\w+")?>.*?</c>', rf'\1 t="s"><v>{digits}</v></c>', xml, count=1
    ).encode()
    with pytest.raises(FileRefused) as refused:
        check(FileBook.from_bytes(made.to_bytes()))
    assert "B5" in refused.value.text("en")


def test_comments_after_the_root_cost_one_reading(package: Callable[[], Zip]) -> None:
    """Each ``<?`` of a comment cut at 64 KB was once looked for to the end, in every sheet."""
    made = package()
    made[SHEET] += b"<!--" + b"<?" * 30_000 + b"-->"
    assert check(FileBook.from_bytes(made.to_bytes()))


def test_every_bound_is_in_the_one_place() -> None:
    names = [name for name in vars(limits) if name.startswith(("MAX_", "RATIO_", "TOTAL_"))]
    for path in Path(files.__file__).parent.glob("*.py"):
        text = path.read_text("utf-8")
        assert path.name == "limits.py" or not re.search(rf"^(?:{'|'.join(names)}) =", text, re.M), path
