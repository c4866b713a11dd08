"""Tamperings of every kind, at random: each is found, and the cell named. ``--fuzz-cases`` says how many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bdindex_xl.checks.verify import Verdict, verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets.book import Block
from tests.checks.workbooks import calculated
from tests.conftest import size_of
from tests.support import edit

Cells = dict[tuple[str, str], Any]
RESULTS = ("bdx_ranking_province", "bdx_ranking_city", "bdx_groups", "bdx_weights", "bdx_normalised")
SETTINGS = {
    "B6": ("year", (2023, 2022)),
    "B10": ("normalisation", ("固定上下限",)),
    "B11": ("scope", ("全部年份",)),
    "B12": ("weighting", ("等权", "给定权重")),
    "B15": ("weights_scope", ("全部年份",)),
    "B18": ("min_available", (0.5, 0.9, 1)),
    "B19": ("change_colours", ("绿升红降",)),
}


def other(value: Any, rng: np.random.Generator) -> Any:
    """A value that is not that one, mostly close to it."""
    if isinstance(value, str):
        return value + "′"
    if value is None:
        return 1.0
    if float(value).is_integer() and rng.random() < 0.5:
        return float(value) + float(rng.choice([-1, 1, 7]))
    return float(value) + float(rng.choice([1e-7, -1e-4, 0.01, 3.0]))


def changed_result(block: Block, rng: np.random.Generator) -> Cells:
    i, j = int(rng.integers(block.n_rows)), int(rng.integers(len(block.header)))
    return {(block.sheet, block.cell(i, j)): other(block.columns[j][i], rng)}


def swapped_results(block: Block, rng: np.random.Generator) -> Cells:
    while True:
        j = int(rng.integers(len(block.header)))
        a, b = rng.choice(block.n_rows, 2, replace=False).tolist()
        one, two = block.columns[j][a], block.columns[j][b]
        if one != two and not (isinstance(one, float) and isinstance(two, float) and abs(one - two) < 1e-6):
            return {(block.sheet, block.cell(a, j)): two, (block.sheet, block.cell(b, j)): one}


def check_result(found: Verdict, cells: Cells) -> None:
    assert (found.inputs_changed, found.settings, found.results_changed) == (False, (), True)
    assert {(d.sheet, d.cell) for d in found.differences} == set(cells)
    assert found.tampered == found.differences


def changed_input(opened: FileBook, rng: np.random.Generator) -> Cells:
    block = opened.read(str(rng.choice(["bdx_data_province", "bdx_data_city"])))
    i, j = int(rng.integers(block.n_rows)), int(rng.integers(3, len(block.header)))
    value = block.columns[j][i]
    new = rng.choice([None, 0.0, 150.0, 33.3, (value or 1.0) * 1.001])  # type: ignore[arg-type]
    return {(block.sheet, block.cell(i, j)): 42.0 if new is None and value is None else new}


def check_input(found: Verdict, cells: Cells) -> None:
    assert (found.inputs_changed, found.settings, found.results_changed) == (True, (), False)
    assert [(c.sheet, c.cell) for c in found.changed_inputs] == list(cells)
    assert found.differences and not found.tampered


def test_every_tampering_is_found_and_named(request: pytest.FixtureRequest) -> None:
    book = calculated()
    opened = FileBook.from_bytes(book)
    blocks = [opened.read(name) for name in RESULTS]
    for case in range(size_of(request.config, "fuzz-cases")):
        rng = np.random.default_rng(case)
        kind = ("input", "result", "swap", "setting")[case % 4]
        block = blocks[int(rng.integers(len(blocks)))]
        key = ""
        if kind == "input":
            cells = changed_input(opened, rng)
        elif kind == "setting":
            cell = str(rng.choice(list(SETTINGS)))
            key, values = SETTINGS[cell]
            cells = {("设置", cell): values[int(rng.integers(len(values)))]}
        else:
            cells = (changed_result if kind == "result" else swapped_results)(block, rng)
        found = verify(FileBook.from_bytes(edit.edited(book, cells)))
        assert not found.ok, (case, cells)
        try:
            if kind == "input":
                check_input(found, cells)
            elif kind == "setting":
                assert (found.inputs_changed, found.results_changed) == (False, False)
                assert [(s.key, s.sheet, s.cell) for s in found.settings] == [(key, *next(iter(cells)))]
            else:
                check_result(found, cells)
        except AssertionError as error:
            raise AssertionError(f"case {case}, {kind}: {cells}") from error
