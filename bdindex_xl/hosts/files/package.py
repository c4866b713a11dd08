"""The zip container: parts read with every length checked, unchanged parts copied as the compressed bytes they are.

Own code instead of `zipfile` because that can neither copy a part raw nor say where its bytes end.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from ...errors import FileRefused
from ...language import Text
from . import refusals

# An ordinary sheet shrinks 5 to 60 times; deflate can reach 1,030. A hundred thousand rows of 40 columns stay below
# 300 MB, so these bounds are far from work that people do and far below what would fill a machine.
MAX_FILE = 1 << 30
MAX_PARTS = 20_000
MAX_PART = 1 << 30
MAX_TOTAL = 4 << 30
MAX_RATIO = 250
RATIO_FREE = 16 << 20  # small parts may be as empty as they like

# Level 4 takes half the time of level 6 for a sheet of numbers and gives a file 12 % larger.
LEVEL = 4

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENCRYPTED, _DESCRIPTOR = 0x1, 0x8
_STORED, _DEFLATED = 0, 8
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Entry:
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


@dataclass(frozen=True, slots=True)
class Packed:
    """A part's new content, deflated."""

    data: bytes
    crc: int
    size: int


class PartWriter:
    """Deflates a part as it is made, so that a large sheet never stands in memory twice."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        self._chunks: list[bytes] = []
        self._crc = 0
        self._size = 0

    def write(self, data: bytes) -> None:
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        self._chunks.append(self._deflate.compress(data))

    def close(self) -> Packed:
        self._chunks.append(self._deflate.flush())
        return Packed(b"".join(self._chunks), self._crc, self._size)


def packed(data: bytes) -> Packed:
    """A part's new content, deflated at once."""
    writer = PartWriter()
    writer.write(data)
    return writer.close()


def key(name: str) -> str:
    """How parts are told apart: without regard to case, as the Open Packaging Conventions ask."""
    return name.replace("\\", "/").lstrip("/").lower()


class Package:
    """The parts of a workbook file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._entries = _directory(data)
        self._new: dict[str, Packed | None] = {}

    def __contains__(self, name: str) -> bool:
        part = key(name)
        return part in self._entries and self._new.get(part, True) is not None

    def names(self) -> list[str]:
        """Parts in the order of the directory."""
        return [entry.name for part, entry in self._entries.items() if self._new.get(part, True) is not None]

    def read(self, name: str) -> bytes:
        """A part's content. Raises FileRefused where it is missing or damaged."""
        if name not in self:
            raise refusals.missing_part(name)
        new = self._new.get(key(name))
        if new is not None:
            return zlib.decompress(new.data, -15, new.size)
        return _content(self._data, self._entries[key(name)])

    def replace(self, parts: dict[str, Packed | None]) -> None:
        """Take new contents for parts that are there; None removes one."""
        for name, content in parts.items():
            if key(name) not in self._entries:
                raise refusals.missing_part(name)
            self._new[key(name)] = content

    def to_bytes(self) -> bytes:
        """The file. Without a change it is the file that was read, to the byte."""
        if not self._new:
            return self._data
        chunks: list[bytes] = []
        position = 0
        records: dict[str, bytes] = {}
        for part, entry in sorted(self._entries.items(), key=lambda item: item[1].start):
            if part not in self._new:
                chunk, record = self._data[entry.start : entry.end], _moved(entry.record, position)
            elif (new := self._new[part]) is not None:
                chunk, record = _rewritten(entry, new, position)
            else:
                continue
            chunks.append(chunk)
            records[part] = record
            position += len(chunk)
        directory = b"".join(records[part] for part in self._entries if part in records)
        end = _END.pack(b"PK\5\6", 0, 0, len(records), len(records), len(directory), position, 0)
        return b"".join((*chunks, directory, end))


def _damaged(zh: str, en: str, **parts: object) -> FileRefused:
    return refusals.damaged_zip(Text(zh, en).format(**parts))


def _directory(data: bytes) -> dict[str, Entry]:
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
    entries: dict[str, Entry] = {}
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
    at = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - 0xFFFF))
    if at < 0 or at + _END.size > len(data):
        raise refusals.truncated()
    _, disk, first_disk, here, count, size, offset, comment = _END.unpack_from(data, at)
    if at + _END.size + comment != len(data):
        raise refusals.truncated()
    if 0xFFFF in (here, count) or 0xFFFFFFFF in (size, offset):
        return _end_record_64(data, at)
    if disk or first_disk or here != count:
        raise _damaged("它是分卷压缩包的一部分", "it is one volume of several")
    return count, size, offset, at


def _end_record_64(data: bytes, at: int) -> tuple[int, int, int, int]:
    if at < 20 + _END64.size or data[at - 20 : at - 16] != b"PK\6\7":
        raise refusals.truncated()
    (where,) = struct.unpack_from("<Q", data, at - 12)
    if where + _END64.size > at or data[where : where + 4] != b"PK\6\6":
        raise refusals.truncated()
    *_, here, count, size, offset = _END64.unpack_from(data, where)
    if here != count:
        raise _damaged("它是分卷压缩包的一部分", "it is one volume of several")
    return count, size, offset, where


