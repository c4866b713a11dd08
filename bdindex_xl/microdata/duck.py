"""DuckDB, the engine for one machine: locked to the files that are counted, spilling to a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from ..language import same
from .engine import FAILED, FILE_AT, ROW_AT, EngineFailed, HeldAs, form_of, paths
from .sources.queries import files_of, literal
from .tables import RecordTable

MEMORY = "4GB"


class Duck:
    """The engine. What can be read is settled before the first query: no other file, no network, no setting."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def register(self, name: str, table: RecordTable) -> Mapping[str, HeldAs]:
        self._run(
            f"CREATE VIEW {name} AS SELECT *, file_index AS {FILE_AT}, file_row_number AS {ROW_AT} "
            f"FROM read_parquet({files_of(paths(table))})"
        )
        described = self._run(f"DESCRIBE {name}").fetchall()
        forms = {field: form_of(kind) for field, kind, *_ in described}
        return {field: form for field, form in forms.items() if form is not None and field not in (FILE_AT, ROW_AT)}

    def put(self, name: str, columns: Mapping[str, Sequence[Any]], types: Sequence[str]) -> None:
        given = ", ".join(
            f"unnest(CAST(${n} AS {kind}[])) AS {key}"
            for n, (key, kind) in enumerate(zip(columns, types, strict=True), 1)
        )
        self._run(f"CREATE TEMP TABLE {name} AS SELECT {given}", [list(values) for values in columns.values()])

    def define(self, name: str, query: exp.Query, *, keep: bool = False) -> None:
        self._run(f"CREATE TEMP {'TABLE' if keep else 'VIEW'} {name} AS {printed(query)}")

    def rows(self, query: exp.Query) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._run(printed(query)).fetchall()
        return found

    def _run(self, statement: str, values: Sequence[Any] = ()) -> Any:
        try:
            return self._connection.execute(statement, values)
        except duckdb.Error as error:
            raise EngineFailed(FAILED.format(engine="DuckDB", reason=same(str(error).partition("\n")[0]))) from error


@contextmanager
def started(tables: Sequence[RecordTable], temporary: Path, *, memory: str = MEMORY) -> Iterator[Duck]:
    """DuckDB, which may read the files of these tables and spill to the temporary folder, and nothing else."""
    spill = temporary / "spill"
    spill.mkdir(exist_ok=True)
    connection = duckdb.connect(
        config={
            "memory_limit": memory,
            "temp_directory": str(spill),
            "threads": os.cpu_count() or 1,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
    )
    try:
        # A file whose name looks like a pattern is asked for as a pattern of its own, which is to be allowed as well.
        files = [file for table in tables for file in paths(table)]
        connection.execute(f"SET allowed_paths = [{', '.join(map(literal, files))}] || {files_of(files)}")
        connection.execute("SET TimeZone='UTC'")
        connection.execute("SET enable_external_access=false")
        connection.execute("SET lock_configuration=true")
        yield Duck(connection)
    finally:
        connection.close()


def printed(query: exp.Query) -> str:
    """A query in DuckDB's dialect."""
    return query.sql("duckdb", comments=False)
