"""Files of one table made alike: the same fields, each of one kind in all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from ...model.records import suggested
from ...sheets.faults import Report
from ..tables import FieldKind, RecordTable
from .parquet_files import kind_of, scanned
from .queries import literal, name_of
from .raw_records import Texts, Typed
from .told_kinds import Told, told_kinds

_PATTERN = frozenset("*?[]{}")  # which engines take for more than themselves in the path of a file


def table_of(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    parts: Sequence[Texts | Typed],
    folder: Path,
    key: tuple[str, ...],
    latest: str,
    report: Report,
) -> RecordTable | None:
    """The table of files that were read; None where one lacks a field of another, which is reported."""
    fields = tuple(dict.fromkeys(field for part in parts for field in part.fields))
    for part in parts:
        for field in fields:
            if field not in part.fields:
                report.add("source field missing", part.origin, field=field, meant=suggested(field, part.fields))
    for field in (*key, *filter(None, [latest])):
        if parts and field not in fields:
            report.add("source field missing", parts[0].origin, field=field, meant=suggested(field, fields))
    if report.has_faults:
        return None
    texts = [part for part in parts if isinstance(part, Texts)]
    if texts:
        kinds, files = _of_texts(connection, texts, fields, folder)
    else:
        kinds, files = _of_types(connection, [part for part in parts if isinstance(part, Typed)], fields, folder)
    origins: dict[str | Path, str] = {file: part.origin for file, part in zip(files, parts, strict=True)}
    return RecordTable(name, tuple(files), kinds, origins, key, latest)


def _of_texts(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Texts], fields: Sequence[str], folder: Path
) -> tuple[dict[str, FieldKind], list[Path]]:
    """Files in which texts are values of the kinds that are told from all of them."""
    told = told_kinds(connection, scanned([part.file for part in parts]), fields, parts[0].declared)
    files = []
    for k, part in enumerate(parts):
        file = folder / f"{k:05}.parquet"
        if all(one.kind is FieldKind.TEXT for one in told.values()) and tuple(part.fields) == tuple(fields):
            file = part.file
        else:
            _write(connection, scanned([part.file]), {field: told[field].values for field in fields}, file)
            with suppress(OSError):  # Windows, while anything has it open; it goes with the folder
                part.file.unlink()
        files.append(file)
    return {field: one.kind for field, one in told.items()}, files


def _of_types(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Typed], fields: Sequence[str], folder: Path
) -> tuple[dict[str, FieldKind], list[Path]]:
    """Files whose fields have types: as they are where those are the same in all."""
    kinds = {field: _kind(parts, field) for field in fields}
    mixed = [field for field in fields if len({part.types[field] for part in parts}) > 1]
    sources = [_source(part, mixed) for part in parts]
    told: dict[str, Told] = {}
    if mixed:
        columns = ", ".join(map(name_of, mixed))
        union = " UNION ALL ".join(f"SELECT {columns} FROM {source}" for source in sources)
        told = told_kinds(connection, f"({union})", mixed, kinds)
    files = []
    for k, (part, source) in enumerate(zip(parts, sources, strict=True)):
        file = folder / f"{k:05}.parquet"
        if mixed:
            values = {field: told[field].values if field in told else name_of(field) for field in fields}
            _write(connection, source, values, file)
        else:
            file = _linked(part.file, file) if _PATTERN & set(str(part.file)) else part.file
        files.append(file)
    return kinds | {field: one.kind for field, one in told.items()}, files


def _kind(parts: Sequence[Typed], field: str) -> FieldKind:
    """The kind of a field in all files; texts where they differ."""
    kinds = {kind_of(part.types[field]) for part in parts}
    return next(kind for kind in kinds if kind) if len(kinds) == 1 else FieldKind.TEXT


def _source(part: Typed, mixed: Sequence[str]) -> str:
    replaced = f" REPLACE ({_as_texts(part, mixed)})" if mixed else ""
    return f"(SELECT *{replaced} FROM {scanned([part.file])})"


def _as_texts(part: Typed, fields: Sequence[str]) -> str:
    """Fields of several types as texts: a code that is a number in one file loses its ``.0``."""
    texts = []
    for c, declared in ((name_of(field), part.types[field]) for field in fields):
        text = f"CAST({c} AS VARCHAR)"
        is_number = kind_of(declared) is FieldKind.NUMBER
        texts.append(f"regexp_replace({text}, '[.]0+$', '') AS {c}" if is_number else f"{text} AS {c}")
    return ", ".join(texts)


def _write(connection: duckdb.DuckDBPyConnection, source: str, values: Mapping[str, str], file: Path) -> None:
    columns = ", ".join(f"{value} AS {name_of(field)}" for field, value in values.items())
    connection.execute(f"COPY (SELECT {columns} FROM {source}) TO {literal(file)} (FORMAT parquet)")


def _linked(file: Path, to: Path) -> Path:
    """The same file under a name that nobody takes for a pattern."""
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)
    return to
