"""The table of figures: what a report is to draw, as users list it; read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..language import Lang
from ..model.figure import Figure, FigureKind
from ..model.framework import Node
from ..model.records import suggested
from . import choices, schema
from .book import Readable, Value
from .cells import choice_of, heading, plain_number, read_number, read_text
from .contents import InputTable
from .faults import Report
from .inputs import Inputs
from .keyed_table import KeyedTable, filled_rows, is_blank, read_table
from .tiers import labels_of

_NEEDED = {"number", "title", "kind"}
OPTIONAL = frozenset(schema.FIGURES.keys) - _NEEDED  # columns that the table need not have
_SEPARATORS = re.compile(r"\s*[,，、;；]\s*")
MOST = 400  # units or years that a figure can be asked for


def read_figures(book: Readable, inputs: Inputs, report: Report) -> tuple[Figure, ...] | None:
    """All figures, in their order, without rows at fault; None where the workbook has no table of them.

    Names and codes that there are none of stay as they are typed: a report says in a figure's place that it lacks them.
    """
    if schema.FIGURES.table not in book.tables():
        return None
    table = read_table(book, schema.FIGURES.table, schema.FIGURES.columns, report, OPTIONAL)
    return figures_of(table, inputs, report) if table is not None and set(table.places) >= _NEEDED else ()


def figures_of(table: KeyedTable, inputs: Inputs, report: Report) -> tuple[Figure, ...]:
    """The figures of a table; see `read_figures`."""
    found: dict[tuple[bool, str], Figure] = {}
    nodes = _Nodes.of(inputs.framework.nodes)
    for i in filled_rows(table):
        figure = _figure(_Row(table, i, report), inputs, nodes)
        if figure is None:
            continue
        key = figure.kind is FigureKind.RANK_TABLE, figure.number  # tables and figures are counted apart
        if key in found:
            report.add("figure twice", table.block.sheet, table.cell(i, "number"), found=figure.number)
        else:
            found[key] = figure
    return tuple(found.values())


def _figure(row: _Row, inputs: Inputs, nodes: _Nodes) -> Figure | None:
    kind = row.kind()
    number = row.text("number")
    if not number:
        row.add("figure number blank", "number")
    figure = Figure(
        number,
        row.text("title"),
        kind or FigureKind.RANK_TABLE,
        row.text("chapter"),
        row.known("ranking", labels_of(one.key for one in inputs.rankings)),
        row.codes("nodes", nodes),
        row.known("grouping", {one.name: one.name for one in inputs.groupings}),
        row.text("group"),
        row.count("top"),
        row.count("years"),
        next(iter(row.codes("order", nodes)), ""),
    )
    return None if row.is_faulty else figure


class _Nodes(NamedTuple):
    """What a figure may show of the framework: looked at once, for all figures."""

    names: tuple[str, ...]  # names and codes, as they are written
    codes: Mapping[str, str]  # by either, as `heading` compares them; and as written, which comes first

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> _Nodes:
        found = tuple(nodes)
        names = {node.name: node.code for node in found} | {node.code: node.code for node in found}
        return cls(tuple(names), {heading(name): code for name, code in names.items()} | names)


class _Row:
    """A row of the table, read cell by cell; what cannot be taken is reported at its cell."""

    def __init__(self, table: KeyedTable, i: int, report: Report) -> None:
        self._table, self._i, self._report = table, i, report
        self.is_faulty = False

    def add(self, rule: str, key: str, **parts: object) -> None:
        """Report a cell at fault."""
        self.is_faulty = True
        self._report.add(rule, self._table.block.sheet, self._table.cell(self._i, key), **parts)

    def text(self, key: str) -> str:
        return self._table.text(self._i, key, self._report)

    def kind(self) -> FigureKind | None:
        """The kind, in either language."""
        text = self.text("kind")
        found = choice_of(choices.FIGURE_KINDS, text)
        if found is None:
            names = [name for code, words in choices.FIGURE_KINDS.items() for name in (code, *words.both())]
            self.add("figure kind", "kind", found=text or "∅", meant=suggested(text, names))
        return FigureKind(found) if found else None

    def unknown(self, key: str, text: str, names: Iterable[str]) -> None:
        """Report a name or code that there is none of."""
        cell = self._table.cell(self._i, key)
        self._report.add("figure unknown", self._table.block.sheet, cell, found=text, meant=suggested(text, names))

    def known(self, key: str, names: Mapping[str, str]) -> str:
        """What one of these names stands for, or else the text itself; "" where the cell is blank."""
        text = self.text(key)
        if not text:
            return ""
        found = {heading(name): value for name, value in names.items()}
        if heading(text) not in found:
            self.unknown(key, text, names)
        return found.get(heading(text), text)

    def codes(self, key: str, nodes: _Nodes) -> tuple[str, ...]:
        """Codes of the framework, typed as codes or names."""
        text = self.text(key)
        whole = text in nodes.codes or heading(text) in nodes.codes  # a name may hold a comma
        parts = [text] if whole else [part for part in _SEPARATORS.split(text) if part]
        places = [part if part in nodes.codes else heading(part) for part in parts]
        for part, place in zip(parts, places, strict=True):
            if place not in nodes.codes:
                self.unknown(key, part, nodes.names)
        return tuple(nodes.codes.get(place, part) for part, place in zip(parts, places, strict=True))

    def count(self, key: str) -> int | None:
        """A whole number above 0; None where the cell is blank."""
        value = self._table.column(key)[self._i]
        if is_blank(value):
            return None
        number = read_number(value).number
        if not 1 <= number <= MOST or number != int(number):
            self.add("figure count", key, found=read_text(value), most=MOST)
            return None
        return int(number)


def input_table(figures: Sequence[Figure], lang: Lang) -> InputTable:
    """Figures as a table of a new workbook."""
    rows = [
        (
            figure.number,
            figure.title,
            choices.FIGURE_KINDS[figure.kind][lang],
            figure.chapter,
            schema.ranking_label(figure.ranking)[lang] if figure.ranking else None,
            ", ".join(figure.nodes),
            figure.grouping,
            figure.group,
            figure.top,
            figure.years,
            figure.order,
        )
        for figure in figures
    ]
    return InputTable(tuple(column.header[lang] for column in schema.FIGURES.columns), rows)


def as_typed(table: KeyedTable, lang: Lang, report: Report) -> InputTable:
    """The rows of a file as a table of a new workbook, for the data check to judge; choices in its language."""
    rows = []
    for i in filled_rows(table):
        row: dict[str, Value] = {key: table.text(i, key, report) for key in schema.FIGURES.keys}
        kind, ranking = choice_of(choices.FIGURE_KINDS, row["kind"]), str(row["ranking"])
        if kind:
            row["kind"] = choices.FIGURE_KINDS[kind][lang]
        if ranking:
            row["ranking"] = schema.ranking_label(schema.ranking_key(ranking))[lang]
        for key in ("top", "years"):
            number = plain_number(str(row[key]))
            row[key] = row[key] if number is None else number
        rows.append(tuple(value if value != "" else None for value in row.values()))
    return InputTable(tuple(column.header[lang] for column in schema.FIGURES.columns), rows)
