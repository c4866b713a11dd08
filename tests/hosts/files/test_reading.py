"""Every way in which programs write a cell, read."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.hosts.files.reading import read_columns
from bdindex_xl.hosts.files.sheet_xml import SheetXml
from bdindex_xl.sheets.areas import Area
from bdindex_xl.sheets.book import ErrorValue, Uncalculated, Value

from ...support import cells
from ...support.cells import STRICT, TRANSITIONAL, book, header_row
from ...support.rich import Zip

HEAD = header_row("甲", "乙")


def values(data: bytes) -> list[list[Value]]:
    """The table's columns."""
    return [list(column) for column in FileBook.from_bytes(data).read("bdx_data").columns]


def value(cell: str, **options: str) -> Value:
    """The value of one cell, A2."""
    columns = values(book(f'{HEAD}<row r="2">{cell}<c r="B2"><v>1</v></c></row>', **options))  # type: ignore[arg-type]
    return columns[0][0]


STRINGS = (
    "<si><t>省份</t></si>"
    '<si><r><t>富</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 文本</t></r></si>'
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>'
    "<si><t/></si>"
    "<si/>"
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A2"><v>1.5</v></c>', 1.5),
        ('<c r="A2" t="n"><v>-2E-3</v></c>', -0.002),
        ('<c r="A2" s="3" t="n" cm="1"><v> 7 </v></c>', 7.0),
        ("<c t='n' s='3' r='A2'><v>8</v></c>", 8.0),
        ('<c r="A2"><v xml:space="preserve">9</v></c>', 9.0),
        ('<c r="A2" t="s"><v>0</v></c>', "省份"),
        ('<c r="A2" t="s"><v>1</v></c>', "富 文本"),
        ('<c r="A2" t="s"><v>2</v></c>', "東京"),
        ('<c r="A2" t="s"><v>3</v></c>', ""),
        ('<c r="A2" t="s"><v>4</v></c>', ""),
        ('<c r="A2" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>', " 甲 "),
        ('<c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>', "ab"),
        ('<c r="A2" t="inlineStr"><is><t>1&lt;2&amp;&#20013;&#x4E2D;</t></is></c>', "1<2&中中"),
        ('<c r="A2" t="inlineStr"><is><t>a_x000D_b_x005F_x000D_</t></is></c>', "a\rb_x000D_"),
        ('<c r="A2" t="inlineStr"><is><t><![CDATA[<b>&]]></t></is></c>', "<b>&"),
        ('<c r="A2" t="inlineStr"><is><t>甲<!-- </t></is></c> -->乙</t></is></c>', "甲乙"),
        ('<c r="A2" t="str"><f>A1&amp;"x"</f><v>甲x</v></c>', "甲x"),
        ('<c r="A2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="A2"><f t="shared" ref="A2:A3" si="0">B2*2</f><v>2</v></c>', 2.0),
        ('<c r="A2"><f>SUM(B2:B3)</f></c>', Uncalculated("SUM(B2:B3)")),
        ('<c r="A2"><f>B2&lt;3</f><v/></c>', Uncalculated("B2<3")),
        ('<c r="A2" t="b"><v>1</v></c>', True),
        ('<c r="A2" t="b"><f>1=2</f><v>0</v></c>', False),
        ('<c r="A2" t="e"><v>#N/A</v></c>', ErrorValue("#N/A")),
        ('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ErrorValue("#DIV/0!")),
        ('<c r="A2"><v>NaN</v></c>', ErrorValue("#NUM!")),
        ('<c r="A2" s="1"><v>45292</v></c>', dt.datetime(2024, 1, 1)),
        ('<c r="A2" s="2"><v>45292.75</v></c>', dt.datetime(2024, 1, 1, 18)),
        ('<c r="A2" s="1"><f>TODAY()</f><v>1</v></c>', dt.datetime(1900, 1, 1)),
        ('<c r="A2" t="d"><v>2024-01-01T06:30:00Z</v></c>', dt.datetime(2024, 1, 1, 6, 30)),
        ('<c r="A2" s="1"><v>-5</v></c>', -5.0),
        ('<c r="A2" s="3"/>', None),
        ("", None),
    ],
)
def test_every_kind_of_cell(cell: str, expected: Value) -> None:
    found = value(cell, strings=STRINGS)
    assert found == expected
    assert type(found) is type(expected)


