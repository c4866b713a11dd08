"""Every form of figure has a native drawing, whose caches hold what its cells hold."""

from __future__ import annotations

import io
import re

import pytest

from bdindex_xl.figures import content as forms
from bdindex_xl.figures.content import Content, FigureColumn
from bdindex_xl.language import Text
from bdindex_xl.model.figure import Figure, FigureKind
from bdindex_xl.report import xlsx
from bdindex_xl.report.document import Chapter, Document
from bdindex_xl.workbook.finished_file import begun, finished
from bdindex_xl.workbook.native import forms as native
from bdindex_xl.workbook.native import ink
from tests.support import charted, office
from tests.support.lint import lint

_NAMES = ("Aa", "Bb", "Cc", "Dd")
_NAME = FigureColumn("Unit", "name", _NAMES)
_X = FigureColumn("Patents", "value", (1000.0, 300.0, None, 2.5))
_Y = FigureColumn("Software", "value", (7.0, -2.0, 5.0, 1.0))
_YEARS = tuple(
    FigureColumn(str(2022 + k), "rank", ranks) for k, ranks in enumerate(((1, 2, 3, None), (2, 1, 3, 4), (1, 3, 2, 40)))
)
_ENDS = (
    FigureColumn("First", "name", ("Aa 1", "Bb 2", "Cc 3", "")),
    FigureColumn("Last", "name", ("1 Aa", "3 Bb", "2 Cc", "40 Dd")),
)
_SHARE = FigureColumn("Share", "share", (0.4, 0.3, 0.2, 0.1))
_RANKS = FigureColumn("x", "rank", (1, 2, 3, 4))
_ACROSS, _DOWN = FigureColumn("a", "count", (1, 2, 3, 11)), FigureColumn("d", "count", (1, 1, 2, 3))
_GROUPS, _LEVELS = FigureColumn("Group", "name", ("N", "N", "S", "S")), FigureColumn("Level", "count", (0, 1, 2, 2))
_WEIGHTS = FigureColumn("Weight", "weight", (None, 1.0, 0.5, 0.5))
_YEARS_OF = (1, 2, 3)
MADE: dict[type[forms.Form], tuple[forms.Form, tuple[FigureColumn, ...], list[str]]] = {
    forms.TableForm: (forms.TableForm(), (_NAME, _X), []),
    forms.BarsForm: (forms.BarsForm(0, (1, 2)), (_NAME, _X, _Y), ["barChart"]),
    forms.ColumnsAndLineForm: (forms.ColumnsAndLineForm(0, 1, 2), (_NAME, _X, _Y), ["barChart", "lineChart"]),
    forms.RanksForm: (forms.RanksForm(0, _YEARS_OF, (4, 5)), (_NAME, *_YEARS, *_ENDS), ["lineChart"]),
    forms.LinesForm: (forms.LinesForm(0, _YEARS_OF), (_NAME, *_YEARS), ["lineChart"]),
    forms.ScatterForm: (forms.ScatterForm(0, 1, (2,), 3, False), (_NAME, _RANKS, _Y), ["scatterChart"]),
    forms.RadarForm: (forms.RadarForm(0, (1, 2)), (_NAME, _SHARE, _SHARE), ["radarChart"]),
    forms.SharesForm: (forms.SharesForm(0, 1), (_NAME, _SHARE), ["doughnutChart"]),
    forms.TilesForm: (forms.TilesForm(0, 1, 2, 3), (_NAME, _X, _ACROSS, _DOWN), []),
    forms.HeatForm: (forms.HeatForm(0, 1, 2), (_GROUPS, _NAME, _X), []),
    forms.DistributionForm: (forms.DistributionForm(0, (1, 2)), (_NAME, _X, _Y), ["scatterChart"]),
    forms.TreeForm: (forms.TreeForm(0, 1, 2), (_NAME, _LEVELS, _WEIGHTS), []),
    forms.CloudForm: (forms.CloudForm(0, 1), (_NAME, _Y), ["barChart"]),
}


