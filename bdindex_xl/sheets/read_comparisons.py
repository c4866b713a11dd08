"""The table of pairwise comparisons, which weighting by AHP asks for."""

from __future__ import annotations

import math
import re
from typing import Any

from ..engine.weigh import ACCEPTABLE, consistency
from ..errors import FrameworkError
from ..language import joined, same
from ..model.framework import MOST_RATIO, Comparison, Framework
from ..model.method import Weighting
from ..model.records import suggested
from ..model.typed import plain_number
from . import schema
from .book import Readable
from .cells import read_number, read_text
from .faults import Report
from .keyed_table import KeyedTable, filled_rows, read_table
from .options import Settings


def read_comparisons(
    book: Readable, framework: Framework, settings: Settings, report: Report
) -> tuple[Comparison, ...]:
    """All comparisons that are without fault; pairs that AHP lacks are reported."""
    table = None
    if schema.PAIRWISE.table in book.tables():
        table = read_table(book, schema.PAIRWISE.table, schema.PAIRWISE.columns, report)
    found = comparisons_of(table, framework, report) if table is not None and len(table.places) == 3 else ()
    for aggregate in framework.aggregates:
        if (aggregate.weighting or settings.method["weighting"]) == Weighting.AHP:
            codes = [child.code for child in framework.children(aggregate.code)]
            _look_over(codes, Framework(framework.nodes, found), aggregate.name, table, report)
    return found


def ratio_of(value: Any) -> float:
    """How many times as important, as a number or as a fraction: 3, "1/3" or "1:3"; NaN where it is neither.

    >>> ratio_of("1/4"), ratio_of("１：４"), ratio_of(2.0), ratio_of("1/x")
    (0.25, 0.25, 2.0, nan)
    """
    number = read_number(value).number
    parts = re.fullmatch(_FRACTION, plain_number(value)) if isinstance(value, str) and math.isnan(number) else None
    if parts is None:
        return number
    above, below = (read_number(part).number for part in parts.groups())
    return above / below if below > 0 else math.nan


_FRACTION = r"([\d.]+)\s*[/:∶÷]\s*([\d.]+)"


def comparisons_of(table: KeyedTable, framework: Framework, report: Report) -> tuple[Comparison, ...]:
    """All comparisons of a table that are without fault."""
    parents = {node.code: node.parent for node in framework.nodes}
    sheet, first_at = table.block.sheet, dict[frozenset[str], int]()
    found = []
    for i in filled_rows(table):
        first, second = (table.text(i, key, report) for key in ("first", "second"))
        ratio = ratio_of(table.column("ratio")[i])
        near = next(
            (text for one in (first, second) if one not in parents and (text := suggested(one, parents)).en), ""
        )
        pair = {"first": same(first or "∅"), "second": same(second or "∅"), "meant": near}
        siblings = parents.get(first) is not None and parents.get(first) == parents.get(second)
        if not siblings or first == second:
            report.add("comparison code", sheet, table.cell(i, "first"), **pair)
        elif not 1.0 / MOST_RATIO <= ratio <= MOST_RATIO:
            report.add("comparison ratio", sheet, table.cell(i, "ratio"), found=read_text(table.column("ratio")[i]))
        elif first_at.setdefault(frozenset((first, second)), i) != i:
            other = table.block.row_of(first_at[frozenset((first, second))])
            report.add("comparison twice", sheet, table.cell(i, "first"), **pair, other=other)
        else:
            found.append(Comparison(first, second, ratio))
    return tuple(found)


def _look_over(codes: list[str], framework: Framework, parent: str, table: KeyedTable | None, report: Report) -> None:
    """Pairs that nobody compared, and judgements that contradict each other."""
    sheet = table.block.sheet if table is not None else ""
    there = {frozenset((one.first, one.second)) for one in framework.comparisons}
    pairs = [(a, b) for k, a in enumerate(codes) for b in codes[k + 1 :] if frozenset((a, b)) not in there]
    if pairs:
        named = joined([same(f"{a}–{b}") for a, b in pairs])
        report.add("comparison missing", sheet, parent=same(parent), pairs=named)
        return
    try:
        ratio = consistency(framework, codes).consistency_ratio
    except FrameworkError as error:
        report.add("framework", sheet, expected=same(parent), found=error.message)
        return
    if ratio > ACCEPTABLE:
        report.add("comparisons inconsistent", sheet, parent=same(parent), found=f"{ratio:.2f}")
