"""Cells of tables that something lies over or that are shown as one with others, and zeros that show as blanks."""

from __future__ import annotations

from collections.abc import Iterator

from ...hosts.files.view import SheetView
from ...sheets.areas import Area
from . import sighting_texts as texts
from .scene import NUMERIC, Scene, ShownTable, Sighting, TableAsComputed, cell, cells_of


def sightings(scene: Scene) -> Iterator[Sighting]:
    """All of them, of results and of what was entered."""
    for table in (*scene.tables, *scene.input_tables):
        yield from _merged(table)
        yield from _drawn(scene, table)
    for placed in scene.tables:
        yield from _zeros(placed)


def _merged(table: ShownTable) -> Iterator[Sighting]:
    shown = _shown_area(table)
    for area in table.view.merged:
        if shown is None or not area.overlaps(shown):
            continue
        under = [(row, at) for row, at in _cells(table.view, shown, area) if (row, at) != (area.top, area.left)]
        if under:
            yield Sighting("merged", True, table.view.name, ", ".join(cell(*one) for one in under[:_MOST]),
                           texts.APART, texts.MERGED.format(area=str(area)))  # fmt: skip


_MOST = 10  # cells named of one area


def _drawn(scene: Scene, table: ShownTable) -> Iterator[Sighting]:
    shown = _shown_area(table)
    for one in scene.view.drawn(table.view.name) if shown is not None else ():
        if shown is not None and one.area.overlaps(shown) and _cells(table.view, shown, one.area):
            deceives = not (one.is_chart or one.is_clear)
            yield Sighting("covered", deceives, table.view.name, str(_common(shown, one.area)), texts.OPEN_TO_VIEW,
                           texts.COVERED.format(name=one.name))  # fmt: skip


def _zeros(placed: TableAsComputed) -> Iterator[Sighting]:
    if not placed.view.blank_zeros:
        return
    for k, at in placed.columns.items():
        if placed.should.columns[k].role in NUMERIC:
            rows = [row for row in placed.rows if placed.value(k, row) == 0]
            if rows:
                yield Sighting(
                    "blank zeros", False, placed.view.name, cells_of(rows, at), texts.ZEROS, texts.BLANK_ZEROS
                )


def _shown_area(table: ShownTable) -> Area | None:
    """The table from its header down to the last row that holds anything."""
    area = table.table.area
    return Area(table.header_row, area.left, table.rows[-1], area.right) if table.rows else None


def _common(one: Area, other: Area) -> Area:
    return Area(max(one.top, other.top), max(one.left, other.left), min(one.bottom, other.bottom),
                min(one.right, other.right))  # fmt: skip


def _cells(view: SheetView, shown: Area, area: Area) -> list[tuple[int, int]]:
    """Cells of the table in an area that hold something."""
    both = _common(shown, area)
    columns = range(both.left, both.right + 1)
    return [(row, at) for row in range(both.top, both.bottom + 1) for at in columns if view.cell(row, at) is not None]
