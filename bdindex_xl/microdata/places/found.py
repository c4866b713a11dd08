"""What is found of a place, and what is said where it is not found or not beyond doubt."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ...language import Text


class How(StrEnum):
    """By what a place was found."""

    CODE = "code"
    NAME = "name"
    ADDRESS = "address"
    CREDIT_CODE = "credit code"
    NONE = ""


class Doubt(StrEnum):
    """What there is to list about a place."""

    NONE = ""
    BLANK = "blank"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"  # one of several
    COARSE = "coarse"  # a province, and no city
    OUTSIDE = "outside"  # known, but of no unit
    ELSEWHERE = "elsewhere"  # with a district that it does not have
    CONFLICT = "conflict"  # with the credit code
    BY_CREDIT_CODE = "by credit code"
    CHECKSUM = "checksum"


class Found(NamedTuple):
    """The place of one value.

    Parameters
    ----------
    value
        As it was given.
    codes
        The unit in each ranking, in the order of the rankings; blank where it belongs to none.
    how
        By what it was found; blank where no ranking has it.
    doubt
        What there is to list, blank for nothing.
    note
        The same in words, in the language asked for.
    """

    value: str
    codes: tuple[str, ...]
    how: How
    doubt: Doubt
    note: str


DOUBTS = {
    Doubt.NONE: Text("", ""),
    Doubt.BLANK: Text("未填", "blank"),
    Doubt.UNKNOWN: Text("无法识别地区", "names no known place"),
    Doubt.AMBIGUOUS: Text("可能是 {places}，无法判定", "may be {places}"),
    Doubt.COARSE: Text("只能判定到 {places}", "tells no more than {places}"),
    Doubt.OUTSIDE: Text("属 {places}，不在地区表内", "is {places}, which is not among the units"),
    Doubt.ELSEWHERE: Text("按 {places} 归属，但其中没有“{found}”", "taken as {places}, which has no “{found}”"),
    Doubt.CONFLICT: Text("属 {places}，信用代码登记地为 {other}", "is {places}, but the credit code is of {other}"),
    Doubt.BY_CREDIT_CODE: Text("按信用代码登记地归入 {other}", "taken as {other}, by the credit code"),
    Doubt.CHECKSUM: Text("统一社会信用代码 {found} 校验不符", "the credit code {found} fails its check"),
}
