"""A chapter of the report as a sheet: each figure with its chart, its data at the right, its sentences underneath."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..figures.content import Content, FigureColumn, LeftOut
from ..language import Lang, Text
from ..sheets import phrases
from ..sheets.areas import quoted
from ..workbook import fit, styles, theme
from ..workbook.cell_writing import done
from ..workbook.native import cellwise, ink
from ..workbook.native.block import ChartBlock
from ..workbook.native.cellwise import Canvas, printable
from ..workbook.native.forms import NATIVE, Celled, Charted
from ..workbook.native.grids import DrawnCells
from .caption import caption
from .document import Document

_LEFT, _COLUMNS = 1, 8  # the first column of text and charts, and how many there are
_WIDE = ink.WIDTH // _COLUMNS  # pixels of each
_MARGIN, _GAP = 14, 28  # pixels of the column before them and of those before tables
_DIGIT = 6.8  # pixels
_PAGE = (1045, 700)  # pixels of A4 across within its margins
_PIXEL = 0.75  # points
_FEW = 12  # rows of data
_HEADING = 2  # rows of a heading and the space under it


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure with the name of its table, and the name of the cell that its heading stands in."""

    figure: Content | LeftOut
    table: str

    @property
    def cell(self) -> str:
        return f"at_{self.table}"


@dataclass(eq=False)
class _Plan:
    """Where a figure goes: its first row, the rows of its picture, of its sentences; the column of its data."""

    placed: PlacedFigure
    row: int
    n_body: int
    texts: list[tuple[str, Format, int]]
    extra: tuple[FigureColumn, ...] = ()
    column: int = 0
    is_far: bool = False  # whether the data stand further right than beside the picture

    @property
    def figure(self) -> Content | LeftOut:
        return self.placed.figure

    @property
    def header(self) -> int:
        """The row in which the data begin: high, and so beside the heading where the picture is cells."""
        is_cells = isinstance(self.figure, Content) and isinstance(NATIVE.get(type(self.figure.form)), Celled)
        return self.row if is_cells else self.row + _HEADING

    @property
    def n_heading(self) -> int:
        """Rows of the heading and the space under it."""
        return _HEADING if isinstance(self.figure, Content) else 1

    @property
    def n_rows(self) -> int:
        return self.n_heading + self.n_body + sum(lines for *_, lines in self.texts) + 1

    @property
    def n_data(self) -> tuple[int, int]:
        """Rows and columns of the data and of what its chart needs beside them."""
        assert isinstance(self.figure, Content)
        n = max((len(one.values) for one in self.extra), default=0)
        wide = len(self.figure.columns) + (1 + len(self.extra) if self.extra else 0)
        return 1 + max(self.figure.n_rows, n), wide


@dataclass(eq=False)
class _Sheet:
    canvas: Canvas
    made: ink.Ink
    document: Document
    n_columns: int
    plans: list[_Plan] = field(default_factory=list)

    @property
    def lang(self) -> Lang:
        return self.document.lang

    @property
    def pixels(self) -> int:
        """Height of a row."""
        return round(self.canvas.line / _PIXEL)


def write(
    made: ink.Ink, looks: styles.Looks, document: Document, names: tuple[str, str], figures: Sequence[PlacedFigure]
) -> None:
    """Make the sheet of a chapter, whose title and whose name as a tab are `names`."""
    title, name = names
    sheet = made.workbook.add_worksheet(name)
    lang = document.lang
    sheet.set_tab_color(styles.TAB_RESULT)
    page(sheet, lang)
    sheet.set_landscape()
    n_columns = max([_COLUMNS, *(_n_columns(figure) for figure in (one.figure for one in figures))])
    own = _Sheet(Canvas(sheet, looks, lang, made.spelt), made, document, n_columns)
    sheet.set_default_row(own.canvas.line)
    sheet.set_row(0, own.canvas.line * 1.8)
    sheet.write_string(0, _LEFT, printable(title), looks.title())
    _plan(own, figures)
    _columns(own)
    for plan in own.plans:
        _figure(own, plan)
    _printed(own)


