"""A workbook of the COIN Tool: its sheet Database, where everything has its place, and the names of its Framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...language import Lang, Text
from .. import schema
from ..areas import Area, address
from ..book import Value
from ..faults import Report
from .foreign_book import (
    ForeignBlock,
    ForeignBook,
    ForeignSheets,
    Imported,
    block_of,
    named_apart,
    number_of,
    text_of,
    top_down,
)

_DEFAULTS: Mapping[str, str | float] = {
    "weighting": "given",
    "normalisation": "min-max",
    "aggregation": "arithmetic",
    "min_available": 0.0,
}


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a sheet by row and column, both from 1."""

    sheet: str
    columns: Sequence[Sequence[Value]]

    def at(self, row: int, column: int) -> Value:
        cells = self.columns[column - 1] if column <= len(self.columns) else ()
        return cells[row - 1] if row <= len(cells) else None

    def text(self, row: int, column: int) -> str:
        return text_of(self.at(row, column))

    def number(self, row: int, column: int, report: Report) -> float | None:
        """A number of the framework: where a cell says that there is none, nobody needs to be told."""
        blank = self.text(row, column) == ""
        return None if blank else number_of(self.at(row, column), self.sheet, address(row, column), report)


@dataclass(slots=True)
class _Nodes:
    """The framework as it is put together: values by our column, and where each node stands."""

    values: list[dict[str, Value]] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)

    def add(self, cell: str, places: Mapping[str, str], **values: Value) -> None:
        self.values.append(values)
        self.places.append({"": cell, **places})


def from_coin_tool(book: ForeignSheets, names: Sequence[str], lang: Lang, year: int, report: Report) -> Imported | None:
    """The tables of these two sheets, or None with the faults reported; `year` is that of the data."""
    last, right = schema.COIN_TOOL_UNITS[1], schema.COIN_TOOL_INDICATORS[1]
    data = _Cells(names[0], book.columns(names[0], Area(1, 1, last, right)))
    code = schema.COIN_TOOL_ROWS["code"]
    columns = _indicators(data, report)
    if not columns:
        report.add("import codes", data.sheet, address(code, schema.COIN_TOOL_INDICATORS[0]), row=code)
        return None
    units = _rows(data, columns, report)
    bottom, widest = schema.COIN_TOOL_AGGREGATES[1], max(schema.COIN_TOOL_OF_AGGREGATE)
    aggregates = _Cells(names[1], book.columns(names[1], Area(1, 1, bottom, widest)))
    framework = _framework(data, aggregates, columns, report)
    report.add("import no year", data.sheet, wanted=_YEARS, taken=year)
    blocks = (framework, _units(data, units, lang), _data(data, columns, units, year, report))
    return Imported(ForeignBook(blocks), _DEFAULTS)


_YEARS = Text("年份", "years")


def _indicators(data: _Cells, report: Report) -> list[int]:
    """Columns of the indicators that have values; the tool has places for more than are used."""
    code, name = schema.COIN_TOOL_ROWS["code"], schema.COIN_TOOL_ROWS["name"]
    found = []
    for j in range(schema.COIN_TOOL_INDICATORS[0], schema.COIN_TOOL_INDICATORS[1] + 1):
        if not data.text(code, j):
            continue
        if any(_filled(data, i, j) for i in range(schema.COIN_TOOL_UNITS[0], schema.COIN_TOOL_UNITS[1] + 1)):
            found.append(j)
        elif data.text(name, j):
            report.add("import no values", data.sheet, address(code, j), found=data.text(name, j))
    return found


def _rows(data: _Cells, columns: Sequence[int], report: Report) -> list[int]:
    """Rows of the units that have values."""
    found = []
    for i in range(schema.COIN_TOOL_UNITS[0], schema.COIN_TOOL_UNITS[1] + 1):
        code = data.text(i, schema.COIN_TOOL_CODES)
        if any(_filled(data, i, j) for j in columns):
            found.append(i)
        elif code:
            report.add("import no values", data.sheet, address(i, schema.COIN_TOOL_CODES), found=code)
    return found


def _filled(data: _Cells, i: int, j: int) -> bool:
    return data.text(i, j) != ""


def _framework(data: _Cells, aggregates: _Cells, columns: Sequence[int], report: Report) -> ForeignBlock:
    nodes = _Nodes()
    parents = _aggregates(data, aggregates, columns, nodes, report)
    rows = schema.COIN_TOOL_ROWS
    for j in columns:
        numbers = {key: data.number(rows[key], j, report) for key in ("weight", "lower", "upper")}
        code, cell = data.text(rows["code"], j), address(rows["code"], j)
        places = {key: address(row, j) for key, row in rows.items()}
        texts = {"name": data.text(rows["name"], j), "direction": data.text(rows["direction"], j)}
        nodes.add(cell, places, code=code, parent=parents[j], **texts, **numbers)
    posts = [j for j in columns if data.text(rows["lower"], j) or data.text(rows["upper"], j)]
    if posts:
        report.add("import goalposts", data.sheet, address(rows["lower"], posts[0]))
    return _block(nodes, data.sheet, report)


