"""What the modules of this folder share: a sighting, and the result tables where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...hosts.files.view import SheetView, View
from ...hosts.files.workbook import FileTable
from ...language import Text
from ...sheets import schema
from ...sheets.areas import Area, address, runs
from ...sheets.book import ResultColumn, ResultTable, Uncalculated, Value
from ...sheets.cells import read_text
from ...sheets.inputs import Inputs
from ..compare import columns_of

NUMERIC = frozenset({"rank", "previous rank", "rank change", "score", "normalised", "weight", "count", "year"})
NAMING = frozenset({"name", "code", "text"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that a reader sees otherwise than it is: it `deceives`, or is the reader's own choice to be told of.

    `rule` names the kind for programs; `cell` is a cell, an area or nothing.
    """

    rule: str
    deceives: bool
    sheet: str
    cell: str
    expected: Text
    found: Text

    @property
    def place(self) -> str:
        """``sheet!cell``, or the sheet."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class HasSightings:
    """What was found in a file: sightings that deceive, and those that are a reader's right."""

    sightings: tuple[Sighting, ...]

    @property
    def deceiving(self) -> tuple[Sighting, ...]:
        """What a reader sees otherwise than it is."""
        return tuple(one for one in self.sightings if one.deceives)

    @property
    def shown_differently(self) -> tuple[Sighting, ...]:
        """What a reader chose to see in another way, which is his right."""
        return tuple(one for one in self.sightings if not one.deceives)


@dataclass(frozen=True, eq=False)
class ShownTable:
    """A table where it stands, down to its last row that holds anything."""

    table: FileTable
    view: SheetView

    @property
    def header_row(self) -> int:
        return self.table.body.top - 1

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Headers as their cells have them; as the table has them where a cell is blank."""
        area = self.table.area
        shown = (read_text(self.view.value(self.header_row, at)) for at in range(area.left, area.right + 1))
        return tuple(text or name for text, name in zip(shown, self.table.header, strict=True))

    @cached_property
    def rows(self) -> range:
        """Rows of the sheet under the header, down to the last that holds anything."""
        body, cells = self.table.body, self.view.rows
        bottom = body.bottom
        while bottom >= body.top and not any(
            body.left <= at <= body.right and not cell.empty for at, cell in cells.get(bottom, {}).items()
        ):
            bottom -= 1
        return range(body.top, bottom + 1)

    @cached_property
    def styles(self) -> Mapping[int, Mapping[bytes, list[int]]]:
        """Rows whose cells hold something, by column of the sheet and by the style of the cell."""
        found: dict[int, dict[bytes, list[int]]] = {}
        cells = self.view.rows
        for row in self.rows:
            for at, cell in cells.get(row, {}).items():
                if cell.value or cell.content:
                    found.setdefault(at, {}).setdefault(cell.style, []).append(row)
        return found


@dataclass(frozen=True, eq=False)
class TableAsComputed(ShownTable):
    """A result table and where it stands: `columns` are those of the sheet, by place in the table as it should be."""

    should: ResultTable
    columns: Mapping[int, int]

    @property
    def name(self) -> str:
        return self.should.table

    def value(self, k: int, row: int) -> Value:
        """What a cell shows; of a formula that nobody has calculated yet, what it will."""
        value = self.view.value(row, self.columns[k])
        i = row - self.rows[0]
        if isinstance(value, Uncalculated) and i < self.should.n_rows:
            value = self.should.columns[k].values[i]
            return value if value is None or isinstance(value, str) else float(value)
        return value

    @cached_property
    def placed(self) -> tuple[tuple[ResultColumn, int], ...]:
        """The table's own columns with their columns of the sheet."""
        return tuple((self.should.columns[k], column) for k, column in self.columns.items())


@dataclass(frozen=True, eq=False)
class Scene:
    """A workbook as it is seen, and its result tables as they should be; `headings` are by defined name."""

    view: View
    inputs: Inputs
    should: Sequence[ResultTable]
    headings: Mapping[str, str]
    working: str | None  # the sheet of the steps, in a copy whose results are formulas
    new_formulas: frozenset[tuple[str, int, int]] = frozenset()  # inputs that were values: sheet, row and column

    @cached_property
    def tables(self) -> tuple[TableAsComputed, ...]:
        """Result tables that the workbook has."""
        return tuple(self._placed(table) for table in self.should if table.table in self.view.tables)

    def _placed(self, should: ResultTable) -> TableAsComputed:
        there = self.filled(should.table)
        at = columns_of((column.header for column in should.columns), there.header)
        columns = {k: there.table.area.left + j for k, j in at.items()}
        return TableAsComputed(there.table, there.view, should, columns)

    @cached_property
    def input_tables(self) -> tuple[ShownTable, ...]:
        """Tables that a user fills in."""
        data = (schema.table_of(schema.DATA.table, ranking.key) for ranking in self.inputs.rankings)
        names = (*(sheet.table for sheet in schema.INPUTS), *data)
        return tuple(self.filled(name) for name in names if name in self.view.tables)

    def filled(self, name: str) -> ShownTable:
        """A table that the workbook has."""
        table = self.view.tables[name]
        return ShownTable(table, self.view.sheet(table.sheet.name))


def cells_of(rows: Iterable[int], column: int) -> str:
    """Cells of a column as a reader writes them.

    >>> cells_of([5, 6, 7, 9], 3)
    'C5:C7, C9'
    """
    return ", ".join(str(Area(first, column, last, column)) for first, last in runs(rows))


def cell(row: int, column: int) -> str:
    """Address of a cell."""
    return address(row, column)
