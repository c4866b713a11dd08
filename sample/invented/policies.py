"""Invented policies and laws, as many up to the end of each year as the sample counts."""

from __future__ import annotations

from collections.abc import Sequence

from .chances import Chances
from .places import YEARS, Place
from .titles import Writer

FIELDS = ("发布日期", "地区代码", "地区", "类型", "标题", "正文")
_KINDS = {"C11": "政策", "C12": "法规"}
_FIRST = 2016
_WITH_TEXT = 0.05


def policies(places: Sequence[Place], chances: Chances) -> list[dict[str, str]]:
    """All of them, by date."""
    writer = Writer(chances)
    found = [
        _record(place, year, code, writer, chances)
        for place in places
        for code in _KINDS
        for year in _years(place.counts[code], chances)
    ]
    return sorted(found, key=lambda record: (record["发布日期"], record["地区代码"], record["标题"]))


def _years(counts: Sequence[float], chances: Chances) -> list[int]:
    """The year of each: what is there at the end of the first year was issued in it or before."""
    years: list[int] = []
    for y, n in enumerate(counts):
        more = int(n - (counts[y - 1] if y else 0))
        years += [YEARS[y] if y else max(_FIRST, YEARS[0] - int(chances.share() ** 2 * 5)) for _ in range(more)]
    return years


def _record(place: Place, year: int, code: str, writer: Writer, chances: Chances) -> dict[str, str]:
    title, topic = writer.title(year, place.name, law=code == "C12")
    return {
        "发布日期": chances.day(year).isoformat(),
        "地区代码": place.code,
        "地区": place.full_name,
        "类型": _KINDS[code],
        "标题": title,
        "正文": writer.text(topic) if chances.share() < _WITH_TEXT else "",
    }
