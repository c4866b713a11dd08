"""What Python programs hand in, as the values that the model is made of. Knows neither frames nor sheets."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import FrameworkError
from ..language import Text, joined, same

_LONGEST = 9999  # years beyond are something else, such as dates written as one number


def real(value: Any) -> float:
    """A real number of any kind as a float; ±infinity where it is beyond all floats.

    >>> real(3), real(-(10**400))
    (3.0, -inf)
    """
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


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
        number = real(value)
        return int(number) if number.is_integer() and abs(number) <= _LONGEST else None
    if isinstance(value, str):
        plain = unicodedata.normalize("NFKC", value).strip().removesuffix("年").strip()
        return int(plain) if re.fullmatch(r"[0-9]{4}", plain) else None
    year = getattr(value, "year", None)
    return year_of(year) if isinstance(year, Real) else None


def numbers(values: Any) -> npt.NDArray[np.float64]:
    """Real numbers as an array. Raises FrameworkError where they are others."""
    try:
        found = np.asarray(values)
        if found.dtype.kind == "O" and any(isinstance(one, bool | np.bool_) for one in found.flat):
            raise FrameworkError(_NO_NUMBERS)
        if found.dtype.kind not in "iufO":
            raise FrameworkError(_NO_NUMBERS)
        return np.asarray(found, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise FrameworkError(_NO_NUMBERS) from None


def whole_years(years: Iterable[Any]) -> tuple[int, ...]:
    """Years, each as `year_of` takes it. Raises FrameworkError naming those that are none."""
    given = tuple(years)
    found = [year_of(year) for year in given]
    wrong = [same(repr(year)) for year, taken_as in zip(given, found, strict=True) if taken_as is None]
    if wrong:
        raise FrameworkError(_NO_YEARS.format(found=joined(wrong[:5])))
    return tuple(year for year in found if year is not None)


def mappings(records: Any) -> list[Mapping[str, Any]]:
    """Records as a list; the rows of a frame. Raises FrameworkError naming what is no record."""
    if hasattr(records, "columns") and hasattr(records, "to_dict"):
        records = records.to_dict("records")
    if isinstance(records, str | Mapping) or not isinstance(records, Iterable):
        raise FrameworkError(_NO_RECORDS.format(found=same(type(records).__name__)))
    found = list(records)
    for k, one in enumerate(found, 1):
        if not isinstance(one, Mapping):
            raise FrameworkError(_NO_RECORD.format(k=k, found=same(repr(one)[:40])))
    return found


_NO_RECORDS = Text(
    "指标体系应为记录的列表，每个节点一条，实为 {found}",
    "records: expected a list of mappings, one a node, found {found}",
)
_NO_RECORD = Text(
    "第 {k} 条记录应为含 code、parent 等键的字典，实为 {found}",
    "record {k}: expected a mapping with code, parent and so on, found {found}",
)
_NO_NUMBERS = Text("数据应为实数的数组，实非", "values: expected an array of real numbers, found others")
_NO_YEARS = Text("年份应为整数，如 2024，实为 {found}", "years: expected whole numbers such as 2024, found {found}")
