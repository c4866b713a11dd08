"""How xlwings hands the arguments of worksheet functions to us: references trimmed before they are read."""

from __future__ import annotations

from typing import Any

import xlwings as xw
from xlwings.conversion import Accessor, Pipeline

from ...functions import FunctionFault, GivenCells
from ...language import Text
from .values import whole

_SMALL = 20_000  # cells up to which reading them all costs less than asking how far the sheet is used
_SEVERAL = Text("应为一个连续的区域，实为几个区域的并集", "expected one range, found several joined by commas")


class BlockAccessor(Accessor):
    """A reference becomes `GivenCells`, read in one call; anything else is passed on as Excel gives it."""

    @staticmethod
    def reader(options: Any) -> Pipeline:
        return Pipeline([_read])

    @staticmethod
    def writer(options: Any) -> Pipeline:
        return Pipeline([_write])


def _read(context: Any) -> None:
    """Excel may refuse to be read: the function is told so as its argument, since nothing may be raised here."""
    if context.range is None:
        return
    try:
        context.value = _cells(context.range)
    except Exception as error:
        context.value = error


def _cells(reference: xw.Range) -> GivenCells:
    if "," in reference.address:  # of several areas Excel would give the values of the first
        raise FunctionFault(_SEVERAL)
    cells = _within_used(reference)
    raw = cells.raw_value
    rows = raw if isinstance(raw, tuple | list) else ((raw,),)
    if rows and not isinstance(rows[0], tuple | list):  # some engines give a row or a column flat
        rows = (rows,) if cells.shape[0] == 1 else tuple((value,) for value in rows)
    rows = whole(cells, rows)
    return GivenCells(rows, lambda: (cells.row, cells.column), reference.shape[0])


def _write(context: Any) -> None:
    """The answer as it is: a sentence, or rows of cells."""


def _within_used(cells: xw.Range) -> xw.Range:
    """A whole column, row or sheet without what lies beyond the sheet's last used cell: a million rows, perhaps."""
    rows, columns = cells.shape
    if rows * columns <= _SMALL:
        return cells
    used = cells.sheet.used_range.last_cell
    bottom = min(rows, max(used.row - cells.row + 1, 1))
    right = min(columns, max(used.column - cells.column + 1, 1))
    return cells.resize(bottom, right)
