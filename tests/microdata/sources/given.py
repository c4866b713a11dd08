"""Sources in a folder of the test's own, and their records as Python has them."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import duckdb

from bdindex_xl.errors import Finding
from bdindex_xl.microdata.sources import SourceErrors, opened
from bdindex_xl.microdata.tables import RecordTable
from bdindex_xl.model.collecting import RecordSource, SourceKind

NEEDED = Mapping[str, Collection[str]] | None


def source(where: str, kind: SourceKind = SourceKind.CSV, **more: str) -> RecordSource:
    """One source, of a table named company."""
    return RecordSource("company", kind, where, **more)


def table(
    base: Path, one: RecordSource, needed: Collection[str] | None = None, told: list[Finding] | None = None
) -> RecordTable:
    """The table of a source, made in a folder beside its own."""
    temporary = Path(tempfile.mkdtemp(dir=base))
    wanted = None if needed is None else {one.table: needed}
    return opened([one], base, temporary, needed=wanted, tell=None if told is None else told.append)[one.table]


def records(made: RecordTable) -> list[tuple[Any, ...]]:
    """All records of a table, in the order of its files."""
    with duckdb.connect() as connection:
        return [
            row
            for file in made.files
            for row in connection.execute(
                "SELECT * FROM read_parquet($1, hive_partitioning=false)", [str(file).replace("[", "[[]")]
            ).fetchall()
        ]


def kinds(made: RecordTable) -> dict[str, str]:
    return {field: kind.value for field, kind in made.fields.items()}


def faults(base: Path, one: RecordSource, needed: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Every fault of a source, in English and Chinese."""
    try:
        table(base, one, needed)
    except SourceErrors as error:
        return [(finding.text("en"), finding.text("zh")) for finding in error.faults]
    return []
