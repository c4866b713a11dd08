"""Rows and cells of a sheet's XML, found by patterns over its bytes.

Measured on 2,000,000 cells: these patterns take 1, python-calamine 1.1 (values only, no styles, no places), expat with
handlers 2.1, lxml's iterparse 6. They rely on `markup.check` having found the part well-formed and on comments and
CDATA being gone from the rows; then a start tag ends where the pattern says.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ...language import Text
from ...sheets.areas import MAX_COLUMN, MAX_ROW, address, column_number
from . import refusals
from .foreign import set_aside
from .markup import WITHIN, has_asides, prefix_of_root, utf8, without_asides

_ATTRIBUTE = re.compile(rb"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ROW_NUMBER = re.compile(rb"""(?<![\w:.-])r\s*=\s*["']([^"']*)["']""")
_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s/>]")
_WIDE = 40 * MAX_COLUMN  # bytes; most cells take more
_CELL_ADDRESS = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")


class Patterns(NamedTuple):
    """Patterns for a sheet whose elements carry one namespace prefix."""

    prefix: str
    row: re.Pattern[bytes]
    row_end: bytes
    cell: re.Pattern[bytes]
    plain: re.Pattern[bytes]
    nested: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    value: re.Pattern[bytes]
    phonetic: re.Pattern[bytes]
    text: re.Pattern[bytes]
    item: re.Pattern[bytes]


def has_formula(data: bytes, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether any cell among these bytes holds a formula. Most sheets are without, and plain searches, that for a
    single letter above all, take a small part of the pattern's time."""
    if data.find(b"f", start, end) < 0 or (data.find(b"<f", start, end) < 0 and data.find(b":f", start, end) < 0):
        return False
    return _FORMULA.search(data, start, end) is not None


def holds_formula(data: bytes) -> bool:
    """Whether any cell of a sheet's part holds a formula; what stands before and after its rows does not count."""
    return has_formula(data, *rows_within(data))


def rows_within(data: bytes) -> tuple[int, int]:
    """About where the rows of a sheet's part start and end: of all of it where they are not found."""
    start = data.find(b"sheetData")
    return (start, data.rfind(b"sheetData")) if start >= 0 else (0, sys.maxsize)


def attributes_of(tag: bytes) -> dict[bytes, bytes]:
    """Attributes in the inner text of a start tag."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


@lru_cache(maxsize=8)
def patterns(prefix: str) -> Patterns:
    """Patterns for elements written with `prefix` (its colon included)."""
    p = re.escape(prefix.encode())

    def whole(name: bytes, content: bytes) -> re.Pattern[bytes]:
        return re.compile(rb"<%b%b(?=[\s/>])%b(?:/>|>%b</%b%b\s*>)" % (p, name, WITHIN, content, p, name), re.S)

    cell = (
        # Groups: all, column, row, style, type, other attributes, plain value, any other content.
        rb'(<%bc(?=[\s/>])(?: r="([A-Z]{1,3})([0-9]{1,7})")?(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?%b'
        rb"(?:/>|>(?>(?:<%bv>([^<]*)</%bv>)?)(.*?)</%bc\s*>))"
    )
    formula = rb"(?:<%bf(?: [^<>]*)?(?:/>|>[^<]*</%bf>)(?=<%bv>%b))?"  # one that has a value counts as that
    plain = (
        # Groups: column, row, style, type, value, text; anything unusual is one match without any. The text that a
        # formula gives comes with the tag before it, so that none is not taken for a blank cell.
        rb'<%bc r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?'
        rb'(?:(?: t="([ns])")?(?:/>|>%b<%bv>([^<_]*)</%bv></%bc>)'
        rb'|(?: t="str">%b(?=<%bv>)| t="inlineStr"><%bis><%bt(?: xml:space="preserve")?>)'
        rb"((?:<%bv>)?[^<]*)</%b(?:v|t></%bis)></%bc>)|.+"
    ) % (p, formula % (p, p, p, rb"[^<]"), p, p, p, formula % (p, p, p, b""), p, p, p, p, p, p, p)
    return Patterns(
        prefix=prefix,
        # Groups: all attributes, the number where it is the first as programs write it, other attributes, an empty row.
        row=re.compile(rb'<%brow(?=[\s/>])((?: r="([0-9]{1,7})")?%b)(/?)>' % (p, WITHIN), re.S),
        row_end=b"</" + prefix.encode() + b"row",
        cell=re.compile(cell % (p, WITHIN, p, p, p), re.S),
        plain=re.compile(plain, re.S),
        nested=re.compile(rb"<%bc[\s/>]" % p),
        formula=whole(b"f", rb"([^<]*)"),
        value=whole(b"v", rb"([^<]*)"),
        phonetic=whole(b"rPh", rb".*?"),
        text=whole(b"t", rb"([^<]*)"),
        item=whole(b"si", rb"(.*?)"),
    )


class Row(NamedTuple):
    """A row and its place in the sheet's bytes: tag ``[start, content)``, cells ``[content, close)``."""

    number: int
    start: int
    attributes: bytes
    content: int
    close: int
    end: int


