"""Fields with what they show before Word counts anew, and the bookmarks that contents point to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from .elements import element, run, text_element

Entry = tuple[int, str]  # level of a line of contents, from 1, and its text


def field(code: str, shown: str) -> Iterator[BaseOxmlElement]:
    """Runs of a field."""
    yield _mark("begin")
    yield _code(code)
    yield _mark("separate")
    yield run(text_element("t", shown))
    yield _mark("end")


def _mark(kind: str) -> BaseOxmlElement:
    return run(element("fldChar", fldCharType=kind))


def _code(code: str) -> BaseOxmlElement:
    return run(text_element("instrText", f" {code} "))


def numbered(paragraph: Paragraph, caption: str) -> None:
    """A caption whose last digit of the number is a field, so that Word lists it among its figures or tables.

    The number is the figure's own: each field starts the count at it, and it stays when Word counts anew.
    """
    found = _NUMBER.match(caption)
    if found is None:
        paragraph.add_run(caption)
        return
    before, sequence, number, after = found[1], found[2], found[3], found[4]
    paragraph.add_run(before)
    paragraph._p.extend(field(f"SEQ {sequence} \\* ARABIC \\r {int(number)}", number))
    paragraph.add_run(after)


_NUMBER = re.compile(r"((图|表|Figure|Table)\s?(?:[^\s\d]*\d+[-–.])*)(\d{1,4})(\s.*)?$", re.S)


def bookmarked(paragraph: Paragraph, k: int) -> None:
    """A bookmark around a paragraph, the k-th of the document."""
    start = element("bookmarkStart", id=str(k), name=_anchor(k))
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(element("bookmarkEnd", id=str(k)))


def _anchor(k: int) -> str:
    return f"_Toc{100000 + k}"


def contents(document: WordDocument, entries: Sequence[Entry]) -> None:
    """A table of contents of two levels, filled in; Word adds the pages when it updates the field."""
    for k, (level, text) in enumerate(entries):
        paragraph = document.add_paragraph(style=f"toc {level}")
        if k == 0:
            paragraph._p.extend((_mark("begin"), _code('TOC \\o "1-2" \\h \\z \\u'), _mark("separate")))
        link = element("hyperlink", run(text_element("t", text)), anchor=_anchor(k), history="1")
        paragraph._p.append(link)
        if k == len(entries) - 1:
            paragraph._p.append(_mark("end"))


def update_on_opening(document: WordDocument) -> None:
    """Word asks whether to update the fields, contents among them, when it opens the file."""
    settings = document.settings.element
    after = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat")  # it must stand before these
    asked = element("updateFields", val="true")
    for old in settings.findall(qn("w:updateFields")):
        settings.remove(old)
    following = next((one for one in settings if one.tag in {qn(f"w:{name}") for name in after}), None)
    if following is None:
        settings.append(asked)
    else:
        following.addprevious(asked)


def page_number(paragraph: Paragraph) -> None:
    """The number of the page."""
    paragraph._p.extend(field("PAGE", "1"))
