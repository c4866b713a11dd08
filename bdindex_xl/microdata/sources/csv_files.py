"""A CSV file as texts in Parquet: one pass over its bytes, one of DuckDB over its fields.

DuckDB's reader is held to what the bytes tell: where it refuses a file, or finds another number of records than there
are ends of lines outside quotation marks, Python's reader has the word. Its options are all given, nothing is guessed,
and it is never told to leave out what it cannot read: it would leave out records in silence.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import duckdb

from ...sheets.faults import Report
from .csv_header import SEPARATORS, CsvLayout, layout
from .encoded import Encoded, in_utf8
from .plain_csv import into_parquet, scan
from .queries import chosen, cleaned, literal, name_of
from .raw_records import Texts
from .rewritten import rewritten
from .structure import Structure

_LONGEST = 1 << 21  # bytes of a record that DuckDB takes; longer ones are Python's


def read_csv(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    origin: str,
    made: Path,
    needed: Collection[str] | None,
    report: Report,
) -> Texts | None:
    """The fields that are needed, or all, of a CSV file, as texts in `made`; None where there are faults.

    Raises OSError where the file cannot be read.
    """
    encoded = in_utf8(path, origin, made.with_suffix(".utf8"), report)
    if encoded is None:
        return None
    found = layout(encoded.file, origin, needed or (), report)
    if found is None:
        return None
    if encoded.name != "UTF-8" or found.separator != ",":
        separator = SEPARATORS.get(found.separator, found.separator)
        report.add("source told", origin, encoding=encoded.name, separator=separator)
    kept = chosen(found.fields, needed, origin, str(found.line), report)
    if kept is None:
        return None
    made_texts = _by_duckdb(connection, encoded, found, kept, made) or _by_python(
        connection, encoded, origin, found, kept, made, report
    )
    if encoded.file != path:
        with suppress(OSError):  # Windows, while anything has it open; it goes with its folder
            encoded.file.unlink()
    return Texts(made, origin, kept) if made_texts else None


def _by_duckdb(
    connection: duckdb.DuckDBPyConnection, encoded: Encoded, found: CsvLayout, kept: tuple[str, ...], made: Path
) -> bool:
    """Whether DuckDB has read the file, every record of it."""
    structure = encoded.structure
    if not (structure.is_plain and found.is_plain):
        return False
    expected = structure.records - found.lines
    source = scan(encoded.file, len(found.fields), separator=found.separator, skip=found.lines, longest=_LONGEST)
    try:
        if structure.blank:
            n = connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
            _copy(connection, source, found, kept, structure, made, blank=True)
        else:
            n = _copy(connection, source, found, kept, structure, made)
    except duckdb.Error:
        return False
    return bool(n == expected)


def _by_python(
    connection: duckdb.DuckDBPyConnection,
    encoded: Encoded,
    origin: str,
    found: CsvLayout,
    kept: tuple[str, ...],
    made: Path,
    report: Report,
) -> bool:
    """Whether Python has read the file; its faults are reported."""
    plain = made.with_suffix(".plain")
    n = rewritten(encoded.file, origin, found, plain, report)
    if n is None:
        plain.unlink()
        return False
    into_parquet(connection, plain, n, found.fields, kept, made)
    return True


def _copy(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    found: CsvLayout,
    kept: tuple[str, ...],
    structure: Structure,
    made: Path,
    *,
    blank: bool = False,
) -> int:
    """Writes the fields that are kept, `blank`: without records that are all blank; how many were written."""
    texts = [cleaned(f"c{j}", padded=structure.padded, odd=structure.odd) for j in range(len(found.fields))]
    by_name = dict(zip(found.fields, texts, strict=True))
    columns = ", ".join(f"{by_name[name]} AS {name_of(name)}" for name in kept)
    where = f" WHERE coalesce({', '.join(texts)}) IS NOT NULL" if blank else ""
    query = f"COPY (SELECT {columns} FROM {source}{where}) TO {literal(made)} (FORMAT parquet)"
    return int(connection.execute(query).fetchall()[0][0])
