"""Sheets of closed workbooks as texts in Parquet, by the project's own reader.

A cell becomes the text that a CSV file would have: a code that was typed as a number loses its ``.0``, a date is
written as such. What the values are is then told as for CSV.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import duckdb

from ...errors import FileRefused
from ...hosts.files import saving
from ...hosts.files.markup import utf8
from ...hosts.files.package import Package
from ...hosts.files.reading import read_columns
from ...hosts.files.sheet_xml import Row, SheetXml
from ...hosts.files.values import Decoder, SharedStrings, date_styles
from ...hosts.files.workbook import Sheet, Workbook
from ...language import joined, same
from ...model.records import suggested
from ...sheets.areas import MAX_COLUMN, MAX_ROW, Area, address
from ...sheets.book import ErrorValue, Uncalculated, Value
from ...sheets.faults import Report
from .cell_texts import text_of
from .header import header_of
from .plain_csv import into_parquet, writer
from .queries import chosen
from .raw_records import Texts
from .source_files import FoundFile

_ABOVE = 20  # rows in which the header is looked for: titles and notes stand above it


def read_excel(
    connection: duckdb.DuckDBPyConnection,
    found: FoundFile,
    made: Path,
    needed: Collection[str] | None,
    report: Report,
) -> Texts | None:
    """The fields that are needed, or all, of a sheet, as texts in `made`; None where there are faults."""
    try:
        workbook = Workbook(Package(saving.read(found.path)))
        sheet = _sheet(workbook, found, report)
        return (
            _texts(connection, workbook, sheet, f"{found.origin}#{sheet.name}", made, needed, report) if sheet else None
        )
    except FileRefused as refused:
        report.add("source form", found.origin, form="Excel", reason=refused.message)
        return None


def _sheet(workbook: Workbook, found: FoundFile, report: Report) -> Sheet | None:
    """The sheet that is named, or the first."""
    names = [sheet.name for sheet in workbook.sheets]
    if found.part:
        sheet = next((one for one in workbook.sheets if one.name.casefold() == found.part.casefold()), None)
        if sheet is None:
            report.add("source sheet missing", found.origin, found=found.part, meant=suggested(found.part, names))
        return sheet
    if len(names) > 1:
        report.add("source sheets", found.origin, sheets=joined([same(f"“{name}”") for name in names]), taken=names[0])
    return workbook.sheets[0] if names else None


def _texts(
    connection: duckdb.DuckDBPyConnection,
    workbook: Workbook,
    sheet: Sheet,
    origin: str,
    made: Path,
    needed: Collection[str] | None,
    report: Report,
) -> Texts | None:
    xml = SheetXml(workbook.package.read(sheet.part), sheet.part)
    decoder = _decoder(workbook, xml)
    top, names = _header(xml, decoder, needed)
    if not top:
        report.add("source empty", origin)
        return None
    fields = header_of(names, origin, lambda column: address(top, column), report)
    kept = chosen(fields, needed, origin, address(top, 1), report) if fields else None
    if fields is None or kept is None:
        return None
    wanted = [fields.index(name) + 1 for name in kept]
    area = Area(min(top + 1, MAX_ROW), 1, MAX_ROW, len(fields))
    columns = read_columns(xml, area, decoder, frozenset(wanted))
    columns = [columns[column - 1] for column in wanted]
    _look_over(columns, wanted, top + 1, origin, report)
    if report.has_faults:
        return None
    plain, n = made.with_suffix(".plain"), 0
    with writer(plain) as out:
        for record in _records(columns, xml, decoder, top + 1):
            out.writerow(record)
            n += 1
    into_parquet(connection, plain, n, kept, kept, made)
    return Texts(made, origin, kept)


def _decoder(workbook: Workbook, xml: SheetXml) -> Decoder:
    package = workbook.package
    strings, styles = workbook.related("sharedStrings"), workbook.related("styles")
    return Decoder(
        xml.part,
        xml.patterns,
        SharedStrings(package.read(strings), strings) if strings else None,
        date_styles(utf8(package.read(styles), styles), styles) if styles else frozenset(),
        workbook.since_1904,
    )


def _header(xml: SheetXml, decoder: Decoder, needed: Collection[str] | None) -> tuple[int, list[str]]:
    """Row and names of the header: the first row that is not blank, or that of the first which names most fields."""
    best: tuple[int, list[str]] = 0, []
    most = -1
    rows = (row for row in xml.rows() if any(not cell.empty for cell in xml.cells(row)))
    for row, _ in zip(rows, range(_ABOVE), strict=False):
        names = [""] * MAX_COLUMN
        for cell in xml.cells(row):
            if not cell.empty and 1 <= cell.column <= MAX_COLUMN:
                names[cell.column - 1] = text_of(decoder.of_cell(cell, row.number)) or ""
        known = len({name.strip() for name in names} & set(needed or ()))
        if known > most and any(name.strip() for name in names):
            best, most = (row.number, names), known
        if needed is None and best[0]:
            break
    return best


def _look_over(
    columns: Sequence[Sequence[Value]], places: Sequence[int], first: int, origin: str, report: Report
) -> None:
    """Errors, and formulas that no program has calculated."""
    for place, values in zip(places, columns, strict=True):
        for i, value in enumerate(values):
            if isinstance(value, ErrorValue):
                report.add("source value error", origin, address(first + i, place), found=value)
            elif isinstance(value, Uncalculated):
                report.add("source uncalculated", origin, address(first + i, place), found=value.formula)


def _records(
    columns: Sequence[Sequence[Value]], xml: SheetXml, decoder: Decoder, first: int
) -> Iterator[list[str | None]]:
    """Rows that hold anything, in whatever column, as texts."""
    rows = {row.number: row for row in xml.rows() if row.number >= first}
    n = len(columns[0])
    for i in range(max(rows, default=0) - first + 1):
        record = [text_of(values[i]) if i < n else None for values in columns]
        if any(record) or _is_filled(xml, decoder, rows.get(first + i)):
            yield record


def _is_filled(xml: SheetXml, decoder: Decoder, row: Row | None) -> bool:
    """Whether any cell of a row holds something that can be seen."""
    if row is None:
        return False
    texts = (text_of(decoder.of_cell(cell, row.number)) for cell in xml.cells(row) if not cell.empty)
    return any(text and text.strip() for text in texts)