def content_of(form: type[forms.Form], title: str = "Title", number: str = "1-1") -> Content:
    made, columns, _ = MADE[form]
    return Content(Figure(number, title, FigureKind.RANK_TABLE), title, columns, made, (Text("事实。", "A fact."),))


def book_of(*contents: Content) -> bytes:
    return xlsx.write(Document("en", "Index", 2024, "", (Chapter("Figures", contents),)))


def everything() -> bytes:
    return book_of(*(content_of(form, f"Title {k}", f"1-{k}") for k, form in enumerate(MADE, 1)))


def test_there_is_a_drawing_for_every_form_but_the_table() -> None:
    every = set(forms.Form.__args__)
    assert set(MADE) == every and set(native.NATIVE) == every - {forms.TableForm}


@pytest.mark.parametrize("form", MADE)
def test_a_form_is_drawn_as_the_chart_it_says(form: type[forms.Form]) -> None:
    assert [kind for chart in charted.charts(book_of(content_of(form))) for kind in chart.kinds] == MADE[form][2]


def test_caches_hold_what_the_cells_hold() -> None:
    book = everything()
    workbook = charted.calculated(book)
    references = [kept for chart in charted.charts(book) for kept in chart.kept()]
    assert len(references) > 60
    for kept in references:
        cells = charted.cells_at(workbook, kept.formula)
        assert len(kept.values) == len(cells), kept.formula
        for value, cell in zip(kept.values, cells, strict=True):
            if isinstance(cell, int | float):
                assert float(value or "nan") == pytest.approx(cell, rel=1e-14), kept.formula
            else:
                assert (value or None) == (cell or None), kept.formula


def test_labels_are_names_of_series_and_never_values_from_cells() -> None:
    for chart in charted.charts(everything()):
        assert not list(chart.root.iter("{http://schemas.microsoft.com/office/drawing/2012/chart}datalabelsRange"))
        for label in chart.root.iter(f"{charted.C}dLbl"):
            assert label.find(f"{charted.C}tx") is None


def test_ranks_are_named_at_both_ends_on_a_reversed_axis() -> None:
    (chart,) = charted.charts(book_of(content_of(forms.RanksForm)))
    names = [kept.values[0] for kept in chart.kept() if len(kept.values) == 1]
    assert names == [*_NAMES, "Aa 1\u2002", "Bb 2\u2002", "Cc 3\u2002", "\u20021 Aa", "\u20023 Bb", "\u20022 Cc", "\u200240 Dd"]  # fmt: skip
    orientations = [one.get("val") for one in chart.root.iter(f"{charted.C}orientation")]
    assert orientations == ["minMax", "maxMin"]


@pytest.mark.parametrize("ranks", [(3, 5, 52, 245), (1, 2, 3, 4), (1, 300, 301, 302), (2, 4, 6, 337)])
def test_names_of_ranks_stand_within_the_axis(ranks: tuple[int, ...]) -> None:
    columns = (_NAME, *(FigureColumn(str(year), "rank", ranks) for year in (2023, 2024)), *_ENDS)
    content = Content(Figure("1", "", FigureKind.CHANGE), "", columns, forms.RanksForm(0, (1, 2), (3, 4)))
    (chart,) = charted.charts(book_of(content))
    low, high = (
        float(chart.root.findall(f".//{charted.C}valAx//{charted.C}{end}")[0].get("val")) for end in ("min", "max")
    )
    numbers = [
        float(value) for kept in chart.kept() for value in kept.values if value and re.fullmatch(r"-?[\d.]+", value)
    ]
    places = [one for one in numbers if one not in (2023, 2024)]
    assert len(places) > 8 and all(low <= one < high for one in places)


