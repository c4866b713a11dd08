"""Goalposts of single years, which come before those of the framework in that year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import FrameworkError
from ..language import Text, joined, same
from .parameters import is_number


@dataclass(frozen=True, slots=True)
class YearGoalposts:
    """Fixed ends of an indicator in a year [its measure]; ``lower < upper``."""

    code: str
    year: int
    lower: float
    upper: float


def year_goalposts(one: Any) -> YearGoalposts:
    """One, of a code, a year, and the lower and the upper end. Raises FrameworkError for anything else."""
    if isinstance(one, YearGoalposts):
        return one
    four = isinstance(one, Sequence) and not isinstance(one, str) and len(one) == 4
    if not four or not all(map(is_number, one[1:])) or one[1] % 1:
        raise FrameworkError(_NONE.format(found=same(repr(one)[:60])))
    return YearGoalposts(str(one[0]), int(one[1]), float(one[2]), float(one[3]))


def check_yearly(yearly: Iterable[YearGoalposts], may: set[str]) -> None:
    """Raises FrameworkError naming codes that may have none, ends out of order, and what comes twice."""
    faults, seen = [], set()
    for one in yearly:
        of = {"code": one.code, "year": one.year}
        if one.code not in may:
            faults.append(_CODE.format(code=one.code))
        elif not (one.lower < one.upper and math.isfinite(one.upper - one.lower)):
            faults.append(_ENDS.format(**of, lower=one.lower, upper=one.upper))
        elif (one.code, one.year) in seen:
            faults.append(_TWICE.format(**of))
        seen.add((one.code, one.year))
    if faults:
        raise FrameworkError(joined(list(dict.fromkeys(faults)), zh="；", en="; "))


_NONE = Text(
    "逐年上下限应为指标代码、年份、下限和上限，实为 {found}",
    "goalposts by year: expected a code, a year, a lower and an upper end, found {found}",
)
_CODE = Text(
    "逐年上下限：{code} 应为指标体系中有上下限的指标（适度指标除外）",
    "goalposts by year: expected an indicator that has goalposts in the framework, and is not two-sided, found {code}",
)
_ENDS = Text(
    "{code} 在 {year} 年的下限应小于上限，且相差有限，实为 {lower} 和 {upper}",
    "{code} in {year}: expected lower below upper by a finite difference, found {lower} and {upper}",
)
_TWICE = Text("{code} 在 {year} 年的上下限应只有一对", "{code} in {year}: expected goalposts once")
