"""Files lose what no cell asks for, and nothing else."""

from __future__ import annotations

import io

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.hosts.files.unused import without_unused
from bdindex_xl.sheets.areas import Area
from tests.support.edit import packed
from tests.support.left_over import left_over
from tests.support.lint import lint
from tests.support.user_edits import changed, parts_of

STRINGS, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet{}.xml"


def workbook(sheets: list[list[str]]) -> bytes:
    """A column of texts on each sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.set_calc_mode("auto", 191029)
    for texts in sheets:
        book.add_worksheet().write_column(0, 0, texts)
    book.close()
    return changed(file.getvalue(), "xl/workbook.xml", lambda text: text.replace(' fullCalcOnLoad="1"', ""))


def emptied(book: bytes, place: tuple[int, int]) -> bytes:
    """A cell without its text, which stays among the shared ones."""
    number, row = place
    sheet = SHEET.format(number + 1)
    text = parts_of(book)[sheet].decode()
    start = text.index(f'<c r="A{row + 1}"')
    end = text.index("</c>", start) + len("</c>")
    return packed(parts_of(book) | {sheet: (text[:start] + text[end:]).encode()})


def column(book: bytes, sheet: str) -> list[object]:
    return [row[0] for row in FileBook.from_bytes(book).values(sheet, Area(1, 1, 9, 1))]


@given(
    st.lists(st.lists(st.text("abc&<\n ", min_size=1, max_size=3), min_size=1, max_size=6), min_size=1, max_size=2),
    st.data(),
)
def test_every_cell_shows_what_it_showed_and_no_text_is_left_over(sheets: list[list[str]], data: st.DataObject) -> None:
    book = workbook(sheets)
    places = [(k, i) for k, texts in enumerate(sheets) for i in range(len(texts))]
    for place in data.draw(st.lists(st.sampled_from(places), unique=True)):
        book = emptied(book, place)
    made = without_unused(book)
    assert [*lint(made), *left_over(made)] == []
    for sheet in FileBook.from_bytes(book).sheets():
        assert column(made, sheet) == column(book, sheet)


def test_a_file_without_anything_left_over_stays_to_the_byte() -> None:
    book = workbook([["a", "b", "a"], ["c"]])
    assert without_unused(book) == book


def test_what_is_written_in_an_unusual_way_stays() -> None:
    book = emptied(workbook([["a", "b"]]), (0, 0))
    odd = changed(book, SHEET.format(1), lambda text: text.replace('t="s"><v>1', 't="s"><v> 1'))
    assert without_unused(odd) == odd


def test_more_texts_than_a_part_may_have_elements_are_no_obstacle() -> None:
    many = b"<si><t>x</t></si>" * 210_000
    book = workbook([["a", "b"]])
    parts = parts_of(book)
    laden = packed(parts | {STRINGS: parts[STRINGS].replace(b"</sst>", many + b"</sst>")})
    assert parts_of(without_unused(laden))[STRINGS] == parts[STRINGS]


def test_cells_whose_attributes_stand_on_lines_of_their_own_show_their_texts_all_the_same() -> None:
    book = emptied(workbook([["a", "b"], ["c"]]), (1, 0))
    wide = changed(book, SHEET.format(1), lambda text: text.replace(' t="s"', '\n\tt="s"'))
    made = without_unused(wide)
    assert left_over(made) == []
    assert column(made, "Sheet1")[:2] == ["a", "b"]
