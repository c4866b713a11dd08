"""The guide: what a newcomer needs in a minute, then the method, then a chart of each ranking."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from xlsxwriter.color import Color
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..language import Text
from ..sheets import phrases, schema
from . import charts, fit, guide_texts, results, styles, texts
from .build import Build
from .names import quoted

_MARGIN, _LABEL, _TEXT = 0, 1, 2  # columns
_WIDTHS = (2.0, 20.0, 92.0)
_CHART_ROW = 20  # pixels
_GAP = 4  # points under a heading
_BUTTON = (140, 28)  # pixels
_MACRO = "BdxRecalculate"


@dataclass
class _Pen:
    """Writes downwards, a row at a time."""

    build: Build
    sheet: Worksheet
    row: int = 0

    def section(self, title: Text) -> None:
        look = self.build.looks.section()
        self.sheet.set_row(self.row, self.build.line * 2)
        self.build.put(self.sheet, self.row, _LABEL, title[self.build.lang], look)
        self.sheet.write_blank(self.row, _TEXT, None, look)
        self.sheet.set_row(self.row + 1, _GAP)
        self.row += 2

    def paragraph(self, text: str, look: Format | None = None) -> None:
        """The text of a row, whose label the caller has written."""
        look = look or self.build.looks.of(text_wrap=True, indent=1)
        self.sheet.set_row(self.row, fit.n_lines(text, _WIDTHS[_TEXT] - 2) * self.build.line + 4)
        self.build.put(self.sheet, self.row, _TEXT, text, look)
        self.row += 1

    def paragraphs(self, pairs: Iterable[tuple[Text, Text]]) -> None:
        looks = self.build.looks
        for label, text in pairs:
            self.build.put(self.sheet, self.row, _LABEL, label[self.build.lang], looks.of(bold=True, valign="top"))
            self.paragraph(text[self.build.lang], looks.of(text_wrap=True, valign="top", indent=1))


def write(build: Build) -> None:
    """Make the sheet."""
    sheet = build.sheet(schema.GUIDE[build.lang], styles.TAB_GUIDE, landscape=False)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    pen = _Pen(build, sheet)
    _cover(pen)
    pen.section(guide_texts.STEPS)
    pen.paragraphs(guide_texts.STEP_LIST)
    pen.section(guide_texts.SHEETS)
    _sheets(pen)
    pen.section(guide_texts.COLOURS)
    _legend(pen)
    method = pen.row
    pen.section(guide_texts.METHOD)
    pen.paragraphs(guide_texts.METHOD_LIST)
    pen.section(guide_texts.CASES)
    pen.paragraphs(guide_texts.CASE_LIST)
    pen.section(guide_texts.SOURCES)
    pen.paragraphs(guide_texts.SOURCE_LIST)
    if build.contents.settings.get("source") in phrases.SAMPLE_SOURCE.both():
        pen.paragraphs([guide_texts.RECONSTRUCTED])
    sheet.set_h_pagebreaks([method, pen.row])
    _charts(pen)
    sheet.print_area(0, 0, pen.row, _TEXT)
    sheet.fit_to_pages(1, 0)
    sheet.set_selection(0, _LABEL, 0, _LABEL)


def _cover(pen: _Pen) -> None:
    build, sheet = pen.build, pen.sheet
    title = str(build.contents.settings.get("title") or "") or texts.INDEX[build.lang]
    named = schema.CELL_INDEX_NAME
    sheet.set_row(0, build.line * 2.4)
    formula = f'=IF({named}="","{texts.INDEX[build.lang]}",{named})'
    sheet.write_formula(0, _LABEL, formula, build.looks.cover(), title)
    build.put(sheet, 1, _LABEL, guide_texts.SUBTITLE[build.lang], build.looks.note())
    sheet.set_row(2, build.line * 0.6)
    pen.row = 3
    label, box = build.looks.status(label=True), build.looks.status(label=False)
    build.put(sheet, pen.row, _LABEL, guide_texts.STATUS[build.lang], label)
    build.name(schema.CELL_STATUS, sheet, pen.row, _TEXT)
    pen.paragraph(texts.TO_CALCULATE[build.lang], box)
    source = str(build.contents.settings.get("source") or "")
    build.put(sheet, pen.row, _LABEL, guide_texts.SOURCE[build.lang], label)
    sheet.set_row(pen.row, max(fit.n_lines(source, _WIDTHS[_TEXT] - 2), 1) * build.line + 4)
    sheet.write_formula(pen.row, _TEXT, f'=IF({schema.CELL_SOURCE}="","",{schema.CELL_SOURCE})', box, source)
    pen.row += 1
    _button(pen)


def _button(pen: _Pen) -> None:
    """For programs that show no ribbon of a workbook's own."""
    build, caption = pen.build, guide_texts.BUTTON[pen.build.lang]
    pen.sheet.set_row(pen.row, _GAP)
    pen.row += 1
    pen.sheet.set_row_pixels(pen.row, _BUTTON[1] + 4)
    width, height = _BUTTON
    place = {"macro": _MACRO, "caption": caption, "width": width, "height": height, "y_offset": 2}
    pen.sheet.insert_button(pen.row, _LABEL, place)
    build.name(schema.CELL_BUTTON, pen.sheet, pen.row, _TEXT)
    build.put(pen.sheet, pen.row, _TEXT, guide_texts.BUTTON_MEANS[build.lang], build.looks.note())
    pen.row += 1


