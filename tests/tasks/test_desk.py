"""What a message box says of faults: as many as fit, and where all of them are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bdindex_xl.errors import SheetErrors
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Progress
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.faults import Report
from bdindex_xl.tasks.desk import ACTIONS, LINES, faults_told
from tests.support.books import small_book


@pytest.mark.parametrize(
    ("action", "sheet", "last"),
    [
        ("recalculate", "Data check", "… and 4 more on the sheet “Data check”."),
        ("recalculate", None, "… and 4 more, which bdindex check lists."),
        ("audit", None, "… and 4 more, which Check Data lists."),
        ("collect", None, "… and 4 more, which bdindex collect lists."),
    ],
)
def test_faults_that_do_not_fit_are_where_the_last_line_says(action: str, sheet: str | None, last: str) -> None:
    report = Report()
    for year in range(2000, 2012):
        report.add("rows of year missing", year=year)
    told = faults_told(SheetErrors(report.findings), sheet, "en", action).splitlines()
    assert (told[0], told[-1]) == ("12 faults found; the results stay as they were:", last)
    assert len(told) == LINES
    assert len(faults_told(SheetErrors(report.findings), sheet, "en", action, lines=5).splitlines()) == 5


class AtDesk:
    """A closed workbook, as if it were open before somebody."""

    lang, name, place = "en", "a.xlsm", "a.xlsm"

    def __init__(self, book: FileBook) -> None:
        self.book = book

    @contextmanager
    def held(self) -> Iterator[Progress]:
        yield lambda _: None


def test_a_space_stands_between_two_sentences(tmp_path: Path) -> None:
    book = FileBook.from_bytes(small_book(tmp_path, "en"))
    book.set_cells(schema.table_of(schema.DATA.table, "province"), {(0, 3): "１，２３４"})
    desk: Any = AtDesk(book)
    told = ACTIONS["check"](desk)
    assert told.startswith("Checked. 0 faults, ")
    assert told.endswith(". See the sheet “Data check”.")
