"""What an engine does: it scans tables, keeps what is asked for, and gives back small results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from sqlglot import exp

from ..errors import BdIndexError
from ..language import Text
from .tables import RecordTable

FILE_AT, ROW_AT = "bdx_file", "bdx_row"  # columns that tell where a record stands, beside those of a table


class HeldAs(StrEnum):
    """How an engine holds the values of a field."""

    WHOLE = "whole number"
    EXACT = "decimal"
    INEXACT = "double"
    TEXT = "text"
    DAY = "date"
    MOMENT = "timestamp"
    TRUTH = "boolean"


class Engine(Protocol):
    """DuckDB on one machine, or Spark beyond. Queries are trees, which each prints in its own dialect."""

    def register(self, name: str, table: RecordTable) -> Mapping[str, HeldAs]:
        """A table's records under a name, with `FILE_AT` and `ROW_AT`; returns how the engine holds each field."""
        ...

    def put(self, name: str, columns: Mapping[str, Sequence[Any]], types: Sequence[str]) -> None:
        """A small table of values."""
        ...

    def define(self, name: str, query: exp.Query, *, keep: bool = False) -> None:
        """A query under a name; with `keep` it is run once, and its rows are kept."""
        ...

    def rows(self, query: exp.Query) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        ...


class EngineFailed(BdIndexError):
    """What an engine could not do, in its own words."""

    rule = "engine"


FAILED = Text("{engine} 未能完成：{reason}", "{engine} could not do it: {reason}")
_FORMS = {
    HeldAs.WHOLE: ("tinyint", "smallint", "integer", "int", "bigint", "hugeint", "utinyint", "usmallint", "uinteger",
                 "ubigint", "uhugeint"),
    HeldAs.INEXACT: ("float", "double"),
    HeldAs.TEXT: ("varchar", "string"),
    HeldAs.DAY: ("date",),
    HeldAs.TRUTH: ("boolean",),
}  # fmt: skip


def form_of(type_name: str) -> HeldAs | None:
    """How a type's values are held; None for a type whose values cannot be counted.

    >>> form_of("DECIMAL(18,4)"), form_of("timestamp_ntz"), form_of("STRUCT(a INTEGER)")
    (<HeldAs.EXACT: 'decimal'>, <HeldAs.MOMENT: 'timestamp'>, None)
    """
    plain = type_name.casefold()
    if plain.startswith("decimal"):
        return HeldAs.EXACT
    if plain.startswith("timestamp"):
        return HeldAs.MOMENT
    return next((form for form, names in _FORMS.items() if plain in names), None)


def paths(table: RecordTable) -> list[str]:
    """The files of a table as engines take them."""
    return [str(file.resolve()) if isinstance(file, Path) else file for file in table.files]
