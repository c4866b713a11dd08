"""A report as a Word document, with the styles, captions and tables that an editor knows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from .document import Document
from .front import CONTENTS, SOURCE, SUBTITLE
from .laid_out import Laid, laid_out
from .typesetting import painted
from .word.blank import opened
from .word.elements import element
from .word.fields import Entry, bookmarked, contents, numbered, page_number, update_on_opening
from .word.pictured import add_picture
from .word.saved import saved
from .word.styling import NOTE, PICTURE
from .word.tabled import add_table

_DPI = 220.0
_APART = Pt(6)  # sentences from what is above them


def write(document: Document, template: Path | None = None) -> bytes:
    """The file: title page, contents, chapters of figures with their sentences.

    Parameters
    ----------
    document
        The report.
    template
        A Word document (.docx, .dotx) whose styles, page, header and footer are taken.

    Raises
    ------
    FileRefused
        Where the template is no Word document; where there is Chinese text and no Chinese face is installed.
    """
    chapters = laid_out(document)
    figures = [one for _, those in chapters for one in those]
    pngs = iter(painted([one.picture.svg for one in figures if one.picture], document.lang, _DPI))
    word = opened(template, document.lang)
    _front(word, document)
    entries = [entry for title, those in chapters for entry in _entries(title, those)]
    contents(word, entries)
    bookmarks, pictures = count(), count(1)
    for k, (title, those) in enumerate(chapters):
        heading = word.add_heading(title, 1)
        if k == 0:
            heading.paragraph_format.page_break_before = True  # after the contents, whatever a template says
        bookmarked(heading, next(bookmarks))
        for one in those:
            _figure(word, one, pictures, pngs, next(bookmarks))
    if template is None:
        _header_and_footer(word, document)
    update_on_opening(word)
    return saved(word, _title(document), document.year, document.lang)


def _title(document: Document) -> str:
    return f"{document.title} {SUBTITLE.format(year=document.year)[document.lang]}"


def _entries(title: str, figures: list[Laid]) -> Iterator[Entry]:
    yield 1, title
    yield from ((2, one.caption) for one in figures)


def _front(word: WordDocument, document: Document) -> None:
    """Title page, and the heading of the contents on the next."""
    lang = document.lang
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(SUBTITLE.format(year=document.year)[lang], style="Subtitle")
    if document.source:
        word.add_paragraph(SOURCE.format(source=document.source)[lang], style=NOTE)
    word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    word.add_paragraph(CONTENTS[lang], style="TOC Heading")


def _figure(word: WordDocument, one: Laid, pictures: Iterator[int], pngs: Iterator[bytes], bookmark: int) -> None:
    """A table below its caption, a picture above it; then notes and sentences."""
    if one.table:
        _caption(word, one, bookmark, above=True)
        add_table(word, one.table, one.caption)
    elif one.picture:
        add_picture(word, next(pictures), one.picture, next(pngs))
        _caption(word, one, bookmark)
    else:
        word.add_paragraph(one.why, style=PICTURE)
        _caption(word, one, bookmark)
    for note in one.notes:
        word.add_paragraph(note, style=NOTE).paragraph_format.keep_with_next = bool(one.facts or one.beside)
    if one.beside:
        add_table(word, one.beside, one.caption)
        word.add_paragraph(style=NOTE)
    for k, fact in enumerate(one.facts):
        paragraph = word.add_paragraph(fact, style="Body Text")
        if k == 0:
            paragraph.paragraph_format.space_before = _APART
        if one.n_together and k == len(one.facts) - one.n_together:
            paragraph.paragraph_format.keep_with_next = True


def _caption(word: WordDocument, one: Laid, bookmark: int, *, above: bool = False) -> None:
    """A caption, of the second level of the contents whatever its style says."""
    paragraph = word.add_paragraph(style="Caption")
    numbered(paragraph, one.caption)
    paragraph._p.get_or_add_pPr().append(element("outlineLvl", val="1"))
    paragraph.paragraph_format.keep_with_next = above or bool(one.notes or one.facts or one.beside)
    bookmarked(paragraph, bookmark)


def _header_and_footer(word: WordDocument, document: Document) -> None:
    section = word.sections[0]
    section.header.paragraphs[0].text = _title(document)
    foot: Paragraph = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page_number(foot)
