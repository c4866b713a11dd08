"""LibreOffice in an installation: its own program registers the extension, and a file names the Python to use."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import FileRefused
from ..hosts import files
from ..language import Text
from ..workbook.extension import IDENTIFIER, NAME
from . import paths
from .checks_python import checks_of_any_program
from .install import Step, StepOutcome, all_of, faults_of
from .installation_record import Record
from .machine import Machine, System
from .registry import value
from .undoable import AddedExtension, WroteFile, digest, packed

_REGISTERED = (r"HKLM\Software\LibreOffice\UNO\InstallPath", r"HKLM\Software\WOW6432Node\LibreOffice\UNO\InstallPath")
_NOT_FOUND = Text(
    "未找到 LibreOffice。安装后请再运行一次；若装在别处，请用环境变量 UNOPKG 指明其中的 unopkg",
    "LibreOffice is not found. Run this again once it is installed; where it is in a place of its own, name its unopkg "
    "in the variable UNOPKG",
)
_REFUSED = Text(
    "LibreOffice 没有接受扩展；请关闭 LibreOffice，再试一次",
    "LibreOffice did not take the extension; close it and try again",
)
_USES = Text("LibreOffice 使用的 Python：{wanted}（{path}）", "LibreOffice uses the Python {wanted} ({path})")
_EXTENSION = Text("LibreOffice 扩展 {name}", "the extension {name} of LibreOffice")


def install(machine: Machine, extension: Callable[[], bytes]) -> list[Step]:
    """Set LibreOffice up for this user; `extension` makes the file. What it replaces is a version of ours.

    Nothing is changed where Python cannot do its part, or LibreOffice is not found.
    """
    hindrances = list(faults_of(checks_of_any_program(machine)))
    if not hindrances and loaded(machine, str(machine.python.executable)) is None:
        hindrances.append(NOT_LOADED.format(python=machine.python.executable))
    unopkg = program(machine)
    if unopkg is None:
        hindrances.append(_NOT_FOUND)
    if unopkg is None or hindrances:
        return [Step(StepOutcome.FAILED, text) for text in hindrances]
    return all_of(_steps(machine, unopkg, extension))


def program(machine: Machine) -> str | None:
    """LibreOffice's program for extensions; None where it is not found."""
    named = machine.variable("UNOPKG")
    if machine.system is System.OTHER:
        return named or shutil.which("unopkg", path=machine.variable("PATH"))
    if machine.is_macos:
        places = [folder / "LibreOffice.app/Contents/MacOS/unopkg" for folder in machine.applications]
    else:
        # Its twin unopkg.exe opens a window and prints nothing.
        folders = [text for key in _REGISTERED if isinstance(text := value(machine.registry, key, ""), str) and text]
        folders += [rf"{machine.variable('ProgramFiles')}\LibreOffice\program"]
        places = [Path(folder.replace("\\", "/"), "unopkg.com") for folder in folders]
    return named or next((str(place) for place in places if place.is_file()), None)


def loaded(machine: Machine, python: str) -> str | None:
    """The version of this program that a Python has when the extension starts it; None where it does not load."""
    told = machine.run(
        [
            python,
            "-E",
            "-P",
            "-c",
            "import bdindex_xl.buttons.of_calc, bdindex_xl.functions; print(bdindex_xl.__version__)",
        ]
    )
    return None if told is None else told.strip()


def registered(machine: Machine) -> str | None:
    """The version of our extension that LibreOffice has taken; None where it cannot be told."""
    unopkg = program(machine)
    told = machine.run([unopkg, "list", *_for_all(machine)]) if unopkg is not None else None
    found = re.search(rf"{re.escape(IDENTIFIER)}\s+Version: *(\S+)", told or "")
    return found[1] if found else None


NOT_LOADED = Text(
    "{python} 无法加载 bdindex_xl：请在其中安装（pip install .）",
    "{python} does not load bdindex_xl: install it there (pip install .)",
)


def settings(machine: Machine) -> Path:
    """The file where the extension reads which Python computes: that in `oxt` looks there, too."""
    return paths.record(machine).with_name("libreoffice-python.txt")


def _steps(machine: Machine, unopkg: str, extension: Callable[[], bytes]) -> Iterator[Step]:
    record = Record(machine)
    yield _named(machine, record)
    with tempfile.TemporaryDirectory(prefix="bdindex-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, NAME)
        file.write_bytes(extension())
        whom = _for_all(machine)
        added = machine.run([unopkg, "add", "--force", "--suppress-license", *whom, str(file)])
    if added is None:
        raise FileRefused(_REFUSED)
    action = AddedExtension(unopkg, IDENTIFIER, list(whom))
    if action in record.actions:
        yield Step(StepOutcome.ALREADY, _EXTENSION.format(name=NAME))
        return
    record.add(action)
    yield Step(StepOutcome.DONE, _EXTENSION.format(name=NAME))


def _named(machine: Machine, record: Record) -> Step:
    """The Python that runs this is the one that computes."""
    path, wanted = settings(machine), str(machine.python.executable)
    text, data = _USES.format(path=path, wanted=wanted), f"{wanted}\n".encode()
    before = path.read_bytes() if path.is_file() else None
    if before == data:
        return Step(StepOutcome.ALREADY, text)
    record.save()  # it stands in the same folder, and remembers to have made that
    files.replace(path, data, backup=False)
    record.add(WroteFile(str(path), packed(before), digest(data)))
    return Step(StepOutcome.DONE, text)


def _for_all(machine: Machine) -> tuple[str, ...]:
    """LibreOffice lets root install for all users, and not for root alone."""
    return ("--shared",) if machine.system is System.OTHER and os.geteuid() == 0 else ()
