"""A live copy made anew from what it holds itself, for those who ask whether its formulas are ours."""

from __future__ import annotations

from collections.abc import Mapping

from ...engine.compute import Result
from ...errors import BdIndexError
from ...hosts.files import FileBook
from ...sheets import schema
from ...sheets.book import LiveResults
from ...sheets.inputs import Inputs
from ...sheets.read_settings import language
from . import lambdas

_ALWAYS = (
    schema.SETTINGS.table, schema.FRAMEWORK.table, schema.UNITS.table, schema.NORMALISED.table, schema.WEIGHTS.table
)  # fmt: skip


def needed(inputs: Inputs) -> tuple[str, ...]:
    """Tables that formulas of ours point at."""
    more = [schema.table_of(schema.DATA.table, ranking.key) for ranking in inputs.rankings]
    more += [schema.GOALPOSTS.table] if inputs.framework.goalposts_by_year else []
    more += [schema.UNIT_WEIGHTS.table] if any(ranking.panel.unit_weights for ranking in inputs.rankings) else []
    return (*_ALWAYS, *more)


def remade(book: FileBook, inputs: Inputs, results: Mapping[str, Result]) -> tuple[LiveResults | None, dict[str, str]]:
    """What a copy for others would hold, were it made anew of these inputs and results, for comparison: formulas for
    results where the method has them, else None; and the names under which copies give the worksheet functions."""
    steps = book.sheet_of(schema.NAME_STEPS)
    names = lambdas.names(language(book))
    if steps is None or not set(needed(inputs)) <= set(book.tables()):
        return None, names
    from .live_copy import live_results  # few of the workbooks that are looked at are such copies

    try:
        return live_results(book, inputs, results, steps), names
    except BdIndexError:  # no formulas for this method, or no room for them: then there are none to compare with
        return None, names
