"""Checks of Python and its packages, each in all its states."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bdindex_xl import __version__
from bdindex_xl.setup.doctor import examine
from bdindex_xl.setup.machine import this_machine
from tests.setup.looking import FAULT, NOT_APPLICABLE, OK, WARNING, fix, look, told
from tests.setup.made_up import PINNED, DictRegistry, linux, macos, windows, write


def test_where_all_is_well_nothing_of_python_is_at_fault(tmp_path: Path) -> None:
    names = ("python version", "python edition", "virtual environment", "environment variables", "package")
    names += ("xlwings", "bitness", "xlwings dll", "pywin32")  # type: ignore[assignment]
    for name in names:
        assert look(windows(tmp_path), name).state is OK, name


def test_every_check_has_its_words_in_both_languages(tmp_path: Path) -> None:
    for machine in (windows(tmp_path / "w"), macos(tmp_path / "m"), linux(tmp_path / "l")):
        checks = examine(machine)
        assert len({check.name for check in checks}) == len(checks)
        for check in checks:
            assert check.title.zh and check.title.en and check.found.zh and check.found.en
            assert (check.state in (FAULT, WARNING)) == bool(check.remedy.zh and check.remedy.en), check.name


def test_an_old_python(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    check = look(
        dataclasses.replace(machine, python=dataclasses.replace(machine.python, version=(3, 10, 4))), "python version"
    )
    assert told(check) == (FAULT, f"3.10.4, 64-bit, {machine.python.executable}")
    assert check.remedy.en == "Install Python 3.11 or newer from python.org"


def test_python_from_the_store(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    store = tmp_path / "Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.11_3.11"
    python = dataclasses.replace(machine.python, base=store)
    check = look(dataclasses.replace(machine, python=python), "python edition")
    assert told(check) == (FAULT, f"from the Microsoft Store: {store}")
    assert look(macos(tmp_path / "m"), "python edition").state is NOT_APPLICABLE


def test_an_environment_whose_python_is_gone(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    for file in (tmp_path / "Python311").iterdir():
        file.unlink()
    (tmp_path / "Python311").rmdir()
    check = look(machine, "virtual environment")
    assert told(check) == (FAULT, f"the Python it was made from is gone: {tmp_path / 'Python311'}")
    assert check.remedy.en == f"Make the environment in {machine.python.prefix} again, and install bdindex_xl in it"


def test_an_environment_that_was_moved(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    cfg = machine.python.prefix / "pyvenv.cfg"
    cfg.write_text(f"home = {tmp_path / 'Python311'}\ncommand = python -m venv --clear {tmp_path / 'before'}\n")
    check = look(machine, "virtual environment")
    assert told(check) == (FAULT, f"was moved from {tmp_path / 'before'} to {machine.python.prefix}")
    cfg.write_text(f"home = {tmp_path / 'Python311'}\n")
    assert look(machine, "virtual environment").state is OK
    cfg.unlink()
    assert look(machine, "virtual environment").state is OK


def test_no_environment_is_needed(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    python = dataclasses.replace(machine.python, prefix=machine.python.base)
    assert told(look(dataclasses.replace(machine, python=python), "virtual environment")) == (OK, "none is used")


def test_pythonhome(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    check = look(
        dataclasses.replace(machine, environ={**machine.environ, "pythonhome": r"C:\Py27"}), "environment variables"
    )
    assert told(check) == (WARNING, r"PYTHONHOME = C:\Py27")


def test_a_package_that_is_not_installed_or_another(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    without = {"xlwings": PINNED, "pywin32": "306"}
    found = f"{__version__}, run from its source, not installed"
    assert told(look(dataclasses.replace(machine, versions=without), "package")) == (FAULT, found)
    other = dataclasses.replace(machine, versions={**machine.versions, "bdindex_xl": "9.9"})
    assert told(look(other, "package")) == (FAULT, f"{__version__} runs, 9.9 is installed")


@pytest.mark.parametrize(
    ("version", "found"), [(None, "is not installed"), ("0.33.1", "0.33.1, where 0.37.8 is needed")]
)
def test_xlwings_missing_or_of_another_version(version: str | None, found: str, tmp_path: Path) -> None:
    machine = windows(tmp_path)
    versions = {name: v for name, v in {**machine.versions, "xlwings": version}.items() if v}
    check = look(dataclasses.replace(machine, versions=versions), "xlwings")
    assert told(check) == (FAULT, found)
    assert check.remedy.en == f"Run {machine.python.executable} -m pip install xlwings==0.37.8"
    assert look(linux(tmp_path / "l"), "xlwings").state is NOT_APPLICABLE


def test_the_bits_of_excel_and_python_need_not_agree(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    assert look(machine, "bitness").found.en == "Excel 64-bit, Python 64-bit; they need not agree"
    registry = DictRegistry(
        {
            r"HKCU\Software\Microsoft\Office\16.0\Excel": {},
            r"HKLM\Software\WOW6432Node\Microsoft\Office\16.0\Outlook": {"Bitness": "x86"},
        }
    )
    check = look(dataclasses.replace(machine, registry=registry), "bitness")
    assert told(check) == (OK, "Excel 32-bit, Python 64-bit; they need not agree")
    check = look(dataclasses.replace(machine, registry=DictRegistry()), "bitness")
    assert told(check) == (OK, "Excel unknown, Python 64-bit; they need not agree")


def test_the_dll_of_excels_kind_is_looked_for_beside_the_interpreter(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    venv = machine.python.prefix
    (venv / f"xlwings32-{PINNED}.dll").unlink()
    assert told(look(machine, "xlwings dll")) == (OK, f"xlwings64-{PINNED}.dll")
    (venv / f"xlwings64-{PINNED}.dll").rename(venv / "xlwings64-0.33.1.dll")
    check = look(machine, "xlwings dll")
    assert told(check) == (FAULT, f"xlwings64-{PINNED}.dll is not in {venv / 'Scripts'}; there is xlwings64-0.33.1.dll")
    (venv / "xlwings64-0.33.1.dll").unlink()
    unknown = dataclasses.replace(machine, registry=DictRegistry())
    assert told(look(unknown, "xlwings dll")) == (
        FAULT,
        f"xlwings32-{PINNED}.dll, xlwings64-{PINNED}.dll is not in {venv / 'Scripts'}",
    )


def test_the_dll_of_the_configured_interpreter_counts(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    other = write(tmp_path / "other/pythonw.exe")
    write(machine.home / ".xlwings/xlwings.conf", f'"INTERPRETER_WIN","{other}"\r\n'.encode())
    assert told(look(machine, "xlwings dll")) == (FAULT, f"xlwings64-{PINNED}.dll is not in {other.parent}")


def test_pywin32(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    assert told(look(dataclasses.replace(machine, versions={}), "pywin32")) == (FAULT, "is not installed")
    assert look(macos(tmp_path / "m"), "pywin32").state is NOT_APPLICABLE


def test_the_script_of_macos_is_copied_by_the_fix(tmp_path: Path) -> None:
    machine = macos(tmp_path)
    target = machine.home / f"Library/Application Scripts/com.microsoft.Excel/xlwings-{PINNED}.applescript"
    check = look(machine, "xlwings script")
    assert told(check) == (FAULT, f"{target} is missing or another")
    assert fix(check) == f"copied to {target}"
    assert told(look(machine, "xlwings script")) == (OK, str(target))
    target.write_bytes(b"another")
    assert look(machine, "xlwings script").state is FAULT
    assert look(dataclasses.replace(machine, xlwings=None), "xlwings script").state is FAULT
    assert look(windows(tmp_path / "w"), "xlwings script").state is NOT_APPLICABLE


def test_this_computer_can_be_looked_at() -> None:
    machine = this_machine()
    assert machine.python.version >= (3, 11) and machine.python.bits in (32, 64)
    assert machine.run(["no such program"]) is None