def test_dates_counted_from_1904() -> None:
    found = value('<c r="A2" s="1"><v>43830</v></c>', workbook='<workbookPr date1904="1"/>')
    assert found == dt.datetime(2024, 1, 1)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [("yyyy/m/d", True), ("h:mm", True), ("[h]:mm:ss", True), ("[$-804]aaaa", False), ('0.0"d"', False), ("[Red]0.00", False),
     ("0.00E+00", False), ("General", False), ("#,##0_d", False), (r"0\d", False), ("[$-404]e/m/d", True), ("@", False)],
)  # fmt: skip
def test_number_formats_that_show_dates(code: str, is_date: bool) -> None:
    data = Zip(book(f'{HEAD}<row r="2"><c r="A2" s="2"><v>45292</v></c></row>'))
    data.change("xl/styles.xml", "yyyy&quot;年&quot;m&quot;月&quot;", code.replace('"', "&quot;"))
    assert isinstance(values(data.to_bytes())[0][0], dt.datetime) == is_date


def test_rows_and_cells_without_addresses() -> None:
    rows = (
        "<row><c t='inlineStr'><is><t>甲</t></is></c><c t='inlineStr'><is><t>乙</t></is></c></row>"
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r='3'><c r='B3'><v>4</v></c></row>"
    )
    assert values(book(rows)) == [[1.0, None], [2.0, 4.0]]


@pytest.mark.parametrize("namespace", [TRANSITIONAL, STRICT])
@pytest.mark.parametrize("prefix", ["", "x"])
def test_both_namespaces_with_and_without_a_prefix(namespace: str, prefix: str) -> None:
    rows = f'{HEAD}<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>a</t></is></c></row>'
    data = book(rows, namespace=namespace, prefix=prefix, strings=STRINGS)
    assert values(data) == [["富 文本"], ["a"]]


def test_utf_16() -> None:
    data = Zip(book(f'{HEAD}<row r="2"><c r="A2"><v>1</v></c></row>'))
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/tables/table1.xml"):
        data[part] = data[part].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert FileBook.from_bytes(data.to_bytes()).read("bdx_data").header == ("甲", "乙")


def test_parts_at_unusual_places_and_in_other_case() -> None:
    data = Zip(book(f'{HEAD}<row r="2"><c r="A2"><v>1</v></c></row>'))
    data.parts["Daten/Blatt 1.xml"] = data.parts.pop("xl/worksheets/sheet1.xml")
    data.parts["Daten/_rels/Blatt 1.xml.rels"] = data.parts.pop("xl/worksheets/_rels/sheet1.xml.rels")
    data.change("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "../daten/Blatt%201.xml")
    data.change("Daten/_rels/Blatt 1.xml.rels", "../tables/table1.xml", "/XL/tables/Table1.xml")
    assert values(data.to_bytes())[0] == [1.0]


def test_the_block_tells_where_it_is() -> None:
    rows = (
        '<row r="4"><c r="C4" t="inlineStr"><is><t>年份</t></is></c><c r="D4"><v>2024</v></c></row>'
        '<row r="6"><c r="D6"><v>5</v></c><c r="E6"><v>99</v></c></row><row r="9"><c r="C9"><v>7</v></c></row>'
    )
    block = FileBook.from_bytes(book(rows, "C4:D7", ("年份", "2024"))).read("BDX_Data")
    assert (block.table, block.sheet, block.row, block.column) == ("bdx_data", "表", 4, 3)
    assert block.header == ("年份", "2024")
    assert [list(column) for column in block.columns] == [[None, None], [None, 5.0]]
    assert block.cell(1, 1) == "D6"


def test_a_totals_row_is_not_data() -> None:
    rows = (
        f'{HEAD}<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><f>SUBTOTAL(109,A2)</f><v>1</v></c></row>'
    )
    data = Zip(book(rows)).change("xl/tables/table1.xml", 'id="1"', 'id="1" totalsRowCount="1"', 1)
    assert values(data.to_bytes())[0] == [1.0]


def test_a_table_without_its_header_row_has_the_headers_of_its_record() -> None:
    data = Zip(book('<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>', "A2:B3"))
    block = FileBook.from_bytes(data.change("xl/tables/table1.xml", "ref=", 'headerRowCount="0" ref=').to_bytes()).read(
        "bdx_data"
    )
    assert (block.header, list(block.columns[0]), block.cell(0, 0)) == (("甲", "乙"), [1.0, 2.0], "A2")


def test_a_missing_table_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        FileBook.from_bytes(book(HEAD)).read("bdx_other")


@pytest.mark.slow
def test_a_table_of_a_million_rows_with_little_in_it_takes_little_memory() -> None:
    data = book(f'{HEAD}<row r="2"><c r="A2"><v>1</v></c></row>', "A1:XFD1048576", [f"c{j}" for j in range(16_384)])
    tracemalloc.start()
    block = FileBook.from_bytes(data).read("bdx_data")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert block.n_rows == 1
    assert peak < 60 << 20


def test_a_table_that_would_fill_the_memory_is_refused() -> None:
    rows = f'{HEAD}<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    with pytest.raises(FileRefused, match="a table has more than 40,000,000 cells"):
        FileBook.from_bytes(book(rows, "A1:XFD1048576", [f"c{j}" for j in range(16_384)])).read("bdx_data")


def test_what_openpyxl_reads_is_what_we_read() -> None:
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file)
    sheet = workbook.add_worksheet()
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    rows = [[k / 8, f" 文本{k}\n_x0041_ ", k % 2 == 0, dt.datetime(2024, 1, 1 + k % 28)] for k in range(300)]
    for i, row in enumerate(rows, 1):
        sheet.write_row(i, 0, row[:3])
        sheet.write_datetime(i, 3, row[3], day)
    sheet.add_table(0, 0, 300, 3, {"name": "bdx_data"})
    workbook.close()
    read = openpyxl.load_workbook(io.BytesIO(file.getvalue())).active
    expected = [[cell.value for cell in column[1:]] for column in read.columns]
    assert values(file.getvalue()) == expected == [list(column) for column in zip(*rows, strict=True)]


