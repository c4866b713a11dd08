"""Values into cells, taken as Excel takes them: text that looks like something else becomes that."""

from __future__ import annotations

import datetime as dt
import numbers
import re
from dataclasses import dataclass, field
from typing import Any

from . import formats
from .document import Document
from .reading import EPOCH, ERRORS, by_format

_MAYBE_A_NUMBER = re.compile(r"[\s+\-.($¥€£0-9].*[0-9]|[0-9]|true$|false$", re.IGNORECASE | re.DOTALL)
_CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: numbers, dates, text, formulas; not the notes


@dataclass
class _Block:
    """What one call writes, and what must follow it."""

    rows: list[list[Any]] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    formats: dict[int, dict[int, list[int]]] = field(default_factory=dict)  # key of a format: column: rows
    _text: set[tuple[int, int]] | None = None

    def formatted(self, row: int, column: int, key: int) -> None:
        self.formats.setdefault(key, {}).setdefault(column, []).append(row)

    def is_text(self, document: Document, cells: Any, row: int, column: int) -> bool:
        """Whether a cell has the text format: then nothing is taken for a number or a formula."""
        if self._text is None:
            self._text = {(i, j) for i, j, _ in by_format(document, cells, formats.TEXT)}
        return (row, column) in self._text


def write(document: Document, cells: Any, data: Any) -> None:
    """One value for all cells, or a block of their shape."""
    if not isinstance(data, list | tuple):
        _fill(document, cells, data)
        return
    given = data if data and isinstance(data[0], list | tuple) else [data]
    place = cells.RangeAddress
    shape = place.EndRow - place.StartRow + 1, place.EndColumn - place.StartColumn + 1
    if shape != (len(given), len(given[0])) or len({len(row) for row in given}) != 1:
        raise ValueError(f"expected a block of {shape[0]} x {shape[1]} values, found {len(given)} x {len(given[0])}")
    block = _Block()
    for i, row in enumerate(given):
        block.rows.append([_taken(document, cells, block, i, j, value) for j, value in enumerate(row)])
    _put(document, cells, block)


def write_array(document: Document, cells: Any, formula: str) -> None:
    """One formula for the whole block."""
    cells.setArrayFormula(document.formulas.to_own("=" + formula.strip("{}").removeprefix("=")))


def clear(cells: Any) -> None:
    cells.clearContents(_CONTENT)


def _fill(document: Document, cells: Any, value: Any) -> None:
    place = cells.RangeAddress
    n_rows, n_columns = place.EndRow - place.StartRow + 1, place.EndColumn - place.StartColumn + 1
    if value is None or value == "":
        clear(cells)
    elif isinstance(value, str) and value.startswith("=") and n_rows * n_columns > 1:
        places = [cells.getCellByPosition(j, i).CellAddress for i in range(n_rows) for j in range(n_columns)]
        texts = document.formulas.filled(value, places[0], places)
        cells.setFormulaArray(tuple(tuple(texts[i * n_columns : (i + 1) * n_columns]) for i in range(n_rows)))
    else:
        write(document, cells, [[value] * n_columns] * n_rows)


def _put(document: Document, cells: Any, block: _Block) -> None:
    notes = _notes(document, cells)
    cells.setDataArray(tuple(tuple(row) for row in block.rows))
    for address, text in notes:  # which the call takes with it
        cells.Spreadsheet.Annotations.insertNew(address, text)
    if block.formulas and len(block.formulas) == sum(map(len, block.rows)):
        texts = [[block.formulas[i, j] for j in range(len(row))] for i, row in enumerate(block.rows)]
        cells.setFormulaArray(tuple(map(tuple, texts)))
    else:
        for (i, j), text in block.formulas.items():
            cells.getCellByPosition(j, i).setFormula(text)
    for key, columns in block.formats.items():
        for column, rows in columns.items():
            for first, last in _runs(rows):
                _format(document, cells.getCellRangeByPosition(column, first, column, last), key)


def _taken(document: Document, cells: Any, block: _Block, i: int, j: int, value: Any) -> float | str:
    """A value for the one call; what it needs besides goes into the block."""
    if value is None:
        return ""
    if isinstance(value, bool):
        block.formatted(i, j, document.formats.key("BOOLEAN"))
        return float(value)
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
        serial = (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)
        block.formatted(i, j, document.formats.key("yyyy-mm-dd" if serial == int(serial) else "yyyy-mm-dd h:mm"))
        return serial
    if isinstance(value, numbers.Number) and not isinstance(value, complex):
        return float(value)  # type: ignore[arg-type]
    if not isinstance(value, str):
        raise TypeError(f"expected a number, text, date or logical value, found {type(value).__name__}")
    return _taken_text(document, cells, block, i, j, value)


def _taken_text(document: Document, cells: Any, block: _Block, i: int, j: int, text: str) -> float | str:
    if text.startswith("'"):
        return text[1:]
    formula = f"={text}" if text in ERRORS else text if text.startswith("=") and len(text) > 1 else None
    number = document.formats.typed(text) if _MAYBE_A_NUMBER.match(text) else None
    if (formula is None and number is None) or block.is_text(document, cells, i, j):
        return text
    if formula is not None:
        block.formulas[i, j] = formula if text in ERRORS else document.formulas.to_own(formula)
        return ""
    if number[1]:
        block.formatted(i, j, number[1])
    return number[0]


def _format(document: Document, cells: Any, key: int) -> None:
    """A format that comes with a value, for cells that have none; a logical value without its own is a number."""
    if document.formats.kind(key) & formats.LOGICAL:
        cells.NumberFormat = key
    elif cells.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE":
        if document.formats.code(cells.NumberFormat) == "General":
            cells.NumberFormat = key
    else:
        for i in range(cells.Rows.Count):
            _format(document, cells.getCellRangeByPosition(0, i, 0, i), key)


def _notes(document: Document, cells: Any) -> list[tuple[Any, str]]:
    place = cells.RangeAddress
    notes, found = document.notes(place.Sheet), []
    for i in range(notes.Count):
        note = notes.getByIndex(i)
        at = note.Position
        if place.StartRow <= at.Row <= place.EndRow and place.StartColumn <= at.Column <= place.EndColumn:
            found.append((at, note.String))
    return found


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
