"""Checks of a workbook file, each in all its states, on copies of the shipped workbook."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import struct
import zipfile
from pathlib import Path

import pytest

from bdindex_xl import __version__
from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts.files.package import Package
from bdindex_xl.setup.doctor import Makers, examine
from bdindex_xl.setup.opened_project import (
    VERSION_MODULE,
    XLWINGS_MODULE,
    CodeNames,
    foreign,
    opened,
    project_of,
    replace_project,
    version_in,
)
from bdindex_xl.share.twin import Wanted
from bdindex_xl.share.twin import make as shared
from bdindex_xl.system.versions import XLWINGS_VERSION
from bdindex_xl.workbook import macro_parts
from bdindex_xl.workbook.vba import Module, ModuleKind, Project, documents, write_project
from bdindex_xl.workbook.vbaproject.compound import compound_file
from bdindex_xl.workbook.vbaproject.parsing import read_project
from tests.setup.looking import FAULT, NOT_APPLICABLE, OK, WARNING, fix, look, told
from tests.setup.made_up import EXCEL, POLICIES, Quarantine, linux, macos, windows, write
from tests.setup.workbooks import modules, project, workbook
from tests.support.books import small_book
from tests.support.disk import backups

pytestmark = pytest.mark.slow

OF_WORKBOOK = (
    "workbook", "vba project", "xlwings module", "workbook version", "worksheet functions", "mark of the internet",
    "place of the workbook",
)  # fmt: skip


def test_where_all_is_well_nothing_of_the_workbook_is_at_fault(tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", project())
    for name in OF_WORKBOOK:
        assert look(windows(tmp_path), name, file).state is OK, name
    assert look(windows(tmp_path), "vba project", file).found.en == "6 modules"


def test_without_a_workbook_its_checks_mean_nothing(tmp_path: Path) -> None:
    for name in (*OF_WORKBOOK, "configuration sheet"):
        assert told(look(windows(tmp_path), name)) == (NOT_APPLICABLE, "no workbook was named")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (None, "b.xlsm: there is no such file. Check the path and the name."),
        (b"", "b.xlsm: the file is empty (0 bytes). Go back to a copy."),
        (b"text", "b.xlsm: this is not an Excel workbook"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes | None, found: str, tmp_path: Path) -> None:
    file = tmp_path / "b.xlsm"
    if data is not None:
        file.write_bytes(data)
    checks = {check.name: check for check in examine(windows(tmp_path / "w"), file)}
    assert checks["workbook"].state is FAULT
    assert checks["workbook"].found.en.startswith(found)
    for name in (*OF_WORKBOOK[1:], "configuration sheet"):
        assert told(checks[name]) == (NOT_APPLICABLE, "the workbook cannot be read")


def test_a_workbook_that_takes_no_macros(tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsx", project())
    assert told(look(windows(tmp_path), "workbook", file)) == (WARNING, f"{file} is no macro workbook (.xlsm)")


def test_a_workbook_without_a_project(tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", None)
    assert told(look(windows(tmp_path), "vba project", file)) == (FAULT, "there is no VBA project")
    assert told(look(windows(tmp_path), "xlwings module", file)) == (NOT_APPLICABLE, "there is no VBA project")


def test_a_copy_without_macros_lacks_nothing(tmp_path: Path) -> None:
    """As `bdindex share` makes them."""
    (tmp_path / "source").mkdir()
    file = tmp_path / "copy.xlsx"
    file.write_bytes(shared(small_book(tmp_path / "source"), Wanted(), now=dt.datetime(2026, 1, 1)).data)
    checks = {check.name: check for check in examine(windows(tmp_path / "w"), file)}
    assert {checks[name].state for name in OF_WORKBOOK} == {OK, WARNING, NOT_APPLICABLE}
    for name in ("vba project", "configuration sheet"):
        assert told(checks[name]) == (NOT_APPLICABLE, "the file takes no macros")
    assert told(checks["workbook"]) == (WARNING, f"{file} is no macro workbook (.xlsm)")


def test_a_damaged_project(tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", compound_file({"VBA": {}}))
    check = look(windows(tmp_path), "vba project", file)
    assert check.state is FAULT
    assert check.found.en.startswith("the VBA project is damaged: there is no stream VBA/dir.")
    assert look(windows(tmp_path), "worksheet functions", file).state is NOT_APPLICABLE


def test_modules_of_the_users_own_are_named(tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", project(Module("Mine", "Sub A()\nEnd Sub"), sources={"Sheet2": "Dim x"}))
    expected = (OK, "7 modules, of them your own: Sheet2, Mine")
    assert told(look(windows(tmp_path), "vba project", file)) == expected


@pytest.mark.parametrize(
    ("parts", "name", "found"),
    [
        ({"xlwings": "0.33.0"}, "xlwings module", "0.33.0 in the workbook, 0.37.8 installed"),
        ({"version": "0.0.1"}, "workbook version", f"made by 0.0.1, where {__version__} is installed"),
        ({"version": "99.1"}, "workbook version", f"made by 99.1, where {__version__} is installed"),
        ({"functions": "BDINDEX_SCORE"}, "worksheet functions", "missing: BDINDEX_RANK"),
        ({"functions": "X"}, "worksheet functions", "missing: BDINDEX_RANK, BDINDEX_SCORE"),
    ],
)
def test_a_project_of_another_version(parts: dict[str, str], name: str, found: str, tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", project(**parts))  # type: ignore[arg-type]
    assert told(look(windows(tmp_path), name, file)) == (FAULT, found)
    assert told(look(linux(tmp_path / "l"), name, file)) == (FAULT, found)


def test_a_newer_workbook_asks_for_a_newer_package_and_is_not_replaced(tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", project(version="99.1"))
    check = look(windows(tmp_path), "workbook version", file, Makers(lambda names: b""))
    assert (check.remedy.en, check.fix) == ("Upgrade bdindex_xl", None)


def test_an_older_xlwings_beside_the_right_workbook_is_what_is_mended(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    other = dataclasses.replace(machine, versions={**machine.versions, "xlwings": "0.30.0"})
    check = look(other, "xlwings module", workbook(tmp_path / "b.xlsm", project()), Makers(lambda names: b""))
    assert told(check) == (FAULT, "0.37.8 in the workbook, 0.30.0 installed")
    assert (check.remedy.en, check.fix) == ("Install xlwings==0.37.8", None)


def test_a_project_that_states_no_versions(tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", write_project(Project(documents(1))))
    machine = windows(tmp_path)
    assert told(look(machine, "xlwings module", file)) == (
        FAULT,
        "there is no module xlwings, or it states no version",
    )
    assert told(look(machine, "workbook version", file)) == (
        FAULT,
        "there is no module BdxVersion, or it states no version",
    )
    no_functions = dataclasses.replace(machine, functions=None)
    assert look(no_functions, "worksheet functions", file).state is NOT_APPLICABLE


def test_the_mark_of_the_internet(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    file = workbook(tmp_path / "w/b.xlsm", project())
    name = "mark of the internet"
    assert told(look(machine, name, file)) == (OK, "there is none")
    stream = write(tmp_path / "w/b.xlsm:Zone.Identifier", b"[ZoneTransfer]\r\nZoneId=3\r\n")
    check = look(machine, name, file)
    assert told(check) == (FAULT, "the file is from the internet, where Office blocks its macros")
    machine.registry.write(rf"{POLICIES}\Excel\Security", {"BlockContentExecutionFromInternet": 1})
    assert look(machine, name, file).found.en.endswith("blocks its macros, and an administrator's policy says so too")
    machine.registry.write(rf"{EXCEL}\Security\Trusted Locations\Location5", {"Path": str(tmp_path / "w")})
    assert told(look(machine, name, file)) == (OK, "it is there, but the file is in a trusted location")
    assert fix(check) == "taken off"
    assert not stream.exists()
    assert told(look(machine, name, file)) == (OK, "there is none")


@pytest.mark.parametrize(("mark", "state"), [("ZoneId=2", OK), ("ZoneId=0", OK), ("ZoneId=4", FAULT), ("", FAULT)])
def test_marks_of_other_zones(mark: str, state: str, tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", project())
    write(tmp_path / "b.xlsm:Zone.Identifier", f"[ZoneTransfer]\r\n{mark}\r\n".encode())
    assert look(windows(tmp_path), "mark of the internet", file).state == state


def test_the_quarantine_of_macos(tmp_path: Path) -> None:
    file = workbook(tmp_path / "b.xlsm", project())
    quarantine = Quarantine(**{"b.xlsm": "0083;5991b778;Safari.app;"})
    machine = macos(tmp_path, run=quarantine)
    check = look(machine, "mark of the internet", file)
    assert told(check) == (WARNING, "the file is in quarantine")
    assert fix(check) == "taken off"
    assert look(machine, "mark of the internet", file).state is OK
    with pytest.raises(OSError, match="xattr -d"):
        fix(check)
    assert look(linux(tmp_path / "l"), "mark of the internet", file).state is NOT_APPLICABLE


def test_places_where_excel_gives_an_address_for_the_path(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    file = workbook(tmp_path / "Cloud/w/b.xlsm", project())
    name = "place of the workbook"
    assert told(look(machine, name, file)) == (OK, str(file.parent))
    cloud = f"in {tmp_path / 'Cloud'}, which OneDrive or SharePoint keeps in step"
    by_variable = dataclasses.replace(machine, environ={**machine.environ, "ONEDRIVE": str(tmp_path / "Cloud")})
    assert told(look(by_variable, name, file)) == (WARNING, cloud)
    providers = r"HKCU\Software\SyncEngines\Providers\OneDrive\1"
    machine.registry.write(providers, {"MountPoint": str(tmp_path / "Cloud")})
    check = look(machine, name, file)
    assert told(check) == (WARNING, cloud)
    assert check.remedy.en.endswith(f"keep it in a local folder such as {machine.home / 'Documents/BDIndex'}")
    mac = macos(tmp_path / "m")
    synced = workbook(mac.home / "Library/CloudStorage/OneDrive-Personal/b.xlsm", project())
    assert look(mac, name, synced).state is WARNING


def test_a_file_opened_from_a_mail(tmp_path: Path) -> None:
    file = workbook(tmp_path / "INetCache/Content.Outlook/X/b.xlsm", project())
    expected = (WARNING, "a temporary file, opened right from a mail")
    assert told(look(windows(tmp_path), "place of the workbook", file)) == expected


def coded(path: Path, vba: bytes, names: tuple[str, ...] = ("Sheet1", "Sheet2"), book: str = "ThisWorkbook") -> Path:
    """The shipped workbook cut down to two sheets, under these code names."""
    workbook(path, vba)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = parts["xl/workbook.xml"].decode()
    start, end = main.index("<sheets>"), main.index("</sheets>")
    sheets = main[start + 8 : end].split("/>")
    kept = [sheets[0], next(sheet for sheet in sheets if "xlwings.conf" in sheet)]
    main = main[: start + 8] + "/>".join(kept) + "/>" + main[end:]
    main = re.sub(r'(<workbookPr\b[^>]*?) codeName="[^"]*"', r"\1", main)
    main = main.replace("<workbookPr", f'<workbookPr codeName="{book}"', 1)
    parts["xl/workbook.xml"] = main.encode()
    for part, name in zip(("xl/worksheets/sheet1.xml", "xl/worksheets/sheet99.xml"), names, strict=True):
        text = re.sub(r'(<sheetPr\b[^>]*?) codeName="[^"]*"', r"\1", parts[part].decode())
        if "<sheetPr" not in text:
            text = text.replace("<sheetData", "<sheetPr/><sheetData", 1)
        parts[part] = text.replace("<sheetPr", f'<sheetPr codeName="{name}"', 1).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def fresh(names: CodeNames) -> bytes:
    workbook_module = Module(
        names.workbook, "Private Sub Workbook_Open()\n    BdxDescribe\nEnd Sub", ModuleKind.WORKBOOK
    )
    sheets = (Module(name, "", ModuleKind.WORKSHEET) for name in names.sheets)
    return write_project(Project((workbook_module, *sheets, *modules())))


def test_an_outdated_project_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    file = coded(tmp_path / "b.xlsm", project(version="0.0.1", xlwings="0.30.0", functions="OLD"))
    before = file.read_bytes()
    names = ("xlwings module", "workbook version", "worksheet functions")
    fixes = {look(windows(tmp_path), name, file, Makers(fresh)).fix is not None for name in names}
    assert fixes == {True}
    check = look(windows(tmp_path), "workbook version", file, Makers(fresh))
    assert check.remedy.en == "Run bdindex doctor FILE --fix, which replaces the VBA project"
    done = fix(check)
    [kept] = backups(file)
    assert done == f"the VBA project was replaced; the file as it was is {kept}"
    for name in names:
        assert look(windows(tmp_path), name, file, Makers(fresh)).state is OK
    assert kept.read_bytes() == before
    old, new = Package(before), Package(file.read_bytes())
    assert old.names() == new.names()
    assert [name for name in old.names() if old.read(name) != new.read(name)] == ["xl/vbaProject.bin"]
    assert project_of(opened(file)) == read_project(fresh(CodeNames("ThisWorkbook", ("Sheet1", "Sheet2"))))


def refused(file: Path, make: object = fresh) -> str:
    before = file.read_bytes()
    with pytest.raises(FileRefused) as refusal:
        replace_project(file, make)  # type: ignore[arg-type]
    assert file.read_bytes() == before
    assert not backups(file)
    return refusal.value.text("en")


@pytest.mark.parametrize(
    ("vba", "names"),
    [
        (project(Module("Mine", "Sub A()\nEnd Sub")), "Mine"),
        (project(Module("Mine", "", ModuleKind.CLASS), sources={"Sheet1": "Sub B()\nEnd Sub"}), "Sheet1, Mine"),
        (project(sources={"ThisWorkbook": "Private Sub Workbook_Open()\n    Range(1) = 2\nEnd Sub"}), "ThisWorkbook"),
    ],
)
def test_a_project_with_code_of_the_users_own_stays(vba: bytes, names: str, tmp_path: Path) -> None:
    told = refused(coded(tmp_path / "b.xlsm", vba))
    assert told.startswith(f"the VBA project has code of your own ({names}), which would be lost;")


def test_our_own_events_are_nobodys_code() -> None:
    source = "Option Explicit\n' ours\nPrivate Sub Workbook_Open()\n    BdxDescribe\nEnd Sub"
    assert foreign(read_project(project(sources={"ThisWorkbook": source, "Sheet1": "Option Explicit"}))) == []


def test_the_project_of_a_new_workbook_is_all_ours() -> None:
    made = read_project(macro_parts.project(3))
    assert foreign(made) == []
    assert version_in(made, "XLWINGS_VERSION", XLWINGS_MODULE) == XLWINGS_VERSION
    assert version_in(made, "BDX_VERSION", VERSION_MODULE) == __version__


def test_a_project_stays_where_a_fresh_one_would_not_fit(tmp_path: Path) -> None:
    old = project(version="0.0.1")
    assert refused(coded(tmp_path / "a.xlsm", old, book="")).startswith("sheets were added or deleted")
    named = coded(tmp_path / "b.xlsm", old, names=("Sheet1", "工作表2"))
    assert refused(named).startswith("sheets were added or deleted")
    counted = coded(tmp_path / "c.xlsm", old, names=("Sheet1", "Sheet5"))
    assert refused(counted, lambda names: project(n_sheets=len(names.sheets))).startswith(
        "sheets were added or deleted"
    )
    chart = project(Module("Chart1", "", ModuleKind.CHARTSHEET), version="0.0.1")
    assert refused(coded(tmp_path / "d.xlsm", chart)).startswith("sheets were added or deleted")
    assert refused(workbook(tmp_path / "e.xlsm", None)) == "the workbook has no VBA project"


def test_a_signed_project_stays(tmp_path: Path) -> None:
    file = coded(tmp_path / "b.xlsm", project(version="0.0.1"))
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProjectSignature"
    main = "http://schemas.openxmlformats.org/package/2006/relationships"
    related = f'<Relationships xmlns="{main}"><Relationship Id="r" Type="{kind}" Target="vbaProjectSignature.bin"/></Relationships>'
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/_rels/vbaProject.bin.rels", related)
    assert refused(file).startswith("the VBA project is signed, and would lose its signature;")


def test_a_damaged_project_is_not_replaced(tmp_path: Path) -> None:
    good = project()
    place = 76
    damaged = good[:place] + struct.pack("<I", 2**31) + good[place + 4 :]
    assert refused(coded(tmp_path / "b.xlsm", damaged)).startswith("the VBA project is damaged:")