def _block(nodes: _Nodes, sheet: str, report: Report) -> ForeignBlock:
    codes = [str(one["code"]) for one in nodes.values]
    texts = [str(one["name"] or "") for one in nodes.values]
    cells = [places.get("name", places[""]) for places in nodes.places]
    names = named_apart(codes, texts, sheet, cells, report)
    order = top_down(codes, [str(one["parent"] or "") for one in nodes.values])
    keys = ("code", "name", "parent", "direction", "weight", "lower", "upper")
    columns: dict[str, list[Value]] = {key: [nodes.values[k].get(key) for k in order] for key in keys}
    columns["name"] = [names[k] for k in order]

    def where(i: int, j: int) -> str:
        places = nodes.places[order[max(i, 0)]]
        return places.get(keys[j], places[""])

    return block_of(schema.FRAMEWORK.table, sheet, columns, where)


def _levels(data: _Cells, columns: Sequence[int]) -> list[int]:
    """Rows of the levels that are used: one code for all indicators is none, but for the index."""
    *inner, top = schema.COIN_TOOL_LEVELS
    return [row for row in inner if len({data.text(row, j) for j in columns}) > 1] + [top]


def _aggregates(
    data: _Cells, aggregates: _Cells, columns: Sequence[int], nodes: _Nodes, report: Report
) -> dict[int, str]:
    """Adds the nodes with children, and returns the parent of each indicator by its column."""
    listed = _listed(aggregates)
    above: dict[str, tuple[str, str]] = {}  # by code: the parent, and the cell it was first seen at
    parents: dict[int, str] = {}
    levels = _levels(data, columns)
    for j in columns:
        chain = [(data.text(row, j), address(row, j)) for row in levels if data.text(row, j)]
        parents[j] = chain[0][0] if chain else ""
        for k, (code, cell) in enumerate(chain):
            parent = chain[k + 1][0] if k + 1 < len(chain) else ""
            known, other = above.setdefault(code, (parent, cell))
            if other == cell:
                row = listed.get(code, 0)
                _, weight, name = schema.COIN_TOOL_OF_AGGREGATE
                text = aggregates.text(row, name) if row else ""
                number = aggregates.number(row, weight, report) if row and parent else None
                nodes.add(cell, {}, code=code, name=text or code, parent=parent, weight=number)
            elif known != parent:
                parts = {"code": code, "expected": known or "∅", "found": parent or "∅", "other": other}
                report.add("import parent", data.sheet, cell, **parts)
    return parents


def _listed(aggregates: _Cells) -> dict[str, int]:
    """Rows of the sheet Framework by code."""
    first, last = schema.COIN_TOOL_AGGREGATES
    codes = {i: aggregates.text(i, schema.COIN_TOOL_OF_AGGREGATE[0]) for i in range(last, first - 1, -1)}
    return {code: i for i, code in codes.items() if code}


def _units(data: _Cells, rows: Sequence[int], lang: Lang) -> ForeignBlock:
    letters = (schema.COIN_TOOL_CODES, schema.COIN_TOOL_NAMES, schema.COIN_TOOL_CODES)
    columns: dict[str, list[Value]] = {
        "code": [data.text(i, schema.COIN_TOOL_CODES) for i in rows],
        "name": [data.text(i, schema.COIN_TOOL_NAMES) for i in rows],
        "ranking": [schema.FOREIGN_RANKING[lang]] * len(rows),
    }

    def where(i: int, j: int) -> str:
        return address(rows[max(i, 0)], letters[j])

    return block_of(schema.UNITS.table, data.sheet, columns, where)


def _data(data: _Cells, columns: Sequence[int], rows: Sequence[int], year: int, report: Report) -> ForeignBlock:
    code = schema.COIN_TOOL_ROWS["code"]
    letters = (schema.COIN_TOOL_CODES, schema.COIN_TOOL_CODES, *columns)
    made: dict[str, list[Value]] = {
        "year": [year] * len(rows),
        "unit": [data.text(i, schema.COIN_TOOL_CODES) for i in rows],
    }
    for j in columns:
        values = [number_of(data.at(i, j), data.sheet, address(i, j), report) for i in rows]
        made[data.text(code, j)] = list(values)

    def where(i: int, j: int) -> str:
        return address(rows[i] if i >= 0 else code, letters[j])

    return block_of(schema.DATA.file, data.sheet, made, where)