class Cell(NamedTuple):
    """A cell: its bytes and what its tag says. `value` is a plain ``<v>``, `content` anything else it holds."""

    column: int
    raw: bytes
    style: bytes
    type: bytes
    value: bytes
    content: bytes
    explicit: bool  # whether its tag gives its address

    @property
    def empty(self) -> bool:
        return not self.value and not self.content


class SheetXml:
    """A sheet's bytes, divided into what stands before its rows, the rows, and what stands after them."""

    def __init__(self, data: bytes, part: str) -> None:
        data = utf8(data, part)
        self.part = part
        prefix = prefix_of_root(data, part, "worksheet")
        if prefix is None:
            raise refusals.damaged(part, Text("的内容不是工作表", "holds no worksheet"))
        self.patterns = patterns(prefix)
        self.head, rows, self.tail = _divide(data, self.patterns.prefix.encode(), part)
        self.data, self._aside = set_aside(self.head, without_asides(rows), self.tail, prefix, part)

    def back_in(self, rows: bytes) -> bytes:
        """Rows, as they are to be written, with what was set aside of them as foreign."""
        return self._aside.back_in(rows)

    def after_cells(self, row: Row) -> bytes:
        """What stands in a row behind its cells."""
        return self._aside.after_cells(self.data[row.content : row.close])

    def rows(self) -> Iterator[Row]:
        """The rows, top to bottom. Raises FileRefused where they are out of order."""
        data, at, last = self.data, 0, 0
        search, ending = self.patterns.row.search, self.patterns.row_end
        while (found := search(data, at)) is not None:
            attributes, usual, _, empty = found.groups()
            number = int(usual or 0)
            if not last < number <= MAX_ROW:
                number = self._number(attributes, last)
            content = close = at = found.end()
            if not empty:
                close = data.find(ending, content)
                at = data.find(b">", close) + 1
                if close < 0 or at == 0:
                    raise refusals.damaged(self.part, Text("的行不完整", "has an incomplete row"))
                if close - content > _WIDE:
                    self._check_width(number, content, close)
            yield Row(number, found.start(), attributes, content, close, at)
            last = number

    def _check_width(self, number: int, content: int, close: int) -> None:
        """Refuse a row of more cells than a sheet has columns before they are read; few are worth counting."""
        cells = self.data.count(b"<" + self.patterns.prefix.encode() + b"c", content, close)
        if cells > 4 * MAX_COLUMN:  # what a cell holds may begin with c as well
            raise refusals.bad_cell(self.part, address(number, MAX_COLUMN))

    def numbered(self) -> list[Row]:
        """The rows in a list, each with its number in its tag, so that others can be put between them."""
        rows = list(self.rows())
        if all(row.attributes.startswith(b' r="') or _ROW_NUMBER.search(row.attributes) for row in rows):
            return rows
        chunks, at = [], 0
        for row in rows:
            chunks.append(self.data[at : row.start])
            at = row.start
            if not _ROW_NUMBER.search(row.attributes):
                at += len(f"<{self.patterns.prefix}row")
                chunks.append(self.data[row.start : at] + b' r="%d"' % row.number)
        self.data = b"".join((*chunks, self.data[at:]))
        return list(self.rows())

    def _number(self, attributes: bytes, last: int) -> int:
        found = _ROW_NUMBER.search(attributes)
        number = last + 1 if found is None else int(found[1]) if found[1].isdigit() and len(found[1]) < 8 else 0
        if not last < number <= MAX_ROW:
            name = found[1].decode("utf-8", "replace") if found else str(number)
            raise refusals.bad_value(self.part, "row", name)
        return number

    def cells(self, row: Row) -> Iterator[Cell]:
        """A row's cells, left to right. Raises FileRefused where they are out of order."""
        last = 0
        digits = b"%d" % row.number
        for raw, letters, number, style, kind, rest, value, content in self.patterns.cell.findall(
            self.data, row.content, row.close
        ):
            if content and self.patterns.nested.search(content):
                raise refusals.bad_cell(self.part, (letters + number).decode() or address(row.number, last + 1))
            if rest:
                letters, number, style, kind = self._attributes(rest, row.number, letters, number, style, kind)
            column = COLUMNS[letters] if letters else last + 1
            if not last < column <= MAX_COLUMN or (letters and number != digits):
                raise refusals.bad_cell(self.part, (letters + number).decode() or address(row.number, MAX_COLUMN))
            yield Cell(column, raw, style, kind, value, content, bool(letters))
            last = column

    def _attributes(
        self, rest: bytes, row: int, letters: bytes, number: bytes, style: bytes, kind: bytes
    ) -> tuple[bytes, bytes, bytes, bytes]:
        """What a cell's tag says when its attributes are not in the usual order."""
        for name, text in attributes_of(rest).items():
            if name == b"r":
                found = _CELL_ADDRESS.fullmatch(text)
                if found is None:
                    raise refusals.bad_value(self.part, "r", text.decode("utf-8", "replace"))
                letters, number = found[1], found[2]
            elif name == b"s":
                if not text.isdigit() or len(text) > 6:
                    raise refusals.bad_value(self.part, "s", text.decode("utf-8", "replace"))
                style = text
            elif name == b"t":
                kind = text
        return letters, number, style, kind


