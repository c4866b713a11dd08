"""The worksheet functions as LAMBDA names, calculated by an engine that knows LAMBDA, beside the functions in Python."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter

from bdindex_xl.functions import answer
from bdindex_xl.share.live import lambdas

ironcalc = pytest.importorskip("ironcalc", reason="needs ironcalc")

ONES, SIGNS, SHARES = [[1, 1, 1, 1]], [[1, -1, 1, -1]], [[4, 0, 2, 1]]
ENDS = [[0, 1, 0, 2], [9, 8, 5, 7]]
CASES: list[tuple[str, str, tuple[Any, ...]]] = [
    ("BDINDEX_NORMALISE", "", ()),
    ("BDINDEX_NORMALISE", ",{1,-1,1,-1}", (SIGNS,)),
    ("BDINDEX_NORMALISE", ",-1", (-1,)),
    ("BDINDEX_NORMALISE", ",{1,1,1,1},{0,1,0,2;9,8,5,7}", (ONES, ENDS)),
    ("BDINDEX_WEIGHTS", "", ()),
    ("BDINDEX_WEIGHTS", ",{1,-1,1,-1}", (SIGNS,)),
    ("BDINDEX_WEIGHTS", ',{1,1,1,1},"equal"', (ONES, "equal")),
    ("BDINDEX_SCORE", "", ()),
    ("BDINDEX_SCORE", ",{1,-1,1,-1}", (SIGNS,)),
    ("BDINDEX_SCORE", ",{1,1,1,1},{4,0,2,1}", (ONES, SHARES)),
    ("BDINDEX_AGGREGATE", ",{4,0,2,1}", (SHARES,)),
    ("BDINDEX_CONTRIBUTION", "", ()),
    ("BDINDEX_NORMALISE", ",{1,1,1,1},{0,1,0,2;9,8,5,7},10", (ONES, ENDS, 10)),
    ("BDINDEX_NORMALISE", ",,,1", (None, None, 1)),
    ("BDINDEX_SCORE", ",{1,-1,1,-1},,,1", (SIGNS, None, None, 1)),
    ("BDINDEX_CONTRIBUTION", ",{1,1,1,1},{4,0,2,1},,10", (ONES, SHARES, None, 10)),
    ("BDINDEX_RANK", "", ()),
    ("BDINDEX_RANK", ",1", (1,)),
]
N, M = 7, 4


def block(seed: int) -> list[list[float | None]]:
    draw = np.random.default_rng(seed)
    values = np.where(draw.random((N, M)) < 0.15, np.nan, draw.integers(0, 9, (N, M)) + (draw.random((N, M)) < 0.3) / 8)
    if seed % 3 == 0:
        values[:, 1] = 5.0  # tells nothing
    values[-1] = draw.integers(0, 9, M)  # no blank row at the end, which a reference would not count
    return [[None if value != value else float(value) for value in row] for row in values]


def calculated(file: Path, values: list[list[Any]], formulas: list[str]) -> list[list[list[Any]]]:
    """What each formula spills, over as many cells as the block has."""
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("S")
    for i, row in enumerate(values):
        for j, value in enumerate(row):
            if value is not None:
                sheet.write(i, j, value)
    for name, text in lambdas.names("en").items():
        book.define_name(name, f"={text}")
    for k, formula in enumerate(formulas):
        top = 20 * (k + 1)
        sheet.write_dynamic_array_formula(top, 0, top, 0, formula)
    book.close()
    model = ironcalc.load_from_xlsx(str(file), "en", "UTC")
    model.evaluate()
    tops = [20 * (k + 1) + 1 for k in range(len(formulas))]
    return [[[model.get_cell_value(0, top + i, 1 + j) for j in range(M)] for i in range(N)] for top in tops]


@pytest.mark.parametrize("seed", range(12))
def test_they_answer_as_the_functions_do(tmp_path: Path, seed: int) -> None:
    values = block(seed)
    found = calculated(tmp_path / "a.xlsx", values, [f"={name}(A1:D{N}{rest})" for name, rest, _ in CASES])
    for (name, rest, arguments), cells in zip(CASES, found, strict=True):
        expected = answer(name, "en", values, *arguments)
        if isinstance(expected, str):  # one sentence there; blanks or nothing here
            continue
        for i, row in enumerate(expected):
            for j, value in enumerate(row):
                cell = cells[i][j]
                assert cell == (pytest.approx(value, abs=1e-9) if value != "" else ""), (name, rest, i, j)


def test_rank_changes(tmp_path: Path) -> None:
    values: list[list[float | None]] = [[1.0, 3.0, None, None], [2.0, None, None, None], [None, 1.0, None, None]]
    (found,) = calculated(tmp_path / "a.xlsx", values, ["=BDINDEX_RANKCHANGE(A1:A3,B1:B3)"])
    assert [row[0] for row in found[:3]] == [2.0, "new", ""]


def test_each_is_stored_as_files_spell_it() -> None:
    for text in lambdas.names("zh").values():
        assert text.startswith("_xlfn.LAMBDA(")
        assert "\n" not in text
        assert "[" not in text
        assert len(text) < 8192


def test_no_parameter_reads_as_a_cell_a_row_or_a_column() -> None:
    """Excel takes r and c for references to a row and a column, and a1 or r1c1 for a cell: the name would be refused."""
    cell = re.compile(r"r|c|r[0-9]*c[0-9]*|[a-z]{1,3}[0-9]+", re.IGNORECASE)
    for text in lambdas.names("zh").values():
        named = set(re.findall(r"_xl(?:pm|op)\.(\w+)", text))
        assert named and not [name for name in named if cell.fullmatch(name)]


def test_a_method_that_no_formula_stands_for_is_an_error_and_not_another_answer(tmp_path: Path) -> None:
    formulas = [
        '=BDINDEX_SCORE(A1:D7,{1,1,1,1},,"entropy")',
        '=BDINDEX_AGGREGATE(A1:D7,{1,1,1,1},"geometric")',
        '=BDINDEX_WEIGHTS(A1:D7,{1,1,1,1},"PCA")',
    ]
    for spilled in calculated(tmp_path / "a.xlsx", block(1), formulas):
        assert spilled[0][0] == "#N/A"


def test_no_argument_is_spelled_like_a_cell() -> None:
    # A formula with an argument c is taken in A1 style, and not when somebody enters it again in R1C1 style.
    for text in lambdas.names("en").values():
        bound = set(re.findall(r"_xl[po][mp]\.(\w+)", text))
        assert bound
        assert not [name for name in bound if re.fullmatch(r"[rc]\d*|r\d*c\d*|[a-z]{1,3}\d+", name, re.IGNORECASE)]
