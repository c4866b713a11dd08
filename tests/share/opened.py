"""What other programs find in a workbook: its parts, values and formulas."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from ..hosts.files.two_rankings import FORMULAS
from ..support.looked_at import looked_at


def by_openpyxl(book: bytes) -> bytes:
    file = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(book)).save(file)
    return file.getvalue()


def parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def values(book: bytes, name: str) -> list[tuple[object, ...]]:
    return list(looked_at(book, values=True)[name].iter_rows(values_only=True))


def formulas(book: bytes, name: str, column: int = 1) -> list[object]:
    found = looked_at(book)[name]
    return [found.cell(row, column).value for row in range(1, len(FORMULAS) + 1)]
