"""Rows of plain cells, which no parser need look at: a pattern that lets nothing but well-formed XML through is twice
as fast as expat, and nearly all rows of nearly all sheets are like that.
"""

from __future__ import annotations

import re

# Texts of ASCII and Chinese characters, without references; attributes in the one order in which programs write them,
# so that none comes twice. Nothing can match in two ways, and what has matched is not tried again.
_TEXT = rb"(?>(?:[ -%'-;=?-~]+|[\xe3-\xe9][\x80-\xbf][\x80-\xbf])*)"
_CELL = (
    rb'<c r="[A-Z][A-Z]?[0-9]+"(?: s="[0-9]+")?(?:><v>[0-9.eE+-]*</v></c>|/>'
    rb'|(?: t="[a-zA-Z]+")?>(?:<v>[0-9.eE+-]*</v></|<is><t>' + _TEXT + rb"</t></is></)c>)"
)
_ROW = re.compile(
    rb'<row(?: r="[0-9]+")?(?: spans="[0-9:]*")?(?: s="[0-9]+")?(?: customFormat="[01]")?(?: ht="[0-9.]*")?'
    rb'(?: hidden="[01]")?(?: customHeight="[01]")?>(?>(?:' + _CELL + rb")*)</row>"
)


def in_brief(data: bytes) -> bytes:
    """Data that are well-formed where these are, each row of plain cells an empty element.

    Inside a comment that would hide two hyphens, so that data with any stay as they are.

    >>> in_brief(b'<sheetData><row r="1"><c r="A1"><v>1.5</v></c></row><row r="2"><c r="A2"><v>&</v></c></row>')
    b'<sheetData><row/><row r="2"><c r="A2"><v>&</v></c></row>'
    """
    return data if b"!" in data and b"<!" in data else _ROW.sub(b"<row/>", data)
