"""A text that must be gone is found wherever it still stands, however it is spelt."""

from __future__ import annotations

import pytest

from bdindex_xl.share.strip.residue import residue
from tests.support.rich import Zip, rich_book

from ..hosts.files.two_rankings import SECRET, two_rankings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::UserWarning"),
]  # XlsxWriter and openpyxl, of what they will lose


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/a.xml", "<a>R&amp;D 甲城</a>".encode()),
        ("xl/a.xml", "<a t='R&#38;D 甲城'/>".encode()),
        ("xl/a.xml", "<si><r><rPr/><t>R&amp;D </t></r><r><t xml:space='preserve'>甲</t></r><r><t>城</t></r></si>".encode()),
        ("xl/a.xml", "<?xml version='1.0' encoding='UTF-16'?><a>r&amp;d 甲城</a>".encode("utf-16")),
        ("xl/a.xml", "<a>R_x0026_D 甲城</a>".encode()),
        ("xl/a.bin", b"\0\1" + "R&D 甲城".encode("utf-16-le")),
        ("xl/a.bin", b"\0\1" + "R&D 甲城".encode()),
        ("xl/a.bin", b"\0\1" + "R&D 甲城".encode("gb18030")),
        ("xl/R&D 甲城.xml", b"<a/>"),
    ],
)  # fmt: skip
def test_a_text_is_found_however_it_is_spelt(part: str, content: bytes) -> None:
    package = Zip(rich_book())
    package[part] = content
    assert residue(package.to_bytes(), ["R&D 甲城", "没有的"]) == [(part, "R&D 甲城")]


def test_a_text_is_found_in_a_file_within_the_file() -> None:
    package = Zip(rich_book())
    package["xl/embeddings/book.xlsx"] = Zip(two_rankings()).to_bytes()
    assert ("xl/embeddings/book.xlsx!xl/sharedStrings.xml", SECRET) in residue(package.to_bytes(), [SECRET])


def test_texts_of_two_cells_are_not_taken_for_one() -> None:
    package = Zip(rich_book())
    package["xl/a.xml"] = "<sst><si><t>子</t></si><si><t>城</t></si></sst>".encode()
    assert residue(package.to_bytes(), ["子城"]) == []
