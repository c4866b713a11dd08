"""Cells and tables as every sheet writes them, within what Excel takes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..errors import BdIndexError
from ..language import Text
from ..sheets.areas import MAX_ROW
from ..sheets.book import Value
from ..sheets.layout import one_line
from . import styles

_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")  # what programs read as one character
LONGEST_TEXT = 32_767  # characters of a cell
LONGEST_HEADER = 255  # characters of a table's header
HIGHEST = 409.0  # points of a row


def put(sheet: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    """A cell. Text is written as text, whatever it begins with."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        sheet.write_number(row, column, value, look)
    else:
        text = str(value)
        if (found := _length(text)) > LONGEST_TEXT:
            place = f"{sheet.get_name()}!{xl_rowcol_to_cell(row, column)}"
            raise BdIndexError(_TOO_LONG.format(place=place, found=found, limit=LONGEST_TEXT))
        sheet.write_string(row, column, text, look)


def set_height(sheet: Worksheet, row: int, points: float) -> None:
    """A row as high as its text needs, or as high as a row may be: Excel repairs a file with a higher one."""
    sheet.set_row(row, min(points, HIGHEST))


def add_table(
    sheet: Worksheet,
    name: str,
    place: tuple[int, int],
    header: Sequence[str],
    looks: Sequence[Format],
    n_rows: int,
    *,
    filters: bool = True,
) -> None:
    """An Excel table from the cell on in which its header begins; without rows it has a blank one."""
    row, column = place
    if row + 1 + n_rows > MAX_ROW:
        raise BdIndexError(_TOO_MANY.format(sheet=sheet.get_name(), found=n_rows, limit=MAX_ROW - row - 1))
    header = [one_line(text) for text in header]
    _check_header(sheet, header)
    columns = [{"header": text, "header_format": look} for text, look in zip(header, looks, strict=True)]
    options = {"name": name, "columns": columns, "style": styles.TABLE_STYLE, "banded_rows": False}
    options["autofilter"] = filters
    last = (row + max(n_rows, 1), column + len(header) - 1)
    done(sheet.add_table(row, column, *last, options), name)
    for one in sheet.tables[-1]["columns"]:  # XlsxWriter escapes the header's cell, not the table's record of it
        one["name"] = _ESCAPE.sub(r"_x005F\g<0>", one["name"])


def _check_header(sheet: Worksheet, header: Sequence[str]) -> None:
    # Excel takes a file for damaged in which one of these fails.
    times = Counter(text.casefold() for text in header)
    for text in header:
        if not text or _length(text) > LONGEST_HEADER or times[text.casefold()] > 1:
            place = sheet.get_name()
            raise BdIndexError(_HEADER.format(sheet=place, found=cut(text, 60), limit=LONGEST_HEADER))


def cut(text: str, limit: int) -> str:
    """The text's beginning that fits into so many UTF-16 units."""
    if _length(text) <= limit:
        return text
    while _length(text) > limit - 1:
        text = text[:-1]
    return text + "…"


def _length(text: str) -> int:
    """As Excel counts characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def done(code: int | None, what: str) -> None:
    """Raises ValueError where XlsxWriter has answered that it refuses."""
    # It answers a wrong argument with a negative number.
    if code:
        raise ValueError(f"XlsxWriter refuses {what}: {code}")


_TOO_LONG = Text(
    "{place}：单元格文字应不超过 {limit} 个字符，实为 {found} 个",
    "{place}: expected a text of at most {limit} characters, found {found}",
)
_TOO_MANY = Text(
    "{sheet}：Excel 工作表最多容纳 {limit} 行数据，实为 {found} 行",
    "{sheet}: expected at most {limit} rows, which is what a sheet of Excel holds, found {found}",
)
_HEADER = Text(
    "{sheet}：表头应各不相同、非空且不超过 {limit} 个字符，实为“{found}”",
    "{sheet}: expected headers that differ, are not blank and hold at most {limit} characters, found “{found}”",
)
