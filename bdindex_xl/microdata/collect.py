"""From the rules of a workbook to the values of its data sheets: read, count, compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from ..errors import Finding, SheetErrors
from ..language import Lang, Progress, Text
from ..model.collecting import RecordSource
from ..model.framework import Framework
from ..sheets import schema
from ..sheets.book import Readable
from ..sheets.cells import read_text, read_year
from ..sheets.faults import Report
from ..sheets.keyed_table import KeyedTable, read_table
from ..sheets.read_data import indicator_columns
from ..sheets.read_framework import read_framework
from ..sheets.read_rules import Collecting, read_collecting
from ..sheets.read_settings import language, read_settings
from ..sheets.read_units import Units, read_units
from .collected import CellChange, Collected, differs
from .counting import Counted, ToCount, count, exact, zero
from .engine import Engine
from .places import Gazetteer
from .prepared import Prepared
from .record_places import RecordPlaces
from .tables import RecordTable
from .tally import TallyLine
from .wanted import fields

OPENING, COUNTING = Text("读取记录", "reading records"), Text("统计记录", "counting")
NO_ROW = Text("在数据表中没有对应的行", "without a row in the data")


class Opener(Protocol):
    """What makes tables of sources."""

    def __call__(
        self, sources: Sequence[RecordSource], needed: Mapping[str, Sequence[str]]
    ) -> Mapping[str, RecordTable]: ...


Starter = Callable[[Sequence[RecordTable]], AbstractContextManager[Engine]]


@dataclass(frozen=True)
class _Asked:
    """What the workbook says: rules, indicators, units, and where its data stand."""

    collecting: Collecting
    framework: Framework
    units: Units
    data: Mapping[str, KeyedTable]
    columns: Mapping[str, Mapping[str, int]]
    years: tuple[int, ...]
    lang: Lang

    def rows(self, ranking: str) -> Iterator[tuple[int, int, str]]:
        """Rows of a data sheet, with the year and the unit of each."""
        table = self.data[ranking]
        for i, (year, unit) in enumerate(zip(table.column("year"), table.column("unit"), strict=True)):
            found, code = read_year(year)[0], read_text(unit)
            if found in self.years and code in self.units.rankings[ranking]:
                yield i, found, code


def collect(
    book: Readable,
    open_sources: Opener,
    start: Starter,
    *,
    year: int | None = None,
    progress: Progress = lambda _: None,
) -> Collected:
    """What the records say of a workbook's indicators; nothing is written.

    Parameters
    ----------
    book
        The workbook.
    open_sources, start
        What makes tables of sources, and what starts an engine that may read them.
    year
        The one that is collected; all that the data sheets have without it.
    progress
        Told of each step.

    Raises
    ------
    SheetErrors
        Every fault of the rules, the sources and the records.
    """
    asked = _asked(book, year)
    report = Report(book.tables().values())
    measures = {one.code: one.measure or "" for one in asked.framework.indicators}
    needed = fields(asked.collecting, measures, report)
    _raise(report)
    progress(OPENING)
    sources = [one.value for one in asked.collecting.sources if one.value.table in needed]
    tables = open_sources(sources, needed)
    progress(COUNTING)
    with start(list(tables.values())) as engine:
        gazetteer = Gazetteer(asked.units.rankings, asked.lang)
        places = RecordPlaces(engine, Prepared(engine, tables, needed), gazetteer)
        wanted = ToCount(asked.collecting, measures, list(asked.units.rankings), asked.years)
        counted = count(engine, tables, places, wanted, report)
    _raise(report)
    assert counted is not None
    changes = tuple(_changes(asked, counted))
    lines = (*_once(counted.lines), *_without_row(asked, counted))
    return Collected(changes, lines, tuple(tables), len(asked.collecting.rules))


def _once(lines: Sequence[TallyLine]) -> Iterator[TallyLine]:
    """Lines of the report, examples that several statements gave once."""
    told: set[TallyLine] = set()
    for line in lines:
        if not line.example or line not in told:
            yield line
        told.add(line)


def _raise(report: Report) -> None:
    if report.has_faults:
        raise SheetErrors(report.findings)


def _asked(book: Readable, year: int | None) -> _Asked:
    report = Report(book.tables().values())
    settings, _ = read_settings(book, report)
    framework, indicators = read_framework(book, settings, report)
    units = read_units(book, report)
    collecting = read_collecting(book, framework.nodes, report) if framework is not None else None
    if framework is not None and (collecting is None or not (collecting.rules or report.has_faults)):
        report.add("rules missing", collecting.sheet if collecting is not None else "")
    data, columns = dict[str, KeyedTable](), dict[str, dict[str, int]]()
    for ranking in units.rankings if units is not None else ():
        name = schema.table_of(schema.DATA.table, ranking)
        table = read_table(book, name, schema.DATA.columns, report, ("name",), further=True)
        if table is not None and {"year", "unit"} <= set(table.places):
            data[ranking] = table
            places = indicator_columns(table, indicators, Report())
            columns[ranking] = {one.code: j for one, j in zip(indicators, places, strict=True) if j is not None}
    _raise(report)
    assert framework is not None
    assert units is not None
    assert collecting is not None
    years = {read_year(cell)[0] for table in data.values() for cell in table.column("year")} - {None}
    if year is not None:
        if year not in years:
            report.add("rows of year missing", year=year)
        years &= {year}
    elif not years:
        report.add("rows of data missing")
    _columns_there(collecting, data, columns, report)
    _raise(report)
    found = tuple(sorted(one for one in years if one is not None))
    return _Asked(collecting, framework, units, data, columns, found, language(book))


def _columns_there(
    collecting: Collecting, data: Mapping[str, KeyedTable], columns: Mapping[str, Mapping[str, int]], report: Report
) -> None:
    """FieldColumns of the indicators that have rules."""
    for ranking, table in data.items():
        for row in collecting.rules:
            if row.value.indicator not in columns[ranking]:
                report.add("column missing", table.block.sheet, table.block.cell(-1, 0), header=row.value.indicator)


def _changes(asked: _Asked, counted: Counted) -> Iterator[CellChange]:
    for ranking, table in asked.data.items():
        names = asked.units.rankings[ranking]
        for i, year, code in asked.rows(ranking):
            for row in asked.collecting.rules:
                rule = row.value
                j = asked.columns[ranking][rule.indicator]
                value = counted.values[rule.indicator].get((ranking, code, year))
                nothing = 0.0 if zero(rule.counting, rule.empty) else None
                new = nothing if value is None else exact(value)
                old = table.block.columns[j][i]
                if differs(old, new):
                    name = asked.framework.node(rule.indicator).name
                    yield CellChange(
                        table.block.table, (i, j), table.block.sheet, table.block.cell(i, j), rule.table, year,
                        names[code], name, old, new,
                    )  # fmt: skip


def _without_row(asked: _Asked, counted: Counted) -> Iterator[TallyLine]:
    """Values that no data sheet has a row for."""
    there = {(ranking, code, year) for ranking in asked.data for _, year, code in asked.rows(ranking)}
    for row in asked.collecting.rules:
        lacking = [place for place in counted.values[row.value.indicator] if place not in there]
        if lacking:
            name = asked.framework.node(row.value.indicator).name
            first = ", ".join(f"{code} {year}" for _, code, year in sorted(lacking)[:5])
            yield TallyLine(row.value.table, NO_ROW, len(lacking), Text(f"{name}：{first}", f"{name}: {first}"))


def at_sources(book: Readable, findings: Mapping[str, Sequence[Finding]]) -> tuple[Finding, ...]:
    """Findings of sources, those about an address at its cell."""
    collecting, placed = read_collecting(book, (), Report()), []
    for table, some in findings.items():
        row = collecting.source(table) if collecting is not None else None
        for one in some:
            if row is not None and one.sheet == table and not one.cell:
                one = one._replace(sheet=row.sheet, cell=row.cells["where"])
            placed.append(one)
    return tuple(placed)
