"""What cells hold: numbers, texts, dates, errors, formulas without a value."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import cast

from ...language import Text
from ...sheets.areas import address
from ...sheets.book import ErrorValue, Uncalculated, Value
from . import refusals
from .limits import MAX_DIGITS, check_strings
from .markup import plain_text, prefix_of_root, root_of, unescaped, utf8, without_asides
from .sheet_xml import Cell, Patterns, patterns

# Number formats that every program knows by number and that show a date or a time.
_DATE_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_DATE_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hmsHMS]+\])[^\]]*\]|General|G/通用格式', re.S)
_DAY = 86_400_000
_LAST_SERIAL = 2_958_466  # 9999-12-31
_KEPT = 4096  # texts of cells remembered: names recur in every row, sentences do not


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time.

    >>> is_date_format("yyyy-mm-dd"), is_date_format('0.00"亩"'), is_date_format("[Red]0.0E+00")
    (True, False, False)
    """
    return any(letter in "dmyhsDMYHS" for letter in _NOT_DATE_CODE.sub("", code))


def date_styles(data: bytes, part: str) -> frozenset[bytes]:
    """Indexes of the cell styles that show dates, as cells spell them."""
    root = root_of(utf8(data, part), part, "styleSheet")
    dates = set(map(str, _DATE_IDS))
    formats = root.find("numFmts")
    for element in formats.all("numFmt") if formats else ():
        if is_date_format(element.attributes.get("formatCode", "")):
            dates.add(element.attributes.get("numFmtId", ""))
    styles = root.find("cellXfs")
    found = [element.attributes.get("numFmtId", "0") for element in styles.all("xf")] if styles else []
    return frozenset(b"%d" % j for j, number in enumerate(found) if number in dates)


def from_serial(serial: float, *, since_1904: bool) -> dt.datetime | None:
    """The date of a serial number; None where there is none.

    >>> from_serial(45292.5, since_1904=False)
    datetime.datetime(2024, 1, 1, 12, 0)
    """
    if since_1904:
        serial += 1462
    elif serial < 60:
        serial += 1  # Excel counts a 29 February 1900, so its days before that are one short
    if not 0 <= serial < _LAST_SERIAL:
        return None
    return dt.datetime(1899, 12, 30) + dt.timedelta(milliseconds=round(serial * _DAY))


