"""Formulas and texts in place of values: in results none may stand, in inputs only those that stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...hosts.files.sheet_xml import Cell
from ...hosts.files.view import SheetView
from ...language import Text, same
from ...sheets.cells import plain_number, read_number, read_text
from . import sighting_texts as texts
from .scene import NUMERIC, Scene, ShownTable, Sighting, TableAsComputed, cell, cells_of

_NONE: Mapping[int, Cell] = {}
_AS_TEXT = (b"s", b"str", b"inlineStr")
_NOT_STEADY = re.compile(r"\b(?:RAND|RANDBETWEEN|RANDARRAY|NOW|TODAY)\(", re.I)  # another value every time
_EXTERNAL = re.compile(r"\[\d+\]|\[[^\]]*\.(?:xl\w*|csv|ods)\]|\b(?:WEBSERVICE|RTD|DDE)\(|\|", re.I)
_QUOTED = re.compile(r'"[^"]*"')


def sightings(scene: Scene) -> Iterator[Sighting]:
    """All of them; the formulas of a copy whose results are formulas are another module's."""
    for placed in scene.tables:
        yield from _of_results(placed, formulas_too=scene.working is None)
    for name in scene.headings:
        place = scene.view.cell_of(name)
        if place is not None:
            sheet, row, column = place
            formula = scene.view.sheet(sheet).formula(row, column)
            if formula is not None:
                yield _formula(sheet, cell(row, column), formula)
    for filled in scene.input_tables:
        yield from _of_inputs(scene, filled)


def _of_results(placed: TableAsComputed, *, formulas_too: bool) -> Iterator[Sighting]:
    view, rows, first = placed.view, placed.view.rows, placed.table.area.left
    for column, at in placed.placed:
        numeric = column.role in NUMERIC
        for row in placed.rows:
            there = rows.get(row, _NONE).get(at)
            if there is None or there.empty or not (there.content or (numeric and there.type in _AS_TEXT)):
                continue
            if there.content and view.holds_formula(there):
                if formulas_too:
                    yield _formula(view.name, cell(row, at), view.formula(row, at) or "")
            elif numeric:
                value = view.value(row, at)
                number = read_number(value).number
                headed = row == placed.table.area.top and read_text(value) == placed.table.header[at - first]
                if number == number and not headed:  # a table may be recorded as having no header
                    yield Sighting("number as text", True, view.name, cell(row, at),
                                   texts.A_NUMBER.format(value=f"{number:.15g}"),
                                   texts.A_TEXT.format(value=read_text(value)))  # fmt: skip


def _formula(sheet: str, where: str, formula: str) -> Sighting:
    return Sighting("formula", True, sheet, where, texts.A_VALUE, texts.FORMULA.format(formula=formula))


def _of_inputs(scene: Scene, filled: ShownTable) -> Iterator[Sighting]:
    """Formulas among what was entered: told of; at fault where they came after the results, or where what they give is
    not what was computed with."""
    view, area = filled.view, filled.table.area
    usual: dict[int, list[int]] = {}
    new: dict[int, list[int]] = {}
    for row in filled.rows:
        for at, there in view.rows.get(row, {}).items():
            if not there.content or not area.left <= at <= area.right:
                continue
            formula = view.formula(row, at)
            if formula is None:
                continue
            told = _unsteady(view, row, at, formula)
            if told is not None:
                yield told
            else:
                kind = new if (view.name, row, at) in scene.new_formulas else usual
                kind.setdefault(at, []).append(row)
    for at, rows in new.items():
        yield _listed(view, {at: rows}, texts.INPUT_THEN, deceives=True)
    if usual:
        yield _listed(view, dict(sorted(usual.items())), texts.INPUT_VALUES, deceives=False)


def _unsteady(view: SheetView, row: int, at: int, formula: str) -> Sighting | None:
    """A formula whose value is another every time, or another already than the one that shows."""
    value = read_text(view.value(row, at))
    bare = _QUOTED.sub('""', formula)
    if _NOT_STEADY.search(bare) or _EXTERNAL.search(bare):
        found = texts.FORMULA.format(formula=formula)
        return Sighting("input formula", True, view.name, cell(row, at), texts.STEADY, found)
    constant = _constant(formula)
    if constant is not None and constant != value:
        expected = texts.CONSTANT.format(value=constant)
        return Sighting("input formula", True, view.name, cell(row, at), expected, same(f"“{value}”"))
    return None


def _listed(view: SheetView, rows_of: Mapping[int, list[int]], expected: Text, *, deceives: bool) -> Sighting:
    """Formulas of some columns of inputs in one line."""
    first, rows = next(iter(rows_of.items()))
    where = ", ".join(cells_of(rows, at) for at, rows in rows_of.items())
    found = texts.INPUT_FORMULAS.format(n=sum(map(len, rows_of.values())), formula=view.formula(rows[0], first))
    return Sighting("input formula", deceives, view.name, where, expected, found)


def _constant(formula: str) -> str | None:
    """The value of a formula that is a number or a text alone."""
    text = formula.strip().lstrip("+")
    if text.startswith('"') and text.endswith('"') and '"' not in text[1:-1].replace('""', ""):
        return read_text(text[1:-1].replace('""', '"'))
    number = plain_number(text)
    return read_text(number) if number is not None else None
