"""A block of cells as a table whose columns are found by header."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ..language import Text, joined
from ..model import typed
from ..model.records import suggested
from .book import Block, ErrorValue, Readable, column_letters
from .cells import heading, read_text
from .faults import Report
from .schema import Column


class KeyedTable(NamedTuple):
    """A block with the place of each known column (by `Column.key`); `rest` are the places of all others.

    `again` are rows that repeat the header; they are left out.
    """

    block: Block
    places: dict[str, int]
    rest: tuple[int, ...]
    again: frozenset[int] = frozenset()

    def column(self, key: str) -> Sequence[Any]:
        """Values of a known column; blanks where the table lacks it."""
        return self.block.columns[self.places[key]] if key in self.places else [None] * self.block.n_rows

    def text(self, i: int, key: str, report: Report) -> str:
        """Text of a known column in row `i`; an error value is a fault."""
        return text_at(self.block, i, self.places[key], report) if key in self.places else ""

    def cell(self, i: int, key: str) -> str:
        """Address of row `i` of a known column; of the row's first cell where the table lacks it."""
        return self.block.cell(i, self.places.get(key, 0))


def read_table(
    book: Readable,
    name: str,
    columns: Iterable[Column],
    report: Report,
    optional: Iterable[str] = (),
    *,
    further: bool = False,
) -> KeyedTable | None:
    """The table of that name, or None with the fault reported; `further` columns than these may have a meaning."""
    if name not in book.tables():
        report.add("table missing", table=name)
        return None
    block = book.read(name)
    columns, optional = tuple(columns), set(optional)
    places = _places(block, columns, optional, report)
    rest = tuple(j for j in range(len(block.header)) if j not in places.values())
    if not further:
        _misspelt(block, columns, places, rest, report)
    table = KeyedTable(block, places, rest, _headers_again(block, places, report))
    _below(table, name, [column.key for column in columns if column.key not in optional], report)
    return table


def _places(block: Block, columns: Sequence[Column], optional: Collection[str], report: Report) -> dict[str, int]:
    headings = [heading(text) for text in block.header]
    known = {name for column in columns for name in _names(column)}
    unknown = [read_text(text) for text, plain in zip(block.header, headings, strict=True) if plain not in known]
    places: dict[str, int] = {}
    for column in columns:
        names = _names(column)
        found = [j for j, text in enumerate(headings) if text in names]
        if len(found) > 1:
            report.add("column twice", block.sheet, block.cell(-1, found[1]), header=column.header, n=len(found))
        elif not found and column.key not in optional:
            near = (suggested(name, unknown) for name in (column.key, *column.header.both()))
            meant = next((one for one in near if one.en), "")
            report.add("column missing", block.sheet, block.cell(-1, 0), header=column.header, meant=meant)
        if found:
            places[column.key] = found[0]
    return places


@lru_cache(maxsize=512)
def _names(column: Column) -> frozenset[str]:
    """What a column's header may be, for comparison."""
    return frozenset((heading(column.key), *map(heading, column.header.both())))


def _misspelt(
    block: Block, columns: Sequence[Column], places: Mapping[str, int], rest: Sequence[int], report: Report
) -> None:
    """Columns that nobody knows and that look like one that is not there; in a closed table, all that nobody knows."""
    missing = [name for column in columns if column.key not in places for name in (column.key, *column.header.both())]
    known = joined([Text(column.header.zh, column.key) for column in columns])
    for j in rest:
        header = read_text(block.header[j])
        meant = suggested(header, missing)
        if header and (meant.en or block.closed):
            meant = meant if meant.en else _KNOWN.format(known=known)
            report.add("column misspelt", block.sheet, block.cell(-1, j), found=header, meant=meant)


_KNOWN = Text("（已知的列：{known}）", " (known columns: {known})")


def _headers_again(block: Block, places: Mapping[str, int], report: Report) -> frozenset[int]:
    """Rows that repeat the header, as where one table was pasted under another."""
    if len(places) < 2:
        return frozenset()
    first, *others = places.values()
    texts = [heading(text) for text in block.header]
    again = [
        i
        for i, value in enumerate(block.columns[first])
        if isinstance(value, str)
        and heading(value) == texts[first]
        and all(heading(block.columns[j][i]) in ("", texts[j]) for j in others)
        and any(heading(block.columns[j][i]) for j in others)
    ]
    for i in again:
        report.add("header again", block.sheet, block.cell(i, first))
    return frozenset(again)


def _below(table: KeyedTable, name: str, required: Sequence[str], report: Report) -> None:
    """Rows under the table that look like more of it: directly under it, or further down with all keys filled."""
    block = table.block
    keys = [table.places[key] for key in required if key in table.places]
    found: list[int] = []
    for row, values in block.below:
        n_filled = sum(not is_blank(value) for value in values)
        directly = row == (found[-1] if found else block.end) + 1
        if n_filled > 1 and (directly or _alike(block, keys, values)):
            found.append(row)
    if found:
        first, last = block.column, block.column + len(block.header) - 1
        area = f"{column_letters(first)}{found[0]}:{column_letters(last)}{found[-1]}"
        report.add("rows below", block.sheet, area, table=name, n=len(found))


def _alike(block: Block, keys: Sequence[int], values: Sequence[Any]) -> bool:
    """Whether a row has keys of the kind that the table's first row has."""
    return bool(keys and block.n_rows) and all(
        not is_blank(values[j]) and type(values[j]) is type(block.columns[j][0]) for j in keys
    )


def text_at(block: Block, i: int, j: int, report: Report) -> str:
    """Text of row `i` of column `j`; an error value is a fault, and what cannot be seen is left out and noted."""
    value = block.columns[j][i]
    if isinstance(value, ErrorValue):
        report.add("text error", block.sheet, block.cell(i, j), found=value)
        return ""
    text = read_text(value)
    if text != value and isinstance(value, str) and (unseen := typed.hidden(value)):
        report.add("text invisible", block.sheet, block.cell(i, j), found=unseen, taken=text)
    return text


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing a reader could see."""
    return value is None or (isinstance(value, str) and not read_text(value))


def filled_rows(table: KeyedTable) -> list[int]:
    """Rows with anything in them, but for those that repeat the header."""
    block = table.block
    return [
        i
        for i in range(block.n_rows)
        if i not in table.again and any(not is_blank(column[i]) for column in block.columns)
    ]
