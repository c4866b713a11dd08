"""A table's cells as columns of values. Only the rows and columns asked for are decoded; nothing else is kept."""

from __future__ import annotations

from ...sheets.areas import Area
from ...sheets.book import Value
from . import refusals
from .limits import MAX_DIGITS, check_values
from .sheet_xml import ANY_FORMULA, COLUMNS, Row, SheetXml
from .values import Decoder


def read_columns(sheet: SheetXml, area: Area, decoder: Decoder) -> list[list[Value]]:
    """Values of an area, column by column, down to its last row that holds any."""
    width = area.right - area.left + 1
    columns: list[list[Value]] = [[] for _ in range(width)]
    for row in sheet.rows():
        if row.number < area.top:
            continue
        if row.number > area.bottom:
            break
        i = row.number - area.top
        for column, value in _row(sheet, row, area, decoder):
            values = columns[column - area.left]
            if len(values) != i:
                check_values((i + 1) * width)
                values.extend([None] * (i - len(values)))
            values.append(value)
    n_rows = max(map(len, columns), default=0)
    for values in columns:
        values.extend([None] * (n_rows - len(values)))
    return columns


def _row(sheet: SheetXml, row: Row, area: Area, decoder: Decoder) -> list[tuple[int, Value]]:
    """Column and value of a row's cells that hold something.

    Plain numbers and shared strings, nearly all there is, are decoded here; a row with anything unusual in its tags
    goes through `SheetXml.cells`, and a cell with anything unusual in it through `Decoder.value`.
    """
    found: list[tuple[int, Value]] = []
    left, right, digits, last = area.left, area.right, b"%d" % row.number, 0
    strings, dates = decoder.strings, decoder.dates
    for cell in sheet.patterns.cell.findall(sheet.data, row.content, row.close):
        _, letters, number, style, kind, rest, text, content = cell
        column = COLUMNS[letters]
        if rest or column <= last or number != digits:
            break
        last = column
        if not left <= column <= right or not (text or content):
            continue
        if content:
            pass
        elif not kind:
            if style not in dates:
                try:
                    plain = float(text)
                except ValueError:
                    raise refusals.bad_cell(sheet.part, f"{letters.decode()}{row.number}") from None
                if plain - plain == 0.0 and b"_" not in text:
                    found.append((column, plain))
                    continue
        elif kind == b"s" and strings is not None and text.isdigit() and len(text) <= MAX_DIGITS:
            found.append((column, strings[int(text)]))
            continue
        found.append((column, decoder.value(column, row.number, style, kind, text, content)))
    else:
        return found
    return [
        (cell.column, decoder.value(cell.column, row.number, cell.style, cell.type, cell.value, cell.content))
        for cell in sheet.cells(row)
        if left <= cell.column <= right and not cell.empty
    ]


def formula_places(sheet: SheetXml, area: Area) -> set[tuple[int, int]]:
    """Row and column of the formulas of an area, both counted from 0."""
    if ANY_FORMULA.search(sheet.data) is None:
        return set()
    return {
        (row.number - area.top, cell.column - area.left)
        for row in sheet.rows()
        if area.top <= row.number <= area.bottom and ANY_FORMULA.search(sheet.data, row.content, row.close)
        for cell in sheet.cells(row)
        if area.left <= cell.column <= area.right and ANY_FORMULA.search(cell.content)
    }
