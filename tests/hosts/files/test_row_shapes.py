"""Rows that are like the ones before are read as any others are."""

from __future__ import annotations

import random

import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.hosts.files.reading import read_columns
from bdindex_xl.hosts.files.row_shapes import RowShapes
from bdindex_xl.hosts.files.sheet_xml import SheetXml
from bdindex_xl.hosts.files.values import Decoder
from bdindex_xl.sheets.areas import Area

from ...support.cells import TRANSITIONAL, book, prefixed

N = 60
USUAL = ('<c r="A{}" s="3"><v>{}.5</v></c>', '<c r="B{}" t="s"><v>0</v></c>', '<c r="C{}" t="inlineStr"><is><t>文{}</t></is></c>')  # fmt: skip
OTHERS = (
    "", '<c r="{l}{}" s="3"/>', '<c r="{l}{}"/>', '<c r="{l}{}" t="b"><v>1</v></c>', '<c r="{l}{}"><f>1+1</f><v>2</v></c>',
    '<c r="{l}{}" t="str"><f>"x"</f><v>x</v></c>', '<c s="3" r="{l}{}"><v>7</v></c>', '<c r="{l}{}" t="s"><v>1</v></c>',
    '<c r="{l}{}" s="1"><v>45292</v></c>', '<c r="{l}{}" t="inlineStr"><is><t xml:space="preserve"> a &amp; b</t></is></c>',
    '<c r="{l}{}" t="e"><v>#N/A</v></c>', '<c r="{l}{}"><v>1</v></c> ',
)  # fmt: skip


def rows(rng: random.Random, oddness: float) -> str:
    made = []
    for row in range(1, N + 1):
        cells = [
            rng.choice(OTHERS).replace("{l}", letter) if rng.random() < oddness else usual
            for letter, usual in zip("ABC", USUAL, strict=True)
        ]
        made.append(f'<row r="{row}">{"".join(cell.format(row, row) for cell in cells)}</row>')
    return "".join(made)


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("seed", range(6))
def test_columns_are_read_as_cell_by_cell(seed: int, prefix: str) -> None:
    text = (
        f'<worksheet xmlns="{TRANSITIONAL}"><sheetData>{rows(random.Random(seed), seed / 30)}</sheetData></worksheet>'
    )
    sheet = SheetXml((prefixed(text, prefix) if prefix else text).encode(), "part")
    opened = FileBook.from_bytes(book('<row r="1"/>', strings="<si><t>甲</t></si><si><t>乙</t></si>"))
    decoder = Decoder("part", sheet.patterns, opened._strings, opened._dates, since_1904=False)
    found = read_columns(sheet, Area(1, 1, N, 3), decoder)
    expected = {
        (row.number, cell.column): decoder.of_cell(cell, row.number)
        for row in sheet.rows()
        for cell in sheet.cells(row)
    }
    assert found == [[expected.get((row, column)) for row in range(1, N + 1)] for column in (1, 2, 3)]


def test_a_row_like_the_others_with_a_cell_of_another_row_is_not_taken_for_plain() -> None:
    made = [f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>2</v></c></row>' for row in range(1, 31)]
    made[29] = made[29].replace("B30", "B3")
    text = f'<worksheet xmlns="{TRANSITIONAL}"><sheetData>{"".join(made)}</sheetData></worksheet>'
    sheet = SheetXml(text.encode(), "part")
    shapes = RowShapes(sheet.patterns)
    assert [row.number for row in sheet.rows() if shapes.cells(sheet.data, row) is None] == [30]
