"""An open workbook as a file: what it would be if it were saved now."""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import xlwings as xw

from ...errors import FileRefused
from ...language import Text

_UNSAVED = Text(
    "工作簿还没有保存过。请先保存，再试一次。", "The workbook has never been saved. Save it first, then try again."
)


def copy_of(book: xw.Book) -> bytes:
    """The workbook's file with all changes up to now.

    Excel for Windows writes a copy, and the user's own file stays as it is; elsewhere there is no such way, and the
    workbook is saved. Raises FileRefused where it has never been.
    """
    if sys.platform == "win32":
        with tempfile.TemporaryDirectory(prefix="bdindex-", ignore_cleanup_errors=True) as folder:
            file = Path(folder, "copy" + (Path(book.name).suffix or ".xlsx"))
            book.api.SaveCopyAs(str(file))
            return file.read_bytes()
    file = Path(book.impl.fullname)
    if not file.is_file():
        raise FileRefused(_UNSAVED)
    book.save()
    return file.read_bytes()


def folder_of(book: xw.Book) -> Path:
    """The folder of the workbook; the user's documents where it is on no disk, such as in the cloud."""
    with suppress(Exception):  # xlwings refuses some addresses in the cloud
        for name in (book.impl.fullname, book.fullname):
            folder = Path(name).parent
            if "://" not in name and Path(name).is_file():
                return folder
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()
