"""What a file was before it was written over: a few dated, numbered copies beside it.

A copy's name ends in the beginning of the digest of its bytes. So a copy proves by itself that it was made here and is
still what it was: nothing else is ever deleted, whatever its name, and nothing at all is ever written over.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
from pathlib import Path
from typing import NamedTuple

from ...system.plain_files import read_plain
from .limits import MAX_FILE

KEPT = 5  # copies of a file

_LONGEST = 200  # of a name before the date [bytes]; file systems allow 255 in all
_TAIL = re.compile(r"\.(\d{4}-\d\d-\d\d)\.(\d{3,6})-([0-9a-f]{8})\.bak")


class _Copy(NamedTuple):
    date: str
    number: int
    path: Path
    digest: str


def keep(target: Path, data: bytes, mode: int) -> tuple[Path, bool]:
    """Keep the bytes that a file has; where the latest copy has them already, that is it. Tells whether it is new.

    Raises OSError where the copy cannot be written.
    """
    copies, digest, today = _copies(target), _digest(data), dt.date.today().isoformat()
    if copies and copies[-1].digest == digest and _bytes(copies[-1].path) == data:
        return copies[-1].path, False
    number = max((copy.number for copy in copies if copy.date == today), default=0)
    while True:
        number += 1
        path = target.with_name(f"{_base(target)}.{today}.{number:03d}-{digest}.bak")
        with contextlib.suppress(FileExistsError):
            _write_new(path, data, mode)
            return path, True


def prune(target: Path) -> None:
    """Delete the oldest copies beyond a few, as far as they are ours and unchanged."""
    for copy in _copies(target)[:-KEPT]:
        data = _bytes(copy.path)
        if data is not None and _digest(data) == copy.digest:
            with contextlib.suppress(OSError):
                copy.path.unlink()


def _copies(target: Path) -> list[_Copy]:
    """Files that are called as copies of this one are, the oldest first."""
    base = _base(target)
    found = []
    for entry in os.scandir(target.parent):
        tail = _TAIL.fullmatch(entry.name[len(base) :]) if entry.name.startswith(base) else None
        if tail and entry.is_file(follow_symlinks=False):
            found.append(_Copy(tail[1], int(tail[2]), Path(entry.path), tail[3]))
    return sorted(found)


def _base(target: Path) -> str:
    """The beginning of the copies' names: the file's own name, cut where the whole would be too long."""
    return target.name.encode("utf-8", "surrogateescape")[:_LONGEST].decode("utf-8", "ignore")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def _bytes(path: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return read_plain(path, MAX_FILE)
    return None


def _write_new(path: Path, data: bytes, mode: int) -> None:
    """Raises FileExistsError where the name is taken; leaves nothing where writing fails."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            os.chmod(path, mode)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise
