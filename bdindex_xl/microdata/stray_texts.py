"""Where the first text stands among the values of a field that should be numbers."""

from __future__ import annotations

from collections.abc import Iterable

from ..language import Text, same
from .engine import FILE_AT, ROW_AT, HeldAs
from .prepared import Prepared
from .tables import stands
from .typed_columns import FieldColumns

_NUMERIC = "^[-+0-9０-９.,，．/ eE—–−]*$"  # what may be in a number, in the mark of a missing one, and in a code
_SHOWN = 40  # characters of a value
_FIRST = Text("首见于 {where}：“{value}”", "the first in {where}: “{value}”")
_BUT_FOR = Text("（{field} 大多是数，其中有文字，{first}）", " ({field} holds numbers and texts, {first})")


def first_text(field: str, columns: FieldColumns, prepared: Prepared) -> Text | None:
    """The first value that is no number, and where it stands; None where the field holds no texts, or codes alone."""
    if columns.forms[field] is not HeldAs.TEXT:
        return None
    c, table = columns.column(field).name, columns.table
    found = prepared.rows(
        f"SELECT {c} AS c, {FILE_AT} AS f, {ROW_AT} AS r FROM {prepared.view(table.name)} "
        f"WHERE {c} IS NOT NULL AND NOT REGEXP_MATCHES({c}, '{_NUMERIC}') ORDER BY f, r LIMIT 1"
    )
    for value, file, row in found:
        value = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        return _FIRST.format(value=value, where=stands(table, file, row))
    return None


def strays(fields: Iterable[str], columns: FieldColumns, prepared: Prepared) -> Text:
    """What to say of those fields most of whose values are numbers, but not all; blank where there is none."""
    for field in fields:
        first = first_text(field, columns, prepared) if field in columns.forms else None
        if first is None:
            continue
        c = columns.column(field).name
        n, numbers = prepared.rows(
            f"SELECT COUNT({c}) AS n, COUNT(CASE WHEN REGEXP_MATCHES({c}, '{_NUMERIC}') THEN 1 END) AS m "
            f"FROM {prepared.view(columns.table.name)}"
        )[0]
        if 2 * numbers > n:
            return _BUT_FOR.format(field=field, first=first)
    return same("")
