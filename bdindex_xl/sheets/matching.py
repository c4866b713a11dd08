"""Which column of a result table goes where: into the old one of the same header, or the whole table anew.

Works on headers and roles alone; nothing is read or written here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from . import schema
from .book import ResultTable
from .schema import Further, ResultSheet

# What keeps headers of nodes with one name apart: the node's code.
_MARK = re.compile(r"(?: \([^()]*\))?′*$")
_YEAR = re.compile(r"[0-9]{4}$")


class Layout(NamedTuple):
    """The columns of the new table, left to right.

    `slots[k]` is the result column that stands there, None for a column of the user's; `donors[k]` is the old column
    whose look it takes. `anew` says that headers change, not only what is under them.
    """

    slots: tuple[int | None, ...]
    donors: tuple[int, ...]
    headers: tuple[str, ...]
    anew: bool


def layout(
    old: Sequence[str], result: ResultTable, holds_scores: Callable[[int, int | None], bool]
) -> Layout | tuple[int, ...]:
    """The new table's columns, or the user's own columns that stand in the way of a changed layout.

    `holds_scores` tells whether an old column reads like one of normalised scores and looks like another that is one:
    the only columns of ours that go by names of the user's making, so nothing else tells them from the user's own.
    """
    headers = unique(column.header for column in result.columns)
    roles = _roles(old, headers, result, holds_scores)
    ours = [j for j, role in enumerate(roles) if role is not None]
    users = tuple(j for j, role in enumerate(roles) if role is None)
    place = {header: k for k, header in enumerate(headers)}
    if len(ours) == len(headers) and all(old[j] in place for j in ours):
        slots = tuple(place[old[j]] if roles[j] is not None else None for j in range(len(old)))
        return Layout(slots, tuple(range(len(old))), tuple(old), anew=False)
    if users and len(ours) != len(headers):
        return users
    donors = _donors(old, roles, headers, result)
    if not users:
        return Layout(tuple(range(len(headers))), tuple(donors), headers, anew=True)
    k = iter(range(len(headers)))
    slots = tuple(next(k) if role is not None else None for role in roles)
    return Layout(
        slots,
        tuple(j if slot is None else donors[slot] for j, slot in enumerate(slots)),
        tuple(old[j] if slot is None else headers[slot] for j, slot in enumerate(slots)),
        anew=True,
    )


def own_columns(table: str, header: Sequence[str]) -> dict[int, str]:
    """Role of each column of a result table that is ours, by its place; what a user added is left out.

    >>> own_columns("bdx_weights", ("年份", "my note"))
    {0: 'year'}
    """
    known = _fixed_headers(table) | _further_headers(header, table)
    sheet = schema.sheet_of(table)
    other = "normalised" if isinstance(sheet, ResultSheet) and sheet.further is Further.INDICATORS else None
    roles = {j: known.get(text, other) for j, text in enumerate(header)}
    return {j: role for j, role in roles.items() if role is not None}


def row_key(table: str) -> tuple[int, ...]:
    """Which of a result table's columns tell its rows apart; none of tables that tell of a run."""
    sheet = schema.sheet_of(table)
    return tuple(sheet.keys.index(key) for key in sheet.key) if isinstance(sheet, ResultSheet) else ()


def unique(headers: Iterable[str]) -> tuple[str, ...]:
    """Headers as Excel wants them in a table: none empty, none twice, whatever the case, 255 characters at most."""
    taken: set[str] = set()
    made = []
    for k, header in enumerate(headers, 1):
        name, count = header[:255] or str(k), 1
        while name.casefold() in taken:
            count += 1
            name = f"{header[:240]} {count}"
        taken.add(name.casefold())
        made.append(name)
    return tuple(made)


