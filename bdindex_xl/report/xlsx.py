"""The report as a workbook: a cover with contents, then a sheet a chapter, with charts to be edited and copied."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from itertools import islice

from xlsxwriter.worksheet import Worksheet

from ..figures.content import Content, LeftOut
from ..language import Lang, Text
from ..sheets.layout import one_line
from ..workbook import fit, styles, theme
from ..workbook.cell_writing import cut
from ..workbook.finished_file import begun, finished
from ..workbook.native import ink
from ..workbook.native.cellwise import printable
from ..workbook.sheet_names import LONGEST
from . import xlsx_chapter
from .caption import caption, label
from .document import Document
from .xlsx_chapter import PlacedFigure

_COVER = (2.0, 16.0, 90.0, 34.0)  # widths: margin, number, title, what is missing


def write(document: Document) -> bytes:
    """The file. Nothing but what the document holds is in it: the same document gives the same bytes."""
    file = io.BytesIO()
    workbook = begun(file, one_line(document.title)[:_LONGEST_PROPERTY], document.lang)
    looks = styles.Looks(workbook, document.lang)
    sheets = sheet_names([_CONTENTS[document.lang], *(chapter.title for chapter in document.chapters)])
    cover = workbook.add_worksheet(sheets[0])
    names = table_names(document.figures, document.lang)
    placed = [PlacedFigure(figure, name) for figure, name in zip(document.figures, names, strict=True)]
    _cover(cover, looks, document, placed)
    made, left = ink.Ink(workbook), iter(placed)
    for chapter, sheet in zip(document.chapters, sheets[1:], strict=True):
        own = list(islice(left, len(chapter.figures)))
        xlsx_chapter.write(made, looks, document, (chapter.title, sheet), own)
    workbook.close()
    return finished(file)


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Titles as the names of tabs, no two alike.

    >>> sheet_names(["A/B", "a/b", "History", "'q'"])
    ['A-B', 'a-b 2', 'History 2', 'q']
    """
    taken = {"history"}  # a name that Excel keeps for itself
    found = []
    for title in titles:
        text = re.sub(r"[\[\]:*?/\\]", "-", one_line(title)).strip("' ") or "-"
        name, k = cut(text, LONGEST), 1
        while name.casefold() in taken:
            k += 1
            name = f"{cut(text, LONGEST - 4)} {k}"
        taken.add(name.casefold())
        found.append(name)
    return found


def table_names(figures: Iterable[Content | LeftOut], lang: Lang) -> list[str]:
    """Names of tables after the figures' numbers, no two alike."""
    taken: set[str] = set()
    found = []
    for figure in figures:
        text = re.sub(r"\W+", "_", label(figure, lang)).strip("_")[:_LONGEST_NAME]
        if not text or not re.match(r"[^\W\d_]", text) or _ADDRESS.fullmatch(text):
            text = f"figure_{text}".rstrip("_")
        name, k = text, 1
        while name.casefold() in taken:
            k += 1
            name = f"{text}_n{k}"
        taken.add(name.casefold())
        found.append(name)
    return found


_GAP = 4  # points under a heading
_LONGEST_NAME = 60
_LONGEST_LINK = 200  # characters of a link's text and of its tip
_LONGEST_PROPERTY = 200  # characters of the file's own title
_ADDRESS = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*")


def _cover(sheet: Worksheet, looks: styles.Looks, document: Document, placed: list[PlacedFigure]) -> None:
    lang = document.lang
    line = theme.FACES[lang].row_height
    for column, width in enumerate(_COVER):
        sheet.set_column(column, column, width)
    sheet.set_tab_color(styles.TAB_GUIDE)
    xlsx_chapter.page(sheet, lang)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, line * 1.2)
    sheet.set_row(1, line * 2.6)
    sheet.write_string(1, 1, printable(document.title), looks.cover())
    sheet.write_string(2, 1, _YEAR.format(year=document.year)[lang], looks.of(font_color=theme.SLATE, bold=True))
    row = 3
    if document.source:
        wide = sum(_COVER[1:])
        sheet.set_row(row, (fit.n_lines(document.source, wide - 4) + 1) * line)
        note = looks.of(text_wrap=True, font_color=theme.VERMILION)
        sheet.merge_range(row, 1, row, 3, None, note)
        sheet.write_string(row, 1, printable(document.source), note)
        row += 1
    row = _contents(sheet, looks, document, placed, row + 1)
    sheet.print_area(0, 0, row, 3)
    sheet.activate()


def _contents(sheet: Worksheet, looks: styles.Looks, document: Document, placed: list[PlacedFigure], row: int) -> int:
    """The list of figures by chapter, each with a link; returns the last row."""
    lang = document.lang
    line = theme.FACES[lang].row_height
    number = looks.of(font_color=theme.BLUE, underline=1, valign="top")
    text = looks.of(text_wrap=True, valign="top")
    left = iter(placed)
    for chapter in document.chapters:
        row += 1
        sheet.set_row(row, line * 1.8)
        for column in range(1, 4):
            sheet.write_blank(row, column, None, looks.section())
        sheet.write_string(row, 1, printable(chapter.title), looks.section())
        row += 1
        sheet.set_row(row, _GAP)
        for _ in chapter.figures:
            one = next(left)
            row += 1
            title = printable(one.figure.title)
            lines = fit.n_lines(title, _COVER[2])
            shown = printable(label(one.figure, lang))
            sheet.write_url(
                row, 1, f"internal:{one.cell}", number, cut(shown, 250), printable(caption(one.figure, lang))[:200]
            )
            sheet.write_string(row, 2, title, text)
            if isinstance(one.figure, LeftOut):
                why = one.figure.why[lang]
                lines = max(lines, fit.n_lines(why, _COVER[3]))
                sheet.write_string(row, 3, why, looks.note(wrap=True))
            sheet.set_row(row, lines * line + 4)
    return row


_CONTENTS = Text("目录", "Contents")
_YEAR = Text("{year} 年", "{year}")
