"""The document that a report begins with: a blank one, or a user's template without its text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ...errors import FileRefused
from ...language import Lang, Text
from .styling import add_missing, speak_chinese, style_all

_TEMPLATE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def opened(template: Path | None, lang: Lang) -> WordDocument:
    """A document without text and with the styles that a report needs; a template's own stay as they are.

    Raises
    ------
    FileRefused
        Where the template is no Word document.
    """
    if template is None:
        document = docx.Document()
        _as_ours(document, lang)
    else:
        document = _from_template(template)
    add_missing(document, lang)
    speak_chinese(document)
    return document


def room(document: WordDocument) -> tuple[float, float]:
    """Width and height of the text on a page [points]."""
    section = document.sections[0]
    across = (section.page_width or Cm(21)) - (section.left_margin or 0) - (section.right_margin or 0)
    down = (section.page_height or Cm(29.7)) - (section.top_margin or 0) - (section.bottom_margin or 0)
    return across / Pt(1), down / Pt(1)


def _from_template(path: Path) -> WordDocument:
    try:
        data = _as_document(path.read_bytes())
        document = docx.Document(io.BytesIO(data))
    except (OSError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:  # lxml's are SyntaxErrors
        raise FileRefused(_NO_TEMPLATE.format(file=path.name), rule="no Word document") from error
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _forget(document)
    return document


def _forget(document: WordDocument) -> None:
    """Leave out what the text that went referred to, and the template of the template, which Word would fetch."""
    used = set(_RELATION.findall(document.element.xml))
    relations = document.part.rels
    for relation in [one for one in relations.values() if one.reltype in _OF_TEXT or one.is_external]:
        if relation.rId not in used:
            del relations[relation.rId]
    settings = document.settings.element
    for element in settings.findall(qn("w:attachedTemplate")):
        settings.remove(element)
    of_settings = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for relation in [one for one in of_settings.values() if one.is_external]:
        del of_settings[relation.rId]


def _as_document(data: bytes) -> bytes:
    """A template (.dotx) as a document: only the type of its main part differs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        if sum(info.file_size for info in old.infolist()) > _MOST:
            raise ValueError("too large")
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "[Content_Types].xml":
                part = part.replace(_TEMPLATE_TYPE.encode(), _DOCUMENT_TYPE.encode())
            new.writestr(info, part)
    return out.getvalue()


def _as_ours(document: WordDocument, lang: Lang) -> None:
    """Page and language of a document that no template decides."""
    relations = document.part.package.rels
    for relation in list(relations.values()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # of the blank page
            del relations[relation.rId]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)
    section.different_first_page_header_footer = True
    style_all(document, lang)


_MOST = 200_000_000  # bytes of a template, unpacked
_RELATION = re.compile(r'r:(?:id|embed|link)="([^"]+)"')
_OF_TEXT = {
    RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.HYPERLINK, RELATIONSHIP_TYPE.CHART, RELATIONSHIP_TYPE.OLE_OBJECT,
    RELATIONSHIP_TYPE.PACKAGE, RELATIONSHIP_TYPE.COMMENTS, RELATIONSHIP_TYPE.A_F_CHUNK,
}  # fmt: skip
_NO_TEMPLATE = Text(
    "“{file}”不是可用作模板的 Word 文档，应为 .docx 或 .dotx。",
    "“{file}” is no Word document that can be a template: expected .docx or .dotx.",
)
