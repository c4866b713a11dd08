"""Details of defects: a file for each, and few in all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from bdindex_xl.system import logs


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_defect_met_ten_thousand_times_leaves_one_file(folder: Path) -> None:
    names = {logs.write(f"cell {n}", "ZeroDivisionError: 甲") for n in range(100)}
    assert [str(file) for file in folder.iterdir()] == list(names)
    assert Path(*names).read_text("utf-8") == "cell 0\n\nZeroDivisionError: 甲"


def test_few_are_kept_and_no_file_of_others_goes(folder: Path) -> None:
    others = [folder / "bdindex-notes.log", folder / "bdindex-abc12345.log"]
    for other in others:
        other.write_text("mine")
    made = [logs.write("", f"defect {n}") for n in range(9)]
    left = {str(file) for file in folder.iterdir()} - set(map(str, others))
    assert len(left) == 5
    assert made[-1] in left
    assert all(other.read_text() == "mine" for other in others)


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_link_that_waits_under_the_name_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    name = Path(logs.write("", "a defect"))
    victim = tmp_path / "victim"
    victim.write_text("kept")
    name.unlink()
    name.symlink_to(victim)
    other = logs.write("", "a defect")
    assert (victim.read_text(), other != str(name)) == ("kept", True)
