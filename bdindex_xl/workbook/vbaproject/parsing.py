"""A VBA project read back from ``vbaProject.bin``: its modules with their source, and what it refers to.

Reads projects of any writer, Excel's with their performance caches too ([MS-OVBA] 2.3.4.2). Runs nothing.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import olefile

from ...errors import FileRefused
from ...language import Text
from .compression import decompress
from .modules import ModuleKind

MAX_SOURCE = 32 << 20  # bytes of all modules; the largest projects that people write have two or three million

_MAX_DIR = 4 << 20
_BASE = re.compile(r'^Attribute VB_Base = "([^"]*)"', re.MULTILINE)
# Code pages that Python knows under other names than "cp" and the number.
_CODE_PAGES = {65001: "utf-8", 10000: "mac-roman", 10001: "shift-jis", 10002: "big5", 10003: "euc-kr"}
_CODE_PAGES |= {10006: "mac-greek", 10007: "mac-cyrillic", 10008: "gb2312", 20936: "gb2312", 54936: "gb18030"}
_CODE_PAGES |= {10029: "mac-latin2", 10081: "mac-turkish", 20866: "koi8-r", 28591: "latin-1"}

_DAMAGED = Text(
    "VBA 项目已损坏：{what}。请改用备份，或用 bdindex new 重新生成工作簿。",
    "the VBA project is damaged: {what}. Go back to a copy, or make the workbook again with bdindex new.",
)


def damaged(zh: str, en: str, **parts: object) -> FileRefused:
    """The refusal of a project, with what is wrong with it."""
    return FileRefused(_DAMAGED.format(what=Text(zh, en).format(**parts)))


@dataclass(frozen=True, slots=True)
class ReadModule:
    """A module as it stands in a project.

    Parameters
    ----------
    name
        As the editor shows it.
    kind
        None for a form and other things with a designer, which this project does not write.
    text
        Header and code. What the code page does not know is U+FFFD.
    """

    name: str
    kind: ModuleKind | None
    text: str

    @property
    def code(self) -> str:
        """The text after its header."""
        lines = self.text.splitlines(keepends=True)
        while lines and lines[0].startswith("Attribute VB_"):
            del lines[0]
        return "".join(lines)


@dataclass(frozen=True, slots=True)
class ReadProject:
    """What a project holds. `references` are (name, library) as the project has them."""

    name: str
    code_page: int
    references: tuple[tuple[str, str], ...]
    modules: tuple[ReadModule, ...]

    def module(self, name: str) -> ReadModule | None:
        """A module by its name, in any case of letters."""
        return next((module for module in self.modules if module.name.casefold() == name.casefold()), None)


def read_project(data: bytes) -> ReadProject:
    """The project in a ``vbaProject.bin``.

    Raises
    ------
    FileRefused
        Saying what is damaged. No file takes longer than one of its length and `MAX_SOURCE` can.
    """
    file = _Streams(data)
    told = _Told()
    for code, content in _records(_unpacked(file.stream("dir"), "dir", _MAX_DIR)):
        if (take := _TAKERS.get(code)) is not None:
            take(told, content)
    if told.n_modules != len(told.modules):
        raise damaged(
            "应有 {n} 个模块，实有 {m} 个", "it lists {m} modules of {n}", n=told.n_modules, m=len(told.modules)
        )
    left = MAX_SOURCE
    modules: list[ReadModule] = []
    for listed in told.modules:
        stream = file.stream(listed.stream)
        if listed.offset > len(stream):
            raise damaged("模块 {name} 没有源代码", "module {name} has no source", name=listed.name)
        source = _unpacked(stream[listed.offset :], listed.name, left)
        left -= len(source)
        text = source.decode(told.codec, "replace")
        modules.append(ReadModule(listed.name, _kind(text, listed.standard), text))
    references = tuple((name, library) for name, library in told.references if library)
    return ReadProject(told.name, told.code_page, references, tuple(modules))


class _Streams:
    """The streams of the project's folder, in a compound file ([MS-CFB]).

    olefile trusts the header's count of tables and reads a stream as often as it is asked to: both are bounded here, so
    that the work is never more than the file is long.
    """

    def __init__(self, data: bytes) -> None:
        self._left = len(data)
        with _reading():
            if not olefile.isOleFile(data=data) or int.from_bytes(data[44:48], "little") > len(data) // 512:
                raise ValueError
            self._file = olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT)

    def stream(self, name: str) -> bytes:
        """A stream's bytes, by its name in any case of letters."""
        path = ["VBA", name]
        with _reading():
            there = self._file.get_type(path) == olefile.STGTY_STREAM
            self._left -= self._file.get_size(path) if there else 0
            if there and self._left >= 0:
                content: bytes = self._file.openstream(path).read()
                return content
        if there:
            raise damaged("数据流合计长于文件", "its streams are longer than the file")
        raise damaged("没有数据流 VBA/{name}", "there is no stream VBA/{name}", name=name)


