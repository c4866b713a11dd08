"""The live twin: whatever raw value changes, every program that calculates it obtains what the engine obtains."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.live.capacity import NoFormulas
from bdindex_xl.share.live.live_copy import live
from bdindex_xl.share.twin import Wanted
from bdindex_xl.share.twin import make as make_twin
from tests.conftest import size_of
from tests.share import engines, random_books
from tests.support import lint, office
from tests.support.books import small_book
from tests.support.pocket import pocket_book
from tests.support.slim import slim
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401

pytestmark = pytest.mark.slow

SHIPPED = Path(__file__).resolve().parents[2] / "workbook" / "BigDataIndex.xlsm"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "random_seed" in metafunc.fixturenames:
        metafunc.parametrize("random_seed", range(size_of(metafunc.config, "random-books")))


@cache
def twin_of(book: bytes) -> bytes:
    return make_twin(book, Wanted(), now=dt.datetime(2026, 1, 2)).data


UNITS = "code,name,ranking,区域\n1,甲省,province,东\n2,乙省,province,东\n3,丙省,province,西\n"
UNITS_AND_VALUES = (("1", "70,50,5"), ("2", "30,50,2"), ("3", "10,50,3"))


def some_changes(book: bytes, seed: int, n: int) -> dict[tuple[str, str], float | None]:
    """New raw values at random, some taken away; never a row's last, with which the engine leaves out the row, nor any
    in rows of earlier years that are blank, which a copy has not."""
    draw, read = random.Random(seed), FileBook.from_bytes(book)
    changes: dict[tuple[str, str], float | None] = {}
    names = [name for name in read.tables() if name.startswith("bdx_data")]
    for _ in range(n):
        block = read.read(draw.choice(names))
        i, j = draw.randrange(block.n_rows), draw.randrange(3, len(block.header))
        others = [k for k in range(3, len(block.header)) if k != j and block.columns[k][i] is not None]
        shown = block.columns[0][i] == max(block.columns[0])
        if not shown and not others and block.columns[j][i] is None:
            continue
        stays = any((block.sheet, block.cell(i, k)) not in changes for k in others)
        changes[block.sheet, block.cell(i, j)] = None if stays and draw.random() < 0.2 else float(draw.randint(0, 30))
    return changes


def changes_taken(book: bytes, seed: int, n: int) -> tuple[dict[tuple[str, str], float | None], FileBook]:
    """Such changes as the engine takes, and what it makes of them."""
    for number in range(seed, seed + 100_000, 1000):
        changes = some_changes(book, number, n)
        try:
            return changes, engines.expected(book, changes)
        except SheetErrors:  # a value that the method cannot take
            continue
    raise AssertionError("no changes that the engine takes")


def shipped(config: pytest.Config) -> tuple[bytes, int]:
    """With a few of its cities and years, with all in the long run; how many result cells it has at least."""
    return (SHIPPED.read_bytes(), 50_000) if config.getoption("--long") else (slim(pocket_book()), 4_000)


def test_the_shipped_workbook_in_ironcalc(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    book, most = shipped(pytestconfig)
    twin, changes = live(book), some_changes(book, 1, 40)
    cell = engines.in_ironcalc(twin, changes, tmp_path / "a.xlsx")
    n, bad = engines.differences(twin, cell, engines.expected(book, changes))
    assert bad == []
    assert n > most


def test_the_shipped_workbook_in_libreoffice(excel: xw.App, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    book, most = shipped(pytestconfig)
    twin, changes = live(book), some_changes(book, 2, 40)
    (tmp_path / "a.xlsx").write_bytes(office.quick_to_open(twin))
    cell = engines.in_libreoffice(xw.Book(tmp_path / "a.xlsx"), changes)
    n, bad = engines.differences(twin, cell, engines.expected(book, changes))
    assert bad == []
    assert n > most


def test_random_indices(excel: xw.App, tmp_path: Path, random_seed: int) -> None:
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    book = random_books.made(random_seed, formulas=True)
    twin = live(book)
    (tmp_path / "a.xlsx").write_bytes(office.quick_to_open(twin))
    changes, reference = changes_taken(book, random_seed, 6)
    found: dict[str, Any] = {
        "ironcalc": engines.in_ironcalc(twin, changes, tmp_path / "b.xlsx"),
        "LibreOffice": engines.in_libreoffice(xw.Book(tmp_path / "a.xlsx"), changes),
    }
    for program, cell in found.items():
        assert engines.differences(twin, cell, reference)[1][:5] == [], program


def test_goalposts_as_the_normalisation_and_weights_given_at_a_parent_are_what_formulas_compute(tmp_path: Path) -> None:
    """Formulas followed the scope and the weighting of the settings once: 65, 35, 20 became 100, 31, 24."""
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    header = "code,name,parent,direction,weight,lower,upper,measure,normalisation,weighting\n"
    nodes = "I,总指数,,,,,,,,given\na,甲,I,1,3,0,100,,,\nb,乙,I,-1,1,0,100,,goalposts,\nc,丙,I,1,1,,,,min-max,\n"
    data = "year,unit,a,b,c\n" + "".join(f"2024,{unit},{values}\n" for unit, values in UNITS_AND_VALUES)
    settings = {"normalisation": "goalposts"}
    book = slim(small_book(tmp_path, "en", settings, framework=header + nodes, units=UNITS, data=data))
    twin = live(engines.expected(book, {}).to_bytes())
    cell = engines.in_ironcalc(twin, {}, tmp_path / "a.xlsx")
    n, bad = engines.differences(twin, cell, engines.expected(book, {}))
    assert bad == [] and n > 50


def test_every_choice_of_method_has_formulas_or_is_named_as_the_reason_for_values(
    tmp_path: Path, random_seed: int
) -> None:
    pytest.importorskip("ironcalc", reason="needs ironcalc")
    book = random_books.made(random_seed + 500)
    copy = make_twin(book, Wanted(), now=dt.datetime(2026, 1, 2))
    if not copy.live:
        with pytest.raises(NoFormulas, match="no formulas are written for these choices of method: ") as reason:
            live(book)
        assert any(str(reason.value) in str(note) for note in copy.notes)
        return
    twin = copy.data
    changes, reference = changes_taken(book, random_seed, 6)
    cell = engines.in_ironcalc(twin, changes, tmp_path / "b.xlsx")
    assert engines.differences(twin, cell, reference)[1][:5] == []


def test_its_cached_values_are_the_engines(pytestconfig: pytest.Config) -> None:
    book = shipped(pytestconfig)[0]
    twin = twin_of(book)
    read = FileBook.from_bytes(twin)
    blocks = {name: read.read(name) for name in read.tables()}
    by_sheet = {block.sheet: block for block in blocks.values()}

    def cell(sheet: str, row: int, column: int) -> Any:
        block = by_sheet[sheet]
        values = block.columns[column - block.column]
        i = row - block.row - 1
        return values[i] if i < len(values) else None

    assert engines.differences(twin, cell, engines.expected(book, {}))[1] == []


def test_it_is_small(pytestconfig: pytest.Config) -> None:
    most = 3_600_000 if pytestconfig.getoption("--long") else 700_000
    assert len(twin_of(shipped(pytestconfig)[0])) < most


@pytest.mark.parametrize("seed", [0, 3])
def test_the_sdk_and_the_lint_find_no_fault(tmp_path: Path, seed: int, pytestconfig: pytest.Config) -> None:
    """By the lint for both; by the SDK for one, and for both in the long run."""
    twin = live(random_books.made(seed, formulas=True, whole=True))
    assert lint.lint(twin) == []
    if seed or pytestconfig.getoption("--long"):
        assert office.validation_errors(twin, ".xlsm") == []
