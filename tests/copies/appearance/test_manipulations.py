"""Every manipulation by which a reader sees something else is found and named; what is a reader's right is listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from bdindex_xl.copies.verify import Verdict, verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.share import twin
from bdindex_xl.share.live.anew import remade
from bdindex_xl.tasks.recalculate import recalculate
from tests.copies.appearance import manipulations as made
from tests.copies.appearance.manipulations import Found
from tests.support import edit, office
from tests.support.books import small_book
from tests.support.slim import slim

pytestmark = pytest.mark.slow

NOW = dt.datetime(2024, 5, 1, 12)
OWN = {"workbook": made.alone([made.OF_VALUES]), "copy": made.alone([made.OF_FORMULAS])}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Several manipulations a file, and a third of the files of copies; in the long run each alone, of both."""
    if "changes" in metafunc.fixturenames:
        if metafunc.config.getoption("--long"):
            cases = [(kind, one) for kind, own in OWN.items() for one in (*made.alone(made.TOGETHER), *own)]
        else:
            some = {"workbook": made.TOGETHER, "copy": made.TOGETHER[::3]}
            cases = [(kind, changes) for kind, own in OWN.items() for changes in (*some[kind], *own)]
        metafunc.parametrize(
            ("kind", "changes"), cases, ids=[f"{kind}: {made.called(changes)}" for kind, changes in cases]
        )


@cache
def whole(kind: str, lang: Lang) -> bytes:
    """As users have it, with every sheet."""
    return base(kind, lang, lambda book: book)


@cache
def base(kind: str, lang: Lang, of: Callable[[bytes], bytes] = slim) -> bytes:
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(small_book(Path(folder), lang))
    recalculate(book, now=NOW)
    made = of(book.to_bytes())
    return made if kind == "workbook" else twin.make(made, twin.Wanted(), now=NOW).data


def verdict(book: bytes) -> Verdict:
    return verify(FileBook.from_bytes(book), remake=remade)


def manipulated(kind: str, changes: tuple[made.Change, ...], seed: int) -> tuple[bytes, list[Found]]:
    """A file with the changes. openpyxl keeps no value of a formula: those of a copy have none until it is opened."""
    book, rng = made.opened(base(kind, "en" if seed % 2 else "zh")), np.random.default_rng(seed)
    found = [change(book, rng) for change in changes]
    return made.saved(book), found


def assert_found(seen: Verdict, found: Found) -> None:
    if found.rule == "no record":
        assert not seen.ok and seen.recorded is None
    elif found.rule == "deleted":
        assert not seen.ok and found.sheet in seen.deleted
    else:
        told = seen.deceiving if found.deceives else seen.shown_differently
        named = [(one.rule, one.sheet) for one in told]
        assert (found.rule, found.sheet) in named, (found, [(s.rule, s.place, s.found.en) for s in seen.sightings])
        assert not (seen.ok and found.deceives)


def assert_all_found(seen: Verdict, found: list[Found]) -> None:
    assert seen.ok is not any(one.deceives for one in found), (seen.differences, seen.deceiving, seen.missing)
    for one in found:
        assert_found(seen, one)


def test_a_manipulation_is_found_and_named(kind: str, changes: tuple[made.Change, ...]) -> None:
    book, found = manipulated(kind, changes, seed=sum(map(ord, made.called(changes))))
    assert_all_found(verdict(book), found)


@pytest.mark.sampled(chosen=lambda kind, lang: lang == {"workbook": "zh", "copy": "en"}[kind])
@pytest.mark.parametrize("kind", OWN)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untouched_workbook_raises_no_alarm(kind: str, lang: Lang) -> None:
    """A workbook in Chinese and a copy in English; in the long run both in both."""
    seen = verdict(whole(kind, lang))
    assert seen.ok and not seen.sightings
    resaved = verdict(made.saved(made.opened(whole(kind, lang))))
    assert resaved.ok and {one.rule for one in resaved.sightings} <= {"uncalculated"}


@pytest.mark.parametrize("formula", ["99.9", '"Other"', "RAND()", "C6"])
def test_a_formula_with_the_value_of_the_result_it_replaces_is_found(formula: str) -> None:
    book = base("workbook", "zh")
    block = FileBook.from_bytes(book).read("bdx_ranking_city")
    for j, kind in ((1, "str"), (2, "n")):
        cell = edit.Raw(kind, f"<f>{formula}</f><v>{block.columns[j][0]}</v>")
        seen = verdict(edit.edited(book, {(block.sheet, block.cell(0, j)): cell}))
        assert [(s.rule, s.place, s.found.en) for s in seen.deceiving] == [
            ("formula", f"{block.sheet}!{block.cell(0, j)}", f"the formula ={formula}")
        ]
        assert not seen.ok and not seen.differences


@pytest.mark.parametrize("formula", ["99.9", "RAND()", "[1]Sheet1!A1", "NOW()-1"])
def test_a_formula_among_the_raw_data_fails_where_its_value_will_be_another(formula: str) -> None:
    book = base("workbook", "zh")
    block = FileBook.from_bytes(book).read("bdx_data_province")
    assert block.columns[3][0] == 10.0
    place = block.sheet, block.cell(0, 3)
    opened = FileBook.from_bytes(edit.edited(book, {place: edit.Raw("n", f"<f>{formula}</f><v>10</v>")}))
    recalculate(opened, now=NOW)  # though the results were computed from it
    seen = verdict(opened.to_bytes())
    assert [(s.rule, s.sheet, s.cell) for s in seen.deceiving] == [("input formula", *place)]
    assert not seen.ok


def test_all_are_found_in_files_that_libreoffice_has_saved(pytestconfig: pytest.Config) -> None:
    """A third of the files, of copies those of formulas alone, and of each kind one nobody touched, but for the long run:
    what is found is the same."""
    whole_of_it: bool = pytestconfig.getoption("--long")
    untouched: list[tuple[str, Lang]] = [("workbook", "zh"), ("copy", "en")]
    if whole_of_it:
        untouched += [("workbook", "en"), ("copy", "zh")]
    files: list[tuple[bytes, list[Found]]] = [(base(kind, lang), []) for kind, lang in untouched]
    for kind, own in (("workbook", made.OF_VALUES), ("copy", made.OF_FORMULAS)):
        some = {"workbook": (*made.TOGETHER[1::3], own), "copy": (own,)}[kind]
        for seed, changes in enumerate((*made.TOGETHER, own) if whole_of_it else some):
            files.append(manipulated(kind, changes, seed))
    for book, (_, found) in zip(office.converted_files([book for book, _ in files]), files, strict=True):
        assert_all_found(verdict(book), found)


def test_notes_of_another_version_are_told_of_and_no_fault() -> None:
    book = base("workbook", "zh")
    opened = FileBook.from_bytes(book)
    log, ranking = opened.read("bdx_log"), opened.read("bdx_ranking_city")
    note = {(ranking.sheet, "A2"): "得分 0–100。"}
    older = verdict(edit.edited(book, {**note, (log.sheet, log.cell(0, 1)): "0.0.9"}))
    assert older.ok and [(s.rule, s.place) for s in older.shown_differently] == [("note", f"{ranking.sheet}!A2")]
    assert not verdict(edit.edited(book, note)).ok
