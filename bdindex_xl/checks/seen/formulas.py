"""Formulas and texts in place of values: in results none may stand, in inputs only those that stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...hosts.files.cells import Cell
from ...language import same
from ...sheets.cells import plain_number, read_number, read_text
from . import texts
from .scene import NUMERIC, Filled, Placed, Scene, Sighting, cell, cells_of

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
        yield from _of_inputs(filled)


def _of_results(placed: Placed, *, formulas_too: bool) -> Iterator[Sighting]:
    view, rows = placed.view, placed.view.rows
    for column, at in placed.placed:
        numeric = column.role in NUMERIC
        for row in placed.rows:
            there = rows.get(row, _NONE).get(at)
            if there is None or there.empty or not (there.content or (numeric and there.type in _AS_TEXT)):
                continue
            formula = view.formula(row, at)
            if formula is not None:
                if formulas_too:
                    yield _formula(view.name, cell(row, at), formula)
            elif numeric:
                value = view.value(row, at)
                number = read_number(value).number
                if number == number:
                    yield Sighting("number as text", True, view.name, cell(row, at),
                                   texts.A_NUMBER.format(value=f"{number:.15g}"),
                                   texts.A_TEXT.format(value=read_text(value)))  # fmt: skip


def _formula(sheet: str, where: str, formula: str) -> Sighting:
    return Sighting("formula", True, sheet, where, texts.A_VALUE, texts.FORMULA.format(formula=formula))


def _of_inputs(filled: Filled) -> Iterator[Sighting]:
    """Formulas among what was entered: told of; at fault where what they give is not what was computed with."""
    view, area, first, number = filled.view, filled.table.area, "", 0
    rows_of: dict[int, list[int]] = {}
    for row in filled.rows:
        for at, there in view.rows.get(row, {}).items():
            if not there.content or not area.left <= at <= area.right:
                continue
            formula = view.formula(row, at)
            if formula is None:
                continue
            value = read_text(view.value(row, at))
            bare = _QUOTED.sub('""', formula)
            if _NOT_STEADY.search(bare) or _EXTERNAL.search(bare):
                found = texts.FORMULA.format(formula=formula)
                yield Sighting("input formula", True, view.name, cell(row, at), texts.STEADY, found)
            elif (constant := _constant(formula)) is not None and constant != value:
                found = texts.CONSTANT.format(value=constant)
                yield Sighting("input formula", True, view.name, cell(row, at), found, same(f"“{value}”"))
            else:
                first, number = first or formula, number + 1
                rows_of.setdefault(at, []).append(row)
    if number:
        where = ", ".join(cells_of(rows, at) for at, rows in sorted(rows_of.items()))
        yield Sighting("input formula", False, view.name, where, texts.INPUT_VALUES,
                       texts.INPUT_FORMULAS.format(n=number, formula=first))  # fmt: skip


def _constant(formula: str) -> str | None:
    """The value of a formula that is a number or a text alone."""
    text = formula.strip().lstrip("+")
    if text.startswith('"') and text.endswith('"') and '"' not in text[1:-1].replace('""', ""):
        return read_text(text[1:-1].replace('""', '"'))
    number = plain_number(text)
    return read_text(number) if number is not None else None
