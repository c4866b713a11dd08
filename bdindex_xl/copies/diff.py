"""What changed between two copies of a workbook: settings, framework, units, raw data; and which units moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..core import digits
from ..core.arrays import Array
from ..language import Lang
from ..model.framework import Node
from ..model.node_fields import FIELDS
from ..sheets import schema
from ..sheets.book import Book
from ..sheets.cells import read_year
from ..sheets.faults import Report
from ..sheets.inputs import Inputs, Ranking
from ..sheets.keyed_table import read_table
from ..sheets.options import SettingValue
from .data_tables import data_table
from .last_run import same_setting, setting_cells
from .moves import Move, moves_between


@dataclass(frozen=True, slots=True)
class ValueChange:
    """Something that differs: `what` it is about, the values in the old and in the new copy (None where it is not).

    `sheet` and `cell` are of the new copy, or of the old one where the new one lacks it.
    """

    what: tuple[str, ...]
    sheet: str
    cell: str
    old: SettingValue | None
    new: SettingValue | None

    @property
    def place(self) -> str:
        """``sheet!cell``."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


@dataclass(frozen=True, eq=False)
class Changes:
    """All that differs. ``unmatched`` are rankings whose year shown the old copy does not have.

    ``only_old`` and ``only_new`` are rankings that the other copy lacks; their units and values are not listed.
    """

    old: Inputs
    new: Inputs
    settings: tuple[ValueChange, ...]
    framework: tuple[ValueChange, ...]
    comparisons: tuple[ValueChange, ...]
    units: tuple[ValueChange, ...]
    values: tuple[ValueChange, ...]
    moves: tuple[Move, ...]
    unmatched: tuple[tuple[str, int], ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether the copies differ in anything."""
        changed = self.settings or self.framework or self.comparisons or self.units or self.values or self.moves
        return bool(changed or self.only_old or self.only_new)


@dataclass(frozen=True, eq=False)
class Copy:
    """A workbook and what it says."""

    book: Book
    inputs: Inputs


def diff(old: Copy, new: Copy) -> Changes:
    """Compare two copies, and the ranks that follow from their input (not those on the sheets)."""
    moves: list[Move] = []
    unmatched = []
    before, now = ({ranking.key: ranking for ranking in copy.inputs.rankings} for copy in (old, new))
    both = frozenset(before) & frozenset(now)
    for ranking in new.inputs.rankings:
        former = before.get(ranking.key)
        if former is None:
            continue
        if ranking.year not in former.panel.years:
            unmatched.append((ranking.key, ranking.year))
        else:
            moves += moves_between(old.inputs, former, new.inputs, ranking)
    return Changes(
        old.inputs,
        new.inputs,
        _settings(old, new),
        _framework(old, new),
        _comparisons(old, new),
        _units(old, new, both),
        tuple(_values(old, new, both)),
        tuple(moves),
        tuple(unmatched),
        tuple(key for key in before if key not in now),
        tuple(key for key in now if key not in before),
    )


def _settings(old: Copy, new: Copy) -> tuple[ValueChange, ...]:
    cells = setting_cells(old.book) | setting_cells(new.book)
    before, now = old.inputs.settings.by_key(), new.inputs.settings.by_key()
    return tuple(
        ValueChange((key,), *cells.get(key, ("", "")), before[key], value)
        for key, value in now.items()
        if not same_setting(before[key], value)
    )


def _records(keys: Iterable[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, Any, Any]]:
    """Code, field, old and new of everything that differs; the field ``""`` for what only one copy has."""
    found: list[tuple[str, str, Any, Any]] = []
    for code in keys:
        a, b = old.get(code), new.get(code)
        if a is None or b is None:
            found.append((code, "", a and (a["name"] or code), b and (b["name"] or code)))
        else:
            fields = dict.fromkeys((*a, *b))
            found += [(code, f, a.get(f), b.get(f)) for f in fields if not _alike(a.get(f), b.get(f))]
    return found


def _alike(one: Any, other: Any) -> bool:
    """Whether two values of a field are the same: numbers as `digits.same` has it, blank being blank."""
    a, b = (None if value == "" else value for value in (one, other))
    if isinstance(a, float | int) and isinstance(b, float | int):
        return bool(digits.same(a, b))
    return bool(a == b)


def _framework(old: Copy, new: Copy) -> tuple[ValueChange, ...]:
    a, b = ({node.code: _node(node) for node in copy.inputs.framework.nodes} for copy in (old, new))
    cells = [_cells(copy.book, schema.FRAMEWORK.table, schema.FRAMEWORK.columns) for copy in (old, new)]
    label = schema.GOALPOSTS.name[new.inputs.lang]
    for known, places, copy in zip((a, b), cells, (old, new), strict=True):
        for one in copy.inputs.framework.goalposts_by_year:
            known[one.code][f"{label} {one.year}"] = f"{one.lower:.15g} – {one.upper:.15g}"
        places |= _yearly_cells(copy.book, label)
    return _changed(a, b, cells)


def _yearly_cells(book: Book, label: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Sheet and address of goalposts of single years, by code and by how `_framework` names their year."""
    report = Report()
    found = schema.GOALPOSTS.table in book.tables()
    table = read_table(book, schema.GOALPOSTS.table, schema.GOALPOSTS.columns, report) if found else None
    if table is None or not {"code", "year", "lower"} <= set(table.places):
        return {}
    years = [read_year(value)[0] for value in table.column("year")]
    return {
        (table.text(i, "code", report), f"{label} {year}"): (table.block.sheet, table.cell(i, "lower"))
        for i, year in enumerate(years)
    }


def _comparisons(old: Copy, new: Copy) -> tuple[ValueChange, ...]:
    a, b = ({(one.first, one.second): one.ratio for one in copy.inputs.framework.comparisons} for copy in (old, new))
    places = _comparison_cells(old.book) | _comparison_cells(new.book)
    return tuple(
        ValueChange(pair, *places.get(pair, ("", "")), a.get(pair), b.get(pair))
        for pair in dict.fromkeys((*b, *a))
        if not _alike(a.get(pair), b.get(pair))
    )


def _comparison_cells(book: Book) -> dict[tuple[str, str], tuple[str, str]]:
    """Sheet and address of each judgement."""
    report = Report()
    found = schema.PAIRWISE.table in book.tables()
    table = read_table(book, schema.PAIRWISE.table, schema.PAIRWISE.columns, report) if found else None
    if table is None:
        return {}
    pairs = [tuple(table.text(i, key, report) for key in ("first", "second")) for i in range(table.block.n_rows)]
    return {(a, b): (table.block.sheet, table.cell(i, "ratio")) for i, (a, b) in enumerate(pairs)}


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], cells: list[dict[tuple[str, str], tuple[str, str]]]
) -> tuple[ValueChange, ...]:
    return tuple(
        ValueChange((code, field), *_place(cells, code, field), before, now)
        for code, field, before, now in _records(dict.fromkeys((*new, *old)), old, new)
    )


