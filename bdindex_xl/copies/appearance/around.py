"""What hides a result table's cells from view, and what stands in or beside it as if it were part of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...language import Text
from ...sheets import layout, schema
from ...sheets.book import Uncalculated
from ...sheets.cells import heading, read_number, read_text
from . import sighting_texts as texts
from .scene import NAMING, NUMERIC, Scene, Sighting, TableAsComputed, cell, cells_of

_REFERENCE = re.compile(r"[A-Za-z]{1,3}\$?\d|\[")
_NOT_LETTER = re.compile(r"[\W\d_]+")
_ALTERED = re.compile(r"最终|正式|实际|官方|新|final|official|actual|real|new")
# Letters of other alphabets that look like Latin ones.
_LIKE = str.maketrans("аеорсхуіѕԁһјкмтАВЕКМНОРСТХαορν", "aeopcxyisdhjkmtabekmhopctxaopv")
_MOST_BESIDE = 20


def sightings(scene: Scene) -> Iterator[Sighting]:
    """All of them."""
    for placed in scene.tables:
        yield from _hidden(scene, placed)
        yield from _below(placed)
        yield from _within(placed)
        yield from _beside(placed)


def all_hidden(placed: TableAsComputed, scene: Scene) -> bool:
    """Whether nothing of a table shows."""
    rows = placed.rows
    return scene.view.hidden(placed.view.name) or (len(rows) > 0 and set(rows) <= placed.view.hidden_rows)


def _hidden(scene: Scene, placed: TableAsComputed) -> Iterator[Sighting]:
    view = placed.view
    if scene.view.hidden(view.name):
        yield Sighting("hidden", False, view.name, "", texts.VISIBLE_SHEET, texts.HIDDEN_SHEET)
        return
    rows = [row for row in placed.rows if row in view.hidden_rows]
    if rows:
        yield Sighting("hidden", False, view.name, cells_of(rows, placed.table.area.left),
                       texts.ALL_ROWS.format(n=len(placed.rows)), texts.HIDDEN_ROWS.format(n=len(rows)))  # fmt: skip
    inputs = scene.inputs
    levels = {spec.header: spec.level for spec in layout.specs(schema.RANKING, inputs.framework, inputs.lang)}
    for column, at in placed.placed:
        # Deeper levels are folded away as we make them.
        if levels.get(column.header, 0) < 2 and any(a <= at <= b for a, b, _ in view.hidden_columns):
            yield Sighting("hidden", False, view.name, cell(placed.header_row, at),
                           texts.ALL_COLUMNS.format(header=column.header), texts.HIDDEN_COLUMN)  # fmt: skip


def _below(placed: TableAsComputed) -> Iterator[Sighting]:
    """Rows right under the table that continue it."""
    view, row = placed.view, placed.table.area.bottom + 1
    while row <= placed.table.area.bottom + _MOST_BESIDE:
        filled = [(column, at) for column, at in placed.placed if view.cell(row, at) is not None]
        if not filled:
            return
        numbers = [at for column, at in filled if column.role in NUMERIC and _is_number(placed, row, at)]
        named = [at for column, at in filled if column.role in NAMING and at not in numbers]
        text = " ".join(read_text(view.value(row, at)) for _, at in filled[:6])
        if numbers and all(_refers(view.formula(row, at)) for at in numbers):
            yield _under(placed, row, texts.SUMMARY_BELOW.format(text=text), deceives=False)
        elif numbers and (named or len(numbers) > 1):
            yield _under(placed, row, texts.ROW_BELOW.format(text=text), deceives=True)
        row += 1


def _under(placed: TableAsComputed, row: int, found: Text, *, deceives: bool) -> Sighting:
    where = cell(row, placed.table.area.left)
    return Sighting("row below", deceives, placed.view.name, where, texts.TABLE_ENDS, found)


def _is_number(placed: TableAsComputed, row: int, at: int) -> bool:
    value = placed.view.value(row, at)
    number = read_number(value).number
    return number == number or isinstance(value, Uncalculated)


def _refers(formula: str | None) -> bool:
    """Whether a formula follows other cells, as a sum or a mean under a table does."""
    return formula is not None and _REFERENCE.search(formula) is not None


def _within(placed: TableAsComputed) -> Iterator[Sighting]:
    """Columns in the table that are none of ours."""
    ours = set(placed.columns.values())
    for at, header in enumerate(placed.header, placed.table.area.left):
        if at not in ours:
            yield _foreign(placed, at, header)


def _beside(placed: TableAsComputed) -> Iterator[Sighting]:
    """Columns beside the table that continue it, or that are headed as ours are."""
    area, row = placed.table.area, placed.header_row
    outside = [at for at in placed.view.rows.get(row, {}) if not area.left <= at <= area.right]
    edges = {area.left, area.right}
    for at in sorted(outside, key=lambda at: min(abs(at - area.left), abs(at - area.right))):
        header = read_text(placed.view.value(row, at))
        if not header:
            continue
        adjoins = at - 1 in edges or at + 1 in edges
        edges |= {at} if adjoins else set()
        told = _foreign(placed, at, header)
        if adjoins or told.deceives:
            yield told


def _foreign(placed: TableAsComputed, at: int, header: str) -> Sighting:
    alike = resembles(header, [column.header for column in placed.should.columns])
    return Sighting("column", alike, placed.view.name, cell(placed.header_row, at), texts.NO_SUCH_COLUMN,
                    (texts.COLUMN_LIKE_OURS if alike else texts.OWN_COLUMN).format(header=header))  # fmt: skip


def resembles(header: str, ours: list[str]) -> bool:
    """Whether a reader may take a header for one of ours.

    >>> resembles("Rank 2", ["Rank", "Unit"]), resembles("最终排名", ["排名"]), resembles("Population", ["Rank"])
    (True, True, False)
    """
    known = {_skeleton(text) for text in ours}
    bare = _skeleton(header)
    return bool(bare) and (bare in known or _ALTERED.sub("", bare) in known)


def _skeleton(text: str) -> str:
    plain = unicodedata.normalize("NFKC", heading(text)).translate(_LIKE)
    return _NOT_LETTER.sub("", plain)
