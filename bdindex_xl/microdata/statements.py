"""The statement that answers a group of rules in one scan: a tree, which every engine prints in its own dialect.

Only what adds up is asked for: counts, sums of exact numbers, the largest and the smallest, by cell and year. Years of
a stock, means and shares are worked out of these afterwards, once for all engines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from ..model.collecting import Counting, Period
from .record_places import PlacedRecords
from .typed_columns import tree
from .wanted import Placed, RuleGroup

OUTSIDE = 0  # stands for years that nobody asked for


@dataclass(frozen=True)
class AskedRule:
    """A rule as trees.

    Parameters
    ----------
    row
        The rule.
    where
        Its condition, if it has one.
    field
        What is counted or told apart; None for the records themselves.
    amount
        What is added up or compared.
    unmeasured
        Where an amount has a measure that is none.
    """

    row: Placed
    where: exp.Expr | None
    field: exp.Expr | None
    amount: exp.Expr | None
    unmeasured: exp.Expr | None = None

    def parts(self) -> Mapping[str, exp.Expr]:
        """What the statement gives for it, by name."""
        counting = self.row.value.counting
        counted = exp.Count(this=self.field.copy() if self.field is not None else exp.Star())
        if counting is Counting.SHARE:
            return {"n": self._filtered(counted), "whole": counted.copy()}
        if self.amount is None:
            return {"n": self._filtered(counted)}
        made: dict[str, exp.Expr] = {"n": self._filtered(exp.Count(this=self.amount.copy()))}
        if counting in (Counting.SUM, Counting.MEAN):
            made["sum"] = self._filtered(exp.Sum(this=self.amount.copy()))
        else:
            kind = exp.Max if counting is Counting.MAX else exp.Min
            made[str(counting)] = self._filtered(kind(this=self.amount.copy()))
        if isinstance(self.amount, exp.Column):  # which is exact as it is
            return made
        # Of amounts in no known measure, and of what is no exact number.
        lost = [self.where, exp.Not(this=exp.Is(this=self.field, expression=exp.Null()))]
        unmeasured = self.unmeasured if self.unmeasured is not None else exp.Boolean(this=False)
        for name, more in (("unmeasured", unmeasured), ("unread", exp.Not(this=exp.Paren(this=unmeasured.copy())))):
            missing = exp.Is(this=exp.Paren(this=self.amount.copy()), expression=exp.Null())
            cases = [part.copy() for part in (*lost, missing, more) if part is not None]
            made[name] = exp.Filter(this=exp.Count(this=exp.Star()), expression=exp.Where(this=exp.and_(*cases)))
        return made

    def _filtered(self, aggregate: exp.Expr) -> exp.Expr:
        if self.where is None:
            return aggregate
        return exp.Filter(this=aggregate, expression=exp.Where(this=self.where.copy()))


@dataclass(frozen=True)
class Scan:
    """What is selected from, for a group of rules in these years, which are in order."""

    group: RuleGroup
    records: PlacedRecords
    years: Sequence[int]

    def _from(self) -> exp.Select:
        return exp.select().from_(aliased(self.records.name, "d"))

    def _year(self) -> exp.Expr:
        first, last = self.years[0], self.years[-1]
        if self.group.period is Period.STOCK:
            return tree(f"CASE WHEN d.y <= {first} THEN {first} WHEN d.y <= {last} THEN d.y "
                        f"WHEN d.y IS NOT NULL THEN {OUTSIDE} END")  # fmt: skip
        asked = ", ".join(map(str, self.years))
        return tree(f"CASE WHEN d.y IN ({asked}) THEN d.y WHEN d.y IS NOT NULL THEN {OUTSIDE} END")

    def statement(self, asked: Sequence[AskedRule]) -> tuple[exp.Select, tuple[tuple[int, str], ...]]:
        """The statement for all of these, and whose part each of its columns is, after cell, year and records."""
        parts = [(k, name, part) for k, one in enumerate(asked) for name, part in one.parts().items()]
        query = self._from().select("d.cell AS cell", self._year().as_("yy"), "COUNT(*) AS n")
        query = query.select(*(part.as_(f"a{n}") for n, (_, _, part) in enumerate(parts)))
        return query.group_by("cell", "yy"), tuple((k, name) for k, name, _ in parts)

    def distinct(self, asked: AskedRule, cells: str, ranking: int) -> exp.Select:
        """The statement that tells values of a field apart, by unit of a ranking and year.

        Of a stock, each value counts from the first year on in which a unit has it.
        """
        assert asked.field is not None
        unit = f"c.r{ranking}"
        inner = self._from().join(aliased(cells, "c"), on=tree("d.cell = c.cell"))
        cases = [tree(f"{unit} IS NOT NULL"), exp.Not(this=exp.Is(this=asked.field.copy(), expression=exp.Null()))]
        cases += [asked.where.copy()] if asked.where is not None else []
        inner = inner.where(*cases).select(f"{unit} AS g", self._year().as_("yy"), asked.field.copy().as_("x"))
        known = exp.select("g", "yy", "x").from_(inner.subquery("s")).where(f"yy <> {OUTSIDE}")
        once = exp.select("g", "MIN(yy) AS yy").from_(known.subquery("k"))
        once = once.group_by("g", "x") if self.group.period is Period.STOCK else once.group_by("g", "yy", "x")
        return exp.select("g", "yy", "COUNT(*) AS n").from_(once.subquery("o")).group_by("g", "yy")

    def values_of(self, value: exp.Expr, where: exp.Expr, most: int) -> exp.Select:
        """The values that records have which are so, the most frequent first, with how many there are of each."""
        inner = self._from().where(where).select(value.as_("x"))
        counted = exp.select("x", "COUNT(*) AS n").from_(inner.subquery("s")).group_by("x")
        return counted.order_by("n DESC", "x NULLS LAST").limit(most)


def aliased(name: str, alias: str) -> exp.Expr:
    """A table under another name."""
    return exp.alias_(exp.to_table(name), alias, table=True)
