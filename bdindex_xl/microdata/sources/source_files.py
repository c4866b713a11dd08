"""Where records are: the files that the address of a source names, and nothing that is no file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from ...language import joined, same
from ...model.collecting import SourceKind
from ...model.records import suggested
from ...sheets.faults import Report
from ...system.plain_files import NoPlainFile, check_plain

SUFFIXES = {
    SourceKind.CSV: (".csv", ".tsv"),
    SourceKind.EXCEL: (".xlsx", ".xlsm"),
    SourceKind.PARQUET: (".parquet", ".pq"),
    SourceKind.DUCKDB: (".duckdb", ".db", ".ddb"),
}
_WITH_PARTS = (SourceKind.EXCEL, SourceKind.DUCKDB)
_RECORDS = (*(suffix for some in SUFFIXES.values() for suffix in some), ".xls", ".xlsb", ".ods", ".json", ".gz", ".zip")
# What systems, Office and Spark put beside files.
_HIDDEN = re.compile(r"\..*|~\$.*|.*~|_(success|(common_)?metadata|spark_.*)|desktop\.ini|thumbs\.db", re.IGNORECASE)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:.*", re.DOTALL)
_DEVICE = re.compile(r"[\\/]{2}[.?][\\/].*")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])( *[.:].*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of records, what people call it, and the sheet or table of it that is meant, where one is named."""

    path: Path
    origin: str
    part: str = ""


def files(where: str, kind: SourceKind, base: Path, report: Report, table: str) -> list[FoundFile]:
    """The files that an address names, in their order; none where there are faults, which are reported.

    An address is a file, a folder, or files of a folder by a pattern with ``*`` or ``?`` in the last part; then, behind
    ``#``, a sheet or a table of it.
    """
    part = ""
    if kind in _WITH_PARTS and "#" in where and not _exists(base / where):
        where, _, part = (text.strip() for text in where.rpartition("#"))
    return [replace(found, part=part) for found in _files(where, kind, base, report, table)]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _files(where: str, kind: SourceKind, base: Path, report: Report, table: str) -> list[FoundFile]:
    path = _path(where, base, report, table)
    if path is None:
        return []
    try:
        if path.is_dir():
            return _of_folder(path, kind, base, report, table)
        if not path.exists() and re.search(r"[*?]", path.name) and path.parent.is_dir():
            return _matching(path, base, report, table)
        check_plain(path)
    except FileNotFoundError:
        report.add("source missing", table, where=where, meant=suggested(path.name, _beside(path)))
    except NoPlainFile:
        report.add("source device", table, found=where)
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        report.add("source unreadable", table, reason=getattr(error, "strerror", None) or error)
    else:
        return [FoundFile(path, _called(path, base))]
    return []


def _path(where: str, base: Path, report: Report, table: str) -> Path | None:
    """The path, of either system's form; None where the address is that of something else."""
    if not where.strip():
        report.add("source blank", table)
    elif _DEVICE.fullmatch(where):
        report.add("source device", table, found=where)
    elif _URL.fullmatch(where):
        report.add("source url", table, found=f"{where.partition(':')[0]}:…")
    elif os.name == "nt" and any(_RESERVED.fullmatch(part) for part in re.split(r"[\\/]", where)):
        report.add("source device", table, found=where)
    else:
        path = base / where
        return path if os.name == "nt" or _exists(path) else base / where.replace("\\", "/")
    return None


def _of_folder(folder: Path, kind: SourceKind, base: Path, report: Report, table: str) -> list[FoundFile]:
    """The files of a kind in a folder, and no other; those of a folder in it are not read, which is said."""
    found = []
    for path in _entries(folder):
        if path.is_dir():
            report.add("source folder nested", table, found=path.name)
        elif path.name.casefold().endswith(SUFFIXES[kind]):
            found.append(FoundFile(path, _called(path, base)))
        elif path.name.casefold().endswith(_RECORDS):
            report.add("source file unread", table, found=path.name, suffixes=_suffixes(kind))
    if not found:
        report.add("source folder empty", table, suffixes=_suffixes(kind))
    return found


def _matching(pattern: Path, base: Path, report: Report, table: str) -> list[FoundFile]:
    """The files whose names match; brackets stand for themselves."""
    form = pattern.name.casefold().replace("[", "[[]")
    named = [path for path in _entries(pattern.parent) if fnmatchcase(path.name.casefold(), form) and path.is_file()]
    if not named:
        report.add("source missing", table, where=pattern.name, meant="")
    return [FoundFile(path, _called(path, base)) for path in named]


def _entries(folder: Path) -> Iterator[Path]:
    """What a folder holds, in the order in which people count, without what programs put there for themselves."""
    for path in sorted(folder.iterdir(), key=lambda path: _counted(path.name)):
        if not _HIDDEN.fullmatch(path.name):
            yield path


def _counted(name: str) -> tuple[list[tuple[str, int]], str]:
    """What files are sorted by: 企业2 before 企业10.

    >>> sorted(["b10", "b2", "a"], key=_counted)
    ['a', 'b2', 'b10']
    """
    parts = re.split(r"([0-9]+)", name)
    return [(text, int(digits)) for text, digits in zip(parts[::2], [*parts[1::2], "0"], strict=True)], name


def _beside(path: Path) -> list[str]:
    """What is beside a file that is not there."""
    try:
        return [entry.name for entry in _entries(path.parent)]
    except OSError:
        return []


def _suffixes(kind: SourceKind) -> object:
    return joined([same(suffix) for suffix in SUFFIXES[kind]])


def _called(path: Path, base: Path) -> str:
    """What people call a file: its path from the workbook's folder where it is in it."""
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        return str(path)
