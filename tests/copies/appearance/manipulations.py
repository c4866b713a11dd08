"""Manipulations of a finished workbook by which its reader sees something else than it holds, made with openpyxl.

Each is a function of an opened workbook and a generator of random numbers; it says the rule by which it is found and a
sheet that is named. Those that are the reader's right say so. Independent of the code under test.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.formatting.rule import CellIsRule, DataBarRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from bdindex_xl.sheets import schema
from tests.copies.appearance.opened_tables import RANKINGS, Book, Random, Table, numbers, ranking, table
from tests.support.rich import packed


@dataclass(frozen=True)
class Found:
    """How a manipulation is found: by a rule and on a sheet; by another part of the verdict where there is no rule."""

    rule: str
    sheet: str
    deceives: bool = True


RANK, UNIT, SCORE, CHANGE = ("排名", "Rank"), ("地区", "Unit"), ("得分", "Score"), ("排名变化", "Rank change")


# --- formats ----------------------------------------------------------------------------------------------------------


def _format(name: str, columns: tuple[str, ...], *codes: str) -> Callable[[Book, Random], Found]:
    def change(book: Book, rng: Random) -> Found:
        one = ranking(book, rng)
        code = str(rng.choice(list(codes)))
        _, top, _, bottom = one.bounds
        for row in range(top + 1, bottom + 1):
            one.sheet.cell(row, one.column(*columns)).number_format = code
        return Found("number format", one.sheet.title)

    change.__name__ = name
    return change


change_reversed = _format(
    "change_reversed", CHANGE, '"▼"0;"▲"0;"—";@', "▼0;▲0;0", "-0;0;0", '"↓ "0;"↑ "0', "[Red]0;[Green]0"
)
every_rank_one = _format("every_rank_one", RANK, '"1"', '"No. 1"', '[>1]"1";0', "0\\0", '"第一"')
scores_hidden = _format("scores_hidden", SCORE, ";;;", '""', '"";""')
scores_other = _format("scores_other", SCORE, '"9"0.00', "0.00,", '"99.99"', "yyyy-mm-dd", '0"9.99"')
names_other = _format("names_other", UNIT, '@"州"', '0;0;0;"北京市"')


def decimals_chosen(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    for cell in numbers(one, one.column(*SCORE)):
        cell.number_format = "0.0000"
    return Found("number format", one.sheet.title, deceives=False)


def raw_value_format(book: Book, rng: Random) -> Found:
    one = table(book, "bdx_data_city")
    cell = next(cell for cell in numbers(one, one.column("专利")) if cell.value > 1)
    cell.number_format = '0"9"'
    return Found("number format", one.sheet.title)


def white_on_white(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    for cell in numbers(one, one.column(*SCORE))[:3]:
        cell.font = Font(color="FFFFFFFF")
    return Found("text colour", one.sheet.title)


def conditional_number_format(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    letter = get_column_letter(one.column(*CHANGE))
    look = DifferentialStyle(numFmt=NumberFormat(numFmtId=190, formatCode='"▼"0;"▲"0;"—"'))
    _, top, _, bottom = one.bounds
    where = f"{letter}{top + 1}:{letter}{bottom}"
    one.sheet.conditional_formatting.add(where, Rule(type="expression", dxf=look, formula=["TRUE"]))
    return Found("conditional format", one.sheet.title)


def conditional_white(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    letter = get_column_letter(one.column(*RANK))
    _, top, _, bottom = one.bounds
    rule = CellIsRule(operator="greaterThan", formula=["0"], font=Font(color="FFFFFFFF"))
    one.sheet.conditional_formatting.add(f"{letter}{top + 1}:{letter}{bottom}", rule)
    return Found("conditional format", one.sheet.title)


def bars_alone(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    letter = get_column_letter(one.column(*RANK))
    _, top, _, bottom = one.bounds
    rule = DataBarRule("min", None, "max", None, color="FF638EC6", showValue=False)
    one.sheet.conditional_formatting.add(f"{letter}{top + 1}:{letter}{bottom}", rule)
    return Found("conditional format", one.sheet.title)


# --- formulas and texts in place of values ----------------------------------------------------------------------------


def score_as_text(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    cells = numbers(one, one.column(*(SCORE if rng.random() < 0.5 else RANK)))
    cell = cells[int(rng.integers(len(cells)))]
    cell.value = repr(cell.value)
    cell.number_format = "@"
    return Found("number as text", one.sheet.title)


# --- what stands around -----------------------------------------------------------------------------------------------


def row_below(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    _, _, _, bottom = one.bounds
    for columns, value in ((RANK, 13), (UNIT, "乌有市"), (SCORE, 12.5)):
        one.sheet.cell(bottom + 1, one.column(*columns)).value = value
    return Found("row below", one.sheet.title)


def mean_below(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    _, top, _, bottom = one.bounds
    letter = get_column_letter(one.column(*SCORE))
    one.sheet.cell(bottom + 1, one.column(*UNIT)).value = "平均"
    one.sheet.cell(bottom + 1, one.column(*SCORE)).value = f"=SUM({letter}{top + 1}:{letter}{bottom})"
    return Found("row below", one.sheet.title, deceives=False)


def column_beside(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    _, top, right, bottom = one.bounds
    header = next(h for h in RANK if h in [c.value for c in one.sheet[top]])
    at = right + 1 + int(rng.choice([0, 3]))
    one.sheet.cell(top, at).value = str(rng.choice([f"{header}2", f"{header} ", f"新{header}", header]))
    for row in range(top + 1, bottom + 1):
        one.sheet.cell(row, at).value = bottom - row + 1
    return Found("column", one.sheet.title)


def own_column(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    _, top, right, _ = one.bounds
    one.sheet.cell(top, right + 1).value = "人口"
    one.sheet.cell(top + 1, right + 1).value = 1234
    return Found("column", one.sheet.title, deceives=False)


def second_rank_inside(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    _, top, right, bottom = one.bounds
    shown = one.sheet.tables[one.name]
    header = str(one.sheet.cell(top, one.column(*RANK)).value) + "2"
    one.sheet.cell(top, right + 1).value = header
    for row in range(top + 1, bottom + 1):
        one.sheet.cell(row, right + 1).value = bottom - row + 1
    shown.ref = f"A{top}:{get_column_letter(right + 1)}{bottom}"
    shown.autoFilter.ref = shown.ref
    shown.tableColumns.append(openpyxl.worksheet.table.TableColumn(id=right + 1, name=header))
    return Found("column", one.sheet.title)


def band_changed(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    _, top, _, _ = one.bounds
    one.sheet.cell(top - 1, len(schema.RANKING.columns) + 1).value = "生态"  # over the first dimension
    return Found("band", one.sheet.title)


def title_deleted(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    one.sheet["A1"].value = None
    del book.defined_names[f"bdx_title_{one.name}"]
    return Found("heading", one.sheet.title)


def title_elsewhere(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    title, place = one.sheet["A1"].value, f"bdx_title_{one.name}"
    one.sheet["A1"].value = title.replace("2024", "2025")
    one.sheet["AX99"].value = title
    book.defined_names[place] = DefinedName(place, attr_text=f"'{one.sheet.title}'!$AX$99")
    return Found("heading", one.sheet.title)


# --- decoys -----------------------------------------------------------------------------------------------------------


def _copied(book: Book, one: Table, name: str) -> Any:
    decoy = book.create_sheet(name)
    for row in one.sheet.iter_rows():
        for cell in row:
            if cell.value is not None and type(cell).__name__ == "Cell":
                decoy[cell.coordinate].value = cell.value
    return decoy


def look_alike(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    _, top, _, _ = one.bounds
    name = one.sheet.title
    decoy = _copied(book, one, "新表")
    decoy.cell(top + 1, one.column(*SCORE)).value = 99.9
    one.sheet.sheet_state = str(rng.choice(["hidden", "veryHidden"]))
    return Found("look-alike", name if name == decoy.title else decoy.title)


def decoy_beside_hidden_rows(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    left, top, right, bottom = one.bounds
    for row in range(top, bottom + 1):
        for j, at in enumerate(range(left, right + 1)):
            value = one.sheet.cell(row, at).value
            one.sheet.cell(row + bottom + 5, left + j).value = value
        one.sheet.row_dimensions[row].hidden = True
    one.sheet.cell(top + 1 + bottom + 5, one.column(*SCORE)).value = 99.9
    return Found("look-alike", one.sheet.title)


def sheet_hidden(book: Book, rng: Random) -> Found:
    one = table(book, str(rng.choice(["bdx_weights", "bdx_normalised", *RANKINGS])))
    one.sheet.sheet_state = "hidden"
    return Found("hidden", one.sheet.title, deceives=False)


def rows_filtered(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    _, _, _, bottom = one.bounds
    for row in range(bottom - 3, bottom + 1):
        one.sheet.row_dimensions[row].hidden = True
    return Found("hidden", one.sheet.title, deceives=False)


def column_hidden(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    one.sheet.column_dimensions[get_column_letter(one.column(*SCORE))].hidden = True
    return Found("hidden", one.sheet.title, deceives=False)


# --- deleted ----------------------------------------------------------------------------------------------------------


def sheet_deleted(book: Book, rng: Random) -> Found:
    one = table(book, str(rng.choice(["bdx_weights", "bdx_groups", "bdx_normalised", *RANKINGS])))
    name = one.name
    book.remove(one.sheet)
    return Found("deleted", name)


def log_emptied(book: Book, rng: Random) -> Found:
    one = table(book, "bdx_log")
    _, top, right, bottom = one.bounds
    for row in range(top + 1, bottom + 1):
        for column in range(1, right + 1):
            one.sheet.cell(row, column).value = None
    return Found("no record", one.sheet.title)


# --- of workbooks whose results are values, and of copies whose results are formulas ----------------------------------


def formula_for_result(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    cells = numbers(one, one.column(*SCORE))
    cell = cells[int(rng.integers(len(cells)))]
    cell.value = f"={cell.value!r}" if rng.random() < 0.5 else f"={cell.coordinate.replace('C', 'D')}*0+{cell.value!r}"
    return Found("formula", one.sheet.title)


def constant_for_formula(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    one.sheet.cell(one.row(rng), one.column(*SCORE)).value = 42.0
    return Found("formula", one.sheet.title)


def formula_altered(book: Book, rng: Random) -> Found:
    one = ranking(book, rng)
    cell = one.sheet.cell(one.row(rng), one.column(*SCORE))
    cell.value = f"{cell.value}+0"
    return Found("formula", one.sheet.title)


def step_altered(book: Book, rng: Random) -> Found:
    place = book.defined_names["bdx_full_score"].attr_text
    sheet = book[place.partition("!")[0].strip("'")]
    cells = [c for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and c.value.startswith("=")]
    cell = cells[int(rng.integers(len(cells)))]
    cell.value = f"{cell.value}+0"
    return Found("formula", sheet.title)


def function_altered(book: Book, rng: Random) -> Found:
    book.defined_names["BDINDEX_SCORE"] = DefinedName("BDINDEX_SCORE", attr_text="42")
    return Found("function", "")


Change = Callable[[Book, Random], Found]

# Several that leave each other alone stand in one file, for a file is dear; of each rule one, so that none hides another.
DECEPTIONS: tuple[tuple[Change, ...], ...] = (
    (change_reversed, conditional_number_format, band_changed, row_below, column_beside),
    (every_rank_one, conditional_white, title_deleted),
    (scores_hidden, bars_alone, title_elsewhere),
    (scores_other, white_on_white, second_rank_inside),
    (names_other,), (raw_value_format,),
    (look_alike,), (decoy_beside_hidden_rows,), (sheet_deleted,), (log_emptied,),
)  # fmt: skip
RIGHTS: tuple[tuple[Change, ...], ...] = (
    (decimals_chosen, mean_below, sheet_hidden), (own_column, rows_filtered), (column_hidden,),
)  # fmt: skip
TOGETHER = (*DECEPTIONS, *RIGHTS)


def alone(groups: Iterable[tuple[Change, ...]]) -> list[tuple[Change, ...]]:
    return [(change,) for changes in groups for change in changes]


def called(changes: tuple[Change, ...]) -> str:
    return " ".join(change.__name__ for change in changes)


OF_VALUES = (score_as_text, formula_for_result)
OF_FORMULAS = (constant_for_formula, formula_altered, step_altered, function_altered)


def opened(data: bytes) -> Book:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of extensions that openpyxl does not know
        return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Book) -> bytes:
    """The workbook's file, the same every time it is made."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/core.xml"] = re.sub(
        rb"(:modified[^>]*>)[^<]*", rb"\g<1>2024-05-01T12:00:00Z", parts["docProps/core.xml"]
    )
    return packed(parts)
