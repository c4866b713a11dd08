"""Installing and taking it back: what is done, what is refused, and that everything is as before in the end."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from bdindex_xl.setup.doctor import examine
from bdindex_xl.setup.install import StepOutcome, install, succeeded, uninstall
from bdindex_xl.setup.machine import Machine
from tests.setup import workbooks
from tests.setup.looking import FAULT
from tests.setup.made_up import (
    EXCEL,
    PINNED,
    POLICIES,
    DictRegistry,
    Quarantine,
    linux,
    macos,
    snapshot,
    windows,
    write,
)

DONE, ALREADY, SKIPPED, FAILED = StepOutcome.DONE, StepOutcome.ALREADY, StepOutcome.SKIPPED, StepOutcome.FAILED
LOCATIONS = rf"{EXCEL}\Security\Trusted Locations"
OLD = '"PYTHONPATH","数据"\r\n"INTERPRETER_WIN","C:\\gone\\pythonw.exe"\r\n'.encode("cp936")


def keys(machine: Machine) -> dict[str, dict[str, object]]:
    registry = machine.registry
    assert isinstance(registry, DictRegistry)
    return {key: dict(values) for key, values in registry.keys.items()}


def outcomes(lines: list) -> list[StepOutcome]:
    return [line.outcome for line in lines]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return workbooks.workbook(tmp_path / "shipped/BigDataIndex.xlsm", workbooks.project())


def test_one_command_sets_a_windows_user_up(tmp_path: Path, shipped: Path) -> None:
    machine = windows(tmp_path)
    folder = machine.home / "Documents/BDIndex"
    wanted = machine.python.executable.with_name("pythonw.exe")
    conf = machine.home / ".xlwings/xlwings.conf"
    lines = install(machine, shipped)
    assert [(line.outcome, line.text.en) for line in lines] == [
        (DONE, f"Excel uses the Python {wanted} ({conf})"),
        (DONE, f"folder {folder}"),
        (DONE, f"Excel 16.0 trusts {folder}"),
        (DONE, f"file {folder / shipped.name}"),
    ]
    assert conf.read_bytes() == f'"INTERPRETER_WIN","{wanted}"\r\n'.encode()
    assert keys(machine)[rf"{LOCATIONS}\Location1"] == {
        "Path": f"{folder}/",
        "AllowSubFolders": 1,
        "Description": "BDIndex",
    }
    assert (folder / shipped.name).read_bytes() == shipped.read_bytes()
    assert [check for check in examine(machine, folder / shipped.name) if check.state is FAULT] == []


def test_installing_again_changes_nothing(tmp_path: Path, shipped: Path) -> None:
    machine = windows(tmp_path)
    install(machine, shipped)
    before = snapshot(tmp_path), keys(machine)
    lines = install(machine, shipped)
    assert outcomes(lines) == [ALREADY] * 4
    assert (snapshot(tmp_path), keys(machine)) == before


@pytest.mark.parametrize("old", [None, b"", OLD, OLD[:-2], b'"X","y"\n'])
def test_after_uninstalling_all_is_as_before_twice_in_a_row(old: bytes | None, tmp_path: Path, shipped: Path) -> None:
    machine = windows(tmp_path)
    if old is not None:
        write(machine.home / ".xlwings/xlwings.conf", old)
    before = snapshot(tmp_path), keys(machine)
    for _ in range(2):
        assert succeeded(install(machine, shipped))
        assert succeeded(install(machine, shipped))
        assert (snapshot(tmp_path), keys(machine)) != before
        assert succeeded(uninstall(machine))
        assert (snapshot(tmp_path), keys(machine)) == before
    assert [line.text.en for line in uninstall(machine)] == ["nothing is recorded as installed"]


@pytest.mark.parametrize("script", [None, b"an older one"])
def test_a_mac_user_is_set_up_and_back(script: bytes | None, tmp_path: Path, shipped: Path) -> None:
    quarantine = Quarantine()
    machine = macos(tmp_path, run=quarantine)
    target = machine.home / f"Library/Application Scripts/com.microsoft.Excel/xlwings-{PINNED}.applescript"
    if script is not None:
        write(target, script)
    before = snapshot(tmp_path)
    for _ in range(2):
        assert outcomes(install(machine, shipped)) == [DONE] * 4
        assert outcomes(install(machine, shipped)) == [ALREADY] * 4
        conf = machine.home / "Library/Containers/com.microsoft.Excel/Data/xlwings.conf"
        assert conf.read_bytes() == f'"INTERPRETER_MAC","{machine.python.executable}"\n'.encode()
        assert target.read_bytes().startswith(b"on VbaHandler")
        assert succeeded(uninstall(machine))
        assert snapshot(tmp_path) == before


def test_a_key_above_that_was_not_there_goes_too(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    registry = DictRegistry({EXCEL: {}})
    machine = dataclasses.replace(machine, registry=registry)
    before = keys(machine)
    install(machine)
    assert rf"{LOCATIONS}\Location0" in keys(machine)
    uninstall(machine)
    assert keys(machine) == before


def test_another_interpreter_is_not_replaced_unless_asked(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    other = write(tmp_path / "other/python.exe")
    for line in (f'"INTERPRETER_WIN","{other}"', f'"INTERPRETER","{other}"', '"INTERPRETER_WIN","pythonw"'):
        conf = write(machine.home / ".xlwings/xlwings.conf", f"{line}\r\n".encode())
        before = snapshot(tmp_path), keys(machine)
        (refusal,) = install(machine)
        assert refusal.outcome is FAILED
        assert refusal.text.en.startswith(f"{conf} names another Python (")
        assert refusal.text.en.endswith("to use this one instead, add --force")
        assert (snapshot(tmp_path), keys(machine)) == before
        assert succeeded(install(machine, force=True))
        assert succeeded(uninstall(machine))
        assert (snapshot(tmp_path), keys(machine)) == before


def test_nothing_is_changed_where_python_cannot_do_its_part(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    (machine.python.prefix / f"xlwings64-{PINNED}.dll").unlink()
    machine = dataclasses.replace(machine, versions={"xlwings": "0.1"})
    before = snapshot(tmp_path), keys(machine)
    lines = install(machine)
    assert set(outcomes(lines)) == {FAILED}
    assert [line.text.en.partition(":")[0] for line in lines] == ["bdindex_xl", "xlwings", "pywin32", "DLL of xlwings"]
    assert (snapshot(tmp_path), keys(machine)) == before


def test_elsewhere_nothing_is_to_install(tmp_path: Path) -> None:
    (line,) = install(linux(tmp_path))
    assert line.text.en.startswith("Excel runs on Windows and macOS only, so there is nothing to set up here;")
    assert line.outcome is SKIPPED


def test_a_mac_on_which_excel_never_ran(tmp_path: Path) -> None:
    machine = macos(tmp_path)
    data = machine.home / "Library/Containers/com.microsoft.Excel/Data"
    data.rmdir()
    (line,) = install(machine)
    assert (line.outcome, line.text.en) == (FAILED, f"start Excel once first: there is no {data}")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (LOCATIONS, {"AllLocationsDisabled": 1}),
        (rf"{POLICIES}\Common\Security\Trusted Locations", {"Allow User Locations": 0}),
    ],
)
def test_no_location_is_set_where_that_is_forbidden(key: str, values: dict[str, int], tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine.registry.write(key, values)
    before = keys(machine)
    lines = install(machine)
    assert (lines[2].outcome, lines[2].text.en) == (
        SKIPPED,
        "no trusted location for Excel 16.0: settings of the administrator or the user forbid it",
    )
    assert keys(machine) == before
    assert succeeded(lines)


def test_documents_may_be_elsewhere_or_on_the_network(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    folders = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    machine.registry.write(folders, {"Personal": "%USERPROFILE%/OneDrive/文档"})
    assert install(machine)[1].text.en == f"folder {machine.home / 'OneDrive/文档/BDIndex'}"
    assert succeeded(uninstall(machine))
    machine.registry.write(folders, {"Personal": f"/{machine.home}/Documents"})  # \\server\… as this system has it
    assert install(machine)[2].text.en == "no trusted location for Excel 16.0: the folder is on the network"


def test_without_excel_no_location_is_set(tmp_path: Path) -> None:
    lines = install(windows(tmp_path, registry=DictRegistry()))
    assert lines[2].text.en == "no settings of Excel, so no trusted location is set"
    assert succeeded(lines)


def test_a_workbook_that_is_there_stays_and_is_unblocked(tmp_path: Path, shipped: Path) -> None:
    machine = windows(tmp_path)
    mine = write(machine.home / "Documents/BDIndex" / shipped.name, b"mine")
    mark = write(mine.with_name(mine.name + ":Zone.Identifier"), b"[ZoneTransfer]\r\nZoneId=3\r\n")
    before = snapshot(tmp_path)
    lines = install(machine, shipped)
    assert [line.text.en for line in lines[3:]] == [
        f"{mine} is there already, and stays",
        f"took the mark of the internet off {mine}",
    ]
    assert mine.read_bytes() == b"mine" and not mark.exists()
    assert succeeded(uninstall(machine))
    assert snapshot(tmp_path) == before


def test_what_the_user_has_changed_since_is_theirs(tmp_path: Path, shipped: Path) -> None:
    machine = windows(tmp_path)
    conf = write(machine.home / ".xlwings/xlwings.conf", OLD)
    install(machine, shipped)
    book = machine.home / "Documents/BDIndex" / shipped.name
    book.write_bytes(b"with the user's data")
    conf.write_bytes(conf.read_bytes() + b'"MINE","1"\r\n')
    machine.registry.write(rf"{LOCATIONS}\Location1", {"Path": "D:\\Elsewhere\\"})
    told = [line.text.en for line in uninstall(machine)]
    assert told == [
        f"{book} has changed since, and stays",
        rf"{LOCATIONS}\Location1 has changed since, and stays",
        f"{book.parent} is not empty, and stays",
        f"INTERPRETER_WIN in {conf} is as it was",
    ]
    assert book.read_bytes() == b"with the user's data"
    assert conf.read_bytes() == OLD + b'"MINE","1"\r\n'
    conf.unlink()
    install(machine)
    conf.write_bytes(conf.read_bytes() + b'"MINE","1"\r\n')
    uninstall(machine)
    assert conf.read_bytes() == b'"MINE","1"\r\n'


def test_what_the_user_has_deleted_since_is_no_fault(tmp_path: Path, shipped: Path) -> None:
    machine = windows(tmp_path)
    install(machine, shipped)
    (machine.home / ".xlwings/xlwings.conf").unlink()
    (machine.home / "Documents/BDIndex" / shipped.name).unlink()
    (machine.home / "Documents/BDIndex").rmdir()
    machine.registry.delete(rf"{LOCATIONS}\Location1")
    lines = uninstall(machine)
    assert succeeded(lines)
    assert [line.text.en.endswith("is gone already") for line in lines] == [True, True, True, True, False]


def test_an_interpreter_that_someone_else_has_set_since_stays(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    install(machine)
    conf = write(machine.home / ".xlwings/xlwings.conf", b'"INTERPRETER_WIN","C:\\theirs.exe"\r\n')
    assert f"{conf} has changed since, and stays" in [line.text.en for line in uninstall(machine)]
    assert conf.read_bytes() == b'"INTERPRETER_WIN","C:\\theirs.exe"\r\n'


class Stubborn(DictRegistry):
    def delete(self, key: str) -> None:
        raise OSError("access is denied")

    def write(self, key: str, values: object) -> None:
        if "Location1" in key and getattr(self, "closed", False):
            raise OSError("access is denied")
        super().write(key, values)  # type: ignore[arg-type]


def test_what_cannot_be_taken_back_stays_on_record(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    registry = Stubborn(keys(machine))  # type: ignore[arg-type]
    machine = dataclasses.replace(machine, registry=registry)
    before = snapshot(tmp_path)
    install(machine)
    lines = uninstall(machine)
    assert [line.text.en for line in lines if line.outcome is FAILED] == ["access is denied"]
    record = json.loads((machine.home / "AppData/Roaming/bdindex_xl/installed.json").read_text(encoding="utf-8"))
    assert [action["kind"] for action in record["actions"]] == ["WroteKey"]
    machine = dataclasses.replace(machine, registry=DictRegistry(registry.keys))
    assert succeeded(uninstall(machine))
    assert snapshot(tmp_path) == before


def test_a_step_that_fails_ends_the_rest_and_what_was_done_is_taken_back(tmp_path: Path, shipped: Path) -> None:
    machine = windows(tmp_path)
    registry = Stubborn(keys(machine))  # type: ignore[arg-type]
    registry.closed = True  # type: ignore[attr-defined]
    machine = dataclasses.replace(machine, registry=registry)
    before = snapshot(tmp_path)
    lines = install(machine, shipped)
    assert outcomes(lines) == [DONE, DONE, FAILED]
    assert lines[-1].text.en == "access is denied"
    assert succeeded(uninstall(machine))
    assert snapshot(tmp_path) == before


def test_a_damaged_record_is_said_and_nothing_is_done(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    record = write(machine.home / "AppData/Roaming/bdindex_xl/installed.json", b'{"folders": [], "actions": [{}]}')
    before = snapshot(tmp_path)
    for lines in (uninstall(machine), install(machine)):
        assert [(line.outcome, line.text.en) for line in lines] == [
            (
                FAILED,
                f"the record of the installation, {record}, is damaged. Delete it, and run bdindex install again",
            )
        ]
    assert snapshot(tmp_path) == before


def test_a_newer_environment_takes_over_and_all_comes_back(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    before = snapshot(tmp_path)
    install(machine)
    newer = machine.home / "venv2"
    for name in ("Scripts/python.exe", f"xlwings64-{PINNED}.dll", "pyvenv.cfg"):
        write(newer / name)
    python = dataclasses.replace(machine.python, executable=newer / "Scripts/python.exe", prefix=newer)
    later = dataclasses.replace(machine, python=python)
    assert succeeded(install(later, force=True))
    assert succeeded(uninstall(later))
    for file in ("Scripts/python.exe", f"xlwings64-{PINNED}.dll", "pyvenv.cfg"):
        (newer / file).unlink()
    (newer / "Scripts").rmdir()
    newer.rmdir()
    assert snapshot(tmp_path) == before
