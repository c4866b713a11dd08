"""Closed .xlsx and .xlsm files: read, and written without touching what is not a result.

Only the standard library: no spreadsheet library saves an existing workbook without losing parts of it.
"""

from .book import FileBook, open_book
from .saving import check_writable, replace

__all__ = ["FileBook", "check_writable", "open_book", "replace"]
