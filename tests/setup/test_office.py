"""Checks of Excel and what it trusts, each in all its states."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import pytest

from bdindex_xl.setup import trust
from tests.setup import workbooks
from tests.setup.looking import FAULT, NOT_APPLICABLE, OK, WARNING, look, told
from tests.setup.made_up import EXCEL, PINNED, POLICIES, DictRegistry, linux, macos, windows, write

APP_PATH = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"


def test_excel_is_found_where_the_system_says(tmp_path: Path) -> None:
    assert told(look(windows(tmp_path), "excel")) == (OK, str(tmp_path / "Office16/EXCEL.EXE"))
    assert look(macos(tmp_path / "m"), "excel").state is OK
    assert told(look(windows(tmp_path, registry=DictRegistry()), "excel")) == (FAULT, "is not found")
    assert look(macos(tmp_path / "m", applications=()), "excel").state is FAULT
    assert look(linux(tmp_path / "l"), "excel").state is NOT_APPLICABLE


def test_excel_from_the_store(tmp_path: Path) -> None:
    store = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop\EXCEL.EXE"
    check = look(windows(tmp_path, registry=DictRegistry({APP_PATH: {"": store}})), "excel")
    assert told(check) == (FAULT, f"from the Microsoft Store: {store}")


def test_wps(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    assert told(look(machine, "wps")) == (OK, "is not installed")
    machine.registry.write(r"HKCU\Software\Kingsoft\Office\6.0", {})
    check = look(machine, "wps")
    assert told(check) == (OK, "is installed; formulas work in it, buttons and worksheet functions in Excel only")
    machine.registry.write(r"HKCR\Excel.Application\CLSID", {"": "{1}"})
    machine.registry.write(r"HKCR\CLSID\{1}\LocalServer32", {"": r"C:\Kingsoft\WPS Office\et.exe /Automation"})
    assert told(look(machine, "wps")) == (FAULT, r"C:\Kingsoft\WPS Office\et.exe /Automation answers for Excel")
    machine.registry.write(r"HKCR\CLSID\{1}\LocalServer32", {"": r"C:\Office16\EXCEL.EXE /automation"})
    assert look(machine, "wps").state is OK
    assert look(macos(tmp_path / "m"), "wps").state is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("key", "setting", "found"),
    [
        (rf"{EXCEL}\Security", 4, "Excel 16.0 runs no macros"),
        (rf"{EXCEL}\Security", 3, "Excel 16.0 runs signed macros only"),
        (rf"{POLICIES}\Excel\Security", 4, "Excel 16.0 runs no macros, as an administrator has set it"),
    ],
)
def test_settings_that_run_no_macros(key: str, setting: int, found: str, tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine.registry.write(key, {"vbawarnings": setting})
    assert told(look(machine, "macro settings")) == (FAULT, found)


@pytest.mark.parametrize("setting", [None, 1, 2])
def test_settings_that_let_macros_run(setting: int | None, tmp_path: Path) -> None:
    machine = windows(tmp_path)
    if setting:
        machine.registry.write(rf"{EXCEL}\Security", {"VBAWarnings": setting})
    assert told(look(machine, "macro settings")) == (OK, "macros can be enabled when the workbook opens")
    assert look(macos(tmp_path / "m"), "macro settings").state is NOT_APPLICABLE


def test_the_administrators_setting_comes_before_the_users(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine.registry.write(rf"{EXCEL}\Security", {"VBAWarnings": 4})
    machine.registry.write(rf"{POLICIES}\Excel\Security", {"VBAWarnings": 2})
    assert look(machine, "macro settings").state is OK


def test_in_a_trusted_location_the_macro_settings_do_not_count(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine.registry.write(rf"{EXCEL}\Security", {"VBAWarnings": 4})
    machine.registry.write(rf"{EXCEL}\Security\Trusted Locations\Location7", {"Path": f"{tmp_path}/Work/"})
    file = write(tmp_path / "Work/b.xlsm")
    assert look(machine, "macro settings", file).state is OK
    assert told(look(machine, "trusted location", file)) == (OK, str(tmp_path / "Work"))


def test_a_file_that_is_in_no_trusted_location(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    assert told(look(machine, "trusted location")) == (NOT_APPLICABLE, "no workbook was named")
    check = look(machine, "trusted location", write(tmp_path / "b.xlsm"))
    assert told(check) == (WARNING, f"{tmp_path} is none; macros are to be enabled each time")
    assert check.remedy.en.endswith(f"use the workbook in {machine.home / 'Documents/BDIndex'}")
    machine.registry.write(rf"{EXCEL}\Security\Trusted Locations", {"AllLocationsDisabled": 1})
    assert told(look(machine, "trusted location", tmp_path / "b.xlsm")) == (WARNING, "Excel 16.0 trusts no location")


def test_which_folders_are_trusted(tmp_path: Path) -> None:
    machine = dataclasses.replace(windows(tmp_path), environ={"USERPROFILE": r"C:\Users\Li"})
    own = rf"{EXCEL}\Security\Trusted Locations"
    machine.registry.write(rf"{own}\Location1", {"path": r"%userprofile%\Work", "AllowSubFolders": 1})
    machine.registry.write(rf"{own}\Location2", {"Path": "C:\\One\\"})
    machine.registry.write(rf"{own}\Location3", {"Path": r"\\server\share", "AllowSubFolders": 1})
    machine.registry.write(rf"{own}\Location4", {"Description": "no path"})
    machine.registry.write(rf"{POLICIES}\Excel\Security\Trusted Locations\Location1", {"Path": r"D:\Ours"})
    trusted = [r"c:\users\li\work\sub", r"C:\One", r"D:\Ours"]
    assert [trust.is_trusted(machine, folder) for folder in trusted] == [True] * 3
    for folder in (r"C:\One\sub", r"C:\Users\Li\Work2", r"\\server\share\x"):
        assert not trust.is_trusted(machine, folder)
    machine.registry.write(own, {"AllowNetworkLocations": 1})
    assert trust.is_trusted(machine, r"\\server\share\x")
    machine.registry.write(rf"{POLICIES}\Common\Security\Trusted Locations", {"Allow User Locations": 0})
    assert [trust.is_trusted(machine, folder) for folder in trusted] == [False, False, True]
    machine.registry.write(rf"{POLICIES}\Excel\Security\Trusted Locations", {"AllLocationsDisabled": 1})
    assert not trust.is_trusted(machine, r"D:\Ours")


def test_a_drive_letter_may_be_a_network(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine.registry.write(r"HKCU\Network\z", {"RemotePath": r"\\server\share"})
    assert trust.is_network(machine, r"Z:\a") and trust.is_network(machine, r"\\server\a")
    assert not trust.is_network(machine, r"C:\a") and not trust.is_network(machine, "/a")


def addin(path: Path, version: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/vbaProject.bin", workbooks.project(xlwings=version))
    return path


def test_add_ins_of_xlwings(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    assert told(look(machine, "xlwings add-in")) == (OK, "is not installed, nor needed")
    started = addin(machine.home / "AppData/Roaming/Microsoft/Excel/XLSTART/xlwings.xlam", PINNED)
    assert told(look(machine, "xlwings add-in")) == (OK, f"{started} ({PINNED})")
    addin(started, "0.24.1")
    ticked = addin(tmp_path / "add ins/xlwings.xlam", "0.33.0")
    machine.registry.write(rf"{EXCEL}\Options", {"OPEN": '/R "other.xlam"', "OPEN1": f'/R "{ticked}"', "Font": "x"})
    beside = write(tmp_path / "Office16/XLSTART/xlwings_x.xlam", b"damaged")
    check = look(machine, "xlwings add-in")
    expected = f"{started} (0.24.1), {beside} (of an unknown version), {ticked} (0.33.0)"
    assert told(check) == (WARNING, expected)
    assert "its Python has, or its own functions fail" in check.remedy.en


def test_add_ins_of_xlwings_on_macos(tmp_path: Path) -> None:
    machine = macos(tmp_path)
    office = machine.home / "Library/Group Containers/UBF8T346G9.Office/User Content.localized"
    path = addin(office / "Startup.localized/Excel/xlwings.xlam", "0.30.0")
    assert told(look(machine, "xlwings add-in")) == (WARNING, f"{path} (0.30.0)")
    assert look(linux(tmp_path / "l"), "xlwings add-in").state is NOT_APPLICABLE
