"""xlwings.conf: pairs of quoted texts, a pair a line. Every byte that is not to change stays as it is.

VBA reads the file pair by pair and not line by line (``Input #``), so that a line with one text or three, a blank one
or a comment shifts all that come after it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import FileRefused
from ..hosts import files
from ..language import Text

_LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|$)")
_PAIR = re.compile(r'\s*("[^"]*"|[^",\s][^",]*)\s*,\s*("[^"]*"|[^",]*)\s*')
_UNWRITABLE = Text(
    "路径“{value}”中有本机编码（{encoding}）无法表示的字符或引号；请把 Python 装到只含英文字母和数字的路径下",
    "the path “{value}” has a quotation mark, or characters that the system's encoding ({encoding}) lacks; install "
    "Python in a folder whose path has plain letters and digits only",
)
_UNREADABLE = Text("{path}：无法读取（{reason}）", "{path}: cannot be read ({reason})")


@dataclass(frozen=True, slots=True)
class Conf:
    """A configuration file's bytes, and the encoding in which VBA reads them."""

    data: bytes
    encoding: str
    line_end: bytes = b"\r\n"

    @property
    def has_mark(self) -> bool:
        """Whether it begins with the byte order mark of UTF-8, which VBA takes for a part of the first key."""
        return self.data.startswith(codecs.BOM_UTF8)

    def get(self, key: str) -> str | None:
        """A key's value, the first where there are more; keys are found in any case of letters."""
        found = self._find(key)
        return found[1] if found else None

    def misread(self) -> list[int]:
        """Numbers of lines that are no pair."""
        lines = self._lines()
        return [n for n, (content, _) in enumerate(lines, 1) if self._pair(content) is None]

    def with_value(self, key: str, value: str) -> Conf:
        """The same with a key set: in its line where it has one, else in a new last line. Raises FileRefused."""
        if '"' in value or not value.isprintable() or not self._writable(value):
            raise FileRefused(_UNWRITABLE.format(value=value, encoding=self.encoding))
        line = f'"{key}","{value}"'.encode(self.encoding)
        lines = self._lines()
        found = self._find(key)
        if found:
            lines[found[0]] = (line, lines[found[0]][1])
        else:
            end = next((end for _, end in lines if end), self.line_end)
            if lines and not lines[-1][1]:
                lines[-1] = (lines[-1][0], end)
            lines.append((line, end))
        return self._of(lines)

    def without(self, key: str) -> Conf:
        """The same without a key's line."""
        found = self._find(key)
        return self._of([line for n, line in enumerate(self._lines()) if not found or n != found[0]])

    def without_mark(self) -> Conf:
        """The same in the system's encoding. Raises FileRefused where that lacks a character."""
        text = self.data.decode("utf-8-sig", "replace")
        if not self._writable(text):
            raise FileRefused(_UNWRITABLE.format(value=text.strip(), encoding=self.encoding))
        return Conf(text.encode(self.encoding), self.encoding, self.line_end)

    def _of(self, lines: list[tuple[bytes, bytes]]) -> Conf:
        return Conf(b"".join(content + end for content, end in lines), self.encoding, self.line_end)

    def _writable(self, text: str) -> bool:
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def _lines(self) -> list[tuple[bytes, bytes]]:
        """Lines with their ends."""
        return [(found[1], found[2]) for found in _LINE.finditer(self.data) if found[0]]

    def _pair(self, content: bytes) -> tuple[str, str] | None:
        found = _PAIR.fullmatch(content.decode(self.encoding, "replace"))
        return (_bare(found[1]), _bare(found[2])) if found else None

    def _find(self, key: str) -> tuple[int, str] | None:
        for n, (content, _) in enumerate(self._lines()):
            pair = self._pair(content)
            if pair and pair[0].casefold() == key.casefold():
                return n, pair[1]
        return None


def _bare(text: str) -> str:
    return text.strip().removeprefix('"').removesuffix('"')


def read(path: Path, encoding: str, line_end: bytes) -> Conf | None:
    """A configuration file; None where there is none. Raises FileRefused."""
    try:
        return Conf(path.read_bytes(), encoding, line_end)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise FileRefused(_UNREADABLE.format(path=path, reason=error.strerror or error)) from None


def write(path: Path, conf: Conf, *, backup: bool) -> Path | None:
    """Replace the file, or make it with its folder; the backup made, if any. Raises FileRefused."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return files.replace(path, conf.data, backup=backup)
