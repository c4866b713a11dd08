"""Files on disk: read whole, replaced atomically, never while another program holds them."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ... import written
from ...errors import FileRefused
from ...language import Text
from . import refusals
from .limits import MAX_FILE

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


def read(path: Path) -> bytes:
    """A file's bytes. Raises FileRefused."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise refusals.not_a_file()
        if size > MAX_FILE:
            raise refusals.too_large(Text(f"文件有 {size >> 20:,} MB", f"the file has {size >> 20:,} MB"))
        return path.read_bytes()
    except FileNotFoundError:
        raise refusals.missing_file() from None
    except (OSError, ValueError) as error:
        raise refusals.unreadable(_reason(error)) from None


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def replace(path: Path | str, data: bytes, *, backup: bool = True, expected: bytes | None = None) -> Path | None:
    """Put `data` in place of a file, or make a new one; returns the backup made, if any.

    The new bytes go to a file beside it first and take its name only when they are safely on disk, so at no moment
    is there half a workbook. The file as it was is kept once a day under its name with ``.bak``. `expected` is what
    the file must still hold. Raises FileRefused, and then the file is as it was.
    """
    path = Path(path)
    try:
        with _explained():
            target = path.resolve()
            _check(target)
            if expected is not None and read(target) != expected:
                raise refusals.changed_meanwhile()
            kept = _back_up(target) if backup and target.exists() else None
            _put(target, data)
            written.note(path)
    except FileRefused as refused:
        raise refusals.named(path.name, refused) from None
    return kept


def check_writable(path: Path | str) -> None:
    """Refuse before the work what `replace` would refuse after it."""
    path = Path(path)
    try:
        with _explained():
            _check(path.resolve())
    except FileRefused as refused:
        raise refusals.named(path.name, refused) from None


def _check(target: Path) -> None:
    """Refuse a file that is open elsewhere or may not be written."""
    if target.is_dir():
        raise refusals.not_a_file()
    folder = target.parent
    if not folder.is_dir():
        raise refusals.missing_folder(str(folder))
    for lock in (f"~${target.name}", f".~lock.{target.name}#", f".~{target.name}"):  # Excel, LibreOffice, WPS
        if (folder / lock).exists():
            raise refusals.open_elsewhere(_holder(folder / lock), lock)
    if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        raise refusals.read_only()
    if not os.access(folder, os.W_OK):
        raise refusals.read_only_folder(str(folder))


def _holder(lock: Path) -> str:
    """Who holds a file, as far as the lock tells."""
    try:
        data = lock.read_bytes()[:1000]
    except OSError:  # the other program may hold the lock file itself
        return ""
    if lock.name.startswith(".~lock."):
        fields = [field.strip() for field in data.decode("utf-8", "replace").split(",")]
        return next((field for field in fields[:2] if field), "")
    if lock.name.startswith("~$") and len(data) > 57:
        # Excel: the name's length and 54 bytes in the system's code page, then length and name in UTF-16.
        length = int.from_bytes(data[55:57], "little")
        name = data[57 : 57 + 2 * length].decode("utf-16-le", "replace") if length <= 54 else ""
        return name if name.isprintable() else ""
    return ""


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise refusals.held() from None
    except (RuntimeError, ValueError) as error:  # a link that leads to itself, a name no system takes
        raise refusals.not_written(str(error)) from None
    except OSError as error:
        raise (refusals.disk_full() if error.errno in _FULL else refusals.not_written(_reason(error))) from None


def _back_up(target: Path) -> Path | None:
    """Keep the file as it is now, unless one of today is kept already."""
    kept = target.with_name(f"{target.name}.bak")
    if kept.exists() and dt.date.fromtimestamp(kept.stat().st_mtime) == dt.date.today():
        return None
    _put(kept, target.read_bytes(), like=target)
    return kept


def _put(target: Path, data: bytes, like: Path | None = None) -> None:
    """Write a file beside its place, then give it its name; mode and owner are those of the file it replaces."""
    model = like or target
    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}-", suffix=".tmp", dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_after(name, model)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(target.parent)


def _take_after(name: str, model: Path) -> None:
    if model.exists():
        status = model.stat()
        os.chmod(name, stat.S_IMODE(status.st_mode))
        if hasattr(os, "chown"):
            with contextlib.suppress(OSError):  # only an administrator may give files away
                os.chown(name, status.st_uid, status.st_gid)
    elif os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut, where the system offers that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
