"""A CSV file written anew in the plainest form, by Python's own reader: what is unusual in it is judged here.

DuckDB reads what is plain, many times faster; what it refuses, or may read in more than one way, comes here. Every
fault is named by the line it is in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ...sheets.faults import Report
from . import plain_csv
from .csv_header import CsvLayout

_LONGEST = 1 << 24  # characters of a field
_BLANK = " \t\r\n\u00a0\u3000"


def rewritten(file: Path, origin: str, layout: CsvLayout, made: Path, report: Report) -> int | None:
    """How many records were written to `made`, all of the header's width; None where there are faults.

    Blank lines are left out. The header is not written.
    """
    n, before = 0, csv.field_size_limit(_LONGEST)
    try:
        with plain_csv.writer(made) as out:
            for record in _records(file, origin, layout, report):
                out.writerow(record)
                n += 1
    finally:
        csv.field_size_limit(before)
    return None if report.has_faults else n


def _records(file: Path, origin: str, layout: CsvLayout, report: Report) -> Iterator[list[str]]:
    width = len(layout.fields)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        for _ in range(layout.line - 1):
            opened.readline()
        reader = csv.reader(opened, delimiter=layout.separator, strict=True)
        next(reader)
        line = layout.line - 1
        while True:
            begins = line + reader.line_num + 1
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error:
                report.add("source quotation", origin, str(begins))
                return
            if not any(map(_is_filled, record)):
                continue
            if len(record) != width and not _fits(record, width, layout.width):
                kind = "source row wide" if len(record) > width else "source row short"
                report.add(kind, origin, str(begins), expected=width, found=len(record))
            else:
                yield record[:width]


def _is_filled(text: str) -> bool:
    return bool(text.strip(_BLANK))


def _fits(record: list[str], width: int, whole: int) -> bool:
    """Whether what stands beyond the header's names is blank."""
    return width < len(record) <= max(whole, width + 1) and not any(map(_is_filled, record[width:]))
