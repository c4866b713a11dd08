"""Of a copy without raw data all is told that can be: what its reader sees, and whether results agree among themselves."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from bdindex_xl.cli import main
from bdindex_xl.commands.output import standings
from bdindex_xl.commands.output.sentences import Lists
from bdindex_xl.copies.without_raw import VerdictWithoutRaw, verify
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.share import twin
from bdindex_xl.sheets.fingerprint import Fingerprint
from tests.copies.appearance import manipulations as made
from tests.copies.appearance.opened_tables import table
from tests.copies.workbooks import NOW, calculated, lean
from tests.support import edit, office

pytestmark = pytest.mark.slow

OF_RAW = (made.raw_value_format, made.log_emptied)  # of what is not there, or is no matter where nothing is compared
TOGETHER = [changes for changes in (*made.TOGETHER, *made.alone([made.OF_VALUES])) if changes[0] not in OF_RAW]


@cache
def copy(lang: Lang = "zh") -> bytes:
    return twin.make(lean(lang), twin.Wanted(no_raw=True), now=NOW).data


def whole(lang: Lang) -> bytes:
    """With the sheets around inputs and results, too."""
    return twin.make(calculated(lang), twin.Wanted(no_raw=True), now=NOW).data


@cache
def published() -> Fingerprint:
    return verify(FileBook.from_bytes(copy()), None).fingerprint


def standing(book: bytes) -> VerdictWithoutRaw:
    return verify(FileBook.from_bytes(book), published())


@pytest.mark.sampled(chosen=lambda lang: lang == "zh")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untouched_copy_raises_no_alarm_and_is_as_expected(lang: Lang) -> None:
    """One in Chinese, and in the long run one in English."""
    for book in (copy(lang), untouched := whole(lang), made.saved(made.opened(untouched))):
        found = verify(FileBook.from_bytes(book), None)
        assert found.sound and found.looked_at and not found.sightings and not found.ok
        assert verify(FileBook.from_bytes(book), found.fingerprint._replace(inputs="?")).ok


@pytest.mark.parametrize("together", TOGETHER, ids=made.called)
def test_a_manipulation_is_found_and_named(together: tuple[made.Change, ...], pytestconfig: pytest.Config) -> None:
    """In one file those that may stand together; in the long run each in its own."""
    for changes in made.alone([together]) if pytestconfig.getoption("--long") else [together]:
        book, rng = made.opened(copy()), np.random.default_rng(5)
        found = [change(book, rng) for change in changes]
        seen = standing(made.saved(book))
        for one in found:
            if one.rule == "deleted":
                assert seen.deleted == (one.sheet,)
            else:
                told = seen.deceiving if one.deceives else seen.shown_differently
                assert (one.rule, one.sheet) in [(sighting.rule, sighting.sheet) for sighting in told]
        assert seen.sound is not any(one.deceives for one in found)


def test_ranks_and_changes_that_do_not_follow_are_named() -> None:
    block = FileBook.from_bytes(copy()).read("bdx_ranking_city")
    rank, change = (block.header.index(text) for text in ("规模排名", "排名变化"))
    i = next(i for i, value in enumerate(block.columns[change]) if isinstance(value, float))
    was = int(block.columns[change][i])
    cells = {(block.sheet, block.cell(2, rank)): 99.0, (block.sheet, block.cell(i, change)): was + 1.0}
    seen = standing(edit.edited(copy(), cells))
    assert not seen.sound and seen.as_expected is False
    told = {(one.sheet, one.cell): (one.rule, one.expected.en, one.found.en) for one in seen.deceiving}
    right = str(int(block.columns[rank][2]))
    assert len(told) == 3  # the change that no longer follows from the other rank, too
    assert (
        told.items()
        >= {
            (block.sheet, block.cell(2, rank)): ("contradiction", right, "99"),
            (block.sheet, block.cell(i, change)): ("contradiction", str(was), str(was + 1)),
        }.items()
    )


def test_a_group_s_rank_and_a_header_are_verified_too() -> None:
    block = FileBook.from_bytes(copy()).read("bdx_groups")
    j = block.header.index("排名")
    seen = standing(edit.edited(copy(), {(block.sheet, block.cell(1, j)): 3.0}))
    assert ("contradiction", f"{block.sheet}!{block.cell(1, j)}") in [(one.rule, one.place) for one in seen.deceiving]
    header = standing(edit.edited(copy(), {(block.sheet, block.cell(-1, j)): "名次"}))
    assert ("column", block.sheet, "the header “排名”") in [(s.rule, s.sheet, s.expected.en) for s in header.deceiving]


def test_a_changed_setting_and_a_formula_in_place_of_a_weight_are_named() -> None:
    seen = standing(edit.edited(copy(), {("设置", "B12"): "等权"}))
    assert [(one.key, one.cell) for one in seen.settings] == [("weighting", "B12")] and not seen.ok
    block = FileBook.from_bytes(copy()).read("bdx_framework")
    place = block.sheet, block.cell(3, block.header.index("权重"))
    formula = standing(edit.edited(copy(), {place: edit.Raw("n", "<f>A1+B7</f><v>3</v>")}))
    assert [(one.rule, one.sheet, one.cell) for one in formula.deceiving] == [("input formula", *place)]


def test_the_command_says_what_was_verified_and_what_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "copy.xlsx"
    file.write_bytes(copy("en"))
    assert main(["verify", str(file)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == [
        f"{file}: holds no raw data, so whether its results follow from any cannot be told; hold its ranks and scores "
        "against a published fingerprint with --expect.",
        "Verified: headings, headers, number formats, formulas, hidden tables and look-alikes, and that ranks follow "
        "from scores and changes from ranks; nothing was found.",
    ]
    mark = told[-1].rpartition(": ")[2].partition("/")[2]
    whole = f"bdx1-0000-0000-0000-0000/{mark}"
    assert main(["verify", str(file), "--expect", whole]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        f"{file}: holds no raw data; ranks and scores are those of the given fingerprint. Weights and normalised "
        "scores cannot be computed again and are not proved."
    )
    book = made.opened(copy("en"))
    made.change_reversed(book, np.random.default_rng(1))
    file.write_bytes(made.saved(book))
    assert main(["verify", str(file), "--expect", whole, "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert {one["rule"] for one in shown["findings"]} == {"number format"} and shown["result"]["as_expected"]


def test_goalposts_that_went_with_the_raw_data_keep_nothing_from_being_verified() -> None:
    book = twin.make(lean("zh", scope="goalposts"), twin.Wanted(no_raw=True), now=NOW).data
    found = verify(FileBook.from_bytes(book), None)
    assert found.looked_at and found.sound


def test_a_file_without_its_settings_is_held_against_the_fingerprint_alone_and_says_so() -> None:
    book = made.opened(copy())
    book.remove(table(book, "bdx_settings").sheet)
    seen = standing(made.saved(book))
    assert seen.as_expected and not seen.looked_at
    assert "显示方式未予核对" in "\n".join(standings.lines(seen, Path("x"), Lists("zh")))


def test_a_copy_that_libreoffice_saved_raises_no_alarm_and_hides_none() -> None:
    book = made.opened(copy())
    found = [change(book, np.random.default_rng(3)) for change in made.TOGETHER[0]]
    untouched, changed = (standing(file) for file in office.converted_files([copy(), made.saved(book)]))
    assert untouched.sound and untouched.as_expected
    assert {(one.rule, one.sheet) for one in found} <= {(one.rule, one.sheet) for one in changed.deceiving}
