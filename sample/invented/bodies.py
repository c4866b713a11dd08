"""Invented universities, agencies, alliances, institutes and exchanges, as many as the sample counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .chances import Chances
from .places import YEARS, Place

UNIVERSITIES = ("院校", "所在地", "专业", "开设年份")
AGENCIES = ("年份", "机构", "地区代码", "成立年份")
ORGANISATIONS = ("名称", "类型", "地区代码", "成立日期")
EXCHANGES = ("名称", "地区代码", "成立日期")
_MAJORS = ("数据科学与大数据技术", "大数据管理与应用", "大数据技术")
_KINDS = {"产业联盟": "大数据产业联盟", "研究机构": "大数据研究院", "行业协会": "大数据行业协会"}
_FIRST = 2014  # the first year in which anything was founded


def universities(places: Sequence[Place], chances: Chances) -> list[dict[str, str]]:
    """Those that opened a major, where each stands given by name."""
    return [
        {"院校": f"{_stem(place)}示例大学{k + 1:02d}", "所在地": place.full_name, "专业": chances.one_of(_MAJORS),
         "开设年份": str(_year(y, 2016, chances))}
        for place in places for k, y in _founded(place.counts["B21"])
    ]  # fmt: skip


def agencies(places: Sequence[Place]) -> list[dict[str, str]]:
    """The register of each year: an agency that was dissolved or merged is no longer in it."""
    found = []
    for place in places:
        counts = [int(n) for n in place.counts["C21"]]
        for y, n in enumerate(counts):
            for k in range(n):
                first = next(at for at, so_far in enumerate(counts) if k < so_far)
                name = f"{place.full_name}示例数据管理机构{k + 1:02d}"
                founded = str(YEARS[first] if first else YEARS[0] - 1 - k % 4)
                record = {"年份": str(YEARS[y]), "机构": name, "地区代码": place.code, "成立年份": founded}
                found.append(record)
    return sorted(found, key=lambda record: record["年份"])


def organisations(places: Sequence[Place], chances: Chances) -> list[dict[str, str]]:
    """Alliances, institutes and associations, with the day on which each was founded."""
    kinds = tuple(_KINDS)

    def record(place: Place, k: int, day: str) -> dict[str, str]:
        kind = chances.one_of(kinds)
        return {
            "名称": f"{_stem(place)}示例{_KINDS[kind]}{k + 1:03d}",
            "类型": kind,
            "地区代码": place.code,
            "成立日期": day,
        }

    return list(_dated(places, "C22", record, chances))


def exchanges(places: Sequence[Place], chances: Chances) -> list[dict[str, str]]:
    def record(place: Place, k: int, day: str) -> dict[str, str]:
        return {"名称": f"{_stem(place)}示例数据交易所{k + 1}", "地区代码": place.code, "成立日期": day}

    return list(_dated(places, "C23", record, chances))


def _dated(
    places: Sequence[Place], code: str, record: Callable[[Place, int, str], dict[str, str]], chances: Chances
) -> Iterator[dict[str, str]]:
    for place in places:
        for k, y in _founded(place.counts[code]):
            yield record(place, k, chances.day(_year(y, _FIRST, chances)).isoformat())


def _founded(counts: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Of what lasts, the number of each and the place in `YEARS` from which it is counted."""
    for k in range(int(counts[-1])):
        yield k, next(y for y, n in enumerate(counts) if k < n)


def _year(y: int, first: int, chances: Chances) -> int:
    """A year in which something was founded that is counted from a year on: what is there at the start may be old."""
    return YEARS[y] if y else first + chances.below(YEARS[0] - first + 1)


def _stem(place: Place) -> str:
    name = place.province if place.own else place.name
    return name.removesuffix("省").removesuffix("市")
