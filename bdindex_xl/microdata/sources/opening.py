"""Sources as tables: each is read in its own way, then all are alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import duckdb

from ...errors import FileRefused, Finding, SheetErrors
from ...language import Text
from ...model.collecting import RecordSource, SourceKind
from ...sheets.faults import Report
from ..keys import keys_of
from ..tables import RecordTable
from .csv_files import read_csv
from .duckdb_file import read_duckdb
from .excel_files import read_excel
from .findings import KINDS
from .parquet_files import first_line, read_parquet
from .queries import connected
from .raw_records import Texts, Typed
from .source_files import files
from .together import table_of


class SourceErrors(SheetErrors):
    """Every fault of all sources at once; `by_table` has those of each, with what is beside them.

    A finding about the address itself, rather than what is there, has the table's name for its sheet, and no cell.
    """

    def __init__(self, by_table: Mapping[str, Sequence[Finding]]) -> None:
        self.by_table = {table: tuple(findings) for table, findings in by_table.items()}
        super().__init__(finding for findings in by_table.values() for finding in findings)


def opened(
    sources: Sequence[RecordSource],
    base: Path,
    temporary: Path,
    *,
    needed: Mapping[str, Collection[str]] | None = None,
    tell: Callable[[Finding], object] | None = None,
) -> dict[str, RecordTable]:
    """The tables of all sources, by name.

    What is no Parquet is written as such into the temporary folder, with exact values of the kinds that are told from
    all of it; what is, stays where it is.

    Parameters
    ----------
    sources
        Where records are.
    base
        The folder from which relative paths go: that of the workbook.
    temporary
        A folder for the files that are made; they are needed as long as the tables.
    needed
        The fields that are read of each table, by its name; nothing else of it is kept. All where a table has none.
    tell
        Told of warnings and notes: what was not read, and how a file was taken.

    Raises
    ------
    SourceErrors
        Every fault of every source, each with its file and line, or sheet and cell.
    FileRefused
        Where the temporary folder cannot hold what is made.
    """
    tables: dict[str, RecordTable] = {}
    findings: dict[str, Sequence[Finding]] = {}
    faulty = False
    with connected(temporary) as connection:
        for number, source in enumerate(sources):
            report = Report(kinds=KINDS)
            wanted = _wanted(source, needed)
            try:
                table = _table(connection, source, base, temporary / f"{number:03}", wanted, report)
            except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
                raise FileRefused(_FULL.format(folder=temporary, reason=first_line(error))) from None
            findings[source.table] = report.findings
            faulty = faulty or report.has_faults
            if table is not None:
                tables[source.table] = table
    if faulty:
        raise SourceErrors(findings)
    if tell is not None:
        for finding in chain.from_iterable(findings.values()):
            tell(finding)
    return tables


_FULL = Text(
    "无法在临时文件夹 {folder} 中转换数据（{reason}）。请清理磁盘后再试。",
    "records cannot be converted in the temporary folder {folder} ({reason}). Make room and try again.",
)


def _wanted(source: RecordSource, needed: Mapping[str, Collection[str]] | None) -> tuple[str, ...] | None:
    """The fields of a table that are needed, its key's too."""
    if needed is None or source.table not in needed:
        return None
    return tuple(dict.fromkeys([*needed[source.table], *keys_of(source), *filter(None, [source.latest.strip()])]))


def _table(
    connection: duckdb.DuckDBPyConnection,
    source: RecordSource,
    base: Path,
    folder: Path,
    needed: tuple[str, ...] | None,
    report: Report,
) -> RecordTable | None:
    """One source as a table; None where there are faults, which are reported."""
    folder.mkdir()
    parts = [
        part
        for part in (
            _database(connection, source, base, folder, needed, report)
            if source.kind is SourceKind.DATABASE
            else _files(connection, source, base, folder, needed, report)
        )
        if part is not None
    ]
    if report.has_faults:
        return None
    return table_of(connection, source.table, parts, folder, keys_of(source), source.latest.strip(), report)


def _files(
    connection: duckdb.DuckDBPyConnection,
    source: RecordSource,
    base: Path,
    folder: Path,
    needed: tuple[str, ...] | None,
    report: Report,
) -> Iterator[Texts | Typed | None]:
    for k, found in enumerate(files(source.where.strip(), source.kind, base, report, source.table)):
        made = folder / f"{k:05}.texts.parquet"
        try:
            match source.kind:
                case SourceKind.CSV:
                    yield read_csv(connection, found.path, found.origin, made, needed, report)
                case SourceKind.EXCEL:
                    yield read_excel(connection, found, made, needed, report)
                case SourceKind.DUCKDB:
                    yield read_duckdb(found, made, needed, report)
                case _:
                    yield read_parquet(connection, found, needed, report)
        except OSError as error:
            report.add("source unreadable", found.origin, reason=error.strerror or error)


def _database(
    connection: duckdb.DuckDBPyConnection,
    source: RecordSource,
    base: Path,
    folder: Path,
    needed: tuple[str, ...] | None,
    report: Report,
) -> Iterator[Texts | None]:
    from .database import read_database
    from .database_address import address  # SQLAlchemy takes a quarter of a second to import

    if found := address(source.where.strip(), base, report, source.table):
        yield read_database(connection, found, folder / "00000.texts.parquet", needed, report)
