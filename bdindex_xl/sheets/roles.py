"""What a column holds decides its number format and width. Looks go by role and stand in `workbook.styles`."""

from __future__ import annotations

from typing import NamedTuple


class Role(NamedTuple):
    """Number format and width [characters of the default font] of a column."""

    number_format: str
    width: float


ROLES: dict[str, Role] = {
    "text": Role("@", 16),
    "long text": Role("@", 44),
    "code": Role("@", 10),
    "name": Role("@", 18),
    "year": Role("0", 7),
    "count": Role("#,##0", 10),
    "raw": Role("General", 13),
    "value": Role("General", 16),
    "statistic": Role("[=0]0;[>=1]#,##0.00;0.0000", 13),
    "amount": Role("#,##0.00", 13),
    "rank": Role("0", 7),
    "previous rank": Role("0", 7),
    "rank change": Role('"▲"0;"▼"0;"—";@', 8),
    "change": Role("+0.00;-0.00;0.00", 11),
    "growth": Role("+0.00%;-0.00%;0.00%", 11),
    "score": Role("0.00", 9),
    "normalised": Role("0.00", 10),
    "weight": Role("0.00%", 10),
    "share": Role("0.0%", 9),
    "time": Role("yyyy-mm-dd hh:mm:ss", 20),
    "seconds": Role("0.00", 9),
    "cell": Role("General", 10),  # a link is a formula, and a cell for text would show its text
}


TEXTUAL = frozenset({"text", "long text", "code", "name", "cell"})  # roles of columns that hold words


def raw_format(decimals: int) -> str:
    """Number format of raw data with so many decimals. (With optional places, ``#``, whole numbers end in a point.)

    >>> raw_format(0), raw_format(2)
    ('#,##0', '#,##0.00')
    """
    return "#,##0" + ("." + "0" * decimals if decimals else "")
