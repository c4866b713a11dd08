"""The add-in on a user's computer: put where Excel starts, taken back, and held against what is installed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bdindex_xl import __version__
from bdindex_xl.commands.output import setup
from bdindex_xl.setup.doctor import Makers, mend
from bdindex_xl.setup.install import StepOutcome, install, succeeded, uninstall
from bdindex_xl.setup.machine import Machine
from tests.setup import workbooks
from tests.setup.looking import FAULT, NOT_APPLICABLE, OK, WARNING, fix, look, told
from tests.setup.made_up import EXCEL, PINNED, DictRegistry, linux, macos, snapshot, windows, write

DONE, ALREADY, SKIPPED, FAILED = StepOutcome.DONE, StepOutcome.ALREADY, StepOutcome.SKIPPED, StepOutcome.FAILED
XLSTART = "AppData/Roaming/Microsoft/Excel/XLSTART"
OFFICE = "Library/Group Containers/UBF8T346G9.Office/User Content.localized"


def addin(version: str = __version__, xlwings: str = PINNED) -> bytes:
    """An add-in as far as its version goes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        part = zipfile.ZipInfo("xl/vbaProject.bin")  # of a fixed time
        package.writestr(part, workbooks.project(version=version, xlwings=xlwings))
    return file.getvalue()


def made_on(system: str, root: Path) -> tuple[Machine, Path]:
    """A computer, and where its Excel looks for add-ins."""
    machine = windows(root) if system == "windows" else macos(root)
    return machine, machine.home / (XLSTART if system == "windows" else f"{OFFICE}/Startup.localized/Excel")


@pytest.mark.parametrize("system", ["windows", "macos"])
@pytest.mark.parametrize("old", [None, b"what stood there"])
def test_it_is_put_where_excel_starts_and_taken_back_twice_in_a_row(
    old: bytes | None, system: str, tmp_path: Path
) -> None:
    machine, folder = made_on(system, tmp_path)
    file = folder / "BDIndex.xlam"
    if old is not None:
        write(file, old)
    before = snapshot(tmp_path)
    for _ in range(2):
        step = install(machine, addin=addin)[-1]
        assert (step.outcome, step.text.en) == (DONE, f"file {file}")
        assert file.read_bytes() == addin()
        assert install(machine, addin=addin)[-1].outcome is ALREADY
        assert told(look(machine, "add-in")) == (OK, f"{file} ({__version__})")
        assert succeeded(uninstall(machine))
        assert snapshot(tmp_path) == before


def test_a_newer_one_takes_its_place_and_both_are_taken_back(tmp_path: Path) -> None:
    machine, folder = made_on("windows", tmp_path)
    before = snapshot(tmp_path)
    assert succeeded(install(machine, addin=lambda: addin("0.0.1")))
    assert succeeded(install(machine, addin=addin))
    assert (folder / "BDIndex.xlam").read_bytes() == addin()
    assert succeeded(uninstall(machine))
    assert snapshot(tmp_path) == before


def test_one_that_excel_holds_open_is_not_replaced_and_the_step_says_so(tmp_path: Path) -> None:
    machine, folder = made_on("windows", tmp_path)
    write(folder / "BDIndex.xlam", b"old")
    write(folder / "~$BDIndex.xlam")
    step = install(machine, addin=addin)[-1]
    assert step.outcome is FAILED
    assert "BDIndex.xlam" in step.text.en and "open" in step.text.en
    assert (folder / "BDIndex.xlam").read_bytes() == b"old"


def test_what_was_changed_since_stays(tmp_path: Path) -> None:
    machine, folder = made_on("windows", tmp_path)
    install(machine, addin=addin)
    (folder / "BDIndex.xlam").write_bytes(b"the user's")
    assert f"{folder / 'BDIndex.xlam'} has changed since, and stays" in [line.text.en for line in uninstall(machine)]


def test_without_excel_none_is_made(tmp_path: Path) -> None:
    step = install(windows(tmp_path, registry=DictRegistry()), addin=lambda: pytest.fail("made"))[-1]
    assert (step.outcome, step.text.en) == (
        SKIPPED,
        "Excel is not found, so the add-in is not put into its start-up folder",
    )


def test_on_a_mac_an_older_office_has_its_folder_elsewhere(tmp_path: Path) -> None:
    machine, _ = made_on("macos", tmp_path)
    older = machine.home / OFFICE / "Startup/Excel"
    older.mkdir(parents=True)
    install(machine, addin=addin)
    assert (older / "BDIndex.xlam").is_file()


