"""Values of a figure's columns as readers see them: a column has one number of decimals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..figures.content import FigureColumn
from ..figures.kinds.ranked import arrow
from ..language import Lang

BLANK = "–"


def shown(column: FigureColumn, lang: Lang) -> list[str]:
    """A column's values as texts.

    >>> shown(FigureColumn("n", "value", (1200.0, 3.0, None)), "en")
    ['1,200', '3', '–']
    >>> shown(FigureColumn("n", "value", (1200.5, 3.0)), "en")
    ['1,200.50', '3.00']
    >>> shown(FigureColumn("n", "rank change", (3, -1, 0, None)), "en")
    ['▲3', '▼1', '—', 'new']
    """
    values = column.values
    if column.role == "rank change":
        known = any(value is not None for value in values)
        return [arrow(value)[lang] if known else BLANK for value in values]
    places = 0 if column.role in _RAW and all(map(_is_whole, values)) else 2
    return [shown_value(column.role, value, places) for value in values]


def shown_value(role: str, value: Any, places: int = 2) -> str:
    """One value of a role."""
    if value is None or value != value:  # NaN differs from itself
        return BLANK
    if role in _RAW:
        return f"{value:,.{places}f}"
    template = _TEMPLATES.get(role)
    return template.format(value) if template else str(value)


def _is_whole(value: Any) -> bool:
    return value is None or value != value or float(value).is_integer()


_RAW = ("value", "raw", "amount", "statistic")
_TEMPLATES = {
    "score": "{:,.1f}",
    "share": "{:.2%}",
    "weight": "{:.1%}",
    "count": "{:,.0f}",
    "rank": "{:.0f}",
    "previous rank": "{:.0f}",
}


def is_number(column: FigureColumn) -> bool:
    """Whether a column's texts are numbers, which stand to the right."""
    return column.role in _RAW or column.role in _TEMPLATES or column.role == "rank change"


def total(values: Sequence[float | None]) -> float | None:
    """The sum of what is there; None where nothing is.

    >>> total([1.5, None, 2.0]), total([None])
    (3.5, None)
    """
    found = [value for value in values if value is not None]
    return sum(found) if found else None
