"""Years as Python programs hold them. Knows neither frames nor sheets."""

from __future__ import annotations

import re
import unicodedata
from numbers import Real
from typing import Any

import numpy as np

_LONGEST = 9999  # years beyond are something else, such as dates written as one number


def year_of(value: Any) -> int | None:
    """The year that a value is: a whole number, a text of four digits, a date or period (its year); None for others.

    >>> import datetime as dt
    >>> year_of(2024.0), year_of("２０２４年"), year_of(dt.date(2024, 5, 1)), year_of("FY24"), year_of(2024.5)
    (2024, 2024, 2024, None, None)
    """
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[D]").item()
    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, Real):
        number = float(value)
        return int(number) if number.is_integer() and abs(number) <= _LONGEST else None
    if isinstance(value, str):
        plain = unicodedata.normalize("NFKC", value).strip().removesuffix("年").strip()
        return int(plain) if re.fullmatch(r"[0-9]{4}", plain) else None
    year = getattr(value, "year", None)
    return year_of(year) if isinstance(year, Real) else None