def page(sheet: Worksheet, lang: Lang) -> None:
    """A4 within narrow margins."""
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.55)
    sheet.set_footer(phrases.FOOTER[lang])


def _n_columns(figure: Content | LeftOut) -> int:
    if isinstance(figure, LeftOut):
        return 0
    drawn = NATIVE.get(type(figure.form))
    if drawn is None:
        return len(figure.columns)
    return drawn.size(figure)[1] if isinstance(drawn, Celled) else 0


# --- where everything goes


def _plan(own: _Sheet, figures: Sequence[PlacedFigure]) -> None:
    row = 2
    for placed in figures:
        figure = placed.figure
        plan = _Plan(placed, row, _n_body(own, figure), _texts(own, figure))
        drawn = NATIVE.get(type(figure.form)) if isinstance(figure, Content) else None
        if isinstance(figure, Content) and isinstance(drawn, Charted):
            nowhere = ChartBlock("", 0, tuple(range(len(figure.columns))), figure.n_rows)
            plan.extra = drawn.helpers(figure, nowhere, own.lang)
        own.plans.append(plan)
        row += plan.n_rows
    _lanes(own)


def _n_body(own: _Sheet, figure: Content | LeftOut) -> int:
    if isinstance(figure, LeftOut):
        return 0
    drawn = NATIVE.get(type(figure.form))
    if isinstance(drawn, Charted):
        return math.ceil(drawn.height(figure) / own.pixels)
    # a few cells are given as much room as their data take, which so stand beside them
    return 1 + (max(drawn.size(figure)[0], min(figure.n_rows, _FEW)) if drawn else figure.n_rows + 1)


def _texts(own: _Sheet, figure: Content | LeftOut) -> list[tuple[str, Format, int]]:
    """What is said under a figure, with its look and how many lines it takes."""
    looks, lang, width = own.canvas.looks, own.lang, ink.WIDTH / _DIGIT
    plain, note = looks.of(text_wrap=True, valign="top"), looks.note(wrap=True)
    left_out = looks.of(text_wrap=True, font_color=theme.SLATE)
    said = [(figure.why, left_out)] if isinstance(figure, LeftOut) else [(fact, plain) for fact in figure.facts]
    if isinstance(figure, Content):
        said += [(text, note) for text in figure.notes]
        if own.document.source:
            said.append((Text(own.document.source, own.document.source), note))
    return [(text[lang], look, fit.n_lines(text[lang], width)) for text, look in said]


def _lanes(own: _Sheet) -> None:
    """Data as high as their figure go beside it; longer ones into columns further right, past each other."""
    with_data = [plan for plan in own.plans if _has_data(plan)]
    for plan in with_data:
        plan.is_far = plan.header + plan.n_data[0] >= plan.row + plan.n_rows
    start = _LEFT + own.n_columns + 1
    far = max((start + plan.n_data[1] + 1 for plan in with_data if not plan.is_far), default=start)
    taken: list[tuple[int, int, int]] = []  # last column and first and last row
    for plan in with_data:
        high, wide = plan.n_data
        first, last = plan.header, plan.header + high
        beside = [column for column, top, bottom in taken if top <= last and first <= bottom]
        plan.column = max([far, *(column + 2 for column in beside)]) if plan.is_far else start
        if plan.is_far:
            taken.append((plan.column + wide - 1, first, last))


def _has_data(plan: _Plan) -> bool:
    return isinstance(plan.figure, Content) and type(plan.figure.form) in NATIVE


def _columns(own: _Sheet) -> None:
    canvas = own.canvas
    canvas.sheet.set_column_pixels(0, 0, _MARGIN)
    canvas.sheet.set_column_pixels(_LEFT, _LEFT + own.n_columns - 1, _WIDE)
    for plan in own.plans:
        if not isinstance(plan.figure, Content) or not plan.column:
            continue
        cellwise.widen(canvas, plan.column, plan.figure.columns)
        for j in range(len(plan.extra)):
            canvas.widen(plan.column + len(plan.figure.columns) + 1 + j, 0)
    last = max([_LEFT + own.n_columns, *canvas.widths])
    for column in range(_LEFT + own.n_columns, last + 1):
        canvas.sheet.set_column_pixels(column, column, canvas.widths.get(column, _GAP))


