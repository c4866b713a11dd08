"""Whether certain texts still stand anywhere in a file: in any part, however spelt, and in files within the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...errors import FileRefused
from ...hosts.files.markup import plain_text, unescaped, utf8
from ...hosts.files.package import Package

_XML = (b"<?xml", b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")
# Between two runs of one text: tags that neither end the text nor start another.
_BETWEEN_RUNS = re.compile(
    r"</(?:\w+:)?t>(?>(?:\s*+<(?!/?(?:\w+:)?(?:si|is|c|row|p|txBody|text|comment|pt|v|t)[\s/>])[^>]*+>)*)"
    r"\s*+<(?:\w+:)?t(?:\s[^>]*)?>"
)
_PHONETIC = re.compile(r"<((?:\w+:)?)rPh[\s>].*?</\1rPh>", re.S)
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_MAX_DEPTH = 4


def residue(data: bytes, texts: Iterable[str]) -> list[tuple[str, str]]:
    """Part and text of everything that is still there, whatever its case; files within the file as ``outer!inner``."""
    wanted = [text for text in dict.fromkeys(texts) if text]
    return list(_in_package(data, wanted, "", 0))


def _in_package(data: bytes, texts: list[str], path: str, depth: int) -> Iterator[tuple[str, str]]:
    package = Package(data)
    for name in package.names():
        part = f"{path}{name}"
        content = package.read(name)
        inner = content.startswith(b"PK\3\4") and depth < _MAX_DEPTH
        found = dict.fromkeys(text for text in texts if text.casefold() in name.casefold())
        found |= dict.fromkeys(_in_part(content, texts))
        yield from ((part, text) for text in found)
        if inner:
            try:
                yield from _in_package(content, texts, f"{part}!", depth + 1)
            except FileRefused:
                continue  # not a package after all: its bytes were searched


def _in_part(content: bytes, texts: list[str]) -> Iterator[str]:
    spellings = list(_spellings(content))
    for text in texts:
        folded = text.casefold()
        encoded = {text.encode(name, "surrogatepass" if name.startswith("utf") else "ignore") for name in _ENCODINGS}
        if any(folded in spelling for spelling in spellings) or any(raw and raw in content for raw in encoded):
            yield text


def _spellings(content: bytes) -> Iterator[str]:
    """An XML part's text: as it stands, with references resolved; and with the runs of a rich text joined."""
    if not content.lstrip()[:4].startswith(_XML):
        return
    try:
        data = utf8(content, "")
    except FileRefused:
        return
    yield unescaped(plain_text(data)).casefold()
    joined = data.decode("utf-8", "replace")
    if "rPh" in joined:
        joined = _PHONETIC.sub("", joined)
    yield unescaped(plain_text(_BETWEEN_RUNS.sub("", joined).encode("utf-8", "replace"))).casefold()
