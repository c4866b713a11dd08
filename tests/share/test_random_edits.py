"""Whatever users do to a workbook: it is recalculated, shared and verified, or refused with the place; no false alarm."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bdindex_xl.copies.verify import verify
from bdindex_xl.errors import BdIndexError, FileRefused, SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.live.anew import remade
from bdindex_xl.share.twin import Twin, Wanted, make
from bdindex_xl.sheets import schema
from bdindex_xl.tasks import recalculate
from tests.conftest import size_of
from tests.share import random_books
from tests.share.random_edits import OF_A_READER, OF_A_USER, edited_at_random
from tests.support.books import small_book
from tests.support.user_edits import by_openpyxl

pytestmark = pytest.mark.slow

NOW = dt.datetime(2026, 1, 2, 3, 4)
KINDS: tuple[dict[str, object], ...] = (
    {},
    {"values": True},
    {"no_raw": True},
    {"only": "province"},
    {"only": "city", "values": True},
    {"keep_hidden": True},
    {"keep_comments": False, "no_raw": True, "only": "city"},
)


@cache
def base(number: int) -> bytes:
    """A workbook with results: the small index in either language, or a random one."""
    if number < 2:
        with TemporaryDirectory() as folder:
            book = FileBook.from_bytes(small_book(Path(folder), ("zh", "en")[number]))
        recalculate.recalculate(book, now=NOW)
        return book.to_bytes()
    return random_books.made(number, formulas=number % 2 == 0, whole=True)


def test_workbooks_edited_at_random_end_right_or_are_refused_by_place(pytestconfig: pytest.Config) -> None:
    for seed in range(size_of(pytestconfig, "random-edits")):
        told = one(seed)
        assert told.endswith(("right", "refused")), told


def one(seed: int) -> str:
    """Edit, recalculate, edit as a reader may, share, and verify both; tells what was done, and how it ended."""
    draw = random.Random(seed)
    number = draw.choice((0, 0, 1, draw.randrange(2, 4 + seed // 20)))  # books take time to make: few for a short run
    book, done = edited_at_random(draw, base(number), OF_A_USER, draw.randint(1, 5))
    saved_elsewhere = draw.random() < 0.1
    book = by_openpyxl(book) if saved_elsewhere else book
    story = f"seed {seed}: {', '.join(done)}"
    opened = FileBook.from_bytes(book)
    try:
        recalculate.recalculate(opened, now=NOW)
    except BdIndexError as error:
        return f"{story}: {_refused(error)}"
    book = opened.to_bytes()
    wanted = draw.choice(KINDS)
    if not saved_elsewhere:
        book, then = edited_at_random(draw, book, OF_A_READER, draw.randint(0, 2))
        story += f" | {', '.join(then)}"
    story += f" | {wanted}"
    if alarm := _alarm(book):
        return f"{story}: the workbook: {alarm}"
    try:
        made = make(book, Wanted(**wanted), now=NOW)  # type: ignore[arg-type]
    except BdIndexError as error:
        return f"{story}: the copy: {_refused(error)}"
    return f"{story}: {_of_copy(made)}"


def _of_copy(made: Twin) -> str:
    if made.wanted.no_raw:  # nothing to verify it by but its fingerprint
        held = not any(schema.is_data(name) for name in FileBook.from_bytes(made.data).tables())
        return "right" if held else "raw data in the copy"
    try:
        alarm = _alarm(made.data)
    except SheetErrors as error:  # a sheet of its inputs was hidden, and did not come along
        return f"the copy: {_refused(error)}"
    return f"the copy: {alarm}" if alarm else "right"


def _alarm(book: bytes) -> str:
    """What a verification complains of; nothing where all is right."""
    verdict = verify(FileBook.from_bytes(book), remake=remade)
    accused = verdict.differences or verdict.settings or verdict.inputs_changed or verdict.deceiving or verdict.deleted
    if verdict.ok or (
        verdict.recorded is None and not accused
    ):  # its log is gone: it cannot be said, which is no alarm
        return ""
    return f"{verdict.differences} {verdict.settings} {verdict.inputs_changed} {verdict.deceiving} {verdict.deleted} {verdict.n_cells}"


def _refused(error: BdIndexError) -> str:
    """Whether a refusal says where: a cell, a sheet, or the table that is missing."""
    if isinstance(error, SheetErrors):
        nowhere = [f.text("en") for f in error.faults if not f.place and "a table named bdx_" not in f.expected.en]
        return f"no place: {nowhere}" if nowhere or not error.faults else "refused"
    return "refused" if isinstance(error, FileRefused) and error.message.zh != error.message.en else f"{error!r}"