def to_serial(date: dt.date, *, since_1904: bool) -> float:
    """The serial number of a date.

    >>> to_serial(dt.datetime(2024, 1, 1, 12), since_1904=False)
    45292.5
    """
    if not isinstance(date, dt.datetime):
        date = dt.datetime(date.year, date.month, date.day)
    days = (date.replace(tzinfo=None) - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    return days - 1462 if since_1904 else days if days >= 61 else days - 1


class SharedStrings:
    """The texts that cells share, decoded when first asked for."""

    def __init__(self, data: bytes, part: str) -> None:
        data = utf8(data, part)
        self._part = part
        prefix = prefix_of_root(data, part, "sst")
        if prefix is None:
            raise refusals.damaged(part, Text("的内容不是 sst", "holds no sst"))
        data = without_asides(data)
        self._patterns = patterns(prefix)
        check_strings(part, data.count(b"<%bsi" % prefix.encode()))
        self._items: list[bytes | str] = [found[2] or b"" for found in self._patterns.item.finditer(data)]

    def at(self, index: bytes) -> str:
        """The text of an index as a cell spells it. Raises ValueError where that is none."""
        if not index.isdigit() or len(index) > MAX_DIGITS:
            raise ValueError(index)
        return self[int(index)]

    def __getitem__(self, index: int) -> str:
        try:
            item = self._items[index]
        except IndexError:
            raise refusals.bad_value(self._part, "index", str(index)) from None
        if isinstance(item, bytes):
            item = self._items[index] = rich_text(item, self._patterns)
        return item


def rich_text(content: bytes, found: Patterns) -> str:
    """The text of all runs of a string, without its phonetic guides."""
    if b"rPh" in content:
        content = found.phonetic.sub(b"", content)
    return unescaped("".join(plain_text(text) for _, text in found.text.findall(content)))


class Decoder:
    """Turns what a sheet's cells hold into values."""

    def __init__(
        self, part: str, found: Patterns, strings: SharedStrings | None, dates: frozenset[bytes], since_1904: bool
    ) -> None:
        self.strings = strings
        self.dates = dates
        self._part = part
        self._patterns = found
        self._since_1904 = since_1904
        self._inlines: dict[bytes, str] = {}

    def plain(
        self,
        column: int,
        row: int,
        styles: list[bytes],
        kinds: list[bytes],
        values: list[bytes],
        texts: list[bytes],
    ) -> list[Value]:
        """Values of plain cells below each other from `row` on: of each its style, type, value, and text of its own."""
        try:
            found = self._plain(kinds, values, texts) if self.dates.isdisjoint(styles) else None
        except ValueError:
            found = None  # which cell is at fault is found one by one
        if found is not None:
            return found
        return [
            self._own(text) if text else self.value(column, row + i, style, kind, value, b"")
            for i, (style, kind, value, text) in enumerate(zip(styles, kinds, values, texts, strict=True))
        ]

    def _plain(self, kinds: list[bytes], values: list[bytes], texts: list[bytes]) -> list[Value] | None:
        """As `plain`, of cells that show no dates; None where a number is none that a cell can hold."""
        n_shared, has_own = kinds.count(b"s"), any(texts)
        if not n_shared and not has_own:
            numbers = list(map(float, values)) if all(values) else [float(value) if value else None for value in values]
            return cast(list[Value], numbers) if math.isfinite(sum(filter(None, numbers))) else None
        shared = {value for kind, value in zip(kinds, values, strict=True) if value and kind == b"s"}
        if self.strings is None and shared:
            return None
        known: dict[bytes, Value] = {value: self.strings.at(value) for value in shared} if self.strings else {}
        if n_shared == len(kinds) and not has_own:
            return list(map(known.get, values))
        own = {text: self._own(text) for text in set(texts)}
        found: list[Value] = [
            own[text] if text else None if not value else known[value] if kind == b"s" else float(value)
            for kind, value, text in zip(kinds, values, texts, strict=True)
        ]
        return found if math.isfinite(sum(value for value in found if type(value) is float)) else None

    def _own(self, text: bytes) -> str:
        return unescaped(plain_text(text[text.index(b">") + 1 :] if text[:1] == b"<" else text))

    def value(self, column: int, row: int, style: bytes, kind: bytes, value: bytes, content: bytes) -> Value:
        """A cell's value; that of a formula where it has been calculated."""
        if content:
            if kind == b"inlineStr":
                return self._inline(content)
            found = self._patterns.value.search(content)
            value = value or (found[2] or b"" if found else b"")
        if not value and kind != b"str":
            formula = self._patterns.formula.search(content) if content else None
            return Uncalculated(plain_text(formula[2] or b"")) if formula is not None else None
        try:
            return self._typed(kind, value, style)
        except (ValueError, OverflowError):
            raise refusals.bad_cell(self._part, address(row, column)) from None

    def _inline(self, content: bytes) -> str:
        text = self._inlines.get(content)
        if text is None:
            text = rich_text(content, self._patterns)
            if len(self._inlines) < _KEPT:
                self._inlines[content] = text
        return text

    def of_cell(self, cell: Cell, row: int) -> Value:
        """The value of a cell in that row."""
        return self.value(cell.column, row, cell.style, cell.type, cell.value, cell.content)

    def _typed(self, kind: bytes, value: bytes, style: bytes) -> Value:
        if kind in (b"", b"n"):
            return self._number(value, style)
        if kind == b"s":
            if self.strings is None:
                raise ValueError(value)
            return self.strings.at(value.strip())
        text = plain_text(value)
        if kind == b"str":
            return unescaped(text)
        if kind == b"b":
            return text.strip() in ("1", "true")
        if kind == b"e":
            return ErrorValue(text)
        if kind == b"d":
            return dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
        if kind == b"inlineStr":
            return unescaped(text)
        raise ValueError(kind)

    def _number(self, value: bytes, style: bytes) -> Value:
        if b"_" in value:  # Python takes 1_000 for a number
            raise ValueError(value)
        number = float(value)
        if not math.isfinite(number):
            return ErrorValue("#NUM!")
        if style in self.dates:
            return from_serial(number, since_1904=self._since_1904) or number
        return number
