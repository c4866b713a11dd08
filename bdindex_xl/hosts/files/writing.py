"""Writing results into a package: plans for every table, then each changed part once, all or nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain, islice
from typing import Any

from ...errors import Finding, SheetErrors
from ...sheets import changes
from ...sheets import plan as planning
from ...sheets.areas import Area
from ...sheets.book import Results, ResultTable
from ...sheets.cells import read_text
from ...sheets.matching import Layout, layout
from ...sheets.plan import Plan
from . import refusals, tables
from .markup import edited
from .package import Packed, packed, packed_anew
from .patch import SheetPatch
from .reading import read_columns
from .regions import CellRegion, Region, TableRegion
from .render import Renderer
from .sheet_ranges import Frame
from .sheet_xml import Cell, Row, SheetXml, has_formula, holds_formula
from .values import Decoder
from .workbook import FileTable, Sheet, Workbook


@dataclass(eq=False)
class _SheetWork:
    """What one sheet is to receive."""

    sheet: Sheet
    results: list[tuple[FileTable, ResultTable]] = field(default_factory=list)
    cells: list[tuple[int, int, Any]] = field(default_factory=list)


class Writer:
    """One writing of results. `decoder` makes the decoder for a sheet; `known` are all tables by name in lower case."""

    def __init__(self, workbook: Workbook, known: Mapping[str, FileTable], decoder: Any) -> None:
        self._workbook = workbook
        self._known = known
        self._decoder = decoder
        self._findings: list[Finding] = []
        self._parts: dict[str, Packed | None] = {}
        self.plans: list[Plan[FileTable]] = []
        self._formulas_went = False
        self._as_shown = False
        self.cleared: list[str] = []
        self.changed: dict[str, list[Area]] = {}

    def parts(self, results: Results) -> dict[str, Packed | None]:
        """All parts that change, with their new content. Raises SheetErrors naming everything in the way."""
        if any(name.startswith("_xmlsignatures/") for name in self._workbook.package.names()):
            raise refusals.signed()
        self._as_shown = results.as_shown
        for work in self._by_sheet(results):
            self._write_sheet(work)
        if self._findings:
            raise SheetErrors(self._findings)
        self._write_workbook()
        return self._parts

    def _by_sheet(self, results: Results) -> Iterable[_SheetWork]:
        works: dict[str, _SheetWork] = {}
        for result in results.tables:
            table = self._known.get(result.table.casefold())
            if table is None:
                self._findings.append(planning.missing_table(result.table))
            elif result.columns:
                works.setdefault(table.sheet.part, _SheetWork(table.sheet)).results.append((table, result))
        for name, value in results.cells.items():
            place = self._workbook.cell_of(name)
            if place is not None and not planning.in_a_table(place[0].name, *place[1:], self._known.values()):
                sheet, row, column = place
                works.setdefault(sheet.part, _SheetWork(sheet)).cells.append((row, column, value))
        return works.values()

    def _write_sheet(self, work: _SheetWork) -> None:
        part = work.sheet.part
        old = self._workbook.package.read(part)
        sheet = SheetXml(old, part)
        rows = sheet.numbered()
        by_number = {row.number: row for row in rows}
        decoder = self._decoder(sheet)
        frame = Frame(sheet.head, sheet.tail, part)
        found: list[Finding] = []
        plans: list[Plan[FileTable]] = []
        for table, result in work.results:
            planned = self._plan(table, result, sheet, by_number, decoder)
            if isinstance(planned, Plan):
                plans.append(planned)
                problem = planning.out_of_bounds(planned) or self._obstacle(planned, sheet, rows, frame, decoder)
                found += [problem] if problem else []
            else:
                found.append(planned)
        self._findings += found
        if not self._findings:
            self._patch_sheet(work, old, sheet, rows, by_number, frame, plans)

    def _plan(
        self, table: FileTable, result: ResultTable, sheet: SheetXml, rows: Mapping[int, Row], decoder: Decoder
    ) -> Plan[FileTable] | Finding:
        def holds_scores(j: int, like: int | None) -> bool:
            return _same_look(table, j, like, sheet, rows) and _holds_scores(table, j, sheet, rows, decoder)

        made = layout(table.header, result, holds_scores)
        return (
            Plan(table, result, made)
            if isinstance(made, Layout)
            else planning.users_columns_in_the_way(table, made, result)
        )

    def _obstacle(
        self, plan: Plan[FileTable], sheet: SheetXml, rows: list[Row], frame: Frame, decoder: Decoder
    ) -> Finding | None:
        def occupied() -> Iterator[tuple[int, int, Callable[[], object]]]:
            start = bisect_left(rows, plan.first_outside, key=lambda row: row.number)
            for row in islice(rows, start, None):
                for cell in sheet.cells(row):
                    if not cell.empty:
                        yield row.number, cell.column, partial(decoder.of_cell, cell, row.number)

        return planning.obstacle(plan, self._known.values(), frame.merged(), occupied())

    def _patch_sheet(
        self,
        work: _SheetWork,
        old: bytes,
        sheet: SheetXml,
        rows: list[Row],
        by_number: Mapping[int, Row],
        frame: Frame,
        plans: list[Plan[FileTable]],
    ) -> None:
        renderer = Renderer(sheet.patterns.prefix, since_1904=self._workbook.since_1904)
        regions: list[Region] = [_region(plan, sheet, by_number, renderer) for plan in plans]
        regions += [
            CellRegion(row, column, text, renderer, sheet.patterns.prefix)
            for plan in plans
            for row, column, text in _strayed_headers(plan, sheet, by_number, self._decoder(sheet))
        ]
        found = _cells_of(by_number, sheet, self._decoder(sheet), [place[:2] for place in work.cells])
        regions += [
            CellRegion(row, column, value, renderer, sheet.patterns.prefix, refits=not changes.alike(now, value))
            for (row, column, value), now in zip(work.cells, found, strict=True)
        ]
        unhidden = [range(plan.table.body.top, plan.table.body.bottom + 1) for plan in plans if self._write_table(plan)]
        patch = SheetPatch(sheet, rows, regions, unhidden, plans[0].table.body.top if plans else 0)
        right = max([plan.area.right for plan in plans] + [column for _, column, _ in work.cells])
        head, tail = frame.patched(plans, patch.bottom(), right)
        new = packed_anew(old, chain((head,), patch.rows(), (tail,)))
        if new is not None:
            self._parts[work.sheet.part] = new
        self._note_changes(work, plans, sheet, by_number, patch.changed)
        self.plans += plans
        self._formulas_went = self._formulas_went or bool(patch.formulas)
        self._findings += [planning.formula_in_the_way(work.sheet.name, cell) for cell in patch.clashes]

    def _write_table(self, plan: Plan[FileTable]) -> bool:
        part = plan.table.part
        old = self._workbook.package.read(part)
        new, filtered = tables.patched(old, plan)
        if new != old:
            self._parts[part] = packed(new)
        if filtered:
            self.cleared.append(plan.table.name)
        return filtered

    def _write_workbook(self) -> None:
        workbook = self._workbook
        edits = [
            edit
            for plan in self.plans
            for edit in workbook.print_area_edits(plan.table.sheet, plan.table.area, plan.area)
        ]
        if edits:
            self._parts[workbook.part] = packed(edited(workbook.data, edits))
        if self._formulas_went:
            self._parts |= workbook.without_chain()

    @cached_property
    def _any_formula(self) -> bool:
        """Whether any cell of the workbook holds a formula."""
        return any(holds_formula(self._workbook.package.read(sheet.part)) for sheet in self._workbook.sheets)

    def _note_changes(
        self,
        work: _SheetWork,
        plans: list[Plan[FileTable]],
        sheet: SheetXml,
        rows: Mapping[int, Row],
        changed: list[int],
    ) -> None:
        """Areas of this sheet whose values are others now; asked only where formulas may follow them.

        `changed` are the rows that are not what they were to the byte, in order: no others need be read.
        """
        if self._as_shown or not self._any_formula or not changed:
            return
        areas: list[Area] = []
        decoder = self._decoder(sheet)
        for plan in plans:
            body = _joint(plan.table.body, plan.body)
            top, bottom = max(body.top, changed[0]), min(body.bottom, changed[-1])
            old = read_columns(sheet, Area(top, body.left, bottom, body.right), decoder) if top <= bottom else []
            areas += changes.of_plan(plan, old, range(top, bottom + 1))
        found = _cells_of(rows, sheet, decoder, [place[:2] for place in work.cells])
        for (row, column, value), now in zip(work.cells, found, strict=True):
            if not changes.alike(now, value):
                areas.append(Area(row, column, row, column))
        if areas:
            self.changed.setdefault(work.sheet.name.casefold(), []).extend(areas)


def _cells_of(
    rows: Mapping[int, Row], sheet: SheetXml, decoder: Decoder, places: Iterable[tuple[int, int]]
) -> Iterator[Any]:
    """What single cells hold, None where there is none."""
    for row, column in places:
        cell = next((c for c in sheet.cells(rows[row]) if c.column == column), None) if row in rows else None
        yield decoder.of_cell(cell, row) if cell is not None else None


def _joint(one: Area, other: Area) -> Area:
    top, left = min(one.top, other.top), min(one.left, other.left)
    return Area(top, left, max(one.bottom, other.bottom), max(one.right, other.right))


def _region(plan: Plan[FileTable], sheet: SheetXml, rows: Mapping[int, Row], renderer: Renderer) -> TableRegion:
    table = plan.table

    def cells(number: int) -> dict[int, Cell]:
        row = rows.get(number)
        return {cell.column: cell for cell in sheet.cells(row)} if row is not None else {}

    templates = {row: cells(row) for row in {plan.band_row or 0, table.area.top, table.body.top} if row}

    def looks(row: int, column: int) -> bytes:
        cell = templates[row].get(column)
        return cell.style if cell else b""

    totals = cells(table.area.bottom) if table.totals_rows else {}
    return TableRegion(plan, looks, totals, renderer, sheet.patterns)


def _strayed_headers(
    plan: Plan[FileTable], sheet: SheetXml, rows: Mapping[int, Row], decoder: Decoder
) -> Iterator[tuple[int, int, str]]:
    """Header cells of ours that do not say what the table's own record says, as some programs leave them."""
    row = rows.get(plan.table.area.top)
    if plan.layout.anew or not plan.table.header_rows or row is None:
        return
    found = {cell.column: decoder.of_cell(cell, row.number) for cell in sheet.cells(row)}
    for column in plan.own:
        text, value = plan.table.header[column - plan.table.area.left], found.get(column)
        if value != text and (isinstance(value, str) or read_text(value) != read_text(text)):
            yield row.number, column, text


def _same_look(table: FileTable, j: int, like: int | None, sheet: SheetXml, rows: Mapping[int, Row]) -> bool:
    first = rows.get(table.body.top)
    styles = {cell.column: cell.style for cell in sheet.cells(first)} if first is not None else {}
    return like is None or styles.get(table.area.left + j) == styles.get(table.area.left + like)


def _holds_scores(table: FileTable, j: int, sheet: SheetXml, rows: Mapping[int, Row], decoder: Decoder) -> bool:
    """Whether a column holds nothing but numbers from 0 to 100, and none of them by a formula."""
    column = table.area.left + j
    if table.formulas[j]:
        return False
    body = table.body
    if has_formula(sheet.data):
        there = (row for number, row in rows.items() if body.top <= number <= body.bottom)
        cells = (cell for row in there for cell in sheet.cells(row) if cell.column == column)
        if any(has_formula(cell.content) for cell in cells):
            return False
    values = read_columns(sheet, Area(body.top, column, body.bottom, column), decoder)[0]
    return all(value is None or (isinstance(value, float) and 0 <= value <= 100) for value in values)
