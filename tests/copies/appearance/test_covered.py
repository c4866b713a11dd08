"""Cells that a reader cannot see, though nothing is said to be hidden: merged, under a picture, in rows without height."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bdindex_xl.copies.verify import Verdict, verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.hosts.files.drawings import drawn
from bdindex_xl.hosts.files.package import Package
from bdindex_xl.share.live.anew import remade
from tests.copies.workbooks import lean
from tests.support.edit import packed, sheet_parts
from tests.support.user_edits import changed, in_sheet, parts_of

RANKING = "城市排名"
XDR, A = (f"http://schemas.openxmlformats.org/drawingml/2006/{name}" for name in ("spreadsheetDrawing", "main"))
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"

FILLED, CLEAR = "<a:solidFill><a:srgbClr val='FFFFFF'/></a:solidFill>", "<a:noFill/>"
PICTURE = "<xdr:pic>{names}<xdr:blipFill/><xdr:spPr/></xdr:pic>"
SHAPE = "<xdr:sp>{names}<xdr:spPr>{fill}</xdr:spPr></xdr:sp>"
BY_STYLE = "<xdr:sp>{names}<xdr:spPr/><xdr:style><a:fillRef idx='1'/></xdr:style></xdr:sp>"
GROUP = "<xdr:grpSp>{names}" + SHAPE.replace("{names}", "") + "</xdr:grpSp>"
CHART = "<xdr:graphicFrame>{names}</xdr:graphicFrame>"


def two_cells(top: int, left: int, bottom: int, right: int, offset: int = 0) -> str:
    """From the upper left of one cell to the upper left of another, or `offset` beyond it; counted from 0."""

    def marker(row: int, column: int, off: int) -> str:
        across = f"<xdr:col>{column}</xdr:col><xdr:colOff>{off}</xdr:colOff>"
        return f"{across}<xdr:row>{row}</xdr:row><xdr:rowOff>{off}</xdr:rowOff>"

    first, last = marker(top, left, 0), marker(bottom, right, offset)
    return f"<xdr:twoCellAnchor><xdr:from>{first}</xdr:from><xdr:to>{last}</xdr:to>{{thing}}</xdr:twoCellAnchor>"


ONE_CELL = ("<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>4</xdr:row></xdr:from>"
            "<xdr:ext cx='1219200' cy='190500'/>{thing}</xdr:oneCellAnchor>")  # fmt: skip
ANYWHERE = (
    "<xdr:absoluteAnchor><xdr:pos x='609600' y='762000'/><xdr:ext cx='1' cy='190501'/>{thing}</xdr:absoluteAnchor>"
)


base = cache(lean)


def with_drawing(book: bytes, anchor: str, thing: str, hidden: str = "") -> bytes:
    """The book with a thing over its city ranking."""
    names = f"<xdr:nv><xdr:cNvPr id='2' name='Box 1'{hidden}/></xdr:nv>"
    body = anchor.format(thing=thing.replace("{names}", names))
    parts = parts_of(book)
    sheet = sheet_parts(parts)[RANKING]
    rels = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
    link = f'<Relationship Id="rIdBox" Type="{OFFICE}/drawing" Target="/xl/drawings/box.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    types = parts["[Content_Types].xml"].decode()
    kind = f'<Override PartName="/xl/drawings/box.xml" ContentType="{DRAWING}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", kind).encode()
    parts["xl/drawings/box.xml"] = f"<xdr:wsDr xmlns:xdr='{XDR}' xmlns:a='{A}'>{body}</xdr:wsDr>".encode()
    return packed(parts)


def seen(book: bytes) -> Verdict:
    return verify(FileBook.from_bytes(book), remake=remade)


def told(verdict: Verdict) -> list[tuple[str, bool, str, str]]:
    return [(one.rule, one.deceives, one.place, one.found.en) for one in verdict.sightings]


def test_cells_merged_over_what_others_hold_are_found() -> None:
    merged = in_sheet(base(), RANKING, lambda xml: re.sub(
        r"<mergeCells[^>]*>", r'\g<0><mergeCell ref="A5:B6"/><mergeCell ref="B90:C95"/>', xml))  # fmt: skip
    verdict = seen(merged)
    assert told(verdict) == [
        ("merged", True, f"{RANKING}!B5, A6, B6", "the cells A5:B6 merged, of which the first alone shows")
    ]
    assert not verdict.ok and not verdict.differences


def test_merged_cells_without_end_are_found_at_once() -> None:
    """Each was gone through by itself; they overlap, as no program makes them."""
    some = '<mergeCell ref="C5:E20"/>' * 3000
    verdict = seen(in_sheet(base(), RANKING, lambda xml: re.sub(r"<mergeCells[^>]*>", rf"\g<0>{some}", xml)))
    assert not verdict.ok and 1 < len(verdict.deceiving) < 20
    assert told(verdict)[-1][3] == "merged cells that overlap"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (r'<row r="6"', r'\g<0> ht="0.75" customHeight="1"', "1 row that does not show, hidden or filtered out"),
        (r'(<col min="3" max="3" width=")[^"]+', r"\g<1>0.1", "a hidden column"),
        (r"<sheetView ", r'\g<0>topLeftCell="A6" ', "1 row that does not show, hidden or filtered out"),
    ],
    ids=["row", "column", "scrolled away before panes were frozen"],
)
def test_rows_and_columns_too_small_or_out_of_reach_are_told_as_hidden(old: str, new: str, found: str) -> None:
    verdict = seen(in_sheet(base(), RANKING, lambda xml: re.sub(old, new, xml, count=1)))
    assert verdict.ok and found in [one.found.en for one in verdict.shown_differently]


def test_what_was_scrolled_away_without_frozen_panes_is_in_reach() -> None:
    scrolled = in_sheet(base(), RANKING, lambda xml: re.sub(
        r"<sheetView ", r'\g<0>topLeftCell="A6" ', re.sub(r"<pane [^>]*/>", "", xml)))  # fmt: skip
    assert not seen(scrolled).sightings


def test_letters_too_small_to_read_are_found() -> None:
    book = changed(base(), "xl/styles.xml", lambda xml: re.sub(r'<sz val="[^"]+"/>', '<sz val="1"/>', xml, count=1))
    verdict = seen(book)
    assert not verdict.ok and {(rule, what) for rule, _, _, what in told(verdict)} == {
        ("text size", "letters too small to read")
    }


def test_zeros_that_show_as_blanks_are_told() -> None:
    verdict = seen(in_sheet(base(), RANKING, lambda xml: xml.replace("<sheetView ", '<sheetView showZeros="0" ')))
    assert verdict.ok and {(rule, deceives) for rule, deceives, *_ in told(verdict)} == {("blank zeros", False)}


@pytest.mark.parametrize(
    ("anchor", "thing", "area", "clear"),
    [
        (two_cells(4, 1, 6, 2), PICTURE, "B5:B6", False),
        (two_cells(4, 1, 6, 2, 50_000), SHAPE.replace("{fill}", FILLED), "B5:C7", False),
        (two_cells(4, 1, 5, 2), BY_STYLE, "B5", False),
        (two_cells(4, 1, 5, 2), GROUP.replace("{fill}", FILLED), "B5", False),
        (two_cells(4, 1, 5, 2), SHAPE.replace("{fill}", CLEAR), "B5", True),
        (two_cells(4, 1, 5, 2), SHAPE.replace("{fill}", ""), "B5", True),
        (ONE_CELL, PICTURE, "B5:C5", False),
        (ANYWHERE, PICTURE, "B5:B6", False),
    ],
)  # fmt: skip
def test_what_lies_over_cells_is_read_from_every_kind_of_anchor(
    anchor: str, thing: str, area: str, clear: bool
) -> None:
    book = with_drawing(base(), anchor, thing)
    (one,) = drawn(Package(book), sheet_parts(parts_of(book))[RANKING])
    assert (one.name, str(one.area), one.is_chart, one.is_clear) == ("Box 1", area, False, clear)


@pytest.mark.parametrize(
    ("thing", "deceives"), [(PICTURE, True), (SHAPE.replace("{fill}", CLEAR), False), (CHART, False)]
)
def test_results_under_a_picture_are_found_and_under_a_line_or_chart_told(thing: str, deceives: bool) -> None:
    verdict = seen(with_drawing(base(), two_cells(4, 1, 6, 2), thing))
    assert told(verdict) == [("covered", deceives, f"{RANKING}!B5:B6", "“Box 1” lying over them")]
    assert verdict.ok is not deceives


def test_what_lies_beside_or_does_not_show_hides_nothing() -> None:
    for book in (
        with_drawing(base(), two_cells(4, 60, 6, 62), PICTURE),
        with_drawing(base(), two_cells(4, 1, 6, 2), PICTURE, " hidden='1'"),
    ):
        assert not seen(book).sightings
