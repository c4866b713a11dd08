"""Independent programs that calculate a twin anew, and what the engine says of the same data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlwings as xw

from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import schema
from bdindex_xl.tasks import recalculate
from tests.support import edit

Changes = Mapping[tuple[str, str], float | None]
Cell = Callable[[str, int, int], Any]  # sheet, row, column
_CLOSE = 1e-9
# Written by a recalculation, and say that they follow no formula; or by an analysis, and are not in a copy until then;
# or of records, and in no copy.
_OWN = (
    "bdx_check", "bdx_log", "bdx_treated", schema.SOURCES.table,
    *(sheet.table for sheet in (*schema.ANALYSES, *schema.FROM_FILES)),
)  # fmt: skip


def expected(book: bytes, changes: Changes) -> FileBook:
    """The workbook with the changes, recalculated by the engine."""
    made = FileBook.from_bytes(edit.edited(book, changes))
    recalculate.recalculate(made, now=None)
    return made


def differences(twin: bytes, cell: Cell, reference: FileBook) -> tuple[int, list[tuple[Any, ...]]]:
    """Number of result cells compared, and those in which a program's value is not the engine's."""
    places, bad, n = FileBook.from_bytes(twin), [], 0
    for name in reference.tables():
        if name in _OWN or name.startswith(("bdx_data", "bdx_settings", "bdx_framework", "bdx_units")):
            continue
        wanted, made = reference.read(name), places.read(name)
        for header, values in zip(wanted.header, wanted.columns, strict=True):
            column = made.column + made.header.index(header)
            for i, value in enumerate(values):
                n += 1
                found = cell(made.sheet, made.row + 1 + i, column)
                if not _same(found, value):
                    bad.append((name, header, i, found, value))
    return n, bad


def _same(found: Any, value: Any) -> bool:
    if isinstance(value, float):
        return isinstance(found, int | float) and abs(found - value) <= _CLOSE * max(1.0, abs(value))
    return (found or None) == (value or None)


def in_ironcalc(twin: bytes, changes: Changes, file: Path) -> Cell:
    """The twin with the changes as ironcalc calculates it."""
    import ironcalc

    file.write_bytes(twin)
    model = ironcalc.load_from_xlsx(str(file), "en", "UTC")
    at = {sheet["name"]: k for k, sheet in enumerate(map(_named, model.get_worksheets_properties()))}
    for (sheet, address), value in changes.items():
        row, column = _split(address)
        if value is None:
            model.clear_cell_contents(at[sheet], row, column)
        else:
            model.update_cell_with_number(at[sheet], row, column, value)
    model.evaluate()
    return lambda sheet, row, column: model.get_cell_value(at[sheet], row, column)


def _named(sheet: Any) -> dict[str, str]:
    return {"name": sheet.name if hasattr(sheet, "name") else sheet["name"]}


def in_libreoffice(book: xw.Book, changes: Changes) -> Cell:
    """The open twin with the changes, calculated anew from end to end."""
    for (sheet, address), value in changes.items():
        book.sheets[sheet][address].value = value
    model = book.impl.document.model
    model.calculateAll()
    read: dict[str, Any] = {}

    def cell(sheet: str, row: int, column: int) -> Any:
        if sheet not in read:
            used = model.Sheets.getByName(sheet).createCursor()
            used.gotoEndOfUsedArea(True)
            read[sheet] = used.getDataArray()
        rows = read[sheet]
        return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[0]) else None

    return cell


def _split(address: str) -> tuple[int, int]:
    found = re.fullmatch("([A-Z]+)([0-9]+)", address)
    assert found
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