def test_shared_strings_are_not_needed() -> None:
    data = Zip(book(f'{HEAD}<row r="2"><c r="A2"><v>1</v></c></row>'))
    del data.parts["xl/sharedStrings.xml"]
    del data.parts["xl/styles.xml"]
    for part in ("sharedStrings", "styles"):
        data.change("[Content_Types].xml", f'<Override PartName="/xl/{part}.xml"', '<Override PartName="/xl/none.xml"')
    assert values(data.to_bytes())[0] == [1.0]


def test_sheets_without_cells() -> None:
    data = Zip(book(HEAD))
    sheet = cells.sheet_of(data.to_bytes())
    start, end = sheet.index("<sheetData>"), sheet.index("</sheetData>") + len("</sheetData>")
    data["xl/worksheets/sheet1.xml"] = sheet[:start] + "<sheetData/>" + sheet[end:]
    block = FileBook.from_bytes(data.to_bytes()).read("bdx_data")
    assert (block.header, block.n_rows) == (("甲", "乙"), 0)


# What cells of two columns hold behind their address, plain and not.
_HELD = [
    "/>", "><v>1.5</v></c>", ' t="n"><v>-2E-3</v></c>', ' t="s"><v>0</v></c>', ' t="s"><v>1</v></c>', ' t="s"/>',
    "><v></v></c>", "><v>1e999</v></c>", ' t="inlineStr"><is><t>甲&amp;乙_x0041_</t></is></c>',
    ' t="inlineStr"><is><t xml:space="preserve"> </t></is></c>', ' t="str"><f>""</f><v></v></c>',
    ' t="str"><f>A1</f><v>&lt;_x0041_</v></c>', "><f>1+1</f><v>2</v></c>", "><f>1+1</f></c>", "><f>1+1</f><v></v></c>",
    '><f t="shared" si="0"/><v>3</v></c>', ' s="1"><v>45292</v></c>', ' t="b"><v>1</v></c>', ' cm="1"><v>4</v></c>',
]  # fmt: skip


@given(
    st.lists(st.tuples(*[st.sampled_from(["", *_HELD])] * 2, st.integers(1, 4)), max_size=12),
    st.sampled_from(["", "x"]),
)
def test_rows_read_together_are_the_same_as_cell_by_cell(kinds: list[tuple[str, str, int]], prefix: str) -> None:
    rows, number = "", 1
    for one, other, times in kinds:
        for _ in range(times):
            number += 1
            cells = [f'<c r="{letter}{number}"{held}' for letter, held in zip("AB", (one, other), strict=True) if held]
            rows += f'<row r="{number}">{"".join(cells)}</row>'
    data = book(HEAD + rows, f"A1:B{max(number, 2)}", strings=STRINGS, prefix=prefix)
    opened = FileBook.from_bytes(data)
    sheet = SheetXml(Zip(data)["xl/worksheets/sheet1.xml"], "sheet1.xml")
    decoder = opened._decoder(sheet)
    expected: list[list[Value]] = [[None] * (number - 1) for _ in "AB"]
    for row in sheet.rows():
        for cell in sheet.cells(row):
            if row.number > 1 and not cell.empty:
                expected[cell.column - 1][row.number - 2] = decoder.of_cell(cell, row.number)
    found = read_columns(sheet, Area(2, 1, number, 2), decoder)
    n_rows = max([i + 1 for column in expected for i, one in enumerate(column) if one is not None], default=0)
    assert found == [column[:n_rows] for column in expected]
    assert [list(map(type, column)) for column in found] == [list(map(type, column[:n_rows])) for column in expected]
