"""The table of weights by unit, where a workbook has one."""

from __future__ import annotations

from ..model.framework import Framework
from ..model.panel import UnitWeight
from ..model.records import suggested
from . import schema
from .book import Readable
from .cells import read_number, read_text
from .faults import Report
from .keyed_table import KeyedTable, filled_rows, read_table
from .read_units import Units


def read_unit_weights(
    book: Readable, framework: Framework | None, units: Units | None, report: Report
) -> tuple[UnitWeight, ...]:
    """All weights of single units that are without fault."""
    if schema.UNIT_WEIGHTS.table not in book.tables() or framework is None or units is None:
        return ()
    table = read_table(book, schema.UNIT_WEIGHTS.table, schema.UNIT_WEIGHTS.columns, report)
    if table is None or len(table.places) < len(schema.UNIT_WEIGHTS.columns):
        return ()
    return unit_weights_of(table, framework, units, report)


def unit_weights_of(table: KeyedTable, framework: Framework, units: Units, report: Report) -> tuple[UnitWeight, ...]:
    """All weights of a table that are without fault."""
    codes = [node.code for node in framework.nodes if node.parent is not None]
    sheet, first = table.block.sheet, dict[tuple[str, str], int]()
    found = []
    for i in filled_rows(table):
        unit, code = (table.text(i, key, report) for key in ("unit", "code"))
        weight = read_number(table.column("weight")[i]).number
        if unit not in units.groups:
            parts = {"found": unit or "∅", "where": units.where, "meant": units.like(unit)}
            report.add("unit weight unit", sheet, table.cell(i, "unit"), **parts)
        elif code not in codes:
            report.add(
                "unit weight code", sheet, table.cell(i, "code"), found=code or "∅", meant=suggested(code, codes)
            )
        elif not 0 <= weight < float("inf"):
            report.add("unit weight", sheet, table.cell(i, "weight"), found=read_text(table.column("weight")[i]) or "∅")
        elif first.setdefault((unit, code), i) != i:
            other = table.block.row_of(first[unit, code])
            report.add("unit weight twice", sheet, table.cell(i, "unit"), found=f"{unit}, {code}", other=other)
        else:
            found.append(UnitWeight(unit, code, weight))
    return tuple(found)
