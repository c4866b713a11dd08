"""Where things are on a computer: configuration, records, add-ins, Office, xlwings' DLL. Changes nothing."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from pathlib import Path

from ..system.versions import XLWINGS_VERSION
from ..workbook import configuration
from ..workbook.macro_parts import ADDIN_FILE as ADDIN
from . import conda, conf
from .machine import Machine
from .registry import value

CONF = configuration.SHEET  # the configuration has one name, as a sheet and as a file

_OFFICE = r"HKCU\Software\Microsoft\Office"
_BITS = {"x86": 32, "x64": 64}
_VERSION = re.compile(r"1[4-9]\.0|[2-9]\d\.0")
_RUN = r"HKLM\Software\Microsoft\Office\ClickToRun\Configuration"
_APP_PATH = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_ONEDRIVE_ACCOUNTS = r"HKCU\Software\SyncEngines\Providers\OneDrive"
_SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


def user_conf(machine: Machine) -> Path:
    """The user's configuration of xlwings; beside the workbooks where Excel cannot read that of the profile."""
    if machine.is_macos:
        return machine.home / "Library/Containers/com.microsoft.Excel/Data" / CONF
    own, beside = profile(machine) / ".xlwings" / CONF, shared_folder(machine) / CONF
    readable = is_spelled(machine, own) and (own.is_file() or not beside.is_file())
    return own if readable or not machine.is_windows else beside


def profile(machine: Machine) -> Path:
    """The user's own folder, as Windows names it."""
    return Path(machine.variable("USERPROFILE") or machine.home)


def is_spelled(machine: Machine, path: Path) -> bool:
    """Whether VBA can open a path: it knows the characters of the system's code page only."""
    try:
        str(path).encode(machine.encoding)
    except UnicodeEncodeError:
        return False
    return True


def read_conf(machine: Machine, path: Path) -> conf.Conf | None:
    """A configuration file as this system reads it; None where there is none. Raises FileRefused."""
    return conf.read(path, machine.encoding, b"\r\n" if machine.is_windows else b"\n")


def interpreter_key(machine: Machine) -> str:
    """The key that names the Python to run."""
    return "INTERPRETER_MAC" if machine.is_macos else "INTERPRETER_WIN"


def interpreter(machine: Machine) -> Path:
    """The Python that Excel is to run: this one, without a console where it has that."""
    python = machine.python.executable
    if machine.is_macos and " " in str(python):
        return wrapper(machine)
    windowless = python.with_name("pythonw.exe")
    return windowless if machine.is_windows and windowless.is_file() else python


def wrapper(machine: Machine) -> Path:
    """What starts a Python whose path has a space, on macOS, where xlwings writes the path as it is into a command."""
    return machine.home / ".bdindex/python"


def wrapper_text(machine: Machine) -> str:
    """What stands in it."""
    return f'#!/bin/sh\nexec {shlex.quote(str(machine.python.executable))} "$@"\n'


def named_interpreter(machine: Machine, found: conf.Conf | None) -> str:
    """The Python that a configuration names, as it stands there; "" where it names none.

    The older key counts where the other is not; and an environment of conda, where neither names a path.
    """
    if found is None:
        return ""
    named = found.get(interpreter_key(machine)) or found.get("INTERPRETER") or ""
    root, environment = found.get(conda.ROOT_KEY) or "", found.get(conda.ENVIRONMENT_KEY) or ""
    if machine.is_windows and named in ("", "python", "pythonw") and root and environment:
        return str(conda.folder(root, environment) / "pythonw.exe")
    return named


def is_this_python(machine: Machine, named: str) -> bool:
    """Whether an interpreter is that of the environment that runs."""
    python = machine.python.executable
    if machine.is_macos and machine.same(named, wrapper(machine)):
        return is_there(named) and Path(named).read_text("utf-8", "replace") == wrapper_text(machine)
    return any(machine.same(named, path) for path in (python, python.parent / "pythonw.exe"))


def is_there(named: str) -> bool:
    """Whether a named interpreter is a file here."""
    return "/" in named.replace("\\", "/") and os.path.isfile(named)


def record(machine: Machine) -> Path:
    """Where an installation is recorded."""
    if machine.is_macos:
        return machine.home / "Library/Application Support/bdindex_xl/installed.json"
    if not machine.is_windows:
        return Path(machine.variable("XDG_CONFIG_HOME") or machine.home / ".config") / "bdindex_xl/installed.json"
    roaming = machine.variable("APPDATA")
    return (Path(roaming) if roaming else machine.home / "AppData/Roaming") / "bdindex_xl/installed.json"


def shared_folder(machine: Machine) -> Path:
    """The folder for workbooks: BDIndex among the user's documents, wherever Windows keeps those.

    Not where OneDrive or SharePoint keeps them in step, for there Excel gives an address on the web for the path; nor
    where the path has characters that VBA cannot read.
    """
    moved = value(machine.registry, _SHELL_FOLDERS, "Personal")
    documents = Path(machine.expanded(moved)) if isinstance(moved, str) and moved else machine.home / "Documents"
    if cloud_folder(machine, documents):
        documents = profile(machine)
    if machine.is_windows and not (is_spelled(machine, documents) and is_spelled(machine, profile(machine))):
        return plain_folder(machine)
    return documents / "BDIndex"


