"""Rows of a sheet, shown or hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .sheet_xml import SheetXml


def with_rows_shown(data: bytes, part: str, shown: Mapping[int, bool]) -> bytes:
    """A sheet's XML with rows shown or hidden, by their numbers; a row with anything in it is never hidden."""
    sheet = SheetXml(data, part)
    pieces, at = [sheet.head], 0
    for row in sheet.numbered():
        if row.number in shown and (shown[row.number] or all(cell.empty for cell in sheet.cells(row))):
            attributes = _HIDDEN.sub(b"", row.attributes).rstrip()
            tag = row.start + len(f"<{sheet.patterns.prefix}row")
            hidden = b"" if shown[row.number] else b' hidden="1"'
            pieces += [sheet.data[at:tag], attributes, hidden]
            at = tag + len(row.attributes)
    return b"".join([*pieces, sheet.data[at:], sheet.tail])


_HIDDEN = re.compile(rb"""\s+hidden\s*=\s*(?:"[^"]*"|'[^']*')""")
