"""The guide: what a newcomer needs in a minute, then the method, then a chart of each ranking."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.color import Color
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..language import Text
from ..sheets import guide as telling
from ..sheets import guide_texts, schema
from ..sheets.guide import Line, Section
from . import fit, ranking_charts, results, styles
from . import sheet_texts as texts
from .build import Build
from .cell_writing import set_height

_LABEL, _TEXT = 1, 2  # columns, after a margin
_WIDTHS = (2.0, 20.0, 92.0)
_CHART_ROW = 20  # pixels
_CHARTS_A_PAGE, _SPARE_ROWS = 2, 7  # LibreOffice may place charts lower, by what it makes rows lower than we reckon
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

    def paragraph(self, text: str, look: Format, *, follows: bool, of_copy: str = "") -> None:
        """The text of a row, whose label the caller has written.

        Where a text `follows` settings, its row is as high as the text is, and programs fit it to another. Others have
        room for the text and for what a copy says there, whatever a program thinks: LibreOffice fits rows only after it
        has placed the charts under them.
        """
        lines = max(fit.n_lines(said, _WIDTHS[_TEXT] - 2) for said in (text, of_copy))
        if lines > 1:
            set_height(self.sheet, self.row, lines * self.build.line)
            if follows:
                self.build.fitted.add(self.row)
        self.build.put(self.sheet, self.row, _TEXT, text, look)
        self.row += 1


def write(build: Build) -> None:
    """Make the sheet."""
    sheet = build.sheet(schema.GUIDE[build.lang], styles.TAB_GUIDE, landscape=False)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    pen = _Pen(build, sheet)
    _cover(pen)
    breaks = []
    named = schema.FORMULAS[build.lang]  # as long a name as the sheet of steps has
    copy = telling.sections(build.facts._replace(is_copy=True, is_live=True, steps=named))
    of_copy = {line.key: line.text[build.lang] for section in copy for line in section.lines}
    for section in telling.sections(build.facts):
        if section.key == "method":
            breaks.append(pen.row)
        _section(pen, section, of_copy)
    breaks += _charts(pen)
    sheet.set_h_pagebreaks(breaks)
    alone = len(build.contents.data) % _CHARTS_A_PAGE  # on the last page, where there is more room then
    sheet.print_area(0, 0, pen.row + _SPARE_ROWS * (1 + alone), _TEXT)
    sheet.fit_to_pages(1, 0)
    sheet.set_selection(0, _LABEL, 0, _LABEL)


def _section(pen: _Pen, section: Section, of_copy: Mapping[str, str]) -> None:
    """Rows under a title; `of_copy` is what a copy for others says, by line."""
    if section.varies:
        pen.build.name(schema.CELL_GUIDE_TITLE.format(key=section.key), pen.sheet, pen.row, _LABEL)
    pen.section(section.title)
    for line in section.lines:
        if line.text[pen.build.lang] or line.key == schema.STEPS_KEY:
            _line(pen, section, line, of_copy.get(line.key, ""))


def _line(pen: _Pen, section: Section, line: Line, of_copy: str) -> None:
    """A row whose cells have names, by which a recalculation finds them."""
    build, row, label = pen.build, pen.row, line.label[pen.build.lang]
    if section.varies:
        build.name(schema.CELL_GUIDE_LABEL.format(key=line.key), pen.sheet, row, _LABEL)
    build.name(schema.CELL_GUIDE_TEXT.format(key=line.key), pen.sheet, row, _TEXT)
    if section.key == "colours":
        _sample(pen, line)
    elif line.link:
        pen.sheet.write_url(row, _LABEL, f"internal:{line.link}", build.looks.link(_tab(line.key)), label)
    else:
        build.put(pen.sheet, row, _LABEL, label, build.looks.of(bold=True, valign="top"))
    look = build.looks.of(text_wrap=True, valign="top", indent=1)
    pen.paragraph(line.text[build.lang], look, follows=section.key in telling.OF_METHOD, of_copy=of_copy)
    if not line.text[build.lang]:
        pen.sheet.set_row(row, None, None, {"hidden": True})


def _sample(pen: _Pen, line: Line) -> None:
    """What a sign or a colour looks like."""
    build, row = pen.build, pen.row
    change = guide_texts.SIGNS.get(line.key)
    if change is None:
        look = build.looks.cell("text", entered=line.key == "entered", align="center")
        build.put(pen.sheet, row, _LABEL, line.label[build.lang], look)
    else:
        build.put(pen.sheet, row, _LABEL, change, build.looks.cell("rank change", entered=False))
        results.change_colours(build, pen.sheet, row, _LABEL)


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
    sheet.set_row(pen.row, build.line + 4)
    pen.paragraph(schema.RANKING.waiting[build.lang], box, follows=False)
    # Without a note on the data the row is blank, and looks it.
    source, named = str(build.contents.settings.get("source") or ""), schema.CELL_SOURCE
    caption, bold, plain = (
        guide_texts.SOURCE[build.lang],
        build.looks.of(bold=True, valign="top"),
        build.looks.note(wrap=True),
    )
    shown = caption if source else ""
    sheet.write_formula(pen.row, _LABEL, f'=IF({named}="","","{caption}")', bold, shown)
    sheet.write_formula(pen.row, _TEXT, f'=IF({named}="","",{named})', plain, source)
    lines = fit.n_lines(source, _WIDTHS[_TEXT])
    if lines > 1:
        set_height(sheet, pen.row, lines * build.line)
        build.fitted.add(pen.row)
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


def _tab(key: str) -> Color:
    kind = key.partition("_")[0]
    if isinstance(schema.sheet_of(schema.PREFIX + key), schema.InputSheet):
        return styles.TAB_INPUT
    return styles.TAB_CHECK if kind in {schema.FORMULAS_KEY, "check", "log"} else styles.TAB_RESULT


def _charts(pen: _Pen) -> list[int]:
    """The charts; returns the rows at which their pages begin."""
    build, pages = pen.build, [pen.row]
    pen.section(guide_texts.CHARTS)
    for i, ranking in enumerate(build.contents.data):
        if i and i % _CHARTS_A_PAGE == 0:
            pages.append(pen.row)
        label, n = schema.ranking_label(ranking), ranking_charts.n_shown(build, ranking)
        caption = guide_texts.CHART.format(ranking=label, n=n)[build.lang]
        build.put(pen.sheet, pen.row, _LABEL, caption, build.looks.note())
        build.name(
            schema.CELL_GUIDE_TEXT.format(key=telling.key_of(schema.CHART_KEY, ranking)), pen.sheet, pen.row, _LABEL
        )
        height = ranking_charts.top(build, pen.sheet, pen.row + 1, _LABEL, ranking)
        for row in range(pen.row + 1, pen.row + 3 + math.ceil(height / _CHART_ROW)):
            pen.sheet.set_row_pixels(row, _CHART_ROW)
            pen.row = row
    return pages
