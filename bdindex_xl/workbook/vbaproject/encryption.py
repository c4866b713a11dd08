"""The obfuscation of a project's protection fields ([MS-OVBA] 2.4.3). It protects nothing; readers ask for it."""

from __future__ import annotations

_VERSION = 2


def encrypt(data: bytes, project_id: str, seed: int) -> str:
    """The data as hexadecimal digits (2.4.3.2).

    Parameters
    ----------
    data
        What is to be read back.
    project_id
        The project's class identifier in braces, whose checksum goes in.
    seed
        0–255. A writer may choose it freely; the same seed gives the same digits.
    """
    key = sum(project_id.encode("ascii")) & 0xFF
    encrypted = [seed, seed ^ _VERSION, seed ^ key]
    before = key
    ignored = bytes([seed]) * ((seed & 6) // 2)
    for byte in ignored + len(data).to_bytes(4, "little") + data:
        encrypted.append(byte ^ ((encrypted[-2] + before) & 0xFF))
        before = byte
    return bytes(encrypted).hex().upper()
