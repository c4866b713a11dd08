"""Values of cells and of databases as the texts that a CSV file would have."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ...sheets.book import Value


def text_of(value: Value | dt.date | Decimal) -> str | None:
    """A value as a text, whatever its type: exact, and without a power of ten.

    >>> text_of(110000.0), text_of(0.1), text_of(Decimal("1E+2")), text_of(dt.datetime(2024, 3, 5)), text_of(True)
    ('110000', '0.1', '100', '2024-03-05', 'TRUE')
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.datetime):
        return str(value.date() if value.time() == dt.time() else value)
    return str(value)
