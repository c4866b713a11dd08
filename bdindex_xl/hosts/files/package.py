"""The zip container: parts read with every length checked, unchanged parts copied as the compressed bytes they are.

Own code instead of `zipfile`: that can neither copy a part raw nor say where its bytes end, writes names in code page
437 anew as UTF-8, takes names from extra fields in Python 3.12 but not in 3.11, and holds the whole of a directory,
whatever number of parts it lists, before there is anything to refuse.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from ...language import Text
from . import refusals
from .directory import CENTRAL, END, LOCAL, PartEntry, directory, key, wide_at

# Level 4 takes half the time of level 6 for a sheet of numbers and gives a file 12 % larger.
LEVEL = 4

_ENCRYPTED, _DESCRIPTOR = 0x1, 0x8
_STORED, _DEFLATED = 0, 8
_UNPACKED = 48_000_000  # bytes of parts kept as they are read; the data of large workbooks are read once


class Packed(NamedTuple):
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


def packed_anew(old: bytes, pieces: Iterable[bytes]) -> Packed | None:
    """A part's new content piece by piece; None where that is the old one to the byte, which is then not deflated."""
    same, left = 0, iter(pieces)
    first = b""
    for first in left:
        if not old.startswith(first, same):
            break
        same += len(first)
    else:
        if same == len(old):
            return None
        first = b""
    writer = PartWriter()
    for piece in chain((old[:same], first), left):
        writer.write(piece)
    return writer.close()


class Package:
    """The parts of a workbook file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._entries = directory(data)
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
        part = key(name)
        new = self._new.get(part)
        if new is None:
            return _content(self._data, self._entries[part])
        return _unpacked.content(new) or _unpacked.keep(new, zlib.decompress(new.data, -15, new.size))

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
        listed = b"".join(records[part] for part in self._entries if part in records)
        end = END.pack(b"PK\5\6", 0, 0, len(records), len(records), len(listed), position, 0)
        return b"".join((*chunks, listed, end))


def _content(data: bytes, entry: PartEntry) -> bytes:
    if entry.flags & _ENCRYPTED:
        raise refusals.encrypted()
    raw = data[entry.data : entry.data + entry.packed]
    if entry.method == _STORED:
        return _checked(raw, entry)
    if entry.method != _DEFLATED:
        raise refusals.damaged(entry.name, Text("的压缩方式无法识别", "is compressed in an unknown way"))
    known = _unpacked.content(Packed(raw, entry.crc, entry.size))
    if known is not None:
        return known
    unpack = zlib.decompressobj(-15)
    try:
        # Never more than the directory promised, whatever the stream holds.
        content = unpack.decompress(raw, entry.size + 1)
    except zlib.error:
        raise refusals.damaged(entry.name, Text("无法解压", "cannot be unpacked")) from None
    return _unpacked.keep(Packed(raw, entry.crc, entry.size), _checked(content, entry))


def _checked(content: bytes, entry: PartEntry) -> bytes:
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise refusals.damaged(entry.name, Text("的校验和不符", "does not match its checksum"))
    return content


class _Unpacked:
    """The contents of parts read last, of whatever file: a part is read several times on the way to what is written,
    and a copy is opened several times over with most of its parts as they were.
    """

    def __init__(self, most: int) -> None:
        self._kept: dict[tuple[int, int, int], tuple[bytes, bytes]] = {}
        self._most = self._room = most  # bytes

    def content(self, part: Packed) -> bytes | None:
        """What a part unpacks to, where that is known."""
        key = part.crc, part.size, len(part.data)
        found = self._kept.pop(key, None)
        if found is None:
            return None
        self._kept[key] = found  # the last to go
        return found[1] if found[0] == part.data else None

    def keep(self, part: Packed, content: bytes) -> bytes:
        """Take note of it, and hand it back; those read longest ago make room."""
        key = part.crc, part.size, len(part.data)
        if len(content) <= self._most and key not in self._kept:
            self._kept[key] = part.data, content
            self._room -= len(content)
        while self._room < 0:
            self._room += len(self._kept.pop(next(iter(self._kept)))[1])
        return content


_unpacked = _Unpacked(_UNPACKED)


def _moved(record: bytes, position: int) -> bytes:
    """A directory record whose part now starts elsewhere."""
    fields = CENTRAL.unpack_from(record)
    if fields[18] != 0xFFFFFFFF:
        return record[:42] + struct.pack("<L", position) + record[46:]
    start = CENTRAL.size + fields[12]
    at = wide_at(record[start : start + fields[13]])
    at += start + 8 * sum(value == 0xFFFFFFFF for value in fields[10:12])
    return record[:at] + struct.pack("<Q", position) + record[at + 8 :]


def _rewritten(entry: PartEntry, new: Packed, position: int) -> tuple[bytes, bytes]:
    """Local header with data, and directory record, of a part with new content; name, date and attributes stay."""
    fields = list(CENTRAL.unpack_from(entry.record))
    name = entry.record[CENTRAL.size : CENTRAL.size + fields[12]]
    flags = fields[5] & ~_DESCRIPTOR
    time, date = fields[7:9]
    header = LOCAL.pack(b"PK\3\4", 20, flags, _DEFLATED, time, date, new.crc, len(new.data), new.size, len(name), 0)
    comment = entry.record[CENTRAL.size + fields[12] + fields[13] :]
    fields[3], fields[4] = 20, 0
    fields[5:12] = [flags, _DEFLATED, time, date, new.crc, len(new.data), new.size]
    fields[13], fields[18] = 0, position
    return header + name + new.data, CENTRAL.pack(*fields) + name + comment
