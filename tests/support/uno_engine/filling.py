"""Cells by the example of others: autofill, and the way to the end of a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .addresses import COLUMNS, ROWS, Coords
from .bridge import enum
from .writing import clear

if TYPE_CHECKING:
    from .sheet import Sheet

_LOOKS = 32 | 64  # com.sun.star.sheet.CellFlags: formats of the cells, and those set directly
_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


def clear_formats(cells: Any) -> None:
    cells.clearContents(_LOOKS)


def autofill(source: Any, destination: Any, type_: str) -> None:
    """Repeat one row downwards or one column to the right: "fill_copy" with contents, "fill_formats" without."""
    if type_ not in ("fill_copy", "fill_formats"):
        raise NotImplementedError(f"Range.autofill: {type_!r} is not in the engine for LibreOffice")
    old, new = source.RangeAddress, destination.RangeAddress
    if (old.StartRow, old.StartColumn) != (new.StartRow, new.StartColumn):
        raise NotImplementedError("Range.autofill: only downwards or to the right of the source")
    down = old.EndColumn == new.EndColumn
    if not down and old.EndRow != new.EndRow:
        raise ValueError("Range.autofill: expected a destination that goes on from the source in one direction")
    if (old.EndRow - old.StartRow if down else old.EndColumn - old.StartColumn) != 0:
        raise NotImplementedError("Range.autofill: only from one row or one column")
    before = destination.getFormulaArray()
    destination.fillSeries(
        enum("sheet.FillDirection", "TO_BOTTOM" if down else "TO_RIGHT"), enum("sheet.FillMode", "SIMPLE"),
        enum("sheet.FillDateMode", "FILL_DATE_DAY"), 0, 0,
    )  # fmt: skip
    if type_ == "fill_formats" and destination.getFormulaArray() != before:
        clear(destination)
        if any(any(row) for row in before):
            destination.setFormulaArray(before)


def end(sheet: Sheet, start: tuple[int, int], direction: str) -> Coords:
    """Where Ctrl and an arrow key would go."""
    down, right = _STEPS[direction]
    row, column = start
    used = sheet.used_range
    bottom, last = max(row, used.row + used.shape[0]), max(column, used.column + used.shape[1])
    area = (1, column, min(bottom, ROWS), 1) if down else (row, 1, 1, min(last, COLUMNS))
    block = sheet.range(area).cells.getFormulaArray()
    line = [text != "" for cells in block for text in cells]
    step, here = down + right, (row if down else column) - 1
    there = here + step
    if 0 <= there < len(line) and line[here] and line[there]:
        while 0 <= there + step < len(line) and line[there + step]:
            there += step
    else:
        while 0 <= there < len(line) and not line[there]:
            there += step
        if there >= len(line):
            there = (ROWS if down else COLUMNS) - 1
    there = max(there, 0)
    return (there + 1, column, 1, 1) if down else (row, there + 1, 1, 1)