def test_missing_values_are_gaps_and_not_zeros() -> None:
    (chart,) = charted.charts(book_of(content_of(forms.BarsForm)))
    assert ["1000.0", "300.0", None, "2.5"] in [kept.values for kept in chart.kept()]


def test_bars_of_negative_values_have_no_fixed_start() -> None:
    (chart,) = charted.charts(book_of(content_of(forms.CloudForm)))
    assert chart.root.find(f".//{charted.C}min") is None


def test_shares_that_are_not_the_whole_are_bars() -> None:
    part = FigureColumn("Share", "share", (0.4, 0.3, 0.1, 0.1))
    content = Content(Figure("1", "", FigureKind.SHARES), "", (_NAME, part), forms.SharesForm(0, 1))
    (chart,) = charted.charts(book_of(content))
    assert chart.kinds == ["barChart"]


def _many(n: int, form: type[forms.Form]) -> Content:
    names = FigureColumn("Unit", "name", [f"U{k}" for k in range(n)])
    ranks = [FigureColumn(str(year), "rank", list(range(1, n + 1))) for year in (2023, 2024)]
    ends = [FigureColumn(side, "name", names.values) for side in ("First", "Last")]
    scores = [FigureColumn(f"S{k}", "score", [1.0, 2.0]) for k in range(n)]
    values = tuple(range(1, n + 1))
    made: dict[type[forms.Form], tuple[forms.Form, tuple[FigureColumn, ...]]] = {
        forms.RanksForm: (forms.RanksForm(0, (1, 2), (3, 4)), (names, *ranks, *ends)),
        forms.LinesForm: (forms.LinesForm(0, (1, 2)), (names, *ranks)),
        forms.ScatterForm: (forms.ScatterForm(0, 1, (2,), n, True), (names, *ranks)),
        forms.RadarForm: (forms.RadarForm(0, values), (FigureColumn("D", "name", ["a", "b"]), *scores)),
        forms.DistributionForm: (forms.DistributionForm(0, values), (FigureColumn("D", "name", ["a", "b"]), *scores)),
    }
    return Content(Figure("1", "", FigureKind.CHANGE), "", made[form][1], made[form][0])


@pytest.mark.parametrize(
    ("form", "n", "series"),
    [
        (forms.RanksForm, 100, 100 + 2 * 77),
        (forms.RanksForm, 260, 250 + 2 * 2),
        (forms.LinesForm, 140, 255),
        (forms.ScatterForm, 260, 255),
        (forms.RadarForm, 260, 255),
        (forms.DistributionForm, 70, 4 * 63),
    ],
)
def test_a_chart_has_no_more_series_than_programs_take(form: type[forms.Form], n: int, series: int) -> None:
    (chart,) = charted.charts(book_of(_many(n, form)))
    assert len(chart.series) == series


def test_more_lines_than_colours_are_told_apart_by_dashes() -> None:
    assert "dash_type" not in ink.line(11) and ink.line(12)["dash_type"] == "dash"


def test_a_title_is_cut_to_what_excel_keeps_and_never_a_reference() -> None:
    workbook = begun(file := io.BytesIO(), "", "en")
    sheet = workbook.add_worksheet()
    for k, text in enumerate(("x" * 300, "=Sheet1!$A$1")):
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$2"})
        ink.title(chart, text)
        sheet.insert_chart(k, 0, chart)
    workbook.close()
    assert [chart.title for chart in charted.charts(finished(file))] == ["x" * 254 + "…", "=Sheet1! $A$1"]


def test_every_form_passes_microsofts_validator_and_the_lint() -> None:
    book = everything()
    assert lint(book) == []
    assert office.validation_errors(book) == []


def test_libreoffice_calculates_what_is_kept() -> None:
    book = everything()
    ours, theirs = charted.calculated(book), charted.calculated(office.converted(book))
    for sheet in ours.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, float):
                    assert theirs[sheet.title][cell.coordinate].value == pytest.approx(cell.value), cell.coordinate
