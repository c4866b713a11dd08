"""A ranking's data table, as a panel. Whole columns at a time; single cells only where something is odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..core.arrays import Array
from ..model.framework import Framework, Indicator
from ..model.panel import Panel
from ..model.records import suggested
from . import layout, schema
from .book import Block, Readable
from .cells import LARGEST, heading, read_number, read_text, read_year
from .faults import Report
from .keyed_table import KeyedTable, read_table, text_at
from .read_units import Units

_SUGGESTED = 50  # unknown codes of a sheet for which the nearest one is looked up
_NUMBERS = {float, int, type(None)}


class PlacedData(NamedTuple):
    """A ranking's raw data and where each value stands: block, columns by code, rows by year and unit."""

    panel: Panel
    names: tuple[str, ...]
    block: Block
    unit: int
    columns: Mapping[str, int]
    rows: npt.NDArray[np.intp]

    @property
    def sheet(self) -> str:
        return self.block.sheet

    def cell(self, y: int, u: int, code: str | None = None) -> str:
        """Address of a value, or of a row's unit; empty where there is no such row."""
        i, j = int(self.rows[y, u]), self.unit if code is None else self.columns[code]
        return "" if i < 0 else self.block.cell(i, j)

    def header(self, code: str) -> str:
        """Address of a column's header."""
        return self.block.cell(-1, self.columns[code])


def read_data(
    book: Readable,
    ranking: str,
    units: Units,
    indicators: Sequence[Indicator],
    report: Report,
    factors: Sequence[str] = (),
) -> PlacedData | None:
    """The panel of a ranking over all its units, or None with the faults reported."""
    table = read_table(
        book, schema.table_of(schema.DATA.table, ranking), schema.DATA.columns, report, ("name",), further=True
    )
    if table is None or not {"year", "unit"} <= set(table.places):
        return None
    further = divided_or_multiplied(indicators, factors)
    places = [*indicator_columns(table, indicators, report, further), *further_columns(table, further, report)]
    numbers = np.full((table.block.n_rows, len(places)), np.nan)
    odd = np.zeros(table.block.n_rows, dtype=bool)
    for k, j in enumerate(places):
        if j is not None:
            numbers[:, k] = _numbers(table.block, j, table.again, odd, report)
    rows = _rows(table, numbers, odd)
    if not rows:
        report.add("table empty", table.block.sheet, table.cell(-1, "year"))
        return None
    at = _places(table, rows, ranking, units, report)
    if not at:
        return None
    years = _filled_years(table, at, numbers, report)
    at = {i: place for i, place in at.items() if place[0] in years}
    codes = tuple(units.rankings[ranking])
    columns = (*(i.code for i in indicators), *further)
    panel = Panel(tuple(years), codes, columns, _fill(at, numbers, years, codes))
    _few_units(panel, len(indicators), table, report)
    letters = {name: j for name, j in zip(columns, places, strict=True) if j is not None}
    names = tuple(units.rankings[ranking].values())
    return PlacedData(panel, names, table.block, table.places["unit"], letters, _row_numbers(at, panel))


def divided_or_multiplied(indicators: Sequence[Indicator], factors: Sequence[str]) -> tuple[str, ...]:
    """Headers of the data's columns that are no indicators: what these are divided by, and factors of aggregates."""
    codes = {indicator.code for indicator in indicators}
    names = [*(indicator.denominator for indicator in indicators), *factors]
    return tuple(dict.fromkeys(name for name in names if name and name not in codes))


def factors_of(framework: Framework) -> tuple[str, ...]:
    """Columns by which aggregates are multiplied."""
    return tuple(node.factor for node in framework.aggregates if node.factor)


def further_columns(table: KeyedTable, headers: Sequence[str], report: Report) -> list[int | None]:
    """Place of each of these columns."""
    block = table.block
    places: list[int | None] = []
    for header in headers:
        found = [j for j in table.rest if heading(block.header[j]) == heading(header)]
        if len(found) > 1:
            report.add("column twice", block.sheet, block.cell(-1, found[1]), header=header, n=len(found))
        elif not found:
            report.add("column missing", block.sheet, block.cell(-1, 0), header=header)
        places.append(found[0] if found else None)
    return places


