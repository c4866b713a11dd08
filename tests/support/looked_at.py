"""Workbooks as openpyxl reads them, for tests that only look: to read one takes longer than most that is done to it."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.merge import MergedCellRange


@lru_cache(maxsize=12)
def looked_at(book: bytes, *, values: bool = False) -> Workbook:
    """The workbook with its formulas, or with their values; the same one again for the same bytes, not to be changed."""
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")  # openpyxl tells which extensions it would lose, were it to save
        # It would draw the borders of merged cells anew, from the first of them, for a third of the time.
        patch.setattr(MergedCellRange, "format", lambda _: None)
        return openpyxl.load_workbook(io.BytesIO(book), data_only=values)
