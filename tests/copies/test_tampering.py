"""Tamperings of every kind, at random: each is found, and the cell named, whatever program saves the file afterwards.

``--tamperings`` says how many.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest

from bdindex_xl.copies.verify import Verdict, verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets.book import Block
from tests.conftest import size_of
from tests.copies.appearance.manipulations import opened, saved
from tests.copies.workbooks import lean
from tests.support import edit, office
from tests.support.books import setting_cell

pytestmark = pytest.mark.slow

Cells = dict[tuple[str, str], Any]
RESULTS = (
    "bdx_ranking_province", "bdx_ranking_city", "bdx_groups", "bdx_history", "bdx_growth", "bdx_weights", "bdx_weights_by_year",
    "bdx_normalised",
)  # fmt: skip
SETTINGS = {
    setting_cell(key): (key, values)
    for key, values in {
        "year": (2023, 2022),
        "normalisation": ("固定上下限",),
        "scope": ("全部年份",),
        "weighting": ("等权", "给定权重"),
        "weights_scope": ("全部年份",),
        "min_available": (0.5, 0.9, 1),
        "change_colours": ("绿升红降",),
    }.items()
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


def changed_input(book: FileBook, rng: np.random.Generator) -> Cells:
    block = book.read(str(rng.choice(["bdx_data_province", "bdx_data_city"])))
    i, j = int(rng.integers(block.n_rows)), int(rng.integers(3, len(block.header)))
    value = block.columns[j][i]
    new = rng.choice([None, 0.0, 150.0, 33.3, (value or 1.0) * 1.001])  # type: ignore[arg-type]
    return {(block.sheet, block.cell(i, j)): 42.0 if new is None and value is None else new}


def check_input(found: Verdict, cells: Cells) -> None:
    assert (found.inputs_changed, found.settings, found.results_changed) == (True, (), False)
    assert [(c.sheet, c.cell) for c in found.changed_inputs] == list(cells)
    assert found.differences and not found.tampered


@dataclass(frozen=True)
class Tampering:
    """A change to a finished file, and what a verification of it must say."""

    kind: str
    cells: Cells
    setting: str = ""

    def made(self, book: bytes) -> bytes:
        return edit.edited(book, self.cells)

    def check(self, found: Verdict) -> None:
        assert not found.ok
        if self.kind == "input":
            check_input(found, self.cells)
        elif self.kind == "setting":
            assert (found.inputs_changed, found.results_changed) == (False, False)
            assert [(s.key, s.sheet, s.cell) for s in found.settings] == [(self.setting, *next(iter(self.cells)))]
        else:
            check_result(found, self.cells)


KINDS = ("input", "result", "swap", "setting")


@cache
def blocks() -> tuple[FileBook, tuple[Block, ...]]:
    book = FileBook.from_bytes(lean())
    return book, tuple(book.read(name) for name in RESULTS)


def tampering(case: int) -> Tampering:
    """A tampering at random, by its number: of every kind in turn, on every result table in turn."""
    rng = np.random.default_rng(case)
    kind = KINDS[case % len(KINDS)]
    book, results = blocks()
    block = results[case // len(KINDS) % len(results)]
    if kind == "input":
        return Tampering(kind, changed_input(book, rng))
    if kind == "setting":
        cell = list(SETTINGS)[case // len(KINDS) % len(SETTINGS)]
        key, values = SETTINGS[cell]
        return Tampering(kind, {("设置", cell): values[int(rng.integers(len(values)))]}, key)
    return Tampering(kind, (changed_result if kind == "result" else swapped_results)(block, rng))


def check(one: Tampering, file: bytes) -> None:
    found = verify(FileBook.from_bytes(file))
    try:
        one.check(found)
    except AssertionError as error:
        raise AssertionError(f"{one}") from error


def test_every_tampering_is_found_and_named(request: pytest.FixtureRequest) -> None:
    for case in range(size_of(request.config, "tamperings")):
        check(one := tampering(case), one.made(lean()))


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl, of extensions it does not know
def test_what_openpyxl_has_saved_afterwards_is_found_and_named_and_what_nobody_touched_is_true(
    request: pytest.FixtureRequest,
) -> None:
    assert verify(FileBook.from_bytes(saved(opened(lean())))).ok
    for case in range(size_of(request.config, "tamperings") // 7):
        check(one := tampering(1000 + case), saved(opened(one.made(lean()))))


def test_what_libreoffice_has_saved_afterwards_is_found_and_named_and_what_nobody_touched_is_true(
    request: pytest.FixtureRequest,
) -> None:
    made = [tampering(2000 + case) for case in range(size_of(request.config, "tamperings") // 7)]
    files = [lean(), *(one.made(lean()) for one in made)]
    untouched, *others = office.converted_files(files, ".xlsm")
    assert verify(FileBook.from_bytes(untouched)).ok
    for one, file in zip(made, others, strict=True):
        check(one, file)
