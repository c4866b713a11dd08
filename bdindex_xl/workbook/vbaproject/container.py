"""Compound files ([MS-CFB], version 3) read back: streams by path. Trusts no number that the file holds."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...errors import FileRefused
from ...language import Text
from . import compound
from .compound import CUTOFF, END, ENTRY, FREE, HEADER, IN_HEADER, MINI, NO_STREAM, NUMBERS, SECTOR

_DAMAGED = Text(
    "VBA 项目已损坏：{what}。请改用备份，或用 bdindex new 重新生成工作簿。",
    "the VBA project is damaged: {what}. Go back to a copy, or make the workbook again with bdindex new.",
)


def damaged(zh: str, en: str, **parts: object) -> FileRefused:
    """The refusal of a project, with what is wrong with it."""
    return FileRefused(_DAMAGED.format(what=Text(zh, en).format(**parts)))


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Container:
    """The streams of a compound file.

    Every sector belongs to one stream at most, so that no chain can turn in a circle and the work is never more than
    the file is long.

    Raises
    ------
    FileRefused
        Where the file breaks a rule that reading depends on.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._taken: set[int] = set()
        self._minis_taken: set[int] = set()
        if len(data) < HEADER.size + 4 * IN_HEADER or len(data) % SECTOR:
            raise damaged("长度 {n} 字节不成整扇区", "{n} bytes are no whole sectors", n=len(data))
        fields = HEADER.unpack_from(data)
        if fields[0] != compound.SIGNATURE or fields[3:7] != (compound.VERSION, compound.BYTE_ORDER, 9, 6):
            raise damaged("不是第 3 版复合文件", "it is no compound file of version 3")
        _, n_fat, directory, _, cutoff, mini_fat, _, difat, _ = fields[8:]
        if cutoff != CUTOFF:
            raise damaged("小数据流的界限为 {n}", "small streams end at {n} bytes", n=cutoff)
        self._fat = _numbers(map(self._sector, self._fat_sectors(n_fat, difat)))
        self._entries = list(self._directory(directory))
        if not self._entries or self._entries[0].kind != compound.ROOT:
            raise damaged("没有根目录", "it has no root")
        self._mini_fat = _numbers(self._chain(mini_fat))
        root = self._entries[0]
        self._minis = self._long(root.start, root.size) if root.size else b""
        self._streams = dict(self._paths())

    def __contains__(self, path: str) -> bool:
        return path.upper() in self._streams

    def stream(self, path: str) -> bytes:
        """A stream's bytes, by its path in any case of letters. Each can be read once."""
        entry = self._streams.get(path.upper())
        if entry is None:
            raise damaged("没有数据流 {path}", "there is no stream {path}", path=path)
        return self._long(entry.start, entry.size) if entry.size >= CUTOFF else self._short(entry.start, entry.size)

    def _sector(self, number: int) -> bytes:
        """A sector that nothing else has."""
        at = SECTOR * (number + 1)
        if number in self._taken or at + SECTOR > len(self._data):
            raise damaged("扇区 {n} 无效", "sector {n} is not where it can be", n=number)
        self._taken.add(number)
        return self._data[at : at + SECTOR]

    def _fat_sectors(self, count: int, difat: int) -> list[int]:
        """2.5"""
        listed = list(struct.unpack_from(f"<{IN_HEADER}I", self._data, HEADER.size))
        while difat not in (END, FREE):
            *more, difat = _numbers([self._sector(difat)])
            listed += more
        used = [number for number in listed if number != FREE]
        if len(used) != count:
            raise damaged("应有 {n} 个 FAT 扇区，实有 {m} 个", "it has {m} FAT sectors of {n}", n=count, m=len(used))
        return used

    def _chain(self, start: int) -> Iterator[bytes]:
        """Sectors of a chain to its end."""
        while start != END:
            yield self._sector(start)
            start = self._following(self._fat, start)

    def _following(self, table: list[int], number: int) -> int:
        if number >= len(table):
            raise damaged("扇区 {n} 不在分配表中", "sector {n} is in no table", n=number)
        return table[number]

    def _long(self, start: int, size: int) -> bytes:
        if size > len(self._data):
            raise damaged("数据流长 {n} 字节", "a stream says it has {n} bytes", n=size)
        pieces: list[bytes] = []
        for _ in range(-(-size // SECTOR)):
            pieces.append(self._sector(start))
            start = self._following(self._fat, start)
        return b"".join(pieces)[:size]

    def _short(self, start: int, size: int) -> bytes:
        pieces: list[bytes] = []
        for _ in range(-(-size // MINI)):
            piece = self._minis[start * MINI : (start + 1) * MINI]
            if len(piece) != MINI or start in self._minis_taken:
                raise damaged("小扇区 {n} 无效", "mini sector {n} is not where it can be", n=start)
            self._minis_taken.add(start)
            pieces.append(piece)
            start = self._following(self._mini_fat, start)
        return b"".join(pieces)[:size]

    def _directory(self, start: int) -> Iterator[_Entry]:
        """2.6.1"""
        for sector in self._chain(start):
            for fields in ENTRY.iter_unpack(sector):
                raw, length, kind, _, left, right, child, _, _, _, first, size = fields
                name = "" if kind == compound.UNUSED else _name(raw, length)
                # In version 3 the upper half of a size may be anything.
                yield _Entry(name, kind, left, right, child, first, size & 0xFFFFFFFF)

    def _paths(self) -> Iterator[tuple[str, _Entry]]:
        """Streams by path in capitals, each entry reached once (2.6.4)."""
        seen = {0}
        waiting = [(self._entries[0].child, "")]
        while waiting:
            number, folder = waiting.pop()
            if number == NO_STREAM:
                continue
            if number >= len(self._entries) or number in seen:
                raise damaged("目录项 {n} 无效", "entry {n} of the directory is not where it can be", n=number)
            seen.add(number)
            entry = self._entries[number]
            path = folder + entry.name.upper()
            waiting += [(entry.left, folder), (entry.right, folder)]
            if entry.kind == compound.STORAGE:
                waiting.append((entry.child, path + "/"))
            elif entry.kind == compound.STREAM:
                yield path, entry
            else:
                raise damaged("目录项 {n} 类型不明", "entry {n} of the directory is of no known kind", n=number)


def _numbers(sectors: Iterable[bytes]) -> list[int]:
    return [number for sector in sectors for number in struct.unpack(f"<{NUMBERS}I", sector)]


def _name(raw: bytes, length: int) -> str:
    if length % 2 or not 2 <= length <= 64:
        raise damaged("目录项名称长 {n} 字节", "a name in the directory has {n} bytes", n=length)
    try:
        return raw[: length - 2].decode("utf-16-le")
    except UnicodeDecodeError:
        raise damaged("目录项名称无法识别", "a name in the directory cannot be read") from None
