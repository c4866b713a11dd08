"""Parquet files as they are: their fields, and the kinds by which they are declared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb

from ...language import Text
from ...sheets.faults import Report
from ..tables import FieldKind
from .queries import chosen, files_of
from .raw_records import Typed
from .source_files import FoundFile

_KINDS = {
    "VARCHAR": FieldKind.TEXT,
    "BOOLEAN": FieldKind.TRUTH,
    "DATE": FieldKind.DATE,
    **dict.fromkeys(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "DECIMAL"),
        FieldKind.NUMBER,
    ),
    **dict.fromkeys(("FLOAT", "DOUBLE", "HUGEINT", "UHUGEINT"), FieldKind.NUMBER),
}


_NO_START = Text("开头不是 PAR1", "it does not begin with PAR1")


def kind_of(declared: str) -> FieldKind | None:
    """The kind of values of a type; None where there is none.

    >>> kind_of("DECIMAL(18,2)"), kind_of("TIMESTAMP WITH TIME ZONE"), kind_of("VARCHAR[]")
    (<FieldKind.NUMBER: 'number'>, <FieldKind.DATE: 'date'>, None)
    """
    if declared.endswith("]"):
        return None
    if declared.startswith("TIMESTAMP"):
        return FieldKind.DATE
    if declared.startswith("ENUM"):
        return FieldKind.TEXT
    return _KINDS.get(declared.partition("(")[0])


def read_parquet(
    connection: duckdb.DuckDBPyConnection, found: FoundFile, needed: Collection[str] | None, report: Report
) -> Typed | None:
    """The fields of a file that are needed, or all; None where it is bad or a field is missing, which is reported."""
    with found.path.open("rb") as opened:  # a message of the system's own where it cannot be
        start = opened.read(4)
    if start != b"PAR1":
        report.add("source form", found.origin, form="Parquet", reason=_NO_START)
        return None
    try:
        listed = connection.execute(f"DESCRIBE SELECT * FROM {scanned([found.path])}").fetchall()
    except duckdb.Error as error:
        report.add("source form", found.origin, form="Parquet", reason=first_line(error))
        return None
    return typed(found.path, found.origin, {name: kind for name, kind, *_ in listed}, needed, report)


def typed(
    file: Path, origin: str, types: Mapping[str, str], needed: Collection[str] | None, report: Report
) -> Typed | None:
    """The fields that are needed, or all that are of any kind; None where one is missing or of no kind."""
    usable = [name for name, declared in types.items() if kind_of(declared)]
    fields = chosen(list(types) if needed is not None else usable, needed, origin, "", report)
    if fields is None:
        return None
    bad = [name for name in fields if name not in usable]
    for name in bad:
        report.add("source field unusable", origin, field=name, found=types[name])
    return None if bad else Typed(file, origin, {name: types[name] for name in fields})


def scanned(files: Sequence[Path]) -> str:
    """Files in SQL, without fields that the names of folders would add."""
    return f"read_parquet({files_of(files)}, hive_partitioning=false)"


def first_line(error: Exception) -> str:
    """What an error says, in a line."""
    return str(error).strip().partition("\n")[0][:300]
