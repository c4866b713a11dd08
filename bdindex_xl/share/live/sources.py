"""Where the input of a workbook stands, cell by cell, for formulas to point at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...sheets import options, schema
from ...sheets.book import Block, Book
from ...sheets.cells import heading, read_text, read_year
from ...sheets.faults import Report
from ...sheets.inputs import Inputs, Ranking
from ...sheets.keyed_table import KeyedTable, filled_rows, read_table
from ...sheets.read_data import divided_or_multiplied, factors_of, further_columns, indicator_columns
from .refs import SheetRef


@dataclass(frozen=True, slots=True)
class DataRows:
    """A ranking's data: the row of every year and unit, counted from 1 on its sheet, and the column of each indicator
    and of what else indicators are divided by."""

    sheet: SheetRef
    rows: Mapping[tuple[int, str], int]
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Cells of everything that a formula may refer to; references are absolute and name their sheet."""

    data: Mapping[str, DataRows]
    further: tuple[str, ...]
    bounds: Mapping[str, tuple[str, str]]
    targets: Mapping[str, str]
    best_lower: Mapping[str, str]
    best_upper: Mapping[str, str]
    given_weights: Mapping[str, str]
    min_available: str
    groups: Mapping[tuple[str, str], str]
    unit_weights: Mapping[tuple[str, str], str]
    bounds_by_year: Mapping[tuple[str, int], tuple[str, str]]


def locate(book: Book, inputs: Inputs) -> Sources:
    """Find the input tables' cells. The workbook must be without faults."""
    report = Report()
    framework = read_table(book, schema.FRAMEWORK.table, schema.FRAMEWORK.columns, report, _OPTIONAL)
    assert framework is not None
    return Sources(
        data={ranking.key: _data(book, inputs, ranking) for ranking in inputs.rankings},
        further=_further(inputs),
        bounds={code: (cells[0], cells[1]) for code, cells in _by_code(framework, ("lower", "upper")).items()},
        targets=_column(framework, "target"),
        best_lower=_column(framework, "best_lower"),
        best_upper=_column(framework, "best_upper"),
        given_weights=_column(framework, "weight"),
        min_available=_setting(book, "min_available"),
        groups=_groups(book, inputs),
        unit_weights=_unit_weights(book),
        bounds_by_year=_bounds_by_year(book),
    )


_OPTIONAL = tuple(column.key for column in schema.FRAMEWORK.columns if column.key != "code")


def _data(book: Book, inputs: Inputs, ranking: Ranking) -> DataRows:
    name = schema.table_of(schema.DATA.table, ranking.key)
    table = read_table(book, name, schema.DATA.columns, Report(), ("name",), further=True)
    assert table is not None
    block = table.block
    known = set(ranking.panel.units)
    rows = {}
    for i, (year, unit) in enumerate(zip(table.column("year"), table.column("unit"), strict=True)):
        number, code = read_year(year)[0], read_text(unit)
        if number in ranking.panel.years and code in known:
            rows[number, code] = block.row + 1 + i
    indicators = inputs.framework.indicators
    further = _further(inputs)
    places = [
        *indicator_columns(table, indicators, Report(), further),
        *further_columns(table, further, Report()),
    ]
    columns = tuple(block.column + j for j in places if j is not None)
    return DataRows(SheetRef(block.sheet), rows, columns)


def _further(inputs: Inputs) -> tuple[str, ...]:
    return divided_or_multiplied(inputs.framework.indicators, factors_of(inputs.framework))


def _by_code(table: KeyedTable, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Cells of some columns of the framework, by code."""
    block, sheet = table.block, SheetRef(table.block.sheet)
    places = [table.places[key] for key in keys if key in table.places]
    if len(places) < len(keys):
        return {}
    return {
        read_text(code): tuple(sheet.cell(block.row + 1 + i, block.column + j) for j in places)
        for i, code in enumerate(table.column("code"))
        if code is not None
    }


def _column(table: KeyedTable, key: str) -> dict[str, str]:
    return {code: cells[0] for code, cells in _by_code(table, (key,)).items()}


def _setting(book: Book, key: str) -> str:
    """The cell of a setting's value; empty where the workbook leaves it to the default."""
    table = read_table(book, schema.SETTINGS.table, schema.SETTINGS.read, Report())
    assert table is not None
    setting = options.SETTING[key]
    names = set(map(heading, setting.called))
    values = zip(table.column("key"), table.column("value"), strict=True)
    for i, (name, value) in enumerate(values):
        if heading(name) in names and isinstance(value, float):
            block = table.block
            return SheetRef(block.sheet).cell(block.row + 1 + i, block.column + table.places["value"])
    return ""


def _unit_weights(book: Book) -> dict[tuple[str, str], str]:
    """The cell of each weight of a single unit, by unit and code."""
    found = {}
    for table, i in _rows_of(book, schema.UNIT_WEIGHTS):
        cell = SheetRef(table.block.sheet).cell(table.block.row + 1 + i, table.block.column + table.places["weight"])
        found[read_text(table.column("unit")[i]), read_text(table.column("code")[i])] = cell
    return found


def _bounds_by_year(book: Book) -> dict[tuple[str, int], tuple[str, str]]:
    """The cells of goalposts of single years, by code and year."""
    found = {}
    for table, i in _rows_of(book, schema.GOALPOSTS):
        row, column = table.block.row + 1 + i, table.block.column
        lower, upper = (SheetRef(table.block.sheet).cell(row, column + table.places[key]) for key in ("lower", "upper"))
        year = read_year(table.column("year")[i])[0]
        if year is not None:
            found[read_text(table.column("code")[i]), year] = lower, upper
    return found


def _rows_of(book: Book, sheet: schema.InputSheet) -> Iterator[tuple[KeyedTable, int]]:
    """Rows with something in them of a table that a workbook need not have."""
    if sheet.table in book.tables():
        table = read_table(book, sheet.table, sheet.columns, Report())
        assert table is not None
        yield from ((table, i) for i in filled_rows(table))


def _groups(book: Book, inputs: Inputs) -> dict[tuple[str, str], str]:
    """The cell of each unit's group, by grouping and unit."""
    table = read_table(book, schema.UNITS.table, schema.UNITS.columns, Report(), ("name",))
    assert table is not None
    block: Block = table.block
    columns = {read_text(block.header[j]): j for j in table.rest}
    sheet = SheetRef(block.sheet)
    return {
        (grouping.name, read_text(code)): sheet.cell(block.row + 1 + i, block.column + columns[grouping.name])
        for grouping in inputs.groupings
        for i, code in enumerate(table.column("code"))
        if code is not None
    }
