"""What pages have of a figure: sizes that fit, texts as readers see them."""

from __future__ import annotations

from dataclasses import replace

from bdindex_xl.figures.content import Content
from bdindex_xl.report.laid_out import ROOM, Table, laid_out
from tests.support.reported import document_of, source_of, towns


def test_columns_are_as_wide_as_their_texts_and_never_wider_than_the_page() -> None:
    narrow = Table(("Unit", "n"), (("A", "1"), ("Bergen", "2,000")), (False, True))
    assert narrow.widths()[0] > narrow.widths()[1] > 20 and sum(narrow.widths()) < 100
    many = Table(
        ("Unit", *("A long header of a column" for _ in range(9))), (("B", *"123456789"),), (False, *[True] * 9)
    )
    assert round(sum(many.widths()), 6) == ROOM and len(set(many.widths()[1:])) == 1
    assert round(sum(many.widths(300.0)), 6) == 300.0
    names = Table(("x" * 200, "y" * 100), (), (False, False))
    assert round(sum(names.widths()), 6) == ROOM and round(names.widths()[0] / names.widths()[1], 1) == 2.0


def test_pictures_fit_a_page() -> None:
    for report in (document_of(towns()), document_of(source_of())):
        pictures = [one.picture for _, figures in laid_out(report) for one in figures if one.picture]
        assert pictures and all(one.width <= ROOM + 0.1 and one.height <= 560.1 for one in pictures)


def test_colours_of_change_are_those_of_the_settings() -> None:
    report = document_of(source_of())
    assert report.red_up
    change = next(one for one in report.figures if isinstance(one, Content) and one.figure.kind == "change")
    alone = replace(report, chapters=(replace(report.chapters[0], figures=(change,)),))
    red, green = (laid_out(replace(alone, red_up=way))[0][1][0].picture for way in (True, False))
    assert red is not None and green is not None and red.svg != green.svg


def test_a_radar_has_a_table_of_its_values_beside_it() -> None:
    (radar,) = (one for _, figures in laid_out(document_of(towns())) for one in figures if one.beside)
    assert radar.beside is not None
    assert radar.beside.header == ("Unit", "Size", "<Speed>", "Care & rest")
    assert radar.beside.rows == (("A # $1", "100.0", "80.0", "100.0"),)


def test_no_line_begins_with_an_arrow() -> None:
    told = [fact for _, figures in laid_out(document_of(source_of())) for one in figures for fact in one.facts]
    assert any("\u00a0→\u00a0" in fact for fact in told) and not any(" →" in fact for fact in told)
