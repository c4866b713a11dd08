"""Closed .xlsx and .xlsm files: read, and written without touching what is not a result.

Only the standard library: no spreadsheet library saves an existing workbook without losing parts of it.
"""

from .book import FileBook, open_book
from .locking import locked
from .outputs import XLAM, XLSM, XLSX, check_name, check_replaceable, check_target
from .saving import check_writable, refuse_device, replace

__all__ = [
    "XLAM",
    "XLSM",
    "XLSX",
    "FileBook",
    "check_name",
    "check_replaceable",
    "check_target",
    "check_writable",
    "locked",
    "open_book",
    "refuse_device",
    "replace",
]
