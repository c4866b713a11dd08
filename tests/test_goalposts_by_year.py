"""Goalposts by year: a year with ends of its own is scored between these, all other years between the framework's."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.analysis.overtake import to_pass_next
from bdindex_xl.analysis.robustness.removal import without_indicator
from bdindex_xl.commands.output.diff import told
from bdindex_xl.commands.output.sentences import Lists
from bdindex_xl.copies.diff import Copy, diff
from bdindex_xl.copies.verify import verify
from bdindex_xl.engine.changed import changed
from bdindex_xl.engine.compute import compute
from bdindex_xl.errors import FrameworkError
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel
from bdindex_xl.model.yearly import YearGoalposts
from bdindex_xl.share.live.live_copy import live
from bdindex_xl.share.live.refs import SheetRef
from bdindex_xl.share.twin import Wanted, make
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.digest import digest_of
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import FRAMEWORK, small_book

pytestmark = pytest.mark.slow

METHOD = Method(normalisation="goalposts", weighting="equal")
NOW = dt.datetime(2024, 5, 1, 12)
Yearly = tuple[str, int, float, float]


def framework(*yearly: Yearly, **fields: Any) -> Framework:
    """Income between 0 and 100, and waste between 0 and 10, of which less is better."""
    records = [
        {"code": "I"},
        {"code": "income", "parent": "I", "lower": 0, "upper": 100, **fields},
        {"code": "waste", "parent": "I", "direction": -1, "lower": 0, "upper": 10},
    ]
    return Framework.from_records(records, goalposts_by_year=yearly)


def panel(values: Any) -> Panel:
    values = np.asarray(values, dtype=float)
    years = tuple(range(2022, 2022 + len(values)))
    return Panel(years, tuple(f"u{k}" for k in range(values.shape[1])), ("income", "waste"), values)


def test_a_year_with_a_row_goes_by_it_and_the_others_by_the_framework() -> None:
    """Between 50 and 150, 100 is half of the way; the least waste counts in every year."""
    data = panel([[[50, 4], [100, 10]]] * 3)
    found = compute(framework(("income", 2023, 50, 150), ("waste", 2024, 4, 8)), data, METHOD).normalised_array
    np.testing.assert_allclose(found[0], [[0.5, 0.6], [1.0, 0.0]], atol=1e-15)
    np.testing.assert_allclose(found[1], [[0.0, 0.6], [0.5, 0.0]], atol=1e-15)
    np.testing.assert_allclose(found[2], [[0.5, 1.0], [1.0, 0.0]], atol=1e-15)


def test_the_ends_of_a_year_are_transformed_as_the_framework_s() -> None:
    """ln 10 is half of the way from ln 1 to ln 100, and ln 100 from ln 10 to ln 1000."""
    own = framework(("income", 2023, 10, 1000), transformation="ln", lower=1)
    found = compute(own, panel([[[10, 1], [100, 1]]] * 2), METHOD).normalised_array[:, :, 0]
    np.testing.assert_allclose(found, [[0.5, 1.0], [0.0, 0.5]], atol=1e-15)
    turned = framework(("income", 2023, 2, 4), transformation="reciprocal", lower=1, upper=2)
    found = compute(turned, panel([[[2, 1], [4, 1]]] * 2), METHOD).normalised_array[:, :, 0]
    np.testing.assert_allclose(found, [[0.0, 0.0], [1.0, 0.0]], atol=1e-15)


def test_what_is_normalised_otherwise_and_years_without_data_mind_none() -> None:
    data, yearly = panel(np.arange(12.0).reshape(2, 3, 2)), (("income", 2023, -9, 99), ("waste", 1999, 1, 2))
    for method in (Method(), Method(normalisation="z-score")):
        ours, plain = (compute(one, data, method).node_array for one in (framework(*yearly), framework()))
        np.testing.assert_array_equal(ours, plain)
    one = framework(yearly[1])
    np.testing.assert_array_equal(compute(one, data, METHOD).node_array, compute(framework(), data, METHOD).node_array)


VALUE = st.floats(-1e3, 1e3).map(lambda value: round(value, 3))
ENDS = st.tuples(VALUE, st.floats(0.5, 1e3).map(lambda value: round(value, 3))).map(
    lambda two: (two[0], two[0] + two[1])
)


@given(st.lists(st.tuples(VALUE, VALUE), min_size=6, max_size=6), st.lists(ENDS, min_size=2, max_size=2))
def test_each_year_scores_as_though_it_were_alone_with_its_ends(
    values: list[tuple[float, float]], ends: list[tuple[float, float]]
) -> None:
    """Also: rows that say what the framework says change nothing."""
    data = panel(np.array(values).reshape(2, 3, 2))
    both = framework(("income", 2023, *ends[0]), ("waste", 2023, *ends[1]), ("income", 2022, 0, 100))
    alone = Framework.from_records(
        [
            {"code": "I"},
            {"code": "income", "parent": "I", "lower": ends[0][0], "upper": ends[0][1]},
            {"code": "waste", "parent": "I", "direction": -1, "lower": ends[1][0], "upper": ends[1][1]},
        ]
    )
    last = Panel((2023,), data.units, data.indicators, data.values[1:])
    found = compute(both, data, METHOD)
    np.testing.assert_allclose(found.normalised_array[1:], compute(alone, last, METHOD).normalised_array, atol=1e-12)
    np.testing.assert_allclose(
        found.normalised_array[0], compute(framework(), data, METHOD).normalised_array[0], atol=1e-12
    )


@pytest.mark.parametrize(
    ("yearly", "message"),
    [
        (("I", 2023, 0, 1), "goalposts by year: expected an indicator that has goalposts in the framework, and is not two-sided, found I"),
        (("income", 2023, 5, 5), "income in 2023: expected lower below upper by a finite difference, found 5.0 and 5.0"),
        (("income", 2023, 1, "x"), "goalposts by year: expected a code, a year, a lower and an upper end, found ('income', 2023, 1, 'x')"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(yearly: Any, message: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        framework(yearly)
    assert caught.value.text("en") == message


def test_a_pair_of_a_year_comes_once() -> None:
    with pytest.raises(FrameworkError) as caught:
        framework(("income", 2023, 0, 5), ("income", 2023, 0, 6))
    assert caught.value.text("en") == "income in 2023: expected goalposts once"


def test_values_are_told_as_held_at_the_ends_of_their_year() -> None:
    data = panel([[[120, 1], [-5, 1]], [[120, 1], [40, 1]]])
    found = changed(framework(("income", 2023, 50, 150)), data, METHOD)
    assert found.used[:, :, 0].tolist() == [[100, 0], [120, 50]]
    assert np.argwhere(found.above).tolist() == [[0, 0, 0]] and np.argwhere(found.below).tolist() == [
        [0, 1, 0],
        [1, 1, 0],
    ]


def test_without_an_indicator_its_ends_go_too() -> None:
    own = framework(("income", 2023, 0, 5), ("waste", 2023, 0, 6))
    assert without_indicator(own, "income").goalposts_by_year == (YearGoalposts("waste", 2023, 0, 6),)


def test_what_would_overtake_is_found_between_the_ends_of_the_year() -> None:
    """u0 at (60, 5) has (0.1 + 0.5) / 2; u1 at (80, 5) has (0.3 + 0.5) / 2. Just above 80 passes."""
    data = Panel((2023,), ("u0", "u1"), ("income", "waste"), np.array([[[60.0, 5.0], [80.0, 5.0]]]))
    needed = to_pass_next(framework(("income", 2023, 50, 150)), data, METHOD, unit="u0").needed
    assert needed.tolist() == pytest.approx([80.0, 3.0], abs=1e-6)


def test_every_field_is_in_the_digest_and_without_any_the_digest_is_as_it_was() -> None:
    one = YearGoalposts("income", 2023, 0.0, 50.0)
    others = [
        dataclasses.replace(one, code="waste"), dataclasses.replace(one, year=2022),
        dataclasses.replace(one, lower=1.0), dataclasses.replace(one, upper=51.0),
    ]  # fmt: skip
    made = {digest_of(dataclasses.replace(framework(), goalposts_by_year=(other,))) for other in (one, *others)}
    assert len(made) == 1 + len(dataclasses.fields(one)) and digest_of(framework()) not in made
    assert digest_of(framework()) == "2:dbdcbfd60a155fb66aeea4ff0e5174a93098a2a84cbc52a835d7e6c4acd7808b"


# --- in a workbook ------------------------------------------------------------------------------------------------------

GOALPOSTS = "code,year,lower,upper\na1,2024,0,40\nb2,2024,5,7\n"


@cache
def _book(goalposts: str, lang: Any = "en") -> bytes:
    files = {"goalposts": goalposts} if goalposts else {}
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(
            small_book(Path(folder), lang, {"normalisation": "goalposts"}, framework=FRAMEWORK, **files)
        )
    recalculate(book, now=NOW)
    return book.to_bytes()


def test_a_file_of_them_becomes_a_sheet_that_is_read_back() -> None:
    book = FileBook.from_bytes(_book(GOALPOSTS))
    assert book.tables()[schema.GOALPOSTS.table] == "Goalposts by year"
    assert list(zip(*book.read(schema.GOALPOSTS.table).columns, strict=True)) == [
        ("a1", 2024, 0, 40),
        ("b2", 2024, 5, 7),
    ]
    inputs = read_inputs(book)
    assert inputs.framework.goalposts_by_year == (YearGoalposts("a1", 2024, 0, 40), YearGoalposts("b2", 2024, 5, 7))
    scores = book.read("bdx_normalised")
    of = {(row[0], row[2]): row[4:] for row in zip(*scores.columns, strict=True)}
    assert (of[2024, "110000"][0], of[2023, "110000"][0], of[2024, "120000"][3]) == (100.0, 10.0, 0.0)
    treated = [row for row in zip(*book.read("bdx_treated").columns, strict=True) if row[4] == "b2"]
    assert ("2024", "130000", 9.0, 7.0) in {(f"{row[0]:g}", row[2], row[6], row[7]) for row in treated}
    assert verify(book).ok


def test_a_changed_value_is_told_by_the_ends_of_its_year() -> None:
    book = FileBook.from_bytes(_book(GOALPOSTS))
    block = book.read("bdx_data_province")
    i = next(i for i in range(block.n_rows) if (block.columns[0][i], block.columns[1][i]) == (2024, "120000"))
    j = block.header.index("企业")
    book.set_cells("bdx_data_province", {(i, j): 24.0})
    [found] = verify(FileBook.from_bytes(book.to_bytes())).changed_inputs
    assert (found.year, found.before, found.now) == (2024, pytest.approx(20.0, abs=1e-9), 24.0)


def test_diff_names_the_year_and_the_ends() -> None:
    copies = []
    for text in (GOALPOSTS, GOALPOSTS.replace("0,40", "0,80")):
        book = FileBook.from_bytes(_book(text))
        copies.append(Copy(book, read_inputs(book)))
    found = diff(*copies)
    [change] = found.framework
    assert (change.what, change.old, change.new) == (("a1", "Goalposts by year 2024"), "0 – 40", "0 – 80")
    [line] = [line for line in told(found, Lists("en", None)) if "Goalposts" in line]
    assert line == "  Goalposts by year!C4 a1 Goalposts by year 2024: “0 – 40” → “0 – 80”"


def test_formulas_of_a_live_copy_point_at_the_ends_of_the_year() -> None:
    """What they compute: tests/share/test_live_parents.py."""
    copy = FileBook.from_bytes(live(_book(GOALPOSTS)))
    ends = copy.read(schema.GOALPOSTS.table)
    place = SheetRef(ends.sheet).cell(ends.row + 1, ends.column + 2)
    assert any(place in cell.text for cell in copy.formula_cells())


def test_without_raw_data_the_ends_go() -> None:
    bare = FileBook.from_bytes(make(_book(GOALPOSTS), Wanted(no_raw=True), now=NOW).data)
    assert bare.read(schema.GOALPOSTS.table).columns[2:] == ([None, None], [None, None])
