"""Figures in cells: names spelt by number formats while there are formats left, colours by value, sizes as told."""

from __future__ import annotations

import re

import pytest

from bdindex_xl.figures import content as forms
from bdindex_xl.figures.content import Content, FigureColumn
from bdindex_xl.model.figure import Figure, FigureKind
from bdindex_xl.report import xlsx
from bdindex_xl.report.document import Chapter, Document
from bdindex_xl.workbook.native import grids
from tests.support import charted
from tests.support.lint import lint

from .test_forms import book_of


def tiles(n: int, mark: str = "") -> Content:
    names = [f'T "{mark}{k}"' for k in range(n)]
    columns = (
        FigureColumn("Unit", "name", names),
        FigureColumn("Index", "score", [None, *(float(k) for k in range(1, n))]),
        FigureColumn("Across", "count", [1 + k % 8 for k in range(n)]),
        FigureColumn("Down", "count", [1 + k // 8 for k in range(n)]),
    )
    return Content(Figure("1", "", FigureKind.TILE_MAP), "", columns, forms.TilesForm(0, 1, 2, 3))


def heat(groups: list[str]) -> Content:
    n = len(groups)
    columns = (
        FigureColumn("Region", "name", groups),
        FigureColumn("Unit", "name", [f"U{k}" for k in range(n)]),
        FigureColumn("Index", "score", [float(k) for k in range(n)]),
    )
    return Content(Figure("1", "", FigureKind.HEAT), "", columns, forms.HeatForm(0, 1, 2))


def test_the_name_of_a_tile_is_its_value_in_a_format_that_spells_it() -> None:
    sheet = charted.calculated(book_of(tiles(9))).worksheets[1]
    named = {
        cell.number_format: cell for row in sheet.iter_rows(max_col=9) for cell in row if '"T ' in cell.number_format
    }
    assert len(named) == 8
    cell = named['"T "\\""5"\\""";"T "\\""5"\\""";"T "\\""5"\\"""']
    assert cell.value == 5 and sheet.cell(cell.row + 1, cell.column).value == 5


def test_a_tile_without_a_value_says_so_and_has_no_colour() -> None:
    sheet = charted.calculated(book_of(tiles(9))).worksheets[1]
    assert [(sheet["B5"].value, sheet["B6"].value)] == [('T "0"', "no data")]
    areas = " ".join(str(rules.sqref) for rules in sheet.conditional_formatting).split()
    assert "C5" in areas and "C6" in areas and not {"B5", "B6"} & set(areas)
    assert {rule.type for rules in sheet.conditional_formatting for rule in rules.rules} == {"colorScale"}


def test_more_tiles_than_a_file_has_formats_for_have_their_names_as_text() -> None:
    book = book_of(tiles(200))
    sheet = charted.calculated(book).worksheets[1]
    spelt = {cell.number_format for row in sheet.iter_rows(max_col=9) for cell in row if '"T ' in cell.number_format}
    plain = [
        cell.value for row in sheet.iter_rows(max_col=9) for cell in row if re.fullmatch(r'T "\d+"', str(cell.value))
    ]
    assert len(spelt) == 120 and len(plain) == 80
    assert lint(book) == []


def test_formats_are_counted_for_all_sheets_together() -> None:
    chapters = tuple(Chapter(f"C{k}", (tiles(100, f"{k} "),)) for k in range(2))
    workbook = charted.calculated(xlsx.write(Document("en", "", 2024, "", chapters)))
    formats = {cell.number_format for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row}
    assert len([one for one in formats if one.startswith('"T ')]) == 120


@pytest.mark.parametrize(
    ("groups", "size"), [(["N"] * 9 + ["S"], (6, 8)), (["N", "S", "E", "W"], (4, 8)), (["N"] * 4 + ["S"], (3, 8))]
)
def test_small_groups_stand_beside_their_names_and_large_ones_under_them(
    groups: list[str], size: tuple[int, int]
) -> None:
    assert grids.heat_size(heat(groups)) == size


def test_a_tree_is_indented_by_depth_and_shows_weights_as_bars() -> None:
    columns = (
        FigureColumn("Name", "name", ["I", "A", "a1"]),
        FigureColumn("Level", "count", [0, 1, 2]),
        FigureColumn("Weight", "weight", [None, 1.0, 0.25]),
    )
    content = Content(Figure("1", "", FigureKind.FRAMEWORK), "", columns, forms.TreeForm(0, 1, 2))
    sheet = charted.calculated(book_of(content)).worksheets[1]
    assert [sheet[f"B{row}"].alignment.indent for row in (5, 6, 7)] == [1, 3, 5]
    assert [sheet[f"I{row}"].value for row in (5, 6, 7)] == [None, 1.0, 0.25]
    (rules,) = sheet.conditional_formatting
    assert [rule.type for rule in rules.rules] == ["dataBar"]


def test_names_longer_than_a_column_make_rows_of_a_table_higher() -> None:
    columns = (
        FigureColumn("Group", "name", ["N", "A region with a name of many words"]),
        FigureColumn("r", "rank", [1, 2]),
    )
    content = Content(Figure("1", "", FigureKind.RANK_TABLE), "", columns, forms.TableForm())
    sheet = charted.calculated(book_of(content)).worksheets[1]
    assert (sheet.row_dimensions[6].height or 15) < (sheet.row_dimensions[7].height or 15)
