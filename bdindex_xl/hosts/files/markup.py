"""XML as bytes with places: what is well-formed, where an element stands, and edits that change nothing else.

Expat does the parsing. No DOCTYPE is let through, so there are no entities to expand and no files to fetch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from hashlib import sha256
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from xml.parsers import expat

from ...errors import FileRefused
from ...language import Text
from . import refusals
from .limits import MAX_DEPTH, MAX_ELEMENTS, check_token, check_tree
from .plain_rows import in_brief

P = ParamSpec("P")
T = TypeVar("T")

# The transitional and the strict (ISO) spelling of each namespace; both are read, and what is written keeps the file's.
MAIN = frozenset(
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
)
_RELATIONS = frozenset(
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)
PACKAGING = frozenset(
    (
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/package/2006/content-types",
    )
)
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"

_CHUNK = 1 << 20
_MOST_ROOTS = 512
_SMALL = 1 << 15
_roots: dict[bytes, str] = {}  # of parts known to be well-formed, by SHA-256

# Everything inside a start tag up to its ">", which may also stand inside a quoted value. The group is atomic, so that
# no input costs more than one pass; a possessive group, the shorter spelling, matches nothing before Python 3.11.5.
WITHIN = rb"""((?>(?:[^>"'/]+|"[^"]*"|'[^']*'|/(?!>))*))"""
START_TAG = re.compile(rb"<[^\s>/]+" + WITHIN + rb"/?>", re.S)
_ATTRIBUTE = re.compile(rb"""([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""", re.S)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.S)
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);")
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class Edit(NamedTuple):
    """Bytes to put in place of ``data[start:end]``."""

    start: int
    end: int
    text: bytes


@dataclass(eq=False, slots=True)
class Element:
    """An element and its place: start tag ``[start, inner)``, content ``[inner, close)``, end tag ``[close, end)``.

    `tag` is the local name in the main namespace, ``{namespace}name`` in any other; so are the attributes' names.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def find(self, tag: str) -> Element | None:
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> Iterator[Element]:
        return (child for child in self.children if child.tag == tag)

    def within(self) -> Iterator[Element]:
        """The element and all below it."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


def utf8(data: bytes, part: str) -> bytes:
    """The part in UTF-8, the only other encoding of a package being UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        codec = "utf-16" if data[0] > 0x7F else "utf-16-le" if data[1] == 0 else "utf-16-be"
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            raise refusals.bad_xml(part, 1) from None
        return re.sub(r"""(<\?xml[^>]*?encoding\s*=\s*["'])[^"']*""", r"\1UTF-8", text, count=1).encode(
            "utf-8", "surrogatepass"
        )
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise refusals.foreign_encoding(part, declared[1].decode())
    return data


def parser_of(part: str, separator: str | None = None) -> expat.XMLParserType:
    """A parser that lets no DOCTYPE through."""
    parser = expat.ParserCreate(None, separator)
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise refusals.document_type(part)

    parser.StartDoctypeDeclHandler = refuse
    return parser


def check(data: bytes, part: str) -> str:
    """The name of the root as it is written, prefix included. Refuses what is not well-formed or holds a DOCTYPE.

    Found once for the same bytes: a sheet is read several times on the way from a workbook to its copy.
    """
    digest = sha256(data).digest()
    if digest not in _roots:
        while len(_roots) >= _MOST_ROOTS:
            del _roots[next(iter(_roots))]
        _roots[digest] = _root(data, part)
    return _roots[digest]


def _root(data: bytes, part: str) -> str:
    """As `check`; where that of a part in brief is refused, all of it is, by its line."""
    brief = in_brief(data)
    if brief is not data:
        try:
            return _parsed_root(brief, part)
        except FileRefused:
            pass
    return _parsed_root(data, part)


def _parsed_root(data: bytes, part: str) -> str:
    """As `check`.

    Expat without handlers takes half the time of the reading. It reads a token anew from its start with each chunk, so
    one without end is refused before that takes time.
    """
    parser = parser_of(part)
    root = []

    def start(name: str, _: object) -> None:
        root.append(name)
        parser.StartElementHandler = None

    parser.StartElementHandler = start
    last = max(len(data) - 1, 0) // _CHUNK * _CHUNK
    try:
        for at in range(0, last, _CHUNK):
            parser.Parse(data[at : at + _CHUNK], False)
            check_token(part, at - parser.CurrentByteIndex)
        parser.Parse(data[last:], True)  # told that it is the last, expat does not count its lines
    except (expat.ExpatError, ValueError):
        raise refusals.bad_xml(part, parser.ErrorLineNumber) from None
    return str(root[0])


def prefix_of_root(data: bytes, part: str, tag: str) -> str | None:
    """The prefix of a part's elements, its colon included; None where the root is not `tag`. Refuses as `check`."""
    before, colon, name = check(data, part).rpartition(":")
    return before + colon if name == tag else None


def kept(function: Callable[Concatenate[bytes, P], T]) -> Callable[Concatenate[bytes, P], T]:
    """A function of a part, whose answer is never to be changed: that of a small one is kept. A workbook is looked at
    anew after each step, when most relations and tables are as they were."""
    known: Any = lru_cache(maxsize=512)(function)

    @wraps(function)
    def found(data: bytes, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return (known if len(data) < _SMALL else function)(data, *args, **kwargs)

    return found


@kept
def tree(data: bytes, part: str) -> Element:
    """All elements of a small part, with their places in `data`; never to be changed."""
    check_tree(part, len(data))
    parser = parser_of(part, " ")
    open_elements: list[Element] = []
    roots: list[Element] = []
    pieces: list[list[str]] = []  # of each open element's text: joined once, however many they are
    n = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal n
        n += 1
        if n > MAX_ELEMENTS:
            check_tree(part, 0, n)
        at = parser.CurrentByteIndex
        tag = START_TAG.match(data, at)
        if tag is None or len(open_elements) > MAX_DEPTH:
            raise refusals.bad_xml(part, parser.CurrentLineNumber)
        element = Element(_tag(name), {_tag(k) if " " in k else k: v for k, v in attributes.items()}, at, tag.end())
        (open_elements[-1].children if open_elements else roots).append(element)
        open_elements.append(element)
        pieces.append([])

    def end(_: str) -> None:
        element = open_elements.pop()
        element.text = "".join(pieces.pop())
        at = parser.CurrentByteIndex
        # For an empty element's end expat gives the tag's start or its end, by version: ask the tag itself.
        empty = data.endswith(b"/>", element.start, element.inner)
        element.close = element.inner if empty else at
        element.end = element.inner if empty else data.index(b">", at) + 1

    def text(characters: str) -> None:
        pieces[-1].append(characters)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        raise refusals.bad_xml(part, parser.ErrorLineNumber) from None
    return roots[0]


@lru_cache(maxsize=1024)
def _tag(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    if not namespace or namespace in MAIN or namespace in PACKAGING:
        return local
    return f"{{r}}{local}" if namespace in _RELATIONS else f"{{{namespace}}}{local}"


def root_of(data: bytes, part: str, tag: str) -> Element:
    """The tree of a part whose root must be `tag`."""
    root = tree(data, part)
    if root.tag != tag:
        raise refusals.damaged(part, Text("的内容不是 {tag}", "holds no {tag}").format(tag=tag))
    return root


def prefix(data: bytes, element: Element) -> str:
    """The namespace prefix an element is written with, its colon included."""
    name = re.match(rb"<([^\s>/]+)", data[element.start : element.inner])
    before, colon, _ = (name[1] if name else b"").rpartition(b":")
    return (before + colon).decode()


def edited(data: bytes, edits: list[Edit]) -> bytes:
    """The data with all edits made."""
    chunks, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        chunks += [data[at : edit.start], edit.text]
        at = edit.end
    return b"".join((*chunks, data[at:]))


def with_attribute(data: bytes, element: Element, name: str, value: str) -> Edit:
    """Set an attribute, in place where it is there."""
    quoted = f'"{escaped(value)}"'.encode()
    at = element.start + 1
    while (found := _ATTRIBUTE.search(data, at, element.inner)) is not None:
        if found[1] == name.encode():
            return Edit(found.start(2), found.end(2), quoted)
        at = found.end()
    where = element.inner - (2 if data[element.inner - 2 : element.inner] == b"/>" else 1)
    return Edit(where, where, b" " + name.encode() + b"=" + quoted)


def removed(element: Element) -> Edit:
    """Take an element out."""
    return Edit(element.start, element.end, b"")


def has_asides(data: bytes, start: int = 0) -> bool:
    """Whether there is a comment, an instruction or CDATA; single characters are found ten times as fast as two."""
    return (data.find(b"!", start) >= 0 and data.find(b"<!", start) >= 0) or (
        data.find(b"?", start) >= 0 and data.find(b"<?", start) >= 0
    )


def without_asides(data: bytes) -> bytes:
    """Well-formed XML without comments and instructions, CDATA as plain text: what patterns may search."""
    if not has_asides(data):
        return data

    def plain(found: re.Match[bytes]) -> bytes:
        text = found[1] or b""
        return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")

    return _ASIDE.sub(plain, data)


def plain_text(raw: bytes) -> str:
    """Character data as text: references resolved, line ends as XML wants them."""
    text = raw.decode("utf-8", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text
    if "&#" in text:
        return _REFERENCE.sub(_referred, text)
    for name, character in _NAMED.items():  # the ampersand last: what it makes is no reference
        text = text.replace(f"&{name};", character)
    return text


def _referred(found: re.Match[str]) -> str:
    name = found[1]
    if not name.startswith("#"):
        return _NAMED[name]
    code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
    return chr(code) if code < 0x110000 else found[0]


def unescaped(text: str) -> str:
    """Text with Excel's ``_xHHHH_`` for characters that XML cannot hold turned back."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


def escaped(text: str) -> str:
    """Text for an element or a quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def storable(text: str) -> str:
    """Text in Excel's spelling: characters that XML cannot hold as ``_xHHHH_``, and what only looks so, escaped."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: f"_x005F{found[0]}", text)
    return text if text.isprintable() else _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def content_of(text: str) -> str:
    """Text for what a cell holds, in Excel's spelling; quotes, of which formulas are full, stay as they are."""
    text = storable(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
