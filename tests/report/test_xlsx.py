"""The report as a workbook: contents that lead to figures, data in tables, sentences, notes, whatever the names."""

from __future__ import annotations

import csv
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

import bdindex_xl
from bdindex_xl.figures.content import Content, LeftOut
from bdindex_xl.hosts.files import open_book
from bdindex_xl.language import LANGUAGES, Lang, Text
from bdindex_xl.model.figure import Figure, FigureKind
from bdindex_xl.report import xlsx
from bdindex_xl.report.caption import caption
from bdindex_xl.report.document import Document, document
from bdindex_xl.sheets import phrases
from bdindex_xl.tasks.recalculate import check
from bdindex_xl.workbook.native.cellwise import headers
from bdindex_xl.workbook.native.forms import NATIVE, Charted
from tests.support import charted, office
from tests.support.left_over import left_over
from tests.support.lint import lint
from tests.support.reported import document_of, source_of, towns

pytestmark = pytest.mark.slow

_SAMPLE = Path(bdindex_xl.__file__).parent / "sheets" / "sample"


@cache
def sample(lang: Lang) -> Document:
    """The report of the shipped workbook, of the figures that it lists."""
    outcome = check(open_book(Path("workbook", f"BigDataIndex{'.en' if lang == 'en' else ''}.xlsm")))
    rows = csv.DictReader((_SAMPLE / lang / "figures.csv").read_text("utf-8").splitlines())
    return document(outcome.inputs, dict(outcome.results), [_figure(row) for row in rows])


def _figure(row: dict[str, str]) -> Figure:
    nodes = tuple(code.strip() for code in row["nodes"].split(",") if code.strip())
    n = {key: int(row[key]) if row[key] else None for key in ("top", "years")}
    return Figure(
        row["number"], row["title"], FigureKind(row["kind"]), row["chapter"], row["ranking"], nodes, row["grouping"],
        row["group"], **n, order=row["order"],
    )  # fmt: skip


@cache
def written(lang: Lang) -> bytes:
    return xlsx.write(sample(lang))


@cache
def small() -> Document:
    return document_of(towns())


def texts(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if isinstance(value, str))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_caption_stands_in_its_chapter_in_order_and_the_contents_lead_there(lang: Lang) -> None:
    report, workbook = sample(lang), charted.calculated(written(lang))
    assert workbook.sheetnames[1:] == [chapter.title for chapter in report.chapters]
    links = [cell.hyperlink.location for row in workbook.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
    places = [workbook.defined_names[link].attr_text for link in links]
    assert [charted.cells_at(workbook, place) for place in places] == [[caption(one, lang)] for one in report.figures]
    assert [place.split("!")[0].strip("'") for place in places] == [
        chapter.title for chapter in report.chapters for _ in chapter.figures
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_has_its_data_in_a_table_named_after_it(lang: Lang) -> None:
    report, workbook = sample(lang), charted.calculated(written(lang))
    tables = {name: (sheet, ref) for sheet in workbook.worksheets for name, ref in sheet.tables.items()}
    assert set(list(tables)[:3]) == {"zh": {"图_2_1", "图_2_2", "表_2_1"}, "en": {"Figure_2_1", "Figure_2_2", "Table_2_1"}}[lang]  # fmt: skip
    names = xlsx.table_names(report.figures, lang)
    for figure, name in zip(report.figures, names, strict=True):
        if isinstance(figure, LeftOut):
            assert name not in tables
            continue
        sheet, table = tables[name]
        rows = [[cell.value for cell in row] for row in sheet[table]]
        assert rows[0] == headers(figure.columns)
        for j, column in enumerate(figure.columns):
            told = [row[j] for row in rows[1:]]
            for found, value in zip(told, column.values, strict=True):
                if isinstance(value, float):
                    assert found == pytest.approx(value, rel=1e-14), (name, column.header)
                elif value is None and column.role == "rank change":
                    assert found in {"新", "new"}
                else:
                    assert found == (None if value == "" else value), (name, column.header)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_drawing_is_a_chart_with_its_title_its_name_and_a_description(lang: Lang) -> None:
    report = sample(lang)
    names = dict(zip(map(id, report.figures), xlsx.table_names(report.figures, lang), strict=True))
    drawn = [one for one in report.figures if isinstance(one, Content) and isinstance(NATIVE.get(type(one.form)), Charted)]  # fmt: skip
    charts = charted.charts(written(lang))
    assert [chart.title for chart in charts] == [one.title for one in drawn]
    assert [chart.name for chart in charts] == [names[id(one)] for one in drawn]
    for chart, one in zip(charts, drawn, strict=True):
        assert chart.description.startswith(f"{caption(one, lang)}. {one.facts[0][lang]}")


def test_what_charts_keep_is_what_their_figures_hold() -> None:
    book = written("zh")
    workbook = charted.calculated(book)
    n = 0
    for chart in charted.charts(book):
        for kept in chart.kept():
            cells = charted.cells_at(workbook, kept.formula)
            for value, cell in zip(kept.values, cells, strict=True):
                n += 1
                if isinstance(cell, int | float):
                    assert float(value or "nan") == pytest.approx(cell, rel=1e-14), kept.formula
                else:
                    assert (value or None) == (cell or None), kept.formula
    assert n > 3000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_and_note_is_told_and_what_is_left_out_says_why(lang: Lang) -> None:
    report, told = sample(lang), set(texts(charted.calculated(written(lang))))
    for figure in report.figures:
        if isinstance(figure, LeftOut):
            assert {caption(figure, lang), figure.why[lang]} <= told
        else:
            assert {text[lang] for text in (*figure.facts, *figure.notes)} <= told


def test_the_reconstruction_is_called_so_on_the_cover_and_under_each_figure() -> None:
    report, told = sample("zh"), list(texts(charted.calculated(written("zh"))))
    shown = [figure for figure in report.figures if isinstance(figure, Content)]
    assert told.count(phrases.SAMPLE_SOURCE["zh"]) == 1 + len(shown)


def test_the_same_report_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = xlsx.write(small())
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert xlsx.write(small()) == first
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2024, 1, 1, 0, 0, 0)}


