"""Cells of a figure: its data as a table, the cells that its chart reckons with, and texts that fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...figures.content import FigureColumn
from ...figures.kinds.ranked import arrow
from ...language import Lang
from ...sheets.layout import one_line
from ...sheets.roles import TEXTUAL
from .. import cell_writing, fit, styles, theme
from .block import ChartBlock
from .numbers import number_format

_NARROWEST, _WIDEST = 64, 210  # pixels of a column
_DIGIT = 7  # pixels
_LEAST_LINE = 15.75  # points of a row, one pixel over the file format's own
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class CellFormula:
    """A formula, and what it gives."""

    text: str
    value: Any


@dataclass(eq=False)
class Canvas:
    """A sheet that figures are written on; keeps how wide its columns must be.

    `spelt` are the names that number formats of the whole workbook spell.
    """

    sheet: Worksheet
    looks: styles.Looks
    lang: Lang
    spelt: set[str]
    widths: dict[int, int] = field(default_factory=dict)

    @property
    def line(self) -> float:
        """Height of a line [points], never the file format's own: rows of that one are fitted to their text on opening
        by LibreOffice, from under charts that stay where they are."""
        return max(theme.FACES[self.lang].row_height, _LEAST_LINE)

    def put(self, row: int, column: int, value: Any, look: Format) -> None:
        """A cell of a figure. Characters that no file can hold become spaces."""
        if isinstance(value, CellFormula):
            shown = "" if value.value is None else value.value
            self.sheet.write_formula(row, column, value.text, look, shown)
        else:
            cell_writing.put(self.sheet, row, column, printable(value) if isinstance(value, str) else value, look)

    def merged(self, row: int, first: int, last: int, value: Any, look: Format) -> None:
        """A text over several columns of one row."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, None, look)
        self.put(row, first, value, look)

    def widen(self, column: int, pixels: float) -> None:
        """Make a column at least so wide, within limits."""
        wanted = round(min(max(pixels, _NARROWEST), _WIDEST))
        self.widths[column] = max(self.widths.get(column, 0), wanted)


def printable(text: str) -> str:
    """A text without characters that no file can hold.

    >>> printable("a\\x07b")
    'a b'
    """
    return _CONTROL.sub(" ", text)


def headers(columns: Sequence[FigureColumn]) -> list[str]:
    """Headers as a table takes them: one line, not blank, cut, no two alike.

    >>> headers([FigureColumn("a", "score", ()), FigureColumn("A", "score", ()), FigureColumn("", "score", ())])
    ['a', 'A (2)', '–']
    """
    taken: set[str] = set()
    found = []
    for column in columns:
        text = cell_writing.cut(one_line(column.header) or "–", cell_writing.LONGEST_HEADER - _SUFFIX)
        shown, k = text, 1
        while shown.casefold() in taken:
            k += 1
            shown = f"{text} ({k})"
        taken.add(shown.casefold())
        found.append(shown)
    return found


_SUFFIX = 8  # characters kept for a number after a header


def values(column: FigureColumn, lang: Lang) -> list[Any]:
    """A column's values as cells hold them: NaN is blank, texts are printable, a unit without a rank before is new."""
    if column.role == "rank change" and any(value is not None for value in column.values):
        return [arrow(None)[lang] if value is None else value for value in column.values]
    return [
        None if value != value else printable(value) if isinstance(value, str) else value for value in column.values
    ]


def table(
    canvas: Canvas, name: str, row: int, column: int, columns: Sequence[FigureColumn], *, wraps: bool = False
) -> ChartBlock:
    """The data as an Excel table from that cell on; where it `wraps`, rows are as high as their names."""
    header = headers(columns)
    looks = [canvas.looks.header(one.role) for one in columns]
    found = [values(one, canvas.lang) for one in columns]
    n = len(found[0])
    cell_writing.add_table(canvas.sheet, name, (row, column), header, looks, n, filters=False)
    for j, (one, own) in enumerate(zip(columns, found, strict=True)):
        wrapped = {"text_wrap": True} if wraps and one.role in TEXTUAL else {}
        look = canvas.looks.cell(one.role, entered=False, num_format=number_format(one), **wrapped)
        for i, value in enumerate(own):
            canvas.put(row + 1 + i, column + j, value, look)
    if wraps:
        for i in range(n):
            texts = [(str(own[i]), canvas.widths[column + j]) for j, own in enumerate(found) if isinstance(own[i], str)]
            lines = max((fit.n_lines(text, wide / _DIGIT - 1) for text, wide in texts), default=1)
            if lines > 1:
                cell_writing.set_height(canvas.sheet, row + 1 + i, lines * canvas.line)
    return ChartBlock(canvas.sheet.get_name(), row, tuple(range(column, column + len(columns))), n, tuple(found))


def helpers(canvas: Canvas, row: int, column: int, columns: Sequence[FigureColumn]) -> ChartBlock:
    """Cells that a chart needs beside the data, in small print."""
    look = canvas.looks.of(font_color=theme.SLATE, num_format="0.00", align="right")
    n = max((len(one.values) for one in columns), default=0)
    for j, one in enumerate(columns):
        canvas.put(row, column + j, one_line(one.header), canvas.looks.caption())
        for i, value in enumerate(one.values):
            if value is not None:
                canvas.put(row + 1 + i, column + j, value, look)
    kept = tuple(
        [value.value if isinstance(value, CellFormula) else value for value in one.values]
        + [None] * (n - len(one.values))
        for one in columns
    )
    return ChartBlock(canvas.sheet.get_name(), row, tuple(range(column, column + len(columns))), n, kept)


def widen(canvas: Canvas, column: int, columns: Sequence[FigureColumn]) -> None:
    """Make columns wide enough for these, headers on three lines."""
    for j, one in enumerate(columns):
        longest = max((fit.text_width(str(value)) for value in one.values if isinstance(value, str)), default=0.0)
        least = fit.header_width(cell_writing.cut(one_line(one.header), 60), 7.0)
        canvas.widen(column + j, max(longest + 2.5, least) * _DIGIT)


def header_lines(canvas: Canvas, column: int, columns: Sequence[FigureColumn]) -> int:
    """Lines that the longest header takes in the widths that the columns have."""
    return max(
        fit.header_lines(text, canvas.widths[column + j] / _DIGIT - 1) for j, text in enumerate(headers(columns))
    )
