"""The mark of files from the internet: on Windows a stream beside the file, on macOS an attribute."""

from __future__ import annotations

import re
from pathlib import Path

from .machine import Machine

_QUARANTINE = "com.apple.quarantine"
_ZONE = re.compile(r"^\s*ZoneId\s*=\s*(\d)", re.MULTILINE | re.IGNORECASE)
_BYTES = "latin-1"  # each byte as a character, so that a mark can be put back to the byte
INTERNET = 3  # zones: 0 this computer, 1 intranet, 2 trusted sites, 3 internet, 4 restricted sites


def mark_of(machine: Machine, file: Path) -> str | None:
    """The mark as the system keeps it; None where there is none."""
    if machine.is_windows:
        try:
            return _stream(file).read_bytes().decode(_BYTES)
        except OSError:
            return None
    if machine.is_macos:
        found = machine.run(["/usr/bin/xattr", "-p", _QUARANTINE, str(file)])
        return found.strip() if found is not None else None
    return None


def zone(mark: str) -> int:
    """The zone that a mark of Windows names; a mark that names none counts as the internet."""
    found = _ZONE.search(mark)
    return int(found[1]) if found else INTERNET


def unmark(machine: Machine, file: Path) -> None:
    """Take the mark off. Raises OSError."""
    if machine.is_windows:
        _stream(file).unlink()
    elif machine.run(["/usr/bin/xattr", "-d", _QUARANTINE, str(file)]) is None:
        raise OSError(f"xattr -d {_QUARANTINE} failed")


def mark(machine: Machine, file: Path, content: str) -> None:
    """Put a mark back as it was. Raises OSError."""
    if machine.is_windows:
        _stream(file).write_bytes(content.encode(_BYTES))
    elif machine.run(["/usr/bin/xattr", "-w", _QUARANTINE, content, str(file)]) is None:
        raise OSError(f"xattr -w {_QUARANTINE} failed")


def _stream(file: Path) -> Path:
    return file.with_name(f"{file.name}:Zone.Identifier")
