"""Names, codes and measures as long as a cell holds: a workbook that Excel would repair is refused as it is made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bdindex_xl.errors import BdIndexError
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import folder
from bdindex_xl.sheets.contents import Contents
from bdindex_xl.tasks.recalculate import recalculate
from bdindex_xl.workbook import make
from tests.support.lint import lint

pytestmark = pytest.mark.slow

LONGEST = 32_767  # characters of a cell


def contents(
    at: Path, name: str = "a", measure: str = "b", unit: str = "c", member: str = "d", code: str = "A1"
) -> Contents:
    at.mkdir()
    framework = f"code,name,parent,measure\nI,{name} index,,\n{code},{name},I,{measure}\nA2,{name}2,I,\n"
    (at / "framework.csv").write_text(framework, encoding="utf-8")
    units = f"code,name,ranking,region\nU1,{unit},city,{member}\nU2,two,city,west\nU3,three,city,west\n"
    (at / "units.csv").write_text(units, encoding="utf-8")
    rows = "".join(f"{year},U{k},{k + year % 3},{5 - k}\n" for year in (2023, 2024) for k in (1, 2, 3))
    (at / "data.csv").write_text(f"year,unit,{code},A2\n{rows}", encoding="utf-8")
    return folder.from_folder(at, "en", {}, year=2024)


@pytest.mark.sampled(chosen=lambda character, n: (character, n) not in (("x", 8_000), ("长", 300)))
@pytest.mark.parametrize("character", ["x", "长", "𠀀"])  # the last counts twice, as Excel counts
@pytest.mark.parametrize("n", [300, 8_000])
def test_a_workbook_of_long_names_is_whole_and_read_back(character: str, n: int, tmp_path: Path) -> None:
    """Each length and each character in the usual run, every two of them in the long run."""
    long = character * n
    given = contents(tmp_path / "csv", long, f"{long} m", f"{long} u", f"{long} g")
    made = make(given)
    assert lint(made) == []
    book = FileBook.from_bytes(made)
    outcome = recalculate(book, now=None)
    assert [finding for finding in outcome.findings if finding.kind != "note"] == []
    assert lint(book.to_bytes()) == []
    assert [indicator.name for indicator in outcome.inputs.framework.indicators] == [long, f"{long}2"]


def test_names_alike_as_far_as_a_header_shows_are_told_apart_by_codes_or_refused(tmp_path: Path) -> None:
    made = make(contents(tmp_path / "short", "长" * 300))
    assert lint(made) == []
    with pytest.raises(BdIndexError, match="expected headers that differ, are not blank and hold at most 255 char"):
        make(contents(tmp_path / "long", "长" * 300, code="C" * 250))


@pytest.mark.parametrize("what", ["name", "measure", "unit", "member"])
def test_a_text_that_no_cell_holds_is_refused_where_it_stands(what: str, tmp_path: Path) -> None:
    with pytest.raises(BdIndexError) as refused:
        contents(tmp_path / "csv", **{what: "x" * (LONGEST + 1)})
    assert re.match(r"(framework|units)\.csv, lines? [234].*: expected 32,767 characters at most", str(refused.value))
