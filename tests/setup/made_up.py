"""Computers made up for tests: a tree of files, a registry in a dict, and what is installed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bdindex_xl import __version__
from bdindex_xl.setup.machine import Machine, Python, Started, System
from bdindex_xl.setup.registry import RegistryValue

PINNED = "0.37.8"
EXCEL = r"HKCU\Software\Microsoft\Office\16.0\Excel"
POLICIES = r"HKCU\Software\Policies\Microsoft\Office\16.0"


class DictRegistry:
    """A registry of keys by path."""

    def __init__(self, keys: Mapping[str, Mapping[str, RegistryValue]] | None = None) -> None:
        self.keys: dict[str, dict[str, RegistryValue]] = {}
        for key, values in (keys or {}).items():
            self.write(key, values)

    def _found(self, key: str) -> str | None:
        return next((known for known in self.keys if known.casefold() == key.casefold()), None)

    def values(self, key: str) -> Mapping[str, RegistryValue] | None:
        found = self._found(key)
        return None if found is None else dict(self.keys[found])

    def subkeys(self, key: str) -> tuple[str, ...]:
        above = key.casefold() + "\\"
        rest = [known[len(above) :] for known in self.keys if known.casefold().startswith(above)]
        return tuple(name for name in rest if "\\" not in name)

    def write(self, key: str, values: Mapping[str, RegistryValue]) -> None:
        parts = key.split("\\")
        for n in range(1, len(parts) + 1):
            path = "\\".join(parts[:n])
            if self._found(path) is None:
                self.keys[path] = {}
        self.keys[self._found(key) or key] |= values

    def delete(self, key: str) -> None:
        found = self._found(key)
        if found is None or self.subkeys(key):
            raise OSError(f"cannot delete {key}")
        del self.keys[found]


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Everything in a folder: files with their bytes, folders with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def write(path: Path, data: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def windows(root: Path, **changes: Any) -> Machine:
    """A Windows computer on which everything is in order, but for the installation."""
    home, base = root / "Users/li", root / "Python311"
    venv = home / "venv"
    for name in ("python.exe", "pythonw.exe"):
        write(base / name)
        write(venv / "Scripts" / name)
    write(
        venv / "pyvenv.cfg", f"home = {base}\nversion = 3.11.9\ncommand = {base}/python.exe -m venv {venv}\n".encode()
    )
    for bits in (32, 64):
        write(venv / f"xlwings{bits}-{PINNED}.dll")
    (home / "Documents").mkdir(parents=True, exist_ok=True)
    excel = write(root / "Office16/EXCEL.EXE")
    registry = DictRegistry(
        {
            EXCEL: {},
            rf"{EXCEL}\Security\Trusted Locations\Location0": {"Path": rf"{home}/AppData/Templates/"},
            r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe": {"": str(excel)},
            r"HKLM\Software\Microsoft\Office\ClickToRun\Configuration": {"Platform": "x64"},
        }
    )
    machine = Machine(
        system=System.WINDOWS,
        environ={
            "USERPROFILE": str(home),
            "APPDATA": str(home / "AppData/Roaming"),
            "ProgramData": str(root / "ProgramData"),
        },
        home=home,
        python=Python(venv / "Scripts/python.exe", venv, base, (3, 11, 9), 64),
        registry=registry,
        versions={"bdindex_xl": __version__, "xlwings": PINNED, "pywin32": "306"},
        xlwings=venv / "Lib/site-packages/xlwings",
        functions=frozenset({"BDINDEX_SCORE", "BDINDEX_RANK"}),
        encoding="cp936",
        applications=(),
        run=nothing_runs,
        start=answers,
    )
    return dataclasses.replace(machine, **changes)


def macos(root: Path, **changes: Any) -> Machine:
    """A Mac on which everything is in order, but for the installation."""
    home = root / "Users/li"
    python = write(home / "venv/bin/python")
    write(root / "Base/python")
    write(home / "venv/pyvenv.cfg", f"home = {root / 'Base'}\n".encode())
    package = home / "venv/lib/xlwings"
    write(package / f"xlwings-{PINNED}.applescript", b"on VbaHandler(ParameterString)\nend VbaHandler\n")
    (home / "Documents").mkdir(parents=True, exist_ok=True)
    (home / "Library/Containers/com.microsoft.Excel/Data").mkdir(parents=True, exist_ok=True)
    (root / "Applications/Microsoft Excel.app").mkdir(parents=True, exist_ok=True)
    machine = Machine(
        system=System.MACOS,
        environ={},
        home=home,
        python=Python(python, home / "venv", root / "Base", (3, 12, 1), 64),
        registry=DictRegistry(),
        versions={"bdindex_xl": __version__, "xlwings": PINNED},
        xlwings=package,
        functions=frozenset({"BDINDEX_SCORE"}),
        encoding="utf-8",
        applications=(root / "Applications",),
        run=nothing_runs,
        start=answers,
    )
    return dataclasses.replace(machine, **changes)


def linux(root: Path, **changes: Any) -> Machine:
    """A computer without Excel."""
    return dataclasses.replace(
        windows(root), system=System.OTHER, environ={}, versions={"bdindex_xl": __version__}, **changes
    )


def nothing_runs(command: Sequence[str]) -> str | None:
    return None


def answers(command: Sequence[str] | str, folder: Path, variables: Mapping[str, str]) -> Started:
    """A Python that is in order."""
    return Started(0, f"bdindex {__version__}\n")


class Quarantine:
    """The command xattr, for one attribute of each file."""

    def __init__(self, **marks: str) -> None:
        self.marks = marks

    def __call__(self, command: Sequence[str]) -> str | None:
        program, option, name, *rest, file = command
        assert (program, name) == ("/usr/bin/xattr", "com.apple.quarantine")
        key = Path(file).name
        if option == "-w":
            self.marks[key] = rest[0]
        elif key not in self.marks:
            return None
        return self.marks.pop(key) if option == "-d" else self.marks[key] + "\n"