def test_names_that_other_programs_read_as_something_else_stand_as_they_are() -> None:
    odd = ("=1+1", 'say "x"', "_x000A_", "a\x07b", "+5", "x" * 300)
    figures: list[Content] = []
    for figure in small().figures:
        if isinstance(figure, Content):
            columns = tuple(
                replace(column, header=f"{odd[j % 6]}{j}", values=[odd[i % 6] if isinstance(value, str) else value
                                                                   for i, value in enumerate(column.values)])
                for j, column in enumerate(figure.columns)
            )  # fmt: skip
            figures.append(replace(figure, title=odd[len(figures) % 6], columns=columns))
    chapter = replace(small().chapters[0], title="a/b: 'c'?", figures=tuple(figures))
    book = xlsx.write(replace(small(), title="=1", source="=2", chapters=(chapter,)))
    assert lint(book) == []
    told = set(texts(charted.calculated(book)))
    assert {"=1+1", 'say "x"', "_x000A_", "a b", "+5", "x" * 300, "=1", "=2"} <= told
    workbook = charted.calculated(book)
    assert workbook.sheetnames == ["Contents", "a-b- 'c'-"]


def test_titles_of_charts_are_cut_and_captions_are_not() -> None:
    figures = tuple(replace(one, title="y" * 300) for one in small().figures)
    book = xlsx.write(replace(small(), chapters=(replace(small().chapters[0], figures=figures),)))
    assert {chart.title for chart in charted.charts(book)} == {"y" * 254 + "…"}
    captions = [text for text in texts(charted.calculated(book)) if re.fullmatch(r"(Figure|Table) \d-\d  y{300}", text)]
    assert len(captions) == len(figures)


def test_tables_of_figures_with_the_same_number_have_names_of_their_own() -> None:
    shown = [Figure("A1", "", FigureKind.RADAR), Figure("A1", "", FigureKind.RADAR), Figure("", "", FigureKind.RADAR)]
    left = [LeftOut(one, "", phrases.SAMPLE_SOURCE) for one in shown]
    assert xlsx.table_names(left, "en") == ["figure_A1", "figure_A1_n2", "figure"]


def test_an_index_of_two_years_and_two_rankings_is_reported() -> None:
    book = xlsx.write(document_of(source_of()))
    assert lint(book) == []
    assert len(charted.charts(book)) > 5


def test_on_paper_a_figure_begins_a_page_where_it_would_not_fit() -> None:
    workbook = charted.calculated(written("zh"))
    places = [name.attr_text for key, name in workbook.defined_names.items() if key.startswith("at_")]
    starts = {(place.split("!")[0].strip("'"), int(place.rsplit("$", 1)[1])) for place in places}
    for sheet in workbook.worksheets[1:]:
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:$I$")
        breaks = [one.id for one in sheet.row_breaks.brk]
        assert breaks and all((sheet.title, row + 1) in starts for row in breaks)


def test_rows_have_heights_of_their_own_so_that_no_program_moves_them_under_the_charts() -> None:
    for sheet in charted.calculated(xlsx.write(small())).worksheets[1:]:  # English: its line is the file format's own
        assert sheet.sheet_format.customHeight
        assert all(
            sheet.row_dimensions[row].height
            for row in range(3, sheet.max_row)
            if any(cell.value for cell in sheet[row])
        )


def test_the_report_of_the_sample_passes_microsofts_validator_and_the_lint(pytestconfig: pytest.Config) -> None:
    """The small one the lint alone, but in the long run."""
    for lang in LANGUAGES:
        assert [*lint(written(lang)), *left_over(written(lang))] == []
    assert lint(xlsx.write(small())) == []
    assert office.validation_errors(written("zh")) == []
    if pytestconfig.getoption("--long"):
        assert office.validation_errors(xlsx.write(small())) == []


def test_a_chapter_of_figures_left_out_and_a_report_without_figures_are_written() -> None:
    left = LeftOut(Figure("1-1", "T", FigureKind.WORD_CLOUD), "T", Text("缺", "no words"))
    chapter = replace(small().chapters[0], title="", figures=(left,))
    for chapters, names in (((chapter, chapter), ["Contents", "-", "- 2"]), ((), ["Contents"])):
        book = xlsx.write(replace(small(), title="", source="", chapters=chapters))
        assert lint(book) == []
        assert charted.calculated(book).sheetnames == names
