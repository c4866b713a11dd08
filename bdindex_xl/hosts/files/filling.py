"""Single cells of any table, and rows after its last: what merging writes. Result tables are `writing`'s business."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from ...errors import SheetErrors
from ...sheets import plan as planning
from ...sheets.areas import Area
from ...sheets.book import Value
from ...sheets.plan import Grown
from . import refusals, tables
from .markup import edited, escaped
from .package import Packed, PartWriter, packed
from .patch import SheetPatch
from .regions import OddRegion, Piece, moved_cell
from .render import Renderer, opening
from .sheet_ranges import Frame
from .sheet_xml import Cell, Patterns, SheetXml, has_formula
from .values import Decoder
from .workbook import FileTable, Workbook

RowAndColumn = tuple[int, int]


class Filling:
    """One writing of cells into a table. `decoder` makes the decoder for a sheet; `known` are all tables.

    `kept` are the places, once `parts` has been called, that were left as they are because a formula stands there.
    """

    def __init__(
        self, workbook: Workbook, known: Iterable[FileTable], decoder: Callable[[SheetXml], Decoder], table: FileTable
    ) -> None:
        self._workbook = workbook
        self._known = tuple(known)
        self._decoder = decoder
        self._table = table
        part = table.sheet.part
        self._sheet = SheetXml(workbook.package.read(part), part)
        self._rows = self._sheet.numbered()
        self._by_number = {row.number: row for row in self._rows}
        self._has_formulas = has_formula(self._sheet.data)
        self.kept: list[RowAndColumn] = []
        self.changed: dict[str, list[Area]] = {}
        self.fills = False

    def parts(self, cells: Mapping[RowAndColumn, Value]) -> dict[str, Packed | None]:
        """All parts that change, with their new content.

        Raises FileRefused for a signed workbook, ValueError for a place outside the table's columns or above its
        first row, SheetErrors naming what stands where the table must grow.
        """
        if any(name.startswith("_xmlsignatures/") for name in self._workbook.package.names()):
            raise refusals.signed()
        planning.grown(self._table, cells.keys())  # refuses places outside the table
        self.kept = [place for place in cells if self._holds_formula(place)]
        wanted = dict(cells)
        for place in self.kept:
            del wanted[place]
        if not wanted:
            return {}
        frame = Frame(self._sheet.head, self._sheet.tail, self._table.sheet.part)
        plan = planning.grown(self._table, wanted.keys())
        self._check(plan, frame)
        return self._written(plan, frame, wanted)

    def _cells(self, number: int) -> dict[int, Cell]:
        row = self._by_number.get(number)
        return {cell.column: cell for cell in self._sheet.cells(row)} if row is not None else {}

    def _holds_formula(self, place: RowAndColumn) -> bool:
        body = self._table.body
        if body.top + place[0] > body.bottom:
            return bool(self._table.formulas[place[1]])  # a calculated column fills new rows itself
        if not self._has_formulas:
            return False
        cell = self._cells(body.top + place[0]).get(body.left + place[1])
        return cell is not None and has_formula(cell.content)

    def _check(self, plan: Grown[FileTable], frame: Frame) -> None:
        if plan.area == self._table.area:
            return
        problem = planning.out_of_bounds(plan) or planning.obstacle(plan, self._known, frame.merged(), self._occupied())
        if problem:
            raise SheetErrors([problem])

    def _occupied(self) -> Iterator[tuple[int, int, Callable[[], object]]]:
        decoder = self._decoder(self._sheet)
        for row in self._rows:
            if row.number > self._table.area.bottom:
                for cell in self._sheet.cells(row):
                    if not cell.empty:
                        yield row.number, cell.column, partial(decoder.of_cell, cell, row.number)

    def _written(
        self, plan: Grown[FileTable], frame: Frame, cells: Mapping[RowAndColumn, Value]
    ) -> dict[str, Packed | None]:
        table, sheet = self._table, self._sheet
        body, self.fills = table.body, plan.fills
        self.changed[table.sheet.name.casefold()] = [
            Area(body.top + i, body.left + j, body.top + i, body.left + j) for i, j in cells
        ]
        parts: dict[str, Packed | None] = {}
        grows = plan.area != table.area
        unhidden = [range(table.body.top, table.body.bottom + 1)] if grows and self._grow(plan, parts) else []
        model = self._cells(table.body.top)
        totals = self._cells(table.area.bottom) if table.totals_rows else {}
        renderer = Renderer(sheet.patterns.prefix, since_1904=self._workbook.since_1904)
        region = _FilledRegion(plan, cells, model, totals, renderer, sheet.patterns)
        patch = SheetPatch(sheet, self._rows, [region], unhidden, table.body.top)
        head, tail = frame.patched([plan] if grows else [], patch.bottom(), plan.area.right)
        writer = PartWriter()
        for piece in (head, *patch.rows(), tail):
            writer.write(piece)
        if patch.clashes:
            clashes = [planning.formula_in_the_way(table.sheet_name, cell) for cell in patch.clashes]
            raise SheetErrors(clashes)
        parts[table.sheet.part] = writer.close()
        return parts | self._of_workbook(plan, moved=bool(patch.formulas))

    def _grow(self, plan: Grown[FileTable], parts: dict[str, Packed | None]) -> bool:
        """The table's own part with its new end; whether a filter was cleared."""
        new, filtered = tables.patched(self._workbook.package.read(self._table.part), plan)
        parts[self._table.part] = packed(new)
        return filtered

    def _of_workbook(self, plan: Grown[FileTable], *, moved: bool) -> dict[str, Packed | None]:
        workbook, table = self._workbook, self._table
        parts: dict[str, Packed | None] = {}
        edits = list(workbook.print_area_edits(table.sheet, table.area, plan.area))
        if edits:
            parts[workbook.part] = packed(edited(workbook.data, edits))
        return parts | workbook.without_chain() if moved else parts