@contextlib.contextmanager
def _reading() -> Iterator[None]:
    """Whatever olefile trips over, the file is not what it should be: it says so in errors of many kinds."""
    try:
        yield
    except Exception:
        raise damaged("复合文件的结构有误", "it is no compound file as it should be") from None


def _kind(text: str, standard: bool) -> ModuleKind | None:
    if standard:
        return ModuleKind.STANDARD
    found = _BASE.search(text)
    base = found[1].upper() if found else ModuleKind.CLASS.value
    return next((kind for kind in ModuleKind if kind.value and kind.value == base), None)


def _unpacked(stream: bytes, name: str, limit: int) -> bytes:
    try:
        return decompress(stream, limit)
    except ValueError:
        raise damaged("{name} 无法解压", "{name} cannot be decompressed", name=name) from None


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of the dir stream, each a code, a length and its content (2.3.4.2)."""
    place = 0
    while place < len(data):
        if place + 6 > len(data):
            raise damaged("dir 不完整", "dir is cut off")
        code, size = struct.unpack_from("<HI", data, place)
        if code == _VERSION:  # its length leaves the last two bytes out
            size += 2
        place += 6
        if place + size > len(data):
            raise damaged("dir 的记录 {code} 不完整", "record {code} of dir is cut off", code=hex(code))
        yield code, data[place : place + size]
        place += size
        if code == _TERMINATOR:
            return
    raise damaged("dir 没有结尾", "dir has no end")


@dataclass
class _Listed:
    """A module as the dir stream lists it."""

    name: str
    stream: str = ""
    offset: int = 0
    standard: bool = False


@dataclass
class _Told:
    """What the records have said so far."""

    name: str = ""
    code_page: int = 1252
    codec: str = "cp1252"
    n_modules: int = -1
    references: list[tuple[str, str]] = field(default_factory=list)
    modules: list[_Listed] = field(default_factory=list)

    @property
    def module(self) -> _Listed:
        if not self.modules:
            raise damaged("dir 中模块的记录没有名称", "dir speaks of a module before naming it")
        return self.modules[-1]

    def text(self, content: bytes) -> str:
        return content.decode(self.codec, "replace")


def _number(content: bytes, size: int) -> int:
    if len(content) != size:
        raise damaged("dir 中的数长 {n} 字节", "a number in dir has {n} bytes", n=len(content))
    return int.from_bytes(content, "little")


def _take_code_page(told: _Told, content: bytes) -> None:
    told.code_page = _number(content, 2)
    name = _CODE_PAGES.get(told.code_page, f"cp{told.code_page}")
    try:
        told.codec = codecs.lookup(name).name
    except LookupError:
        raise damaged("代码页 {n} 不明", "code page {n} is not known", n=told.code_page) from None


def _take_name(told: _Told, content: bytes) -> None:
    told.name = told.text(content)


def _take_reference_name(told: _Told, content: bytes) -> None:
    # The name of a control's extended library comes a second time, within the reference.
    told.references.append((told.text(content), ""))


def _take_reference(told: _Told, content: bytes) -> None:
    """REFERENCEREGISTERED and REFERENCECONTROL: a length, then the library (2.3.4.2.2)."""
    size = _number(content[:4], 4)
    if size > len(content) - 4:
        raise damaged("引用不完整", "a reference is cut off")
    _add_library(told, told.text(content[4 : 4 + size]))


def _take_original(told: _Told, content: bytes) -> None:
    _add_library(told, told.text(content))


def _add_library(told: _Told, library: str) -> None:
    name, known = told.references[-1] if told.references else ("", "")
    if known:
        return
    told.references[-1:] = [(name, library)]


def _take_count(told: _Told, content: bytes) -> None:
    told.n_modules = _number(content, 2)


def _take_module(told: _Told, content: bytes) -> None:
    told.modules.append(_Listed(told.text(content)))


def _take_module_unicode(told: _Told, content: bytes) -> None:
    told.module.name = content.decode("utf-16-le", "replace")


def _take_stream(told: _Told, content: bytes) -> None:
    told.module.stream = told.text(content)


def _take_stream_unicode(told: _Told, content: bytes) -> None:
    told.module.stream = content.decode("utf-16-le", "replace")


def _take_offset(told: _Told, content: bytes) -> None:
    told.module.offset = _number(content, 4)


def _take_standard(told: _Told, content: bytes) -> None:
    told.module.standard = True


_VERSION, _TERMINATOR = 0x0009, 0x0010
_TAKERS: dict[int, Callable[[_Told, bytes], None]] = {
    0x0003: _take_code_page,
    0x0004: _take_name,
    0x000D: _take_reference,
    0x000E: _take_reference,
    0x000F: _take_count,
    0x0016: _take_reference_name,
    0x0019: _take_module,
    0x001A: _take_stream,
    0x0021: _take_standard,
    0x002F: _take_reference,
    0x0031: _take_offset,
    0x0032: _take_stream_unicode,
    0x0033: _take_original,
    0x0047: _take_module_unicode,
}
