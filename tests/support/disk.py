"""What is on the disk beside a file."""

from __future__ import annotations

import glob
from pathlib import Path


def backups(file: Path) -> list[Path]:
    """The copies kept of a file, the oldest first."""
    return sorted(file.parent.glob(glob.escape(file.name) + ".*.bak"))


def beside(file: Path) -> set[str]:
    """Names of all else in its folder but its backups."""
    kept = {file, *backups(file)}
    return {other.name for other in file.parent.iterdir() if other not in kept}
