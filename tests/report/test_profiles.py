"""Profiles as PDF: a page a unit, with the numbers of the profile, whatever the names."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache

import pytest
import typst

from bdindex_xl.errors import FileRefused
from bdindex_xl.figures import amounts
from bdindex_xl.figures.profile import Profiles
from bdindex_xl.figures.source import FigureSource
from bdindex_xl.language import Text
from bdindex_xl.report import profiles, typesetting
from tests.support.books import DATA
from tests.support.reported import NAMES, source_of, towns


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def heading(page: str) -> str:
    """The line below the header of the page."""
    return [line.strip() for line in page.splitlines() if line.strip()][1]


@cache
def of_towns() -> bytes:
    return profiles.write(towns(), ranking="Town")


def written(source: FigureSource, ranking: str, units: Sequence[str] | None = None) -> bytes:
    return profiles.write(source, ranking=ranking, units=units)


def test_each_unit_has_a_page_in_the_order_of_ranks() -> None:
    pages = pages_of(written(source_of(), "city"))
    view = source_of().of(source_of().inputs.rankings[1])
    made = sorted((Profiles(view).of(u) for u in range(4)), key=lambda page: page.index.rank or 9)
    assert len(pages) == 4
    for page, one in zip(pages, made, strict=True):
        assert one.name in page
        for fact in one.summary:
            assert fact.zh in page.replace("\n", "")
        for at in one.indicators:
            assert at.value is not None and at.node.name in page and amounts.number(at.value) in page


def test_names_are_text_and_never_markup() -> None:
    pages = pages_of(of_towns())
    assert [heading(page) for page in pages] == [NAMES[k] for k in (0, 4, 1, 3, 2, 5)]


def test_only_the_units_asked_for_are_set() -> None:
    pages = pages_of(written(towns(), "Town", ["2", "1"]))
    assert [heading(page) for page in pages] == [NAMES[0], NAMES[1]]


def test_a_year_alone_has_no_line_of_ranks_and_no_change() -> None:
    page = pages_of(written(towns(), "Town", ["1"]))[0]
    assert "Rank over the years" not in page and "Change of rank" not in page
    assert "What the score is made of" in page


def test_a_unit_without_a_score_has_a_page() -> None:
    source = source_of(data=DATA.replace("2024,140100,1,5,6,7\n", ""))
    page = pages_of(written(source, "city"))[-1]
    assert "2024 年丁市没有总指数得分。" in page


def test_without_a_chinese_face_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_fonts", lambda: typst.Fonts(include_system_fonts=False))
    with pytest.raises(FileRefused) as refused:
        written(towns(), "Town")
    assert refused.value.text("en") == (
        "no Chinese font is installed, so that pictures and pages cannot show Chinese characters: install Noto Sans "
        "CJK SC (Debian, Ubuntu: apt install fonts-noto-cjk) and try again."
    )


def test_the_same_index_gives_the_same_bytes() -> None:
    assert written(towns(), "Town") == of_towns()


def test_there_is_a_bookmark_for_each_unit() -> None:
    pdf = written(towns(), "Town", ["1", "2"])
    assert pdf.count(b"/Title(A # $1)") == pdf.count(b"/Title(*B* _c_)") == 1


def test_each_unit_can_have_a_file_of_its_own_with_a_name_that_sorts() -> None:
    told: list[Text] = []
    found = dict(profiles.each(source_of(), ranking="province", progress=told.append))
    assert list(found) == ["001 甲省 110000", "002 乙省 120000", "003 丙省 130000"]
    assert all(len(pages_of(pdf)) == 1 for pdf in found.values())
    assert [text.en for text in told] == ["Setting profiles: 0 of 3"]


def test_the_note_on_the_data_stands_on_every_page() -> None:
    source = source_of("zh", {"source": "示例数据 * 为重构数据。"})
    assert all("示例数据 * 为重构数据。" in page for page in pages_of(written(source, "province")))
