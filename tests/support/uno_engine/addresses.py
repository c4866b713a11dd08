"""Addresses in Excel's A1 notation, as one-based (row, column, number of rows, number of columns)."""

from __future__ import annotations

import re

ROWS, COLUMNS = 1_048_576, 16_384

Coords = tuple[int, int, int, int]

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_ROW = re.compile(r"\$?([0-9]{1,7})")


def column_name(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def parsed(text: str) -> Coords | None:
    """What an address without a sheet covers; None where it is no address."""
    first, _, last = text.partition(":")
    last = last or (first if _CELL.fullmatch(first) else "")
    for pattern in (_CELL, _COLUMN, _ROW):
        one, other = pattern.fullmatch(first), pattern.fullmatch(last)
        if one and other:
            corners = [_corner(pattern, match.groups()) for match in (one, other)]
            top, left = (min(corner[i] for corner in corners) for i in (0, 1))
            bottom, right = (max(corner[i] for corner in corners) for i in (2, 3))
            fits = top >= 1 and left >= 1 and bottom <= ROWS and right <= COLUMNS
            return (top, left, bottom - top + 1, right - left + 1) if fits else None
    return None


def spelled(coords: Coords, row_absolute: bool = True, col_absolute: bool = True) -> str:
    """The address of an area. Whole columns and rows have the short form, as Excel gives it."""
    row, column, n_rows, n_columns = coords
    row_sign, column_sign = "$" * row_absolute, "$" * col_absolute
    last_row, last_column = row + n_rows - 1, column + n_columns - 1
    if n_rows == ROWS:
        return f"{column_sign}{column_name(column)}:{column_sign}{column_name(last_column)}"
    if n_columns == COLUMNS:
        return f"{row_sign}{row}:{row_sign}{last_row}"
    first = f"{column_sign}{column_name(column)}{row_sign}{row}"
    last = f"{column_sign}{column_name(last_column)}{row_sign}{last_row}"
    return first if n_rows == n_columns == 1 else f"{first}:{last}"


def sheet_and_cells(text: str) -> tuple[str | None, str]:
    """A reference taken apart: 'It''s me'!A1 gives (It's me, A1)."""
    sheet, mark, cells = text.rpartition("!")
    if not mark:
        return None, text
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, cells


def quoted(sheet: str) -> str:
    """A sheet's name as a reference holds it."""
    plain = re.fullmatch(r"[^\W\d]\w*", sheet) and not parsed(sheet)
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


def _corner(pattern: re.Pattern[str], groups: tuple[str, ...]) -> tuple[int, int, int, int]:
    """First and last row and column that one half of an address stands for: top, left, bottom, right."""
    if pattern is _CELL:
        row, column = int(groups[1]), column_number(groups[0])
        return row, column, row, column
    if pattern is _COLUMN:
        column = column_number(groups[0])
        return 1, column, ROWS, column
    return int(groups[0]), 1, int(groups[0]), COLUMNS
