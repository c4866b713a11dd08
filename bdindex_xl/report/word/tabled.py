"""A table in a Word document."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

from ..laid_out import ROOM, Table
from .blank import room
from .elements import element, run, text_element
from .styling import CELL, TABLE

_TOGETHER = 30  # rows of a table that stays on a page


def add_table(document: WordDocument, table: Table, alt: str) -> None:
    """A native table: its header comes again on each page, its rows do not split, numbers stand to the right."""
    made = document.add_table(0, len(table.header), style=TABLE)
    style = document.styles[CELL].style_id
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = table.widths(min(ROOM, room(document)[0]))
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Pt(width)
    made._tbl.tblPr.append(element("tblDescription", val=alt))
    rows = (table.header, *table.rows)
    for k, texts in enumerate(rows):
        stays = k == 0 or (len(rows) <= _TOGETHER and k < len(rows) - 1)
        cells = [
            _cell(_run(text, k == 0), style, is_number, stays)
            for text, is_number in zip(texts, table.numbers, strict=True)
        ]
        properties = element("trPr", element("cantSplit"), *([element("tblHeader")] if k == 0 else ()))
        made._tbl.append(element("tr", properties, *cells))


def _run(text: str, is_header: bool) -> BaseOxmlElement:
    return run(*([element("rPr", element("b"))] if is_header else ()), text_element("t", text))


def _cell(content: BaseOxmlElement, style: str, is_number: bool, stays: bool) -> BaseOxmlElement:
    """A cell; one that stays is on the page of the next row."""
    looks = [element("pStyle", val=style), *([element("keepNext")] if stays else ())]
    looks += [element("jc", val="right")] if is_number else []
    paragraph = element("p", element("pPr", *looks), content)
    return element(
        "tc", element("tcPr", element("tcW", w="0", type="auto"), element("vAlign", val="center")), paragraph
    )
