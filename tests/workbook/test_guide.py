"""The guide: links that lead somewhere, signs that mean what they show, a chart of every ranking."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.share.twin import Wanted
from bdindex_xl.share.twin import make as share
from bdindex_xl.sheets import phrases, schema
from bdindex_xl.sheets.book import Results
from bdindex_xl.tasks.recalculate import recalculate
from tests.support import books

from . import making

pytestmark = pytest.mark.slow


def texts(made: bytes) -> str:
    sheet = making.read(made).worksheets[0]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sheet_is_listed_with_a_link_that_follows_it(lang: Lang) -> None:
    workbook = making.read(making.made(lang))
    linked = [cell for row in workbook.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
    places = [workbook.defined_names[cell.hyperlink.location].attr_text.replace("'", "") for cell in linked]
    listed = [name for name in workbook.sheetnames[1:] if name != "xlwings.conf"]
    assert places == [f"{name}!$A$1" for name in listed]
    assert [cell.value for cell in linked] == listed


def test_it_says_which_command_and_which_button_show_a_sheet_that_is_hidden() -> None:
    rows = making.read(making.made("en")).worksheets[0].iter_rows(values_only=True)
    said = {row[1]: str(row[2]) for row in rows}
    for sheets, command, button in (
        (("Robustness", "Sensitivity"), "robustness", "Robustness"),
        (("Audit", "Statistics"), "audit", "Audit"),
        (("Scenario summary", "Ranks by scenario"), "scenarios", "Scenarios"),
        (("Explanation",), "explain", "Explain"),
    ):
        for sheet in sheets:
            assert said[sheet].endswith(f" Filled, and then shown, by bdindex {command} or {button} on the ribbon.")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_openly_which_step_is_a_reading_of_ours(lang: Lang) -> None:
    said = texts(making.made(lang))
    assert {"zh": "是本工具的解读", "en": "is our reading"}[lang] in said
    assert "European Journal of Operational Research 112(2), 397–404" in said


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_index_of_ones_own_does_not_cite_the_samples_report(lang: Lang) -> None:
    of = making.framework(("I", "Well-being", None), ("a", "Health", "I"), ("b", "Income", "I"))
    said = texts(making.made(lang, of, settings={"title": "Well-being"}))
    assert not any(word in said for word in ("中国大数据", "China Big Data", "北京大数据研究院", "Beijing Institute"))


def test_it_speaks_of_reconstruction_only_where_the_data_are_reconstructed() -> None:
    for source in ("", "北京市统计局"):
        assert "重构" not in texts(making.made(settings={"source": source}))
    said = texts(making.made(settings={"source": phrases.SAMPLE_SOURCE["zh"]}))
    assert "原始数据是重构的" in said


def test_it_names_only_commands_that_there_are() -> None:
    said = texts(making.made("en"))
    assert set(re.findall(r"bdindex [a-z]+", said)) == {
        f"bdindex {command}" for command in ("recalculate", "verify", "robustness", "audit", "scenarios", "explain")
    }


def test_every_ranking_has_a_chart_of_its_first_rows() -> None:
    made = making.parts(making.made(names=[f"城市{i}" for i in range(30)]))
    charts = [data.decode() for name, data in sorted(made.items()) if name.startswith("xl/charts/chart")]
    for chart, sheet in zip(charts[:2], ("省份排名", "城市排名"), strict=True):
        assert f"<c:f>{sheet}!$B$5:$B$24</c:f>" in chart.replace("'", "")
        assert f"<c:f>{sheet}!$C$5:$C$24</c:f>" in chart.replace("'", "")
        assert f"<c:f>{sheet}!$A$1</c:f>" in chart.replace("'", "")


def test_a_short_ranking_has_a_short_chart() -> None:
    made = making.parts(making.made(rankings=("cluster",)))
    assert "$B$5:$B$8</c:f>" in made["xl/charts/chart1.xml"].decode()


def test_rows_are_as_high_as_their_texts_and_fitted_to_others(tmp_path: Path) -> None:
    """LibreOffice places charts by the heights in the file; a height that nobody has set is no one's wish."""
    book = FileBook.from_bytes(books.small_book(tmp_path))
    name = schema.CELL_GUIDE_TEXT.format(key="weigh")
    _, number, _ = book.place_of(name) or ("", 0, 0)
    said = str(book.cells([name])[name].value)

    assert "ht=" in row(book, number) and "customHeight" not in row(book, number)
    book.write(Results((), {name: said}))
    assert "ht=" in row(book, number)
    book.write(Results((), {name: said * 3}))
    assert "ht=" not in row(book, number)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_that_tell_of_no_setting_have_room_for_their_text_and_that_of_a_copy(lang: Lang, tmp_path: Path) -> None:
    """LibreOffice fits rows whose height nobody has set, and leaves the charts under them where they were."""
    book = FileBook.from_bytes(books.small_book(tmp_path, lang))
    recalculate(book, now=None)
    copy = FileBook.from_bytes(share(book.to_bytes(), Wanted(), now=dt.datetime(2026, 1, 2)).data)
    start = schema.CELL_GUIDE_TEXT.format(key="")
    rows = {name.removeprefix(start): place[1] for name in copy.names() if name.startswith(start)
            if (place := copy.place_of(name))}  # fmt: skip
    high = {key: attributes for key, number in rows.items() if "ht=" in (attributes := row(copy, number))}
    fixed = {key for key, attributes in high.items() if "customHeight" in attributes}
    kept = high.keys() - fixed
    assert {"step_1", "step_2", "step_3", "audit"} <= fixed
    assert "weigh" in kept and not fixed & set(schema.GUIDE_OF_METHOD)


def row(book: FileBook, number: int) -> str:
    """The tag of a row of the guide."""
    sheet = making.parts(book.to_bytes())["xl/worksheets/sheet1.xml"].decode()
    return (re.search(f'<row r="{number}"[^>]*>', sheet) or [""])[0]


def test_what_it_would_say_of_the_source_is_a_blank_text_where_none_is_named(tmp_path: Path) -> None:
    made = books.small_book(tmp_path)
    own = FileBook.from_bytes(made).formula_cells(schema.GUIDE["zh"])
    blank = [cell for cell in own if "bdx_source" in cell.text]
    assert len(blank) == 2
    sheet = making.parts(made)["xl/worksheets/sheet1.xml"].decode()
    assert len(re.findall(r't="str"><f>IF\(bdx_source=[^<]*</f><v></v>', sheet)) == len(blank)
