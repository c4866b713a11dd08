"""What is said of a place that is not found, or not beyond doubt."""

from __future__ import annotations

from enum import StrEnum

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
    AMBIGUOUS = "ambiguous"
    COARSE = "coarse"
    OUTSIDE = "outside"
    ELSEWHERE = "elsewhere"
    CONFLICT = "conflict"
    CHECKSUM = "checksum"


DOUBTS = {
    Doubt.NONE: Text("", ""),
    Doubt.BLANK: Text("未填", "blank"),
    Doubt.UNKNOWN: Text("无法识别地区", "names no known place"),
    Doubt.AMBIGUOUS: Text("可能是 {places}，无法判定", "may be {places}"),
    Doubt.COARSE: Text("只能判定到{places}", "tells no more than {places}"),
    Doubt.OUTSIDE: Text("属{places}，不在地区表内", "is {places}, which is not among the units"),
    Doubt.ELSEWHERE: Text("按{places}归属，但其中没有“{found}”", "taken as {places}, which has no “{found}”"),
    Doubt.CONFLICT: Text("属{places}，信用代码登记地为{other}", "is {places}, but the credit code is of {other}"),
    Doubt.CHECKSUM: Text("统一社会信用代码 {found} 校验不符", "the credit code {found} fails its check"),
}
