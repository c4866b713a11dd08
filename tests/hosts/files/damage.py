"""Ways to damage a workbook: its bytes, the bytes of a part, the structure of a part's XML. Each from a seed."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib

from ...support.rich import Zip, packed

_TAG = re.compile(r"<([\w:]+)(?:\s[^<>]*)?>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_VALUE = re.compile(r">([^<>]+)<")
_ABSURD = (
    "", "0", "-1", "1", "2", "99999999999999999999", "A0", "A1:XFD1048576", "XFE1", "A1:A1048577", "A1:C0", "C3:A1", "$A$1:$B$2",
    "A1048576", "1e999", "nan", "1_0", "true", "x" * 70_000, "é中\U0001f600", "&#0;", "&#x10FFFF;", "&undefined;", "]]>", "../../etc/passwd",
    "/xl/workbook.xml", "rId1", "rId99", "s", "str", "inlineStr", "d", "b", "e", "n", "q", "shared", "array", "#REF!", "'a'!$A$1", "A1 B2 ", " ", "\t",
    "_x0000_", "_xD800_", "%00", "１２",
)  # fmt: skip


def damaged(book: bytes, seed: int) -> bytes:
    """The workbook with one to three things wrong."""
    draw = random.Random(seed)
    kind = draw.choice((_zip_bytes, _zip_bytes, _part_bytes, _xml, _xml, _xml, _xml, _parts, _directory))
    return kind(book, draw)


def _zip_bytes(book: bytes, draw: random.Random) -> bytes:
    """Bytes changed, dropped, doubled or cut off anywhere in the file, its directory above all."""
    data = bytearray(book)
    start = data.rfind(b"PK\5\6") - 4000 if draw.random() < 0.5 else 0
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(max(start, 0), len(data))
        length = draw.choice((1, 1, 1, 2, 4, 100))
        what = draw.random()
        if what < 0.6:
            data[at : at + length] = draw.randbytes(length)
        elif what < 0.75:
            del data[at : at + length]
        elif what < 0.9:
            data[at:at] = data[at : at + length]
        else:
            del data[at:]
        if not data:
            break
    return bytes(data)


def _known_parts(package: Zip, draw: random.Random) -> str:
    """A part, those that are read more often than others."""
    read = [
        name for name in package.parts if re.search(r"rels|workbook|sheet\d|tables|styles|Strings|Types|Chain", name)
    ]
    return draw.choice(read if draw.random() < 0.9 else list(package.parts))


def _part_bytes(book: bytes, draw: random.Random) -> bytes:
    """A part's bytes changed, in a zip that is right."""
    package = Zip(book)
    part = _known_parts(package, draw)
    data = bytearray(package[part])
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(data) + 1)
        what = draw.random()
        if what < 0.5:
            data[at : at + 1] = draw.choice((b"<", b">", b"&", b"/", b'"', b"\0", b"\xff", b"0", b"9", b" ", b"A"))
        elif what < 0.7:
            del data[at : at + draw.choice((1, 5, 50))]
        elif what < 0.9:
            data[at:at] = draw.choice(
                (b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x?>", b"<!DOCTYPE a>", b"<a>", b"&lt;")
            )
        else:
            del data[at:]
    package[part] = bytes(data)
    return package.to_bytes()


def _xml(book: bytes, draw: random.Random) -> bytes:
    """A part that is still XML, with elements dropped, doubled, renamed, and values that make no sense."""
    package = Zip(book)
    part = _known_parts(package, draw)
    text = package[part].decode("utf-8", "replace")
    for _ in range(draw.randint(1, 3)):
        text = draw.choice((_absurd_attribute, _absurd_attribute, _absurd_value, _without, _twice, _renamed))(
            text, draw
        )
    package[part] = text
    return package.to_bytes()


def _chosen(pattern: re.Pattern[str], text: str, draw: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return draw.choice(found) if found else None


def _absurd_attribute(text: str, draw: random.Random) -> str:
    found = _chosen(_ATTRIBUTE, text, draw)
    return text[: found.start(2)] + draw.choice(_ABSURD) + text[found.end(2) :] if found else text


def _absurd_value(text: str, draw: random.Random) -> str:
    found = _chosen(_VALUE, text, draw)
    return text[: found.start(1)] + draw.choice(_ABSURD) + text[found.end(1) :] if found else text


def _element(text: str, draw: random.Random) -> tuple[int, int]:
    """Start and end of an element, found by its tags alone."""
    found = _chosen(_TAG, text, draw)
    if found is None:
        return 0, 0
    if found[0].endswith("/>"):
        return found.span()
    end = text.find(f"</{found[1]}>", found.end())
    return found.start(), end + len(found[1]) + 3 if end >= 0 else found.end()


def _without(text: str, draw: random.Random) -> str:
    start, end = _element(text, draw)
    return text[:start] + text[end:]


def _twice(text: str, draw: random.Random) -> str:
    start, end = _element(text, draw)
    return text[:end] + text[start:end] + text[end:]


def _renamed(text: str, draw: random.Random) -> str:
    found = _chosen(_ATTRIBUTE if draw.random() < 0.5 else _TAG, text, draw)
    return (
        text[: found.start(1)] + draw.choice(("x", "r", "row", "c", "xml:space")) + text[found.end(1) :]
        if found
        else text
    )


def _parts(book: bytes, draw: random.Random) -> bytes:
    """A part missing, empty, in another's place, or larger than it says."""
    package = Zip(book)
    part, other = _known_parts(package, draw), _known_parts(package, draw)
    what = draw.randrange(5)
    if what == 0:
        del package.parts[part]
    elif what == 1:
        package[part] = b""
    elif what == 2:
        package[part] = package[other]
    elif what == 3:
        package.parts = {name.upper() if name == part else name: data for name, data in package.parts.items()}
    else:
        return packed(package.parts, draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))
    return package.to_bytes()


def _directory(book: bytes, draw: random.Random) -> bytes:
    """A directory that does not tell the truth, in a field chosen with care."""
    data = bytearray(book)
    records = [found.start() for found in re.finditer(rb"PK\x01\x02", data)]
    at = draw.choice(records)
    field, width = draw.choice(((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4)))
    value = draw.choice((0, 1, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, len(data), draw.randrange(1 << 16)))
    data[at + field : at + field + width] = (value % (1 << 8 * width)).to_bytes(width, "little")
    return bytes(data)


def bomb(size: int) -> bytes:
    """A workbook whose first sheet unpacks to `size` bytes of nothing."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("[Content_Types].xml", "")
    whole = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1 << 20)
    stream = b"".join([whole.compress(block) for _ in range(size >> 20)] + [whole.flush()])
    crc = 0
    for _ in range(size >> 20):
        crc = zlib.crc32(block, crc)
    return _with_raw(file.getvalue(), b"xl/worksheets/sheet1.xml", stream, crc, size)


def _with_raw(book: bytes, name: bytes, stream: bytes, crc: int, size: int) -> bytes:
    import struct

    directory = book.index(b"PK\1\2")
    end = book.index(b"PK\5\6")
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(stream), size, len(name), 0)
    record = struct.pack(
        "<4s4B4H3L5H2L",
        b"PK\1\2",
        20,
        0,
        20,
        0,
        0,
        8,
        0,
        33,
        crc,
        len(stream),
        size,
        len(name),
        0,
        0,
        0,
        0,
        0,
        directory,
    )
    entries = book[directory:end] + record + name
    body = book[:directory] + local + name + stream
    return body + entries + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, len(entries), len(body), 0)