def plain_folder(machine: Machine) -> Path:
    """A folder of this user outside the profile, whose path every code page has."""
    mark = hashlib.sha256(machine.key(machine.home).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return Path(machine.variable("ProgramData") or r"C:\ProgramData") / f"BDIndex-{mark}"


def cloud_folder(machine: Machine, path: Path) -> str:
    """The folder above a path that OneDrive or SharePoint keeps in step; "" where there is none."""
    roots = [machine.variable(name) for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")]
    accounts = machine.registry.subkeys(_ONEDRIVE_ACCOUNTS)
    roots += [str(value(machine.registry, rf"{_ONEDRIVE_ACCOUNTS}\{name}", "MountPoint") or "") for name in accounts]
    if machine.is_macos:
        stored = machine.home / "Library/CloudStorage"
        roots += map(str, stored.glob("OneDrive*"))
        roots += map(str, machine.home.glob("OneDrive*"))
    return next((root for root in roots if root and machine.within(path, root)), "")


def script(machine: Machine) -> Path:
    """Where Excel for macOS looks for xlwings' script."""
    return machine.home / "Library/Application Scripts/com.microsoft.Excel" / f"xlwings-{XLWINGS_VERSION}.applescript"


def script_source(machine: Machine) -> Path | None:
    """The script that came with xlwings."""
    return machine.xlwings / f"xlwings-{XLWINGS_VERSION}.applescript" if machine.xlwings else None


def dll_folders(machine: Machine, named: str) -> list[Path]:
    """Where VBA looks for xlwings' DLL: beside the interpreter, and a folder above."""
    folder = Path(named if is_there(named) else machine.python.executable).parent
    return [folder, folder.parent]


def office_versions(machine: Machine) -> list[str]:
    """Versions of Office, such as 16.0, that have settings of Excel for this user."""
    versions = [name for name in machine.registry.subkeys(_OFFICE) if _VERSION.fullmatch(name)]
    return sorted(v for v in versions if machine.registry.values(rf"{_OFFICE}\{v}\Excel") is not None)


def excel_key(version: str) -> str:
    """The key of Excel's settings for this user."""
    return rf"{_OFFICE}\{version}\Excel"


def excel(machine: Machine) -> str:
    """Where Excel is; "" where it is not found."""
    if machine.is_macos:
        found = (folder / "Microsoft Excel.app" for folder in machine.applications)
        return next((str(path) for path in found if path.exists()), "")
    for key, name in ((_APP_PATH, ""), (_APP_PATH.replace("HKLM", "HKCU"), ""), (_RUN, "InstallationPath")):
        path = value(machine.registry, key, name)
        if isinstance(path, str) and path:
            return machine.expanded(path).strip('"')
    return ""


def office_bits(machine: Machine) -> int | None:
    """32 or 64, as the Office that is installed; None where that cannot be told."""
    places = [(_RUN, "Platform")]
    places += [
        (rf"HKLM\{software}\Microsoft\Office\{version}\Outlook", "Bitness")
        for version in reversed(office_versions(machine))
        for software in ("Software", r"Software\WOW6432Node")
    ]
    told = (str(value(machine.registry, key, name)).lower() for key, name in places)
    return next((_BITS[text] for text in told if text in _BITS), None)


def startup_folders(machine: Machine) -> list[Path]:
    """Folders whose workbooks Excel opens when it starts."""
    if machine.is_macos:
        office = machine.home / "Library/Group Containers/UBF8T346G9.Office/User Content.localized"
        return [office / "Startup.localized/Excel", office / "Startup/Excel"]
    found = [Path(machine.variable("APPDATA") or machine.home / "AppData/Roaming") / "Microsoft/Excel/XLSTART"]
    where = excel(machine).replace("\\", "/")
    if where:
        folder = where.rpartition("/")[0] if where.lower().endswith(".exe") else where
        found.append(Path(folder) / "XLSTART")
    return found


def addin(machine: Machine) -> Path:
    """Where the add-in is installed: in the user's own folder of those."""
    folders = startup_folders(machine)
    own = folders if machine.is_macos else folders[:1]
    return next((folder for folder in own if folder.is_dir()), own[0]) / ADDIN


def registered_addins(machine: Machine) -> list[Path]:
    """Add-ins that Excel loads because the user ticked them: values OPEN, OPEN1, … of its options."""
    found = []
    for version in office_versions(machine):
        options = machine.registry.values(excel_key(version) + r"\Options") or {}
        for name, text in options.items():
            if re.fullmatch(r"OPEN\d*", name, re.IGNORECASE) and isinstance(text, str):
                path = re.sub(r"^(?:/\w\s+)+", "", text.strip()).strip('"')
                found.append(Path(machine.expanded(path)))
    return found
