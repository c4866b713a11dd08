"""Rules held against the records: conditions, kinds of fields, measures; each fault at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlglot import exp

from ..language import Text, same
from ..model.collecting import Counting
from ..sheets.faults import Report
from .conditions import KIND_NAMES, ConditionFault, KindsClash, condition, fields_of
from .engine import Engine
from .measures import measure_of, ratio
from .prepared import Prepared
from .statements import AskedRule
from .stray_texts import first_text, strays
from .tables import FieldKind
from .typed_columns import FieldColumns, tree
from .wanted import ADDING, Placed, RuleGroup, is_field, refuse

_PERCENT = ("%", "％", "百分比", "percent", "per cent")
_NOTHING = same("")
_WITH_FIRST = Text("{kind}，{first}", "{kind}, {first}")
_FOUND = Text("{found}{more}", "{found}{more}")
_MOST_MEASURES = 1000  # different values of a field that says what an amount is counted in


@dataclass(frozen=True)
class Checked:
    """A rule that fits the records: as trees, and by what its exact result is multiplied for the indicator."""

    asked: AskedRule
    factor: Fraction

    @property
    def code(self) -> str:
        """The indicator's."""
        return self.asked.row.value.indicator

    def value(self, parts: Mapping[str, Fraction]) -> Fraction | None:
        """The value that follows from the parts of a unit and year; None where it has no record."""
        counting, n = self.asked.row.value.counting, parts.get("n", Fraction(0))
        if counting is Counting.SHARE:
            whole = parts.get("whole", Fraction(0))
            return n / whole * self.factor if whole else None
        if not n:
            return None
        if counting in (Counting.COUNT, Counting.COUNT_DISTINCT):
            return n
        if counting is Counting.MEAN:
            return parts["sum"] / n * self.factor
        return parts[str(counting)] * self.factor


def checked(
    prepared: Prepared, group: RuleGroup, measures: Mapping[str, str], engine: Engine, report: Report
) -> list[Checked]:
    """The rules of a group that are without fault."""
    columns = prepared.columns(group.table)
    found = []
    for row in group.rules:
        one = _checked(row, columns, measures[row.value.indicator], prepared, engine, report)
        if one is not None:
            found.append(one)
    return found


def _checked(
    row: Placed, columns: FieldColumns, measure: str, prepared: Prepared, engine: Engine, report: Report
) -> Checked | None:
    rule = row.value
    where = None
    if rule.condition:
        try:
            where = condition(rule.condition, columns.kinds, columns.value)
        except ConditionFault as fault:
            more = strays(fields_of(rule.condition), columns, prepared) if isinstance(fault, KindsClash) else _NOTHING
            refuse(row, _FOUND.format(found=fault.found, more=more), report)
            return None
    own = columns.column(rule.field) if rule.field else None
    asked = AskedRule(row, where, own, None)
    if rule.counting is Counting.SHARE:
        return Checked(asked, Fraction(100 if measure.strip().casefold() in _PERCENT else 1))
    if rule.counting not in ADDING:
        return Checked(asked, Fraction(1))
    if columns.kinds[rule.field] is not FieldKind.NUMBER:
        kind, first = KIND_NAMES[columns.kinds[rule.field]], first_text(rule.field, columns, prepared)
        found = kind if first is None else _WITH_FIRST.format(kind=kind, first=first)
        row.add(report, "rule field kind", "field", field=rule.field, found=found)
        return None
    amount = columns.amount(rule.field)
    if not rule.measure:
        return Checked(replace(asked, amount=amount), Fraction(1))
    if is_field(rule, measure):
        return _measured(asked, columns, measure, prepared, engine)
    return Checked(replace(asked, amount=amount), ratio(rule.measure, measure) or Fraction(1))


def _measured(asked: AskedRule, columns: FieldColumns, measure: str, prepared: Prepared, engine: Engine) -> Checked:
    """A rule whose amounts have their measure beside them: amounts in the smallest of all, which is exact."""
    rule, to = asked.row.value, measure_of(measure)
    text = columns.text(rule.measure)
    query = exp.select(text.as_("x")).distinct().from_(prepared.view(rule.table)).limit(_MOST_MEASURES)
    known = [
        (str(value), measure_of(str(value)).factor)
        for (value,) in engine.rows(query)
        if value is not None and measure_of(str(value)).base == to.base
    ]
    cases = [exp.If(this=exp.Literal.string(word), true=exp.Literal.number(n)) for word, n in sorted(known)]
    multiple: exp.Expr = exp.Case(this=text.copy(), ifs=cases) if cases else exp.Null()
    amount = columns.multiplied(rule.field, multiple)
    words = [exp.Literal.string(word) for word, _ in sorted(known)]
    known_word: exp.Expr = exp.In(this=text.copy(), expressions=words) if words else exp.Boolean(this=False)
    unmeasured = exp.Not(this=exp.Paren(this=exp.Coalesce(this=known_word, expressions=[tree("FALSE")])))
    return Checked(replace(asked, amount=amount, unmeasured=unmeasured), Fraction(1, to.factor))
