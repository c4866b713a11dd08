"""Values as the XML of cells: what stands behind ``<c r="…" s="…"``, that opening of a cell, and whole rows of both."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from types import NoneType
from typing import Any

from ...sheets.book import ErrorValue, Formula, Uncalculated, column_letters
from .markup import content_of, escaped
from .values import to_serial

MAX_TEXT = 32_767  # characters of a cell, in UTF-16 as Excel counts them
_BLANK = "/>"
_EXACT = 1 << 53  # whole numbers below are the same as floats
_MOST, _LEAST = sys.float_info.max, sys.float_info.min  # what is smaller is 0 for Excel, which keeps 15 digits of all
_KEPT = 4096  # rendered texts remembered: names recur in every row, sentences do not


class Renderer:
    """Renders values for a sheet whose elements carry `prefix`."""

    def __init__(self, prefix: str, *, since_1904: bool) -> None:
        p = prefix
        self._since_1904 = since_1904
        self._number = f"><{p}v>", f"</{p}v></{p}c>"
        self._bool = f' t="b"><{p}v>'
        self._text = f' t="inlineStr"><{p}is><{p}t>', f"</{p}t></{p}is></{p}c>"
        self._spaced = f' t="inlineStr"><{p}is><{p}t xml:space="preserve">'
        self._error = f' t="e"><{p}v>'
        self._formula = f"><{p}f>", f"</{p}f><{p}v>"
        self._uncalculated = f"</{p}f></{p}c>"
        self._texts = _Texts(self._cell_of_text)
        self._by_type: dict[type, Callable[[Any], str]] = {
            float: self._of_number,
            int: self._of_number,
            str: self._of_text,
            Formula: self._of_formula,
            bool: self._of_bool,
            NoneType: self._of_none,
        }

    def column(self, values: Sequence[Any], start: int, stop: int) -> tuple[str, list[Any]]:
        """Cells of part of a column: a format, and what goes into it, cell by cell; values beyond its end are blank.

        Plain numbers go in as they are: then a row of cells is one substitution.
        """
        chunk = values[start:stop]
        plain: list[Any] = chunk.tolist() if hasattr(chunk, "tolist") else list(chunk)
        kinds = set(map(type, plain))
        if kinds and kinds != {float} and all(issubclass(kind, float) for kind in kinds):
            plain, kinds = list(map(float, plain)), {float}  # numpy's own spell themselves otherwise
        short = stop - start - len(plain)
        if not short and _are_usual(plain, kinds):
            return "%r".join(self._number), plain
        return "%s", self._rendered(plain, kinds) + [_BLANK] * short

    def _rendered(self, values: list[Any], kinds: set[type]) -> list[str]:
        if kinds == {str}:
            return list(map(self._texts.__getitem__, values))
        opening, closing = self._number
        render, other = self._by_type.get, self._of_kind
        return [
            f"{opening}{value!r}{closing}"
            if type(value) is float and (_LEAST <= value <= _MOST or -_MOST <= value <= -_LEAST or value == 0.0)
            else render(type(value), other)(value)
            for value in values
        ]

    def tail(self, value: Any) -> str:
        """One cell."""
        return self._by_type.get(type(value), self._of_kind)(value)

    def _of_kind(self, value: Any) -> str:
        """A value of a type that is met less often."""
        if isinstance(value, ErrorValue):
            return self._of_error(value)
        if isinstance(value, str):
            return self._of_text(value)
        if isinstance(value, (int, float)):
            return self._of_number(value)
        if hasattr(value, "item"):
            return self.tail(value.item())  # a numpy scalar
        if isinstance(value, dt.date):
            return self._of_number(to_serial(value, since_1904=self._since_1904))
        if isinstance(value, Uncalculated):
            return f"{self._formula[0]}{content_of(value.formula)}{self._uncalculated}"
        return self._of_text(str(value))

    def _of_none(self, _: None) -> str:
        return _BLANK

    def _of_bool(self, value: bool) -> str:
        return f"{self._bool}{int(value)}{self._number[1]}"

    def _of_error(self, value: str) -> str:
        return f"{self._error}{escaped(value)}{self._number[1]}"

    def _of_number(self, value: float) -> str:
        if type(value) is int and -_EXACT < value < _EXACT:
            return f"{self._number[0]}{value}{self._number[1]}"
        if abs(value) > 1.7e308:  # an int beyond what a float holds
            return _BLANK
        number = 0.0 if abs(value) < _LEAST else float(value)
        return f"{self._number[0]}{number!r}{self._number[1]}" if math.isfinite(number) else _BLANK

    def _of_text(self, value: str) -> str:
        return self._texts[value]

    def _cell_of_text(self, value: str) -> str:
        text = shortened(str(value))
        opening = self._spaced if text != text.strip() or "\n" in text or "  " in text else self._text[0]
        return f"{opening}{content_of(text)}{self._text[1]}" if text else _BLANK

    def _of_formula(self, formula: Formula) -> str:
        text, value = content_of(formula.text.removeprefix("=")), formula.value
        if isinstance(value, str):
            return f' t="str"{self._formula[0]}{text}{self._formula[1]}{content_of(shortened(value))}{self._number[1]}'
        if not math.isfinite(value):
            return f"{self._formula[0]}{text}{self._uncalculated}"
        return f"{self._formula[0]}{text}{self._formula[1]}{float(value)!r}{self._number[1]}"


def opening(prefix: str, column: int, style: bytes, row: object) -> str:
    """A cell up to what it holds; NUL for `row` where `in_rows` is to put its number."""
    look = f' s="{style.decode()}"' if style else ""
    return f'<{prefix}c r="{column_letters(column)}{row}"{look}'


def in_rows(cells: str, values: Iterable[tuple[Any, ...]], first: int) -> list[str]:
    """The cells of rows from `first` on, by a format of them: what they hold goes in as one substitution a row, and the
    row's number where NUL stands."""
    pieces = cells.split("\0")
    return [str(row).join(pieces) % of_row for row, of_row in enumerate(values, first)]


class _Texts(dict[str, str]):
    """Texts as cells, each rendered when first asked for."""

    def __init__(self, render: Callable[[str], str]) -> None:
        self._render = render

    def __missing__(self, value: str) -> str:
        cell = self._render(value)
        if len(self) < _KEPT:
            self[value] = cell
        return cell


def _are_usual(numbers: list[float], kinds: set[type]) -> bool:
    """Whether all of these are numbers that a cell holds just as Python spells them."""
    if kinds == {int}:
        return min(numbers) > -_EXACT and max(numbers) < _EXACT
    return (
        kinds == {float} and math.isfinite(sum(numbers)) and min(filter(None, map(abs, numbers)), default=1) >= _LEAST
    )


def shortened(text: str) -> str:
    """Text that fits into a cell, its cut end marked."""
    if len(text) <= MAX_TEXT // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
