"""How a CSV file is laid out: what stands between its fields, and its header."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ...language import Text
from ...model import typed
from ...sheets.faults import Report
from .header import header_of

SEPARATORS = {
    ",": Text("逗号", "commas"),
    ";": Text("分号", "semicolons"),
    "\t": Text("制表符", "tabs"),
    "，": Text("全角逗号", "full-width commas"),
    "|": Text("竖线", "bars"),
}
_ASIDE = re.compile(r"sep=(.)", re.IGNORECASE)  # how Excel names the separator in a first line
_MOST = 1 << 20  # characters of a header


@dataclass(frozen=True, slots=True)
class CsvLayout:
    """A separator, the fields of the header, and where the records begin.

    Parameters
    ----------
    separator
        What stands between fields.
    fields
        Names, in order.
    width
        How many columns the header has, those at its end without a name too.
    line
        In which line the header begins, counted from 1.
    lines
        How many lines stand before the first record.
    """

    separator: str
    fields: tuple[str, ...]
    width: int
    line: int
    lines: int

    @property
    def is_plain(self) -> bool:
        """Whether the header takes one line and names every column, and the separator takes one byte."""
        return self.lines == self.line and self.width == len(self.fields) and self.separator.isascii()


def layout(file: Path, origin: str, known: Collection[str], report: Report) -> CsvLayout | None:
    """The layout of a file in UTF-8; None where there is no header, or a bad one, which is reported."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        start = opened.read(_MOST)
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", start)
    aside = _ASIDE.fullmatch(lines[0].strip("\r\n"))
    at = 1 if aside else 0
    while at < len(lines) and not lines[at].strip(' \t\r\n,;|，"'):
        at += 1
    if at == len(lines):
        report.add("source empty", origin)
        return None
    rest = lines[at:]
    separator = aside[1] if aside else _separator(rest, known)
    reader = csv.reader(rest, delimiter=separator, strict=True)
    try:
        header = next(reader)
    except csv.Error:
        report.add("source quotation", origin, str(at + 1))
        return None
    fields = header_of(header, origin, lambda _: str(at + 1), report)
    return CsvLayout(separator, fields, len(header), at + 1, at + reader.line_num) if fields else None


def _separator(lines: list[str], known: Collection[str]) -> str:
    """The separator under which the header has most fields that are known, then most fields."""
    best, most = ",", (0, 0)
    for separator in SEPARATORS:
        try:
            header = next(csv.reader(lines, delimiter=separator, strict=True))
        except csv.Error:
            continue
        found = (sum(typed.visible(name).strip() in known for name in header), len(header))
        if found > most:
            best, most = separator, found
    return best
