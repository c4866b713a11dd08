"""Indicators counted from records: rules made into statements, and their small results added up, exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..model.collecting import Counting, Empty, Period
from ..sheets.faults import Report
from ..sheets.read_rules import Collecting
from . import tally
from .checked import Checked, checked
from .engine import Engine
from .record_places import RecordPlaces
from .statements import OUTSIDE, AskedRule, Scan
from .tables import RecordTable
from .tally import Scanned, TallyLine
from .wanted import RuleGroup, groups

CountedParts = dict[str, Fraction]
_NONE = Fraction(0)
_BEST = {"max": max, "min": min}


@dataclass(frozen=True)
class ToCount:
    """What is to be counted: for which units of which rankings, in which years.

    Parameters
    ----------
    collecting
        Rules and sources.
    measures
        What each indicator is counted in, by its code.
    rankings
        Rankings in their order, as the locator has them.
    years
        In order.
    """

    collecting: Collecting
    measures: Mapping[str, str]
    rankings: Sequence[str]
    years: Sequence[int]


@dataclass
class Counted:
    """Values by indicator, then by ranking, unit and year, those that there are; and an account of the records."""

    values: dict[str, dict[tuple[str, str, int], Fraction]] = field(default_factory=dict)
    lines: list[TallyLine] = field(default_factory=list)


def count(
    engine: Engine, tables: Mapping[str, RecordTable], places: RecordPlaces, wanted: ToCount, report: Report
) -> Counted | None:
    """Everything that the rules ask for; None where a rule does not fit the records, with the faults reported."""
    found = [
        (group, checked(places.prepared, group, wanted.measures, engine, report)) for group in groups(wanted.collecting)
    ]
    if report.has_faults:
        return None
    made = Counted()
    for group, rules in found:
        _Work(engine, places, wanted, group, rules, tables[group.table]).count(made)
    made.lines += _conflicts_elsewhere([group for group, _ in found], places, tables)
    for name in dict.fromkeys(name for group, _ in found for name in group.tables):
        made.lines += tally.wrong_codes(tables[name], places.codes.fields(name))
    return made


def _conflicts_elsewhere(
    asked: Sequence[RuleGroup], places: RecordPlaces, tables: Mapping[str, RecordTable]
) -> Iterator[TallyLine]:
    """Conflicts of places in tables from which others have theirs, where no statement of their own has told them."""
    told = {(group.table, group.fields) for group in asked if group.elsewhere is None}
    for group in asked:
        other = group.elsewhere
        if other is not None and (other.table, group.fields) not in told:
            told.add((other.table, group.fields))
            yield from tally.conflicts(
                places, places.by_fields(other.table, other.year, group.fields), tables[other.table]
            )


class _Work:
    """The counting of one group of rules."""

    def __init__(
        self,
        engine: Engine,
        places: RecordPlaces,
        wanted: ToCount,
        group: RuleGroup,
        rules: Sequence[Checked],
        table: RecordTable,
    ) -> None:
        self._engine, self._places, self._wanted = engine, places, wanted
        self._group, self._rules, self._table = group, rules, table
        self._scan = Scan(group, places.records(group), wanted.years)

    def count(self, made: Counted) -> None:
        """Add the values and the account of the group."""
        apart = [one for one in self._rules if one.asked.row.value.counting is Counting.COUNT_DISTINCT]
        apart = [one for one in apart if not self._is_unique(one)]
        added = [one for one in self._rules if one not in apart]
        query, names = self._scan.statement([one.asked for one in added])
        rows = self._engine.rows(query)
        units = self._places.cells.units
        for k, one in enumerate(added):
            parts = self._parts(rows, units, [(n, name) for n, (rule, name) in enumerate(names, 3) if rule == k])
            made.values[one.code] = self._values(one, parts)
        for one in apart:
            made.values[one.code] = self._values(one, self._told_apart(one.asked, units))
        found = Scanned(rows, names, [one.asked for one in added], units)
        made.lines += tally.lines(self._engine, self._places, self._scan, self._table, self._wanted.rankings, found)

    def _is_unique(self, one: Checked) -> bool:
        """Whether a field has each of its values once a year: then telling apart is counting."""
        rule = one.asked.row.value
        return self._table.key == (rule.field,) and rule.period is not Period.STOCK

    def _parts(
        self, rows: Sequence[tuple[Any, ...]], units: Mapping[int, tuple[str, ...]], columns: Sequence[tuple[int, str]]
    ) -> dict[tuple[str, str, int], CountedParts]:
        """What the statement says of one rule, by ranking, unit and year."""
        found: dict[tuple[str, str, int], CountedParts] = defaultdict(dict)
        for row in rows:
            cell, year = row[0], row[1]
            if cell is None or year is None or year == OUTSIDE:
                continue
            for ranking, code in zip(self._wanted.rankings, units[cell], strict=True):
                if code:
                    _add(found[ranking, code, year], {name: row[n] for n, name in columns})
        return found

    def _told_apart(
        self, asked: AskedRule, units: Mapping[int, tuple[str, ...]]
    ) -> dict[tuple[str, str, int], CountedParts]:
        found: dict[tuple[str, str, int], CountedParts] = {}
        for k, ranking in enumerate(self._wanted.rankings):
            codes = list(dict.fromkeys(codes[k] for codes in units.values() if codes[k]))
            at = {code: number for number, code in enumerate(codes)}
            name = f"cells{k}_{len(units)}"
            if name not in self._places.made:
                numbers = [at.get(codes[k]) for codes in units.values()]
                self._engine.put(name, {"cell": list(units), f"r{k}": numbers}, ["INT", "INT"])
                self._places.made.add(name)
            for unit, year, n in self._engine.rows(self._scan.distinct(asked, name, k)):
                found[ranking, codes[unit], year] = {"n": Fraction(n)}
        return found

    def _values(
        self, one: Checked, parts: Mapping[tuple[str, str, int], CountedParts]
    ) -> dict[tuple[str, str, int], Fraction]:
        """The values of a rule: of a stock, of all years up to each."""
        if self._group.period is not Period.STOCK:
            values = {place: one.value(own) for place, own in parts.items()}
        else:
            values = {}
            for ranking, code in dict.fromkeys(place[:2] for place in parts):
                up_to: CountedParts = {}
                for year in range(self._wanted.years[0], self._wanted.years[-1] + 1):
                    _add(up_to, parts.get((ranking, code, year), {}))
                    if year in self._wanted.years:
                        values[ranking, code, year] = one.value(up_to)
        return {place: value for place, value in values.items() if value is not None}


def _add(parts: CountedParts, more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        if value is None:
            continue
        if name in _BEST and name in parts:
            parts[name] = _BEST[name](parts[name], Fraction(value))
        else:
            parts[name] = (_NONE if name in _BEST else parts.get(name, _NONE)) + Fraction(value)


def zero(rule_counting: Counting, empty: Empty | None) -> bool:
    """Whether a unit without a record has zero rather than nothing.

    >>> zero(Counting.COUNT, None), zero(Counting.MEAN, None), zero(Counting.SUM, Empty.BLANK)
    (True, False, False)
    """
    counts = rule_counting in (Counting.COUNT, Counting.COUNT_DISTINCT, Counting.SUM)
    return counts if empty is None else empty is Empty.ZERO


def exact(value: Fraction) -> float:
    """The number in a cell that is nearest to an exact one."""
    return value.numerator / value.denominator