def test_where_none_is_installed_doctor_says_what_that_means(tmp_path: Path) -> None:
    found = "is not installed; functions and buttons are in workbooks that bring them, and after bdindex install in all"
    assert told(look(windows(tmp_path), "add-in")) == (OK, found)
    assert look(linux(tmp_path / "l"), "add-in").state is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("made", "found", "remedy"),
    [
        (
            addin("0.0.1"),
            f"is of version 0.0.1, where {__version__} is installed",
            "Close Excel, and run bdindex install",
        ),
        (addin("999.0"), f"is of version 999.0, where {__version__} is installed", "Upgrade bdindex_xl"),
        (
            addin(xlwings="0.30.0"),
            "is of version xlwings 0.30.0, where xlwings 0.37.8 is installed",
            "Close Excel, and run bdindex install",
        ),
        (b"no add-in", "cannot be read", "Close Excel, and run bdindex install"),
    ],
)
def test_one_of_another_version_is_a_fault(made: bytes, found: str, remedy: str, tmp_path: Path) -> None:
    machine, folder = made_on("windows", tmp_path)
    file = write(folder / "BDIndex.xlam", made)
    check = look(machine, "add-in")
    assert told(check) == (FAULT, f"{file} {found}")
    assert check.remedy.en == remedy


def test_doctor_puts_this_version_in_the_place_of_an_older_one_and_uninstall_puts_that_back(tmp_path: Path) -> None:
    machine, folder = made_on("windows", tmp_path)
    old = addin("0.0.1")
    file = write(folder / "BDIndex.xlam", old)
    before = snapshot(tmp_path)
    for _ in range(2):
        assert fix(look(machine, "add-in", makers=Makers(addin=addin))) == f"file {file}"
        assert told(look(machine, "add-in")) == (OK, f"{file} ({__version__})")
        assert look(machine, "add-in", makers=Makers(addin=addin)).fix is None
        assert succeeded(uninstall(machine))
        assert snapshot(tmp_path) == before


def test_doctor_mends_what_install_put_there_before_and_both_are_taken_back(tmp_path: Path) -> None:
    machine, folder = made_on("macos", tmp_path)
    before = snapshot(tmp_path)
    assert succeeded(install(machine, addin=lambda: addin("0.0.1")))
    assert fix(look(machine, "add-in", makers=Makers(addin=addin))) == f"file {folder / 'BDIndex.xlam'}"
    assert succeeded(uninstall(machine))
    assert snapshot(tmp_path) == before


def test_doctor_leaves_a_newer_one_one_that_is_open_and_one_in_a_place_of_the_users_choice(tmp_path: Path) -> None:
    machine, folder = made_on("windows", tmp_path)
    file = write(folder / "BDIndex.xlam", addin("999.0"))
    assert look(machine, "add-in", makers=Makers(addin=addin)).fix is None
    write(file, addin("0.0.1"))
    mark = write(folder / "~$BDIndex.xlam")
    [mended] = mend([look(machine, "add-in", makers=Makers(addin=addin))])
    assert mended.failed and "open" in mended.done.en
    for one in (file, mark):
        one.unlink()
    ticked = write(tmp_path / "shared/BDIndex.xlam", addin("0.0.1"))
    machine.registry.write(rf"{EXCEL}\Options", {"OPEN": f'/R "{ticked}"'})
    check = look(machine, "add-in", makers=Makers(addin=addin))
    assert (check.state, check.fix) == (FAULT, None)


def test_two_that_excel_loads_are_one_too_many(tmp_path: Path) -> None:
    machine, folder = made_on("windows", tmp_path)
    first = write(folder / "BDIndex.xlam", addin())
    ticked = write(tmp_path / "elsewhere/BDIndex.en.xlam", addin())
    machine.registry.write(rf"{EXCEL}\Options", {"OPEN": f'/R "{ticked}"'})
    check = look(machine, "add-in")
    assert told(check) == (WARNING, f"Excel loads several: {first}, {ticked}")
    assert check.remedy.en == f"Keep {first} alone"


def test_the_command_installs_the_add_in_that_is_made_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bdindex_xl.workbook.addin import make_addin

    machine, folder = made_on("windows", tmp_path)
    made = make_addin("zh")
    assert setup.install(None, force=False, as_json=False, lang="zh", addin=lambda: made, machine=machine) == 0
    assert f"[完成] 文件 {folder / 'BDIndex.xlam'}" in capsys.readouterr().out
    assert look(machine, "add-in").state is OK