def indicator_columns(
    table: KeyedTable, indicators: Sequence[Indicator], report: Report, others: Sequence[str] = ()
) -> list[int | None]:
    """Place of each indicator's column, by its name, its code or both; `others` are headers that are known too."""
    block = table.block
    by_heading: dict[str, list[int]] = {}
    for j in table.rest:
        by_heading.setdefault(heading(block.header[j]), []).append(j)
    places: list[int | None] = []
    used: set[int] = set()
    missing: dict[str, str] = {}
    for indicator, header in zip(indicators, layout.indicator_headers(indicators), strict=True):
        name, code, measure = indicator.name, indicator.code, indicator.measure
        names = (
            name,
            header,
            code,
            code + name,
            name + code,
            f"{name}({code})",
            f"{name}({measure})",
            f"{code}{name}({measure})",
        )
        found = [j for text in dict.fromkeys(map(heading, names)) for j in by_heading.get(text, ())]
        if len(found) > 1:
            same = len({heading(block.header[j]) for j in found}) == 1
            header = block.header[found[0]] if same else name
            report.add("column twice", block.sheet, block.cell(-1, found[1]), header=header, n=len(found))
        elif not found:
            missing[name] = name if name == code else f"{name}” / “{code}"
        used.update(found)
        places.append(found[0] if found else None)
    _unknown(block, [j for j in table.rest if j not in used], missing, others, report)
    return places


def _unknown(
    block: Block, places: Sequence[int], missing: Mapping[str, str], others: Sequence[str], report: Report
) -> None:
    """Columns that are no indicator's nor among `others`; and indicators without one, each with what may be meant."""
    known = {heading(header) for header in others}
    unknown = {j: text for j in places if (text := read_text(block.header[j])) and heading(text) not in known}
    for name, header in missing.items():
        meant = suggested(name, unknown.values())
        report.add("column missing", block.sheet, block.cell(-1, 0), header=header, meant=meant)
    for j, text in unknown.items():
        report.add("column unknown", block.sheet, block.cell(-1, j), found=text, meant=suggested(text, missing))


def _numbers(
    block: Block, j: int, again: frozenset[int], odd: np.ndarray[Any, np.dtype[np.bool_]], report: Report
) -> Array:
    """A column's numbers; `odd` marks the rows where something other than a number stands."""
    values = block.columns[j]
    if set(map(type, values)) <= _NUMBERS:
        numbers = np.array(values, dtype=np.float64)
        if not (np.abs(numbers) >= LARGEST).any():
            return numbers
    numbers = np.full(len(values), np.nan)
    for i, value in enumerate(values):
        if i in again:
            continue
        reading = read_number(value)
        numbers[i] = reading.number
        if reading.kind:
            odd[i] = True
            report.add(reading.kind, block.sheet, block.cell(i, j), **reading.parts)
    return numbers


def _rows(table: KeyedTable, numbers: Array, odd: np.ndarray[Any, np.dtype[np.bool_]]) -> list[int]:
    """Rows that are filled: a year, a unit, or any value."""
    filled = odd | ~np.isnan(numbers).all(axis=1)
    for key in ("year", "unit"):
        filled |= np.array([value is not None and read_text(value) != "" for value in table.column(key)], dtype=bool)
    filled[list(table.again)] = False
    return np.flatnonzero(filled).tolist()


def _places(
    table: KeyedTable, rows: Sequence[int], ranking: str, units: Units, report: Report
) -> dict[int, tuple[int, str]]:
    """Year and unit of each row that is without fault."""
    block, members = table.block, units.rankings[ranking]
    at: dict[int, tuple[int, str]] = {}
    first: dict[tuple[int, str], int] = {}
    for i in rows:
        year, (code, _) = year_of(table, i, report), unit_of(table, i, ranking, units, report)
        if year is None or not code:
            continue
        _compare_name(table, i, code, members[code], report)
        other = first.setdefault((year, code), i)
        if other != i:
            cells = {"found": code, "year": year, "other": block.row_of(other)}
            report.add("row twice", block.sheet, table.cell(i, "unit"), **cells)
        else:
            at[i] = year, code
    return at


