"""Files written over: what they were is kept, what others have is left alone, and all else stays as it was."""

from __future__ import annotations

import errno
import os
import re
import socket
import stat
from pathlib import Path

import pytest

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts import files
from bdindex_xl.hosts.files import backups as keeping
from bdindex_xl.hosts.files import open_elsewhere as elsewhere
from bdindex_xl.system import written_files as written
from tests.support.disk import backups, beside

posix = pytest.mark.skipif(os.name != "posix", reason="modes, links and devices of POSIX")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "指数 2024.xlsm"
    made.write_bytes(b"0")
    return made


def contents(some: list[Path]) -> list[bytes]:
    return [one.read_bytes() for one in some]


def test_whatever_is_written_over_is_kept_and_the_oldest_go_first(file: Path) -> None:
    kept = [files.replace(file, str(n).encode()) for n in range(1, 9)]
    assert contents(backups(file)) == [b"3", b"4", b"5", b"6", b"7"]
    assert kept[3:] == backups(file)
    pattern = re.escape(file.name) + r"\.\d{4}-\d\d-\d\d\.00\d-[0-9a-f]{8}\.bak"
    assert all(re.fullmatch(pattern, one.name) for one in backups(file))
    assert beside(file) == set()


def test_nothing_is_kept_where_nothing_changes(file: Path) -> None:
    before = file.stat()
    with written.recording() as record:
        assert files.replace(file, b"0") is None
    assert (backups(file), file.stat().st_mtime_ns, record.files) == ([], before.st_mtime_ns, [])


def test_a_backup_is_made_once_where_the_writing_fails_at_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            files.replace(file, b"1")
    assert (file.read_bytes(), contents(backups(file)), beside(file)) == (b"0", [b"0"], set())
    assert files.replace(file, b"1") == backups(file)[0]
    assert contents(backups(file)) == [b"0"]


def test_copies_of_earlier_days_and_other_files_come_in_their_order(file: Path) -> None:
    for day in ("2023-12-31.012", "2024-01-01.002", "2024-01-01.010"):
        data = day.encode()
        name = f"{file.name}.{day}-{keeping._digest(data)}.bak"
        file.with_name(name).write_bytes(data)
    for n in range(1, 4):
        files.replace(file, str(n).encode())
    assert contents(backups(file)) == [b"2024-01-01.002", b"2024-01-01.010", b"0", b"1", b"2"]


def test_no_file_of_others_is_written_over_or_deleted_however_it_is_called(file: Path) -> None:
    digest = keeping._digest(b"a copy of ours")
    others = {
        file.with_name(f"{file.name}.bak"): b"a user's own",
        file.with_name(f"{file.name}.2020-01-01.bak"): b"a user's own",
        file.with_name(f"{file.name}.2020-01-01.001-{digest}.bak"): b"a copy of ours, edited since",
        file.with_name(f"{file.name}.2020-01-01.002-00000000.bak"): b"it looks alike",
        file.with_name(f"另一个.xlsm.2020-01-01.001-{digest}.bak"): b"a copy of ours",
    }
    for other, data in others.items():
        other.write_bytes(data)
    for n in range(1, 12):
        files.replace(file, str(n).encode())
    assert {other: other.read_bytes() for other in others} == others
    assert contents(backups(file))[-5:] == [b"6", b"7", b"8", b"9", b"10"]


def test_the_longest_of_names_has_backups_too(tmp_path: Path) -> None:
    file = tmp_path / ("指" * 83 + ".xlsm")
    file.write_bytes(b"0")
    for n in range(1, 8):
        files.replace(file, str(n).encode())
    kept = sorted(other for other in tmp_path.iterdir() if other != file)
    assert contents(kept) == [b"2", b"3", b"4", b"5", b"6"]


def test_what_another_program_saves_meanwhile_is_not_written_over(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = keeping.keep

    def meanwhile(target: Path, data: bytes, mode: int) -> tuple[Path, bool]:
        file.write_bytes(b"saved by Excel during the writing")
        return real(target, data, mode)

    monkeypatch.setattr(keeping, "keep", meanwhile)
    with pytest.raises(FileRefused) as refused:
        files.replace(file, b"1")
    assert "another program changed the file during the calculation" in refused.value.text("en")
    assert (file.read_bytes(), backups(file), beside(file)) == (b"saved by Excel during the writing", [], set())


def test_a_lock_of_office_that_appears_meanwhile_is_seen(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []

    real = elsewhere.check

    def check(target: Path) -> None:
        if seen:
            target.with_name(f"~${target.name}").touch()
        seen.append(target)
        real(target)

    monkeypatch.setattr(elsewhere, "check", check)
    with pytest.raises(FileRefused) as refused:
        files.replace(file, b"1")
    assert "open in another program" in refused.value.text("en")
    assert (file.read_bytes(), backups(file)) == (b"0", [])


@posix
def test_a_mode_or_owner_that_cannot_be_set_is_no_failure(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    for name in ("chmod", "chown", "setxattr"):
        monkeypatch.setattr(os, name, forbidden, raising=False)
    assert files.replace(file, b"1") == backups(file)[0]
    assert file.read_bytes() == b"1"


@posix
def test_a_folder_that_forbids_the_replacement_is_called_that(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "replace", forbidden)
    with pytest.raises(FileRefused) as refused:
        files.replace(file, b"1")
    assert refused.value.text("zh") == (
        "指数 2024.xlsm：没有替换该文件的权限，原文件未变：文件属于别人，或文件夹不允许替换。请用 -o 另存到别处。"
    )
    assert (file.read_bytes(), backups(file), beside(file)) == (b"0", [], set())


@posix
@pytest.mark.parametrize(
    ("source", "mask", "made"),
    [(0o600, 0o022, 0o600), (0o640, 0o022, 0o640), (0o644, 0o077, 0o600), (0o444, 0o022, 0o644)],
)
def test_a_new_file_is_as_private_as_the_one_it_comes_from(source: int, mask: int, made: int, file: Path) -> None:
    file.chmod(source)
    other = file.with_name("other.xlsm")
    before = os.umask(mask)
    try:
        files.replace(other, b"1", like=file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(other.stat().st_mode) == made


@posix
def test_backups_are_as_private_as_the_file(file: Path) -> None:
    file.chmod(0o600)
    files.replace(file, b"1")
    assert [stat.S_IMODE(one.stat().st_mode) for one in (file, *backups(file))] == [0o600, 0o600]


@posix
def test_extended_attributes_stay_and_links_that_are_lost_are_told(file: Path) -> None:
    try:
        os.setxattr(file, "user.origin", b"bureau")
    except (AttributeError, OSError):
        pytest.skip("the disk has no extended attributes")
    other = file.with_name("other name")
    os.link(file, other)
    with written.recording() as record:
        files.replace(file, b"1")
    assert os.getxattr(file, "user.origin") == b"bureau"
    assert other.read_bytes() == b"0"
    assert [remark.en for remark in record.remarks] == [
        f"{file} had 2 hard links; under its other names the file is still as it was."
    ]


@posix
@pytest.mark.parametrize("kind", ["pipe", "socket", "/dev/zero", "/dev/random", "/dev/null"])
def test_devices_and_pipes_are_refused_at_once(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsm"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(path))
    else:
        path = Path(kind)
    told = f"{path.name}: this is a device or a pipe, not a file. Name a plain file."
    for attempt in (files.open_book, files.check_writable, lambda path: files.replace(path, b"1")):
        with pytest.raises(FileRefused) as refused:
            attempt(path)
        assert refused.value.text("en") == told
