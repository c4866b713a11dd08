"""Where the result sheets of an open workbook are kept, so that its last recalculation can be taken back."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from ..sheets import snapshot
from ..sheets.book import Book, Results


def keep(place: str, book: Book) -> None:
    """Write the result sheets of a workbook to the user's own cache folder, over what was kept before of that place."""
    results = snapshot.take(book)
    file, before = _files(place)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".part")
    partial.touch(mode=0o600)  # whoever may not read the workbook may not read its results here
    partial.write_text(snapshot.to_json(results), encoding="utf-8")
    partial.replace(file)
    before.unlink(missing_ok=True)


def kept(place: str) -> Results | None:
    """What was kept of a workbook; None where nothing was, or it cannot be read any more."""
    for file in _files(place):
        with suppress(OSError, ValueError):
            return snapshot.from_json(file.read_text(encoding="utf-8"))
    return None


def may_have(place: str) -> bool:
    """Whether anything was kept of a workbook; it is not read."""
    return any(file.is_file() for file in _files(place))


def forget(place: str) -> None:
    """Remove what was kept of a workbook."""
    for file in _files(place):
        with suppress(OSError):
            file.unlink()


def _files(place: str) -> tuple[Path, Path]:
    """Where results of a workbook are kept, and where they once were on Windows."""
    # An unsaved workbook has its name only; one on OneDrive an address: either tells it from the others.
    name = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:24] + ".json"
    named = os.environ.get("BDINDEX_CACHE")
    folder = Path(named) if named else platformdirs.user_cache_path("bdindex", appauthor=False, opinion=False)
    return folder / name, folder / "restore" / name
