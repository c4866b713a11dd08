"""A fingerprint holds a file against what was published: nothing consistent inside the file gets by it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bdindex_xl import cli
from bdindex_xl.copies.verify import verify
from bdindex_xl.errors import BdIndexError
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share import twin
from bdindex_xl.sheets import options
from bdindex_xl.sheets.fingerprint import Fingerprint, of_blocks, parse
from bdindex_xl.tasks.recalculate import recalculate
from tests.copies.appearance.manipulations import opened, saved
from tests.support import edit
from tests.support.books import small_book

pytestmark = pytest.mark.slow

ROW = 4 + list(options.SETTING).index("change_colours")  # of the settings sheet

NOW = dt.datetime(2024, 5, 1, 12)


@cache
def book() -> bytes:
    with TemporaryDirectory() as folder:
        return recalculated(small_book(Path(folder)))


def recalculated(data: bytes) -> bytes:
    made = FileBook.from_bytes(data)
    recalculate(made, now=NOW)
    return made.to_bytes()


def mark(data: bytes) -> Fingerprint:
    return verify(FileBook.from_bytes(data)).fingerprint


def test_copies_have_the_fingerprint_of_their_workbook() -> None:
    wanted = (twin.Wanted(), twin.Wanted(values=True))
    for copy in (saved(opened(book())), *(twin.make(book(), one, now=NOW).data for one in wanted)):
        assert mark(copy) == mark(book())


def test_the_rankings_on_the_sheets_have_the_mark_of_those_computed() -> None:
    opened_book = FileBook.from_bytes(book())
    assert of_blocks(map(opened_book.read, opened_book.tables())) == mark(book()).results


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "parts"),
    [
        ("城市数据", "D8", 77.0, (False, False)), ("设置", "B4", "另一指数", (False, True)),
        ("地区", "B3", "新省", (False, False)), ("设置", "B12", "等权", (False, False)),
    ],
)  # fmt: skip
def test_no_consistent_change_inside_a_file_gets_by(
    sheet: str,
    cell: str,
    value: str | float,
    parts: tuple[bool, bool],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    published = mark(book())
    forged = tmp_path / "a.xlsm"
    forged.write_bytes(recalculated(edit.edited(book(), {(sheet, cell): value})))
    assert cli.main(["verify", str(forged)]) == 0
    found = mark(forged.read_bytes())
    assert (found.inputs == published.inputs, found.results == published.results) == parts
    capsys.readouterr()
    assert cli.main(["verify", str(forged), "--expect", str(published)]) == 1
    told = capsys.readouterr().out
    assert "不同。本文件的指纹为" in told and str(found) in told
    assert cli.main(["verify", str(forged), "--expect", str(found).lower()]) == 0


def test_looks_and_language_change_no_fingerprint() -> None:
    looks = recalculated(edit.edited(book(), {("设置", f"B{ROW}"): "绿升红降"}))
    assert mark(looks) == mark(book())


def test_a_fingerprint_is_read_however_it_was_typed() -> None:
    found = mark(book())
    text = str(found)
    assert text.startswith("bdx1-") and len(text) == 44
    for typed in (text, text.lower(), text.replace("-", " "), text.replace("/", ""), text.removeprefix("bdx1-")):
        assert parse(typed) == found
    assert parse(text.replace("0", "O").replace("1", "l").replace("bdxl", "bdx1")) == found


def test_every_mistyped_sign_is_told() -> None:
    text = str(mark(book()))
    for k, sign in enumerate(text[5:], 5):
        if sign.isalnum():
            with pytest.raises(BdIndexError) as told:
                parse(text[:k] + ("X" if sign != "X" else "Y") + text[k + 1 :])
            assert "a sign of it is mistyped" in told.value.message.en
    with pytest.raises(BdIndexError) as told:
        parse("bdx1-1234")
    assert told.value.message.en == (
        "expected a fingerprint as bdindex share and verify show it (bdx1-…/…), found “bdx1-1234”"
    )
