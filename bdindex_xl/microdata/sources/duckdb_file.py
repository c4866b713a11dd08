"""A table or view of an existing DuckDB file, read only, as Parquet."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from ...model.records import suggested
from ...sheets.faults import Report
from .parquet_files import first_line, typed
from .queries import cleaned, connected, literal, name_of
from .raw_records import Typed
from .source_files import FoundFile

_WIDER = {"HUGEINT": "DECIMAL(38,0)", "UHUGEINT": "DECIMAL(38,0)", "UBIGINT": "DECIMAL(20,0)"}  # Parquet has no such


def read_duckdb(found: FoundFile, made: Path, needed: Collection[str] | None, report: Report) -> Typed | None:
    """The fields that are needed, or all, of a table, in `made`; None where there are faults, which are reported.

    A view of the file may say anything: no file beside the one that is made can be reached from it.
    """
    if not found.part:
        report.add("source table unnamed", found.origin)
        return None
    with connected(made.parent) as connection:
        try:
            connection.execute(f"ATTACH {literal(found.path)} AS source (READ_ONLY)")
            connection.execute("USE source")
            connection.execute(f"SET allowed_directories = [{literal(made.parent)}]")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            return _copied(connection, found, made, needed, report)
        except duckdb.Error as error:
            report.add("source form", found.origin, form="DuckDB", reason=first_line(error))
            return None


def _copied(
    connection: duckdb.DuckDBPyConnection, found: FoundFile, made: Path, needed: Collection[str] | None, report: Report
) -> Typed | None:
    origin = f"{found.origin}#{found.part}"
    table = ".".join(name_of(part) for part in found.part.split("."))
    try:
        listed = connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()
    except duckdb.CatalogException:
        known = [name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()]
        report.add("source table missing", found.origin, found=found.part, meant=suggested(found.part, known))
        return None
    part = typed(made, origin, {name: declared for name, declared, *_ in listed}, needed, report)
    if part is None:
        return None
    columns = ", ".join(f"{_value(name, declared)} AS {name_of(name)}" for name, declared in part.types.items())
    connection.execute(f"COPY (SELECT {columns} FROM {table}) TO {literal(made)} (FORMAT parquet)")
    return Typed(made, origin, {name: _WIDER.get(declared, declared) for name, declared in part.types.items()})


def _value(name: str, declared: str) -> str:
    """A field as Parquet has it, whole numbers of any size and texts as everywhere."""
    if declared in _WIDER:
        return f"CAST({name_of(name)} AS {_WIDER[declared]})"
    if declared == "VARCHAR" or declared.startswith("ENUM"):
        return cleaned(f"CAST({name_of(name)} AS VARCHAR)", padded=True, odd=True)
    return name_of(name)
