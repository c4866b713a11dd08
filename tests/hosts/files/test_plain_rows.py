"""Rows of plain cells that are left out before a part is parsed: what is well-formed with them is so without, and what is
not is still refused, by its own line."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files.markup import check
from bdindex_xl.hosts.files.plain_rows import in_brief

ROW = '<row r="1" ht="15" customHeight="1"><c r="A1" s="3"><v>1.5e-07</v></c><c r="B1"/>{}</row>'
TEXT = '<c r="C1" t="inlineStr"><is><t>{}</t></is></c>'


def is_well_formed(data: bytes) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def sheet(*rows: str) -> bytes:
    return f'<?xml version="1.0"?>\n<worksheet><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    "text", ["", "北京市", "a > b", "100%", "it's", '"', "2024-01 -- 02", "\t", "é", "𠀀", "\ufffd"]
)
def test_plain_rows_go_and_others_stay(text: str) -> None:
    row = ROW.format(TEXT.format(text.replace(">", "&gt;")))
    data = sheet(row, ROW.format('<c r="C1" t="s"><v>7</v></c>'))
    assert in_brief(data).count(b"<row/>") == (2 if text in ("", "北京市", "100%", "it's", '"', "2024-01 -- 02") else 1)
    assert check(data, "sheet1.xml") == "worksheet"


PIECES = (
    '<row r="1">', "<row>", "</row>", '<row r="1" r="1">', '<c r="A1"><v>1</v></c>', '<c r="A1"/>', "<c>", "</c>",
    '<c r="B1" s="2" t="inlineStr"><is><t>北京</t></is></c>', '<c r="A1" r="A1"/>', "<v>", "</v>", "&", "&amp;", "&#0;",
    "<!--", "-->", "--", "<![CDATA[", "]]>", "<?a ", "?>", '"', "'", "<", ">", "\x01", "\xff", "\ufffe", "x", 'a="',
    '<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="2"><c r="A2" t="str"><v>x</v></c></row>', "<a b=", "/>",
)  # fmt: skip


HYPHENS = ROW.format(TEXT.format("--"))


@example(["<!--", HYPHENS, "-->"], b"")
@example(["<![CDATA[", HYPHENS, "]]>"], b"")
@example(["<a b='", HYPHENS, "'/>"], b"")
@example(["<?a ", HYPHENS, "?>"], b"")
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES[-8:])), max_size=12), st.binary(max_size=2))
def test_in_brief_is_well_formed_where_the_whole_is(pieces: list[str], end: bytes) -> None:
    data = sheet("".join(pieces) + "\0").replace(b"\0", end)
    assert is_well_formed(in_brief(data)) == is_well_formed(data)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_damage_among_plain_rows_is_refused_by_its_line(place: int) -> None:
    rows = [ROW.format("") + "\n"] * 3
    rows[place] = rows[place].replace("</c>", "</d>")
    with pytest.raises(FileRefused) as refused:
        check(sheet(*rows), "xl/worksheets/sheet1.xml")
    assert str(place + 2) in refused.value.text("en")
