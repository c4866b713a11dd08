"""The table of pairwise comparisons, which weighting by AHP asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import FrameworkError
from ..language import joined, same
from ..method import Weighting
from ..model import Comparison, Framework
from ..steps.weigh import ACCEPTABLE, consistency
from . import schema
from .book import Book
from .cells import read_number, read_text
from .faults import Report
from .tables import Table, filled_rows, read_table


def read_comparisons(
    book: Book, framework: Framework, settings: Mapping[str, Any], report: Report
) -> tuple[Comparison, ...]:
    """All comparisons that are without fault; pairs that AHP lacks are reported."""
    table = None
    if schema.TABLE_PAIRWISE in book.tables():
        table = read_table(book, schema.TABLE_PAIRWISE, schema.PAIRWISE_COLUMNS, report)
    found = _rows(table, framework, report) if table is not None and len(table.places) == 3 else ()
    for aggregate in framework.aggregates:
        if (aggregate.weighting or settings["weighting"]) == Weighting.AHP:
            codes = [child.code for child in framework.children(aggregate.code)]
            _look_over(codes, Framework(framework.nodes, found), aggregate.name, table, report)
    return found


def _rows(table: Table, framework: Framework, report: Report) -> tuple[Comparison, ...]:
    parents = {node.code: node.parent for node in framework.nodes}
    sheet, first_at = table.block.sheet, dict[frozenset[str], int]()
    found = []
    for i in filled_rows(table.block):
        first, second = (table.text(i, key, report) for key in ("first", "second"))
        ratio = read_number(table.column("ratio")[i]).number
        pair = {"first": same(first or "∅"), "second": same(second or "∅")}
        siblings = parents.get(first) is not None and parents.get(first) == parents.get(second)
        if not siblings or first == second:
            report.add("comparison code", sheet, table.cell(i, "first"), **pair)
        elif not ratio > 0:
            report.add("comparison ratio", sheet, table.cell(i, "ratio"), found=read_text(table.column("ratio")[i]))
        elif first_at.setdefault(frozenset((first, second)), i) != i:
            other = table.block.row + 1 + first_at[frozenset((first, second))]
            report.add("comparison twice", sheet, table.cell(i, "first"), **pair, other=other)
        else:
            found.append(Comparison(first, second, ratio))
    return tuple(found)


def _look_over(codes: list[str], framework: Framework, parent: str, table: Table | None, report: Report) -> None:
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
