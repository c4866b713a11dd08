"""Readers of VBA streams after the text of [MS-OVBA], which share no code with the writer."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass


def decompress(container: bytes) -> bytes:
    """2.4.1.3.1. A container that breaks a rule fails an assertion."""
    assert container[0] == 1, "signature"
    chunks: list[bytes] = []
    place = 1
    while place < len(container):
        assert not chunks or len(chunks[-1]) == 4096, "a short chunk before the last"
        header = int.from_bytes(container[place : place + 2], "little")
        size = (header & 0xFFF) + 3
        assert (header >> 12) & 7 == 3, "signature of a chunk"
        data = container[place + 2 : place + size]
        assert len(data) == size - 2, "the container ends within a chunk"
        if header & 0x8000:
            chunks.append(_chunk(data))
        else:
            assert len(data) == 4096, "a raw chunk of other than 4096 bytes"
            chunks.append(data)
        place += size
    return b"".join(chunks)


def _chunk(data: bytes) -> bytes:
    """2.4.1.3.2 and 2.4.1.3.4"""
    out = bytearray()
    place = 0
    while place < len(data):
        flags = data[place]
        place += 1
        assert place < len(data), "a token sequence without a token"
        for bit in range(8):
            if place == len(data):
                assert flags >> bit == 0, "flags of tokens that are not there"
                break
            if not flags >> bit & 1:
                out.append(data[place])
                place += 1
                continue
            token = int.from_bytes(data[place : place + 2], "little")
            place += 2
            bits = max(math.ceil(math.log2(len(out))), 4)
            mask = 0xFFFF >> bits
            offset = ((token & ~mask & 0xFFFF) >> (16 - bits)) + 1
            assert offset <= len(out), "a copy from before the chunk"
            for _ in range((token & mask) + 3):
                out.append(out[-offset])
    assert len(out) <= 4096, "more than a chunk holds"
    return bytes(out)


def decrypt(digits: str, project_id: str) -> bytes:
    """2.4.3.3, with the checks it asks for."""
    seed, version, key, *rest = bytes.fromhex(digits)
    assert version ^ seed == 2, "version"
    assert key ^ seed == sum(project_id.encode()) % 256, "the project's checksum"
    plain = []
    last, encrypted_1, encrypted_2 = key ^ seed, key, version
    for byte in rest:
        last = byte ^ ((encrypted_2 + last) % 256)
        encrypted_2, encrypted_1 = encrypted_1, byte
        plain.append(last)
    plain = plain[(seed & 6) // 2 :]
    assert int.from_bytes(bytes(plain[:4]), "little") == len(plain) - 4, "length"
    return bytes(plain[4:])


@dataclass(frozen=True)
class ModuleRecord:
    name: str
    stream: str
    offset: int
    kind: int


@dataclass(frozen=True)
class Dir:
    """What the dir stream tells."""

    name: str
    code_page: int
    references: dict[str, str]
    modules: list[ModuleRecord]


class _Records:
    """Records in the order in which they must come."""

    def __init__(self, data: bytes) -> None:
        self.data, self.place = data, 0

    def next_is(self, code: int) -> bool:
        return self.data[self.place : self.place + 2] == code.to_bytes(2, "little")

    def take(self, code: int, size: int | None = None) -> bytes:
        found, length = struct.unpack_from("<HI", self.data, self.place)
        assert found == code, f"expected record {code:#06x}, found {found:#06x}"
        assert size in (None, length), f"record {code:#06x} of {length} bytes"
        self.place += 6 + length
        assert self.place <= len(self.data), f"record {code:#06x} is cut off"
        return self.data[self.place - length : self.place]

    def number(self, code: int, size: int) -> int:
        return int.from_bytes(self.take(code, size), "little")

    def text(self, code: int, unicode_code: int) -> str:
        text = self.take(code).decode("ascii")
        assert self.take(unicode_code).decode("utf-16-le") == text
        return text


def read_dir(data: bytes) -> Dir:
    """2.3.4.2, strictly: every record that a writer must write, with its length, and nothing after the last."""
    records = _Records(data)
    assert records.number(0x01, 4) in (0, 1, 2, 3)
    assert records.number(0x02, 4) == 0x409
    assert records.number(0x14, 4) == 0x409
    code_page = records.number(0x03, 2)
    name = records.take(0x04).decode("ascii")
    records.text(0x05, 0x40)
    assert records.take(0x06) == records.take(0x3D)
    records.number(0x07, 4)
    assert records.number(0x08, 4) == 0
    assert records.data[records.place : records.place + 6] == struct.pack("<HI", 9, 4)
    records.place += 12  # this record's length leaves its last two bytes out
    records.text(0x0C, 0x3C)
    references = {}
    while records.next_is(0x16):
        reference = records.text(0x16, 0x3E)
        registered = records.take(0x0D)
        assert registered[:4] == (len(registered) - 10).to_bytes(4, "little")
        assert registered[-6:] == bytes(6)
        references[reference] = registered[4:-6].decode("ascii")
    count = records.number(0x0F, 2)
    records.number(0x13, 2)
    modules = [_module(records) for _ in range(count)]
    records.take(0x10, 0)
    assert records.place == len(data)
    return Dir(name, code_page, references, modules)


def _module(records: _Records) -> ModuleRecord:
    """2.3.4.2.3.2"""
    name = records.text(0x19, 0x47)
    stream = records.text(0x1A, 0x32)
    records.text(0x1C, 0x48)
    offset = records.number(0x31, 4)
    records.number(0x1E, 4)
    records.number(0x2C, 2)
    kind = 0x21 if records.next_is(0x21) else 0x22
    records.take(kind, 0)
    records.take(0x2B, 0)
    return ModuleRecord(name, stream, offset, kind)
