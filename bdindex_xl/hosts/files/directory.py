"""The directory of a zip file: which parts there are and where their bytes lie, every number checked."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import NamedTuple

from ...errors import FileRefused
from ...language import Text
from . import refusals
from .limits import MAX_PARTS, check_packing, check_total

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s4B4H3L5H2L")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class PartEntry(NamedTuple):
    """A part: its record in the directory, raw, and where its bytes lie in the file."""

    name: str
    record: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int
    data: int
    end: int  # where the next part starts: a descriptor or padding in between is copied along


@lru_cache(maxsize=1024)  # few parts, each asked for many times
def key(name: str) -> str:
    """How parts are told apart: without regard to case, as the Open Packaging Conventions ask."""
    return name.replace("\\", "/").lstrip("/").lower()


def _damaged(zh: str, en: str, **parts: object) -> FileRefused:
    return refusals.damaged_zip(Text(zh, en).format(**parts))


def directory(data: bytes) -> dict[str, PartEntry]:
    _check_kind(data)
    count, size, offset, end = _end_record(data)
    if count > MAX_PARTS:
        raise refusals.too_large(Text(f"文件含有 {count:,} 个部件", f"the file holds {count:,} parts"))
    if offset + size != end:
        raise _damaged("目录的位置有误", "its directory is not where it should be")
    records = _records(data, offset, end)
    if len(records) != count or not records:
        raise _damaged("目录不完整", "its directory is incomplete")
    starts = sorted(start for *_, start in records)
    following = dict(zip(starts, [*starts[1:], offset], strict=True))
    if len(following) != count or starts[0] != 0:
        raise _damaged("各部件互相重叠", "its parts overlap")
    entries: dict[str, PartEntry] = {}
    for name, record, sizes, start in records:
        entry = _entry(data, name, record, sizes, start, following[start])
        if key(name) in entries:
            raise _damaged("部件 {name} 出现了两次", "part {name} is in it twice", name=name)
        entries[key(name)] = entry
    _check_sizes(entries)
    return entries


def _check_kind(data: bytes) -> None:
    if not data:
        raise refusals.empty_file()
    if data.startswith(_CFB):
        # Both are compound files: an encrypted workbook has a stream EncryptedPackage, an old one has Workbook or Book.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refusals.encrypted()
        if any(f"{stream}\0".encode("utf-16-le") in data for stream in ("Workbook", "Book")):
            raise refusals.old_format()
        raise refusals.not_a_workbook()
    if not data.startswith(b"PK\3\4"):
        raise refusals.not_a_workbook()


def _end_record(data: bytes) -> tuple[int, int, int, int]:
    """Number of parts, size and offset of the directory, and where it ends."""
    at = data.rfind(b"PK\5\6", max(0, len(data) - END.size - 0xFFFF))
    if at < 0 or at + END.size > len(data):
        raise refusals.truncated()
    _, disk, first_disk, here, count, size, offset, comment = END.unpack_from(data, at)
    if at + END.size + comment != len(data):
        raise refusals.truncated()
    if 0xFFFF in (here, count) or 0xFFFFFFFF in (size, offset):
        return _end_record_64(data, at)
    if disk or first_disk or here != count:
        raise _damaged("它是分卷压缩包的一部分", "it is one volume of several")
    return count, size, offset, at


def _end_record_64(data: bytes, at: int) -> tuple[int, int, int, int]:
    if at < 20 + END64.size or data[at - 20 : at - 16] != b"PK\6\7":
        raise refusals.truncated()
    (where,) = struct.unpack_from("<Q", data, at - 12)
    if where + END64.size > at or data[where : where + 4] != b"PK\6\6":
        raise refusals.truncated()
    *_, here, count, size, offset = END64.unpack_from(data, where)
    if here != count:
        raise _damaged("它是分卷压缩包的一部分", "it is one volume of several")
    return count, size, offset, where


def _records(data: bytes, at: int, end: int) -> list[tuple[str, bytes, tuple[int, int], int]]:
    """Name, raw record, sizes and start of each part, in the directory's order."""
    found = []
    while at < end:
        if at + CENTRAL.size > end or data[at : at + 4] != b"PK\1\2":
            raise _damaged("目录不完整", "its directory is incomplete")
        fields = CENTRAL.unpack_from(data, at)
        flags, size, packed_size, start = fields[5], fields[11], fields[10], fields[18]
        n_name, n_extra, n_comment = fields[12:15]
        after = at + CENTRAL.size + n_name + n_extra + n_comment
        if after > end:
            raise _damaged("目录不完整", "its directory is incomplete")
        raw = data[at + CENTRAL.size : at + CENTRAL.size + n_name]
        extra = data[at + CENTRAL.size + n_name : at + CENTRAL.size + n_name + n_extra]
        size, packed_size, start = _wide(extra, (size, packed_size, start))
        found.append((_name(raw, flags), data[at:after], (packed_size, size), start))
        at = after
    return found


def _name(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8" if flags & 0x800 else "cp437")
    except UnicodeDecodeError:
        raise _damaged("有部件名称无法辨认", "the name of a part cannot be read") from None
    if not name or ".." in name.replace("\\", "/").split("/") or any(ord(character) < 32 for character in name):
        raise _damaged("部件名称“{name}”不合规", "a part has the illegal name “{name}”", name=name)
    return name


def _wide(extra: bytes, values: tuple[int, ...]) -> tuple[int, ...]:
    """Sizes and offset with those of a ZIP64 extra field in place of 0xFFFFFFFF."""
    if 0xFFFFFFFF not in values:
        return values
    at = wide_at(extra)
    wide = list(values)
    for j, value in enumerate(values):
        if value == 0xFFFFFFFF and 0 <= at <= len(extra) - 8:
            (wide[j],) = struct.unpack_from("<Q", extra, at)
            at += 8
    return tuple(wide)


def wide_at(extra: bytes) -> int:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            return at + 4
        at += 4 + length
    return -1


def _entry(data: bytes, name: str, record: bytes, sizes: tuple[int, int], start: int, end: int) -> PartEntry:
    if start + LOCAL.size > end or data[start : start + 4] != b"PK\3\4":
        raise refusals.damaged(name, Text("不在目录所说的位置", "is not where the directory says"))
    *_, n_name, n_extra = LOCAL.unpack_from(data, start)
    content = start + LOCAL.size + n_name + n_extra
    if content + sizes[0] > end:
        raise _damaged("各部件互相重叠", "its parts overlap")
    fields = CENTRAL.unpack_from(record)
    if data[start + LOCAL.size : start + LOCAL.size + n_name] != record[CENTRAL.size : CENTRAL.size + fields[12]]:
        raise refusals.damaged(name, Text("在目录中用的是另一个名称", "has another name in the directory"))
    return PartEntry(name, record, fields[5], fields[6], fields[9], *sizes, start, content, end)


def _check_sizes(entries: dict[str, PartEntry]) -> None:
    for entry in entries.values():
        check_packing(entry.name, entry.packed, entry.size)
    check_total(sum(entry.packed for entry in entries.values()), sum(entry.size for entry in entries.values()))
