"""Two runs at once on one workbook: neither loses what the other wrote, and nothing is left lying about."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts import files
from bdindex_xl.hosts.files import locking
from bdindex_xl.system import written_files as written
from tests.conftest import size_of
from tests.support import edit
from tests.support.books import small_book
from tests.support.disk import backups, beside
from tests.support.workers import workers

pytestmark = pytest.mark.slow

_HOLD = """
import sys
from pathlib import Path
from bdindex_xl.hosts.files import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def another_run(file: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock of a file until the block ends."""
    command = [sys.executable, "-c", _HOLD, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        yield process
        if process.stdin and not process.stdin.closed:
            process.stdin.close()


def test_two_processes_at_once_lose_nothing(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    blank, copies = {("省份数据", "D8"): None, ("城市数据", "D11"): None}, [tmp_path / "甲.xlsm", tmp_path / "乙.xlsm"]
    whole = small_book(tmp_path)
    main, start = tmp_path / "主.xlsm", edit.edited(whole, blank)
    for copy, other in zip(copies, reversed(blank), strict=True):
        copy.write_bytes(edit.edited(whole, {other: None}))
    lost = []
    with workers(2) as both:
        for n in range(size_of(pytestconfig, "lock-rounds")):
            main.write_bytes(start)
            for worker, copy in zip(both, copies, strict=True):
                worker.start(["merge", str(main), str(copy)])
            codes = [worker.code() for worker in both]
            merged = files.open_book(main)
            tables = "bdx_data_province", "bdx_data_city"
            filled = [merged.read(table) == files.FileBook.from_bytes(whole).read(table) for table in tables]
            for worker in both:
                worker.start(["recalculate", str(main)])
            codes += [worker.code() for worker in both]
            runs = files.open_book(main).read("bdx_log").n_rows
            if (codes, filled, runs) != ([0] * 4, [True] * 2, 2):
                lost.append((n, codes, filled, runs))
    assert not lost
    assert beside(main) == {copy.name for copy in copies}


def test_a_run_that_waits_reads_what_the_other_wrote(tmp_path: Path) -> None:
    file = tmp_path / "b.xlsm"
    file.write_bytes(b"0")
    told: list[str] = []

    def add() -> None:
        with files.locked(file, lambda step: told.append(step.en)):
            files.replace(file, file.read_bytes() + b"2")

    with files.locked(file):
        waiting = threading.Thread(target=add)
        waiting.start()
        while not told:
            pass
        files.replace(file, file.read_bytes() + b"1")
    waiting.join()
    assert (file.read_bytes(), set(told)) == (b"012", {"waiting for another bdindex to finish"})
    assert beside(file) == set()


def test_who_has_waited_long_enough_is_told_who_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(locking, "PATIENCE", 0.2)
    monkeypatch.setenv("BDINDEX_LANG", "en")
    file = tmp_path / "b.xlsm"
    file.write_bytes(small_book(tmp_path, "en"))
    with another_run(file) as process:
        for arguments in (["recalculate"], ["audit"], ["explain", "--unit", "甲省"], ["merge", str(file)]):
            assert cli.main([arguments[0], str(file), *arguments[1:]]) == 1
            told = capsys.readouterr().err
            assert told.startswith("b.xlsm: another run of bdindex is at work on the file (")
            assert f", process {process.pid}), and did not end within 0 seconds." in told
        assert cli.main(["check", str(file)]) == 0, "reading alone waits for nobody"
    assert cli.main(["recalculate", str(file)]) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_what_a_killed_run_leaves_is_swept_by_the_next(tmp_path: Path) -> None:
    file = tmp_path / "指数.xlsm"
    file.write_bytes(b"0")
    strays = [tmp_path / ".指数.xlsm-abcd_123.bdindex.tmp"]
    others = {".指数.xlsm-abcd1234.tmp", ".指数2.xlsm-abcd1234.bdindex.tmp", ".指数.xlsm-notes of mine.bdindex.tmp"}
    for name in [*(stray.name for stray in strays), *others]:
        (tmp_path / name).write_bytes(b"PK")
    with another_run(file) as process:
        process.send_signal(signal.SIGKILL)
    assert ".指数.xlsm.bdindex-lock" in beside(file)
    files.replace(file, b"1")
    assert (file.read_bytes(), beside(file)) == (b"1", others)


def test_files_with_long_names_alike_have_locks_of_their_own(tmp_path: Path) -> None:
    one, other = tmp_path / ("很长的名称" * 12 + "甲.xlsm"), tmp_path / ("很长的名称" * 12 + "乙.xlsm")
    with files.locked(one):
        names = {name for name in beside(one) if name.endswith("-lock")}
        with files.locked(other):
            assert len({name for name in beside(one) if name.endswith("-lock")} - names) == 1
    assert beside(one) == set()


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
def test_a_disk_without_locks_stops_nobody_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locking, "_take", none)
    file = tmp_path / "b.xlsm"
    file.write_bytes(b"0")
    with written.recording() as record:
        files.replace(file, b"1")
    assert (file.read_bytes(), len(backups(file)), beside(file)) == (b"1", 1, set())
    assert [remark.en for remark in record.remarks] == [
        f"The disk that holds {file} has no file locks: do not have two runs of bdindex write to that file at once."
    ]


def test_a_folder_that_is_not_there_or_a_missing_file_leaves_no_lock(tmp_path: Path) -> None:
    for missing in (tmp_path / "none.xlsm", tmp_path / "none" / "b.xlsm"):
        with pytest.raises(FileRefused), files.locked(missing):
            files.open_book(missing)
    assert list(tmp_path.iterdir()) == []
