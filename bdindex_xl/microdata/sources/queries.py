"""Pieces of DuckDB's SQL that every source is read with, and which fields of a source are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import duckdb

from ...model.records import suggested
from ...sheets.faults import Report

_HIDDEN = (
    r"[\x{00AD}\x{061C}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{206F}"
    r"\x{FEFF}\x{FFF9}-\x{FFFB}]"
)


def connected(temporary: Path) -> duckdb.DuckDBPyConnection:
    """A database of its own, that fetches nothing from anywhere and spills into the temporary folder."""
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": str(temporary),
        }
    )
    connection.execute("SET enable_progress_bar = false")
    return connection


def literal(text: str | Path) -> str:
    """A text in SQL.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + str(text).replace("'", "''") + "'"


def files_of(paths: Iterable[str | Path]) -> str:
    """Files to read, as a list in SQL; what DuckDB would take for a pattern stands for itself.

    >>> files_of([Path("a[1]*.csv")])
    "['a[[]1][*].csv']"
    """
    return "[" + ", ".join(literal(re.sub(r"[*?\[]", r"[\g<0>]", str(path))) for path in paths) + "]"


def name_of(field: str) -> str:
    """A name in SQL.

    >>> name_of('a"b')
    '"a""b"'
    """
    return '"' + field.replace('"', '""') + '"'


def cleaned(column: str, *, padded: bool, odd: bool) -> str:
    """A text without blanks at its ends, and NULL where nothing is left.

    `padded` tells that there may be blanks, `odd` that there may be characters that cannot be seen, or wide spaces.
    """
    if odd:
        return f"nullif(trim(regexp_replace({column}, '{_HIDDEN}', '', 'g'), ' \t\r\n\u00a0\u3000'), '')"
    return f"nullif(trim({column}, ' \t\r\n'), '')" if padded else column


def chosen(
    fields: Sequence[str], needed: Collection[str] | None, origin: str, cell: str, report: Report
) -> tuple[str, ...] | None:
    """The fields that are needed, in the order of the file, or all; None where one is missing, which is reported."""
    if needed is None:
        return tuple(fields)
    missing = [field for field in needed if field not in fields]
    for field in missing:
        report.add("source field missing", origin, cell, field=field, meant=suggested(field, fields))
    return None if missing else tuple(field for field in fields if field in needed)
