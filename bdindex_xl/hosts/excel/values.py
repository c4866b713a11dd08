"""Values between Excel and the sheets' blocks."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import xlwings as xw

from ...sheets.book import Formula
from ...sheets.excel_errors import error_of

# What Excel would take for a number, a date, a formula or a logical value when it is typed.
_TYPED_OTHERWISE = re.compile(r"[=+\-@'#(（.]|.*[0-9０-９]|(?:true|false|真|假)$", re.IGNORECASE | re.DOTALL)
_PLAIN = {float, str, type(None)}


def read_block(cells: xw.Range) -> list[list[Any]]:
    """Values of a range, row by row, in one call: numbers as floats, errors as `ErrorValue`."""
    rows: list[list[Any]] = cells.options(ndim=2, err_to_str=True).value
    rows = whole(cells, rows)
    for row in rows:
        for j, value in enumerate(row):
            if type(value) not in _PLAIN or (type(value) is str and value[:1] in ("#", "")):
                row[j] = _value(value)
    return rows


def whole(cells: xw.Range, rows: Any) -> Any:
    """The values of a range, with all digits of those that Excel cuts to four decimals because they show a currency."""
    if not any(type(value) is Decimal for row in rows for value in row):
        return rows
    exact = cells.api.Value2
    if cells.shape == (1, 1):
        exact = ((exact,),)
    return [
        [one if type(value) is Decimal else value for value, one in zip(row, others, strict=True)]
        for row, others in zip(rows, exact, strict=True)
    ]


def _value(value: Any) -> Any:
    if (error := error_of(value)) is not None:  # xlwings names the seven oldest, and leaves the others numbers
        return error
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool | dt.datetime) or value is None:
        return value
    return float(value) if isinstance(value, int) else value


def literal(value: Any) -> Any:
    """A value as Excel must be told it, so that text stays the text that it is.

    >>> literal("东莞"), literal("2024 年"), literal("=1+1"), literal(float("nan"))
    ('东莞', "'2024 年", "'=1+1", '')
    """
    if isinstance(value, Formula):
        return f"={value.text}"
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, str):
        return f"'{value}" if _TYPED_OTHERWISE.match(value) else value
    return value


def literals(values: Any) -> list[Any]:
    """A column as Excel must be told it."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        plain: list[Any] = values.tolist()
        if values.dtype.kind == "f" and np.isnan(values).any():
            return ["" if value != value else value for value in plain]
        return plain
    return [literal(value) for value in values]


def write_columns(cells: xw.Range, columns: Iterable[Sequence[Any]]) -> None:
    """Columns of values into a range of their size, in one call."""
    made = [literals(column) for column in columns]
    rows = [list(row) for row in zip(*made, strict=True)]
    if any(isinstance(value, dt.datetime) for column in made for value in column[:1]):
        cells.value = rows  # each engine spells a date in its own way
    else:
        cells.raw_value = rows
