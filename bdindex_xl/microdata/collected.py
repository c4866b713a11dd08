"""What collecting has found for a workbook: which cells of its data change, and what became of the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..core import digits
from ..language import Lang, Text, joined, same
from ..sheets import layout, schema
from ..sheets.book import Book, Results, Value
from ..sheets.cells import read_number
from .tally import TallyLine

CHANGED = Text("改动的单元格", "changed cells")
_KEPT = Text("公式所在、未写入的单元格", "cells left to their formulas")
_PLACE = Text("{year} 年{unit}：{indicator}", "{year}, {unit}: {indicator}")


@dataclass(frozen=True)
class CellChange:
    """A cell of a data sheet and what it is to hold; `place` is its row and column in the table, from 0."""

    table: str
    place: tuple[int, int]
    sheet: str
    cell: str
    source: str
    year: int
    unit: str
    indicator: str
    old: Value
    new: float | None

    def told(self) -> Text:
        """Whose value of what year it is."""
        return _PLACE.format(year=self.year, unit=self.unit, indicator=self.indicator)


@dataclass(frozen=True)
class Collected:
    """All of it; `n` is how many indicators were counted, of which `tables`."""

    changes: tuple[CellChange, ...]
    lines: tuple[TallyLine, ...]
    tables: tuple[str, ...]
    n: int


def differs(old: Value, new: float | None) -> bool:
    """Whether a cell is to change: not where both are missing, or the same number as programs save it.

    >>> differs("—", None), differs(12, 12.0), differs(0.1 + 0.2, 0.3), differs(None, 0.0)
    (False, False, False, True)
    """
    reading = read_number(old)
    if new is None:
        return reading.number == reading.number or reading.kind not in ("", "value missing mark")
    if reading.number != reading.number:
        return True
    return reading.number != new and not bool(digits.same(reading.number, new))


def write(book: Book, collected: Collected) -> Sequence[CellChange]:
    """Put the values into the data sheets; returns those that were left to a formula."""
    by_table: dict[str, dict[tuple[int, int], CellChange]] = {}
    for change in collected.changes:
        by_table.setdefault(change.table, {})[change.place] = change
    kept = []
    for table, changes in by_table.items():
        left = book.set_cells(table, {place: change.new for place, change in changes.items()})
        kept += [changes[place] for place in left]
    return kept


def report(book: Book, collected: Collected, kept: Sequence[CellChange], time: str, index: str, lang: Lang) -> None:
    """Fill the sheet of the report where the workbook has one, and show it."""
    table = layout.from_rows(schema.COLLECTION, list(_rows(collected, kept, lang)), lang)
    if table.table in book.tables():
        book.write(Results((table,), _headings(collected, time, index, lang)))
        book.show(table.table)


def _rows(collected: Collected, kept: Sequence[CellChange], lang: Lang) -> list[Mapping[str, object]]:
    rows: list[Mapping[str, object]] = [
        {"table": line.table, "what": line.what[lang], "n": line.n, "detail": line.detail[lang] or None,
         "where": line.where[lang] or None}
        for line in collected.lines
    ]  # fmt: skip
    left = {(change.table, change.place) for change in kept}
    for change in collected.changes:
        what = _KEPT if (change.table, change.place) in left else CHANGED
        rows.append(
            {"table": change.source, "what": what[lang], "detail": change.told()[lang],
             "where": f"{change.sheet}!{change.cell}", "old": number(change.old), "new": change.new}
        )  # fmt: skip
    return rows[: schema.COLLECTION.most]


def number(value: Value) -> float | None:
    """A cell's number; None where it has none."""
    found = read_number(value).number
    return found if found == found else None


def _headings(collected: Collected, time: str, index: str, lang: Lang) -> dict[str, str | float]:
    sheet = schema.COLLECTION
    parts = {"time": time, "n": collected.n, "cells": len(collected.changes)}
    note = sheet.note.format(tables=joined([same(table) for table in collected.tables]), **parts)
    return {
        schema.CELL_TITLE.format(table=sheet.table): sheet.heading.format(index=index)[lang],
        schema.CELL_NOTE.format(table=sheet.table): note[lang],
    }
