"""Our own extension, installed into a profile of LibreOffice by its own program."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bdindex_xl.workbook import extension

from ..office import soffice


def unopkg() -> str:
    """LibreOffice's program for extensions."""
    beside = Path(str(soffice())).resolve().with_name("unopkg")
    return str(beside) if beside.is_file() else str(shutil.which("unopkg"))


def places(profile: Path) -> list[str]:
    """Where LibreOffice is to look for settings and extensions; for root, who may install for all only, too."""
    shared = [f"-env:UNO_SHARED_PACKAGES_CACHE={(profile / 'shared').as_uri()}"] if _is_root() else []
    return [f"-env:UserInstallation={profile.as_uri()}", *shared]


def whom() -> list[str]:
    """For whom to install, as unopkg has it."""
    return ["--shared"] if _is_root() else []


def install(profile: Path) -> None:
    """Install it. Raises CalledProcessError."""
    file = profile / "BDIndex.oxt"
    file.write_bytes(extension.extension())
    command = [unopkg(), "add", "--force", *whom(), *places(profile), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