def _roles(
    old: Sequence[str], headers: Sequence[str], result: ResultTable, holds_scores: Callable[[int, int | None], bool]
) -> list[str | None]:
    """Role of each old column; None for the user's own."""
    now = {header: column.role for header, column in zip(headers, result.columns, strict=True)}
    table = result.table
    earlier = _fixed_headers(table) | _further_headers(old, table)
    roles = [now.get(header, earlier.get(header)) for header in old]
    if any(column.role == "normalised" for column in result.columns):
        like = roles.index("normalised") if "normalised" in roles else None
        for j, role in enumerate(roles):
            # Scores of an indicator that is no more stand among the others: no column of the user's before them.
            if role is None and j and roles[j - 1] is not None and holds_scores(j, like):
                roles[j] = "normalised"
    return roles


def _fixed_headers(table: str) -> dict[str, str]:
    """Headers that a table of this name has in either language, whatever the framework, with their roles."""
    sheet = schema.sheet_of(table)
    columns = sheet.columns if isinstance(sheet, ResultSheet) else ()
    return {column.header[lang]: column.role for column in columns for lang in schema.LANGS}


def _further_headers(old: Sequence[str], table: str) -> dict[str, str]:
    """Headers of columns that hang on the framework, the years or the scenarios, with their roles."""
    return _node_headers(old, table) | _year_headers(old, table) | _scenario_headers(old, table)


def _scenario_headers(old: Sequence[str], table: str) -> dict[str, str]:
    """Headers made from a scenario's name, where scenarios have columns."""
    sheet = schema.sheet_of(table)
    if not isinstance(sheet, ResultSheet) or sheet.further is not Further.SCENARIOS:
        return {}
    endings = {
        text.format(scenario="")[lang]: role for role, text in schema.OF_SCENARIO.items() for lang in schema.LANGS
    }
    return {header: role for header in old for ending, role in endings.items() if header.endswith(ending)}


def _node_headers(old: Sequence[str], table: str) -> dict[str, str]:
    """Headers made from an aggregate's name. Only a full set counts: a single “… score” may be the user's own."""
    sheet = schema.sheet_of(table)
    if not isinstance(sheet, ResultSheet) or not sheet.scored:
        return {}
    there, columns = set(old), schema.node_columns(sheet)
    found: dict[str, str] = {}
    for lang in schema.LANGS:
        ending = columns[0].header[lang].removeprefix("{node}")
        for header in old:
            mark = _MARK.search(header)
            apart = mark[0] if mark else ""
            stem = header.removesuffix(apart)
            node = stem.removesuffix(ending)
            made = {column.header[lang].format(node=node) + apart: column.role for column in columns}
            if node and node != stem and there >= made.keys():
                found |= made
    return found


def _year_headers(old: Sequence[str], table: str) -> dict[str, str]:
    """Headers that are a year, where years have columns."""
    sheet = schema.sheet_of(table)
    if not isinstance(sheet, ResultSheet) or sheet.further is not Further.YEARS:
        return {}
    return {header: "weight" for header in old if _YEAR.match(header)}


def _donors(old: Sequence[str], roles: Sequence[str | None], headers: Sequence[str], result: ResultTable) -> list[int]:
    """For each result column the old one whose look it takes: of the same header, else of the same role.

    Of those with the role, one that stands where a renamed column would, between the neighbours' places; else the
    last one taken before, which stands for a neighbour of the same level.
    """
    place = {header: j for j, header in enumerate(old)}
    ours = [j for j, role in enumerate(roles) if role is not None] or list(range(len(old)))
    donors: list[int] = []
    for k, (header, column) in enumerate(zip(headers, result.columns, strict=True)):
        if header in place:
            donors.append(place[header])
            continue
        same = [j for j in ours if roles[j] == column.role]
        following = next((place[after] for after in headers[k:] if after in place), len(old))
        renamed = [j for j in same if (donors[-1] if donors else -1) < j < following and old[j] not in headers]
        taken = [j for j in donors if j in same]
        donors.append(renamed[0] if renamed else taken[-1] if taken else (same or ours)[-1])
    return donors
