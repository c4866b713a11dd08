"""One run at a time on a workbook, from reading it to replacing it, so that no run undoes what another has written.

The lock is the operating system's, on a file beside the workbook: it ends with the process that holds it, however that
ends, and the file goes with it.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import hashlib
import os
import platform
import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from ...errors import FileRefused
from ...language import Progress, Text
from ...system import written_files
from . import refusals

PATIENCE = 30.0  # for another run to end [s]
WAITING = Text("等待另一个 bdindex 完成", "waiting for another bdindex to finish")

_LONGEST = 40  # of a name [characters], each up to 4 bytes of the 255 that file systems allow
_AGAIN = 0.05  # between two attempts [s]
_BUSY = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EPERM}
_HELD: set[tuple[Path, int]] = set()  # files locked by this process, with the thread that did
_BYTE = 1 << 20  # locked on Windows, far behind what the file tells: a locked byte cannot be read there
_STRAY = re.compile(r"[a-z0-9_]{8}")
_UNSAFE = Text(
    "{file} 所在的磁盘不支持文件锁：请勿同时运行两个 bdindex 写入同一文件。",
    "The disk that holds {file} has no file locks: do not have two runs of bdindex write to that file at once.",
)


@contextlib.contextmanager
def locked(path: Path | str, progress: Progress = lambda _: None) -> Iterator[None]:
    """Hold the lock of a file, there or not, to the end of the block; within it once more is once.

    Waits for another run a while, and says so to `progress`. Raises FileRefused, naming the file and who holds it.
    """
    try:
        target = Path(path).resolve()
    except (OSError, RuntimeError):  # a link that leads to itself: whoever reads or writes it says so
        yield
        return
    key = target, threading.get_ident()
    if key in _HELD or not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        yield
        return
    lock = target.with_name(f".{_short(target.name)}.bdindex-lock")
    handle = _acquired(lock, target, progress)
    _HELD.add(key)
    try:
        yield
    finally:
        _HELD.discard(key)
        _release(handle, lock)


def partial_prefix(target: Path) -> str:
    """How the name of a file begins that is to become `target`."""
    return f".{_short(target.name)}-"


PARTIAL_SUFFIX = ".bdindex.tmp"


def _short(name: str) -> str:
    """A file's name, in a length that leaves room for more: never the same for two files."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST]}~{hashlib.sha256(os.fsencode(name)).hexdigest()[:12]}"


def _acquired(lock: Path, target: Path, progress: Progress) -> int:
    """An open handle that holds the lock."""
    until = time.monotonic() + PATIENCE
    while True:
        handle, error = _attempt(lock)
        if handle is not None and error is None:
            _sweep(target)
            return handle
        if handle is not None:
            written_files.remark(_UNSAFE.format(file=target))
            return handle
        if time.monotonic() >= until:
            raise refusals.busy(_holder(lock), lock.name, PATIENCE).about(target)
        progress(WAITING)
        time.sleep(_AGAIN)


def _attempt(lock: Path) -> tuple[int | None, OSError | None]:
    """The lock; no handle where another run has it, and the handle with an error where the disk knows no locks."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        handle = os.open(lock, flags, 0o666)
    except PermissionError as error:  # another user's, or on its way out
        return None, error
    except OSError as error:
        raise FileRefused(refusals.not_written(error.strerror or str(error)).message) from None
    try:
        _take(handle)
    except OSError as error:
        if error.errno in _BUSY:
            os.close(handle)
            return None, error
        return handle, error
    if _is(handle, lock):  # else its holder has just removed it
        with contextlib.suppress(OSError):  # a full disk: others are then not told who holds it
            os.write(handle, f"{os.getpid()}\n{platform.node()}\n{_user()}\n".encode())
        return handle, None
    os.close(handle)
    return None, None


def _is(handle: int, lock: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(lock))
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, _BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

    def _release(handle: int, lock: Path) -> None:
        os.close(handle)  # first: no open file can be removed there, so that a run that waits keeps it
        with contextlib.suppress(OSError):
            os.unlink(lock)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(handle: int, lock: Path) -> None:
        with contextlib.suppress(OSError):
            os.unlink(lock)  # while it is held: whoever waits for it sees that its name is gone, and asks anew
        os.close(handle)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name is known, as in some containers
        return ""


def _holder(lock: Path) -> Text | None:
    """Who holds a lock, as far as its file tells."""
    try:
        process, host, user = lock.read_text(encoding="utf-8", errors="replace").splitlines()[:3]
    except (OSError, ValueError):
        return None
    return refusals.HOLDER.format(process=process, host=host, user=user or "?")


def _sweep(target: Path) -> None:
    """Remove what a run left that was killed while it wrote: no other run is at work on this file now."""
    prefix = partial_prefix(target)
    with contextlib.suppress(OSError):
        for entry in os.scandir(target.parent):
            middle = entry.name.removeprefix(prefix).removesuffix(PARTIAL_SUFFIX)
            if entry.name == prefix + middle + PARTIAL_SUFFIX and _STRAY.fullmatch(middle):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)
