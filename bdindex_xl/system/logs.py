"""Where the details of a defect of ours are kept: one file for each defect, and few files in all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
from pathlib import Path

from ..language import Text

_DEFECT = Text(
    "程序出错，详情已写入 {log}，请把它发给维护者",
    "a defect of the program; the details are in {log}: please send them to us",
)
_UNLOGGED = Text("程序出错，且无法写入日志", "a defect of the program, and its log could not be written")
_KEPT = 5
_OURS = re.compile(r"bdindex-[0-9a-f]{12}\.log")


def told(heading: str, details: str) -> Text:
    """What a cell says of a defect, whose details are in a file."""
    try:
        return _DEFECT.format(log=write(heading, details))
    except OSError:
        return _UNLOGGED


def write(heading: str, details: str) -> str:
    """Path of the file with the details; a defect met again is in the file that it has. Raises OSError.

    Named by its details, so that a column of ten thousand cells that fail alike leaves one file and not ten thousand.
    """
    data = f"{heading}\n\n{details}".encode("utf-8", "backslashreplace")
    folder = Path(tempfile.gettempdir())
    file = folder / f"bdindex-{hashlib.sha256(details.encode('utf-8', 'backslashreplace')).hexdigest()[:12]}.log"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(file, flags, 0o600)
    except FileExistsError:
        if _is_ours(file):
            return str(file)
        handle, name = tempfile.mkstemp(prefix="bdindex-", suffix=".log")  # somebody else's file bears the name
        file = Path(name)
    with os.fdopen(handle, "wb") as log:
        log.write(data)
    _prune(folder, file)
    return str(file)


def _is_ours(file: Path) -> bool:
    status = file.lstat()
    return stat.S_ISREG(status.st_mode) and (not hasattr(os, "getuid") or status.st_uid == os.getuid())


def _prune(folder: Path, newest: Path) -> None:
    """Leave the newest few of this user's."""
    with contextlib.suppress(OSError):
        ours = [file for file in folder.glob("bdindex-*.log") if _OURS.fullmatch(file.name) and _is_ours(file)]
        ours = [file for file in ours if file != newest]
        for file in sorted(ours, key=lambda file: file.lstat().st_mtime, reverse=True)[_KEPT - 1 :]:
            file.unlink()
