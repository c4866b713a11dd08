"""The units table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ..language import Text
from ..model.records import suggested
from ..model.typed import plain_number
from . import choices, schema
from .book import Readable
from .cells import choice_of, heading, read_text
from .faults import Report
from .keyed_table import KeyedTable, filled_rows, read_table, text_at


class Units(NamedTuple):
    """Units of every ranking, in the sheet's order: names, groups and places on a tile map by code."""

    rankings: Mapping[str, Mapping[str, str]]
    group_names: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    tiles: Mapping[str, tuple[int, int]]
    where: str = ""  # the sheet, or the file
    screening: Mapping[str, str] = MappingProxyType({})  # "in" or "out", by code

    def like(self, text: str) -> Text:
        """The codes that may be meant by a text that is none, as the end of a sentence; a unit's name is its code."""
        named = [
            code for units in self.rankings.values() for code, name in units.items() if heading(name) == heading(text)
        ]
        return suggested(named[0] if named else text, named or self.groups)

    def ranking_of(self, code: str) -> str | None:
        """The ranking a unit belongs to."""
        for ranking, units in self.rankings.items():
            if code in units:
                return ranking
        return None


def read_units(book: Readable, report: Report) -> Units | None:
    """The units, or None with the fault reported."""
    table = read_table(book, schema.UNITS.table, schema.UNITS.columns, report, ("name",), further=True)
    if table is None or not {"code", "ranking"} <= set(table.places):
        return None
    rows = filled_rows(table)
    if not rows:
        report.add("table empty", table.block.sheet, table.cell(-1, "code"))
        return None
    group_columns, tile_column, screening_column = _further_columns(table, report)
    meant = _meant(book, table, rows, report)
    rankings: dict[str, dict[str, str]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    tiles: dict[str, tuple[int, int]] = {}
    seen: dict[str, int] = {}
    screening: dict[str, str] = {}
    for i in rows:
        code, ranking = _code(table, i, seen, report), _ranking(table, i, report)
        if code and ranking:
            rankings.setdefault(meant.get(ranking, ranking), {})[code] = _name(table, i, code, report)
            groups[code] = tuple(text_at(table.block, i, j, report) for j in group_columns)
            if tile_column is not None and (tile := _tile(table, i, tile_column, report)):
                tiles[code] = tile
            if screening_column is not None and (one := _screening(table, i, screening_column, report)):
                screening[code] = one
    _names(table, rankings, seen, report)
    names = tuple(read_text(table.block.header[j]) for j in group_columns)
    return Units(rankings, names, groups, tiles, table.block.sheet, screening)


def _further_columns(table: KeyedTable, report: Report) -> tuple[list[int], int | None, int | None]:
    """Places of the columns of groups, two of one name would be one grouping with two answers; of tiles; "
    "of screening."""
    block = table.block
    first: dict[str, int] = {}
    for j in table.rest:
        text = read_text(block.header[j])
        if text and first.setdefault(heading(text), j) != j:
            n = sum(heading(other) == heading(text) for other in block.header)
            report.add("column twice", block.sheet, block.cell(-1, j), header=text, n=n)
    tile, screening = (
        next((first.pop(heading(name)) for name in column.header.both() if heading(name) in first), None)
        for column in (schema.TILE, schema.SCREENING)
    )
    return list(first.values()), tile, screening


def _screening(table: KeyedTable, i: int, j: int, report: Report) -> str:
    """Whether a unit is in or out, whatever it lacks; empty for neither."""
    text = text_at(table.block, i, j, report)
    found = choice_of(choices.SCREENING, text) if text else ""
    if found is None:
        report.add("screening", table.block.sheet, table.block.cell(i, j), found=text)
    return found or ""


def _tile(table: KeyedTable, i: int, j: int, report: Report) -> tuple[int, int] | None:
    """Where a unit is on a tile map, across and down from 1."""
    text = text_at(table.block, i, j, report)
    found = _TILE.fullmatch(plain_number(text) if text else "")
    if text and found is None:
        report.add("tile", table.block.sheet, table.block.cell(i, j), found=text)
    return (int(found[1]), int(found[2])) if found else None


_TILE = re.compile(r"([1-9]\d?)\s*[,、;./ ]\s*([1-9]\d?)")


def _meant(book: Readable, table: KeyedTable, rows: Sequence[int], report: Report) -> dict[str, str]:
    """For each ranking that is typed in another way than one that has data, or than most, the one that is meant."""
    at: dict[str, list[int]] = {}
    for i in rows:
        if text := read_text(table.column("ranking")[i]):
            at.setdefault(schema.ranking_key(text), []).append(i)
    known = {key for key in at if schema.table_of(schema.DATA.table, key) in book.tables()}
    firm = sorted(known or at, key=lambda key: -len(at[key]))
    meant = {}
    for ranking in at:
        likes = [key for key in firm if key != ranking and heading(key) == heading(ranking)]
        if ranking in known or (not known and firm.index(ranking) < min(map(firm.index, likes), default=len(firm))):
            continue
        if likes:
            meant[ranking] = likes[0]
            for i in at[ranking]:
                found = {"found": read_text(table.column("ranking")[i]), "meant": suggested(ranking, likes[:1])}
                report.add("unit ranking unknown", table.block.sheet, table.cell(i, "ranking"), **found)
    return meant


def _code(table: KeyedTable, i: int, seen: dict[str, int], report: Report) -> str:
    code, sheet = table.text(i, "code", report), table.block.sheet
    if not code:
        report.add("unit code blank", sheet, table.cell(i, "code"))
    elif code in seen:
        report.add("unit code twice", sheet, table.cell(i, "code"), found=code, other=table.block.row_of(seen[code]))
        return ""
    else:
        seen[code] = i
    return code


def _ranking(table: KeyedTable, i: int, report: Report) -> str:
    text = table.text(i, "ranking", report)
    if not text:
        report.add("unit ranking blank", table.block.sheet, table.cell(i, "ranking"))
    return schema.ranking_key(text)


def _name(table: KeyedTable, i: int, code: str, report: Report) -> str:
    name = table.text(i, "name", report)
    if not name:
        report.add("unit name blank", table.block.sheet, table.cell(i, "name"), taken=code)
    return name or code


def _names(table: KeyedTable, rankings: dict[str, dict[str, str]], rows: dict[str, int], report: Report) -> None:
    for units in rankings.values():
        first: dict[str, str] = {}
        for code, name in units.items():
            other = first.setdefault(heading(name), code)
            if other != code:
                cells = {"found": name, "other": table.block.row_of(rows[other])}
                report.add("unit name twice", table.block.sheet, table.cell(rows[code], "name"), **cells)
