"""Cells of tables that something lies over or that are shown as one with others, and zeros that show as blanks."""

from __future__ import annotations

from collections.abc import Iterator

from ...hosts.files.view import SheetView
from ...sheets.areas import Area
from . import sighting_texts as texts
from .scene import NUMERIC, Scene, Sighting, TableAsComputed, cell, cells_of

_MOST = 10  # cells named of one area


def sightings(scene: Scene) -> Iterator[Sighting]:
    """All of them, of results and of what was entered."""
    for table in (*scene.tables, *scene.input_tables):
        if table.rows:
            shown = Area(table.header_row, table.table.area.left, table.rows[-1], table.table.area.right)
            yield from _merged(table.view, shown)
            yield from _drawn(scene, table.view, shown)
    for placed in scene.tables:
        yield from _zeros(placed)


def _merged(view: SheetView, shown: Area) -> Iterator[Sighting]:
    room = shown.size  # what cells that are merged twice would exceed: no program makes them, and they could be endless
    for area in view.merged:
        if not area.overlaps(shown):
            continue
        room -= shown.common(area).size
        if room < 0:
            yield Sighting("merged", True, view.name, str(shown), texts.APART, texts.MERGED_TWICE)
            return
        under = [place for place in _held(view, shown, area) if place != (area.top, area.left)]
        if under:
            where = ", ".join(cell(*place) for place in under[:_MOST])
            yield Sighting("merged", True, view.name, where, texts.APART, texts.MERGED.format(area=str(area)))


def _drawn(scene: Scene, view: SheetView, shown: Area) -> Iterator[Sighting]:
    for one in scene.view.drawn(view.name):
        if one.area.overlaps(shown) and any(_held(view, shown, one.area)):
            where, deceives = str(shown.common(one.area)), not (one.is_chart or one.is_clear)
            found = texts.COVERED.format(name=one.name)
            yield Sighting("covered", deceives, view.name, where, texts.OPEN_TO_VIEW, found)


def _zeros(placed: TableAsComputed) -> Iterator[Sighting]:
    view = placed.view
    for k, at in placed.columns.items() if view.blank_zeros else ():
        is_number = placed.should.columns[k].role in NUMERIC
        rows = [row for row in placed.rows if placed.value(k, row) == 0] if is_number else []
        if rows:
            yield Sighting("blank zeros", False, view.name, cells_of(rows, at), texts.ZEROS, texts.BLANK_ZEROS)


def _held(view: SheetView, shown: Area, area: Area) -> Iterator[tuple[int, int]]:
    """Cells of an area that are of the table and hold something; they overlap."""
    both = shown.common(area)
    columns = range(both.left, both.right + 1)
    return ((row, at) for row in range(both.top, both.bottom + 1) for at in columns if view.cell(row, at) is not None)
