"""Mode, owner and extended attributes of files: kept over a replacement, and as private in a copy as in its source."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from ...language import Text
from ...system import written_files

_LOST = Text("{file} 的扩展属性未能保留：{names}。", "Extended attributes of {file} could not be kept: {names}.")
_UNLINKED = Text(
    "{file} 原有 {n} 个硬链接，其余名称下仍是替换前的内容。",
    "{file} had {n} hard {n:link|links}; under its other names the file is still as it was.",
)


def take_after(name: str, model: Path) -> None:
    """Give a new file what the one has that it will replace. What the disk or the system forbids stays as it is."""
    status = model.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # only an administrator may give files away
            os.chown(name, status.st_uid, status.st_gid)
    with contextlib.suppress(OSError):  # such disks have no modes: FAT, some of the network
        os.chmod(name, stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):
        _copy_attributes(name, model)


def _copy_attributes(name: str, model: Path) -> None:
    lost = []
    with contextlib.suppress(OSError):
        for attribute in os.listxattr(model):
            try:
                os.setxattr(name, attribute, os.getxattr(model, attribute))
            except OSError:
                lost.append(attribute)
    own = [attribute for attribute in lost if attribute.startswith("user.")]  # others are the system's business
    if own:
        written_files.remark(_LOST.format(file=model, names=", ".join(own)))


def tell_links(file: Path, status: os.stat_result) -> None:
    """Say that a file that bore other names is another one now than under those."""
    if status.st_nlink > 1:
        written_files.remark(_UNLINKED.format(file=file, n=status.st_nlink))


def make_private(name: str, source: Path | None) -> None:
    """Give a new file the usual mode, or where it comes from another, none that lets more people read than that."""
    if os.name != "posix":
        return
    mask = os.umask(0)
    os.umask(mask)
    mode = 0o666 & ~mask
    if source is not None:
        with contextlib.suppress(OSError):
            status = source.stat()
            mode &= stat.S_IMODE(status.st_mode) | 0o600
            mode = _of_group(name, status.st_gid, mode)
    with contextlib.suppress(OSError):
        os.chmod(name, mode)


def _of_group(name: str, group: int, mode: int) -> int:
    """The mode without what another group than the source's may do."""
    with contextlib.suppress(OSError):
        os.chown(name, -1, group)
    return mode if os.stat(name).st_gid == group else mode & ~0o070
