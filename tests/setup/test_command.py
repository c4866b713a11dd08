"""The commands: what they print, mend and return, on computers made up and on this one."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bdindex_xl.commands.output.setup import doctor, install, uninstall
from bdindex_xl.setup.doctor import Makers
from tests.setup import workbooks
from tests.setup.made_up import linux, windows, write
from tests.setup.test_workbook import coded, fresh

CASE = pytest.CaptureFixture[str]


def test_doctor_says_what_is_wrong_and_how_to_mend_it(tmp_path: Path, capsys: CASE) -> None:
    machine = windows(tmp_path)
    conf = machine.home / ".xlwings/xlwings.conf"
    assert doctor(None, fix=False, as_json=False, lang="zh", machine=machine) == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"[问题] 用户的 xlwings 设置：{conf} 未指定 Python" in lines
    assert lines[lines.index(f"[问题] 用户的 xlwings 设置：{conf} 未指定 Python") + 1] == "  →请运行 bdindex install"
    assert lines[-1] == "有 1 处问题需要处理。其中 1 处可用 --fix 自动处理。"
    assert doctor(None, fix=False, as_json=False, lang="en", machine=machine) == 1
    told = capsys.readouterr().out
    assert f"[FAULT] the user's settings of xlwings: {conf} names no Python\n  → Run bdindex install\n" in told
    assert told.endswith("1 problem needs attention. 1 of them can be fixed with --fix.\n")


def test_doctor_mends_what_it_can(tmp_path: Path, capsys: CASE) -> None:
    machine = windows(tmp_path)
    file = coded(tmp_path / "w/b.xlsm", workbooks.project(version="0.0.1", xlwings="0.30.0"))
    write(tmp_path / "w/b.xlsm:Zone.Identifier", b"[ZoneTransfer]\r\nZoneId=3\r\n")
    code = doctor(file, fix=True, as_json=False, lang="en", machine=machine, makers=Makers(fresh))
    told = capsys.readouterr().out
    assert told.count("the VBA project was replaced") == 1
    assert "  → taken off\n" in told
    assert told.endswith("All is well.\n")
    assert code == 0
    assert not (tmp_path / "w/b.xlsm:Zone.Identifier").exists()


def test_doctor_says_what_it_could_not_mend(tmp_path: Path, capsys: CASE) -> None:
    machine = windows(tmp_path)
    file = workbooks.workbook(tmp_path / "b.xlsm", workbooks.project(version="0.0.1"))
    write(tmp_path / "~$b.xlsm")
    assert doctor(file, fix=True, as_json=False, lang="en", machine=machine, makers=Makers(lambda n: b"")) == 1
    assert "  → could not be fixed: " in capsys.readouterr().out


def test_doctor_as_json(tmp_path: Path, capsys: CASE) -> None:
    assert doctor(None, fix=True, as_json=True, lang="zh", machine=windows(tmp_path)) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["file"]) == (True, None)
    told = told["result"]
    assert told["system"] == "windows"
    assert [fixed["name"] for fixed in told["fixed"]] == ["user configuration"]
    check = next(check for check in told["checks"] if check["name"] == "python version")
    assert (check["state"], check["title"]) == ("ok", "Python 版本")
    assert set(check) == {"name", "state", "title", "found", "remedy", "fixable"}


def test_on_linux_what_does_not_apply_is_told_in_a_line(tmp_path: Path, capsys: CASE) -> None:
    assert doctor(None, fix=False, as_json=False, lang="en", machine=linux(tmp_path)) == 0
    told = capsys.readouterr().out
    expected = (
        "[n/a] not applicable on this system: edition of Python, xlwings, 32 or 64 bits of Excel and Python, DLL of"
    )
    assert expected in told
    assert told.count("not applicable on this system") == 1


def test_install_and_uninstall_tell_line_by_line(tmp_path: Path, capsys: CASE) -> None:
    machine = windows(tmp_path)
    assert install(None, force=False, as_json=False, lang="zh", machine=machine) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1:] == [
        f"[完成] 文件夹 {machine.home / 'Documents/BDIndex'}",
        f"[完成] Excel 16.0 信任 {machine.home / 'Documents/BDIndex'}",
        "请重新启动 Excel。",
    ]
    assert install(None, force=False, as_json=True, lang="zh", machine=machine) == 0
    steps = json.loads(capsys.readouterr().out)["result"]["steps"]
    assert [step["outcome"] for step in steps] == ["already"] * 3
    assert uninstall(as_json=False, lang="en", machine=machine) == 0
    assert capsys.readouterr().out.endswith("is removed\nRestart Excel or LibreOffice where they run.\n")
    assert install(None, force=False, as_json=True, lang="zh", machine=linux(tmp_path / "l")) == 0
    assert json.loads(capsys.readouterr().out)["result"]["steps"][0]["outcome"] == "skipped"


def test_doctor_really_runs_here_on_the_shipped_workbook(capsys: CASE) -> None:
    code = doctor(workbooks.SHIPPED, fix=False, as_json=True, lang="zh")
    told = json.loads(capsys.readouterr().out)
    states = {check["name"]: check["state"] for check in told["result"]["checks"]}
    assert states["workbook"] == "ok"
    with zipfile.ZipFile(workbooks.SHIPPED) as package:
        has_project = "xl/vbaProject.bin" in package.namelist()
    assert states["vba project"] == ("ok" if has_project else "fault")
    assert code == (0 if told["ok"] else 1)


def test_nothing_of_excel_or_windows_is_imported() -> None:
    code = (
        "import sys, bdindex_xl.commands.output.setup; assert not {'xlwings', 'winreg', 'win32com'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
