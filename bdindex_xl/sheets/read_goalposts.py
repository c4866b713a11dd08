"""The table of goalposts by year, where a workbook has one."""

from __future__ import annotations

import numpy as np

from ..engine.seen import TWO_SIDED, taken
from ..model.framework import Framework, Indicator
from ..model.records import suggested
from ..model.value_checks import TAKES
from ..model.yearly import YearGoalposts
from . import schema
from .book import Readable
from .cells import read_number, read_text
from .faults import Report
from .keyed_table import KeyedTable, filled_rows, read_table
from .read_data import year_of


def read_goalposts(book: Readable, framework: Framework, report: Report) -> tuple[YearGoalposts, ...]:
    """All goalposts of single years that are without fault."""
    if schema.GOALPOSTS.table not in book.tables():
        return ()
    table = read_table(book, schema.GOALPOSTS.table, schema.GOALPOSTS.columns, report)
    if table is None or len(table.places) < len(schema.GOALPOSTS.columns):
        return ()
    known = {i.code: i for i in framework.indicators if i.goalposts is not None and i.direction != TWO_SIDED}
    sheet, first = table.block.sheet, dict[tuple[str, int], int]()
    found = []
    for i in filled_rows(table):
        code = table.text(i, "code", report)
        year = year_of(table, i, report)
        if code not in known:
            meant = suggested(code, list(known))
            report.add("year goalposts code", sheet, table.cell(i, "code"), found=code or "∅", meant=meant)
        elif year is not None and first.setdefault((code, year), i) != i:
            other = table.block.row_of(first[code, year])
            report.add("year goalposts twice", sheet, table.cell(i, "code"), found=f"{code}, {year}", other=other)
        elif year is not None and (ends := _ends(table, i, known[code], report)) is not None:
            found.append(YearGoalposts(code, year, *ends))
    return tuple(found)


def _ends(table: KeyedTable, i: int, indicator: Indicator, report: Report) -> tuple[float, float] | None:
    """The two ends of a row, or None with what is wrong reported."""
    sheet = table.block.sheet
    ends = {key: read_number(table.column(key)[i]).number for key in ("lower", "upper")}
    wrong = [key for key, end in ends.items() if not np.isfinite(end)]
    if not wrong and not ends["lower"] < ends["upper"]:
        wrong = ["upper"]
    if wrong:
        texts = {key: read_text(table.column(key)[i]) or "∅" for key in ends}
        report.add("year goalposts ends", sheet, table.cell(i, wrong[0]), **texts)
        return None
    kind = indicator.transformation
    for key, end in ends.items() if kind is not None else ():
        if kind is not None and not taken(kind, np.array(end)):
            parts = {"takes": TAKES[kind.record.takes], "by": kind.record.label, "found": f"{end:.15g}"}
            report.add("value not transformed", sheet, table.cell(i, key), **parts)
            return None
    return ends["lower"], ends["upper"]
