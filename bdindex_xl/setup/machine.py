"""The computer that is looked at, as a value: what it runs, where its user is at home, what is installed."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import locale
import os
import re
import struct
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from ..language import Text
from .registry import Registry, this_registry

_VARIABLE = re.compile(r"%([^%]+)%")


class System(StrEnum):
    """Kinds of systems that differ here."""

    WINDOWS = "windows"
    MACOS = "macos"
    OTHER = "other"

    @property
    def text(self) -> Text:
        return _SYSTEMS[self]


_SYSTEMS = {
    System.WINDOWS: Text("Windows", "Windows"),
    System.MACOS: Text("macOS", "macOS"),
    System.OTHER: Text("本系统", "this system"),
}


@dataclass(frozen=True, slots=True)
class Python:
    """The Python that runs: `executable` and `prefix` of the environment, `base` of what it was made from."""

    executable: Path
    prefix: Path
    base: Path
    version: tuple[int, int, int]
    bits: int

    @property
    def in_environment(self) -> bool:
        """Whether this is a virtual environment."""
        return self.prefix != self.base


@dataclass(frozen=True, slots=True)
class Started:
    """What became of a command: its exit code, None where the system would not start it or it did not end, and what it
    said."""

    code: int | None
    said: str


@dataclass(frozen=True, slots=True)
class Machine:
    """All that checks and installation know of a computer.

    Parameters
    ----------
    versions
        Of installed distributions, by name: bdindex_xl, xlwings, pywin32.
    xlwings
        Folder of the package xlwings, where it is installed.
    functions
        Names of the worksheet functions that this version has; None where that cannot be told.
    encoding
        In which VBA and xlwings read text files.
    applications
        Folders that hold programs, on macOS.
    run
        Output of a command; None where it fails.
    start
        Starts a command in a folder, with variables of the environment besides those there are.
    """

    system: System
    environ: Mapping[str, str]
    home: Path
    python: Python
    registry: Registry
    versions: Mapping[str, str]
    xlwings: Path | None
    functions: frozenset[str] | None
    encoding: str
    applications: tuple[Path, ...]
    run: Callable[[Sequence[str]], str | None]
    start: Callable[[Sequence[str] | str, Path, Mapping[str, str]], Started]

    @property
    def is_windows(self) -> bool:
        return self.system is System.WINDOWS

    @property
    def is_macos(self) -> bool:
        return self.system is System.MACOS

    def variable(self, name: str) -> str:
        """An environment variable; on Windows in any case of letters."""
        if name in self.environ or not self.is_windows:
            return self.environ.get(name, "")
        return next((text for known, text in self.environ.items() if known.casefold() == name.casefold()), "")

    def expanded(self, text: str) -> str:
        """A text with ``%NAME%`` replaced, as Windows and xlwings do it. What is not set stays."""
        return _VARIABLE.sub(lambda found: self.variable(found[1]) or found[0], text)

    def has_variables(self, text: str) -> bool:
        """Whether a text names variables of the environment, in a form that a system knows."""
        return _VARIABLE.search(text) is not None or "$" in text

    def key(self, path: str | PurePath) -> str:
        """A path as it compares with others: on Windows and macOS in any case of letters."""
        text = str(path)
        if self.is_windows:
            text = text.replace("\\", "/")
        return text.rstrip("/") if self.system is System.OTHER else text.rstrip("/").casefold()

    def same(self, one: str | PurePath, other: str | PurePath) -> bool:
        """Whether two paths are spelled the same."""
        return self.key(one) == self.key(other)

    def within(self, path: str | PurePath, folder: str | PurePath) -> bool:
        """Whether a path is a folder or lies in it."""
        return self.key(path) == self.key(folder) or self.key(path).startswith(self.key(folder) + "/")


def this_machine() -> Machine:
    """The computer that this program runs on."""
    system = {"win32": System.WINDOWS, "darwin": System.MACOS}.get(sys.platform, System.OTHER)
    home = Path.home()
    spec = importlib.util.find_spec("xlwings")
    return Machine(
        system=system,
        environ=dict(os.environ),
        home=home,
        python=Python(
            Path(sys.executable),
            Path(sys.prefix),
            Path(sys.base_prefix),
            sys.version_info[:3],
            struct.calcsize("P") * 8,
        ),
        registry=this_registry(),
        versions=_versions(("bdindex_xl", "xlwings", "pywin32")),
        xlwings=Path(spec.origin).parent if spec and spec.origin else None,
        functions=_functions(),
        # VBA opens the files in the system's own encoding, whatever Python has been told to use.
        encoding=locale.getencoding() if system is System.WINDOWS else "utf-8",
        applications=(Path("/Applications"), home / "Applications"),
        run=_run,
        start=started,
    )


def _versions(names: Iterable[str]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _functions() -> frozenset[str] | None:
    """Names of the worksheet functions, where the package has them."""
    try:
        module = importlib.import_module("bdindex_xl.functions")
    except ImportError:
        return None
    listed = getattr(module, "FUNCTIONS", None)
    if listed is None:
        return None
    names = (item if isinstance(item, str) else getattr(item, "name", getattr(item, "__name__", "")) for item in listed)
    return frozenset(str(name) for name in names if name)


def _run(command: Sequence[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


_PATIENCE = 60  # seconds; a first start of Python may be looked over by an antivirus program


def started(command: Sequence[str] | str, folder: Path, variables: Mapping[str, str]) -> Started:
    """Run a command to its end. What stands as one text goes to Windows as it is, quotes and all."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Started(None, f"{_PATIENCE} s")
    except OSError as error:
        return Started(None, error.strerror or str(error))
    return Started(done.returncode, done.stdout)
