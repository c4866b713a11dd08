"""The tables of rules and sources: how indicators are counted from records, and where those are; read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..language import Lang, joined
from ..model.collecting import Counting, CountingRule, Empty, Moved, Period, RecordSource, SourceKind
from ..model.framework import Indicator, Node
from ..model.records import suggested
from . import choices, schema
from .book import Readable, Value
from .cells import choice_of, heading
from .contents import InputTable
from .faults import Report
from .keyed_table import KeyedTable, filled_rows, read_table

T = TypeVar("T")

_RULES_NEEDED = {"indicator", "table", "aggregation", "unit", "year"}
_SOURCES_NEEDED = {"table", "kind", "where"}
RULES_OPTIONAL = frozenset(schema.RULES.keys) - _RULES_NEEDED  # columns that the table need not have
SOURCES_OPTIONAL = frozenset(schema.SOURCES.keys) - _SOURCES_NEEDED


@dataclass(frozen=True)
class PlacedRow(Generic[T]):
    """What a row of an input table says, and where each of its cells is."""

    value: T
    sheet: str
    cells: Mapping[str, str]

    def add(self, report: Report, kind: str, key: str, **parts: object) -> None:
        """Report something at one of the row's cells."""
        report.add(kind, self.sheet, self.cells[key], **parts)


@dataclass(frozen=True)
class Collecting:
    """All that a workbook says of how its indicators are counted from records; `sheet` is the one with the rules."""

    rules: tuple[PlacedRow[CountingRule], ...]
    sources: tuple[PlacedRow[RecordSource], ...]
    sheet: str = ""

    def source(self, table: str) -> PlacedRow[RecordSource]:
        """The source of a table that a rule names."""
        return next(one for one in self.sources if one.value.table == table)


def read_collecting(book: Readable, nodes: Iterable[Node], report: Report) -> Collecting | None:
    """Rules and sources that are without fault; None where there is neither table."""
    there = book.tables()
    if schema.RULES.table not in there and schema.SOURCES.table not in there:
        return None
    sources = _read(book, schema.SOURCES, SOURCES_OPTIONAL, report)
    found = _sources(sources, report) if sources is not None else ()
    rules = _read(book, schema.RULES, RULES_OPTIONAL, report)
    if rules is None:
        return Collecting((), found)
    if schema.SOURCES.table not in there and filled_rows(rules):
        report.add("sources missing", rules.block.sheet)
    return Collecting(_rules(rules, nodes, found, report), found, rules.block.sheet)


def _read(book: Readable, sheet: schema.InputSheet, optional: frozenset[str], report: Report) -> KeyedTable | None:
    if sheet.table not in book.tables():
        return None
    table = read_table(book, sheet.table, sheet.columns, report, optional)
    whole = table is not None and set(table.places) >= set(sheet.keys) - optional
    return table if whole else None


class _Row:
    """A row, read cell by cell; what cannot be taken is reported at its cell."""

    def __init__(self, table: KeyedTable, i: int, report: Report) -> None:
        self._report = report
        self._texts = {key: table.text(i, key, report) for key in table.places}
        self.sheet = table.block.sheet
        self.cells = {column: table.cell(i, column) for column in _KEYS[table.block.table]}
        self.is_faulty = False

    def add(self, kind: str, key: str, **parts: object) -> None:
        self.is_faulty = True
        self._report.add(kind, self.sheet, self.cells[key], **parts)

    def text(self, key: str) -> str:
        return self._texts.get(key, "")

    def needed(self, key: str) -> str:
        """The text of a cell that must not be blank."""
        if not self.text(key):
            self.add("rule blank", key, header=_HEADERS[key])
        return self.text(key)

    def choice(self, key: str, known: choices.Choices, default: str) -> str:
        """What the code calls the choice in a cell; the default where it is blank."""
        text = self.text(key)
        found = choice_of(known, text) if text else default
        if not found:
            names = [name for code, words in known.items() for name in (code, *words.both())]
            self.add("rule choice", key, known=joined(list(known.values())), found=text or "∅",
                     meant=suggested(text, names))  # fmt: skip
        return found or ""


_KEYS = {sheet.table: sheet.keys for sheet in (schema.RULES, schema.SOURCES)}
_HEADERS = {column.key: column.header for sheet in (schema.SOURCES, schema.RULES) for column in sheet.columns}


def _sources(table: KeyedTable, report: Report) -> tuple[PlacedRow[RecordSource], ...]:
    found: dict[str, PlacedRow[RecordSource]] = {}
    for i in filled_rows(table):
        row = _Row(table, i, report)
        name, where = row.needed("table"), row.needed("where")
        kind = row.choice("kind", choices.SOURCE_KINDS, "")
        if name in found:
            row.add("source twice", "table", found=name)
        if not row.is_faulty:
            source = RecordSource(name, SourceKind(kind), where, row.text("key"), row.text("latest"))
            found[name] = PlacedRow(source, row.sheet, row.cells)
    return tuple(found.values())


