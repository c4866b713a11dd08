"""Errors whose cause is the input or the request, never a defect here.

Each says where, what was expected and what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Self

from .language import Lang, Text, joined, same


class Severity(StrEnum):
    """What a finding means for the result."""

    FAULT = "fault"  # no result is written
    WARNING = "warning"  # a result is written, and the reader should know
    NOTE = "note"  # something was taken as plainly meant


class Finding(NamedTuple):
    """One thing found in the input: *sheet!cell: expected X, found Y*, and what was done.

    In a text file `sheet` is the file's name and `cell` the line, with the column's header behind a colon where that
    is known: ``12`` or ``12:GDP``. `n` cells are meant where there are several, and `cell` is the area they lie in.
    """

    severity: Severity
    sheet: str
    cell: str
    expected: Text
    found: Text
    done: Text
    kind: str = ""
    n: int = 1

    @property
    def place(self) -> str:
        """Where: ``sheet!cell``, or the sheet, or nothing when the whole workbook is meant."""
        return "!".join(part for part in (self.sheet, self.cell) if part)

    def text(self, lang: Lang) -> str:
        """The finding in a sentence."""
        sentence = _SENTENCE.format(expected=self.expected, found=self.found)[lang]
        if self.done[lang]:
            sentence += _DONE.format(done=self.done)[lang]
        place = self.where()[lang]
        return f"{place}{_COLON[lang]}{sentence}" if place else sentence

    def where(self) -> Text:
        """The place as it is shown: a cell, an area and the number of its cells, or a line of a file."""
        if line := _LINE_OF.fullmatch(self.cell):
            text = _LINES if line[2] else _LINE
            place = text.format(file=self.sheet, line=line[1], last=line[2])
            if line[3]:
                place = _COLUMN.format(place=place, column=line[3])
        else:
            place = Text(self.place, self.place)
        return _SEVERAL.format(place=place, n=self.n) if self.n > 1 and place.en else place


_LINE = Text("{file} 第 {line} 行", "{file}, line {line}")
_LINES = Text("{file} 第 {line}–{last} 行", "{file}, lines {line}–{last}")
_COLUMN = Text("{place}“{column}”列", "{place}, column “{column}”")
_SEVERAL = Text("{place}，共 {n} 格", "{place}, {n:,} cells")


def ordered(findings: Iterable[Finding], sheets: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Findings by severity, then by place: sheet by sheet, row by row, column by column.

    `sheets` are in the workbook's order; others follow in the order in which they were found. What is about the whole
    workbook comes first, and what is about a whole sheet before its cells.
    """
    found = list(findings)
    names = {name: k for k, name in enumerate(dict.fromkeys(["", *sheets, *(finding.sheet for finding in found)]))}
    severities = list(Severity)
    return tuple(sorted(found, key=lambda f: (severities.index(f.severity), names[f.sheet], *_row_and_column(f.cell))))


def _row_and_column(cell: str) -> tuple[int, int, str]:
    """What a cell's address, or a line of a file, is sorted by."""
    if line := _LINE_OF.fullmatch(cell):
        return int(line[1]), 0, ""
    address = _ADDRESS.match(cell)
    return (int(address[2]), len(address[1]), address[1]) if address else (0, 0, cell)


