"""Reads files, and nothing else that has a path: a device or a pipe may give bytes for ever, or none."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class NoPlainFile(OSError):
    """A device, a pipe or a socket."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "a device or a pipe, not a file")


class TooLarge(OSError):
    """A file of more bytes than are taken; `size` of them."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


def check_plain(path: Path) -> None:
    """Raises NoPlainFile, IsADirectoryError or another OSError where there is no file to read."""
    _check(path.stat())


def read_plain(path: Path, most: int) -> bytes:
    """A file's bytes.

    Raises NoPlainFile, TooLarge, IsADirectoryError, and OSError as `open` does.
    """
    check_plain(path)  # before it is opened: opening a pipe waits for whoever writes into it
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    with open(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        _check(status)
        if status.st_size > most:
            raise TooLarge(status.st_size)
        data = file.read(most + 1)  # some files of the system say that they have no bytes
    if len(data) > most:
        raise TooLarge(len(data))
    return data


def _check(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise NoPlainFile
