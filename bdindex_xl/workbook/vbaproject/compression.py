"""Compression of VBA streams, and back ([MS-OVBA] 2.4.1). Bytes in, bytes out; what they mean is not known here."""

from __future__ import annotations

_CHUNK = 4096
_SIGNATURE = b"\x01"  # of a compressed container, 2.4.1.1.1
_COMPRESSED, _RAW = 0xB000, 0x3000  # flag and signature of a chunk's header, 2.4.1.1.5
_SHORTEST = 3  # a copy token takes two bytes, so that two bytes are not worth one


def compress(data: bytes) -> bytes:
    """The compressed container that holds the data (2.4.1.3.6).

    The specification's own search: the longest earlier run, of equally long ones the nearest.

    Raises
    ------
    ValueError
        Where the last chunk is short and has nothing to repeat: a chunk that is not compressed holds 4096 bytes, no
        fewer, so that such data cannot be written without bytes added at its end.

    Examples
    --------
    >>> compress(b"a" * 73).hex(" ")  # 3.2.3, maximum compression
    '01 03 b0 02 61 45 00'
    """
    return _SIGNATURE + b"".join(_chunk(data[i : i + _CHUNK]) for i in range(0, len(data), _CHUNK))


def _chunk(data: bytes) -> bytes:
    """A chunk with its header, compressed where that is not longer than what a chunk may be (2.4.1.3.7)."""
    tokens = _tokens(data)
    if len(tokens) <= _CHUNK:
        return (_COMPRESSED | len(tokens) - 1).to_bytes(2, "little") + tokens
    if len(data) < _CHUNK:
        raise ValueError(f"expected text that repeats itself, found {len(data)} bytes at the end that hardly do")
    return (_RAW | _CHUNK - 1).to_bytes(2, "little") + data


def _tokens(data: bytes) -> bytes:
    """Groups of eight tokens, each with a byte of flags before it: set where the token is a copy (2.4.1.3.8)."""
    packed = bytearray()
    place = 0
    while place < len(data):
        flags = len(packed)
        packed.append(0)
        for bit in range(8):
            if place == len(data):
                break
            bits = _offset_bits(place)
            offset, length = _match(data, place, (0xFFFF >> bits) + _SHORTEST)
            if length:
                packed[flags] |= 1 << bit
                packed += ((offset - 1) << (16 - bits) | length - _SHORTEST).to_bytes(2, "little")
            else:
                length = 1
                packed.append(data[place])
            place += length
    return bytes(packed)


def _match(data: bytes, place: int, limit: int) -> tuple[int, int]:
    """Offset and length of the longest run before the place that the data repeats from there, or zeros (2.4.1.3.19.4).

    A run may reach over the place. Each search is for one byte more than was found, so that most of the work is done
    by `bytes.rfind`, a hundred times as fast as a loop over candidates.
    """
    limit = min(limit, len(data) - place)
    found, length = place, _SHORTEST - 1
    while length < limit:
        earlier = data.rfind(data[place : place + length + 1], 0, found + length)
        if earlier < 0:
            break
        found, length = earlier, length + 1
        while length < limit and data[found + length] == data[place + length]:
            length += 1
    return (place - found, length) if found < place else (0, 0)


def decompress(container: bytes, limit: int) -> bytes:
    """The data that a compressed container holds (2.4.1.3.1).

    Raises
    ------
    ValueError
        Where the container breaks a rule, or holds more than `limit` bytes: a chunk can be a thousand times as long as
        what is stored of it.

    Examples
    --------
    >>> decompress(bytes.fromhex("01 03 b0 02 61 45 00"), 100) == b"a" * 73
    True
    """
    if container[:1] != _SIGNATURE:
        raise ValueError("expected a compressed container")
    chunks: list[bytes] = []
    place, size = 1, 0
    while place < len(container):
        if size % _CHUNK:
            raise ValueError("expected whole chunks before the last")
        header = int.from_bytes(container[place : place + 2], "little")
        end = place + (header & 0xFFF) + 3
        data = container[place + 2 : end]
        if end > len(container):
            raise ValueError("expected the whole of a chunk")
        if header & 0xF000 == _COMPRESSED:
            data = _expanded(data)
        elif header & 0xF000 != _RAW or len(data) != _CHUNK:
            raise ValueError("expected the header of a chunk")
        chunks.append(data)
        size += len(data)
        if size > limit:
            raise ValueError(f"expected at most {limit} bytes")
        place = end
    return b"".join(chunks)


def _expanded(data: bytes) -> bytes:
    """A chunk from its tokens (2.4.1.3.2 to 2.4.1.3.5)."""
    out = bytearray()
    place = 0
    while place < len(data):
        flags = data[place]
        place += 1
        for bit in range(8):
            if place >= len(data):
                break
            if flags >> bit & 1:
                _copy(out, data[place : place + 2])
                place += 2
            else:
                out.append(data[place])
                place += 1
            if len(out) > _CHUNK:
                raise ValueError(f"expected at most {_CHUNK} bytes of a chunk")
    return bytes(out)


def _copy(out: bytearray, token: bytes) -> None:
    """Repeat what a copy token points to (2.4.1.3.19)."""
    number = int.from_bytes(token, "little")
    bits = _offset_bits(len(out))
    offset, length = (number >> (16 - bits)) + 1, (number & 0xFFFF >> bits) + _SHORTEST
    if len(token) != 2 or offset > len(out):
        raise ValueError("expected a token that copies from its chunk")
    piece = bytes(out[-offset:])
    out += (piece * (length // offset + 1))[:length]


def _offset_bits(place: int) -> int:
    """Bits of a token's offset; its length has the rest (2.4.1.3.19.1)."""
    return max(4, (place - 1).bit_length())
