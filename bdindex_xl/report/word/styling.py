"""Styles of a Word document: what each looks like, where no template says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from ...language import Lang
from .. import palette
from .elements import element

# Styles of ours; editors find them by name.
NOTE, PICTURE, TABLE, CELL = "Figure Note", "Figure Picture", "Figure Table", "Figure Table Text"


@dataclass(frozen=True, slots=True)
class _Look:
    """Sizes are points. `spacing` is of lines, by their height; `outline` the level of a heading, from 0."""

    size: float
    before: float = 0.0
    after: float = 0.0
    spacing: float | None = None
    colour: str = ""
    is_bold: bool = False
    is_heading: bool = False  # has the face of headings
    is_centred: bool = False
    outline: int | None = None


_LOOKS: Mapping[str, _Look] = {
    "Normal": _Look(10.5, after=6, spacing=1.3),
    "Title": _Look(28, before=190, after=10, colour=palette.INK, is_bold=True, is_heading=True),
    "Subtitle": _Look(16, after=10, colour=palette.SLATE, is_heading=True),
    "TOC Heading": _Look(18, after=14, colour=palette.INK, is_bold=True, is_heading=True),
    "Heading 1": _Look(18, after=14, colour=palette.INK, is_bold=True, is_heading=True, outline=0),
    "Caption": _Look(10, before=8, after=6, colour=palette.INK, is_bold=True, is_heading=True, is_centred=True),
    "Body Text": _Look(10.5, after=4),
    "Header": _Look(8.5, colour=palette.SLATE, is_heading=True),
    "Footer": _Look(8.5, colour=palette.SLATE, is_heading=True),
    "toc 1": _Look(11, before=9, after=2, is_bold=True),
    "toc 2": _Look(9.5, spacing=1.1),
    NOTE: _Look(8, before=2, after=2, spacing=1.1, colour=palette.SLATE),
    PICTURE: _Look(10.5, before=10, spacing=1.0, is_centred=True),
    CELL: _Look(9, before=2, after=2, spacing=1.0),
}
_TEXT_FACES = {"zh": ("Times New Roman", "宋体"), "en": ("Calibri", "宋体")}  # Western, East Asian
_HEADING_FACES = {"zh": ("Arial", "黑体"), "en": ("Calibri", "黑体")}


def style_all(document: WordDocument, lang: Lang) -> None:
    """Looks and faces of every style."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    _set_faces(next(defaults.iter(qn("w:rFonts"))), _TEXT_FACES[lang])
    add_missing(document, lang)
    for name, look in _LOOKS.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _apply(style, name, look, lang)
        faces = (_HEADING_FACES if look.is_heading else _TEXT_FACES)[lang]
        style.font.name = faces[0]
        _set_faces(style.element.rPr.find(qn("w:rFonts")), faces)


def speak_chinese(document: WordDocument) -> None:
    """Take East Asian text for Chinese: in that of another place, a comma stands in the middle of its square."""
    for root in (document.styles.element, document.settings.element):
        for language in (*root.iter(qn("w:lang")), *root.iter(qn("w:themeFontLang"))):
            if not language.get(qn("w:eastAsia"), "").startswith("zh"):
                language.set(qn("w:eastAsia"), "zh-CN")


def add_missing(document: WordDocument, lang: Lang) -> None:
    """Styles that a report needs and the document has not; their faces are those of the document's text."""
    names = {style.name.casefold() for style in document.styles if style.name}
    for name, look in _LOOKS.items():
        if name.casefold() not in names:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not name.startswith("Figure"))
            assert isinstance(style, ParagraphStyle)
            if name != "Normal":
                style.base_style = document.styles["Normal"]
            _apply(style, name, look, lang)
    if TABLE.casefold() not in names:
        plain = document.styles.default(WD_STYLE_TYPE.TABLE)
        document.styles.element.append(_table_style(plain.style_id if plain is not None else None))


def _apply(style: ParagraphStyle, name: str, look: _Look, lang: Lang) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.is_bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour or "000000")
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = look.spacing
    if look.is_centred:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if look.outline is not None:
        layout.page_break_before = layout.keep_with_next = True
        _set_outline(style.element.get_or_add_pPr(), look.outline)
    for border in list(style.element.iter(qn("w:pBdr"))):  # the line under a title
        border.getparent().remove(border)
    if name == PICTURE:
        layout.keep_with_next = True
    if name == "Body Text" and lang == "zh":
        layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        layout.first_line_indent = Pt(2 * look.size)
        style.element.pPr.ind.set(qn("w:firstLineChars"), "200")  # two characters, whatever their size
    if name.startswith("toc"):
        layout.left_indent = Cm(0.5) if name == "toc 2" else Cm(0)
        layout.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _set_outline(properties: BaseOxmlElement, level: int) -> None:
    for old in properties.findall(qn("w:outlineLvl")):
        properties.remove(old)
    properties.append(element("outlineLvl", val=str(level)))


def _set_faces(fonts: BaseOxmlElement, faces: tuple[str, str]) -> None:
    """Western and East Asian face. What the theme says of faces would come before them."""
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), faces[0])
    fonts.set(qn("w:eastAsia"), faces[1])


def _table_style(based_on: str | None) -> BaseOxmlElement:
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
        "style", element("name", val=TABLE), *([element("basedOn", val=based_on)] if based_on else ()),
        element("uiPriority", val="99"),
        element("tblPr", borders, margins), first,
        type="table", customStyle="1", styleId="FigureTable",
    )  # fmt: skip
