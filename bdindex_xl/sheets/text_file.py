"""A CSV file as a block of cells: its encoding, its separator, its lines. Every fault is named by the line it is in.

Cells are texts, but for those that a program would write as numbers in a column that `schema` says holds numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from ..errors import FileRefused
from ..language import Text
from ..model import typed
from .book import Block
from .cells import heading, plain_number, with_point
from .faults import Report
from .schema import Column

_SEPARATORS = (",", ";", "\t", "，", "|")
_NUMBERS = ("raw", "year")  # roles
LONGEST_TEXT = 32_767  # characters that a cell holds
LONGEST_HEADER = 255  # characters that a header holds
_COMMA = re.compile(r"[+-]?\d+,\d+")  # where semicolons separate, never one between thousands
_ASIDE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # how Excel names the separator in a first line


@dataclass(frozen=True, slots=True)
class TextBlock(Block):
    """A block whose rows stand in lines of a file: ``lines[i]`` is where row `i` begins, counted from 1."""

    lines: tuple[int, ...] = ()
    separator: str = ","

    def cell(self, i: int, j: int) -> str:
        """Line of row `i`, and the column's header; ``i = -1`` is the header itself."""
        line = self.lines[i] if i >= 0 else self.row
        return f"{line}:{self.header[j]}" if i >= 0 and self.header[j] else str(line)

    def row_of(self, i: int) -> Text:
        """What a reader calls a row: its line."""
        return _LINE.format(line=self.lines[i])


def read_block(
    file: Traversable, name: str, columns: Iterable[Column], report: Report, *, closed: bool = False
) -> TextBlock:
    """A file's cells; faults of its lines are reported.

    Raises FileRefused where the file cannot be read, is empty, or is no text in a known encoding.
    """
    try:
        text = _decoded(file.read_bytes(), file)
    except OSError as error:
        raise FileRefused(_UNREADABLE.format(file=file, reason=error.strerror or error)) from None
    columns = tuple(columns)
    known = {form for column in columns for form in (heading(column.key), *map(heading, column.header.both()))}
    start, text = _without_aside(text)
    separator = _separator(text, known)
    records = _records(text, separator, start, file.name, report)
    if not records:
        raise FileRefused(_EMPTY.format(file=file))
    line, first = records[0]
    header = tuple(typed.visible(cell).strip() for cell in first)
    while header and not header[-1] and all(len(row) < len(header) or not row[-1].strip() for _, row in records):
        header, records = header[:-1], [(at, row[: len(header) - 1]) for at, row in records]
    rows = _fitting(records[1:], len(header), file.name, separator, report)
    lines = tuple(at for at, _ in rows)
    cells = tuple([row[j] for _, row in rows] for j in range(len(header)))
    block = TextBlock(name, file.name, line, 1, header, cells, closed=closed, lines=lines, separator=separator)
    _look_over(block, report)
    return _with_numbers(block, columns)


_LINE = Text("第 {line} 行", "line {line}")
_UNREADABLE = Text("无法读取 {file}（{reason}）", "{file}: cannot be read ({reason})")
_EMPTY = Text("{file} 应有标题行和数据行，实为空文件", "{file}: expected a header and rows, found an empty file")
_ENCODING = Text(
    "{file} 应为 UTF-8、GB18030 或 UTF-16 编码的 CSV 文件，这三种均不能解读；请另存为“CSV UTF-8”",
    "{file}: expected a CSV file in UTF-8, GB18030 or UTF-16, found none of these; save it as “CSV UTF-8”",
)


def _decoded(raw: bytes, file: Traversable) -> str:
    """The text: in UTF-16 where it says so, in UTF-8 where it can be, in GB18030 where it then reads as Chinese."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\0" in raw[:200]:
        encodings = ["utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]  # Excel in China saves CSV in the latter
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or _reads_as_chinese(text):
            return text
    raise FileRefused(_ENCODING.format(file=file))


def _reads_as_chinese(text: str) -> bool:
    """Whether a text decoded by GB18030 is of common characters: an accent of Western Europe gives rare ones."""
    wide = [char for char in set(text) if not char.isascii()]
    common = sum(len(char.encode("gb2312", "ignore")) > 0 for char in wide)
    return 2 * common >= len(wide)


def _without_aside(text: str) -> tuple[int, str]:
    """Number of the first line, and the text without a line that names the separator."""
    aside = _ASIDE.match(text)
    return (2, text[aside.end() :]) if aside else (1, text)


def _separator(text: str, known: set[str]) -> str:
    """The separator under which the first line has most headers that are known."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(_SEPARATORS, key=lambda mark: (sum(heading(one.strip(' "')) in known for one in first.split(mark)), 0))


def _records(text: str, separator: str, start: int, name: str, report: Report) -> list[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins in; the first one is the header."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[tuple[int, list[str]]] = []
    line = start
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return records
        except csv.Error:
            report.add("quotation open", name, str(line))
            return records
        if any(cell.strip() for cell in row):
            records.append((line, row))
        line = start + reader.line_num


def _fitting(
    records: Sequence[tuple[int, list[str]]], width: int, name: str, separator: str, report: Report
) -> list[tuple[int, list[str]]]:
    """Rows of the header's width: a wider one is a fault unless what goes beyond is blank, a shorter one is filled."""
    fitting = []
    for line, row in records:
        beyond = [cell for cell in row[width:] if cell.strip()]
        if beyond:
            hint = _GROUPED if separator == "," else ""
            report.add("row wide", name, str(line), expected=width, found=len(row), hint=hint)
            continue
        if len(row) < width:  # Excel leaves separators out at the end of rows whose last cells are blank
            report.add("row short", name, str(line), expected=width, found=len(row))
        fitting.append((line, [*row[:width], *[""] * (width - len(row))]))
    return fitting


_GROUPED = Text(
    "；带千位分隔符的数应加引号或去掉分隔符", "; put numbers with commas in quotation marks, or leave the commas out"
)


def _look_over(block: TextBlock, report: Report) -> None:
    """Characters that no cell can hold, and texts too long for one."""
    for text in block.header:
        if len(text) > LONGEST_HEADER:
            report.add("text long", block.sheet, str(block.row), found=len(text), limit=LONGEST_HEADER)
        if unseen := typed.control(text):
            report.add("control character", block.sheet, str(block.row), found=unseen)
    for j, column in enumerate(block.columns):
        for i, text in enumerate(column):
            if len(text) > LONGEST_TEXT:
                report.add("text long", block.sheet, block.cell(i, j), found=len(text), limit=LONGEST_TEXT)
            if block.separator == ";" and _COMMA.fullmatch(text.strip()):
                report.add("value decimal comma", block.sheet, block.cell(i, j), found=text, taken=with_point(text))
            if not text.isprintable() and (unseen := typed.control(text)):
                report.add("control character", block.sheet, block.cell(i, j), found=unseen)


def _with_numbers(block: TextBlock, columns: Iterable[Column]) -> TextBlock:
    """The block with numbers for texts that plainly are, in columns that hold numbers."""
    numeric = {
        form
        for column in columns
        if column.role in _NUMBERS
        for form in (heading(column.key), *map(heading, column.header.both()))
    }
    made = []
    for header, cells in zip(block.header, block.columns, strict=True):
        if heading(header) in numeric:
            numbers = [plain_number(cell.strip()) for cell in cells]
            cells = [cell if number is None else number for cell, number in zip(cells, numbers, strict=True)]
        made.append(cells)
    return TextBlock(
        block.table, block.sheet, block.row, 1, block.header, tuple(made),
        closed=block.closed, lines=block.lines, separator=block.separator,
    )  # fmt: skip
