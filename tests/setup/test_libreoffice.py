"""The extension for LibreOffice: installed and taken back, by its real program and by programs made up."""

from __future__ import annotations

import dataclasses
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from bdindex_xl import __version__
from bdindex_xl.commands.output.setup import install_libreoffice
from bdindex_xl.setup import libreoffice
from bdindex_xl.setup.checks import State
from bdindex_xl.setup.doctor import Makers
from bdindex_xl.setup.install import StepOutcome, uninstall
from bdindex_xl.setup.machine import Machine
from bdindex_xl.workbook.extension import extension
from tests.hosts.libreoffice.client import worker_module
from tests.setup.looking import fix, look
from tests.setup.made_up import DictRegistry, linux, macos, snapshot, windows, write
from tests.support import office
from tests.support.uno_engine import add_in

DONE, ALREADY, FAILED = StepOutcome.DONE, StepOutcome.ALREADY, StepOutcome.FAILED


class Extensions:
    """The program unopkg, of which one knows what it was told."""

    def __init__(self) -> None:
        self.told: list[list[str]] = []
        self.works = True
        self.version = __version__

    def __call__(self, command: Sequence[str]) -> str | None:
        if "-c" in command:  # a Python, which has this program
            return __version__
        self.told.append(list(command))
        if self.works and command[1] == "add":
            self.version = __version__
        return f"Identifier: org.bdindex.addin\n  Version: {self.version}\n" if self.works else None


def with_office(root: Path, run: Extensions) -> Machine:
    """A Mac with LibreOffice."""
    write(root / "Applications/LibreOffice.app/Contents/MacOS/unopkg")
    return macos(root, run=run)


def test_it_is_registered_and_taken_back(tmp_path: Path) -> None:
    run = Extensions()
    machine = with_office(tmp_path, run)
    before = snapshot(tmp_path)
    lines = libreoffice.install(machine, extension)
    file = machine.home / "Library/Application Support/bdindex_xl/libreoffice-python.txt"
    assert [(line.outcome, line.text.en) for line in lines] == [
        (DONE, f"LibreOffice uses the Python {machine.python.executable} ({file})"),
        (DONE, "the extension BDIndex.oxt of LibreOffice"),
    ]
    assert file.read_text("utf-8") == f"{machine.python.executable}\n"
    [added] = run.told
    assert added[:4] == [libreoffice.program(machine), "add", "--force", "--suppress-license"]
    assert Path(added[4]).name == "BDIndex.oxt"
    assert [line.outcome for line in libreoffice.install(machine, extension)] == [ALREADY, ALREADY]
    assert {line.outcome for line in uninstall(machine)} == {DONE}
    assert run.told[-1] == [libreoffice.program(machine), "remove", "org.bdindex.addin"]
    assert snapshot(tmp_path) == before


def test_what_libreoffice_refuses_is_told_and_stays_on_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Extensions()
    machine = with_office(tmp_path, run)
    libreoffice.install(machine, extension)
    run.works = False
    assert next((line.outcome, line.text.zh) for line in uninstall(machine)) == (
        FAILED,
        "LibreOffice 没有移除扩展 org.bdindex.addin；请关闭 LibreOffice，再试一次",
    )
    assert install_libreoffice(as_json=False, lang="zh", machine=machine) == 1
    assert "[失败] LibreOffice 没有接受扩展；请关闭 LibreOffice，再试一次\n" in capsys.readouterr().out
    run.works = True
    uninstall(machine)
    assert run.told[-1][1] == "remove"


def test_without_libreoffice_nothing_is_changed(tmp_path: Path) -> None:
    machine = macos(tmp_path, run=Extensions())
    before = snapshot(tmp_path)
    [line] = libreoffice.install(machine, extension)
    assert line.outcome is FAILED
    assert line.text.en == (
        "LibreOffice is not found. Run this again once it is installed; where it is in a place of its own, name its "
        "unopkg in the variable UNOPKG"
    )
    assert snapshot(tmp_path) == before


def test_a_python_without_this_program_is_refused(tmp_path: Path) -> None:
    machine = dataclasses.replace(with_office(tmp_path, Extensions()), run=lambda _: None)
    before = snapshot(tmp_path)
    [line] = libreoffice.install(machine, extension)
    python = machine.python.executable
    assert (line.outcome, line.text.en) == (
        FAILED,
        f"{python} does not load bdindex_xl: install it there (pip install .)",
    )
    assert snapshot(tmp_path) == before


