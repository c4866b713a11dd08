"""A text file in UTF-8, whatever it came in.

It is read in blocks: no file is ever whole in memory.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...sheets.faults import Report
from .structure import Structure, first_utf8

_BLOCK = 1 << 20
_BROKEN = 3  # Chinese characters in UTF-8 before the first bytes that are none: the file is in UTF-8, but for these
_FORMS = {b"PK\3\4": "Excel / zip", b"\x1f\x8b": "gzip", b"PAR1": "Parquet", b"\xd0\xcf\x11\xe0": "Excel 97–2003"}
_NULS = 200  # first bytes in which one tells of UTF-16


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file in UTF-8 with its structure; `name` is the encoding in which it came."""

    file: Path
    name: str
    structure: Structure


def in_utf8(path: Path, origin: str, made: Path, report: Report) -> Encoded | None:
    """The file itself where it is in UTF-8, else a copy at `made` that is; None where it is neither, which is reported.

    Raises OSError as `open` does.
    """
    with path.open("rb") as file:
        start = file.read(_NULS)
    if form := next((form for mark, form in _FORMS.items() if start.startswith(mark)), None):
        report.add("source packed", origin, form="CSV", found=form)
        return None
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
        codec = "utf-16" if start[0] in (0xFE, 0xFF) else "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
        return _transcoded(path, origin, codec, made, report)
    structure = Structure()
    decoding = _Decoding(path, "utf-8")
    try:
        for block, text in decoding:
            if "\0" in text:
                report.add("source nul", origin, str(_line(path, decoding.before + block.index(b"\0"))))
                return None
            structure.add(block.removeprefix(codecs.BOM_UTF8) if not decoding.before else block)
    except UnicodeDecodeError:
        if start.startswith(codecs.BOM_UTF8) or decoding.is_chinese:
            report.add("source encoding broken", origin, str(_line(path, decoding.at)), encoding="UTF-8")
            return None
        return _transcoded(path, origin, "gb18030", made, report)
    structure.close()
    return Encoded(path, "UTF-8", structure)


@dataclass(slots=True)
class _Decoding:
    """A file's blocks with their texts; `before` is where the block begins, `at` where decoding failed."""

    path: Path
    codec: str
    before: int = 0
    at: int = 0
    wide: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[tuple[bytes, str]]:
        decoder = codecs.getincrementaldecoder(self.codec)("strict")
        with self.path.open("rb") as file:
            while True:
                block = file.read(_BLOCK)
                pending = len(decoder.getstate()[0])
                try:
                    text = decoder.decode(block, final=not block)
                except UnicodeDecodeError as error:
                    self.at = self.before - pending + error.start
                    self.wide.update(error.object[: error.start].decode(self.codec, "ignore"))
                    raise
                if not text.isascii():
                    sample = text[:_SAMPLE]
                    self.wide.update(text if sample.isascii() else sample)
                yield block, text
                if not block:
                    return
                self.before += len(block)

    @property
    def is_chinese(self) -> bool:
        """Whether what could be decoded holds Chinese, and more of it than letters that chance makes."""
        wide = [char for char in self.wide if not char.isascii()]
        chinese = sum("\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in wide)
        return chinese >= _BROKEN and 2 * chinese > len(wide)

    @property
    def is_common(self) -> bool:
        """Whether the characters are common ones: bytes of another encoding make rare ones."""
        wide = [char for char in self.wide if not char.isascii()]
        return 2 * sum(len(char.encode("gb2312", "ignore")) > 0 for char in wide) >= len(wide)


_SAMPLE = 1 << 14  # characters of each block by which an encoding is known


def _transcoded(path: Path, origin: str, codec: str, made: Path, report: Report) -> Encoded | None:
    name = {"gb18030": "GB18030"}.get(codec, "UTF-16")
    structure = Structure()
    decoding = _Decoding(path, codec)
    try:
        with made.open("wb") as file:
            for block, text in decoding:
                data = text.encode()  # a lone surrogate cannot be decoded, so this cannot fail
                if "\0" in text:
                    report.add("source nul", origin, str(1 + text[: text.index("\0")].count("\n") + structure.ends))
                    return None
                if codec == "gb18030" and (at := first_utf8(block)) is not None:
                    line = _line(path, decoding.before + at)
                    report.add("source encoding broken", origin, str(line), encoding=name)
                    return None
                structure.add(data)
                file.write(data)
    except UnicodeDecodeError:
        kind = "source encoding broken" if decoding.is_chinese else "source encoding"
        report.add(kind, origin, str(_line(path, decoding.at)), encoding=name)
        return None
    if codec == "gb18030" and not decoding.is_common:
        report.add("source encoding", origin)
        return None
    structure.close()
    return Encoded(made, name, structure)


def _line(path: Path, at: int) -> int:
    """The line of a byte, from 1."""
    line, left = 1, at
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            line += block.count(b"\n")
            left -= len(block)
    return line
