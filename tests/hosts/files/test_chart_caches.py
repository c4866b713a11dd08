"""Charts keep a copy of the cells that they show: it is that of the results, in every file that is written."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.tasks import recalculate
from tests.support import books, office
from tests.support.charted import charts
from tests.support.rich import Zip

_CACHE = re.compile(r"<c:f>('?Province ranking'?![^<]*)</c:f><c:(?:str|num)Cache>(.*?)</c:(?:str|num)Cache>")


def caches(book: bytes) -> dict[str, list[str]]:
    """What charts keep of the ranking of provinces, by reference."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    found = {ref: cache for part in parts for ref, cache in _CACHE.findall(part)}
    return {ref: re.findall(r"<c:v>([^<]*)</c:v>", cache) for ref, cache in found.items()}


def recalculated(book: bytes) -> FileBook:
    opened = FileBook.from_bytes(book)
    recalculate.recalculate(opened, now=None)
    return opened


def test_a_chart_keeps_the_names_and_scores_that_were_computed(tmp_path: Path) -> None:
    new = books.small_book(tmp_path, "en")
    opened = recalculated(new)
    made = opened.to_bytes()
    block = opened.read("bdx_ranking_province")
    names, scores = (block.columns[block.header.index(header)] for header in ("Unit", "Score"))
    kept = list(caches(made).values())
    assert list(map(str, names)) in kept
    assert [float(score) for score in scores] in [
        [float(text) for text in texts] for texts in kept if all(re.fullmatch(r"[\d.]+", text) for text in texts)
    ]
    assert list(map(str, names)) not in list(caches(new).values())
    assert office.validation_errors(made, ".xlsm") == []


def test_without_a_change_charts_stay_as_they_are(tmp_path: Path) -> None:
    made = recalculated(books.small_book(tmp_path, "en")).to_bytes()
    assert caches(recalculated(made).to_bytes()) == caches(made)
    assert FileBook.from_bytes(made).to_bytes() == made


def test_dates_are_kept_as_numbers_and_errors_by_their_names(tmp_path: Path) -> None:
    """As Excel does; a blank cell has no point, a blank text a blank one."""
    package = Zip(books.small_book(tmp_path, "en"))
    package.change("xl/charts/chart1.xml", "'Province ranking'!$C$5:$C$7", "'Run log'!$A$5:$A$6")
    opened = FileBook.from_bytes(package.to_bytes())
    recalculate.recalculate(opened, now=dt.datetime(2026, 1, 2, 12))
    kept = {one.formula: one.values for chart in charts(opened.to_bytes()) for one in chart.kept()}
    assert kept["'Run log'!$A$5:$A$6"] == ["46024.5", None]
    assert kept["Profile!$AB$1:$AB$5"] == ["2023", "2024", "", "", ""]
    assert kept["Profile!$AG$1:$AG$5"][2:] == ["#N/A"] * 3
