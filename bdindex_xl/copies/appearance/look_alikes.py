"""Cells outside the result tables that a reader may take for them: headers or a heading repeated elsewhere.

A summary of the reader's own that says the same is told of. One that stands in place of results that do not show, or
on their own sheet, or under their name, and says something else, deceives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...hosts.files.view import SheetView
from ...language import same
from ...sheets import schema
from ...sheets.areas import Area
from ...sheets.cells import heading, read_number, read_text
from . import sighting_texts as texts
from .around import all_hidden
from .scene import NUMERIC, Scene, Sighting, TableAsComputed, cell

# Defined names on sheets of ours that have no table: that of examples of formulas, that of one unit.
_OF_OURS = (schema.NAME_FUNCTION_HELP, schema.CELL_TITLE.format(table=schema.PROFILE_KEY))
_LEAST = 3  # headers in a row that make a table of ours
# What a score typed with two decimals may be from it.
_CLOSE = {"score": 0.0051, "normalised": 0.0051, "weight": 0.000051}
_AS_TEXT = (b"s", b"str", b"inlineStr")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of texts outside all tables."""

    sheet: SheetView
    number: int
    at: Mapping[str, int]  # column by heading


def sightings(scene: Scene) -> Iterator[Sighting]:
    """All of them, one a look-alike."""
    rows = list(_rows(scene))
    titled = {placed.name: _titled(scene, placed, rows) for placed in scene.tables}
    headers = [{heading(c.header): k for k, c in enumerate(placed.should.columns)} for placed in scene.tables]
    told: set[str] = set()
    for row in rows:
        alike = []
        for placed, of_table in zip(scene.tables, headers, strict=True):
            found = _found(placed, of_table, row)
            if found:
                wrong = list(_contradictions(placed, row, found))
                judged = _judged(scene, placed, row, found, wrong, titled=row.sheet.name in titled[placed.name])
                alike.append((len(wrong), judged))
        if alike:
            told.add(row.sheet.name)
            # Of several tables with such headers, one that it says the same as; else one in whose place it stands.
            _, judged = min(alike, key=lambda one: (one[0] > 0, not one[1].deceives, one[0]))
            yield judged
    for placed in scene.tables:
        for name, where in titled[placed.name].items():
            if name not in told and scene.view.hidden(placed.view.name):
                yield Sighting("look-alike", True, name, where, texts.ONE_TABLE.format(sheet=placed.view.name),
                               texts.LOOK_ALIKE)  # fmt: skip


def _titled(scene: Scene, placed: TableAsComputed, rows: list[_Row]) -> dict[str, str]:
    """Sheets that repeat a table's heading, with the cell."""
    title = heading(scene.headings.get(schema.CELL_TITLE.format(table=placed.name), ""))
    return {
        row.sheet.name: cell(row.number, row.at[title])
        for row in rows
        if title in row.at and title and (row.sheet.name != placed.view.name or row.number > placed.header_row)
    }


def _found(placed: TableAsComputed, headers: Mapping[str, int], row: _Row) -> dict[int, int]:
    """Columns by place in the table, where a row has enough of the table's headers; else none."""
    found = {headers[text]: at for text, at in row.at.items() if text in headers}
    roles = {placed.should.columns[k].role for k in found}
    return found if len(found) >= _LEAST and roles & NUMERIC and "name" in roles else {}


def _rows(scene: Scene) -> Iterator[_Row]:
    """Rows of visible sheets with texts outside all tables; sheets that are made by us without a table are left out."""
    ours = {scene.working} | {place[0] for name in scene.view.names if name.name in _OF_OURS
                              and (place := _sheet_of(name.text)) is not None}  # fmt: skip
    areas: dict[str, list[Area]] = defaultdict(list)
    for table in scene.view.tables.values():
        areas[table.sheet_name].append(table.area)
    for name in scene.view.sheets:
        if scene.view.hidden(name) or name in ours:
            continue
        view = scene.view.sheet(name)
        for number, cells in view.rows.items():
            across = [area for area in areas[name] if area.top <= number <= area.bottom]
            at: dict[str, int] = {}
            for column, there in cells.items():
                if there.type in _AS_TEXT and not any(a.left <= column <= a.right for a in across):
                    at.setdefault(heading(read_text(view.value(number, column))), column)
            if at and number not in view.hidden_rows:
                yield _Row(view, number, at)


def _sheet_of(text: str) -> tuple[str] | None:
    sheet, mark, _ = text.rpartition("!")
    return (sheet.strip("'").replace("''", "'"),) if mark else None


def _judged(
    scene: Scene,
    placed: TableAsComputed,
    row: _Row,
    found: Mapping[int, int],
    wrong: Sequence[tuple[str, str, str]],
    *,
    titled: bool,
) -> Sighting:
    """What a row of our headers outside our tables is: deceiving where it stands for the results and is not theirs."""
    expected, where = texts.ONE_TABLE.format(sheet=placed.view.name), cell(row.number, min(found.values()))
    stands_for = (
        titled
        or all_hidden(placed, scene)
        or row.sheet.name == placed.view.name
        or heading(row.sheet.name) in _usual_sheets(scene, placed)
    )
    if not wrong:
        return Sighting("look-alike", False, row.sheet.name, where, expected, texts.LOOK_ALIKE)
    place, should, shown = wrong[0]
    told = texts.LOOK_ALIKE_FALSE.format(n=len(wrong), place=place, expected=same(should), found=same(shown))
    return Sighting("look-alike", stands_for, row.sheet.name, where, expected, told)


def _usual_sheets(scene: Scene, placed: TableAsComputed) -> set[str]:
    """Names that the table's sheet has of itself."""
    sheet = schema.sheet_of(placed.name)
    if sheet is not None and sheet is not schema.RANKING:
        return set(map(heading, sheet.name.both()))
    return {
        heading(text)
        for ranking in scene.inputs.rankings
        if schema.table_of(schema.RANKING.table, ranking.key) == placed.name
        for text in schema.RANKING.name.format(ranking=schema.ranking_label(ranking.key)).both()
    }


def _contradictions(placed: TableAsComputed, row: _Row, found: Mapping[int, int]) -> Iterator[tuple[str, str, str]]:
    """Cells under those headers that say something else than the results of the unit beside them."""
    columns = placed.should.columns
    names = [k for k in found if columns[k].role not in NUMERIC]
    keys = [tuple(read_text(columns[k].values[i]) for k in names) for i in range(placed.should.n_rows)]
    rows = {key: i for i, key in reversed(list(enumerate(keys)))}
    number = row.number + 1
    while any(row.sheet.cell(number, found[k]) is not None for k in names):
        key = tuple(read_text(row.sheet.value(number, found[k])) for k in names)
        i = rows.get(key)
        if i is None:
            yield cell(number, found[names[0]]), "—", " ".join(key)
        else:
            for k, at in found.items():
                if k not in names:
                    value = row.sheet.value(number, at)
                    if not _alike(columns[k].values[i], value, columns[k].role):
                        yield cell(number, at), _spelt(columns[k].values[i]), _spelt(value)
        number += 1


def _alike(expected: Any, found: Any, role: str) -> bool:
    a, b = (read_number(value if isinstance(value, str) or value is None else float(value)).number
            for value in (expected, found))  # fmt: skip
    if a != a or b != b:
        return a != a and b != b
    return abs(a - b) <= _CLOSE.get(role, 0.0)


def _spelt(value: Any) -> str:
    number = read_number(value if isinstance(value, str) or value is None else float(value)).number
    return read_text(value) if number != number else f"{number:.6g}"