class _Columns(dict[bytes, int]):
    def __missing__(self, letters: bytes) -> int:  # no letters: 0, which is before the first column
        number = self[letters] = column_number(letters.decode())
        return number


COLUMNS = _Columns()


def _divide(data: bytes, prefix: bytes, part: str) -> tuple[bytes, bytes, bytes]:
    """What stands before the rows, the rows, what stands after them; head and tail together are XML of their own."""
    name = prefix + b"sheetData"
    aside = rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|"
    opening = re.compile(aside + rb"(<%b(?=[\s/>])%b(/?)>)" % (re.escape(name), WITHIN), re.S)
    found = next((found for found in opening.finditer(data) if found[1]), None)
    if found is None:
        raise refusals.damaged(part, Text("没有单元格数据（sheetData）", "holds no cells (sheetData)"))
    if found[3]:
        return data[: found.start()] + b"<" + name + b">", b"", b"</" + name + b">" + data[found.end() :]
    # The last end tag is the right one unless a comment after it quotes another: then look for it with care.
    at = found.end()
    closing = data.rfind(b"</" + name)
    if has_asides(data, at):
        ending = re.compile(aside + rb"(</%b\s*>)" % re.escape(name), re.S)
        closing = next((found.start() for found in ending.finditer(data, at) if found[1]), -1)
    if closing < at:
        raise refusals.damaged(part, Text("没有单元格数据（sheetData）", "holds no cells (sheetData)"))
    return data[:at], data[at:closing], data[closing:]
