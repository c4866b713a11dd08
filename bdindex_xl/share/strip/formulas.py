"""Formulas that point at what goes: in cells, tables, conditional formats, drop-downs and sparklines elsewhere.

A cell's formula leaves the value it shows, or nothing where that value is part of what goes.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from ...hosts.files.markup import START_TAG, Edit, Element, plain_text
from ...hosts.files.sheet_xml import Cell, attributes_of, has_formula
from ...language import Text
from ...sheets import areas
from ...sheets.areas import Area
from .draft import SheetDraft, Xml
from .references import Fate, Gone, fate, only_selects
from .reports import Removals

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_VALUE_MARKS = re.compile(rb"""\s+(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_ARRAY_MARK = re.compile(rb"""\s+cm\s*=\s*(?:"[^"]*"|'[^']*')""")
_TEXT_MARK = re.compile(rb"""\s+t\s*=\s*(?:"str"|'str')""")
# Elements that stand or fall with the formulas inside them.
_RULES = frozenset(("cfRule", "dataValidation", f"{_X14}cfRule", f"{_X14}dataValidation", f"{_X14}sparkline"))
_FORMULAS = frozenset(("formula", "formula1", "formula2", f"{_XM}f"))
_CONTROL_FORMULAS = ("linkedCell", "listFillRange")

_VALUES = Text("{n} 个公式改为数值", "{n} {n:formula|formulas} replaced by {n:its value|their values}")
_EMPTIED = Text("{n} 个取自已移除数据的单元格已清空", "{n} {n:cell|cells} emptied that showed removed data")
_FORMATS = Text(
    "{n} 条引用已移除内容的条件格式、下拉列表或迷你图",
    "{n} conditional {n:format, drop-down or sparkline|formats, drop-downs and sparklines}",
)


@dataclass
class Losses:
    """What goes, as the cells of one sheet see it: `areas` are to be emptied, whatever they hold.

    With `values` every formula goes. Formulas that point at what is `stale` stay, without the value that they show;
    where formulas in `doubtful` cells go, nothing is put in their place. `blanked` are those cells, once that is done.
    """

    gone: Gone
    place: int
    numbers: frozenset[float] = frozenset()
    areas: list[tuple[Area, Fate]] = field(default_factory=list)
    values: bool = False
    stale: Gone = field(default_factory=Gone)
    doubtful: Container[tuple[int, int]] = ()
    blanked: list[tuple[int, int]] = field(default_factory=list)
    arrays: list[tuple[Area, Fate]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell with its place in the sheet's bytes."""

    cell: Cell
    row: int
    start: int
    end: int


def of_cells(sheet: SheetDraft, losses: Losses, report: Removals) -> bool:
    """Tells whether any formula went."""
    if not losses.areas and not has_formula(sheet.cells.data):
        return False
    waiting = list(_lost(sheet, losses, report))
    by_start = {found.start: (found, what) for found, what in waiting}
    for found, _ in _in_areas(sheet, losses.arrays):
        if found.start not in by_start:
            sheet.row_edits.append(Edit(found.start, found.end, _emptied(sheet, found)))
    without = set(losses.blanked)
    for found, what in _in_areas(sheet, losses.areas):
        by_start[found.start] = found, max(what, by_start.get(found.start, (found, Fate.STAYS))[1])
    for found, what in by_start.values():
        if (found.row, found.cell.column) in without:
            sheet.row_edits.append(Edit(found.start, found.end, _emptied(sheet, found)))
        else:
            _settle(sheet, found, what, losses.numbers, report)
    return bool(waiting)


def _lost(sheet: SheetDraft, losses: Losses, report: Removals) -> Iterator[tuple[_Found, Fate]]:
    """Cells whose formulas go. Areas of array formulas are added to those that are to be emptied."""
    shared: dict[bytes, Fate] = {}
    known: dict[bytes, tuple[Fate, bool]] = {}
    least = Fate.VALUE if losses.values else Fate.STAYS
    for found in _cells(sheet, with_formula=True):
        formula = sheet.cells.patterns.formula.search(found.cell.content) if found.cell.content else None
        if formula is None:
            continue
        attributes = attributes_of(formula[1])
        text = formula[2] or b""
        if text not in known:
            plain = plain_text(text)
            what = max(_of_formula(plain, losses), least)
            asked = what is Fate.STAYS and losses.stale.sheets
            known[text] = what, bool(asked) and fate(plain, losses.stale, losses.place) > Fate.STAYS
        what, stale = known[text]
        if attributes.get(b"t") == b"shared":
            group = attributes.get(b"si", b"")
            what = shared[group] = max(what, shared.get(group, Fate.STAYS))
        elif attributes.get(b"t") == b"array" and what > Fate.VALUE:
            losses.areas += _array(attributes, what)
        if what is not Fate.STAYS:
            if what is not Fate.NOTHING and (found.row, found.cell.column) in losses.doubtful:
                losses.blanked.append((found.row, found.cell.column))
                losses.arrays += _array(attributes, Fate.VALUE)
            yield found, what
        elif stale:
            _forget_value(sheet, found)


def _array(attributes: Mapping[bytes, bytes], what: Fate) -> list[tuple[Area, Fate]]:
    """The cells of an array formula; none of any other."""
    text = attributes.get(b"ref", b"") if attributes.get(b"t") == b"array" else b""
    area = areas.parse(text.decode("utf-8", "replace"))
    return [(area, what)] if area is not None else []


def _of_formula(formula: str, losses: Losses) -> Fate:
    what = fate(formula, losses.gone, losses.place)
    return Fate.VALUE if what is Fate.DERIVED and not only_selects(formula) else what


def _cells(sheet: SheetDraft, *, with_formula: bool = False) -> Iterator[_Found]:
    """All cells, or those of rows that hold a formula."""
    source = sheet.cells
    for row in source.rows():
        if with_formula and not has_formula(source.data, row.content, row.close):
            continue
        places = source.patterns.cell.finditer(source.data, row.content, row.close)
        for place, cell in zip(places, source.cells(row), strict=True):
            yield _Found(cell, row.number, place.start(), place.end())


def _in_areas(sheet: SheetDraft, found: list[tuple[Area, Fate]]) -> Iterator[tuple[_Found, Fate]]:
    if not found:
        return
    for one in _cells(sheet):
        for area, what in found:
            inside = area.top <= one.row <= area.bottom and area.left <= one.cell.column <= area.right
            if inside and not one.cell.empty:
                yield one, what


def _settle(sheet: SheetDraft, found: _Found, what: Fate, numbers: frozenset[float], report: Removals) -> None:
    """Leave a cell's value, or its look alone."""
    raw, cell = sheet.cells.data[found.start : found.end], found.cell
    formula = sheet.cells.patterns.formula.search(raw)
    if what is Fate.NOTHING or (what is Fate.DERIVED and _number(sheet, cell) in numbers):
        sheet.row_edits.append(Edit(found.start, found.end, _emptied(sheet, found)))
        report.count(_EMPTIED, 1)
    elif formula is not None:
        tag = START_TAG.match(raw)
        array = b"array" in formula[1]
        opening = _ARRAY_MARK.sub(b"", tag[0]) if tag and array else tag[0] if tag else b""
        rest = raw[len(tag[0]) if tag else 0 : formula.start()] + raw[formula.end() :]
        left = _as_text(sheet, opening, rest) if cell.type == b"str" else opening + rest
        sheet.row_edits.append(Edit(found.start, found.end, left))
        report.count(_VALUES, 1)


def _as_text(sheet: SheetDraft, opening: bytes, rest: bytes) -> bytes:
    """A text that a formula gave, as a text that somebody typed."""
    value, p = sheet.cells.patterns.value.search(rest), sheet.cells.patterns.prefix.encode()
    text = (value[2] or b"") if value else b""
    space = b' xml:space="preserve"' if text != text.strip() else b""
    kept = b"<%bis><%bt%b>%b</%bt></%bis>" % (p, p, space, text, p, p)
    rest = rest[: value.start()] + kept + rest[value.end() :] if value else kept + rest
    return _TEXT_MARK.sub(b' t="inlineStr"', opening) + rest


def _emptied(sheet: SheetDraft, found: _Found) -> bytes:
    """A cell's look alone."""
    tag = START_TAG.match(sheet.cells.data, found.start, found.end)
    return (_VALUE_MARKS.sub(b"", tag[0]).rstrip(b"/>") if tag else b"") + b"/>"


def _forget_value(sheet: SheetDraft, found: _Found) -> None:
    """Leave a formula without its value, for the program that opens the file to find."""
    raw = sheet.cells.data[found.start : found.end]
    new = sheet.cells.patterns.value.sub(b"", raw)
    if new != raw:
        sheet.row_edits.append(Edit(found.start, found.end, new))


def _number(sheet: SheetDraft, cell: Cell) -> float | None:
    """A cell's number, that of a formula included."""
    value = cell.value
    if not value and (found := sheet.cells.patterns.value.search(cell.content)):
        value = found[2] or b""
    try:
        return float(value) if cell.type in (b"", b"n") else None
    except ValueError:
        return None


def of_frame(sheet: Xml, gone: Gone, place: int, report: Removals) -> None:
    """Rules, drop-downs, sparklines and controls of a sheet."""
    for element in sheet.root.within():
        if element.tag in _RULES and _points_at(element, gone, place):
            sheet.remove(element)
            report.count(_FORMATS, 1)
        elif element.tag == "controlPr":
            for name in _CONTROL_FORMULAS:
                if fate(element.attributes.get(name, ""), gone, place):
                    sheet.drop(element, name)
        elif element.tag == "dataRef" and gone.of_sheet(element.attributes.get("sheet", "")):
            sheet.remove(element)


def _points_at(rule: Element, gone: Gone, place: int) -> bool:
    texts = [element.text for element in rule.within() if element.tag in _FORMULAS]
    texts += [element.attributes.get("val", "") for element in rule.within() if element.tag in ("cfvo", f"{_X14}cfvo")]
    return any(fate(text, gone, place) for text in texts)


def of_table(table: Xml, gone: Gone, place: int, *, values: bool) -> None:
    """A table's own record of the formulas in its columns and totals; with `values` that of its columns goes."""
    for column in table.root.within():
        if column.tag == "tableColumn":
            for element in column.children:
                formula = element.tag in ("calculatedColumnFormula", "totalsRowFormula")
                calculated = element.tag == "calculatedColumnFormula"
                if formula and ((values and calculated) or fate(element.text, gone, place)):
                    table.remove(element)
                    if element.tag == "totalsRowFormula":
                        table.drop(column, "totalsRowFunction")
