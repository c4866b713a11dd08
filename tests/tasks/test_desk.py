"""What a message box says of faults: as many as fit, and where all of them are."""

from __future__ import annotations

import pytest

from bdindex_xl.errors import SheetErrors
from bdindex_xl.sheets.faults import Report
from bdindex_xl.tasks.desk import LINES, faults_told


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
