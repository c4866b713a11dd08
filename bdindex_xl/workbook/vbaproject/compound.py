"""Compound files ([MS-CFB], version 3): storages and streams in sectors of 512 bytes. Writes them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]

SECTOR, MINI, CUTOFF = 512, 64, 4096
NUMBERS = SECTOR // 4  # sector numbers in a sector
IN_HEADER = 109  # FAT sectors that the header itself lists
DIFAT, FAT, END, FREE = 0xFFFFFFFC, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF  # 2.1
NO_STREAM = 0xFFFFFFFF  # 2.6
UNUSED, STORAGE, STREAM, ROOT = 0, 1, 2, 5  # 2.6.1, object type
_RED, _BLACK = 0, 1
SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
BYTE_ORDER, VERSION = 0xFFFE, 3
ENTRY = struct.Struct("<64sHBB3I16sI16sIQ")
HEADER = struct.Struct("<8s16s5H6s9I")
_LONGEST_NAME = 31  # UTF-16 units, 2.6.1
_FORBIDDEN = frozenset("/\\:!")


@dataclass
class _Entry:
    """A directory entry (2.6.1), filled in as its place becomes known."""

    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = NO_STREAM
    right: int = NO_STREAM
    child: int = NO_STREAM
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        # Class identifier, state and times stay zero: times would make every build another.
        return ENTRY.pack(
            name, len(name) + 2 if name else 0, self.kind, self.colour, self.left, self.right, self.child,
            bytes(16), 0, bytes(16), self.start, self.size,
        )  # fmt: skip


class _Sectors:
    """Sectors of one size, and for each the one that follows it in its chain (2.3, 2.4)."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.content = bytearray()
        self.following: list[int] = []

    def add(self, data: bytes) -> int:
        """Put data into sectors at the end. The first sector's number, or the mark of an empty chain."""
        if not data:
            return END
        first, count = len(self.following), -(-len(data) // self.size)
        self.following += [*range(first + 1, first + count), END]
        self.content += data.ljust(count * self.size, b"\0")
        return first


def compound_file(tree: Tree) -> bytes:
    """A compound file with these storages (mappings) and streams (bytes).

    Raises
    ------
    ValueError
        Where a name is too long, holds one of ``/ \\ : !``, or differs from its neighbour's in nothing but case.
    """
    entries = [_Entry("Root Entry", ROOT)]
    _add_children(entries, 0, tree)
    sectors, minis = _Sectors(SECTOR), _Sectors(MINI)
    for entry in entries:
        if entry.kind == STREAM:
            entry.start = (sectors if len(entry.data) >= CUTOFF else minis).add(entry.data)
            entry.size = len(entry.data)
    entries[0].start, entries[0].size = sectors.add(bytes(minis.content)), len(minis.content)
    mini_fat = _table(minis.following)
    first_mini_fat = sectors.add(mini_fat)
    first_directory = sectors.add(_directory(entries))
    fat, difat = _add_fat(sectors)
    first_difat = difat[0] if difat else END
    header = HEADER.pack(
        SIGNATURE, bytes(16), 0x3E, VERSION, BYTE_ORDER, 9, 6, bytes(6),
        0, len(fat), first_directory, 0, CUTOFF, first_mini_fat, len(mini_fat) // SECTOR, first_difat, len(difat),
    )  # fmt: skip
    return header + _numbers(fat[:IN_HEADER], IN_HEADER) + bytes(sectors.content)


def _add_children(entries: list[_Entry], parent: int, tree: Tree) -> None:
    """Append a storage's children, theirs after them, and order them into a tree under the parent."""
    children = []
    for name, content in tree.items():
        if not 1 <= len(name.encode("utf-16-le")) // 2 <= _LONGEST_NAME or _FORBIDDEN & set(name):
            raise ValueError(f"expected a name of 1 to {_LONGEST_NAME} characters without / \\ : !, found {name!r}")
        children.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, STREAM, content))
        else:
            entries.append(_Entry(name, STORAGE))
            _add_children(entries, children[-1], content)
    children.sort(key=lambda i: _order(entries[i].name))
    for one, other in pairwise(children):
        if _order(entries[one].name) == _order(entries[other].name):
            raise ValueError(f"expected names that differ, found {entries[one].name!r} and {entries[other].name!r}")
    complete = (len(children) + 1).bit_length() - 1  # levels of the tree that are full
    entries[parent].child = _balance(entries, children, complete)


def _order(name: str) -> tuple[int, bytes]:
    """How siblings are ordered: by length, then by upper-case UTF-16 units (2.6.4)."""
    return len(name.encode("utf-16-le")), name.upper().encode("utf-16-be")


def _balance(entries: list[_Entry], ordered: Sequence[int], black_levels: int) -> int:
    """Make a binary tree of siblings, and return its top (2.6.4).

    Halving leaves all levels full but the last. Its nodes are red and all others black: then every way down passes as
    many black nodes, and no red node has a child, which is what makes a red-black tree valid.
    """
    if not ordered:
        return NO_STREAM
    middle = len(ordered) // 2
    top = entries[ordered[middle]]
    top.colour = _BLACK if black_levels > 0 else _RED
    top.left = _balance(entries, ordered[:middle], black_levels - 1)
    top.right = _balance(entries, ordered[middle + 1 :], black_levels - 1)
    return ordered[middle]


def _directory(entries: Sequence[_Entry]) -> bytes:
    """The directory, its last sector filled up with unused entries (2.6.3)."""
    unused = [_Entry("", UNUSED, colour=_RED)] * (-len(entries) % (SECTOR // ENTRY.size))
    return b"".join(entry.packed() for entry in (*entries, *unused))


def _add_fat(sectors: _Sectors) -> tuple[range, range]:
    """Append the FAT and, where the header cannot list it all, the DIFAT (2.3, 2.5). Where each of them stands."""
    n_fat = n_difat = 0
    while (needed := _fat_needed(len(sectors.following) + n_fat + n_difat)) != (n_fat, n_difat):
        n_fat, n_difat = needed
    fat = range(len(sectors.following), len(sectors.following) + n_fat)
    difat = range(fat.stop, fat.stop + n_difat)
    sectors.following += [FAT] * n_fat + [DIFAT] * n_difat
    sectors.content += _table(sectors.following)
    for i, place in enumerate(difat):
        first = IN_HEADER + i * (NUMBERS - 1)
        sectors.content += _numbers(fat[first : first + NUMBERS - 1], NUMBERS - 1)
        sectors.content += struct.pack("<I", place + 1 if place + 1 in difat else END)
    return fat, difat


def _fat_needed(n_sectors: int) -> tuple[int, int]:
    n_fat = -(-n_sectors // NUMBERS)
    return n_fat, -(-max(0, n_fat - IN_HEADER) // (NUMBERS - 1))


def _table(numbers: Sequence[int]) -> bytes:
    """Sector numbers in whole sectors."""
    return _numbers(numbers, -(-len(numbers) // NUMBERS) * NUMBERS)


def _numbers(numbers: Iterable[int], length: int) -> bytes:
    """So many sector numbers, free ones after those given."""
    given = list(numbers)
    return struct.pack(f"<{length}I", *given, *[FREE] * (length - len(given)))
