"""Checks of the three configurations, each in all its states."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bdindex_xl.setup.doctor import examine
from bdindex_xl.setup.machine import Machine
from tests.setup import workbooks
from tests.setup.looking import FAULT, NOT_APPLICABLE, OK, WARNING, fix, look, told
from tests.setup.made_up import linux, macos, windows, write
from tests.support.disk import backups

pytestmark = pytest.mark.slow


def conf_of(machine: Machine) -> Path:
    return machine.home / ".xlwings/xlwings.conf"


def test_a_user_without_a_configuration_gets_one(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    check = look(machine, "user configuration")
    assert told(check) == (FAULT, f"{conf_of(machine)} names no Python")
    assert check.remedy.en == "Run bdindex install"
    assert fix(check) == f"written to {conf_of(machine)}"
    wanted = machine.python.executable.with_name("pythonw.exe")
    assert conf_of(machine).read_bytes() == f'"INTERPRETER_WIN","{wanted}"\r\n'.encode()
    assert told(look(machine, "user configuration")) == (OK, f"{conf_of(machine)}: {wanted}")


def test_an_interpreter_that_is_gone_is_replaced_and_all_else_stays(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    old = '"PYTHONPATH","数据"\n"interpreter_win","C:\\gone\\pythonw.exe"\n"X","y"'
    write(conf_of(machine), old.encode("cp936"))
    check = look(machine, "user configuration")
    assert told(check) == (FAULT, rf"{conf_of(machine)} names a Python that is not there: C:\gone\pythonw.exe")
    done = fix(check)
    [kept] = backups(conf_of(machine))
    assert done == f"written to {conf_of(machine)}; the file as it was is {kept}"
    wanted = machine.python.executable.with_name("pythonw.exe")
    new = old.replace('"interpreter_win","C:\\gone\\pythonw.exe"', f'"INTERPRETER_WIN","{wanted}"')
    assert conf_of(machine).read_bytes() == new.encode("cp936")
    assert kept.read_bytes() == old.encode("cp936")


def test_another_interpreter_is_left_to_its_user(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    other = write(tmp_path / "other/python.exe")
    write(conf_of(machine), f'"INTERPRETER","{other}"\r\n'.encode())
    check = look(machine, "user configuration")
    wanted = machine.python.executable.with_name("pythonw.exe")
    assert told(check) == (WARNING, f"{conf_of(machine)} names another Python: {other}, not {wanted}")
    assert check.fix is None and "bdindex install --force" in check.remedy.en
    write(conf_of(machine), b'"INTERPRETER_WIN","pythonw"\r\n')
    assert told(look(machine, "user configuration")) == (
        WARNING,
        f"{conf_of(machine)} says just “pythonw”, which PATH decides",
    )


def test_variables_in_the_configuration_are_looked_up_and_not_shown(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    write(conf_of(machine), b'"INTERPRETER_WIN","%USERPROFILE%/venv/Scripts/python.exe"\r\n')
    shown = f"{conf_of(machine)}: %USERPROFILE%/venv/Scripts/python.exe"
    assert told(look(machine, "user configuration")) == (OK, shown)
    machine = replace(machine, environ={**machine.environ, "BDINDEX_SMTP_PASSWORD": "C:/hunter2"})
    write(conf_of(machine), b'"INTERPRETER_WIN","%BDINDEX_SMTP_PASSWORD%/python.exe"\r\n')
    for check in examine(machine, None):
        assert "hunter2" not in str((check.found, check.remedy))


@pytest.mark.parametrize("key", ["INTERPRETER", "INTERPRETER_WIN"])
@pytest.mark.parametrize(
    "named", ["%BDINDEX_SMTP_PASSWORD%", "//evil/%BDINDEX_SMTP_PASSWORD%/python.exe", "$HOME/python"]
)
def test_no_variable_that_a_workbook_names_is_looked_up(key: str, named: str, tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine = replace(machine, environ={**machine.environ, "BDINDEX_SMTP_PASSWORD": "hunter2"})
    file = workbooks.workbook(tmp_path / "b.xlsm", None, [*workbooks.SETTINGS, (key, named)])
    write(tmp_path / "xlwings.conf", f'"{key}","{named}"\r\n'.encode())
    for name, where in ((NAME, "xlwings.conf"), ("folder configuration", str(tmp_path / "xlwings.conf"))):
        told_ = f"{where} names a Python by variables of the environment, which are not looked up: {named}"
        assert told(look(machine, name, file)) == (WARNING, told_)
    for check in examine(machine, file):
        assert "hunter2" not in str((check.found, check.remedy))


def test_a_file_that_excel_would_misread(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    pair = f'"INTERPRETER_WIN","{machine.python.executable}"\r\n'
    write(conf_of(machine), pair.encode("utf-8-sig"))
    check = look(machine, "user configuration")
    assert told(check) == (FAULT, f"{conf_of(machine)} begins with a UTF-8 mark, so that Excel misses its first key")
    assert fix(check) == "saved in the system's encoding"
    assert look(machine, "user configuration").state is OK
    write(conf_of(machine), b"# mine\r\n" + pair.encode())
    check = look(machine, "user configuration")
    assert told(check) == (FAULT, f"{conf_of(machine)}: line 1 is no pair, so that Excel misreads all after it")


def test_the_user_of_a_mac(tmp_path: Path) -> None:
    machine = macos(tmp_path)
    path = machine.home / "Library/Containers/com.microsoft.Excel/Data/xlwings.conf"
    assert fix(look(machine, "user configuration")) == f"written to {path}"
    assert path.read_bytes() == f'"INTERPRETER_MAC","{machine.python.executable}"\n'.encode()
    assert look(machine, "user configuration").state is OK
    path.unlink()
    path.parent.rmdir()
    assert told(look(machine, "user configuration")) == (
        FAULT,
        f"Excel has never been started: there is no {path.parent}",
    )
    assert look(linux(tmp_path / "l"), "user configuration").state is NOT_APPLICABLE


def test_the_folders_configuration_comes_before_the_users(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    file = workbooks.workbook(tmp_path / "w/b.xlsm", None)
    conf = tmp_path / "w/xlwings.conf"
    name = "folder configuration"
    assert told(look(machine, name, file)) == (OK, "there are none")
    write(conf, b'"SHOW CONSOLE","True"\r\n')
    assert told(look(machine, name, file)) == (OK, f"{conf} comes before the user's settings, but names no Python")
    write(conf, f'"INTERPRETER_WIN","{machine.python.executable}"\r\n'.encode())
    assert look(machine, name, file).state is OK
    other = write(tmp_path / "other/python.exe")
    write(conf, f'"INTERPRETER_WIN","{other}"\r\n'.encode())
    assert told(look(machine, name, file)) == (WARNING, f"{conf} comes before the user's settings, and names {other}")
    write(conf, b'"INTERPRETER","D:\\gone.exe"\r\n')
    assert told(look(machine, name, file)) == (FAULT, rf"{conf} names a Python that is not there: D:\gone.exe")
    assert told(look(machine, name)) == (NOT_APPLICABLE, "no workbook was named")
    assert look(linux(tmp_path / "l"), name, file).state is NOT_APPLICABLE


NAME = "configuration sheet"


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (None, "there is no sheet “xlwings.conf”"),
        ([("USE UDF SERVER", "True")], f"xlwings.conf: expected UDF MODULES {workbooks.UDFS}, found “”"),
        ([("UDF MODULES", "x")], f"xlwings.conf: expected UDF MODULES {workbooks.UDFS}, found “x”"),
        (
            [("A", "1"), ("UDF MODULES", workbooks.UDFS), ("udf modules", "y"), ("a", "2")],
            "xlwings.conf has A, UDF MODULES more than once, where Excel fails",
        ),
        (
            [*workbooks.SETTINGS, ("INTERPRETER_WIN", "C:\\Users\\zhang\\python.exe")],
            r"xlwings.conf names a Python that is not there: C:\Users\zhang\python.exe",
        ),
        (
            workbooks.SETTINGS[:2],
            "xlwings.conf: expected ADD_WORKBOOK_TO_PYTHONPATH False, found “”",
        ),
        (
            [*workbooks.SETTINGS[:4], ("DEBUG UDFS", "True")],
            "xlwings.conf: expected DEBUG UDFS False, found “True”",
        ),
        (
            [*workbooks.SETTINGS[:3], workbooks.SETTINGS[4]],
            "xlwings.conf: expected PYTHONPATH %SystemRoot%, found “”",
        ),
        (
            [("", "x"), *workbooks.SETTINGS],
            f"xlwings.conf: expected UDF MODULES {workbooks.UDFS}, found “”",
        ),
    ],
)
def test_a_configuration_sheet_at_fault(settings: list[tuple[str, str]] | None, found: str, tmp_path: Path) -> None:
    file = workbooks.workbook(tmp_path / "b.xlsm", None, settings)
    assert told(look(windows(tmp_path), NAME, file)) == (FAULT, found)


def test_a_configuration_sheet_in_order(tmp_path: Path) -> None:
    file = workbooks.workbook(tmp_path / "b.xlsm", None)
    assert told(look(windows(tmp_path), NAME, file)) == (
        OK,
        f"UDF MODULES = {workbooks.UDFS}, USE UDF SERVER = True, ADD_WORKBOOK_TO_PYTHONPATH = False, "
        "PYTHONPATH = %SystemRoot%, DEBUG UDFS = False",
    )
    lower = [(key.lower(), value.upper() if value == "True" else value) for key, value in workbooks.SETTINGS]
    lower += [("", ""), ("UDF MODULES", "not read any more")]
    file = workbooks.workbook(tmp_path / "b.xlsm", None, lower)
    assert look(linux(tmp_path / "l"), NAME, file).state is OK
    assert told(look(windows(tmp_path), NAME)) == (NOT_APPLICABLE, "no workbook was named")


def test_an_interpreter_in_the_workbook_is_this_computers_only(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    for path, found in (
        (machine.python.executable, "xlwings.conf names {path}, which is on this computer only"),
        (write(tmp_path / "o/python.exe"), "xlwings.conf comes before the user's settings, and names {path}"),
    ):
        settings = [*workbooks.SETTINGS, ("INTERPRETER_WIN", str(path))]
        file = workbooks.workbook(tmp_path / "b.xlsm", None, settings)
        assert told(look(machine, NAME, file)) == (WARNING, found.format(path=path))
