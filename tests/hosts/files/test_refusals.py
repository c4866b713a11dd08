"""What is refused, with the whole message: not a workbook, protected, hostile, open elsewhere, not to be written."""

from __future__ import annotations

import errno
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bdindex_xl.errors import FileRefused
from bdindex_xl.hosts import files
from tests.hosts.files.damage import bomb
from tests.support.books import small_book
from tests.support.disk import backups
from tests.support.rich import Zip

pytestmark = pytest.mark.slow

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def compound(stream: str) -> bytes:
    """The head and directory of a compound file that holds one stream of that name."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<LLLLLLLLL", head, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<109L", head, 76, *([0] + [0xFFFFFFFF] * 108))
    fat = struct.pack("<128L", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))

    def entry(name: str, kind: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + b"\xff" * 12 + b"\0" * 48

    return bytes(head) + fat + (entry("Root Entry", 5) + entry(stream, 2)).ljust(512, b"\0")


def entity(book: bytes) -> bytes:
    package = Zip(book)
    xml = package["xl/workbook.xml"].replace(b"?>", b'?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>', 1)
    package["xl/workbook.xml"] = xml
    return package.to_bytes()


def without(part: str) -> Callable[[bytes], bytes]:
    def drop(book: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                if name != part:
                    new.writestr(name, old.read(name))
        return out.getvalue()

    return drop


SAVE_AS = "请在 Excel 或 WPS 中打开，另存为 .xlsx 或 .xlsm 后再试。"
CASES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "an empty file": (lambda _: b"", "book.xlsm：文件是空的（0 字节）。请改用备份。"),
    "a text": (
        lambda _: b"hello",
        "book.xlsm：这不是 Excel 工作簿（.xlsx 或 .xlsm），只是取了这样的文件名。" + SAVE_AS,
    ),
    "a zip of something else": (
        lambda _: zipped({"a.txt": b"x"}),
        "book.xlsm：这不是 Excel 工作簿（.xlsx 或 .xlsm），只是取了这样的文件名。" + SAVE_AS,
    ),
    "a password": (
        lambda _: compound("EncryptedPackage"),
        "book.xlsm：工作簿设有打开密码。请在 Excel 中打开，在“文件 > 信息 > ",
    ),
    "an old .xls": (lambda _: compound("Workbook"), "book.xlsm：这是 Excel 97–2003 的旧格式（.xls）。" + SAVE_AS),
    "a truncated file": (
        lambda book: book[: len(book) // 2],
        "book.xlsm：文件不完整：末尾的目录缺失，可能是下载或复制中断。",
    ),
    "a DOCTYPE": (entity, "book.xlsm：部件 xl/workbook.xml 含有 DOCTYPE 声明。"),
    "a bomb": (
        lambda _: bomb(300 << 20),
        "book.xlsm：部件 xl/worksheets/sheet1.xml 解压后有 300 MB，正常的工作簿不会如此",
    ),
    "a lost workbook part": (without("xl/workbook.xml"), "文件已损坏：部件 xl/workbook.xml 缺失。"),
    "a lost sheet": (without("xl/worksheets/sheet5.xml"), "文件已损坏：部件 xl/worksheets/sheet5.xml 缺失。"),
    "absurd dimensions": (
        lambda book: Zip(book).change("xl/tables/table4.xml", 'ref="', 'ref="A1:XFZ9999999" x="').to_bytes(),
        "文件已损坏：部件 xl/tables/table4.xml 的 ref 值无效：“A1:XFZ9999999”。",
    ),
}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def read_whole(file: Path) -> None:
    book = files.open_book(file)
    for table in book.tables():
        book.read(table)


@pytest.mark.parametrize("case", CASES)
def test_what_is_not_a_sound_workbook_is_refused(case: str, tmp_path: Path) -> None:
    make, words = CASES[case]
    file = tmp_path / "book.xlsm"
    data = make(small_book(tmp_path))
    file.write_bytes(data)
    with pytest.raises(FileRefused) as refused:
        read_whole(file)
    assert words in refused.value.text("zh")
    assert refused.value.text("en").isprintable()
    assert not any("\u4e00" <= char <= "\u9fff" for char in refused.value.text("en"))
    assert file.read_bytes() == data


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        files.open_book(tmp_path / "nosuch.xlsm")
    assert refused.value.text("zh") == "nosuch.xlsm：找不到该文件。请检查路径和文件名。"
    assert refused.value.text("en") == "nosuch.xlsm: there is no such file. Check the path and the name."
    with pytest.raises(FileRefused):
        files.open_book(tmp_path)


@pytest.mark.parametrize(
    ("lock", "content", "holder"),
    [
        ("~$book.xlsm", b"\x03Wan".ljust(55, b" ") + struct.pack("<H", 3) + "王小明".encode("utf-16-le"), "王小明"),
        (".~lock.book.xlsm#", "王小明,host,host,01.05.2024 12:00,file:///x;".encode(), "王小明"),
    ],
)
def test_a_file_that_is_open_elsewhere_is_not_replaced(lock: str, content: bytes, holder: str, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsm"
    file.write_bytes(b"old")
    (tmp_path / lock).write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        files.replace(file, b"new")
    assert f"正被其他程序打开（{holder}）" in refused.value.text("zh")
    assert lock in refused.value.text("en")
    assert file.read_bytes() == b"old"


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsm"
    file.write_bytes(b"old")
    file.chmod(0o444)
    for attempt in (lambda: files.replace(file, b"new"), lambda: files.check_writable(file)):
        with pytest.raises(FileRefused) as refused:
            attempt()
        assert refused.value.text("zh") == "book.xlsm：文件是只读的。请取消只读属性，或用 -o 另存到别处。"
    assert file.read_bytes() == b"old"


def test_a_file_that_changed_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsm"
    file.write_bytes(small_book(tmp_path))
    book = files.open_book(file)
    file.write_bytes(b"someone else's")
    with pytest.raises(FileRefused):
        book.save()
    assert file.read_bytes() == b"someone else's"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_when_writing_fails_the_original_is_untouched_and_nothing_is_left(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "book.xlsm"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, step, full)
    with pytest.raises(FileRefused) as refused:
        files.replace(file, b"new", backup=False)
    assert "磁盘" in refused.value.text("zh")
    assert [(f.name, f.read_bytes()) for f in tmp_path.iterdir()] == [("book.xlsm", b"old")]


@pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
def test_mode_and_link_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "real.xlsm", tmp_path / "link.xlsm"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    files.replace(link, b"new")
    assert link.is_symlink()
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert [copy.read_bytes() for copy in backups(file)] == [b"old"]
