"""Values of formulas as files keep them, renewed or taken away; the formulas stay."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from ...sheets.book import ErrorValue, Value
from .markup import START_TAG, Edit, edited, escaped, storable
from .package import Packed, packed
from .render import Renderer, shortened
from .sheet_xml import Cell, SheetXml
from .workbook import Workbook

CellPlace = tuple[str, int, int]  # sheet, row, column

_TYPE = re.compile(rb"""\s+(?:t|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")


def settled(workbook: Workbook, values: Mapping[CellPlace, Value]) -> dict[str, Packed | None]:
    """Parts with these values in cells that are there; None takes a value away."""
    by_sheet: dict[str, dict[tuple[int, int], Value]] = defaultdict(dict)
    for (name, row, column), value in values.items():
        by_sheet[name][row, column] = value
    parts: dict[str, Packed | None] = {}
    for sheet in workbook.sheets:
        if sheet.name in by_sheet:
            xml = SheetXml(workbook.package.read(sheet.part), sheet.part)
            renderer = Renderer(xml.patterns.prefix, since_1904=workbook.since_1904)
            edits = list(_edits(xml, by_sheet[sheet.name], renderer))
            parts[sheet.part] = packed(xml.head + xml.back_in(edited(xml.data, edits)) + xml.tail)
    return parts


def _edits(sheet: SheetXml, values: Mapping[tuple[int, int], Value], renderer: Renderer) -> Iterator[Edit]:
    rows = {row for row, _ in values}
    for row in sheet.rows():
        if row.number not in rows:
            continue
        places = sheet.patterns.cell.finditer(sheet.data, row.content, row.close)
        for place, cell in zip(places, sheet.cells(row), strict=True):
            if (row.number, cell.column) in values:
                text = _cell(sheet, cell, values[row.number, cell.column], renderer)
                yield Edit(place.start(), place.end(), text)


def _cell(sheet: SheetXml, cell: Cell, value: Value, renderer: Renderer) -> bytes:
    tag = START_TAG.match(cell.raw)
    formula = sheet.patterns.formula.search(cell.content)
    opening = _TYPE.sub(b"", tag[0]).rstrip(b"/>") if tag else b""
    tail = renderer.tail(value).encode()
    if formula is None:
        return opening + tail
    p = sheet.patterns.prefix.encode()
    if value is None:
        return b"%b>%b</%bc>" % (opening, formula[0], p)
    if isinstance(value, str):
        kind = b' t="e"' if isinstance(value, ErrorValue) else b' t="str"'
        text = escaped(storable(shortened(value))).encode()
        return b"%b%b>%b<%bv>%b</%bv></%bc>" % (opening, kind, formula[0], p, text, p, p)
    start = tail.index(b">")
    return b"%b%b>%b%b" % (opening, tail[:start], formula[0], tail[start + 1 :])
