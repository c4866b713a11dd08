"""Which inputs are formulas. Each run notes it in the log, so that a formula put in place of a value later is told.

Such a formula may show the value that was computed with, and another one as soon as a program calculates it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from . import schema
from .areas import runs
from .book import Block, Readable
from .cells import heading, read_text
from .inputs import Inputs, Ranking
from .keyed_table import is_blank

NONE = "none"
ANY = "any"  # too many, too scattered to be listed in a cell
_LONGEST = 16_000


class Entered(NamedTuple):
    """An input that is a formula: where it stands now, and its table, column and place among what is computed with.

    The latter stay where a user sorts the data, moves columns or leaves rows blank.
    """

    table: str
    column: str
    place: int
    sheet: str
    at: tuple[int, int]  # row and column of the sheet


def formulas(book: Readable, inputs: Inputs) -> tuple[Entered, ...]:
    """All inputs of a workbook that are formulas."""
    data = {schema.table_of(schema.DATA.table, ranking.key): ranking for ranking in inputs.rankings}
    found: list[Entered] = []
    for name in (*(sheet.table for sheet in schema.INPUTS), *data):
        cells = book.formulas(name) if name in book.tables() else ()
        if not cells:
            continue
        block = book.read(name)
        columns = _of_data(block, data[name]) if name in data else _of_table(block)
        places = _rows_of_data(data[name]) if name in data else _filled(block)
        for i, j in sorted(cells):
            if j in columns and i in places:
                at = block.row + 1 + i, block.column + j
                found.append(Entered(name, columns[j], places[i], block.sheet, at))
    return tuple(found)


def _of_table(block: Block) -> dict[int, str]:
    """Columns of a table that are computed with, by their place; all of them where further ones have a meaning."""
    [sheet] = (sheet for sheet in schema.INPUTS if sheet.table == block.table)
    known = {heading(text): c.key for c in sheet.read for text in (c.key, *c.header.both())}
    every = sheet.further
    names = {j: known.get(heading(text), read_text(text) if every else "") for j, text in enumerate(block.header)}
    return {j: name for j, name in names.items() if name}


def _of_data(block: Block, ranking: Ranking) -> dict[int, str]:
    known = {heading(text): c.key for c in schema.DATA.columns for text in (c.key, *c.header.both())}
    columns = {j: known[heading(text)] for j, text in enumerate(block.header) if heading(text) in known}
    assert ranking.source is not None
    return columns | {j: code for code, j in ranking.source.columns.items()}


def _rows_of_data(ranking: Ranking) -> dict[int, int]:
    assert ranking.source is not None
    return {i: place for place, i in enumerate(ranking.source.rows.ravel().tolist()) if i >= 0}


def _filled(block: Block) -> dict[int, int]:
    rows = (i for i in range(block.n_rows) if any(not is_blank(column[i]) for column in block.columns))
    return {i: place for place, i in enumerate(rows)}


def spelt(found: Iterable[Entered]) -> str:
    """Inputs that are formulas as the log has them: by table, the places of each column.

    >>> spelt([Entered("bdx_units", "name", place, "Units", (6 + place, 2)) for place in (0, 1, 2, 5)])
    '{"bdx_units": {"name": "0-2,5"}}'
    """
    by_table: dict[str, dict[str, list[int]]] = {}
    for one in found:
        by_table.setdefault(one.table, {}).setdefault(one.column, []).append(one.place)
    if not by_table:
        return NONE
    told = {
        table: {column: ",".join(_spelt(first, last) for first, last in runs(places)) for column, places in own.items()}
        for table, own in by_table.items()
    }
    text = json.dumps(told, ensure_ascii=False)
    return text if len(text) <= _LONGEST else ANY


def _spelt(first: int, last: int) -> str:
    return f"{first}-{last}" if last > first else str(first)


def since(found: Iterable[Entered], recorded: str) -> tuple[Entered, ...]:
    """Those that were no formulas when that was recorded; none where nothing was, or nothing that can be read.

    >>> now = [Entered("bdx_units", "name", place, "Units", (6 + place, 2)) for place in (2, 3)]
    >>> [one.place for one in since(now, '{"bdx_units": {"name": "0-2,5"}}')], len(since(now, "none")), since(now, "")
    ([3], 2, ())
    """
    known = _read(recorded)
    if known is None:
        return ()
    return tuple(one for one in found if not any(one.place in r for r in known.get((one.table, one.column), ())))


def _read(recorded: str) -> Mapping[tuple[str, str], tuple[range, ...]] | None:
    if recorded == NONE:
        return {}
    try:
        told = json.loads(recorded)
        return {(table, column): tuple(_ranges(text)) for table, own in told.items() for column, text in own.items()}
    except (ValueError, AttributeError):
        return None


def _ranges(text: str) -> Iterator[range]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield range(int(first), int(last or first) + 1)