# --- what is written


def _figure(own: _Sheet, plan: _Plan) -> None:
    canvas, sheet = own.canvas, own.canvas.sheet
    last = _LEFT + own.n_columns - 1
    look = canvas.looks.section()
    for column in range(_LEFT, last + 1):
        canvas.put(plan.row, column, None, look)
    canvas.put(plan.row, _LEFT, caption(plan.figure, own.lang), look)
    if plan.is_far:
        cell = xl_rowcol_to_cell(plan.header, plan.column)
        link = canvas.looks.of(font_color=theme.BLUE, bottom=1, bottom_color=theme.BLUE, align="right", valign="bottom")
        sheet.write_url(plan.row, last, f"internal:{quoted(sheet.get_name())}!{cell}", link, _DATA[own.lang])
    place = f"={quoted(sheet.get_name())}!$B${plan.row + 1}"
    done(own.made.workbook.define_name(plan.placed.cell, place), plan.placed.cell)
    if isinstance(plan.figure, Content):
        _content(own, plan, plan.figure)
    row = plan.row + plan.n_heading + plan.n_body
    for text, look, lines in plan.texts:
        sheet.merge_range(row, _LEFT, row + lines - 1, _LEFT + _COLUMNS - 1, None, look)
        canvas.put(row, _LEFT, text, look)
        row += lines


def _content(own: _Sheet, plan: _Plan, content: Content) -> None:
    canvas, row = own.canvas, plan.header
    drawn = NATIVE.get(type(content.form))
    if drawn is None:
        for j in range(len(content.columns)):
            canvas.widths[_LEFT + j] = _WIDE
        _header_row(canvas, row, _LEFT, content)
        cellwise.table(canvas, plan.placed.table, row, _LEFT, content.columns, wraps=True)
        return
    _header_row(canvas, row, plan.column, content)
    block = cellwise.table(canvas, plan.placed.table, row, plan.column, content.columns)
    if isinstance(drawn, Celled):
        drawn.draw(canvas, content, block, DrawnCells(plan.row + _HEADING, _LEFT, own.n_columns))
        return
    extra = ChartBlock("", 0, (), 0)
    if plan.extra:
        beside = plan.column + len(content.columns) + 1
        extra = cellwise.helpers(canvas, row, beside, drawn.helpers(content, block, own.lang))
    chart = drawn.draw(own.made, content, block, extra)
    ink.title(chart, content.title)
    chart.chart_name = plan.placed.table
    chart.set_size({"width": ink.WIDTH, "height": drawn.height(content)})
    told = [caption(content, own.lang), *(fact[own.lang] for fact in content.facts[:1])]
    canvas.sheet.insert_chart(row, _LEFT, chart, {"object_position": 2, "description": printable(". ".join(told))})


def _header_row(canvas: Canvas, row: int, column: int, content: Content) -> None:
    lines = cellwise.header_lines(canvas, column, content.columns)
    canvas.sheet.set_row(row, (lines + 0.4) * canvas.line)


def _printed(own: _Sheet) -> None:
    """What stands at the left, one page across; a figure begins a page where it would not fit on the one before."""
    sheet = own.canvas.sheet
    scale = min(1.0, _PAGE[0] / (_MARGIN + own.n_columns * _WIDE))
    room = _PAGE[1] / scale / own.pixels - 2  # rows of a page, less what a high header takes
    last = own.plans[-1].row + own.plans[-1].n_rows if own.plans else 1
    sheet.print_area(0, 0, last, _LEFT + own.n_columns - 1)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    breaks, top = [], 0
    for plan in own.plans[1:]:
        fits = plan.row + plan.n_rows - 1 - top <= room
        if not fits and isinstance(plan.figure, Content):
            breaks.append(plan.row)
            top = plan.row
    sheet.set_h_pagebreaks(breaks)


_DATA = Text("数据 →", "Data →")