def _sheets(pen: _Pen) -> None:
    build, lang = pen.build, pen.build.lang
    for kind, name, ranking in _listed(build):
        about = guide_texts.ABOUT[kind].format(ranking=schema.ranking_label(ranking))
        pen.sheet.write_url(pen.row, _LABEL, f"internal:{quoted(name)}!A1", build.looks.link(_tab(kind)), name)
        pen.paragraph(about[lang])


def _listed(build: Build) -> list[tuple[Text, str, str]]:
    lang, rankings = build.lang, list(build.contents.data)
    first = [(kind, kind[lang], "") for kind in (schema.SETTINGS, schema.FRAMEWORK, schema.UNITS)]
    data = [(schema.DATA, build.names.data[ranking], ranking) for ranking in rankings]
    ranked = [(schema.RANKING, build.names.ranking[ranking], ranking) for ranking in rankings]
    analyses = (schema.ROBUSTNESS, schema.SENSITIVITY, schema.AUDIT, schema.STATISTICS, schema.EXPLANATION)
    results_ = (schema.GROUPS, schema.WEIGHTS, schema.NORMALISED, *analyses)
    rest = (*results_, schema.FORMULAS, schema.CHECK, schema.LOG)
    return [*first, *data, *ranked, *((kind, kind[lang], "") for kind in rest)]


def _tab(kind: Text) -> Color:
    if kind in {schema.SETTINGS, schema.FRAMEWORK, schema.UNITS, schema.DATA}:
        return styles.TAB_INPUT
    return styles.TAB_CHECK if kind in {schema.FORMULAS, schema.CHECK, schema.LOG} else styles.TAB_RESULT


def _legend(pen: _Pen) -> None:
    build, lang = pen.build, pen.build.lang
    boxed = [
        (guide_texts.ENTERED, guide_texts.ENTERED_MEANS, True),
        (guide_texts.COMPUTED, guide_texts.COMPUTED_MEANS, False),
    ]
    for label, meaning, entered in boxed:
        look = build.looks.cell("text", entered=entered, align="center")
        build.put(pen.sheet, pen.row, _LABEL, label[lang], look)
        pen.paragraph(meaning[lang])
    for change, meaning in guide_texts.CHANGE_MEANS.items():
        build.put(pen.sheet, pen.row, _LABEL, change, build.looks.cell("rank change", entered=False))
        results.change_colours(build, pen.sheet, pen.row, _LABEL)
        pen.paragraph(meaning[lang])


def _charts(pen: _Pen) -> None:
    build = pen.build
    pen.section(guide_texts.CHARTS)
    for ranking in build.contents.data:
        label, n = schema.ranking_label(ranking), charts.n_shown(build, ranking)
        caption = texts.CHART_CAPTION.format(ranking=label, n=n)[build.lang]
        build.put(pen.sheet, pen.row, _LABEL, caption, build.looks.note())
        height = charts.top(build, pen.sheet, pen.row + 1, _LABEL, ranking)
        for row in range(pen.row + 1, pen.row + 3 + math.ceil(height / _CHART_ROW)):
            pen.sheet.set_row_pixels(row, _CHART_ROW)
            pen.row = row