def _node(node: Node) -> dict[str, Any]:
    return {field: getattr(node, field, None) for field in FIELDS if field != "code"}


def _units(old: Copy, new: Copy, both: Set[str]) -> tuple[ValueChange, ...]:
    cells = [_cells(copy.book, schema.UNITS.table, schema.UNITS.columns) for copy in (old, new)]
    lang = new.inputs.lang
    return _changed(_unit_records(old.inputs, both, lang), _unit_records(new.inputs, both, lang), cells)


def _unit_records(inputs: Inputs, rankings: Set[str], lang: Lang) -> dict[str, dict[str, Any]]:
    """Name, ranking, groups, screening and weights of every unit of those rankings."""
    records: dict[str, dict[str, Any]] = {}
    for ranking in inputs.rankings:
        if ranking.key not in rankings:
            continue
        for k, code in enumerate(ranking.panel.units):
            groups = {grouping.name: grouping.groups[ranking.key][k] for grouping in inputs.groupings}
            records[code] = {"name": ranking.names[k], "ranking": ranking.key} | groups
            if ranking.panel.screening:
                records[code][schema.SCREENING.header[lang]] = ranking.panel.screening[k]
        for one in ranking.panel.unit_weights:
            records[one.unit][f"{schema.UNIT_WEIGHTS.name[lang]} {one.code}"] = one.weight
    return records


def _cells(book: Book, name: str, columns: Iterable[schema.Column]) -> dict[tuple[str, str], tuple[str, str]]:
    """Sheet and address by code and field; group columns go by their header."""
    known = tuple(columns)
    table = read_table(book, name, known, Report(), [column.key for column in known])
    if table is None:
        return {}
    report = Report()
    fields = table.places | {table.block.header[j]: j for j in table.rest}
    codes = [table.text(i, "code", report) for i in range(table.block.n_rows)]
    return {
        (code, field): (table.block.sheet, table.block.cell(i, j))
        for i, code in enumerate(codes)
        for field, j in fields.items()
    }


def _place(cells: list[dict[tuple[str, str], tuple[str, str]]], code: str, field: str) -> tuple[str, str]:
    old, new = cells
    at = code, field or "code"
    return new.get(at) or old.get(at) or ("", "")


def _values(old: Copy, new: Copy, both: Set[str]) -> Iterable[ValueChange]:
    """Raw values that differ, in the order of the new copy."""
    by_key = [{ranking.key: ranking for ranking in copy.inputs.rankings} for copy in (old, new)]
    for key in (key for key in by_key[1] if key in both):
        a, b = (rankings.get(key) for rankings in by_key)
        years, units, codes = (_joint(axis, b, a) for axis in ("years", "units", "indicators"))
        before, now = (_spread(ranking, years, units, codes) for ranking in (a, b))
        differ = ~digits.same(before, now)
        found = [data_table(copy.book, key, copy.inputs.framework.indicators) for copy in (new, old)]
        tables = [table for table in found if table is not None]
        for y, u, k in zip(*np.nonzero(differ), strict=True):
            places = [table.cell((years[y], units[u]), codes[k]) for table in tables]
            where = next((place for place in places if place[1]), ("", ""))
            pair = (None if np.isnan(v) else float(v) for v in (before[y, u, k], now[y, u, k]))
            yield ValueChange((key, str(years[y]), units[u], codes[k]), *where, *pair)


def _joint(axis: str, *rankings: Ranking | None) -> tuple[Any, ...]:
    """Names along an axis of either panel."""
    return tuple(dict.fromkeys(name for r in rankings if r is not None for name in getattr(r.panel, axis)))


def _spread(ranking: Ranking | None, years: tuple[int, ...], units: tuple[str, ...], codes: tuple[str, ...]) -> Array:
    """A ranking's values over wider axes."""
    values = np.full((len(years), len(units), len(codes)), np.nan)
    if ranking is not None:
        panel = ranking.panel
        at = [
            [wide.index(name) for name in own]
            for wide, own in ((years, panel.years), (units, panel.units), (codes, panel.indicators))
        ]
        values[np.ix_(*at)] = panel.values
    return values
