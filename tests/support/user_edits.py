"""What users do to whole workbooks: sheets hidden, parts changed, saved by other programs (`renamed` has more).

Independent of the code under test.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import quoteattr

import openpyxl

from .edit import packed, sheet_parts

_BOOK = "xl/workbook.xml"


def parts_of(book: bytes) -> dict[str, bytes]:
    """All parts of a file."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        return {name: file.read(name) for name in file.namelist()}


def changed(book: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The file with the text of a part changed; it must have changed."""
    parts = parts_of(book)
    before = parts[part].decode()
    after = change(before)
    assert after != before, f"nothing changed in {part}"
    return packed(parts | {part: after.encode()})


def part_of(book: bytes, sheet: str) -> str:
    """The part of a sheet."""
    return sheet_parts(parts_of(book))[sheet]


def in_sheet(book: bytes, sheet: str, change: Callable[[str], str]) -> bytes:
    """The file with the text of a sheet's part changed."""
    return changed(book, part_of(book, sheet), change)


def hidden(book: bytes, sheet: str) -> bytes:
    """The sheet hidden."""
    name = f"<sheet name={quoteattr(sheet)}"
    return changed(book, _BOOK, lambda text: text.replace(name, f'{name} state="hidden"'))


def by_openpyxl(book: bytes) -> bytes:
    """Opened and saved by openpyxl."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not know and drops
        opened = openpyxl.load_workbook(io.BytesIO(book), keep_vba=True)
    file = io.BytesIO()
    opened.save(file)
    opened.vba_archive.close()  # else it would be closed after what it writes to, whenever garbage is collected
    return file.getvalue()
