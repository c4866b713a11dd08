"""Rows for the year after the latest: one for every unit of a ranking, values left to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import SheetErrors
from ..sheets import schema
from ..sheets.book import Book, Readable, Value
from ..sheets.cells import read_text, read_year
from ..sheets.faults import Report
from ..sheets.read_units import read_units
from ..sheets.tables import Table, read_table

Rankings = Mapping[str, Mapping[str, str]]  # names by code, by ranking


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows that a data table lacks for a year: values by the column's place in the table, to stand from row `first`."""

    table: str
    ranking: str
    year: int
    first: int
    columns: dict[int, list[Any]]

    @property
    def n_rows(self) -> int:
        return len(next(iter(self.columns.values())))

    @property
    def cells(self) -> dict[tuple[int, int], Value]:
        """The values by row and column, both counted from 0."""
        return {(self.first + i, j): value for j, values in self.columns.items() for i, value in enumerate(values)}


def add_rows(book: Book) -> list[NewRows]:
    """Write what every data table needs for a new year, and return it.

    Raises SheetErrors as `new_rows` does, and where the new rows would run over cells that are not the table's.
    """
    rows = new_rows(book)
    for new in rows:
        book.set_cells(new.table, new.cells)
    return rows


def new_rows(book: Readable) -> list[NewRows]:
    """What every data table needs for the latest year where a unit still lacks it, else for the year after.

    Raises SheetErrors where the units or a data table cannot be read, or no table has a year to go on from.
    """
    report = Report()
    units = read_units(book, report)
    tables = {
        ranking: read_table(book, schema.table_of(schema.TABLE_DATA, ranking), schema.DATA_COLUMNS, report, ("name",))
        for ranking in (units.rankings if units else ())
    }
    if units is None or report.has_faults:
        raise SheetErrors(report.findings)
    rows = {ranking: _rows(table) for ranking, table in tables.items() if table is not None}
    years = [year for pairs in rows.values() for year, _ in pairs]
    if not years:
        for table in tables.values():
            if table is not None:
                report.add("table empty", table.block.sheet, table.cell(-1, "year"))
        raise SheetErrors(report.findings)
    year = max(years)
    lacking = _lacking(units.rankings, rows, year)
    if not lacking:
        year += 1
        lacking = _lacking(units.rankings, rows, year)
    return [
        NewRows(
            table.block.table, ranking, year, table.block.n_rows, _columns(table, year, codes, units.rankings[ranking])
        )
        for ranking, codes in lacking.items()
        if (table := tables[ranking]) is not None
    ]


def _rows(table: Table) -> set[tuple[int, str]]:
    pairs = zip(table.column("year"), table.column("unit"), strict=True)
    found = ((read_year(year)[0], read_text(unit)) for year, unit in pairs)
    return {(year, code) for year, code in found if year is not None}


def _lacking(rankings: Rankings, rows: dict[str, set[tuple[int, str]]], year: int) -> dict[str, list[str]]:
    missing = {key: [code for code in units if (year, code) not in rows[key]] for key, units in rankings.items()}
    return {key: codes for key, codes in missing.items() if codes}


def _columns(table: Table, year: int, codes: Sequence[str], names: Mapping[str, str]) -> dict[int, list[Any]]:
    """Year, code and name; a code as a number where the sheet has codes as numbers."""
    known = table.column("unit")
    numeric = bool(known) and isinstance(known[0], float)
    values: dict[str, list[Any]] = {
        "year": [float(year)] * len(codes),
        "unit": [float(code) if numeric and code.isdigit() else code for code in codes],
        "name": [names[code] for code in codes],
    }
    return {place: values[key] for key, place in table.places.items()}