def _records(data: bytes, at: int, end: int) -> list[tuple[str, bytes, tuple[int, int], int]]:
    """Name, raw record, sizes and start of each part, in the directory's order."""
    found = []
    while at < end:
        if at + _CENTRAL.size > end or data[at : at + 4] != b"PK\1\2":
            raise _damaged("目录不完整", "its directory is incomplete")
        fields = _CENTRAL.unpack_from(data, at)
        flags, size, packed_size, start = fields[5], fields[11], fields[10], fields[18]
        n_name, n_extra, n_comment = fields[12:15]
        after = at + _CENTRAL.size + n_name + n_extra + n_comment
        if after > end:
            raise _damaged("目录不完整", "its directory is incomplete")
        raw = data[at + _CENTRAL.size : at + _CENTRAL.size + n_name]
        extra = data[at + _CENTRAL.size + n_name : at + _CENTRAL.size + n_name + n_extra]
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
    at = _wide_at(extra)
    wide = list(values)
    for j, value in enumerate(values):
        if value == 0xFFFFFFFF and 0 <= at <= len(extra) - 8:
            (wide[j],) = struct.unpack_from("<Q", extra, at)
            at += 8
    return tuple(wide)


def _wide_at(extra: bytes) -> int:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            return at + 4
        at += 4 + length
    return -1


def _entry(data: bytes, name: str, record: bytes, sizes: tuple[int, int], start: int, end: int) -> Entry:
    if start + _LOCAL.size > end or data[start : start + 4] != b"PK\3\4":
        raise refusals.damaged(name, Text("不在目录所说的位置", "is not where the directory says"))
    *_, n_name, n_extra = _LOCAL.unpack_from(data, start)
    content = start + _LOCAL.size + n_name + n_extra
    if content + sizes[0] > end:
        raise _damaged("各部件互相重叠", "its parts overlap")
    fields = _CENTRAL.unpack_from(record)
    if data[start + _LOCAL.size : start + _LOCAL.size + n_name] != record[_CENTRAL.size : _CENTRAL.size + fields[12]]:
        raise refusals.damaged(name, Text("在目录中用的是另一个名称", "has another name in the directory"))
    return Entry(name, record, fields[5], fields[6], fields[9], *sizes, start, content, end)


def _check_sizes(entries: dict[str, Entry]) -> None:
    if sum(entry.size for entry in entries.values()) > MAX_TOTAL:
        raise refusals.too_large(Text("解压后超过 4 GB", "it unpacks to more than 4 GB"))
    for entry in entries.values():
        if entry.size > MAX_PART or (entry.size > RATIO_FREE and entry.size > MAX_RATIO * max(entry.packed, 1)):
            what = Text("部件 {part} 解压后有 {size:,} MB", "part {part} unpacks to {size:,} MB")
            raise refusals.too_large(what.format(part=entry.name, size=entry.size >> 20))


def _content(data: bytes, entry: Entry) -> bytes:
    if entry.flags & _ENCRYPTED:
        raise refusals.encrypted()
    raw = data[entry.data : entry.data + entry.packed]
    if entry.method == _DEFLATED:
        unpack = zlib.decompressobj(-15)
        try:
            # Never more than the directory promised, whatever the stream holds.
            raw = unpack.decompress(raw, entry.size + 1)
        except zlib.error:
            raise refusals.damaged(entry.name, Text("无法解压", "cannot be unpacked")) from None
    elif entry.method != _STORED:
        raise refusals.damaged(entry.name, Text("的压缩方式无法识别", "is compressed in an unknown way"))
    if len(raw) != entry.size or zlib.crc32(raw) != entry.crc:
        raise refusals.damaged(entry.name, Text("的校验和不符", "does not match its checksum"))
    return raw


def _moved(record: bytes, position: int) -> bytes:
    """A directory record whose part now starts elsewhere."""
    fields = _CENTRAL.unpack_from(record)
    if fields[18] != 0xFFFFFFFF:
        return record[:42] + struct.pack("<L", position) + record[46:]
    start = _CENTRAL.size + fields[12]
    at = _wide_at(record[start : start + fields[13]])
    at += start + 8 * sum(value == 0xFFFFFFFF for value in fields[10:12])
    return record[:at] + struct.pack("<Q", position) + record[at + 8 :]


def _rewritten(entry: Entry, new: Packed, position: int) -> tuple[bytes, bytes]:
    """Local header with data, and directory record, of a part with new content; name, date and attributes stay."""
    fields = list(_CENTRAL.unpack_from(entry.record))
    name = entry.record[_CENTRAL.size : _CENTRAL.size + fields[12]]
    flags = fields[5] & ~_DESCRIPTOR
    time, date = fields[7:9]
    header = _LOCAL.pack(b"PK\3\4", 20, flags, _DEFLATED, time, date, new.crc, len(new.data), new.size, len(name), 0)
    comment = entry.record[_CENTRAL.size + fields[12] + fields[13] :]
    fields[3], fields[4] = 20, 0
    fields[5:12] = [flags, _DEFLATED, time, date, new.crc, len(new.data), new.size]
    fields[13], fields[18] = 0, position
    return header + name + new.data, _CENTRAL.pack(*fields) + name + comment