def year_of(table: KeyedTable, i: int, report: Report) -> int | None:
    """A row's year; None with the fault reported."""
    value = table.column("year")[i]
    year, kind = read_year(value)
    if kind:
        report.add(kind, table.block.sheet, table.cell(i, "year"), found=read_text(value), taken=year)
    return year


def unit_of(table: KeyedTable, i: int, ranking: str | None, units: Units, report: Report) -> tuple[str, str]:
    """A row's unit and its ranking, which must be this one if any; empty with the fault reported."""
    code = text_at(table.block, i, table.places["unit"], report)
    own = units.ranking_of(code)
    if own is not None and ranking in (own, None):
        return code, own
    sheet, cell = table.block.sheet, table.cell(i, "unit")
    if not code:
        report.add("row unit blank", sheet, cell)
    elif own is None or ranking is None:
        meant = units.like(code) if report.times("row unit unknown", sheet) < _SUGGESTED else ""
        report.add("row unit unknown", sheet, cell, found=code, where=units.where, meant=meant)
    else:
        labels = {"ranking": schema.ranking_label(ranking), "other": schema.ranking_label(own)}
        report.add("row unit elsewhere", sheet, cell, found=code, **labels)
    return "", ""


def _compare_name(table: KeyedTable, i: int, code: str, name: str, report: Report) -> None:
    found = table.column("name")[i]
    if found is not None and found != name and heading(found) not in ("", heading(name)):
        cells = {"expected": name, "found": read_text(found), "code": code}
        report.add("row name differs", table.block.sheet, table.cell(i, "name"), **cells)


def _filled_years(table: KeyedTable, at: Mapping[int, tuple[int, str]], numbers: Array, report: Report) -> list[int]:
    """The years in order, without those whose rows wait to be filled in: the year after the latest, as a rule."""
    years = sorted({year for year, _ in at.values()})
    filled = {year for i, (year, _) in at.items() if not np.isnan(numbers[i]).all()}
    if not filled:
        return years
    for year in years:
        if year not in filled:
            report.add("year empty", table.block.sheet, table.cell(-1, "year"), year=year)
    return sorted(filled)


def _fill(at: Mapping[int, tuple[int, str]], numbers: Array, years: list[int], codes: tuple[str, ...]) -> Array:
    values = np.full((len(years), len(codes), numbers.shape[1]), np.nan)
    year_at, unit_at = {y: k for k, y in enumerate(years)}, {c: k for k, c in enumerate(codes)}
    places = np.array([(year_at[year], unit_at[code]) for year, code in at.values()], dtype=np.intp)
    values[places[:, 0], places[:, 1]] = numbers[list(at)]
    return values


def _row_numbers(at: Mapping[int, tuple[int, str]], panel: Panel) -> npt.NDArray[np.intp]:
    """Row of the table for each year and unit; −1 for none."""
    rows = np.full((len(panel.years), len(panel.units)), -1, dtype=np.intp)
    year_at, unit_at = ({name: k for k, name in enumerate(axis)} for axis in (panel.years, panel.units))
    for i, (year, code) in at.items():
        rows[year_at[year], unit_at[code]] = i
    return rows


def _few_units(panel: Panel, n_indicators: int, table: KeyedTable, report: Report) -> None:
    """Years with too few units to compare."""
    units_with_data = (~np.isnan(panel.values[:, :, :n_indicators])).any(axis=2).sum(axis=1)
    for y in np.flatnonzero(units_with_data < 2):
        parts = {"year": panel.years[y], "n": units_with_data[y]}
        report.add("year one unit", table.block.sheet, table.cell(-1, "year"), **parts)