def test_on_windows_the_program_that_prints_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "LibreOffice/program"
    write(folder / "unopkg.com")
    key = r"HKLM\Software\LibreOffice\UNO\InstallPath"
    machine = windows(tmp_path, registry=DictRegistry({key: {"": str(folder)}}))
    assert libreoffice.program(machine) == str(folder / "unopkg.com")
    assert libreoffice.program(dataclasses.replace(machine, registry=DictRegistry())) is None


@pytest.mark.parametrize("made", [linux, macos, windows])
def test_the_extension_reads_what_is_written(made: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both name the same file, though they share no line of code."""
    machine = made(tmp_path)
    client = worker_module()
    name, platform = "nt" if made is windows else "posix", "darwin" if made is macos else "linux"
    path = SimpleNamespace(join=os.path.join, expanduser=lambda _: str(machine.home))
    monkeypatch.setattr(client, "os", SimpleNamespace(name=name, path=path, environ=dict(machine.environ)))
    monkeypatch.setattr(client, "sys", SimpleNamespace(platform=platform))
    named, expected = client.settings_file(), str(libreoffice.settings(machine))
    assert Path(named) == Path(expected)


def test_a_real_libreoffice_takes_it_and_gives_it_back(tmp_path: Path) -> None:
    if office.soffice() is None:
        pytest.skip("needs LibreOffice")
    profile = tmp_path / "profile"

    def run(command: Sequence[str]) -> str | None:
        """In a profile of its own."""
        program, action, *rest = command
        if "-c" in command:
            return __version__
        where = add_in.places(profile)
        done = subprocess.run(
            [program, action, *where, *rest], capture_output=True, text=True, timeout=240, check=False
        )
        return done.stdout if done.returncode == 0 else None

    machine = linux(tmp_path, run=run)
    machine = dataclasses.replace(machine, environ={"UNOPKG": add_in.unopkg()})
    whom = add_in.whom()
    assert [line.outcome for line in libreoffice.install(machine, extension)] == [DONE, DONE]
    assert "Identifier: org.bdindex.addin" in (run([add_in.unopkg(), "list", *whom]) or "")
    assert libreoffice.registered(machine) == __version__
    assert {line.outcome for line in uninstall(machine)} == {DONE}
    assert "org.bdindex.addin" not in (run([add_in.unopkg(), "list", *whom]) or "")
    assert not (machine.home / ".config").exists()


def test_doctor_has_libreoffice_take_this_version_and_uninstall_takes_it_back(tmp_path: Path) -> None:
    run = Extensions()
    machine = with_office(tmp_path, run)
    before = snapshot(tmp_path)
    libreoffice.install(machine, extension)
    run.version = "0.0.1"
    assert (
        fix(look(machine, "libreoffice", makers=Makers(extension=extension)))
        == "the extension BDIndex.oxt of LibreOffice"
    )
    assert (run.version, look(machine, "libreoffice").state) == (__version__, State.OK)
    run.version, run.works = "0.0.1", False
    refused = Makers(extension=lambda: pytest.fail("made though it cannot be taken"))
    assert look(machine, "libreoffice", makers=refused).state is State.OK  # nobody knows its version
    run.works = True
    assert {line.outcome for line in uninstall(machine)} == {DONE}
    assert snapshot(tmp_path) == before


def test_doctor_says_whether_the_python_that_was_named_serves(tmp_path: Path) -> None:
    run = Extensions()
    machine = with_office(tmp_path, run)

    def found(answer: str | None = None) -> tuple[State, str]:
        check = look(dataclasses.replace(machine, run=lambda _: answer), "libreoffice")
        return check.state, check.found.en

    assert found() == (State.NOT_APPLICABLE, "the extension for LibreOffice is not installed")
    libreoffice.install(machine, extension)
    python = machine.python.executable
    assert found(f"{__version__}\n") == (State.OK, str(python))
    assert found("0.0.1\n") == (State.WARNING, f"{python} has version 0.0.1, where {__version__} is installed")
    assert found() == (State.FAULT, f"{python} does not load bdindex_xl: install it there (pip install .)")
    run.version = "0.0.1"
    outdated = f"the extension in LibreOffice is of version 0.0.1, where {__version__} is installed"
    check = look(machine, "libreoffice")
    assert (check.state, check.found.en) == (State.FAULT, outdated)
    assert check.remedy.en == "Run bdindex install --libreoffice"
    python.unlink()
    file = libreoffice.settings(machine)
    assert found() == (State.FAULT, f"{python}, which {file} names, is not there")
