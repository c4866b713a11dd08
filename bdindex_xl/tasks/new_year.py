"""Rows for the year after the latest: one for every unit of a ranking, values left to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..errors import SheetErrors
from ..language import Text
from ..sheets import schema
from ..sheets.book import Book, Readable, Value
from ..sheets.cells import read_text, read_year
from ..sheets.faults import Report
from ..sheets.keyed_table import KeyedTable, read_table
from ..sheets.read_data import indicator_columns
from ..sheets.read_framework import read_framework
from ..sheets.read_settings import read_settings
from ..sheets.read_units import read_units

Rankings = Mapping[str, Mapping[str, str]]  # names by code, by ranking

_ADDED = Text("已为 {ranking}添加 {n} 行，年份 {year}。", "{ranking}: added {n} {n:row|rows} for {year}.")
_FORMULAS = Text(
    "{ranking}：新行中有 {n} 格由所在列的公式计算，没有填写。",
    "{ranking}: {n} {n:cell|cells} of the new rows {n:is|are} left to the {n:column's|columns'} formulas.",
)
_FILL = Text("请填写数值，再重新计算。", "Fill in the values, then recalculate.")
_WAITING = Text(
    "{year} 年的行已经有了，还没有填写数值，因此没有添加任何行。",
    "The rows for {year} are there already and wait for values; none were added.",
)


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows that a data table lacks for a year: values by the column's place in the table, to stand from row `first`.

    `kept` are cells of these rows that were left to a formula of their column.
    """

    table: str
    ranking: str
    year: int
    first: int
    columns: dict[int, list[Any]]
    kept: int = 0

    @property
    def n_rows(self) -> int:
        return len(next(iter(self.columns.values())))

    @property
    def cells(self) -> dict[tuple[int, int], Value]:
        """The values by row and column, both counted from 0."""
        return {(self.first + i, j): value for j, values in self.columns.items() for i, value in enumerate(values)}


@dataclass(frozen=True, slots=True)
class NewYear:
    """What every data table needs for a year: nothing where the rows are there and wait for values."""

    year: int
    rows: tuple[NewRows, ...]

    def told(self) -> Iterator[Text]:
        """What was added, in sentences, and what is to be done next."""
        for new in self.rows:
            label = schema.ranking_label(new.ranking)
            yield _ADDED.format(ranking=label, n=new.n_rows, year=new.year)
            if new.kept:
                yield _FORMULAS.format(ranking=label, n=new.kept)
        yield _FILL if self.rows else _WAITING.format(year=self.year)


def add(book: Book) -> NewYear:
    """Write what every data table needs for a new year, and return it.

    Raises SheetErrors as `planned` does, and where the new rows would run over cells that are not the table's.
    """
    found = planned(book)
    rows = tuple(replace(new, kept=len(book.set_cells(new.table, new.cells))) for new in found.rows)
    return replace(found, rows=rows)


def planned(book: Readable) -> NewYear:
    """What every data table needs for the latest year where a unit still lacks it, else for the year after.

    Raises SheetErrors where the units or a data table cannot be read, or no table has a year to go on from.
    """
    rankings, tables = _read(book)
    rows = {ranking: _rows(table) for ranking, table in tables.items()}
    years = [year for pairs in rows.values() for year, _ in pairs]
    if not years:
        report = Report()
        for table in tables.values():
            report.add("table empty", table.block.sheet, table.cell(-1, "year"))
        raise SheetErrors(report.findings)
    year = max(years)
    lacking = _lacking(rankings, rows, year)
    if not lacking and not _has_values(book, tables.values(), year):
        return NewYear(year, ())
    if not lacking:
        year += 1
        lacking = _lacking(rankings, rows, year)
    new = (_new_rows(tables[ranking], ranking, year, codes, rankings[ranking]) for ranking, codes in lacking.items())
    return NewYear(year, tuple(new))


def _read(book: Readable) -> tuple[Rankings, Mapping[str, KeyedTable]]:
    """Units and data table of each ranking. Raises SheetErrors where any cannot be read."""
    report = Report()
    units = read_units(book, report)
    tables = {
        ranking: read_table(book, schema.table_of(schema.DATA.table, ranking), schema.DATA.columns, report, ("name",))
        for ranking in (units.rankings if units else ())
    }
    there = {ranking: table for ranking, table in tables.items() if table is not None}
    if units is None or report.has_faults or len(there) < len(tables):
        raise SheetErrors(report.findings)
    return units.rankings, there


def _has_values(book: Readable, tables: Iterable[KeyedTable], year: int) -> bool:
    """Whether any indicator has a value in a year; a column beside them, which may be a formula, tells nothing."""
    unasked = Report()  # what is wrong with them is a recalculation's business
    settings, _ = read_settings(book, unasked)
    indicators = read_framework(book, settings, unasked)[1]
    for table in tables:
        places = [j for j in indicator_columns(table, indicators, unasked) if j is not None] or table.rest
        rows = [i for i, text in enumerate(table.column("year")) if read_year(text)[0] == year]
        if any(read_text(table.block.columns[j][i]) for j in places for i in rows):
            return True
    return False


def _rows(table: KeyedTable) -> set[tuple[int, str]]:
    pairs = zip(table.column("year"), table.column("unit"), strict=True)
    found = ((read_year(year)[0], read_text(unit)) for year, unit in pairs)
    return {(year, code) for year, code in found if year is not None}


def _lacking(rankings: Rankings, rows: dict[str, set[tuple[int, str]]], year: int) -> dict[str, list[str]]:
    missing = {key: [code for code in units if (year, code) not in rows[key]] for key, units in rankings.items()}
    return {key: codes for key, codes in missing.items() if codes}


def _new_rows(table: KeyedTable, ranking: str, year: int, codes: Sequence[str], names: Mapping[str, str]) -> NewRows:
    return NewRows(table.block.table, ranking, year, table.block.n_rows, _columns(table, year, codes, names))


def _columns(table: KeyedTable, year: int, codes: Sequence[str], names: Mapping[str, str]) -> dict[int, list[Any]]:
    """Year, code and name; a code as a number where the sheet has codes as numbers."""
    known = table.column("unit")
    numeric = bool(known) and isinstance(known[0], float)
    values: dict[str, list[Any]] = {
        "year": [float(year)] * len(codes),
        "unit": [float(code) if numeric and code.isdigit() else code for code in codes],
        "name": [names[code] for code in codes],
    }
    return {place: values[key] for key, place in table.places.items()}
