"""What stands above the result tables: headings that lost their names or their place, and the bands over headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...language import same
from ...sheets import layout, schema
from ...sheets.cells import heading, read_text
from . import sighting_texts as texts
from .scene import Scene, Sighting, TableAsComputed, cell


def sightings(scene: Scene) -> Iterator[Sighting]:
    """All of them."""
    for placed in scene.tables:
        for template in (schema.CELL_TITLE, schema.CELL_NOTE):
            name = template.format(table=placed.name)
            text = scene.headings.get(name)
            if text:
                yield from _named(scene, placed, name, text)
        yield from _like_title(scene, placed)
        if placed.should.band is not None:
            yield from _bands(scene, placed, placed.should.band)


def notes(scene: Scene) -> Iterator[Sighting]:
    """Notes that are worded in another way than this version words them."""
    for placed in scene.tables:
        name = schema.CELL_NOTE.format(table=placed.name)
        place, text = scene.view.cell_of(name), scene.headings.get(name, "")
        if place is not None and text:
            sheet, row, column = place
            found = read_text(scene.view.sheet(sheet).value(row, column))
            if found != text:
                yield Sighting("note", False, sheet, cell(row, column), same(f"“{text}”"), same(f"“{found}”"))


def _named(scene: Scene, placed: TableAsComputed, name: str, text: str) -> Iterator[Sighting]:
    """A heading whose name is gone or points elsewhere; what the text should be where the name is right is no matter
    of this module."""
    place, sheet = scene.view.cell_of(name), placed.view.name
    expected = texts.TITLE.format(text=text)
    if place is None:
        row = next((r for r, _, found in _above(placed) if found == text), None)
        found = texts.NO_TITLE if row is None else texts.TITLE_UNNAMED.format(name=name)
        yield Sighting("heading", row is None, sheet, cell(row or 1, placed.table.area.left), expected, found)
        return
    at, row, column = place
    if at != sheet or row >= placed.header_row:
        where = f"{at}!{cell(row, column)}"
        yield Sighting("heading", True, sheet, "", expected, texts.TITLE_ELSEWHERE.format(name=name, place=where))
    elif row in placed.view.hidden_rows:
        yield Sighting("heading", False, sheet, cell(row, column), expected, texts.TITLE_HIDDEN)


def _above(placed: TableAsComputed) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of what stands above the table."""
    for row in range(1, placed.header_row):
        for column in placed.view.rows.get(row, {}):
            value = placed.view.value(row, column)
            if isinstance(value, str):
                yield row, column, read_text(value)


def _like_title(scene: Scene, placed: TableAsComputed) -> Iterator[Sighting]:
    """Another heading over the table that differs from its own in numbers alone."""
    name = schema.CELL_TITLE.format(table=placed.name)
    text, place = scene.headings.get(name, ""), scene.view.cell_of(name)
    for row, column, found in _above(placed):
        if place != (placed.view.name, row, column) and found != text and _shape(found) == _shape(text):
            yield Sighting("heading", True, placed.view.name, cell(row, column), texts.TITLE.format(text=text),
                           texts.LIKE_TITLE.format(text=found))  # fmt: skip


def _begins(header: str, band: str) -> bool:
    return heading(header).startswith(heading(band))


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", heading(text))


def _bands(scene: Scene, placed: TableAsComputed, band: tuple[str, ...]) -> Iterator[Sighting]:
    """The row above the header that says to which aggregate columns belong.

    A band that a reader took away says nothing wrong, nor does one that names the node as the header does, which
    workbooks of earlier versions have; over the index itself there is none, so a note may stand there.
    """
    inputs = scene.inputs
    sheet = schema.GROUPS if placed.name == schema.GROUPS.table else schema.RANKING
    levels = {spec.header: spec.level for spec in layout.specs(sheet, inputs.framework, inputs.lang)}
    row = placed.header_row - 1
    if row < 1:
        return
    for k, column in placed.columns.items():
        value = placed.view.value(row, column)
        found = read_text(value)
        header = placed.should.columns[k].header
        if not levels.get(header) or heading(found) == heading(band[k]) or (found and _begins(header, found)):
            continue
        expected = texts.BAND.format(text=band[k]) if band[k] else texts.NO_BAND
        told = texts.BAND.format(text=found) if found else texts.NO_BAND
        yield Sighting("band", bool(found), placed.view.name, cell(row, column), expected, told)
