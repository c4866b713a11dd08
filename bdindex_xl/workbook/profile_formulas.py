"""Formulas of the sheet Profile: one unit, picked from the result tables by a ranking and a name.

Every program calculates them: no arrays but in SUMPRODUCT, no function newer than Excel 2010. Columns of tables are
found by their headers in either language, so that they may be moved, and the language changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..language import LANGUAGES, Text
from ..model.framework import Aggregate, Node
from ..sheets import schema
from ..sheets.book import column_letters
from ..sheets.schema import Column, TableSheet

_TIE = "1E-10"  # scores 0-100 closer than this are equal


def text(value: str) -> str:
    """A text as a formula holds it."""
    return '"{}"'.format(value.replace('"', '""'))


def blank_or(condition: str, otherwise: str) -> str:
    return f'IF({condition},"",{otherwise})'


def body(table: str) -> str:
    """A table without its header, which LibreOffice takes along where a formula has the table's name alone."""
    return f"{table}[#Data]"


def shown(value: str) -> str:
    """A cell's value, blank where the cell is."""
    return f'IF({value}="","",{value})'


def first_found(headers: Iterable[str], table: str) -> str:
    """Place of the first of these headers (each a formula) that a table has."""
    *others, last = (f"MATCH({header},{table}[#Headers],0)" for header in headers)
    for other in reversed(others):
        last = f"IFERROR({other},{last})"
    return last


@dataclass
class ProfilePad:
    """Cells out of view, in columns from `left` on, that formulas in view are made of."""

    left: int  # counted from 1
    cells: dict[tuple[int, int], str] = field(default_factory=dict)

    def put(self, column: int, row: int, formula: str) -> str:
        """A formula in a column of the pad, both counted from 1; returns the cell's address."""
        at = self.left + column - 1
        self.cells[row, at] = formula
        return f"${column_letters(at)}${row}"

    def column(self, column: int, row: int, formulas: Sequence[str]) -> list[str]:
        """Formulas below each other."""
        return [self.put(column, row + k, formula) for k, formula in enumerate(formulas)]


class TableColumns:
    """A table, each column found once, in a cell of the pad."""

    def __init__(self, pad: ProfilePad, column: int, sheet: TableSheet, table: str = "") -> None:
        self.table = table or sheet.table
        self._pad, self._column, self._sheet = pad, column, sheet
        self._rows = 0
        self._places: dict[str, str] = {}

    def place(self, key: str) -> str:
        """The cell with the place of one of its own columns."""
        column: Column = next(one for one in self._sheet.columns if one.key == key)
        return self.found(key, (text(header) for header in dict.fromkeys(column.header.both())))

    def found(self, key: str, headers: Iterable[str]) -> str:
        """The cell with the place of the column that has one of these headers."""
        if key not in self._places:
            self._rows += 1
            self._places[key] = self._pad.put(self._column, self._rows, first_found(headers, self.table))
        return self._places[key]

    def of_node(self, key: str, node: Node, name: str) -> str:
        """The place of what a node has in a result table; `name` is the cell with its name."""
        column = next(one for one in schema.NODE_COLUMNS if one.key == key)
        return self.found(f"{key} {node.code}", _node_headers(column.header, node, name))

    def of_indicator(self, node: Node, name: str) -> str:
        """The place of an indicator's column."""
        headers = (name, f'{name}&" ({node.code})"', text(node.code), f"{text(node.code)}&{name}")
        return self.found(f"= {node.code}", headers)

    def all(self, place: str) -> str:
        """A whole column."""
        return f"INDEX({body(self.table)},0,{place})"

    def cell(self, row: str, place: str) -> str:
        return f"INDEX({body(self.table)},{row},{place})"

    def row_of(self, *conditions: str) -> str:
        """The row in which all conditions on columns hold; 0 where there is none."""
        rows = f"ROW({self.all('1')})"
        return f"SUMPRODUCT({''.join(f'({one})*' for one in conditions)}({rows}-MIN({rows})+1))"


def _node_headers(header: Text, node: Node, name: str) -> list[str]:
    made = []
    for lang in LANGUAGES:
        ending = text(header[lang].removeprefix("{node}"))
        made += [f"{name}&{ending}", f'{name}&{ending}&" ({node.code})"']
    return made


def axes(nodes: Sequence[Node], children: Mapping[str, Sequence[Node]], most: int, enough: int) -> list[Aggregate]:
    """What a radar shows: the dimensions, or what is below them where those are few; none where too few either way."""
    below = [child for node in nodes for child in children.get(node.code, (node,))]
    for found in (below, nodes) if len(nodes) < enough else (nodes,):
        known = [node for node in found if isinstance(node, Aggregate)]
        if len(known) == len(found) and 3 <= len(known) <= most:
            return known
    return []


def rank(score: str, listed: str, column: str) -> str:
    """One more than the number of greater scores; a text counts as none."""
    return blank_or(f'{score}=""', f'1+SUMPRODUCT({listed}*({column}<>"")*({column}>{score}+{_TIE}))')


def is_last(score: str, listed: str, column: str) -> str:
    """Whether nobody's score is lower."""
    return blank_or(f'{score}=""', f'IF(SUMPRODUCT({listed}*({column}<>"")*({column}<{score}-{_TIE}))=0,1,0)')


def mean(listed: str, column: str) -> str:
    """The mean of what is there."""
    there = f'SUMPRODUCT({listed}*({column}<>""))'
    return f'IF({there}=0,"",SUMPRODUCT({listed}*1,{column})/{there})'
