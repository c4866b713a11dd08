"""Where the result sheets of an open workbook are kept, so that its last recalculation can be taken back."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

import xlwings as xw

from ...sheets import snapshot
from ...sheets.book import Results
from .book import ExcelBook


def keep(book: xw.Book, adapter: ExcelBook) -> None:
    """Write the result sheets of a workbook to the user's own cache folder, over what was kept of it before."""
    results = snapshot.take(adapter)
    file = _file(book)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".part")
    partial.touch(mode=0o600)  # whoever may not read the workbook may not read its results here
    partial.write_text(snapshot.to_json(results), encoding="utf-8")
    partial.replace(file)


def kept(book: xw.Book) -> Results | None:
    """What was kept of a workbook; None where nothing was, or it cannot be read any more."""
    with suppress(OSError, ValueError):
        return snapshot.from_json(_file(book).read_text(encoding="utf-8"))
    return None


def forget(book: xw.Book) -> None:
    """Remove what was kept of a workbook."""
    with suppress(OSError):
        _file(book).unlink()


def _file(book: xw.Book) -> Path:
    # An unsaved workbook has its name only; one on OneDrive an address: either tells it from the others.
    name = hashlib.sha256(book.impl.fullname.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return _folder() / f"{name}.json"


def _folder() -> Path:
    if "BDINDEX_CACHE" in os.environ:
        return Path(os.environ["BDINDEX_CACHE"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "bdindex" / "restore"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "bdindex"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "bdindex"
