"""What rules ask of the records: which fields of which tables, and which of them can share a scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.collecting import Counting, CountingRule, Moved, Period
from ..sheets.faults import Report
from ..sheets.read_rules import Collecting, PlacedRow, elsewhere
from .conditions import ConditionFault, fields_of
from .keys import keys_of
from .measures import ratio

ADDING = (Counting.SUM, Counting.MEAN, Counting.MAX, Counting.MIN)
Placed = PlacedRow[CountingRule]


@dataclass(frozen=True)
class Elsewhere:
    """Where a place is looked up: in another table, by its key, in what year of whose."""

    table: str
    field: str
    year: str
    moved: Moved


@dataclass(frozen=True)
class RuleGroup:
    """Rules that one statement answers: of one table, place, year and period."""

    table: str
    unit: str
    year: str
    period: Period
    elsewhere: Elsewhere | None
    rules: tuple[Placed, ...]


def groups(collecting: Collecting) -> tuple[RuleGroup, ...]:
    """The rules by what can be counted in one scan."""
    found: dict[tuple[str, str, str, Period, Elsewhere | None], list[Placed]] = {}
    for row in collecting.rules:
        rule = row.value
        key = rule.table, rule.unit, rule.year, rule.period, _elsewhere(rule, collecting)
        found.setdefault(key, []).append(row)
    return tuple(RuleGroup(*key, tuple(rules)) for key, rules in found.items())


def _elsewhere(rule: CountingRule, collecting: Collecting) -> Elsewhere | None:
    other = elsewhere(rule.unit, (one.value.table for one in collecting.sources))
    if other is None:
        return None
    years = (one.value.year for one in collecting.rules if one.value.table == other[0])
    year = next(years, collecting.source(other[0]).value.latest)
    return Elsewhere(*other, year, rule.moved)


def fields(collecting: Collecting, measures: Mapping[str, str], report: Report) -> Mapping[str, tuple[str, ...]]:
    """The fields of each table that are read, given what indicators are counted in; conditions that cannot be are
    reported."""
    found: dict[str, dict[str, None]] = {}
    tables = {one.value.table for one in collecting.sources}
    for group in groups(collecting):
        own = found.setdefault(group.table, {})
        own |= dict.fromkeys([group.year, *keys_of(collecting.source(group.table).value)])
        if group.elsewhere is None:
            own[group.unit] = None
        else:
            keys = keys_of(collecting.source(group.elsewhere.table).value)
            own |= dict.fromkeys(keys)
            other = found.setdefault(group.elsewhere.table, {})
            other |= dict.fromkeys([group.elsewhere.field, group.elsewhere.year, *keys])
        for row in group.rules:
            own |= dict.fromkeys([row.value.field, *_of_condition(row, report)])
            if is_field(row.value, measures[row.value.indicator]):
                own[row.value.measure] = None
    assert found.keys() <= tables
    for table, names in found.items():
        names[collecting.source(table).value.latest] = None
    return {table: tuple(name for name in names if name) for table, names in found.items()}


def is_field(rule: CountingRule, measure: str) -> bool:
    """Whether the measure of a rule names the field that says it: it is none that the indicator's can be brought to."""
    return bool(rule.measure) and rule.counting in ADDING and ratio(rule.measure, measure) is None


def _of_condition(row: Placed, report: Report) -> tuple[str, ...]:
    text = row.value.condition
    try:
        return fields_of(text) if text else ()
    except ConditionFault as fault:
        refuse(row, fault, report)
        return ()


def refuse(row: Placed, fault: ConditionFault, report: Report) -> None:
    """Report a condition at its cell."""
    row.add(report, "rule filter", "filter", found=fault.found)
