"""Files on disk: read whole, replaced atomically, never while another program holds them."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ...errors import FileRefused, missing_file
from ...language import Text
from ...system import written_files
from ...system.plain_files import NoPlainFile, TooLarge, check_plain, read_plain
from . import backups, likeness, open_elsewhere, refusals
from .limits import MAX_FILE
from .locking import PARTIAL_SUFFIX, locked, partial_prefix

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


def read(path: Path) -> bytes:
    """A file's bytes. Raises FileRefused."""
    try:
        return read_plain(path, MAX_FILE)
    except FileNotFoundError:
        raise missing_file() from None
    except IsADirectoryError:
        raise refusals.not_a_file() from None
    except NoPlainFile:
        raise refusals.device() from None
    except TooLarge as error:
        size = error.size >> 20
        raise refusals.too_large(Text(f"文件有 {size:,} MB", f"the file has {size:,} MB")) from None
    except (OSError, ValueError) as error:
        raise refusals.unreadable(_reason(error)) from None


def refuse_device(path: Path) -> None:
    """Refuse what would give bytes for ever, or none. Raises FileRefused."""
    try:
        check_plain(path)
    except NoPlainFile:
        raise refusals.device().about(path) from None
    except OSError:  # whoever reads it says why that fails
        return


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def replace(
    path: Path | str, data: bytes, *, backup: bool = True, expected: bytes | None = None, like: Path | None = None
) -> Path | None:
    """Put `data` in place of a file, or make a new one; returns the copy kept of what it was, if any.

    The new bytes go to a file beside it first and take its name only when they are safely on disk, so at no moment
    is there half a workbook. A file that has these bytes already stays as it is. `expected` is what the file must
    still hold; `like` is the file that the data come from, and a new file is no less private than that. Raises
    FileRefused, and then the file is as it was.
    """
    path = Path(path)
    with locked(path):
        try:
            with _explained():
                return _replaced(path, path.resolve(), data, backup, expected, like)
        except FileRefused as refused:
            raise refused.about(path) from None


def _replaced(
    path: Path, target: Path, data: bytes, backup: bool, expected: bytes | None, like: Path | None
) -> Path | None:
    _check(target)
    status = target.stat() if target.exists() else None
    before = read(target) if status else None
    if expected is not None and before != expected:
        raise refusals.changed_meanwhile()
    if before == data:
        return None
    kept, is_new = None, False
    partial = _partial(target, data, like)
    try:
        if backup and before is not None and status:
            kept, is_new = backups.keep(target, before, status.st_mode & 0o777)
        open_elsewhere.check(target)
        if _mark(status) != _mark(target.stat() if target.exists() else None):
            raise refusals.changed_meanwhile()
        written_files.about_to(path, partial)
        os.replace(partial, target)
        written_files.done(path)
    except (OSError, FileRefused):  # nothing was replaced; after an interrupt that is not sure, and the copy stays
        if kept is not None and is_new:
            kept.unlink(missing_ok=True)
        raise
    finally:
        with contextlib.suppress(OSError):
            os.unlink(partial)
    _sync_folder(target.parent)
    if status:
        likeness.tell_links(path, status)
    if kept is not None:
        backups.prune(target)
    return kept


def _mark(status: os.stat_result | None) -> tuple[int, int, int] | None:
    """What changes when another program saves the file."""
    return (status.st_ino, status.st_size, status.st_mtime_ns) if status else None


def check_writable(path: Path | str) -> None:
    """Refuse before the work what `replace` would refuse after it."""
    path = Path(path)
    try:
        with _explained():
            _check(path.resolve())
    except FileRefused as refused:
        raise refused.about(path) from None


def _check(target: Path) -> None:
    """Refuse a file that is open elsewhere or may not be written."""
    with contextlib.suppress(FileNotFoundError):
        try:
            check_plain(target)
        except IsADirectoryError:
            raise refusals.not_a_file() from None
        except NoPlainFile:
            raise refusals.device() from None
    folder = target.parent
    if not folder.is_dir():
        raise refusals.missing_folder(str(folder))
    open_elsewhere.check(target)
    if target.exists() and not (target.stat().st_mode & 0o222 and os.access(target, os.W_OK)):
        raise refusals.read_only()
    if not os.access(folder, os.W_OK):
        raise refusals.read_only_folder(str(folder))


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise (refusals.held() if os.name == "nt" else refusals.not_permitted()) from None
    except (RuntimeError, ValueError) as error:  # a link that leads to itself, a name no system takes
        raise refusals.not_written(str(error)) from None
    except OSError as error:
        raise (refusals.disk_full() if error.errno in _FULL else refusals.not_written(_reason(error))) from None


def _partial(target: Path, data: bytes, like: Path | None) -> str:
    """The data in a file beside the target, safely on disk, with mode, owner and attributes as they are to be."""
    handle, name = tempfile.mkstemp(prefix=partial_prefix(target), suffix=PARTIAL_SUFFIX, dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            likeness.take_after(name, target)
        else:
            likeness.make_private(name, like)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    return name


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut, where the system offers that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
