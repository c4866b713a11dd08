"""Cells that show something else than they hold: by number format, by colour or size of their text, by a condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from ...hosts.files.looks import CellLook
from ...hosts.files.view import ConditionalFormat, SheetView
from ...language import Text
from ...sheets.areas import Area
from ...sheets.schema import ROLES
from . import sighting_texts as texts
from .number_formats import displayed, faithful, is_plain
from .scene import Scene, Sighting, TableAsComputed, cells_of

NumberOrText = float | str
ValueIn = Callable[[int], NumberOrText | None]  # of a row
Styles = Mapping[bytes, list[int]]  # rows of a column by the style of their cells
_NONE: Styles = {}


def sightings(scene: Scene) -> Iterator[Sighting]:
    """All of them: of results and headings first, then of what was entered."""
    for placed in scene.tables:
        for k, at in placed.columns.items():
            usual = ROLES[placed.should.columns[k].role].number_format
            values = partial(_plain_of, placed, k)
            yield from _column(placed.view, at, placed.styles.get(at, _NONE), values, usual, scaled=False)
        yield from _of_table(scene, placed)
        yield from _of_rules(placed.view, placed)
    for name in scene.headings:
        place = scene.view.cell_of(name)
        if place is not None:
            sheet, row, at = place
            view = scene.view.sheet(sheet)
            there = view.cell(row, at)
            styles = {there.style: [row]} if there is not None else _NONE
            yield from _column(view, at, styles, partial(_plain_at, view, at), "General", scaled=False)
    for filled in scene.input_tables:
        area, view = filled.table.area, filled.view
        for at in range(area.left, area.right + 1):
            styles = filled.styles.get(at, _NONE)
            yield from _column(view, at, styles, partial(_plain_at, view, at), None, scaled=True)


def _column(
    view: SheetView, column: int, styles: Styles, value_in: ValueIn, usual: str | None, *, scaled: bool
) -> Iterator[Sighting]:
    """Cells of a column by their look; `usual` is the format that the column has of itself."""
    for style, of_style in styles.items():
        look = view.look(style)
        code = look.number_format or "General"
        if look.hides():
            yield Sighting("text colour", True, view.name, cells_of(of_style, column), texts.LEGIBLE, texts.INVISIBLE)
        elif look.tiny:
            yield Sighting("text size", True, view.name, cells_of(of_style, column), texts.LEGIBLE, texts.TINY)
        if code == usual or (usual is None and is_plain(code)):
            continue
        values = {row: value for row in of_style if (value := value_in(row)) is not None}
        wrong = [row for row, value in values.items() if not faithful(code, value, scaled=scaled)]
        if wrong:
            found = _displayed(code, values[wrong[0]])
            yield Sighting("number format", True, view.name, cells_of(wrong, column),
                           _should(values[wrong[0]], usual), found)  # fmt: skip
        others = [row for row, value in values.items() if row not in wrong and _differs(code, usual, value)]
        if others:
            yield Sighting("number format", False, view.name, cells_of(others, column),
                           _should(values[others[0]], usual), _displayed(code, values[others[0]]))  # fmt: skip


def _differs(code: str, usual: str | None, value: NumberOrText) -> bool:
    """Whether a faithful format shows a value in another way than it is usual; of what was entered, in thousands."""
    if usual is None:
        return not faithful(code, value)
    return displayed(code, value).strip() != displayed(usual, value).strip()


def _plain_of(placed: TableAsComputed, k: int, row: int) -> NumberOrText | None:
    return _plain(placed.value(k, row))


def _plain_at(view: SheetView, column: int, row: int) -> NumberOrText | None:
    return _plain(view.value(row, column))


def _plain(value: object) -> NumberOrText | None:
    """A number or a text, as a format is put on it."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    return value if isinstance(value, str) else float(value)


def _should(value: NumberOrText, usual: str | None) -> Text:
    return texts.SHOWS.format(shown=displayed(usual or "General", value))


def _displayed(code: str, value: NumberOrText) -> Text:
    shown = displayed(code, value)
    return (texts.DISPLAYED if shown.strip() else texts.DISPLAYED_NOTHING).format(shown=shown, code=code)


def _of_table(scene: Scene, placed: TableAsComputed) -> Iterator[Sighting]:
    """What the table itself would have its columns look like."""
    area = str(placed.table.body)
    if any(look.text is not None and look.hides() for look in scene.view.style_of(placed.table.name)):
        yield Sighting("table style", True, placed.view.name, area, texts.LEGIBLE, texts.INVISIBLE_BY_TABLE)
    looks = scene.view.column_looks(placed.table.name)
    for k, at in placed.columns.items():
        look = looks.get(at - placed.table.area.left)
        told = _brought(look, partial(_plain_of, placed, k), placed.rows) if look is not None else None
        if told is not None:
            row, value, shown = told
            yield Sighting("table style", True, placed.view.name, cells_of([row], at), _should(value, None),
                           texts.BY_TABLE.format(shown=shown))  # fmt: skip


def _brought(look: CellLook, value_in: ValueIn, rows: Iterable[int]) -> tuple[int, NumberOrText, Text] | None:
    """The first cell of which a brought look would show something else, and what."""
    code = look.number_format
    for row in rows if code is not None else ():
        value = value_in(row)
        if code is not None and value is not None and not faithful(code, value):
            return row, value, _displayed(code, value)
    return None


def _of_rules(view: SheetView, placed: TableAsComputed) -> Iterator[Sighting]:
    """Conditional formats over a result table."""
    for rule in view.rules():
        if rule.look is None and not rule.hides_value and not rule.reversed:
            continue
        for k, at in placed.columns.items():
            rows = _rows_within(rule.areas, at, placed.rows)
            found = list(_of_rule(rule, placed, k, rows)) if rows else []
            yield from found
            if found:  # a rule over many columns is told of once
                break


def _of_rule(rule: ConditionalFormat, placed: TableAsComputed, k: int, rows: list[int]) -> Iterator[Sighting]:
    view, column = placed.view, placed.columns[k]

    def told(expected: Text, found: Text, *, deceives: bool = True) -> Sighting:
        return Sighting("conditional format", deceives, view.name, cells_of(rows, column), expected, found)

    if rule.hides_value:
        yield told(texts.LEGIBLE, texts.HIDDEN_BY_ICON)
    if rule.reversed:
        yield told(texts.USUAL_ICONS, texts.REVERSED_ICONS, deceives=False)
    if rule.look is None:
        return
    brought = _brought(rule.look, partial(_plain_of, placed, k), rows)
    if brought is not None:
        _, value, shown = brought
        usual = ROLES[placed.should.columns[k].role].number_format
        yield told(_should(value, usual), texts.BY_CONDITION.format(shown=shown))
    if rule.look.text or rule.look.fill:
        within = set(rows)
        styles = placed.styles.get(column, _NONE)
        below = (view.look(style) for style, of_style in styles.items() if not within.isdisjoint(of_style))
        if any(map(rule.look.hides, below)):
            yield told(texts.LEGIBLE, texts.INVISIBLE_BY_CONDITION)


def _rows_within(areas: Iterable[Area], column: int, rows: range) -> list[int]:
    found: set[int] = set()
    for area in areas:
        if area.left <= column <= area.right and rows:
            found.update(range(max(area.top, rows[0]), min(area.bottom, rows[-1]) + 1))
    return sorted(found)