_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
_LINE_OF = re.compile(r"([0-9]+)(?:-([0-9]+))?(?::(.*))?", re.S)
_ENOUGH = 3  # cells of a column from which on they are told in one line, with as many examples


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with those of one kind in one column told in one line, as ``G6:G155``; the order stays."""
    columns: dict[tuple[object, ...], list[Finding]] = {}
    told = list(findings)
    keys = [_key(k, finding) for k, finding in enumerate(told)]
    for key, finding in zip(keys, told, strict=True):
        columns.setdefault(key, []).append(finding)
    made: list[Finding] = []
    for key, finding in zip(keys, told, strict=True):
        some = columns[key]
        if len(some) < _ENOUGH and all(one.n == 1 for one in some):
            made.append(finding)
        elif finding is some[0]:
            made.append(_together(some))
    return tuple(made)


def _key(k: int, finding: Finding) -> tuple[object, ...]:
    """What findings that are told together have in common."""
    column = column_of(finding.cell)
    return (finding.severity, finding.kind, finding.sheet, column, finding.expected) if column is not None else (k,)


def column_of(cell: str) -> str | None:
    """What tells the column of a cell; None where the place is no single cell or part of a column."""
    if line := _LINE_OF.fullmatch(cell):
        return f":{line[3] or ''}"
    letters = {found[1] for found in map(_ADDRESS.fullmatch, cell.split(":")) if found}
    return letters.pop() if len(letters) == 1 else None


def through(first: str, last: str) -> str:
    """The area from one cell to another of its column, or the lines from one to another.

    >>> through("G6", "G155"), through("G6:G9", "G155"), through("5:GDP", "9:GDP"), through("G6", "G6")
    ('G6:G155', 'G6:G155', '5-9:GDP', 'G6')
    """
    line, end = _LINE_OF.fullmatch(first), _LINE_OF.fullmatch(last)
    if line and end:
        column = f":{line[3]}" if line[3] else ""
        return f"{line[1]}-{end[2] or end[1]}{column}" if (end[2] or end[1]) != line[1] else first
    start, stop = first.split(":")[0], last.split(":")[-1]
    return start if start == stop else f"{start}:{stop}"


def _together(some: Sequence[Finding]) -> Finding:
    first = some[0]
    cell = through(first.cell, some[-1].cell)
    found = list(dict.fromkeys(finding.found for finding in some))
    more = Text(" 等", " …") if len(found) > _ENOUGH else Text("", "")
    shown = joined(found[:_ENOUGH])
    done = first.done if all(finding.done == first.done for finding in some) else Text("", "")
    n = sum(finding.n for finding in some)
    return first._replace(cell=cell, found=Text(shown.zh + more.zh, shown.en + more.en), done=done, n=n)


_COLON = Text("：", ": ")
_SENTENCE = Text("应为 {expected}，实为 {found}", "expected {expected}, found {found}")
_DONE = Text("；{done}", "; {done}")
_MISSING = Text("找不到该文件。请检查路径和文件名。", "there is no such file. Check the path and the name.")
_ABOUT = Text("{name}：{message}", "{name}: {message}")


class BdIndexError(Exception):
    """Base of every error that a user can mend.

    `rule` names the kind of error for programs. `file` is the file it is about and `lang` the language its reader has
    chosen, as far as they are known where it is raised.
    """

    rule = "refused"

    def __init__(self, message: Text, *, rule: str = "", file: Path | None = None) -> None:
        super().__init__(message.en)
        self.message = message
        self.rule = rule or self.rule
        self.file = file
        self.lang: Lang | None = None

    def text(self, lang: Lang) -> str:
        """The whole message in one language."""
        return self.message[lang]

    def about(self, file: Path) -> Self:
        """The same error with the file's name before it; as it is where it names a file already."""
        if self.file is None:
            self.message = _ABOUT.format(name=same(file.name), message=self.message)
            self.args, self.file = (self.message.en,), file
        return self


class FrameworkError(BdIndexError, ValueError):
    """A framework, panel or method that cannot be computed; names the codes at fault.

    `settings` are fields of the method that do not go together, where they are at fault rather than the data.
    """

    def __init__(self, message: Text, settings: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.settings = settings

    rule = "framework"


class FileRefused(BdIndexError):
    """A file that cannot be read or must not be replaced; says why and what to do."""

    rule = "file refused"


def missing_file() -> FileRefused:
    """Refuses a file that is not there; here, where nothing heavy is imported, so that it is said at once."""
    return FileRefused(_MISSING, rule="no such file")


class SheetErrors(BdIndexError):
    """Every fault of a workbook's input at once, with the warnings and notes found beside them.

    `listed_in` is the file that was to list them, on its sheet `sheet` unless it has none, and `backup` that file as it
    was.
    """

    rule = "input"

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        self.faults = tuple(f for f in self.findings if f.severity is Severity.FAULT)
        self.listed_in: Path | None = None
        self.sheet: str | None = None
        self.backup: Path | None = None
        shown = grouped(self.faults)
        super().__init__(Text(*("\n".join(f.text(lang) for f in shown) for lang in ("zh", "en"))))


class SheetError(SheetErrors):
    """One fault that ends the reading at once, such as a missing table."""

    def __init__(self, finding: Finding) -> None:
        super().__init__((finding,))
        self.finding = finding
