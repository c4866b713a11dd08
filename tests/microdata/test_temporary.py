"""Folders of records go, also those that a killed run could not take away."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from bdindex_xl.microdata.temporary import temporary_folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def aged(folder: Path) -> Path:
    then = time.time() - 2 * 3600
    os.utime(folder / "in-use", (then, then))
    return folder


def test_a_folder_is_there_for_the_work_and_gone_after_it(home: Path) -> None:
    with temporary_folder() as folder:
        (folder / "companies.parquet").write_bytes(b"x")
        assert folder.parent == home.resolve()
    assert not any(home.iterdir())


def test_what_a_killed_run_left_goes_with_the_next_and_what_is_in_use_or_not_ours_stays(home: Path) -> None:
    for name in ("bdindex-records-left", "bdindex-records-young", "bdindex-others", "bdindex-records-no-mark"):
        (home / name).mkdir()
        (home / name / "companies.parquet").write_bytes(b"x")
    for name in ("bdindex-records-left", "bdindex-records-young", "bdindex-others"):
        (home / name / "in-use").touch()
    aged(home / "bdindex-records-left")
    aged(home / "bdindex-others")
    with temporary_folder() as used:
        aged(used)
        with temporary_folder() as other:
            assert used.is_dir()
            names = {path.name for path in home.iterdir()}
    assert names == {
        "bdindex-records-young", "bdindex-others", "bdindex-records-no-mark", used.name, other.name,
    }  # fmt: skip
