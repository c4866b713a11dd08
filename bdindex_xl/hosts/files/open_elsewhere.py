"""Whether Excel, LibreOffice or WPS has a file open, and who sits before it."""

from __future__ import annotations

import os
from pathlib import Path

from . import refusals


def check(target: Path) -> None:
    """Refuse a file that another program has open, as its lock file says. Raises FileRefused."""
    for lock in (f"~${target.name}", f".~lock.{target.name}#", f".~{target.name}"):  # Excel, LibreOffice, WPS
        if os.path.exists(target.parent / lock):  # a name too long for the disk is none
            raise refusals.open_elsewhere(_holder(target.parent / lock), lock)


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
