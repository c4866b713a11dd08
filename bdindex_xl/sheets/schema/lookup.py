"""Which sheet a table is on, whichever ranking it is of."""

from __future__ import annotations

from .analysis_records import ANALYSES
from .collecting_records import COLLECTION
from .input_records import DATA, INPUTS
from .result_records import RANKING, RESULTS
from .sheet import ResultSheet, TableSheet
from .words_records import WORDS

# Filled by commands that count in files beside the workbook.
FROM_FILES: tuple[ResultSheet, ...] = (COLLECTION, WORDS)
# In the order of the workbook, but for the data sheets and then the rankings, which stand between the two.
ONE_EACH: tuple[TableSheet, ...] = (*INPUTS, *RESULTS, *ANALYSES, *FROM_FILES)
_BY_TABLE = {sheet.table: sheet for sheet in ONE_EACH}


def sheet_of(table: str) -> TableSheet | None:
    """The record of the sheet with a table of that name; None of a table that is not ours.

    >>> sheet_of("bdx_weights").name.en, sheet_of("bdx_data_city").name.en, sheet_of("mine")
    ('Weights', '{ranking} data', None)
    """
    of_rankings = (sheet for sheet in (DATA, RANKING) if table.startswith(sheet.prefix))
    return _BY_TABLE.get(table) or next(of_rankings, None)


def is_data(table: str) -> bool:
    """Whether a table holds raw data."""
    return table.casefold().startswith(DATA.prefix)


def is_result(table: str) -> bool:
    """Whether a table is one that a recalculation writes."""
    return table.startswith(RANKING.prefix) or any(table == sheet.table for sheet in RESULTS)
