"""Values between LibreOffice and the sheets' blocks: what JSON has no word for goes as a small mapping."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np

from ...sheets.areas import Area
from ...sheets.book import ErrorValue, Formula


class Office(Protocol):
    """The extension in LibreOffice, which knows the document."""

    def ask(self, do: str, **given: Any) -> Any:
        """What a function of the extension's bridge answers. Raises RuntimeError where it fails there."""
        ...


def corners(area: Area) -> list[int]:
    """An area as the extension has it."""
    return [area.top, area.left, area.bottom, area.right]


def read_area(office: Office, sheet: str, area: Area) -> list[list[Any]]:
    """Values of a block, row by row."""
    rows: list[list[Any]] = office.ask("read", sheet=sheet, area=corners(area))
    return [[_read(value) if isinstance(value, dict) else value for value in row] for row in rows]


def _read(value: dict[str, str]) -> Any:
    if "date" in value:
        return dt.datetime.fromisoformat(value["date"])
    return ErrorValue(value["error"])


def told(value: Any) -> Any:
    """A value as LibreOffice is told it; a text stays the text that it is.

    >>> told("=1+1"), told(float("nan")), told(Formula("A1+1", 2.0))
    ('=1+1', None, {'formula': 'A1+1'})
    """
    if isinstance(value, Formula):
        return {"formula": value.text}
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, dt.datetime):
        return {"date": value.isoformat(timespec="seconds")}
    if isinstance(value, float) and math.isnan(value):
        return None
    return value or None if isinstance(value, str) else value


def rows_of_columns(columns: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Columns of values as rows to be written."""
    return [list(row) for row in zip(*([told(value) for value in column] for column in columns), strict=True)]
