"""What rules ask of the records: which fields of which tables, and which of them can share a scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..language import Text
from ..model.collecting import Counting, CountingRule, Moved, Period
from ..sheets.faults import Report
from ..sheets.read_rules import Collecting, PlacedRow, unit_fields
from .conditions import ConditionFault, fields_of
from .keys import keys_of
from .measures import ratio

ADDING = (Counting.SUM, Counting.MEAN, Counting.MAX, Counting.MIN)
Placed = PlacedRow[CountingRule]


@dataclass(frozen=True)
class Elsewhere:
    """Where a place is looked up: in another table, by its key, in what year of whose."""

    table: str
    year: str
    moved: Moved


@dataclass(frozen=True)
class RuleGroup:
    """Rules that one statement answers: of one table, place, year and period.

    `fields` are those that tell the place, of the table itself or of the one `elsewhere`; `unit` is how it is written.
    """

    table: str
    unit: str
    year: str
    period: Period
    fields: tuple[str, ...]
    elsewhere: Elsewhere | None
    rules: tuple[Placed, ...]

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are read for it."""
        return (self.table,) if self.elsewhere is None else (self.table, self.elsewhere.table)


def groups(collecting: Collecting) -> tuple[RuleGroup, ...]:
    """The rules by what can be counted in one scan."""
    found: dict[tuple[str, str, str, Period, tuple[str, ...], Elsewhere | None], list[Placed]] = {}
    for row in collecting.rules:
        rule = row.value
        other, own = unit_fields(rule.unit, (one.value.table for one in collecting.sources))
        place = Elsewhere(other, _year_of(other, collecting), rule.moved) if other else None
        key = rule.table, rule.unit, rule.year, rule.period, own, place
        found.setdefault(key, []).append(row)
    return tuple(RuleGroup(*key, tuple(rules)) for key, rules in found.items())


def _year_of(table: str, collecting: Collecting) -> str:
    """The field that tells in what year a record of another table says where somebody was."""
    years = (one.value.year for one in collecting.rules if one.value.table == table)
    return next(years, collecting.source(table).value.latest)


def fields(collecting: Collecting, measures: Mapping[str, str], report: Report) -> Mapping[str, tuple[str, ...]]:
    """The fields of each table that are read, given what indicators are counted in; conditions that cannot be are
    reported."""
    found: dict[str, dict[str, None]] = {}
    tables = {one.value.table for one in collecting.sources}
    for group in groups(collecting):
        own = found.setdefault(group.table, {})
        own |= dict.fromkeys([group.year, *keys_of(collecting.source(group.table).value)])
        if group.elsewhere is None:
            own |= dict.fromkeys(group.fields)
        else:
            keys = keys_of(collecting.source(group.elsewhere.table).value)
            own |= dict.fromkeys(keys)
            other = found.setdefault(group.elsewhere.table, {})
            other |= dict.fromkeys([*group.fields, group.elsewhere.year, *keys])
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
        refuse(row, fault.found, report)
        return ()


def refuse(row: Placed, found: Text, report: Report) -> None:
    """Report what was found in a condition, at its cell."""
    row.add(report, "rule filter", "filter", found=found)
