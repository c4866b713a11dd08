"""Where the workbook, the settings and the Python go on computers whose usual places do not do."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bdindex_xl.setup import paths
from bdindex_xl.setup.install import StepOutcome, install, succeeded, uninstall
from bdindex_xl.setup.machine import Machine, started
from tests.setup import workbooks
from tests.setup.looking import FAULT, OK, look, told
from tests.setup.made_up import EXCEL, DictRegistry, macos, snapshot, windows, write
from tests.setup.test_install import DONE, FAILED, LOCATIONS, keys

SHELL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return workbooks.workbook(tmp_path / "shipped/BigDataIndex.xlsm", workbooks.project())


def test_documents_in_onedrive_leave_workbook_and_trust_in_a_local_folder(tmp_path: Path, shipped: Path) -> None:
    machine = windows(tmp_path)
    cloud = machine.home / "OneDrive"
    machine = dataclasses.replace(machine, environ={**machine.environ, "OneDrive": str(cloud)})
    machine.registry.write(SHELL, {"Personal": str(cloud / "Documents")})
    assert succeeded(install(machine, shipped))
    file = machine.home / "BDIndex" / shipped.name
    assert file.is_file()
    assert keys(machine)[rf"{LOCATIONS}\Location1"]["Path"] == f"{machine.home / 'BDIndex'}/"
    assert told(look(machine, "place of the workbook", file)) == (OK, str(file.parent))
    check = look(machine, "place of the workbook", write(cloud / "Documents/a.xlsm", shipped.read_bytes()))
    assert check.remedy.en.endswith(f"such as {machine.home / 'BDIndex'}")


class Rights:
    """The command icacls, which is there or not."""

    def __init__(self, *, works: bool) -> None:
        self.works, self.commands = works, []  # type: ignore[var-annotated]

    def __call__(self, command: Sequence[str]) -> str | None:
        self.commands.append(list(command))
        return "" if self.works else None


def of_zhang(root: Path, rights: Rights) -> Machine:
    """A Windows of code page 1252, whose user is called 张三, with Python elsewhere."""
    machine = windows(root, encoding="cp1252", run=rights)
    home = root / "Users/张三"
    (home / "Documents").mkdir(parents=True)
    environ = {"USERPROFILE": str(home), "APPDATA": str(root / "Roaming"), "ProgramData": str(root / "ProgramData")}
    return dataclasses.replace(machine, home=home, environ=environ | {"USERNAME": "张三", "USERDOMAIN": "PC"})


def test_a_profile_beyond_the_code_page_leaves_all_in_a_folder_that_it_has(tmp_path: Path, shipped: Path) -> None:
    rights = Rights(works=True)
    machine = of_zhang(tmp_path, rights)
    before = snapshot(tmp_path), keys(machine)
    folder = paths.plain_folder(machine)
    assert str(folder).isascii() and folder.parent == tmp_path / "ProgramData"
    lines = install(machine, shipped)
    assert [line.outcome for line in lines] == [DONE, DONE, "already", DONE, DONE]
    assert lines[0].text.en == f"folder {folder}, which only you can write to"
    granted = [r"PC\张三:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F"]
    assert rights.commands == [["icacls", str(folder), "/inheritance:r", "/grant:r", *granted]]
    python = machine.python.executable.with_name("pythonw.exe")
    assert (folder / "xlwings.conf").read_bytes() == f'"INTERPRETER_WIN","{python}"\r\n'.encode()
    assert (folder / shipped.name).is_file()
    assert told(look(machine, "user configuration")) == (OK, f"{folder / 'xlwings.conf'}: {python}")
    assert not (machine.home / ".xlwings").exists()
    assert {line.outcome for line in install(machine, shipped)} == {StepOutcome.ALREADY}
    assert succeeded(uninstall(machine))
    assert (snapshot(tmp_path), keys(machine)) == before


def test_a_folder_that_others_may_write_to_is_not_trusted(tmp_path: Path) -> None:
    machine = of_zhang(tmp_path, Rights(works=False))
    lines = install(machine)
    assert [(line.outcome, line.text.en) for line in lines] == [
        (FAILED, f"{paths.plain_folder(machine)}: who may write to it cannot be limited")
    ]
    assert rf"{LOCATIONS}\Location1" not in keys(machine)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs rights of a Unix system")
def test_a_profile_that_cannot_be_written_to_leaves_the_settings_beside_the_workbooks(
    tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = windows(tmp_path)
    write(machine.home / ".xlwings")  # a file, so that no folder can be made there, not even by an administrator
    assert succeeded(install(machine, shipped))
    beside = machine.home / "Documents/BDIndex/xlwings.conf"
    python = machine.python.executable.with_name("pythonw.exe")
    assert beside.read_bytes() == f'"INTERPRETER_WIN","{python}"\r\n'.encode()
    assert told(look(machine, "user configuration")) == (OK, f"{beside}: {python}")
    assert succeeded(uninstall(machine)) and not beside.exists()


def in_a_folder_with_a_space(root: Path) -> Machine:
    """A Mac whose Python lies in a folder with a space in its name."""
    machine = macos(root, start=started)
    folder = root / "My programs"
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    return dataclasses.replace(machine, python=dataclasses.replace(machine.python, executable=folder / "python"))


def test_a_space_in_the_path_of_python_on_a_mac_is_kept_in_a_wrapper(tmp_path: Path) -> None:
    machine = in_a_folder_with_a_space(tmp_path)
    before = snapshot(tmp_path)
    assert [line.outcome for line in install(machine)] == [DONE] * 4
    wrapper = machine.home / ".bdindex/python"
    conf = machine.home / "Library/Containers/com.microsoft.Excel/Data/xlwings.conf"
    assert conf.read_bytes() == f'"INTERPRETER_MAC","{wrapper}"\n'.encode()
    # As xlwings' AppleScript calls it.
    done = subprocess.run(["/bin/sh", "-c", f'{wrapper} -B -c "print(6 * 7)"'], capture_output=True, text=True)
    assert done.stdout == "42\n"
    assert look(machine, "user configuration").state is OK
    wrapper.write_text("#!/bin/sh\nexec /another/python\n")
    assert look(machine, "user configuration").state is not OK
    assert succeeded(install(machine, force=True))
    assert succeeded(uninstall(machine))
    assert {**snapshot(tmp_path), **before} == snapshot(tmp_path)


def test_a_space_in_the_name_of_the_users_folder_on_a_mac_is_refused(tmp_path: Path) -> None:
    machine = in_a_folder_with_a_space(tmp_path / "a b")
    (refusal,) = install(machine)
    assert refusal.outcome is FAILED
    assert refusal.text.en.startswith(f"the path of your folder {machine.home} has a space")


def test_every_version_of_excel_trusts_the_folder(tmp_path: Path) -> None:
    older = EXCEL.replace("16.0", "15.0")
    machine = windows(tmp_path, registry=DictRegistry({EXCEL: {}, older: {}}))
    assert succeeded(install(machine))
    for version in (EXCEL, older):
        location = keys(machine)[rf"{version}\Security\Trusted Locations\Location0"]
        assert location["Path"] == f"{machine.home / 'Documents/BDIndex'}/"
    del machine.registry.keys[rf"{older}\Security\Trusted Locations\Location0"]  # type: ignore[attr-defined]
    file = workbooks.workbook(machine.home / "Documents/BDIndex/b.xlsm", None)
    assert look(machine, "trusted location", file).state is not OK


def test_a_python_that_the_code_page_lacks_is_refused(tmp_path: Path) -> None:
    machine = windows(tmp_path / "数据", encoding="cp1252")
    before = snapshot(tmp_path)
    (refusal,) = install(machine)
    assert refusal.outcome is FAILED
    assert "install Python in a folder whose path has plain letters" in refusal.text.en
    assert snapshot(tmp_path) == before
    assert look(machine, "user configuration").state is FAULT
