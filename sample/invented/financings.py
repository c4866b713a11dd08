"""Invented rounds of financing, that add up to the sample's financing of each place and year."""

from __future__ import annotations

from collections.abc import Sequence

from .chances import Chances
from .companies import MONEY, Seat, stated
from .places import YEARS

FIELDS = ("日期", "统一社会信用代码", "轮次", "金额", "单位")
_ROUNDS = ("天使轮", "A轮", "B轮", "C轮", "战略融资")
_TYPICAL, _MOST = 40_000, 60  # of a round, in units of 10,000 yuan; rounds of a place and year


def financings(all_seats: Sequence[Seat], chances: Chances) -> list[dict[str, str]]:
    """All rounds, by date. Those that moved are financed first, so that it matters where they were."""
    by_place: dict[str, list[Seat]] = {}
    for seat in all_seats:
        by_place.setdefault(seat.place.code, []).append(seat)
    found: list[dict[str, str]] = []
    for seats in by_place.values():
        for y, total in enumerate(seats[0].place.counts["A23"]):
            amount = round(total * 10_000)
            if amount:
                found += _of_year([seat for seat in seats if seat.born <= y], y, amount, chances)
    return sorted(found, key=lambda record: (record["日期"], record["统一社会信用代码"]))


def _of_year(there: list[Seat], y: int, amount: int, chances: Chances) -> list[dict[str, str]]:
    n = min(max(amount // _TYPICAL, 1), _MOST, len(there))
    moved = [seat for seat in there if seat.who[-1] is not seat.who[0]][:n]
    others = [seat for seat in there if seat not in moved]
    financed = moved + chances.some_of(others, n - len(moved))
    parts = chances.parts(amount, [chances.size() for _ in financed], least=1)
    return [_record(seat, y, part, chances) for seat, part in zip(financed, parts, strict=True)]


def _record(seat: Seat, y: int, amount: int, chances: Chances) -> dict[str, str]:
    money = chances.one_of(MONEY)
    return {
        "日期": chances.day(YEARS[y]).isoformat(),
        "统一社会信用代码": seat.who[y].code,
        "轮次": chances.one_of(_ROUNDS),
        "金额": stated(amount, money),
        "单位": money,
    }
