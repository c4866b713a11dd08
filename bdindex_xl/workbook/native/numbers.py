"""Number formats of a figure's values, in cells and on charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...figures.content import FigureColumn
from ...sheets.schema import ROLES, raw_format

_RAW = {"value", "raw", "amount", "statistic"}
_LARGE = 1000.0


def present(values: Sequence[Any]) -> list[float]:
    """The numbers among values."""
    return [float(value) for value in values if isinstance(value, int | float) and value == value]


def number_format(column: FigureColumn) -> str:
    """Of a column: one number of decimals for all of it.

    >>> number_format(FigureColumn("n", "value", (1200.0, 3.5))), number_format(FigureColumn("n", "value", (1, None)))
    ('#,##0.00', '#,##0')
    """
    if column.role not in _RAW:
        return ROLES[column.role].number_format
    return raw_format(0 if all(value.is_integer() for value in present(column.values)) else 2)


def label_format(column: FigureColumn) -> str:
    """Of labels, which are shorter than cells.

    >>> label_format(FigureColumn("n", "value", (1200.25, 3.5))), label_format(FigureColumn("n", "score", ()))
    ('#,##0', '0.0')
    """
    if column.role == "score":
        return "0.0"
    if column.role in _RAW:
        found = present(column.values)
        whole = all(value.is_integer() for value in found)
        return raw_format(0 if whole or max(map(abs, found)) >= _LARGE else 1)
    return number_format(column)


def axis_format(column: FigureColumn) -> str:
    """Of an axis, whose marks are round numbers.

    >>> axis_format(FigureColumn("n", "value", (0.25, 0.5))), axis_format(FigureColumn("n", "score", (98.7,)))
    ('#,##0.00', '0')
    """
    if column.role in {"score", "rank"}:
        return "0"
    if column.role in _RAW:
        largest = max(map(abs, present(column.values)), default=0.0)
        return raw_format(0 if largest >= 10.0 else 1 if largest >= 1.0 else 2)
    return label_format(column)
