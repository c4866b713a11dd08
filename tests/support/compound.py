"""A reader of compound files that finds fault with all that [MS-CFB] rules out. It shares no code with the writer."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise

DIFAT, FAT, END, FREE = 0xFFFFFFFC, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
NOTHING = 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
RED = 0


@dataclass
class Entry:
    name: str
    name_bytes: int
    kind: int
    colour: int
    left: int
    right: int
    child: int
    start: int
    size: int
    raw: bytes


@dataclass
class CompoundFile:
    """What a compound file holds, and what is wrong with it."""

    data: bytes
    faults: list[str] = field(default_factory=list)
    streams: dict[str, bytes] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    owners: dict[int, str] = field(default_factory=dict)  # of sectors
    mini_owners: dict[int, str] = field(default_factory=dict)

    def expect(self, right: bool, fault: str) -> bool:
        if not right:
            self.faults.append(fault)
        return right

    def sector(self, number: int) -> bytes:
        return self.data[512 + 512 * number : 1024 + 512 * number]

    def numbers(self, number: int) -> tuple[int, ...]:
        return struct.unpack("<128I", self.sector(number))

    def own(self, number: int, owner: str) -> bool:
        """Whether a sector exists and belongs to nobody else."""
        if not self.expect(number < self.n_sectors, f"{owner}: sector {number} is beyond the file"):
            return False
        other = self.owners.setdefault(number, owner)
        return self.expect(other == owner, f"sector {number} is of both {other} and {owner}")

    @property
    def n_sectors(self) -> int:
        return len(self.data) // 512 - 1

    @property
    def n_free(self) -> int:
        """Sectors that nothing uses: no fault, but room that a writer of new files need not leave."""
        return self.n_sectors - len(self.owners)


def read(data: bytes) -> CompoundFile:
    """The file's streams by path, and its faults; no faults means that every rule checked here is kept."""
    file = CompoundFile(data)
    if not file.expect(len(data) % 512 == 0 and len(data) > 1024, f"{len(data)} bytes are not whole sectors"):
        return file
    header = _header(file)
    fat = _fat(file, header)
    directory = _chain(file, fat, header["directory"], "directory")
    if not file.expect(bool(directory), "no directory"):
        return file
    _entries(file, directory)
    mini_fat = _chain(file, fat, header["mini_fat"], "mini FAT")
    file.expect(len(mini_fat) == header["n_mini_fat"], "the header counts other mini FAT sectors than there are")
    root = file.entries[0]
    mini_stream = b"".join(map(file.sector, _chain(file, fat, root.start, "mini stream")))
    _sized(file, len(mini_stream), root.size, 512, "mini stream")
    file.expect(root.size % 64 == 0, f"the mini stream of {root.size} bytes is not whole mini sectors")
    following = [number for place in mini_fat for number in file.numbers(place)]
    _tree(file, fat, following, mini_stream)
    _lost(file, fat, following, root.size // 64)
    return file


def _header(file: CompoundFile) -> dict[str, int]:
    """2.2"""
    data = file.data
    file.expect(data[:8] == bytes.fromhex("D0CF11E0A1B11AE1"), "no signature")
    file.expect(data[8:24] == bytes(16), "the header's class identifier is not null")
    minor, major, order, shift, mini_shift = struct.unpack_from("<5H", data, 24)
    file.expect((major, order, shift, mini_shift) == (3, 0xFFFE, 9, 6), "not version 3, little-endian, 512 and 64")
    file.expect(minor == 0x3E, f"minor version {minor:#x}")
    file.expect(data[34:44] == bytes(10), "reserved bytes, or a count of directory sectors, in version 3")
    names = ("n_fat", "directory", "transaction", "cutoff", "mini_fat", "n_mini_fat", "difat", "n_difat")
    header = dict(zip(names, struct.unpack_from("<8I", data, 44), strict=True))
    file.expect(header["cutoff"] == 4096, f"cut-off {header['cutoff']}")
    return header


def _fat(file: CompoundFile, header: dict[str, int]) -> list[int]:
    """The FAT, from the header's list and the DIFAT's sectors (2.3, 2.5)."""
    places = list(struct.unpack_from("<109I", file.data, 76))
    place, count = header["difat"], 0
    while place not in (END, FREE) and file.own(place, "DIFAT") and count <= file.n_sectors:
        *more, place_after = file.numbers(place)
        places += more
        place, count = place_after, count + 1
    file.expect(count == header["n_difat"], f"{count} DIFAT sectors, where the header counts {header['n_difat']}")
    used = [number for number in places if number != FREE]
    file.expect(places[: len(used)] == used, "free places between those of FAT sectors")
    file.expect(len(used) == header["n_fat"], f"{len(used)} FAT sectors, where the header counts {header['n_fat']}")
    fat = [number for place in used if file.own(place, "FAT") for number in file.numbers(place)]
    for number, owner in file.owners.items():
        file.expect(fat[number : number + 1] == [FAT if owner == "FAT" else DIFAT], f"{owner} sector not marked so")
    file.expect(set(fat[file.n_sectors :]) <= {FREE}, "the FAT speaks of sectors beyond the file")
    file.expect(len(fat) >= file.n_sectors, "the FAT does not reach to the file's end")
    return fat


def _chain(file: CompoundFile, fat: list[int], start: int, owner: str) -> list[int]:
    chain: list[int] = []
    while start != END:
        if start in chain[-1:] or not file.own(start, owner) or len(chain) > file.n_sectors:
            file.expect(False, f"{owner}: the chain breaks after {len(chain)} sectors")
            break
        chain.append(start)
        start = fat[start] if start < len(fat) else FREE
    return chain


def _sized(file: CompoundFile, held: int, size: int, unit: int, owner: str) -> None:
    file.expect(held == -(-size // unit) * unit, f"{owner}: {size} bytes in sectors of {held}")


def _entries(file: CompoundFile, directory: list[int]) -> None:
    """2.6.1"""
    data = b"".join(map(file.sector, directory))
    for place in range(0, len(data), 128):
        raw = data[place : place + 128]
        length, kind, colour, left, right, child = struct.unpack_from("<HBB3I", raw, 64)
        start, size = struct.unpack_from("<IQ", raw, 116)
        name = raw[: max(0, length - 2)].decode("utf-16-le", errors="replace")
        file.entries.append(Entry(name, length, kind, colour, left, right, child, start, size, raw))
    root = file.entries[0]
    file.expect(root.kind == ROOT and root.name == "Root Entry", "the first entry is not the root")
    file.expect((root.left, root.right) == (NOTHING, NOTHING), "the root has siblings")
    file.expect(root.raw[100:108] == bytes(8), "the root has a time of creation")


def _tree(file: CompoundFile, fat: list[int], mini_fat: list[int], mini_stream: bytes) -> None:
    """Reach all entries from the root, each once (2.6.4)."""
    seen = {0}
    _siblings(file, file.entries[0].child, "", seen)
    for number, entry in enumerate(file.entries):
        if number not in seen:
            blank = entry.raw == bytes(68) + b"\xff" * 12 + bytes(48)
            file.expect(blank, f"entry {number} {entry.name!r} is in no storage, and not blank")
    for path, number in _paths(file, file.entries[0].child, "", set()):
        entry = file.entries[number]
        if entry.kind == STREAM:
            file.streams[path] = _content(file, entry, path, fat, mini_fat, mini_stream)


def _paths(file: CompoundFile, number: int, folder: str, seen: set[int]) -> list[tuple[str, int]]:
    if number >= len(file.entries) or number in seen:
        return []
    seen.add(number)
    entry = file.entries[number]
    path = folder + entry.name
    found = [(path, number), *_paths(file, entry.left, folder, seen), *_paths(file, entry.right, folder, seen)]
    return found + (_paths(file, entry.child, path + "/", seen) if entry.kind == STORAGE else [])


def _siblings(file: CompoundFile, top: int, folder: str, seen: set[int]) -> None:
    """A storage's children: a binary search tree that is red and black as it should be."""
    names: list[str] = []

    def walk(number: int, above_is_red: bool) -> int:
        """The count of black entries on the way down."""
        if number == NOTHING:
            return 0
        if not file.expect(number < len(file.entries) and number not in seen, f"entry {number} twice or missing"):
            return 0
        seen.add(number)
        entry = file.entries[number]
        file.expect(not (above_is_red and entry.colour == RED), f"{entry.name!r} is red under red")
        left = walk(entry.left, entry.colour == RED)
        names.append(entry.name)
        _entry(file, entry, folder, seen)
        right = walk(entry.right, entry.colour == RED)
        file.expect(left == right, f"{entry.name!r} has {left} black entries to its left and {right} to its right")
        return left + (entry.colour != RED)

    walk(top, above_is_red=True)  # the top of a tree is black
    keys = [(len(name.encode("utf-16-le")), [ord(letter) for letter in name.upper()]) for name in names]
    in_order = all(one < other for one, other in pairwise(keys))
    file.expect(in_order, f"not in order: {names}")


def _entry(file: CompoundFile, entry: Entry, folder: str, seen: set[int]) -> None:
    path = folder + entry.name
    file.expect(entry.kind in (STORAGE, STREAM), f"{path!r} is of kind {entry.kind}")
    file.expect(entry.colour in (0, 1), f"{path!r} has colour {entry.colour}")
    proper = entry.name and entry.name_bytes == 2 * len(entry.name) + 2 <= 64 and not set("/\\:!\0") & set(entry.name)
    file.expect(bool(proper), f"{path!r} is no name")
    file.expect(set(entry.raw[entry.name_bytes - 2 : 64]) <= {0}, f"{path!r} has more after its name")
    if entry.kind == STORAGE:
        file.expect((entry.start, entry.size) == (0, 0), f"the storage {path!r} has a start or a size")
        _siblings(file, entry.child, path + "/", seen)
    else:
        file.expect(entry.child == NOTHING, f"the stream {path!r} has a child")
        file.expect(entry.raw[80:116] == bytes(36), f"the stream {path!r} has an identifier, state or time")


def _content(
    file: CompoundFile, entry: Entry, path: str, fat: list[int], mini_fat: list[int], mini_stream: bytes
) -> bytes:
    if entry.size >= 4096:
        data = b"".join(map(file.sector, _chain(file, fat, entry.start, path)))
        _sized(file, len(data), entry.size, 512, path)
        return data[: entry.size]
    pieces: list[bytes] = []
    place = entry.start
    while place != END and len(pieces) <= len(mini_fat):
        if not file.expect(place * 64 < len(mini_stream), f"{path}: mini sector {place} is beyond the stream"):
            break
        other = file.mini_owners.setdefault(place, path)
        file.expect(other == path, f"mini sector {place} is of both {other} and {path}")
        pieces.append(mini_stream[place * 64 : place * 64 + 64])
        place = mini_fat[place]
    _sized(file, 64 * len(pieces), entry.size, 64, path)
    return b"".join(pieces)[: entry.size]


def _lost(file: CompoundFile, fat: list[int], mini_fat: list[int], n_minis: int) -> None:
    """Sectors that nothing uses but that are not free either, and the reverse."""
    for number, mark in enumerate(fat[: file.n_sectors]):
        file.expect((mark == FREE) == (number not in file.owners), f"sector {number}, marked {mark:#x}, is lost")
    for number, mark in enumerate(mini_fat):
        used = number in file.mini_owners
        file.expect((mark == FREE) == (not used), f"mini sector {number}, marked {mark:#x}, is lost")
        file.expect(not used or number < n_minis, f"mini sector {number} is beyond the mini stream")
