"""Starting Python as Excel starts it, what may forbid that, and that no code comes from where Excel happens to be."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bdindex_xl import __version__
from bdindex_xl.setup.install import install
from bdindex_xl.setup.machine import Machine, Started, started
from bdindex_xl.workbook import configuration
from tests.setup.looking import FAULT, NOT_APPLICABLE, OK, WARNING, look, told
from tests.setup.made_up import DictRegistry, linux, macos, windows, write

pytestmark = pytest.mark.slow

NAME = "start of python"
ASR = r"HKLM\Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
RULE = "Defender's rule “Block all Office applications from creating child processes” is in force"


class Asked:
    """A computer that notes what it was to start, and answers as it is told."""

    def __init__(self, code: int | None, said: str) -> None:
        self.answer, self.commands = Started(code, said), []  # type: ignore[var-annotated]

    def __call__(self, command: Sequence[str] | str, folder: Path, variables: Mapping[str, str]) -> Started:
        self.commands.append((command, folder, dict(variables)))
        return self.answer


def set_up(machine: Machine) -> Machine:
    install(machine)
    return machine


def test_doctor_starts_the_very_command_of_the_macros(tmp_path: Path) -> None:
    asked = Asked(0, f"bdindex {__version__}\n")
    machine = set_up(windows(tmp_path, start=asked))
    assert told(look(machine, NAME)) == (OK, f"{__version__} answers")
    python = machine.python.executable
    code = "import xlwings.com_server, bdindex_xl.hosts.excel.udfs; print('bdindex', bdindex_xl.__version__)"
    command = f'cmd.exe /C ""{python}" -B -c "{code}""'
    assert asked.commands == [(command, machine.home / "Documents", {"PYTHONSAFEPATH": "1"})]


@pytest.mark.parametrize(
    ("code", "said", "key"),
    [
        (1, "Traceback\nModuleNotFoundError: No module named 'bdindex_xl'\n", "no_package"),
        (1, "ModuleNotFoundError: No module named 'bdindex_xl.hosts'\n", "old_package"),
        (None, "Access is denied", "forbidden"),
        (0, "bdindex 0.0.1\n", "old_package"),
    ],
)
def test_doctor_reports_what_python_said_and_what_to_do(code: int | None, said: str, key: str, tmp_path: Path) -> None:
    check = look(set_up(windows(tmp_path, start=Asked(code, said))), NAME)
    assert check.state is FAULT
    assert said.strip().splitlines()[-1] in check.found.en
    assert check.remedy == configuration.MESSAGES[key]


def test_a_package_that_does_not_load_and_a_fault_that_is_not_known(tmp_path: Path) -> None:
    said = "ImportError: DLL load failed while importing _multiarray_umath\n"
    check = look(set_up(windows(tmp_path, start=Asked(1, said))), NAME)
    assert told(check) == (FAULT, f"does not start: {said.strip()}")
    assert check.remedy.en.startswith("With that Python, run -m pip install --force-reinstall .")
    check = look(set_up(windows(tmp_path / "b", start=Asked(1, "AttributeError: array\n"))), NAME)
    assert told(check) == (FAULT, "does not start: AttributeError: array")
    assert check.remedy.en.startswith("To read all of it, run the same in a terminal: cmd.exe /C ")


def test_nothing_is_started_where_no_python_is_named_or_excel_does_not_run(tmp_path: Path) -> None:
    asked = Asked(0, "")
    assert look(windows(tmp_path, start=asked), NAME).state is NOT_APPLICABLE
    assert look(linux(tmp_path / "l", start=asked), NAME).state is NOT_APPLICABLE
    assert asked.commands == []


def test_this_python_really_answers(tmp_path: Path) -> None:
    machine = macos(tmp_path, start=started)
    conf = machine.home / "Library/Containers/com.microsoft.Excel/Data/xlwings.conf"
    write(conf, f'"INTERPRETER_MAC","{sys.executable}"\n'.encode())
    assert told(look(machine, NAME)) == (OK, f"{__version__} answers")
    assert started(["/no such program"], tmp_path, {}).code is None


SERVES = (
    "import sys, os;import xlwings.utils;xlwings.utils.prepare_sys_path('{path}');import numpy;print(numpy.__file__)"
)


@pytest.mark.parametrize("name", ["numpy.py", "xlwings.py"])
def test_no_code_comes_from_the_folder_that_excel_is_in(name: str, tmp_path: Path) -> None:
    # The beginning of xlwings' own command, with what the configuration sheet makes it hand over.
    write(tmp_path / name, b"import sys; print('taken'); sys.exit(0)")
    settings = {key: value for key, value, _ in configuration.SETTINGS}
    path = f"{settings['ADD_WORKBOOK_TO_PYTHONPATH']};b.xlsm;b.xlsm;;;;"

    def run(path: str, **variables: str) -> str:
        command = [sys.executable, "-B", "-c", SERVES.format(path=path)]
        env = os.environ | {"SystemRoot": "/nowhere"} | variables
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert run(path) == "taken"
    assert run(path + settings["PYTHONPATH"].replace("%SystemRoot%", "/nowhere"), PYTHONSAFEPATH="1").endswith(
        "__init__.py"
    )


@pytest.mark.parametrize(
    ("keys", "state", "found"),
    [
        ({ASR: {"D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "1"}}, FAULT, RULE),
        ({ASR.replace("Policies\\", ""): {"d4f940ab-401b-4efc-aadc-ad5f3c50688a": "1"}}, FAULT, RULE),
        ({ASR: {"D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "6"}}, WARNING, RULE),
        ({ASR: {"D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "2"}}, OK, "none is known"),
        (
            {r"HKCU\Software\Policies\Microsoft\Windows\System": {"DisableCMD": 2}},
            FAULT,
            "an administrator has disabled cmd.exe (DisableCMD)",
        ),
        (
            {
                r"HKLM\Software\Policies\Microsoft\Windows\SrpV2\Exe": {"EnforcementMode": 1},
                r"HKLM\Software\Policies\Microsoft\Windows\SrpV2\Exe\a": {},
            },
            WARNING,
            "AppLocker limits which programs run",
        ),
        ({}, OK, "none is known"),
    ],
)
def test_rules_that_forbid_excel_to_start_python(
    keys: dict[str, dict[str, str | int]], state: object, found: str, tmp_path: Path
) -> None:
    check = look(windows(tmp_path, registry=DictRegistry(keys)), "processes")
    assert told(check) == (state, found)
    assert state is OK or check.remedy == configuration.MESSAGES["forbidden"]


@pytest.mark.parametrize(
    ("code", "said", "state", "found"),
    [
        (
            1,
            "execution error: Not authorized to send Apple events to Microsoft Excel. (-1743)",
            FAULT,
            "is refused (−1743)",
        ),
        (0, "2\n", OK, "is given"),
        (0, "\n", NOT_APPLICABLE, "Excel is not running"),
    ],
)
def test_permission_to_control_excel_on_a_mac(code: int, said: str, state: object, found: str, tmp_path: Path) -> None:
    check = look(macos(tmp_path, start=Asked(code, said)), "control of excel")
    assert told(check) == (state, found)
    assert state is not FAULT or "Privacy & Security > Automation" in check.remedy.en


def of_conda(root: Path, environment: str | None, **changes: object) -> Machine:
    """A Windows computer whose Python is conda's: of an environment by its name, or the first one."""
    conda = root / "miniconda3"
    write(conda / "condabin/conda.bat")
    prefix = conda / "envs" / environment if environment else conda
    for file in ("conda-meta/history", "python.exe", "pythonw.exe"):
        write(prefix / file)
    machine = windows(root, **changes)
    python = dataclasses.replace(machine.python, executable=prefix / "python.exe", prefix=prefix, base=prefix)
    for library in machine.python.prefix.glob("xlwings*.dll"):
        write(prefix / library.name)
    return dataclasses.replace(machine, python=python)


