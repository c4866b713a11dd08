"""The document that a report begins with: a blank one, or a user's template without its text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from ...errors import FileRefused
from ...language import Lang, Text
from .. import palette
from .elements import element

# Styles of ours; editors find them by name.
NOTE, PICTURE, TABLE, CELL = "Figure Note", "Figure Picture", "Figure Table", "Figure Table Text"
_TEXT, _HEADING = (
    {"zh": ("Times New Roman", "宋体"), "en": ("Calibri", "宋体")},
    {
        "zh": ("Arial", "黑体"),
        "en": ("Calibri", "黑体"),
    },
)
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
    _add_styles(document, lang)
    return document


def _from_template(path: Path) -> WordDocument:
    try:
        data = _as_document(path.read_bytes())
        document = docx.Document(io.BytesIO(data))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise FileRefused(_NO_TEMPLATE.format(file=path.name), rule="no Word document") from error
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return document


def _as_document(data: bytes) -> bytes:
    """A template (.dotx) as a document: only the type of its main part differs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "[Content_Types].xml":
                part = part.replace(_TEMPLATE_TYPE.encode(), _DOCUMENT_TYPE.encode())
            new.writestr(info, part)
    return out.getvalue()


# --- our own document ---------------------------------------------------------------------------------------------


def _as_ours(document: WordDocument, lang: Lang) -> None:
    """Faces, sizes, page and language of a document that no template decides."""
    for relation in list(document.part.package.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # of the blank page
            del document.part.package.rels[relation.rId]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)
    section.different_first_page_header_footer = True
    _speak(document, lang)
    normal = _styled(document, "Normal", _TEXT[lang], 10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.3
    for name, size, before, after in (("Heading 1", 18, 0, 14), ("Heading 2", 14, 12, 8), ("TOC Heading", 18, 0, 14)):
        style = _styled(document, name, _HEADING[lang], size, palette.INK, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    title = _styled(document, "Title", _HEADING[lang], 28, palette.INK, bold=True)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(190), Pt(10)
    for border in title.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    _styled(document, "Subtitle", _HEADING[lang], 16, palette.SLATE).font.italic = False
    caption = _styled(document, "Caption", _HEADING[lang], 10, palette.INK, bold=True)
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(6)
    body = _styled(document, "Body Text", _TEXT[lang], 10.5)
    body.paragraph_format.space_after = Pt(4)
    if lang == "zh":
        body.element.get_or_add_pPr().append(element("ind", firstLineChars="200", firstLine="420"))
        body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name in ("Header", "Footer"):
        _styled(document, name, _HEADING[lang], 8.5, palette.SLATE)


def _speak(document: WordDocument, lang: Lang) -> None:
    """The language of the text; without it Word takes Chinese for Japanese, and its commas go to the middle."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    faces = next(defaults.iter(qn("w:rFonts")))
    _set_faces(faces, _TEXT[lang])
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _styled(
    document: WordDocument, name: str, faces: tuple[str, str], size: float, colour: str = "", bold: bool = False
) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.size, style.font.bold = Pt(size), bold
    style.font.name = faces[0]
    _set_faces(style.element.rPr.find(qn("w:rFonts")), faces)
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    return style


def _set_faces(fonts: BaseOxmlElement, faces: tuple[str, str]) -> None:
    """Western and East Asian face. What the theme says of faces would come before them."""
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), faces[0])
    fonts.set(qn("w:eastAsia"), faces[1])


# --- styles that any document gets where it has none of that name -----------------------------------------------------


def _add_styles(document: WordDocument, lang: Lang) -> None:
    names = {style.name.casefold() for style in document.styles if style.name}
    for name, size in ((NOTE, 8.0), (PICTURE, 10.5), (CELL, 9.0), ("toc 1", 11.0), ("toc 2", 9.5)):
        if name.casefold() not in names:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
            assert isinstance(style, ParagraphStyle)
            style.base_style, style.font.size = document.styles["Normal"], Pt(size)
            _LOOKS[name](style)
    for name in ("Title", "Subtitle", "Heading 1", "Caption", "Body Text", "TOC Heading"):
        if name.casefold() not in names:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if TABLE.casefold() not in names:
        document.styles.element.append(_table_style())


def _note(style: ParagraphStyle) -> None:
    style.font.color.rgb = RGBColor.from_string(palette.SLATE)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(2), Pt(2)
    style.paragraph_format.line_spacing = 1.1


def _picture(style: ParagraphStyle) -> None:
    style.paragraph_format.alignment, style.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(0)
    style.paragraph_format.line_spacing = 1.0


def _chapter(style: ParagraphStyle) -> None:
    style.font.bold = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(9), Pt(2)
    _tabbed(style)


def _line(style: ParagraphStyle) -> None:
    style.paragraph_format.left_indent, style.paragraph_format.space_after = Cm(0.5), Pt(0)
    style.paragraph_format.line_spacing = 1.1
    _tabbed(style)


def _tabbed(style: ParagraphStyle) -> None:
    """Pages to the right, after dots."""
    style.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _cell(style: ParagraphStyle) -> None:
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1.0


_LOOKS = {NOTE: _note, PICTURE: _picture, CELL: _cell, "toc 1": _chapter, "toc 2": _line}


def _table_style() -> BaseOxmlElement:
    """Rules above, below and under the headings, as printed tables have them."""

    def border(side: str, size: int, colour: str) -> BaseOxmlElement:
        return element(side, val="single", sz=str(size), space="0", color=colour)

    borders = element(
        "tblBorders", border("top", 8, palette.INK), border("bottom", 8, palette.INK), border("insideH", 2, "D5DAE0")
    )
    margins = element("tblCellMar", *(element(side, w="100", type="dxa") for side in ("left", "right")))
    first = element(
        "tblStylePr",
        element("rPr", element("b"), element("color", val=palette.INK)),
        element("tcPr", element("tcBorders", border("bottom", 6, palette.INK))),
        type="firstRow",
    )
    return element(
        "style", element("name", val=TABLE), element("basedOn", val="TableNormal"), element("uiPriority", val="99"),
        element("tblPr", borders, margins), first,
        type="table", customStyle="1", styleId="FigureTable",
    )  # fmt: skip


_NO_TEMPLATE = Text(
    "“{file}”不是可用作模板的 Word 文档，应为 .docx 或 .dotx。",
    "“{file}” is no Word document that can be a template: expected .docx or .dotx.",
)
