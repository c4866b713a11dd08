"""Values and formulas of cells, as Excel gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from . import formats
from .document import Document

EPOCH = dt.datetime(1899, 12, 30)

ERRORS = {
    "#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273, "#REF!": -2146826265,
    "#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246,
}  # fmt: skip

_OWN_ERRORS = {
    503: "#NUM!", 508: "#NAME?", 509: "#NAME?", 510: "#NAME?", 521: "#NULL!", 524: "#REF!", 525: "#NAME?",
    532: "#DIV/0!", 32767: "#N/A",
}  # fmt: skip

_LOGICAL = {"1": "TRUE", "0": "FALSE"}
_FORMULA = 16  # com.sun.star.sheet.CellFlags
_NUMBERS, _FAILED = 1, 4  # com.sun.star.sheet.FormulaResult


def values(document: Document, cells: Any) -> list[list[Any]]:
    """Values of a block, read in one call; then what a number stands for, by the formats of the block."""
    rows = [[None if value == "" else value for value in row] for row in cells.getDataArray()]
    place = cells.RangeAddress
    calculated = _has_formulas(cells, len(rows) * len(rows[0]))
    if calculated:
        for row, column in _each(cells.queryFormulaCells(_FAILED).RangeAddresses, place):
            rows[row][column] = ERRORS[_error(cells, row, column)]
    if any(isinstance(value, float) for row in rows for value in row):
        for row, column, kind in by_format(document, cells, formats.DATE | formats.CURRENCY | formats.LOGICAL):
            rows[row][column] = _meaning(rows[row][column], kind)
    numbers = cells.queryFormulaCells(_NUMBERS).RangeAddresses if calculated else ()
    for row, column in _each(numbers, place):
        if isinstance(rows[row][column], float):  # a comparison gives a logical value in the general format, too
            kind = document.formats.kind(cells.getCellByPosition(column, row).NumberFormat)
            rows[row][column] = _meaning(rows[row][column], kind)
    return rows


def formulas(document: Document, cells: Any) -> list[list[str]]:
    """Formulas of a block; for a cell without one, its content as it could be typed."""
    place = cells.RangeAddress
    rows = [[_typed(value) for value in row] for row in cells.getDataArray()]
    if any(text in _LOGICAL for row in rows for text in row):
        for row, column, _ in by_format(document, cells, formats.LOGICAL):
            rows[row][column] = _LOGICAL.get(rows[row][column], rows[row][column])
    texts = cells.getFormulaArray()
    there = cells.queryContentCells(_FORMULA).RangeAddresses if _any_formula(texts) else ()
    for row, column in _each(there, place):
        text = texts[row][column].strip("{}")
        rows[row][column] = text[1:] if text[1:] in ERRORS else document.formulas.to_excel(text)
    return rows


_FEW = 1000  # cells whose texts cost less than LibreOffice's object for those with formulas


def _has_formulas(cells: Any, n: int) -> bool:
    """False where there are none for sure."""
    return n > _FEW or _any_formula(cells.getFormulaArray())


def _any_formula(texts: Any) -> bool:
    return any(text.startswith(("=", "{=")) for row in texts for text in row)


def _meaning(value: Any, kind: int) -> Any:
    if not isinstance(value, float):
        return value
    if kind & formats.LOGICAL:
        return bool(value)
    if kind & formats.DATE:
        return EPOCH + dt.timedelta(milliseconds=round(value * 86_400_000))
    return Decimal(f"{value:.4f}") if kind & formats.CURRENCY else value


def _typed(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else value or ""


def _error(cells: Any, row: int, column: int) -> str:
    return _OWN_ERRORS.get(cells.getCellByPosition(column, row).getError(), "#VALUE!")


def by_format(document: Document, cells: Any, wanted: int) -> Iterator[tuple[int, int, int]]:
    """Places in a block of cells whose number format is of some kind, with the kind."""
    place = cells.RangeAddress
    for kind, areas in document.session.inside.by_format(cells, document.formats.known, wanted):
        for row, column in _each(areas, place):
            yield row, column, kind


def _each(addresses: Any, place: Any) -> Iterator[tuple[int, int]]:
    for area in addresses:
        for row in range(area.StartRow - place.StartRow, area.EndRow - place.StartRow + 1):
            for column in range(area.StartColumn - place.StartColumn, area.EndColumn - place.StartColumn + 1):
                yield row, column