@pytest.mark.parametrize(("environment", "named"), [("work", "work"), (None, "base")])
def test_an_environment_of_conda_is_activated(environment: str | None, named: str, tmp_path: Path) -> None:
    asked = Asked(0, f"bdindex {__version__}")
    machine = of_conda(tmp_path, environment, start=asked)
    assert [line.outcome for line in install(machine)] == ["done"] * 3
    assert [line.outcome for line in install(machine)] == ["already"] * 3
    root = tmp_path / "miniconda3"
    expected = f'"INTERPRETER_WIN","pythonw"\r\n"CONDA PATH","{root}"\r\n"CONDA ENV","{named}"\r\n'
    conf = machine.home / ".xlwings/xlwings.conf"
    assert conf.read_bytes() == expected.encode()
    assert told(look(machine, "user configuration")) == (OK, f"{conf}: {machine.python.prefix / 'pythonw.exe'}")
    assert told(look(machine, "virtual environment")) == (OK, f"of conda: {machine.python.prefix}")
    assert look(machine, NAME).state is OK
    start = f'cmd.exe /C ""{root}\\condabin\\conda" activate {named} && python -B -c "import xlwings.com_server'
    assert str(asked.commands[-1][0]).startswith(start)


def test_an_environment_of_conda_that_is_not_activated_is_told(tmp_path: Path) -> None:
    machine = of_conda(tmp_path, "work")
    python = machine.python.prefix / "pythonw.exe"
    conf = write(machine.home / ".xlwings/xlwings.conf", f'"INTERPRETER_WIN","{python}"\r\n'.encode())
    check = look(machine, "user configuration")
    assert told(check) == (
        WARNING,
        f"{python} is of a conda environment that Excel does not activate, so that numpy may not load",
    )
    assert check.fix is not None
    check.fix()
    assert look(machine, "user configuration").state is OK
    assert b'"CONDA ENV","work"' in conf.read_bytes()
