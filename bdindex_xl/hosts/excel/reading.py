"""How xlwings hands the arguments of worksheet functions to us: references trimmed before they are read."""

from __future__ import annotations

from typing import Any

import xlwings as xw
from xlwings.conversion import Accessor, Pipeline

from ...functions import Cells

_ALL_ROWS, _ALL_COLUMNS = 1_048_576, 16_384


class BlockAccessor(Accessor):
    """A reference becomes `Cells`, read in one call; anything else is passed on as Excel gives it."""

    @staticmethod
    def reader(options: Any) -> Pipeline:
        return Pipeline([_read])

    @staticmethod
    def writer(options: Any) -> Pipeline:
        return Pipeline([_write])


def _read(context: Any) -> None:
    cells = context.range
    if cells is None:
        return
    cells = _within_used(cells)
    raw = cells.raw_value
    rows = raw if isinstance(raw, tuple | list) else ((raw,),)
    if rows and not isinstance(rows[0], tuple | list):  # some engines give a row or a column flat
        rows = (rows,) if cells.shape[0] == 1 else tuple((value,) for value in rows)
    context.value = Cells(rows, lambda: (cells.row, cells.column))


def _write(context: Any) -> None:
    """The answer as it is: a sentence, or rows of cells."""


def _within_used(cells: xw.Range) -> xw.Range:
    """A whole column, row or sheet without what lies beyond the sheet's last used cell: a million rows, perhaps."""
    rows, columns = cells.shape
    if rows < _ALL_ROWS and columns < _ALL_COLUMNS:
        return cells
    used = cells.sheet.used_range.last_cell
    bottom = min(rows, max(used.row - cells.row + 1, 1))
    right = min(columns, max(used.column - cells.column + 1, 1))
    return cells.resize(bottom, right)
