"""A picture in a Word document: SVG for those that show it, a PNG for the others."""

from __future__ import annotations

import io

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from ..laid_out import Picture
from .blank import room
from .styling import PICTURE

_CAPTION = 60.0  # points
_EXTENSION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{id}"/>'
    "</a:ext></a:extLst>"
)


def add_picture(document: WordDocument, k: int, picture: Picture, png: bytes) -> None:
    """The k-th picture, in a paragraph of its own, smaller where the page has no room for it and its caption."""
    across, down = room(document)
    scale = min(1.0, across / picture.width, (down - _CAPTION) / picture.height)
    paragraph = document.add_paragraph(style=PICTURE)
    shape = paragraph.add_run().add_picture(io.BytesIO(png), Pt(scale * picture.width), Pt(scale * picture.height))
    properties = shape._inline.docPr
    properties.set("id", str(k))
    properties.set("descr", picture.alt)
    package = document.part.package
    part = Part(
        package.next_partname("/word/media/figure%d.svg"), "image/svg+xml", picture.svg.encode("utf-8"), package
    )
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = next(shape._inline.iter(qn("a:blip")))
    blip.append(parse_xml(_EXTENSION.format(id=relation)))
