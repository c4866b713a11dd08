"""What one cell means: a number, a missing value, a text, or a fault. Knows nothing of where the cell is."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..language import Text
from ..model import typed
from .book import ErrorValue, Uncalculated, Value

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
# The following as texts, compiled where one is first used: most sheets hold numbers that are numbers.
_GROUPED = r"[+-]?[1-9]\d{0,2}([, ]\d{3})+(\.\d*)?"
# A comma before the decimals, where it cannot be one between thousands; points between thousands before it.
_DECIMAL_COMMA = r"[+-]?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}( \d{3})+),\d+"
_SEPARATED = r"[+-]?\d[\d., ]*"
_WITH_MEASURE = r"[+-]?[\d., ]*\d\s*[^\d\s.,%+-]{1,12}"
# Raised, circled and bracketed digits are Unicode's category "other numbers", which \d does not take.
_MARKED = r"[+-]?[\d., ]*\d\s*([*†‡§※#]+|\[\w{1,3}\]|\(\d{1,2}\)|注\d{0,2})"
_MISSING = r"-{1,3}|n/a|/"
LARGEST = 1e300  # beyond this, differences of two numbers may overflow


class Reading(NamedTuple):
    """A cell's number (NaN is missing), with the kind of finding it earned, if any, and what that is about."""

    number: float
    kind: str = ""
    found: str = ""

    @property
    def parts(self) -> dict[str, object]:
        """What fills the texts of a finding: what was found, and what it was taken for or is to be typed as."""
        is_comma = self.kind == "value decimal comma"
        return {"found": self.found, "taken": with_point(self.found) if is_comma else f"{self.number:.15g}"}


_BLANK = Reading(math.nan)


def read_number(value: Value) -> Reading:
    """A cell as a number.

    >>> read_number(" １，２３４.５ "), read_number("—").kind, read_number("12亿元").kind
    (Reading(number=1234.5, kind='value number text', found=' １，２３４.５ '), 'value missing mark', 'value measure')
    """
    if value is None:
        return _BLANK
    if isinstance(value, bool):
        return Reading(math.nan, "value boolean", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        number = float(value)
        return Reading(number) if abs(number) < LARGEST else Reading(math.nan, "value huge", repr(value))
    if isinstance(value, dt.datetime):
        return Reading(math.nan, "value date", f"{value:%Y-%m-%d}")
    if isinstance(value, ErrorValue):
        return Reading(math.nan, "value error", str(value))
    if isinstance(value, Uncalculated):
        return Reading(math.nan, "value uncalculated", value.formula)
    return _of_text(str(value))


def plain_number(text: str) -> float | None:
    """The number that a text is without further ado: what a program wrote into a file.

    >>> plain_number("-1.5"), plain_number("1,5"), plain_number("nan")
    (-1.5, None, None)
    """
    return float(text) if _PLAIN.fullmatch(text) else None


def _of_text(text: str) -> Reading:
    plain = typed.plain_number(text)
    if not plain:
        return _BLANK
    if _PLAIN.fullmatch(plain) or re.fullmatch(_GROUPED, plain):
        number = float(plain.replace(",", "").replace(" ", ""))
        if abs(number) < LARGEST:
            unseen = typed.hidden(text)
            return Reading(number, "value number text", f"{typed.visible(text)} + {unseen}" if unseen else text)
        return Reading(math.nan, "value huge", text)
    if re.fullmatch(_MISSING, plain, re.IGNORECASE):
        return Reading(math.nan, "value missing mark", text)
    if plain.endswith("%"):
        return Reading(math.nan, "value percent", text)
    if re.fullmatch(_MARKED, plain) or _is_marked(plain):
        return Reading(math.nan, "value footnote", text)
    if re.fullmatch(_DECIMAL_COMMA, plain):
        return Reading(math.nan, "value decimal comma", text)
    if re.fullmatch(_SEPARATED, plain):
        return Reading(math.nan, "value separators", text)
    if re.fullmatch(_WITH_MEASURE, plain):
        return Reading(math.nan, "value measure", text)
    return Reading(math.nan, "value text", text)


def _is_marked(plain: str) -> bool:
    """Whether a number is followed by raised or circled digits alone, as yearbooks mark footnotes."""
    number = plain.rstrip("".join(char for char in plain if unicodedata.category(char) in ("No", "Lm")))
    return number != plain and re.fullmatch(_SEPARATED, number.strip()) is not None


def with_point(text: str) -> str:
    """A number that was typed with a decimal comma, as it is to be typed.

    >>> with_point("1.234,5")
    '1234.5'
    """
    return typed.plain_number(text).replace(".", "").replace(" ", "").replace(",", ".")


def read_text(value: Value) -> str:
    """A cell as text: a code typed as a number loses its ``.0``, spaces at the ends go.

    >>> read_text(110000.0), read_text(" 北京市 ")
    ('110000', '北京市')
    """
    if type(value) is str:
        return value.strip() if value.isascii() else _plain_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, Uncalculated):
        return f"={value.formula}"
    text = str(value)
    return text.strip() if text.isascii() else _plain_text(text)


@lru_cache(maxsize=8192)  # names and codes recur in every year and table
def _plain_text(text: str) -> str:
    return unicodedata.normalize("NFC", typed.visible(text)).replace("\u00a0", " ").strip()


def read_year(value: Value) -> tuple[int | None, str]:
    """A cell as a year, with the kind of finding it earned, if any.

    >>> read_year(2024.0), read_year("2024年"), read_year(24.5)
    ((2024, ''), (2024, 'year text'), (None, 'year invalid'))
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        number, kind = float(value), ""
    elif (text := read_text(value)) == "":
        return None, "year blank"
    else:
        plain = typed.plain_number(text).removesuffix("年").strip()
        if isinstance(value, dt.datetime | Uncalculated | ErrorValue | bool) or not re.fullmatch(r"\d{4}", plain):
            return None, "year invalid"
        number, kind = float(plain), "year text"
    if number.is_integer() and 1900 <= number <= 2200:
        return int(number), kind
    return None, "year invalid"


def choice_of(choices: Mapping[str, Text], value: Value) -> str | None:
    """What the code calls the choice that a cell names, in either language; None where it names none.

    >>> choice_of({"equal": Text("等权", "equal weights")}, " 等权 ")
    'equal'
    """
    text = heading(value)
    if not text and "" not in choices:
        return None
    return next((str(code) for code, name in choices.items() if text in map(heading, (code, *name.both()))), None)


def heading(value: Value) -> str:
    """A header for comparison: width, case, spaces and line breaks do not count.

    >>> heading("大数据企业\\n数量（家）") == heading("大数据企业数量(家)")
    True
    """
    return typed.alike(value if type(value) is str else read_text(value))
