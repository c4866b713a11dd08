"""Fields as values of their kinds, whatever an engine holds them as; the same values in every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from .engine import FILE_AT, ROW_AT, HeldAs
from .tables import FieldKind, RecordTable

# Digits of what is held as an inexact number: doubles are taken by their shortest text, so that sums are exact.
_AMOUNT = "DECIMAL(28, 8)"
# Of what has its measure beside it: times a multiple, the product has 38 digits, which is as many as there are.
_MEASURED, _MULTIPLE = "DECIMAL(24, 8)", "DECIMAL(13, 0)"
_KINDS = {
    HeldAs.WHOLE: FieldKind.NUMBER,
    HeldAs.EXACT: FieldKind.NUMBER,
    HeldAs.INEXACT: FieldKind.NUMBER,
    HeldAs.TEXT: FieldKind.TEXT,
    HeldAs.DAY: FieldKind.DATE,
    HeldAs.MOMENT: FieldKind.DATE,
    HeldAs.TRUTH: FieldKind.TRUTH,
}


def tree(text: str) -> exp.Expr:
    """A tree of SQL of our own."""
    return sqlglot.parse_one(text, read="duckdb")


@dataclass(frozen=True)
class FieldColumns:
    """The fields of a table that are read, by short names that no user has chosen.

    Parameters
    ----------
    table
        The table.
    forms
        How the engine holds each field.
    names
        The fields, in the order of their columns.
    """

    table: RecordTable
    forms: Mapping[str, HeldAs]
    names: Sequence[str]

    @property
    def kinds(self) -> Mapping[str, FieldKind]:
        """What the values of each field are."""
        return {name: _KINDS[self.forms[name]] for name in self.names}

    def column(self, name: str) -> exp.Column:
        """A field's column in the view of the table."""
        return exp.column(f"f{self.names.index(name)}")

    def view(self, raw: str) -> exp.Select:
        """The records with these columns, and with where each stands, from those under their own names."""
        own = [_typed(name, self.forms[name]).as_(f"f{k}") for k, name in enumerate(self.names)]
        return exp.select(*own, exp.column(FILE_AT), exp.column(ROW_AT)).from_(raw)

    def value(self, name: str) -> exp.Expr:
        """A field as conditions compare it: a moment by its day."""
        column = self.column(name)
        return exp.cast(column, "DATE") if self.forms[name] is HeldAs.MOMENT else column

    def text(self, name: str) -> exp.Expr:
        """A field as text."""
        column = self.column(name)
        return column if self.forms[name] is HeldAs.TEXT else exp.cast(column, "VARCHAR")

    def year(self, name: str) -> exp.Expr:
        """The year of a field, of four digits; NULL where there is none."""
        column, form = self.column(name).name, self.forms[name]
        if form in (HeldAs.DAY, HeldAs.MOMENT):
            return tree(f"YEAR({column})")
        if form is HeldAs.TEXT:
            plain = f"REGEXP_MATCHES({column}, '^[12][0-9]{{3}}($|[^0-9]|[0-9]{{2}}($|[0-9]{{2}}$))')"
            return tree(f"CASE WHEN {plain} THEN CAST(SUBSTRING({column}, 1, 4) AS INT) END")
        return tree(f"CASE WHEN {column} BETWEEN 1000 AND 2999 THEN CAST(FLOOR({column}) AS INT) END")

    def amount(self, name: str) -> exp.Expr:
        """A number of which sums are exact."""
        if self.forms[name] is HeldAs.INEXACT:
            return tree(f"TRY_CAST({self.column(name).name} AS {_AMOUNT})")
        return self.column(name)

    def multiplied(self, name: str, multiple: exp.Expr) -> exp.Expr:
        """A number times a whole one, exact."""
        amount = f"TRY_CAST({self.column(name).name} AS {_MEASURED})"
        return exp.Mul(this=tree(amount), expression=exp.cast(multiple, _MULTIPLE))


def _typed(name: str, form: HeldAs) -> exp.Expr:
    """A field under its own name as a value of its kind."""
    column = exp.column(name, quoted=True)
    if form is HeldAs.TEXT:
        return exp.Nullif(this=column, expression=exp.Literal.string(""))
    if form is HeldAs.INEXACT:
        return exp.TryCast(this=exp.cast(column, "VARCHAR"), to=exp.DataType.build(_AMOUNT))
    return column
