"""Values as the XML of cells. What stands before it, ``<c r="…" s="…"``, is the caller's."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Sequence
from typing import Any

from ...sheets.book import ErrorValue, Formula, Uncalculated
from .markup import escaped, storable
from .values import to_serial

MAX_TEXT = 32_767  # characters of a cell, in UTF-16 as Excel counts them
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
        self._texts: dict[str, str] = {}

    def tails(self, values: Sequence[Any], start: int, stop: int) -> list[str]:
        """Cells of part of a column; values beyond its end are blank."""
        chunk = values[start:stop]
        plain: list[Any] = chunk.tolist() if hasattr(chunk, "tolist") else list(chunk)
        opening, closing = self._number
        tails = [
            f"{opening}{value!r}{closing}"
            if type(value) is float and (_LEAST <= value <= _MOST or -_MOST <= value <= -_LEAST or value == 0.0)
            else self.tail(value)
            for value in plain
        ]
        tails.extend(["/>"] * (stop - start - len(tails)))
        return tails

    def tail(self, value: Any) -> str:
        """One cell."""
        if type(value) is int and -_EXACT < value < _EXACT:
            return f"{self._number[0]}{value}{self._number[1]}"
        if type(value) is Formula:
            return self._of_formula(value)
        if type(value) is str and value in self._texts:
            return self._texts[value]
        if hasattr(value, "item") and not isinstance(value, str):
            value = value.item()  # a numpy scalar
        if value is None or value == "":
            return "/>"
        if isinstance(value, str):
            return self._of_error(value) if isinstance(value, ErrorValue) else self._of_text(value)
        return self._of_other(value)

    def _of_error(self, value: str) -> str:
        return f"{self._error}{escaped(value)}{self._number[1]}"

    def _of_other(self, value: Any) -> str:
        if isinstance(value, bool):
            return f"{self._bool}{int(value)}{self._number[1]}"
        if isinstance(value, (int, float)):
            return self._of_number(value)
        if isinstance(value, dt.date):
            return self._of_number(to_serial(value, since_1904=self._since_1904))
        if isinstance(value, Uncalculated):
            return f"{self._formula[0]}{escaped(storable(value.formula))}{self._uncalculated}"
        return self._of_text(str(value))

    def _of_number(self, value: float) -> str:
        if abs(value) > 1.7e308:  # an int beyond what a float holds
            return "/>"
        number = 0.0 if abs(value) < _LEAST else float(value)
        return f"{self._number[0]}{number!r}{self._number[1]}" if math.isfinite(number) else "/>"

    def _of_text(self, value: str) -> str:
        tail = self._texts.get(value)
        if tail is None:
            text = storable(shortened(str(value)))
            opening = self._spaced if text != text.strip() or "\n" in text or "  " in text else self._text[0]
            tail = f"{opening}{escaped(text)}{self._text[1]}"
            if len(self._texts) < _KEPT:
                self._texts[value] = tail
        return tail

    def _of_formula(self, formula: Formula) -> str:
        text = escaped(storable(formula.text.removeprefix("=")))
        if isinstance(formula.value, str):
            kind, value = ' t="str"', escaped(storable(shortened(formula.value)))
        else:
            kind, value = "", repr(float(formula.value)) if math.isfinite(formula.value) else ""
        if not value and not kind:
            return f"{self._formula[0]}{text}{self._uncalculated}"
        return f"{kind}{self._formula[0]}{text}{self._formula[1]}{value}{self._number[1]}"


def shortened(text: str) -> str:
    """Text that fits into a cell, its cut end marked."""
    if len(text) <= MAX_TEXT // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
