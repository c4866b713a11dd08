"""Texts on their way into Parquet: a CSV file in the plainest form, written by Python and read by DuckDB.

That needs no library beside DuckDB, and never holds more than a few records.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import duckdb

from .queries import cleaned, files_of, literal, name_of

LONGEST = 1 << 26  # bytes of a record


class TextWriter(Protocol):
    """Takes records as texts; None is blank."""

    def writerow(self, record: Sequence[str | None], /) -> object: ...


@contextmanager
def writer(file: Path) -> Iterator[TextWriter]:
    """Where records are written, without a header."""
    with file.open("w", encoding="utf-8", newline="") as out:
        yield csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")


def scan(file: Path, width: int, *, separator: str = ",", skip: int = 0, longest: int = LONGEST) -> str:
    """A CSV file as a table of texts in SQL, with the columns c0, c1 and so on; nothing of its form is guessed.

    The buffers of DuckDB grow with `longest`, the bytes of a record, and what it reads at a time with them.
    """
    columns = ", ".join(f"'c{j}': 'VARCHAR'" for j in range(width))
    return (
        f"read_csv({files_of([file])}, auto_detect=false, header=false, skip={skip}, delim={literal(separator)}, "
        f"quote='\"', escape='\"', strict_mode=true, max_line_size={longest}, columns={{{columns}}})"
    )


def into_parquet(
    connection: duckdb.DuckDBPyConnection, plain: Path, n: int, fields: Sequence[str], kept: Sequence[str], made: Path
) -> None:
    """Writes the fields that are kept of `n` records that were written; the file they were in goes."""
    columns = ", ".join(
        f"{cleaned(f'c{fields.index(name)}', padded=True, odd=True)} AS {name_of(name)}" for name in kept
    )
    query = f"COPY (SELECT {columns} FROM {scan(plain, len(fields))}) TO {literal(made)} (FORMAT parquet)"
    copied = connection.execute(query).fetchall()[0][0]
    if copied != n:
        raise RuntimeError(f"{n} records written, {copied} read")
    with suppress(OSError):  # Windows, while anything has it open; it goes with its folder
        plain.unlink()
