"""Every command that takes a workbook refuses what is none, in the same sentence; which do is asked of the parser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from bdindex_xl import cli
from bdindex_xl.commands.catalogue import parser
from bdindex_xl.commands.parser import subparsers
from tests.support.books import small_book

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]
WHAT = {
    "foreign.xlsx": "this is not a workbook of bdindex (no table has a name that begins with bdx_); it was left as it is. "
    "Check the name, or make a workbook with bdindex new.",
    "folder.xlsx": "this is a folder, not a workbook. Name the file itself.",
    "nowhere.xlsx": "there is no such file. Check the path and the name.",
    "text.xlsx": "this is not an Excel workbook (.xlsx or .xlsm), whatever its name says. Open it in Excel or WPS, save it "
    "as .xlsx or .xlsm, and try again.",
    "numbers.csv": "this is a CSV file, not a workbook. Make a workbook from CSV files with bdindex new NAME.xlsm --from "
    "FOLDER.",
    "empty.xlsx": "the file is empty (0 bytes). Go back to a copy.",
    os.devnull: "this is a device or a pipe, not a file. Name a plain file.",
}


def taken() -> list[tuple[str, str]]:
    """Commands with each of the places at which they take a workbook that is there."""
    return [
        (name, action.dest)
        for name, command in subparsers(parser("en")).items()
        for action in command._actions
        if not action.option_strings and action.type is Path and name != "new"
    ]


def typed(name: str, place: str, file: Path, others: Path) -> list[str]:
    """The command with a file at that place, another at its other places, and what else it must have."""
    given = [name]
    for action in subparsers(parser("en"))[name]._actions:
        if not action.option_strings and action.type is Path:
            given.append(str(file if action.dest == place else others))
        elif action.required and action.option_strings:
            given += [action.option_strings[0], "1"]
    return given


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    foreign = openpyxl.Workbook()
    foreign.active["A1"] = "accounts"
    foreign.save(folder / "foreign.xlsx")
    (folder / "folder.xlsx").mkdir()
    (folder / "text.xlsx").write_text("a letter")
    (folder / "numbers.csv").write_text("year,unit,a\n2024,x,1\n")
    (folder / "empty.xlsx").touch()
    source = folder / "source"
    source.mkdir()
    (folder / "ours.xlsm").write_bytes(small_book(source, "en"))
    return folder


def test_the_parser_is_asked_rightly() -> None:
    assert {"check", "recalculate", "share", "verify", "explain", "doctor", "install"} <= {name for name, _ in taken()}
    assert {("diff", "old"), ("diff", "new"), ("merge", "file"), ("merge", "returned")} <= set(taken())


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize(("name", "place"), taken())
def test_what_is_no_workbook_of_ours_is_refused_in_a_sentence(
    name: str, place: str, what: str, files: Path, capsys: CASE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "en")
    monkeypatch.chdir(files)
    before = {path: path.stat().st_mtime_ns for path in files.rglob("*")}
    assert cli.main(typed(name, place, Path(what), Path("ours.xlsm"))) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{Path(what).name}: {WHAT[what]}\n")
    assert {path: path.stat().st_mtime_ns for path in files.rglob("*")} == before


def test_a_file_that_is_not_there_is_told_before_anything_heavy_is_imported(files: Path) -> None:
    """Which is what takes the time: numpy and pandas alone are half a second."""
    commands = [typed(name, place, Path("nowhere.xlsx"), files / "ours.xlsm") for name, place in taken()]
    code = (
        "import sys; from bdindex_xl import cli\n"
        f"assert {{cli.main(command) for command in {commands!r}}} == {{1}}\n"
        "assert not {'numpy', 'pandas', 'bdindex_xl.commands.output.summary'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
