"""A folder for records while they are counted, which goes in the end; what a killed run left goes with the next one."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = "bdindex-records-"
_MARK = "in-use"  # a file that is held as long as its run lives
_YOUNG = 3600.0  # seconds for which a folder is left alone in any case: its run may be about to begin


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of its own."""
    _sweep(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        with (folder / _MARK).open("wb") as mark:
            if sys.platform != "win32":
                with suppress(OSError):  # a disk without locks
                    fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield folder


def _sweep(home: Path) -> None:
    """Remove folders of runs that are no more: records of companies are nothing to leave about."""
    with suppress(OSError):
        for mark in home.glob(f"{_PREFIX}*/{_MARK}"):
            if time.time() - mark.stat().st_mtime > _YOUNG and _is_left(mark):
                shutil.rmtree(mark.parent, ignore_errors=True)


def _is_left(mark: Path) -> bool:
    """Whether nobody holds it: it can be locked, or on Windows removed."""
    try:
        if sys.platform == "win32":
            mark.unlink()
        else:
            with mark.open("rb+") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
