"""The fields of a file or a sheet: every column has a name, and no two have the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...model import typed
from ...sheets.faults import Report


def header_of(names: Sequence[str], origin: str, place: Callable[[int], str], report: Report) -> tuple[str, ...] | None:
    """The names without those at the end that are blank; None where another is, or comes twice, which is reported.

    `place` tells where the header of a column is, counted from 1. Case does not tell two apart, as in every engine.
    """
    fields = [typed.visible(name).strip() for name in names]
    while fields and not fields[-1]:
        fields.pop()
    seen: dict[str, int] = {}
    good = bool(fields)
    for column, name in enumerate(fields, 1):
        first = seen.setdefault(name.casefold(), column)
        if not name:
            report.add("source header blank", origin, place(column), column=column)
        elif first != column:
            report.add("source header twice", origin, place(column), field=name, first=first, column=column)
        good = good and bool(name) and first == column
    return tuple(fields) if good else None