def _rules(
    table: KeyedTable, nodes: Iterable[Node], sources: tuple[PlacedRow[RecordSource], ...], report: Report
) -> tuple[PlacedRow[CountingRule], ...]:
    codes: dict[str, str] = {}
    indicators = [node for node in nodes if isinstance(node, Indicator)]
    for name in ("name", "code"):  # a code comes before a name that is written alike
        codes |= {heading(getattr(node, name)): node.code for node in indicators}
    names = [name for node in indicators for name in (node.code, node.name)]
    tables = {one.value.table: one.value for one in sources}
    found: dict[str, PlacedRow[CountingRule]] = {}
    for i in filled_rows(table):
        row = _Row(table, i, report)
        code = codes.get(heading(row.needed("indicator")), "")
        if row.text("indicator") and not code:
            row.add("rule indicator", "indicator", found=row.text("indicator"),
                    meant=suggested(row.text("indicator"), names))  # fmt: skip
        elif code in found:
            row.add("rule twice", "indicator", found=row.text("indicator"))
        rule = _rule(row, code, tables)
        if not row.is_faulty:
            found[code] = PlacedRow(rule, row.sheet, row.cells)
    return tuple(found.values())


def _rule(row: _Row, code: str, tables: Mapping[str, RecordSource]) -> CountingRule:
    table = row.needed("table")
    if table and table not in tables and tables:
        row.add("rule table", "table", found=table, meant=suggested(table, tables))
    counting = row.choice("aggregation", choices.OF_RULES["aggregation"], "")
    if counting and counting not in (Counting.COUNT, Counting.SHARE):
        row.needed("field")
    if counting == Counting.SHARE:
        row.needed("filter")
    unit = row.needed("unit")
    other, _ = unit_fields(unit, tables)
    if other and not tables[other].key:
        row.add("rule key", "unit", table=other)
    row.needed("year")
    period, empty, moved = (
        row.choice(key, choices.OF_RULES[key], default)
        for key, default in (("period", Period.SNAPSHOT), ("empty", "blank"), ("moved", Moved.EVENT))
    )
    if row.is_faulty:
        return CountingRule(code, table, Counting.COUNT)
    return CountingRule(
        code, table, Counting(counting), row.text("field"), row.text("filter"), unit, row.text("year"),
        Period(period), row.text("measure"), Empty(empty) if row.text("empty") else None, Moved(moved),
    )  # fmt: skip


def unit_fields(unit: str, tables: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The table that tells the place, blank for the rule's own, and its fields: the first that tells a unit counts.

    >>> unit_fields("code, address", ["companies"]), unit_fields("companies.code，address", ["companies"])
    (('', ('code', 'address')), ('companies', ('code', 'address')))
    """
    fields = [part for part in _SEPARATORS.split(unit.strip()) if part]
    other = next((name for name in tables if fields and fields[0].startswith(f"{name}.")), "")
    return other, tuple(field.removeprefix(f"{other}.") if other else field for field in fields)


_SEPARATORS = re.compile(r"\s*[,，;；]\s*")


def input_tables(collecting: Collecting | None, lang: Lang) -> tuple[InputTable | None, InputTable | None]:
    """Rules and sources as tables of a new workbook; None for one that has no row."""
    if collecting is None:
        return None, None
    names = {one.value.table for one in collecting.sources}
    rules = [_rule_cells(one.value, names, lang) for one in collecting.rules]
    sources: list[tuple[Value, ...]] = [
        (one.value.table, choices.SOURCE_KINDS[one.value.kind][lang], one.value.where, one.value.key, one.value.latest)
        for one in collecting.sources
    ]
    return _table(schema.RULES, rules, lang), _table(schema.SOURCES, sources, lang)


def _rule_cells(rule: CountingRule, tables: Iterable[str], lang: Lang) -> tuple[Value, ...]:
    chosen = {"aggregation": rule.counting, "period": rule.period, "empty": rule.empty or "",
              "moved": rule.moved if unit_fields(rule.unit, tables)[0] else ""}  # fmt: skip
    words = {key: choices.OF_RULES[key][value][lang] if value else "" for key, value in chosen.items()}
    own = {"filter": rule.condition} | words
    return tuple(own[key] if key in own else getattr(rule, key) for key in schema.RULES.keys)


def _table(sheet: schema.InputSheet, rows: list[tuple[Value, ...]], lang: Lang) -> InputTable | None:
    header = tuple(column.header[lang] for column in sheet.columns)
    blank = [tuple(value if value != "" else None for value in row) for row in rows]
    return InputTable(header, blank) if rows else None
