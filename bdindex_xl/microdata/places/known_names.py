"""Which names may come next in an address, and which divisions they mean."""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property

from .divisions import Division, by_code, chain, divisions, level_of, seat_of
from .short_names import short_name, short_names

_SEAT = "0100"  # the seat of a province comes first among its cities; a municipality has none but itself


_HOLDS = {"654200": "654000", "654300": "654000"}  # 伊犁哈萨克自治州 has two prefectures that stand beside it in lists


class Reached:
    """Where an address has come: the divisions that are possible, and the names that may follow.

    Parameters
    ----------
    candidates
        None before anything is read.
    """

    def __init__(self, candidates: tuple[Division, ...]) -> None:
        self.candidates = candidates

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of what divisions named after it must be part of; none after a district."""
        return frozenset().union(*map(opens, self.candidates))

    @cached_property
    def following(self) -> Names:
        """The names of its parts."""
        return inside(self.codes)

    @cached_property
    def in_doubt(self) -> bool:
        """Whether it may be one of several places of today."""
        return len({seat_of(division.today) for division in current(self.candidates)}) > 1


class Names:
    """Gazetteer by name, where an address has come so far.

    Parameters
    ----------
    full, short
        Divisions by name. A short name counts only where it is no part of another word.
    """

    def __init__(self, full: dict[str, tuple[Division, ...]], short: dict[str, tuple[Division, ...]]) -> None:
        self.full = {name: Reached(found) for name, found in full.items()}
        self.short = {name: Reached(found) for name, found in short.items()}
        lengths: dict[str, set[int]] = {}
        for name in (*full, *short):
            lengths.setdefault(name[:2], set()).add(len(name))
        # By the first two characters, how long names may be, longest first.
        self.lengths = {head: tuple(sorted(some, reverse=True)) for head, some in lengths.items()}


def current(candidates: tuple[Division, ...]) -> tuple[Division, ...]:
    """Those that are still there; all where none is."""
    return tuple(division for division in candidates if division.until is None) or candidates


def opens(division: Division) -> frozenset[str]:
    """Codes of what divisions named after this one must be part of."""
    if not division.code:
        return frozenset({division.today})
    if division.level == 3:
        return frozenset()
    return frozenset(code for code in (division.code, division.today) if level_of(code) <= division.level)


def within(division: Division) -> frozenset[str]:
    """Codes of what a division is part of, or was."""
    above = {part for part in chain(division.today) if level_of(part) < division.level}
    digits = {division.code[:2] + "0000", division.code[:4] + "00"} if division.code else set()
    also = {_HOLDS[code] for code in above | digits | {division.code} if code in _HOLDS}
    return frozenset(above | digits | also) - {division.code}


@cache
def first() -> Names:
    """What an address may begin with."""
    full, short = _by_name(divisions())
    counties = Counter(short_name(d.name) for d in divisions() if d.level == 3 and d.until is None)
    of_capitals = {short_name(d.name) for d in divisions() if _of_capital(d)}
    allowed = {}
    for name, found in short.items():
        top = min(division.level for division in found)
        highest = tuple(division for division in found if division.level == top)
        if top == 1 or (top == 2 and not any(_of_city(d, name, of_capitals) for d in highest)):
            allowed[name] = highest
        elif top == 3 and counties[name] == 1 and highest[0].name == name + "市" and highest[0].until is None:
            allowed[name] = highest[:1]
    return Names(full, allowed)


def _of_capital(division: Division) -> bool:
    return division.code[2:4] == "01" and division.until is None and division.name.endswith("区")


def _of_city(division: Division, name: str, of_capitals: set[str]) -> bool:
    """Whether people in a capital may mean a district of theirs: 朝阳 is Beijing's before it is a city of Liaoning."""
    return name in of_capitals and name == short_name(division.name)


@cache
def inside(codes: frozenset[str]) -> Names:
    """What may follow the names of divisions with these codes."""
    parts = _parts()
    found = dict.fromkeys(division for code in sorted(codes) for division in parts.get(code, ()))
    return Names(*_by_name(tuple(found)))


@cache
def _parts() -> dict[str, list[Division]]:
    parts: dict[str, list[Division]] = {}
    for division in divisions():
        for code in within(division):
            parts.setdefault(code, []).append(division)
    return parts


def _by_name(some: tuple[Division, ...]) -> tuple[dict[str, tuple[Division, ...]], dict[str, tuple[Division, ...]]]:
    full: dict[str, tuple[Division, ...]] = {}
    short: dict[str, tuple[Division, ...]] = {}
    for division in some:
        full[division.name] = (*full.get(division.name, ()), division)
        if division.code:
            for name in short_names(division):
                short[name] = (*short.get(name, ()), division)
    return full, {name: found for name, found in short.items() if name not in full}


def meant(code: str) -> tuple[Division, ...]:
    """The division of a code of six digits; for one that no list has, the city or prefecture of its digits."""
    known = by_code()
    if code in known or level_of(code) < 3:
        return known.get(code, ())
    city, seat = known.get(code[:4] + "00", ()), known.get(code[:2] + _SEAT, ())
    if city or not seat:
        return city
    return seat if seat[0].name == known[code[:2] + "0000"][0].name else ()  # 3102 was what is not urban of Shanghai
