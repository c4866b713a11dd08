"""What a reader of a workbook sees, against what its cells hold: one module a kind of difference.

Each yields `Sighting`s; `copies.verify` puts them together with its own findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...engine.compute import Result
from ...hosts.files import FileBook
from ...hosts.files.view import View
from ...sheets import schema
from ...sheets.book import ResultTable
from ...sheets.cells import read_text
from ...sheets.entered import Entered
from ...sheets.inputs import Inputs
from ...sheets.write import headings as heads_of
from . import around, covered, formats, headings, live, look_alikes, substitutes
from . import sighting_texts as texts
from .live import Remake
from .scene import Scene, Sighting


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen otherwise than it should be; visible sheets that hold neither inputs nor results; whether
    results are the right formulas and await calculation; result tables that a copy says it was made without."""

    sightings: tuple[Sighting, ...]
    unverified: tuple[str, ...]
    awaiting: bool
    left_out: frozenset[str]


def look(
    book: FileBook,
    inputs: Inputs,
    results: Mapping[str, Result],
    should: Sequence[ResultTable],
    remake: Remake | None,
    further: Mapping[str, str],
    *,
    notes: bool,
    new_formulas: Sequence[Entered],
    as_should: bool,
) -> Seen:
    """Look at a workbook as its reader does.

    `should` are its result tables as computed anew, `further` headings beside the usual ones, by defined name. Without
    `remake`, formulas of a copy for others are not looked at. With `notes`, those that another version has worded are
    told of. `new_formulas` are inputs that were values when the results were computed; `as_should` tells that all
    results show what they should.
    """
    heads = {name: read_text(text) for name, text in heads_of(inputs).items()} | dict(further)
    view = View(book.to_bytes())
    working = view.cell_of(schema.NAME_STEPS)
    new = frozenset((one.sheet, *one.at) for one in new_formulas)
    scene = Scene(view, inputs, should, heads, working[0] if working is not None else None, new)
    found = list(headings.notes(scene)) if notes else []
    found += [
        one for kind in (substitutes, formats, headings, around, covered, look_alikes) for one in kind.sightings(scene)
    ]
    anew, names = remake(book, inputs, results) if remake is not None else (None, {})
    found += live.sightings(scene, anew, names)
    right = anew is not None and not any(one.rule in live.RULES for one in found)
    awaiting = right and not as_should and live.uncalculated(scene)
    if awaiting:
        found.append(Sighting("uncalculated", False, "", "", texts.CALCULATED, texts.UNCALCULATED))
    left_out = next((name.text for name in view.names if name.name == schema.NAME_LEFT_OUT), "")
    return Seen(
        tuple(found),
        _unverified(scene, steps_too=anew is None),
        awaiting,
        frozenset(left_out.strip('="').split(",")) - {""},
    )


def _unverified(scene: Scene, *, steps_too: bool) -> tuple[str, ...]:
    tables = scene.view.tables
    known = {placed.view.name for placed in scene.tables} | {filled.view.name for filled in scene.input_tables}
    known |= {tables[sheet.table].sheet.name for sheet in schema.OF_RUN if sheet.table in tables}
    # Analyses that nobody has made: there is nothing to verify.
    analyses = (sheet.table for sheet in schema.ANALYSES if sheet.table in tables)
    known |= {tables[name].sheet.name for name in analyses if not scene.filled(name).rows}
    guide = scene.view.cell_of(schema.CELL_STATUS)
    known |= {guide[0]} if guide is not None else set()
    known |= set() if steps_too or scene.working is None else {scene.working}
    return tuple(name for name in scene.view.sheets if name not in known and not scene.view.hidden(name))
