"""What a copy without raw data must not hold either: columns that quote raw values, or give them back with scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..hosts.files import FileBook
from ..language import Text, joined, same
from ..sheets import schema
from ..sheets.book import ResultColumn, Results, ResultTable
from ..sheets.faults import Report
from ..sheets.keyed_table import read_table
from .strip.sheets import goes_whole, is_raw

_COLUMNS = Text("“{sheet}”中给出原始数据的列：{columns}", "columns of “{sheet}” that give raw data: {columns}")
_SCALE = Text(
    "副本中仍有各指标的标准化得分：知道某个指标的两个原始值，就能由得分推算出该指标其余的值。",
    "The copy still holds the indicators' scores: whoever knows two raw values of an indicator can work out the rest.",
)
_SHEETS = tuple(sheet for sheet in (*schema.INPUTS, *schema.RESULTS, *schema.ANALYSES) if sheet.raw)


def withhold(book: FileBook) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Blank those columns; returns what was taken out, and what the sender should know.

    Sheets of raw data go whole with `strip`; where one holds another table of ours too, they are blanked here.
    """
    tables, told = [], []
    for name, columns in _blank_columns(book):
        if columns:
            tables.append(ResultTable(name, tuple(columns)))
            headers = joined([same(column.header) for column in columns])
            told.append(_COLUMNS.format(sheet=same(book.tables()[name]), columns=headers))
    book.write(Results(tuple(tables)))
    return tuple(told), (_SCALE,) if schema.NORMALISED.table in book.tables() else ()


def forget_shown(book: FileBook) -> None:
    """Blank what the sheet of one unit shows of raw data: its formulas go with the data, and leave what they show.

    To be called last: what is written to the book has them calculated again.
    """
    sheet = book.sheet_of(schema.CELL_TITLE.format(table=schema.PROFILE_KEY))
    formulas = book.formula_cells(sheet) if sheet is not None else []
    looked_up = [cell for cell in formulas if schema.DATA.prefix in cell.text]
    others = [cell for cell in formulas if schema.DATA.prefix not in cell.text]
    book.settle({cell.key: None for cell in (*looked_up, *book.followers(others, looked_up))})


def _blank_columns(book: FileBook) -> Iterator[tuple[str, list[ResultColumn]]]:
    for sheet in (sheet for sheet in _SHEETS if sheet.table in book.tables()):
        table = read_table(book, sheet.table, sheet.columns, Report(), sheet.keys)
        places = [table.places[key] for key in sheet.raw if key in table.places] if table else []
        yield sheet.table, _blank(book, sheet.table, places)
    for name in _staying(book):
        table = read_table(book, name, schema.DATA.columns, Report(), schema.DATA.keys)
        yield name, _blank(book, name, list(table.rest) if table else [])


def _blank(book: FileBook, name: str, places: list[int]) -> list[ResultColumn]:
    """Those of these columns of a table that hold anything, blank."""
    block = book.read(name)
    filled = (j for j in places if any(value is not None for value in block.columns[j]))
    return [ResultColumn(block.header[j], "raw", [None] * block.n_rows) for j in filled]


def _staying(book: FileBook) -> list[str]:
    """Tables of raw data whose sheets stay, for other tables of ours that stand there."""
    by_sheet: dict[str, list[str]] = defaultdict(list)
    for name, sheet in book.tables().items():
        by_sheet[sheet].append(name)
    kept = (names for names in by_sheet.values() if not goes_whole(names, [is_raw(name) for name in names]))
    return [name for names in kept for name in names if is_raw(name)]