class _FilledRegion(OddRegion):
    """The cells to set, the rows to add, and the totals row where that moves. A `regions.Region`."""

    refits = False

    def __init__(
        self,
        plan: Grown[FileTable],
        cells: Mapping[RowAndColumn, Value],
        model: Mapping[int, Cell],
        totals: Mapping[int, Cell],
        renderer: Renderer,
        found: Patterns,
    ) -> None:
        body = plan.table.body
        self._plan = plan
        self._model = model
        self._totals = totals if plan.area != plan.table.area else {}
        self._renderer = renderer
        self._prefix = found.prefix
        self._values: dict[int, dict[int, Any]] = {}
        for (i, j), value in cells.items():
            self._values.setdefault(body.top + i, {})[body.left + j] = value
        self._added = range(body.bottom + 1, plan.body.bottom + 1)
        self.top = min(self._values)
        self.bottom = max(*self._values, plan.area.bottom) if self._added else max(self._values)

    def owned(self, row: int) -> frozenset[int]:
        if row in self._added or (self._totals and row in (self._plan.table.area.bottom, self._plan.area.bottom)):
            return frozenset(range(self._plan.area.left, self._plan.area.right + 1))
        return frozenset(self._values.get(row, ()))

    def written(self) -> Iterable[int]:
        return [*self._values, *self._added, *([self._plan.area.bottom] if self._totals else [])]

    def cells(self, row: int, styles: Mapping[int, bytes]) -> list[Piece]:
        if row in self._added:
            columns = range(self._plan.area.left, self._plan.area.right + 1)
            return [Piece(column, self._new_cell(row, column)) for column in columns]
        if self._totals and row == self._plan.area.bottom:
            return [Piece(column, moved_cell(cell.raw, row, column)) for column, cell in self._within()]
        values = self._values.get(row, {})
        return [
            Piece(column, opening(self._prefix, column, styles.get(column, b""), row) + self._renderer.tail(value))
            for column, value in values.items()
        ]

    def _within(self) -> list[tuple[int, Cell]]:
        area = self._plan.area
        return [(column, cell) for column, cell in self._totals.items() if area.left <= column <= area.right]

    def _new_cell(self, row: int, column: int) -> str:
        p = self._prefix
        start = opening(p, column, self._model[column].style if column in self._model else b"", row)
        formula = self._plan.filled.get(column)
        if formula:
            return f"{start}><{p}f>{escaped(formula)}</{p}f></{p}c>"
        return start + self._renderer.tail(self._values.get(row, {}).get(column))
